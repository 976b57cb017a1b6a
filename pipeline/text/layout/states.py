"""The states of a search, what may have been read after a row, and telling new ones from known ones; compiled.

What belongs here: the arrays of states, finding one by what was read, keeping the best. What does not: which moves lead
to them (`beam`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.baselines import AFTER, BEYOND
from pipeline.text.layout.compiling import inlined, inner, uncounted
from pipeline.text.layout.moves import NOTHING, STRETCH
from pipeline.text.layout.placements import MOST_COLUMNS
from pipeline.text.layout.ranking import rank

LOW = -1e18
NEAR = 0.13  # in leadings: states whose baselines differ by less are one
_LEAST_SLOTS = 512


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


class Outcome(NamedTuple):
    """What a move leads to, while it is made.

    Attributes:
        lasts: (3,) last segments, as in `stand`.
        lines: (6, 3) baselines; the rows `AFTER` and `BEYOND` tell states apart.
        heads: (2, 3) lowest and highest numbers of headings, as in `misnumbered`.
    """

    lasts: NDArray[np.int64]
    lines: NDArray[np.float64]
    heads: NDArray[np.int64]


@inner()
def room_for_states(count: int) -> States:
    """Return room for so many states, nothing in it yet."""
    return States(
        np.empty((count, MOST_COLUMNS), np.int64), np.empty((count, MOST_COLUMNS)),
        np.empty((count, MOST_COLUMNS)), np.empty((count, MOST_COLUMNS), np.int64),
        np.empty((count, MOST_COLUMNS), np.int64), np.empty(count, np.int64), np.empty(count), np.empty(count),
        np.empty((count, 3), np.int64),
    )  # fmt: skip


@inner()
def slots_for(states: int) -> NDArray[np.int64]:
    """Return (slots, 2) for finding so many states, twice as many at least, a power of two: which, and in what row."""
    slots = _LEAST_SLOTS
    while slots < 2 * states:
        slots *= 2
    return np.full((slots, 2), -1, np.int64)


@uncounted()
def hold_nothing(held: States) -> None:
    """Hold one state: nothing has been read."""
    for c in range(MOST_COLUMNS):
        held.lasts[0, c], held.below[0, c], held.upto[0, c], held.lowest[0, c], held.highest[0, c] = -1, 0.0, 0.0, 0, 0
    held.modes[0], held.best[0], held.total[0] = NOTHING, 0.0, 0.0


@inlined()
def find_state(
    known: States, slots: NDArray[np.int64], row: int, size: int, mode: int, outcome: Outcome
) -> tuple[int, int]:
    """Return the slot and the number of the state of a row that a move leads to; -1 for one that is new.

    Args:
        known: The states.
        slots: As `slots_for` made them; slots of other rows are free.
        row: Which row.
        size: How many columns the page has.
        mode: `COLUMNS` or `STRETCH`.
        outcome: What the move leads to.
    """
    last_slot = slots.shape[0] - 1
    slot = _hash(mode, size, outcome) & last_slot
    while slots[slot, 1] == row:
        state = slots[slot, 0]
        if _is_state(known, state, mode, size, outcome):
            return slot, state
        slot = (slot + 1) & last_slot
    return slot, -1


@inlined()
def add_state(known: States, state: int, mode: int, outcome: Outcome) -> None:
    """Add a state to which no path leads yet."""
    known.modes[state], known.best[state], known.total[state] = mode, LOW, LOW
    for c in range(MOST_COLUMNS):
        known.lasts[state, c] = outcome.lasts[c]
        known.lowest[state, c], known.highest[state, c] = outcome.heads[0, c], outcome.heads[1, c]


@uncounted()
def _hash(mode: int, size: int, outcome: Outcome) -> int:
    """Return a number that equal states share."""
    key, lasts, lines, heads = mode, outcome.lasts, outcome.lines, outcome.heads
    for c in range(size):
        key = (key * 8191) ^ (heads[0, c] * 31 + heads[1, c])
    if mode == STRETCH:
        key = (key * 1000003) ^ (lasts[0] * 3 + 2)
    else:
        for c in range(size):
            key = (key * 1000003) ^ (lasts[c] + 7)
            key = (key * 8191) ^ int(lines[AFTER, c] * 8.0 + 4.5)
            key = (key * 8191) ^ int(lines[BEYOND, c] * 8.0 + 4.5)
    return key ^ (key >> 17)


@inlined()
def _is_state(known: States, state: int, mode: int, size: int, outcome: Outcome) -> bool:
    """Return whether a move leads to a known state."""
    same = known.modes[state] == mode and known.lasts[state, 0] == outcome.lasts[0]
    for c in range(size if same and mode != STRETCH else 0):
        if known.lasts[state, c] != outcome.lasts[c]:
            return False
        if abs(known.below[state, c] - outcome.lines[AFTER, c]) > NEAR:
            return False
        if abs(known.upto[state, c] - outcome.lines[BEYOND, c]) > NEAR:
            return False
    for c in range(size):
        same = same and known.lowest[state, c] == outcome.heads[0, c] and known.highest[state, c] == outcome.heads[1, c]
    return bool(same)


@uncounted()
def keep(
    reached: States, known: int, least: float, held: States, chosen: NDArray[np.int64], places: NDArray[np.int64]
) -> int:
    """Copy the best states, in their order; return how many.

    Args:
        reached: So many states.
        known: How many.
        least: What these must score.
        held: Receives them.
        chosen: (held,) room.
        places: (reached,) receives the place of each reached state, -1 for one that is not held.
    """
    kept = rank(reached.best, known, least, chosen)
    places[:known] = -1
    for place in range(kept):
        state = chosen[place]
        places[state] = place
        for c in range(MOST_COLUMNS):
            held.lasts[place, c], held.back[place, c] = reached.lasts[state, c], reached.back[state, c]
            held.lowest[place, c], held.highest[place, c] = reached.lowest[state, c], reached.highest[state, c]
            held.below[place, c], held.upto[place, c] = reached.below[state, c], reached.upto[state, c]
        held.modes[place] = reached.modes[state]
        held.best[place], held.total[place] = reached.best[state], reached.total[state]
    return kept
