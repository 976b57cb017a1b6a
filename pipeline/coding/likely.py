"""Likely codes: what a learned model thinks of a statement, from its words, its signs and what stands around it.

What belongs here: asking the model for the statements of a document, and reading its answer. What does not: the model
(`linear`), the signs it reads (`signs`), what context counts (`context`), decisions (`coder`, `verdict`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.coding.context import consult, heed, lean
from pipeline.coding.evidence import Evidence
from pipeline.coding.form import Judgement
from pipeline.coding.linear import Floats, Linear

_SHOWN = 4  # the code that is given, and its alternatives
_LIKELY = 0.5  # a code of a set is given when it is likelier than not, which makes the fewest errors
_UNLIKELY = 0.2
"""What the rules found is given up only when it is less likely than this. With 0.5 half a point more is right on hands
that are new to the weights, but words by which the codebook defines a code ("bij signalering") are overruled."""


@dataclass(slots=True)
class Likely:
    """What the model thinks of one statement.

    Attributes:
        model: The model; None when there is none, then nothing is known.
        parts: Per dimension that is no set the part of the lists that follow.
        codes: The likeliest codes of the dimensions, the best of each first.
        shares: Their probabilities.
        rounded: Those as they are published.
        sets: Per set the codes of each statement, the probability that they are just the right ones, and that of each
            code.
        at: Row of this statement in the sets.
    """

    model: Linear | None
    parts: Mapping[str, slice]
    codes: Sequence[str]
    shares: Sequence[float]
    rounded: Sequence[float]
    sets: Mapping[str, Sequence[tuple[tuple[str, ...], float, list[float]]]]
    at: int

    def knows(self, dimension: str, code: str = "") -> bool:
        """Whether the model was taught this dimension, and this code of it if one is given."""
        if self.model is None or dimension not in self.model.codes:
            return False
        return not code or code in self.model.places[dimension]

    def alternatives(self, dimension: str) -> tuple[tuple[str, float], ...]:
        """Return the codes of a dimension that are likeliest but one, with their probability as it is published."""
        part = self.parts[dimension]
        return tuple(zip(self.codes[part], self.rounded[part], strict=True))[1:]

    def best(self, dimension: str) -> tuple[str, float]:
        """Return the likeliest code of a dimension that is no set, and how likely it is."""
        first = self.parts[dimension].start
        return self.codes[first], self.shares[first]

    def judged(self, dimension: str, ruled: Judgement) -> Judgement:
        """Return the likeliest code as a judgement; that of the rules when the model was not taught the dimension.

        Args:
            dimension: What is judged.
            ruled: What the rules say; the words that show it stay where the code stays.
        """
        if dimension not in self.parts:
            return ruled
        first = self.parts[dimension].start
        code = self.codes[first]
        return Judgement(code, self.shares[first], self.codes[first + 1], ruled.hit if code == ruled.code else None)

    def corrected(self, dimension: str, found: Collection[str]) -> tuple[tuple[str, ...], float]:
        """Return the codes of a dimension, one or a set, and the probability that they are just the right ones.

        Args:
            dimension: A dimension that the model was taught.
            found: The codes that the rules found; they stand unless the model finds them unlikely.
        """
        if self.model is None:
            return (), 0.0
        if dimension not in self.sets:
            part = self.parts[dimension]
            for code, share in zip(self.codes[part], self.shares[part], strict=True):
                if code in found and share > _UNLIKELY:
                    return (code,), share
            code, share = self.best(dimension)
            return (code,), share
        codes, sure, shares = self.sets[dimension][self.at]
        places = self.model.places[dimension]
        for code in found:
            if code in places and _UNLIKELY < (share := shares[places[code]]) <= _LIKELY:
                codes, sure = (*codes, code), sure * share / (1 - share)
        return codes, sure

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


def likelies(model: Linear, shown: Shown) -> list[Likely]:
    """Return what a model thinks of each statement of a document."""
    scores = likely_scores(model, shown)
    consult(scores, model)
    found = model.shares(scores)
    sets = {name: _members(found[name], model.codes[name]) for name in model.sets}
    parts, codes, shares = _ranked(
        {name: rows for name, rows in found.items() if name not in sets}, model.codes, len(scores)
    )
    ranked = zip(codes.tolist(), shares.tolist(), np.round(shares, 3).tolist(), strict=True)
    return [Likely(model, parts, *lists, sets, at) for at, lists in enumerate(ranked)]


def likely_scores(model: Linear, shown: Shown) -> Floats:
    """Return the scores of each statement of a document with what stands around it, a row each."""
    scores = model.scores(shown.texts, shown.signs, shown.kinds)
    lean(scores, model, shown.bullets, shown.sections, shown.headings)
    heed(scores, model, shown.bullets, shown.sections)
    return scores


def _ranked(
    found: Mapping[str, Floats], codes: Mapping[str, Sequence[str]], count: int
) -> tuple[dict[str, slice], npt.NDArray[np.object_], npt.NDArray[np.float64]]:
    """Return the columns of each dimension; the likeliest codes of the `count` rows, the best first; their shares."""
    if not found:
        return {}, np.empty((count, 0), dtype=np.object_), np.empty((count, 0))
    parts: dict[str, slice] = {}
    places = []
    start = before = 0
    for name, shares in found.items():
        places.append(np.argsort(-shares, axis=1, kind="stable")[:, :_SHOWN] + before)
        before += shares.shape[1]
        parts[name] = slice(start, start + places[-1].shape[1])
        start = parts[name].stop
    chosen, names = np.hstack(places), np.array([code for name in found for code in codes[name]], dtype=object)
    best = np.hstack(list(found.values()))[np.arange(len(chosen))[:, None], chosen]
    return parts, names[chosen], best.astype(np.float64)


def _members(shares: Floats, codes: Sequence[str]) -> list[tuple[tuple[str, ...], float, list[float]]]:
    given: list[tuple[str, ...]] = [()] * len(shares)
    likely = shares > _LIKELY
    for row, place in zip(*np.nonzero(likely), strict=True):
        given[row] += (codes[place],)
    sure = np.where(likely, shares, 1 - shares).prod(axis=1)
    return list(zip(given, sure.tolist(), shares.tolist(), strict=True))
