"""`python -m benchmarks.privacy.train`: learn the weights of the privacy gate's second opinion.

What belongs here: examples, and fitting two logistic regressions with scikit-learn (the `training` extra; needed here
only). What does not: features and what follows from the weights (`pipeline.privacy.features`, `.opinion`).

Learned from the batches that are not held, and from the development statements of the coding gold that the rules find
clear, as clean ones. Each example is learned from three times more: in small letters, with numbers in the other way of
writing, and with placeholders for its details, after which nothing in it is one. The rules are no feature: they have
learned from the same batches, where they are always right.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.coding.gold import load_gold
from benchmarks.privacy.gold import BATCHES, HELD, UNJUDGED, read_clean, read_identifying
from pipeline.privacy.features import Features, load_features
from pipeline.privacy.gate import Gate
from pipeline.privacy.lexicon import load_lexicon
from pipeline.privacy.name_words import name_words
from pipeline.privacy.opinion import FILE, STEPS, Weights, save_weights
from pipeline.privacy.stories import Verbs
from pipeline.text.language import Language, load_language

COMMAND = "python -m benchmarks.privacy.train"
SOFTNESS = 2.0
"""Inverse strength of regularisation (`C`). A tenth of 1 is too strong; between 1 and 3 it hardly matters."""
FEWEST = 3
"""A feature counts when so many words or texts have it: what is rarer says nothing about others."""
LEAST = 6
"""Weights of fewer steps are left out."""
CODING, COPY, OTHER = 0.5, 0.5, 0.3
"""What a statement of the coding gold counts, a copy of an example, and a text with details that tells no story."""
MADE_UP = 0.3
"""So many of the names that stand for others are in no list."""
_NAME = re.compile(r"[^\W\d_]{3,}")
WHOLE = frozenset({"withheld", "combination"})
"""Kinds without braces: the whole text identifies."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from.

    Attributes:
        batch: Where it is from; "coding" when it is a statement to be coded.
        kind: What it holds; "clean" when it holds nothing.
        text: The text.
        details: Start and end of each detail.
        weight: What it counts.
        copy: Whether it is made of another.
    """

    batch: str
    kind: str
    text: str
    details: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0
    copy: bool = False


def examples(language: Language, batches: Iterable[str]) -> Iterator[Example]:
    """Yield the examples of batches and of the coding gold, and the copies of each."""
    data = language.data("privacy")
    numbers, strangers = Numbers(data["opinion"]["numbers"]), Strangers(language)
    for batch in batches:
        for sentence in read_identifying(batch):
            one = Example(batch, sentence.kind, sentence.text, sentence.details)
            yield one
            yield from _copies(one, numbers)
            yield from strangers.instead(one)
            yield from _redacted(one, str(data["placeholders"]["detail"]))
        for text in read_clean(batch):
            one = Example(batch, "clean", text)
            yield one
            yield from _copies(one, numbers)
    gate = Gate(language, rules_alone=True)
    texts = (one.text for document in load_gold("development") for one in document.inputs)
    for count, text in enumerate(dict.fromkeys(texts)):
        if gate.judge(text).privacy == "clear":
            one = Example("coding", "clean", text, weight=CODING)
            yield one
            if count % 4 == 0:
                yield from _copies(one, numbers)


def _copies(one: Example, numbers: "Numbers") -> Iterator[Example]:
    if one.kind in WHOLE:
        return
    copy = replace(one, weight=one.weight * COPY, copy=True)
    lower = one.text.lower()
    if lower != one.text and len(lower) == len(one.text):
        yield replace(copy, text=lower)
    text, details = numbers.swap(one.text, one.details)
    if text != one.text:
        yield replace(copy, text=text, details=details)


def _redacted(one: Example, placeholder: str) -> Iterator[Example]:
    if one.details:
        parts, done = [], 0
        for start, end in one.details:
            parts += [one.text[done:start], placeholder]
            done = end
        text = "".join([*parts, one.text[done:]])
        yield Example(one.batch, one.kind, text, (), COPY, copy=True)


class Strangers:
    """Puts other names in the place of those of an example: what it teaches is where a name stands, not which."""

    def __init__(self, language: Language) -> None:
        lexicon = load_lexicon(language)
        names = sorted(lexicon.first_names), sorted(filter(str.isalpha, lexicon.surnames))
        villages = sorted(name for name in lexicon.villages if name.isalpha() and not lexicon.is_word(name))
        self._lists = {"name": names, "place": (villages,)}
        self._kept = name_words(language).interfixes | {*language.data("privacy")["names"]["joining"]}

    def instead(self, one: Example) -> Iterator[Example]:
        """Yield the copy of an example with other names, when it has any."""
        lists = self._lists.get(one.kind)
        if not lists:
            return
        # Drawn by the text, so that the same examples give the same copies.
        draw = Random(one.text)
        parts, details, done, size = [], [], 0, 0
        for start, end in one.details:
            detail = _NAME.sub(lambda match: self._another(match[0], lists, draw), one.text[start:end])
            parts += [one.text[done:start], detail]
            size += start - done
            details.append((size, size + len(detail)))
            size, done = size + len(detail), end
        text = "".join([*parts, one.text[done:]])
        if text != one.text:
            yield replace(one, text=text, details=tuple(details), weight=one.weight * COPY, copy=True)

    def _another(self, word: str, lists: Sequence[Sequence[str]], draw: Random) -> str:
        """Return a name of a list, or one of the halves of two, which is in none."""
        if word.lower() in self._kept:
            return word
        name, other = (draw.choice(draw.choice(lists)) for _ in range(2))
        if draw.random() < MADE_UP:
            name = name[: len(name) // 2] + other[len(other) // 2 :].lower()
        return name.lower() if word.islower() else name


class Numbers:
    """Writes numbers in digits as words and the other way round; from three on, and no part of a date or an amount."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = {str(at): word for at, word in enumerate(words, start=3)}
        self._digits = {word: digits for digits, word in self._words.items()}
        several = "|".join(sorted(words, key=len, reverse=True))
        self._number = re.compile(
            rf"(?<![\w.,:/€%@-])(?<!€ )(?:[3-9]|[1-9]\d)(?![\w:/%@]|[.,-]\w)|(?<![\w-])(?:{several})(?![\w-])"
        )

    def swap(self, text: str, details: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the text with its numbers written otherwise, and where its details then are."""
        parts: list[str] = []
        moved = {0: 0}  # where what stood at a place stands now
        done = size = 0
        for match in self._number.finditer(text):
            new = self._words.get(match[0]) or self._digits[match[0]]
            moved |= {at: size + at - done for at in range(done, match.start() + 1)}
            parts += [text[done : match.start()], new]
            size += match.start() - done + len(new)
            done = match.end()
            moved |= dict.fromkeys(range(match.start() + 1, done + 1), size)
        moved |= {at: size + at - done for at in range(done, len(text) + 1)}
        return "".join([*parts, text[done:]]), tuple((moved[start], moved[end]) for start, end in details)


@dataclass(eq=False)
class Table:
    """Rows of counted features, each with what is right and what it weighs; filled row by row, then fitted once."""

    rows: list[Counter[str]]
    right: list[bool]
    weights: list[float]

    def add(self, features: Iterable[str], weight: float, *, right: bool) -> None:
        """Add a row."""
        self.rows.append(Counter(sorted(features)))
        self.right.append(right)
        self.weights.append(weight)

    def fit(self) -> tuple[dict[str, int], int]:
        """Return the weight of each feature and the start, in steps."""
        seen = Counter(name for row in self.rows for name in row)
        places = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= FEWEST))}
        rows = [[(places[name], count) for name, count in row.items() if name in places] for row in self.rows]
        starts = np.cumsum([0, *map(len, rows)])
        columns, counts = np.array([pair for row in rows for pair in row]).T
        matrix = csr_matrix((counts.astype(float), columns, starts), shape=(len(rows), len(places)))
        model = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=300, random_state=0)
        model.fit(matrix, np.array(self.right), sample_weight=np.array(self.weights))
        steps: NDArray[np.int64] = np.rint(model.coef_[0] * STEPS).astype(np.int64)
        kept = {name: int(steps[at]) for name, at in places.items() if abs(steps[at]) >= LEAST}
        return kept, round(float(model.intercept_[0]) * STEPS)


BY_KIND = "\t"
"""Stands between a sort of word and a feature that counts for it alone."""


def learn(features: Features, lessons: Iterable[Example], provenance: Mapping[str, object]) -> Weights:
    """Return weights learned from examples."""
    words, texts = Table([], [], []), Table([], [], [])
    for one in lessons:
        if one.kind not in WHOLE:
            for candidate in features.candidates(one.text):
                names = [name for key in candidate.keys for name in features.named_by(key)]
                right = any(start < candidate.end and candidate.start < end for start, end in one.details)
                words.add(names + [f"{candidate.kind}{BY_KIND}{name}" for name in names], one.weight, right=right)
        if not one.copy and one.kind != "combination":
            story = one.kind == "withheld"
            weight = one.weight if story or one.kind == "clean" else OTHER
            for keys in islice(features.stories(one.text), 1):
                texts.add([name for key in keys for name in features.told_by(key)], weight, right=story)
    found, start = words.fit()
    details: dict[str, dict[str, int]] = {"": {}}
    for name, weight in found.items():
        kind, _, term = name.rpartition(BY_KIND)
        details.setdefault(kind, {})[term] = weight
    stories, stories_start = texts.fit()
    return Weights(details, stories, start, stories_start, provenance)


def main() -> None:
    """Learn from all batches that are not held, and write the weights."""
    language = load_language("nl")
    batches = [batch for batch in BATCHES if batch not in HELD | UNJUDGED]
    lessons = list(examples(language, batches))
    counts = {name: sum(one.batch == name and not one.copy for one in lessons) for name in (*batches, "coding")}
    verbs = Verbs(language.data("privacy_stories")["verbs"], load_lexicon(language).dictionary)
    weights = learn(load_features(language, verbs), lessons, {"command": COMMAND, "examples": counts})
    path = language.folder / FILE
    save_weights(weights, path)
    terms = sum(map(len, weights.details.values()))
    print(
        f"{path.name}: {len(lessons)} examples, {terms:,} weights of words, {len(weights.stories):,} of texts",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
