"""Fitting the confidence: how often a rule of a given certainty is right.

What belongs here: the line per dimension that a lexicon's `calibration` holds. What does not: measuring it (the
calibration error of `pipeline.coding.reliability`).

It is fitted on the documents of other hands, from which the cues were not written, and out of fold by hand: the weights
that back the coder are learned without the hands that they are tried on. On hands that it knows it is too often right.

Most hands coded once, many in forms that they were asked to make hard. On their slips the coder is wrong whatever it
says, so a line from hands of an ordinary mixture that coded twice and settled what differed is printed beside it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.coding.gold import GoldDocument
from benchmarks.coding.lessons import FIRST
from benchmarks.coding.train import apart
from pipeline.coding.codebook import Codebook
from pipeline.coding.lexicon import Lexicon

_TWICE = frozenset({"w36", "w37", "w38", "w39"})
"""Hands of an ordinary mixture that coded twice and settled what differed, as in the documents that figures are of."""
_DIAGONAL = 0.02
"""Variance of certainty below which the diagonal outweighs what was measured."""


def print_calibration(lexicon: Lexicon, documents: Sequence[GoldDocument], codebook: Codebook) -> None:
    """Print an intercept and a slope per dimension, from documents coded by weights that have not seen them.

    Args:
        lexicon: Its weights are learned anew without each hand; what it adds of the codes around and across stays.
        documents: What is learned from.
        codebook: The codes.

    Raises:
        ValueError: when the lexicon has no weights.
    """
    found: dict[str, list[tuple[float, float, str]]] = {one.id: [] for one in codebook.dimensions}
    if lexicon.learned is None:
        raise ValueError("the lexicon has no weights; learn them with `python -m benchmarks.coding.train`")
    for document, coder, _ in apart(codebook, replace(lexicon, learned=None), documents, lexicon.learned, FIRST):
        for codes, codings in zip(document.codes, coder.code(document.inputs), strict=True):
            for dimension in codebook.dimensions:
                primary = [one for one in codings if one.dimension == dimension.id and one.rank == "primary"]
                if not primary:
                    continue
                right = {one.code for one in primary} == set(codes.get(dimension.id, (dimension.default,)))
                found[dimension.id].append((primary[0].confidence, float(right), document.hand))
    for title, hands in (("all hands", None), ("hands that coded twice", _TWICE)):
        print(f"\ncalibration, {title}:")
        for name, rows in found.items():
            some = [(certainty, right) for certainty, right, hand in rows if hands is None or hand in hands]
            intercept, slope = _line(*zip(*some, strict=True))
            print(f"  {name}: {{intercept: {intercept:.3f}, slope: {slope:.3f}}}")


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Return intercept and slope: least squares, with the diagonal as prior, through the means."""
    mean_x, mean_y = float(np.mean(x)), float(np.mean(y))
    together = float(np.mean((np.asarray(x) - mean_x) * (np.asarray(y) - mean_y)))
    slope = (together + _DIAGONAL) / (float(np.var(x)) + _DIAGONAL)
    return mean_y - slope * mean_x, slope
