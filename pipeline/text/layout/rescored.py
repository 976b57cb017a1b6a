"""What a reading gains when some of its rows change columns, without scoring it from the first row; compiled.

What belongs here: what has been read before each row, and scoring on from there until the change is forgotten. What
does not: what a row costs (`moves`), which changes are tried (`sides`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.baselines import AFTER, BEYOND
from pipeline.text.layout.compiling import inner, uncounted
from pipeline.text.layout.moves import COLUMNS, NOTHING, Read, count_row, link, nothing_read, room_for_terms
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import MOST_COLUMNS, Page, Placement


class Kept(NamedTuple):
    """What has been read of a reading before each row and behind the last.

    Attributes:
        modes: (rows + 1,) what has been read last, as in `moves.stand`.
        segments: (rows + 1, 2, 3) `lasts` and `firsts` of `moves.Read`.
        heights: (rows + 1, 2, 3) its baselines after the last row, at least and at most.
        numbers: (rows + 1, 2, 3) its `lowest` and `highest`.
        totals: (rows + 2,) score of the rows before; behind these with what links columns.
    """

    modes: NDArray[np.int64]
    segments: NDArray[np.int64]
    heights: NDArray[np.float64]
    numbers: NDArray[np.int64]
    totals: NDArray[np.float64]


@inner()
def kept_of(page: Page, found: Found) -> Kept:
    """Return what is kept of a reading."""
    rows, read, room = found.parts.size, nothing_read(), room_for_terms()
    counts = np.zeros(page.tables.values.size)
    kept = Kept(
        np.full(rows + 1, NOTHING, np.int64), np.empty((rows + 1, 2, MOST_COLUMNS), np.int64),
        np.empty((rows + 1, 2, MOST_COLUMNS)), np.empty((rows + 1, 2, MOST_COLUMNS), np.int64), np.zeros(rows + 2),
    )  # fmt: skip
    _keep(kept, 0, read)
    for row in range(rows):
        placement = Placement(found.parts[row], found.columns[row], found.segments[row])
        kept.modes[row + 1] = count_row(page, placement, found.opens[row], kept.modes[row], read, counts, room)
        _keep(kept, row + 1, read)
        kept.totals[row + 1] = _worth(page, counts)
    if kept.modes[rows] == COLUMNS:
        link(page, read.lasts, read.firsts, read.lines[AFTER], read.lowest, read.highest, counts, room)
    kept.totals[rows + 1] = _worth(page, counts)
    return kept


@inner()
def gain_of(page: Page, found: Found, kept: Kept, columns: NDArray[np.int64], first: int, after: int) -> float:
    """Return by how much better the weights like a reading with other columns, in natural-log units.

    Args:
        page: The page.
        found: The reading.
        kept: Of it.
        columns: (rows, 3) the columns; the same but from a first row on.
        first: This row.
        after: The row behind the last that differs.
    """
    read, room, counts = nothing_read(), room_for_terms(), np.zeros(page.tables.values.size)
    _take_up(kept, first, read)
    mode = kept.modes[first]
    for row in range(first, found.parts.size):
        if row >= after and mode == kept.modes[row] and _is_kept(kept, row, read):
            return float(_worth(page, counts) - (kept.totals[row] - kept.totals[first]))
        placement = Placement(found.parts[row], columns[row], found.segments[row])
        mode = count_row(page, placement, found.opens[row], mode, read, counts, room)
    if mode == COLUMNS:
        link(page, read.lasts, read.firsts, read.lines[AFTER], read.lowest, read.highest, counts, room)
    return float(_worth(page, counts) - (kept.totals[found.parts.size + 1] - kept.totals[first]))


@uncounted()
def _worth(page: Page, counts: NDArray[np.float64]) -> float:
    """Return what terms are worth; a loop, since for `np.dot` numba asks for SciPy, which is no dependency."""
    worth = 0.0
    for n in range(counts.size):
        worth += counts[n] * page.tables.values[n]
    return worth


@uncounted()
def _keep(kept: Kept, row: int, read: Read) -> None:
    """Keep what has been read before a row."""
    for c in range(MOST_COLUMNS):
        kept.segments[row, 0, c], kept.segments[row, 1, c] = read.lasts[c], read.firsts[c]
        kept.heights[row, 0, c], kept.heights[row, 1, c] = read.lines[AFTER, c], read.lines[BEYOND, c]
        kept.numbers[row, 0, c], kept.numbers[row, 1, c] = read.lowest[c], read.highest[c]


@uncounted()
def _take_up(kept: Kept, row: int, read: Read) -> None:
    """Fill in what had been read before a row."""
    for c in range(MOST_COLUMNS):
        read.lasts[c], read.firsts[c] = kept.segments[row, 0, c], kept.segments[row, 1, c]
        read.lines[AFTER, c], read.lines[BEYOND, c] = kept.heights[row, 0, c], kept.heights[row, 1, c]
        read.lowest[c], read.highest[c] = kept.numbers[row, 0, c], kept.numbers[row, 1, c]


@uncounted()
def _is_kept(kept: Kept, row: int, read: Read) -> bool:
    """Return whether what has been read is what had been read before a row, so that all that follows costs the same."""
    same = True
    for c in range(MOST_COLUMNS):
        same = same and read.lasts[c] == kept.segments[row, 0, c] and read.firsts[c] == kept.segments[row, 1, c]
        same = same and read.lines[AFTER, c] == kept.heights[row, 0, c]
        same = same and read.lines[BEYOND, c] == kept.heights[row, 1, c]
        same = same and read.lowest[c] == kept.numbers[row, 0, c] and read.highest[c] == kept.numbers[row, 1, c]
    return same
