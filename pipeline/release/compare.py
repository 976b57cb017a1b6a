"""Two releases compared: rules, rows and values.

What belongs here: comparing any two releases on disk. What does not: showing the outcome (`pipeline.release.changes`),
and comparing a release that is not written yet with the last one (`pipeline.release.publish`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.release.diff import Key, TableDiff, compare, renamed, row_changes
from pipeline.release.renames import Renames, renames
from pipeline.release.store import Standing, read_release, state
from pipeline.release.versions import Change, Level, described_changes, highest

SHOWN = 20
"""Rows of a kind and table that are shown, and whose words are looked up for it."""

WORDS: Mapping[str, tuple[str, str]] = {
    "sources": ("source_id", "title"),
    "documents": ("document_id", "path"),
    "sections": ("section_id", "title"),
    "statements": ("statement_id", "text"),
}
"""Tables whose key says nothing to people: the key, and the column that does."""


@dataclass(frozen=True)
class ReleaseDiff:
    """What changed between two releases.

    Attributes:
        old: Version of the first.
        new: Version of the second.
        changes: Every change that counts for a version.
        tables: What changed in the rows of each table.
        texts: What rows that came or went are in words, by column and value of their key; the first `SHOWN` of each
            table only.
    """

    old: str
    new: str
    changes: tuple[Change, ...] = field(hash=False)
    tables: tuple[TableDiff, ...] = field(hash=False)
    texts: Mapping[tuple[str, str], str] = field(hash=False)

    @property
    def level(self) -> Level | None:
        """What the changes ask for; None when there are none."""
        return highest(self.changes) if self.changes else None


def compare_releases(old: Path, new: Path) -> ReleaseDiff:
    """Compare any two releases by schema and by row.

    Args:
        old: Folder of the first.
        new: Folder of the second; it need not be the later one.

    Raises:
        FileNotFoundError: when one of them is no release.
    """
    before, after = read_release(old), read_release(new)
    names = renames(before.descriptor, after.descriptor)
    gone = [name for name in before.tables if name not in names.tables]
    tables = tuple(_table(name, before, after, names) for name in dict.fromkeys((*after.tables, *gone)))
    changes = (*described_changes(before.descriptor, after.descriptor), *row_changes(tables))
    texts = _texts(before, (table.removed for table in tables)) | _texts(after, (table.added for table in tables))
    return ReleaseDiff(before.version, after.version, changes, tables, texts)


def _texts(release: Standing, listed: Iterable[Sequence[Key]]) -> dict[tuple[str, str], str]:
    """Return what the first of some rows are in words, as far as a column says so."""
    asked = [key for keys in listed for key in keys[:SHOWN] if len(key) == 1]
    texts: dict[tuple[str, str], str] = {}
    for table, (column, words) in WORDS.items():
        wanted = [str(key[column]) for key in asked if column in key]
        found = state(release, table) if wanted else None
        if found is None or not {column, words} <= set(found.columns):
            continue
        for batch in found.stream([column, words]):
            rows = batch.filter(pc.is_in(batch.column(0), value_set=pa.array(wanted, pa.string()))).to_pylist()
            texts |= {(column, row[column]): row[words] for row in rows if row[words] is not None}
    return texts


def _table(name: str, before: Standing, after: Standing, names: Renames) -> TableDiff:
    was = names.before(name)
    old, new = before.tables.get(was), after.tables.get(name)
    if old and new and old["content"] == new["content"]:
        rows = new["rowCount"]
        assert isinstance(rows, int)
        return TableDiff(name, rows, rows)
    return compare(name, renamed(state(before, was), names.columns.get(name, {})), state(after, name))
