"""Likely codes: what a learned model thinks of a statement, from its words, its signs and what stands around it.

What belongs here: asking the model for the statements of a document, and reading its answer. What does not: the model
(`linear`), the signs it reads (`signs`), what context counts (`context`), decisions (`coder`, `form`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.coding.context import lean
from pipeline.coding.evidence import Evidence
from pipeline.coding.form import Judgement
from pipeline.coding.linear import Floats, Linear

_SHOWN = 4  # the code that is given, and its alternatives
_LIKELY = 0.5  # a code of a set is given when it is likelier than not, which makes the fewest errors


@dataclass(slots=True)
class Likely:
    """What the model thinks of one statement.

    Attributes:
        model: The model; None when there is none, then nothing is known.
        best: Per dimension the places of the likeliest codes of each statement, the best first; none of sets.
        shares: Their probabilities.
        sets: Per set the codes of each statement, and the probability that they are just the right ones.
        at: Row of this statement.
    """

    model: Linear | None
    best: Mapping[str, Sequence[list[int]]]
    shares: Mapping[str, Sequence[list[float]]]
    sets: Mapping[str, Sequence[tuple[tuple[str, ...], float]]]
    at: int

    def knows(self, dimension: str, code: str = "") -> bool:
        """Whether the model was taught this dimension, and this code of it if one is given."""
        if self.model is None or dimension not in self.model.codes:
            return False
        return not code or code in self.model.places[dimension]

    def judged(self, dimension: str, ruled: Judgement) -> Judgement:
        """Return the likeliest code as a judgement; that of the rules when the model was not taught the dimension.

        Args:
            dimension: What is judged.
            ruled: What the rules say; the words that show it stay where the code stays.
        """
        if not self.knows(dimension) or self.model is None:
            return ruled
        codes = self.model.codes[dimension]
        first, second, *_ = self.best[dimension][self.at]
        code = codes[first]
        share = self.shares[dimension][self.at][0]
        return Judgement(code, share, codes[second], ruled.hit if code == ruled.code else None)

    def ranked(self, dimension: str) -> list[tuple[float, str]]:
        """Return the likeliest codes of a dimension with their probability, the best first."""
        if self.model is None:
            return []
        codes = self.model.codes[dimension]
        best = zip(self.shares[dimension][self.at], self.best[dimension][self.at], strict=True)
        return [(share, codes[place]) for share, place in best]

    def members(self, dimension: str) -> tuple[tuple[str, ...], float]:
        """Return the codes of a dimension, one or a set, and the probability that they are just the right ones."""
        if dimension in self.sets:
            return self.sets[dimension][self.at]
        share, code = self.ranked(dimension)[0]
        return (code,), share

    def word(self, evidence: Evidence, dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code; -1 when the statement has no words."""
        forms = [word.form for word in evidence.reading.words]
        if self.model is None or not forms or code not in self.model.codes[dimension]:
            return -1
        return self.model.strongest_word(forms, dimension, code)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document shows a model, an entry per statement.

    Attributes:
        texts: The words.
        signs: The signs, with how strongly each shows.
        kinds: The kinds of the words.
        bullets: Number of the bullet.
        sections: Number of the section.
        headings: Scores of the heading above; zeros where there is none.
    """

    texts: Sequence[Sequence[str]]
    signs: Sequence[Mapping[str, float]]
    kinds: Sequence[Sequence[str]]
    bullets: Sequence[int]
    sections: Sequence[int]
    headings: Floats


def likelies(model: Linear, shown: Shown) -> Iterator[Likely]:
    """Return what a model thinks of each statement of a document."""
    scores = model.scores(shown.texts, shown.signs, shown.kinds)
    lean(scores, model, shown.bullets, shown.sections, shown.headings)
    found = model.shares(scores)
    rows = np.arange(len(scores))[:, None]
    best: dict[str, list[list[int]]] = {}
    shares: dict[str, list[list[float]]] = {}
    for name, array in found.items():
        if name not in model.sets:
            places = np.argsort(-array, axis=1, kind="stable")[:, :_SHOWN]
            best[name] = places.tolist()
            shares[name] = array[rows, places].tolist()
    sets = {name: _members(found[name], model.codes[name]) for name in model.sets}
    for at in range(len(scores)):
        yield Likely(model, best, shares, sets, at)


def _members(shares: Floats, codes: Sequence[str]) -> list[tuple[tuple[str, ...], float]]:
    given: list[tuple[str, ...]] = [()] * len(shares)
    likely = shares > _LIKELY
    for row, place in zip(*np.nonzero(likely), strict=True):
        given[row] += (codes[place],)
    sure = np.where(likely, shares, 1 - shares).prod(axis=1)
    return list(zip(given, sure.tolist(), strict=True))
