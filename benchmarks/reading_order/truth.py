"""Rows as an extractor makes them of a page, with the truth of each character.

What belongs here: the rule by which baselines merge into rows, alignment of extracted rows with what was drawn. What
does not: running extractors (`extract`), judging (`measure`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.reading_order.pages import Book, Drawn
from pipeline.pdf.extract import COLUMN_BREAK
from pipeline.text.model import Line

TOLERANCE = 3.0
MOST_PARTS = 10  # drawn lines in an extracted one; extractors that go by the drawing order may run rows together
_ADDED = re.compile(rf"{COLUMN_BREAK}?#{{1,6}} ")
DROPPED = "\ufffe"  # pdfium: here stood a hyphen at a line end


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
        if tail and group[-1].spaced:
            text += " "
        made.append(make_line(number + 1, text))
        parts.append(tuple(group))
    return Page(tuple(made), tuple(parts), book, page)


def ordered(book: Book, page: int, tail: bool) -> Page:
    """Return a page as an extractor gives it that follows the columns."""
    lines = [line for line in book.lines if line.page == page and line.kind != "furniture"]
    made = [make_line(n + 1, line.text + (" " if tail and line.spaced else "")) for n, line in enumerate(lines)]
    return Page(tuple(made), tuple((line,) for line in lines), book, page)


def align(texts: Sequence[str], book: Book, page: int) -> Page:
    """Return extracted lines with the drawn lines that they hold, found by their characters.

    Some extractors put a word that was broken at a line end together again, and with it the two lines (`pdftotext`
    drops the hyphen, pdfium leaves U+FFFE for it); the page's book then holds one line where two were drawn.

    Args:
        texts: Of one page, as an extractor gave them.
        book: What was typeset.
        page: From 0.

    Returns:
        The page. Lines drawn on it that occur nowhere make its truth incomplete; what is not found is empty.
    """
    pool = [_Chain((line,), line, bare(line.text)) for line in book.lines if line.page == page]
    pool += _chains(pool)
    used: set[int] = set()
    parts = []
    for text in texts:
        found = _decompose(bare(text), [chain for chain in pool if not chain.ids & used])
        used |= {number for chain in found for number in chain.ids}
        parts.append(tuple(found))
    merged = {id(chain.lines[0]): chain for row in parts for chain in row}
    gone = {id(line) for chain in merged.values() for line in chain.lines[1:]}
    lines = tuple(merged[id(line)].made if id(line) in merged else line for line in book.lines if id(line) not in gone)
    made = tuple(make_line(n + 1, text) for n, text in enumerate(texts))
    return Page(made, tuple(tuple(chain.made for chain in row) for row in parts), replace(book, lines=lines), page)


def complete(page: Page) -> bool:
    """Return whether every drawn line of a page was found in what was extracted."""
    return sum(map(len, page.parts)) == sum(1 for line in page.book.lines if line.page == page.number)


def bare(text: str) -> str:
    """Return a text without white space, marks of a column's begin, and what marks a line as a heading."""
    return "".join(text[added(text) :].replace(COLUMN_BREAK, " ").split())


def added(text: str) -> int:
    """Return how many characters at the beginning of a line an extractor added: they mark a column or a heading."""
    match = _ADDED.match(text)
    return match.end() if match else 0


@dataclass(frozen=True, slots=True)
class _Chain:
    """Drawn lines that an extractor may have put together, as one line, and its characters without white space."""

    lines: tuple[Drawn, ...]
    made: Drawn
    bare: str

    @property
    def ids(self) -> set[int]:
        return {id(line) for line in self.lines}


def _chains(pool: Sequence[_Chain]) -> list[_Chain]:
    """Return what becomes of lines that end in a hyphen when an extractor puts them and another line together."""
    found = []
    for number, chain in enumerate(pool):
        if chain.bare.endswith("-"):  # pdfium may take any line for the next
            text = chain.made.text.rstrip()[:-1] + DROPPED
            found.append(_Chain(chain.lines, replace(chain.made, text=text), bare(text)))
        for hyphen in ("", DROPPED):
            grown, after = chain, number + 1
            while grown.made.wraps and grown.bare.endswith("-") and after < len(pool):
                follows = pool[after].made
                text = grown.made.text.rstrip()[:-1] + hyphen + follows.text
                made = replace(grown.made, text=text, wraps=follows.wraps, end=follows.end)
                grown, after = _Chain((*grown.lines, follows), made, bare(text)), after + 1
                found.append(grown)
    return found


def _decompose(text: str, pool: Sequence[_Chain], depth: int = MOST_PARTS) -> list[_Chain]:
    if not text or not depth:
        return []
    starts = [chain for chain in pool if chain.bare and text.startswith(chain.bare)]
    for chain in sorted(starts, key=lambda chain: -len(chain.bare)):
        rest = text[len(chain.bare) :]
        if not rest:
            return [chain]
        tail = _decompose(rest, [other for other in pool if not other.ids & chain.ids], depth - 1)
        if tail:
            return [chain, *tail]
    return []
