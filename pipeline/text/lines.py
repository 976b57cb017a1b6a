"""From a document's characters to its pages and lines.

What belongs here: where lines and pages end. What does not: whether a line means anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.encoding import Decoded, UnreadableError
from pipeline.text.joining import dropped_ends
from pipeline.text.language import Language
from pipeline.text.markdown import Marks, is_markdown, read_marks
from pipeline.text.model import Line, Repair
from pipeline.text.repair import DROPPED, Judge, beside_capital, repair_line

MAX_LINE = 20_000
"""Characters in a line above which a document is not a print of text: a page of dense type holds about 5,000."""

_COLUMN, _CELL = "\x0e", "\x1f"
_LINE_END = re.compile(rf"\r\n|\r|\n|\f|{_COLUMN}|{_CELL}")


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a document, and what was repaired in them.

    Attributes:
        lines: In file order, blank ones included.
        repairs: In byte order, never overlapping.
        mark: Byte range of a byte order mark, or None.
        marked: What the marks of a Markdown document say; None of plain text, and of the text of a PDF.
    """

    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    mark: tuple[int, int] | None
    marked: Marks | None = None

    @property
    def pages(self) -> tuple[tuple[Line, ...], ...]:
        """The lines by page."""
        count = self.lines[-1].page if self.lines else 0
        pages: list[list[Line]] = [[] for _ in range(count)]
        for line in self.lines:
            pages[line.page - 1].append(line)
        return tuple(tuple(page) for page in pages)


def split_lines(decoded: Decoded, language: Language | None = None, max_line: int = MAX_LINE) -> Lines:
    """Cut a document into lines, at line ends, form feeds, column breaks and cells, and repair their characters.

    Args:
        decoded: The document.
        language: Whose spelling tells what the hyphens stand for that pdfium dropped; without one capitals do.
        max_line: Characters.

    Raises:
        UnreadableError: when a line is longer than `max_line` characters (kind `line_too_long`).
    """
    mark = None
    start = 0
    if decoded.text.startswith("\ufeff"):
        mark, start = (0, decoded.offsets[1]), 1
    judge: Judge = beside_capital
    if language is not None and DROPPED in decoded.text:
        judge = dropped_ends(re.split(rf"[{DROPPED}\n]", decoded.text.replace(DROPPED, f"-{DROPPED}")), language)
    ranges = list(_ranges(decoded.text, start))
    for number, (begin, end, *_) in enumerate(ranges, start=1):
        if end - begin > max_line:
            raise UnreadableError(
                "line_too_long",
                f"has a line of {end - begin:,} characters (limit {max_line:,}); it is not a page of text",
                number,
            )
    mended = [repair_line(decoded.text[low:high], decoded.offsets[low : high + 1], judge) for low, high, *_ in ranges]
    marked = _marks([text for text, *_ in mended]) if not {_COLUMN, _CELL} & set(decoded.text) else None
    for place, edits in marked.edits.items() if marked else ():
        low, high = ranges[place][:2]
        mended[place] = repair_line(decoded.text[low:high], decoded.offsets[low : high + 1], judge, edits)
    rows = marked.rows if marked else frozenset()
    lines = tuple(
        Line(place + 1, page, text, offsets, column, cell or place in rows)
        for place, ((text, offsets, _), (*_, page, column, cell)) in enumerate(zip(mended, ranges, strict=True))
    )
    return Lines(lines, tuple(repair for *_, repairs in mended for repair in repairs), mark, marked)


def _marks(texts: Sequence[str]) -> Marks | None:
    return read_marks(texts) if is_markdown("\n".join(texts)) else None


def _ranges(text: str, start: int) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield first character, end, page and column of every line, and whether it is of a cell of a table.

    A final line end opens no further line, and there is none between a line end and the form feed, column break or mark
    of a cell behind it. A cell ends at a blank line.
    """
    page, column, cell, ended = 1, 1, False, ""
    for match in _LINE_END.finditer(text, start):
        end = match.group()
        if not (end in {"\f", _COLUMN, _CELL} and match.start() == start and ended in {"\n", "\r", "\r\n"}):
            yield start, match.start(), page, column, cell
            cell = cell and match.start() > start
        page += end == "\f"
        column = 1 if end == "\f" else column + (end == _COLUMN)
        cell = end == _CELL or (cell and end not in {"\f", _COLUMN})
        start, ended = match.end(), end
    if start < len(text):
        yield start, len(text), page, column, cell
