"""The workbook and the database hold the rows of the tables, and act on none of them."""

import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from benchmarks.release.constructed import DAY, constructed, inputs
from pipeline.release.publish import publish
from pipeline.release.workbook import FOR_PROGRAMS
from schemas.tables import TABLES

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("outputs")
    return publish(inputs(constructed(60)), outputs, DAY).path


@pytest.fixture
def database(release: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{release / 'bloemlezing.sqlite'}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.mark.parametrize("name", TABLES)
def test_the_database_holds_the_same_rows(release: Path, database: sqlite3.Connection, name: str) -> None:
    given = pq.read_table(release / f"data/{name}.parquet")
    names = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
    rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
    assert names == given.schema.names
    assert rows == [tuple(row.values()) for row in given.to_pylist()]


def test_the_database_has_keys(database: sqlite3.Connection) -> None:
    references = {row[2] for row in database.execute('PRAGMA foreign_key_list("statements")')}
    assert references == {"documents", "sections"}
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM statements")


def test_texts_can_be_searched(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'nieuwkomers'").fetchall()
    expected = database.execute("SELECT rowid FROM statements WHERE text LIKE '%nieuwkomers%'").fetchall()
    assert found == expected
    assert len(found) > 10


def sheets(path: Path) -> dict[str, ET.Element]:
    with zipfile.ZipFile(path) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in book.iter(f"{SHEET}sheet")]
        return {
            name: ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            for number, name in enumerate(names, 1)
        }


def test_the_workbook_has_a_sheet_per_table_for_people(release: Path) -> None:
    found = sheets(release / "bloemlezing.xlsx")
    assert list(found) == ["README", *(name for name in TABLES if name not in FOR_PROGRAMS), "DICTIONARY"]
    for name, sheet in found.items():
        if name in TABLES:
            rows = pq.read_metadata(release / f"data/{name}.parquet").num_rows
            assert len(list(sheet.iter(f"{SHEET}row"))) == rows + 1
            assert sheet.find(f".//{SHEET}pane") is not None
            assert sheet.find(f"{SHEET}autoFilter") is not None


def test_no_text_is_a_formula(release: Path) -> None:
    with zipfile.ZipFile(release / "bloemlezing.xlsx") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(re.search(r"<f[ >]", text) for text in texts)
    assert any("=SOM(A1:A2)" in text for text in texts)


def test_a_cell_without_a_value_is_blank(release: Path) -> None:
    book = load_workbook(release / "bloemlezing.xlsx")
    assert [
        name for name in book.sheetnames for row in book[name].iter_rows() for cell in row if cell.value == ""
    ] == []
    with zipfile.ZipFile(release / "bloemlezing.xlsx") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    assert not any(re.search(r"<t[^>]*></t>|<t/>|<si/>", text) for text in texts)


def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(release: Path) -> None:
    book = load_workbook(release / "bloemlezing.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    marked = {cell.value for cell in cells if cell.quotePrefix}
    assert marked == {cell.value for cell in cells if cell.value[:1] in "=+-@"}
    assert any(value.startswith("=") for value in marked)


def test_large_numbers_are_not_rounded(release: Path) -> None:
    documents = sheets(release / "bloemlezing.xlsx")["documents"]
    assert str(2**63 - 1) in "".join(documents.itertext())
