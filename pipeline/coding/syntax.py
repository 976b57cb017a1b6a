"""The clause in a statement: its main verb, its form, and what stands outside the main clause.

What belongs here: a shallow reading of one statement by word classes, enough to tell a wish from a claim and a head
from its means. What does not: meaning (cues), codes, and any word of a language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_

from pipeline.coding import words as w
from pipeline.coding.words import Vocabulary, Word

_TOKEN = re.compile(r"[^\W_][\w&+]*(?:[-'’.][^\W_][\w&+]*)*|[.,;:!?()/–&]")

MAIN, SUBORDINATE, MEANS, RESULT, PARENTHESIS = 1.0, 0.5, 0.45, 0.4, 0.35
"""How much a cue counts for what a statement is about, by where it stands."""

_HEADED = (MAIN, MEANS)
"""Zones in which the main verb can stand."""

_CLOSED = w.PREPOSITION | w.DETERMINER | w.PRONOUN | w.COORDINATOR | w.PAUSE | w.STOP | w.SUBORDINATOR
_BREAK = w.STOP | w.PAUSE
_TURNS = _BREAK | w.PAREN | w.SUBORDINATOR | w.MEANS  # what can change the zone
_ENDS_REOPENED = _BREAK | w.SUBORDINATOR
_FINITE_FORMS = w.FINITE | w.DESIRE | w.THIRD | w.STEM


class Form(Enum):
    """The form of the main clause."""

    IMPERATIVE = "imperative"
    FINITE = "finite"
    INFINITIVE = "infinitive"
    ELLIPSIS = "ellipsis"


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement as its words and its clause.

    Attributes:
        text: The statement.
        words: Its words and marks of punctuation.
        spans: First and past-last character of each in `text`.
        shapes: What cues are matched against, a string per word; a separated verb is joined again.
        zones: Weight of each word's place: 1 in the main clause, less outside it.
        form: Form of the main clause.
        head: Place of its main verb, or -1.
        verb: Infinitive of its main verb, or an empty string.
        question: Whether it ends in a question mark.
        classes: The flags that any of its words has.
        main: Those that any word in the main clause has.
    """

    text: str
    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]
    shapes: tuple[str, ...]
    zones: tuple[float, ...]
    form: Form
    head: int
    verb: str
    question: bool
    classes: int
    main: int


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and marks of punctuation of a text, in lower case."""
    return tuple(match.group().lower() for match in _TOKEN.finditer(text))


def read(text: str, vocabulary: Vocabulary, pairs: frozenset[str]) -> Reading:
    """Return the reading of a statement.

    Args:
        text: The statement, on one line.
        vocabulary: What is known of its words.
        pairs: `Vocabulary.pairs()`, passed in because it is the same for all statements.
    """
    found = list(_TOKEN.finditer(text))
    words = vocabulary.words([match[0] for match in found])
    flags = [word.flags for word in words]
    question = text.rstrip(" \"'”’)").endswith("?")
    zones = _zones(words, flags, question=question)
    form, head = _head(words, flags, zones, pairs, question=question)
    shapes = [word.shape for word in words]
    verb = ""
    if head >= 0:
        verb = _join(words, flags, head, form, vocabulary)
        shapes[head] = verb
        if zones[head] != MAIN:
            zones = _reopened(zones, flags, head)
    return Reading(
        text,
        tuple(words),
        tuple([match.span() for match in found]),
        tuple(shapes),
        zones,
        form,
        head,
        verb,
        question,
        reduce(or_, flags, 0),
        reduce(or_, [flag for flag, zone in zip(flags, zones, strict=True) if zone == MAIN], 0),
    )


def _zones(words: Sequence[Word], flags: Sequence[int], *, question: bool) -> tuple[float, ...]:
    zones: list[float] = []
    zone, closed = MAIN, False
    for at, flag in enumerate(flags):
        if not flag & _TURNS:
            zones.append(PARENTHESIS if closed else zone)
            continue
        if flag & w.PAREN:
            closed = words[at].form == "("
            zones.append(PARENTHESIS)
            continue
        if flag & _BREAK:
            zone = MAIN
        elif zone in _HEADED and flag & w.SUBORDINATOR and _opens_clause(flags, at, question=question):
            zone = RESULT if flag & w.RESULT else SUBORDINATE
        elif zone == MAIN and flag & w.MEANS and at > 1:
            zone = MEANS
        zones.append(PARENTHESIS if closed else zone)
    return tuple(zones)


def _reopened(zones: tuple[float, ...], flags: Sequence[int], head: int) -> tuple[float, ...]:
    """Return the zones with the main verb in the main clause, which goes on behind it after a relative clause."""
    end = head + 1
    while zones[head] == SUBORDINATE and end < len(zones) and not flags[end] & _ENDS_REOPENED:
        end += 1
    return (*zones[:head], *(MAIN,) * (end - head), *zones[end:])


def _opens_clause(flags: Sequence[int], at: int, *, question: bool) -> bool:
    """Whether a word that may open a subordinate clause does: a verb must follow before the next pause."""
    if at == 0 and flags[0] & w.OPENER:
        if question or flags[0] & w.DEMONSTRATIVE:
            return False
        return any(flag & w.PAUSE for flag in flags)
    verbs = 0
    infinitive_only = flags[at] & w.PREPOSITION  # "om" opens a clause only with an infinitive
    for flag in flags[at + 1 :]:
        if flag & (w.PAUSE | w.STOP):
            break
        wanted = w.INFINITIVE if infinitive_only else w.VERB | w.FINITE | w.DESIRE
        verbs += bool(flag & wanted and not flag & w.NOUN)
    return verbs > 0


def _head(
    words: Sequence[Word], flags: Sequence[int], zones: Sequence[float], pairs: frozenset[str], *, question: bool
) -> tuple[Form, int]:
    finite = _finite(words, flags, zones)
    main = [at for at, zone in enumerate(zones) if zone in _HEADED and not flags[at] & _BREAK]
    if main and not question and _is_imperative(words, flags, main[0], finite, pairs):
        return Form.IMPERATIVE, main[0]
    if finite >= 0:
        return Form.FINITE, finite
    relative = _after_relative(flags, zones)
    if relative >= 0:
        return Form.FINITE, relative
    plural = _plural_finite(words, flags, main)
    if plural >= 0:
        return Form.FINITE, plural
    infinitive = _infinitive(flags, main)
    if infinitive >= 0:
        return Form.INFINITIVE, infinitive
    return Form.ELLIPSIS, -1


def _is_imperative(words: Sequence[Word], flags: Sequence[int], at: int, finite: int, pairs: frozenset[str]) -> bool:
    flag = flags[at]
    if at and flags[0] & w.OPENER:
        return False
    if not flag & w.STEM or at + 1 >= len(words):
        return bool(flag & w.STEM) and not flag & w.NOUN
    following = flags[at + 1]
    if flag & w.NOUN:
        parted = _ends_in_particle(flags, at + 1) and not following & w.COORDINATOR
        if f"{words[at].form} {words[at + 1].form}" in pairs or parted:
            return finite < 0 or finite == at
        if following & (w.PREPOSITION | w.COORDINATOR | w.FINITE | w.STOP | w.PAUSE | w.THIRD | w.INFINITIVE):
            return False
        return finite < 0 or finite == at or any(between & w.PAUSE for between in flags[at:finite])
    return not following & w.SUBJECT


def _finite(words: Sequence[Word], flags: Sequence[int], zones: Sequence[float]) -> int:
    """Return the place of the main clause's finite verb where its form alone shows it, else -1."""
    weak = -1
    for at, flag in enumerate(flags):
        if not flag & _FINITE_FORMS or zones[at] not in _HEADED:
            continue
        sure = _finite_here(words, flags, at)
        if sure is True:
            return at
        if sure is None and weak < 0:
            weak = at
    return weak


def _finite_here(  # noqa: PLR0911 - a cascade of rules
    words: Sequence[Word], flags: Sequence[int], at: int
) -> bool | None:
    """Return whether a form is the finite verb; None when it can be, if there is no better one."""
    flag = flags[at]
    if flag & w.FINITE:
        if flag & (w.INFINITIVE | w.PLURAL_SUBJECT | w.AMBIGUOUS):
            return None if _may_be_plural(flags, at) else False
        return True
    if flag & w.DESIRE:
        return bool(words[at].verb) or at > 0 or bool(flag & w.WILLING)
    if at and flag & w.STEM and not flag & w.NOUN and at + 1 < len(flags) and flags[at + 1] & w.REFLEXIVE:
        return True
    if at == 0 and flag & w.THIRD and not flag & (w.NOUN | w.STEM | w.PARTICIPLE):
        return True  # a resolution leaves its subject out: "Verzoekt de regering ..."
    before = flags[at - 1]
    if before & w.PRONOUN and at == 1:
        before &= ~w.DETERMINER
    if at == 0 or flag & w.NOUN or before & (w.DETERMINER | w.PREPOSITION):
        return False
    if not flag & w.THIRD:
        return False
    if not flag & (w.PARTICIPLE | w.STEM):
        return True
    return None if at + 1 < len(flags) and not flags[at + 1] & w.STOP else False


def _may_be_plural(flags: Sequence[int], at: int) -> bool:
    """Whether an auxiliary that is also an infinitive or possessive can be the finite verb here."""
    if at == 0 or flags[at - 1] & (w.PREPOSITION | w.COORDINATOR) or flags[at - 1] & w.MARKER:
        return False
    return at + 1 < len(flags) and not flags[at + 1] & w.STOP


def _plural_finite(words: Sequence[Word], flags: Sequence[int], main: Sequence[int]) -> int:
    """Return the place of a plural finite verb ("gemeenten bieden ..."), which has the form of an infinitive."""
    candidates = [place for place in range(1, len(main)) if _may_be_plural_verb(words, flags, main, place)]
    for place in candidates:
        if not flags[main[place]] & w.NOUN or flags[main[place - 1]] & w.SUBJECT:
            return main[place]
    for place in candidates:
        if _ends_in_particle(flags, main[place]):
            return main[place]
    return -1


def _may_be_plural_verb(  # noqa: PLR0911 - a cascade of rules
    words: Sequence[Word], flags: Sequence[int], main: Sequence[int], place: int
) -> bool:
    at, before = main[place], main[place - 1]
    flag = flags[at]
    if not flag & w.INFINITIVE or flag & w.SEPARABLE or at + 1 >= len(flags):
        return False
    if flags[before] & w.SUBJECT and not flags[before] & w.DETERMINER:
        return True
    if flags[before] & (w.DETERMINER | w.PREPOSITION | w.COORDINATOR | w.MARKER):
        return False
    after = flags[at + 1]
    if after & (w.STOP | w.COORDINATOR) or (after & w.PAUSE and not _goes_on(flags, at + 2)):
        return False
    if place == 1 and flags[main[0]] & w.FRONTED:
        return not after & w.PREPOSITION
    if flags[main[0]] & w.PREPOSITION:  # then the subject follows: "in de wijk wonen ouderen"
        return bool(flag & w.PLURAL_SUBJECT and not after & (w.PREPOSITION | w.INFINITIVE))
    if not _plural_subject(words, flags, main[:place]):
        return False
    return not after & w.PREPOSITION or bool(flag & w.PLURAL_SUBJECT) or _ends_in_particle(flags, at + 1)


def _goes_on(flags: Sequence[int], at: int) -> bool:
    """Whether after a comma another clause is joined ("mentoren signaleren, maar ...")."""
    return at + 1 < len(flags) and bool(flags[at] & (w.COORDINATOR | w.SUBORDINATOR))


def _plural_subject(words: Sequence[Word], flags: Sequence[int], subject: Sequence[int]) -> bool:
    """Whether the words before a verb can be its plural subject: the last noun is inflected, or two are joined."""
    if any(flags[at] & w.COORDINATOR for at in subject):
        return True
    last = subject[-1]
    if flags[last] & w.PRONOUN:
        return True
    if flags[last] & w.BLOCKER:
        return False
    return any(
        words[at].form != words[at].shape.replace("|", "")
        and not flags[at] & _CLOSED
        and (flags[at] & w.NOUN or not flags[at] & w.VERB & ~w.STEM)
        for at in subject
    )


def _after_relative(flags: Sequence[int], zones: Sequence[float]) -> int:
    """Return the main verb that follows a relative clause without a comma , or -1."""
    opened = verbs = 0
    for at, flag in enumerate(flags[:-2]):
        if zones[at] != SUBORDINATE:
            opened = verbs = 0
        elif flag & w.DEMONSTRATIVE:
            opened = at
        elif opened and flag & (w.VERB | w.FINITE) and not flag & w.NOUN:
            cluster = flag & w.FINITE and flags[at - 1] & w.PARTICIPLE  # "die getraind zijn" is one verb
            verbs += not cluster
            if verbs == 2 and flag & (w.FINITE | w.PLURAL_SUBJECT | w.THIRD) and not flags[at + 1] & (w.STOP | w.PAUSE):
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
        if before & (w.DETERMINER | w.PREPOSITION) and not before & (w.MARKER | w.BLOCKER):
            continue
        if before & w.INFLECTED and before & w.DERIVED:
            continue
        if flag & w.NOUN and not before & w.BLOCKER:
            last = place + 1 == len(main)
            if not place or not last or before & w.INFLECTED or before & w.COORDINATOR:
                continue
        return at
    return -1


def _join(words: Sequence[Word], flags: Sequence[int], head: int, form: Form, vocabulary: Vocabulary) -> str:
    """Return the infinitive of the head, joined with the part that stands apart from it ("zet ... in")."""
    base = words[head].verb or words[head].shape
    if form is Form.INFINITIVE or form is Form.ELLIPSIS:
        return base
    for at in range(len(words) - 1, head, -1):
        if not flags[at] & w.PARTICLE:
            continue
        following = flags[at + 1] if at + 1 < len(words) else w.STOP
        apart = following & (w.STOP | w.PAUSE | w.COORDINATOR) or (at == head + 1 and following & w.PREPOSITION)
        if not apart:
            continue
        joined = vocabulary.joined(base, words[at].form)
        if joined is not None:
            return joined.verb or base
    return base
