"""The landing page of a release: whole links, typed as signposting has them, and the same description as elsewhere."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlparse

import pytest

from benchmarks.release.constructed import BASE, DAY, ORCID, constructed, described_in_full, inputs
from pipeline.release.description import Dataset, Words, load_dataset
from pipeline.release.origins import Background
from pipeline.release.publish import Published, publish


class Page(HTMLParser):
    """What a machine finds on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.anchors: list[str] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "link":
            self.links.append(found)
        if tag == "a":
            self.anchors.append(str(found["href"]))
        self._inside = tag == "script"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  the parser calls it so
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)

    def targets(self, relation: str) -> list[str]:
        return [str(link["href"]) for link in self.links if link["rel"] == relation]


def make(outputs: Path, dataset: Dataset | None = None) -> Published:
    return publish(inputs(constructed(20), dataset=dataset or load_dataset()), outputs, DAY)


def page(path: Path) -> Page:
    return Page((path / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("outputs")).path


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dataset = described_in_full().model_copy(update={"base_url": BASE})
    return make(tmp_path_factory.mktemp("named"), dataset).path


def test_every_link_leads_to_a_file(release: Path) -> None:
    for folder in (release, release.parents[1]):
        found = page(folder)
        links = [*(str(link["href"]) for link in found.links), *found.anchors]
        inside = [link.partition("#")[0] for link in links if not urlparse(link).scheme]
        assert len(inside) > 8
        assert [link for link in inside if not (folder / link).is_file()] == []


def test_what_is_english_on_the_dutch_page_says_so(release: Path) -> None:
    text = (release / "index.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    (shown,) = re.findall(r"Cite as</span></dt><dd(.*?)>", text)
    assert shown == ' lang="en"'


@pytest.mark.parametrize(("sources", "folded"), [(20, False), (21, True)])
def test_many_sources_do_not_stand_between_a_reader_and_the_citation(
    tmp_path: Path, sources: int, *, folded: bool
) -> None:
    rows = constructed(20)
    (first,) = rows["sources"]()
    more = [first, *({**first, "source_id": f"bron-{number:03}"} for number in range(1, sources))]
    made = publish(inputs({**rows, "sources": lambda: iter(more)}), tmp_path, DAY)
    text = (made.path / "index.html").read_text(encoding="utf-8")
    inside = re.findall(r"<details>.*?</details>", text, re.DOTALL)
    assert len(inside) == folded
    assert all(part.count("<li ") == sources and str(sources) in part for part in inside)
    assert text.count("Cite as") == 1


@pytest.mark.parametrize(("documents", "folded"), [(20, False), (21, True)])
def test_documents_without_a_title_are_listed_by_file_name(tmp_path: Path, documents: int, *, folded: bool) -> None:
    nothing = dict.fromkeys(("title", "issued", "homepage", "description"))
    rows = [
        {"source_id": "verzonnen", "document_id": f"doc-{number}", "path": f"verzonnen/stuk-{number}.txt", **nothing}
        for number in range(documents)
    ]
    made = publish(replace(inputs(constructed(20)), background=Background(rows)), tmp_path, DAY)
    text = (made.path / "index.html").read_text(encoding="utf-8")
    assert all(text.count(f"<li>stuk-{number}.txt</li>") == 1 for number in range(documents))
    assert len(re.findall(rf"<summary>{documents} ", text)) == folded


def test_who_uses_the_keyboard_can_skip_what_every_page_begins_with(release: Path) -> None:
    for name in ("DICTIONARY.html", "codebook.html"):
        text = (release / name).read_text(encoding="utf-8")
        first = re.search(r'<a class="skip" href="#(\w+)">', text)
        assert first
        assert text.index(first[0]) < text.index("<a href")
        assert f'<main id="{first[1]}">' in text


def test_the_links_say_what_they_are(release: Path) -> None:
    found = page(release)
    assert found.targets("type") == ["https://schema.org/AboutPage", "https://schema.org/Dataset"]
    descriptor = json.loads((release / "datapackage.json").read_bytes())
    assert found.targets("item") == [one["path"] for one in descriptor["resources"]]
    assert found.targets("license") == [descriptor["licenses"][0]["path"]]
    assert {"croissant.json", "catalog.ttl", "datacite.json"} < set(found.targets("describedby"))
    assert found.targets("linkset") == ["../../.well-known/api-catalog"]
    assert all(link.get("type") for link in found.links if link["rel"] in {"item", "describedby", "linkset"})


def test_only_an_address_that_lasts_is_to_be_cited(release: Path, named: Path) -> None:
    assert page(release).targets("cite-as") == []
    assert page(named).targets("cite-as") == ["https://doi.org/10.5072/verzonnen"]
    assert ORCID in page(named).targets("author")


def test_without_a_doi_a_citation_leads_to_where_the_release_is(tmp_path: Path) -> None:
    """Identifiers below a base URL are names: no file stands there."""
    made = make(tmp_path, load_dataset().model_copy(update={"base_url": BASE}))
    place = f"{BASE}releases/1.0.0/"
    (cited,) = page(made.path).targets("cite-as")
    text = (made.path / "index.html").read_text(encoding="utf-8")
    (shown,) = re.findall(r"Cite as</span></dt><dd[^>]*>(.+?)</dd>", text)
    assert cited == place
    assert shown.endswith(f"[data set]. {place}")
    assert f"<code>{place}</code>" in text
    (other,) = json.loads((made.path / "datacite.json").read_bytes())["alternateIdentifiers"]
    assert other == {"alternateIdentifier": place, "alternateIdentifierType": "URL"}


def test_with_a_base_url_every_typed_link_is_whole(named: Path) -> None:
    assert [link["href"] for link in page(named).links if not str(link["href"]).startswith("https://")] == []


def test_the_description_is_that_of_the_other_faces(release: Path) -> None:
    (script,) = page(release).scripts
    assert json.loads(script) == json.loads((release / "schemaorg.jsonld").read_bytes())


def test_no_text_of_the_description_ends_the_script(tmp_path: Path) -> None:
    title = Words(nl="</script><script>alert(1)</script>", en="<!--")
    dataset = described_in_full().model_copy(update={"title": title})
    outputs = make(tmp_path, dataset).store.address
    for folder in (tmp_path / "releases/1.0.0", Path(outputs)):
        (script,) = page(folder).scripts
        assert "alert(1)" in json.dumps(json.loads(script))
