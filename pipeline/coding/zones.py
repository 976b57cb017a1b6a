"""Zones: what stands outside the main clause of a statement, and so counts less.

What belongs here: which words open a subordinate clause, a means or a parenthesis, and where it ends. What does not:
which verb is the main one (`heads`), and any word of a language.
"""

from collections.abc import Sequence

from pipeline.coding import words as w
from pipeline.coding.words import Word

MAIN, SUBORDINATE, MEANS, RESULT, PARENTHESIS = 1.0, 0.5, 0.45, 0.4, 0.35
"""How much a cue counts for what a statement is about, by where it stands."""

HEADED = (MAIN, MEANS)
"""Zones in which the main verb can stand."""

BREAK = w.STOP | w.PAUSE
OPENS_NOUN_PHRASE = w.DETERMINER | w.NUMBER | w.SUBJECT | w.PRONOUN
_TURNS = BREAK | w.PAREN | w.SUBORDINATOR | w.MEANS  # what can change the zone
_ANY_VERB = w.VERB | w.FINITE | w.DESIRE
_ENDS_REOPENED = BREAK | w.SUBORDINATOR
_OPENS_CLAUSE = OPENS_NOUN_PHRASE | w.PLURAL | w.EXISTENTIAL | w.PERSON | w.REFLEXIVE | w.NEGATION


def zones_of(words: Sequence[Word], flags: Sequence[int], *, question: bool) -> tuple[float, ...]:
    """Return the weight of each word's place."""
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
        if flag & BREAK:
            zone = MAIN
        elif zone in HEADED and flag & w.SUBORDINATOR and _opens_clause(flags, at, question=question):
            zone = RESULT if flag & w.RESULT else SUBORDINATE
        elif zone == MAIN and flag & w.MEANS and at > 1:
            zone = MEANS
        zones.append(PARENTHESIS if closed else zone)
    return tuple(zones)


def reopened(zones: tuple[float, ...], flags: Sequence[int], head: int) -> tuple[float, ...]:
    """Return the zones with the main verb in the main clause, which goes on behind it after a relative clause."""
    end = head + 1
    while zones[head] in (SUBORDINATE, RESULT) and end < len(zones) and not flags[end] & _ENDS_REOPENED:
        end += 1
    return (*zones[:head], *(MAIN,) * (end - head), *zones[end:])


def _opens_clause(flags: Sequence[int], at: int, *, question: bool) -> bool:
    """Whether a word that may open a subordinate clause does: a verb must follow before the next pause."""
    if at == 0 and flags[0] & w.OPENER:
        if question or flags[0] & w.DEMONSTRATIVE:
            return False
        return any(flag & w.PAUSE for flag in flags)
    if flags[at] & w.DEMONSTRATIVE and _points_back(flags, at):
        return False
    if (
        at
        and flags[at] & w.COMPARING
        and not flags[at - 1] & (w.PREPOSITION | w.PAUSE | w.BLOCKER)
        and not (at + 1 < len(flags) and flags[at + 1] & _OPENS_CLAUSE)
    ):
        return False  # "als beloning"
    if flags[at] & w.COORDINATOR and not flags[0] & w.STEM and not any(map(_is_verb, flags[:at])):
        return False  # "of" joins what stands before any verb
    verbs = 0
    wanted = w.INFINITIVE if flags[at] & w.PREPOSITION else _ANY_VERB  # "om" opens a clause only with an infinitive
    for flag, following in zip(flags[at + 1 :], (*flags[at + 2 :], w.STOP), strict=False):
        if flag & BREAK:
            break
        verbs += bool(flag & wanted and (not flag & w.NOUN or (flag & w.INFINITIVE and following & BREAK)))
    return verbs > 0


def _is_verb(flag: int) -> bool:
    """Whether a form can be a verb and no noun."""
    return bool(flag & (w.VERB | w.FINITE) and not flag & w.NOUN)


def _points_back(flags: Sequence[int], at: int) -> bool:
    """Whether a demonstrative opens no clause: its verb follows at once (", dat is ..."), or it goes with a noun."""
    following = flags[at + 1] if at + 1 < len(flags) else w.STOP
    if (at == 1 and flags[0] & w.COORDINATOR) or (flags[at - 1] & w.PREPOSITION and not following & OPENS_NOUN_PHRASE):
        return True
    if not flags[at - 1] & w.PAUSE:
        return False
    ends = at + 2 >= len(flags) or flags[at + 2] & (BREAK | w.SUBORDINATOR)
    return bool(following & (w.FINITE | w.DESIRE) or (following & w.THIRD and not ends))
