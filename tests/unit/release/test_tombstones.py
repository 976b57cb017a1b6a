"""A statement that goes leaves a tombstone that says why and what came instead."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.release.constructed import DAY, Row, Rows, constructed, inputs, statement_id
from pipeline.errors import PlainError
from pipeline.release.disk import DiskStore
from pipeline.release.named import release_named
from pipeline.release.publish import Published, publish
from pipeline.release.purge import holders, purge, purged
from pipeline.release.tombstones import KINDS
from pipeline.release.verify import verify

GONE, NEW = statement_id(19), f"stm-{'a' * 16}"
Edit = Callable[[str, Row], Row | None]


def make(outputs: Path, rows: Mapping[str, Rows], **more: Any) -> Published:
    return publish(inputs(rows, **more), outputs, DAY)


def edited(edit: Edit, statements: int = 20) -> dict[str, Rows]:
    """Return constructed rows after an edit, which may drop a row by returning None."""
    rows = constructed(statements)

    def changed(name: str) -> Iterator[Row]:
        return (row for given in rows[name]() if (row := edit(name, given)) is not None)

    return {name: lambda name=name: changed(name) for name in rows}


def found(release: Published) -> dict[str, Mapping[str, Any]]:
    listed = json.loads((release.path / "tombstones.json").read_bytes())["tombstones"]
    return {one["statement_id"]: one for one in listed}


def without(name: str, row: Row) -> Row | None:
    """Drop the statement and all that hangs on it; its bytes are quarantined."""
    if GONE not in {row.get("statement_id"), row.get("related_id")}:
        return row
    return {**row, "role": "quarantine", "statement_id": None} if name == "spans" else None


def as_heading(name: str, row: Row) -> Row | None:
    left = without(name, row)
    heading = {"role": "heading", "section_id": f"sec-{0:016x}"}
    return {**left, **heading} if left is not None and left.get("role") == "quarantine" else left


def rekeyed(**values: object) -> Edit:
    def edit(name: str, row: Row) -> Row | None:
        changes = {key: NEW for key in ("statement_id", "related_id") if row.get(key) == GONE}
        return {**row, **changes, **(values if changes and name == "statements" else {})}

    return edit


def renamed(name: str, row: Row) -> Row | None:
    left = rekeyed()(name, row)
    assert left is not None
    return {**left, "document_id": f"doc-{'b' * 16}"} if "document_id" in left else left


def replaced(name: str, row: Row) -> Row | None:
    left = rekeyed()(name, row)
    return {**left, "sha256": "c" * 64} if left is not None and name == "documents" else left


def moved_away(name: str, row: Row) -> Row | None:
    """Give the document another name and other bytes."""
    left = renamed(name, row)
    return {**left, "sha256": "c" * 64} if left is not None and name == "documents" else left


def spoilt(name: str, row: Row) -> Row | None:
    left = quarantined(name, row)
    return {**left, "sha256": "c" * 64} if left is not None and name == "documents" else left


def quarantined(name: str, row: Row) -> Row | None:
    left = without(name, row)
    return {**left, "encoding": None} if left is not None and name == "documents" else left


@pytest.mark.parametrize(
    ("edit", "kind", "successors"),
    [
        (without, "retracted", []),
        (as_heading, "no statement", []),
        (rekeyed(), "recut", [NEW]),
        (rekeyed(privacy="withheld", text=None), "hidden", []),
        (renamed, "document renamed", [NEW]),
        (replaced, "document changed", []),
        (quarantined, "document quarantined", []),
        (spoilt, "document quarantined", []),
    ],
)
def test_what_became_of_a_statement(begun: Path, edit: Edit, kind: str, successors: list[str]) -> None:
    release = make(begun, edited(edit))
    assert found(release) == {
        GONE: {
            "statement_id": GONE,
            "document_id": f"doc-{0:016x}",
            "kind": kind,
            "reason": KINDS[kind],
            "successor": successors[0] if successors else None,
            "successors": successors,
            "last_release": "1.0.0",
            "gone_in": release.version,
            "date": "2026-03-01",
        }
    }


@pytest.mark.parametrize(
    ("edit", "rows"),
    [
        (without, {}),
        (rekeyed(), {"statements": {GONE: NEW}}),
        (rekeyed(privacy="withheld", text=None), {}),
        (renamed, {"documents": {f"doc-{0:016x}": f"doc-{'b' * 16}"}, "statements": {GONE: NEW}}),
    ],
)
def test_the_diff_names_rows_with_another_identifier(begun: Path, edit: Edit, rows: dict[str, Any]) -> None:
    release = make(begun, edited(edit))
    assert json.loads((release.path / "diff.json").read_bytes())["renames"]["rows"] == rows
    told = re.findall(r"Of the rows that went, (.+) go on under", (release.path / "CHANGES.md").read_text("utf-8"))
    assert told == ([" and ".join(f"{len(pairs)} of {table}" for table, pairs in rows.items())] if rows else [])


def test_copies_of_a_document_are_not_told_apart(tmp_path: Path) -> None:
    def copied(name: str, row: Row) -> Row | None:
        return {**row, "sha256": "d" * 64} if name == "documents" else row

    def moved(name: str, row: Row) -> Row | None:
        left = copied(name, row)
        document = str(row.get("document_id"))
        return {**left, "document_id": f"doc-{'e' * 15}{document[-1]}"} if left and "document_id" in row else left

    make(tmp_path, edited(copied, 60))
    release = make(tmp_path, edited(moved, 60))
    assert json.loads((release.path / "diff.json").read_bytes())["renames"]["rows"] == {}


COPY = f"doc-{'f' * 16}"


def with_copy(edit: Edit = lambda _, row: row) -> dict[str, Rows]:
    """Return constructed rows after an edit, and a copy of their document with a statement of its own."""
    rows = edited(edit)

    def more(name: str) -> Iterator[Row]:
        yield from rows[name]()
        own = next(row for row in constructed(20)[name]() if name == "documents" or row.get("statement_id") == GONE)
        copied = {**own, "document_id": COPY}
        yield copied if name == "documents" else {**copied, "statement_id": NEW[:-1] + "c"}

    return rows | {name: lambda name=name: more(name) for name in ("documents", "statements", "spans")}


@pytest.mark.parametrize(("edit", "kind"), [(replaced, "document changed"), (moved_away, "document removed")])
def test_a_copy_that_was_there_before_is_no_successor(tmp_path: Path, edit: Edit, kind: str) -> None:
    make(tmp_path, with_copy())
    tomb = found(make(tmp_path, with_copy(edit)))[GONE]
    assert (tomb["kind"], tomb["successors"]) == (kind, [])


def test_a_new_copy_is_no_successor_while_the_document_stands_with_another_text(begun: Path) -> None:
    tomb = found(make(begun, with_copy(replaced)))[GONE]
    assert (tomb["kind"], tomb["successors"]) == ("document changed", [])


def test_a_document_that_goes_takes_its_statements_along(tmp_path: Path) -> None:
    make(tmp_path, constructed(60))
    tombs = found(make(tmp_path, constructed(50)))
    assert set(tombs) == {statement_id(number) for number in range(50, 60)}
    assert {one["kind"] for one in tombs.values()} == {"document removed"}


def test_of_two_successors_the_one_with_most_bytes_comes_first(begun: Path) -> None:
    """The bytes of the last statement are shared out: 30 to the one before, the rest to a new one."""
    before = statement_id(18)

    def shared(name: str, row: Row) -> Row | None:
        left = rekeyed()(name, row)
        assert left is not None
        if name != "spans":
            return left
        grown = {before: {"end": 1930}, NEW: {"start": 1930}}.get(str(left["statement_id"]), {})
        return {**left, **grown}

    assert found(make(begun, edited(shared)))[GONE]["successors"] == [NEW, before]


def test_a_retraction_gives_its_own_reason(begun: Path) -> None:
    tomb = found(make(begun, edited(without), retractions={GONE: "op verzoek"}))[GONE]
    assert (tomb["kind"], tomb["reason"]) == ("retracted", "op verzoek")


def test_tombstones_are_carried_on_until_the_statement_is_back(begun: Path) -> None:
    first = make(begun, edited(without))
    later = make(begun, edited(lambda name, row: None if name == "relations" else without(name, row)))
    assert later.version != first.version
    assert found(later) == found(first)
    assert found(make(begun, constructed(20))) == {}


def test_the_first_release_has_no_tombstones(tmp_path: Path) -> None:
    made = make(tmp_path, constructed(20))
    assert (made.version, found(made)) == ("1.0.0", {})


def test_purging_removes_every_release_that_holds_a_statement_and_records_it(tmp_path: Path) -> None:
    make(tmp_path, edited(without))
    make(tmp_path, constructed(20))
    with pytest.raises(PlainError, match=r"1\.1\.0"):
        purge(DiskStore(tmp_path), [GONE], "op verzoek", DAY, 1)
    last = make(tmp_path, edited(without, statements=20))
    assert holders(DiskStore(tmp_path), [GONE]) == {"1.1.0": [GONE]}
    assert purge(DiskStore(tmp_path), [GONE], "op verzoek", DAY, 1) == ["1.1.0"]
    assert sorted(path.name for path in (tmp_path / "releases").glob("[0-9]*")) == ["1.0.0", last.version]
    assert [(one["version"], one["reason"], one["statements"]) for one in purged(DiskStore(tmp_path))] == [
        ("1.1.0", "op verzoek", [GONE])
    ]
    listed = json.loads((tmp_path / "releases/versions.json").read_bytes())["versions"]
    assert [one["version"] for one in listed] == [last.version, "1.0.0"]
    assert verify(last.path) == []
    assert purge(DiskStore(tmp_path), [GONE], "op verzoek", DAY, 1) == []
    with pytest.raises(PlainError, match=rf"^1\.1\.0 was purged on {DAY:%Y-%m-%d}: op verzoek; name another"):
        release_named(DiskStore(tmp_path), "1.1.0")


def test_after_a_purge_versions_go_on(begun: Path) -> None:
    last = make(begun, edited(without))
    purge(DiskStore(begun), [GONE], "op verzoek", DAY, 1)
    assert last.version == "2.0.0"
    assert make(begun, constructed(20)).version == "2.1.0"
