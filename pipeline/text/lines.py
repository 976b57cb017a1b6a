"""From a document's characters to its pages and lines.

What belongs here: where lines and pages end. What does not: whether a line means anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipeline.errors import UnreadableError
from pipeline.text.encoding import Decoded
from pipeline.text.joining import dropped_ends
from pipeline.text.language import Language
from pipeline.text.markdown import Marks, is_markdown, read_marks
from pipeline.text.model import Line, Repair
from pipeline.text.repair import CELLS_KIND, DROPPED, MARKS_KIND, Judge, beside_capital, repair_line
from pipeline.text.stacked import names_of_cells
from pipeline.text.tables import Tables, read_tables

MAX_LINE = 20_000
"""Characters in a line above which a document is not a print of text: a page of dense type holds about 5,000."""

_COLUMN, _CELL = "\x0e", "\x1f"
_LINE_END = re.compile(rf"\r\n|[\r\n\f\v\u2028\u2029{_COLUMN}{_CELL}]")
_LINE_END_OR_NEXT_LINE = re.compile(rf"\r\n|[\r\n\f\v\x85\u2028\u2029{_COLUMN}{_CELL}]")
_PLAIN_ENDS = frozenset({"\r\n", "\r", "\n", "\v", "\x85", "\u2028", "\u2029"})
_OTHER_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_NOT_NEXT_LINE = re.compile(r"(?:^|[\r\n(\"'‘“])\x85(?=[^\W\d_])|[Â-Å]\x85|\x85(?=[ \t\r\n.,:;?!)\]\"'’”])")
"""U+0085 before or behind what stands before or behind an ellipsis, and as the second half of a letter in mojibake."""


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a document, and what was repaired in them.

    Attributes:
        lines: In file order, blank ones included.
        repairs: In byte order, never overlapping.
        mark: Byte range of a byte order mark, or None.
        marked: What the marks of a Markdown document say; None of plain text, and of the text of a PDF.
        tables: Those of plain text, which are rows of `lines`, too.
    """

    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    mark: tuple[int, int] | None
    marked: Marks | None = None
    tables: Tables = field(default_factory=Tables)

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
    ends = _LINE_END_OR_NEXT_LINE if is_next_line(decoded.text) else _LINE_END
    ranges = list(_ranges(decoded.text, start, ends))
    _refuse_longer_than(max_line, [end - begin for begin, end, *_ in ranges])
    repair = partial(repair_line, judge=judge, language=language)
    mended = [repair(decoded.text[low:high], decoded.offsets[low : high + 1]) for low, high, *_ in ranges]
    texts, of_pdf = [text for text, *_ in mended], bool({_COLUMN, _CELL} & set(decoded.text))
    marked = None if of_pdf else _marks(texts)
    tables = Tables() if of_pdf or marked else read_tables(texts, language)
    if of_pdf and language is not None:
        tables = Tables(names=_names_of_columns(texts, [cell for *_, cell in ranges], language))
    for place, edits in (marked or tables).edits.items():
        low, high = ranges[place][:2]
        offsets, kind = decoded.offsets[low : high + 1], MARKS_KIND if marked else CELLS_KIND
        mended[place] = repair(decoded.text[low:high], offsets, marks=edits, marks_kind=kind)
    rows = (marked or tables).rows
    lines = tuple(
        Line(place + 1, page, text, offsets, column, cell or place in rows, place in tables.goes_on)
        for place, ((text, offsets, _), (*_, page, column, cell)) in enumerate(zip(mended, ranges, strict=True))
    )
    return Lines(lines, tuple(repair for *_, repairs in mended for repair in repairs), mark, marked, tables)


def _names_of_columns(texts: Sequence[str], of_cells: Sequence[bool], language: Language) -> frozenset[int]:
    """Return the places of the lines of cells that name the columns of a table which a PDF shows."""
    cells: list[tuple[int, str]] = []
    lines: dict[int, list[int]] = {}
    opened = False
    for place, (text, of_cell) in enumerate(zip(texts, of_cells, strict=True)):
        if not text.strip():
            opened = False
        elif not of_cell:
            cells.append((-1, ""))
            opened = False
        elif opened:
            cells[-1] = (cells[-1][0], f"{cells[-1][1]} {text.strip()}")
            lines[cells[-1][0]].append(place)
        else:
            cells.append((place, text.strip()))
            lines[place], opened = [place], True
    return frozenset(line for place in names_of_cells(cells, language) for line in lines[place])


def _refuse_longer_than(most: int, lengths: Sequence[int]) -> None:
    for number, length in enumerate(lengths, start=1):
        if length > most:
            raise UnreadableError(
                "line_too_long",
                f"has a line of {length:,} characters (limit {most:,}); it is not a page of text",
                number,
            )


def _marks(texts: Sequence[str]) -> Marks | None:
    return read_marks(texts) if is_markdown("\n".join(texts)) else None


def is_next_line(text: str) -> bool:
    r"""Whether U+0085 ends lines in a document, as Unicode has it, and is not the ellipsis of Windows-1252 (byte 0x85).

    Where Windows-1252 was read as Latin-1, its quotes and dashes are control characters too, and an ellipsis has a
    space, a closing mark or a line end behind it. A document that has no other line ends has these.

    >>> is_next_line("Meer opvang.\x85Minder regels."), is_next_line("Wacht\x85 en zie.\nMeer opvang.")
    (True, False)
    """
    if "\x85" not in text or _OTHER_C1.search(text):
        return False
    alone = not re.search(r"[\r\n]", text.rstrip()) and text.count("\x85") > 1
    return alone or not _NOT_NEXT_LINE.search(text)


def _ranges(text: str, start: int, ends: re.Pattern[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield first character, end, page and column of every line, and whether it is of a cell of a table.

    A final line end opens no further line, and there is none between a line end and the form feed, column break or mark
    of a cell behind it. A cell ends at a blank line.
    """
    page, column, cell, ended = 1, 1, False, ""
    for match in ends.finditer(text, start):
        end = match.group()
        if not (end in {"\f", _COLUMN, _CELL} and match.start() == start and ended in _PLAIN_ENDS):
            yield start, match.start(), page, column, cell
            cell = cell and match.start() > start
        page += end == "\f"
        column = 1 if end == "\f" else column + (end == _COLUMN)
        cell = end == _CELL or (cell and end not in {"\f", _COLUMN})
        start, ended = match.end(), end
    if start < len(text):
        yield start, len(text), page, column, cell
