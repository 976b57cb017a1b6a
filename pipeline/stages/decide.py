"""Stage 4, people: the decisions of a source that fit its statements, and what is wrong with the others.

What belongs here: finding `decisions.csv` and reporting by line. What does not: what a decision is and which one wins
(`pipeline.coding`).
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.coding.codebook import Codebook
from pipeline.coding.decisions import Decision, DecisionFile, read_decisions
from pipeline.coding.settling import Settled, misfit, settle
from pipeline.issues import Issue
from pipeline.sources import DECISIONS
from pipeline.stages.codebooks import codebook
from pipeline.stages.frames import records
from pipeline.text.language import load_language


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided.

    Attributes:
        decisions: Those that fit their statements, in the order of the file.
        settled: Which of them count.
        issues: What is wrong with the others.
    """

    decisions: tuple[Decision, ...]
    settled: Settled
    issues: tuple[Issue, ...]


def decide(raw: Path, sources: pd.DataFrame, statements: pd.DataFrame) -> Decided:
    """Return the decisions of a source. One that cannot be used is reported and left out; the others go on.

    Args:
        raw: The folder of all sources.
        sources: The source's row; empty when it cannot be read.
        statements: Its statements.
    """
    if sources.empty:
        return Decided((), Settled({}, ()), ())
    source = records(sources)[0]
    book = codebook(source["codebook"])
    file = source_decisions(raw, source["source_id"], source["language"], book)
    rows = {row["statement_id"]: row for row in records(statements)}
    fitting, issues = [], list(file.issues)
    path = f"{source['source_id']}/{DECISIONS}"
    for decision in file.decisions:
        row = rows.get(decision.statement_id)
        problem = misfit(decision, row["text"] if row else None, row is not None)
        if problem is None:
            fitting.append(decision)
            continue
        document = row["document_id"] if row else None
        kind = "outdated_decision" if row is None or row["text"] is not None else "withheld_decision"
        issues.append(Issue(source["source_id"], path, decision.line, "quarantined", kind, problem, document))
    settled = settle(fitting, book)
    issues += _disputes(settled.disputed, source["source_id"], path)
    return Decided(tuple(fitting), settled, tuple(sorted(issues, key=lambda issue: issue.line or 0)))


def source_decisions(raw: Path, source_id: str, language: str, book: Codebook) -> DecisionFile:
    """Return what the decisions file of a source holds; nothing when there is none."""
    path = raw / source_id / DECISIONS
    name = f"{source_id}/{DECISIONS}"
    if not os.path.lexists(path):
        return DecisionFile((), ())
    if not path.is_file():
        message = "is a folder or a link that leads nowhere, so no decision of people counts; put the file there"
        return DecisionFile((), (Issue(source_id, name, None, "quarantined", "cannot_open", message),))
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"cannot be opened: {error.strerror}; mend its rights"
        return DecisionFile((), (Issue(source_id, name, None, "quarantined", "cannot_open", message),))
    return read_decisions(content, source_id, name, book, load_language(language))


def _disputes(disputed: Iterable[tuple[Decision, ...]], source_id: str, path: str) -> Iterator[Issue]:
    for decisions in disputed:
        first, *others = sorted(decisions, key=lambda decision: decision.line)
        lines = ", ".join(str(decision.line) for decision in others)
        message = (
            f"is contradicted by line {lines}, so the program's codes stand in recommendations; "
            "add the decision of a coder named adjudicator"
        )
        yield Issue(source_id, path, first.line, "warning", "disputed_decision", message)
