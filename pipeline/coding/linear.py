"""A linear model over words and their parts: how likely each code is for a text.

What belongs here: the features of a text, shipped weights, and probabilities per code. What does not: learning the
weights (`benchmarks.coding.train`; scikit-learn is needed there only), rules, defaults and thresholds.

A feature is a word, a part of a word of three to six letters (its ends marked), or two words in a row; the start of the
text counts as a word. A text is the idf-weighted sum of its features, divided by the root of the summed squares per
word, so that what a word adds is worked out once per word form. Two things more are added as they are: signs of the
clause and its cues, and, for dimensions that form tells, kinds of words, one, two and three in a row.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_Key: TypeAlias = tuple[str, ...]

_Part: TypeAlias = tuple[str, npt.NDArray[np.int_], npt.NDArray[np.int_] | None]
"""A dimension of some columns: its name, the columns sorted by its codes, where each code starts (None: one each)."""

START, END = "^", "$"
SIGN, KIND = "=", "#"
"""Open the feature of a sign and of kinds in a row, so that no word can be taken for it."""
TOGETHER = "/"
"""Stands between dimensions that are learned together, and between their codes."""
OF = ": "
"""Ends the name of the dimension that a sign counts for alone; other signs count for all dimensions that use signs."""
_SHORTEST, _LONGEST = 3, 6
_STEPS = 127  # weights are shipped as eight-bit steps
_BATCH = 256  # texts at a time, to bound memory
_TINY = 1e-9
_EMPTY = ((START,),)
_ALL = slice(None)


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


def pair_feature(pair: Sequence[str]) -> str:
    """Return the feature of two words in a row."""
    return " ".join(pair)


def kind_features(kinds: Sequence[str]) -> Iterator[str]:
    """Yield the features of every kind of word, and of every two and three in a row, the ends of the text included."""
    for row in _windows(kinds):
        yield from _window_features(row)


def _windows(kinds: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Return three kinds in a row from every place on, the start and the end of the text included."""
    row = (START, *kinds, END, END)
    return zip(row, row[1:], row[2:], strict=False)


def _window_features(window: Sequence[str]) -> tuple[str, str, str]:
    """Return the features of a place: its kind, that with the next one, and that with both that follow."""
    first, second, third = window
    return KIND + first, f"{KIND}{first}|{second}", f"{KIND}{first}|{second}|{third}"


class _Memory:
    """Sums of features by key, each worked out when it is first asked for.

    Args:
        width: Numbers a key.
        work_out: Returns those of a key.
    """

    def __init__(self, width: int, work_out: Callable[[_Key], Floats]) -> None:
        self._rows: dict[_Key, int] = {}
        self._sums: Floats = np.zeros((1024, width), dtype=np.float32)
        self._work_out = work_out

    def rows(self, keys: Iterable[_Key]) -> list[int]:
        """Return the rows of keys."""
        known, add = self._rows, self._add
        return [known[key] if key in known else add(key) for key in keys]

    def of(self, keys: Iterable[_Key], column: int | slice = _ALL) -> Floats:
        """Return the numbers of keys, or one of them each."""
        rows = self.rows(keys)  # first: it may make the table larger
        return np.asarray(self._sums[rows, column])

    def summed(self, texts: Iterable[Iterable[_Key]]) -> Floats:
        """Return the sum over the keys of each text; a text must have one at least."""
        rows: list[int] = []
        starts: list[int] = []
        for keys in texts:
            starts.append(len(rows))
            rows += self.rows(keys)
        return np.asarray(np.add.reduceat(self._sums[rows], starts), dtype=np.float32)

    def _add(self, key: _Key) -> int:
        numbers = self._work_out(key)
        row = self._rows[key] = len(self._rows)
        if row >= len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
        self._sums[row] = numbers
        return row


@dataclass
class Linear:
    """Weights of a linear model for several dimensions.

    Attributes:
        name: Name of the model with its version.
        formal: The names in `columns` that are learned from signs and kinds, too; they come first there.
        sets: The names in `columns` of which a text can have any number of codes, each with a probability of its own.
        columns: The codes of each dimension, in the order of the columns. Dimensions that are learned together have one
            name and codes with a slash between: `statement_type/modality`, `measure/imperative`.
        terms: Row of every feature.
        idf: Inverse document frequency of every feature; 1 for signs and kinds.
        weights: A row per feature, a column per code.
        intercepts: A value per code.
        provenance: What it was learned from and by which command.
        codes: The codes of each dimension by itself, in the order of its probabilities.
        places: The place of each code there.
        blocks: The columns of each name in `columns`.
    """

    name: str
    formal: tuple[str, ...]
    sets: tuple[str, ...]
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
        self.blocks: dict[str, slice] = {}
        self._starts: dict[str, int] = {}
        self._parts: dict[str, list[_Part]] = {}
        start = 0
        for joined, together in self.columns.items():
            block = slice(start, start + len(together))
            parts = []
            for name, split in zip(joined.split(TOGETHER), zip(*map(_split, together), strict=True), strict=True):
                self.codes[name] = tuple(sorted(set(split)))
                self._starts[name] = start
                firsts = np.unique(sorted(split), return_index=True)[1]
                parts.append((name, np.argsort(split, kind="stable"), None if joined == name else firsts))
            self.blocks[joined], self._parts[joined] = block, parts
            start = block.stop
        self.places = {name: {code: at for at, code in enumerate(codes)} for name, codes in self.codes.items()}
        self._formal = sum(len(self.columns[name]) for name in self.formal)
        self._signs = {term.removeprefix(SIGN): row for term, row in self.terms.items() if term.startswith(SIGN)}
        width = len(self.intercepts) + 1  # the last number is the sum of squares
        self._words = _Memory(width, lambda key: self._added(word_features(key[0])))
        self._pairs = _Memory(width, self._pair)
        self._kinds = _Memory(self._formal, self._window)

    def probabilities(
        self,
        texts: Sequence[Sequence[str]],
        signs: Sequence[Mapping[str, float]] = (),
        kinds: Sequence[Sequence[str]] = (),
    ) -> dict[str, Floats]:
        """Return the probabilities per dimension, a row per text and a column per code.

        Args:
            texts: The words of each text, in lower case.
            signs: What the clause of each text shows, with how strongly; none when left out.
            kinds: The kinds of the words of each text; none when left out.
        """
        return self.shares(self.scores(texts, signs, kinds))

    def scores(
        self,
        texts: Sequence[Sequence[str]],
        signs: Sequence[Mapping[str, float]] = (),
        kinds: Sequence[Sequence[str]] = (),
    ) -> Floats:
        """Return a row per text and a column per code: log-odds without the intercepts; arguments as above."""
        rows = [
            self._scores(texts[at : at + _BATCH], signs[at : at + _BATCH], kinds[at : at + _BATCH])
            for at in range(0, len(texts), _BATCH)
        ]
        return np.concatenate(rows) if rows else np.zeros((0, len(self.intercepts)), dtype=np.float32)

    def shares(self, scores: Floats) -> dict[str, Floats]:
        """Return the probabilities per dimension of rows of `scores`; those of a set do not sum to one."""
        logits = scores + self.intercepts
        found = {}
        for joined, block in self.blocks.items():
            shares = _sigmoid(logits[:, block]) if joined in self.sets else _softmax(logits[:, block])
            for name, order, starts in self._parts[joined]:
                found[name] = shares if starts is None else np.add.reduceat(shares[:, order], starts, axis=1)
        return found

    def _scores(
        self, texts: Sequence[Sequence[str]], signs: Sequence[Mapping[str, float]], kinds: Sequence[Sequence[str]]
    ) -> Floats:
        summed = self._pairs.summed(pairs(forms) if forms else _EMPTY for forms in texts)
        scores = summed[:, :-1] / np.sqrt(np.maximum(summed[:, -1:], _TINY))
        if kinds:
            scores[:, : self._formal] += self._kinds.summed(_windows(text) for text in kinds)
        known = self._signs
        shown = [
            (at, known[name], value) for at, names in enumerate(signs) for name, value in names.items() if name in known
        ]
        if shown:
            places, terms, values = zip(*shown, strict=True)
            added = self.weights.take(terms, axis=0)
            added *= np.asarray(values, dtype=np.float32)[:, None]
            firsts = np.flatnonzero(np.diff(places, prepend=-1))
            scores[np.asarray(places)[firsts]] += np.add.reduceat(added, firsts)
        return np.asarray(scores, dtype=np.float32)

    def strongest_word(self, forms: Sequence[str], dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code of a dimension that is learned alone."""
        column = self._starts[dimension] + self.places[dimension][code]
        return int(np.argmax(self._words.of([(form,) for form in forms], column)))

    def _pair(self, key: _Key) -> Floats:
        """Return what a word adds by itself and after the one before it."""
        numbers = self._words.of((word,) for word in key[1:]).sum(axis=0)
        return np.asarray(numbers + self._added([pair_feature(key)]), dtype=np.float32)

    def _window(self, key: _Key) -> Floats:
        found = [self.terms[term] for term in _window_features(key) if term in self.terms]
        return np.asarray(self.weights[found, : self._formal].sum(axis=0), dtype=np.float32)

    def _added(self, features: Iterable[str]) -> Floats:
        """Return what features add to every column, and their sum of squares."""
        found = [self.terms[term] for term in features if term in self.terms]
        numbers = np.zeros(len(self.intercepts) + 1, dtype=np.float32)
        if found:
            numbers[:-1] = self.idf[found] @ self.weights[found]
            numbers[-1] = (self.idf[found] ** 2).sum()
        return numbers


def _split(code: str) -> list[str]:
    return code.split(TOGETHER)


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def save_linear(model: Linear, path: Path) -> None:
    """Write a model: weights as eight-bit steps of a scale per column, the rest as JSON in the same archive."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-9) / _STEPS
    head = {
        "name": model.name,
        "formal": list(model.formal),
        "sets": list(model.sets),
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
            tuple(head["sets"]),
            {name: tuple(codes) for name, codes in head["columns"].items()},
            {term: at for at, term in enumerate(head["terms"])},
            data["idf"],
            data["weights"].astype(np.float32) * data["scale"],
            data["intercepts"],
            head["provenance"],
        )
