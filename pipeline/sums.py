"""Weighted sums of rows of a table, one sum per text; compiled.

What belongs here: adding rows up fast, in an order that is kept. What does not: which rows, and what they mean.

A document asks for thousands of rows of a hundred numbers. NumPy copies them first and then adds them column by column,
which takes three times as long.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.float32] | NDArray[np.float64]
"""Of one kind in a call: what is added up is as exact as the table."""
_LANES = 8


@njit(cache=True)
def _sum_up(lanes: Numbers, table: Numbers, rows: NDArray[np.int64], weights: Numbers) -> None:
    """Put the weighted sum of rows of a table into the first lane: whole eights in lanes, then the others."""
    lanes[:] = 0
    width, whole = table.shape[1], len(rows) - len(rows) % _LANES
    for at in range(whole):
        lane, row, weight = at % _LANES, rows[at], weights[at]
        for column in range(width):
            lanes[lane, column] += table[row, column] * weight
    for column in range(width):
        low = (lanes[0, column] + lanes[1, column]) + (lanes[2, column] + lanes[3, column])
        high = (lanes[4, column] + lanes[5, column]) + (lanes[6, column] + lanes[7, column])
        lanes[0, column] = low + high
    for at in range(whole, len(rows)):
        row, weight = rows[at], weights[at]
        for column in range(width):
            lanes[0, column] += table[row, column] * weight


@njit(cache=True)
def add_sums(
    sums: Numbers, table: Numbers, rows: NDArray[np.int64], weights: Numbers, starts: NDArray[np.int64]
) -> None:
    """Add to each row of `sums` the weighted sum of the rows of its text, in place.

    The order is that of `numpy.add.reduceat` for texts of up to 129 rows, to which the published digits owe their last
    bit: the first row, then the sum of the rest, which goes by eight lanes when there are eight rows or more.

    Args:
        sums: A row per text; as wide as the table or wider, what is beyond it stays.
        table: The rows.
        rows: Numbers of the rows of all texts, one text after another.
        weights: What each of them counts.
        starts: Where each text starts in `rows`, and the end of the last one.
    """
    width = table.shape[1]
    lanes = np.empty((_LANES, width), table.dtype)
    for text in range(len(starts) - 1):
        start, stop = starts[text] + 1, starts[text + 1]
        if start > stop:
            continue
        _sum_up(lanes, table, rows[start:stop], weights[start:stop])
        row, weight = rows[start - 1], weights[start - 1]
        for column in range(width):
            sums[text, column] += table[row, column] * weight + lanes[0, column]
