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
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from benchmarks.coding.gold import GoldDocument, load_gold
from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import Coder, CodingInput
from pipeline.coding.lexicon import Lexicon, load_lexicon
from pipeline.coding.linear import (
    KIND,
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
from pipeline.coding.second import DIMENSIONS, NAME
from pipeline.coding.syntax import tokens
from pipeline.text.language import load_language

ROOT = Path(__file__).parents[2]
PHRASES = Path(__file__).with_name("phrases.tsv")
COMMAND = "python -m benchmarks.coding.train"

FORMAL = ("statement_type/modality", "direction")
"""What form tells; type and modality are learned together, since each mostly fixes the other."""
FIRST_DIMENSIONS = (*FORMAL, "theme", "instrument")
_CUE_WEIGHT = 0.3  # of an example, against 1 for a statement; tried on statements that were new to the model
_LEAST_CUE = 1.5  # weaker cues are too vague to stand for a code alone
_SOFTNESS, _FORMAL_SOFTNESS = 20.0, 0.5  # inverse strength of regularisation
_TEXT, _SIGNS, _KINDS = 2.0, 1.0, 0.5  # how much a text, its signs and the kinds of its words may say
_NO_FORM: tuple[list[str], dict[str, float]] = ([], {})
_SEEN = 2  # a feature of one text only says nothing about others


@dataclass(frozen=True)
class Example:
    """A text with codes; `weight` is what it counts against a statement."""

    forms: tuple[str, ...]
    codes: Mapping[str, str]
    weight: float = 1.0
    signs: Mapping[str, float] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


def main() -> int:
    """Learn both models and write them; return 0."""
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
    examples = list(_statements(documents, codebook, FIRST_DIMENSIONS, coder))
    examples += _phrases(FIRST_DIMENSIONS, coder)
    examples += _cues(lexicon)
    return fit("first", FORMAL, examples, FIRST_DIMENSIONS, _provenance(documents, lexicon))


def learn_second(codebook: Codebook, documents: Sequence[GoldDocument]) -> Linear:
    """Learn the second coder, from texts and their codes alone."""
    examples = [*_statements(documents, codebook, DIMENSIONS), *_phrases(DIMENSIONS)]
    return fit(NAME, (), examples, DIMENSIONS, _provenance(documents, None))


def _statements(
    documents: Iterable[GoldDocument], codebook: Codebook, dimensions: Sequence[str], coder: Coder | None = None
) -> Iterator[Example]:
    """Yield the statements of the gold; with a coder also what form shows of them."""
    for document in documents:
        formal = coder.formal(document.inputs) if coder else [_NO_FORM] * len(document.inputs)
        for item, codes, (kinds, signs) in zip(document.inputs, document.codes, formal, strict=True):
            given = {one.id: "+".join(sorted(codes.get(one.id, (one.default or "",)))) for one in codebook.dimensions}
            yield Example(tokens(item.text), _together(given, dimensions), 1.0, signs, tuple(kinds))


def _phrases(dimensions: Sequence[str], coder: Coder | None = None) -> Iterator[Example]:
    with PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kinds, signs = coder.formal([CodingInput("phrase", row["text"])])[0] if coder else _NO_FORM
            yield Example(tokens(row["text"]), _together(row, dimensions), 1.0, signs, tuple(kinds))


def _together(codes: Mapping[str, str], dimensions: Sequence[str]) -> dict[str, str]:
    """Return the codes of dimensions that are learned together as one, where all are given."""
    split = {name: [codes.get(part) or "" for part in name.split(TOGETHER)] for name in dimensions}
    return {name: TOGETHER.join(parts) for name, parts in split.items() if all(parts)}


def _cues(lexicon: Lexicon) -> Iterator[Example]:
    for cue in lexicon.cues:
        if cue.weight < _LEAST_CUE or cue.inferred:
            continue
        forms = tuple(word for word in cue.words.split() if word != "...")
        if cue.dimension in FIRST_DIMENSIONS and cue.dimension not in FORMAL:
            yield Example(forms, {cue.dimension: cue.code}, _CUE_WEIGHT)


def _provenance(documents: Iterable[GoldDocument], lexicon: Lexicon | None) -> dict[str, object]:
    return {
        "command": COMMAND,
        "gold": sorted(document.id for document in documents),
        "phrases_sha256": hashlib.sha256(PHRASES.read_bytes()).hexdigest(),
        "lexicon_version": lexicon.version if lexicon else None,
    }


def fit(
    name: str,
    formal: Sequence[str],
    examples: Sequence[Example],
    dimensions: Sequence[str],
    provenance: Mapping[str, object],
) -> Linear:
    """Learn a model from examples.

    Args:
        name: Of the model.
        formal: The dimensions, the first ones, that are learned from signs and kinds of words, too.
        examples: What to learn from; each tells the dimensions that it has codes of.
        dimensions: What to learn.
        provenance: Kept in the model.
    """
    terms, idf = _vocabulary(examples)
    texts = _text_matrix(examples, terms, idf) * _TEXT
    shown, form = _form_matrix(examples) if formal else ([], csr_matrix((len(examples), 0)))
    blocks: list[Floats] = []
    intercepts: list[Floats] = []
    codes: dict[str, tuple[str, ...]] = {}
    for dimension in dimensions:
        kept = [at for at, example in enumerate(examples) if dimension in example.codes]
        softness = _FORMAL_SOFTNESS if dimension in formal else _SOFTNESS
        features = hstack([texts[kept], form[kept]]).tocsr() if dimension in formal else texts[kept]
        model = LogisticRegression(C=softness, max_iter=3000)
        model.fit(features, [examples[at].codes[dimension] for at in kept], [examples[at].weight for at in kept])
        learned, constant = _both_sides(model)
        weights = np.zeros((len(terms) + len(shown), len(model.classes_)), dtype=np.float32)
        weights[: len(terms)] = learned[: len(terms)] * _TEXT
        for at, feature in enumerate(shown if dimension in formal else ()):
            scale = _KINDS if feature.startswith(KIND) else _SIGNS
            weights[len(terms) + at] = learned[len(terms) + at] * scale
        blocks.append(weights)
        intercepts.append(constant)
        codes[dimension] = tuple(str(code) for code in model.classes_)
    rows = {term: at for at, term in enumerate([*terms, *shown])}
    padded = np.concatenate([idf, np.ones(len(shown), dtype=np.float32)])
    stacked = np.concatenate(intercepts).astype(np.float32)
    return Linear(name, tuple(formal), codes, rows, padded, np.hstack(blocks).astype(np.float32), stacked, provenance)


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
    return csr_matrix((data, (rows, columns)), shape=(len(examples), len(terms)))


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
    return shown, csr_matrix((values, (rows, columns)), shape=(len(examples), len(shown)))


if __name__ == "__main__":
    sys.exit(main())
