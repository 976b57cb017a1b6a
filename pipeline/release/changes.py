"""What changed between two releases, for people: on the terminal, as a page, and as a release's `CHANGES.md`.

What belongs here: showing it. What does not: finding it (`pipeline.release.compare`), and `diff.json`
(`pipeline.release.diff`). That and `CHANGES.md` are part of a release, and so they hold no values.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from pipeline.release.compare import SHOWN, WORDS, ReleaseDiff
from pipeline.release.diff import Key, RowChange, TableDiff, Value
from pipeline.release.pages import rendered
from pipeline.release.renames import Renames
from pipeline.release.versions import Change

_EMPTY = "∅"


def as_text(diff: ReleaseDiff, shown: int = SHOWN) -> str:
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


def as_html(diff: ReleaseDiff, shown: int = SHOWN) -> str:
    """Return the differences as a page that needs nothing else, at most `shown` rows of a kind and table."""
    page = rendered(
        "diff.html.jinja",
        diff=diff,
        tables=[table for table in diff.tables if not table.same],
        shown=shown,
        value_text=value_text,
        key_text=key_text,
        said=lambda key: words_of(key, diff.texts) or "",
        telling={*WORDS, "recommendations"},
    )
    return page.decode()


def changes_md(
    version: str, old: str | None, changes: Sequence[Change], tables: Sequence[TableDiff], names: Renames
) -> str:
    """Return `CHANGES.md` of a release: what changed since the one before, without values.

    Args:
        version: Of the release.
        old: The version before; None for the first one.
        changes: Every change that counts for the version.
        tables: What changed in the rows of each table.
        names: What is called otherwise.
    """
    lines = [f"# {version}", "", f"Changes since {old}." if old else "The first release.", ""]
    lines += [f"- **{change.level}**, {change.rule}: {change.text}" for change in changes] + [""] * bool(changes)
    lines += ["| table | rows | added | removed | changed | in columns |", "|---|---:|---:|---:|---:|---|"]
    lines += [
        f"| {table.name} | {table.after} | {table.added_count} | {table.removed_count} | {table.changed_count} "
        f"| {', '.join(table.changed_columns)} |"
        for table in tables
    ]
    if names.rows:
        counts = " and ".join(f"{len(pairs)} of {table}" for table, pairs in names.rows.items())
        lines += ["", f"Of the rows that went, {counts} go on under another identifier: see `renames` in `diff.json`."]
    lines += ["", "`diff.json` names every row; `tombstones.json` says what became of statements that are gone."]
    return "\n".join(lines) + "\n"


def value_text(value: Value) -> str:
    """Return a value for people; a missing one as a sign of its own."""
    return _EMPTY if value is None else str(value)


def key_text(key: Key) -> str:
    """Return a primary key for people."""
    return " / ".join(value_text(value) for value in key.values())


def words_of(key: Key, texts: Mapping[tuple[str, str], str]) -> str | None:
    """Return what a row is in words: the text of a statement, the path of a document, a title."""
    if len(key) != 1:
        return None
    ((column, value),) = key.items()
    return texts.get((column, str(value)))


def _row_lines(table: TableDiff, texts: Mapping[tuple[str, str], str], shown: int) -> Iterator[str]:
    for sign, count, keys in (("+", table.added_count, table.added), ("-", table.removed_count, table.removed)):
        for key in keys[:shown]:
            said = words_of(key, texts)
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
