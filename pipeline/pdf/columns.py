"""The order in which a page's words are read, from where they stand.

What belongs here: lines, bands, columns and paragraph gaps by geometry alone. What does not: words' meanings, and pages
whose coordinates are lost (`pipeline.text.layout`).

Method: words on one baseline make a row, cut where a gap is wider than an em or so. Rows from the top down make a band
as long as a gutter, a strip that no row of the band crosses, runs through all of them. A band with a gutter is read
column by column; what crosses the gutter (a title, a running header) is a band of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from pipeline.pdf.boxes import Word

COLUMN_BREAK = "\x0e"
"""Stands where a column begins; word processors use the same character."""

_GAP = 1.1
"""Ems of white space that part two columns' words on one baseline; a justified line's spaces stay below 0.9."""
_LEAST_ROWS = 3
"""Rows that a band with a gutter must have: two rows may share a strip by chance."""
_MARGIN = 1.8
"""Times the usual step between baselines that parts a running header or footer from the body."""
_PARAGRAPH = 1.25
"""Times the usual leading above which the next line opens a paragraph."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one row without a wide gap between them.

    Attributes:
        words: From left to right.
        left: Left edge in points.
        right: Right edge.
        top: Upper edge.
        bottom: Lower edge.
    """

    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)


def page_text(words: Sequence[Word]) -> str:
    """Return a page's text in reading order: a line a row of a column, blank lines between paragraphs.

    A column break stands where a column begins that is not the first of its band.
    """
    head, body, foot = _margins(_rows(words))
    bands = [*_bands(head), *_bands(body), *_bands(foot)]
    blocks = [[_lines(column) for column in band] for band in _merged(bands)]
    return ("\n" + COLUMN_BREAK).join("\n\n".join(block) for block in _columns(blocks))


def _margins(rows: list[list[Piece]]) -> tuple[list[list[Piece]], list[list[Piece]], list[list[Piece]]]:
    """Return what stands apart at the top, the body, and what stands apart at the bottom of a page.

    Running headers and footers often stand inside a column's strip, so no gutter tells them from its text.
    """
    steps = [after[0].bottom - before[0].bottom for before, after in pairwise(rows)]
    if len(steps) < 4:
        return [], rows, []
    wide = _MARGIN * median(steps)
    head = next((n + 1 for n in (1, 0) if steps[n] > wide), 0)
    foot = next((len(rows) - 1 - n for n in (1, 0) if steps[-1 - n] > wide), len(rows))
    return rows[:head], rows[head:foot], rows[foot:]


def _merged(bands: Sequence[list[list[Piece]]]) -> Iterator[list[list[Piece]]]:
    """Yield the bands, those of one column that follow each other as one."""
    for single, group in groupby(bands, key=lambda band: len(band) == 1):
        if single:
            yield [[piece for band in group for piece in band[0]]]
        else:
            yield from group


def _columns(bands: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Yield what stands between column breaks: bands of one column join what is before and after them."""
    current: list[str] = []
    for band in bands:
        for number, text in enumerate(band):
            if number:
                yield current
                current = []
            current.append(text)
    yield current


def _rows(words: Sequence[Word]) -> list[list[Piece]]:
    """Return the words by baseline, from the top down, each row cut at wide gaps."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        height = word.bottom - word.top
        if rows and abs(word.bottom - rows[-1][0].bottom) < 0.35 * max(height, 1.0):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [list(_pieces(sorted(row, key=lambda word: word.left))) for row in rows]


def _pieces(row: Sequence[Word]) -> Iterator[Piece]:
    start = 0
    for index in range(1, len(row) + 1):
        if index < len(row):
            em = max(row[index - 1].bottom - row[index - 1].top, 1.0)
            if row[index].left - row[index - 1].right < _GAP * em:
                continue
        yield _piece(row[start:index])
        start = index


def _piece(words: Sequence[Word]) -> Piece:
    return Piece(
        tuple(words),
        min(word.left for word in words),
        max(word.right for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
    )


Gutter = tuple[float, float]


def _bands(rows: Sequence[Sequence[Piece]]) -> Iterator[list[list[Piece]]]:
    """Yield bands as lists of columns, from the top down."""
    start = 0
    while start < len(rows):
        end, gutters = _longest_band(rows, start)
        if gutters:
            yield _split([piece for row in rows[start:end] for piece in row], gutters)
        else:
            yield [[piece for row in rows[start:end] for piece in row]]
        start = end


def _longest_band(rows: Sequence[Sequence[Piece]], start: int) -> tuple[int, list[Gutter]]:
    """Return where the band that begins at a row ends, and its gutters; without any it is one row long."""
    gutters: list[Gutter] = []
    left = right = 0.0
    best: tuple[int, list[Gutter]] = (start + 1, [])
    for end in range(start, len(rows)):
        row = rows[end]
        if end == start:
            left, right = row[0].left, row[-1].right
        # White space to the left and right of a row is free, so that a row of one column keeps the gutter open.
        left, right = min(left, row[0].left), max(right, row[-1].right)
        free = _free(row)
        gutters = free if end == start else _common(gutters, free)
        inside = [(low, high) for low, high in gutters if low > left and high < right]
        if not gutters:
            break
        if inside and end + 1 - start >= _LEAST_ROWS:
            best = (end + 1, inside)
    return best


def _free(row: Sequence[Piece]) -> list[Gutter]:
    """Return the strips of a row that hold no word, from edge to edge of any page."""
    edges = [-1e6, *(edge for piece in row for edge in (piece.left, piece.right)), 1e6]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _common(first: Sequence[Gutter], second: Sequence[Gutter]) -> list[Gutter]:
    """Return the strips that two rows share and that are wide enough to part columns (4 points)."""
    shared = ((max(a[0], b[0]), min(a[1], b[1])) for a in first for b in second)
    return [(low, high) for low, high in shared if high - low >= 4.0]


def _split(pieces: Sequence[Piece], gutters: Sequence[Gutter]) -> list[list[Piece]]:
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        columns[sum(piece.left >= high - 0.01 for _, high in gutters)].append(piece)
    return [column for column in columns if column]


def _lines(column: Sequence[Piece]) -> str:
    """Return a column's lines, with a blank one where the leading is wider than usual."""
    leadings = [b.bottom - a.bottom for a, b in pairwise(column) if b.bottom - a.bottom > 1.0]
    # Short paragraphs may have more gaps than lines, so the usual leading is among the small ones.
    usual = sorted(leadings)[len(leadings) // 5] if leadings else 0.0
    parts = [column[0].text]
    for before, after in pairwise(column):
        step = after.bottom - before.bottom
        same_row = step <= 1.0
        parts.append(" " if same_row else "\n\n" if step > _PARAGRAPH * usual else "\n")
        parts.append(after.text)
    return "".join(parts)
