"""The folder of releases is a catalogue, a release is one archive, and deposits can be prepared from it."""

import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from rdflib import Graph, URIRef
from rdflib.namespace import FOAF, RDF

from benchmarks.release.constructed import (
    BASE,
    DAY,
    ORCID,
    constructed,
    described_in_full,
    inputs,
    statement_id,
)
from pipeline.errors import PlainError
from pipeline.release.dcat import DCAT
from pipeline.release.deposit import deposit
from pipeline.release.description import BASE_URL, Dataset, load_dataset
from pipeline.release.disk import DiskStore
from pipeline.release.files import checksums, sha256
from pipeline.release.publish import Published, publish
from pipeline.release.purge import purge
from pipeline.release.verify import verify


def make(outputs: Path, statements: int, dataset: Dataset | None = None) -> Published:
    return publish(inputs(constructed(statements), dataset=dataset or load_dataset()), outputs, DAY)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    for statements in (60, 61):
        make(folder, statements)
    return folder


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release whose description leaves nothing out."""
    dataset = described_in_full().model_copy(update={"base_url": BASE})
    return make(tmp_path_factory.mktemp("named"), 20, dataset).path


def catalog(outputs: Path) -> Graph:
    return Graph().parse(outputs / "catalog.ttl", publicID=f"{outputs.as_uri()}/")


def test_the_catalogue_lists_every_release_in_one_series(outputs: Path) -> None:
    graph = catalog(outputs)
    datasets = set(graph.objects(None, DCAT.dataset))
    assert {str(one).rpartition(":")[2] for one in datasets} == {"1.0.0", "1.1.0"}
    assert set(graph.subjects(RDF.type, DCAT.Dataset)) == datasets
    (series,) = graph.subjects(RDF.type, DCAT.DatasetSeries)
    assert set(graph.objects(series, DCAT.seriesMember)) == datasets
    assert {graph.value(one, DCAT.inSeries) for one in datasets} == {series}
    assert len(set(graph.subjects(RDF.type, DCAT.Catalog))) == 1


def test_every_download_of_the_catalogue_is_there(outputs: Path) -> None:
    links = [str(link).removeprefix("file://") for link in catalog(outputs).objects(None, DCAT.downloadURL)]
    assert len(links) == 2 * 2 * 11
    assert all(Path(link).is_file() for link in links)
    described = json.loads((outputs / "data.json").read_bytes())["dataset"]
    assert [one["title"].rpartition(" ")[2] for one in described] == ["1.1.0", "1.0.0"]
    assert all((outputs / file["downloadURL"]).is_file() for one in described for file in one["distribution"])


def test_the_sitemap_and_the_linkset_lead_to_files(outputs: Path) -> None:
    pages = ET.fromstring((outputs / "sitemap.xml").read_bytes()).findall(".//{*}loc")
    assert len(pages) == 13
    assert all((outputs / str(page.text)).is_file() for page in pages)
    linkset = json.loads((outputs / ".well-known" / "api-catalog").read_bytes())["linkset"]
    links = [link["href"] for one in linkset for key in ("describedby", "item") for link in one.get(key, [])]
    assert len(links) > 60
    assert all((outputs / ".well-known" / link).is_file() for link in links)


def test_the_catalogue_agrees_with_the_pointers(outputs: Path) -> None:
    versions = (outputs / "versions.json").read_bytes()
    assert versions == (outputs / "releases" / "versions.json").read_bytes()
    assert json.loads(versions)["latest"] == json.loads((outputs / "latest.json").read_bytes())["version"]


def test_a_purged_release_leaves_the_catalogue(tmp_path: Path) -> None:
    for statements in (20, 21, 20):
        make(tmp_path, statements)
    purge(DiskStore(tmp_path), [statement_id(20)], "op verzoek", DAY, 1)
    graph = catalog(tmp_path)
    standing = {str(one).rpartition(":")[2] for one in graph.objects(None, DCAT.dataset)}
    assert standing == {"1.0.0", "2.0.0"}
    for link in (DCAT.seriesMember, DCAT.prev, DCAT.first, DCAT.last):
        assert {str(one).rpartition(":")[2] for one in graph.objects(None, link)} <= standing


def test_with_a_base_url_every_link_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BASE_URL, BASE)
    make(tmp_path, 20)
    graph = Graph().parse(tmp_path / "catalog.ttl")
    assert not [node for triple in graph for node in triple if isinstance(node, URIRef) and "relative" in node]
    pages = [page.text or "" for page in ET.fromstring((tmp_path / "sitemap.xml").read_bytes()).findall(".//{*}loc")]
    assert pages
    assert pages[0] == f"{BASE}index.html"
    assert all(page.startswith(f"{BASE}releases/1.0.0/") for page in pages[1:])
    links = json.loads((tmp_path / ".well-known" / "api-catalog").read_bytes())["linkset"]
    assert links[0]["anchor"] == f"{BASE}.well-known/api-catalog"


def test_the_archive_unpacks_to_a_release_that_verifies(outputs: Path, tmp_path: Path) -> None:
    release = outputs / "releases" / "1.1.0"
    with zipfile.ZipFile(release / "bloemlezing.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        archive.extractall(tmp_path)
    unpacked = tmp_path / "bloemlezing-1.1.0"
    assert verify(unpacked) == []
    for name in ("data/statements.csv", "bloemlezing.sqlite", "catalog.ttl"):
        assert sha256(unpacked / name) == sha256(release / name)


def test_deposits_hold_what_each_place_asks_for(outputs: Path, tmp_path: Path) -> None:
    release = outputs / "releases" / "1.1.0"
    zenodo, hugging_face = deposit(release, load_dataset(), tmp_path / "deposit")
    metadata = json.loads((zenodo / "metadata.json").read_bytes())["metadata"]
    assert metadata.keys() >= {"upload_type", "title", "description", "creators", "access_right", "license", "version"}
    assert (metadata["version"], metadata["license"], metadata["upload_type"]) == ("1.1.0", "cc-by-4.0", "dataset")
    listed = json.loads((zenodo / "files.json").read_bytes())["files"]
    assert {one["filename"] for one in listed} == {path.name for path in (zenodo / "files").iterdir()}
    assert "bloemlezing.zip" in {one["filename"] for one in listed}
    sums = checksums((zenodo / "files" / "SHA256SUMS").read_bytes())
    assert {name: sha256(zenodo / "files" / name) for name in sums} == sums
    assert {*sums, "SHA256SUMS"} == {one["filename"] for one in listed}
    assert not list(hugging_face.rglob("*.json"))
    _, head, body = (hugging_face / "README.md").read_text(encoding="utf-8").split("---\n", maxsplit=2)
    card = yaml.safe_load(head)
    for config in card["configs"]:
        assert [(hugging_face / file["path"]).is_file() for file in config["data_files"]] == [True]
    assert [config["config_name"] for config in card["configs"] if config.get("default")] == ["recommendations"]
    assert card["size_categories"] == ["n<1K"]
    assert "as Parquet; the release itself also holds CSV" in body
    assert not list(hugging_face.rglob("*.csv"))


def test_a_deposit_overwrites_nothing(outputs: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(PlainError, match="is there already"):
        deposit(outputs / "releases" / "1.1.0", load_dataset(), tmp_path)


def test_a_deposit_that_fails_leaves_nothing(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    release = outputs / "releases" / "1.1.0"
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.release.deposit._write_hugging_face", full)
        with pytest.raises(OSError, match="no space"):
            deposit(release, load_dataset(), tmp_path / "deposit")
    assert list(tmp_path.iterdir()) == []
    assert all(one.is_dir() for one in deposit(release, load_dataset(), tmp_path / "deposit"))


def test_a_place_that_cannot_be_written_is_called_by_its_own_name(outputs: Path, tmp_path: Path) -> None:
    target = tmp_path / ("x" * 250)  # a name with more before and after it is too long
    with pytest.raises(OSError, match="name too long") as caught:
        deposit(outputs / "releases" / "1.1.0", load_dataset(), target)
    assert caught.value.filename == str(target)


def test_creators_and_funders_are_named_in_every_face(named: Path, tmp_path: Path) -> None:
    faces = ("datapackage.json", "datacite.json", "schemaorg.jsonld", "croissant.json", "ro-crate-metadata.json")
    for name in (*faces, "catalog.ttl", "ddi-codebook.xml"):
        text = (named / name).read_text(encoding="utf-8")
        assert [who for who in ("Jansen, Anna", "Verzonnen Instituut") if who not in text] == [], name
    for name in ("datacite.json", "schemaorg.jsonld", "ro-crate-metadata.json", "ddi-codebook.xml"):
        assert "Verzonnen Fonds" in (named / name).read_text(encoding="utf-8"), name
    citation = yaml.safe_load((named / "CITATION.cff").read_bytes())
    assert citation["authors"][0] == {
        "family-names": "Jansen",
        "given-names": "Anna",
        "orcid": ORCID,
        "affiliation": "Verzonnen",
    }
    assert citation["doi"] == "10.5072/verzonnen"
    record: dict[str, Any] = json.loads((named / "datacite.json").read_bytes())
    assert record["creators"][0]["nameIdentifiers"][0]["nameIdentifierScheme"] == "ORCID"
    assert record["fundingReferences"][0]["awardNumber"] == "12-34"
    zenodo, _ = deposit(named, described_in_full(), tmp_path / "deposit")
    metadata = json.loads((zenodo / "metadata.json").read_bytes())["metadata"]
    assert metadata["creators"][0]["orcid"] == "0000-0002-1825-0097"
    assert metadata["doi"] == "10.5072/verzonnen"


def test_a_creator_is_an_agent_with_a_name(named: Path) -> None:
    graph = Graph().parse(named / "catalog.ttl")
    assert str(graph.value(URIRef(ORCID), FOAF.name)) == "Jansen, Anna"
