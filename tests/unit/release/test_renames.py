"""A table or column under another name is found, and its rows are compared under the new one."""

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.release.diff import State, compare, diff_json, renamed
from pipeline.release.renames import Renames, renames
from tests.descriptors import Descriptor, field, table


@pytest.fixture(scope="module")
def described(twenty: Path) -> Descriptor:
    found: Descriptor = json.loads((twenty / "releases" / "1.0.0" / "datapackage.json").read_bytes())
    return found


def test_nothing_is_renamed_between_two_that_are_alike(described: Descriptor) -> None:
    assert renames(described, described) == Renames({}, {})


def test_a_renamed_key_is_followed_wherever_it_is_named(described: Descriptor) -> None:
    new = copy.deepcopy(described)
    table(new, "statements")["name"] = "uitspraken"
    field(new, "uitspraken", "statement_id")["name"] = "uitspraak_id"
    found = renames(described, new)
    # The columns of the two tables differ by one name, so nobody can tell that it is the same table.
    assert found == Renames({}, {})
    field(new, "uitspraken", "uitspraak_id")["name"] = "statement_id"
    assert renames(described, new).tables == {"statements": "uitspraken"}

    new = copy.deepcopy(described)
    field(new, "statements", "statement_id")["name"] = "uitspraak_id"
    found = renames(described, new)
    assert found.columns == {"statements": {"statement_id": "uitspraak_id"}}
    applied: Any = found.applied(described)
    assert table(applied, "statements")["schema"]["primaryKey"] == ["uitspraak_id"]
    reference = table(applied, "codings")["schema"]["foreignKeys"][0]["reference"]
    assert reference == {"resource": "statements", "fields": ["uitspraak_id"]}


def test_a_column_with_other_words_is_another_one(described: Descriptor) -> None:
    new = copy.deepcopy(described)
    field(new, "statements", "text").update(name="words", title="Words", description="Other words.")
    assert renames(described, new).columns == {}


def test_two_that_are_alike_are_not_guessed_at(described: Descriptor) -> None:
    old, new = copy.deepcopy(described), copy.deepcopy(described)
    for descriptor, names in ((old, ("a", "b")), (new, ("c", "d"))):
        for column, name in zip(("page", "column"), names, strict=True):
            field(descriptor, "statements", column).update(name=name, title="Same", description="Same.")
    assert renames(old, new).columns == {}


def state(name: str, values: list[str]) -> State:
    batch = pa.RecordBatch.from_pydict({"id": ["1", "2"], name: values})

    def stream(columns: Sequence[str]) -> list[pa.RecordBatch]:
        return [batch.select(list(columns))]

    return State(("id", name), ("id",), stream)


def test_rows_are_compared_under_the_new_name() -> None:
    names = Renames({}, {"t": {"text": "words"}})
    found = compare("t", renamed(state("text", ["x", "y"]), names.columns["t"]), state("words", ["x", "z"]))
    assert [(row.key, row.values) for row in found.changed] == [({"id": "2"}, {"words": ("y", "z")})]
    written: Any = diff_json("1.0.0", "2.0.0", "major", [], [found], names)
    assert written["renames"] == {"tables": {}, "columns": {"t": {"text": "words"}}, "rows": {}}
    assert written["tables"]["t"]["columns"] == {"words": 1}
