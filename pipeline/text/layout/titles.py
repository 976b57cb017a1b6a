"""How much a run of words is like a title as a whole; compiled.

What belongs here: what of the words of a title counts, adding it up. What does not: how it was learned
(`benchmarks.reading_order.titles`), what the answer is worth (learned weights, `score`).

A logistic regression tells titles from titles that were cut short, that hold words of the line beside them, and from
other lines. Of a word its form, endings, beginning, start and end count (`affinity.features_of`), by its place in the
title; beside them how many words and capitals there are. All numbers are integers, as those of the network are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.affinity import NOTHING
from pipeline.text.layout.compiling import uncounted

PLACES = 5
FIRST, SECOND, INNER, LAST_BUT_ONE, LAST = range(PLACES)
LONGEST = 9  # words, from where on a title counts as long
MANY = 2  # capitals of a kind, or ends of sentences, from where on these are many
LENGTHS, COMMONS, UPPERS, STOPS = 0, LONGEST, LONGEST + MANY + 1, LONGEST + 2 * (MANY + 1)
SHAPES = LONGEST + 3 * (MANY + 1)
STEP = 32.0  # units of the stored numbers
MOST = 6.0  # log-odds, from where on more says nothing
NO_TITLE = -99.0


class Titles(NamedTuple):
    """What was learned of titles, in units of 1/32.

    Attributes:
        words: (places, features) of a word at each place; feature 0 stands for a form that is not known.
        shapes: (SHAPES,) of how many words there are, commonest ones with a capital, others, and ends of sentences.
    """

    words: NDArray[np.int8]
    shapes: NDArray[np.int64]


def given_to_titles(features: NDArray[np.int64], titles: Titles) -> NDArray[np.int64]:
    """Return what each word counts at each place of a title: (words, places).

    Args:
        features: (words, FEATURES) of each word; see `affinity.given_by`.
        titles: What was learned.
    """
    known = titles.words[:, features].astype(np.int64)
    known[:, features == NOTHING] = 0
    known[:, :, 0] = titles.words[:, features[:, 0]]
    return np.ascontiguousarray(known.sum(axis=2).T)


@uncounted(from_python=True)
def shape_of(
    begins: NDArray[np.int64], finishes: NDArray[np.int64], begin: int, last: int, kinds: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """Return the positions in `Titles.shapes` of what counts of the words from `begin` to `last`.

    Args:
        begins: As in `Words`.
        finishes: As in `Words`.
        begin: First word.
        last: Last word.
        kinds: What stands there of a word without a mark behind it, one that ends a sentence, one with a capital, and
            one of the commonest with a capital (`score.SHAPE_KINDS`).
    """
    plain, stop, upper, common = kinds
    commons, uppers, stops = 0, 0, 0
    for word in range(begin + 1, last + 1):
        if finishes[word - 1] == plain:
            commons += begins[word] == common
            uppers += begins[word] == upper
        stops += finishes[word - 1] == stop
    return (
        LENGTHS + min(last - begin, LONGEST - 1), COMMONS + min(commons, MANY), UPPERS + min(uppers, MANY),
        STOPS + min(stops, MANY),
    )  # fmt: skip


@uncounted(from_python=True)
def likeness(
    forms: NDArray[np.int64], titled: NDArray[np.int64], shapes: NDArray[np.int64], begin: int, last: int,
    shape: tuple[int, int, int, int],
) -> float:  # fmt: skip
    """Return the log-odds of the words from `begin` to `last` being a title, at most `MOST` either way.

    Args:
        forms: As in `Words`.
        titled: As in `Words`.
        shapes: As in `Titles`.
        begin: First word, a number of the heading left out.
        last: Last word.
        shape: What `shape_of` returned.
    """
    total = titled[forms[begin], FIRST] + titled[forms[last], LAST]
    if last > begin:
        total += titled[forms[begin + 1], SECOND] + titled[forms[last - 1], LAST_BUT_ONE]
    for word in range(begin + 1, last):
        total += titled[forms[word], INNER]
    for place in shape:
        total += shapes[place]
    return float(min(max(total / STEP, -MOST), MOST))
