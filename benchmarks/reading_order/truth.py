"""Rows as an extractor makes them of a page, with the truth of each character.

What belongs here: the rule by which baselines merge into rows, alignment of extracted rows with what was drawn. What
does not: running extractors (`extract`), judging (`measure`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reading_order.pages import Book, Drawn
from pipeline.text.model import Line

TOLERANCE = 3.0


@dataclass(frozen=True, slots=True)
class Page:
    """One extracted page with its truth.

    Attributes:
        lines: As the extractor gave them.
        parts: Beside each line, what was drawn there, from left to right; empty where alignment failed.
        book: What was typeset.
        number: Page in the book, from 0.
    """

    lines: tuple[Line, ...]
    parts: tuple[tuple[Drawn, ...], ...]
    book: Book
    number: int


def make_line(number: int, text: str) -> Line:
    """Return a line of a document that holds nothing else, one byte a character."""
    return Line(number, 1, text, range(len(text) + 1))


def woven(book: Book, page: int, tail: bool) -> Page:
    """Return a page as pdfplumber's `extract_text()` gives it: by height, baselines up to 3 points apart on one row.

    Args:
        book: What was typeset.
        page: From 0.
        tail: Whether soft-wrapped lines keep the space that programs draw after them.
    """
    lines = [line for line in book.lines if line.page == page and line.kind != "furniture"]
    tops = sorted({line.y - line.size for line in lines})
    rows: list[list[float]] = []
    for top in tops:
        if rows and top - rows[-1][-1] <= TOLERANCE:
            rows[-1].append(top)
        else:
            rows.append([top])
    place = {top: number for number, row in enumerate(rows) for top in row}
    grouped: list[list[Drawn]] = [[] for _ in rows]
    for line in lines:
        grouped[place[line.y - line.size]].append(line)
    made, parts = [], []
    for number, group in enumerate(grouped):
        group.sort(key=lambda line: line.x)
        text = " ".join(line.text for line in group)
        if tail and group[-1].wraps and not group[-1].broken:
            text += " "
        made.append(make_line(number + 1, text))
        parts.append(tuple(group))
    return Page(tuple(made), tuple(parts), book, page)


def ordered(book: Book, page: int, tail: bool) -> Page:
    """Return a page as an extractor gives it that follows the columns."""
    lines = [line for line in book.lines if line.page == page and line.kind != "furniture"]
    made = [
        make_line(n + 1, line.text + (" " if tail and line.wraps and not line.broken else ""))
        for n, line in enumerate(lines)
    ]
    return Page(tuple(made), tuple((line,) for line in lines), book, page)


def align(texts: Sequence[str], book: Book, page: int) -> Page:
    """Return extracted lines with the drawn lines that they hold, found by their characters.

    Lines drawn on the page that occur nowhere make the page's truth incomplete; what is not found is empty.
    """
    pool = [line for line in book.lines if line.page == page]
    bare = {id(line): "".join(line.text.split()) for line in pool}
    used: set[int] = set()
    parts = []
    for text in texts:
        found = _decompose("".join(text.split()), [line for line in pool if id(line) not in used], bare)
        used |= {id(line) for line in found}
        parts.append(tuple(found))
    return Page(tuple(make_line(n + 1, t) for n, t in enumerate(texts)), tuple(parts), book, page)


def _decompose(text: str, pool: Sequence[Drawn], bare: dict[int, str], depth: int = 4) -> list[Drawn]:
    if not text or not depth:
        return []
    starts = [line for line in pool if bare[id(line)] and text.startswith(bare[id(line)])]
    for line in sorted(starts, key=lambda line: -len(bare[id(line)])):
        rest = text[len(bare[id(line)]) :]
        if not rest:
            return [line]
        tail = _decompose(rest, [other for other in pool if other is not line], bare, depth - 1)
        if tail:
            return [line, *tail]
    return []
