"""Fitting the confidence: how often a rule of a given certainty is right.

What belongs here: the line per dimension that a lexicon's `calibration` holds. What does not: measuring it (the
calibration error of `pipeline.coding.reliability`).

It is fitted on the documents of other hands, from which the cues were not written, and out of fold by hand: the weights
that back the coder are learned without the hands that they are tried on. On hands that it knows it is too often right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.coding.gold import GoldDocument
from benchmarks.coding.train import learn_first
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon
from pipeline.text.language import load_language

_DIAGONAL = 0.02
"""Variance of certainty below which the diagonal outweighs what was measured."""
_FOLDS = 5


def print_calibration(lexicon: Lexicon, documents: Sequence[GoldDocument], codebook: Codebook) -> None:
    """Print an intercept and a slope per dimension, from documents coded by weights that have not seen them."""
    found: dict[str, tuple[list[float], list[float]]] = {one.id: ([], []) for one in codebook.dimensions}
    for document, coder in _out_of_fold(lexicon, documents, codebook):
        for codes, codings in zip(document.codes, coder.code(document.inputs), strict=True):
            for dimension in codebook.dimensions:
                primary = [one for one in codings if one.dimension == dimension.id and one.rank == "primary"]
                if not primary:
                    continue
                certainties, right = found[dimension.id]
                certainties.append(primary[0].confidence)
                right.append(float({one.code for one in primary} == set(codes.get(dimension.id, (dimension.default,)))))
    print("\ncalibration:")
    for name, (certainties, right) in found.items():
        intercept, slope = _line(certainties, right)
        print(f"  {name}: {{intercept: {intercept:.3f}, slope: {slope:.3f}}}")


def _out_of_fold(
    lexicon: Lexicon, documents: Sequence[GoldDocument], codebook: Codebook
) -> Iterator[tuple[GoldDocument, Coder]]:
    """Yield every document of another hand with a coder that was learned without that hand, and is not calibrated."""
    hands = sorted({document.hand for document in documents if document.hand})
    language = load_language("nl")
    for fold in range(_FOLDS):
        held = hands[fold::_FOLDS]
        model = learn_first(codebook, lexicon, [one for one in documents if one.hand not in held])
        coder = Coder(codebook, replace(lexicon, calibration={}, learned=model), language)
        yield from ((document, coder) for document in documents if document.hand in held)


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Return intercept and slope: least squares, with the diagonal as prior, through the means."""
    mean_x, mean_y = float(np.mean(x)), float(np.mean(y))
    together = float(np.mean((np.asarray(x) - mean_x) * (np.asarray(y) - mean_y)))
    slope = (together + _DIAGONAL) / (float(np.var(x)) + _DIAGONAL)
    return mean_y - slope * mean_x, slope
