"""Publish: tables in, one immutable and verified version of the dataset out.

How to call it::

    inputs = ReleaseInputs(tables, codebooks)  # see pipeline.release.inputs
    published = publish(inputs, Path("outputs"), datetime.now(UTC))
    published.version, published.created, published.path

The releases may be anywhere that `pipeline.release.outputs.open_store` knows; a folder is the simplest such place.

What belongs here: the order of the steps. What does not: each step (see the modules beside this one), Dagster.

Steps: lock; tidy up; digest all rows; stop when the last release holds the same; compare with it and take the version
that the changes ask for; write everything in a staging folder; read it back and check it there; let it stand, all at
once; pointer last. Whatever goes wrong before leaves readers what they had, and `failed.json` says why.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.coding.codebook import Codebook
from pipeline.release.archive import archive_problems, write_archive
from pipeline.release.changes import changes_md
from pipeline.release.checks import frictionless_problems, table_problems
from pipeline.release.copies import copy_problems, write_copies
from pipeline.release.description import Dataset, Words
from pipeline.release.diff import State, TableDiff, compare, diff_json, renamed, row_changes
from pipeline.release.disk import DiskStore
from pipeline.release.faces import face_problems, write_faces
from pipeline.release.failures import clear_failure, record_failure
from pipeline.release.files import DESCRIPTOR, FileFacts, facts, json_bytes, write_checksums, write_table
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.model import Release, TableFacts, timestamp
from pipeline.release.package import descriptor
from pipeline.release.renames import Renames, renames
from pipeline.release.rights import rights
from pipeline.release.rows import TableInput, digest
from pipeline.release.store import (
    RELEASES,
    PublishBusyError,
    Standing,
    Store,
    point,
    pointed,
    published,
    standing,
    state,
)
from pipeline.release.tombstones import (
    TOMBSTONES,
    Tombstone,
    renamed_documents,
    renamed_statements,
    tombstones,
    tombstones_json,
)
from pipeline.release.verify import damage, verify
from pipeline.release.versions import Change, described_changes, highest, next_version
from schemas.derive import table_descriptor, table_title
from schemas.tables import TABLES, primary_key

PATIENCE = 1800.0
"""Seconds that a publisher waits for another one."""

_FORMAT = 2
"""Raise it when a release of the same content must be made again because its files are laid out otherwise."""

_SHOWN = 20

DIFF, CHANGES, ISSUES = "diff.json", "CHANGES.md", "issues.json"

RELEASE = "release"
"""The step of a run that this is."""
ISSUE_KEYS = ("severity", "source", "document", "path", "line", "kind", "message")


class PublishError(RuntimeError):
    """A release was not made; the message says what is wrong, and readers still see the one before."""


@dataclass(frozen=True, slots=True)
class Published:
    """The release that stands after a run.

    Attributes:
        version: Its version.
        created: Whether this run made it; False when its content was published already.
        store: Where it is.
    """

    version: str
    created: bool
    store: Store

    @property
    def address(self) -> str:
        """Its folder or URL."""
        return f"{self.store.address}/{RELEASES}/{self.version}"

    @property
    def path(self) -> Path:
        """A folder of this machine that holds it: its own, or a copy of what is elsewhere."""
        return self.store.folder(self.version)


@dataclass(frozen=True)
class _Changed:
    """What changed since the last release.

    Attributes:
        changes: Every change that counts for the version.
        tables: What changed in the rows of each table.
        names: What is called otherwise.
    """

    changes: tuple[Change, ...]
    tables: tuple[TableDiff, ...]
    names: Renames


def publish(
    inputs: ReleaseInputs, outputs: Path | Store, published_at: datetime, *, patience: float = PATIENCE
) -> Published:
    """Publish the tables as a new version, unless the last release has the same content.

    Args:
        inputs: What it is made from.
        outputs: Folder of all releases, made when it is not there; or another store.
        published_at: Now, with its time zone. A release is never dated before the one that it follows, whatever the
            clock says.
        patience: Seconds to wait for another publisher.

    Raises:
        PublishError: when the rows break their schema, or what was written is not what was given.
        pipeline.release.rows.RowsError: when a table has other columns or types than its schema.
        pipeline.release.store.PublishBusyError: when another publisher took longer than `patience`.
        OSError: when the disk refuses.
    """
    _check_names(inputs.tables)
    timestamp(published_at)  # refuses a moment without time zone before any work is done
    ordered = replace(inputs, tables={name: inputs.tables[name] for name in TABLES})
    store = DiskStore(outputs) if isinstance(outputs, Path) else outputs
    return _locked(ordered, store, published_at, patience)


def _locked(inputs: ReleaseInputs, store: Store, published_at: datetime, patience: float) -> Published:
    """Make a release when nobody else does, and record why when that fails."""
    try:
        with store.locked(patience):
            found = _publish(inputs, store, published_at)
    except PublishBusyError:
        raise  # the other publisher will say how it ended
    except Exception as error:
        record_failure(store, published_at, RELEASE, error)
        raise
    clear_failure(store)
    return found


def _publish(inputs: ReleaseInputs, store: Store, published_at: datetime) -> Published:
    """Make a release, unless the last one has the same content; the lock is held."""
    store.tidy()
    if not pointed(store):
        point(store)
    last = standing(store)
    draft = _draft(inputs, _digested(inputs), _not_before(last, published_at))
    if last is not None and last.content == draft.content:
        return Published(last.version, created=False, store=store)
    _refuse_damaged(last)
    release, changed = _versioned(inputs, draft, last, store)
    with store.staging() as folder:
        release = _write_tables(inputs, release, folder)
        _refuse(_table_problems(inputs, release, folder))
        others = {**_history(inputs, release, changed, last), ISSUES: json_bytes(issues_json(inputs.issues))}
        _write_others(release, folder, others)
        _refuse(_other_problems(release, folder))
        store.install(folder, release.version)
    point(store)
    return Published(release.version, created=True, store=store)


def _draft(inputs: ReleaseInputs, tables: tuple[TableFacts, ...], created: datetime) -> Release:
    """Return the release as it is before anything is written: no version, no files."""
    bare = Release(
        inputs.dataset,
        version="0.0.0",
        created=created,
        notes=inputs.dataset.notes.first,
        content="",
        tables=tables,
        codebooks=tuple(inputs.codebooks),
        sources=inputs.sources(),
        coders=inputs.coders(),
    )
    return replace(bare, content=_content(inputs, descriptor(bare), tables))


def _not_before(last: Standing | None, moment: datetime) -> datetime:
    """Return the moment, or that of the last release when the clock was set back since."""
    return moment if last is None else max(moment, datetime.fromisoformat(last.created))


def issues_json(issues: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return `issues.json`: every issue with the same keys in the same order."""
    return {"issues": [{key: issue.get(key) for key in ISSUE_KEYS} for issue in issues]}


def _check_names(tables: Mapping[str, TableInput]) -> None:
    wrong = sorted(tables.keys() ^ TABLES.keys())
    if wrong:
        raise PublishError(f"tables are missing or unknown: {', '.join(wrong)}; give every table of schemas.tables")


def _digested(inputs: ReleaseInputs) -> tuple[TableFacts, ...]:
    """Return what is known of every table before it is written; no table may repeat a primary key."""
    tables, problems, nothing = [], [], FileFacts("", 0, "")
    for name in inputs.tables:
        found = digest(inputs.rows(name), primary_key(name))
        if found.repeated:
            problems.append(
                f"table {name}: {found.repeated} rows repeat the primary key ({', '.join(primary_key(name))})"
            )
        tables.append(TableFacts(name, found.count, found.content, nothing, nothing))
    if problems:
        raise PublishError(f"nothing was published: {_some(problems)}")
    return tuple(tables)


def _content(inputs: ReleaseInputs, described: Mapping[str, object], tables: Sequence[TableFacts]) -> str:
    """Return the digest of all that makes a release what it is, but for its version and its day."""
    varying = ("version", "created", "id", "content")
    everything = {
        "format": _FORMAT,
        "package": {key: value for key, value in described.items() if key not in varying},
        "dataset": inputs.dataset.model_dump(mode="json"),
        "codebooks": [_book_facts(book) for book in inputs.codebooks],
        "rows": {table.name: table.content for table in tables},
    }
    return "sha256:" + hashlib.sha256(json_bytes(everything)).hexdigest()


def _book_facts(book: Codebook) -> list[object]:
    """Return what a codebook says beyond its rows in table `codes`."""
    mapped = [
        [dimension.id, code.id, code.replaced_by, {scheme: list(to) for scheme, to in sorted(code.mappings.items())}]
        for dimension in book.dimensions
        for code in dimension.codes
    ]
    names = [[dimension.id, dimension.label_nl, dimension.label_en, dimension.note] for dimension in book.dimensions]
    return [book.id, book.version, book.status, book.label_nl, book.label_en, names, mapped]


def _refuse_damaged(last: Standing | None) -> None:
    """Make sure that the release to compare with is what was published."""
    problems = damage(last.folder) if last is not None else []
    if last is not None and problems:
        raise PublishError(
            f"release {last.version} was damaged after it was published, so nothing can be compared with it; "
            f"restore it from a copy: {_some(problems)}"
        )


def _versioned(inputs: ReleaseInputs, draft: Release, last: Standing | None, store: Store) -> tuple[Release, _Changed]:
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
    return release, _Changed(tuple(changes), (*tables, *_gone(inputs, last, names)), names)


def _history(inputs: ReleaseInputs, release: Release, changed: _Changed, last: Standing | None) -> dict[str, bytes]:
    """Return the files that say what changed; the rows must have been checked, since their keys are followed."""
    before = last.version if last else None
    level = highest(changed.changes) if last else "first"
    stones = _tombstones(inputs, release, last)
    names = replace(changed.names, rows=_row_renames(inputs, stones, release, last))
    return {
        DIFF: json_bytes(diff_json(before, release.version, level, changed.changes, changed.tables, names)),
        CHANGES: changes_md(release.version, before, changed.changes, changed.tables).encode(),
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
    gone = [name for name in last.tables if name not in inputs.tables and name not in names.tables] if last else []
    return [compare(name, state(last, name), None) for name in gone if last]


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


def _write_tables(inputs: ReleaseInputs, release: Release, folder: Path) -> Release:
    """Write the tables of a release and return it with the facts of their files."""
    for table in release.tables:
        write_table(
            folder, table.name, inputs.rows(table.name), inputs.schema(table.name), _inside(release, table.name)
        )
    return replace(release, tables=tuple(_with_files(folder, table) for table in release.tables))


def _write_others(release: Release, folder: Path, others: Mapping[str, bytes]) -> None:
    """Write everything that is derived from the tables, the checksums last."""
    for name, content in {DESCRIPTOR: json_bytes(descriptor(release)), **others}.items():
        (folder / name).write_bytes(content)
    write_faces(release, folder)
    write_copies(release, folder)
    write_archive(release, folder)
    write_checksums(folder)


def _with_files(folder: Path, table: TableFacts) -> TableFacts:
    return replace(
        table, csv=facts(folder, f"data/{table.name}.csv"), parquet=facts(folder, f"data/{table.name}.parquet")
    )


def _inside(release: Release, name: str) -> dict[str, str]:
    """Return the key-value metadata of a Parquet file, for readers who have nothing but the file."""
    dataset = release.dataset
    nl, en = table_title(name)
    found = {
        "title": f"{dataset.title.en}: {en}",
        "title_nl": f"{dataset.title.nl}: {nl}",
        "version": release.version,
        "licence": " ".join(one.page for one in rights(release).of(name)),
        "rights": rights(release).statement(name).en,
        "citation": release.citation(),
        "table_schema": json_bytes(table_descriptor(name, release.dimensions, parquet=True)).decode(),
    }
    return {**found, "doi": dataset.doi} if dataset.doi else found


def _table_problems(inputs: ReleaseInputs, release: Release, folder: Path) -> list[str]:
    """Read the tables back and return what is wrong with them."""
    return [
        problem
        for table in release.tables
        for problem in table_problems(folder, table.name, inputs.dimensions, table.content)
    ]


def _other_problems(release: Release, folder: Path) -> list[str]:
    """Return what is wrong with the files about the tables, as far as a reader can tell."""
    return [
        *frictionless_problems(folder, sum(table.rows for table in release.tables)),
        *face_problems(release, folder),
        *copy_problems(release, folder),
        *archive_problems(release, folder),
        *verify(folder),
    ]


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise PublishError(f"nothing was published, since what was written is not right: {_some(problems)}")


def _some(problems: Sequence[str]) -> str:
    more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    return "; ".join(problems[:_SHOWN]) + more
