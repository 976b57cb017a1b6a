"""How wide the columns of a page are, judged by the widths of its rows alone.

What belongs here: hypotheses about columns, best first. What does not: deciding among them (the search does, with the
words in hand).

Rows that hold one column are at most as wide as it is, and wrapped lines nearly so; rows that hold two are at most
twice as wide. The density of row widths under a hypothesis is a mixture of these cases; a grid over widths finds the
best hypotheses to within one percent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import FULL
from pipeline.text.layout.rows import Rows, Words
from pipeline.text.layout.score import size_of
from pipeline.text.layout.search import Shape

GRID_STEP = 0.01
APART = 0.04
PEAK = 0.14
RATIOS = (0.92, 0.87, 0.82, 0.78, 0.74, 0.7, 0.65, 0.6, 0.5)
CLEARLY = -1.0
SAME = 0.06
"""By how much the widths of a column may differ from page to page, or those of equal columns of a page, as logarithms:
lines of ragged text do not fill their columns. Columns set to a ratio of 1.3 differ by 0.26."""
NEAR = ((1.1, 1.1), (1.2, 1.2), (1.0, 1.25), (1.25, 1.0))


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


def shapes(rows: Rows, columns: int, count: int) -> list[tuple[float, Shape]]:
    """Return up to `count` hypotheses of so many columns of one width with their log density, best first.

    Args:
        rows: The page.
        columns: 2 or 3.
        count: How many to return; two of them differ by at least four percent.
    """
    sizes = rows.widths
    widest = float(sizes.max())
    low, high = widest / (columns * 1.15), widest * 1.015
    steps = int(math.log(high / low) / GRID_STEP) + 1
    grid = low * np.exp(GRID_STEP * np.arange(steps))
    x = sizes[None, :] / grid[:, None]
    fit = (np.log(_density(x, columns)) - np.log(grid)[:, None]).sum(axis=1)
    found: list[tuple[float, Shape]] = []
    for place in np.argsort(-fit, kind="stable").tolist():
        width = float(grid[place])
        if all(abs(math.log(width / shape.widths[0])) > APART for _, shape in found):
            found.append((float(fit[place]), Shape((width,) * columns, widest)))
            if len(found) == count:
                break
    return found


def unequal(rows: Rows, equal: Shape) -> list[Shape]:
    """Return two columns of different widths, in both orders, when these explain the rows better than equal ones.

    Args:
        rows: The page.
        equal: The best hypothesis of two equal columns.
    """
    sizes = rows.widths
    widest = float(sizes.max())
    low, high = widest / 2.2, widest * 1.015
    wide = low * np.exp(1.5 * GRID_STEP * np.arange(int(math.log(high / low) / (1.5 * GRID_STEP)) + 1))
    best, chosen = _fit_of_two(sizes, np.array(equal.widths[:1]), 1.0)[0] + CLEARLY, (0.0, 0.0)
    for ratio in RATIOS:
        fit = _fit_of_two(sizes, wide, ratio)
        place = int(np.argmax(fit))
        if fit[place] > best:
            best, chosen = float(fit[place]), (float(wide[place]), float(wide[place] * ratio))
    if not chosen[0]:
        return []
    return [Shape(chosen, widest), Shape(chosen[::-1], widest)]


def unmerged(rows: Rows, other: Shape) -> list[Shape]:
    """Return two columns, one as wide as the widest row, for pages on which no baselines met.

    Args:
        rows: The page.
        other: A hypothesis that is tried anyway.

    Returns:
        Shapes; none when few rows are so wide.
    """
    ranked = sorted(rows.widths.tolist(), reverse=True)
    width = ranked[len(ranked) // 12] * 1.004
    near = sum(1 for size in ranked if width * (1 - PEAK) <= size <= width)
    if near < 0.25 * len(ranked):
        return []
    found = [] if abs(math.log(width / other.widths[0])) < APART else [(width, width)]
    fits = {ratio: _fit_of_singles(rows.widths / width, ratio) for ratio in (1.0, *RATIOS)}
    ratio = max(RATIOS, key=lambda ratio: fits[ratio])
    if fits[ratio] > fits[1.0] - CLEARLY:
        found += [(width, width * ratio), (width * ratio, width)]
    return [Shape(widths, float(ranked[0])) for widths in found]


def _fit_of_singles(x: NDArray[np.float64], ratio: float) -> float:
    """Return the log density of row widths, in those of the wider column, when no row holds both."""
    total = np.full_like(x, 1e-4) + _one_column(x, 1.0, 0.5) + _one_column(x, ratio, 0.5)
    return float(np.log(total).sum())


def _one_column(x: NDArray[np.float64], edge: float, part: float) -> NDArray[np.float64]:
    """Return the density of rows of one column that is as wide as `edge`, being so large a part of all."""
    nearly = (x > edge * (1 - PEAK)) & (x <= edge)
    density: NDArray[np.float64] = part * (0.45 * (x <= edge) / edge + 0.55 * nearly / (edge * PEAK))
    return density


@njit(cache=True)
def _fit_of_two(sizes: NDArray[np.float64], wide: NDArray[np.float64], ratio: float) -> NDArray[np.float64]:
    """Return the log density of row widths under a wide and a narrow column, for each width of the wide one."""
    both = 1 + ratio
    start, fit = both * (1 - 0.7 * PEAK), np.empty(wide.size)
    for n in range(wide.size):
        total = 0.0
        for size in sizes:
            x = size / wide[n]
            density = 1e-4
            for edge in (1.0, ratio):
                density += 0.25 * 0.45 / edge if x <= edge else 0.0
                density += 0.25 * 0.55 / (edge * PEAK) if edge * (1 - PEAK) < x <= edge else 0.0
            if 0.5 < x <= both:
                density += 0.47 * 0.45 / (both - 0.5)
            if start < x <= both:
                density += 0.47 * 0.55 / (both - start)
            if both < x <= both * 1.12:
                density += 0.02
            total += math.log(density)
        fit[n] = total - sizes.size * math.log(wide[n])
    return fit


@dataclass(frozen=True, slots=True)
class Supposed:
    """What to start searches from; a search finds the right widths from some percent away.

    Attributes:
        twos: Two columns.
        around: Others, at a distance, for where these lead to nothing good.
        threes: Three columns.
        lead: Log density by which two equal columns explain the widths of the rows better than three.
    """

    twos: list[Shape]
    around: list[Shape]
    threes: list[Shape]
    lead: float


def supposed(rows: Rows) -> Supposed:
    """Return what to start searches from."""
    (fit_two, two), (fit_three, three) = shapes(rows, 2, 1)[0], shapes(rows, 3, 1)[0]
    width = two.widths[0]
    around = [replace(two, widths=(width * a, width * b)) for a, b in NEAR]
    threes = [three, replace(three, widths=tuple(1.06 * w for w in three.widths))]
    if abs(width / three.widths[0] - 1) > APART:
        threes.append(replace(three, widths=(width,) * 3))
    return Supposed([two, *unequal(rows, two), *unmerged(rows, two)], around, threes, fit_two - fit_three)


def measured(rows: Rows, found: Found, shape: Shape) -> Shape:
    """Return a shape with the widths that a reading under it shows.

    Args:
        rows: The page.
        found: A reading of it.
        shape: What was supposed.
    """
    widths = _shown(rows.words, found, np.array(shape.widths))
    return replace(shape, widths=tuple(widths.tolist()))


def are_alike(widths: Sequence[float], others: Sequence[float]) -> bool:
    """Return whether the columns of two pages are as many and, but for ragged lines, as wide."""
    return len(widths) == len(others) and all(abs(math.log(a / b)) < SAME for a, b in zip(widths, others, strict=True))


def levelled(widths: tuple[float, ...]) -> tuple[float, ...]:
    """Return the widths of columns, all of them the widest where they differ little.

    A line may be much shorter than its column and hardly longer.
    """
    most = max(widths)
    return (most,) * len(widths) if math.log(most / min(widths)) < SAME else widths


@njit(cache=True)
def _shown(words: Words, found: Found, supposed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the widths that most of the wrapped lines of each column nearly fill.

    This is the widest, unless few others come near it, or what was supposed where no line is like that.
    """
    shown, sizes = supposed.copy(), np.empty(found.parts.size)
    for column in range(supposed.size):
        count = 0
        for row in range(found.parts.size):
            for n in range(found.parts[row]):
                size = size_of(words, found.segments[row, n]) if found.columns[row, n] == column else np.inf
                if size <= supposed[column] * 1.03:
                    sizes[count] = size
                    count += 1
        ranked = np.sort(sizes[:count])[::-1]
        for size in ranked[: max(1, count // 4)]:
            near = 0
            for other in ranked:
                near += size * (1 - PEAK) <= other <= size
            if near >= max(2.0, 0.25 * count):
                shown[column] = size * 1.004
                break
    return shown


def sizes_of(rows: Rows, found: Found, columns: int) -> list[list[float]]:
    """Return the widths of the segments that a reading puts in each of so many columns."""
    sizes: list[list[float]] = [[] for _ in range(columns)]
    for count, placed, segments in zip(found.parts, found.columns, found.segments, strict=True):
        for n in range(count):
            if placed[n] != FULL:
                sizes[placed[n]].append(size_of(rows.words, segments[n]))
    return sizes
