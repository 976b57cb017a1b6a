"""The order in which a page's words are read, from where they stand.

What belongs here: columns by geometry alone, and what stands apart at the head and foot of a page. What does not: what
parts columns (`gutters`) and paragraphs (`paragraphs`), words' meanings, pages whose coordinates are lost
(`pipeline.text.layout`).

Method: words on one baseline make a row. A band of rows with a gutter is read column by column, and each column as a
page is; what crosses the gutter (a title, a running header) is a band of its own. This is the recursive cut of Nagy and
Seth (1984) with the horizontal cuts first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.pdf.gutters import Gutter, bands, sides, split
from pipeline.pdf.paragraphs import Paragraph, paragraphs_of
from pipeline.pdf.rows import Piece, Row, piece_of, rows_of
from pipeline.pdf.words import Word

_SURE_ROWS = 8
"""Rows on either side of a gutter that is believed wherever it comes back on the page, or on pages without such."""
_MARGIN = 1.8
"""Times the usual step between baselines that parts a running header or footer from the body."""
_COMMON = 2
"""Steps as wide inside a page from where on such a step parts paragraphs and no running header."""
_ALIGNED = 1.5
"""Points by which what stands on one edge may differ."""
_TITLE = 1.3
"""Times the height of most words of a page from which on a word is of no running header."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is read from the top down.

    Attributes:
        opens: Whether it begins beside the column before it.
        margin: Whether it stands apart at the top or the foot of the page.
        paragraphs: From the top down.
    """

    opens: bool
    margin: bool
    paragraphs: tuple[Paragraph, ...]


def read_pages(pages: Iterable[Sequence[Word]]) -> list[list[Column]]:
    """Return the columns of each page of a document in reading order."""
    parts = [_with_edges(*_margins(rows_of(words))) for words in pages]
    known = [_sure(body) for _, body, _ in parts]
    # A last page of a few rows cannot tell columns from chance, but the pages before it can.
    everywhere = [gutter for gutters in known for gutter in gutters]
    return [_read_page(*part, gutters or everywhere) for part, gutters in zip(parts, known, strict=True)]


def _sure(body: Sequence[Row]) -> list[Gutter]:
    """Return the gutters of a page that are believed wherever they come back."""
    return [gutter for band, gutters in bands(body, ()) for gutter in gutters if sides(gutter, band) >= _SURE_ROWS]


def _read_page(head: Sequence[Row], body: Sequence[Row], foot: Sequence[Row], known: Sequence[Gutter]) -> list[Column]:
    return [
        Column(opens, margin, tuple(paragraphs_of(pieces)))
        for part, strips, margin in ((head, (), True), (body, known, False), (foot, (), True))
        for opens, pieces in _merged(_read(part, strips))
    ]


def _read(rows: Sequence[Row], known: Sequence[Gutter]) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield columns in reading order, each with whether it begins beside the one before.

    A column may hold columns of its own, beside a picture say, so each is read as a page is.
    """
    for band, gutters in bands(rows, known):
        if not gutters:
            edge = max(word.right for row in band for word in row)
            yield False, [piece_of(row, edge) for row in band]
            continue
        for number, part in enumerate(split(band, gutters)):
            for inner, (opens, pieces) in enumerate(_read(part, known)):
                yield opens or (number > 0 and inner == 0), pieces


def _merged(columns: Iterable[tuple[bool, list[Piece]]]) -> list[tuple[bool, list[Piece]]]:
    """Return columns with those that go on below each other as one."""
    merged: list[tuple[bool, list[Piece]]] = []
    for opens, pieces in columns:
        if merged and not opens and pieces[0].bottom > merged[-1][1][-1].bottom:
            merged[-1][1].extend(pieces)
        else:
            merged.append((opens, list(pieces)))
    return merged


def _margins(rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return what stands apart at the top, the body, and what stands apart at the bottom of a page.

    Running headers and footers often stand inside a column's strip, so no gutter tells them from its text.
    """
    steps = [after[0].bottom - before[0].bottom for before, after in pairwise(rows)]
    if len(steps) < 4:
        return [], rows, []
    # The baselines of columns may alternate; then the steps are smaller than a line is high.
    wide = _MARGIN * max(median(steps), median(row[0].bottom - row[0].top for row in rows))
    # What is much larger than the page's other words is its title.
    title = _TITLE * median(word.bottom - word.top for row in rows for word in row)

    def parts(n: int) -> bool:
        return steps[n] > wide and sum(step > 0.98 * steps[n] for step in steps[2:-2]) < _COMMON

    head = next((n + 1 for n in (1, 0) if parts(n) and not _is_large(rows[: n + 1], title)), 0)
    foot = next((len(rows) - 1 - n for n in (1, 0) if parts(len(steps) - 1 - n)), len(rows))
    return rows[:head], rows[head:foot], rows[foot:]


def _with_edges(head: list[Row], body: list[Row], foot: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the three parts of a page, with rows at its edges in its body where they go on with the columns of that.

    Headings that open two columns stand as far above their text as a running header does, and where baselines alternate
    the last line of a column seems to stand as far below the page.
    """
    gutters = [gutter for _, found in bands(body, ()) for gutter in found] if head or foot else []
    if any(_goes_on(gutter, row, body) for gutter in gutters for row in head):
        head, body = [], [*head, *body]
    if any(_goes_on(gutter, row, body) for gutter in gutters for row in foot):
        body, foot = [*body, *foot], []
    return head, body, foot


def _goes_on(gutter: Gutter, row: Row, body: Sequence[Row]) -> bool:
    """Return whether a row has words where most lines of the columns beside a gutter begin: in both, or near to one."""
    own = _edges(gutter, row)
    sides = list(zip(*(_edges(gutter, other) for other in body), strict=True))
    for edge, others in zip(own, sides, strict=True):
        lines = [other for other in others if other is not None]
        if edge is not None and 2 * sum(abs(other - edge) <= _ALIGNED for other in lines) < len(lines):
            return False
    if None not in own:
        return True
    return any(edge is not None and _is_near(row, others, body) for edge, others in zip(own, sides, strict=True))


def _is_near(row: Row, edges: Sequence[float | None], body: Sequence[Row]) -> bool:
    """Return whether a row is no further from its column than lines of that are from each other, here and there."""
    baselines = [other[0].bottom for other, edge in zip(body, edges, strict=True) if edge is not None]
    step = min(abs(row[0].bottom - baseline) for baseline in baselines)
    return sum(after - before > 0.98 * step for before, after in pairwise(baselines)) >= 1


def _edges(gutter: Gutter, row: Row) -> tuple[float | None, float | None]:
    """Return where the words of a row begin on either side of a gutter; None without any, or where one crosses it."""
    low, high = gutter
    if any(word.left < high - 0.01 and word.right > low + 0.01 for word in row):
        return None, None
    return (
        min((word.left for word in row if word.right <= low + 0.01), default=None),
        min((word.left for word in row if word.left >= high - 0.01), default=None),
    )


def _is_large(rows: Sequence[Row], height: float) -> bool:
    return any(word.bottom - word.top >= height for row in rows for word in row)
