"""What people said of sources and documents, and who coded, stands in every face as it was said, whatever it holds."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from markdown_it import MarkdownIt
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS

from benchmarks.release.constructed import DAY, background, codebook, constructed, inputs
from pipeline.release.origins import Background, Source, coders_of, iri, sources_of
from pipeline.release.papers import _reference
from pipeline.release.publish import publish
from pipeline.release.rights import SOURCE_TEXTS
from schemas.licences import licences

HOSTILE = (
    "1. </script><script>alert(1)</script> <!-- & &amp; | `x` *y* [z](http://x.test) "
    "\"q\" 'a' {{ b }} ]]> \\ $c$ ~~d~~ # e"
)
PAGE = 'https://bron.voorbeeld.test/a|b"c<d>{e}^`f\\g?h=i&j=%20#k'
ENCODED = "https://bron.voorbeeld.test/a%7Cb%22c%3Cd%3E%7Be%7D%5E%60f%5Cg?h=i&j=%20#k"


def make(outputs: Path, known: Background, coders: tuple[str, ...] = (), title: str = "Verzonnen") -> Path:
    """Publish constructed rows; the first codings are given by these coders instead.

    The source has this title, and a publisher of the same name.
    """
    rows = constructed(60)
    (source,) = rows["sources"]()
    rows["sources"] = lambda: iter([{**source, "title": title, "publisher": title}])
    given = list(rows["codings"]())
    changed = [{**row, "coder": name} for row, name in zip(given, coders, strict=False)] + given[len(coders) :]
    rows |= {"codings": lambda: iter(changed)}
    made = publish(inputs(rows, background=known), outputs, DAY)
    return made.path


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("outputs"), background(HOSTILE, PAGE), ("adjudicator",), HOSTILE)


def strings(value: object) -> Iterator[str]:
    """Yield every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)


class Seen(HTMLParser):
    """What a browser makes of a page: its text, its elements, its links."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.links = "", [], []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "name",
    ["datapackage.json", "schemaorg.jsonld", "croissant.json", "datacite.json", "ro-crate-metadata.json",
     "csv-metadata.json"],
)  # fmt: skip
def test_what_is_said_of_a_source_and_its_documents_is_in_the_json_faces(release: Path, name: str) -> None:
    found = list(strings(json.loads((release / name).read_bytes())))
    assert sum(text.count(HOSTILE) for text in found) >= 6
    assert ENCODED in " ".join(found)
    assert any("2023-11" in text for text in found)


def test_the_data_package_says_it_of_each(release: Path) -> None:
    (source,) = json.loads((release / "datapackage.json").read_bytes())["sources"]
    assert (source["name"], source["description"], source["title"]) == ("verzonnen", HOSTILE, HOSTILE)
    assert source["publisher"] == {"title": HOSTILE}
    first, second = source["documents"]
    known = {"title": HOSTILE, "path": ENCODED, "version": "2023-11", "description": HOSTILE}
    assert first == {"file": "verzonnen/000000.txt", **known}
    assert second == {"file": "verzonnen/000001.txt", "description": HOSTILE}


def test_the_citation_refers_to_each_source(release: Path) -> None:
    (reference,) = yaml.safe_load((release / "CITATION.cff").read_bytes())["references"]
    assert reference == {
        "type": "generic",
        "title": HOSTILE,
        "authors": [{"name": HOSTILE}],
        "abstract": HOSTILE,
        "year": 2024,
        "month": 5,
        "languages": ["nl"],
        "license": "CC0-1.0",
    }


@pytest.mark.parametrize(
    ("issued", "said"),
    [
        (None, {}),
        ("2023", {"year": 2023}),
        ("2023-11", {"year": 2023, "month": 11}),
        ("2023-11-05", {"date-published": "2023-11-05", "year": 2023, "month": 11}),
    ],
)
def test_the_citation_says_of_a_source_what_is_known(issued: str | None, said: dict[str, object]) -> None:
    unknown = licences()["unknown"]["dcat_uri"]
    found = _reference(Source("bron", "Bron", "unknown", None, unknown, "nl", issued, None, "boek"))
    always = {"type": "generic", "title": "Bron", "authors": [{"name": "anonymous"}], "languages": ["nl"]}
    assert found == {**always, "license-url": unknown, **said}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
def test_a_hostile_description_is_a_label_in_the_catalogue(release: Path) -> None:
    for name, form in (("catalog.ttl", "turtle"), ("catalog.rdf", "xml"), ("catalog.jsonld", "json-ld")):
        graph = Graph().parse(data=(release / name).read_bytes(), format=form, publicID="http://x.test/")
        assert URIRef(ENCODED) in set(graph.objects(None, DCTERMS.source))
        labels = {
            str(label) for node in graph.objects(None, DCTERMS.provenance) for label in graph.objects(node, RDFS.label)
        }
        assert sum(HOSTILE in label for label in labels) == 3


def test_a_hostile_description_is_text_in_the_xml(release: Path) -> None:
    root = ET.fromstring((release / "ddi-codebook.xml").read_bytes())
    texts = [node.text for node in root.iter() if node.text and HOSTILE in node.text]
    assert len(texts) == 5


def test_on_the_landing_page_it_is_text_and_nothing_else(release: Path) -> None:
    page = (release / "index.html").read_text(encoding="utf-8")
    assert page.count("<script") == page.count("</script") == 1
    seen = Seen(page)
    assert "img" not in seen.tags
    assert seen.text.count(HOSTILE) == 6
    assert ENCODED in seen.links


def test_in_the_readme_it_is_text_and_nothing_else(release: Path) -> None:
    _, _, body = (release / "README.md").read_text(encoding="utf-8").split("---\n", maxsplit=2)
    for kind in ("commonmark", "gfm-like"):
        renderer = MarkdownIt(kind, {"html": True, "linkify": False})
        seen = Seen(renderer.render(body))
        assert not {"script", "em", "s", "img", "ol"} & set(seen.tags)
        assert " ".join(seen.text.split()).count(HOSTILE) == 6
        assert "http://x.test" not in seen.links
        assert ENCODED in seen.links


@pytest.mark.parametrize(
    "name",
    ["datapackage.json", "schemaorg.jsonld", "croissant.json", "datacite.json", "ro-crate-metadata.json", "README.md",
     "index.html", "catalog.ttl", "ddi-codebook.xml"],
)  # fmt: skip
def test_what_coded_stands_in_the_release(release: Path, name: str) -> None:
    text = (release / name).read_text(encoding="utf-8")
    assert "rules-1" in text
    assert "9.8.7" in text
    assert codebook().version in text


def test_the_checksum_of_the_lexicon_is_the_releases(release: Path) -> None:
    program, person = json.loads((release / "datapackage.json").read_bytes())["coders"]
    (made_with,) = program["madeWith"]
    assert made_with["lexicon"] == {"version": "9.8.7", "hash": f"sha256:{'ab' * 32}"}
    assert made_with["codebook"] == {"id": codebook().id, "version": codebook().version}
    assert person == {"name": "adjudicator", "kind": "person"}


def test_in_the_file_of_licences_it_is_text_and_nothing_else(release: Path) -> None:
    seen = Seen(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render((release / "LICENSE.md").read_text()))
    assert not {"script", "em", "s", "img", "ol"} & set(seen.tags)
    assert HOSTILE in " ".join(seen.text.split())
    assert seen.tags.count("tr") == 3 + len(SOURCE_TEXTS)


def annotators(release: Path) -> list[str]:
    _, head, _ = (release / "README.md").read_text(encoding="utf-8").split("---\n", maxsplit=2)
    found: list[str] = yaml.safe_load(head)["annotations_creators"]
    return found


def test_the_card_says_who_annotated(release: Path, tmp_path: Path) -> None:
    assert annotators(release) == ["machine-generated", "expert-generated"]
    assert annotators(make(tmp_path, Background())) == ["machine-generated"]


def test_another_lexicon_makes_another_version(tmp_path: Path) -> None:
    make(tmp_path, background())
    known = background()
    other = Background(known.descriptions, tuple({**one, "lexicon_version": "9.9.0"} for one in known.programs))
    assert make(tmp_path, background()).name == "1.0.0"
    assert make(tmp_path, other).name == "1.0.1"


def test_a_description_that_changes_makes_another_version(tmp_path: Path) -> None:
    make(tmp_path, background())
    assert make(tmp_path, background("Anders.")).name == "1.0.1"


def test_a_program_may_have_coded_with_several_lexicons() -> None:
    one, two = ({"coder": "rules-1", "codebook": "base", "codebook_version": version, "lexicon_version": "1",
                 "lexicon_sha256": "0"} for version in ("1.0.0", "1.1.0"))  # fmt: skip
    (coder,) = coders_of(["rules-1"], [two, one, two])
    assert [with_.codebook_version for with_ in coder.made_with] == ["1.0.0", "1.1.0"]


def test_a_document_of_which_nothing_is_said_is_known_by_its_name_alone() -> None:
    row = {**next(iter(constructed(1)["sources"]()))}
    nothing = dict.fromkeys(("title", "issued", "homepage", "description"))
    said = {"source_id": row["source_id"], "document_id": "doc-1", "path": "a/b.txt", **nothing}
    later = said | {"document_id": "doc-2", "path": "a/a.txt", "title": "Stuk"}
    (source,) = sources_of([row], [said, later])
    assert ([one.name for one in source.documents], source.description) == (["Stuk"], None)
    assert [one.name for one in source.all_documents] == ["Stuk", "b.txt"]


def test_sources_with_the_same_title_are_told_apart_in_every_face() -> None:
    row = {**next(iter(constructed(1)["sources"]()))}
    found = sources_of([row | {"source_id": "a"}, row | {"source_id": "b"}], [])
    assert [one.title for one in found] == [f"{row['title']} (a)", f"{row['title']} (b)"]
    assert [one.title for one in sources_of([row], [])] == [row["title"]]


def test_an_address_keeps_what_is_encoded_in_it() -> None:
    assert iri(PAGE) == ENCODED
    assert iri("https://x.test/é?a=%C3%A9&b=[1]") == "https://x.test/é?a=%C3%A9&b=[1]"
    assert iri(None) is None


def test_the_words_stand_where_they_belong(release: Path) -> None:
    graph = Graph().parse(release / "catalog.ttl")
    assert any(isinstance(one, Literal) and one.language == "nl" for one in graph.objects(None, RDFS.label))
