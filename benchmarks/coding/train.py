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
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import MARKS, Lexicon, load_lexicon
from pipeline.coding.linear import SIGN, Floats, Linear, pair_feature, pairs, save_linear, word_features
from pipeline.coding.second import DIMENSIONS, NAME
from pipeline.coding.signs import signs
from pipeline.coding.syntax import tokens
from pipeline.text.language import load_language

ROOT = Path(__file__).parents[2]
PHRASES = Path(__file__).with_name("phrases.tsv")
COMMAND = "python -m benchmarks.coding.train"

FIRST_DIMENSIONS = ("statement_type", "theme", "instrument")
_MARK_TYPES = {"problem": "problem", "negative": "problem", "argument": "argument", "future": "outcome"}
_CUE_WEIGHT = 0.3  # of an example, against 1 for a statement; tried on statements that were new to the model
_LEAST_CUE = 1.5  # weaker cues are too vague to stand for a code alone
_SOFTNESS = 20.0  # inverse strength of regularisation
_TEXT, _SIGNS = 2.0, 1.0  # how much a text and its signs may say
_SEEN = 2  # a feature of one text only says nothing about others


@dataclass(frozen=True)
class Example:
    """A text with codes; `weight` is what it counts against a statement."""

    forms: tuple[str, ...]
    codes: Mapping[str, str]
    weight: float = 1.0
    signs: Mapping[str, float] = field(default_factory=dict)


def main() -> int:
    """Learn both models and write them; return 0."""
    codebook = load_codebook(ROOT / "schemas" / "codebooks" / "mensenhandel.yaml")
    path = ROOT / "schemas" / "lexicons" / "mensenhandel.yaml"
    lexicon = replace(load_lexicon(path, codebook), learned=None)
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

    def shown(text: str) -> dict[str, float]:
        return signs(coder.gather(text))

    examples = [
        replace(example, signs=shown(text))
        for text, example in (*_statements(documents, codebook, FIRST_DIMENSIONS), *_phrases(FIRST_DIMENSIONS))
    ]
    examples += _cues(lexicon)
    return fit("first", examples, FIRST_DIMENSIONS, _provenance(documents, lexicon))


def learn_second(codebook: Codebook, documents: Sequence[GoldDocument]) -> Linear:
    """Learn the second coder, from texts and their codes alone."""
    examples = [example for _, example in (*_statements(documents, codebook, DIMENSIONS), *_phrases(DIMENSIONS))]
    return fit(NAME, examples, DIMENSIONS, _provenance(documents, None))


def _statements(
    documents: Iterable[GoldDocument], codebook: Codebook, dimensions: Sequence[str]
) -> Iterator[tuple[str, Example]]:
    for document in documents:
        for item, codes in zip(document.inputs, document.codes, strict=True):
            given = {name: codes.get(name, (codebook.by_id[name].default or "",)) for name in dimensions}
            joined = {name: "+".join(sorted(found)) for name, found in given.items()}
            yield item.text, Example(tokens(item.text), joined)


def _phrases(dimensions: Sequence[str]) -> Iterator[tuple[str, Example]]:
    with PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            codes = {name: row[name] for name in dimensions if row.get(name)}
            yield row["text"], Example(tokens(row["text"]), codes)


def _cues(lexicon: Lexicon) -> Iterator[Example]:
    for cue in lexicon.cues:
        if cue.weight < _LEAST_CUE or cue.inferred:
            continue
        forms = tuple(word for word in cue.words.split() if word != "...")
        if cue.dimension in FIRST_DIMENSIONS:
            yield Example(forms, {cue.dimension: cue.code}, _CUE_WEIGHT)
        elif cue.dimension == MARKS and cue.code in _MARK_TYPES:
            yield Example(forms, {"statement_type": _MARK_TYPES[cue.code]}, _CUE_WEIGHT)


def _provenance(documents: Iterable[GoldDocument], lexicon: Lexicon | None) -> dict[str, object]:
    return {
        "command": COMMAND,
        "gold": sorted(document.id for document in documents),
        "phrases_sha256": hashlib.sha256(PHRASES.read_bytes()).hexdigest(),
        "lexicon_version": lexicon.version if lexicon else None,
    }


def fit(name: str, examples: Sequence[Example], dimensions: Sequence[str], provenance: Mapping[str, object]) -> Linear:
    """Learn a model from examples; only statement type is learned from signs too."""
    terms, idf = _vocabulary(examples)
    texts = _text_matrix(examples, terms, idf) * _TEXT
    shown = sorted({SIGN + sign for example in examples for sign in example.signs})
    places = {sign: at for at, sign in enumerate(shown)}
    marked = _sign_matrix(examples, places) * _SIGNS
    blocks: list[Floats] = []
    intercepts: list[Floats] = []
    codes: dict[str, tuple[str, ...]] = {}
    for dimension in dimensions:
        kept = [at for at, example in enumerate(examples) if dimension in example.codes]
        signed = dimension == "statement_type"
        features = hstack([texts[kept], marked[kept]]).tocsr() if signed else texts[kept]
        model = LogisticRegression(C=_SOFTNESS, max_iter=3000)
        model.fit(features, [examples[at].codes[dimension] for at in kept], [examples[at].weight for at in kept])
        learned, constant = _both_sides(model)
        weights = np.zeros((len(terms) + len(shown), len(model.classes_)), dtype=np.float32)
        weights[: len(terms)] = learned[: len(terms)] * _TEXT
        if signed:
            weights[len(terms) :] = learned[len(terms) :] * _SIGNS
        blocks.append(weights)
        intercepts.append(constant)
        codes[dimension] = tuple(str(code) for code in model.classes_)
    rows = {term: at for at, term in enumerate([*terms, *shown])}
    padded = np.concatenate([idf, np.ones(len(shown), dtype=np.float32)])
    stacked = np.concatenate(intercepts).astype(np.float32)
    return Linear(name, codes, rows, padded, np.hstack(blocks).astype(np.float32), stacked, provenance)


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


def _sign_matrix(examples: Sequence[Example], places: Mapping[str, int]) -> csr_matrix:
    found = [
        (value, row, places[SIGN + name])
        for row, example in enumerate(examples)
        for name, value in example.signs.items()
    ]
    values, rows, columns = zip(*found, strict=True) if found else ((), (), ())
    return csr_matrix((values, (rows, columns)), shape=(len(examples), len(places)))


if __name__ == "__main__":
    sys.exit(main())
