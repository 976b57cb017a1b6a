"""The values that the modules of coding hand to each other, and to whoever asks for codes.

What belongs here: small values without behaviour. What does not: how they come about.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Rank = Literal["primary", "secondary"]
Basis = Literal["explicit", "inferred"]


@dataclass(frozen=True, slots=True)
class CodingInput:
    """A statement to code.

    Attributes:
        statement_id: Its identifier.
        text: What it says.
        context: Texts before it in the same bullet, in reading order; the last one is all that is looked at.
        section_title: Title of the section it stands in; empty when there is none.
        bullet: Number of its bullet in the document.
    """

    statement_id: str
    text: str
    context: tuple[str, ...] = ()
    section_title: str = ""
    bullet: int = 0


class Coding(NamedTuple):
    """One code given to one statement.

    Attributes:
        statement_id: The statement.
        dimension: Dimension of the codebook.
        code: Code of that dimension.
        coder: Name of the coder with its version.
        rank: Whether it is a main code of the statement in this dimension.
        basis: Whether words of the statement name it; these are then its evidence.
        confidence: Probability, 0 to 1, that the dimension is coded rightly.
        evidence_start: First character of the evidence in the text; None when no words show it.
        evidence_end: One past the last.
        alternatives: Other codes that were considered, with weights that sum to at most one.
    """

    statement_id: str
    dimension: str
    code: str
    coder: str
    rank: Rank
    basis: Basis
    confidence: float
    evidence_start: int | None
    evidence_end: int | None
    alternatives: tuple[tuple[str, float], ...] = ()
