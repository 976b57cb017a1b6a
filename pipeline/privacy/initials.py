"""Initials before a surname, and letters that count as numbers do.

What belongs here: telling "B. Jansen" from "B. Hergebruik". What does not: how far a name goes.
"""

import re
from collections.abc import Sequence

from pipeline.privacy.behind_names import BehindNames
from pipeline.privacy.lexicon import Lexicon
from pipeline.privacy.name_forms import RARE, NameForms, shortened
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token, is_initials, tokenize

_MOST_INITIALS = 10
_COUNTER = re.compile(r"[A-Z]\.")


class Initials:
    """Knows initials."""

    def __init__(self, words: NameWords, lexicon: Lexicon, behind: BehindNames, forms: NameForms) -> None:
        self._words, self._lexicon, self._behind, self._forms = words, lexicon, behind, forms

    def counted(self, text: str) -> int:
        """Return where the word ends that a letter with a full stop counts at the start of a text, or 0 when none does.

        "B. Hergebruik" is such a text, "B. Jansen" and "B. Hergebruik zegt" are none.
        """
        tokens = tokenize(text)
        return tokens[1].end if self._counted(tokens) else 0

    def _counted(self, tokens: Sequence[Token]) -> bool:
        """Whether a text opens with a letter that counts as a number does: a plain word, no surname, is behind it."""
        if len(tokens) < 2 or tokens[0].start or not _COUNTER.fullmatch(tokens[0].text):
            return False
        word = tokens[1]
        seen = self._lexicon.language.zipf(word.text)
        name = word.text in self._lexicon.surnames or word.text in self._lexicon.first_names
        name = name and word.lower not in self._words.headings
        plain = word.lower in self._lexicon.dictionary and seen >= RARE
        person = (
            self._behind.acts(tokens, 1) or word.speaks or (len(tokens) > 2 and tokens[2].lower in self._words.says)
        )
        return word.glued and word.capital and plain and not (name or person or is_initials(word))

    def are_initials(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether a name starts with initials, or with the beginning of a first name: "Th. Bos"."""
        head = tokens[core]
        begun = head.capital and shortened(head) and not self._lexicon.is_excluded(head.text)
        initials = begun or (is_initials(head) and "." in head.text)
        if core != index or not initials or (index == 0 and self._counted(tokens)):
            return False
        if core + 1 < len(tokens) and len(head.text) == 2 and tokens[core + 1].lower in self._words.acts:
            return True  # "J. wacht nog"
        after = self._skip_initials(tokens, core + 1)
        return (
            after is not None
            and (tokens[after].capital or self._forms.is_double(tokens[after]))
            and tokens[after].glued
            and (not self._lexicon.is_excluded(tokens[after].text) or tokens[after].text in self._lexicon.surnames)
        )

    def _skip_initials(self, tokens: Sequence[Token], index: int) -> int | None:
        past = index + _MOST_INITIALS
        while index < min(past, len(tokens)) and tokens[index].glued and is_initials(tokens[index]):
            index += 1
        return self._words.past_interfixes(tokens, index) if index < len(tokens) else None
