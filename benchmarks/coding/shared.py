"""Learning codes of two dimensions together, so that what tells one of them is learned from all codes that hold it.

What belongs here: fitting the weights, by steps over one example at a time. What does not: features, and what is
learned from what (`benchmarks.coding.train`).

A code such as `measure/vision` has the weights of `measure`, of `vision` and its own, each drawn to zero by itself;
their sum is shipped. Features that tell codes apart over the whole (`_telling`) are let grow sooner, and every time an
example is seen some of its features are left out, so that none is leant on alone. On hands left out that told modality
in 0.869 where a plain logistic regression told 0.861 (14,577 statements, interval of the gain 0.005 to 0.012),
type in 0.802 where that told 0.790.
"""

from collections.abc import Sequence

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

Ints = npt.NDArray[np.int64]


def fit_shared(
    features: csr_matrix, given: Sequence[str], importance: Sequence[float], epochs: int = _EPOCHS
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the codes, a row of weights per feature with a column per code, and the intercepts.

    Args:
        features: A row per example.
        given: The code of each example, of two dimensions.
        importance: What each example weighs.
        epochs: Rounds over all examples.
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
    weights, constants = _fitted(grown, wanted, np.asarray(importance, np.float32), parts, epochs)
    learned = sum(weights[:, part] for part in parts) * growth[:, None]
    return codes, np.asarray(learned, np.float32), np.asarray(sum(constants[part] for part in parts), np.float32)


def _fitted(features: csr_matrix, wanted: Ints, importance: Floats, parts: Ints, epochs: int) -> tuple[Floats, Floats]:
    """Return the weights and intercepts of all parts, means over the last rounds."""
    indptr, indices = features.indptr.astype(np.int64), features.indices.astype(np.int64)
    weights = np.zeros((features.shape[1], int(parts.max()) + 1), np.float32)
    constants = np.zeros(weights.shape[1], np.float32)
    squares, constant_squares = np.full_like(weights, _FIRST_SQUARE), np.full_like(constants, _FIRST_SQUARE)
    shown = np.bincount(indices, minlength=features.shape[1]) * (1 - _LEFT_OUT)
    drawn = (1 / (_SOFTNESS * np.maximum(shown, 1))).astype(np.float32)
    order = np.random.default_rng(_SEED)
    means, constant_means = np.zeros_like(weights), np.zeros_like(constants)
    averaged = min(_AVERAGED, epochs)
    for epoch in range(epochs):
        step = np.float32(_STEP * (1 - (1 - _LAST_STEP) * epoch / epochs))
        _round(
            indptr, indices, features.data, wanted, importance, order.permutation(len(wanted)), parts,
            weights, constants, squares, constant_squares, drawn, step, np.float32(_LEFT_OUT), _SEED + epoch,
        )  # fmt: skip
        if epoch >= epochs - averaged:
            means += weights / averaged
            constant_means += constants / averaged
    return means, constant_means


def _parts(codes: Sequence[str]) -> Ints:
    """Return for each column the numbers of the weights that it is the sum of, a row each: its own, and one a part."""
    rows = [list(range(len(codes)))]
    start = len(codes)
    for split in zip(*(code.split(TOGETHER) for code in codes), strict=True):
        names = sorted(set(split))
        rows.append([start + names.index(name) for name in split])
        start += len(names)
    return np.array(rows, np.int64)


def _telling(features: csr_matrix, given: Sequence[str]) -> Floats:
    """Return how fast each feature may grow: more where it tells a code of a dimension from the rest."""
    there = (features > 0).astype(np.float32)
    most = np.zeros(features.shape[1])
    for split in zip(*(code.split(TOGETHER) for code in given), strict=True):
        for name in set(split):
            inside = np.array([one == name for one in split])
            within, without = (
                (np.asarray(there[rows].sum(axis=0)).ravel() + 1) / (rows.sum() + 2) for rows in (inside, ~inside)
            )
            most = np.maximum(most, np.abs(np.log(within / without)))
    return np.clip(_LEAST + most / 2, _LEAST, _MOST).astype(np.float32)


@njit(cache=True, fastmath=True)
def _round(
    indptr: Ints, indices: Ints, values: Floats, wanted: Ints, importance: Floats, order: Ints, parts: Ints,
    weights: Floats, constants: Floats, squares: Floats, constant_squares: Floats, drawn: Floats, step: np.float32,
    left_out: np.float32, seed: int,
) -> None:  # fmt: skip
    """Take one step for each example, in place; `drawn` is how far each feature is drawn to zero by a step."""
    np.random.seed(seed)  # noqa: NPY002 - compiled code has this generator only
    kept = np.empty(np.max(indptr[1:] - indptr[:-1]) + 1, np.float32)
    slopes = np.empty(weights.shape[1], np.float32)
    for row in order:
        start, stop = indptr[row], indptr[row + 1]
        for place in range(start, stop):
            out = np.random.random() < left_out  # noqa: NPY002
            kept[place - start] = np.float32(0) if out else values[place] / (np.float32(1) - left_out)
        _slope(indices[start:stop], kept, wanted[row], importance[row], parts, weights, constants, slopes)
        for one in range(len(slopes)):
            constant_squares[one] += slopes[one] ** 2
            constants[one] -= step * slopes[one] / np.sqrt(constant_squares[one])
        for place in range(stop - start):
            value, feature = kept[place], indices[start + place]
            if value != 0:
                for one in range(len(slopes)):
                    slope = value * slopes[one] + drawn[feature] * weights[feature, one]
                    squares[feature, one] += slope * slope
                    weights[feature, one] -= step * slope / np.sqrt(squares[feature, one])


@njit(cache=True, fastmath=True)
def _slope(
    features: Ints, values: Floats, wanted: int, importance: np.float32, parts: Ints, weights: Floats,
    constants: Floats, slopes: Floats,
) -> None:  # fmt: skip
    """Put the slope of the loss of one example by each part of the weights into `slopes`."""
    own = constants.copy()
    for place in range(len(features)):
        if values[place] != 0:
            for one in range(len(own)):
                own[one] += values[place] * weights[features[place], one]
    scores = np.zeros(parts.shape[1], np.float32)
    for row in range(parts.shape[0]):
        for code in range(len(scores)):
            scores[code] += own[parts[row, code]]
    scores = np.exp(scores - scores.max())
    scores /= scores.sum()
    scores[wanted] -= 1
    slopes[:] = 0
    for row in range(parts.shape[0]):
        for code in range(len(scores)):
            slopes[parts[row, code]] += importance * scores[code]
