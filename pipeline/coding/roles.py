"""Who must act, and who is meant: the role that a named party or group has in the clause.

What belongs here: telling an acting party from one that is acted upon, and a group from a setting. What does not: which
words name a party or group (data).
"""

from pipeline.coding import words as w
from pipeline.coding.evidence import Evidence
from pipeline.coding.heads import Form
from pipeline.coding.lexicon import Hit
from pipeline.coding.zones import SUBORDINATE

_SUBJECT = 0.8  # with this certainty a party is the subject; then a party that is only a place does not act
_PLACE = 0.65
_REACH = 6  # words between a preposition and the party that it governs
_ANYWHERE, _IN_PLURAL = 3.0, 2.0  # least weights of cues that name a group by any word, or by a plural only


def acting(evidence: Evidence, dimension: str, *, wish: bool) -> dict[str, tuple[Hit, float]]:
    """Return the parties that must act, with the words that name them and how sure that is.

    Args:
        evidence: The statement's cues.
        dimension: The dimension of parties.
        wish: Whether the statement is a measure or an outcome.
    """
    found: dict[str, tuple[Hit, float]] = {}
    for code, hits in evidence.of(dimension).items():
        for hit in hits:
            certainty = _inferred(evidence, hit) if hit.inferred else _certainty(evidence, hit, wish=wish)
            if certainty >= 0.5 and (code not in found or certainty > found[code][1]):
                found[code] = (hit, certainty)
    explicit = {code: entry for code, entry in found.items() if not entry[0].inferred}
    found = explicit or found
    if any(certainty >= _SUBJECT for _, certainty in found.values()):
        return {code: entry for code, entry in found.items() if entry[1] > _PLACE}
    return found


def names_group(evidence: Evidence, hit: Hit) -> bool:
    """Whether a cue names a group: a weak one does so in the plural only ("criminelen", not "crimineel geld")."""
    plural = bool(evidence.reading.words[hit.end - 1].flags & w.PLURAL)
    return hit.weight >= _ANYWHERE or (hit.weight >= _IN_PLURAL and plural)


def _inferred(evidence: Evidence, hit: Hit) -> float:
    """Return the certainty that a competence is to be used: not when it is only what something is about."""
    governor = _governor(evidence, hit.start)
    return 0.3 if governor >= 0 and evidence.reading.words[governor].flags & w.RECIPIENT else 0.75


def _certainty(evidence: Evidence, hit: Hit, *, wish: bool) -> float:  # noqa: PLR0911 - a cascade of rules
    """Return the probability that a named party is one that must act."""
    reading = evidence.reading
    words, start, head = reading.words, hit.start, reading.head
    governor = _governor(evidence, start)
    if governor >= 0:
        flags = words[governor].flags
        if flags & w.PARTNER_PREPOSITION:
            return 0.7
        return _PLACE if flags & w.AGENT_PREPOSITION and wish else 0.35
    if reading.zones[start] == SUBORDINATE:
        return 0.4
    if reading.form is Form.IMPERATIVE:
        return 0.8 if words[head].flags & w.CAUSATIVE else 0.25
    if reading.form is Form.INFINITIVE:
        return 0.7 if words[head].flags & w.CAUSATIVE else 0.4
    if reading.form is Form.ELLIPSIS:
        return 0.65 if start <= 2 else 0.5
    if start < head or (start <= head + 3 and words[head].flags & (w.DESIRE | w.FINITE)):
        passive = any(word.flags & w.PASSIVE for word in words)
        if passive:
            return 0.35
        return 0.9 if wish else 0.6
    return 0.35


def _governor(evidence: Evidence, start: int) -> int:
    """Return the place of the preposition that governs a noun, looking back over its phrase; -1 when there is none."""
    words = evidence.reading.words
    for at in range(start - 1, max(start - 1 - _REACH, -1), -1):
        flags = words[at].flags
        if flags & w.PREPOSITION:
            return at
        if at == evidence.reading.head or flags & (w.STOP | w.SUBORDINATOR):
            return -1
    return -1
