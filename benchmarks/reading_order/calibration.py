"""What a confidence is worth: how often that which carries it stood right.

What belongs here: the rising curve through measured confidences, and the one of segments on searched pages. What does
not: the curve of statements among woven pages (`among`), learning the weights whose confidences these are (`learning`).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import isotonic_regression

from benchmarks.reading_order.measure import Mark, judge
from benchmarks.reading_order.samples import make_pages
from pipeline.text.language import Language
from pipeline.text.layout import read_page

BINS = 40
SUREST = 0.995
"""No segment is surer than this, however many of those that were measured stood right."""


def rising(bins: Sequence[Sequence[Mark] | NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return a row for each bin: its mean confidence, the share right, never less than before it, and how many.

    Args:
        bins: Confidences and whether what carries them stood right, from low to high; no bin is empty.
    """
    means, counts = np.array([np.mean(part, axis=0) for part in bins]), np.array([len(part) for part in bins])
    worth = isotonic_regression(means[:, 1], sample_weight=counts)
    return np.column_stack((means[:, 0], worth, counts))


def of_segments(language: Language, count: int) -> tuple[list[float], list[float]]:
    """Return rising posteriors from 0 to 1, and how often segments with them stood right on development pages.

    Args:
        language: Of the texts; what is stored for it is measured.
        count: Of pages; those that were not searched, all of whose segments are equally sure, are left out.
    """
    marks: list[Mark] = []
    for page in make_pages("develop", 2, count):
        reading = read_page(page.lines, language)
        if len({segment.confidence for segment in reading.segments}) > 1:
            marks += judge(page, reading.segments)[0].marks
    marks.sort()
    edges = [n * len(marks) // BINS for n in range(BINS + 1)]
    return segment_curve(rising([marks[low:high] for low, high in pairwise(edges) if high > low]))


def segment_curve(fitted: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Return levels and their worth: bins worth the same are one level, and both ends have one."""
    equal = [fitted[fitted[:, 1] == worth] for worth in np.unique(fitted[:, 1])]
    levels = [0.0, *(float(np.average(part[:, 0], weights=part[:, 2])) for part in equal), 1.0]
    worth = [equal[0][0, 1] * 0.9, *(min(part[0, 1], SUREST) for part in equal)]
    worth.append(min(worth[-1] + 0.002, 0.999))
    kept = [n for n in range(len(levels)) if n == 0 or levels[n] > levels[n - 1] + 1e-6]
    # A step that is worth no more than the one before it would leave nothing to tell two confidences by.
    spread = [min(worth[n] + 1e-4 * levels[n], 1.0) for n in kept]
    return [round(levels[n], 5) for n in kept], [round(float(value), 5) for value in spread]
