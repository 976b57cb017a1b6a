"""Stage 2: lines in reading order. Characters repaired, furniture told apart, woven columns unwoven.

What belongs here: tables of lines and of their order. What does not: the rules (`pipeline.text`), statements.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import pandas as pd

from pipeline.issues import Issue
from pipeline.stages.faults import Fault, fault_issues, faults_among, map_guarded
from pipeline.stages.frames import Rows, frame, records, with_issues
from pipeline.stages.raw import read_same
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import load_language

UNSURE = 0.7
"""Mean confidence of a page's segments below which somebody should look at it; of 200 development pages 3 are."""
_SHOWN_PAGES = 5

_Done = tuple[Mapping[str, Any], Rows, Rows]
"""A document's row, and its rows of `text_lines` and `reading_order`."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Frames of stage 2: the published `documents`; the working tables `text_lines`, `reading_order` and `issues`."""

    documents: pd.DataFrame
    text_lines: pd.DataFrame
    reading_order: pd.DataFrame
    issues: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Task:
    raw: Path
    row: Mapping[str, Any]
    language: str
    titles: Sequence[str]


def clean(raw: Path, sources: pd.DataFrame, raw_documents: pd.DataFrame, issues: pd.DataFrame) -> Cleaned:
    """Return the lines of a source's documents in reading order.

    Args:
        raw: The folder of all sources.
        sources: As `ingest` returned it.
        raw_documents: As `ingest` returned it; quarantined ones get a row in `documents` and no lines.
        issues: What was reported before; the result holds it too.

    Raises:
        PlainError: when the program failed on every document.
    """
    if sources.empty:
        return Cleaned(frame("documents", []), frame("text_lines", []), frame("reading_order", []), issues)
    source = sources.iloc[0]
    rows = records(raw_documents)
    tasks = {
        row["document_id"]: _Task(raw, row, source["language"], _titles(source["title"], row["title"]))
        for row in rows
        if row["encoding"] is not None
    }
    results = map_guarded(_clean_document, tasks, lambda task: str(task.row["path"]))
    done = [_kept(row, results.get(row["document_id"])) for row in rows]
    return Cleaned(
        frame("documents", [document for document, _, _ in done]),
        frame("text_lines", [row for _, lines, _ in done for row in lines]),
        frame("reading_order", [row for _, _, order in done for row in order]),
        with_issues(issues, [*fault_issues(rows, faults_among(results)), *_unsure(done)]),
    )


def _unsure(done: Iterable[_Done]) -> Iterator[Issue]:
    """Yield a warning for every document with pages whose lines may stand in another order."""
    for document, lines, order in done:
        page_of = {row["line"]: row["page"] for row in lines}
        sure: dict[int, list[float]] = {}
        for row in order:
            sure.setdefault(page_of[row["line"]], []).append(row["confidence"])
        pages = [page for page, given in sorted(sure.items()) if fmean(given) < UNSURE]
        if pages:
            first = min(line for line, page in page_of.items() if page == pages[0])
            shown = ", ".join(map(str, pages[:_SHOWN_PAGES])) + (", …" if len(pages) > _SHOWN_PAGES else "")
            message = (
                f"the order of the lines on {len(pages)} of {len(sure)} pages ({shown}) is uncertain; "
                "look with bloemlezing explain, and put the PDF there in its place when you have it"
            )
            yield Issue(
                document["source_id"], document["path"], first, "warning", "uncertain_order", message,
                document["document_id"],
            )  # fmt: skip


def _kept(row: Mapping[str, Any], result: "_Done | Fault | None") -> _Done:
    """Return what is known of a document; of one that is quarantined, here or before, its row alone."""
    if result is None or isinstance(result, Fault):
        return _document_row(row) | {"encoding": None, "pages": 0, "lines": 0}, [], []
    return result


def _document_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of `documents` that says nothing about reading yet."""
    return {key: value for key, value in row.items() if key != "title"} | {"layout": None, "reading_confidence": None}


def _titles(*titles: str | None) -> Sequence[str]:
    return [title for title in titles if title]


def _clean_document(task: _Task) -> _Done:
    language = load_language(task.language)
    # The limit on size was kept at ingest.
    content = read_same(task.raw, task.row["path"], task.row["sha256"])
    _, lines = read_lines(content, language, max_bytes=len(content))
    reading = read_order(lines, language, task.titles)
    key = {"document_id": task.row["document_id"]}
    text_lines: Rows = [
        key
        | {
            "line": line.number,
            "page": line.page,
            "characters": len(line.text),
            "furniture": line.number in reading.furniture,
        }
        for line in lines.lines
    ]
    order: Rows = [
        key
        | {
            "position": position,
            "line": segment.line.number,
            "start": segment.start,
            "end": segment.end,
            "column": segment.column,
            "opens": segment.opens,
            "confidence": round(segment.confidence, 4),
        }
        for position, segment in enumerate(reading.segments, start=1)
    ]
    read = {"layout": reading.layout, "reading_confidence": round(reading.confidence, 4)}
    return _document_row(task.row) | read, text_lines, order
