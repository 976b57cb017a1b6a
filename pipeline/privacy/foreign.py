"""Words with a capital in sentences of another language, which no list of this one knows.

What belongs here: telling that a sentence is in another language, and which of its words that language has. What does
not: the small words of other languages and which ones are asked for, which are in `privacy.yaml`.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import wordfreq

from pipeline.privacy.lexicon import Lexicon, load_lexicon
from pipeline.privacy.tokens import Token, tokenize
from pipeline.text.language import Language

_FEWEST, _SHARE = 2, 6
"""With so many small words of other languages, and one in so many words, a sentence is in another language."""
_SHORTEST = 3
"""A word of fewer letters is an initial or an abbreviation."""


class ForeignWords:
    """Knows words of other languages in one text after another."""

    def __init__(self, opinion: Mapping[str, Any], lexicon: Lexicon) -> None:
        """Take the settings of the opinion, which have the small words of other languages."""
        self._small, self._codes = frozenset(opinion["foreign"]), tuple(opinion["foreign_languages"])
        self._subjects = frozenset(opinion["foreign_subjects"])
        self._lexicon = lexicon
        self.held = lru_cache(maxsize=4)(self._held)

    def is_foreign(self, words: Sequence[str]) -> bool:
        """Whether words, in small letters, are a sentence in another language, by those that are of others alone."""
        if self._small.isdisjoint(words):
            return False
        several = sum(word in self._small for word in words)
        return several >= _FEWEST and several * _SHARE >= len(words)

    def and_those_of(self, text: str, held: frozenset[int]) -> frozenset[int]:
        """Return places of a text, and those of its words of another language."""
        return held | found if (found := self.held(text)) else held

    def _held(self, text: str) -> frozenset[int]:
        """Return where the words start that are plain words of another language, which the text is in.

        A word in a list of names or of places is none, whatever else it is: "Mark".
        """
        tokens = tokenize(text)
        if not self.is_foreign([token.lower for token in tokens]):
            return frozenset()
        held = {token.start for token in tokens if self._is_small(token) or self._is_plain(token)}
        # A question opens with its verb, whatever name that is too: "May we".
        asks = (
            token.start
            for token, after in pairwise(tokens)
            if token.opens
            and after.lower in self._subjects
            and any(token.lower in _words_of(one) for one in self._codes)
        )
        return frozenset(held.union(asks))

    def _is_small(self, token: Token) -> bool:
        """Whether it is a small word of another language, and no first name as it is written: "haar nicht Jo"."""
        named = token.capital and not token.opens and token.text in self._lexicon.first_names
        return token.lower in self._small and not named

    def _is_plain(self, token: Token) -> bool:
        known, word = self._lexicon, token.text
        if not token.capital or len(word) < _SHORTEST:
            return False
        listed = word in known.first_names or word in known.surnames or word in known.villages or word in known.streets
        return not listed and any(token.lower in _words_of(code) for code in self._codes)


@cache
def load_foreign(language: Language) -> ForeignWords:
    """Return the words of other languages than one; the same object, so that a text is looked at once."""
    return ForeignWords(language.data("privacy")["opinion"], load_lexicon(language))


@cache
def _words_of(code: str) -> frozenset[str]:
    """Return the thirty thousand words that texts in a language have most."""
    return frozenset(wordfreq.get_frequency_dict(code, wordlist="small"))
