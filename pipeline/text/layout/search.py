"""Shapes of a page, and the search under one of them.

What belongs here: what is supposed of a page before it is searched, calling the compiled search, measuring gaps between
paragraphs on a reading. What does not: the search itself (`beam`), how wide columns are (`widths`).
"""

import math
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout import beam
from pipeline.text.layout.baselines import AFTER, BELOW, BEYOND, FAR, LEAST, MOST, NOISE, UPTO, settle
from pipeline.text.layout.moves import terms_of
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import FULL, MOST_COLUMNS, Page, cuts_of, insides
from pipeline.text.layout.rows import Rows
from pipeline.text.layout.score import INNER, INNER_FULL, SOLE, Tables, in_one
from pipeline.text.layout.weights import INDEX

WIDE_GAP = (0.98, 3.0)
GAPS = np.arange(0.98, 2.6, 0.02)
GAP_SLACK = 0.04
NO_TRUTH = Found(
    0.0, np.zeros(0, np.int64), np.zeros((0, MOST_COLUMNS), np.int64), np.zeros((0, MOST_COLUMNS), np.int64),
    np.zeros((0, MOST_COLUMNS), np.bool_), np.zeros((0, MOST_COLUMNS)),
)  # fmt: skip
MET = 0.12  # share of rows that hold two segments, below which columns were most likely given in order
CLASH_SHARE = 0.35  # clashes that an exact gap may cost, in openings


@dataclass(frozen=True, slots=True)
class Shape:
    """Hypothesis about the layout of a page.

    Attributes:
        widths: Width of each column; empty for none.
        full: Width of the page's text.
        gap: How far below the last line a new paragraph opens, at least and at most, in leadings.
    """

    widths: tuple[float, ...]
    full: float
    gap: tuple[float, float] = WIDE_GAP

    @property
    def exact(self) -> bool:
        """Whether the gap was measured."""
        return self.gap != WIDE_GAP


@dataclass(frozen=True)
class Sheet:
    """A page with the weights that it is read by, and what these say of it whatever its shape.

    Attributes:
        rows: The page.
        tables: The weights.
        single: The weights for reading it in one column.
        inside: As `insides` returned it; the same in one column.
        crossed: Whether a row may hold a line of the right column and then one of the left.
        found: What `find_once` found.
    """

    rows: Rows
    tables: Tables
    single: Tables
    inside: NDArray[np.float64]
    crossed: bool = False
    found: dict[tuple[Shape, int, float, bool], Found] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, rows: Rows, tables: Tables) -> "Sheet":
        """Return a page with weights."""
        return cls(rows, tables, in_one(tables), insides(rows.words, tables))

    @cached_property
    def cuts(self) -> NDArray[np.int64]:
        """As `cuts_of` returned it."""
        return cuts_of(self.rows.words.row_start, self.inside)

    def under(self, shape: Shape) -> Page:
        """Return what compiled code needs to know of the page under a shape."""
        tables = self.tables if len(shape.widths) > 1 else self.single
        widths = np.array(shape.widths, dtype=np.float64)
        return Page(
            self.rows.words, tables, self.inside, self.cuts, widths, shape.full, shape.gap, shape.exact, self.crossed
        )  # fmt: skip


def find(
    sheet: Sheet,
    shape: Shape,
    states: int,
    margin: float,
    *,
    weigh: bool = False,
    truth: Found = NO_TRUTH,
    penalty: float = 0.0,
) -> Found:
    """Return the likeliest reading of a page under a shape.

    Args:
        sheet: The page.
        shape: What is supposed.
        states: How many are kept after each row.
        margin: How far below the best these may be, in natural-log units.
        weigh: Whether to find the posteriors, too.
        truth: For training: the true path.
        penalty: For training: what every row that is placed otherwise gains.
    """
    page, values = sheet.under(shape), sheet.tables.values
    found = beam.search(page, states, margin, weigh, penalty, truth)
    terms = page_terms(found, len(shape.widths)).items()
    return found._replace(score=found.score + sum(float(values[INDEX[name]]) * share for name, share in terms))


def find_once(sheet: Sheet, shape: Shape, states: int, margin: float, *, weigh: bool = False) -> Found:
    """Return what `find` does; climbs from two starts often meet, so what was found under a shape is kept."""
    asked = (shape, states, margin, weigh)
    if asked not in sheet.found:
        sheet.found[asked] = find(sheet, shape, states, margin, weigh=weigh)
    return sheet.found[asked]


def counts_of(sheet: Sheet, shape: Shape, path: Found) -> NDArray[np.float64]:
    """Return how often each weight counts in the score of a path under a shape: (names,)."""
    page = sheet.under(shape)
    counts: NDArray[np.float64] = terms_of(page, path.parts, path.columns, path.segments, path.opens)
    if len(shape.widths) <= 1:
        counts[INNER:INNER_FULL] = counts[SOLE : SOLE + 2] = 0.0
    for name, share in page_terms(path, len(shape.widths)).items():
        counts[INDEX[name]] += share
    return counts


def page_terms(found: Found, columns: int) -> dict[str, float]:
    """Return the weights of a page having so many columns, and of hardly any of its baselines meeting, by how few do.

    Three columns whose baselines meet by twos only are most likely two.
    """
    placed = found.columns[:, 0] != FULL
    if columns < 2 or not bool(placed.any()):
        return {}
    least = MET * int(placed.sum())
    terms = {"page_columns_two" if columns == 2 else "page_columns_three": 1.0}
    terms["page_unmet"] = max(1.0 - int((found.parts > 1).sum()) / least, 0.0)
    if columns > 2:
        terms["page_apart"] = max(1.0 - int((found.parts > 2).sum()) / least, 0.0)
    return terms


def with_gaps(found: Found, shape: Shape, most: int) -> list[Shape]:
    """Return a shape with at most so many gaps between paragraphs that explain the order of the rows best.

    Args:
        found: A reading under a shape.
        shape: Its columns.
        most: How many; none explains it well enough when any gap does it better.
    """
    clashes = _clashes_at(found, len(shape.widths), GAPS, GAP_SLACK)
    bound = _clashes(found, len(shape.widths), *WIDE_GAP) + CLASH_SHARE * int(found.opens.sum())
    gaps: list[float] = []
    for level in np.unique(clashes[clashes <= bound]).tolist():
        runs = sorted(_runs(np.flatnonzero(clashes == level)), key=len, reverse=True)
        gaps += [float(GAPS[place]) for run in runs for place in _spread(run)]
    kept = [gap for n, gap in enumerate(gaps) if all(abs(gap - other) > 2 * GAP_SLACK for other in gaps[:n])]
    return [replace(shape, gap=(gap - GAP_SLACK, gap + GAP_SLACK)) for gap in kept[:most]] or [
        replace(shape, gap=WIDE_GAP)
    ]


def weighed_against(found: Found, other: Found) -> NDArray[np.float64]:
    """Return the posteriors of a reading when another shape of the page may be the true one: (rows, 3).

    Each shape weighs by how likely its best reading is; where the two differ, the other one counts nothing.
    """
    share = likelihood(beam.SOFT * (found.score - other.score))
    same = (found.segments == other.segments) & (found.columns == other.columns)
    weighed: NDArray[np.float64] = share * found.posteriors + (1.0 - share) * np.where(same, other.posteriors, 0.0)
    return weighed


def likelihood(odds: float) -> float:
    """Return the probability of log-odds, from 0 to 1."""
    return 1.0 / (1.0 + math.exp(-odds))


def _spread(run: NDArray[np.int64]) -> list[int]:
    """Return the middle of a run, and points on either side of it when it is long."""
    return [int(run[int(share * len(run))]) for share in ((0.5, 0.2, 0.8) if len(run) > 8 else (0.5,))]


def _runs(places: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return rising positions as runs of neighbours."""
    return np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)


@njit(cache=True)
def _clashes_at(found: Found, columns: int, gaps: NDArray[np.float64], slack: float) -> NDArray[np.int64]:
    """Return `_clashes` for paragraphs that open about so far down: (gaps,)."""
    totals = np.empty(gaps.size, np.int64)
    for n in range(gaps.size):
        totals[n] = _clashes(found, columns, gaps[n] - slack, gaps[n] + slack)
    return totals


@njit(cache=True)
def _clashes(found: Found, columns: int, low: float, high: float) -> int:
    """Return how many rows of a reading cannot stand at their height when paragraphs open between `low` and `high`."""
    total, lines = 0, np.zeros((6, MOST_COLUMNS))
    lines[UPTO] = FAR
    seen = np.zeros(MOST_COLUMNS, np.bool_)
    for row in range(found.parts.size):
        count = found.parts[row]
        if found.columns[row, 0] == FULL:
            lines[BELOW], lines[UPTO] = 0.0, FAR
            seen[:] = False
            continue
        for n in range(count):
            if not seen[found.columns[row, n]]:
                lines[LEAST, n], lines[MOST, n] = 0.0, FAR
            elif found.opens[row, n]:
                lines[LEAST, n], lines[MOST, n] = low, high
            else:
                lines[LEAST, n], lines[MOST, n] = 1.0 - NOISE, 1.0 + NOISE
        total += settle(lines, columns, count, found.columns[row])
        for n in range(count):
            seen[found.columns[row, n]] = True
        for c in range(MOST_COLUMNS):
            lines[BELOW, c], lines[UPTO, c] = lines[AFTER, c], lines[BEYOND, c]
    return total
