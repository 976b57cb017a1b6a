"""Learning what pages teach: the weights that score a reading, and those that tell a woven page from others.

What belongs here: the learning itself. What does not: where it starts (`first`), the pages (`samples`), words
(`vocabulary`), what a confidence is worth (`calibration`).
"""

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.reading_order.samples import Pages, rows_of, true_path, true_shape
from pipeline.text.language import Language
from pipeline.text.layout.choice import THEN, best_reading, one_stream
from pipeline.text.layout.paths import Found
from pipeline.text.layout.search import Shape, Sheet, counts_of, find
from pipeline.text.layout.weights import GROUPS, NAMES, START

PENALTY, MARGIN = 1e-4, 0.7
RIDGE = 0.3


def learn(
    made: Pages, language: Language, rounds: int, rate: float, groups: Sequence[str] = tuple(GROUPS)
) -> NDArray[np.float64]:
    """Return weights that read the pages right by a margin.

    Source of the method: averaged structured perceptron (Collins 2002) with margin-rescaled decoding (Taskar et al.
    2003): every page is read as well as the present weights can, readings that differ from the truth favoured by a
    margin a row; the weights move towards the truth's terms and away from those of what was read.

    Args:
        made: The pages.
        language: Of the texts.
        rounds: How often to go through them.
        rate: How far a page moves the weights in the first round.
        groups: Of weights, as in `GROUPS`, that are learned; the others stay as they are.
    """
    free = np.array([group in groups for group, members in GROUPS.items() for _ in members])
    values, mean = made[0][1].values, np.zeros(len(NAMES))
    samples = [(rows, tables, *true_path(page, rows)) for page, rows, tables in rows_of(made, language)]
    rng, seen = random.Random(17), 0
    for turn in range(rounds):
        rng.shuffle(samples)
        step, wrong = rate / (1 + turn), 0
        for n, (rows, tables, path, supposed) in enumerate(samples):
            now = tables._replace(values=values)
            # Reading a page freely is what counts but takes longest, so it is done in turns.
            freely = not supposed.widths or (n + turn) % 2 == 0
            slope = _slope(Sheet.of(rows, now), path, true_shape(rows, now, path, supposed), freely=freely)
            values = values + step * free * (np.clip(slope, -8, 8) - PENALTY * values)
            wrong += bool(slope.any())
            if turn or rounds == 1:  # the first round is on its way
                mean += values
                seen += 1
            if n % 100 == 99:
                print(
                    f"round {turn + 1}/{rounds}, page {n + 1}/{len(samples)}, {wrong} not right by a margin", flush=True
                )
    return mean / seen


def _slope(sheet: Sheet, path: Found, shape: Shape, *, freely: bool) -> NDArray[np.float64]:
    """Return the terms of the truth less those of what the weights would read, under the true shape or freely."""
    right = counts_of(sheet, shape, path)
    rivals = [best_reading(sheet, one_stream(sheet))] if freely else []
    if shape.widths:
        states = THEN[len(shape.widths)]
        rivals.append((find(sheet, shape, *states, truth=path, penalty=MARGIN), shape))
    rival, under = max(rivals, key=lambda one: one[0].score)
    if rival.score < right @ sheet.tables.values or (_same(rival, path) and len(under.widths) == len(shape.widths)):
        return np.zeros(len(NAMES))
    return right - counts_of(sheet, under, rival)


def _same(one: Found, other: Found) -> bool:
    return all(bool(np.array_equal(a, b)) for a, b in zip(one[1:5], other[1:5], strict=True))


def tell_woven(made: Pages, language: Language) -> NDArray[np.float64]:
    """Return weights with those by which a page that is woven is told from others: a logistic regression."""
    found, woven = [], []
    for page, rows, tables in rows_of(made, language):
        found.append(one_stream(Sheet.of(rows, tables)).terms)
        woven.append(bool(true_path(page, rows)[1].widths))  # whether or not any of its rows were merged
    model = LogisticRegression(C=1 / RIDGE, fit_intercept=False, solver="newton-cholesky", tol=1e-8)
    values = model.fit(np.array(found), woven).coef_[0]
    learned = made[0][1].values.copy()
    learned[START["woven"] : START["woven"] + len(values)] = values
    return learned
