"""What paragraphs are about, and how well the sections of a reading keep to one topic.

What belongs here: the odds of topics of a text, what a reading gains by them. What does not: which readings are
compared (`sides`), how the model was learned (`benchmarks.reading_order.topics`).

A section mostly stays with what it is about. Given the paragraphs before it in its section, the topic of the next one
is that of one of these, or any topic as often as it occurs (a Pólya urn). How much likelier a reading is by that than
if its paragraphs had nothing to do with each other is its coherence. Not all pages keep to topics. That this one does
is supposed with a probability of `KEEPS`, so a page that shows no topics is told nothing.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.sums import add_sums

FILE = "topics.npz"
# Tried on development reports: how likely a text tells nothing of its topic; for how many paragraphs before it what is
# usual counts; how likely a page keeps to topics.
DOUBT, USUAL, KEEPS = 0.05, 0.7, 0.2
_MOST = 300.0  # of coherence, which is raised to a power
_DIGITS = 5
_STEMS, _TAILS = (4, 6, 8), (4, 6)  # letters
_WORD = re.compile(r"[^\W\d_]+")
CACHE = 20_000  # words whose features are kept


def features_of(word: str) -> list[str]:
    """Return the features of a word in lower case: itself, and how it begins and ends where it is longer than that."""
    stems = [f"<{word[:size]}" for size in _STEMS if len(word) > size]
    return [word, *stems, *(f"{word[-size:]}>" for size in _TAILS if len(word) > size)]


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.lower())


def all_features(text: str) -> list[str]:
    """Return the features of the words of a text."""
    return [feature for word in words_of(text) for feature in features_of(word)]


@dataclass(frozen=True, eq=False)
class Topics:
    """A logistic regression that tells the topic of a text by the features of its words, each counted once.

    Attributes:
        terms: Row of each feature.
        table: (features, topics + 1) what a feature adds to the log-odds of each topic, times its inverse document
            frequency, and the square of that; a text is divided by the root of the sum of these.
        constants: (topics,)
        usual: (topics,) how often each occurs.
    """

    terms: dict[str, int]
    table: NDArray[np.float64]
    constants: NDArray[np.float64]
    usual: NDArray[np.float64]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def of(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the probabilities of topics: (texts, topics)."""
        rows: list[int] = []
        starts = [0]
        known = self._known
        for text in texts:
            found = [known[word] if word in known else self._rows_of(word) for word in set(words_of(text))]
            rows += sorted(set().union(*found))
            starts.append(len(rows))
        sums = np.zeros((len(texts), self.table.shape[1]))
        add_sums(sums, self.table, np.array(rows, np.int64), np.ones(len(rows)), np.array(starts))
        odds = sums[:, :-1] / np.sqrt(np.maximum(sums[:, -1:], 1.0)) + self.constants  # no square is below 1
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares = (1.0 - DOUBT) * shares / shares.sum(axis=1, keepdims=True) + DOUBT * self.usual
        # Rounded, so that the last bits of a machine decide nothing.
        rounded: NDArray[np.float64] = np.round(shares, _DIGITS)
        return rounded

    def _rows_of(self, word: str) -> tuple[int, ...]:
        """Return the rows of the features of a word that is not known yet, and keep them."""
        if len(self._known) >= CACHE:
            self._known.clear()
        terms = self.terms
        rows = self._known[word] = tuple([terms[name] for name in features_of(word) if name in terms])
        return rows


@cache
def load_topics(folder: Path) -> Topics | None:
    """Return what `topics.npz` in a language's folder holds; None where it has none."""
    if not (folder / FILE).is_file():
        return None
    with np.load(folder / FILE, allow_pickle=False) as stored:
        terms = {str(term): row for row, term in enumerate(stored["terms"])}
        weights, squares = stored["weights"] * stored["steps"].astype(float), stored["idf"].astype(float) ** 2
        table = np.column_stack([weights, squares])
        return Topics(terms, table, stored["constants"].astype(float), stored["usual"].astype(float))


@njit(cache=True)
def coherence(
    shares: NDArray[np.float64], usual: NDArray[np.float64], titles: NDArray[np.bool_], order: NDArray[np.int64]
) -> float:
    """Return how much likelier paragraphs are in an order than if none told of another, in natural-log units.

    Args:
        shares: (paragraphs, topics) their probabilities.
        usual: (topics,) how often each occurs.
        titles: (paragraphs,) whether each opens a section.
        order: Paragraphs as they are read.
    """
    total, before, topics, rare = 0.0, 0, usual.size, 1.0 / usual
    seen = np.zeros(topics)  # of each topic, in multiples of how often it occurs
    for paragraph in order:
        if titles[paragraph]:
            seen[:] = 0.0
            before = 0
        if before:
            likely = 0.0
            for topic in range(topics):
                likely += shares[paragraph, topic] * (USUAL + seen[topic])
            total += math.log(likely / (USUAL + before))
        for topic in range(topics):
            seen[topic] += shares[paragraph, topic] * rare[topic]
        before += 1
    return math.log(KEEPS * math.exp(min(total, _MOST)) + 1.0 - KEEPS)
