"""What a single word with a capital is as it is written, by lists and by its frequency.

What belongs here: those tests, which the finders of names share, and the frequencies that they go by. What does not:
what other words say of it, but for the one right before it.
"""

import re
from collections.abc import Sequence

from pipeline.privacy.lexicon import COMMON, Lexicon
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token

RARE, UNUSUAL = 2.6, 3.4
"""What is seen less than these (Zipf) and is in no list may be a name: at the start of a sentence, and elsewhere."""
LEAD = 100
"""So many characters before a word are looked at."""
_VOWEL = re.compile(r"[^\W\d_bcdfghjklmnpqrstvwxz]")
"""Any letter that is no consonant of the alphabet, whatever language it is of."""


class NameForms:
    """Knows of one word whether it may be a name."""

    def __init__(self, words: NameWords, lexicon: Lexicon) -> None:
        self._words, self._lexicon = words, lexicon

    def is_nothing_else(self, token: Token) -> bool:
        """Whether it is a word with a capital that is no ordinary one and no place or body."""
        return token.capital and not self._lexicon.is_word(token.text) and not self._lexicon.is_excluded(token.text)

    def is_known(self, token: Token) -> bool:
        """Whether a word with a capital is in a list of names and no ordinary word."""
        known = self._lexicon.is_first_name(token.text) or self._lexicon.is_surname(token.text)
        return token.capital and known and not self._lexicon.is_word(token.text)

    def may_be_a_name(self, token: Token) -> bool:
        """Whether a word is a first name, or a surname and not too common a word."""
        surname = self._lexicon.is_surname(token.text) and self._lexicon.language.zipf(token.text) < COMMON
        return token.capital and (surname or self._lexicon.is_first_name(token.text))

    def is_mixed(self, token: Token) -> bool:
        """Whether capitals stand inside a word, as in names of organisations."""
        return (
            not token.capital
            and not token.text.isupper()
            and not token.text.islower()
            and "." not in token.text
            and not token.text.startswith(self._words.inner_capitals)
        )

    def is_double(self, token: Token) -> bool:
        """Whether it is the first part of a double surname, as "Hoekstra-van" in "Hoekstra-van Vliet"."""
        first, _, last = token.text.rpartition("-")
        return first[:1].isupper() and last in self._words.interfixes

    def is_brand(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is a brand and somebody has one: "de man met de Mercedes"."""
        return (
            tokens[index].lower in self._words.brands
            and index > 0
            and tokens[index].glued
            and tokens[index - 1].lower in self._words.owning
            and not (index + 1 < len(tokens) and tokens[index + 1].glued and tokens[index + 1].capital)
        )

    def is_strange(self, token: Token, below: float) -> bool:
        """Whether it has a capital, is in no list, is made of no words and is seen less than so much (Zipf)."""
        if not _VOWEL.search(token.lower) or (len(token.text) < 6 and not _VOWEL.search(token.lower[:3])):
            return False  # an abbreviation: "Wjsg", "Wtta"
        if token.lower.endswith(self._words.things):
            return False  # "Spreidingswet"
        if self._lexicon.is_made_of(token.lower, self._words.kinds, self._words.homely):
            return False  # "Welzijnscoach"
        if not token.capital or token.shouted or self._lexicon.is_excluded(token.text) or self.is_mixed(token):
            return False
        first = token.text.split("-")[0]
        return (
            not self._lexicon.is_word(token.text)
            and not ("-" in token.text and self._lexicon.is_word(first))
            and self._lexicon.language.zipf(token.text) < below
        )

    def is_of_organisation(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word for a body stands right before it: "stichting Rosa"."""
        if not index or tokens[index].start - tokens[index - 1].end > 2:
            return False  # more than a space and a quote between them: another part of a list
        before = tokens[index - 1].lower
        # Also as the head of a compound: "zorginstelling" is an "instelling".
        return before in self._words.organisations or before.endswith(self._words.organisation_heads)


def ends_in(lead: str, cues: tuple[str, ...]) -> bool:
    """Whether a text ends in one of some words, and not in a longer word."""
    return lead.endswith(cues) and any(lead.endswith(cue) and not lead[: -len(cue)][-1:].isalpha() for cue in cues)


def titled(token: Token) -> str:
    """Return a word with one capital, also when it has nothing else."""
    return token.text.title() if token.shouted else token.text


def shortened(token: Token) -> bool:
    """Whether it is the beginning of a first name with a full stop behind it: "Th.", "Chr."."""
    return token.dotted and len(token.text) < 4 and not _VOWEL.search(token.lower)
