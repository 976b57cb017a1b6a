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
from pathlib import Path

from pipeline.coding.codebook import Codebook
from pipeline.errors import PlainError, listed
from pipeline.release.disk import DiskStore
from pipeline.release.failures import clear_failure, record_failure
from pipeline.release.files import FileFacts, json_bytes
from pipeline.release.history import history_files, versioned
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.model import Release, TableFacts, timestamp
from pipeline.release.package import descriptor
from pipeline.release.rows import TableInput, digest
from pipeline.release.store import RELEASES, PublishBusyError, Standing, Store, point, pointed, standing
from pipeline.release.verify import damage
from pipeline.release.written import problems_of_others, problems_of_tables, write_others, write_tables
from schemas.tables import TABLES, primary_key

PATIENCE = 1800.0
"""Seconds that a publisher waits for another one."""

_FORMAT = 2
"""Raise it when a release of the same content must be made again because its files are laid out otherwise."""

_SHOWN = 20
"""Problems that a message names."""

ISSUES = "issues.json"

RELEASE = "release"
"""The step of a run that this is."""
ISSUE_KEYS = ("severity", "source", "document", "path", "line", "kind", "message")


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
        PlainError: when the rows break their schema, or what was written is not what was given.
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
    release, changed = versioned(inputs, draft, last, store)
    with store.staging() as folder:
        release = write_tables(inputs, release, folder)
        _refuse(problems_of_tables(release, folder))
        others = {**history_files(inputs, release, changed, last), ISSUES: json_bytes(issues_json(inputs.issues))}
        write_others(release, folder, others)
        _refuse(problems_of_others(release, folder))
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
        raise PlainError(f"tables are missing or unknown: {', '.join(wrong)}; give every table of schemas.tables")


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
        raise PlainError(f"nothing was published: {listed(problems, _SHOWN)}")
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
        raise PlainError(
            f"release {last.version} was damaged after it was published, so nothing can be compared with it; "
            f"restore it from a copy: {listed(problems, _SHOWN)}"
        )


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise PlainError(f"nothing was published, since what was written is not right: {listed(problems, _SHOWN)}")
