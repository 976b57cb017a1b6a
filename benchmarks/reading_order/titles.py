"""Learns what titles are like (`pipeline.text.layout.titles`): a logistic regression.

What belongs here: drawing true and false titles from the training texts, fitting, rounding. What does not: what the
answer is worth when a page is read.
"""

import random
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.reading_order import texts
from pipeline.text.language import Language
from pipeline.text.layout.affinity import NOTHING
from pipeline.text.layout.rows import Reader, end_of
from pipeline.text.layout.score import SHAPE_KINDS, told_from
from pipeline.text.layout.titles import FIRST, INNER, LAST, LAST_BUT_ONE, PLACES, SECOND, SHAPES, STEP, Titles, shape_of
from pipeline.text.layout.weights import ENDS, Weights
from pipeline.text.model import Line

RIDGE = 4.0
TURNS = 200  # of the optimiser
# How often titles are drawn: of reports, those that headings of pages are taken from, and those that none is.
REPORTS, OWN, FURTHER = 4, 5, 2
LINE = (3, 8)  # words of a line beside a title
BESIDE = (1, 1, 2, 2, 3, 4, 9)  # of these, how many a title that was cut too late holds
_PLAIN = ENDS.index("plain")
Words = list[str]


def examples(seed: int = 1) -> Iterator[tuple[Words, bool]]:
    """Yield runs of words that end in no mark, and whether each is a title."""
    rng = random.Random(seed)
    reports = texts.reports("train")
    own = [title for report in reports for title in report.titles] * REPORTS
    own += [*texts.headings("train", 0, 60)] * OWN
    own += [*texts.further_titles()] * FURTHER
    bullets = [bullet.split() for report in reports for bullet in report.bullets]
    bullets += [bullet.split() for bullet in (*texts.statements("train"), *texts.further()) if bullet.endswith(".")]
    for title in (*own, *texts.documentation_titles()):
        words = title.split()
        for false in _false(words, own, bullets, rng):
            if false and end_of(false[-1]) == _PLAIN:
                yield false, False
        yield words, True


def _false(title: Words, titles: Sequence[str], bullets: Sequence[Words], rng: random.Random) -> Iterator[Words]:
    """Yield what is no title: the words of one, cut in the wrong place of a row, or those of a line."""
    if len(title) > 1:
        yield title[: rng.randint(1, len(title) - 1)]
    yield title + _line(bullets, rng)[: rng.choice(BESIDE)]
    if rng.random() < 0.3:
        yield _line(bullets, rng)[-rng.choice(BESIDE) :] + title
    if rng.random() < 0.3 and len(title) > 1:
        yield title[rng.randint(1, len(title) - 1) :]
    if rng.random() < 0.3:
        yield title + rng.choice(titles).split()
    if rng.random() < 0.3:
        yield _line(bullets, rng)


def _line(bullets: Sequence[Words], rng: random.Random) -> Words:
    """Return a line of a bullet, its first one or a later one."""
    bullet = rng.choice(bullets)
    while len(bullet) < LINE[0]:
        bullet = rng.choice(bullets)
    start = 0 if rng.random() < 0.35 else rng.randrange(len(bullet) - 1)
    return bullet[start : start + rng.randint(*LINE)]


def unknown(features: int) -> Titles:
    """Return what is known of titles before anything is learned, of so many features of words."""
    return Titles(np.zeros((PLACES, features + 1), np.int8), np.zeros(SHAPES, np.int64))


def learn(weights: Weights, language: Language) -> Titles:
    """Return what the examples tell of titles.

    Args:
        weights: Tell the features of words.
        language: Of the texts.
    """
    count = len(weights.features) + 1
    reader, columns, starts, wanted = Reader(weights, language), [], [0], []
    for words, is_title in examples():
        columns += _terms(words, reader, count)
        starts.append(len(columns))
        wanted.append(is_title)
    size = PLACES * count + SHAPES
    terms = csr_matrix((np.ones(len(columns)), np.array(columns), np.array(starts)), (len(wanted), size))
    true = np.array(wanted, dtype=np.float64)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = terms @ values
        slope = terms.T @ (1 / (1 + np.exp(-odds)) - true) + RIDGE * values
        return float((np.logaddexp(0, odds) - true * odds).sum() + 0.5 * RIDGE * values @ values), slope

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": TURNS}).x
    scaled = np.round(found * STEP)
    return Titles(
        np.clip(scaled[: PLACES * count], -127, 127).astype(np.int8).reshape(PLACES, count),
        scaled[PLACES * count :].astype(np.int64),
    )


def _terms(words: Words, reader: Reader, count: int) -> list[int]:
    """Return the positions of what counts of a run of words, places before shapes."""
    text = " ".join(words)
    held = reader.rows([Line(1, 1, text, range(len(text) + 1))]).words
    begin, last = told_from(held.begins, 0, len(words) - 1), len(words) - 1
    places = [(begin, FIRST), (last, LAST), *((word, INNER) for word in range(begin + 1, last))]
    if last > begin:
        places += [(begin + 1, SECOND), (last - 1, LAST_BUT_ONE)]
    found = []
    for word, place in places:
        features = reader.features(words[word])
        found += [place * count + f for n, f in enumerate(features) if n == 0 or f != NOTHING]
    shape = shape_of(held.begins, held.finishes, begin, last, SHAPE_KINDS)
    return found + [PLACES * count + term for term in shape]
