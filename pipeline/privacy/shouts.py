"""Texts in capitals throughout or at every turn, where a capital tells nothing: "HET MOET ANDERS", "hEt MoEt".

What belongs here: writing such a text as another one would have been, so that names can be told. What does not:
finding them, and any word.
"""

import re

from pipeline.privacy.lexicon import COMMON, Lexicon
from pipeline.privacy.name_words import NameWords

_WORD = re.compile(r"(?<![\[\w])[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")
"""A word, but for placeholders and what digits are in."""
_FEWEST = 3
"""Fewer words in capitals are an abbreviation or a name."""
_CODED = re.compile(r"(?<!\d)(?:(?!19|20)[1-9]\d{3}\s?|[A-Z]{2}\d\d\s?)\Z")
"""Before the letters of a postcode or of an account."""
_LEAD = 6
_ABBREVIATION = 4
"""A body of no more letters is an abbreviation."""
_KNOWN = 3.9
"""What is seen more than this (Zipf) is a word, though no dictionary has it."""


_TURN = re.compile(r"[^\W\d_A-ZÀ-Þ][A-ZÀ-Þ]")
"""A capital behind a small letter."""
_FEWEST_TURNS, _LETTERS_A_TURN = 4, 4


def is_jumbled(text: str) -> bool:
    """Whether capitals stand inside the words of a text without a sense, one in so many letters or more."""
    turns = len(_TURN.findall(text))
    return turns >= _FEWEST_TURNS and turns * _LETTERS_A_TURN >= sum(map(str.isalpha, text))


class Shouts:
    """Writes texts in capitals in small letters, but for what may be a name."""

    def __init__(self, words: NameWords, lexicon: Lexicon) -> None:
        self._words, self._lexicon = words, lexicon

    def calmed(self, text: str) -> str:
        """Return a text in capitals as others are written, with a capital for what is no word; a short one as it is.

        Each character stays where it is.
        """
        if sum(len(word) > 1 for word in _WORD.findall(text)) < _FEWEST or len(text.lower()) != len(text):
            return text
        text = text if len(text.upper()) != len(text) else text.upper()
        parts: list[str] = []
        done, named = 0, False
        for match in _WORD.finditer(text):
            word = match[0].lower()
            if match.start() - done > 1:
                named = False  # a comma or more stands between
            parts.append(text[done : match.start()])
            if _CODED.search(text, max(0, match.start() - _LEAD), match.start()) and len(word) <= _ABBREVIATION:
                parts.append(match[0])
            else:
                parts.append(self._written(match[0], word, named=named))
            done = match.end()
            named = self._names_next(match[0], word, named=named)
        return "".join([*parts, text[done:]])

    def _names_next(self, shouted: str, word: str, *, named: bool) -> bool:
        """Whether what stands behind a word is a name: behind a title, an initial or a first name, also "van der"."""
        first = shouted.title() in self._lexicon.first_names and not self._lexicon.is_word(word)
        return len(word) == 1 or word in self._words.courtesy or first or (named and word in self._words.interfixes)

    def _written(self, shouted: str, word: str, *, named: bool) -> str:
        known, title = self._lexicon, shouted.title()
        if len(word) == 1 or word in self._words.interfixes:
            return shouted if len(word) == 1 else word
        seen = known.language.zipf(word)
        if seen < COMMON and (named or (known.is_first_name(title) and not known.is_word(word))):
            return title
        if known.is_excluded(word):
            return shouted if len(word) <= _ABBREVIATION else title
        listed = title in known.surnames or title in known.villages or title in known.streets
        plain = word in known.dictionary or seen >= _KNOWN or word in self._words.small_words
        if plain or (not listed and (known.is_word(word) or known.is_long_compound(word))):
            return word
        return shouted if len(word) < _FEWEST else title
