"""A release beside the one before it: its version, its notes, and the files that say what changed.

What belongs here: comparing what is not written yet with the release that stands. What does not: how rows are compared
(`pipeline.release.diff`), the rules of versions (`pipeline.release.versions`), what became of statements
(`pipeline.release.tombstones`), and any two releases that are written (`pipeline.release.compare`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.release.changes import changes_md
from pipeline.release.description import Dataset, Words
from pipeline.release.diff import State, TableDiff, compare, diff_json, renamed, row_changes
from pipeline.release.files import json_bytes
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.model import Release, TableFacts
from pipeline.release.package import descriptor
from pipeline.release.renames import Renames, renames
from pipeline.release.store import Standing, Store, published, state
from pipeline.release.tombstones import (
    TOMBSTONES,
    Tombstone,
    renamed_documents,
    renamed_statements,
    tombstones,
    tombstones_json,
)
from pipeline.release.versions import Change, described_changes, highest, next_version
from schemas.tables import primary_key

DIFF, CHANGES = "diff.json", "CHANGES.md"


@dataclass(frozen=True)
class Changed:
    """What changed since the last release.

    Attributes:
        changes: Every change that counts for the version.
        tables: What changed in the rows of each table.
        names: What is called otherwise.
    """

    changes: tuple[Change, ...]
    tables: tuple[TableDiff, ...]
    names: Renames


def versioned(inputs: ReleaseInputs, draft: Release, last: Standing | None, store: Store) -> tuple[Release, Changed]:
    """Return the release with its version, notes and the versions before it, and what changed since the last."""
    names = renames(last.descriptor, descriptor(draft)) if last else Renames({}, {})
    tables = tuple(_table_diff(inputs, table, last, names) for table in draft.tables)
    changes = [] if last is None else [*described_changes(last.descriptor, descriptor(draft)), *row_changes(tables)]
    if last is not None and not changes:
        changes = [Change("patch", "description changed", "package", "descriptions or the order of rows changed")]
    release = replace(
        draft,
        version=next_version(last.version if last else None, highest(changes)),
        notes=_notes(inputs.dataset, tables, first=last is None),
        earlier=tuple((version, created[:10]) for version, created in published(store)),
    )
    return release, Changed(tuple(changes), (*tables, *_gone(inputs, last, names)), names)


def history_files(inputs: ReleaseInputs, release: Release, changed: Changed, last: Standing | None) -> dict[str, bytes]:
    """Return the files that say what changed; the rows must have been checked, since their keys are followed."""
    before = last.version if last else None
    level = highest(changed.changes) if last else "first"
    stones = _tombstones(inputs, release, last)
    names = replace(changed.names, rows=_row_renames(inputs, stones, release, last))
    return {
        DIFF: json_bytes(diff_json(before, release.version, level, changed.changes, changed.tables, names)),
        CHANGES: changes_md(release.version, before, changed.changes, changed.tables, names).encode(),
        TOMBSTONES: json_bytes(tombstones_json(stones)),
    }


def _tombstones(inputs: ReleaseInputs, release: Release, last: Standing | None) -> list[Tombstone]:
    rows = {name: partial(inputs.rows, name) for name in inputs.tables}
    return [] if last is None else tombstones(last, rows, inputs.retractions, release.version, release.day)


def _row_renames(
    inputs: ReleaseInputs, stones: Sequence[Tombstone], release: Release, last: Standing | None
) -> Mapping[str, Mapping[str, str]]:
    """Return the documents and statements that have another identifier than in the last release, by table."""
    documents = state(last, "documents") if last else None
    if documents is None:
        return {}
    found = {
        "documents": renamed_documents(documents.stream, partial(inputs.rows, "documents")),
        "statements": renamed_statements(stones, release.version),
    }
    return {table: pairs for table, pairs in found.items() if pairs}


def _table_diff(inputs: ReleaseInputs, table: TableFacts, last: Standing | None, names: Renames) -> TableDiff:
    if last is None:
        return TableDiff(table.name, 0, table.rows, added_count=table.rows)
    was = names.before(table.name)
    old = last.tables.get(was)
    if old is not None and old.get("content") == table.content:
        return TableDiff(table.name, table.rows, table.rows)
    new = State(tuple(inputs.schema(table.name).names), primary_key(table.name), partial(inputs.rows, table.name))
    return compare(table.name, renamed(state(last, was), names.columns.get(table.name, {})), new)


def _gone(inputs: ReleaseInputs, last: Standing | None, names: Renames) -> list[TableDiff]:
    """Return the diffs of tables that only the last release has, under any name."""
    if last is None:
        return []
    gone = [name for name in last.tables if name not in inputs.tables and name not in names.tables]
    return [compare(name, state(last, name), None) for name in gone]


def _notes(dataset: Dataset, tables: Sequence[TableDiff], *, first: bool) -> Words:
    if first:
        return dataset.notes.first
    counts = ", ".join(
        f"{table.name} +{table.added_count} -{table.removed_count} ~{table.changed_count}"
        for table in tables
        if not table.same
    )
    later = dataset.notes.later
    return Words(nl=f"{later.nl} {counts or '-'}", en=f"{later.en} {counts or '-'}")
