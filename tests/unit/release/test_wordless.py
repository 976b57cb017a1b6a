"""A deposit without texts holds no word of a closed source, all else of it, and says what is gone."""

import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package

from benchmarks.release.constructed import DAY, constructed, inputs
from pipeline.release.deposit import deposit
from pipeline.release.description import load_dataset
from pipeline.release.publish import publish
from pipeline.release.rights import SOURCE_TEXTS
from pipeline.release.verify import verify
from schemas.licences import licences
from schemas.tables import TABLES

OPEN = "Geef de gemeente meer wijkagenten."
CLOSED = "Verplicht voorlichting aan huurders."


def make(outputs: Path, *names: str) -> Path:
    """Publish constructed rows of as many sources as there are licences; the first document is the first source's."""
    rows = constructed(80)
    (source,) = rows["sources"]()
    sources = [
        {**source, "source_id": f"bron-{number}", "licence": licences()[name]["dcat_uri"]}
        for number, name in enumerate(names)
    ]
    last = len(names) - 1
    documents = [{**row, "source_id": f"bron-{min(place, last)}"} for place, row in enumerate(rows["documents"]())]
    closed = {row["statement_id"] for row in rows["statements"]() if row["document_id"] == documents[1]["document_id"]}
    for table in ("statements", "recommendations"):
        made = [
            {**row, "text": row["text"] and (CLOSED if row["statement_id"] in closed else OPEN)}
            for row in rows[table]()
        ]
        rows[table] = lambda made=made: iter(made)
    repairs = [
        {**row, "document_id": documents[number % 2]["document_id"]} for number, row in enumerate(rows["repairs"]())
    ]
    rows |= {"sources": lambda: iter(sources), "documents": lambda: iter(documents), "repairs": lambda: iter(repairs)}
    return publish(inputs(rows), outputs, DAY).path


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("outputs"), "CC-BY-4.0", "unknown")


@pytest.fixture(scope="module")
def unpacked(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("deposit") / "deposit"
    zenodo, _ = deposit(release, load_dataset(), target, without_texts=True)
    with zipfile.ZipFile(zenodo / "files" / "bloemlezing.zip") as archive:
        archive.extractall(target / "unpacked")
    (folder,) = (target / "unpacked").iterdir()
    return folder


def everything(folder: Path) -> bytes:
    """Return what a folder holds, Parquet unpacked, archives opened."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            found += repr(pq.read_table(path).to_pylist()).encode()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found += b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".parquet"))
        elif path.is_file():
            found += path.read_bytes()
    return found


def test_no_word_of_a_closed_source_is_in_it(release: Path, unpacked: Path) -> None:
    deposits = unpacked.parents[1]
    assert CLOSED.encode() in everything(release)
    assert CLOSED.encode() not in everything(deposits)
    assert OPEN.encode() in everything(unpacked)


def test_all_else_stays_row_by_row(release: Path, unpacked: Path) -> None:
    for table in TABLES:
        was, now = (pq.read_table(folder / "data" / f"{table}.parquet") for folder in (release, unpacked))
        assert was.schema.names == now.schema.names
        if table == "repairs":
            assert set(now["document_id"].to_pylist()) == {f"doc-{0:016x}"}
            continue
        kept = [name for name in was.schema.names if name not in SOURCE_TEXTS.get(table, ())]
        assert was.select(kept).equals(now.select(kept)), table
    texts = pq.read_table(unpacked / "data" / "statements.parquet").to_pylist()
    closed = [row["text"] for row in texts if row["document_id"] != f"doc-{0:016x}"]
    assert len(closed) == 30
    assert set(closed) == {None}


def test_it_is_a_package_that_frictionless_takes(unpacked: Path) -> None:
    assert verify(unpacked) == []
    report = Package(str(unpacked / "datapackage.json")).validate()
    assert report.flatten(["message"]) == []
    described = json.loads((unpacked / "datapackage.json").read_bytes())
    assert [one["name"] for one in described["licenses"]] == ["CC-BY-4.0"]
    assert {license_["name"] for one in described["resources"] for license_ in one["licenses"]} == {"CC-BY-4.0"}
    assert described["id"].endswith(":without-texts")


def test_the_note_says_what_is_gone_and_the_card_what_is_left(release: Path, unpacked: Path, tmp_path: Path) -> None:
    note = (unpacked / "LEFT_OUT.md").read_text(encoding="utf-8")
    assert "- bron-1: Licence unknown" in note
    assert "bron-0" not in note
    assert "| statements | text | 30 |" in note
    zenodo, hugging_face = deposit(release, load_dataset(), tmp_path / "deposit", without_texts=True)
    assert (zenodo / "files" / "LEFT_OUT.md").is_file()
    head = yaml.safe_load((hugging_face / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert head["license"] == "cc-by-4.0"
    body = (hugging_face / "README.md").read_text(encoding="utf-8")
    assert body.count("Licence unknown") == 1  # of the source itself
    assert "| repairs | A repaired range of raw bytes. | 16 |" in body
    assert json.loads((zenodo / "metadata.json").read_bytes())["metadata"]["license"] == "cc-by-4.0"
    assert (hugging_face / "LEFT_OUT.md").read_text(encoding="utf-8") == note


def test_with_the_texts_no_place_is_told_that_all_is_ours(release: Path, tmp_path: Path) -> None:
    zenodo, hugging_face = deposit(release, load_dataset(), tmp_path / "deposit")
    metadata = json.loads((zenodo / "metadata.json").read_bytes())["metadata"]
    assert metadata["license"] == "other-closed"
    assert "statements.text" in metadata["notes"]
    head = yaml.safe_load((hugging_face / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert (head["license"], head["license_link"]) == ("other", "LICENSE.md")
    assert (hugging_face / "LICENSE.md").is_file()


def test_where_all_may_be_published_nothing_is_left_out(tmp_path: Path) -> None:
    release = make(tmp_path / "outputs", "CC-BY-4.0", "CC0-1.0")
    zenodo, _ = deposit(release, load_dataset(), tmp_path / "deposit", without_texts=True)
    assert (zenodo / "files" / "bloemlezing.zip").read_bytes() == (release / "bloemlezing.zip").read_bytes()
    assert not (zenodo / "files" / "LEFT_OUT.md").exists()
