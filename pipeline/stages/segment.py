"""Stage 3: sections, statements, and the place of every byte.

What belongs here: rows of the published tables about text. What does not: the rules (`pipeline.text`) and codes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.identifiers import section_key, statement_key
from pipeline.issues import Issue
from pipeline.privacy.gate import Gate, load_gate
from pipeline.privacy.model import Judgement
from pipeline.stages.faults import Fault, fault_issues, faults_among, map_guarded
from pipeline.stages.frames import Rows, frame, records, with_issues
from pipeline.stages.ranges import Ranges
from pipeline.stages.raw import read_same
from pipeline.text.coverage import Span, tile
from pipeline.text.document import PlacedStatement, Reading, Section, Segmentation, read_lines, segment
from pipeline.text.headings import read_heading
from pipeline.text.language import Language, load_language
from pipeline.text.lines import Lines
from pipeline.text.model import Segment
from pipeline.text.repair import MARKS_KIND

MARK = 6
"""Characters of a mark of Markdown, above which it may hold words."""


@dataclass(frozen=True, slots=True)
class Segmented:
    """Frames of stage 3, all but `issues` published."""

    sections: pd.DataFrame
    statements: pd.DataFrame
    spans: pd.DataFrame
    repairs: pd.DataFrame
    issues: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Task:
    raw: Path
    document: Mapping[str, Any]
    order: Rows
    furniture: frozenset[int]
    language: str


@dataclass(frozen=True, slots=True)
class _Done:
    sections: Rows
    statements: Rows
    spans: Rows
    repairs: Rows
    issues: list[Issue]


def segment_source(
    raw: Path, sources: pd.DataFrame, cleaned: Mapping[str, pd.DataFrame], issues: pd.DataFrame
) -> Segmented:
    """Cut a source's documents into sections and statements.

    Args:
        raw: The folder of all sources.
        sources: As `ingest` returned it.
        cleaned: The frames `documents`, `text_lines` and `reading_order`, as `clean` returned them.
        issues: What was reported before; the result holds it too.

    Raises:
        PlainError: when the program failed on every document.
    """
    tasks = list(_tasks(raw, sources, cleaned))
    readable = {task.document["document_id"]: task for task in tasks if task.document["encoding"] is not None}
    results = map_guarded(_segment_document, readable, lambda task: str(task.document["path"]))
    done = [_kept(task, results.get(task.document["document_id"])) for task in tasks]
    faults = fault_issues((task.document for task in tasks), faults_among(results))
    return Segmented(
        frame("sections", [row for part in done for row in part.sections]),
        frame("statements", [row for part in done for row in part.statements]),
        frame("spans", [row for part in done for row in part.spans]),
        frame("repairs", [row for part in done for row in part.repairs]),
        with_issues(issues, [*faults, *(issue for part in done for issue in part.issues)]),
    )


def _tasks(raw: Path, sources: pd.DataFrame, cleaned: Mapping[str, pd.DataFrame]) -> Iterator[_Task]:
    documents, lines, order = cleaned["documents"], cleaned["text_lines"], cleaned["reading_order"]
    furniture = lines[lines["furniture"]].groupby("document_id")["line"].agg(list).to_dict()
    orders: dict[str, Rows] = {str(key): list(records(part)) for key, part in order.groupby("document_id")}
    for document in records(documents):
        key = document["document_id"]
        yield _Task(raw, document, orders.get(key, []), frozenset(furniture.get(key, [])), sources.iloc[0]["language"])


def _kept(task: _Task, result: _Done | Fault | None) -> _Done:
    """Return the rows of a document; of one that is quarantined, here or before, its bytes in one span."""
    if isinstance(result, _Done):
        return result
    document = task.document
    content = read_same(task.raw, document["path"], document["sha256"])
    whole = tile(content, [Span(0, len(content), 1, 1, "quarantine", None)] if content else [])
    spans = [_span_row(document["document_id"], span) for span in whole if span.end]
    return _Done([], [], spans, [], [])


def _segment_document(task: _Task) -> _Done:
    document = task.document
    content = read_same(task.raw, document["path"], document["sha256"])
    language = load_language(task.language)
    _, lines = read_lines(content, language, max_bytes=len(content))
    reading = _reading(task, lines)
    found = segment(content, document["encoding"], document["document_id"], lines, reading, language)
    return _rows(document, found, lines, language)


def _reading(task: _Task, lines: Lines) -> Reading:
    """Return the reading order that stage 2 stored, on the lines themselves."""
    segments = tuple(
        Segment(
            lines.lines[row["line"] - 1], row["start"], row["end"], row["column"], bool(row["opens"]), row["confidence"]
        )
        for row in task.order
    )
    return Reading(task.furniture, segments, task.document["layout"], task.document["reading_confidence"])


def _rows(document: Mapping[str, Any], found: Segmentation, lines: Lines, language: Language) -> _Done:
    key = document["document_id"]
    gate = load_gate(language.code)
    texts = [*(placed.statement.text for placed in found.statements), *(one.heading.title for one in found.sections)]
    judgements = gate.judge_all(texts)
    judged = list(zip(found.statements, judgements, strict=False))
    titles = list(zip(found.sections, judgements[len(judged) :], strict=True))
    marks = _hidden_marks(lines, gate)
    marked = Ranges(marks)
    beside = {span.owner for span in found.spans if span.owner and marked.overlap(span.start, span.end)}
    renamed = _renamed(key, judged, beside, statement_key) | _renamed(key, titles, beside, section_key)
    unclear = {placed.key for placed, judgement in judged if judgement.privacy != "clear"}
    unclear |= {section.key for section, judgement in titles if judgement.privacy != "clear"}
    sections: Rows = [
        {
            "section_id": renamed.get(section.key, section.key),
            "document_id": key,
            "position": position,
            "number": section.heading.number,
            "title": judgement.text,
            "level": section.heading.level,
        }
        for position, (section, judgement) in enumerate(titles, start=1)
    ]
    statements: Rows = [
        _statement_row(key, position, placed, judgement, renamed)
        for position, (placed, judgement) in enumerate(judged, start=1)
    ]
    spans: Rows = [
        _span_row(key, replace(span, owner=renamed.get(span.owner or "", span.owner))) for span in found.spans
    ]
    hidden = Ranges([*marks, *_hidden_ranges(found, lines, gate, unclear)])
    return _Done(
        sections, statements, spans, list(_repair_rows(key, found, hidden)), list(_issues(document, found, language))
    )


def _renamed(
    document_id: str,
    judged: Iterable[tuple[PlacedStatement | Section, Judgement]],
    beside: Collection[str],
    key_of: Callable[[str, str, int], str],
) -> dict[str, str]:
    """Return new keys for statements or sections that are not clear, or hold marks that are not.

    A key is a hash of the raw text, and a guess of what was redacted could be tested against it; so these get one of
    what is published.

    Args:
        document_id: The document they stand in.
        judged: Statements, or sections, each with what the gate says of its text.
        beside: Keys of those that hold such marks.
        key_of: Makes a key of document, text and number, as `pipeline.identifiers` does for either.
    """
    hidden = [(part, judgement) for part, judgement in judged if judgement.privacy != "clear" or part.key in beside]
    return {
        part.key: key_of(document_id, f"{judgement.privacy}: {judgement.text or ''}", number)
        for number, (part, judgement) in enumerate(hidden)
    }


def _statement_row(
    document_id: str, position: int, placed: PlacedStatement, judgement: Judgement, renamed: Mapping[str, str]
) -> Mapping[str, Any]:
    return {
        "statement_id": renamed.get(placed.key, placed.key),
        "document_id": document_id,
        "section_id": renamed.get(placed.section or "", placed.section),
        "position": position,
        "page": placed.statement.fragments[0].line.page,
        "column": placed.column,
        "bullet": placed.bullet,
        "text": judgement.text,
        "privacy": judgement.privacy,
        "reading_confidence": placed.confidence,
    }


def _span_row(document_id: str, span: Span) -> Mapping[str, Any]:
    return {
        "document_id": document_id,
        "start": span.start,
        "end": span.end,
        "page": span.page,
        "line": span.line,
        "role": span.role,
        "statement_id": span.owner if span.role == "statement" else None,
        "section_id": span.owner if span.role == "heading" else None,
    }


def _hidden_ranges(
    found: Segmentation, lines: Lines, gate: Gate, unclear: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of bytes whose characters must not be shown: what is not clear, running headers included."""
    repaired = Ranges((repair.start, repair.end) for repair in found.repairs)
    for span in found.spans:
        if span.owner is not None:
            hidden = span.owner in unclear
        else:
            touched = repaired.overlap(span.start, span.end)
            hidden = touched and gate.judge(lines.lines[span.line - 1].text).privacy != "clear"
        if hidden:
            yield span.start, span.end


def _hidden_marks(lines: Lines, gate: Gate) -> list[tuple[int, int]]:
    """Return the ranges of the marks of Markdown that must not be shown: addresses of links, words about pictures."""
    return [
        (repair.start, repair.end)
        for repair in lines.repairs
        if repair.kind == MARKS_KIND and len(repair.before) > MARK and gate.judge(repair.before).privacy != "clear"
    ]


def _repair_rows(document_id: str, found: Segmentation, hidden: Ranges) -> Iterator[Mapping[str, Any]]:
    """Yield the repairs, but none inside a range that is hidden: it could show what was redacted."""
    for repair in found.repairs:
        if hidden.overlap(repair.start, repair.end):
            continue
        yield {
            "document_id": document_id,
            "start": repair.start,
            "kind": repair.kind,
            "end": repair.end,
            "before": repair.before,
            "after": repair.after,
        }


def _issues(document: Mapping[str, Any], found: Segmentation, language: Language) -> Iterator[Issue]:
    """Yield a warning for a document that brought no statement in, or none that is more than a heading."""
    texts = [placed.statement.text for placed in found.statements]
    if texts and not all(read_heading(text, language) for text in texts):
        return
    if texts:
        kind, what = "only_headings", "only lines that look like headings, which were taken for statements"
    else:
        kind = "no_statements"
        what = "only headings" if found.sections else "only running headers, footers or page numbers"
    message = f"holds {what}; check that its text was extracted whole"
    yield Issue(document["source_id"], document["path"], None, "warning", kind, message, document["document_id"])
