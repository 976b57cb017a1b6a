"""Stage 4: codes by program and by people.

What belongs here: rows of `codings`, `relations` and of the codes that count. What does not: the rules of coding
(`pipeline.coding`), finding what people decided (`pipeline.stages.decide`), and recommendations
(`pipeline.stages.recommend`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

import pandas as pd

from pipeline.coding.decisions import Decision
from pipeline.coding.model import Coding, CodingInput
from pipeline.coding.relations import related
from pipeline.coding.settling import Question, Settled, codings, replaced
from pipeline.issues import Issue
from pipeline.stages.codebooks import coder_of, program_of
from pipeline.stages.faults import Fault, fault_issues, faults_among, map_guarded
from pipeline.stages.frames import Rows, frame, records


@dataclass(frozen=True, slots=True)
class Coded:
    """Frames of stage 4: the published `codings` and `relations`, and the codes that count (`settled_codes`).

    `programs` says what the program's codes were made with; `faults` holds, by identifier, the documents on which the
    program failed; their statements have no codes.
    """

    codings: pd.DataFrame
    relations: pd.DataFrame
    settled: pd.DataFrame
    programs: pd.DataFrame
    faults: Mapping[str, Fault]


@dataclass(frozen=True, slots=True)
class _Task:
    document_id: str
    codebook: str
    language: str
    items: tuple[CodingInput, ...]
    decisions: tuple[Decision, ...]
    winners: Mapping[Question, Decision]


def code(
    sources: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    decisions: Iterable[Decision] = (),
    settled: Settled = Settled({}, ()),  # noqa: B008  an empty value that nobody can change
) -> Coded:
    """Code a source's statements; those without a text (withheld) get no codes.

    Args:
        sources: The source's row.
        sections: Its sections.
        statements: Its statements.
        decisions: What people decided on them.
        settled: Which of those decisions count.

    Raises:
        PlainError: when the program failed on every document.
    """
    if sources.empty:
        return Coded(
            frame("codings", []), frame("relations", []), frame("settled_codes", []), frame("programs", []), {}
        )
    source = records(sources)[0]
    titles = {row["section_id"]: row["title"] for row in records(sections)}
    items = {
        document_id: tuple(_inputs(list(part), titles))
        for document_id, part in groupby(records(statements), key=lambda row: str(row["document_id"]))
    }
    tasks = _tasks(source, items, _by_statement(decisions), settled)
    results = map_guarded(_code_document, tasks, lambda task: task.document_id)
    done = [result for result in results.values() if not isinstance(result, Fault)]
    return Coded(
        frame("codings", [row for part in done for row in part.codings]),
        frame("relations", [row for part in done for row in part.relations]),
        frame("settled_codes", [row for part in done for row in part.settled]),
        frame("programs", [program_of(source["codebook"])] if done else []),
        faults_among(results),
    )


def _tasks(
    source: Mapping[str, Any],
    items: Mapping[str, tuple[CodingInput, ...]],
    decided: Mapping[str, Sequence[Decision]],
    settled: Settled,
) -> dict[str, _Task]:
    """Return what is coded of each document of a source, with what people decided on its statements."""
    tasks = {}
    for document_id, own in items.items():
        decisions = tuple(decision for item in own for decision in decided.get(item.statement_id, ()))
        winners = {key: settled.winners[key] for key in {one.key[:2] for one in decisions} & settled.winners.keys()}
        tasks[document_id] = _Task(document_id, source["codebook"], source["language"], own, decisions, winners)
    return tasks


def fault_warnings(documents: pd.DataFrame, faults: Mapping[str, Fault]) -> list[Issue]:
    """Return what to report of documents on which the coder failed: they are published without codes."""
    return fault_issues(records(documents), faults, "warning", "has no codes")


def _inputs(rows: Rows, titles: Mapping[str, str | None]) -> Iterable[CodingInput]:
    """Yield what the coder needs; of a bullet it needs one text back, so a bullet of thousands costs no more."""
    for number, group in groupby(rows, key=lambda row: row["bullet"]):
        before: tuple[str, ...] = ()
        for row in group:
            if row["text"] is None:
                continue
            title = titles.get(row["section_id"]) or ""
            yield CodingInput(row["statement_id"], row["text"], before, title, number)
            before = (row["text"],)


@dataclass(frozen=True, slots=True)
class _Done:
    codings: Rows
    settled: Rows
    relations: Rows


def _code_document(task: _Task) -> _Done:
    coder = coder_of(task.codebook, task.language)
    coded = coder.code(task.items)
    people = _by_statement(task.decisions)
    rows: Rows = []
    counting = []
    for item, given in zip(task.items, coded, strict=True):
        own = [codings(one, coder.codebook.by_id[one.dimension]) for one in people.get(item.statement_id, ())]
        rows += [_coding_row(coding) for coding in (*given, *chain.from_iterable(own))]
        counting.append(replaced(given, item.statement_id, task.winners, coder.codebook))
    settled: Rows = [
        {"statement_id": coding.statement_id, "dimension": coding.dimension, "code": coding.code, "rank": coding.rank}
        for statement in counting
        for coding in sorted(statement, key=lambda coding: coding.rank)
    ]
    relations: Rows = [
        {"statement_id": link.statement_id, "related_id": link.related_id, "type": link.type}
        for link in related(task.items, counting)
    ]
    return _Done(rows, settled, relations)


def _coding_row(coding: Coding) -> Mapping[str, Any]:
    return {
        "statement_id": coding.statement_id,
        "dimension": coding.dimension,
        "code": coding.code,
        "coder": coding.coder,
        "rank": coding.rank,
        "basis": coding.basis,
        "confidence": round(coding.confidence, 4),
        "evidence_start": coding.evidence_start,
        "evidence_end": coding.evidence_end,
    }


def _by_statement(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.statement_id, []).append(decision)
    return found
