"""Settling: which of all codes given to a statement are the ones that count.

What belongs here: whether a decision still fits its statement, what it is as codings, and whose codes win. What does
not: reading decisions (`decisions`), coding by program (`coder`).

Per statement and dimension, codes of people replace those of the program as a whole. Among people an adjudicator wins.
Without one they must agree; where they do not, nobody's word is better and the program's codes stand, with a warning. A
person who abstains leaves the question to those who do not; when all abstain, the dimension stays empty. All of it can
be told from the published codings again, but for abstention, which has no row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.coding.coder import NAME
from pipeline.coding.decisions import Decision
from pipeline.coding.model import Basis, Coding, Rank
from pipeline.coding.programs import PROGRAMS

ADJUDICATOR = "adjudicator"
"""A coder of this name, or of one that begins with it, settles what others decided differently."""

Question = tuple[str, str]
"""A statement and a dimension."""

Ranked = tuple[str, str]
"""A code and its rank."""

Meaning = frozenset[Ranked]


@dataclass(frozen=True, slots=True)
class Settled:
    """Whose codes count.

    Attributes:
        winners: The decision that counts, per statement and dimension.
        disputed: Decisions that contradict each other, without an adjudicator.
    """

    winners: Mapping[Question, Decision]
    disputed: tuple[tuple[Decision, ...], ...]


def settle(decisions: Iterable[Decision], codebook: Codebook) -> Settled:
    """Return the decision that counts for every question that people answered."""
    asked: dict[Question, list[Decision]] = {}
    for decision in decisions:
        asked.setdefault((decision.statement_id, decision.dimension), []).append(decision)
    winners: dict[Question, Decision] = {}
    disputed = []
    for question, given in asked.items():
        meanings = {
            decision.coder: _meaning(codings(decision, codebook.by_id[decision.dimension])) for decision in given
        }
        heard = _heard(meanings)
        if len({meanings[coder] for coder in heard}) > 1:
            disputed.append(tuple(decision for decision in given if decision.coder in heard))
        else:
            winners[question] = next(decision for decision in given if decision.coder in heard)
    return Settled(winners, tuple(disputed))


def is_adjudicator(coder: str) -> bool:
    """Return whether a coder settles what others decided."""
    return coder.casefold().startswith(ADJUDICATOR)


def codings(decision: Decision, dimension: Dimension) -> tuple[Coding, ...]:
    """Return a decision as codings; none when its coder abstained.

    A code with marked words is explicit and one without is inferred: nothing in the statement was pointed at.
    """
    rows = []
    for number, given in enumerate(decision.given):
        rank: Rank = "primary" if number == 0 or dimension.cardinality == "many" else "secondary"
        basis: Basis = "explicit" if given.evidence else "inferred"
        start, end = given.evidence or (None, None)
        rows.append(
            Coding(decision.statement_id, dimension.id, given.code, decision.coder, rank, basis, 1.0, start, end)
        )
    return tuple(rows)


def replaced(
    coded: Sequence[Coding], statement_id: str, winners: Mapping[Question, Decision], codebook: Codebook
) -> tuple[Coding, ...]:
    """Return a statement's codings that count: a program's, and where people decided, theirs.

    Args:
        coded: What the program gave the statement.
        statement_id: The statement.
        winners: The decision that counts, per statement and dimension.
        codebook: Of the codes.
    """
    found: list[Coding] = []
    for dimension in codebook.dimensions:
        decision = winners.get((statement_id, dimension.id))
        found += codings(decision, dimension) if decision else [one for one in coded if one.dimension == dimension.id]
    return tuple(found)


def counting(rows: Iterable[Mapping[str, Any]]) -> dict[Question, tuple[str, ...]]:
    """Return the codes that count per question, the primary ones first, from rows of the published `codings`."""
    asked: dict[Question, dict[str, list[Ranked]]] = {}
    for row in sorted(rows, key=lambda row: str(row["rank"])):
        coders = asked.setdefault((row["statement_id"], row["dimension"]), {})
        coders.setdefault(row["coder"], []).append((row["code"], row["rank"]))
    found = {}
    for question, coders in asked.items():
        meanings = {coder: frozenset(given) for coder, given in coders.items() if coder not in PROGRAMS}
        heard = _heard(meanings)
        agreed = len({meanings[coder] for coder in heard}) == 1
        winner = heard[0] if agreed else NAME if NAME in coders else None
        if winner is not None:
            found[question] = tuple(code for code, _ in coders[winner])
    return found


def misfit(decision: Decision, text: str | None, known: bool) -> str | None:
    """Return why a decision cannot be applied to its statement, and what to do, or None.

    Args:
        decision: The decision.
        text: The statement's text as published; None when it is withheld.
        known: Whether there is such a statement.
    """
    if not known:
        return "decides on a statement that the source does not have (any more); copy the identifier of the new one"
    if text is None:
        return "decides on a statement that is withheld for privacy; those get no codes, so remove the decision"
    if decision.text and _words(decision.text) != _words(text):
        return "decides on a statement whose text is now another; read the new text, decide again and copy it here"
    if any(given.evidence and given.evidence[1] > len(text) for given in decision.given):
        return "has evidence beyond the end of the statement's text; mend evidence_start and evidence_end"
    return None


def _heard(given: Mapping[str, Meaning]) -> Sequence[str]:
    """Return the coders whose word counts: adjudicators before others, those who gave codes before abstainers."""
    coders = [coder for coder in given if is_adjudicator(coder)] or list(given)
    return [coder for coder in coders if given[coder]] or coders


def _meaning(given: Iterable[Coding]) -> Meaning:
    """Return what two decisions must share to say the same; the order within a rank says nothing."""
    return frozenset((coding.code, coding.rank) for coding in given)


def _words(text: str) -> list[str]:
    """Return the words of a text: white space is not what a decision depends on."""
    return text.split()
