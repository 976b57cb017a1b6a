"""Stage 3, take-down: retracted statements leave the tables, and their bytes are quarantined with the reason.

What belongs here: which statements a source's retractions are about now. What does not: the file of retractions
(`pipeline.retractions`) and releases (`pipeline.takedown`).

Everything that hangs on a statement is made of the tables that come out of here, so codes, argument links and
recommendations go with it. Statements that stay keep their keys and their positions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.issues import Issue
from pipeline.retractions import RETRACTIONS, Retraction
from pipeline.stages.frames import records, with_issues
from pipeline.stages.ranges import Ranges
from pipeline.stages.segment import Segmented


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a retraction comes to: statements of a document, and the issue that reports it."""

    statements: frozenset[str]
    issue: Issue


def retract(found: Segmented, source_id: str, documents: pd.DataFrame, retractions: Sequence[Retraction]) -> Segmented:
    """Return the tables of a source without the statements that were retracted.

    A retraction is about every statement that shares a byte with it. When its document was changed since, it is about
    the statement of the same key; and when there is none, the whole document is kept back, since what was taken down
    may still be in it.

    Args:
        found: What was segmented.
        source_id: The source.
        documents: Its documents.
        retractions: Its retractions.
    """
    if not retractions:
        return found
    taken, issues = [], []
    for one in retractions:
        outcomes = list(_outcomes(found, source_id, documents, one))
        taken += [outcome for outcome in outcomes if isinstance(outcome, _Taken)]
        issues += [outcome.issue if isinstance(outcome, _Taken) else outcome for outcome in outcomes]
    return _without(found, frozenset().union(*(one.statements for one in taken)), issues)


def _outcomes(found: Segmented, source_id: str, documents: pd.DataFrame, one: Retraction) -> Iterator[_Taken | Issue]:
    same = [row for row in records(documents) if row["sha256"] == one.sha256]
    path = f"{source_id}/{one.document}"
    changed = [row for row in records(documents) if row["path"] == path and row["sha256"] != one.sha256]
    for row in same:
        statements = _overlapping(found.spans, row["document_id"], one.ranges)
        yield _taken(row, statements, _line(found.spans, row["document_id"], one), "retracted", one.reason)
    for row in changed:
        own = frozenset(found.statements.loc[found.statements["document_id"] == row["document_id"], "statement_id"])
        if one.statement_id in own:
            line = _statement_line(found.spans, one.statement_id)
            yield _taken(row, frozenset({one.statement_id}), line, "retracted", one.reason)
        else:
            message = (
                f"was changed since a statement of it was taken down, and {RETRACTIONS} line {one.line} cannot tell "
                "where that is now; retract it anew, or remove the line when it is no longer in the file"
            )
            yield _taken(row, own, None, "stale_retraction", message)
    if not same and not changed:
        message = f"is about a document '{one.document}' that is not in the folder; nothing was left to take down"
        yield Issue(source_id, f"{source_id}/{RETRACTIONS}", one.line, "warning", "no_such_document", message)


def _taken(row: dict[str, str], statements: frozenset[str], line: int | None, kind: str, message: str) -> _Taken:
    issue = Issue(row["source_id"], row["path"], line, "quarantined", kind, message, row["document_id"])
    return _Taken(statements, issue)


def _overlapping(spans: pd.DataFrame, document_id: str, ranges: Iterable[tuple[int, int]]) -> frozenset[str]:
    """Return the statements of a document that share a byte with any of the ranges."""
    own = spans[(spans["document_id"] == document_id) & (spans["role"] == "statement")]
    taken = Ranges(ranges)
    rows = zip(own["statement_id"], own["start"], own["end"], strict=True)
    return frozenset(statement for statement, start, end in rows if taken.overlap(start, end))


def _line(spans: pd.DataFrame, document_id: str, one: Retraction) -> int | None:
    own = spans[(spans["document_id"] == document_id) & (spans["end"] > one.ranges[0][0])]
    return None if own.empty else int(own["line"].iloc[0])


def _statement_line(spans: pd.DataFrame, statement_id: str) -> int | None:
    own = spans[spans["statement_id"] == statement_id]
    return None if own.empty else int(own["line"].iloc[0])


def _without(found: Segmented, statements: frozenset[str], issues: Sequence[Issue]) -> Segmented:
    gone = found.spans["statement_id"].isin(statements).fillna(value=False).astype(bool)
    spans = found.spans.copy()
    spans.loc[gone, "role"] = "quarantine"
    spans.loc[gone, "statement_id"] = None
    return Segmented(
        sections=found.sections,
        statements=found.statements[~found.statements["statement_id"].isin(statements)].reset_index(drop=True),
        spans=spans,
        repairs=_outside(found.repairs, found.spans[gone]),
        issues=with_issues(found.issues, issues),
    )


def _outside(repairs: pd.DataFrame, gone: pd.DataFrame) -> pd.DataFrame:
    """Return the repairs that touch no byte of these spans; the others would show characters of them."""
    taken = {key: Ranges(zip(part["start"], part["end"], strict=True)) for key, part in gone.groupby("document_id")}
    nothing = Ranges(())
    rows = zip(repairs["document_id"], repairs["start"], repairs["end"], strict=True)
    kept = [not taken.get(document, nothing).overlap(start, end) for document, start, end in rows]
    return repairs[pd.Series(kept, index=repairs.index, dtype=bool)].reset_index(drop=True)
