"""Stage 2: lines in reading order. Characters repaired, furniture told apart, woven columns unwoven.

What belongs here: tables of lines and of their order. What does not: the rules (`pipeline.text`), statements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.batches import map_documents
from pipeline.stages.frames import frame, records
from pipeline.stages.raw import read_same
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import load_language

Rows = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Frames of stage 2: the published `documents`, and the working tables `text_lines` and `reading_order`."""

    documents: pd.DataFrame
    text_lines: pd.DataFrame
    reading_order: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Task:
    raw: Path
    row: Mapping[str, Any]
    language: str
    titles: Sequence[str]


def clean(raw: Path, sources: pd.DataFrame, raw_documents: pd.DataFrame) -> Cleaned:
    """Return the lines of a source's documents in reading order.

    Args:
        raw: The folder of all sources.
        sources: As `ingest` returned it.
        raw_documents: As `ingest` returned it; quarantined ones get a row in `documents` and no lines.
    """
    if sources.empty:
        return Cleaned(frame("documents", []), frame("text_lines", []), frame("reading_order", []))
    source = sources.iloc[0]
    tasks = [
        _Task(raw, row, source["language"], _titles(source["title"], row["title"])) for row in records(raw_documents)
    ]
    done = map_documents(_clean_document, tasks)
    return Cleaned(
        frame("documents", [document for document, _, _ in done]),
        frame("text_lines", [row for _, lines, _ in done for row in lines]),
        frame("reading_order", [row for _, _, order in done for row in order]),
    )


def _titles(*titles: str | None) -> Sequence[str]:
    return [title for title in titles if title]


def _clean_document(task: _Task) -> tuple[Mapping[str, Any], Rows, Rows]:
    document = {key: value for key, value in task.row.items() if key != "title"}
    document |= {"layout": None, "reading_confidence": None}
    if task.row["encoding"] is None:
        return document, [], []
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
    document |= {"layout": reading.layout, "reading_confidence": round(reading.confidence, 4)}
    return document, text_lines, order
