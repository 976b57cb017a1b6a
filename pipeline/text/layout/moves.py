"""One step of a reading: from what has been read to a placement of the next row; compiled.

What belongs here: what a move costs, so that the search (`beam`) and training (`terms_of`) cannot differ. What does
not: which moves are tried.

A reading is a path of placements, one a row. In a *full* stretch a row is one segment over the whole page width (a
title, an intro, a page without columns); in a *columns* stretch a row holds one segment for one or more columns, since
an extractor merges lines whose baselines meet.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.baselines import (
    AFTER,
    BELOW,
    BEYOND,
    FAR,
    HEADING_MOST,
    JUMP_LEAST,
    JUMP_MOST,
    LEAST,
    MOST,
    NOISE,
    UPTO,
    settle,
)  # fmt: skip
from pipeline.text.layout.compiling import uncounted
from pipeline.text.layout.placements import FULL, MOST_COLUMNS
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import (
    MISNUMBERED,
    MOST_TERMS,
    OPENED,
    Tables,
    bin_of,
    first_term,
    inner_full,
    inside_terms,
    is_ended_heading,
    kept_as,
    over_term,
    pair_terms,
    size_of,
    total_of,
    unpack,
)
from pipeline.text.layout.weights import ENDS, INDEX, START, STARTS

NOTHING, COLUMNS, STRETCH = 0, 1, 2  # what has been read last: nothing yet, rows of columns, rows over the full width
MEETS, LATE, HIT = INDEX["page_meet"], INDEX["page_late"], INDEX["page_hit"]
_ENTER, LEAVE, _ROW = INDEX["page_full_enter"], INDEX["page_full_leave"], INDEX["page_full_row"]
_FULL_ENDED = INDEX["page_full_ended"]
_SPLIT, _SECOND = INDEX["page_split"], INDEX["page_second_split"]
CLASH, _JUMP, _JUMP_NUMBER = INDEX["page_clash"], INDEX["page_jump"], INDEX["page_jump_number"]
_NUMBER, _QUOTED = STARTS.index("number"), STARTS.index("quoted")
_PLAIN, _CLOSE = ENDS.index("plain"), ENDS.index("close")
SHORT = 0.8  # of its column's width: a line that ends in no mark and is shorter may be a heading
SKIPPED = 0.4  # what a heading that leaves numbers out counts, beside one out of order
CHAPTER = 100  # numbers before a dot count so many times those behind it, so that 2.9 and 3.1 are 209 and 301
_BARE = START["bare"]
_FOOT, HOLES = START["foot"], START["hole"]
QUOTE_MOST = 1.6  # lines of a pull quote are larger
LINK = 0.5  # what it counts how a column goes on at the top of the next, beside lines below each other


class Page(NamedTuple):
    """A page under one shape.

    Attributes:
        words: The page.
        tables: The weights.
        inside: How well the words of each row go together, as `placements.insides` returned it.
        cuts: Where they go together worst, as `placements.cuts_of` returned it.
        widths: (columns,) supposed widths; empty for a page without columns.
        full: Width of the page's text.
        gap: How far below the last line a new paragraph opens, at least and at most, in leadings.
        exact: Whether `gap` was measured, so that meeting it says something.
    """

    words: Words
    tables: Tables
    inside: NDArray[np.float64]
    cuts: NDArray[np.int64]
    widths: NDArray[np.float64]
    full: float
    gap: tuple[float, float]
    exact: bool


@uncounted()
def stand(
    mode: int, full: bool, lasts: NDArray[np.int64], below: NDArray[np.float64], upto: NDArray[np.float64],
    before: NDArray[np.int64], lines: NDArray[np.float64],
) -> int:  # fmt: skip
    """Put a state before a move and return the weight that a change of stretch costs, or -1 without one.

    Args:
        mode: What has been read last.
        full: Whether the move places a row over the full width.
        lasts: (3,) packed last segment of each column, -1 before the first; in a full stretch the first is its.
        below: (3,) how far the present row lies below each column's last line, at least.
        upto: (3,) the same, at most.
        before: (3,) receives the last segments that the move goes on from.
        lines: (6, 3) receives the baselines that it goes on from.
    """
    change = -1
    if full and mode == COLUMNS:
        change = _ENTER
    elif not full and mode == STRETCH:
        change = LEAVE
    fresh = mode == NOTHING or change >= 0
    for c in range(MOST_COLUMNS):  # a loop, since compiled slices of three are slower
        before[c] = -1 if fresh else lasts[c]
        lines[BELOW, c] = 0.0 if fresh else below[c]
        lines[UPTO, c] = FAR if fresh else upto[c]
    return change


@uncounted()
def place_of(column: int) -> int:
    """Return where a state keeps the last segment of a column or of the full width."""
    return 0 if column == FULL else column


@uncounted()
def is_late(before: NDArray[np.int64], count: int, column: int) -> bool:
    """Return whether a column begins alone while one to the left of it has not begun."""
    return bool(count == 1 and column != FULL and column > 0 and before[0] < 0)


@uncounted()
def lower(
    size: int, gap: tuple[float, float], exact: bool, before: NDArray[np.int64], lines: NDArray[np.float64],
    count: int, columns: NDArray[np.int64], segments: NDArray[np.int64], opens: int,
    row_start: NDArray[np.int64], begins: NDArray[np.int64], finishes: NDArray[np.int64], left: NDArray[np.float64],
    right: NDArray[np.float64], widths: NDArray[np.float64],
) -> tuple[int, int]:  # fmt: skip
    """Move the baselines to the next row, of columns, and return which weight that costs and how often.

    Args:
        size: How many columns the page has.
        gap: As in `Page`.
        exact: As in `Page`.
        before: (3,) last segments.
        lines: (6, 3) baselines; the move is filled in.
        count: How many segments the row holds.
        columns: Their columns.
        segments: The segments, packed.
        opens: Bit n tells whether segment n opens a paragraph.
        row_start: As in `Words`.
        begins: As in `Words`.
        finishes: As in `Words`.
        left: As in `Words`.
        right: As in `Words`.
        widths: As in `Page`.
    """
    hits = 0
    for n in range(count):
        if before[columns[n]] < 0:
            lines[LEAST, n], lines[MOST, n] = 0.0, FAR
        elif (opens >> n) & 1:
            lines[LEAST, n], lines[MOST, n] = gap
            hits += 1
        else:
            row, first, _ = unpack(before[columns[n]])
            quoted = begins[row_start[row] + first] == _QUOTED
            lines[LEAST, n], lines[MOST, n] = 1.0 - NOISE, QUOTE_MOST if quoted else 1.0 + NOISE
    if not settle(lines, size, count, columns):
        return HIT, hits if exact else 0
    loose = 0
    for n in range(count if hits else 0):
        if (opens >> n) & 1 and before[columns[n]] >= 0:
            width = widths[columns[n]]
            loose += (
                _stands_out(segments[n], width, row_start, begins, finishes, left, right)
                or _stands_out(before[columns[n]], width, row_start, begins, finishes, left, right)
                or _ends_quote(before[columns[n]], row_start, finishes)
            )
    if hits and hits == loose and not _jumped(lines, size, count, columns, before, opens, gap[1] + HEADING_MOST):
        return _JUMP_NUMBER, 1
    if hits and not _jumped(lines, size, count, columns, before, opens, JUMP_MOST):
        return _JUMP, 1
    return CLASH, 1


@uncounted()
def _stands_out(
    segment: int, width: float, row_start: NDArray[np.int64], begins: NDArray[np.int64], finishes: NDArray[np.int64],
    left: NDArray[np.float64], right: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Return whether a segment may be a heading or open a pull quote, with white space around it."""
    row, first, after = unpack(segment)
    begin, last = row_start[row] + first, row_start[row] + after - 1
    if begins[begin] == _NUMBER or begins[begin] == _QUOTED:
        return True
    return bool(finishes[last] == _PLAIN and right[last] - left[begin] < SHORT * width)


@uncounted()
def _ends_quote(segment: int, row_start: NDArray[np.int64], finishes: NDArray[np.int64]) -> bool:
    row, _, after = unpack(segment)
    return bool(finishes[row_start[row] + after - 1] == _CLOSE)


@uncounted()
def hole_of(
    edges: NDArray[np.float64], lines: NDArray[np.float64], before: NDArray[np.int64], count: int,
    columns: NDArray[np.int64], column: int,
) -> int:  # fmt: skip
    """Return the weight of a column having no line on a row, by how far below its last line that is, or -1."""
    if before[column] < 0:
        return -1
    for n in range(count):
        if columns[n] == column:
            return -1
    return int(HOLES + bin_of(edges, lines[AFTER, column]))


@uncounted()
def begin_anew(lowest: NDArray[np.int64], highest: NDArray[np.int64]) -> None:
    """Keep the highest number alone, since what comes below a row over the full width comes after all above it."""
    most = max(highest[0], highest[1], highest[2])
    lowest[:] = 0
    highest[:] = most


@uncounted()
def misnumbered(
    size: int, lowest: NDArray[np.int64], highest: NDArray[np.int64], count: int, columns: NDArray[np.int64],
    segments: NDArray[np.int64], opens: int, row_start: NDArray[np.int64], numbers: NDArray[np.int64],
) -> float:  # fmt: skip
    """Return how many headings of a row have a number that is out of order, and keep their numbers.

    One that leaves numbers out counts, too, but less, since a heading may have been taken for furniture or lost its
    number. One numbered 1 may open a list anew, so nothing is said of it.

    Args:
        size: How many columns the page has.
        lowest: (3,) number of the first heading in each column, 0 before it, -1 where the first one is numbered 1.
        highest: (3,) number of the last heading in each column, 0 before it.
        count: As in `lower`.
        columns: As in `lower`.
        segments: As in `lower`.
        opens: As in `lower`.
        row_start: As in `Words`.
        numbers: As in `Words`.
    """
    wrong = 0.0
    for n in range(count):
        row, first, _ = unpack(segments[n])
        number, column = numbers[row_start[row] + first], columns[n]
        if number == 0 or not (opens >> n) & 1:
            continue
        if number == 1:
            lowest[column], highest[column] = -1, 1
            continue
        bad = number <= highest[column]
        for other in range(size):
            if other < column and lowest[column] >= 0:
                bad = bad or number <= highest[other]
            elif other > column and lowest[other] > 0:
                bad = bad or number >= lowest[other]
        begun = lowest[column] != 0 or (column == 0 and highest[column] > 0)
        if bad:
            wrong += 1.0
        elif begun and not _follows(highest[column], number):
            wrong += SKIPPED
        if lowest[column] == 0:
            lowest[column] = number
        highest[column] = number
    return wrong


@uncounted()
def _follows(before: int, number: int) -> bool:
    """Return whether a heading's number is the one after another, or opens the next chapter."""
    return number == before + 1 or (number > CHAPTER and number % CHAPTER == 1)


@uncounted()
def _jumped(
    lines: NDArray[np.float64], size: int, count: int, columns: NDArray[np.int64], before: NDArray[np.int64],
    opens: int, most: float,
) -> bool:  # fmt: skip
    """Move again, with segments that open standing up to so far down; return whether baselines contradict that too."""
    for n in range(count):
        if (opens >> n) & 1 and before[columns[n]] >= 0:
            lines[LEAST, n], lines[MOST, n] = JUMP_LEAST, most
    return settle(lines, size, count, columns)


@njit(cache=True)
def _bare(page: Page, lasts: NDArray[np.int64], counts: NDArray[np.float64]) -> float:
    """Return what it costs that columns end in what may be a title, and add it to `counts`, both as in `link`."""
    gain = 0.0
    for c in range(page.widths.size):
        if lasts[c] >= 0 and lasts[c] & OPENED:
            bare = _BARE + (c < page.widths.size - 1 and lasts[c + 1] >= 0)
            gain += page.tables.values[bare]
            if counts.size:
                counts[bare] += 1
    return gain


@njit(cache=True)
def link(
    page: Page, lasts: NDArray[np.int64], firsts: NDArray[np.int64], below: NDArray[np.float64],
    lowest: NDArray[np.int64], highest: NDArray[np.int64], counts: NDArray[np.float64],
) -> float:  # fmt: skip
    """Return what is gained by how columns end and the next goes on, and add its terms to `counts`.

    Args:
        page: The page.
        lasts: (3,) last segment of each column, -1 for none.
        firsts: (3,) beside it, the first one of those that have a last.
        below: (3,) how far the last row lies below each column's last line, at least.
        lowest: (3,) as in `misnumbered`.
        highest: (3,) as in `misnumbered`.
        counts: (names,) receives the terms; may be empty when nobody asks.
    """
    index, value, gain = np.empty((2, MOST_TERMS), np.int64), np.empty((2, MOST_TERMS)), _bare(page, lasts, counts)
    for c in range(page.widths.size - 1):
        if lasts[c] < 0 or lasts[c + 1] < 0:
            continue
        if highest[c] > 0 and highest[c] < lowest[c + 1] and not _follows(highest[c], lowest[c + 1]):
            gain += page.tables.values[MISNUMBERED] * SKIPPED
            if counts.size:
                counts[MISNUMBERED] += SKIPPED
        foot = _FOOT + bin_of(page.tables.foot, below[c])
        gain += page.tables.values[foot]
        if counts.size:
            counts[foot] += 1
        scores, terms = np.empty(2), np.empty(2, np.int64)
        for opens in range(2):
            terms[opens] = pair_terms(
                page.words, page.tables, lasts[c], firsts[c + 1], page.widths[c], opens == 1, index[opens], value[opens]
            )
            scores[opens] = total_of(page.tables, index[opens], value[opens], terms[opens])
        best = int(scores[1] > scores[0])
        gain += LINK * scores[best]
        for term in range(terms[best] if counts.size else 0):
            counts[index[best, term]] += LINK * value[best, term]
    return gain


@njit(cache=True)
def terms_of(
    page: Page, parts: NDArray[np.int64], columns: NDArray[np.int64], segments: NDArray[np.int64],
    opens: NDArray[np.bool_],
) -> NDArray[np.float64]:  # fmt: skip
    """Return how often each weight counts in the score of a path: (names,), so that their product is the score.

    Args:
        page: The page.
        parts: (rows,) as in `Found`.
        columns: (rows, 3) as in `Found`.
        segments: (rows, 3) as in `Found`.
        opens: (rows, 3) as in `Found`.
    """
    counts, mode, size = np.zeros(page.tables.values.size), NOTHING, page.widths.size
    lasts, before = np.full(MOST_COLUMNS, -1, np.int64), np.full(MOST_COLUMNS, -1, np.int64)
    firsts, lines = np.full(MOST_COLUMNS, -1, np.int64), np.zeros((6, MOST_COLUMNS))
    lowest, highest = np.zeros(MOST_COLUMNS, np.int64), np.zeros(MOST_COLUMNS, np.int64)
    for row in range(parts.size):
        count, full = parts[row], columns[row, 0] == FULL
        change = stand(mode, full, lasts, lines[AFTER], lines[BEYOND], before, lines)
        if change >= 0:
            counts[change] += 1
            begin_anew(lowest, highest)
        _count_alone(page, count, columns[row], segments[row], counts)
        mask = 0
        for n in range(count):
            mask |= int(opens[row, n]) << n
            _count_part(page, before, count, columns[row, n], segments[row, n], opens[row, n], counts)
        if not full:
            weight, times = lower(
                size, page.gap, page.exact, before, lines, count, columns[row], segments[row], mask,
                page.words.row_start, page.words.begins, page.words.finishes, page.words.left, page.words.right,
                page.widths,
            )  # fmt: skip
            counts[weight] += times
            for column in range(size):
                hole = hole_of(page.tables.hole, lines, before, count, columns[row], column)
                if hole >= 0:
                    counts[hole] += 1
            counts[MISNUMBERED] += misnumbered(
                size, lowest, highest, count, columns[row], segments[row], mask, page.words.row_start,
                page.words.numbers,
            )  # fmt: skip
            counts[MEETS] += count - 1
        lasts[:], mode = before, STRETCH if full else COLUMNS
        for n in range(count):
            place = place_of(columns[row, n])
            firsts[place] = segments[row, n] if before[place] < 0 else firsts[place]
            width = page.full if columns[row, n] == FULL else page.widths[columns[row, n]]
            lasts[place] = kept_as(
                segments[row, n], opens[row, n], page.words.row_start, page.words.finishes, page.words.left,
                page.words.right, width,
            )  # fmt: skip
    if mode == COLUMNS:
        link(page, lasts, firsts, lines[AFTER], lowest, highest, counts)
    return counts


@njit(cache=True)
def _count_alone(
    page: Page, count: int, columns: NDArray[np.int64], segments: NDArray[np.int64], counts: NDArray[np.float64]
) -> None:
    """Add the terms of `candidates` to `counts`."""
    if columns[0] == FULL:
        if page.widths.size:
            counts[_ROW] += 1
            row, first, after = unpack(segments[0])
            start = page.words.row_start[row]
            begin, last = start + first, start + after - 1
            counts[_FULL_ENDED] += is_ended_heading(page.words.begins, page.words.finishes, begin, last)
            size = size_of(page.words, segments[0])
            held = inner_full(page.words.begins, page.words.finishes, begin, last, size, page.full)
            if held >= 0:
                counts[held] += 1
            counts[over_term(page.words, page.tables, segments[0], page.full)] += 1
        return
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    counts[_SPLIT] += count > 1
    counts[_SECOND] += count > 2
    for n in range(count):
        counts[over_term(page.words, page.tables, segments[n], page.widths[columns[n]])] += 1
        if n:
            row, first, _ = unpack(segments[n])
            for term in range(inside_terms(page.words, page.tables, row, first, index, value)):
                counts[index[term]] -= value[term]


@njit(cache=True)
def _count_part(
    page: Page, before: NDArray[np.int64], count: int, column: int, segment: int, opens: bool,
    counts: NDArray[np.float64],
) -> None:  # fmt: skip
    """Add the terms of a segment following its column's last one, or standing first in it."""
    last = before[place_of(column)]
    if last < 0:
        counts[first_term(page.words, segment)] += 1
        counts[LATE] += is_late(before, count, column)
        return
    width = page.full if column == FULL else page.widths[column]
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    for term in range(pair_terms(page.words, page.tables, last, segment, width, opens, index, value)):
        counts[index[term]] += value[term]
