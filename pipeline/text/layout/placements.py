"""The ways in which the words of one row may be placed in columns; compiled.

What belongs here: placements of a row and what is known of each by itself. What does not: how a row goes with the rows
above it (`moves`).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import MOST_TERMS, Tables, inside_terms, over_term, pack, total_of, unpack
from pipeline.text.layout.weights import INDEX

MOST_COLUMNS = 3
FULL = 3  # stands for the column of a segment over the full width
WIDEST = 1.06  # of a column's supposed width: what is wider cannot stand in it
MOST_CUTS = 8
_SPLIT, _SECOND, _ROW = INDEX["page_split"], INDEX["page_second_split"], INDEX["page_full_row"]


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
def alone_of(
    words: Words, tables: Tables, inside: NDArray[np.float64], widths: NDArray[np.float64], full: float,
    count: int, columns: NDArray[np.int64], segments: NDArray[np.int64],
) -> float:  # fmt: skip
    """Return what is known of a placement alone."""
    values = tables.values
    if columns[0] == FULL:
        return values[_ROW] + values[over_term(words, tables, segments[0], full)] if widths.size else 0.0
    total = values[_SPLIT] if count > 1 else 0.0
    if count > 2:
        total += values[_SECOND]
    for n in range(count):
        total += values[over_term(words, tables, segments[n], widths[columns[n]])]
        if n:
            row, first, _ = unpack(segments[n])
            total -= inside[words.row_start[row] + first]
    return total


@njit(cache=True)
def candidates(
    words: Words, tables: Tables, inside: NDArray[np.float64], widths: NDArray[np.float64], full: float, row: int,
    parts: NDArray[np.int64], columns: NDArray[np.int64], segments: NDArray[np.int64], alone: NDArray[np.float64],
) -> int:  # fmt: skip
    """Fill in the ways in which a row may be placed and return how many there are."""
    start, stop = words.row_start[row], words.row_start[row + 1]
    count = stop - start
    whole, total = pack(row, 0, count), words.right[stop - 1]
    found = 1
    parts[0], columns[0, 0], segments[0, 0] = 1, FULL, whole
    for c in range(widths.size):
        if total <= widths[c] * WIDEST:
            parts[found], columns[found, 0], segments[found, 0] = 1, c, whole
            found += 1
    if count > 1 and widths.size > 1:
        order = np.argsort(inside[start + 1 : stop], kind="mergesort") + 1
        found = _halves(words, widths, row, order, parts, columns, segments, found)
        if widths.size > 2 and count > 2:
            found = _thirds(words, widths, row, order[: 2 * MOST_CUTS], inside, parts, columns, segments, found)
    for n in range(found):
        alone[n] = alone_of(words, tables, inside, widths, full, parts[n], columns[n], segments[n])
    return found


@njit(cache=True)
def _halves(
    words: Words, widths: NDArray[np.float64], row: int, cuts: NDArray[np.int64], parts: NDArray[np.int64],
    columns: NDArray[np.int64], segments: NDArray[np.int64], found: int,
) -> int:  # fmt: skip
    """Add the likeliest ways to cut a row in two and return how many candidates there are then."""
    start, stop, tried = words.row_start[row], words.row_start[row + 1], 0
    total = words.right[stop - 1]
    for place in cuts:
        left, right, before = words.right[start + place - 1], total - words.left[start + place], found
        for a in range(widths.size - 1):
            for b in range(a + 1, widths.size):
                if left <= widths[a] * WIDEST and right <= widths[b] * WIDEST and found < parts.size:
                    parts[found], columns[found, 0], columns[found, 1] = 2, a, b
                    segments[found, 0], segments[found, 1] = pack(row, 0, place), pack(row, place, stop - start)
                    found += 1
        tried += found > before
        if tried >= MOST_CUTS:
            break
    return found


@njit(cache=True)
def _thirds(
    words: Words, widths: NDArray[np.float64], row: int, cuts: NDArray[np.int64], inside: NDArray[np.float64],
    parts: NDArray[np.int64], columns: NDArray[np.int64], segments: NDArray[np.int64], found: int,
) -> int:  # fmt: skip
    """Add the likeliest ways to cut a row in three and return how many candidates there are then."""
    start, stop = words.row_start[row], words.row_start[row + 1]
    ranked = np.sort(cuts)
    total = words.right[stop - 1]
    first, second = np.empty(ranked.size**2, np.int64), np.empty(ranked.size**2, np.int64)
    cost = np.empty(ranked.size**2)
    count = 0
    for n in range(ranked.size):
        k = ranked[n]
        if words.right[start + k - 1] > widths[0] * WIDEST:
            break
        for m in ranked[n + 1 :]:
            middle = words.right[start + m - 1] - words.left[start + k]
            if total - words.left[start + m] <= widths[2] * WIDEST and middle <= widths[1] * WIDEST:
                first[count], second[count], cost[count] = k, m, inside[start + k] + inside[start + m]
                count += 1
    for n in np.argsort(cost[:count], kind="mergesort")[: 2 * MOST_CUTS]:
        if found == parts.size:
            break
        parts[found] = 3
        columns[found, 0], columns[found, 1], columns[found, 2] = 0, 1, 2
        segments[found, 0] = pack(row, 0, first[n])
        segments[found, 1] = pack(row, first[n], second[n])
        segments[found, 2] = pack(row, second[n], stop - start)
        found += 1
    return found
