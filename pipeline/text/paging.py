"""The pages of one document, read together: what a typesetter keeps constant, one page tells of another.

What belongs here: which lines of a page are read for themselves, what pages have in common. What does not: how a page
is read (`layout`), furniture, statements.
"""

import math
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.text.coverage import line_fragment
from pipeline.text.language import Language
from pipeline.text.layout import Among, Numbering, Opened, Shown, are_alike, levelled, numbering_of, open_page
from pipeline.text.markdown import Marks, cells_of
from pipeline.text.model import Line, PageReading, Segment
from pipeline.text.page_order import comes_in_order

MARKED_CONFIDENCE = 0.98
"""Of a line whose column the file itself marks: the share of neighbours that are right where PDFs were typeset."""

AMONG_WOVEN = 0.3
"""Share of the lines of its other pages that must have been woven for less to be asked of a page; on development pages
a smaller one let some be read in columns that had come in order."""
SHARED = 0.06
"""Share of rows that must hold text of more than one column on a page of which less is asked: lists of one column whose
lines never wrap can pass for two columns, but for these rows. Of 17 such lists 3 have more, of 33 woven pages 26."""
MOST_TOGETHER = 40
"""Pages that are read together, at most: an opened page holds what its words say, some hundred kilobytes."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines of a page that are read for themselves.

    Attributes:
        opened: These.
        lines: How many.
        rows: Of tables that stand between them, which are read row by row.
        column: That the file says they stand in; 0 where it says nothing.
    """

    opened: Opened
    lines: int
    rows: Sequence[Line] = ()
    column: int = 0

    def read(self, among: Among | None = None) -> PageReading:
        reading = self.opened.read(among)
        if self.column:
            placed = tuple(replace(segment, column=self.column) for segment in reading.segments)
            return PageReading("columns", placed, reading.confidence)
        return _around_rows(reading, self.rows) if self.rows else reading


def read_pages(
    pages: Sequence[Sequence[Line]], language: Language, marked: Marks | None = None, *, in_order: bool = False
) -> list[PageReading]:
    """Return how the pages of a document are read, in their order: one reading a page, or one a column of its own.

    Args:
        pages: Their lines, without furniture.
        language: Of the text.
        marked: What a file in Markdown says of its lines.
        in_order: Whether the file marks its columns and paragraphs itself, as the text of a PDF does.
    """
    if marked is not None:
        return [_as_marked(page, marked) for page in pages]
    if in_order:
        return [reading for page in pages for reading in _as_given(page)]
    groups = np.array_split(np.arange(len(pages)), max(math.ceil(len(pages) / MOST_TOGETHER), 1))
    return [
        reading for group in groups for reading in _read_group([pages[place] for place in group.tolist()], language)
    ]


def _read_group(pages: Sequence[Sequence[Line]], language: Language) -> Iterator[PageReading]:
    """Yield the readings of pages; where a file marks the columns of one itself, each is read for itself."""
    numbered = numbering_of(pages)
    opened = [list(_parts(page, language, own)) for page, own in zip(pages, numbered, strict=True)]
    woven = any(one.order == "woven" for one in numbered)
    together = iter(_together([parts[0] for parts in opened if len(parts) == 1], numbered=woven))
    for parts in opened:
        yield from [next(together)] if len(parts) == 1 else [part.read() for part in parts]


def _parts(page: Sequence[Line], language: Language, numbering: Numbering) -> Iterator[_Part]:
    """Yield the parts of a page: all of it, or each column when the file itself marks its columns."""
    rows, columns = [line for line in page if line.row], sorted({line.column for line in page})
    if rows or len(columns) < 2:
        others = [line for line in page if not line.row]
        ordered = comes_in_order(page, language)
        yield _Part(open_page(others, language, ordered=ordered, numbering=numbering), len(page), rows)
        return
    for column in columns:
        lines = [line for line in page if line.column == column]
        yield _Part(open_page(lines, language), len(lines), column=column)


def _together(pages: Sequence[_Part], *, numbered: bool) -> list[PageReading]:
    """Return the readings of pages, each given what the others tell, where enough of these are woven.

    A page that alone keeps its order is read in columns only where it shares rows as woven columns do.
    """
    if len(pages) < 2 and not numbered:
        return [page.read() for page in pages]
    shown = [page.opened.shown() for page in pages]
    woven = [page.lines * (one is not None) for page, one in zip(pages, shown, strict=True)]
    total, woven_total = sum(page.lines for page in pages), sum(woven)
    among = Among(_common_widths([one for one in shown if one]))
    readings: list[PageReading] = []
    for page, own in zip(pages, woven, strict=True):
        again: PageReading | None = None
        others = woven_total - own
        if numbered or (others and others >= AMONG_WOVEN * (total - page.lines)):
            again = page.read(among)
        readings.append(again if again and (again.woven if own else _shares_rows(again)) else page.read())
    return readings


def _shares_rows(reading: PageReading) -> bool:
    """Return whether the columns of a page share as many rows as columns that were woven do."""
    parts = Counter(segment.line.number for segment in reading.segments)
    return reading.woven and sum(count > 1 for count in parts.values()) >= SHARED * len(parts)


def _common_widths(pages: Sequence[Shown]) -> tuple[float, ...]:
    """Return the widths of the columns that most of the evidence of a document's pages speaks for; empty without any.

    A line may be much shorter than its column and hardly longer, so a column is as wide as the widest of pages that
    differ little.
    """
    known = [page for page in pages if page.widths]
    if not known:
        return ()
    alike = [[other for other in known if are_alike(page.widths, other.widths)] for page in known]
    best = max(alike, key=lambda group: sum(page.rows * page.gain for page in group))
    return levelled(tuple(map(max, zip(*(page.widths for page in best), strict=True))))


def _as_given(page: Sequence[Line]) -> Iterator[PageReading]:
    """Yield the lines of each column of a page in the order in which they come; a blank one parts paragraphs."""
    columns = sorted({line.column for line in page})
    for column in columns:
        segments: list[Segment] = []
        opens = True
        for line in page:
            if line.column != column:
                continue
            fragment = line_fragment(line)
            if fragment is not None:
                segments.append(Segment(line, fragment.start, fragment.end, column, opens, MARKED_CONFIDENCE))
            opens = fragment is None
        yield PageReading("columns" if len(columns) > 1 else "single", tuple(segments), MARKED_CONFIDENCE)


def _around_rows(reading: PageReading, rows: Sequence[Line]) -> PageReading:
    """Return a page with the rows of its tables where they stand: above the first line that comes after them."""
    segments: list[Segment] = []
    waiting = deque(rows)
    for segment in reading.segments:
        while waiting and waiting[0].number < segment.line.number:
            segments.extend(_cells(waiting.popleft()))
        segments.append(segment)
    segments.extend(cell for row in waiting for cell in _cells(row))
    return replace(reading, segments=tuple(segments))


def _cells(row: Line) -> Iterator[Segment]:
    """Yield the cells of a row of a table; each is a paragraph, but for the rest of one that began above."""
    return (Segment(row, start, end, 1, not row.goes_on, MARKED_CONFIDENCE) for start, end in cells_of(row.text))


def _as_marked(lines: Sequence[Line], marked: Marks) -> PageReading:
    """Return lines of Markdown in the order in which they come; every cell of a table is a paragraph."""
    segments: list[Segment] = []
    for line in lines:
        fragment = line_fragment(line)
        if line.row:
            segments.extend(_cells(line))
        elif fragment is not None:
            opens = line.number - 1 in marked.opens
            segments.append(Segment(line, fragment.start, fragment.end, 1, opens, MARKED_CONFIDENCE))
    return PageReading("single", tuple(segments), MARKED_CONFIDENCE)
