"""Titles of plain words with a capital each: programmes, motions, slogans and headings, in which nobody is named.

What belongs here: telling such a title from the name of somebody or of a house, by the words that it is made of. What
does not: titles that a noun stands before, and the words themselves, which are in `privacy.yaml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pipeline.privacy.lexicon import Lexicon
from pipeline.privacy.patterns import alternatives

_CAPITAL = r"[A-ZÀ-Þ][a-zà-ÿ]+"
_WORD = re.compile(_CAPITAL)
_OPENS = re.compile(r"(?:^|[.!?:;•*–\n]\s*|[\"“‘'«(]\s?)\Z")
"""What a capital behind says nothing."""
_BEFORE = re.compile(r"([\w'’-]+)[\s\"“‘'«(]+\Z")
_QUOTED = re.compile(rf"[\"“„‘'«](?<=[\w,]\s.)(?P<x>{_CAPITAL})(?:(?P<rest>\s[a-zà-ÿ]{{2,}}[^\"“”‘’'«»]*)?[\"”’'»])")
_LEAD = 30
_FEWEST = 3
"""An opening word that is in no name needs so many words with a capital."""
_PAIR = 2
_SEEN = 3.9
"""A word that is seen more than this (Zipf) is sooner that word than a surname."""
_USUAL = 5.0
"""A noun that is seen more than this is hardly ever a surname: "Geld"."""


class Titles:
    """Finds titles in one text after another."""

    def __init__(self, data: Mapping[str, Any], lexicon: Lexicon) -> None:
        """Take `privacy.yaml` and the word lists."""
        names, unlisted = data["names"], data["unlisted"]
        self._lexicon = lexicon
        # "Van", "Op" and "Wil" are in names of persons too.
        named = frozenset(names["interfixes"]) | frozenset(names["surname_prepositions"])
        self._opening, self._telling = (
            frozenset(word for word in names[key] if word not in named and word.capitalize() not in lexicon.first_names)
            for key in ("title_openers", "title_words")
        )
        self._homely = frozenset(unlisted["homely"])
        nouns = frozenset(data["words"]["place_noun"]) | frozenset(data["words"]["shelter_noun"])
        self._nouns = nouns | frozenset(unlisted["shelters_sure"]) | self._homely
        self._places = tuple(sorted(noun for noun in nouns if len(noun) > _FEWEST))
        roles = frozenset(str(word).casefold() for word in (*names["courtesy"], *names["academic"], *names["roles"]))
        self._behind = nouns | frozenset(unlisted["locating"]) | roles
        self._ends = tuple(sorted(word for word in self._homely if len(word) > _PAIR))
        self._naming = re.compile(rf"\b(?:{'|'.join(names['quoted_names'])})\b", re.IGNORECASE)
        self._heads = tuple(names["title_heads"])
        self._things = tuple(sorted(thing for thing in names["things"] if len(thing) > _FEWEST))
        self._abstract, self._articles = tuple(names["abstract_nouns"]), frozenset(unlisted["articles"])
        links = alternatives(names["title_links"])
        self._run = re.compile(rf"(?<![\w.'’-]){_CAPITAL}(?:,?\s(?:{links}\s){{0,2}}{_CAPITAL})+(?![\w'’-])")
        self._link = re.compile(rf"\s(?:{alternatives(names['title_joins'])})\s(?:(?:de|het|een)\s)?")
        self.spans = lru_cache(maxsize=4)(self._spans)

    def _spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return start and end of each title, in order."""
        return tuple(self._found(text))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        yield from self._quoted(text)
        for match in self._run.finditer(text):
            start, end = match.span()
            opens = _OPENS.search(text[max(0, start - _PAIR) : start]) is not None
            comma = text.find(",", start, end)
            for first, last in ((start, end), self._inner(text, start, end), (start, comma)):
                # "Met Grip op Geld": the word that opens the sentence is none of the title.
                if first < last and self._is_one(text, first, last, opens=opens and first == start):
                    yield first, last
                    break

    def _inner(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return a run without its first word; nothing when fewer than two words are left."""
        rest = self._run.search(text, start + 1, end)
        return rest.span() if rest and rest.end() == end else (end, end)

    def _quoted(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the first word of what is quoted inside a sentence, when it is an ordinary one: "de kop 'Overig'"."""
        for match in _QUOTED.finditer(text):
            word = match["x"]
            said = self._is_plain(word) and (match["rest"] or self._is_said(word))
            if said and not self._is_called(text, match.start("x")):
                yield match.span("x")

    def _is_called(self, text: str, start: int) -> bool:
        """Whether a noun of places, "in" or a title stands before a word, or somebody or a house is called so."""
        least = max(0, start - _LEAD)
        before = _BEFORE.search(text, least, start)
        placed = before is not None and before[1].lower() in self._behind
        return placed or self._naming.search(text, least, start) is not None

    def _is_said(self, word: str) -> bool:
        """Whether a word by itself is quoted as a word, and not as the name of somebody or of a house."""
        known, lower = self._lexicon, word.lower()
        return (
            self._is_free(word) and lower not in self._nouns and not lower.endswith(self._ends) and known.is_word(word)
        )

    def _is_one(self, text: str, start: int, end: int, *, opens: bool) -> bool:
        """Whether a run of words with a capital is a title; behind a title, a place's noun or "in" none is."""
        words = _WORD.findall(text, start, end)
        if self._is_called(text, start) or any(word.lower().endswith(self._places) for word in words[:-1]):
            return False
        return all(map(self._is_plain, words)) and self._is_title(words, text[start:end], opens=opens)

    def _is_plain(self, word: str) -> bool:
        """Whether a word is an ordinary one, and no first name unless it is one that titles alone have."""
        known, lower = self._lexicon, word.lower()
        if lower in self._telling:
            return True
        plain = known.is_word(word) or known.language.zipf(word) >= _SEEN
        return plain and not known.is_first_name(word) and (known.language.zipf(word) >= _SEEN or self._is_free(word))

    def _is_free(self, word: str) -> bool:
        """Whether no list of surnames, villages or streets has a word."""
        known = self._lexicon
        return word not in known.surnames and word not in known.villages and word not in known.streets

    def _is_title(self, words: Sequence[str], text: str, *, opens: bool) -> bool:
        lower = [word.lower() for word in words]
        if self._is_headed(words):
            return True
        if any(word in self._telling for word in lower[opens:]):
            return True
        if lower[0] in self._opening and len(words) >= _FEWEST:
            return True
        if len(words) != _PAIR:
            return False
        first, last = words
        if text == f"{first} {last}":
            return self._is_described(first.lower(), last)
        joined = self._link.fullmatch(text, len(first), len(text) - len(last)) is not None
        return not opens and joined and self._is_thing(first) and self._is_thing(last)

    def _is_headed(self, words: Sequence[str]) -> bool:
        """Whether the first word says what kind of plan, paper or body this is: "Stichting Jongeren in Zicht".

        None that could be the name of a house behind it.
        """
        first, rest = words[0].lower(), {word.lower() for word in words[1:]}
        kind = first.endswith(self._heads) and words[0] not in self._lexicon.surnames
        named = rest & (self._homely | self._articles) or any(map(self._is_surname, words[1:]))
        return kind and not named

    def _is_described(self, first: str, last: str) -> bool:
        """Whether an inflected adjective stands before a plural or what has no place: "Sterke Buurten"."""
        known, lower = self._lexicon, last.lower()
        lemma = known.dictionary.get(lower, lower)
        adjective = known.dictionary.get(first, first) != first and not known.ends_as_many(first) and first[-1] == "e"
        several = lemma != lower and known.ends_as_many(lower) and last not in known.villages
        general = lower.endswith((*self._things, *self._abstract)) and self._is_free(last)
        return adjective and (several or general) and not {lemma, lower} & self._homely

    def _is_thing(self, word: str) -> bool:
        """Whether a word is a noun that is neither a surname nor a part of the name of a house."""
        lower, known = word.lower(), self._lexicon
        named = self._is_surname(word) or word in known.villages
        return not named and lower not in self._nouns and lower in known.dictionary

    def _is_surname(self, word: str) -> bool:
        """Whether a word is a surname or a first name too, and not seen too often to be one."""
        listed = word in self._lexicon.surnames or word in self._lexicon.first_names
        return listed and self._lexicon.language.zipf(word) < _USUAL
