"""Likely codes: what a learned model thinks of a statement, beside what its cues say.

What belongs here: asking the model for the statements of a document, and weighing its answer against scores of cues.
What does not: the model (`linear`), the signs it reads (`signs`), the cues (`evidence`), decisions (`coder`, `form`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.coding.evidence import Evidence
from pipeline.coding.linear import Linear
from pipeline.coding.signs import signs
from pipeline.coding.syntax import Form


@dataclass(frozen=True, slots=True)
class Likely:
    """What the model thinks of one statement.

    Attributes:
        model: The model; None when there is none, then nothing is known.
        rows: Per dimension the probabilities of all statements of the document.
        at: Row of this statement.
    """

    model: Linear | None
    rows: Mapping[str, Sequence[Sequence[float]]]
    at: int

    def knows(self, dimension: str) -> bool:
        """Whether the model was taught this dimension."""
        return dimension in self.rows

    def of(self, dimension: str) -> dict[str, float]:
        """Return the probability of each code; none when the model was not taught the dimension."""
        if self.model is None or dimension not in self.rows:
            return {}
        return dict(zip(self.model.codes[dimension], self.rows[dimension][self.at], strict=True))

    def word(self, evidence: Evidence, dimension: str, code: str) -> int:
        """Return the place of the word that speaks most for a code; -1 when the statement has no words."""
        forms = [word.form for word in evidence.reading.words]
        if self.model is None or not forms or code not in self.model.codes[dimension]:
            return -1
        return self.model.strongest_word(forms, dimension, code)

    def blended(self, dimension: str, scores: Mapping[str, float], trust: float) -> list[tuple[float, str]]:
        """Return codes with their share when probabilities and scores of cues are added, the likeliest first.

        Args:
            dimension: A dimension that the model was taught.
            scores: Scores of cues; 3 is one sure cue in the main clause.
            trust: What one point of a score counts against a probability.
        """
        added = self.of(dimension)
        for code, score in scores.items():
            added[code] = added.get(code, 0.0) + trust * score
        total = 1 + trust * sum(scores.values())
        return sorted([(value / total, code) for code, value in added.items()], reverse=True)


def likelies(model: Linear | None, found: Sequence[Evidence]) -> Iterator[Likely]:
    """Return what the model thinks of each statement of a document.

    Signs serve to tell the type of indicative sentences; other forms show their type themselves.
    """
    rows: Mapping[str, Sequence[Sequence[float]]] = {}
    if model is not None:
        texts = [[word.form for word in evidence.reading.words] for evidence in found]
        shown = [signs(evidence) if evidence.reading.form is Form.FINITE else {} for evidence in found]
        rows = {name: array.tolist() for name, array in model.probabilities(texts, shown).items()}
    for at in range(len(found)):
        yield Likely(model, rows, at)
