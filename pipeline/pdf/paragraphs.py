"""Paragraphs of a column, by white space, type and the room that lines leave.

What belongs here: where a paragraph opens in a column, and cells of tables. What does not: what is a column
(`columns`), what is a heading (`headings`).

A line in which the next word would have fitted ends a paragraph, unless the next line goes on in lower case.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from pipeline.pdf.rows import Piece, Row, has_letters, piece_of, rows_of
from pipeline.text.joining import HYPHENS
from pipeline.text.sentences import case_letter
from pipeline.text.statements import opening_glyph

_PARAGRAPH = 1.25
"""Times the usual leading above which the next line opens a paragraph."""
_WIDER = 1.06
"""The same for a line that begins as one does."""
_OTHER_SIZE = 1.04
"""The same for its size beside that of the line before: a heading and its text."""
_CLEARLY_OTHER_SIZE = 1.08
"""The same for any line."""
_INDENT = (0.5, 3.0)
"""In heights of a line, between which the first line of a paragraph may stand in."""
_FLUSH, _INDENTS = 1.0, 2
"""Points by which lines at one edge differ; lines of a column that stand in alike, from where on it is a habit."""
_SPACE = 0.3
"""Width of a space in heights of a line, somewhat more than faces have."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: From the top down, each in one piece or more.
        cell: Whether they are a cell of a table.
    """

    lines: tuple[tuple[Piece, ...], ...]
    cell: bool = False

    @property
    def texts(self) -> list[str]:
        """The text of each line."""
        return [" ".join(piece.text for piece in line) for line in self.lines]

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join(self.texts)


def paragraphs_of(column: Sequence[Piece]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a column; each cell of a table is one."""
    for of_table, pieces in groupby(column, lambda piece: piece.of_table):
        if of_table:
            for row in pieces:
                yield from _cells(row)
        else:
            yield from _paragraphs_of_text(list(pieces))


def _cells(row: Piece) -> Iterator[Paragraph]:
    """Yield the cells of a row of a table; what holds no word, as the number of the row, goes with the next one."""
    lines: list[Row] = []
    for cell in (cell for word in row.words for cell in word.cells or ((word,),)):
        rows = rows_of(cell)
        lines = [*lines[:-1], [*lines[-1], *rows[0]], *rows[1:]] if lines else rows
        if any(has_letters(word.text) for line in lines for word in line):
            yield _cell(lines, row.edge)
            lines = []
    if lines:
        yield _cell(lines, row.edge)


def _cell(lines: Sequence[Row], edge: float) -> Paragraph:
    return Paragraph(tuple((piece_of(line, edge),) for line in lines), cell=True)


def _paragraphs_of_text(column: Sequence[Piece]) -> Iterator[Paragraph]:
    steps = [b.bottom - a.bottom for a, b in pairwise(column) if b.bottom - a.bottom > 1.0]
    # Short paragraphs may have more gaps than lines, so the usual leading is among the small ones.
    usual = sorted(steps)[len(steps) // 5] if steps else 0.0
    size = median(piece.height for piece in column)
    indented = _indented(column)
    found = [[[column[0]]]]
    for place, (before, after) in enumerate(pairwise(column), 1):
        step = after.bottom - before.bottom
        if step <= 1.0:
            found[-1][-1].append(after)
            continue
        # Lines of a large heading stand further apart.
        leading = step / usual / max(min(before.height, after.height) / size, 1.0)
        other = _sizes(before, after) > _CLEARLY_OTHER_SIZE or _leaves_bold(before, after)
        clearly = leading > _PARAGRAPH or other
        if clearly or (_begins(before, after) and (place in indented or _ended(before, after, leading))):
            found.append([])
        found[-1].append([after])
    return (Paragraph(tuple(map(tuple, lines))) for lines in found)


def _indented(column: Sequence[Piece]) -> frozenset[int]:
    """Return the places of lines that stand in from the edge at which the lines around them begin, where several do.

    Lines of an item that hang below its glyph stand in as well, so what has one above it is none.
    """
    lefts = [piece.words[0].left for piece in column]
    usual, times = Counter(map(round, lefts)).most_common(1)[0]
    flush = [abs(left - usual) <= _FLUSH for left in lefts]
    inward = [
        place
        for place in range(1, len(column))
        if _INDENT[0] * column[place].height < lefts[place] - usual < _INDENT[1] * column[place].height
        and flush[place - 1]
        and all(flush[place + 1 : place + 2])
        and not opening_glyph(column[place - 1].text)
    ]
    alike = Counter(round(lefts[place]) for place in inward)
    believed = 2 * times > len(column)
    return frozenset(place for place in inward if believed and alike[round(lefts[place])] >= _INDENTS)


def _begins(before: Piece, after: Piece) -> bool:
    """Return whether a line may open a paragraph, as far as its first letter and the line before tell."""
    return not case_letter(after.text).islower() and before.text[-1] not in HYPHENS


def _ended(before: Piece, after: Piece, leading: float) -> bool:
    """Return whether a line ends a paragraph: by white space or type, or because it has room for the next word.

    Args:
        before: The line.
        after: The next one.
        leading: From one to the other, in usual leadings.
    """
    other_type = before.bold != after.bold or _sizes(before, after) > _OTHER_SIZE
    return leading > _WIDER or other_type or _has_room(before, after)


def _has_room(before: Piece, after: Piece) -> bool:
    """Return whether the first word of a line would have fitted on the line before."""
    word = after.words[0]
    return before.edge - before.right - _SPACE * before.height > word.right - word.left


def _leaves_bold(before: Piece, after: Piece) -> bool:
    """Return whether a line ends bold type with its words rather than with its width, as a heading does."""
    return before.bold and not after.words[0].type.bold and _has_room(before, after)


def _sizes(one: Piece, other: Piece) -> float:
    """Return how many times the smaller of two lines goes into the larger one."""
    return max(one.height, other.height) / min(one.height, other.height)
