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
from pipeline.text.layout.compiling import inlined, inner, uncounted
from pipeline.text.layout.numbering import CHAPTER
from pipeline.text.layout.placements import CROSSED, FULL, MOST_COLUMNS, Page, Placement, width_of
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import (
    MISNUMBERED,
    MOST_TERMS,
    OPENED,
    bin_of,
    facts_of,
    first_term,
    inner_full,
    inside_terms,
    is_ended_heading,
    kept_as,
    over_term,
    pair_terms,
    size_of,
    terms_of_going_on,
    terms_of_opening,
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
_BARE = START["bare"]
_FOOT, HOLES = START["foot"], START["hole"]
QUOTE_MOST = 1.6  # lines of a pull quote are larger
LINK = 0.5  # what it counts how a column goes on at the top of the next, beside lines below each other


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


@inlined()
def lower(
    page: Page, before: NDArray[np.int64], lines: NDArray[np.float64], placement: Placement, opens: int
) -> tuple[int, int]:
    """Move the baselines to the next row, of columns, and return which weight that costs and how often.

    Args:
        page: The page.
        before: (3,) last segments.
        lines: (6, 3) baselines; the move is filled in.
        placement: Of the row.
        opens: Bit n tells whether segment n opens a paragraph.
    """
    hits = _suppose(page, before, lines, placement, opens)
    if not settle(lines, page.widths.size, placement.parts, placement.columns):
        return HIT, hits if page.exact else 0
    heading = hits > 0 and hits == _loose(page, before, placement, opens)
    if heading and not _jumped(page, before, lines, placement, opens, page.gap[1] + HEADING_MOST):
        return _JUMP_NUMBER, 1
    if hits and not _jumped(page, before, lines, placement, opens, JUMP_MOST):
        return _JUMP, 1
    return CLASH, 1


@inlined()
def _suppose(
    page: Page, before: NDArray[np.int64], lines: NDArray[np.float64], placement: Placement, opens: int
) -> int:
    """Fill in how far below its column's last line each segment most likely stands; return how many open below one."""
    words, hits = page.words, 0
    for n in range(placement.parts):
        last = before[placement.columns[n]]
        if last < 0:
            lines[LEAST, n], lines[MOST, n] = 0.0, FAR
        elif (opens >> n) & 1:
            lines[LEAST, n], lines[MOST, n] = page.gap
            hits += 1
        else:
            row, first, _ = unpack(last)
            quoted = words.begins[words.row_start[row] + first] == _QUOTED
            lines[LEAST, n], lines[MOST, n] = 1.0 - NOISE, QUOTE_MOST if quoted else 1.0 + NOISE
    return hits


@inlined()
def _jumped(
    page: Page, before: NDArray[np.int64], lines: NDArray[np.float64], placement: Placement, opens: int, most: float
) -> bool:
    """Move again, with segments that open standing up to so far down; return whether baselines contradict that too."""
    for n in range(placement.parts):
        if (opens >> n) & 1 and before[placement.columns[n]] >= 0:
            lines[LEAST, n], lines[MOST, n] = JUMP_LEAST, most
    return settle(lines, page.widths.size, placement.parts, placement.columns)


@inlined()
def _loose(page: Page, before: NDArray[np.int64], placement: Placement, opens: int) -> int:
    """Return how many segments that open below another line may have more white space above them than others."""
    words, loose = page.words, 0
    for n in range(placement.parts):
        last = before[placement.columns[n]]
        if (opens >> n) & 1 and last >= 0:
            width = page.widths[placement.columns[n]]
            loose += (
                _stands_out(words, placement.segments[n], width)
                or _stands_out(words, last, width)
                or _ends_quote(words, last)
            )
    return loose


@uncounted()
def _stands_out(words: Words, segment: int, width: float) -> bool:
    """Return whether a segment may be a heading or open a pull quote, with white space around it."""
    row, first, after = unpack(segment)
    begin, last = words.row_start[row] + first, words.row_start[row] + after - 1
    if words.begins[begin] == _NUMBER or words.begins[begin] == _QUOTED:
        return True
    return bool(words.finishes[last] == _PLAIN and words.right[last] - words.left[begin] < SHORT * width)


@uncounted()
def _ends_quote(words: Words, segment: int) -> bool:
    row, _, after = unpack(segment)
    return bool(words.finishes[words.row_start[row] + after - 1] == _CLOSE)


@uncounted()
def hole_of(
    edges: NDArray[np.float64], lines: NDArray[np.float64], before: NDArray[np.int64], placement: Placement, column: int
) -> int:
    """Return the weight of a column having no line on a row, by how far below its last line that is, or -1."""
    if before[column] < 0:
        return -1
    for n in range(placement.parts):
        if placement.columns[n] == column:
            return -1
    return int(HOLES + bin_of(edges, lines[AFTER, column]))


@uncounted()
def begin_anew(lowest: NDArray[np.int64], highest: NDArray[np.int64]) -> None:
    """Keep the highest number alone, since what comes below a row over the full width comes after all above it."""
    most = max(highest[0], highest[1], highest[2])
    lowest[:] = 0
    highest[:] = most


@uncounted(forceinline=True, from_python=True)
def misnumbered(
    page: Page, lowest: NDArray[np.int64], highest: NDArray[np.int64], placement: Placement, opens: int
) -> float:
    """Return how many headings of a row have a number that is out of order, and keep their numbers.

    One that leaves numbers out counts, too, but less, since a heading may have been taken for furniture or lost its
    number. One numbered 1 may open a list anew, so nothing is said of it.

    Args:
        page: The page.
        lowest: (3,) number of the first heading in each column, 0 before it, -1 where the first one is numbered 1.
        highest: (3,) number of the last heading in each column, 0 before it.
        placement: As in `lower`.
        opens: As in `lower`.
    """
    wrong = 0.0
    for n in range(placement.parts):
        row, first, _ = unpack(placement.segments[n])
        number, column = page.words.numbers[page.words.row_start[row] + first], placement.columns[n]
        if number == 0 or not (opens >> n) & 1:
            continue
        if number == 1:
            lowest[column], highest[column] = -1, 1
            continue
        begun = lowest[column] != 0 or (column == 0 and highest[column] > 0)
        if _is_out_of_order(page.widths.size, lowest, highest, column, number):
            wrong += 1.0
        elif begun and not _follows(highest[column], number):
            wrong += SKIPPED
        if lowest[column] == 0:
            lowest[column] = number
        highest[column] = number
    return wrong


@uncounted()
def _is_out_of_order(
    size: int, lowest: NDArray[np.int64], highest: NDArray[np.int64], column: int, number: int
) -> bool:
    """Return whether a heading of a column has a number that the headings above, left or right of it do not allow."""
    bad = number <= highest[column]
    for other in range(size):
        if other < column and lowest[column] >= 0:
            bad = bad or number <= highest[other]
        elif other > column and lowest[other] > 0:
            bad = bad or number >= lowest[other]
    return bool(bad)


@uncounted()
def _follows(before: int, number: int) -> bool:
    """Return whether a heading's number is the one after another, or opens the next chapter."""
    return number == before + 1 or (number > CHAPTER and number % CHAPTER == 1)


class Room(NamedTuple):
    """Room for the terms of a pair of segments, both when the second goes on and when it opens: (2, MOST_TERMS)."""

    indices: NDArray[np.int64]
    values: NDArray[np.float64]


@inner()
def room_for_terms() -> Room:
    """Return room for terms."""
    return Room(np.empty((2, MOST_TERMS), np.int64), np.empty((2, MOST_TERMS)))


@uncounted()
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


@uncounted(from_python=True)
def link(
    page: Page, lasts: NDArray[np.int64], firsts: NDArray[np.int64], below: NDArray[np.float64],
    lowest: NDArray[np.int64], highest: NDArray[np.int64], counts: NDArray[np.float64], room: Room,
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
        room: For terms.
    """
    words, tables, gain = page.words, page.tables, _bare(page, lasts, counts)
    for c in range(page.widths.size - 1):
        if lasts[c] < 0 or lasts[c + 1] < 0:
            continue
        if highest[c] > 0 and highest[c] < lowest[c + 1] and not _follows(highest[c], lowest[c + 1]):
            gain += tables.values[MISNUMBERED] * SKIPPED
            if counts.size:
                counts[MISNUMBERED] += SKIPPED
        foot = _FOOT + bin_of(tables.foot, below[c])
        gain += tables.values[foot]
        if counts.size:
            counts[foot] += 1
        facts = facts_of(words, tables, lasts[c], firsts[c + 1], page.widths[c])
        on = terms_of_going_on(facts, room.indices[0], room.values[0])
        new = terms_of_opening(facts, room.indices[1], room.values[1])
        as_on = total_of(tables, room.indices[0], room.values[0], on)
        as_new = total_of(tables, room.indices[1], room.values[1], new)
        best = int(as_new > as_on)
        gain += LINK * (as_new if best else as_on)
        for term in range((new if best else on) if counts.size else 0):
            counts[room.indices[best, term]] += LINK * room.values[best, term]
    return gain


class Read(NamedTuple):
    """What has been read of a path, column by column.

    Attributes:
        lasts: (3,) as in `stand`.
        before: (3,) as in `stand`.
        firsts: (3,) first segment of each column in the present stretch, -1 before it.
        lines: (6, 3) baselines.
        lowest: (3,) as in `misnumbered`.
        highest: (3,) as in `misnumbered`.
    """

    lasts: NDArray[np.int64]
    before: NDArray[np.int64]
    firsts: NDArray[np.int64]
    lines: NDArray[np.float64]
    lowest: NDArray[np.int64]
    highest: NDArray[np.int64]


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
    counts = np.zeros(page.tables.values.size)
    _count_path(page, parts, columns, segments, opens, nothing_read(), counts, room_for_terms())
    return counts


@inner()
def nothing_read() -> Read:
    """Return what has been read before the first row."""
    return Read(
        np.full(MOST_COLUMNS, -1, np.int64), np.full(MOST_COLUMNS, -1, np.int64), np.full(MOST_COLUMNS, -1, np.int64),
        np.zeros((6, MOST_COLUMNS)), np.zeros(MOST_COLUMNS, np.int64), np.zeros(MOST_COLUMNS, np.int64),
    )  # fmt: skip


@uncounted()
def _count_path(
    page: Page, parts: NDArray[np.int64], columns: NDArray[np.int64], segments: NDArray[np.int64],
    opens: NDArray[np.bool_], read: Read, counts: NDArray[np.float64], room: Room,
) -> None:  # fmt: skip
    """Add the terms of a path to `counts`, as `terms_of` does."""
    mode = NOTHING
    for row in range(parts.size):
        placement = Placement(parts[row], columns[row], segments[row])
        mode = count_row(page, placement, opens[row], mode, read, counts, room)
    if mode == COLUMNS:
        link(page, read.lasts, read.firsts, read.lines[AFTER], read.lowest, read.highest, counts, room)


@uncounted()
def count_row(
    page: Page, placement: Placement, opens: NDArray[np.bool_], mode: int, read: Read, counts: NDArray[np.float64],
    room: Room,
) -> int:  # fmt: skip
    """Add the terms of a row to `counts`, read on, and return what has been read last."""
    full = placement.columns[0] == FULL
    change = stand(mode, full, read.lasts, read.lines[AFTER], read.lines[BEYOND], read.before, read.lines)
    if change >= 0:
        counts[change] += 1
        begin_anew(read.lowest, read.highest)
    _count_alone(page, placement, counts, room)
    _count_parts(page, read, placement, opens, counts, room)
    if not full:
        _count_columns(page, read, placement, opens, counts)
    _read_on(page, read, placement, opens)
    return STRETCH if full else COLUMNS


@uncounted()
def _count_columns(
    page: Page, read: Read, placement: Placement, opens: NDArray[np.bool_], counts: NDArray[np.float64]
) -> None:
    """Add the terms of a row of columns standing so high and being numbered so to `counts`, and move on by it."""
    mask = 0
    for n in range(placement.parts):
        mask |= int(opens[n]) << n
    weight, times = lower(page, read.before, read.lines, placement, mask)
    counts[weight] += times
    for column in range(page.widths.size):
        hole = hole_of(page.tables.hole, read.lines, read.before, placement, column)
        if hole >= 0:
            counts[hole] += 1
    counts[MISNUMBERED] += misnumbered(page, read.lowest, read.highest, placement, mask)
    counts[MEETS] += placement.parts - 1


@uncounted()
def _read_on(page: Page, read: Read, placement: Placement, opens: NDArray[np.bool_]) -> None:
    """Let a placement's segments be the last ones of their columns, and the first ones where none had begun."""
    words = page.words
    for c in range(MOST_COLUMNS):  # copying a slice would make an array
        read.lasts[c] = read.before[c]
    for n in range(placement.parts):
        place, segment = place_of(placement.columns[n]), placement.segments[n]
        read.firsts[place] = segment if read.before[place] < 0 else read.firsts[place]
        width = width_of(page, placement.columns[n])
        read.lasts[place] = kept_as(
            segment, opens[n], words.row_start, words.finishes, words.left, words.right, width
        )  # fmt: skip


@uncounted()
def _count_alone(page: Page, placement: Placement, counts: NDArray[np.float64], room: Room) -> None:
    """Add the terms of `candidates` to `counts`."""
    if placement.columns[0] == FULL:
        if page.widths.size:
            _count_full(page, placement.segments[0], counts)
        return
    index, value = room.indices[0], room.values[0]
    counts[_SPLIT] += placement.parts > 1
    counts[_SECOND] += placement.parts > 2
    counts[CROSSED] += placement.parts > 1 and placement.columns[1] < placement.columns[0]
    for n in range(placement.parts):
        segment = placement.segments[n]
        counts[over_term(page.words, page.tables, segment, page.widths[placement.columns[n]])] += 1
        if n:
            row, first, _ = unpack(segment)
            for term in range(inside_terms(page.words, page.tables, row, first, index, value)):
                counts[index[term]] -= value[term]


@uncounted()
def _count_full(page: Page, segment: int, counts: NDArray[np.float64]) -> None:
    """Add the terms of a segment over the full width of a page with columns to `counts`."""
    row, first, after = unpack(segment)
    start = page.words.row_start[row]
    begin, last = start + first, start + after - 1
    counts[_ROW] += 1
    counts[_FULL_ENDED] += is_ended_heading(page.words.begins, page.words.finishes, begin, last)
    size = size_of(page.words, segment)
    held = inner_full(page.words.begins, page.words.finishes, begin, last, size, page.full)
    if held >= 0:
        counts[held] += 1
    counts[over_term(page.words, page.tables, segment, page.full)] += 1


@uncounted()
def _count_parts(
    page: Page, read: Read, placement: Placement, opens: NDArray[np.bool_], counts: NDArray[np.float64], room: Room
) -> None:
    """Add the terms of segments following their columns' last ones, or standing first in them, to `counts`."""
    index, value = room.indices[0], room.values[0]
    for n in range(placement.parts):
        column, segment = placement.columns[n], placement.segments[n]
        last = read.before[place_of(column)]
        if last < 0:
            counts[first_term(page.words, segment)] += 1
            counts[LATE] += is_late(read.before, placement.parts, column)
        else:
            width = width_of(page, column)
            for term in range(pair_terms(page.words, page.tables, last, segment, width, opens[n], index, value)):
                counts[index[term]] += value[term]
