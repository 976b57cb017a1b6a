"""A release holds what it was given, and a run that cannot make one changes nothing."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.release.constructed import AWKWARD, Row, Rows, codebook, constructed, inputs
from pipeline.errors import PlainError
from pipeline.release import checks
from pipeline.release.disk import DiskStore
from pipeline.release.failures import FAILED
from pipeline.release.files import read_csv
from pipeline.release.publish import Published, publish
from pipeline.release.verify import verify
from schemas.derive import arrow_schema
from schemas.tables import TABLES

DAY = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ISSUE = {
    "severity": "warning",
    "source": "verzonnen",
    "document": None,
    "path": "verzonnen/a.txt",
    "line": 3,
    "kind": "proef",
    "message": "zo maar",
}


def make(outputs: Path, rows: Mapping[str, Rows], when: datetime = DAY) -> Published:
    return publish(inputs(rows, issues=[ISSUE]), outputs, when)


def altered(rows: Mapping[str, Rows], table: str, column: str, value: object, at: int = 0) -> dict[str, Rows]:
    def changed() -> Iterator[Row]:
        for number, row in enumerate(rows[table]()):
            yield {**row, column: value} if number == at else row

    return {**rows, table: changed}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    make(folder, constructed(200))
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    make(folder, constructed(20))
    return folder


@pytest.fixture
def small(first: Path, tmp_path: Path) -> Path:
    """Return the folder of a release of 20 statements, the only one in `tmp_path`."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "releases" / "1.0.0"


def test_the_pointer_leads_to_the_release(outputs: Path) -> None:
    latest = json.loads((outputs / "latest.json").read_bytes())
    assert latest == {
        "version": "1.0.0",
        "path": "releases/1.0.0",
        "datapackage": "releases/1.0.0/datapackage.json",
        "published": "2026-03-01T12:00:00Z",
    }
    assert (outputs / latest["datapackage"]).is_file()
    versions = json.loads((outputs / "releases/versions.json").read_bytes())
    assert [one["version"] for one in versions["versions"]] == ["1.0.0"]


@pytest.mark.parametrize("table", TABLES)
def test_both_files_read_back_as_the_rows_given(outputs: Path, table: str) -> None:
    schema = arrow_schema(table, codebook().dimensions)
    given = pa.Table.from_batches(inputs(constructed(200)).tables[table](), schema)
    data = outputs / "releases/1.0.0/data"
    assert pq.read_table(data / f"{table}.parquet").equals(given)
    assert pa.Table.from_batches(read_csv(data / f"{table}.csv", schema), schema).equals(given)


def test_awkward_texts_are_among_them(outputs: Path) -> None:
    texts = set(pq.read_table(outputs / "releases/1.0.0/data/repairs.parquet")["before"].to_pylist())
    assert set(AWKWARD) == texts


def test_issues_are_published_as_given(outputs: Path) -> None:
    assert json.loads((outputs / "releases/1.0.0/issues.json").read_bytes()) == {"issues": [ISSUE]}


def test_the_same_rows_on_another_day_make_no_version(outputs: Path) -> None:
    before = snapshot(outputs)
    again = make(outputs, constructed(200), datetime(2027, 1, 1, tzinfo=UTC))
    assert (again.version, again.created) == ("1.0.0", False)
    assert snapshot(outputs) == before


def test_files_do_not_depend_on_how_rows_were_batched(outputs: Path, tmp_path: Path) -> None:
    whole = inputs(constructed(200), issues=[ISSUE])
    small = {name: (lambda table=table: _split(table())) for name, table in whole.tables.items()}
    publish(replace(whole, tables=small), tmp_path, DAY)
    assert snapshot(tmp_path) == snapshot(outputs)


def _split(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from (batch.slice(start, 7) for start in range(0, batch.num_rows, 7))


def test_an_empty_text_is_a_missing_one(tmp_path: Path) -> None:
    rows = altered(constructed(20), "statements", "text", "", at=3)
    folder = make(tmp_path, rows).path
    assert pq.read_table(folder / "data/statements.parquet")["text"][3].as_py() is None


@pytest.mark.parametrize(
    ("table", "column", "value", "complaint"),
    [
        ("statements", "privacy", "secret", "column privacy"),
        ("statements", "statement_id", "stm-1", "column statement_id"),
        ("statements", "reading_confidence", 1.5, "column reading_confidence"),
        ("statements", "document_id", None, "column document_id"),
        ("statements", "document_id", "doc-ffffffffffffffff", "not in documents.document_id"),
        ("statements", "statement_id", f"stm-{1:016x}", "repeat the primary key"),
        ("codings", "code", "verzonnen", "column code"),
    ],
)
def test_rows_that_break_their_schema_are_not_published(
    outputs: Path, table: str, column: str, value: object, complaint: str
) -> None:
    before = snapshot(outputs)
    with pytest.raises(PlainError, match=complaint):
        make(outputs, altered(constructed(200), table, column, value))
    record = json.loads((outputs / FAILED).read_bytes())
    assert (record["failed"], record["step"], record["standing"]) == ("2026-03-01T12:00:00Z", "release", "1.0.0")
    assert complaint in record["reason"]
    assert not list((outputs / "releases").glob(".staging-*"))
    assert make(outputs, constructed(200)).created is False
    assert snapshot(outputs) == before


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_csv_cannot_hold_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(PlainError, match="reading_confidence"):
        make(tmp_path, altered(constructed(20), "documents", "reading_confidence", value))


def test_a_clock_that_was_set_back_makes_no_earlier_release(tmp_path: Path) -> None:
    make(tmp_path, constructed(20))
    later = make(tmp_path, constructed(21), datetime(2020, 1, 1, tzinfo=UTC))
    assert json.loads((later.path / "datapackage.json").read_bytes())["created"] == "2026-03-01T12:00:00Z"
    assert json.loads((tmp_path / "latest.json").read_bytes())["version"] == "1.1.0"


def test_a_folder_that_is_in_the_way_of_a_release_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "releases" / "1.0.0").mkdir(parents=True)
    store = DiskStore(tmp_path)
    with (
        store.staging() as staged,
        pytest.raises(FileExistsError, match=r"1\.0\.0: this version stands already.*move it away and publish again"),
    ):
        store.install(staged, "1.0.0")


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    rows = {name: row for name, row in constructed(20).items() if name != "codes"}
    with pytest.raises(PlainError, match="codes"):
        make(tmp_path, rows)


def test_a_moment_without_time_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        make(tmp_path, constructed(20), datetime(2026, 3, 1))  # noqa: DTZ001


def test_verify_finds_changed_missing_and_added_files(small: Path) -> None:
    assert verify(small) == []
    for name in ("data/statements.parquet", "data/codes.csv"):
        (small / name).chmod(0o644)
    content = bytearray((small / "data/statements.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (small / "data/statements.parquet").write_bytes(content)
    (small / "data/codes.csv").unlink()
    (small / "data/extra.csv").write_text("x")
    assert verify(small) == [
        "data/codes.csv: missing",
        "data/extra.csv: not part of the release",
        "data/statements.parquet: changed",
    ]


def test_a_damaged_release_is_not_compared_with(tmp_path: Path, small: Path) -> None:
    (small / "data/statements.csv").chmod(0o644)
    (small / "data/statements.csv").write_text("x")
    with pytest.raises(PlainError, match=r"1\.0\.0 was damaged"):
        make(tmp_path, constructed(21))


def test_frictionless_reads_the_head_of_a_large_package(small: Path) -> None:
    assert checks.frictionless_problems(small, checks.FRICTIONLESS_ROWS + 1) == []
    path = small / "data/statements.csv"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"clear"', b'"helder"'))
    found = checks.frictionless_problems(small, checks.FRICTIONLESS_ROWS + 1)
    assert found
    assert all("frictionless, statements" in problem for problem in found)


def test_a_file_that_reads_otherwise_is_found(small: Path) -> None:
    described = json.loads((small / "datapackage.json").read_bytes())["resources"]
    content = next(one["content"] for one in described if one["name"] == "statements")
    assert checks.table_problems(small, "statements", codebook().dimensions, content) == []
    path = small / "data/statements.csv"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"nieuwkomers", b"oudgedienden").replace(b"nan", b"na n"))
    found = checks.table_problems(small, "statements", codebook().dimensions, content)
    assert found == ["table statements: its CSV file does not read back as the rows that were given"]


def test_a_file_laid_beside_a_release_does_no_harm(tmp_path: Path, small: Path) -> None:
    (small / "datacite.xml").write_text("<resource/>")
    assert verify(small) == ["datacite.xml: not part of the release"]
    assert make(tmp_path, constructed(21)).version == "1.1.0"


@pytest.mark.parametrize("content", ["", "x\n", "deadbeef  data/statements.csv\n"])
def test_spoilt_checksums_are_found(tmp_path: Path, small: Path, content: str) -> None:
    (small / "SHA256SUMS").chmod(0o644)
    (small / "SHA256SUMS").write_text(content)
    assert verify(small)
    with pytest.raises(PlainError, match="damaged"):
        make(tmp_path, constructed(21))
