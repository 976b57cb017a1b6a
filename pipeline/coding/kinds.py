"""Kinds of words: one short name per word form, so that sequences of kinds show the form of a clause.

What belongs here: which of a form's classes names it. What does not: the classes (`words`), what a sequence of kinds
says about a statement (learned, in `linear`), and any word of a language.
"""

from collections.abc import Sequence
from sys import intern

from pipeline.coding import words as w
from pipeline.coding.remembered import Remembered
from pipeline.coding.words import Word

_BY_CLASS = (
    ("stop", w.STOP), ("pause", w.PAUSE), ("parenthesis", w.PAREN), ("number", w.NUMBER), ("negation", w.NEGATION),
    ("marker", w.MARKER), ("past", w.BYGONE), ("obligation", w.OBLIGATION), ("conditional", w.CONDITIONAL),
    ("desire", w.DESIRE), ("ability", w.ABILITY), ("subordinator", w.SUBORDINATOR), ("reflexive", w.REFLEXIVE),
    ("demonstrative", w.DEMONSTRATIVE), ("subject", w.SUBJECT), ("pronoun", w.PRONOUN), ("determiner", w.DETERMINER),
    ("preposition", w.PREPOSITION), ("coordinator", w.COORDINATOR),
)  # fmt: skip
_VERBS = (("i", w.INFINITIVE), ("t", w.THIRD), ("s", w.STEM), ("p", w.PARTICIPLE), ("f", w.FINITE), ("n", w.NOUN))
_LONGEST_ENDING = 2


class Kinds:
    """Names the kind of a word and remembers it."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._known = Remembered(_kind)

    def of(self, words: Sequence[Word]) -> list[str]:
        """Return the kind of each word."""
        return self._known.all_of(words)


def _kind(word: Word) -> str:
    """Return the name of a word's kind, one string for all words of that kind."""
    return intern(_name(word))


def _name(word: Word) -> str:
    """Return the first class that applies; else the verb forms that it can be; else its last letters.

    The ending tells plural from singular and an inflected adjective from a bare one.
    """
    flags = word.flags
    for name, flag in _BY_CLASS:
        if flags & flag:
            return name + (" finite" if flags & w.FINITE else "")
    if flags & (w.VERB | w.FINITE):
        ending = word.form[-_LONGEST_ENDING:] if flags & w.VERB == w.PARTICIPLE else ""
        return f"verb {''.join(letter for letter, flag in _VERBS if flags & flag)} {ending}"
    if flags & w.PARTICLE:
        return "particle"
    if flags & w.COMPARATIVE:
        return "comparative"
    return f"-{word.form[-_LONGEST_ENDING:]}"
