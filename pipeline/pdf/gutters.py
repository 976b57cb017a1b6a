"""Gutters: strips that no row of a band crosses, and the bands that they run through.

What belongs here: which strips of white space part columns. What does not: the order in which columns are read
(`columns`).

A band is rows from the top down, as many as a gutter runs through. A strip no wider than the spaces of a justified line
must run through more rows, unless it parts columns elsewhere on the page.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import TypeAlias

from pipeline.pdf.rows import Row, has_letters

Gutter: TypeAlias = tuple[float, float]
"""Left and right edge in points."""

_GAP = 1.5
"""Ems of white space that part columns in a few rows; spaces of justified lines are seldom as wide."""
_LEAST_GUTTER = 4.0
"""Points; the spaces of lines that are not justified are narrower."""
_WORD_SPACE = 0.35
"""Ems of the white space between two words of a title."""
_AS_FREE = 0.5
"""Least share of its width that a gutter has where it comes back."""
_LEAST_ROWS = 4
"""Rows with words on either side of a gutter: three rows may share a strip by chance."""
_LEAST_ROWS_OF_NARROW = 5
"""The same for a narrower strip: so many spaces do not stand above each other by chance."""
_LEADER = "."
"""A dot of a table of contents."""


def bands(rows: Sequence[Row], known: Sequence[Gutter]) -> Iterator[tuple[Sequence[Row], Sequence[Gutter]]]:
    """Yield bands from the top down, each with its gutters; what follows each other without any is one band."""
    start = single = 0
    # Beside all words there are no columns.
    within = min((row[0].left for row in rows), default=0.0), max((row[-1].right for row in rows), default=0.0)
    free = [_free(row, within) for row in rows]
    while start < len(rows):
        end, gutters = _longest_band(rows[start:], free[start:], known)
        end += start
        if gutters:
            if single < start:
                yield rows[single:start], []
            yield rows[start:end], gutters
            single = end
        start = end
    if single < len(rows):
        yield rows[single:], []


def _longest_band(
    rows: Sequence[Row], free: Sequence[Sequence[Gutter]], known: Sequence[Gutter]
) -> tuple[int, Sequence[Gutter]]:
    """Return how many rows the first band has, and its gutters; without any it is one row long."""
    shared = [free[0]]
    for strips in free[1:]:
        # White space to the left and right of a row is free, so that a row of one column keeps the gutter open.
        common = _common(shared[-1], strips)
        if not common:
            break
        shared.append(common)
    while shared:
        band = rows[: len(shared)]
        gutters = _between_texts([gutter for gutter in shared.pop() if _parts(gutter, band, known)], band)
        if gutters:
            return len(band), gutters
    return 1, []


def _free(row: Row, within: Gutter) -> list[Gutter]:
    """Return the strips of a row that hold no word, those at its ends as far as other rows have words.

    Columns do not begin among the dots of a table of contents, nor at the spaces of a large title.
    """
    inner = [
        (a.right, b.left)
        for a, b in pairwise(row)
        if (a.text != _LEADER or b.text != _LEADER) and b.left - a.right > _WORD_SPACE * (a.bottom - a.top)
    ]
    return [(within[0], row[0].left), *inner, (row[-1].right, within[1])]


def _common(first: Sequence[Gutter], second: Sequence[Gutter]) -> list[Gutter]:
    """Return the strips that two rows share and that are wide enough to part columns."""
    shared = ((max(a[0], b[0]), min(a[1], b[1])) for a in first for b in second)
    return [(low, high) for low, high in shared if high - low >= _LEAST_GUTTER]


def _parts(gutter: Gutter, rows: Sequence[Row], known: Sequence[Gutter]) -> bool:
    """Return whether a strip parts columns: enough rows have words to its left, and enough to its right."""
    low, high = gutter
    least = sides(gutter, rows)
    em = max(rows[0][0].bottom - rows[0][0].top, 1.0)
    if least and any(_comes_back(gutter, other) for other in known):
        return True
    return least >= (_LEAST_ROWS if high - low >= _GAP * em else _LEAST_ROWS_OF_NARROW)


def _comes_back(gutter: Gutter, known: Gutter) -> bool:
    """Return whether a strip is as free as a gutter found elsewhere, but for words that reach a little further."""
    shared = min(gutter[1], known[1]) - max(gutter[0], known[0])
    return shared >= max(_LEAST_GUTTER, _AS_FREE * (known[1] - known[0]))


def sides(gutter: Gutter, rows: Sequence[Row]) -> int:
    """Return how many rows have words to the left of a strip, or to its right where these are fewer."""
    low, high = gutter
    return min(sum(row[0].right <= low + 0.01 for row in rows), sum(row[-1].left >= high - 0.01 for row in rows))


def _between_texts(gutters: list[Gutter], rows: Sequence[Row]) -> list[Gutter]:
    """Return the strips that part texts.

    The glyphs and numbers of a list stand above each other and are no column, and neither are the page numbers of a
    table of contents: marks go with the text to their right, and what is left with the text to its left.
    """
    number = 0
    while gutters and number <= len(gutters):
        low = gutters[number - 1][1] if number else -inf
        high = gutters[number][0] if number < len(gutters) else inf
        if _is_text(low, high, rows):
            number += 1
        else:
            number = min(number, len(gutters) - 1)
            gutters = [*gutters[:number], *gutters[number + 1 :]]
    return gutters


def _is_text(low: float, high: float, rows: Sequence[Row]) -> bool:
    """Return whether at least half the rows that have words between two edges have one of letters there."""
    texts = others = 0
    for row in rows:
        cell = [word.text for word in row if low - 0.01 <= word.left < high]
        if any(map(has_letters, cell)):
            texts += 1
        elif cell:
            others += 1
    return texts >= others


def split(rows: Sequence[Row], gutters: Sequence[Gutter]) -> list[list[Row]]:
    """Return the rows of each column, from the left."""
    columns: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        parts: list[Row] = [[] for _ in columns]
        for word in row:
            parts[sum(word.left >= high - 0.01 for _, high in gutters)].append(word)
        for column, part in zip(columns, parts, strict=True):
            if part:
                column.append(part)
    return [column for column in columns if column]
