"""`python -m benchmarks.coding.train`: learn the weights that are shipped beside the lexicon.

What belongs here: examples, and fitting a logistic regression per dimension with scikit-learn (the `training` extra;
needed here only). What does not: features and using the weights (`pipeline.coding.linear`, `pipeline.coding.signs`).

Two models are learned. `<codebook>.npz` backs the first coder where its cues do not reach: from development gold, from
the phrases in `phrases.tsv`, and from the cues themselves, each as a short text of its code. `<codebook>.second.npz`
is the second coder: from gold and phrases alone, so that it knows nothing of cues or clauses. Neither sees a test
document.
"""

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from benchmarks.coding.around import Place, learn_around
from benchmarks.coding.gold import PHRASES, GoldDocument, load_gold
from benchmarks.coding.shared import fit_shared
from benchmarks.options import parser_of
from pipeline.coding import words as w
from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon, load_lexicon
from pipeline.coding.linear import (
    KIND,
    OF,
    SIGN,
    TOGETHER,
    Floats,
    Linear,
    kind_features,
    pair_feature,
    pairs,
    save_linear,
    word_features,
)
from pipeline.coding.model import CodingInput
from pipeline.coding.second import DIMENSIONS, NAME
from pipeline.coding.syntax import tokens
from pipeline.text.language import load_language

ROOT = Path(__file__).parents[2]
COMMAND = "python -m benchmarks.coding.train"


@dataclass(frozen=True)
class Lesson:
    """How a dimension is learned: from words, and from signs that count for it alone, and from what is named here.

    Attributes:
        name: The dimension, or two with a slash between that are learned together, since each mostly fixes the other.
        softness: Inverse strength of regularisation.
        form: Learn from the signs of form, too.
        kinds: Learn from the kinds of words, too.
        members: A statement can have any number of the codes.
        strangers: Learn from documents of other hands only. Cues were written from those of the author's own hand, so
            that the rules, which choose first in these dimensions, are right there too often.
        ruled: Codes that are left to the rules.
        shared: Learn what tells either of two dimensions from all codes that hold it, and from the codes around.
        phrase: What a phrase weighs; phrases say form less well than what stands in a document.
    """

    name: str
    softness: float
    form: bool = False
    kinds: bool = False
    members: bool = False
    strangers: bool = False
    ruled: tuple[str, ...] = ()
    shared: bool = False
    phrase: float = 1.0


FIRST = (
    Lesson("statement_type/modality", 0.5, form=True, kinds=True, shared=True, phrase=0.5),
    Lesson("direction", 0.5, form=True, kinds=True),
    Lesson("theme", 5.0),
    Lesson("instrument", 5.0),
    Lesson("horizon", 1.0, form=True, strangers=True, ruled=("four_years",)),
    Lesson("sdg", 1.0, form=True, members=True, strangers=True),
    Lesson("target_group", 1.0, form=True, members=True, strangers=True),
)
SECOND = tuple(Lesson(name, 20.0) for name in DIMENSIONS)
_BY_CUES = ("theme", "instrument")  # cues are short texts of their code here
_CUE_WEIGHT = 0.3  # of an example, against 1 for a statement; tried on statements that were new to the model
_SETTLED = 5.0  # what an example of the codebook weighs: it is the law, where statements are cases
_REAL = 5.0  # what a statement of a real document weighs, of which there are few
_LEAST_CUE = 1.5  # weaker cues are too vague to stand for a code alone
_TEXT, _SIGNS, _KINDS = 2.0, 1.0, 0.5  # how much a text, its signs and the kinds of its words may say
_NO_CODE = "+"  # of a set: a statement that has none of its codes
_NO_FORM: tuple[list[str], dict[str, float]] = ([], {})
_SEEN = 2  # a feature of one text only says nothing about others
_ROUNDS = 300  # of the optimiser; more move no figure
_TOLERANCE = 1e-3
"""Where the optimiser stops. In single precision it is there eight times sooner than in double precision at a tenth of
this, and themes of hands that are new to the weights are told no worse (0.636 against 0.629)."""
_FEWEST = 5  # a code of a set with fewer statements is left to the rules


@dataclass(frozen=True)
class Example:
    """A text with codes; `weight` is what it counts against a statement, `place` where it stands in a document."""

    forms: tuple[str, ...]
    codes: Mapping[str, str]
    weight: float = 1.0
    signs: Mapping[str, float] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    place: Place | None = None
    phrase: bool = False


class _Taught(NamedTuple):
    """What was learned of a dimension: codes, weights, intercepts, and what the codes around add."""

    codes: tuple[str, ...]
    weights: Floats
    constants: Floats
    around: Floats


def main() -> int:
    """Learn both models and write them; return 0."""
    parser_of("benchmarks.coding.train", __doc__).parse_args()  # takes nothing, and says so before minutes of work
    codebook = load_codebook(ROOT / "schemas" / "codebooks" / "mensenhandel.yaml")
    path = ROOT / "schemas" / "lexicons" / "mensenhandel.yaml"
    lexicon = load_lexicon(path, codebook, cues_only=True)
    development = load_gold("development")
    for model, target in (
        (learn_first(codebook, lexicon, development), path.with_suffix(".npz")),
        (learn_second(codebook, development), path.with_suffix(".second.npz")),
    ):
        save_linear(model, target)
        print(f"{target.relative_to(ROOT)}: {len(model.terms)} features, {target.stat().st_size / 1e6:.1f} MB")
    return 0


def learn_first(codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument]) -> Linear:
    """Learn what backs the first coder."""
    coder = Coder(codebook, replace(lexicon, learned=None), load_language("nl"))
    examples = [
        *_statements(documents, codebook, FIRST, coder),
        *_phrases(FIRST, coder),
        *_cues(lexicon),
        *_settled(codebook, FIRST, coder),
    ]
    return fit("first", FIRST, examples, _provenance(documents, lexicon))


def learn_second(codebook: Codebook, documents: Sequence[GoldDocument]) -> Linear:
    """Learn the second coder, from texts and their codes alone."""
    examples = [*_statements(documents, codebook, SECOND), *_phrases(SECOND)]
    return fit(NAME, SECOND, examples, _provenance(documents, None))


def _statements(
    documents: Iterable[GoldDocument], codebook: Codebook, lessons: Sequence[Lesson], coder: Coder | None = None
) -> Iterator[Example]:
    """Yield the statements of the gold; with a coder also what it sees of them."""
    for document in documents:
        formal = coder.formal(document.inputs) if coder else [_NO_FORM] * len(document.inputs)
        taught = [lesson for lesson in lessons if document.hand or not (document.constructed and lesson.strangers)]
        places = _places(document)
        for item, codes, (kinds, signs), place in zip(document.inputs, document.codes, formal, places, strict=True):
            given = {one.id: "+".join(sorted(codes.get(one.id, (one.default or "",)))) for one in codebook.dimensions}
            for lesson in taught:
                if lesson.members and given[lesson.name] == codebook.by_id[lesson.name].default:
                    given[lesson.name] = _NO_CODE
            weight = 1.0 if document.constructed else _REAL
            yield Example(tokens(item.text), _together(given, taught), weight, signs, tuple(kinds), place)


def _places(document: GoldDocument) -> list[Place]:
    """Return where each statement of a document stands."""
    titles = [item.section_title for item in document.inputs]
    sections = accumulate((not second or first != second for first, second in pairwise(titles)), initial=0)
    return [
        Place(document.id, document.hand, item.bullet, section)
        for item, section in zip(document.inputs, sections, strict=True)
    ]


def _phrases(lessons: Sequence[Lesson], coder: Coder | None = None) -> Iterator[Example]:
    with PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kinds, signs = coder.formal([CodingInput("phrase", row["text"])])[0] if coder else _NO_FORM
            yield Example(tokens(row["text"]), _together(row, lessons), 1.0, signs, tuple(kinds), phrase=True)


def _settled(codebook: Codebook, lessons: Sequence[Lesson], coder: Coder) -> Iterator[Example]:
    """Yield the examples by which the codebook settles doubtful cases, but those that go on about what stood before."""
    for lesson in lessons:
        for rule in codebook.by_id[lesson.name].rules if lesson.name in codebook.by_id else ():
            for one in rule.examples:
                if coder.read(one.text).words[0].flags & (w.PRONOUN | w.ANAPHOR | w.COORDINATOR):
                    continue
                kinds, signs = coder.formal([CodingInput("example", one.text)])[0]
                default = lesson.members and one.code == codebook.by_id[lesson.name].default
                codes = {lesson.name: _NO_CODE if default else one.code}
                yield Example(tokens(one.text), codes, _SETTLED, signs, tuple(kinds))


def _together(codes: Mapping[str, str], lessons: Sequence[Lesson]) -> dict[str, str]:
    """Return the codes of dimensions that are learned together as one, where all are given."""
    split = {one.name: [codes.get(part) or "" for part in one.name.split(TOGETHER)] for one in lessons}
    return {name: TOGETHER.join(parts) for name, parts in split.items() if all(parts)}


def _cues(lexicon: Lexicon) -> Iterator[Example]:
    for cue in lexicon.cues:
        if cue.weight < _LEAST_CUE or cue.inferred:
            continue
        forms = tuple(word for word in cue.words.split() if word != "...")
        if cue.dimension in _BY_CUES:
            yield Example(forms, {cue.dimension: cue.code}, _CUE_WEIGHT)


def _provenance(documents: Iterable[GoldDocument], lexicon: Lexicon | None) -> dict[str, object]:
    return {
        "command": COMMAND,
        "gold": sorted(document.id for document in documents),
        "phrases_sha256": hashlib.sha256(PHRASES.read_bytes()).hexdigest(),
        "lexicon_version": lexicon.version if lexicon else None,
    }


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
    if lesson.shared:
        given = [one.codes[lesson.name] for one in some]
        around = learn_around(features, given, _importance(some, lesson), [one.place for one in some])
    terms = texts.shape[1]
    weights = np.zeros((terms + len(shown), len(codes)), dtype=np.float32)
    weights[:terms] = learned[:terms] * _TEXT
    scales = [_KINDS if shown[at].startswith(KIND) else _SIGNS for at in used]
    weights[[terms + at for at in used]] = learned[terms:] * np.asarray(scales)[:, None]
    return _Taught(codes, weights, constants, around)


def _counts(feature: str, lesson: Lesson) -> bool:
    """Whether a dimension is learned from a sign or from kinds of words."""
    if feature.startswith(KIND):
        return lesson.kinds
    dimension, alone, _ = feature.removeprefix(SIGN).partition(OF)
    return dimension == lesson.name if alone else lesson.form


def _learn(features: csr_matrix, examples: Sequence[Example], lesson: Lesson) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the codes of a dimension, a row of weights per feature with a column per code, and the intercepts."""
    given = [example.codes[lesson.name] for example in examples]
    importance = _importance(examples, lesson)
    if lesson.shared:
        return fit_shared(features, given, importance)
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


if __name__ == "__main__":
    sys.exit(main())
