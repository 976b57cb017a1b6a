"""Likely codes: what a learned model thinks of a statement, beside what its cues say.

What belongs here: asking the model for the statements of a document, and weighing its answer against scores of cues.
What does not: the model (`linear`), the signs it reads (`signs`), the cues (`evidence`), decisions (`coder`, `form`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.coding.evidence import Evidence
from pipeline.coding.form import Judgement, Verdict
from pipeline.coding.kinds import Kinds
from pipeline.coding.linear import Linear
from pipeline.coding.signs import all_signs

_SHOWN = 4  # the code that is given, and its alternatives


@dataclass(slots=True)
class Likely:
    """What the model thinks of one statement.

    Attributes:
        model: The model; None when there is none, then nothing is known.
        rows: Per dimension the probabilities of all statements of the document.
        best: Per dimension the places of the likeliest codes of each statement, the best first.
        at: Row of this statement.
    """

    model: Linear | None
    rows: Mapping[str, Sequence[list[float]]]
    best: Mapping[str, Sequence[list[int]]]
    at: int

    def knows(self, dimension: str) -> bool:
        """Whether the model was taught this dimension."""
        return dimension in self.rows

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
        share = self.rows[dimension][self.at][first]
        return Judgement(code, share, codes[second], ruled.hit if code == ruled.code else None)

    def word(self, evidence: Evidence, dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code; -1 when the statement has no words."""
        forms = [word.form for word in evidence.reading.words]
        if self.model is None or not forms or code not in self.model.codes[dimension]:
            return -1
        return self.model.strongest_word(forms, dimension, code)

    def blended(self, dimension: str, scores: Mapping[str, float], trust: float) -> list[tuple[float, str]]:
        """Return the likeliest codes with their share when probabilities and scores of cues are added, the best first.

        Args:
            dimension: A dimension that the model was taught.
            scores: Scores of cues; 3 is one sure cue in the main clause.
            trust: What one point of a score counts against a probability.
        """
        if self.model is None:
            return []
        codes, row = self.model.codes[dimension], self.rows[dimension][self.at]
        places = self.model.places[dimension]
        # Only scores raise a share, so nothing but these can be among the best.
        shares = {codes[place]: row[place] for place in self.best[dimension][self.at]}
        total = 1.0
        for code, score in scores.items():
            total += trust * score
            shares[code] = trust * score + (row[places[code]] if code in places else 0.0)
        order = sorted(shares, key=lambda code: (-shares[code], code))[:_SHOWN]
        return [(shares[code] / total, code) for code in order]


def likelies(
    model: Linear | None, found: Sequence[Evidence], verdicts: Sequence[Verdict], joined: Sequence[bool], kinds: Kinds
) -> Iterator[Likely]:
    """Return what the model thinks of each statement of a document.

    Args:
        model: The model, if there is one.
        found: The cues of each statement.
        verdicts: What the rules of form say of each.
        joined: Whether each goes on in the bullet of the one before it.
        kinds: The names of kinds of words.
    """
    rows: Mapping[str, Sequence[list[float]]] = {}
    best: Mapping[str, Sequence[list[int]]] = {}
    if model is not None:
        texts = [[word.form for word in evidence.reading.words] for evidence in found]
        shown = all_signs(found, verdicts, joined)
        named = [kinds.of(evidence.reading.words) for evidence in found]
        shares = model.probabilities(texts, shown, named)
        rows = {name: array.tolist() for name, array in shares.items()}
        best = {name: np.argsort(-array, axis=1, kind="stable")[:, :_SHOWN].tolist() for name, array in shares.items()}
    for at in range(len(found)):
        yield Likely(model, rows, best, at)
