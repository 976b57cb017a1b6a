"""A linear model over words and their parts: how likely each code is for a text.

What belongs here: the features of a text, shipped weights, and probabilities per code. What does not: learning the
weights (`benchmarks.coding.fitting`; scikit-learn is needed there only), rules, defaults and thresholds.

A feature is a word, a part of a word of three to six letters (its ends marked), or two words in a row; the start of the
text counts as a word. A text is the idf-weighted sum of its features, divided by the root of the summed squares per
word, so that what a word adds is worked out once per word form. Two things more are added as they are: signs of the
clause and its cues, and, for dimensions that form tells, kinds of words, one, two and three in a row.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.coding.remembered import Remembered
from pipeline.sums import add_sums

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

_Part: TypeAlias = tuple[str, npt.NDArray[np.int_], npt.NDArray[np.int_] | None]
"""A dimension of some columns: its name, the columns sorted by its codes, where each code starts (None: one each)."""

START, END = "^", "$"
SIGN, KIND = "=", "#"
"""Open the feature of a sign and of kinds in a row, so that no word can be taken for it."""
TOGETHER = "/"
"""Stands between dimensions that are learned together, and between their codes."""
OF = ": "
"""Ends the name of the dimension that a sign counts for alone; other signs count for all dimensions that use signs."""
WITH = "with "
"""Opens the sign of a word beside the main verb; like kinds these count for what form tells alone."""
_SHORTEST, _LONGEST = 3, 6
_STEPS = 127  # weights are shipped as eight-bit steps
_BATCH = 256  # texts at a time, to bound memory
_TINY = 1e-9
_NO_ROW = -1  # of what the model does not know
_UNKNOWN = 1  # number of a name that the model does not know; none is where a sequence is shorter
_BITS = 20  # of the number of a name
_MOST = 3  # names in a row, whose numbers fit one number


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


class _Table:
    """Rows of numbers that grow in number.

    Args:
        width: Numbers a row.
    """

    def __init__(self, width: int) -> None:
        self._count = 0
        self.rows: Floats = np.zeros((1024, width), dtype=np.float32)

    def add(self, rows: Floats) -> range:
        """Add rows and return their places."""
        places = range(self._count, self._count + len(rows))
        while places.stop > len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[places.start : places.stop] = rows
        self._count = places.stop
        return places


class _Sequences:
    """Sequences of up to three names, so that those of all texts of a document are found in one step.

    Args:
        sequences: Each once.
        edges: Names that are known though they stand in none of them.

    Attributes:
        names: The numbers of the names, a column per sequence; 0 below its last name.
    """

    def __init__(self, sequences: Sequence[Sequence[str]], edges: Sequence[str]) -> None:
        names = dict.fromkeys(chain(edges, chain.from_iterable(sequences)))
        self._numbers: dict[str | None, int] = {name: at for at, name in enumerate(names, _UNKNOWN + 1)}
        numbers = [self._numbers.get(name, 0) for one in sequences for name in (*one, None, None)[:_MOST]]
        self.names = np.array(numbers, np.int64).reshape(-1, _MOST).T
        keys = self._key(*self.names)
        self._order = np.append(np.argsort(keys), _NO_ROW)
        self._keys = np.append(keys[self._order[:-1]], np.iinfo(np.int64).max)

    @staticmethod
    def _key(first: Any, second: Any = 0, third: Any = 0) -> Any:
        """Return one number for up to three."""
        return (first << 2 * _BITS) | (second << _BITS) | third

    def number(self, name: str) -> int:
        """Return the number of a name."""
        return self._numbers[name]

    def numbers(self, names: Iterable[str]) -> Places:
        """Return the number of each name; one for all that are unknown."""
        return np.fromiter(map(self._numbers.get, names, repeat(_UNKNOWN)), np.int64)

    def find(self, *numbers: Places) -> Places:
        """Return which sequence the names of these numbers are, in a row; -1 for none."""
        keys = self._key(*numbers)
        at = self._keys.searchsorted(keys)
        return np.where(self._keys[at] == keys, self._order[at], _NO_ROW)


@dataclass(eq=False)  # a model is itself, so that what is worked out for it can be kept
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
        around: What the codes around add to those of the first name in `columns`: a row per column of
            `pipeline.coding.context.surroundings`; empty when nothing.
        across: What the likely codes of one name in `columns` add to those of another, which is named first: a row per
            probability that `shares_of` returns of the one, a column per code of the other.
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
    around: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    across: Mapping[tuple[str, str], Floats] = field(default_factory=dict)

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
        sign_terms = [term for term in self.terms if term.startswith(SIGN)]
        self._signs = {term.removeprefix(SIGN): at for at, term in enumerate(sign_terms)}
        self._sign_rows = self.weights[[self.terms[term] for term in sign_terms]]
        width = len(self.intercepts) + 1  # the last number is the sum of squares
        self._words = _Table(width)
        self._word_places = Remembered(self._look_up)
        pair_terms = [term for term in self.terms if " " in term and not term.startswith((SIGN, KIND))]
        self._pairs = _Sequences([term.split(" ") for term in pair_terms], (START,))
        self._pair_terms = np.array([self.terms[term] for term in pair_terms], np.int64)
        self._pair_places = np.full(len(pair_terms), _NO_ROW)  # of the rows of those that were asked for
        kind_terms = [term for term in self.terms if term.startswith(KIND)]
        self._kinds = _Sequences([term.removeprefix(KIND).split("|") for term in kind_terms], (START, END))
        self._kind_rows = self._summed(self.weights[[self.terms[term] for term in kind_terms], : self._formal])

    def only(self, kept: Collection[str]) -> "Linear":
        """Return the model of some of the names in `columns`; what the codes around add goes with the first of all."""
        columns = {name: codes for name, codes in self.columns.items() if name in kept}
        places = [at for name in columns for at in range(self.blocks[name].start, self.blocks[name].stop)]
        first = next(iter(self.columns), "")
        return Linear(
            self.name,
            tuple(name for name in self.formal if name in columns),
            tuple(name for name in self.sets if name in columns),
            columns,
            self.terms,
            self.idf,
            np.ascontiguousarray(self.weights[:, places]),
            self.intercepts[places],
            self.provenance,
            self.around if first in columns else np.zeros((0, 0), np.float32),
            {pair: weights for pair, weights in self.across.items() if columns.keys() >= set(pair)},
        )

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
        return {name: shares for joined in self.columns for name, shares in self.shares_of(scores, joined).items()}

    def shares_of(self, scores: Floats, joined: str) -> dict[str, Floats]:
        """Return the probabilities of one of the names in `columns`, per dimension, of rows of `scores`."""
        block = self.blocks[joined]
        logits = scores[:, block] + self.intercepts[block]
        shares = _sigmoid(logits) if joined in self.sets else _softmax(logits)
        return {
            name: shares if starts is None else np.add.reduceat(shares[:, order], starts, axis=1)
            for name, order, starts in self._parts[joined]
        }

    def _scores(
        self, texts: Sequence[Sequence[str]], signs: Sequence[Mapping[str, float]], kinds: Sequence[Sequence[str]]
    ) -> Floats:
        summed = np.zeros((len(texts), len(self.intercepts) + 1), dtype=np.float32)
        places = self._placed(texts)  # may add rows, so it comes first
        _add_up(summed, self._words.rows, places, list(map(len, texts)))
        scores: Floats = np.divide(summed[:, :-1], np.sqrt(np.maximum(summed[:, -1:], _TINY)), dtype=np.float32)
        if kinds:
            _add_up(scores, self._kind_rows, self._windows(kinds), [len(row) + 1 for row in kinds])
        if signs:
            self._add_signs(scores, signs)
        return np.asarray(scores, dtype=np.float32)

    def _add_signs(self, scores: Floats, signs: Sequence[Mapping[str, float]]) -> None:
        counts = np.fromiter(map(len, signs), np.int64, len(signs))
        total = int(counts.sum())
        rows = np.fromiter(map(self._signs.get, chain.from_iterable(signs), repeat(_NO_ROW)), np.int64, total)
        values = np.fromiter(chain.from_iterable(shown.values() for shown in signs), np.float32, total)
        known = rows != _NO_ROW
        starts = np.concatenate([[0], known.cumsum()])[np.concatenate([[0], counts.cumsum()])]
        add_sums(scores, self._sign_rows, rows[known], values[known], starts)

    def strongest_word(self, forms: Sequence[str], dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code of a dimension that is learned alone."""
        column = self._starts[dimension] + self.places[dimension][code]
        places, number = self._word_places.all_of(forms), self._words.rows.item
        numbers = [number(place, column) for place in places]
        return numbers.index(max(numbers))

    def _placed(self, texts: Sequence[Sequence[str]]) -> Places:
        """Return the rows of what each word of each text adds by itself, or after the one before it if that is more."""
        alone = np.fromiter(map(self._word_places.__getitem__, chain.from_iterable(texts)), np.int64)
        numbers = self._pairs.numbers(chain.from_iterable((START, *forms) for forms in texts))
        at = np.flatnonzero(numbers != self._pairs.number(START))
        found = self._pairs.find(numbers[at - 1], numbers[at])
        paired = np.flatnonzero(found != _NO_ROW)
        found = found[paired]
        new = self._pair_places[found] == _NO_ROW
        if new.any():
            self._add_pairs(found[new], alone[paired[new]])
        alone[paired] = self._pair_places[found]
        return alone

    def _look_up(self, form: str) -> int:
        """Add what a word adds by itself, and return its row."""
        return self._words.add(self._added(word_features(form))[None])[0]

    def _add_pairs(self, pairs: Places, seconds: Places) -> None:
        """Add what words add after another one with which they add something more; `seconds` are their own rows."""
        pairs, firsts = np.unique(pairs, return_index=True)
        terms = self._pair_terms[pairs]
        idf = self.idf[terms][:, None]
        after = self._words.rows[seconds[firsts]] + np.hstack([idf * self.weights[terms], idf**2])
        self._pair_places[pairs] = self._words.add(after)

    def _windows(self, kinds: Sequence[Sequence[str]]) -> Places:
        """Return the rows of what the kinds of words of each text add from every place on, its start included."""
        numbers = self._kinds.numbers(chain.from_iterable((START, *row, END, END) for row in kinds))
        at = np.flatnonzero(numbers != self._kinds.number(END))
        window = numbers[at], numbers[at + 1], numbers[at + 2]
        places = self._kinds.find(*window)
        for size in (2, 1):
            gone = np.flatnonzero(places == _NO_ROW)
            places[gone] = self._kinds.find(*(names[gone] for names in window[:size]))
        return places

    def _summed(self, rows: Floats) -> Floats:
        """Return the row of each sequence of kinds with those of its beginnings added; the last row is of no kind."""
        alone = np.vstack([rows, np.zeros_like(rows, shape=(1, self._formal))])
        names = self._kinds.names
        summed = alone[self._kinds.find(names[0])]
        for size in (2, 3):
            longer = np.flatnonzero(names[size - 1])
            summed[longer] += alone[self._kinds.find(*names[:size, longer])]
        return np.vstack([summed, alone[-1:]])

    def _added(self, features: Iterable[str]) -> Floats:
        """Return what features add to every column, and their sum of squares."""
        found = [row for row in map(self.terms.get, features) if row is not None]
        numbers = np.zeros(len(self.intercepts) + 1, dtype=np.float32)
        if found:
            idf = self.idf[found]
            numbers[:-1] = idf @ self.weights[found]
            numbers[-1] = (idf**2).sum()
        return numbers


def _add_up(sums: Floats, rows: Floats, places: Places, counts: Sequence[int]) -> None:
    """Add to each row of `sums`, in place, the sum of the rows of its text.

    Args:
        sums: A row per text.
        rows: Those that the texts name.
        places: Which of them, one text after another.
        counts: How many each text names.
    """
    add_sums(sums, rows, places, np.ones(len(places), np.float32), np.cumsum([0, *counts]))


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
        "across": [list(pair) for pair in model.across],
        "provenance": dict(model.provenance),
    }
    across: dict[str, Any] = {f"across_{at}": weights for at, weights in enumerate(model.across.values())}
    np.savez_compressed(
        path,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        weights=np.rint(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        idf=model.idf.astype(np.float32),
        intercepts=model.intercepts.astype(np.float32),
        around=model.around.astype(np.float32),
        **across,
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
            data["around"] if "around" in data else np.zeros((0, 0), np.float32),
            {(target, source): data[f"across_{at}"] for at, (target, source) in enumerate(head.get("across", ()))},
        )
