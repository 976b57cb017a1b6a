"""Trains the network that tells how well words go together (`pipeline.text.layout.affinity`).

What belongs here: drawing true and false neighbours from texts, gradient descent, rounding. What does not: which texts,
what the network's answer is worth.

Source of the method: noise-contrastive estimation (Gutmann and Hyvärinen 2010) with AdaGrad (Duchi and others 2011),
one example at a time. Everything is drawn from a seeded generator.
"""

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.affinity import (
    FEATURES,
    NOTHING,
    OUT_STEP,
    POSITIONS,
    REACH,
    STEP,
    Network,
    affinity,
    features_of,
    given_by,
)
from pipeline.text.layout.rows import end_of, start_of
from pipeline.text.layout.weights import Weights

HIDDEN = 96
LEAST = 6  # how often a feature must occur
FALSE = 2  # false neighbours for each true one
DROPPED = 0.2  # how often the form of a word is hidden, so that its parts are learned, too
ALONE = 0.15  # how often the farther word on a side is hidden, as at the end of a segment
RATE, SLOWEST = 0.02, 0.1
SMALL = 1e-2  # where AdaGrad starts
Floats = NDArray[np.float32]


def told_apart(weights: Weights, corpus: Sequence[str], draws: int = 5000) -> float:
    """Return how often a true neighbour in texts seems likelier than a word drawn from them at random.

    Args:
        weights: Whose network is asked.
        corpus: Texts that it was not trained on.
        draws: How many pairs to draw.
    """
    words = [word for text in corpus for word in text.split()]
    inner = range(REACH, len(words) - REACH)
    features = np.array([weights.features_of(word, start_of(word), end_of(word)) for word in words])
    given, rng, right = given_by(features, weights.network), random.Random(5), 0
    for _ in range(draws):
        at, other = rng.choice(inner), rng.choice(inner)
        true, false = (affinity(given, weights.network, at - 2, at - 1, head, head + 1) for head in (at, other))
        right += true > false
    return right / draws


class _Learned(NamedTuple):
    """The numbers that are learned, and beside each group the sums of squares of their slopes (AdaGrad)."""

    inner: Floats  # (positions, features, hidden)
    out: Floats  # (hidden,)
    bias: Floats  # (hidden + 1,): last, of the whole
    inner_sums: Floats  # (positions, features)
    out_sums: Floats
    bias_sums: Floats


@cache
def _features(word: str) -> tuple[str, ...]:
    return features_of(word, start_of(word), end_of(word))


def known_features(corpus: Sequence[str]) -> list[str]:
    """Return the features that occur often enough in texts, the commonest first."""
    counts: Counter[str] = Counter()
    for word, number in Counter(word for text in corpus for word in text.split()).items():
        counts.update(dict.fromkeys(filter(None, _features(word)), number))
    often = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [name for name, number in often if number >= LEAST]


def train(corpus: Sequence[str], names: Sequence[str], rounds: int) -> Network:
    """Return a network that tells true neighbours in texts from false ones.

    Args:
        corpus: The texts; a pair never reaches from one into the next.
        names: The features to learn of.
        rounds: How many true neighbours to draw, as a multiple of the number of words.
    """
    number = {name: n + 1 for n, name in enumerate(names)}
    forms: dict[str, int] = {"": 0}
    stream = [0] * REACH
    for text in corpus:
        stream += [forms.setdefault(word, len(forms)) for word in text.split()] + [0] * REACH
    places = np.array(stream)
    table = np.array([[number.get(name, NOTHING) for name in _features(word)] for word in list(forms)[1:]])
    table = np.vstack((np.zeros((1, FEATURES), np.int64), table))
    rng = np.random.default_rng(3)
    inner = (rng.standard_normal((POSITIONS, len(names) + 1, HIDDEN)) * 0.02).astype(np.float32)
    out, bias = (rng.standard_normal(HIDDEN) * 0.3).astype(np.float32), np.zeros(HIDDEN + 1, np.float32)
    learned = _Learned(
        inner, out, bias, np.full(inner.shape[:2], SMALL, np.float32), np.full(HIDDEN, SMALL, np.float32),
        np.full(HIDDEN + 1, SMALL, np.float32),
    )  # fmt: skip
    for turn in range(rounds):
        rate = np.float32(RATE * (1 - (1 - SLOWEST) * turn / rounds))
        loss = _descend(places, table, learned, rate, rng)
        print(f"words that go together, round {turn + 1}/{rounds}: loss {loss:.3f}", flush=True)
    return Network(
        np.clip(np.round(inner * STEP), -127, 127).astype(np.int8), np.round(bias[:-1] * STEP).astype(np.int32),
        np.round(out * OUT_STEP).astype(np.int32), round(float(bias[-1]), 4),
    )  # fmt: skip


@njit(cache=True)
def _draw(stream: NDArray[np.int64], rng: np.random.Generator) -> int:
    """Return the place of some word that follows another in its text."""
    while True:
        place = int(rng.random() * (stream.size - 2 * REACH)) + REACH
        if stream[place] and stream[place - 1]:
            return place


@njit(cache=True)
def _fill(
    stream: NDArray[np.int64], table: NDArray[np.int64], left: int, right: int, features: NDArray[np.int64],
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Fill in the features of the words before `left` and from `right` on, some of them hidden."""
    for place in range(POSITIONS):
        word = stream[left - 1 - place] if place < REACH else stream[right + place - REACH]
        if place % REACH and rng.random() < ALONE:
            word = 0
        for n in range(FEATURES):
            features[place, n] = table[word, n]
        if rng.random() < DROPPED:
            features[place, 0] = NOTHING


@njit(cache=True)
def _log_odds(features: NDArray[np.int64], learned: _Learned, layer: Floats) -> np.float32:
    """Fill in the hidden layer and return the log-odds of the words being neighbours."""
    inner, out, bias = learned.inner, learned.out, learned.bias
    for unit in range(out.size):
        layer[unit] = bias[unit]
    for place in range(POSITIONS):
        for n in range(FEATURES):
            if n == 0 or features[place, n] != NOTHING:
                row = inner[place, features[place, n]]
                for unit in range(out.size):
                    layer[unit] += row[unit]
    total = bias[out.size]
    for unit in range(out.size):
        total += max(layer[unit], np.float32(0.0)) * out[unit]
    return np.float32(total)


@njit(cache=True)
def _learn(features: NDArray[np.int64], learned: _Learned, layer: Floats, error: np.float32, rate: np.float32) -> None:
    """Move all numbers against the slope of the loss; `layer` receives the slopes of the hidden layer."""
    inner, out, bias, inner_sums, out_sums, bias_sums = learned
    size, square = out.size, np.float32(0.0)
    bias_sums[size] += error * error
    bias[size] -= rate * error / np.sqrt(bias_sums[size])
    for unit in range(size):
        if layer[unit] <= 0:
            layer[unit] = 0.0
            continue
        slope, by_out = error * out[unit], error * layer[unit]
        out_sums[unit] += by_out * by_out
        out[unit] -= rate * by_out / np.sqrt(out_sums[unit])
        bias_sums[unit] += slope * slope
        bias[unit] -= rate * slope / np.sqrt(bias_sums[unit])
        layer[unit] = slope
        square += slope * slope / np.float32(size)
    for place in range(POSITIONS):
        for n in range(FEATURES):
            feature = features[place, n]
            if square > 0 and (n == 0 or feature != NOTHING):
                inner_sums[place, feature] += square
                step, row = rate / np.sqrt(inner_sums[place, feature]), inner[place, feature]
                for unit in range(size):
                    row[unit] -= step * layer[unit]


@njit(cache=True)
def _descend(
    stream: NDArray[np.int64], table: NDArray[np.int64], learned: _Learned, rate: np.float32, rng: np.random.Generator
) -> float:
    """Go through as many places as there are words; return the mean loss."""
    features, layer, loss = np.empty((POSITIONS, FEATURES), np.int64), np.empty(learned.out.size, np.float32), 0.0
    for _ in range(stream.size):
        left = _draw(stream, rng)
        for kind in range(1 + FALSE):
            _fill(stream, table, left, left if kind == 0 else _draw(stream, rng), features, rng)
            wanted, weight = np.float32(kind == 0), np.float32(1.0 if kind == 0 else 1.0 / FALSE)
            likely = np.float32(1.0) / (np.float32(1.0) + np.exp(-_log_odds(features, learned, layer)))
            loss -= weight * np.log(abs(likely + wanted - np.float32(1.0)) + 1e-9)
            _learn(features, learned, layer, weight * (likely - wanted), rate)
    return loss / (2 * stream.size)
