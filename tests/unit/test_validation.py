import hashlib
from pathlib import Path

import pytest

from pipeline.stages.frames import frame
from pipeline.validation import coverage_faults, reference_faults, table_faults
from schemas.tables import TABLES, foreign_keys, primary_key, table_schema

SPAN = {
    "document_id": "doc-1",
    "start": 0,
    "end": 3,
    "page": 1,
    "line": 1,
    "role": "furniture",
    "statement_id": None,
    "section_id": None,
}


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_is_sound(table):
    assert table_faults(table, frame(table, [])) == []


@pytest.mark.parametrize("table", TABLES)
def test_keys_name_columns_that_are_there(table):
    columns = set(table_schema(table).columns)
    assert set(primary_key(table)) <= columns
    for column, (other, key) in foreign_keys(table).items():
        assert column in columns
        assert key in primary_key(other)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_title_in_both_languages_and_a_description(table):
    for name, column in table_schema(table).columns.items():
        assert column.title, name
        assert column.description, name
        assert column.metadata["title_nl"], name


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": "titel"}, "column role"),
        ({"start": -1}, "column start"),
        ({"page": None}, "column page"),
    ],
)
def test_a_wrong_value_is_told_in_words(change, words):
    assert any(words in fault for fault in table_faults("spans", frame("spans", [SPAN | change])))


def test_a_repeated_key_is_a_fault():
    assert table_faults("spans", frame("spans", [SPAN, SPAN]))


def test_a_schema_is_the_callers_own():
    table_schema("spans").unique = None
    assert table_faults("spans", frame("spans", [SPAN, SPAN]))


def test_columns_in_another_order_are_a_fault():
    spans = frame("spans", [SPAN])
    assert table_faults("spans", spans[list(reversed(spans.columns))])


def test_a_reference_that_points_nowhere_is_named():
    tables = {"spans": frame("spans", [SPAN])} | {
        name: frame(name, []) for name in ("documents", "statements", "sections")
    }
    assert reference_faults("spans", tables) == ["1 values of document_id are not in documents.document_id: 'doc-1'"]


def test_coverage_is_judged_against_the_file_itself(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"abc de")
    document = {
        "document_id": "doc-1",
        "source_id": "s",
        "path": "a.txt",
        "bytes": 6,
        "encoding": "utf-8",
        "pages": 1,
        "lines": 1,
        "sha256": hashlib.sha256(b"abc de").hexdigest(),
        "layout": "single",
        "reading_confidence": 1.0,
    }
    found = coverage_faults(tmp_path, frame("documents", [document]), frame("spans", [SPAN]))
    assert found == ["a.txt: bytes 4 to 6 are in no span"]
