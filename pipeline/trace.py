"""From a published statement back to its raw bytes, and from a file to how it was read: for people who check.

What belongs here: looking things up and putting them in an order to be shown. What does not: printing
(`pipeline.show`).

Raw characters are shown only where the release publishes them: neither what was redacted or withheld, in the statement
itself or beside it, nor furniture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import PlainError, UnreadableError
from pipeline.pdf.extract import extract
from pipeline.release.files import table_rows
from pipeline.release.tombstones import read_tombstones
from pipeline.sources import PDF_SUFFIX
from pipeline.stages.raw import ChangedFileError, read_same
from pipeline.text.document import read_lines, read_order
from pipeline.text.encoding import codec_of
from pipeline.text.language import Language, load_language
from pipeline.text.lines import Lines
from pipeline.text.model import Segment
from pipeline.titles import section_name

HIDDEN = "▒▒▒"
"""Stands for raw characters that are not published, whatever their number."""

Part = Literal["own", "other", "hidden"]


@dataclass(frozen=True, slots=True)
class TracedLine:
    """A raw line that holds a part of a statement.

    Attributes:
        number: 1-based line.
        parts: The raw characters of the line in order, each with what they are; `HIDDEN` in place of hidden ones.
    """

    number: int
    parts: tuple[tuple[str, Part], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a statement comes from.

    Attributes:
        text: What is published; None when the statement is withheld.
        privacy: `clear`, `redacted` or `withheld`.
        path: The raw file, below `raw/`.
        page: 1-based page.
        column: 1-based column.
        section: Heading it stands under, or None.
        confidence: Of its place in the reading order.
        lines: Its raw lines.
        repairs: Every repair inside it, in words; none of a statement that is not clear, as they quote it.
    """

    text: str | None
    privacy: str
    path: str
    page: int
    column: int
    section: str | None
    confidence: float
    lines: tuple[TracedLine, ...]
    repairs: tuple[str, ...]


def trace(raw: Path, release: Path, statement_id: str) -> Trace:
    """Return where a statement comes from.

    Args:
        raw: The folder of all sources.
        release: Folder of the release.
        statement_id: Key of the statement.

    Raises:
        PlainError: when the release does not hold the statement, or the raw file is no longer the one that was read.
    """
    statement = _one(release, "statements", "statement_id", statement_id)
    if statement is None:
        raise PlainError(_absence(release, statement_id))
    document = _one(release, "documents", "document_id", statement["document_id"])
    assert document is not None
    section = _one(release, "sections", "section_id", statement["section_id"])
    spans = [row for row in table_rows(release, "spans") if row["document_id"] == document["document_id"]]
    own = [row for row in spans if row["statement_id"] == statement_id]
    source = _one(release, "sources", "source_id", document["source_id"])
    assert source is not None
    content = _raw_bytes(raw, release, document)
    _, lines = read_lines(content, load_language(source["language"]), max_bytes=len(content))
    clear = statement["privacy"] == "clear"
    repairs = [row for row in table_rows(release, "repairs") if clear and row["document_id"] == document["document_id"]]
    return Trace(
        statement["text"],
        statement["privacy"],
        document["path"],
        statement["page"],
        statement["column"],
        section_name(section) if section else None,
        statement["reading_confidence"],
        tuple(_lines(content, document["encoding"], lines, spans, _Shown(release, statement_id))),
        tuple(_in_words(row) for row in repairs if any(_inside(row, span) for span in own)),
    )


def _raw_bytes(raw: Path, release: Path, document: dict[str, Any]) -> bytes:
    try:
        return read_same(raw, str(document["path"]), str(document["sha256"]))
    except ChangedFileError as error:
        raise PlainError(
            f"{raw / document['path']} is not there, or is not the file that {release.name} was made from any more; "
            "publish what is there now, or name the folder that it was made from with --raw"
        ) from error


def _absence(release: Path, statement_id: str) -> str:
    """Return why a release does not hold a statement, as far as its tombstones tell."""
    found = next((one for one in read_tombstones(release) if one["statement_id"] == statement_id), None)
    if found is None:
        return f"{statement_id} is not in {release.name}; look it up in data/statements.csv"
    then = f"; instead there is {found['successor']}" if found["successor"] else ""
    return f"{statement_id} is in no release since {found['gone_in']} ({found['kind']}: {found['reason']}){then}"


@dataclass(frozen=True, slots=True)
class ReadPage:
    """How a page was read.

    Attributes:
        number: 1-based page.
        furniture: Lines taken for running headers, footers or page numbers, with their numbers.
        columns: The segments of every column, in reading order.
    """

    number: int
    furniture: tuple[tuple[int, str], ...]
    columns: tuple[tuple[Segment, ...], ...]


def explain(path: Path, language: Language) -> Iterator[ReadPage]:
    """Yield how the pages of a file are read; of a PDF, its text in the order that its word boxes give.

    Raises:
        PlainError: when the file cannot be read as text, or holds none.
    """
    content = path.read_bytes()
    try:
        if path.suffix.lower() == PDF_SUFFIX or content.startswith(b"%PDF-"):
            content = extract(content).encode()
        _, lines = read_lines(content, language)
    except UnreadableError as error:
        raise PlainError(f"{path}: {error}") from error
    reading = read_order(lines, language, ())
    for page, printed in enumerate(lines.pages, start=1):
        segments = [segment for segment in reading.segments if segment.line.page == page]
        count = max((segment.column for segment in segments), default=0)
        columns = tuple(tuple(one for one in segments if one.column == column + 1) for column in range(count))
        furniture = tuple((line.number, line.text.strip()) for line in printed if line.number in reading.furniture)
        yield ReadPage(page, furniture, columns)


def _one(release: Path, table: str, key: str, value: str | None) -> dict[str, Any] | None:
    return next((row for row in table_rows(release, table) if value is not None and row[key] == value), None)


class _Shown:
    """What of a line may be shown: the statement that is traced, and others that are published as they stand."""

    def __init__(self, release: Path, statement_id: str) -> None:
        self.own = statement_id
        self.clear = {row["statement_id"] for row in table_rows(release, "statements") if row["privacy"] == "clear"}
        self.titles = {row["section_id"]: section_name(row) or "" for row in table_rows(release, "sections")}

    def part(self, span: dict[str, Any] | None, text: str) -> tuple[str, Part]:
        """Return raw characters and what they are; without a span they are white space, or nobody's."""
        if not text.strip():
            return text, "other"
        if span and span["role"] == "heading":
            published = " ".join(text.split()) in self.titles.get(span["section_id"], "")
            return (text, "other") if published else (HIDDEN, "hidden")
        if not span or span["statement_id"] not in self.clear:
            return HIDDEN, "hidden"
        return text, "own" if span["statement_id"] == self.own else "other"


def _lines(
    content: bytes, encoding: str, lines: Lines, spans: list[dict[str, Any]], shown: _Shown
) -> Iterator[TracedLine]:
    """Yield the raw lines that hold the statement, cut where a span begins or ends."""
    for number in sorted({span["line"] for span in spans if span["statement_id"] == shown.own}):
        offsets = lines.lines[number - 1].offsets
        first, last = offsets[0], offsets[-1]
        beside = [span for span in spans if span["line"] == number]
        places = {place for span in beside for place in (span["start"], span["end"]) if first <= place <= last}
        parts = []
        for start, end in pairwise(sorted({first, last, *places})):
            owner = next((span for span in beside if span["start"] <= start < span["end"]), None)
            parts.append(shown.part(owner, content[start:end].decode(codec_of(encoding), "replace")))
        yield TracedLine(number, tuple(parts))


def _inside(repair: dict[str, Any], span: dict[str, Any]) -> bool:
    return bool(span["start"] <= repair["start"] < span["end"])


def _in_words(repair: dict[str, Any]) -> str:
    became = f"became {repair['after']!r}" if repair["after"] else "was left out"
    return f"{repair['kind']} at byte {repair['start']}: {repair['before']!r} {became}"
