"""Who must act, and who is meant: the role that a named party or group has in the clause.

What belongs here: telling an acting party from one that is acted upon, and a group from a setting. What does not: which
words name a party or group (data).
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.coding import words as w
from pipeline.coding.evidence import Evidence
from pipeline.coding.form import WISHES
from pipeline.coding.heads import Form
from pipeline.coding.lexicon import Hit
from pipeline.coding.syntax import Reading
from pipeline.coding.words import Word
from pipeline.coding.zones import SUBORDINATE

_SUBJECT = 0.8  # with this certainty a party is the subject; then a party that is only a place does not act
_PLACE = 0.65
_REACH = 6  # words between a preposition and the party that it governs
_EARLY = 2  # a party that stands later in a wish without a verb is what it is about
_SETTING = (Form.FINITE, Form.ELLIPSIS)  # elsewhere "in" and "bij" mostly belong to an object ("investeer in scholen")
_FORMS = {"imperative": Form.IMPERATIVE, "infinitive": Form.INFINITIVE, "ellipsis": Form.ELLIPSIS}
_OPENS_TURNED = w.PREPOSITION | w.FRONTED | w.SUBORDINATOR | w.ANAPHOR
_ANYWHERE, _IN_PLURAL = 3.0, 2.0  # least weights of cues that name a group by any word, or by a plural only


class Clause(NamedTuple):
    """What the coder has decided of a statement before it asks who must act.

    Attributes:
        kind: Its type.
        form: The form of its main clause.
    """

    kind: str
    form: Form


def clause_of(kind: str, modality: str, reading: Reading) -> Clause:
    """Return the clause of a statement by the codes given to it: they tell its form better than the reading does."""
    return Clause(kind, _FORMS.get(modality, Form.FINITE) if modality else reading.form)


def acting(evidence: Evidence, dimension: str, clause: Clause) -> dict[str, tuple[Hit, float]]:
    """Return the parties that must act, with the words that name them and how sure that is.

    Args:
        evidence: The statement's cues.
        dimension: The dimension of parties.
        clause: What was decided of the statement.
    """
    found: dict[str, tuple[Hit, float]] = {}
    for code, hits in evidence.of(dimension).items():
        for hit in hits:
            certainty = _inferred(evidence, hit, clause) if hit.inferred else _certainty(evidence, hit, clause)
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


def _inferred(evidence: Evidence, hit: Hit, clause: Clause) -> float:
    """Return the certainty that a competence is to be used: where it is asked for, not where it is spoken about."""
    if clause.kind not in WISHES:
        return 0.3
    governor = _governor(evidence, hit.start)
    return 0.3 if governor >= 0 and evidence.reading.words[governor].flags & w.RECIPIENT else 0.75


def _certainty(evidence: Evidence, hit: Hit, clause: Clause) -> float:  # noqa: PLR0911 - a cascade of rules
    """Return the probability that a named party is one that must act."""
    reading, start = evidence.reading, hit.start
    words, wish = reading.words, clause.kind in WISHES
    governor = _governor(evidence, start)
    if governor >= 0:
        flags = words[governor].flags
        if flags & w.PARTNER_PREPOSITION:
            return 0.7
        if governor == 0 and start < reading.head and words[reading.head].flags & w.ASKING:
            return 0.8  # "Van de corporaties verwachten wij ..."
        sets = wish and flags & w.AGENT_PREPOSITION and _is_setting(reading, governor, clause)
        return _PLACE if sets else 0.35
    if _in_capacity(words, start):
        return 0.75
    if reading.zones[start] == SUBORDINATE:
        return 0.75 if wish and _is_content(reading, start) else 0.4
    if clause.form is not Form.FINITE and (_called(words, hit) or _before_command(reading, start, clause)):
        return 0.85
    if clause.form is Form.ELLIPSIS:
        return 0.65 if start <= _EARLY else 0.45
    if clause.form is Form.FINITE:
        return _finite(reading, start, wish=wish)
    causing = bool(words[reading.head].flags & w.CAUSATIVE)
    return {Form.IMPERATIVE: (0.25, 0.8), Form.INFINITIVE: (0.4, 0.7)}[clause.form][causing]


def _finite(reading: Reading, start: int, *, wish: bool) -> float:
    """Return the probability that a party in a clause with a finite verb acts: as its subject, or as who is asked."""
    words, head = reading.words, reading.head
    if head < 0:  # a verb that the reading did not see
        return (0.9 if wish else 0.6) if start <= _EARLY else 0.35
    if head < start <= head + _REACH and words[head].flags & w.ASKING:
        return 0.8
    if start < head:
        turned = head + 1 < len(words) and words[head + 1].flags & w.SUBJECT
        certainty = 0.35 if turned else 0.9 if wish else 0.6
    elif start <= head + 3 and (words[head].flags & (w.DESIRE | w.FINITE) or _fronted(words, head)):
        certainty = 0.9 if wish else 0.6
    else:
        return 0.35
    return 0.35 if reading.classes & w.PASSIVE else certainty


def _fronted(words: Sequence[Word], head: int) -> bool:
    """Whether something else than the subject stands before the main verb, so that its subject follows it."""
    return head > 0 and bool(words[0].flags & _OPENS_TURNED) and not words[head - 1].flags & w.SUBJECT


def _is_setting(reading: Reading, governor: int, clause: Clause) -> bool:
    """Whether a preposition can open where a thing must happen; beside an imperative it belongs to its object."""
    return clause.form in _SETTING or (clause.form is Form.IMPERATIVE and governor > reading.head + 1)


def _in_capacity(words: Sequence[Word], start: int) -> bool:
    """Whether a party is named as what the speaker is: "wij als gemeente"."""
    return (
        start > 0
        and bool(words[start - 1].flags & w.COMPARING)
        and (start == 1 or bool(words[start - 2].flags & w.SUBJECT))
    )


def _called(words: Sequence[Word], hit: Hit) -> bool:
    """Whether a party is spoken to: it opens the statement and a pause follows ("Corporaties, geef ...")."""
    return hit.start <= 1 and hit.end < len(words) and bool(words[hit.end].flags & w.PAUSE)


def _before_command(reading: Reading, start: int, clause: Clause) -> bool:
    """Whether a party stands before an imperative: then it is spoken to ("Buren, clubs en kerken: zeg goedendag")."""
    return clause.form is Form.IMPERATIVE and reading.form is Form.IMPERATIVE and start < reading.head


def _is_content(reading: Reading, start: int) -> bool:
    """Whether a party opens a clause that tells what is wished for: "Regel dat de inspecties ..."."""
    words = reading.words
    for at in range(start - 1, max(start - _REACH, 0), -1):
        flags = words[at].flags
        if flags & w.COMPLEMENTIZER:
            return not words[at - 1].flags & w.PREPOSITION and not (at > 1 and words[at - 2].flags & w.DETERMINER)
        if flags & w.COMPARING:
            return bool(reading.main & w.DESIRE)
        if flags & (w.SUBORDINATOR | w.PAUSE | w.VERB | w.FINITE):
            return False
    return False


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
