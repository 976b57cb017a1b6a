"""Heads: the main verb of a statement and the form of its main clause.

What belongs here: telling a finite verb from an imperative, an infinitive and a noun by what stands around it: a
determiner before it, its subject beside it, what follows, and whether number agrees. What does not: zones (`zones`),
what the clause says (`form`, `direction`), and any word of a language.
"""

from collections.abc import Sequence
from enum import Enum

from pipeline.coding import words as w
from pipeline.coding.words import Word
from pipeline.coding.zones import BREAK, HEADED, MAIN, OPENS_NOUN_PHRASE, RESULT, SUBORDINATE

_CLOSED = w.PREPOSITION | w.DETERMINER | w.PRONOUN | w.COORDINATOR | w.PAUSE | w.STOP | w.SUBORDINATOR
_NO_VERB_AFTER = w.DETERMINER | w.PREPOSITION | w.NUMBER
_NO_IMPERATIVE_BEFORE = w.SUBJECT | w.STOP | w.PAUSE | w.COORDINATOR | w.REFLEXIVE
_NO_IMPERATIVE = w.PARTICLE | w.PARTICIPLE | w.FINITE | w.DESIRE
_BEFORE_DETERMINER = _CLOSED | w.NEGATION | w.NUMBER | w.FRONTED | w.BLOCKER
_MANY = w.PLURAL | w.COORDINATOR | w.PRONOUN | w.SUBJECT | w.PERSON | w.EXISTENTIAL | w.DEMONSTRATIVE | w.NUMBER
_ANY_VERB = w.VERB | w.FINITE | w.DESIRE
_FINITE_FORMS = w.FINITE | w.DESIRE | w.THIRD | w.STEM
_FINITE_OR_PLURAL = _FINITE_FORMS | w.INFINITIVE


class Form(Enum):
    """The form of the main clause."""

    IMPERATIVE = "imperative"
    FINITE = "finite"
    INFINITIVE = "infinitive"
    ELLIPSIS = "ellipsis"


def head_of(
    words: Sequence[Word], flags: Sequence[int], zones: Sequence[float], pairs: frozenset[str], *, question: bool
) -> tuple[Form, int]:
    """Return the form of the main clause and the place of its main verb, or -1.

    Args:
        words: The words of a statement.
        flags: Theirs.
        zones: Theirs.
        pairs: Stems with a next word that are imperatives though the stem is a noun too.
        question: Whether the statement ends in a question mark.
    """
    finite = _finite(flags, zones)
    main = [at for at, zone in enumerate(zones) if zone in HEADED and not flags[at] & BREAK]
    command = -1 if question or not main else _imperative(words, flags, zones, main[0], finite, pairs)
    if command >= 0:
        return Form.IMPERATIVE, command
    if finite < 0:
        finite = _after_clause(flags, zones)
    if finite < 0:
        finite = _plural_finite(words, flags, main)
    if finite >= 0:
        return (Form.ELLIPSIS, -1) if _only_follows(flags, finite) else (Form.FINITE, finite)
    infinitive = _infinitive(flags, main)
    return (Form.INFINITIVE, infinitive) if infinitive >= 0 else (Form.ELLIPSIS, -1)


def _only_follows(flags: Sequence[int], finite: int) -> bool:
    """Whether the main verb stands in what follows from a thing that is asked for ("Minder post, dan is er tijd")."""
    asked = flags[: max(finite - 1, 0)]
    opens = len(asked) > 1 and asked[-1] & w.PAUSE and flags[finite - 1] & w.FRONTED
    return bool(opens and asked[0] & (w.BLOCKER | w.COMPARATIVE) and not any(flag & _ANY_VERB for flag in asked))


def _imperative(
    words: Sequence[Word], flags: Sequence[int], zones: Sequence[float], first: int, finite: int, pairs: frozenset[str]
) -> int:
    """Return the place of the imperative, or -1; `first` is that of the first word of the main clause."""
    if _is_imperative(words, flags, first, finite, pairs):
        return first
    return _late_imperative(flags, zones, finite)


def _is_imperative(words: Sequence[Word], flags: Sequence[int], at: int, finite: int, pairs: frozenset[str]) -> bool:
    """Whether the first word of the main clause is an imperative."""
    flag, following = flags[at], flags[at + 1] if at + 1 < len(flags) else w.STOP
    if flag & w.HORTATIVE:
        return bool(following & (w.SUBJECT | w.PERSON))  # "Laten we ..."
    if (_is_condition(flags) if at == 0 else not _commands(flags, at)) or _has_verb(flags, at, finite):
        return False
    if flag & w.THIRD and following & w.POLITE:
        return True  # "Stopt u met ..."
    if not flag & w.STEM or at + 1 >= len(words):
        return bool(flag & w.STEM) and not flag & w.NOUN
    if flag & w.NOUN:
        return _is_no_noun(words, flags, at, finite, pairs)
    return not following & w.SUBJECT


def _is_no_noun(words: Sequence[Word], flags: Sequence[int], at: int, finite: int, pairs: frozenset[str]) -> bool:
    """Whether a stem that is a noun as well is an imperative: by the word behind it, or by no other finite verb."""
    following = flags[at + 1]
    parted = _ends_in_particle(flags, at + 1) and not following & w.COORDINATOR
    if f"{words[at].form} {words[at + 1].form}" in pairs or parted:
        return finite < 0
    if following & (w.PREPOSITION | w.COORDINATOR | w.STOP | w.PAUSE | w.INFINITIVE):
        return False
    return finite < 0 or any(between & w.PAUSE for between in flags[at:finite])


def _has_verb(flags: Sequence[int], at: int, finite: int) -> bool:
    """Whether a first word that looks like an imperative is the subject, or part of it, of a verb behind it."""
    if finite <= at or any(flag & w.PAUSE for flag in flags[at:finite]):
        return False
    if finite == at + 1:
        return not flags[finite] & (w.INFINITIVE | w.BYGONE)
    return bool(flags[at] & w.PREPOSITION)


def _is_condition(flags: Sequence[int]) -> bool:
    """Whether a verb that stands first opens a condition: its subject follows, and a main clause after a comma."""
    if len(flags) < 2 or not flags[1] & (w.SUBJECT | w.REFLEXIVE):
        return False
    after = [flags[at + 1] for at, flag in enumerate(flags[:-1]) if flag & w.PAUSE]
    return any(flag & (w.FRONTED | _FINITE_FORMS) for flag in after)


def _late_imperative(flags: Sequence[int], zones: Sequence[float], finite: int) -> int:
    """Return the place of an imperative behind "dus" or the like or who is spoken to ("Raad, kies ..."), or -1."""
    for at in range(1, len(flags) - 1):
        if 0 <= finite < at:
            return -1
        opens = flags[at - 1] & BREAK or (at == 1 and flags[0] & w.COORDINATOR)
        if opens and zones[at] == MAIN and _commands(flags, at):
            return at
    return -1


def _commands(flags: Sequence[int], at: int) -> bool:
    """Whether a form that something stands before can be an imperative: no subject follows, and it is no noun."""
    flag, following = flags[at], flags[at + 1] if at + 1 < len(flags) else w.STOP
    if not flag & w.STEM or flag & _NO_IMPERATIVE or following & _NO_IMPERATIVE_BEFORE:
        return False
    if flag & w.THIRD and not flag & w.CAUSATIVE:
        return False
    return not flag & w.NOUN or bool(following & (w.DETERMINER | w.ANAPHOR))


def _finite(flags: Sequence[int], zones: Sequence[float]) -> int:
    """Return the place of the main clause's finite verb where its form alone shows it, else -1."""
    weak = -1
    for at, flag in enumerate(flags):
        if not flag & _FINITE_OR_PLURAL or zones[at] not in HEADED:
            continue
        sure = True if at and _meets_subject(flags, at) else _finite_here(flags, at)
        if sure:
            return at
        if sure is None and weak < 0:
            weak = at
    return weak


def _finite_here(flags: Sequence[int], at: int) -> bool | None:
    """Return whether a form is the finite verb; None when it can be, if there is no better one."""
    flag = flags[at]
    if at and flag & w.BYGONE and flags[at - 1] & w.PREPOSITION:
        return False
    if flag & w.FINITE:
        return _auxiliary_here(flags, at) if flag & (w.INFINITIVE | w.AMBIGUOUS) else True
    if flag & w.DESIRE:
        return not flag & w.BLOCKER and (at > 0 or bool(flag & w.WILLING))
    if at == 0:  # a resolution leaves its subject out: "Verzoekt de regering ..."
        return bool(flag & w.THIRD) and not flag & (w.NOUN | w.STEM) and _opens_object(flags)
    return _third_here(flags, at) if flag & w.THIRD else False


def _third_here(flags: Sequence[int], at: int) -> bool | None:
    """Return whether a form of the third person is the finite verb, as above; `at` is not the first place."""
    flag, before = flags[at], flags[at - 1]
    if before & (w.PRONOUN | w.DEMONSTRATIVE) and (at == 1 or flags[at - 2] & (BREAK | w.COORDINATOR)):
        before &= ~w.DETERMINER
    ends = at + 1 == len(flags) or flags[at + 1] & BREAK
    described = before & w.DERIVED
    if flag & w.NOUN:
        if ends or before & _NO_VERB_AFTER:
            return False
        noun_before = not before & (_CLOSED | w.BLOCKER) and not described
        opens = flags[at + 1] & (OPENS_NOUN_PHRASE | (w.PLURAL if before & w.PRONOUN else 0))  # "het kost jaren"
        return None if noun_before or opens else False
    if before & (w.DETERMINER | w.PREPOSITION | w.MARKER):  # "te laat" is an adverb
        return False
    if not flag & (w.PARTICIPLE | w.STEM):
        return True
    if ends or (described and at > 1 and flags[at - 2] & w.DETERMINER):
        return False
    return None


def _opens_object(flags: Sequence[int]) -> bool:
    """Whether a first word can be a verb without subject; a participle only where an object follows."""
    return not flags[0] & w.PARTICIPLE or bool(len(flags) > 1 and flags[1] & w.DETERMINER)


def _meets_subject(flags: Sequence[int], at: int) -> bool:
    """Whether a verb stands beside a pronoun that can only be its subject ("Nu teken ik", "dat kennen we")."""
    flag, before = flags[at], flags[at - 1]
    after = flags[at + 1] if at + 1 < len(flags) else w.STOP
    if flag & w.STEM and not flag & w.NOUN and after & w.REFLEXIVE:
        return True
    if before & _NO_VERB_AFTER:
        return False
    if flag & w.STEM:
        return bool(after & (w.SUBJECT | w.REFLEXIVE) or (before & w.SUBJECT and at == 1))
    return bool(flag & w.INFINITIVE and after & w.SUBJECT)


def _auxiliary_here(flags: Sequence[int], at: int) -> bool | None:
    """Return whether an auxiliary that is also an infinitive or possessive is the finite verb, as above."""
    if at == 0 or flags[at - 1] & (w.PREPOSITION | w.COORDINATOR | w.MARKER):
        return False
    if at + 1 == len(flags) or flags[at + 1] & w.STOP:
        return False
    ends = at + 2 == len(flags) or flags[at + 2] & w.STOP
    if at > 1 and ends and flags[at + 1] & w.INFINITIVE and not flags[at] & w.PASSIVE:
        return False  # two infinitives end it: "niet steeds opnieuw je verhaal hoeven doen"
    agrees = flags[at + 1] & (OPENS_NOUN_PHRASE | w.PLURAL) or any(flag & _MANY for flag in flags[:at])
    return None if agrees else False


def _plural_finite(words: Sequence[Word], flags: Sequence[int], main: Sequence[int]) -> int:
    """Return the place of a plural finite verb ("gemeenten bieden ..."), which has the form of an infinitive."""
    if main and main[0] > 1 and flags[main[0]] & w.INFINITIVE and main[0] + 1 < len(flags):
        return main[0]  # a clause stands before it: "Als het kan, doen ..."
    candidates = [place for place in range(1, len(main)) if _may_be_plural_verb(words, flags, main, place)]
    for place in candidates:
        before = flags[main[place - 1]]
        if not flags[main[place]] & w.NOUN or before & w.SUBJECT or (before & w.PLURAL and not before & w.INFINITIVE):
            return main[place]
    for place in candidates:
        if _ends_in_particle(flags, main[place]):
            return main[place]
    return -1


def _may_be_plural_verb(words: Sequence[Word], flags: Sequence[int], main: Sequence[int], place: int) -> bool:
    """Whether the form of an infinitive at a place of the main clause, not the first, can be a plural finite verb."""
    at, before = main[place], flags[main[place - 1]]
    flag = flags[at]
    if not flag & w.INFINITIVE or flag & w.SEPARABLE or at + 1 >= len(flags):
        return False
    if main[place - 1] < at - 2 and flags[at - 1] & w.PAUSE:
        return True  # what stands before a main verb is a clause or ends in one
    after = flags[at + 1]
    if before & w.SUBJECT:
        return True
    if place == 1 and before & w.ANAPHOR:
        return not after & BREAK
    if before & (w.DETERMINER | w.PREPOSITION | w.COORDINATOR | w.MARKER) or (
        flag & w.HORTATIVE and after & w.INFINITIVE
    ):
        return False
    return _is_second(flags, main[:place]) and _has_plural_subject(words, flags, main, place)


def _has_plural_subject(words: Sequence[Word], flags: Sequence[int], main: Sequence[int], place: int) -> bool:
    """Whether a verb in the second place has a plural subject before or behind it, rather than an object before it."""
    at = main[place]
    first, flag, after = flags[main[0]], flags[at], flags[at + 1]
    if first & w.EXISTENTIAL:
        return True
    if after & (w.STOP | w.COORDINATOR) or (after & w.PAUSE and not _goes_on(flags, at + 2)):
        return False
    if place == 1 and first & w.FRONTED:
        return not after & w.PREPOSITION
    if first & w.PREPOSITION:  # then the subject follows: "in de wijk wonen ouderen"
        opens = after & (OPENS_NOUN_PHRASE | w.PLURAL) or (flag & w.PLURAL_SUBJECT and not after & w.INFINITIVE)
        return bool(opens) and not after & w.PREPOSITION
    if not _plural_subject(words, flags, main[:place]):
        return False
    stays = not after & w.PREPOSITION or flag & w.PLURAL_SUBJECT or _ends_in_particle(flags, at + 1)
    return bool(stays) or _has_object(flags, at + 2)


def _is_second(flags: Sequence[int], before: Sequence[int]) -> bool:
    """Whether what stands before a verb can be one phrase: no second one opens in it ("de agent een bankje geven")."""
    opened = flags[before[0]] & (_NO_VERB_AFTER | w.PLURAL)
    for at in before[1:]:
        if opened and flags[at] & (w.DETERMINER | w.NUMBER) and not flags[at - 1] & _BEFORE_DETERMINER:
            return False
    return True


def _has_object(flags: Sequence[int], after: int) -> bool:
    """Whether behind a verb and a phrase with a preposition an object opens ("regelen voor het ontslag een bed")."""
    for at in range(after, len(flags)):
        if flags[at] & (BREAK | w.SUBORDINATOR):
            return False
        if flags[at] & (w.DETERMINER | w.NUMBER) and not flags[at - 1] & _BEFORE_DETERMINER:
            return True
    return False


def _goes_on(flags: Sequence[int], at: int) -> bool:
    """Whether after a comma another clause is joined ("mentoren signaleren, maar ...")."""
    return at + 1 < len(flags) and bool(flags[at] & (w.COORDINATOR | w.SUBORDINATOR))


def _plural_subject(words: Sequence[Word], flags: Sequence[int], subject: Sequence[int]) -> bool:
    """Whether the words before a verb can be its plural subject: the last noun is inflected, or two are joined."""
    if any(flags[at] & w.COORDINATOR for at in subject):
        return True
    last = flags[subject[-1]]
    if last & w.PRONOUN:
        return True
    if last & w.BLOCKER:
        return False
    return any(
        (flags[at] & w.PLURAL or words[at].form != words[at].shape.replace("|", ""))
        and not flags[at] & _CLOSED
        and (flags[at] & w.NOUN or not flags[at] & w.VERB)
        for at in subject
    )


def _after_clause(flags: Sequence[int], zones: Sequence[float]) -> int:
    """Return the main verb that follows a subordinate clause without a comma, or -1."""
    opened = verbs = 0
    for at, flag in enumerate(flags[:-2]):
        if zones[at] not in (SUBORDINATE, RESULT):
            opened = verbs = 0
        elif flag & w.SUBORDINATOR:
            opened, verbs = at + 1, 0
        elif flag & (w.VERB | w.FINITE | w.DESIRE) and not flag & (w.NOUN | w.BLOCKER):
            cluster = flag & w.FINITE and flags[at - 1] & w.PARTICIPLE  # "die getraind zijn" is one verb
            verbs += not cluster
            if (
                verbs == 2
                and flag & (w.FINITE | w.DESIRE | w.PLURAL_SUBJECT | w.THIRD)
                and not flags[at + 1] & (w.STOP | w.PAUSE)
            ):
                if flag & w.INFINITIVE and not flags[opened - 1] & w.DEMONSTRATIVE:
                    return -1
                return at
    return -1


def _ends_in_particle(flags: Sequence[int], after: int) -> bool:
    last = len(flags) - 1
    while last > after and flags[last] & (w.STOP | w.PAUSE):
        last -= 1
    return last > after and bool(flags[last] & w.PARTICLE) and not flags[last - 1] & w.DETERMINER


def _infinitive(flags: Sequence[int], main: Sequence[int]) -> int:
    """Return the place of the infinitive that heads the clause, the last one that is no noun; else -1."""
    for place in range(len(main) - 1, -1, -1):
        at = main[place]
        flag = flags[at]
        if not flag & w.INFINITIVE:
            continue
        before = flags[main[place - 1]] if place else 0
        if before & w.MARKER and any(between & w.PAUSE for between in flags[max(at - 5, 0) : at]):
            continue  # "..., op te stellen door ..." says of a thing what must be done with it
        if before & (w.DETERMINER | w.PREPOSITION) and (flag & w.NOUN or not before & (w.MARKER | w.BLOCKER)):
            continue  # also "op kosten van", "geen vragen": before a noun it is no adverb
        if before & (w.NUMBER | w.DERIVED):
            continue
        if flag & w.NOUN and not before & w.BLOCKER:
            last = place + 1 == len(main)
            if not place or not last or before & w.INFLECTED or before & w.COORDINATOR:
                continue
        return at
    return -1
