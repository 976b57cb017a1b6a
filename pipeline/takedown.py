"""Take-down: from a statement in a release to a row of its source's `retractions.csv`.

What belongs here: finding the bytes of published statements and recording that they are retracted. What does not: what
a retraction does to tables (`pipeline.stages.retract`), and taking older releases away (`pipeline.release.purge`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.atomic import replace_file
from pipeline.errors import FileError, PlainError
from pipeline.retractions import RETRACTIONS, Retraction, source_retractions, write_retractions
from pipeline.sources import DECISIONS, PDF_SUFFIX


@dataclass(frozen=True, slots=True)
class Published:
    """A statement as a release holds it.

    Attributes:
        statement_id: Its key.
        source_id: Its source.
        document: Name of its raw file.
        sha256: Checksum of that file.
        ranges: Its raw bytes: 0-based start and end, half-open.
    """

    statement_id: str
    source_id: str
    document: str
    sha256: str
    ranges: tuple[tuple[int, int], ...]


def locate(
    releases: Iterable[Path], statements: Collection[str], retracted: Collection[str] = ()
) -> dict[str, Published]:
    """Return where statements are in the first of some releases that holds them.

    Args:
        releases: Folders of releases, the newest first.
        statements: Keys of statements.
        retracted: Keys of those that were retracted before; no release need hold them any more.

    Raises:
        PlainError: when no release holds one of the others.
    """
    found: dict[str, Published] = {}
    for release in releases:
        left = set(statements) - found.keys()
        if not left:
            break
        found |= {one.statement_id: one for one in _located(release, left)}
    missing = sorted(set(statements) - found.keys() - set(retracted))
    if missing:
        raise PlainError(
            f"no release holds {', '.join(missing)}; copy identifiers from the column statement_id of table statements"
        )
    return found


def record(raw: Path, found: Iterable[Published], reason: str, today: date) -> list[Path]:
    """Add retractions to the files of their sources, and return the files that were changed.

    Statements that were retracted before are left as they are; so are those whose source is no longer there.

    Raises:
        PlainError: when a file of retractions is wrong, or the reason is empty or has line breaks.
    """
    if not reason.strip() or not reason.isprintable():
        raise PlainError("give a reason in words, on one line, with --reason")
    by_source: dict[str, list[Published]] = {}
    for one in found:
        by_source.setdefault(one.source_id, []).append(one)
    changed = []
    for source_id, group in sorted(by_source.items()):
        folder = raw / source_id
        known = _known(folder) if folder.is_dir() else ()
        new = [one for one in group if one.statement_id not in {had.statement_id for had in known}]
        if folder.is_dir() and new:
            rows = [_retraction(one, reason.strip(), today) for one in new]
            replace_file(folder / RETRACTIONS, write_retractions([*known, *rows]))
            changed.append(folder / RETRACTIONS)
    return changed


def leftovers(raw: Path, history: Path, review: Path, found: Mapping[str, Published]) -> list[str]:
    """Return where the words of retracted statements still are, out of readers' sight; a line each.

    Args:
        raw: The folder of all sources.
        history: Dagster's run history, which previews rows.
        review: Folder of what was written for review, which holds whole documents.
        found: Where the statements were.
    """
    lines = []
    for one in found.values():
        path = raw / one.source_id / one.document
        if path.is_file():
            ranges = ", ".join(f"{start} to {end}" for start, end in one.ranges)
            lines.append(f"{one.statement_id}: bytes {ranges} of {path}")
        pdf = path.with_suffix("")
        if pdf.suffix.lower() == PDF_SUFFIX and pdf.is_file():
            lines.append(f"{one.statement_id}: words in {pdf}, whose text that is")
        decisions = raw / one.source_id / DECISIONS
        if decisions.is_file() and one.statement_id.encode() in decisions.read_bytes():
            lines.append(f"{one.statement_id}: rows of {decisions}")
    if review.is_dir():
        lines.append(f"documents as they were before, in {review}; remove it, or write it again with review --force")
    if history.is_dir():
        lines.append(f"previews of rows in {history}; remove it when no Dagster runs")
    return lines


def _known(folder: Path) -> tuple[Retraction, ...]:
    try:
        return source_retractions(folder)
    except FileError as error:
        line = f":{error.line}" if error.line else ""
        raise PlainError(f"{folder / RETRACTIONS}{line}: {error}") from error


def _retraction(one: Published, reason: str, today: date) -> Retraction:
    return Retraction(one.statement_id, one.document, one.sha256, one.ranges, today.isoformat(), reason)


def _located(release: Path, statements: Collection[str]) -> Sequence[Published]:
    spans = _read(release, "spans", ["statement_id", "document_id", "start", "end"], "statement_id", statements)
    documents = _read(release, "documents", ["document_id", "path", "sha256"], "document_id", set(spans["document_id"]))
    files = documents.set_index("document_id")
    found = []
    for key, part in spans.sort_values("start").groupby("statement_id"):
        file = files.loc[part["document_id"].iloc[0]]
        source, _, name = file["path"].partition("/")
        ranges = tuple(zip(part["start"].tolist(), part["end"].tolist(), strict=True))
        found.append(Published(str(key), source, name, file["sha256"], ranges))
    return found


def _read(release: Path, table: str, columns: list[str], where: str, among: Collection[str]) -> pd.DataFrame:
    wanted = pc.field(where).isin(pa.array(sorted(among), pa.string()))
    found = pq.read_table(release / "data" / f"{table}.parquet", columns=columns, filters=wanted)
    frame: pd.DataFrame = found.to_pandas()
    return frame
