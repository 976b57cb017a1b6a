"""Learning codes so that what several of them share is learned from all of these.

What belongs here: fitting the weights, by steps over one example at a time. What does not: features, and what is
learned from what (`benchmarks.coding.lessons`).

A code such as `measure/vision` has the weights of `measure`, of `vision` and its own, one such as `protection.care`
those of `protection` and its own, each drawn to zero by itself; their sum is shipped. Features that tell codes apart
over the whole (`_telling`) are let grow sooner, and every time an example is seen some of its features are left out, so
that none is leant on alone. On hands left out that told modality in 0.869 where a plain logistic regression told 0.861
(14,577 statements, interval of the gain 0.005 to 0.012), type in 0.802 where that told 0.790. Theme, instrument and
direction gained as much (`docs/experiments/coding.md`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit
from scipy.sparse import csr_matrix

from pipeline.coding.linear import TOGETHER, Floats

_EPOCHS, _AVERAGED = 16, 3  # rounds over all examples, and the last ones whose weights are averaged
_LEFT_OUT = 0.4  # share of the features of an example
_STEP, _LAST_STEP = 0.15, 0.1  # of AdaGrad; what is left of it at the end
_SOFTNESS = 0.5  # inverse strength of regularisation
_LEAST, _MOST = 0.3, 2.0  # how fast a feature may grow
_FIRST_SQUARE = 1e-4  # keeps the first steps small
_SEED = 7
_LEVEL = "."  # stands between a code and its parent

Ints = npt.NDArray[np.int64]


class _Examples(NamedTuple):
    """What is learned from.

    Attributes:
        starts: Where the features of each example start, and where the last ones end.
        features: Numbers of features.
        values: Their values.
        wanted: The number of each example's code.
        importance: What each example weighs.
    """

    starts: Ints
    features: Ints
    values: Floats
    wanted: Ints
    importance: Floats


class _Model(NamedTuple):
    """What is learned, and changed in place by every step.

    Attributes:
        weights: A row a feature, a column a part.
        constants: The intercept of each part.
        squares: Of all slopes so far, by which steps of weights grow smaller.
        constant_squares: The same of intercepts.
        drawn: How far each feature is drawn to zero by a step.
        parts: For each code the parts whose weights it is the sum of, a row each.
    """

    weights: Floats
    constants: Floats
    squares: Floats
    constant_squares: Floats
    drawn: Floats
    parts: Ints


def fit_shared(
    features: csr_matrix,
    given: Sequence[str],
    importance: Sequence[float],
    epochs: int = _EPOCHS,
    softness: float = _SOFTNESS,
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the codes, a row of weights per feature with a column per code, and the intercepts.

    Args:
        features: A row per example.
        given: The code of each example, of one dimension or of two together.
        importance: What each example weighs.
        epochs: Rounds over all examples.
        softness: Inverse strength of regularisation.
    """
    codes = tuple(sorted(set(given)))
    numbers = {code: number for number, code in enumerate(codes)}
    wanted = np.array([numbers[code] for code in given], np.int64)
    growth = _telling(features, given)
    parts = _parts(codes)
    grown = csr_matrix(
        ((features.data * growth[features.indices]).astype(np.float32), features.indices, features.indptr),
        shape=features.shape,
    )
    weights, constants = _fitted(grown, wanted, np.asarray(importance, np.float32), parts, epochs, softness)
    learned = sum(weights[:, part] for part in parts) * growth[:, None]
    return codes, np.asarray(learned, np.float32), np.asarray(sum(constants[part] for part in parts), np.float32)


def _fitted(
    features: csr_matrix, wanted: Ints, importance: Floats, parts: Ints, epochs: int, softness: float
) -> tuple[Floats, Floats]:
    """Return the weights and intercepts of all parts, means over the last rounds."""
    rows, width = features.indices.astype(np.int64), features.shape[1]
    examples = _Examples(features.indptr.astype(np.int64), rows, features.data, wanted, importance)
    shown = np.bincount(rows, minlength=width) * (1 - _LEFT_OUT)
    weights = np.zeros((width, int(parts.max()) + 1), np.float32)
    constants = np.zeros(weights.shape[1], np.float32)
    model = _Model(
        weights,
        constants,
        np.full_like(weights, _FIRST_SQUARE),
        np.full_like(constants, _FIRST_SQUARE),
        (1 / (softness * np.maximum(shown, 1))).astype(np.float32),
        parts,
    )
    order = np.random.default_rng(_SEED)
    means, constant_means = np.zeros_like(weights), np.zeros_like(constants)
    averaged = min(_AVERAGED, epochs)
    for epoch in range(epochs):
        step = np.float32(_STEP * (1 - (1 - _LAST_STEP) * epoch / epochs))
        _round(examples, model, order.permutation(len(wanted)), step, _SEED + epoch)
        if epoch >= epochs - averaged:
            means += weights / averaged
            constant_means += constants / averaged
    return means, constant_means


def _parts(codes: Sequence[str]) -> Ints:
    """Return for each column the numbers of the weights that it is the sum of, a row each: its own, and one a part."""
    rows = [list(range(len(codes)))]
    start = len(codes)
    for split in _splits(codes):
        if tuple(split) == tuple(codes):
            continue
        names = sorted(set(split))
        rows.append([start + names.index(name) for name in split])
        start += len(names)
    return np.array(rows, np.int64)


def parts_of(codes: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return which column each code has of each dimension that is learned together, in the order of their names."""
    columns = []
    for split in zip(*(code.split(TOGETHER) for code in codes), strict=True):
        columns += [[float(one == name) for one in split] for name in sorted(set(split))]
    return np.array(columns).T


def _splits(codes: Sequence[str]) -> list[tuple[str, ...]]:
    """Return names by which codes are told apart: their parts of either dimension, or themselves and their parents."""
    if TOGETHER in codes[0]:
        return list(zip(*(code.split(TOGETHER) for code in codes), strict=True))
    parents = tuple(code.partition(_LEVEL)[0] for code in codes)
    return [tuple(codes)] if parents == tuple(codes) else [tuple(codes), parents]


def _telling(features: csr_matrix, given: Sequence[str]) -> Floats:
    """Return how fast each feature may grow: more where it tells a code of a dimension from the rest."""
    there = (features > 0).astype(np.float32)
    most = np.zeros(features.shape[1])
    for split in _splits(given):
        named = np.array(split)
        for name in set(split):
            inside = named == name
            within, without = (
                (np.asarray(there[rows].sum(axis=0)).ravel() + 1) / (rows.sum() + 2) for rows in (inside, ~inside)
            )
            most = np.maximum(most, np.abs(np.log(within / without)))
    return np.clip(_LEAST + most / 2, _LEAST, _MOST).astype(np.float32)


@njit(cache=True, fastmath=True)
def _round(examples: _Examples, model: _Model, order: Ints, step: np.float32, seed: int) -> None:
    """Take one step for each example, in place."""
    np.random.seed(seed)  # noqa: NPY002 - compiled code has this generator only
    left_out = np.float32(_LEFT_OUT)
    kept = np.empty(np.max(examples.starts[1:] - examples.starts[:-1]) + 1, np.float32)
    slopes = np.empty(model.weights.shape[1], np.float32)
    for row in order:
        start, stop = examples.starts[row], examples.starts[row + 1]
        features = examples.features[start:stop]
        for place in range(start, stop):
            out = np.random.random() < left_out  # noqa: NPY002
            kept[place - start] = np.float32(0) if out else examples.values[place] / (np.float32(1) - left_out)
        _slope(model, features, kept, examples.wanted[row], examples.importance[row], slopes)
        for one in range(len(slopes)):
            model.constant_squares[one] += slopes[one] ** 2
            model.constants[one] -= step * slopes[one] / np.sqrt(model.constant_squares[one])
        for place in range(stop - start):
            value, feature = kept[place], features[place]
            if value != 0:
                for one in range(len(slopes)):
                    slope = value * slopes[one] + model.drawn[feature] * model.weights[feature, one]
                    model.squares[feature, one] += slope * slope
                    model.weights[feature, one] -= step * slope / np.sqrt(model.squares[feature, one])


@njit(cache=True, fastmath=True)
def _slope(model: _Model, features: Ints, values: Floats, wanted: int, importance: np.float32, slopes: Floats) -> None:
    """Put the slope of the loss of one example by each part of the weights into `slopes`."""
    own = model.constants.copy()
    for place in range(len(features)):
        if values[place] != 0:
            for one in range(len(own)):
                own[one] += values[place] * model.weights[features[place], one]
    scores = np.zeros(model.parts.shape[1], np.float32)
    for row in range(model.parts.shape[0]):
        for code in range(len(scores)):
            scores[code] += own[model.parts[row, code]]
    scores = np.exp(scores - scores.max())
    scores /= scores.sum()
    scores[wanted] -= 1
    slopes[:] = 0
    for row in range(model.parts.shape[0]):
        for code in range(len(scores)):
            slopes[model.parts[row, code]] += importance * scores[code]
