"""How well each part of a row follows each segment that may have been read last, scored once a row; compiled.

What belongs here: numbering parts and last segments, scoring the pairs. What does not: what a pair counts (`score`),
which moves are made with them (`beam`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.affinity import after_place, before_place, log_odds
from pipeline.text.layout.compiling import inner, uncounted
from pipeline.text.layout.moves import COLUMNS, STRETCH
from pipeline.text.layout.placements import FULL, MOST_COLUMNS, Page, Placements, width_of
from pipeline.text.layout.score import ended, ends_of, first_term, pair_facts, pair_scores, starts_of
from pipeline.text.layout.states import LOW, States


class Pairs(NamedTuple):
    """How well the parts of a row, segments in a column that some placement holds, follow what was read last.

    Placements share their parts, and states what was read last, so each pair is scored once a row.

    Attributes:
        parts: (placements, 3) which part each segment of a placement is.
        segments: (parts,) packed segment of each part.
        columns: (parts,) its column.
        lasts: (states, 3) which last segment each state has in each column; 0 for none.
        ends: (lasts,) these, packed.
        places: (lasts,) their columns.
        on: Score of a part going on after a last segment, by `last * parts + part`.
        new: Beside it, of the part opening a paragraph.
        top: Beside them, the higher one.
        most: (lasts, 3) the highest of these over the parts in each column; of a last segment, in its column alone.
        before: (lasts, hidden) what the last words give to the network.
        after: (parts, hidden) what the first words give to it.
    """

    parts: NDArray[np.int64]
    segments: NDArray[np.int64]
    columns: NDArray[np.int64]
    lasts: NDArray[np.int64]
    ends: NDArray[np.int64]
    places: NDArray[np.int64]
    on: NDArray[np.float64]
    new: NDArray[np.float64]
    top: NDArray[np.float64]
    most: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]


@inner()
def room_for_pairs(placements: int, states: int, hidden: int) -> Pairs:
    """Return room for the parts of so many placements and the last segments of so many states."""
    parts, lasts = MOST_COLUMNS * placements, MOST_COLUMNS * states + 1
    return Pairs(
        np.empty((placements, MOST_COLUMNS), np.int64), np.empty(parts, np.int64), np.empty(parts, np.int64),
        np.zeros((states, MOST_COLUMNS), np.int64), np.empty(lasts, np.int64), np.empty(lasts, np.int64),
        np.empty(lasts * parts), np.empty(lasts * parts), np.empty(lasts * parts), np.empty((lasts, MOST_COLUMNS)),
        np.empty((lasts, hidden)), np.empty((parts, hidden)),
    )  # fmt: skip


@uncounted()
def score_pairs(page: Page, ways: Placements, count: int, held: States, states: int, pairs: Pairs) -> int:
    """Fill in all pairs of so many placements of a row with so many states before it; return how many parts it has."""
    parts = _number_parts(ways, count, pairs)
    lasts = _number_lasts(held, states, page.widths.size, pairs)
    pairs.most[:lasts] = LOW
    _follow_nothing(page, parts, pairs)
    if lasts > 1:
        _follow_lasts(page, lasts, parts, pairs)
    return parts


@uncounted()
def _number_parts(ways: Placements, count: int, pairs: Pairs) -> int:
    """Number the parts of so many placements of a row; return how many there are."""
    known = 0
    for way in range(count):
        for n in range(ways.parts[way]):
            segment, column, part = ways.segments[way, n], ways.columns[way, n], 0
            while part < known and (pairs.segments[part] != segment or pairs.columns[part] != column):
                part += 1
            if part == known:
                pairs.segments[part], pairs.columns[part] = segment, column
                known += 1
            pairs.parts[way, n] = part
    return known


@uncounted()
def _number_lasts(held: States, states: int, size: int, pairs: Pairs) -> int:
    """Number the last segments of so many states, from 1; return one more than how many there are."""
    known = 1
    for state in range(states):
        mode = held.modes[state]
        for c in range(1 if mode == STRETCH else size if mode == COLUMNS else 0):
            end, place, last = held.lasts[state, c], FULL if mode == STRETCH else c, 1
            while end >= 0 and last < known and (pairs.ends[last] != end or pairs.places[last] != place):
                last += 1
            if end >= 0 and last == known:
                pairs.ends[last], pairs.places[last] = end, place
                known += 1
            pairs.lasts[state, c] = last if end >= 0 else 0
    return known


@uncounted()
def _follow_nothing(page: Page, parts: int, pairs: Pairs) -> None:
    """Fill in how well each part of a row stands first in its column."""
    for part in range(parts):
        first = page.tables.values[first_term(page.words, pairs.segments[part])]
        pairs.on[part], pairs.new[part], pairs.top[part] = LOW, first, first
        column = pairs.columns[part]
        if column != FULL:
            pairs.most[0, column] = max(pairs.most[0, column], first)


@uncounted()
def _follow_lasts(page: Page, lasts: int, parts: int, pairs: Pairs) -> None:
    """Fill in how well each part of a row follows each last segment of its column."""
    words, tables, network = page.words, page.tables, page.tables.network
    for part in range(parts):
        head, second = starts_of(words.row_start, pairs.segments[part])
        after_place(words.given, words.forms[head], words.forms[second], pairs.after, part)
    for last in range(1, lasts):
        word, other = ends_of(words.row_start, pairs.ends[last])
        before_place(words.given, network, words.forms[word], words.forms[other], pairs.before, last)
        place = pairs.places[last]
        width = width_of(page, place)
        end = ended(words, tables, pairs.ends[last], width)
        for part in range(parts):
            if pairs.columns[part] == place:
                together = log_odds(pairs.before, last, pairs.after, part, network.out, network.shift)
                facts = pair_facts(words, tables, end, pairs.segments[part], width, together)
                pair = last * parts + part
                pairs.on[pair], pairs.new[pair] = pair_scores(tables.values, facts)
                pairs.top[pair] = max(pairs.on[pair], pairs.new[pair])
                if place != FULL:
                    pairs.most[last, place] = max(pairs.most[last, place], pairs.top[pair])
