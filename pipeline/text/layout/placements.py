"""The ways in which the words of one row may be placed in columns; compiled.

What belongs here: a page under one shape, placements of a row and what is known of each by itself. What does not: how a
row goes with the rows above it (`moves`).
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.compiling import inlined, inner, uncounted
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import (
    MOST_TERMS,
    Tables,
    bin_of,
    inner_full,
    inside_terms,
    is_ended_heading,
    pack,
    total_of,
    unpack,
)  # fmt: skip
from pipeline.text.layout.weights import INDEX, START

MOST_COLUMNS = 3
FULL = 3  # stands for the column of a segment over the full width
WIDEST = 1.06  # of a column's supposed width: what is wider cannot stand in it
MOST_CUTS = 8  # places at which a row may be cut in two
# Places from which the two cuts of a row in three are chosen, and how many pairs of them are tried: with sixteen
# of each the true cuts of some row were left out on a tenth of the pages that were read wrongly.
MOST_PLACES, MOST_PAIRS = 24, 40
_OVER = START["over"]
_SPLIT, _SECOND, _ROW = INDEX["page_split"], INDEX["page_second_split"], INDEX["page_full_row"]
_FULL_ENDED, CROSSED = INDEX["page_full_ended"], INDEX["crossed_row"]


class Page(NamedTuple):
    """A page under one shape.

    Attributes:
        words: The page.
        tables: The weights.
        inside: How well the words of each row go together, as `insides` returned it.
        cuts: Where they go together worst, as `cuts_of` returned it.
        widths: (columns,) supposed widths; empty for a page without columns.
        full: Width of the page's text.
        gap: How far below the last line a new paragraph opens, at least and at most, in leadings.
        exact: Whether `gap` was measured, so that meeting it says something.
        crossed: Whether a row may hold a line of the right column and then one of the left.
    """

    words: Words
    tables: Tables
    inside: NDArray[np.float64]
    cuts: NDArray[np.int64]
    widths: NDArray[np.float64]
    full: float
    gap: tuple[float, float]
    exact: bool
    crossed: bool


class Placement(NamedTuple):
    """One way in which a row may be placed.

    Attributes:
        parts: How many segments it places.
        columns: (3,) column of each from 0, left to right but on a page that is `crossed`; `FULL` for the full width.
        segments: (3,) these, packed.
    """

    parts: int
    columns: NDArray[np.int64]
    segments: NDArray[np.int64]


class Placements(NamedTuple):
    """The ways in which one row may be placed, the full width first; room for `most`.

    Attributes:
        parts: (most,) how many segments each places.
        columns: (most, 3) as in `Placement`.
        segments: (most, 3) as in `Placement`.
        alone: (most,) score of each by itself.
    """

    parts: NDArray[np.int64]
    columns: NDArray[np.int64]
    segments: NDArray[np.int64]
    alone: NDArray[np.float64]


class Pairing(NamedTuple):
    """Room for the pairs of places at which one row may be cut in three.

    Attributes:
        places: (`MOST_PLACES`,) between its words, rising.
        first: (`MOST_PAIRS`,) the first place of each pair.
        second: Beside it, the second.
        cost: Beside them, how well the words go together that are parted.
    """

    places: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    cost: NDArray[np.float64]


@inner()
def room_for_pairing() -> Pairing:
    """Return room for pairs of places."""
    return Pairing(
        np.empty(MOST_PLACES, np.int64), np.empty(MOST_PAIRS, np.int64), np.empty(MOST_PAIRS, np.int64),
        np.empty(MOST_PAIRS),
    )  # fmt: skip


@inlined()
def width_of(page: Page, column: int) -> float:
    """Return the width of a column or of the full width."""
    return float(page.full if column == FULL else page.widths[column])


@njit(cache=True)
def insides(words: Words, tables: Tables) -> NDArray[np.float64]:
    """Return for each word how well it goes with the one before it in its row."""
    found = np.zeros(words.left.size)
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    for row in range(words.row_start.size - 1):
        start = words.row_start[row]
        for place in range(1, words.row_start[row + 1] - start):
            count = inside_terms(words, tables, row, place, index, value)
            found[start + place] = total_of(tables, index, value, count)
    return found


@njit(cache=True)
def cuts_of(row_start: NDArray[np.int64], inside: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the places between the words of each row, the worst of it first: beside its words but the first."""
    found = np.zeros(inside.size, np.int64)
    for row in range(row_start.size - 1):
        first, stop = row_start[row] + 1, row_start[row + 1]
        found[first:stop] = np.argsort(inside[first:stop], kind="mergesort") + 1
    return found


@uncounted()
def candidates(page: Page, row: int, ways: Placements, pairing: Pairing) -> int:
    """Fill in the ways in which a row may be placed, with what is known of each alone; return how many there are."""
    start, stop = page.words.row_start[row], page.words.row_start[row + 1]
    whole = _wholes(page, row, ways)
    if stop - start < 2 or page.widths.size < 2:
        return whole
    cuts = page.cuts[start + 1 : stop]
    halved = _halves(page, row, cuts, ways, whole)
    found = halved
    if page.widths.size > 2 and stop - start > 2:
        found = _thirds(page, row, cuts[:MOST_PLACES], ways, halved, pairing)
    for way in range(whole, found):
        ways.alone[way] = _cut_alone(page, ways, way)
    return found


@uncounted()
def _wholes(page: Page, row: int, ways: Placements) -> int:
    """Fill in the ways to place a row in one piece: over the full width, or in a column that is wide enough."""
    words, widths, values, over = page.words, page.widths, page.tables.values, page.tables.over
    start, stop, found = words.row_start[row], words.row_start[row + 1], 1
    whole, size = pack(row, 0, stop - start), words.right[stop - 1]
    ways.parts[0], ways.columns[0, 0], ways.segments[0, 0], ways.alone[0] = 1, FULL, whole, 0.0
    if widths.size:
        ways.alone[0] = values[_ROW] + values[_OVER + bin_of(over, size / page.full)]
        if is_ended_heading(words.begins, words.finishes, start, stop - 1):
            ways.alone[0] += values[_FULL_ENDED]
        held = inner_full(words.begins, words.finishes, start, stop - 1, size, page.full)
        ways.alone[0] += values[held] if held >= 0 else 0.0
    for c in range(widths.size):
        if size <= widths[c] * WIDEST:
            ways.parts[found], ways.columns[found, 0], ways.segments[found, 0] = 1, c, whole
            ways.alone[found] = values[_OVER + bin_of(over, size / widths[c])]
            found += 1
    return found


@uncounted()
def _cut_alone(page: Page, ways: Placements, way: int) -> float:
    """Return what is known of a way to cut a row by itself: how wide the pieces are, and the words it parts."""
    values = page.tables.values
    score = values[_SPLIT] + (values[_SECOND] if ways.parts[way] > 2 else 0.0)
    score += values[CROSSED] if ways.columns[way, 1] < ways.columns[way, 0] else 0.0
    for n in range(ways.parts[way]):
        row, first, after = unpack(ways.segments[way, n])
        start = page.words.row_start[row]
        size = page.words.right[start + after - 1] - page.words.left[start + first]
        score += values[_OVER + bin_of(page.tables.over, size / page.widths[ways.columns[way, n]])]
        score -= page.inside[start + first] if n else 0.0
    return float(score)


@uncounted()
def _halves(page: Page, row: int, cuts: NDArray[np.int64], ways: Placements, found: int) -> int:
    """Add the likeliest ways to cut a row in two and return how many ways there are then.

    Args:
        page: The page.
        row: Which row.
        cuts: Places between its words, the likeliest first.
        ways: The ways to place it.
        found: How many there are.
    """
    left, right, widths = page.words.left, page.words.right, page.widths
    start, stop, tried = page.words.row_start[row], page.words.row_start[row + 1], 0
    for place in cuts:
        one, two, before = right[start + place - 1], right[stop - 1] - left[start + place], found
        for a in range(widths.size if page.crossed else widths.size - 1):
            for b in range(0 if page.crossed else a + 1, widths.size):
                if a != b and one <= widths[a] * WIDEST and two <= widths[b] * WIDEST and found < ways.parts.size:
                    ways.parts[found], ways.columns[found, 0], ways.columns[found, 1] = 2, a, b
                    ways.segments[found, 0] = pack(row, 0, place)
                    ways.segments[found, 1] = pack(row, place, stop - start)
                    found += 1
        tried += found > before
        if tried >= MOST_CUTS:
            break
    return found


@uncounted()
def _thirds(page: Page, row: int, cuts: NDArray[np.int64], ways: Placements, found: int, pairing: Pairing) -> int:
    """Add the likeliest ways to cut a row in three and return how many there are then; as `_halves`."""
    length = page.words.row_start[row + 1] - page.words.row_start[row]
    most = min(MOST_PAIRS, ways.parts.size - found)
    rising = pairing.places[: cuts.size]
    _let_rise(cuts, rising)
    first, second, cost = pairing.first[:most], pairing.second[:most], pairing.cost[:most]
    for n in range(_cheapest(page, row, rising, first, second, cost)):
        ways.parts[found] = 3
        ways.columns[found, 0], ways.columns[found, 1], ways.columns[found, 2] = 0, 1, 2
        ways.segments[found, 0] = pack(row, 0, first[n])
        ways.segments[found, 1] = pack(row, first[n], second[n])
        ways.segments[found, 2] = pack(row, second[n], length)
        found += 1
    return found


@uncounted()
def _let_rise(places: NDArray[np.int64], room: NDArray[np.int64]) -> None:
    """Fill in a few places in rising order."""
    for n in range(places.size):
        at = n
        while at > 0 and room[at - 1] > places[n]:
            room[at] = room[at - 1]
            at -= 1
        room[at] = places[n]


@uncounted()
def _cheapest(
    page: Page, row: int, cuts: NDArray[np.int64], first: NDArray[np.int64], second: NDArray[np.int64],
    cost: NDArray[np.float64],
) -> int:  # fmt: skip
    """Fill in the pairs of cuts that part words which go together worst, the best first; return how many there are."""
    left, right, inside, widths = page.words.left, page.words.right, page.inside, page.widths
    start, total, kept = page.words.row_start[row], right[page.words.row_start[row + 1] - 1], 0
    for n in range(cuts.size):
        k = cuts[n]
        if right[start + k - 1] > widths[0] * WIDEST:
            break
        for other in range(n + 1, cuts.size):
            m = cuts[other]
            middle, price = right[start + m - 1] - left[start + k], inside[start + k] + inside[start + m]
            fits = total - left[start + m] <= widths[2] * WIDEST and middle <= widths[1] * WIDEST
            if fits and (kept < cost.size or price < cost[-1]):
                kept = min(kept + 1, cost.size)
                place = kept - 1
                while place > 0 and cost[place - 1] > price:
                    first[place], second[place], cost[place] = first[place - 1], second[place - 1], cost[place - 1]
                    place -= 1
                first[place], second[place], cost[place] = k, m, price
    return kept
