"""Nothing of a source is claimed under our licence, in any face, and what is ours is under no other."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDFS

from benchmarks.release.constructed import DAY, constructed, inputs
from pipeline.errors import PlainError
from pipeline.release.dcat import DCAT
from pipeline.release.publish import publish
from pipeline.release.rights import SOURCE_TEXTS, closed_sources, terms
from schemas.derive import columns
from schemas.licences import licences
from schemas.tables import TABLES

OURS = "https://creativecommons.org/licenses/by/4.0/"
UNKNOWN = licences()["unknown"]["dcat_uri"]


def make(outputs: Path, *names: str) -> Path:
    """Publish constructed rows of as many sources as there are licences."""
    rows = constructed(60)
    (first,) = rows["sources"]()
    sources = [
        {**first, "source_id": first["source_id"] if not number else f"bron-{number}",
         "licence": licences()[name]["dcat_uri"]}
        for number, name in enumerate(names)
    ]  # fmt: skip
    rows["sources"] = lambda: iter(sources)
    return publish(inputs(rows), outputs, DAY).path


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("mixed"), "CC-BY-4.0", "unknown")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("plain"), "CC-BY-4.0")


def read(release: Path, name: str) -> Mapping[str, object]:
    found: Mapping[str, object] = json.loads((release / name).read_bytes())
    return found


def expected(table: str) -> list[str]:
    return [OURS, UNKNOWN] if table in SOURCE_TEXTS else [OURS]


def test_the_columns_with_words_of_sources_are_there() -> None:
    for table, held in SOURCE_TEXTS.items():
        assert set(held) <= {column.name for column in columns(table)}


def test_every_file_of_the_data_package_says_its_own(mixed: Path) -> None:
    descriptor = read(mixed, "datapackage.json")
    assert [one["path"] for one in descriptor["licenses"]] == [OURS, UNKNOWN]
    assert descriptor["licenses"][1]["name"] == "notspecified"
    for resource in descriptor["resources"]:
        table = resource["name"].removesuffix("-parquet")
        assert [one["path"] for one in resource["licenses"]] == expected(table)
    assert [one["licenses"][0]["path"] for one in descriptor["sources"]] == [OURS, UNKNOWN]
    assert "statements.text" in descriptor["rights"]


def test_every_distribution_of_the_catalogue_says_its_own(mixed: Path) -> None:
    graph = Graph().parse(mixed / "catalog.ttl")
    for node in graph.objects(None, DCAT.distribution):
        table = str(node).rsplit("data:", maxsplit=1)[1].split(".")[0]
        (licence,) = graph.objects(node, DCTERMS.license)
        wanted = UNKNOWN if table in SOURCE_TEXTS else licences()["CC-BY-4.0"]["dcat_uri"]
        assert str(licence) == wanted
        (stated,) = graph.objects(node, DCTERMS.rights)
        assert {one.language for one in graph.objects(stated, RDFS.label)} == {"nl", "en"}
    (catalogue,) = graph.subjects(predicate=DCAT.dataset)
    assert list(graph.objects(catalogue, DCTERMS.license)) == [URIRef(licences()["CC-BY-4.0"]["dcat_uri"])]


def test_schema_org_and_croissant_claim_every_licence(mixed: Path) -> None:
    described = read(mixed, "schemaorg.jsonld")
    assert described["license"] == read(mixed, "croissant.json")["license"] == [OURS, UNKNOWN]
    assert described["usageInfo"] == "LICENSE.md"
    for file in described["distribution"]:
        table = Path(file["name"]).stem
        found = file["license"]
        assert ([found] if isinstance(found, str) else found) == expected(table)
    assert [one["license"] for one in described["isBasedOn"]] == [OURS, UNKNOWN]


def test_the_crate_links_every_file_to_its_licences(mixed: Path) -> None:
    graph = {one["@id"]: one for one in read(mixed, "ro-crate-metadata.json")["@graph"]}
    for name in TABLES:
        found = graph[f"data/{name}.csv"]["license"]
        assert [one["@id"] for one in (found if isinstance(found, list) else [found])] == expected(name)
    assert all(graph[key]["name"] for key in (OURS, UNKNOWN, "LICENSE.md"))


def test_tables_of_csvw_and_parquet_say_their_own(mixed: Path) -> None:
    for table in read(mixed, "csv-metadata.json")["tables"]:
        name = Path(table["url"]).stem
        assert [one["@id"] for one in table["dc:license"]] == expected(name)
        metadata = pq.read_metadata(mixed / "data" / f"{name}.parquet").metadata
        assert metadata[b"licence"].decode().split() == expected(name)


def test_datacite_and_ddi_name_every_licence(mixed: Path) -> None:
    listed = read(mixed, "datacite.json")["rightsList"]
    assert [one["rightsUri"] for one in listed if "rightsUri" in one] == [OURS, UNKNOWN]
    assert sum("statements.text" in one["rights"] for one in listed) == 2
    text = (mixed / "ddi-codebook.xml").read_text(encoding="utf-8")
    assert OURS in text
    assert UNKNOWN in text


def test_formats_that_take_one_licence_do_not_claim_ours(mixed: Path, plain: Path) -> None:
    assert "license" not in yaml.safe_load((mixed / "CITATION.cff").read_bytes())
    assert yaml.safe_load((plain / "CITATION.cff").read_bytes())["license"] == "CC-BY-4.0"
    for release, licence in ((mixed, "other"), (plain, "cc-by-4.0")):
        head = (release / "README.md").read_text(encoding="utf-8").split("---\n")[1]
        assert yaml.safe_load(head)["license"] == licence
    for release, target in ((mixed, "LICENSE.md"), (plain, OURS)):
        assert f'<link rel="license" href="{target}">' in (release / "index.html").read_text(encoding="utf-8")
    place = mixed.parents[1]
    assert json.loads((place / "data.json").read_bytes())["dataset"][0]["license"] == "releases/1.0.0/LICENSE.md"


def test_what_allows_least_speaks_for_a_file_of_several(tmp_path: Path) -> None:
    graph = Graph().parse(make(tmp_path, "CC-BY-SA-4.0", "closed", "CC0-1.0") / "catalog.ttl")
    found = {
        str(one) for node in graph.objects(None, DCAT.distribution) for one in graph.objects(node, DCTERMS.license)
    }
    assert found == {licences()[name]["dcat_uri"] for name in ("CC-BY-4.0", "closed")}


def test_the_licence_file_says_it_of_every_source(mixed: Path) -> None:
    lines = (mixed / "LICENSE.md").read_text(encoding="utf-8").splitlines()
    assert "| statements | text |" in lines
    found = [line.split(" | ") for line in lines if line.startswith(("| verzonnen", "| bron-1"))]
    assert [(OURS in cells[2], UNKNOWN in cells[2], cells[3]) for cells in found] == [
        (True, False, "yes |"),
        (False, True, "no |"),
    ]


def test_another_licence_makes_another_version(tmp_path: Path) -> None:
    make(tmp_path, "CC-BY-4.0")
    assert make(tmp_path, "unknown").name == "1.0.1"


def test_only_what_may_be_cut_and_mended_is_published_once_more() -> None:
    allowed = {name for name, known in licences().items() if terms(known["dcat_uri"]).republishes}
    assert allowed == {"CC0-1.0", "PDM-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"}
    given = {name: known["dcat_uri"] for name, known in licences().items()}
    assert set(closed_sources(given)) == set(given) - allowed


def test_a_licence_that_nobody_knows_is_refused() -> None:
    with pytest.raises(PlainError, match=r"add it there"):
        terms("https://example.org/licence")


def test_descriptions_are_in_english_with_dutch_beside_it(mixed: Path) -> None:
    descriptor = read(mixed, "datapackage.json")
    assert descriptor["languages"] == ["en", "nl"]
    assert (descriptor["title"], descriptor["title@nl"]) == tuple(
        one["@value"] for one in read(mixed, "csv-metadata.json")["dc:title"]
    )
    assert descriptor["description@nl"] not in descriptor["description"]
    statements = next(one for one in descriptor["resources"] if one["name"] == "statements")
    assert (statements["title"], statements["title@nl"]) == ("Statements", "Uitspraken")
    described = read(mixed, "schemaorg.jsonld")
    for key in ("name", "description"):
        assert [one["@language"] for one in described[key]] == ["en", "nl"]
    assert {one["@language"] for one in described["keywords"]} == {"en", "nl"}
    assert [one["lang"] for one in read(mixed, "datacite.json")["titles"]] == ["en", "nl"]
    assert described["inLanguage"] == ["nl"]
