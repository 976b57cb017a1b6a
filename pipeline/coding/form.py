"""What form shows of a statement's type and modality.

What belongs here: rules over the clause and the marks in it. What does not: direction (`direction`), what a statement
is about (`evidence`), who must act (`roles`), and any word of a language.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.coding import words as w
from pipeline.coding.evidence import Evidence
from pipeline.coding.heads import Form
from pipeline.coding.lexicon import MARKS, Hit
from pipeline.coding.words import Word
from pipeline.coding.zones import MAIN

_CLOSED = w.PREPOSITION | w.DETERMINER | w.PRONOUN | w.COORDINATOR | w.SUBORDINATOR | w.NEGATION | w.PARTICLE | w.MARKER
_EDGE = w.STOP | w.PAUSE
_DANGLING = w.PREPOSITION | w.DETERMINER | w.COORDINATOR
_MODAL = w.OBLIGATION | w.DESIRE | w.ABILITY
_OPENS = w.DETERMINER | w.PRONOUN | w.SUBJECT | w.PLURAL | w.PREPOSITION | w.NUMBER | w.PERSON | w.EXISTENTIAL
_SHORTEST_CLAUSE = 4  # words
_MARKED = 3.0  # the weight of one sure mark
WISHES = frozenset({"measure", "outcome"})


class Judgement(NamedTuple):
    """A code with how sure the rule is, from 0 to 1, the runner-up, and the words that show it (if any do)."""

    code: str
    certainty: float
    other: str
    hit: Hit | None = None


def judge_type(  # noqa: PLR0911 - a cascade of rules
    evidence: Evidence, *, empty: bool
) -> Judgement:
    """Return the statement type.

    Args:
        evidence: The statement's cues.
        empty: Whether no word of the statement tells what it is about.
    """
    reading = evidence.reading
    if reading.question:
        return _suggested(evidence) or Judgement("question", 0.97, "argument")
    if _broken(evidence, empty=empty):
        return Judgement("fragment", 0.6, "measure")
    if reading.words[0].flags & w.WITHOUT:
        return Judgement("argument", 0.8, "problem")
    if reading.form is Form.IMPERATIVE:
        return Judgement("measure", 0.97, "outcome")
    if reading.form is Form.INFINITIVE:
        return Judgement("measure", 0.9, "outcome")
    if reading.form is Form.ELLIPSIS:
        return _verbless(evidence)
    if evidence.mark("inquiry") and not reading.main & w.NEGATION:
        return Judgement("question", 0.8, "problem", evidence.marked("inquiry")[0])
    if _obliges(evidence) or _desires(evidence):
        return _sought(evidence) or _wish(evidence, 0.85)
    return _claim(evidence)


def _suggested(evidence: Evidence) -> Judgement | None:
    """Return what a question suggests that wants no answer ("Kan het loket niet gewoon open?"); None for others."""
    modal = evidence.reading.words[0].flags & (w.ABILITY | w.DESIRE)
    hits = evidence.marked("suggestion")
    return Judgement("measure", 0.75, "question", hits[0]) if modal and hits else None


def _broken(evidence: Evidence, *, empty: bool) -> bool:
    """Whether the text is too damaged to be understood: it ends on a word that leads nowhere, or says nothing."""
    flags = [word.flags for word in evidence.reading.words if not word.flags & _EDGE]
    if not flags:
        return True
    if evidence.reading.form is not Form.ELLIPSIS:
        return False
    dangling = flags[-1] & _DANGLING and not flags[-1] & w.PARTICLE
    if dangling and sum(not flag & _CLOSED for flag in flags) <= 3:
        return True
    silent = not any(evidence.of(dimension) for dimension in ("target_group", "actor", "direction", MARKS))
    return empty and silent and len(flags) <= 6


def _verbless(evidence: Evidence) -> Judgement:
    early = [hit for hit in evidence.marked("outcome") if hit.start <= 2]
    if early:
        return Judgement("outcome", 0.7, "measure", early[0])
    if excessive(evidence) or (evidence.mark("problem") >= _MARKED and not evidence.of("direction")):
        return Judgement("problem", 0.6, "outcome")
    if evidence.of("horizon").get("four_years"):
        return Judgement("outcome", 0.7, "measure")
    return Judgement("measure", 0.8, "outcome")


def _obliges(evidence: Evidence) -> bool:
    """Whether the main clause says that something must be; "dienen" and the like say so with "te" only."""
    words, zones = evidence.reading.words, evidence.reading.zones
    places = range(len(words)) if evidence.reading.main & w.OBLIGATION else ()
    for at in places:
        if zones[at] != MAIN or not words[at].flags & w.OBLIGATION:
            continue
        if not words[at].flags & w.NEEDS_MARKER or any(after.flags & w.MARKER for after in words[at + 1 :]):
            return True
    return evidence.mark("obligation") > 0


def _desires(evidence: Evidence) -> bool:
    """Whether the main clause wishes in so many words; others' wanting is no wish of the speaker."""
    flags = evidence.reading.main
    if evidence.reading.classes & w.CONDITIONAL:
        return True
    if flags & w.DESIRE:
        willing_only = all(word.flags & w.WILLING for word in evidence.reading.words if word.flags & w.DESIRE)
        if not willing_only or evidence.reading.words[0].flags & w.FIRST_PERSON:
            return True
    return evidence.mark("desire") > 0 and not flags & w.WILLING


def _wish(evidence: Evidence, certainty: float) -> Judgement:
    """Tell a measure from an outcome: a state, level or ability is an outcome, what somebody does a measure."""
    reading = evidence.reading
    stative = _states(evidence)
    verbs = [
        at
        for at, word in enumerate(reading.words)
        if word.flags & w.VERB and reading.zones[at] == MAIN and at != reading.head
    ]
    if any(reading.words[at].flags & w.ABILITY for at in verbs):
        return Judgement("outcome", certainty, "measure")
    if reading.classes & w.PASSIVE:
        done = [at for at in verbs if reading.words[at].flags & w.PARTICIPLE and at > reading.head]
        if done and reading.shapes[done[-1]] not in stative and not _paced(evidence):
            return Judgement("measure", certainty - 0.15, "outcome")
        return Judgement("outcome", certainty - 0.1, "measure")
    head = reading.words[reading.head].flags
    verb = reading.shapes[verbs[-1]] if verbs and head & _MODAL else reading.verb
    if verb in stative or (head & w.ABILITY and _able(evidence)):
        return Judgement("outcome", certainty, "measure")
    return Judgement("measure", certainty, "outcome")


def _states(evidence: Evidence) -> set[str]:
    """Return the verbs of state."""
    return {evidence.reading.shapes[hit.start] for hit in evidence.marked("stative")}


def _sought(evidence: Evidence) -> Judgement | None:
    """Tell a measure from an outcome where something is asked for in so many words; None where it is not."""
    verb = asked(evidence)
    if verb is None:
        return None
    if verb in _states(evidence):
        return Judgement("outcome", 0.75, "measure")
    return Judgement("measure", 0.75, "outcome")


def asked(evidence: Evidence) -> str | None:
    """Return the verb of what is asked for in so many words ("het is wenselijk dat ..."), "" for a thing, else None.

    The main verb says only that something is asked for, so it tells neither a measure nor an outcome.
    """
    reading = evidence.reading
    asks = [*evidence.marked("desire"), *evidence.marked("obligation")]
    if reading.form is not Form.FINITE or not asks:
        return None
    after = min(hit.start for hit in asks)
    if reading.words[reading.head].flags & _MODAL and after > reading.head:
        return None
    verbs = [
        at
        for at in range(max(after, reading.head) + 1, len(reading.words))
        if reading.words[at].flags & w.VERB and not reading.words[at].flags & (w.NOUN | w.PREPOSITION)
    ]
    before_question = [at for at in verbs if reading.zones[at] == MAIN and _opens_question(reading.words, at + 1)]
    if before_question and reading.words[reading.head].flags & w.DESIRE:  # "wij willen weten waar ..."
        verbs = before_question
    if verbs and reading.words[verbs[-1]].flags & w.PASSIVE:  # "zou vergoed moeten worden" asks for what is done
        verbs = [at for at in verbs if reading.words[at].flags & w.PARTICIPLE] or verbs
    return reading.shapes[verbs[-1]] if verbs else ""


def _opens_question(words: Sequence[Word], at: int) -> bool:
    """Whether a word opens an indirect question, so that the verb before it is what is asked for."""
    return at < len(words) and bool(words[at].flags & w.OPENER) and not words[at].flags & w.DEMONSTRATIVE


def _paced(evidence: Evidence) -> bool:
    """Whether a passive tells how soon or how well things go, which is a level, not an act."""
    return bool(evidence.of("horizon").get("dated") or evidence.of("direction").get("improve"))


def _claim(evidence: Evidence) -> Judgement:
    """Tell wish, problem and argument apart in an indicative sentence, by marks alone."""
    reading = evidence.reading
    negated = reading.main & w.NEGATION
    future = evidence.mark("future")
    problem = min(evidence.mark("problem", anywhere=True), 6.0) + evidence.mark("negative", anywhere=True)
    problem = 1.3 * problem + (3.0 if excessive(evidence) else 0.0)
    if evidence.mark("solve") or ended(evidence):
        problem = max(problem - 2 * _MARKED, 0.0)
    argument = min(evidence.mark("argument", anywhere=True), 6.0) * 1.1
    wish = 2.0 + min(future, 6.0) * (0.35 if problem >= _MARKED else 0.7)
    if negated and not future:
        problem += 2.0
        argument += 0.7
    first = reading.words[0].flags
    if first & w.SUBORDINATOR:
        argument += 1.5
    head = reading.head
    problem += 1.0 if any(hit.start == head for hit in evidence.marked("problem")) else 0.0
    argument += 1.0 if any(hit.start == head for hit in evidence.marked("argument")) else 0.0
    if party_acts(evidence):
        wish += 1.0
    scores = {"problem": problem, "argument": argument, "wish": wish}
    order = sorted(scores, key=lambda name: -scores[name])
    margin = scores[order[0]] - scores[order[1]]
    certainty = min(0.55 + 0.08 * margin, 0.9)
    if order[0] == "wish":
        found = _wish(evidence, certainty)
        return found if margin > 1 else Judgement(found.code, certainty, order[1])
    marks = evidence.marked(order[0])
    other = order[1] if order[1] != "wish" else _wish(evidence, certainty).code
    return Judgement(order[0], certainty, other, marks[0] if marks else None)


def ended(evidence: Evidence) -> bool:
    """Whether something bad is told to be over: it stands inside "geen ... meer"."""
    spanning = [hit for hit in evidence.marked("future") if hit.end - hit.start > 2]
    return any(
        hit.start < inner.start and inner.end <= hit.end
        for hit in spanning
        for name in ("problem", "negative", "harm")
        for inner in evidence.marked(name)
    )


def excessive(evidence: Evidence) -> bool:
    """Whether something is too much or too little: "te" before a word that is no infinitive."""
    words, zones = evidence.reading.words, evidence.reading.zones
    return evidence.reading.main & w.MARKER > 0 and any(
        word.flags & w.MARKER and zone == MAIN and not following.flags & (w.INFINITIVE | w.PREPOSITION)
        for word, following, zone in zip(words, words[1:], zones, strict=False)
    )


def party_acts(evidence: Evidence) -> bool:
    """Whether a party stands before the verb and the verb is no state: then somebody does something."""
    head = evidence.reading.head
    if evidence.reading.verb in _states(evidence):
        return False
    for dimension in ("actor", "target_group"):
        for hits in evidence.of(dimension).values():
            if any(hit.start < head and not hit.inferred for hit in hits):
                return True
    return False


def judge_modality(  # noqa: PLR0911 - a cascade of rules
    evidence: Evidence, statement_type: Judgement
) -> Judgement:
    """Return the modality: the form of the main clause, with the type telling a vision from a claim."""
    reading = evidence.reading
    if reading.form is Form.IMPERATIVE:
        return Judgement("imperative", 0.97, "infinitive")
    if reading.question:
        return Judgement("assertion", 0.95, "desire")
    if _wished(evidence):
        return Judgement("desire", 0.7, "assertion")
    claims = statement_type.code in ("problem", "argument", "question")
    if not claims and _desires(evidence):
        return Judgement("desire", 0.9, "obligation")
    if _obliges(evidence):
        return Judgement("obligation", 0.95, "desire")
    if reading.form is Form.INFINITIVE:
        return Judgement("infinitive", 0.92, "vision")
    if reading.form is Form.ELLIPSIS:
        return Judgement("ellipsis", 0.92, "assertion")
    if claims:
        return Judgement("assertion", statement_type.certainty, "vision")
    if (
        reading.words[reading.head].flags & w.ABILITY
        and not evidence.mark("beneficiary")
        and not _subject_gains(evidence)
    ):
        return Judgement("desire", 0.65, "vision")
    return Judgement("vision", min(statement_type.certainty + 0.1, 0.95), "assertion")


def _wished(evidence: Evidence) -> bool:
    """Whether a clause with "dat" stands alone, its verb last: "Dat de wethouder daar eens slaapt!"."""
    words = evidence.reading.words
    if len(words) < _SHORTEST_CLAUSE or not words[0].flags & w.COMPLEMENTIZER:
        return False
    if words[1].flags & w.FINITE or not words[1].flags & _OPENS:
        return False
    ends = [at for at, word in enumerate(words) if word.flags & (_EDGE | w.SUBORDINATOR) and at > 1]
    end = ends[0] if ends else len(words)
    last = words[end - 1].flags
    return bool(last & (w.FINITE | w.VERB)) and not any(
        before.flags & w.PAUSE and after.flags & (w.FINITE | w.THIRD) for before, after in pairwise(words)
    )


def _able(evidence: Evidence) -> bool:
    """Whether "kunnen" tells what people will be able to do, rather than suggests what somebody could do."""
    return evidence.mark("beneficiary") > 0 or _subject_gains(evidence)


def _subject_gains(evidence: Evidence) -> bool:
    """Whether the subject of "kunnen" is one of the groups that the policy is for."""
    head = evidence.reading.head
    return any(hit.start < head for hits in evidence.of("target_group").values() for hit in hits)
