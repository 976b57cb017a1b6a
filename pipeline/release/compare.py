"""Two releases compared, for a person: on the terminal, as a page.

What belongs here: comparing any two releases on disk, and showing the outcome; `CHANGES.md`. What does not: `diff.json`
(`pipeline.release.diff`). Both of those are part of a release, and so they hold no values.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.release.diff import Key, RowChange, TableDiff, Value, compare, renamed, row_changes
from pipeline.release.pages import rendered
from pipeline.release.renames import Renames, renames
from pipeline.release.store import Standing, read_release, state
from pipeline.release.versions import Change, Level, described_changes, highest

_EMPTY = "∅"
_SHOWN = 20


@dataclass(frozen=True)
class ReleaseDiff:
    """What changed between two releases.

    Attributes:
        old: Version of the first.
        new: Version of the second.
        changes: Every change that counts for a version.
        tables: What changed in the rows of each table.
        texts: What the statements that came and went say, by their keys; those that are listed first only.
    """

    old: str
    new: str
    changes: tuple[Change, ...] = field(hash=False)
    tables: tuple[TableDiff, ...] = field(hash=False)
    texts: Mapping[str, str] = field(hash=False)

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


def _texts(release: Standing, listed: Iterable[Sequence[Key]]) -> dict[str, str]:
    """Return what the first statements among some rows say."""
    wanted = [key["statement_id"] for keys in listed for key in keys[:_SHOWN] if "statement_id" in key]
    found = state(release, "statements")
    if found is None or not {"statement_id", "text"} <= set(found.columns):
        return {}
    texts: dict[str, str] = {}
    for batch in found.stream(["statement_id", "text"]):
        rows = batch.filter(pc.is_in(batch.column(0), value_set=pa.array(wanted, pa.string()))).to_pylist()
        texts |= {row["statement_id"]: row["text"] for row in rows if row["text"] is not None}
    return texts


def _table(name: str, before: Standing, after: Standing, names: Renames) -> TableDiff:
    was = names.before(name)
    old, new = before.tables.get(was), after.tables.get(name)
    if old and new and old["content"] == new["content"]:
        rows = new["rowCount"]
        assert isinstance(rows, int)
        return TableDiff(name, rows, rows)
    return compare(name, renamed(state(before, was), names.columns.get(name, {})), state(after, name))


def as_text(diff: ReleaseDiff, shown: int = _SHOWN) -> str:
    """Return the differences as lines for a terminal, at most `shown` rows of a kind and table."""
    lines = [f"{diff.old} -> {diff.new}: {diff.level or 'no difference'}"]
    lines += [f"  {change.level:5} {change.rule}: {change.text}" for change in diff.changes]
    for table in diff.tables:
        if not table.same:
            lines += [
                "",
                f"{table.name}: {table.before} rows, now {table.after}",
                *_row_lines(table, diff.texts, shown),
            ]
    return "\n".join(lines) + "\n"


def as_html(diff: ReleaseDiff, shown: int = _SHOWN) -> str:
    """Return the differences as a page that needs nothing else, at most `shown` rows of a kind and table."""
    page = rendered(
        "diff.html.jinja",
        diff=diff,
        tables=[table for table in diff.tables if not table.same],
        shown=shown,
        value_text=value_text,
        key_text=key_text,
        said=lambda key: statement_text(key, diff.texts) or "",
    )
    return page.decode()


def changes_md(version: str, old: str | None, changes: Sequence[Change], tables: Sequence[TableDiff]) -> str:
    """Return `CHANGES.md` of a release: what changed since the one before, without values.

    Args:
        version: Of the release.
        old: The version before; None for the first one.
        changes: Every change that counts for the version.
        tables: What changed in the rows of each table.
    """
    lines = [f"# {version}", "", f"Changes since {old}." if old else "The first release.", ""]
    lines += [f"- **{change.level}**, {change.rule}: {change.text}" for change in changes] + [""] * bool(changes)
    lines += ["| table | rows | added | removed | changed | in columns |", "|---|---:|---:|---:|---:|---|"]
    lines += [
        f"| {table.name} | {table.after} | {table.added_count} | {table.removed_count} | {table.changed_count} "
        f"| {', '.join(table.changed_columns)} |"
        for table in tables
    ]
    lines += ["", "`diff.json` names every row; `tombstones.json` says what became of statements that are gone."]
    return "\n".join(lines) + "\n"


def value_text(value: Value) -> str:
    """Return a value for people; a missing one as a sign of its own."""
    return _EMPTY if value is None else str(value)


def key_text(key: Key) -> str:
    """Return a primary key for people."""
    return " / ".join(value_text(value) for value in key.values())


def statement_text(key: Key, texts: Mapping[str, str]) -> str | None:
    """Return what a statement says, for a row that is keyed by nothing but it."""
    return texts.get(str(key["statement_id"])) if set(key) == {"statement_id"} else None


def _row_lines(table: TableDiff, texts: Mapping[str, str], shown: int) -> Iterator[str]:
    for sign, count, keys in (("+", table.added_count, table.added), ("-", table.removed_count, table.removed)):
        for key in keys[:shown]:
            said = statement_text(key, texts)
            yield f"  {sign} {key_text(key)}{f' {_quoted(said)}' if said else ''}"
        yield from _more(count - len(keys[:shown]), sign)
    for row in table.changed[:shown]:
        yield from _change_lines(row)
    yield from _more(table.changed_count - len(table.changed[:shown]), "~")


def _change_lines(row: RowChange) -> Iterator[str]:
    yield f"  ~ {key_text(row.key)}"
    for column, (before, after) in row.values.items():
        yield f"      {column}: {_quoted(before)} -> {_quoted(after)}"


def _quoted(value: Value) -> str:
    """Return a value for a terminal, which must not act on what is in it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value_text(value)


def _more(count: int, sign: str) -> Iterator[str]:
    if count > 0:
        yield f"  {sign} ... and {count} more"
