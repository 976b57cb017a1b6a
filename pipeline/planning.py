"""What there is to do: which sources changed, which are gone, whether a release is due.

What belongs here: the comparison of raw folders and code with what was accepted and released before. What does not:
doing it, and Dagster. The command line, the sensor and the schedule all ask here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.errors import listed
from pipeline.fingerprint import RELEASE, ContentHash, code_fingerprint, combined, content_hash
from pipeline.release.outputs import open_store
from pipeline.release.store import pointed
from pipeline.settings import Settings
from pipeline.sources import METADATA, SourceError, fingerprint, read_source, source_issue, source_names
from pipeline.stages.collect import accepted_sets
from pipeline.stages.frames import records
from pipeline.storage import Accepted, accepted, read_frame, read_released

_SHOWN = 3
"""Inputs that a message names."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do.

    Attributes:
        sources: All sources that there are.
        changed: Those whose raw files, or the code, changed since they were accepted, with their new fingerprint.
        release_due: Whether the accepted sets, or the release code, changed since the last release.
    """

    sources: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    release_due: bool


def make_plan(settings: Settings, hashes: ContentHash = content_hash) -> Plan:
    """Return what there is to do.

    Args:
        settings: Folders and limits.
        hashes: Returns the hash of a raw file; reads the file by default.

    Raises:
        SourceError: when the raw folder is not there, or holds no source that can be read, or none with a document.
    """
    names = source_names(settings.raw)
    _refuse_nothing_to_read(settings.raw, names)
    changed = []
    for name in names:
        wanted = source_fingerprint(settings, name, hashes)
        known = accepted(settings.accepted, name)
        if known is None or known.fingerprint != wanted:
            changed.append((name, wanted))
    return Plan(names, tuple(changed), release_due(settings))


def _refuse_nothing_to_read(raw: Path, names: Sequence[str]) -> None:
    """Raise when there is no source that can be read, or no document in any of them.

    That is a wrong path or a disk that is not there, far likelier than an end to all sources, and would take every row
    out of the dataset, or make one without rows. Statements that must go are retracted, which leaves their source.
    """
    unread: list[str] = []
    empty: list[str] = []
    for name in names:
        try:
            source = read_source(raw, name)
        except SourceError as error:
            unread.append(f"{source_issue(name, error).place}: {error}")
            continue
        if source.has_documents:
            return
        empty += [f"{issue.place}: {issue.message}" for issue in source.issues]
    if empty:
        raise SourceError(
            f"{raw} holds no document in any source, so nothing was done: {'; '.join(empty[:_SHOWN])}; "
            "or name another folder with --raw or BLOEMLEZING_RAW"
        )
    why = f"; the first of {len(names)} folders: {unread[0]}" if unread else ""
    if (raw / METADATA).is_file():
        why = f"; {raw} is itself a source, so name the folder that it stands in, {raw.parent}"
    raise SourceError(
        f"{raw} holds no source that can be read, so nothing was done; a source is a folder with a {METADATA}: "
        f"name the folder of all sources with --raw or BLOEMLEZING_RAW{why}"
    )


def refuse_nothing_read(raw: Path, sets: Sequence[Accepted]) -> None:
    """Raise when no accepted source holds a document that could be read.

    That is an extractor or a disk that failed, far likelier than an end to all documents, and would take every row out
    of the dataset, or make one without rows. Beside one document that was read, the others are quarantined as always.

    Args:
        raw: The folder of all sources.
        sets: The accepted sets.

    Raises:
        SourceError: when none does.
    """
    if any(one.read_documents for one in sets):
        return
    issues = pd.concat([read_frame(one.table("issues")) for one in sets]).sort_values("severity", kind="stable")
    why = [f"{row['path']}: {row['message']}" for row in records(issues)]
    raise SourceError(
        f"no document in {raw} could be read, so nothing was published and what stood before still does: "
        f"{listed(why, _SHOWN)}"
    )


def source_fingerprint(settings: Settings, source_id: str, hashes: ContentHash = content_hash) -> str:
    """Return the fingerprint of everything that a source's tables depend on."""
    raw = fingerprint(settings.raw, source_id, hashes)
    return combined(raw, code_fingerprint(), str(settings.max_bytes))


def release_fingerprint(sets: Sequence[Accepted]) -> str:
    """Return the fingerprint of everything that a release of these accepted sets depends on."""
    return combined(code_fingerprint(RELEASE), *(f"{found.source_id} {found.fingerprint}" for found in sets))


def release_due(settings: Settings) -> bool:
    """Return whether the accepted sets or the release code changed since the last release, or none is shown as newest.

    What shows it (`latest.json`) may have been changed or removed by others; the publisher puts that right.
    Without any accepted set there is nothing to release: the first sources of a folder all failed.
    """
    sets = accepted_sets(settings)
    if not sets:
        return False
    released = read_released(settings.home / "released.json")
    if released is None or released.fingerprint != release_fingerprint(sets):
        return True
    store = open_store(settings.address)
    return not store.versions() or not pointed(store)
