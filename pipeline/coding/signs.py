"""Signs: what the clause, the cues and the rules say of a statement, as features by which its codes are learned.

What belongs here: turning a reading, its cues and a verdict of the rules into named signs. What does not: what follows
from them (`linear`, `verdict`), and any word of a language.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import or_

from pipeline.coding import words as w
from pipeline.coding.evidence import Evidence
from pipeline.coding.form import excessive, party_acts
from pipeline.coding.lexicon import MARKS
from pipeline.coding.linear import OF, WITH
from pipeline.coding.syntax import Reading
from pipeline.coding.verdict import Verdict

_FLAGS = {
    "negation": w.NEGATION,
    "passive": w.PASSIVE,
    "ability": w.ABILITY,
    "comparative": w.COMPARATIVE,
    "first person": w.FIRST_PERSON,
    "past": w.BYGONE,
}
_MAIN_FLAGS = {
    "main obligation": w.OBLIGATION,
    "main ability": w.ABILITY,
    "main desire": w.DESIRE,
    "main negation": w.NEGATION,
    "main past": w.BYGONE,
    "main finite": w.FINITE,
    "main third": w.THIRD,
}
_ANYWHERE, _IN_MAIN = (reduce(or_, flags.values()) for flags in (_FLAGS, _MAIN_FLAGS))
_DEGREE = w.COMPARATIVE | w.BLOCKER
_MODAL = w.OBLIGATION | w.ABILITY | w.DESIRE
_FAR = 4  # words; a main verb that stands behind more is no second part of its clause
_NOTED = _DEGREE | w.INFINITIVE
_PARTIES = (("actor", "actor in subject"), ("target_group", "target_group in subject"))
_MUCH = 6.0  # more marks than this add nothing
_LONG = 10  # words; a longer subject is no more likely to be a reason
_LITTLE = w.STOP | w.PAUSE | w.DETERMINER | w.PREPOSITION  # words that tell nothing beside a verb
_BESIDE = 0.5  # what one word beside the main verb shows
_SURE = 3.0  # the score of one sure cue in the main clause, which counts as one
_MOST = 6.0  # a higher score adds nothing


def all_signs(
    found: Sequence[Evidence], verdicts: Sequence[Verdict], joined: Sequence[bool], kinds: Sequence[Sequence[str]]
) -> list[dict[str, float]]:
    """Return the signs of every statement of a document.

    Args:
        found: The cues of each statement.
        verdicts: What the rules of form say of each.
        joined: Whether each goes on in the bullet of the one before it.
        kinds: The kinds of the words of each.
    """
    shown = []
    for at, (evidence, verdict, names) in enumerate(zip(found, verdicts, kinds, strict=True)):
        before = verdicts[at - 1] if joined[at] else None
        after = verdicts[at + 1] if at + 1 < len(joined) and joined[at + 1] else None
        found_here = signs(evidence, verdict, names)
        found_here.update(told(verdict, before, after))
        shown.append(found_here)
    return shown


def scored(dimension: str, scores: Mapping[str, float]) -> dict[str, float]:
    """Return the scores of the cues of a dimension as signs that count for it alone."""
    return {_counting(dimension, code): min(score, _MOST) / _SURE for code, score in scores.items()}


@cache
def _counting(dimension: str, code: str) -> str:
    """Return the name of the sign of a code."""
    return f"{dimension}{OF}{code}"


@lru_cache(maxsize=16384)
def ruled(
    dimension: str, codes: tuple[str, ...], named: tuple[str, ...], before: tuple[str, ...], kind: str
) -> Mapping[str, float]:
    """Return what the rules make of a dimension's cues, as signs that count for it alone; there are few, so kept.

    Args:
        dimension: The dimension.
        codes: What the rules give.
        named: The codes that any cue names, also one that does not count.
        before: What the rules give the statement before it in its bullet.
        kind: The type of the statement by the rules.
    """
    found: dict[str, float] = {}
    for what, some in (("", codes), ("named ", named)):
        for code in some:
            name = f"{dimension}{OF}{what}{code}"
            found |= {name: 1.0, f"{name} {kind}": 1.0}
    for code in before:
        found[f"{dimension}{OF}before {code}"] = 1.0
    return found


def cued(dimension: str, evidence: Evidence) -> dict[str, float]:
    """Return the words by which a dimension's cues name each code, as signs that count for it alone.

    Some words of a code name it more surely than others ("sekswerkers" always, "de man" seldom), and among all words of
    a statement they weigh too little to tell.

    Args:
        dimension: The dimension.
        evidence: The statement's cues.
    """
    words = evidence.reading.words
    return {
        _cue(dimension, code, tuple([word.form for word in words[hit.start : hit.end]])): 1.0
        for code, hits in evidence.of(dimension).items()
        for hit in hits
    }


@lru_cache(maxsize=16384)
def _cue(dimension: str, code: str, forms: tuple[str, ...]) -> str:
    """Return the name of the sign of the words of a cue."""
    return f"{dimension}{OF}cue {code} {' '.join(forms)}"


def signs(evidence: Evidence, verdict: Verdict, kinds: Sequence[str]) -> dict[str, float]:
    """Return the signs of a statement with how strongly each shows, mostly from 0 to 2; `kinds` are its words'."""
    reading = evidence.reading
    found = {f"form {reading.form.value}": 1.0}
    found |= dict.fromkeys(_classes(reading.classes & _ANYWHERE, reading.main & _IN_MAIN), 1.0)
    for name, hits in evidence.of(MARKS).items():
        mark, much, verb = _marks(name)
        found[mark] = 1.0
        found[much] = min(evidence.mark(name, anywhere=True), _MUCH) / 3
        for hit in hits:
            if hit.start == reading.head:
                found[verb] = 1.0
    for code in evidence.of("horizon"):
        found[f"horizon {code}"] = 1.0
    for code, _ in verdict.cues:
        found[f"direction {code}"] = 1.0
    if excessive(evidence):
        found["excess"] = 1.0
    if reading.head >= 0:
        found |= _head(reading, kinds)
    if reading.head > 0:
        found |= _subject(evidence)
        found |= _with_verb(reading)
    return found


@lru_cache(maxsize=4096)
def _classes(anywhere: int, main: int) -> tuple[str, ...]:
    """Return the names of the signs of classes of words, anywhere and in the main clause."""
    return (
        *(name for name, flag in _FLAGS.items() if anywhere & flag),
        *(name for name, flag in _MAIN_FLAGS.items() if main & flag),
    )


@cache
def _marks(name: str) -> tuple[str, str, str]:
    """Return the names of the signs of a mark."""
    return f"mark {name}", f"much {name}", f"verb {name}"


def told(verdict: Verdict, before: Verdict | None, after: Verdict | None) -> dict[str, float]:
    """Return as signs what the rules say of a statement and of its neighbours.

    Args:
        verdict: Of the statement.
        before: Of the statement before it in its bullet; None when it is the first.
        after: Of the one after it; None when it is the last.
    """
    found = _ruled(verdict.kind.code, verdict.modality.code, verdict.direction[0])
    if before is not None:
        found = found | _beside("before", before.kind.code, before.modality.code)
    if after is not None:
        found = found | _beside("after", after.kind.code, after.modality.code)
    return found


@cache
def _ruled(kind: str, modality: str, direction: tuple[str, ...]) -> dict[str, float]:
    return dict.fromkeys(
        (f"rules {kind}", f"rules {modality}", f"rules {kind} {modality}", f"rules {' '.join(direction)}"), 1.0
    )


@cache
def _beside(place: str, kind: str, modality: str) -> dict[str, float]:
    return dict.fromkeys((f"{place} {kind}", f"{place} {modality}"), 1.0)


@lru_cache(maxsize=4096)
def _opens(form: str) -> str:
    """Return the name of the sign of a first word."""
    return f"opens {form}"


def _head(reading: Reading, kinds: Sequence[str]) -> dict[str, float]:
    """Return the signs of the main verb: its place, its kind, the modal that it is, and what stands beside it."""
    at = reading.head
    head = reading.words[at]
    found = dict.fromkeys(_placed(kinds[at], min(at, _FAR)), 1.0)
    if head.flags & _MODAL:
        found |= dict.fromkeys(_modal(head.verb or head.form, bool(reading.main & w.NEGATION)), 1.0)
    if at:
        found[_beside_head("after", kinds[at - 1])] = 1.0
    if at + 1 < len(kinds):
        found[_beside_head("before", kinds[at + 1])] = 1.0
    return found


@cache
def _placed(name: str, at: int) -> tuple[str, str]:
    """Return the names of the signs of the kind and the place of the main verb."""
    return f"head {name}", f"head at {at}"


@cache
def _modal(verb: str, denied: bool) -> tuple[str, ...]:
    """Return the names of the signs of a modal as the main verb."""
    return (f"head {verb}", f"head {verb} denied") if denied else (f"head {verb}",)


@cache
def _beside_head(side: str, name: str) -> str:
    """Return the name of the sign that the main verb stands after or before a word of some kind."""
    return f"head {side} {name}"


def _with_verb(reading: Reading) -> dict[str, float]:
    """Return each telling word beside the main verb as a sign together with it, and with the side that it stands on.

    Which pairs tell a complaint from a wished future is learned: "de wachttijd loopt op" is one, though neither waiting
    nor rising is by itself.
    """
    head = reading.head
    before, after = f"{WITH}< {reading.verb} ", f"{WITH}> {reading.verb} "
    return {
        f"{before if at < head else after}{word.form}": _BESIDE
        for at, word in enumerate(reading.words)
        if at != head and not word.flags & _LITTLE
    }


def _subject(evidence: Evidence) -> dict[str, float]:
    """Return the signs of what stands before the main verb."""
    reading = evidence.reading
    subject = reading.words[: reading.head]
    first = subject[0]
    found = {_opens(first.form): 1.0, "length": min(len(subject), _LONG) / 5}
    if first.flags & w.INDEFINITE:
        found["indefinite"] = 1.0
    elif not first.flags & (w.DETERMINER | w.PRONOUN):
        found["bare"] = 1.0
    for word in subject:
        flags = word.flags
        if flags & _NOTED:
            if flags & w.INFINITIVE and not flags & w.NOUN:
                found["acting subject"] = 1.0
            if flags & _DEGREE:
                found["degree in subject"] = 1.0
    for dimension, name in _PARTIES:
        if any(hit.start < reading.head for hits in evidence.of(dimension).values() for hit in hits):
            found[name] = 1.0
    if party_acts(evidence):
        found["party acts"] = 1.0
    return found
