"""Rows that came, went and changed, as dictionaries tell it too, and what they mean for a version."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.release import diff
from pipeline.release.diff import RowChange, State, TableDiff, compare, diff_json, row_changes
from pipeline.release.renames import Renames

COLUMNS = ("one", "two", "value")
KEY = COLUMNS[:2]
STATES = st.dictionaries(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), st.sampled_from(["x", "y", None]))


def state(rows: Mapping[tuple[str, int], str | None], batch: int = 2, columns: Sequence[str] = COLUMNS) -> State:
    listed = [dict(zip(COLUMNS, (*key, value), strict=True)) for key, value in rows.items()]
    schema = pa.schema([("one", pa.string()), ("two", pa.int64()), ("value", pa.string())])

    def stream(asked: Sequence[str]) -> Iterator[pa.RecordBatch]:
        for begin in range(0, len(listed), batch):
            yield pa.RecordBatch.from_pylist(listed[begin : begin + batch], schema).select(list(asked))

    return State(tuple(columns), KEY, stream)


def keyed(key: tuple[str, int]) -> dict[str, Any]:
    return dict(zip(KEY, key, strict=True))


@given(before=STATES, after=STATES, batch=st.integers(1, 4), most=st.integers(0, 4))
def test_two_tables_differ_as_their_dictionaries_do(before, after, batch, most):
    added = [keyed(key) for key in after if key not in before]
    removed = [keyed(key) for key in before if key not in after]
    changed = [
        RowChange(keyed(key), {"value": (before[key], value)})
        for key, value in after.items()
        if key in before and before[key] != value
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "LISTED", most)
        found = compare("statements", state(before, batch), state(after))
    assert (found.before, found.after) == (len(before), len(after))
    assert (found.added_count, found.removed_count, found.changed_count) == (len(added), len(removed), len(changed))
    assert (found.added, found.removed) == (tuple(added[:most]), tuple(removed[:most]))
    assert found.changed == tuple(changed[:most])
    assert found.same == (before == after)
    assert found.complete == (max(map(len, (added, removed, changed))) <= most)


def test_a_column_that_only_one_state_has_is_not_compared():
    before, after = {("a", 1): "x", ("a", 2): "x"}, {("a", 1): "y", ("a", 3): "y"}
    found = compare("statements", state(before, columns=KEY), state(after))
    assert (found.added_count, found.removed_count, found.changed_count) == (1, 1, 0)


@pytest.mark.parametrize("swap", [False, True])
def test_a_table_that_is_not_there_counts_as_one_without_rows(swap):
    some = state({("a", 1): "x", ("a", 2): "x", ("b", 1): "x"})
    found = compare("statements", some, None) if swap else compare("statements", None, some)
    counts = (found.before, found.after, found.added_count, found.removed_count, found.changed_count)
    assert counts == ((3, 0, 0, 3, 0) if swap else (0, 3, 3, 0, 0))
    assert not found.complete


def table(name: str, column: str = "", **counts: int) -> TableDiff:
    changed = (RowChange({"code": "a"}, {column: ("x", "y")}),) if column else ()
    return TableDiff(name, 9, 9, changed_count=counts.pop("changed_count", len(changed)), changed=changed, **counts)


@pytest.mark.parametrize(
    ("found", "level", "rule"),
    [
        (table("relations", added_count=1), "minor", "rows added"),
        (table("relations", removed_count=1), "patch", "rows removed"),
        (table("statements", removed_count=1), "major", "referenced rows removed"),
        (table("codes", removed_count=1), "major", "referenced rows removed"),
        (table("statements", "text"), "patch", "values corrected"),
        (table("codes", "label_nl"), "patch", "values corrected"),
        (table("codes", "definition"), "major", "meaning changed"),
        (table("codes", "parent"), "major", "meaning changed"),
        (table("codes", "label_nl", changed_count=2), "major", "meaning changed"),
        (table("statements", "text", changed_count=2), "patch", "values corrected"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_rows_move_the_version_as_far_as_others_lean_on_them(found, level, rule):
    (change,) = row_changes([found, TableDiff("sources", 1, 1)])
    assert (change.level, change.rule, change.where) == (level, rule, found.name)


@pytest.mark.parametrize(("count", "words"), [(1, "1 row is new in relations"), (2, "2 rows are new in relations")])
def test_a_change_of_rows_says_how_many(count, words):
    assert [change.text for change in row_changes([table("relations", added_count=count)])] == [words]


def test_the_file_of_a_diff_holds_counts_and_keys_and_no_value():
    found = compare("statements", state({("a", 1): "secret"}), state({("a", 1): "hidden", ("b", 2): "x"}))
    written = diff_json("1.0.0", "1.1.0", "minor", row_changes([found]), [found], Renames({}, {}, {}))
    assert written["tables"] == {
        "statements": {
            "rows": {"before": 1, "after": 2, "added": 1, "removed": 0, "changed": 1},
            "columns": {"value": 1},
            "added": [{"one": "b", "two": 2}],
            "removed": [],
            "changed": [{"key": {"one": "a", "two": 1}, "columns": ["value"]}],
            "complete": True,
        }
    }
    assert not {"secret", "hidden"} & set(str(written).replace("'", " ").split())
