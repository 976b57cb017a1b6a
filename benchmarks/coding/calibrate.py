"""Fitting the confidence: how often a rule of a given certainty is right.

What belongs here: the line per dimension that a lexicon's `calibration` holds. What does not: measuring it (the
calibration error of `pipeline.coding.reliability`).

It is fitted on documents that were held out and have been opened: on development ones the coder is too often right.
They are few, so the line is drawn towards the diagonal.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.coding.gold import GoldDocument
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder

_DIAGONAL = 0.02
"""Variance of certainty below which the diagonal outweighs what was measured."""


def print_calibration(coder: Coder, documents: Sequence[GoldDocument], codebook: Codebook) -> None:
    """Print an intercept and a slope per dimension, for a coder whose lexicon has no calibration."""
    print("\ncalibration:")
    for dimension in codebook.dimensions:
        certainties, right = [], []
        for document in documents:
            for codes, codings in zip(document.codes, coder.code(document.inputs), strict=True):
                primary = [item for item in codings if item.dimension == dimension.id and item.rank == "primary"]
                if not primary:
                    continue
                gold = codes.get(dimension.id, (dimension.default,))
                certainties.append(primary[0].confidence)
                right.append(float({item.code for item in primary} == set(gold)))
        intercept, slope = _line(certainties, right)
        print(f"  {dimension.id}: {{intercept: {intercept:.3f}, slope: {slope:.3f}}}")


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Return intercept and slope: least squares, with the diagonal as prior, through the means."""
    mean_x, mean_y = float(np.mean(x)), float(np.mean(y))
    together = float(np.mean((np.asarray(x) - mean_x) * (np.asarray(y) - mean_y)))
    slope = (together + _DIAGONAL) / (float(np.var(x)) + _DIAGONAL)
    return mean_y - slope * mean_x, slope
