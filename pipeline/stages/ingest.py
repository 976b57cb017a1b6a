"""Stage 1: what came in. A source's metadata and its files, each read as bytes and judged readable or not.

What belongs here: sizes, checksums, encodings, and the quarantine of what is no text. What does not: anything that
looks at words.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.batches import map_documents
from pipeline.errors import UnreadableError
from pipeline.issues import Issue, Severity
from pipeline.sources import RawFile, SourceError, read_source, source_issue
from pipeline.stages.frames import frame
from pipeline.text.document import read_lines
from pipeline.text.language import load_language
from pipeline.text.lines import Lines


@dataclass(frozen=True, slots=True)
class Ingested:
    """Frames of stage 1: `sources` (one row, none for a source that cannot be read), `raw_documents`, `issues`.

    `descriptions` holds what the metadata says beyond what any published table has a column for.
    """

    sources: pd.DataFrame
    raw_documents: pd.DataFrame
    descriptions: pd.DataFrame
    issues: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Task:
    file: RawFile
    source_id: str
    language: str
    max_bytes: int

    def issue(self, line: int | None, severity: Severity, kind: str, message: str) -> Issue:
        file = self.file
        return Issue(self.source_id, file.name, line, severity, kind, message, file.document_id)


def ingest(raw: Path, source_id: str, max_bytes: int, unread: Sequence[Issue] = ()) -> Ingested:
    """Take a source in.

    A source whose metadata cannot be trusted, or a document that is no text, is reported and left out, not raised.

    Args:
        raw: The folder of all sources.
        source_id: Name of the source's folder.
        max_bytes: Size above which a document is quarantined.
        unread: What was reported of the source's PDFs before (`pipeline.stages.extract`).
    """
    try:
        source = read_source(raw, source_id)
    except SourceError as error:
        issue = source_issue(source_id, error)
        bad = frame("issues", [issue.row()])
        return Ingested(frame("sources", []), frame("raw_documents", []), frame("descriptions", []), bad)
    tasks = [_Task(file, source_id, source.metadata.language, max_bytes) for file in source.files]
    read = map_documents(_ingest_document, tasks)
    rows = [row for row, _ in read if row]
    rows += _unread_rows(raw, unread, [row["document_id"] for row in rows])
    issues = [*unread, *source.issues, *(issue for _, found in read for issue in found)]
    return Ingested(
        frame("sources", [source.row()]),
        frame("raw_documents", sorted(rows, key=lambda row: str(row["path"]))),
        frame("descriptions", source.descriptions()),
        frame("issues", [issue.row() for issue in sorted(issues, key=lambda issue: (issue.path, issue.line or 0))]),
    )


def _unread_rows(raw: Path, unread: Sequence[Issue], known: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of PDFs that could not be read: their own bytes, under the key of the text that they lack."""
    for issue in unread:
        if issue.severity == "quarantined" and issue.document not in known:
            try:
                content = (raw / issue.path).read_bytes()
            except OSError:
                continue
            yield _row(str(issue.document), issue.source, issue.path, content)


def _row(document_id: str, source_id: str, path: str, raw: bytes) -> dict[str, Any]:
    """Return the row of a document of which nothing but its bytes is known."""
    return {
        "document_id": document_id,
        "source_id": source_id,
        "path": path,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "bytes": len(raw),
        "encoding": None,
        "pages": 0,
        "lines": 0,
        "title": None,
    }


def _ingest_document(task: _Task) -> tuple[Mapping[str, Any] | None, list[Issue]]:
    """Return the row of a document, if it can be opened, and what is wrong with it."""
    file = task.file
    try:
        raw = file.path.read_bytes()
    except OSError as error:
        message = f"cannot be opened: {error.strerror}; mend its rights"
        return None, [task.issue(None, "quarantined", "cannot_open", message)]
    row = _row(file.document_id, task.source_id, file.name, raw) | {"title": file.title}
    try:
        encoding, lines = read_lines(raw, load_language(task.language), task.max_bytes)
    except UnreadableError as error:
        return row, [task.issue(error.line, "quarantined", error.kind, str(error))]
    row |= {"encoding": encoding, "pages": len(lines.pages), "lines": len(lines.lines)}
    return row, [task.issue(line, "warning", kind, message) for line, kind, message in _doubts(encoding, lines, raw)]


def _doubts(encoding: str, lines: Lines, raw: bytes) -> Iterator[tuple[int | None, str, str]]:
    """Yield what somebody should look at in a document that was read: the line, the kind, what is wrong."""
    if not encoding.startswith("utf-8"):
        yield None, "encoding", f"is not UTF-8 and was read as {encoding}; check its special characters"
    if len(lines.lines) == 1 and lines.lines[0].offsets[-1] == len(raw):
        yield 1, "no_line_breaks", "has no line breaks, so its layout is lost; it was read as it stands"
    lost = next((line.number for line in lines.lines if "\ufffd" in line.text), None)
    if lost:
        message = "holds replacement characters (U+FFFD): characters were lost before it came here; extract it again"
        yield lost, "lost_characters", message
