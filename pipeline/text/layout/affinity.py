"""How well the words on either side of a place go together: a small network, compiled.

What belongs here: what of a word counts, the network's arithmetic. What does not: how it was trained
(`benchmarks.reading_order.junctions`), what its answer is worth (a learned weight, `score`).

The network was trained to tell true neighbours from words drawn at random (noise-contrastive estimation, Gutmann and
Hyvärinen 2010), so it gives the log-odds of two words before a place and two words after it standing together. It has
one hidden layer. What a word gives to it depends on the word and its position alone, so this is added up once a page
and a place costs no more than a few dozen additions. All numbers are integers: the same bytes give the same reading on
any machine.
"""

import re
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.compiling import uncounted

REACH = 2  # words on either side
POSITIONS = 2 * REACH  # the word before a place, the one before that; the word after it, the next
FEATURES = 7  # of a word
STEP, OUT_STEP = 32.0, 256.0  # units of the stored numbers
MOST = 6.0  # log-odds, from where on more says nothing
NOTHING = 0  # the feature of no word, and of a word form that is not known
_EDGES = re.compile(r"^\W+|\W+$")
_PUNCTUATION = ".,:;!?…\"'’‘”“()-"  # what stands around nearly all words


class Network(NamedTuple):
    """A trained network.

    Attributes:
        embeddings: (positions, features, hidden) in units of 1/32; feature 0 stands for nothing known.
        bias: (hidden,) in units of 1/32.
        out: (hidden,) in units of 1/256.
        shift: Added to the log-odds.
    """

    embeddings: NDArray[np.int8]
    bias: NDArray[np.int32]
    out: NDArray[np.int32]
    shift: float


def bare_of(word: str) -> str:
    """Return a word in lower case without the punctuation around it."""
    inner = word.strip(_PUNCTUATION)
    return inner.lower() if inner.isalpha() else _EDGES.sub("", word).lower()


def holds_digit(word: str) -> bool:
    """Return whether a word has a digit; of words of letters alone, nearly all, that is known at once."""
    return not word.isalpha() and any(c.isdigit() for c in word)


def features_of(word: str, start: int, end: int) -> tuple[str, ...]:
    """Return the names of what counts of a word: its form, endings, beginning, and what it starts and ends like.

    Args:
        word: With the punctuation around it.
        start: Position in `STARTS`.
        end: Position in `ENDS`.
    """
    bare = bare_of(word)
    if holds_digit(bare):
        bare = "0"
    size = len(bare)
    return (
        bare,
        f"-{bare[-4:]}" if size > 4 else "",
        f"-{bare[-3:]}" if size > 3 else "",
        f"-{bare[-2:]}" if size > 2 else "",
        f"{bare[:4]}-" if size > 5 else "",
        f"<{start}",
        f">{end}",
    )


@njit(cache=True)
def given_by(features: NDArray[np.int64], network: Network) -> NDArray[np.int16]:
    """Return what each word gives to the hidden layer at each position: (words + 1, positions, hidden); last, no word.

    Args:
        features: (words, FEATURES) of each word.
        network: The network.
    """
    words, embeddings = features.shape[0], network.embeddings
    positions, _, hidden = embeddings.shape
    found = np.zeros((words + 1, positions, hidden), np.int16)
    for word in range(words + 1):
        for place in range(positions):
            given = found[word, place]
            for n in range(features.shape[1] if word < words else 1):
                feature = features[word, n] if word < words else NOTHING
                if n == 0 or feature != NOTHING:
                    row = embeddings[place, feature]
                    for unit in range(hidden):
                        given[unit] += row[unit]
    return found


# Sums of whole numbers are exact in floating point, in any order: so compiled code may add up several at once.
_ANY_ORDER = {"reassoc", "nsz", "nnan"}


@uncounted()
def before_place(
    given: NDArray[np.int16], network: Network, last: int, before: int, layers: NDArray[np.float64], at: int
) -> None:
    """Fill in what the words before a place give to the hidden layer, as row `at` of (places, hidden)."""
    bias = network.bias
    for unit in range(bias.size):
        layers[at, unit] = bias[unit] + given[last, 0, unit] + given[before, 1, unit]


@uncounted()
def after_place(given: NDArray[np.int16], head: int, then: int, layers: NDArray[np.float64], at: int) -> None:
    """Fill in what the words after a place give to the hidden layer, as row `at` of (places, hidden)."""
    for unit in range(layers.shape[1]):
        layers[at, unit] = given[head, 2, unit] + given[then, 3, unit]


@uncounted(fastmath=_ANY_ORDER)
def log_odds(
    before: NDArray[np.float64], one: int, after: NDArray[np.float64], other: int, out: NDArray[np.int32], shift: float
) -> float:
    """Return what `affinity` does, of rows of what is given before places and after them."""
    total = 0.0
    for unit in range(out.size):
        total += max(before[one, unit] + after[other, unit], 0.0) * out[unit]
    return min(max(total / (STEP * OUT_STEP) + shift, -MOST), MOST)


@uncounted(from_python=True)
def affinity(given: NDArray[np.int16], network: Network, before: int, last: int, head: int, then: int) -> float:
    """Return the log-odds of four words standing together, at most `MOST` either way.

    Args:
        given: What `given_by` returned.
        network: The network.
        before: The word before `last`, or -1 for none; words are counted over the page.
        last: The word before the place.
        head: The word after it.
        then: The word after `head`, or -1 for none.
    """
    a, b, c, d = given[last, 0], given[before, 1], given[head, 2], given[then, 3]
    bias, out, total = network.bias, network.out, 0
    for unit in range(out.size):
        total += max(bias[unit] + a[unit] + b[unit] + c[unit] + d[unit], 0) * out[unit]
    return float(min(max(total / (STEP * OUT_STEP) + network.shift, -MOST), MOST))
