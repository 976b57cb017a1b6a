"""What notes have that is nobody's: shortened words, letters that a scanner misread, figures with signs between them.

What belongs here: finding these in a text, so that the second opinion, which has seldom seen them, is not asked. What
does not: the forms of figures, which are in `privacy.yaml` (`opinion`), and rules, which look at
such words all the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import wordfreq

from pipeline.privacy.lexicon import Lexicon, load_lexicon
from pipeline.privacy.patterns import Exempt, name_groups
from pipeline.text.language import Language

_SHORT = re.compile(
    r"(?<![\w.@-])(?P<x>[a-zà-ÿ]{2,})\.(?:\s*$|(?=\s?[a-zà-ÿ\d(+=/<>!&-]|\s[A-Z]{2,})|(?=[,;:/)\]'’\"”]))"
)
"""A word in small letters with a full stop that ends no sentence, or the text."""
_LETTER = re.compile(r"(?<![\w.])(?P<last>[a-zà-ÿ]{2,}|\d+x?)\s(?P<x>[mpv])\.\s(?P<next>[a-zà-ÿ]{2,})(?![\w'’-])")
_PIECE = re.compile(r"(?<![\w.@/-])(?P<x>[a-zà-ÿ]{5,}s)-(?=[,/]|\s[a-zà-ÿ])")
"""The first part of a compound, of which the last stands further on: "huisvestings- en zorgtrajecten"."""
_PLAIN = 3.5
"""A word that is seen so often (Zipf) tells that the letter before it is no initial."""
_LONG = 5
"""A shortened word of so many letters may be one that is seldom seen."""
_BEFORE = re.compile(r"(\w+)[.,]?\s\Z")
_NEXT = re.compile(r"\s([a-zà-ÿ][\w'’-]*)")
"""The next word, when it is in small letters."""
_TWO_LETTERS = 3
"""Of no more characters are two letters with a full stop between them."""
_LEAD = 30
_MIXED = re.compile(r"(?<![\w.@/:-])(?P<x>\w*(?:rn|[015])\w*)(?![\w@/-]|\.\w)")
"""A string of letters and digits without signs, of which some may be misread."""
_TAIL = re.compile(r"[a-zà-ÿ]{2}")
_MISREAD = (str.maketrans("015", "ols"), str.maketrans("015", "ois"))
"""What a scanner takes for letters."""
_HEAD = 4
"""A shortened compound has an ordinary word of so many letters at its start."""
_LEAST = 4
"""A shortened word of fewer letters may be a title or an initial: it must be in a list."""
_SEEN = 2.8
"""A misread word must be seen so often (Zipf) when it is read otherwise."""
_LESS = 2
"""A shortened word lacks so many letters at least."""


class Notes:
    """Finds in one text after another what notes have that is nobody's."""

    def __init__(
        self,
        opinion: Mapping[str, Any],
        groups: Mapping[str, str],
        interfixes: frozenset[str],
        lexicon: Lexicon,
        code: str,
    ) -> None:
        """Take the settings, the lists that forms name, what stands before a surname, the word lists, the language."""
        self._forms = Exempt(opinion["unasked"], groups)
        self._asked_behind, self.short = frozenset(opinion["asked_behind"]), frozenset(opinion["shortened"])
        self._long, self._streets = frozenset(opinion["no_shortened"]), tuple(opinion["streets_shortened"])
        self._lexicon, self._interfixes = lexicon, interfixes
        self._usual = sorted(wordfreq.get_frequency_dict(code, wordlist="small"))
        self._words = sorted(lexicon.dictionary)
        dotted = "|".join(map(re.escape, sorted(opinion["dotted"], key=len, reverse=True)))
        self._dotted = re.compile(rf"(?<![\w.])(?:{dotted})\.?(?!\w)")
        self.places = lru_cache(maxsize=4)(self._places)
        self._is_shortened = lru_cache(maxsize=20_000)(self._is_shortened_of)

    def _places(self, text: str) -> frozenset[int]:
        """Return the places of the characters that nobody's detail begins at."""
        spans = [*self._misread(text), *self._forms.spans(text)]
        if "s-" in text:
            spans += [match.span("x") for match in _PIECE.finditer(text) if self._lexicon.is_word(match["x"][:-1])]
        if "." in text[:-1]:
            spans += [*self._shortened(text), *self._letters(text)]
        return frozenset(at for span in spans for at in range(*span))

    def _letters(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where letters with full stops stand for words, and one for a preposition: "geld v. preventie"."""
        for match in self._dotted.finditer(text):
            if len(match[0].rstrip(".")) > _TWO_LETTERS or not self._is_named(text, *match.span()):
                yield match.span()
        for match in _LETTER.finditer(text):
            if self._is_plain(match["next"]) and (match["last"][0].isdecimal() or self._is_plain(match["last"])):
                yield match.span("x")

    def _is_named(self, text: str, start: int, end: int) -> bool:
        """Whether two letters with full stops may be initials: behind a title, or before a name in small letters."""
        before = _BEFORE.search(text, max(0, start - _LEAD), start)
        after = _NEXT.match(text, end)
        word = after[1] if after else ""
        while word in self._interfixes and (after := _NEXT.match(text, after.end() if after else end)):
            word = after[1]
        strange = word != "" and (word.capitalize() in self._lexicon.surnames or not self._lexicon.is_word(word))
        return strange or (before is not None and before[1].lower() in self._asked_behind)

    def _is_plain(self, word: str) -> bool:
        """Whether a word is an ordinary one that is often seen, and nobody's name with a capital."""
        known, name = self._lexicon, word.capitalize()
        listed = name in known.first_names or name in known.surnames or name in known.villages
        return not listed and word in known.dictionary and known.language.zipf(word) >= _PLAIN

    def _shortened(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where words are shortened; the last one is only when others are, and no name is told there."""
        found = [match for match in _SHORT.finditer(text) if self._is_shortened(match["x"])]
        for match in found:
            before = _BEFORE.search(text, max(0, match.start() - _LEAD), match.start())
            told = before is not None and before[1].lower() in self._asked_behind
            last = not text[match.end("x") + 1 :].strip()
            if not told and not (last and len(found) == 1):
                yield match.span("x")

    def _is_shortened_of(self, word: str) -> bool:
        """Whether a word is the start of a usual one, or of a compound with a usual one, and nobody's name."""
        if len(word) < _LEAST or word in self._long or word.endswith(self._streets):
            return word in self.short
        known, name = self._lexicon, word.capitalize()
        if name in known.first_names or name in known.surnames or name in known.villages:
            return False
        return self._starts_usual(word) or any(
            self._is_head(word[:cut]) and self._starts_usual(word[cut:]) for cut in range(_HEAD, len(word))
        )

    def _is_head(self, head: str) -> bool:
        """Whether a compound may begin so: with a word, or with one and an s behind it."""
        return self._lexicon.is_word(head) or (head.endswith("s") and self._lexicon.is_word(head[:-1]))

    def _starts_usual(self, start: str) -> bool:
        """Whether a word of the dictionary begins so and has more letters: a usual one, or any when it is long."""
        words = self._words if len(start) >= _LONG else self._usual
        first = bisect_left(words, start)
        return any(
            word.startswith(start) and len(word) >= len(start) + _LESS and word in self._lexicon.dictionary
            for word in words[first : first + 20]
        )

    def _misread(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a word has "rn" for an m or a figure for a letter, and is one when it is read so."""
        if "rn" not in text and not any(figure in text for figure in "015"):
            return
        for match in _MIXED.finditer(text):
            word = match["x"]
            figures = not word.isalpha() and _TAIL.search(word) is not None
            if (figures or ("rn" in word and not self._lexicon.is_word(word))) and self._is_read(word):
                yield match.span("x")

    def _is_read(self, word: str) -> bool:
        """Whether it is an ordinary word when the letters are read otherwise."""
        readings = {word.lower().translate(one) for one in _MISREAD}
        readings |= {one.replace("rn", "m") for one in readings}
        known = self._lexicon
        seen = (one for one in readings - {word.lower()} if one.isalpha() and known.language.zipf(one) >= _SEEN)
        return not word[0].isupper() and any(map(known.is_word, seen))


@cache
def load_notes(language: Language) -> Notes:
    """Return what notes have in a language; the same object, so that a text is looked at once."""
    data: Mapping[str, Any] = language.data("privacy")
    groups = name_groups(data["words"], data["expressions"])
    interfixes = frozenset(data["names"]["interfixes"])
    return Notes(data["opinion"], groups, interfixes, load_lexicon(language), language.code)
