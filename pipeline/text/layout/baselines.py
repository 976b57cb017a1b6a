"""Baselines: how far rows can lie below each other; compiled.

What belongs here: bookkeeping of the heights that an extractor no longer tells. What does not: which lines are supposed
to stand where (`moves`, `beam`).

All lengths are in leadings. Between two lines of one paragraph lies exactly one, and rows come by height, so of each
column it is known how far, at least and at most, the present row lies below that column's last line.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.compiling import uncounted

MEET = 0.3  # extractors merge lines up to 3 points apart
APART = 0.15  # closer rows would have been merged
NOISE = 0.01
FAR = 30.0
JUMP_LEAST, JUMP_MOST = 0.98, 12.0  # a picture or a heading pushed the column down
HEADING_MOST = 1.2  # white space above a heading, more than between paragraphs

# Rows of the array that holds what is known of baselines, one value a column: how far the present row lies below each
# column's last line, at least and at most; for each segment that is placed, how far below its column's last line it
# stands, at least and at most; and what the first two are on the next row.
BELOW, UPTO, LEAST, MOST, AFTER, BEYOND = range(6)


@uncounted(from_python=True)
def settle(lines: NDArray[np.float64], columns: int, count: int, placed: NDArray[np.int64]) -> bool:
    """Move to the next row and return whether the baselines contradict each other.

    Args:
        lines: (6, columns) as named above; the last two rows are filled in.
        columns: How many columns.
        count: How many have a line on the next row.
        placed: These columns, from 0.
    """
    # How far below the present row the next one lies, by the first column that has a line on it.
    first = placed[0]
    low, high = max(APART, lines[LEAST, 0] - lines[UPTO, first]), min(FAR, lines[MOST, 0] - lines[BELOW, first])
    for n in range(1, count):
        low = max(low, lines[LEAST, n] - lines[UPTO, placed[n]] - MEET)
        high = min(high, lines[MOST, n] - lines[BELOW, placed[n]] + MEET)
    clash = low > high + 0.03
    if clash:
        low, high = APART, 2.0
    elif low > high:
        low = high = max((low + high) / 2, APART)
    for c in range(columns):
        lines[AFTER, c], lines[BEYOND, c] = lines[BELOW, c] + low, min(lines[UPTO, c] + high, FAR)
    lines[AFTER, first] = lines[BEYOND, first] = 0.0
    for n in range(1, count):
        # Lines that were merged keep what their baselines differ by, when that is known; else they most likely agree.
        c = placed[n]
        nearer = low - lines[MOST, n] + lines[BELOW, c]
        farther = high - lines[LEAST, n] + lines[UPTO, c]
        known = not clash and farther - nearer < MEET
        lines[AFTER, c] = min(max(nearer, -MEET), MEET) if known else 0.0
        lines[BEYOND, c] = max(min(farther, MEET), -MEET) if known else 0.0
    return bool(clash)
