"""The ways in which the words of one row may be placed in columns; compiled.

What belongs here: placements of a row and what is known of each by itself. What does not: how a row goes with the rows
above it (`moves`).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.compiling import uncounted
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
_FULL_ENDED = INDEX["page_full_ended"]


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


@njit(cache=True)
def candidates(
    row_start: NDArray[np.int64], left: NDArray[np.float64], right: NDArray[np.float64], begins: NDArray[np.int64],
    finishes: NDArray[np.int64], inside: NDArray[np.float64], cuts: NDArray[np.int64], values: NDArray[np.float64],
    over: NDArray[np.float64], widths: NDArray[np.float64], full: float, row: int, parts: NDArray[np.int64],
    columns: NDArray[np.int64], segments: NDArray[np.int64], alone: NDArray[np.float64],
) -> int:  # fmt: skip
    """Fill in the ways in which a row may be placed, with what is known of each alone; return how many there are.

    Arrays come out of their tuples, since compiled code counts references at every look into a tuple.
    """
    start, stop = row_start[row], row_start[row + 1]
    count = stop - start
    whole, total = pack(row, 0, count), right[stop - 1]
    found = 1
    parts[0], columns[0, 0], segments[0, 0] = 1, FULL, whole
    alone[0] = values[_ROW] + values[_OVER + bin_of(over, total / full)] if widths.size else 0.0
    if widths.size and is_ended_heading(begins, finishes, start, stop - 1):
        alone[0] += values[_FULL_ENDED]
    held = inner_full(begins, finishes, start, stop - 1, total, full) if widths.size else -1
    alone[0] += values[held] if held >= 0 else 0.0
    for c in range(widths.size):
        if total <= widths[c] * WIDEST:
            parts[found], columns[found, 0], segments[found, 0] = 1, c, whole
            alone[found] = values[_OVER + bin_of(over, total / widths[c])]
            found += 1
    if count > 1 and widths.size > 1:
        one, cuts = found, cuts[start + 1 : stop]
        found = _halves(left, right, start, stop, widths, row, cuts, parts, columns, segments, found)
        two = found
        if widths.size > 2 and count > 2:
            places = np.sort(cuts[:MOST_PLACES])
            found = _thirds(left, right, start, stop, widths, row, places, inside, parts, columns, segments, found)
        for n in range(one, found):
            alone[n] = values[_SPLIT] + (values[_SECOND] if n >= two else 0.0)
            for m in range(parts[n]):
                _, first, after = unpack(segments[n, m])
                size = right[start + after - 1] - left[start + first]
                alone[n] += values[_OVER + bin_of(over, size / widths[columns[n, m]])]
                alone[n] -= inside[start + first] if m else 0.0
    return found


@uncounted()
def _halves(
    left: NDArray[np.float64], right: NDArray[np.float64], start: int, stop: int, widths: NDArray[np.float64], row: int,
    cuts: NDArray[np.int64], parts: NDArray[np.int64], columns: NDArray[np.int64], segments: NDArray[np.int64],
    found: int,
) -> int:  # fmt: skip
    """Add the likeliest ways to cut a row in two and return how many candidates there are then."""
    total, tried = right[stop - 1], 0
    for place in cuts:
        one, two, before = right[start + place - 1], total - left[start + place], found
        for a in range(widths.size - 1):
            for b in range(a + 1, widths.size):
                if one <= widths[a] * WIDEST and two <= widths[b] * WIDEST and found < parts.size:
                    parts[found], columns[found, 0], columns[found, 1] = 2, a, b
                    segments[found, 0], segments[found, 1] = pack(row, 0, place), pack(row, place, stop - start)
                    found += 1
        tried += found > before
        if tried >= MOST_CUTS:
            break
    return found


@njit(cache=True)
def _thirds(
    left: NDArray[np.float64], right: NDArray[np.float64], start: int, stop: int, widths: NDArray[np.float64], row: int,
    cuts: NDArray[np.int64], inside: NDArray[np.float64], parts: NDArray[np.int64], columns: NDArray[np.int64],
    segments: NDArray[np.int64], found: int,
) -> int:  # fmt: skip
    """Add the likeliest ways to cut a row in three and return how many candidates there are then."""
    total, kept = right[stop - 1], 0
    most = min(MOST_PAIRS, parts.size - found)
    first, second, cost = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most)
    for n in range(cuts.size):
        k = cuts[n]
        if right[start + k - 1] > widths[0] * WIDEST:
            break
        for other in range(n + 1, cuts.size):
            m = cuts[other]
            middle, price = right[start + m - 1] - left[start + k], inside[start + k] + inside[start + m]
            fits = total - left[start + m] <= widths[2] * WIDEST and middle <= widths[1] * WIDEST
            if fits and (kept < most or price < cost[most - 1]):
                kept = min(kept + 1, most)
                place = kept - 1
                while place > 0 and cost[place - 1] > price:
                    first[place], second[place], cost[place] = first[place - 1], second[place - 1], cost[place - 1]
                    place -= 1
                first[place], second[place], cost[place] = k, m, price
    for n in range(kept):
        parts[found] = 3
        columns[found, 0], columns[found, 1], columns[found, 2] = 0, 1, 2
        segments[found, 0] = pack(row, 0, first[n])
        segments[found, 1] = pack(row, first[n], second[n])
        segments[found, 2] = pack(row, second[n], stop - start)
        found += 1
    return found
