"""A linear model over words and their parts: how likely each code is for a text.

What belongs here: the features of a text, shipped weights, and probabilities per code. What does not: learning the
weights (`benchmarks.coding.train`; scikit-learn is needed there only), rules, defaults and thresholds.

A feature is a word, a part of a word of three to six letters (its ends marked), or two words in a row; the start of the
text counts as a word. A text is the idf-weighted sum of its features, divided by the root of the summed squares per
word, so that what a word adds is worked out once per word form. Dimensions that form tells are learned from two things
more, added as they are: signs of the clause, and kinds of words, one, two and three in a row.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_Key: TypeAlias = str | tuple[str, str]  # a word, or two in a row
_Chain: TypeAlias = str | tuple[str, ...]  # a kind of word, or two or three in a row

START, END = "^", "$"
SIGN, KIND = "=", "#"
"""Open the feature of a sign and of kinds in a row, so that no word can be taken for it."""
TOGETHER = "/"
"""Stands between dimensions that are learned together, and between their codes."""
_SHORTEST, _LONGEST = 3, 6
_STEPS = 127  # weights are shipped as eight-bit steps
_BATCH = 256  # texts at a time, to bound memory
_TINY = 1e-9


def word_features(form: str) -> Iterator[str]:
    """Yield the features of one word: itself and its parts, with `<` and `>` for its ends."""
    yield form
    marked = f"<{form}>"
    for size in range(_SHORTEST, min(_LONGEST, len(marked) - 1) + 1):
        for at in range(len(marked) - size + 1):
            yield marked[at : at + size]


def pairs(forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield every two words in a row, the start of the text being the first of them."""
    return zip((START, *forms), forms, strict=False)


def pair_feature(pair: tuple[str, str]) -> str:
    """Return the feature of two words in a row."""
    return " ".join(pair)


def chains(kinds: Sequence[str]) -> Iterator[_Chain]:
    """Yield every kind of word, and every two and three in a row, with the start and end of the text."""
    row = (START, *kinds, END)
    return chain(kinds, pairwise(row), zip(row, row[1:], row[2:], strict=False))


def chain_feature(found: _Chain) -> str:
    """Return the feature of kinds in a row."""
    return KIND + (found if isinstance(found, str) else "|".join(found))


@dataclass
class Linear:
    """Weights of a linear model for several dimensions.

    Attributes:
        name: Name of the model with its version.
        formal: The names in `columns` that are learned from signs and kinds, too; they come first there.
        columns: The codes of each dimension, in the order of the columns. Dimensions that are learned together have one
            name and codes with a slash between: `statement_type/modality`, `measure/imperative`.
        terms: Row of every feature.
        idf: Inverse document frequency of every feature; 1 for signs and kinds.
        weights: A row per feature, a column per code.
        intercepts: A value per code.
        provenance: What it was learned from and by which command.
        codes: The codes of each dimension by itself, in the order of its probabilities.
        places: The place of each code there.
    """

    name: str
    formal: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, int]
    idf: Floats
    weights: Floats
    intercepts: Floats
    provenance: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay out the columns of each dimension, and room for what each word and kind adds."""
        if tuple(self.columns)[: len(self.formal)] != self.formal:
            raise ValueError("the dimensions of `formal` must come first in `columns`")
        self.codes: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, tuple[slice, npt.NDArray[np.int_]]] = {}
        start = 0
        for joined, together in self.columns.items():
            block = slice(start, start + len(together))
            start = block.stop
            for name, split in zip(joined.split(TOGETHER), zip(*map(_split, together), strict=True), strict=True):
                codes = tuple(dict.fromkeys(split))
                self.codes[name] = codes
                self._parts[name] = block, np.asarray([codes.index(code) for code in split])
        self.places = {name: {code: at for at, code in enumerate(codes)} for name, codes in self.codes.items()}
        self._formal = sum(len(self.columns[name]) for name in self.formal)
        self._signs = {term.removeprefix(SIGN): row for term, row in self.terms.items() if term.startswith(SIGN)}
        self._rows: dict[_Key, int] = {}
        self._sums: Floats = np.zeros((1024, len(self.intercepts)), dtype=np.float32)
        self._squares: Floats = np.zeros(1024, dtype=np.float32)
        self._chains: dict[_Chain, int] = {}
        chained = [row for term, row in self.terms.items() if term.startswith(KIND)]
        self._chained = {term: at for at, term in enumerate(term for term in self.terms if term.startswith(KIND))}
        nothing = np.zeros((1, self._formal), dtype=np.float32)  # what kinds add that were never seen in a row
        self._kinds: Floats = np.concatenate([self.weights[chained, : self._formal], nothing])

    def probabilities(
        self,
        texts: Sequence[Sequence[str]],
        signs: Sequence[Mapping[str, float]] = (),
        kinds: Sequence[Sequence[str]] = (),
    ) -> dict[str, Floats]:
        """Return per dimension a row per text and a column per code, each row summing to one.

        Args:
            texts: The words of each text, in lower case.
            signs: What the clause of each text shows, with how strongly; none when left out.
            kinds: The kinds of the words of each text; none when left out.
        """
        parts = [
            self._logits(texts[at : at + _BATCH], signs[at : at + _BATCH], kinds[at : at + _BATCH])
            for at in range(0, len(texts), _BATCH)
        ]
        logits = np.concatenate(parts) if parts else np.zeros((0, len(self.intercepts)), dtype=np.float32)
        shares = {block.start: _softmax(logits[:, block]) for block, _ in self._parts.values()}
        return {
            name: _summed(shares[block.start], part, len(self.codes[name]))
            for name, (block, part) in self._parts.items()
        }

    def _logits(
        self, texts: Sequence[Sequence[str]], signs: Sequence[Mapping[str, float]], kinds: Sequence[Sequence[str]]
    ) -> Floats:
        known, row_of = self._rows, self._row
        rows: list[int] = []
        starts: list[int] = []
        for forms in texts:
            starts.append(len(rows))
            keys: tuple[_Key, ...] = (START, *forms, *pairs(forms))
            rows += [known[key] if key in known else row_of(key) for key in keys]
        squares = np.add.reduceat(self._squares[rows], starts)
        logits = np.add.reduceat(self._sums[rows], starts) / np.sqrt(np.maximum(squares, _TINY))[:, None]
        logits += self.intercepts
        if kinds:
            logits[:, : self._formal] += self._chain_logits(kinds)
        shown = [
            (at, self._signs[name], value)
            for at, names in enumerate(signs)
            for name, value in names.items()
            if name in self._signs
        ]
        if shown:
            places, terms, values = zip(*shown, strict=True)
            added = self.weights[list(terms), : self._formal] * np.asarray(values, dtype=np.float32)[:, None]
            firsts = np.flatnonzero(np.diff(places, prepend=-1))
            logits[np.asarray(places)[firsts], : self._formal] += np.add.reduceat(added, firsts)
        return np.asarray(logits, dtype=np.float32)

    def _chain_logits(self, kinds: Sequence[Sequence[str]]) -> Floats:
        known, row_of = self._chains, self._chain
        rows: list[int] = []
        starts: list[int] = []
        for text in kinds:
            starts.append(len(rows))
            rows += [known[found] if found in known else row_of(found) for found in chains(text)]
        return np.asarray(np.add.reduceat(self._kinds[rows], starts), dtype=np.float32)

    def _chain(self, found: _Chain) -> int:
        """Return the row of kinds, remembered from the first call on; the last row when they were never seen."""
        row = self._chains[found] = self._chained.get(chain_feature(found), len(self._chained))
        return row

    def strongest_word(self, forms: Sequence[str], dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code."""
        block, part = self._parts[dimension]
        columns = block.start + np.flatnonzero(part == self.places[dimension][code])
        rows = [self._row(form) for form in forms]
        return int(np.argmax(self._sums[rows][:, columns].sum(axis=1)))

    def _row(self, key: _Key) -> int:
        """Return where the sum of a word's (or pair's) features is kept, working it out at the first call."""
        row = self._rows.get(key)
        if row is not None:
            return row
        row = self._rows[key] = len(self._rows)
        if row >= len(self._squares):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
            self._squares = np.concatenate([self._squares, np.zeros_like(self._squares)])
        features = word_features(key) if isinstance(key, str) else (pair_feature(key),)
        found = [self.terms[term] for term in features if term in self.terms]
        if found:
            self._sums[row] = self.idf[found] @ self.weights[found]
            self._squares[row] = (self.idf[found] ** 2).sum()
        return row


def _split(code: str) -> list[str]:
    return code.split(TOGETHER)


def _summed(shares: Floats, part: npt.NDArray[np.int_], codes: int) -> Floats:
    """Return the probabilities of one dimension's codes from those of the columns that it shares with others."""
    if len(part) == codes:
        return shares
    summed = np.zeros((len(shares), codes), dtype=np.float32)
    for column, at in enumerate(part):
        summed[:, at] += shares[:, column]
    return summed


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def save_linear(model: Linear, path: Path) -> None:
    """Write a model: weights as eight-bit steps of a scale per column, the rest as JSON in the same archive."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-9) / _STEPS
    head = {
        "name": model.name,
        "formal": list(model.formal),
        "columns": {name: list(codes) for name, codes in model.columns.items()},
        "terms": list(model.terms),
        "provenance": dict(model.provenance),
    }
    np.savez_compressed(
        path,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        weights=np.rint(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        idf=model.idf.astype(np.float32),
        intercepts=model.intercepts.astype(np.float32),
    )


def load_linear(path: Path) -> Linear:
    """Read a model that `save_linear` wrote."""
    with np.load(path) as data:
        head = json.loads(data["head"].tobytes())
        return Linear(
            head["name"],
            tuple(head["formal"]),
            {name: tuple(codes) for name, codes in head["columns"].items()},
            {term: at for at, term in enumerate(head["terms"])},
            data["idf"],
            data["weights"].astype(np.float32) * data["scale"],
            data["intercepts"],
            head["provenance"],
        )
