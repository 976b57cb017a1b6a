"""How wide the columns of a page are, judged by the widths of its rows alone.

What belongs here: hypotheses about columns, best first. What does not: deciding among them (the search does, with the
words in hand).

Rows that hold one column are at most as wide as it is, and wrapped lines nearly so; rows that hold two are at most
twice as wide. The density of row widths under a hypothesis is a mixture of these cases; a grid over widths finds the
best hypotheses to within one percent.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.rows import Row
from pipeline.text.layout.search import Shape

GRID_STEP = 0.01
APART = 0.04
PEAK = 0.14


def _density(x: NDArray[np.float64], columns: int) -> NDArray[np.float64]:
    """Return the density of a row's width, in column widths, for so many columns."""
    total = np.full_like(x, 1e-4)
    share = {2: (0.5, 0.47), 3: (0.34, 0.33, 0.3)}[columns]
    for held, part in enumerate(share, start=1):
        inside = (x > held - 1) & (x <= held)
        low = 1 - PEAK if held == 1 else 1 - PEAK * 1.4
        full = (x > held - 1 + low) & (x <= held)
        total += part * (0.45 * inside + 0.55 * full / (1 - low))
        over = (x > held) & (x <= held + 0.01)
        total += part * 0.3 * over
    total += 0.02 * ((x > columns) & (x <= columns * 1.12))
    return total


def shapes(rows: Sequence[Row], columns: int, count: int) -> list[Shape]:
    """Return up to `count` hypotheses of so many columns of one width, best first.

    Args:
        rows: The page.
        columns: 2 or 3.
        count: How many to return; two of them differ by at least four percent.
    """
    sizes = np.array([row.width for row in rows], dtype=np.float64)
    widest = float(sizes.max())
    low, high = widest / (columns * 1.15), widest * 0.92
    steps = int(math.log(high / low) / GRID_STEP) + 1
    grid = low * np.exp(GRID_STEP * np.arange(steps))
    x = sizes[None, :] / grid[:, None]
    fit = (np.log(_density(x, columns)) - np.log(grid)[:, None]).sum(axis=1)
    found: list[Shape] = []
    for place in np.argsort(-fit, kind="stable").tolist():
        width = float(grid[place])
        if all(abs(math.log(width / shape.widths[0])) > APART for shape in found):
            found.append(Shape((width,) * columns, widest))
            if len(found) == count:
                break
    return found
