"""Paragraphs that may stand in either of two columns, and which way their topics speak.

What belongs here: which stretches of a reading may change sides, and choosing between them. What does not: what texts
are about (`topics`), the search that finds the reading (`beam`).

Where no line of one column stands at the height of a line of another, little but meaning tells which is which. Whole
paragraphs change sides there, so no text changes, only the order of texts.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.beam import SOFT
from pipeline.text.layout.compiling import inner
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import FULL, MOST_COLUMNS, Page
from pipeline.text.layout.rescored import gain_of, kept_of
from pipeline.text.layout.rows import Rows
from pipeline.text.layout.score import OPENED, kept_as, unpack
from pipeline.text.layout.search import Shape, Sheet, likelihood
from pipeline.text.layout.topics import Topics, coherence
from pipeline.text.layout.weights import STARTS

CHANGES = 4  # of sides on a page
WEIGHED = 64  # changes whose reading is scored anew: those that topics speak for most, or least against
LEAST_GAIN = 1e-6  # less is how numbers round, between readings that are worth the same
_NUMBER = STARTS.index("number")
_BREAK = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zà-ÿ])")


class Paragraphs(NamedTuple):
    """The paragraphs of a reading.

    Attributes:
        places: (rows, 3) the paragraph of each segment, -1 for none.
        titles: (paragraphs,) whether each is a title.
        shares: (paragraphs, topics) what each is about.
    """

    places: NDArray[np.int64]
    titles: NDArray[np.bool_]
    shares: NDArray[np.float64]


def by_topics(sheet: Sheet, shape: Shape, found: Found, topics: Topics) -> Found:
    """Return a reading after every change of sides that topics and the weights speak for together.

    Args:
        sheet: The page.
        shape: Under which the reading was found.
        found: The reading, with posteriors.
        topics: What is known of them.
    """
    changes = _changes(found, len(shape.widths))
    if not len(changes):
        return found
    page, told = sheet.under(shape), _paragraphs(sheet.rows, shape, found, topics)
    for _ in range(CHANGES):
        gains = _coherences(found, told, topics.usual, changes)
        best = np.argsort(-gains, kind="stable")[:WEIGHED]
        gains = gains[best] + _differences(page, found, changes[best])
        if gains.max(initial=0.0) < LEAST_GAIN:
            break
        found = _after(found, changes[best[gains.argmax()]], float(gains.max()))
        changes = _changes(found, len(shape.widths))
    return found


def _after(found: Found, change: NDArray[np.int64], gain: float) -> Found:
    """Return a reading after a change that gains so much; what changed sides is as sure as that it should."""
    columns, posteriors = _changed(found.parts, found.columns, change), found.posteriors.copy()
    posteriors[columns != found.columns] = likelihood(SOFT * gain)
    return found._replace(columns=columns, posteriors=posteriors)


def _paragraphs(rows: Rows, shape: Shape, found: Found, topics: Topics) -> Paragraphs:
    """Return the paragraphs of a reading, in the order in which they are read."""
    places, count = _places(found)
    segments: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for row in range(len(rows)):
        for n in range(int(found.parts[row])):
            segments[places[row, n]].append((int(found.segments[row, n]), int(found.columns[row, n])))
    columns = [some[0][1] for some in segments]
    titles = [
        _numbered(rows, some[0][0])
        or (len(some) == 1 and columns[n + 1 : n + 2] == columns[n : n + 1] and _may_be_title(rows, shape, *some[0]))
        for n, some in enumerate(segments)
    ]
    texts = [unbroken([_text(rows, segment) for segment, _ in some]) for some in segments]
    return Paragraphs(places, np.array(titles), topics.of(texts))


def _text(rows: Rows, segment: int) -> str:
    row, first, after = unpack(segment)
    start, end = rows.extent(row, first, after)
    return rows.lines[row].text[start:end]


def unbroken(lines: Sequence[str]) -> str:
    """Return lines as one text; a word that goes on in small letters behind a hyphen is whole again."""
    return _BREAK.sub("", "\n".join(lines)).replace("\n", " ")


def _numbered(rows: Rows, segment: int) -> bool:
    row, first, _ = unpack(segment)
    return bool(rows.words.begins[rows.words.row_start[row] + first] == _NUMBER)


def _may_be_title(rows: Rows, shape: Shape, segment: int, column: int) -> bool:
    """Return whether a line that opens a paragraph is short and ends in no mark."""
    words, width = rows.words, shape.full if column == FULL else shape.widths[column]
    kept = kept_as(segment, True, words.row_start, words.finishes, words.left, words.right, width)
    return bool(kept & OPENED)


@inner()
def _stretch(columns: NDArray[np.int64], start: int) -> int:
    """Return the row behind the stretch, over the full width or of columns, that starts at a row."""
    stop = start + 1
    while stop < columns.shape[0] and (columns[stop, 0] == FULL) == (columns[start, 0] == FULL):
        stop += 1
    return stop


@njit(cache=True)
def _places(found: Found) -> tuple[NDArray[np.int64], int]:
    """Return the paragraph of each segment, (rows, 3), counted as they are read, and how many there are."""
    rows = found.parts.size
    places, count, start = np.full((rows, MOST_COLUMNS), -1, np.int64), 0, 0
    while start < rows:
        stop = _stretch(found.columns, start)
        for column in range(MOST_COLUMNS + 1):
            for row in range(start, stop):
                for n in range(found.parts[row]):
                    if found.columns[row, n] == column:
                        count += found.opens[row, n] or not count
                        places[row, n] = count - 1
        start = stop
    return places, count


@inner()
def _order(
    parts: NDArray[np.int64], columns: NDArray[np.int64], places: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Return so many paragraphs in the order in which they are read when columns are these."""
    order, listed, known, start = np.empty(count, np.int64), np.zeros(count, np.bool_), 0, 0
    while start < parts.size:
        stop = _stretch(columns, start)
        for column in range(MOST_COLUMNS + 1):
            for row in range(start, stop):
                for n in range(parts[row]):
                    place = places[row, n]
                    if columns[row, n] == column and not listed[place]:
                        order[known], listed[place] = place, True
                        known += 1
        start = stop
    return order


@njit(cache=True)
def _changes(found: Found, size: int) -> NDArray[np.int64]:
    """Return the changes that a reading in so many columns allows: (changes, 4), two columns, first row, row after.

    Between these rows no row holds segments that would cross, and in both columns a paragraph opens at the first row
    and at the row behind the last.
    """
    rows, count = found.parts.size, 0
    changes = np.empty((rows * rows * size, 4), np.int64)
    for a in range(size):
        for b in range(a + 1, size):
            opening = _opening(found, a, b)
            for first in range(rows):
                if not opening[first] or found.columns[first, 0] == FULL:
                    continue
                moved = False
                for row in range(first, rows):
                    if not _can_change(found.parts[row], found.columns[row], a, b):
                        break
                    moved = moved or _holds(found.parts[row], found.columns[row], a, b)
                    if moved and opening[row + 1]:
                        changes[count] = (a, b, first, row + 1)
                        count += 1
    return changes[:count]


@inner()
def _opening(found: Found, a: int, b: int) -> NDArray[np.bool_]:
    """Return before which rows, (rows + 1,), what comes next in either column of its stretch opens a paragraph."""
    rows = found.parts.size
    opening, next_a, next_b = np.ones(rows + 1, np.bool_), True, True
    for row in range(rows - 1, -1, -1):
        if found.columns[row, 0] == FULL:
            next_a = next_b = True
        for n in range(found.parts[row]):
            next_a = found.opens[row, n] if found.columns[row, n] == a else next_a
            next_b = found.opens[row, n] if found.columns[row, n] == b else next_b
        opening[row] = next_a and next_b
    return opening


@inner()
def _holds(parts: int, columns: NDArray[np.int64], a: int, b: int) -> bool:
    """Return whether a row holds a segment of either column."""
    held = False
    for n in range(parts):
        held = held or columns[n] == a or columns[n] == b
    return held


@inner()
def _other(column: int, a: int, b: int) -> int:
    """Return the column in whose place a column stands after a change."""
    return b if column == a else a if column == b else column


@inner()
def _can_change(parts: int, columns: NDArray[np.int64], a: int, b: int) -> bool:
    """Return whether the segments of a row still stand from left to right after a change."""
    if columns[0] == FULL:
        return False
    rising = True
    for n in range(1, parts):
        rising = rising and _other(columns[n - 1], a, b) < _other(columns[n], a, b)
    return rising


@njit(cache=True)
def _changed(parts: NDArray[np.int64], columns: NDArray[np.int64], change: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the columns of all segments after a change: (rows, 3)."""
    changed = columns.copy()
    for row in range(change[2], change[3]):
        for n in range(parts[row]):
            changed[row, n] = _other(columns[row, n], change[0], change[1])
    return changed


@njit(cache=True)
def _coherences(
    found: Found, told: Paragraphs, usual: NDArray[np.float64], changes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return what each change gains by topics: (changes,), in natural-log units."""
    count, gains = told.titles.size, np.empty(len(changes))
    order = _order(found.parts, found.columns, told.places, count)
    now = coherence(told.shares, usual, told.titles, order)
    for n in range(gains.size):
        columns = _changed(found.parts, found.columns, changes[n])
        order = _order(found.parts, columns, told.places, count)
        gains[n] = coherence(told.shares, usual, told.titles, order) - now
    return gains


@njit(cache=True)
def _differences(page: Page, found: Found, changes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return by how much better the weights like a reading after each change: (changes,), in natural-log units."""
    kept, gains = kept_of(page, found), np.empty(len(changes))
    for n in range(gains.size):
        columns = _changed(found.parts, found.columns, changes[n])
        gains[n] = gain_of(page, found, kept, columns, changes[n, 2], changes[n, 3])
    return gains
