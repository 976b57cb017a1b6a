"""Learning what the codes of the statements around tell of a statement's own type and modality.

What belongs here: weights for what `pipeline.coding.context.surroundings` returns. What does not: that, and the first
scores (`benchmarks.coding.shared`).

They are learned from scores of statements whose hand the scores were learned without; on hands that it knows a model is
too sure of the neighbours.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import softmax

from benchmarks.coding.shared import fit_shared, parts_of
from pipeline.coding.context import surroundings
from pipeline.coding.linear import Floats

Doubles = npt.NDArray[np.float64]

_FOLDS = 5
_SOFTNESS = 0.1  # inverse strength of regularisation
_ROUNDS = 150


class Place(NamedTuple):
    """Where a statement stands, and whose it is; the hand is empty where the author of the cues wrote it."""

    document: str
    hand: str
    bullet: int
    section: int


def learn_around(
    features: csr_matrix, given: Sequence[str], importance: Sequence[float], places: Sequence[Place | None]
) -> Floats:
    """Return a row of weights per surrounding with a column per code; nothing when there are too few hands.

    Args:
        features: A row per example.
        given: The code of each example, of two dimensions.
        importance: What each example weighs.
        places: Where each example stands that is a statement; those of one document together, in reading order.
    """
    hands = sorted({place.hand for place in places if place and place.hand})
    if len(hands) < _FOLDS:
        return np.zeros((0, 0), np.float32)
    codes = tuple(sorted(set(given)))
    logits = np.full((len(given), len(codes)), -np.inf)
    for fold in range(_FOLDS):
        left_out = hands[fold::_FOLDS]
        held = np.array([place is not None and place.hand in left_out for place in places])
        kept = np.flatnonzero(~held)
        taught, weighed = [given[at] for at in kept.tolist()], [importance[at] for at in kept.tolist()]
        known, weights, constants = fit_shared(features[kept], taught, weighed)
        scored = np.full((int(held.sum()), len(codes)), -30.0)  # a code that no other hand gives
        scored[:, [codes.index(code) for code in known]] = features[held] @ weights + constants
        logits[held] = scored
    rows = [at for at, place in enumerate(places) if place and place.hand]
    parts = parts_of(codes)
    shares = softmax(logits[rows], axis=1) @ parts
    around = _around(shares.astype(np.float32), [places[at] for at in rows])
    wanted = np.array([codes.index(given[at]) for at in rows])
    return (_weights(around, logits[rows], wanted, parts) @ parts.T).astype(np.float32)


def _around(shares: Floats, places: Sequence[Place | None]) -> Doubles:
    found = []
    start = 0
    for _, group in groupby(places, key=lambda place: place.document if place else ""):
        some = [place for place in group if place]
        rows = shares[start : start + len(some)]
        found.append(surroundings(rows, [one.bullet for one in some], [one.section for one in some]))
        start += len(some)
    return np.concatenate(found).astype(np.float64)


def _weights(
    around: Doubles,
    logits: Doubles,
    wanted: npt.NDArray[np.int64],
    parts: Doubles,
) -> Doubles:
    """Return a row per surrounding and a column per code of either dimension, to be added to the scores."""
    shape = around.shape[1], parts.shape[1]
    rows = np.arange(len(wanted))

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(shape)
        shares = softmax(logits + around @ weights @ parts.T, axis=1)
        value = -np.log(shares[rows, wanted] + 1e-12).sum() + (weights**2).sum() / 2 / _SOFTNESS
        shares[rows, wanted] -= 1
        return value, (around.T @ (shares @ parts) + weights / _SOFTNESS).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return np.asarray(found.x).reshape(shape)
