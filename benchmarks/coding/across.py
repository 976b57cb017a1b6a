"""Learning what the likely codes of a statement tell of its other dimensions.

What belongs here: weights for what `pipeline.coding.context.consult` adds. What does not: that, and the first scores.

They are learned from scores of statements whose hand the scores were learned without; on hands that it knows a model is
too sure of every dimension.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import softmax

from benchmarks.coding.gold import GoldDocument
from benchmarks.coding.lessons import Lesson
from benchmarks.coding.shared import parts_of
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder
from pipeline.coding.linear import TOGETHER, Floats, Linear

Doubles = npt.NDArray[np.float64]
Told = tuple[GoldDocument, Coder, Linear]
"""A document, a coder whose model was learned without its hand, and that model."""

_SOFTNESS = 0.1  # inverse strength of regularisation
_ROUNDS = 150
_NEVER = -30.0  # the score of a code that no other hand gives


def learn_across(
    told: Sequence[Told], codebook: Codebook, lessons: Sequence[Lesson], columns: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], Floats]:
    """Return what the codes of one lesson add to those of another, as `Linear.across` holds it.

    Args:
        told: Documents with models that were learned without their hands.
        codebook: The codes.
        lessons: What is learned; those with `across` get something added.
        columns: The codes of each lesson, in the order in which the weights are wanted.
    """
    listening = [lesson for lesson in lessons if lesson.across]
    names = list(dict.fromkeys(name for lesson in listening for name in (lesson.name, *lesson.across)))
    scores: dict[str, list[Floats]] = {name: [] for name in names}
    given: dict[str, list[str]] = {name: [] for name in names}
    for document, coder, model in told:
        rows = coder.scores(document.inputs) + model.intercepts
        for name in names:
            wide = np.full((len(rows), len(columns[name])), _NEVER, np.float32)
            known = [columns[name].index(code) for code in model.columns[name]]
            wide[:, known] = rows[:, model.blocks[name]]
            scores[name].append(wide)
            given[name] += [_code(name, codes, codebook) for codes in document.codes]
    logits = {name: np.concatenate(rows).astype(np.float64) for name, rows in scores.items()}
    shares = {name: softmax(logits[name], axis=1) @ parts_of(columns[name]) for name in names}
    found: dict[tuple[str, str], Floats] = {}
    for lesson in listening:
        codes = list(columns[lesson.name])
        kept = [at for at, code in enumerate(given[lesson.name]) if code in codes]
        wanted = np.array([codes.index(given[lesson.name][at]) for at in kept])
        some = {source: shares[source][kept] for source in lesson.across}
        for source, weights in _weights(some, logits[lesson.name][kept], wanted).items():
            found[lesson.name, source] = weights
    return found


def lend(whole: Linear, model: Linear) -> None:
    """Give a model what another learned of the codes around and across: little, and itself learned without the hand.

    Args:
        whole: The model that has learned it, from more documents.
        model: The one that gets it, changed in place; it may know fewer codes.
    """
    columns = {name: [whole.columns[name].index(code) for code in codes] for name, codes in model.columns.items()}
    first = next(iter(model.columns))
    if whole.around.size and all(model.codes[one] == whole.codes[one] for one in first.split(TOGETHER)):
        model.around = whole.around[:, columns[first]]
    model.across = {
        (target, source): weights[_rows(whole, model, source)][:, columns[target]]
        for (target, source), weights in whole.across.items()
        if {target, source} <= model.columns.keys()
    }


def _rows(whole: Linear, model: Linear, source: str) -> list[int]:
    """Return the places of a model's codes of each dimension of a source among those of another model."""
    found: list[int] = []
    start = 0
    for dimension in source.split(TOGETHER):
        found += [start + whole.places[dimension][code] for code in model.codes[dimension]]
        start += len(whole.codes[dimension])
    return found


def _code(name: str, codes: Mapping[str, tuple[str, ...]], codebook: Codebook) -> str:
    """Return the code of a statement in a lesson, which may be of several dimensions."""
    dimensions = [codebook.by_id[one] for one in name.split(TOGETHER)]
    return TOGETHER.join("+".join(sorted(codes.get(one.id, (one.default or "",)))) for one in dimensions)


def _weights(shares: Mapping[str, Doubles], logits: Doubles, wanted: npt.NDArray[np.int64]) -> dict[str, Floats]:
    """Return a row per probability of each source and a column per code, to be added to the scores.

    What is common to all statements is taken out of each source by itself, so that where one is not known the others
    can be used without it.
    """
    means = {name: rows.mean(axis=0) for name, rows in shares.items()}
    centred = np.hstack([rows - means[name] for name, rows in shares.items()])
    shape = centred.shape[1], logits.shape[1]
    rows = np.arange(len(wanted))

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(shape)
        likely = softmax(logits + centred @ weights, axis=1)
        value = -np.log(likely[rows, wanted] + 1e-12).sum() + (weights**2).sum() / 2 / _SOFTNESS
        likely[rows, wanted] -= 1
        return value, (centred.T @ likely + weights / _SOFTNESS).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    weights = np.asarray(found.x).reshape(shape)
    starts = np.cumsum([len(mean) for mean in means.values()])[:-1]
    # The probabilities of a statement sum to the number of dimensions of a source, which carries what is common.
    return {
        name: (own - mean @ own / mean.sum()).astype(np.float32)
        for (name, mean), own in zip(means.items(), np.split(weights, starts), strict=True)
    }
