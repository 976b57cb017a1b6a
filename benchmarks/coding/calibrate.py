"""Fitting the confidence: how often a rule of a given certainty is right.

What belongs here: the line per dimension that a lexicon's `calibration` holds. What does not: measuring it (the
calibration error of `pipeline.coding.reliability`).

The rules were made while looking at the development documents, so they do better there than elsewhere. The line is
therefore lowered until its mean expects `UNSEEN` times the errors made there.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.coding.gold import GoldDocument
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder

UNSEEN = 1.8
"""Errors on unseen documents by those on development ones: the middle of all dimensions with lexicon 1.1.0."""


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
    """Return the least-squares line, lowered; a flat one when certainty tells nothing or the wrong thing."""
    expected = 1 - UNSEEN * (1 - float(np.mean(y)))
    slope = float(np.polyfit(x, y, 1)[0]) if np.ptp(x) > 1e-9 else 0.0
    if slope <= 0:
        return expected, 0.0
    return expected - slope * float(np.mean(x)), slope
