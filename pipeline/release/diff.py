"""What changed between two states of the dataset, row by row.

What belongs here: finding added, removed and changed rows by their primary key, and `diff.json`. What does not: what a
change means for the version number of a schema (`pipeline.release.versions`).

`diff.json` names rows and columns and holds no values: a text that was taken down must not live on in the list of what
changed. `RowChange` holds the values, for comparing two releases that the reader has anyway.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

import pyarrow as pa

from pipeline.release.keys import AFTER, BEFORE, Found, comparison
from pipeline.release.renames import Renames
from pipeline.release.rows import row_digests
from pipeline.release.versions import Change
from schemas.tables import TABLES, foreign_keys

Value: TypeAlias = str | int | float | bool | None
Key: TypeAlias = Mapping[str, Value]
Stream: TypeAlias = Callable[[Sequence[str]], Iterable[pa.RecordBatch]]
"""The rows of a table with the columns asked for; each call begins anew."""

LISTED = 10_000
"""Rows listed of each kind and table; counts are always complete."""

MEANING: Mapping[str, tuple[str, ...]] = {"codes": ("parent", "definition")}
"""Columns that hold what other tables' values mean, though no foreign key says so."""


@dataclass(frozen=True, slots=True)
class State:
    """A table as it is in one release.

    Attributes:
        columns: Its columns, in order.
        key: Its primary key.
        stream: Its rows.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    stream: Stream


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row whose values changed.

    Attributes:
        key: Its primary key.
        values: Per column that changed, the value before and after.
    """

    key: Key
    values: Mapping[str, tuple[Value, Value]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What changed in a table's rows.

    Attributes:
        name: Of the table.
        before: Rows in the old state.
        after: Rows in the new state.
        added_count: Rows whose key is new.
        removed_count: Rows whose key is gone.
        changed_count: Rows with the same key and other values.
        added: Keys of the first `LISTED` of them, in the order of the table; the next two likewise.
        removed: See `added`.
        changed: See `added`.
    """

    name: str
    before: int
    after: int
    added_count: int = 0
    removed_count: int = 0
    changed_count: int = 0
    added: tuple[Key, ...] = ()
    removed: tuple[Key, ...] = ()
    changed: tuple[RowChange, ...] = ()

    @property
    def same(self) -> bool:
        """Whether no row changed."""
        return not (self.added_count or self.removed_count or self.changed_count)

    @property
    def changed_columns(self) -> dict[str, int]:
        """In how many of the listed rows each column changed, in alphabetical order."""
        return dict(sorted(Counter(column for row in self.changed for column in row.values).items()))

    @property
    def complete(self) -> bool:
        """Whether every row that changed is listed."""
        counts = (self.added_count, self.removed_count, self.changed_count)
        return counts == (len(self.added), len(self.removed), len(self.changed))


def compare(name: str, old: State | None, new: State | None) -> TableDiff:
    """Return what changed in a table between two releases.

    Rows are compared by the columns that both have. A table that one of them lacks counts as one without rows.

    Args:
        name: Of the table.
        old: The table before, None when it was not there.
        new: The table after, None when it is gone.
    """
    if old is None or new is None or old.key != new.key:
        return _unmatched(name, old, new)
    shared = tuple(column for column in new.columns if column in old.columns)
    return _compare_rows(name, old, new, shared)


def renamed(old: State | None, names: Mapping[str, str]) -> State | None:
    """Return a table of an older release under the names that its columns have in a newer one."""
    if old is None or not names:
        return old
    were = {new: was for was, new in names.items()}

    def stream(columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        for batch in old.stream([were.get(name, name) for name in columns]):
            yield batch.rename_columns(list(columns))

    columns, key = (tuple(names.get(name, name) for name in part) for part in (old.columns, old.key))
    return State(columns, key, stream)


def row_changes(tables: Iterable[TableDiff]) -> list[Change]:
    """Return what the changes of rows mean for the version."""
    found = []
    for table in tables:
        name = table.name
        if table.added_count:
            found.append(Change("minor", "rows added", name, f"{_rows_are(table.added_count)} new in {name}"))
        if table.removed_count:
            text = f"{_rows_are(table.removed_count)} gone from {name}"
            needed = name in referenced_tables()
            found.append(
                Change("major", "referenced rows removed", name, text)
                if needed
                else Change("patch", "rows removed", name, text)
            )
        if table.changed_count:
            meaning = MEANING.get(name, ())
            # What is not listed cannot be looked at, so it counts as the graver case.
            redefined = any(column in meaning for row in table.changed for column in row.values) or (
                bool(meaning) and not table.complete
            )
            rule = "meaning changed" if redefined else "values corrected"
            text = f"{_rows_are(table.changed_count)} changed in {name}"
            found.append(Change("major" if redefined else "patch", rule, name, text))
    return found


def _rows_are(count: int) -> str:
    return "1 row is" if count == 1 else f"{count} rows are"


def referenced_tables() -> frozenset[str]:
    """Return the tables whose rows others refer to."""
    return frozenset(table for name in TABLES for table, _ in foreign_keys(name).values()) | MEANING.keys()


def diff_json(
    old: str | None,
    new: str,
    level: str,
    changes: Iterable[Change],
    tables: Iterable[TableDiff],
    names: Renames,
) -> dict[str, object]:
    """Return `diff.json` of a release.

    Args:
        old: The version that it is compared with; None for the first release, whose rows are counted, not listed.
        new: Its version.
        level: `major`, `minor`, `patch` or `first`.
        changes: Every change that counts for the version.
        tables: What changed in each table.
        names: What is called otherwise.
    """
    return {
        "from": old,
        "to": new,
        "level": level,
        "changes": [
            {"level": change.level, "rule": change.rule, "where": change.where, "text": change.text}
            for change in changes
        ],
        "renames": {
            "tables": dict(names.tables),
            "columns": {key: dict(to) for key, to in names.columns.items()},
            "rows": {key: dict(islice(to.items(), LISTED)) for key, to in names.rows.items()},
        },
        "tables": {table.name: _table_json(table) for table in tables},
    }


def _table_json(table: TableDiff) -> dict[str, object]:
    return {
        "rows": {
            "before": table.before,
            "after": table.after,
            "added": table.added_count,
            "removed": table.removed_count,
            "changed": table.changed_count,
        },
        "columns": table.changed_columns,
        "added": [dict(key) for key in table.added],
        "removed": [dict(key) for key in table.removed],
        "changed": [{"key": dict(row.key), "columns": list(row.values)} for row in table.changed],
        "complete": table.complete,
    }


def _unmatched(name: str, old: State | None, new: State | None) -> TableDiff:
    """Return the diff of a table that was not there, is gone, or is keyed by other columns."""
    before, after = _count(old), _count(new)
    return TableDiff(name, before, after, added_count=after, removed_count=before)


def _count(state: State | None) -> int:
    return 0 if state is None else sum(batch.num_rows for batch in state.stream(state.key))


def _compare_rows(name: str, old: State, new: State, shared: Sequence[str]) -> TableDiff:
    columns = list(dict.fromkeys((*new.key, *shared)))
    with comparison() as keys:
        for side, state in ((BEFORE, old), (AFTER, new)):
            for batch in state.stream(columns):
                keys.add(side, row_digests(batch, state.key), row_digests(batch, shared))
        added, removed, changed = keys.only(AFTER, LISTED), keys.only(BEFORE, LISTED), keys.changed(LISTED)
        return TableDiff(
            name,
            keys.count(BEFORE),
            keys.count(AFTER),
            added.count,
            removed.count,
            changed.count,
            tuple(_rows(new, new.key, added.after)),
            tuple(_rows(old, old.key, removed.before)),
            tuple(_changes(old, new, columns, changed)),
        )


def _changes(old: State, new: State, columns: Sequence[str], changed: Found) -> Iterator[RowChange]:
    # Places are read in rising order, and the two states need not have their rows in the same one.
    before = dict(zip(sorted(changed.before), _rows(old, columns, sorted(changed.before)), strict=True))
    after = _rows(new, columns, changed.after)
    for place, row in zip(changed.before, after, strict=True):
        was = before[place]
        values = {name: (was[name], row[name]) for name in columns if was[name] != row[name]}
        yield RowChange({name: row[name] for name in new.key}, values)


def _rows(state: State, columns: Sequence[str], places: Sequence[int]) -> Iterator[Key]:
    """Yield the rows at some places, which are in rising order."""
    begin, taken = 0, 0
    for batch in state.stream(columns) if places else ():
        upto = bisect_left(places, begin + batch.num_rows, taken)
        yield from batch.take(pa.array([place - begin for place in places[taken:upto]], pa.int64())).to_pylist()
        begin, taken = begin + batch.num_rows, upto
        if taken == len(places):
            return
