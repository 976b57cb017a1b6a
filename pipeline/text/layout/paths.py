"""The way back through a search, and how probable what it placed is; compiled.

What belongs here: what is kept of every row, the best path, posteriors. What does not: the search itself (`beam`).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.compiling import inlined, inner, uncounted
from pipeline.text.layout.moves import COLUMNS, Room, link, room_for_terms
from pipeline.text.layout.placements import FULL, MOST_COLUMNS, Page, Placements
from pipeline.text.layout.states import LOW, States

_EDGES = 1 << 16  # for which there is room at first


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


class Trellis(NamedTuple):
    """What is kept of every row for the way back.

    Attributes:
        parts: (rows, most) how many segments each placement of a row holds.
        columns: (rows, most, 3) their columns.
        segments: (rows, most, 3) these, packed.
        alone: (rows, most) score of each placement by itself.
        back: (rows, states, 3) as in `States`, of the states kept after each row.
        totals: (rows + 1, states) as in `States`, of the states kept before each row and after the last.
        kept: (rows + 1,) how many there are.
        starts: (rows + 1,) the first edge of each row, and the number of edges.
    """

    parts: NDArray[np.int64]
    columns: NDArray[np.int64]
    segments: NDArray[np.int64]
    alone: NDArray[np.float64]
    back: NDArray[np.int64]
    totals: NDArray[np.float64]
    kept: NDArray[np.int64]
    starts: NDArray[np.int64]


class Edges(NamedTuple):
    """Moves between kept states: (edges, 3) state before, state after, placement; and (edges,) softened gains."""

    ends: NDArray[np.int64]
    gains: NDArray[np.float64]


@inner()
def room_for_rows(rows: int, placements: int, states: int) -> Trellis:
    """Return room for so many rows, each with so many placements and states kept; one state before the first."""
    kept = np.zeros(rows + 1, np.int64)
    kept[0] = 1
    return Trellis(
        np.zeros((rows, placements), np.int64), np.zeros((rows, placements, MOST_COLUMNS), np.int64),
        np.zeros((rows, placements, MOST_COLUMNS), np.int64), np.zeros((rows, placements)),
        np.zeros((rows, states, 3), np.int64), np.zeros((rows + 1, states)), kept, np.zeros(rows + 1, np.int64),
    )  # fmt: skip


@uncounted()
def remember(trellis: Trellis, row: int, held: States, kept: int) -> None:
    """Keep what the way back needs to know of so many states that are held after a row."""
    trellis.kept[row + 1] = kept
    for state in range(kept):
        trellis.totals[row + 1, state] = held.total[state]
        for n in range(3):
            trellis.back[row, state, n] = held.back[state, n]


@uncounted()
def placements_at(trellis: Trellis, row: int) -> Placements:
    """Return the placements of a row."""
    return Placements(trellis.parts[row], trellis.columns[row], trellis.segments[row], trellis.alone[row])


@inner()
def room_for_edges(wanted: bool) -> Edges:
    """Return room for many edges, or for none where they are not wanted."""
    count = _EDGES if wanted else 0
    return Edges(np.empty((count, 3), np.int64), np.empty(count))


@inner()
def with_room(edges: Edges, count: int) -> Edges:
    """Return edges with room for so many."""
    while edges.gains.size < count:
        edges = Edges(
            np.concatenate((edges.ends, np.empty_like(edges.ends))),
            np.concatenate((edges.gains, np.empty_like(edges.gains))),
        )
    return edges


@uncounted()
def compact(edges: Edges, start: int, stop: int, places: NDArray[np.int64]) -> int:
    """Let the edges of a row point at kept states, drop the others, and return how many edges there are."""
    kept = start
    for edge in range(start, stop):
        target = places[edges.ends[edge, 1]]
        if target >= 0:
            edges.ends[kept, 0], edges.ends[kept, 1] = edges.ends[edge, 0], target
            edges.ends[kept, 2] = edges.ends[edge, 2]
            edges.gains[kept] = edges.gains[edge]
            kept += 1
    return kept


@inner()
def likeliest(page: Page, trellis: Trellis, held: States) -> tuple[int, float]:
    """Return which of the last states is the best, with how columns go on at the top of the next, and its score."""
    return _best_last(page, trellis, held, np.empty(MOST_COLUMNS, np.int64), np.empty(0), room_for_terms())


@uncounted()
def _best_last(
    page: Page, trellis: Trellis, held: States, firsts: NDArray[np.int64], nobody: NDArray[np.float64], room: Room
) -> tuple[int, float]:
    """Return what `likeliest` does, given room for first segments, for no counts, and for terms."""
    chosen, score = 0, LOW
    for state in range(trellis.kept[-1]):
        gain = held.best[state]
        if held.modes[state] == COLUMNS:
            _fill_firsts(trellis, state, firsts)
            gain += link(
                page, held.lasts[state], firsts, held.below[state], held.lowest[state], held.highest[state], nobody,
                room,
            )  # fmt: skip
        if gain > score:
            chosen, score = state, gain
    return chosen, score


@uncounted()
def _fill_firsts(trellis: Trellis, state: int, firsts: NDArray[np.int64]) -> None:
    """Fill in the first segment of each column in the stretch of columns that a path ends in, -1 for none."""
    firsts[:] = -1
    for row in range(trellis.parts.shape[0] - 1, -1, -1):
        state, candidate = trellis.back[row, state, 0], trellis.back[row, state, 1]
        if trellis.columns[row, candidate, 0] == FULL:
            break
        for n in range(trellis.parts[row, candidate]):
            firsts[trellis.columns[row, candidate, n]] = trellis.segments[row, candidate, n]


@inner()
def traced(trellis: Trellis, edges: Edges, state: int, score: float, weigh: bool) -> Found:
    """Follow the best path back from its last state, and weigh its segments when asked to."""
    rows = trellis.parts.shape[0]
    parts, chosen = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    columns, segments = np.zeros((rows, MOST_COLUMNS), np.int64), np.zeros((rows, MOST_COLUMNS), np.int64)
    opens, posteriors = np.zeros((rows, MOST_COLUMNS), np.bool_), np.zeros((rows, MOST_COLUMNS))
    for row in range(rows - 1, -1, -1):
        state, candidate, mask = trellis.back[row, state]
        chosen[row], parts[row] = candidate, trellis.parts[row, candidate]
        columns[row], segments[row] = trellis.columns[row, candidate], trellis.segments[row, candidate]
        for n in range(parts[row]):
            opens[row, n] = (mask >> n) & 1
    if weigh:
        _weigh(trellis, edges, chosen, posteriors)
    return Found(score, parts, columns, segments, opens, posteriors)


@inner()
def _weigh(trellis: Trellis, edges: Edges, chosen: NDArray[np.int64], posteriors: NDArray[np.float64]) -> None:
    """Fill in the probability of every chosen segment: the share of all kept paths that hold it (sum-product).

    Args:
        trellis: The rows.
        edges: The moves between kept states.
        chosen: (rows,) placement of each row on the best path.
        posteriors: (rows, 3) receives the probabilities.
    """
    _add_shares(trellis, edges, chosen, np.zeros((2, trellis.totals.shape[1])), posteriors)


@uncounted()
def _add_shares(
    trellis: Trellis, edges: Edges, chosen: NDArray[np.int64], tails: NDArray[np.float64],
    posteriors: NDArray[np.float64],
) -> None:  # fmt: skip
    """Do what `_weigh` does.

    Args:
        trellis: As there.
        edges: As there.
        chosen: As there.
        tails: (2, states) room for the log of the sum over all paths from each state on, of one row and the next.
        posteriors: As there.
    """
    rows = trellis.parts.shape[0]
    mass = trellis.totals[rows, 0]
    for state in range(1, trellis.kept[rows]):
        mass = add_logs(mass, trellis.totals[rows, state])
    for row in range(rows - 1, -1, -1):
        onward, after = tails[row % 2], tails[(row + 1) % 2]
        onward[:] = LOW
        for edge in range(trellis.starts[row], trellis.starts[row + 1]):
            source, target, candidate = edges.ends[edge, 0], edges.ends[edge, 1], edges.ends[edge, 2]
            through = edges.gains[edge] + after[target]
            onward[source] = add_logs(onward[source], through)
            share = math.exp(min(trellis.totals[row, source] + through - mass, 0.0))
            _add_share(trellis, row, chosen[row], candidate, share, posteriors[row])
    for row in range(rows):
        for n in range(MOST_COLUMNS):
            posteriors[row, n] = min(posteriors[row, n], 1.0)


@inlined()
def _add_share(
    trellis: Trellis, row: int, chosen: int, candidate: int, share: float, posteriors: NDArray[np.float64]
) -> None:
    """Add the share of a move to the segments of the chosen placement that the move's placement holds too."""
    columns, segments = trellis.columns[row], trellis.segments[row]
    for n in range(trellis.parts[row, chosen]):
        for m in range(trellis.parts[row, candidate]):
            if segments[chosen, n] == segments[candidate, m] and columns[chosen, n] == columns[candidate, m]:
                posteriors[n] += share


@uncounted()
def add_logs(a: float, b: float) -> float:
    """Return the log of the sum of two numbers, by their logs."""
    high, low = max(a, b), min(a, b)
    return float(high + math.log1p(math.exp(low - high)) if high - low < 30.0 else high)
