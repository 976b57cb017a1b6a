"""How well one segment follows another, as sums of learned weights; compiled.

What belongs here: the terms of a pair of segments, of a place between two words and of a segment alone. What does not:
the search over readings, geometry of baselines (`beam`), where the weights come from (`weights`).

Every function here fills `index` and `value` with the terms of a linear score and returns how many there are. The
search adds them up with the weights, training counts them, so the two cannot differ.

A segment is packed into one integer, row << 20 | first word << 10 | word after the last, words counted in their row.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.affinity import Network, affinity
from pipeline.text.layout.rows import Words
from pipeline.text.layout.weights import ENDS, FILL, INDEX, MOST_APART, OVER, SLACK, START, STARTS, Weights

MOST_TERMS = 16
UNIT = 16.0
_PLAIN, _COMMA, _HYPHEN = ENDS.index("plain"), ENDS.index("comma"), ENDS.index("hyphen")
_HEADING, _CUT_HEADING = ENDS.index("heading"), ENDS.index("cut_heading")
_NUMBER, _STARTS = STARTS.index("number"), len(STARTS)
_CONT, _NEW, _INSIDE = START["cont"], START["new"], START["inside"]
_CONT_TAIL, _NEW_TAIL = START["cont_tail"], START["new_tail"]
_CONT_BLANK, _NEW_BLANK = START["cont_blank"], START["new_blank"]
_CONT_APART, _NEW_APART = START["cont_apart"], START["new_apart"]
_SLACK, _BROKEN, _FILL, _OVER = START["slack"], START["broken_fill"], START["fill"], START["over"]
_JOIN, _FIRST = START["join"], START["first"]
_AFFINITY, _AFTER = INDEX["words_cont_affinity"], INDEX["words_cont_after"]
_IN_AFFINITY, _IN_AFTER = INDEX["words_inside_affinity"], INDEX["words_inside_after"]
_CONT_OPENING, _CONT_CLOSING = INDEX["words_cont_opening"], INDEX["words_cont_closing"]
_NEW_OPENING, _NEW_CLOSING = INDEX["words_new_opening"], INDEX["words_new_closing"]
_IN_OPENING, _IN_CLOSING = INDEX["words_inside_opening"], INDEX["words_inside_closing"]


class Tables(NamedTuple):
    """The weights of a language as compiled code needs them; see `Weights`."""

    values: NDArray[np.float64]
    network: Network
    opening: NDArray[np.int8]
    closing: NDArray[np.int8]
    slack: NDArray[np.float64]
    fill: NDArray[np.float64]
    over: NDArray[np.float64]


def make_tables(weights: Weights) -> Tables:
    """Return the tables of weights."""
    return Tables(
        weights.values, weights.network, weights.opening, weights.closing,
        np.array(SLACK), np.array(FILL), np.array(OVER),
    )  # fmt: skip


@njit(cache=True)
def pack(row: int, first: int, after: int) -> int:
    """Return the integer of a segment."""
    return (row << 20) | (first << 10) | after


@njit(cache=True)
def unpack(segment: int) -> tuple[int, int, int]:
    """Return row, first word, word after the last."""
    return segment >> 20, (segment >> 10) & 1023, segment & 1023


@njit(cache=True)
def size_of(words: Words, segment: int) -> float:
    """Return the width of a segment."""
    row, first, after = unpack(segment)
    start = words.row_start[row]
    return float(words.right[start + after - 1] - words.left[start + first])


@njit(cache=True)
def bin_of(edges: NDArray[np.float64], x: float) -> int:
    """Return how many edges lie below `x`."""
    place = 0
    while place < edges.size and edges[place] < x:
        place += 1
    return place


@njit(cache=True)
def _end_of(words: Words, begin: int, last: int) -> int:
    """Return what a segment ends like.

    The line of a numbered heading ends without a full stop, and what comes next opens a paragraph all the same. It does
    not end in a comma; a segment that would is a heading that was cut in the wrong place.
    """
    end = int(words.finishes[last])
    if last > begin and words.begins[begin] == _NUMBER:
        if end == _PLAIN:
            return _HEADING
        if end == _COMMA:
            return _CUT_HEADING
    return end


@njit(cache=True)
def pair_terms(
    words: Words, tables: Tables, before: int, after: int, width: float, opens: bool,
    index: NDArray[np.int64], value: NDArray[np.float64],
) -> int:  # fmt: skip
    """Fill in the terms of one segment following another in a column, opening a paragraph or going on with one.

    Args:
        words: The page.
        tables: The weights.
        before: Packed segment.
        after: Packed segment of a later row.
        width: Of the column.
        opens: Whether `after` opens a paragraph.
        index: (MOST_TERMS,) receives positions in `NAMES`.
        value: (MOST_TERMS,) receives what these count.
    """
    row, first, stop = unpack(before)
    begin, last = words.row_start[row] + first, words.row_start[row] + stop - 1
    below, top, rest = unpack(after)
    head, beyond = words.row_start[below] + top, words.row_start[below] + rest
    kind = _end_of(words, begin, last) * _STARTS + words.begins[head]
    tail = words.tail[row] if last == words.row_start[row + 1] - 1 else 0
    apart = min(below - row, MOST_APART) - 1
    blank = 0
    if words.blank[0] >= 0:
        blank = 2 if words.blank[below] > words.blank[row] else 1
    size = words.right[last] - words.left[begin]
    opener = tables.opening[words.classes[head]] / UNIT
    closer = tables.closing[words.classes[last]] / UNIT
    value[:7] = 1.0
    if opens:
        index[0], index[1], index[2] = _NEW + kind, _NEW_TAIL + tail, _NEW_BLANK + blank
        index[3], index[4] = _NEW_APART + apart, _FILL + bin_of(tables.fill, size / width)
        index[5], value[5] = _NEW_OPENING, opener
        index[6], value[6] = _NEW_CLOSING, closer
        return 7
    index[0], index[1], index[2] = _CONT + kind, _CONT_TAIL + tail, _CONT_BLANK + blank
    index[3] = _CONT_APART + apart
    index[5], value[5] = _CONT_OPENING, opener
    index[6], value[6] = _CONT_CLOSING, closer
    end = words.finishes[last]
    if end == _HYPHEN:
        index[4] = _BROKEN + bin_of(tables.fill, size / width)
        index[7], value[7] = _JOIN + words.joins[words.hyphens[last], head], 1.0
        return 8
    slack = (size + words.space + words.right[head] - words.left[head]) / width
    index[4] = _SLACK + bin_of(tables.slack, slack)
    index[7] = _AFFINITY if end <= _COMMA else _AFTER
    value[7] = affinity(
        words.given, tables.network, last - 1 if last > begin else -1, last, head, head + 1 if head + 1 < beyond else -1
    )
    return 8


@njit(cache=True)
def inside_terms(
    words: Words, tables: Tables, row: int, place: int, index: NDArray[np.int64], value: NDArray[np.float64]
) -> int:
    """Fill in the terms of the words before and at `place` of a row belonging together."""
    start = words.row_start[row]
    at = start + place
    end = words.finishes[at - 1]
    x, y = words.classes[at - 1], words.classes[at]
    index[0], value[0] = _INSIDE + end * _STARTS + words.begins[at], 1.0
    index[1], value[1] = _IN_OPENING, tables.opening[y] / UNIT
    index[2], value[2] = _IN_CLOSING, tables.closing[x] / UNIT
    index[3] = _IN_AFFINITY if end <= _COMMA else _IN_AFTER
    value[3] = affinity(
        words.given, tables.network, at - 2 if place > 1 else -1, at - 1, at,
        at + 1 if at + 1 < words.row_start[row + 1] else -1,
    )  # fmt: skip
    return 4


@njit(cache=True)
def over_term(words: Words, tables: Tables, segment: int, width: float) -> int:
    """Return the position in `NAMES` of a segment being so wide."""
    return _OVER + bin_of(tables.over, size_of(words, segment) / width)


@njit(cache=True)
def first_term(words: Words, segment: int) -> int:
    """Return the position in `NAMES` of a segment standing at the top of a column."""
    row, first, _ = unpack(segment)
    return int(_FIRST + words.begins[words.row_start[row] + first])


@njit(cache=True)
def total_of(tables: Tables, index: NDArray[np.int64], value: NDArray[np.float64], count: int) -> float:
    """Return the sum of terms."""
    total = 0.0
    for n in range(count):
        total += tables.values[index[n]] * value[n]
    return total
