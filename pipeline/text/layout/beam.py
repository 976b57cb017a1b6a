"""The search for the likeliest reading of a page: which words of each row stand in which column; compiled.

What belongs here: the beam over rows, which moves are worth making. What does not: what a move costs (`moves`,
`pairs`) and leads to (`states`), the way back and posteriors (`paths`), how wide columns are (`widths`), Python objects
(`search` wraps this module).
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.baselines import AFTER, BEYOND
from pipeline.text.layout.compiling import inlined, inner, uncounted
from pipeline.text.layout.moves import (
    COLUMNS,
    HIT,
    HOLES,
    LATE,
    LEAVE,
    MEETS,
    NOTHING,
    STRETCH,
    begin_anew,
    hole_of,
    is_late,
    lower,
    misnumbered,
    place_of,
    stand,
)
from pipeline.text.layout.pairs import Pairs, room_for_pairs, score_pairs
from pipeline.text.layout.paths import (
    Edges,
    Found,
    Trellis,
    add_logs,
    compact,
    likeliest,
    placements_at,
    remember,
    room_for_edges,
    room_for_rows,
    traced,
    with_room,
)
from pipeline.text.layout.placements import (
    FULL,
    MOST_COLUMNS,
    Page,
    Pairing,
    Placement,
    Placements,
    candidates,
    room_for_pairing,
    width_of,
)
from pipeline.text.layout.ranking import rank
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import MISNUMBERED, Tables, kept_as
from pipeline.text.layout.states import (
    LOW,
    Outcome,
    States,
    add_state,
    find_state,
    hold_nothing,
    keep,
    room_for_states,
    slots_for,
)

CLEAR = 7.0  # a lead, in natural-log units, that baselines do not turn around
SOFT = 0.5  # scores tell readings apart better than they weigh them: posteriors are taken of the half
ROUNDING = 1e-6  # sums in another order
_MOST_STATES, _STATES_EACH = 4000, 64  # states that a row may reach, in all and for each one kept
_MOST_OF_TWO, _MOST_CROSSED, _MOST_OF_THREE = 16, 20, 96  # placements of a row, by columns


class Bench(NamedTuple):
    """Room for the work on one row.

    Attributes:
        before: (3,) last segments that a move goes on from.
        outcome: What it leads to.
        scores: (2, 3) of each segment going on, and opening.
        slots: States by hash, as in `find_state`.
        pairs: How well each part of the row follows each last segment.
        reached: The states that are reached.
        order: Placements, the likeliest by itself first.
        chosen: The states that are kept of these, the best first.
        places: Where each of those that are reached is kept, or -1.
        pairing: Pairs of places at which the row may be cut.
    """

    before: NDArray[np.int64]
    outcome: Outcome
    scores: NDArray[np.float64]
    slots: NDArray[np.int64]
    pairs: Pairs
    reached: States
    order: NDArray[np.int64]
    chosen: NDArray[np.int64]
    places: NDArray[np.int64]
    pairing: Pairing


class Row(NamedTuple):
    """The row that is placed.

    Attributes:
        number: Which.
        ways: Its placements.
        order: (placements,) these, the likeliest by itself first.
        full_at: Place in `order` of the one over the full width.
        parts: How many parts its placements have.
        numbered: Whether it holds the number of a heading.
    """

    number: int
    ways: Placements
    order: NDArray[np.int64]
    full_at: int
    parts: int
    numbered: bool


class Work(NamedTuple):
    """All that moves to a row are made with.

    Attributes:
        page: The page.
        row: The row.
        bench: Room.
        margin: How far below the best a state may be.
        weigh: Whether `edges` are wanted.
        edges: Receives the moves.
        late: What the weight of a column that begins late may add at most.
        hole: What that of a hole may.
    """

    page: Page
    row: Row
    bench: Bench
    margin: float
    weigh: bool
    edges: Edges
    late: float
    hole: float


class Source(NamedTuple):
    """The state that moves go on from: its number, and what `States` tells of it, `lasts` to `heads` by column."""

    number: int
    lasts: NDArray[np.int64]
    below: NDArray[np.float64]
    upto: NDArray[np.float64]
    lowest: NDArray[np.int64]
    highest: NDArray[np.int64]
    mode: int
    best: float
    total: float


class Move(NamedTuple):
    """A placement after a state, whichever of its segments open paragraphs.

    Attributes:
        way: Number of the placement.
        placement: The placement.
        full: Whether it is over the full width.
        turns: Whether a stretch gives way to one of columns, or columns to a stretch.
        fresh: Whether nothing stands above it in its stretch.
        base: What it gains by itself.
        most: What baselines may add to that at most.
    """

    way: int
    placement: Placement
    full: bool
    turns: bool
    fresh: bool
    base: float
    most: float


class Tally(NamedTuple):
    """What moves to a row have led to: how many states, the best score, and how many edges of the page there are."""

    known: int
    floor: float
    edge: int


@uncounted()
def _most_placed(page: Page) -> int:
    if page.widths.size > 2:
        return _MOST_OF_THREE
    return _MOST_CROSSED if page.crossed else _MOST_OF_TWO


@inner()
def _bench(page: Page, beam: int) -> Bench:
    """Return room for keeping so many states of those that are reached."""
    most = min(_MOST_STATES, _STATES_EACH * beam)
    outcome = Outcome(
        np.full(MOST_COLUMNS, -1, np.int64), np.zeros((6, MOST_COLUMNS)), np.zeros((2, MOST_COLUMNS), np.int64)
    )
    pairs = room_for_pairs(_most_placed(page), beam, page.tables.network.bias.size)
    before, scores = np.full(MOST_COLUMNS, -1, np.int64), np.zeros((2, MOST_COLUMNS))
    return Bench(
        before, outcome, scores, slots_for(most), pairs, room_for_states(most), np.empty(_most_placed(page), np.int64),
        np.empty(beam, np.int64), np.empty(most, np.int64), room_for_pairing(),
    )  # fmt: skip


@njit(cache=True)
def search(page: Page, beam: int, margin: float, weigh: bool, penalty: float, truth: Found) -> Found:
    """Return the likeliest reading of a page under one shape.

    Args:
        page: The page and its shape.
        beam: States kept after each row.
        margin: States this far, in natural-log units, below the best are dropped.
        weigh: Whether to find out how probable the segments are, too.
        penalty: For training, when above 0: what every row that is not placed as the truth says gains, so that the
            reading found is one that the weights do not tell from the truth by a margin.
        truth: The true path; not read without a penalty.
    """
    rows = page.words.row_start.size - 1
    trellis, edges = room_for_rows(rows, _most_placed(page), beam), room_for_edges(weigh)
    bench, held = _bench(page, beam), room_for_states(beam)
    hold_nothing(held)
    for row in range(rows):
        count = _place(page, trellis, row, bench, truth, penalty)
        if weigh:
            edges = with_room(edges, trellis.starts[row] + trellis.kept[row] * (count << MOST_COLUMNS))
        _go_on(page, trellis, row, count, held, bench, margin, weigh, edges)
    state, score = likeliest(page, trellis, held)
    return traced(trellis, edges, state, score, weigh)


@uncounted()
def _place(page: Page, trellis: Trellis, row: int, bench: Bench, truth: Found, penalty: float) -> int:
    """Fill in the ways in which a row may be placed; return how many there are."""
    ways = placements_at(trellis, row)
    count = candidates(page, row, ways, bench.pairing)
    if penalty > 0.0:
        _favour_others(ways, count, row, truth, penalty)
    return count


@uncounted()
def _go_on(
    page: Page, trellis: Trellis, row: int, count: int, held: States, bench: Bench, margin: float, weigh: bool,
    edges: Edges,
) -> None:  # fmt: skip
    """Place a row in so many ways after the states held, and hold those that it leads to."""
    ways, states, start = placements_at(trellis, row), trellis.kept[row], trellis.starts[row]
    order = bench.order[: rank(ways.alone, count, -np.inf, bench.order)]
    parts = score_pairs(page, ways, count, held, states, bench.pairs)
    placed = Row(row, ways, order, int(np.argmin(order)), parts, _is_numbered(page.words, row))
    late, hole = _highest_gains(page.tables)
    work = Work(page, placed, bench, margin, weigh, edges, late, hole)
    known, floor, edge = _expand(work, held, states, start)
    remember(trellis, row, held, keep(bench.reached, known, floor - margin, held, bench.chosen, bench.places))
    trellis.starts[row + 1] = compact(edges, start, edge, bench.places)


@uncounted()
def _favour_others(ways: Placements, count: int, row: int, truth: Found, penalty: float) -> None:
    """Let every placement of a row but the true one gain so much."""
    for n in range(count):
        same = ways.parts[n] == truth.parts[row]
        for m in range(ways.parts[n]):
            same = same and ways.columns[n, m] == truth.columns[row, m]
            same = same and ways.segments[n, m] == truth.segments[row, m]
        if not same:
            ways.alone[n] += penalty


@uncounted()
def _highest_gains(tables: Tables) -> tuple[float, float]:
    """Return what a column that begins late and what a hole may gain at most, as in `Work`."""
    values, hole = tables.values, 0.0
    for n in range(tables.hole.size + 1):
        hole = max(hole, values[HOLES + n])
    return max(values[LATE], 0.0), hole


@uncounted()
def _is_numbered(words: Words, row: int) -> bool:
    """Return whether a row holds the number of a heading."""
    numbered = False
    for word in range(words.row_start[row], words.row_start[row + 1]):
        numbered = numbered or words.numbers[word] > 0
    return numbered


@uncounted()
def _expand(work: Work, held: States, states: int, edge: int) -> Tally:
    """Make every move to a row from so many states held that is worth it; `edge` moves are kept already."""
    tally = Tally(0, LOW, edge)
    for state in range(states):
        source = Source(
            state, held.lasts[state], held.below[state], held.upto[state], held.lowest[state], held.highest[state],
            held.modes[state], held.best[state], held.total[state],
        )  # fmt: skip
        tally = _move_from(work, source, tally)
    return tally


@inlined()
def _move_from(work: Work, source: Source, tally: Tally) -> Tally:
    """Make every move from a state that is worth it."""
    row, ways = work.row, work.row.ways
    ceiling, stood, change = _ceiling(work, source), -1, -1
    for place in range(row.order.size):
        way = row.order[place]
        full, least = ways.columns[way, 0] == FULL, tally.floor - work.margin
        if not full and source.best + ways.alone[way] + ceiling < least:
            if place > row.full_at:
                break  # those that come next are worse
            continue
        if stood != full:  # what a state is before a move differs by this alone
            change = stand(
                source.mode, full, source.lasts, source.below, source.upto, work.bench.before, work.bench.outcome.lines
            )
            stood = int(full)
        move = _move(work, source, way, change)
        if _bound(work, source, move) >= least:
            tally = _make(work, source, move, tally)
    return tally


@inlined()
def _ceiling(work: Work, source: Source) -> float:
    """Return what any move of columns from a state may gain at most, beside what its placement does by itself."""
    values, pairs = work.page.tables.values, work.bench.pairs
    ceiling = MOST_COLUMNS * (max(values[HIT], 0.0) + work.hole + max(values[MEETS], 0.0)) + work.late + ROUNDING
    ceiling += max(values[LEAVE], 0.0) if source.mode == STRETCH else 0.0
    for c in range(work.page.widths.size):
        ceiling += max(pairs.most[pairs.lasts[source.number, c] if source.mode == COLUMNS else 0, c], 0.0)
    return float(ceiling)


@inlined()
def _move(work: Work, source: Source, way: int, change: int) -> Move:
    """Return the move that places the row in one way, which costs a weight when a stretch ends (-1 for none)."""
    values, ways = work.page.tables.values, work.row.ways
    placement = Placement(ways.parts[way], ways.columns[way], ways.segments[way])
    parts, full = placement.parts, placement.columns[0] == FULL
    turned = values[change] if change >= 0 else 0.0
    base = ways.alone[way] + turned + values[MEETS] * (parts - 1)
    most = max(values[HIT], 0.0) * parts + work.hole * (0 if full else work.page.widths.size - parts)
    return Move(way, placement, full, change >= 0, source.mode == NOTHING or change >= 0, base, most)


@inlined()
def _pair(work: Work, source: Source, move: Move, n: int) -> int:
    """Return which pair the n-th segment of a move makes with what was read last in its column."""
    pairs = work.bench.pairs
    last = 0 if move.fresh else pairs.lasts[source.number, place_of(move.placement.columns[n])]
    return int(last * work.row.parts + pairs.parts[move.way, n])


@inlined()
def _bound(work: Work, source: Source, move: Move) -> float:
    """Return what a path may score at most with a move."""
    bound = source.best + move.base + move.most + work.late
    for n in range(move.placement.parts):
        bound += work.bench.pairs.top[_pair(work, source, move, n)]
    return bound


@inlined()
def _make(work: Work, source: Source, move: Move, tally: Tally) -> Tally:
    """Make a move with every choice of segments that open paragraphs."""
    _prepare(work, source, move)
    for mask in range(1 << move.placement.parts):
        gain = move.base + _opened(work.bench.scores, move.placement.parts, mask)
        if gain >= LOW / 2 and source.best + gain + move.most >= tally.floor - work.margin - ROUNDING:
            _end_in(work, move, mask)
            if not move.full:
                gain = _lowered(work, move, mask, gain)
                if work.row.numbered:
                    gain = _ordered(work, source, move, mask, gain)
            tally = _reach(work, source, move, mask, gain, tally)
    return tally


@inlined()
def _prepare(work: Work, source: Source, move: Move) -> None:
    """Fill in what a move leads to and gains, as far as that does not depend on which segments open paragraphs."""
    before, outcome, scores, pairs = work.bench.before, work.bench.outcome, work.bench.scores, work.bench.pairs
    columns = move.placement.columns
    for c in range(MOST_COLUMNS):
        outcome.lasts[c] = before[c]
    _number(outcome, source, move)
    for n in range(move.placement.parts):
        pair = _pair(work, source, move, n)
        scores[0, n], scores[1, n] = pairs.on[pair], pairs.new[pair]
        if before[place_of(columns[n])] < 0 and is_late(before, move.placement.parts, columns[n]):
            scores[1, n] += work.page.tables.values[LATE]


@inlined()
def _number(outcome: Outcome, source: Source, move: Move) -> None:
    """Let the headings before a move be those of its source."""
    for c in range(MOST_COLUMNS):
        outcome.heads[0, c], outcome.heads[1, c] = source.lowest[c], source.highest[c]
    if move.turns:
        begin_anew(outcome.heads[0], outcome.heads[1])


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


@inlined()
def _end_in(work: Work, move: Move, mask: int) -> None:
    """Let a move end in its segments."""
    words, columns = work.page.words, move.placement.columns
    for n in range(move.placement.parts):
        opens, width = bool((mask >> n) & 1), width_of(work.page, columns[n])
        work.bench.outcome.lasts[place_of(columns[n])] = kept_as(
            move.placement.segments[n], opens, words.row_start, words.finishes, words.left, words.right, width
        )


@inlined()
def _lowered(work: Work, move: Move, mask: int, gain: float) -> float:
    """Move the baselines down to a row of columns, and return a gain with what that costs."""
    page, before, lines, size = work.page, work.bench.before, work.bench.outcome.lines, work.page.widths.size
    weight, times = lower(page, before, lines, move.placement, mask)
    gain += page.tables.values[weight] * times
    for c in range(size if move.placement.parts < size else 0):
        hole = hole_of(page.tables.hole, lines, before, move.placement, c)
        gain += page.tables.values[hole] if hole >= 0 else 0.0
    return gain


@inlined()
def _ordered(work: Work, source: Source, move: Move, mask: int, gain: float) -> float:
    """Keep the numbers of the headings of a row, and return a gain with what it costs that they are out of order."""
    outcome = work.bench.outcome
    _number(outcome, source, move)  # anew for each mask, since the call below moves them
    wrong = misnumbered(work.page, outcome.heads[0], outcome.heads[1], move.placement, mask)
    return gain + float(work.page.tables.values[MISNUMBERED]) * wrong


@inlined()
def _reach(work: Work, source: Source, move: Move, mask: int, gain: float, tally: Tally) -> Tally:
    """Let a move lead to its state, unless it is too bad or there is no room for one state more."""
    row, slots, outcome, reached = work.row.number, work.bench.slots, work.bench.outcome, work.bench.reached
    score, soft, mode = source.best + gain, gain * SOFT, STRETCH if move.full else COLUMNS
    known, floor, edge = tally
    if score < floor - work.margin:
        return tally
    floor = max(floor, score)
    slot, state = find_state(reached, slots, row, work.page.widths.size, mode, outcome)
    if state < 0:
        if known == reached.modes.size:
            return Tally(known, floor, edge)
        state, known = known, known + 1
        slots[slot, 0], slots[slot, 1] = state, row
        add_state(reached, state, mode, outcome)
    if score > reached.best[state]:
        reached.best[state] = score
        reached.back[state, 0], reached.back[state, 1], reached.back[state, 2] = source.number, move.way, mask
        for c in range(MOST_COLUMNS):
            reached.below[state, c], reached.upto[state, c] = outcome.lines[AFTER, c], outcome.lines[BEYOND, c]
    if work.weigh:
        reached.total[state] = add_logs(reached.total[state], source.total + soft)
        ends = work.edges.ends
        ends[edge, 0], ends[edge, 1], ends[edge, 2] = source.number, state, move.way
        work.edges.gains[edge] = soft
        edge += 1
    return Tally(known, floor, edge)
