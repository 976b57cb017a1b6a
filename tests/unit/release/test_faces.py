"""Every face says what the one description says, and nothing is written down twice."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, SKOS

from benchmarks.release.constructed import DAY, codebook, constructed, inputs
from pipeline.errors import PlainError
from pipeline.release.copies import COPIES
from pipeline.release.description import BASE_URL, DATASET, load_dataset
from pipeline.release.faces import FACES
from pipeline.release.publish import publish
from schemas.derive import columns
from schemas.licences import licences
from schemas.tables import TABLES

ROOT = Path(__file__).parents[3]
BASE = "https://data.voorbeeld.test/bloemlezing/"


def make(outputs: Path) -> Path:
    return publish(inputs(constructed(60)), outputs, DAY).path


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("outputs"))


def test_the_set_of_files_is_exactly_this(release: Path) -> None:
    tables = {f"data/{name}.{form}" for name in TABLES for form in ("csv", "parquet")}
    others = {"datapackage.json", "diff.json", "CHANGES.md", "issues.json", "tombstones.json", "SHA256SUMS"}
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    copies = {f"bloemlezing{ending}" for ending in (*COPIES, ".zip")}
    assert found == tables | others | copies | FACES.keys()


SOURCES = [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "schemas").glob("*.py")]
MODELS = ROOT / "schemas" / "tables.py"


def literals(path: Path) -> Iterator[str]:
    """Yield every text that a module holds."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.strip()


def test_titles_and_descriptions_of_columns_stand_in_their_models_only() -> None:
    """A title of one word may be the name of something else too, such as an element of XML."""
    described = [column for name in TABLES for column in columns(name, codebook().dimensions)]
    words = {word for one in described for word in (one.title, one.title_nl, one.description)}
    words |= {str(word) for model in TABLES.values() for word in (model.Config.title, model.__doc__)}
    long = {word.strip() for word in words if " " in word}
    assert len(long) > 100
    found = {(path.name, text) for path in SOURCES if path != MODELS for text in literals(path) if text in long}
    assert found == set()


def test_types_of_columns_stand_in_their_models_only() -> None:
    """A mapping from three columns or more of a table to their types would be a second definition of it."""
    names = {frozenset(column.name for column in columns(name)) for name in TABLES}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Dict):
                continue
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            types = [ast.unparse(value) for value in node.values]
            typed = sum(text.startswith(("pa.", "pd.", "np.")) for text in types)
            assert not (typed >= 3 and any(len(keys & one) >= 3 for one in names)), f"{path.name}:{node.lineno}"


def test_the_dataset_is_described_in_one_file_only() -> None:
    dataset = load_dataset()
    words = [
        *(text for pair in (dataset.title, dataset.description, dataset.technique) for text in (pair.nl, pair.en)),
        *(dataset.publisher.name.nl, dataset.publisher.name.en),
        *(text for one in licences().values() for key, value in one.items() for text in texts(value)),
    ]
    others = [*SOURCES, *(ROOT / "pipeline").rglob("*.jinja"), *(ROOT / "schemas").rglob("*.yaml")]
    others = [path for path in others if path.name not in {"dataset.yaml", "licences.yaml"}]
    code = {path: path.read_text(encoding="utf-8") for path in others}
    assert [(path.name, word) for path, text in code.items() for word in words if word in text] == []
    own = DATASET.read_text(encoding="utf-8")
    assert [word for word in words if " ".join(own.split()).count(word) > 1] == []


def texts(value: object) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, dict) else [str(value)]


def test_the_citation_of_the_software_agrees_with_the_description() -> None:
    """It must be a file of its own, since platforms for code read nothing else."""
    citation, dataset = yaml.safe_load((ROOT / "CITATION.cff").read_bytes()), load_dataset()
    assert [author["name"] for author in citation["authors"]] == [dataset.publisher.name.en]
    assert dataset.licence.id in citation["license"]


def test_croissant_speaks_english_and_dutch(release: Path) -> None:
    croissant, dataset = json.loads((release / "croissant.json").read_bytes()), load_dataset()
    assert said(croissant["description"]) == {"en": dataset.description.en, "nl": dataset.description.nl}
    names = {one["@id"]: said(one["alternateName"]) for one in croissant["recordSet"]}
    assert names["statements"] == {"en": "Statements", "nl": "Uitspraken"}
    fields = {one["@id"]: said(one["alternateName"]) for table in croissant["recordSet"] for one in table["field"]}
    assert all(one.keys() == {"en", "nl"} and all(one.values()) for one in fields.values())
    assert fields["statements/column"]["nl"] != fields["statements/column"]["en"]


def said(values: list[dict[str, str]]) -> dict[str, str]:
    return {value["@language"]: value["@value"] for value in values}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
def test_the_catalogue_is_the_same_in_three_notations(release: Path) -> None:
    graphs = [
        Graph().parse(data=(release / name).read_bytes(), format=form, publicID="http://x.test/")
        for name, form in (("catalog.ttl", "turtle"), ("catalog.rdf", "xml"), ("catalog.jsonld", "json-ld"))
    ]
    assert len(graphs[0]) > 300
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])


def test_every_code_is_a_concept_of_one_scheme(release: Path) -> None:
    graph = Graph().parse(release / "codebook.ttl")
    count = sum(len(dimension.codes) for dimension in codebook().dimensions)
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == count
    assert len(set(graph.subjects(RDF.type, SKOS.ConceptScheme))) == 1
    assert len(set(graph.subjects(RDF.type, SKOS.Collection))) == len(codebook().dimensions)


def test_codes_point_at_their_counterparts_elsewhere(release: Path) -> None:
    graph = Graph().parse(release / "codebook.ttl")
    matches = (SKOS.closeMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    for dimension in codebook().dimensions:
        for code in dimension.codes:
            (concept,) = {
                one
                for one in graph.subjects(SKOS.notation, Literal(code.id))
                if str(one).endswith(f"{dimension.id}:{code.id}")
            }
            found = [other for match in matches for other in graph.objects(concept, match)]
            wanted = sum(len(notations) for notations in code.mappings.values()) + bool(code.uri)
            assert len(found) == wanted, code.id
            unnamed = [other for other in found if not str(other).startswith("http")]
            assert all(graph.value(other, RDFS.label) for other in unnamed)


@pytest.mark.parametrize("name", ["croissant.json", "schemaorg.jsonld", "datacite.json", "datapackage.json"])
def test_version_and_licence_are_everywhere(release: Path, name: str) -> None:
    text = (release / name).read_text(encoding="utf-8")
    assert '"version": "1.0.0"' in text
    assert load_dataset().licence.uri in text


def test_every_column_is_in_the_dictionary(release: Path) -> None:
    text = (release / "DICTIONARY.md").read_text(encoding="utf-8")
    names = [column.name for name in TABLES for column in columns(name, codebook().dimensions)]
    assert [name for name in names if f"| {name} |" not in text] == []


def test_the_citation_is_yaml(release: Path) -> None:
    citation = yaml.safe_load((release / "CITATION.cff").read_bytes())
    assert (citation["cff-version"], citation["version"], citation["type"]) == ("1.2.0", "1.0.0", "dataset")


def test_the_card_has_a_configuration_per_table(release: Path) -> None:
    _, head, body = (release / "README.md").read_text(encoding="utf-8").split("---\n", maxsplit=2)
    configs = {config["config_name"]: config["data_files"] for config in yaml.safe_load(head)["configs"]}
    assert list(configs) == [name for name in TABLES if name != "reliability"]  # it has no rows, so nothing to load
    assert all((release / path["path"]).is_file() for (path,) in configs.values())
    assert "| statements | The unit of analysis" in body


def test_parquet_says_what_it_is(release: Path) -> None:
    metadata = pq.read_metadata(release / "data/statements.parquet").metadata
    assert metadata[b"version"] == b"1.0.0"
    assert metadata[b"licence"].decode().split() == [load_dataset().licence.uri, licences()["CC0-1.0"]["uri"]]
    assert json.loads(metadata[b"table_schema"])["primaryKey"] == ["statement_id"]


def test_links_are_relative_without_a_base_url(release: Path) -> None:
    croissant = json.loads((release / "croissant.json").read_bytes())
    assert {(release / file["contentUrl"]).is_file() for file in croissant["distribution"]} == {True}


def test_a_base_url_makes_links_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BASE_URL, BASE)
    folder = make(tmp_path)
    graph = Graph().parse(folder / "catalog.ttl")
    nodes = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    assert not [node for node in nodes if node.startswith(("urn:", "file:"))]
    downloads = json.loads((folder / "schemaorg.jsonld").read_bytes())["distribution"]
    assert {download["contentUrl"].startswith(f"{BASE}releases/1.0.0/data/") for download in downloads} == {True}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("name: bloemlezing", "name: Geen Naam", r":3: name: 'Geen Naam' has not the form .*; mend it"),
        ("doi: null", "dio: null", r":\d+: dio: is no key here; use one of: name, title"),
        ("licence: CC-BY-4.0", "licence: gratis", r":\d+: licence: 'gratis' is no open licence of .*; use one of"),
        ("creators: []", "creators: [{name: X, kind: robot}]", r"kind: 'robot' is not known; use 'person' or"),
        ("themes: [GOVE, JUST]", "themes: []", r"themes: must hold at least one value; add it"),
        ("themes: [GOVE, JUST]", "themes: GOVE", r"themes: must be a list"),
        (
            "  code: NLD",
            "  kode: NLD",
            r"spatial.code: field required; add it; spatial.kode \(line \d+\): is no key here",
        ),
        ("name: bloemlezing", 'name: "bloemlezing', r":\d+: is not YAML: .*; mend that line"),
        ("# The dataset", "- The dataset", ": .*; mend that line"),
    ],
)
def test_a_wrong_description_is_refused_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path = tmp_path / "dataset.yaml"
    path.write_text(DATASET.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PlainError, match=rf"{tmp_path.name}/dataset\.yaml.*{complaint}"):
        load_dataset(path)


def test_a_wrong_base_url_is_told_by_where_it_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BASE_URL, "data.example.org")
    with pytest.raises(PlainError, match=rf"^{BASE_URL} is 'data.example.org'; give an address .* or unset it$"):
        load_dataset()
