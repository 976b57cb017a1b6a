"""The way from column to column through the words of lines that an extractor ran together; compiled.

What belongs here: the likeliest way, by words and widths alone. What does not: baselines, which only the search weighs
(`beam`); which words were glued (`glued`); what is cut where the way leads (`rejoined`).

A beam over the places between words: each way keeps the last segment of either column, and goes on with a segment in
the column that it did not just leave, or, where a line begins, in either.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.affinity import affinity
from pipeline.text.layout.compiling import inner, uncounted
from pipeline.text.layout.placements import cuts_of
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import (
    Tables,
    bin_of,
    ended,
    ends_of,
    first_term,
    pack,
    pair_facts,
    pair_scores,
    size_of,
    starts_of,
)
from pipeline.text.layout.weights import INDEX, START

KEPT = 6  # ways that go on from a place
PLACES = 8  # between words of a line, at which it may be cut: those whose words go together worst
FITS = 1.03  # of a column's supposed width: what is wider cannot stand in it
# What it counts, in natural-log units, that a line goes back to the left column, goes on in the column in which the one
# before it ended, or stands over both.
BACK, SAME, BOTH = -0.5, -1.5, -4.0
_LEFT, _RIGHT, _FULL = 0, 1, 2
_SPLIT, _OVER = INDEX["page_split"], START["over"]
_LOW = -1e9


class Lines(NamedTuple):
    """The lines of a page, two columns of which an extractor ran together.

    Attributes:
        words: The page.
        tables: The weights.
        inside: How well the words of each row go together, as `insides` returned it.
        widths: (2,) of the columns.
    """

    words: Words
    tables: Tables
    inside: NDArray[np.float64]
    widths: NDArray[np.float64]


class Way(NamedTuple):
    """One of the ways to a place, by their numbers."""

    place: int
    number: int


class Ways(NamedTuple):
    """Ways that lead to each place at which a line may be cut or ends; the first place is the page's begin.

    Attributes:
        rows: (places,) which row each is in, -1 for the first.
        after: (places,) how many words of that row stand before it.
        last: (places, kept, 2) last segment of each column, -1 for none.
        columns: (places, kept) in which the last one stands.
        scores: (places, kept) what each way is worth.
        back: (places, kept, 2) the place and the way there from which it goes on.
    """

    rows: NDArray[np.int64]
    after: NDArray[np.int64]
    last: NDArray[np.int64]
    columns: NDArray[np.int64]
    scores: NDArray[np.float64]
    back: NDArray[np.int64]


@njit(cache=True)
def ways_through(
    words: Words, tables: Tables, inside: NDArray[np.float64], widths: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which words begin a segment inside their row by the likeliest way: (words,).

    Args:
        words: The page.
        tables: The weights.
        inside: As `insides` returned it.
        widths: (2,) of the columns.
    """
    lines = Lines(words, tables, inside, widths)
    ways, place = _room(words, cuts_of(words.row_start, inside)), 0
    while place < ways.rows.size - 1:
        end = place + 1
        while end < ways.rows.size - 1 and ways.rows[end + 1] == ways.rows[place + 1]:
            end += 1
        for source in range(place, end):
            for way in range(KEPT):
                if ways.scores[source, way] > _LOW:
                    _go_on(lines, ways, Way(source, way), place, end)
        place = end
    return _traced(words, ways)


@inner()
def _room(words: Words, cuts: NDArray[np.int64]) -> Ways:
    """Return the places of a page, and room for the ways to them."""
    rows = words.row_start.size - 1
    most = rows * (PLACES + 1) + 1
    place_rows, after, count = np.full(most, -1, np.int64), np.zeros(most, np.int64), 1
    for row in range(rows):
        start, stop = words.row_start[row], words.row_start[row + 1]
        places = np.sort(cuts[start + 1 : stop][:PLACES])
        for n in range(places.size + 1):
            place_rows[count], after[count] = row, places[n] if n < places.size else stop - start
            count += 1
    ways = Ways(
        place_rows[:count], after[:count], np.full((count, KEPT, 2), -1, np.int64),
        np.full((count, KEPT), -1, np.int64), np.full((count, KEPT), _LOW), np.full((count, KEPT, 2), -1, np.int64),
    )  # fmt: skip
    ways.scores[0, 0] = 0.0
    return ways


@uncounted()
def _go_on(lines: Lines, ways: Ways, way: Way, begin: int, end: int) -> None:
    """Go on from a way with every segment that begins where it leads.

    Args:
        lines: The page.
        ways: Receives the ways that are worth keeping.
        way: Leads to where the segments begin.
        begin: The place at which their row begins.
        end: The place at which it ends.
    """
    words, tables, inside, widths = lines
    row, score, came = ways.rows[end], ways.scores[way.place, way.number], ways.columns[way.place, way.number]
    first = 0 if way.place == begin else ways.after[way.place]
    if first == 0:
        _keep(ways, end, way, -1, _FULL, score + BOTH)
    else:
        score += tables.values[_SPLIT] - inside[words.row_start[row] + first]
    for target in range(way.place + 1, end + 1):
        segment = pack(row, first, ways.after[target])
        size = size_of(words, segment)
        for column in range(2):
            if size <= widths[column] * FITS and (first == 0 or came != column):
                turn = (SAME if came == column else 0.0) if first == 0 else (BACK if column == _LEFT else 0.0)
                gain = turn + tables.values[_OVER + bin_of(tables.over, size / widths[column])]
                gain += _follows(words, tables, ways.last[way.place, way.number, column], segment, widths[column])
                _keep(ways, target, way, segment, column, score + gain)


@uncounted()
def _follows(words: Words, tables: Tables, last: int, segment: int, width: float) -> float:
    """Return how well a segment follows the last one of its column, or stands first in it."""
    if last < 0:
        return float(tables.values[first_term(words, segment)])
    word, other = ends_of(words.row_start, last)
    head, second = starts_of(words.row_start, segment)
    forms = words.forms
    together = affinity(words.given, tables.network, forms[other], forms[word], forms[head], forms[second])
    on, new = pair_scores(
        tables.values, pair_facts(words, tables, ended(words, tables, last, width), segment, width, together)
    )
    return float(max(on, new))


@uncounted()
def _keep(ways: Ways, target: int, way: Way, segment: int, column: int, score: float) -> None:
    """Keep a way, prolonged by a segment to a place, if it is better than one like it there, or than the worst."""
    left = segment if column != _RIGHT else ways.last[way.place, way.number, _LEFT]
    right = segment if column != _LEFT else ways.last[way.place, way.number, _RIGHT]
    place, worst = 0, np.inf
    for n in range(KEPT):
        held = ways.scores[target, n]
        same = ways.last[target, n, _LEFT] == left and ways.last[target, n, _RIGHT] == right
        if held > _LOW and same and ways.columns[target, n] == column:
            place, worst = n, held
            break
        if held < worst:
            place, worst = n, held
    if score > worst:
        ways.last[target, place, _LEFT], ways.last[target, place, _RIGHT] = left, right
        ways.columns[target, place], ways.scores[target, place] = column, score
        ways.back[target, place, 0], ways.back[target, place, 1] = way.place, way.number


@inner()
def _traced(words: Words, ways: Ways) -> NDArray[np.bool_]:
    """Return which words begin a segment inside their row by the likeliest way to the end."""
    begins, place = np.zeros(words.left.size, np.bool_), ways.rows.size - 1
    way = int(np.argmax(ways.scores[place]))
    while place > 0:
        before, other = ways.back[place, way, 0], ways.back[place, way, 1]
        if ways.rows[before] == ways.rows[place]:
            begins[words.row_start[ways.rows[place]] + ways.after[before]] = True
        place, way = before, other
    return begins
