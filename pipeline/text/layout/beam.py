"""The search for the likeliest reading of a page: which words of each row stand in which column; compiled.

What belongs here: the beam over rows, the way back, posteriors. What does not: what a move costs (`moves`), how wide
columns are (`widths`), Python objects (`search` wraps this module).
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.affinity import after_place, before_place, log_odds
from pipeline.text.layout.baselines import AFTER, BEYOND
from pipeline.text.layout.compiling import uncounted
from pipeline.text.layout.moves import (
    COLUMNS,
    HIT,
    HOLES,
    LATE,
    LEAVE,
    MEETS,
    NOTHING,
    STRETCH,
    Page,
    begin_anew,
    hole_of,
    is_late,
    link,
    lower,
    misnumbered,
    place_of,
    stand,
)
from pipeline.text.layout.placements import FULL, MOST_COLUMNS, candidates
from pipeline.text.layout.score import (
    MISNUMBERED,
    ended,
    ends_of,
    first_term,
    kept_as,
    pair_facts,
    pair_scores,
    starts_of,
)

CLEAR = 7.0  # a lead, in natural-log units, that baselines do not turn around
LOW = -1e18
SOFT = 0.5  # scores tell readings apart better than they weigh them: posteriors are taken of the half
ROUNDING = 1e-6  # sums in another order
NEAR = 0.13  # in leadings: states whose baselines differ by less are one
_MOST_STATES, _STATES_EACH = 4000, 64  # states that a row may reach, in all and for each one kept
_EDGES = 1 << 16  # for which there is room at first
_MOST_OF_TWO, _MOST_OF_THREE = 16, 96  # placements of a row, by columns


class Found(NamedTuple):
    """The likeliest reading of a page.

    Attributes:
        score: Its log-odds.
        parts: (rows,) how many segments each row holds.
        columns: (rows, 3) column of each segment from 0, left to right; `FULL` for the full width.
        segments: (rows, 3) packed segments.
        opens: (rows, 3) whether each opens a paragraph.
        posteriors: (rows, 3) probability of each segment in its column; 0 where it was not asked for.
    """

    score: float
    parts: NDArray[np.int64]
    columns: NDArray[np.int64]
    segments: NDArray[np.int64]
    opens: NDArray[np.bool_]
    posteriors: NDArray[np.float64]


class Placed(NamedTuple):
    """The placements that each row may have: (rows, most) arrays, with one more axis for columns and segments."""

    parts: NDArray[np.int64]
    columns: NDArray[np.int64]
    segments: NDArray[np.int64]
    alone: NDArray[np.float64]


class States(NamedTuple):
    """What may have been read after a row; one state an entry.

    Attributes:
        lasts: (states, 3) as in `stand`.
        below: (states, 3) as in `stand`.
        upto: (states, 3) as in `stand`.
        lowest: (states, 3) as in `misnumbered`.
        highest: (states, 3) as in `misnumbered`.
        modes: (states,) `NOTHING`, `COLUMNS` or `STRETCH`.
        best: (states,) score of the best path to here.
        total: (states,) log of the sum over all paths to here, of softened scores.
        back: (states, 3) state before, placement, and mask of openings, on the best path.
    """

    lasts: NDArray[np.int64]
    below: NDArray[np.float64]
    upto: NDArray[np.float64]
    lowest: NDArray[np.int64]
    highest: NDArray[np.int64]
    modes: NDArray[np.int64]
    best: NDArray[np.float64]
    total: NDArray[np.float64]
    back: NDArray[np.int64]


class Bench(NamedTuple):
    """Room for the work on one row.

    Attributes:
        before: (3,) last segments that a move goes on from.
        after: (3,) last segments that it leads to.
        lines: (6, 3) its baselines.
        heads: (2, 3) lowest and highest numbers that it leads to.
        scores: (2, 3) of each segment going on, and opening.
        slots: (slots, 2) states by hash: which, and the row that wrote it last.
        pairs: How well each part of the row follows each last segment.
    """

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    lines: NDArray[np.float64]
    heads: NDArray[np.int64]
    scores: NDArray[np.float64]
    slots: NDArray[np.int64]
    pairs: "Pairs"


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


class Edges(NamedTuple):
    """Moves between kept states: (edges, 3) state before, state after, placement; and (edges,) softened gains."""

    ends: NDArray[np.int64]
    gains: NDArray[np.float64]


@njit(cache=True)
def _room(count: int) -> States:
    """Return room for so many states, nothing in it yet."""
    return States(
        np.empty((count, MOST_COLUMNS), np.int64), np.empty((count, MOST_COLUMNS)),
        np.empty((count, MOST_COLUMNS)), np.empty((count, MOST_COLUMNS), np.int64),
        np.empty((count, MOST_COLUMNS), np.int64), np.empty(count, np.int64), np.empty(count), np.empty(count),
        np.empty((count, 3), np.int64),
    )  # fmt: skip


@njit(cache=True)
def _bench(page: Page, beam: int, states: int) -> Bench:
    """Return room for keeping so many states of so many reached, with twice as many slots at least: a power of two."""
    slots, parts, lasts = 512, MOST_COLUMNS * _most_placed(page), MOST_COLUMNS * beam + 1
    hidden = page.tables.network.bias.size
    while slots < 2 * states:
        slots *= 2
    pairs = Pairs(
        np.empty((parts, MOST_COLUMNS), np.int64), np.empty(parts, np.int64), np.empty(parts, np.int64),
        np.zeros((beam, MOST_COLUMNS), np.int64), np.empty(lasts, np.int64), np.empty(lasts, np.int64),
        np.empty(lasts * parts), np.empty(lasts * parts), np.empty(lasts * parts), np.empty((lasts, MOST_COLUMNS)),
        np.empty((lasts, hidden)), np.empty((parts, hidden)),
    )  # fmt: skip
    return Bench(
        np.full(MOST_COLUMNS, -1, np.int64), np.full(MOST_COLUMNS, -1, np.int64), np.zeros((6, MOST_COLUMNS)),
        np.zeros((2, MOST_COLUMNS), np.int64), np.zeros((2, MOST_COLUMNS)), np.full((slots, 2), -1, np.int64), pairs,
    )  # fmt: skip


@uncounted()
def _most_placed(page: Page) -> int:
    return _MOST_OF_THREE if page.widths.size > 2 else _MOST_OF_TWO


@njit(cache=True)
def _placed(page: Page, rows: int) -> Placed:
    most = _most_placed(page)
    return Placed(
        np.zeros((rows, most), np.int64), np.zeros((rows, most, MOST_COLUMNS), np.int64),
        np.zeros((rows, most, MOST_COLUMNS), np.int64), np.zeros((rows, most)),
    )  # fmt: skip


@uncounted()
def _add_logs(a: float, b: float) -> float:
    high, low = max(a, b), min(a, b)
    return float(high + math.log1p(math.exp(low - high)) if high - low < 30.0 else high)


@uncounted()
def _opened(scores: NDArray[np.float64], count: int, mask: int) -> float:
    """Return what segments gain by going on or opening as the mask says; nothing when one plainly does otherwise."""
    gain = 0.0
    for n in range(count):
        kind = (mask >> n) & 1
        if scores[kind, n] <= scores[1 - kind, n] - CLEAR:
            return LOW
        gain += scores[kind, n]
    return gain


@uncounted()
def _hash(
    mode: int, size: int, after: NDArray[np.int64], lines: NDArray[np.float64], heads: NDArray[np.int64]
) -> int:  # fmt: skip
    """Return a number that equal states share."""
    key = mode
    for c in range(size):
        key = (key * 8191) ^ (heads[0, c] * 31 + heads[1, c])
    if mode == STRETCH:
        key = (key * 1000003) ^ (after[0] * 3 + 2)
    else:
        for c in range(size):
            key = (key * 1000003) ^ (after[c] + 7)
            key = (key * 8191) ^ int(lines[AFTER, c] * 8.0 + 4.5)
            key = (key * 8191) ^ int(lines[BEYOND, c] * 8.0 + 4.5)
    return key ^ (key >> 17)


@uncounted()
def _same(
    size: int, after: NDArray[np.int64], lines: NDArray[np.float64], state: int,
    lasts: NDArray[np.int64], below: NDArray[np.float64], upto: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Return whether the state of columns that a move leads to is a known one, numbers of headings aside."""
    for c in range(size):
        if lasts[state, c] != after[c] or abs(below[state, c] - lines[AFTER, c]) > NEAR:
            return False
        if abs(upto[state, c] - lines[BEYOND, c]) > NEAR:
            return False
    return True


@uncounted()
def _same_heads(
    size: int, heads: NDArray[np.int64], state: int, lowest: NDArray[np.int64], highest: NDArray[np.int64]
) -> bool:
    """Return whether a move leads to the numbers of headings that a known state has."""
    same = True
    for c in range(size):
        same = same and lowest[state, c] == heads[0, c] and highest[state, c] == heads[1, c]
    return same


@uncounted()
def _parted(placed: Placed, row: int, count: int, pairs: Pairs) -> int:
    """Number the parts of the placements of a row; return how many there are."""
    columns, segments, known = placed.columns[row], placed.segments[row], 0
    for placement in range(count):
        for n in range(placed.parts[row, placement]):
            segment, column, part = segments[placement, n], columns[placement, n], 0
            while part < known and (pairs.segments[part] != segment or pairs.columns[part] != column):
                part += 1
            if part == known:
                pairs.segments[part], pairs.columns[part] = segment, column
                known += 1
            pairs.parts[placement, n] = part
    return known


@uncounted()
def _lasts(held: States, sources: int, size: int, pairs: Pairs) -> int:
    """Number the last segments of the states held, from 1; return one more than how many there are."""
    known = 1
    for source in range(sources):
        mode = held.modes[source]
        for c in range(1 if mode == STRETCH else size if mode == COLUMNS else 0):
            end, place, last = held.lasts[source, c], FULL if mode == STRETCH else c, 1
            while end >= 0 and last < known and (pairs.ends[last] != end or pairs.places[last] != place):
                last += 1
            if end >= 0 and last == known:
                pairs.ends[last], pairs.places[last] = end, place
                known += 1
            pairs.lasts[source, c] = last if end >= 0 else 0
    return known


@uncounted()
def _pair(page: Page, pairs: Pairs, lasts: int, parts: int) -> None:
    """Fill in how well so many parts follow so many last segments."""
    words, tables, network = page.words, page.tables, page.tables.network
    for last in range(lasts):
        for c in range(MOST_COLUMNS):
            pairs.most[last, c] = LOW
    for part in range(parts):
        first = tables.values[first_term(words, pairs.segments[part])]
        pairs.on[part], pairs.new[part], pairs.top[part] = LOW, first, first
        if pairs.columns[part] != FULL:
            pairs.most[0, pairs.columns[part]] = max(pairs.most[0, pairs.columns[part]], first)
        if lasts > 1:
            head, second = starts_of(words.row_start, pairs.segments[part])
            after_place(words.given, words.forms[head], words.forms[second], pairs.after, part)
    for last in range(1, lasts):
        word, other = ends_of(words.row_start, pairs.ends[last])
        before_place(words.given, network, words.forms[word], words.forms[other], pairs.before, last)
        place = pairs.places[last]
        width = page.full if place == FULL else page.widths[place]
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


@uncounted()
def _expand(  # noqa: C901, PLR0912, PLR0915 -- one loop, since calls with many arrays cost more than their work
    page: Page, bench: Bench, row: int, sources: int, held: States, placed: Placed, order: NDArray[np.int64],
    reached: States, margin: float, weigh: bool, edges: Edges, edge: int,
) -> tuple[int, float, int]:  # fmt: skip
    """Make every move from the states held that is worth it.

    Returns:
        How many states are reached then, the score of the best, and how many edges there are.
    """
    before, after, lines, heads, scores, slots, pairs = bench
    part_of, last_of, going_on, opening_new, top, most_of = (
        pairs.parts,
        pairs.lasts,
        pairs.on,
        pairs.new,
        pairs.top,
        pairs.most,
    )
    lasts, below, upto, lowest, highest, modes, best, total, back = reached
    words, widths, gap, exact, size = page.words, page.widths, page.gap, page.exact, page.widths.size
    row_start, left, right, begins, finishes = words.row_start, words.left, words.right, words.begins, words.finishes
    values, hole_edges, numbers = page.tables.values, page.tables.hole, words.numbers
    last_slot, most = slots.shape[0] - 1, modes.size
    parts, alone, ends, gains = placed.parts[row], placed.alone[row], edges.ends, edges.gains
    row_columns, row_segments, full_width = placed.columns[row], placed.segments[row], page.full
    all_parts = _parted(placed, row, order.size, pairs)
    _pair(page, pairs, _lasts(held, sources, size, pairs), all_parts)
    numbered = False
    for word in range(row_start[row], row_start[row + 1]):
        numbered = numbered or numbers[word] > 0
    most_hole = 0.0
    for n in range(hole_edges.size + 1):
        most_hole = max(most_hole, values[HOLES + n])
    known, floor, late, full_at = (
        0,
        LOW,
        max(values[LATE], 0.0),
        int(np.argmin(order)),
    )  # the first one is of full width
    for source in range(sources):
        own_lasts, own_below, own_upto = held.lasts[source], held.below[source], held.upto[source]
        own_lowest, own_highest = held.lowest[source], held.highest[source]
        own_mode, own_best, own_total = held.modes[source], held.best[source], held.total[source]
        stood, change, fresh, own_base = -1, -1, True, 0.0
        ceiling = MOST_COLUMNS * (max(values[HIT], 0.0) + most_hole + max(values[MEETS], 0.0)) + late + ROUNDING
        ceiling += max(values[LEAVE], 0.0) if own_mode == STRETCH else 0.0
        for c in range(size):
            ceiling += max(most_of[last_of[source, c] if own_mode == COLUMNS else 0, c], 0.0)
        for place in range(order.size):
            candidate = order[place]
            count, full = parts[candidate], row_columns[candidate, 0] == FULL
            if not full and own_best + alone[candidate] + ceiling < floor - margin:
                if place > full_at:
                    break  # those that come next are worse
                continue
            if stood != full:  # what a state is before a move differs by this alone
                change, stood = stand(own_mode, full, own_lasts, own_below, own_upto, before, lines), int(full)
                fresh, own_base = own_mode == NOTHING or change >= 0, values[change] if change >= 0 else 0.0
            base = alone[candidate] + own_base + values[MEETS] * (count - 1)
            most_gain = max(values[HIT], 0.0) * count + most_hole * (0 if full else size - count)
            bound = own_best + base + most_gain + late
            for n in range(count):
                last = 0 if fresh else last_of[source, 0 if full else row_columns[candidate, n]]
                bound += top[last * all_parts + part_of[candidate, n]]
            if bound < floor - margin:
                continue
            columns, segments = row_columns[candidate], row_segments[candidate]
            for c in range(MOST_COLUMNS):
                after[c], heads[0, c], heads[1, c] = before[c], own_lowest[c], own_highest[c]
            for n in range(count):
                last = 0 if fresh else last_of[source, place_of(columns[n])]
                pair = last * all_parts + part_of[candidate, n]
                scores[0, n], scores[1, n] = going_on[pair], opening_new[pair]
                if last == 0 and is_late(before, count, columns[n]):
                    scores[1, n] += values[LATE]
            if change >= 0:
                begin_anew(heads[0], heads[1])
            mode = STRETCH if full else COLUMNS
            for mask in range(1 << count):
                gain = base + _opened(scores, count, mask)
                if gain < LOW / 2 or own_best + gain + most_gain < floor - margin - ROUNDING:
                    continue
                for n in range(count):
                    width = full_width if columns[n] == FULL else widths[columns[n]]
                    opens = bool((mask >> n) & 1)
                    after[place_of(columns[n])] = kept_as(segments[n], opens, row_start, finishes, left, right, width)
                if not full:
                    weight, times = lower(
                        size, gap, exact, before, lines, count, columns, segments, mask, row_start, begins, finishes,
                        left, right, widths,
                    )  # fmt: skip
                    gain += values[weight] * times
                    for c in range(size if count < size else 0):
                        hole = hole_of(hole_edges, lines, before, count, columns, c)
                        gain += values[hole] if hole >= 0 else 0.0
                    if numbered:
                        for c in range(MOST_COLUMNS):  # anew for each mask, since the call below moves them
                            heads[0, c], heads[1, c] = own_lowest[c], own_highest[c]
                        if change >= 0:
                            begin_anew(heads[0], heads[1])
                        gain += values[MISNUMBERED] * misnumbered(
                            size, heads[0], heads[1], count, columns, segments, mask, row_start, numbers
                        )
                score, soft = own_best + gain, gain * SOFT
                if score < floor - margin:
                    continue
                floor = max(floor, score)
                slot, state = _hash(mode, size, after, lines, heads) & last_slot, -1
                while slots[slot, 1] == row and state < 0:
                    other = slots[slot, 0]
                    same = lasts[other, 0] == after[0] if full else _same(size, after, lines, other, lasts, below, upto)
                    if same and modes[other] == mode and _same_heads(size, heads, other, lowest, highest):
                        state = other
                    else:
                        slot = (slot + 1) & last_slot
                if state < 0:
                    if known == most:
                        continue
                    state, known = known, known + 1
                    slots[slot, 0], slots[slot, 1] = state, row
                    modes[state], best[state], total[state] = mode, LOW, LOW
                    for c in range(MOST_COLUMNS):
                        lasts[state, c], lowest[state, c], highest[state, c] = after[c], heads[0, c], heads[1, c]
                if score > best[state]:
                    best[state] = score
                    back[state, 0], back[state, 1], back[state, 2] = source, candidate, mask
                    for c in range(MOST_COLUMNS):
                        below[state, c], upto[state, c] = lines[AFTER, c], lines[BEYOND, c]
                if weigh:
                    total[state] = _add_logs(total[state], own_total + soft)
                    ends[edge, 0], ends[edge, 1], ends[edge, 2] = source, state, candidate
                    gains[edge] = soft
                    edge += 1
    return known, floor, edge


@njit(cache=True)
def _keep(reached: States, known: int, least: float, held: States) -> tuple[int, NDArray[np.int64]]:
    """Copy the best states, in their order; return how many, and for each reached state its place or -1."""
    alive = np.flatnonzero(reached.best[:known] >= least)
    kept = alive[np.argsort(-reached.best[alive], kind="mergesort")[: held.best.size]]
    places = np.full(known, -1, np.int64)
    for place in range(kept.size):
        state = kept[place]
        places[state] = place
        for c in range(MOST_COLUMNS):
            held.lasts[place, c], held.back[place, c] = reached.lasts[state, c], reached.back[state, c]
            held.lowest[place, c], held.highest[place, c] = reached.lowest[state, c], reached.highest[state, c]
            held.below[place, c], held.upto[place, c] = reached.below[state, c], reached.upto[state, c]
        held.modes[place] = reached.modes[state]
        held.best[place], held.total[place] = reached.best[state], reached.total[state]
    return kept.size, places


@uncounted()
def _favour_others(
    placed: Placed, row: int, count: int, parts: NDArray[np.int64], columns: NDArray[np.int64],
    segments: NDArray[np.int64], penalty: float,
) -> None:  # fmt: skip
    """Let every placement of a row but the true one gain so much."""
    for n in range(count):
        same = placed.parts[row, n] == parts[row]
        for m in range(placed.parts[row, n]):
            same = same and placed.columns[row, n, m] == columns[row, m]
            same = same and placed.segments[row, n, m] == segments[row, m]
        if not same:
            placed.alone[row, n] += penalty


@njit(cache=True)
def search(
    page: Page, beam: int, margin: float, weigh: bool, penalty: float, true_parts: NDArray[np.int64],
    true_columns: NDArray[np.int64], true_segments: NDArray[np.int64],
) -> Found:  # fmt: skip
    """Return the likeliest reading of a page under one shape.

    Args:
        page: The page and its shape.
        beam: States kept after each row.
        margin: States this far, in natural-log units, below the best are dropped.
        weigh: Whether to find out how probable the segments are, too.
        penalty: For training, when above 0: what every row that is not placed as the truth says gains, so that the
            reading found is one that the weights do not tell from the truth by a margin.
        true_parts: (rows,) the truth, as in `Found`; not read without a penalty.
        true_columns: (rows, 3) beside it.
        true_segments: (rows, 3) beside it.
    """
    rows = page.words.row_start.size - 1
    placed, most = _placed(page, rows), min(_MOST_STATES, _STATES_EACH * beam)
    bench, held, reached = _bench(page, beam, most), _room(beam), _room(most)
    totals, counts = np.zeros((rows + 1, beam)), np.zeros(rows + 1, np.int64)
    back, starts = np.zeros((rows, beam, 3), np.int64), np.zeros(rows + 1, np.int64)
    room = _EDGES if weigh else 0
    edges, edge = Edges(np.empty((room, 3), np.int64), np.empty(room)), 0
    row_start, left, right, values = page.words.row_start, page.words.left, page.words.right, page.tables.values
    begins, finishes = page.words.begins, page.words.finishes
    over, widths, full = page.tables.over, page.widths, page.full
    # One state is held before the first row.
    held.lasts[0], held.below[0], held.upto[0], held.lowest[0], held.highest[0] = -1, 0.0, 0.0, 0, 0
    counts[0], held.modes[0], held.best[0], held.total[0] = 1, NOTHING, 0.0, 0.0
    for row in range(rows):
        count = candidates(
            row_start, left, right, begins, finishes, page.inside, page.cuts, values, over, widths, full, row,
            placed.parts[row], placed.columns[row], placed.segments[row], placed.alone[row],
        )  # fmt: skip
        if penalty > 0.0:
            _favour_others(placed, row, count, true_parts, true_columns, true_segments, penalty)
        order = np.argsort(-placed.alone[row, :count], kind="mergesort")
        while weigh and edges.gains.size < edge + counts[row] * (count << MOST_COLUMNS):
            edges = Edges(
                np.concatenate((edges.ends, np.empty_like(edges.ends))),
                np.concatenate((edges.gains, np.empty_like(edges.gains))),
            )
        known, floor, edge = _expand(
            page, bench, row, counts[row], held, placed, order, reached, margin, weigh, edges, edge
        )
        counts[row + 1], places = _keep(reached, known, floor - margin, held)
        back[row], totals[row + 1] = held.back, held.total
        edge = _compact(edges, starts[row], edge, places)
        starts[row + 1] = edge
    state, score = _likeliest(page, placed, back, held, counts[rows])
    return _traced(placed, back, totals, counts, starts, edges, state, score, weigh)


@njit(cache=True)
def _likeliest(
    page: Page, placed: Placed, back: NDArray[np.int64], held: States, count: int
) -> tuple[int, float]:  # fmt: skip
    """Return which of the last states is the best, with how columns go on at the top of the next, and its score."""
    chosen, score, firsts, nobody = 0, LOW, np.empty(MOST_COLUMNS, np.int64), np.empty(0)
    for state in range(count):
        gain, at = held.best[state], state
        if held.modes[state] == COLUMNS:
            firsts[:] = -1
            for row in range(placed.parts.shape[0] - 1, -1, -1):
                at, candidate, _ = back[row, at]
                if placed.columns[row, candidate, 0] == FULL:
                    break
                for n in range(placed.parts[row, candidate]):
                    firsts[placed.columns[row, candidate, n]] = placed.segments[row, candidate, n]
            gain += link(
                page, held.lasts[state], firsts, held.below[state], held.lowest[state], held.highest[state], nobody
            )
        if gain > score:
            chosen, score = state, gain
    return chosen, score


@uncounted()
def _compact(edges: Edges, start: int, stop: int, places: NDArray[np.int64]) -> int:
    """Let the edges of a row point at kept states, drop the others, and return how many edges there are."""
    kept = start
    for edge in range(start, stop):
        target = places[edges.ends[edge, 1]]
        if target >= 0:
            edges.ends[kept, 0], edges.ends[kept, 1], edges.ends[kept, 2] = (
                edges.ends[edge, 0],
                target,
                edges.ends[edge, 2],
            )
            edges.gains[kept] = edges.gains[edge]
            kept += 1
    return kept


@njit(cache=True)
def _traced(
    placed: Placed, back: NDArray[np.int64], totals: NDArray[np.float64], counts: NDArray[np.int64],
    starts: NDArray[np.int64], edges: Edges, state: int, score: float, weigh: bool,
) -> Found:  # fmt: skip
    """Follow the best path back, and weigh its segments."""
    rows = counts.size - 1
    parts, chosen = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    columns, segments = np.zeros((rows, MOST_COLUMNS), np.int64), np.zeros((rows, MOST_COLUMNS), np.int64)
    opens, posteriors = np.zeros((rows, MOST_COLUMNS), np.bool_), np.zeros((rows, MOST_COLUMNS))
    for row in range(rows - 1, -1, -1):
        state, candidate, mask = back[row, state]
        chosen[row], parts[row] = candidate, placed.parts[row, candidate]
        columns[row], segments[row] = placed.columns[row, candidate], placed.segments[row, candidate]
        for n in range(parts[row]):
            opens[row, n] = (mask >> n) & 1
    if weigh:
        _weigh(counts, totals, starts, edges, placed, chosen, posteriors)
    return Found(score, parts, columns, segments, opens, posteriors)


@njit(cache=True)
def _weigh(
    counts: NDArray[np.int64], totals: NDArray[np.float64], starts: NDArray[np.int64], edges: Edges, placed: Placed,
    chosen: NDArray[np.int64], posteriors: NDArray[np.float64],
) -> None:  # fmt: skip
    """Fill in the probability of every chosen segment: the share of all kept paths that hold it (sum-product)."""
    rows = counts.size - 1
    mass = totals[rows, 0]
    for state in range(1, counts[rows]):
        mass = _add_logs(mass, totals[rows, state])
    tails = np.zeros(totals.shape[1])
    for row in range(rows - 1, -1, -1):
        onward, best = np.full(totals.shape[1], LOW), chosen[row]
        for edge in range(starts[row], starts[row + 1]):
            source, target, candidate = edges.ends[edge]
            through = edges.gains[edge] + tails[target]
            onward[source] = _add_logs(onward[source], through)
            share = math.exp(min(totals[row, source] + through - mass, 0.0))
            for n in range(placed.parts[row, best]):
                for m in range(placed.parts[row, candidate]):
                    same = placed.segments[row, best, n] == placed.segments[row, candidate, m]
                    if same and placed.columns[row, best, n] == placed.columns[row, candidate, m]:
                        posteriors[row, n] += share
        tails = onward
    for row in range(rows):
        for n in range(MOST_COLUMNS):
            posteriors[row, n] = min(posteriors[row, n], 1.0)
