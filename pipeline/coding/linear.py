"""A linear model over words and their parts: how likely each code is for a text.

What belongs here: the features of a text, shipped weights, and probabilities per code. What does not: learning the
weights (`benchmarks.coding.train`; scikit-learn is needed there only), rules, defaults and thresholds.

A feature is a word, a part of a word of three to six letters (its ends marked), or two words in a row; the start of the
text counts as a word. A text is the idf-weighted sum of its features, divided by the root of the summed squares per
word, so that what a word adds is worked out once per word form. Signs of the clause are added as they are.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_Key: TypeAlias = str | tuple[str, str]  # a word, or two in a row

START = "^"
SIGN = "="
"""Opens the feature of a sign, so that no word can be taken for it."""
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


@dataclass
class Linear:
    """Weights of a linear model for several dimensions.

    Attributes:
        name: Name of the model with its version.
        codes: Per dimension its codes, in the order of the columns.
        terms: Row of every feature.
        idf: Inverse document frequency of every feature; 1 for signs.
        weights: A row per feature, a column per code.
        intercepts: A value per code.
        provenance: What it was learned from and by which command.
        places: Per dimension the column of each code, counted from the first of that dimension.
    """

    name: str
    codes: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, int]
    idf: Floats
    weights: Floats
    intercepts: Floats
    provenance: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay out the columns of each dimension, and room for what each word adds."""
        ends = np.cumsum([len(codes) for codes in self.codes.values()])
        starts = [0, *(int(end) for end in ends[:-1])]
        self._columns = {
            name: slice(start, start + len(self.codes[name])) for name, start in zip(self.codes, starts, strict=True)
        }
        self.places = {name: {code: at for at, code in enumerate(codes)} for name, codes in self.codes.items()}
        self._signs = {term.removeprefix(SIGN): row for term, row in self.terms.items() if term.startswith(SIGN)}
        self._rows: dict[_Key, int] = {}
        self._sums: Floats = np.zeros((1024, len(self.intercepts)), dtype=np.float32)
        self._squares: Floats = np.zeros(1024, dtype=np.float32)

    def probabilities(
        self, texts: Sequence[Sequence[str]], signs: Sequence[Mapping[str, float]] = ()
    ) -> dict[str, Floats]:
        """Return per dimension a row per text and a column per code, each row summing to one.

        Args:
            texts: The words of each text, in lower case.
            signs: What the clause of each text shows, with how strongly; none when left out.
        """
        parts = [
            self._logits(texts[start : start + _BATCH], signs[start : start + _BATCH])
            for start in range(0, len(texts), _BATCH)
        ]
        logits = np.concatenate(parts) if parts else np.zeros((0, len(self.intercepts)), dtype=np.float32)
        return {name: _softmax(logits[:, columns]) for name, columns in self._columns.items()}

    def _logits(self, texts: Sequence[Sequence[str]], signs: Sequence[Mapping[str, float]]) -> Floats:
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
        shown = [
            (at, self._signs[name], value)
            for at, names in enumerate(signs)
            for name, value in names.items()
            if name in self._signs
        ]
        if shown:
            places, terms, values = zip(*shown, strict=True)
            added = self.weights[list(terms)] * np.asarray(values, dtype=np.float32)[:, None]
            firsts = np.flatnonzero(np.diff(places, prepend=-1))
            logits[np.asarray(places)[firsts]] += np.add.reduceat(added, firsts)
        return np.asarray(logits, dtype=np.float32)

    def strongest_word(self, forms: Sequence[str], dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code."""
        column = self._columns[dimension].start + self.codes[dimension].index(code)
        rows = [self._row(form) for form in forms]
        return int(np.argmax(self._sums[rows, column]))

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


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def save_linear(model: Linear, path: Path) -> None:
    """Write a model: weights as eight-bit steps of a scale per column, the rest as JSON in the same archive."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-9) / _STEPS
    head = {
        "name": model.name,
        "codes": {name: list(codes) for name, codes in model.codes.items()},
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
            {name: tuple(codes) for name, codes in head["codes"].items()},
            {term: at for at, term in enumerate(head["terms"])},
            data["idf"],
            data["weights"].astype(np.float32) * data["scale"],
            data["intercepts"],
            head["provenance"],
        )
