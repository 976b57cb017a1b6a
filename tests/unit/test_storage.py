import errno
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from pipeline.stages.frames import frame, records
from pipeline.storage import (
    ACCEPTED_TABLES,
    RefusedError,
    Released,
    accept,
    accepted,
    forget,
    read_frame,
    read_released,
    table_path,
    write_frame,
    write_released,
)


def sound(_: Mapping[str, Path]) -> list[str]:
    return []


@pytest.fixture
def tables(tmp_path):
    paths = {name: tmp_path / "work" / f"{name}.parquet" for name in ACCEPTED_TABLES}
    for name, path in paths.items():
        columns = {"recommendations": {"a": pd.array(["x"], dtype="string[pyarrow]")}}
        write_frame(path, pd.DataFrame(columns[name]) if name in columns else frame(name, []))
    return paths


@pytest.mark.parametrize("table", ["statements", "spans", "raw_documents", "issues", "reading_order"])
def test_an_empty_frame_keeps_its_types_on_disk(tmp_path, table):
    empty = frame(table, [])
    write_frame(tmp_path / "t.parquet", empty)
    pd.testing.assert_series_equal(read_frame(tmp_path / "t.parquet").dtypes, empty.dtypes)


def test_rows_go_through_a_frame_and_a_file_unchanged(tmp_path):
    row = {"document_id": "d", "start": 0, "kind": "space", "end": 2, "before": "\u00a0", "after": " "}
    write_frame(tmp_path / "t.parquet", frame("repairs", [row, row | {"after": ""}]))
    assert records(read_frame(tmp_path / "t.parquet")) == [row, row | {"after": None}]


def test_a_set_is_accepted_as_a_whole_and_replaces_the_last_one(tmp_path, tables):
    root = tmp_path / "accepted"
    assert accepted(root, "bron") is None
    first = accept(root, "bron", "a" * 64, tables, sound)
    assert accepted(root, "bron") == first
    assert all(first.table(name).is_file() for name in ACCEPTED_TABLES)
    second = accept(root, "bron", "b" * 64, tables, sound)
    assert accepted(root, "bron") == second
    assert accept(root, "bron", "b" * 64, tables, sound) == second
    assert sorted(path.name for path in (root / "bron").iterdir()) == ["b" * 32, "current.json"]


def test_a_failed_acceptance_leaves_the_last_set(tmp_path, tables):
    root = tmp_path / "accepted"
    first = accept(root, "bron", "a" * 64, tables, sound)
    tables["spans"].unlink()
    with pytest.raises(FileNotFoundError):
        accept(root, "bron", "b" * 64, tables, sound)
    assert accepted(root, "bron") == first


def test_a_set_whose_folder_is_gone_is_none_and_can_be_accepted_anew(tmp_path, tables):
    root = tmp_path / "accepted"
    first = accept(root, "bron", "a" * 64, tables, sound)
    first.folder.rename(root / "bron" / ".old.1")  # as when the process ends while it puts the new one in place
    assert accepted(root, "bron") is None
    assert accept(root, "bron", "a" * 64, tables, sound) == accepted(root, "bron") == first
    assert sorted(path.name for path in (root / "bron").iterdir()) == ["a" * 32, "current.json"]


def test_tables_that_are_judged_wrong_are_refused_and_leave_the_last_set(tmp_path, tables):
    root = tmp_path / "accepted"
    first = accept(root, "bron", "a" * 64, tables, sound)
    judged: list[Path] = []

    def judge(files: Mapping[str, Path]) -> list[str]:
        judged.extend(files.values())
        return ["a text is not clear", "bytes 1 to 2 are in no span"]

    with pytest.raises(RefusedError, match=r"bron .*a text is not clear; bytes 1 to 2"):
        accept(root, "bron", "b" * 64, tables, judge)
    assert accepted(root, "bron") == first
    assert not set(judged) & set(tables.values())  # what is judged is what would stand, not what others may write to
    assert sorted(path.name for path in (root / "bron").iterdir()) == ["a" * 32, "current.json"]


def test_sources_that_are_gone_are_forgotten(tmp_path, tables):
    root = tmp_path / "accepted"
    accept(root, "een", "a" * 64, tables, sound)
    accept(root, "twee", "a" * 64, tables, sound)
    work = tmp_path / "tables"
    for source in ("een", "twee"):
        write_frame(table_path(work, "spans", source), pd.DataFrame({"a": [1]}))
    write_frame(table_path(work, "codes", None), pd.DataFrame({"a": [1]}))
    forget(root, work, ["twee"])
    assert accepted(root, "een") is None
    assert accepted(root, "twee") is not None
    assert sorted(path.name for path in work.rglob("*.parquet")) == ["codes.parquet", "twee.parquet"]


def test_what_could_not_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    path = tmp_path / "spans.parquet"
    write_frame(path, pd.DataFrame({"a": [1]}))
    before = path.read_bytes()

    def full(_: object, staged: Path, **__: object) -> None:
        staged.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device", str(staged))

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(OSError, match="No space left"):
        write_frame(path, pd.DataFrame({"a": [2]}))
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_what_a_killed_process_left_behind_goes_when_it_is_old(tmp_path):
    path = tmp_path / "spans[1].parquet"
    old, new = (path.with_name(f".{path.name}.{process}") for process in (1, 2))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    write_frame(path, pd.DataFrame({"a": [1]}))
    assert sorted(found.name for found in tmp_path.iterdir()) == [new.name, path.name]


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"{}", b"\xff"])
def test_a_pointer_that_cannot_be_read_is_no_accepted_set(tmp_path, tables, broken):
    root = tmp_path / "accepted"
    accept(root, "een", "a" * 64, tables, sound)
    (root / "een" / "current.json").write_bytes(broken)
    assert accepted(root, "een") is None
    accept(root, "een", "a" * 64, tables, sound)
    assert accepted(root, "een") is not None


def test_the_record_of_a_release_is_read_back_and_a_broken_one_is_none(tmp_path):
    path = tmp_path / "released.json"
    assert read_released(path) is None
    write_released(path, Released("f", "1.0.0"))
    assert read_released(path) == Released("f", "1.0.0")
    path.write_text("{half")
    assert read_released(path) is None
