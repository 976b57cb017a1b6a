"""The second coder: a linear model over words alone, whose disagreement with the first shows what needs a person.

What belongs here: codings of that model. What does not: the first coder's rules and cues; this one knows neither, so
that the two err apart.
"""

from collections.abc import Sequence

from pipeline.coding.linear import Linear
from pipeline.coding.model import Coding, CodingInput
from pipeline.coding.syntax import tokens

NAME = "linear-1"
DIMENSIONS = ("statement_type",)
"""Where its disagreement tells more than the first coder's low confidence does: `docs/coding.md` has the figures."""

_MOST_ALTERNATIVES = 3


class SecondCoder:
    """Codes statements by their words.

    Args:
        model: What was learned.
    """

    def __init__(self, model: Linear) -> None:
        """Keep the model."""
        self._model = model

    def code(self, items: Sequence[CodingInput]) -> list[tuple[Coding, ...]]:
        """Return the codings of each statement; what stands around it is not looked at."""
        rows = self._model.probabilities([tokens(item.text) for item in items])
        coded: list[tuple[Coding, ...]] = []
        for at, item in enumerate(items):
            found: list[Coding] = []
            for dimension, codes in self._model.codes.items():
                shares = sorted(zip(rows[dimension][at].tolist(), codes, strict=True), reverse=True)
                confidence, joined = shares[0]
                others = tuple((code, round(share, 3)) for share, code in shares[1 : 1 + _MOST_ALTERNATIVES])
                found += [
                    Coding(
                        item.statement_id, dimension, code, NAME, "primary", "inferred", round(confidence, 3),
                        None, None, others,
                    )
                    for code in joined.split("+")
                ]  # fmt: skip
            coded.append(tuple(found))
        return coded
