"""Decisions: codes that people gave, as reviewed rows of a source's `decisions.csv`.

What belongs here: what a decision is, reading and writing the file, and everything that is wrong with its rows by
themselves. What does not: whether the statements are still the same ones, and which codes count (`settling`).

A decision is what one coder gave one statement in one dimension: one code, several (a row each, or joined with `;`, the
primary one first), or `abstain` when no code can be defended. It replaces the whole dimension of the statement. It is
withdrawn by removing its rows; Git keeps them.

Messages never repeat a cell: a shifted column could hold a text that the privacy gate withholds.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.coding.programs import PROGRAMS
from pipeline.coding.tabular import AS_TEXT, Row, lost, read_table
from pipeline.errors import FileError
from pipeline.issues import Issue, Severity
from pipeline.text.language import Language

ABSTAIN = "abstain"
"""Stands where a code would: the coder looked, and no code can be defended."""

REQUIRED = ("statement_id", "dimension", "code", "coder", "date", "reason")
OPTIONAL = ("evidence_start", "evidence_end", "text")
COLUMNS = (*REQUIRED, *OPTIONAL)
"""Columns in the order in which the file is written; `text` is the guard."""

_ALIASES = {"statement": "statement_id", "codes": "code", "statement_text": "text"}
_STATEMENT = re.compile(r"stm-[0-9a-f]{16}")
# Coders' names are published, so no address, number or text must pass for one.
_CODER = re.compile(r"(?!.*\d{5})[^\W_][\w .'’-]{0,39}")
_DUTCH_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Given:
    """A code that a person gave, with the range of the statement's text that shows it, when one was marked."""

    code: str
    evidence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one coder decided on one dimension of one statement.

    Attributes:
        statement_id: The statement.
        dimension: Dimension of the codebook.
        given: The codes, the primary one first; empty when the coder abstains.
        coder: Name of the person or role.
        date: Day of the decision (ISO 8601).
        reason: Why, in words; may be empty.
        text: The statement's text when it was decided on; empty when the file has no such column.
        line: 1-based line of its first row; 0 when it comes from elsewhere.
    """

    statement_id: str
    dimension: str
    given: tuple[Given, ...]
    coder: str
    date: str
    reason: str = ""
    text: str = field(default="", repr=False)
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What there is one decision for: statement, dimension and coder."""
        return self.statement_id, self.dimension, self.coder

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, the primary one first."""
        return tuple(given.code for given in self.given)


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What a file of decisions holds: those that can be trusted, and everything that is wrong with it."""

    decisions: tuple[Decision, ...]
    issues: tuple[Issue, ...]


def read_decisions(raw: bytes, source_id: str, path: str, codebook: Codebook, language: Language) -> DecisionFile:
    """Return the decisions of a file, and an issue for each that cannot be used.

    A file as spreadsheets write it is taken in too: comma, semicolon or tab, any encoding that documents may have.

    Args:
        raw: The file's bytes.
        source_id: The source that it belongs to.
        path: Its path below `raw/`, for the issues.
        codebook: The source's codebook.
        language: The source's language; decides between one-byte encodings.
    """

    def report(line: int | None, severity: Severity, kind: str, message: str) -> Issue:
        return Issue(source_id, path, line, severity, kind, message)

    try:
        table = read_table(raw, language, COLUMNS, _ALIASES)
        _check_columns(table.columns)
    except FileError as error:
        return DecisionFile(
            (), (report(error.line, "quarantined", "bad_decisions", f"{error}; no decision was taken in"),)
        )
    issues = [report(1, "warning", "decision_columns", message) for message in _column_warnings(table.columns)]
    if not table.encoding.startswith("utf-8"):
        message = f"is not UTF-8 and was read as {table.encoding}; save it as CSV UTF-8"
        issues.append(report(None, "warning", "encoding", message))
    decisions = []
    for group in _groups(table.rows):
        try:
            decisions.append(_decision(group, codebook))
        except FileError as error:
            issues.append(report(group[0].line, "quarantined", "bad_decision", str(error)))
    issues += [report(line, "warning", "coder_names", message) for line, message in _spellings(decisions)]
    issues += [report(line, "warning", "lost_reason", message) for line, message in _lost_reasons(table.rows)]
    return DecisionFile(tuple(decisions), tuple(issues))


def write_decisions(decisions: Iterable[Decision]) -> bytes:
    """Return the file of these decisions: UTF-8, commas, a row a code, in the order of statement, dimension, coder."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(decisions, key=lambda decision: decision.key):
        for given in one.given or (Given(ABSTAIN),):
            start, end = given.evidence or ("", "")
            writer.writerow(
                [one.statement_id, one.dimension, given.code, one.coder, one.date, one.reason, start, end, one.text]
            )
    return buffer.getvalue().encode()


def _check_columns(columns: Sequence[str]) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise FileError(f"lacks the column {' and '.join(missing)}; the first row must name {', '.join(COLUMNS)}", 1)
    twice = sorted({name for name in columns if name in COLUMNS and columns.count(name) > 1})
    if twice:
        raise FileError(f"has the column {' and '.join(twice)} twice; remove one", 1)


def _column_warnings(columns: Sequence[str]) -> Iterator[str]:
    if "text" not in columns:
        yield (
            "has no column text, so a decision is only guarded by the identifier of its statement; "
            "add the column with each statement's text as published"
        )
    unknown = sum(1 for name in columns if name and name not in COLUMNS)
    if unknown:
        yield f"has {unknown} columns that were not read; known are {', '.join(COLUMNS)}"


def _lost_reasons(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Yield the line of every row whose reason was taken for a formula."""
    for row in rows:
        if lost(row.cells.get("reason", "")):
            yield row.line, f"has no reason but an error: {AS_TEXT}"


def _spellings(decisions: Iterable[Decision]) -> Iterator[tuple[int, str]]:
    """Yield the first line of every coder whose name another line writes in other capitals or white space."""
    known: dict[str, dict[str, int]] = {}
    for one in decisions:
        known.setdefault("".join(one.coder.casefold().split()), {}).setdefault(one.coder, one.line)
    for lines in known.values():
        first, *others = lines.values()
        for line in others:
            message = f"writes the coder of line {first} in another way, so these count as two people; "
            yield line, message + "write a name in one way, or give the second person another name"


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the rows of each decision; a row that names none stands alone."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        names = tuple(row.cells.get(name, "") for name in ("statement_id", "dimension", "coder"))
        groups.setdefault(names if all(names) else (*names, str(row.line)), []).append(row)
    return list(groups.values())


def _decision(rows: Sequence[Row], codebook: Codebook) -> Decision:
    first = rows[0].cells
    if not first:
        raise FileError("has more cells than the first row names; quote a text that holds the separator")
    if not _STATEMENT.fullmatch(first["statement_id"]):
        raise FileError("has no statement_id of the form stm-0123456789abcdef; copy it from the table statements")
    dimension = codebook.by_id.get(first["dimension"])
    if dimension is None:
        raise FileError(f"names no dimension of codebook {codebook.id}; those are {', '.join(codebook.by_id)}")
    coder = checked_coder(first["coder"])
    if coder is None:
        raise FileError("needs a coder: a person's or role's name of at most 40 letters, and not that of a program")
    dates, texts = ({row.cells.get(name, "") for row in rows} for name in ("date", "text"))
    if len(dates) > 1 or len(texts) > 1:
        others = ", ".join(str(row.line) for row in rows[1:])
        raise FileError(f"decides what line {others} decides otherwise, by the same coder; keep one of them")
    given = _given(rows, dimension)
    reasons = dict.fromkeys(row.cells["reason"] for row in rows if row.cells["reason"])
    return Decision(
        statement_id=first["statement_id"],
        dimension=dimension.id,
        given=given,
        coder=coder,
        date=parsed_date(dates.pop()),
        reason="; ".join(reasons),
        text=_guard(first),
        line=rows[0].line,
    )


def checked_coder(name: str) -> str | None:
    """Return the name of a coder, or None when it cannot be published as one."""
    return name if _CODER.fullmatch(name) and name not in PROGRAMS else None


def _guard(cells: Mapping[str, str]) -> str:
    if "text" in cells and not cells["text"]:
        raise FileError("has no text; copy the statement's text, by which the decision is guarded")
    if lost(cells.get("text", "")):
        raise FileError(f"has no text but an error: {AS_TEXT}")
    return cells.get("text", "")


def parsed_date(value: str) -> str:
    """Return a date in ISO 8601, from that or from the way in which Dutch spreadsheets write it (31-12-2025).

    Raises:
        FileError: when it is neither.
    """
    dutch = _DUTCH_DATE.fullmatch(value)
    written = f"{dutch[3]}-{dutch[2]:>02}-{dutch[1]:>02}" if dutch else value
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise FileError("has no date of the form 2025-12-31; write the day of the decision so") from error


def _given(rows: Sequence[Row], dimension: Dimension) -> tuple[Given, ...]:
    given = [one for row in rows for one in _codes_of(row)]
    problem = given_problem(dimension, [one.code for one in given])
    if problem:
        raise FileError(problem)
    return tuple(one for one in given if one.code != ABSTAIN)


def _codes_of(row: Row) -> Iterator[Given]:
    codes = [code.strip() for code in row.cells["code"].split(";")]
    evidence = _evidence(row.cells.get("evidence_start", ""), row.cells.get("evidence_end", ""))
    if evidence and len(codes) > 1:
        raise FileError("gives several codes one evidence; write a row a code")
    yield from (Given(code, evidence) for code in codes)


def given_problem(dimension: Dimension, codes: Sequence[str]) -> str | None:
    """Return what is wrong with codes (or `abstain`) for a dimension, and what to do, or None."""
    known = dimension.by_id
    if codes == [ABSTAIN]:
        return None
    if ABSTAIN in codes:
        return f"gives codes and {ABSTAIN}; keep one of the two"
    if not all(code in known for code in codes):
        return f"gives no code of dimension {dimension.id}; those are {', '.join(known)}, or {ABSTAIN}"
    retired = next((known[code] for code in codes if known[code].status == "retired"), None)
    if retired:
        return f"gives code {retired.id}, which is retired; give {retired.replaced_by}"
    return _number_problem(dimension, codes)


def _number_problem(dimension: Dimension, codes: Sequence[str]) -> str | None:
    if len(set(codes)) < len(codes):
        return "gives the same code twice; keep one of them"
    most = 1 + dimension.secondary if dimension.cardinality == "one" else dimension.most
    if most is not None and len(codes) > most:
        return f"gives {len(codes)} codes, but dimension {dimension.id} takes {most} at most"
    return None


def _evidence(start: str, end: str) -> tuple[int, int] | None:
    if not start and not end:
        return None
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise FileError("has evidence that is no range of characters; give both its start and its end, or neither")
    return int(start), int(end)
