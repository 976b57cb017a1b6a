"""Argument links: which wish a statement argues for or against, by the codes of both.

What belongs here: rule U7 of the codebook. What does not: the codes themselves (`coder`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.coding.form import WISHES
from pipeline.coding.model import Coding, CodingInput

RelationType = Literal["supports", "attacks"]


@dataclass(frozen=True, slots=True)
class Relation:
    """An argument link: the statement supports or attacks the related one."""

    statement_id: str
    related_id: str
    type: RelationType


def related(items: Sequence[CodingInput], codings: Sequence[Sequence[Coding]]) -> tuple[Relation, ...]:
    """Return the argument links by U7: an argument to the nearest wish of its bullet, the one before it first.

    Args:
        items: Statements of one document, in reading order.
        codings: The codings of each that count.
    """
    types = [_primary(given, "statement_type") for given in codings]
    relations = []
    for at, target in enumerate(_nearest_wishes(items, types)):
        if types[at] != "argument" or target is None:
            continue
        kind: RelationType = "attacks" if _attacks(codings[at], codings[target]) else "supports"
        relations.append(Relation(items[at].statement_id, items[target].statement_id, kind))
    return tuple(relations)


def _primary(codings: Sequence[Coding], dimension: str) -> str | None:
    return next((coding.code for coding in codings if coding.dimension == dimension and coding.rank == "primary"), None)


def _nearest_wishes(items: Sequence[CodingInput], types: Sequence[str | None]) -> list[int | None]:
    """Return for every statement the last wish before it in its bullet, else the first one after it."""
    places = list(range(len(items)))
    before, after = (_last_wishes(items, types, order) for order in (places, places[::-1]))
    return [before[at] if before[at] is not None else after[at] for at in places]


def _last_wishes(
    items: Sequence[CodingInput], types: Sequence[str | None], order: Sequence[int]
) -> dict[int, int | None]:
    """Return for every statement the last wish of its bullet that was passed, going in an order."""
    found: dict[int, int | None] = {}
    last: int | None = None
    bullet: int | None = None
    for at in order:
        if items[at].bullet != bullet:
            last, bullet = None, items[at].bullet
        found[at] = last
        if types[at] in WISHES:
            last = at
    return found


def _attacks(argument: Sequence[Coding], wish: Sequence[Coding]) -> bool:
    """Whether an argument advocates less of what the wish wants more of, on the same theme."""
    if _primary(argument, "theme") != _primary(wish, "theme"):
        return False
    return _primary(argument, "direction") in ("less", "stop") and _primary(wish, "direction") in (
        "more", "start", "maintain",
    )  # fmt: skip
