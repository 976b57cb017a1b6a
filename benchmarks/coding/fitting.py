"""Fitting a logistic regression per dimension to examples, with scikit-learn (the `training` extra).

What belongs here: examples as a matrix, and the weights that are learned from it. What does not: the examples
(`lessons`), features and using the weights (`pipeline.coding.linear`, `pipeline.coding.signs`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from benchmarks.coding.around import learn_around
from benchmarks.coding.lessons import Example, Lesson
from benchmarks.coding.shared import fit_shared
from pipeline.coding.linear import (
    KIND,
    OF,
    SIGN,
    WITH,
    Floats,
    Linear,
    kind_features,
    pair_feature,
    pairs,
    word_features,
)

_TEXT, _SIGNS, _KINDS = 2.0, 1.0, 0.5  # how much a text, its signs and the kinds of its words may say
_SEEN = 2  # a feature of one text only says nothing about others
_ROUNDS = 300  # of the optimiser; more move no figure
_TOLERANCE = 1e-3
"""Where the optimiser stops. In single precision it is there eight times sooner than in double precision at a tenth of
this, and themes of hands that are new to the weights are told no worse (0.636 against 0.629)."""
_FEWEST = 5  # a code of a set with fewer statements is left to the rules


class _Taught(NamedTuple):
    """What was learned of a dimension: codes, weights, intercepts, and what the codes around add."""

    codes: tuple[str, ...]
    weights: Floats
    constants: Floats
    around: Floats


def fit(name: str, lessons: Sequence[Lesson], examples: Sequence[Example], provenance: Mapping[str, object]) -> Linear:
    """Learn a model from examples.

    Args:
        name: Of the model.
        lessons: What to learn, those that use kinds of words first.
        examples: What to learn from; each tells the dimensions that it has codes of.
        provenance: Kept in the model.
    """
    terms, idf = _vocabulary(examples)
    texts = _text_matrix(examples, terms, idf) * _TEXT
    shown, form = _form_matrix(examples)
    learned = [_taught(lesson, examples, texts, form, shown) for lesson in lessons]
    rows = {term: at for at, term in enumerate([*terms, *shown])}
    padded = np.concatenate([idf, np.ones(len(shown), dtype=np.float32)])
    return Linear(
        name,
        tuple(lesson.name for lesson in lessons if lesson.kinds),
        tuple(lesson.name for lesson in lessons if lesson.members),
        {lesson.name: one.codes for lesson, one in zip(lessons, learned, strict=True)},
        rows,
        padded,
        np.hstack([one.weights for one in learned]).astype(np.float32),
        np.concatenate([one.constants for one in learned]).astype(np.float32),
        provenance,
        learned[0].around,
    )


def _taught(
    lesson: Lesson, examples: Sequence[Example], texts: csr_matrix, form: csr_matrix, shown: Sequence[str]
) -> _Taught:
    """Return what is learned of a dimension; weights are what every feature counts unscaled.

    Args:
        lesson: How it is learned.
        examples: Of all dimensions.
        texts: A row of words an example, times `_TEXT`.
        form: A row of signs and kinds an example, scaled, too.
        shown: What the columns of `form` are.
    """
    taught = [lesson.name in one.codes and one.codes[lesson.name] not in lesson.ruled for one in examples]
    kept = [at for at, told in enumerate(taught) if told]
    used = [at for at, feature in enumerate(shown) if _counts(feature, lesson)]
    features = hstack([texts[kept], form[kept][:, used]]).tocsr()
    some = [examples[at] for at in kept]
    codes, learned, constants = _learn(features, some, lesson)
    around = np.zeros((0, 0), np.float32)
    if lesson.around:
        given = [one.codes[lesson.name] for one in some]
        around = learn_around(features, given, _importance(some, lesson), [one.place for one in some])
    terms = texts.shape[1]
    weights = np.zeros((terms + len(shown), len(codes)), dtype=np.float32)
    weights[:terms] = learned[:terms] * _TEXT
    scales = [_KINDS if shown[at].startswith(KIND) else _SIGNS for at in used]
    weights[[terms + at for at in used]] = learned[terms:] * np.asarray(scales)[:, None]
    return _Taught(codes, weights, constants, around)


def _counts(feature: str, lesson: Lesson) -> bool:
    """Whether a dimension is learned from a sign, from a word beside the verb or from kinds of words."""
    if feature.startswith((KIND, SIGN + WITH)):
        return lesson.kinds
    dimension, alone, _ = feature.removeprefix(SIGN).partition(OF)
    return dimension == lesson.name if alone else lesson.form


def _learn(features: csr_matrix, examples: Sequence[Example], lesson: Lesson) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the codes of a dimension, a row of weights per feature with a column per code, and the intercepts."""
    given = [example.codes[lesson.name] for example in examples]
    importance = _importance(examples, lesson)
    if lesson.shared:
        return fit_shared(features, given, importance, softness=lesson.softness)
    model = LogisticRegression(C=lesson.softness, max_iter=_ROUNDS, tol=_TOLERANCE)
    if not lesson.members:
        model.fit(features, given, importance)
        return tuple(str(code) for code in model.classes_), *_both_sides(model)
    sets = [frozenset(one.split("+")) for one in given]
    counted = Counter(code for one in sets for code in one if code)
    classes = tuple(sorted(code for code, count in counted.items() if count >= _FEWEST))
    columns: list[Floats] = []
    constants: list[float] = []
    for code in classes:
        model.fit(features, [code in one for one in sets], importance)
        columns.append(model.coef_[0].astype(np.float32))
        constants.append(float(model.intercept_[0]))
    return classes, np.stack(columns, axis=1), np.asarray(constants, dtype=np.float32)


def _importance(examples: Sequence[Example], lesson: Lesson) -> list[float]:
    """Return what each example weighs."""
    return [example.weight * (lesson.phrase if example.phrase else 1.0) for example in examples]


def _both_sides(model: LogisticRegression) -> tuple[Floats, Floats]:
    """Return a column of weights and an intercept per code; scikit-learn leaves the first of two codes out."""
    weights, constant = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:
        weights, constant = np.hstack([-weights, weights]) / 2, np.concatenate([-constant, constant]) / 2
    return weights.astype(np.float32), constant.astype(np.float32)


def _parts(forms: Sequence[str]) -> list[Counter[str]]:
    """Return the features of a text, a count per word and per pair of words."""
    return [
        *(Counter(word_features(form)) for form in forms),
        *(Counter([pair_feature(pair)]) for pair in pairs(forms)),
    ]


def _vocabulary(examples: Sequence[Example]) -> tuple[list[str], Floats]:
    seen: Counter[str] = Counter()
    for example in examples:
        seen.update({term for part in _parts(example.forms) for term in part})
    terms = sorted(term for term, count in seen.items() if count >= _SEEN)
    idf = [np.log((1 + len(examples)) / (1 + seen[term])) + 1 for term in terms]
    return terms, np.asarray(idf, dtype=np.float32)


def _text_matrix(examples: Sequence[Example], terms: Sequence[str], idf: Floats) -> csr_matrix:
    places = {term: at for at, term in enumerate(terms)}
    data: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    for row, example in enumerate(examples):
        total: Counter[int] = Counter()
        squares = 0.0
        for part in _parts(example.forms):
            for term, count in part.items():
                at = places.get(term)
                if at is not None:
                    total[at] += count
                    squares += count * float(idf[at]) ** 2
        for at, count in total.items():
            data.append(count * float(idf[at]) / squares**0.5)
            rows.append(row)
            columns.append(at)
    return csr_matrix((data, (rows, columns)), shape=(len(examples), len(terms)), dtype=np.float32)


def _form_matrix(examples: Sequence[Example]) -> tuple[list[str], csr_matrix]:
    """Return the features of form that more than one example shows, and how strongly each example does."""
    counted = [
        {SIGN + sign: value * _SIGNS for sign, value in example.signs.items()}
        | {feature: count * _KINDS for feature, count in Counter(kind_features(example.kinds)).items()}
        for example in examples
    ]
    seen = Counter(feature for features in counted for feature in features)
    shown = sorted(feature for feature, count in seen.items() if count >= _SEEN)
    places = {feature: at for at, feature in enumerate(shown)}
    found = [
        (value, row, places[feature])
        for row, features in enumerate(counted)
        for feature, value in features.items()
        if feature in places
    ]
    values, rows, columns = zip(*found, strict=True) if found else ((), (), ())
    return shown, csr_matrix((values, (rows, columns)), shape=(len(examples), len(shown)), dtype=np.float32)
