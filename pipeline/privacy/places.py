"""Places smaller than a municipality: streets, quarters, villages, and named shelters, schools or hotels.

What belongs here: finding a name of a place. What does not: addresses with a number (a pattern), municipalities and
larger, which identify nobody.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.privacy.lexicon import Lexicon, capitalized
from pipeline.privacy.patterns import alternatives
from pipeline.privacy.tokens import Token, tokenize

_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*"
_ARTICLES = r"(?:(?:[Dd]e|[Hh]et|[’'][tn]|[Tt]en|[Tt]er|[Dd]en)\s)"
_YEAR = r"(?:\s['’]?\d{2}(?![\w.,%]|\s[a-z]))?"
"""Behind the name of a club: when it was founded."""
_PLAIN = rf"(?P<plain>{_ARTICLES}?{_CAPITAL}(?:\s(?:(?:van|der|den|de|het|en|aan)\s){{0,2}}{_CAPITAL}){{0,20}}{_YEAR})"
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_SEVERAL = re.compile(r"-[a-zà-ÿ]+\Z")
"""What is joined to a name in small letters."""
_LEAD = 60
"""So many characters before a word are looked at, and twenty words."""
_QUOTED = r"[\"“„‘'«](?P<quoted>[^\"“”„‘’'«»]{2,60})[\"”’'»]"


_EVERYWHERE = 5.8
"""A word that is seen more than this (Zipf) names nothing."""
_UNHEARD = 2.2
_SELDOM_NAMED = 3.0
"""What is seen less than this (Zipf) and is no word is a village where somebody lives in it."""
"""A word that is seen less than this (Zipf) has hardly ever been in a newspaper."""
_SELDOM = 3.0
"""A word that is seen less than this (Zipf) is no adverb."""
_SHORT_VERB = 3
"""No longer is a word that joins: "en"."""
_LONG = 6
"""A word of fewer small letters is no village: too many are some other word."""


def _house_number(places: Mapping[str, Any]) -> re.Pattern[str]:
    """Return an expression of the number of a house behind its street, and not of things that are counted."""
    counted = alternatives(places["counted"])
    return re.compile(rf"\s\d{{1,3}}(?:\s?[a-z])?(?=\s?[,.;:!?)]|$|\s[a-z]{{2}})(?!\s{counted})")


def _like_villages(things: Sequence[str], ends: Sequence[str]) -> tuple[str, ...]:
    """Return the ends of laws, plans and bodies that end as names of villages do: "akkoord" as "oord"."""
    return tuple(thing for thing in things if thing.endswith(tuple(ends)) and thing not in ends)


class PlaceFinder:
    """Finds names of small places in one text after another."""

    def __init__(self, data: Mapping[str, Any], places: Mapping[str, Any], lexicon: Lexicon) -> None:
        words: Mapping[str, Sequence[str]] = data["words"]
        self._lexicon = lexicon
        self._nouns: dict[str, str] = {
            noun: entry["kind"] for entry in data["named"] for key in ("noun", "several") for noun in words[entry[key]]
        }
        self._heads: dict[str, str] = {head: entry["kind"] for entry in data["named"] for head in words[entry["head"]]}
        self._several_nouns = tuple(noun for noun in self._nouns if " " in noun)
        self._named = re.compile(
            rf"(?:,?\s{alternatives(words['linking'])})?(?:[\s:]|,\s|\s\()\s?(?:{_QUOTED}|{_PLAIN})"
        )
        joining = alternatives(data["names"]["joining"])
        self._another = re.compile(rf"(?:,|\s{joining})\s{_PLAIN}")
        opening = alternatives(words["shelter_opening"])
        self._opening = re.compile(rf"\b(?P<x>{opening}\s(?:{_ARTICLES})?{_CAPITAL}(?:\s{_CAPITAL})*)")
        self._suffix = re.compile(rf"[A-ZÀ-Þ][\w’'-]{{2,}}(?:{alternatives(words['street_sure'])})")
        self._street_words = frozenset(words["street_sure"])
        self._kinds, self._homely = (tuple(data["unlisted"][key]) for key in ("kinds", "homely"))
        self._street_ends = tuple(self._street_words)
        self._things = _like_villages(data["names"]["things"], places["village_ends"])
        self._quarter = re.compile(rf"[A-ZÀ-Þ][\w’'-]{{2,}}{alternatives(words['quarter_suffix'])}")
        self._village_ends = tuple(sorted(places["village_ends"], key=len, reverse=True))
        self._village = re.compile(rf"[A-ZÀ-Þ][\w’'-]{{2,}}{alternatives(places['village_ends'])}")
        self._verbs, self._joining = frozenset(data["names"]["acts"]), frozenset(data["names"]["joining"])
        self._needs, self._organisations = (frozenset(data["names"][key]) for key in ("modals", "organisations"))
        self._local = frozenset(places["local"])
        self._sure = frozenset(places["locating_sure"])
        self._between = frozenset(data["names"]["interfixes"])
        self._articles = frozenset(places["articles"])
        self._winds, self._large, self._dwelling = (frozenset(places[key]) for key in ("winds", "large", "dwelling"))
        self._prefixes, self._locating = (frozenset(places[key]) for key in ("village_prefixes", "locating"))
        self._beside = self._locating | frozenset(places["beside"])
        self._before_small = self._beside | self._articles
        self._house = _house_number(places)
        # A bare preposition says too little: "aan Kamer en kabinet".
        self._street_before = tuple(f" {cue}" for cue in places["street_before"] if " " in cue)
        self._dwellers, self._of = frozenset(places["dwellers"]), frozenset(places["of"])
        self._quarters = frozenset(places["quarters"])
        self._several = re.compile(rf"\b{alternatives([p for p in places['quarters'] if ' ' in p or '-' in p])}\b")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and kind of each place."""
        yield from self._after_nouns(text)
        for match in self._opening.finditer(text):
            last = match["x"].split()[-1].lower()
            if last in self._lexicon.dictionary or not self._lexicon.is_excluded(last):
                yield *match.span("x"), "shelter"
        for match in self._several.finditer(text):
            yield *match.span(), "place"
        yield from self._words(text)

    def _after_nouns(self, text: str) -> Iterator[tuple[int, int, str]]:
        for word in _WORD.finditer(text):
            match = self._named.match(text, word.end())
            kind = (
                self._noun_kind(word[0].lower(), text[max(0, word.end() - _LEAD) : word.end()].lower()) if match else ""
            )
            if not match or not kind or self._is_of_a_body(text, word.start()):
                continue
            if match["quoted"]:
                if match["quoted"].strip()[:1].isupper():
                    yield *match.span("quoted"), kind
                continue
            # "Hotel Bellevue": a capital inside a sentence makes the noun a part of the name.
            inside = (
                text[word.start()].isupper()
                and text[max(0, word.start() - _LEAD) : word.start()].rstrip()[-1:].isalpha()
            )
            start, end = word.start() if inside else match.start("plain"), match.end("plain")
            words = match["plain"].split()
            heads = [one for one in words if one[:1].isupper() and one.lower() not in self._articles]
            named = kind == "shelter" and heads and heads[0] in self._lexicon.first_names  # "Opvang Jade"
            if heads and (named or not self._is_other(words, heads)):
                yield start, end, kind
            yield from self._more_of_them(text, end, kind)

    def _is_of_a_body(self, text: str, start: int) -> bool:
        """Whether a noun with a capital is a part of the name of a body: "Stichting Opvang Ongedocumenteerden"."""
        before = text[max(0, start - _LEAD) : start].split()
        return text[start].isupper() and bool(before) and before[-1].lower() in self._organisations

    def _more_of_them(self, text: str, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
        """Yield the names that are joined to a name behind a noun: "de wijken Zeewind en Hoge Weide"."""
        while match := self._another.match(text, end):
            words = match["plain"].split()
            heads = [one for one in words if one[:1].isupper() and one.lower() not in self._articles]
            end = match.end("plain")
            if heads and not self._is_other(words, heads):
                yield *match.span("plain"), kind

    def _noun_kind(self, word: str, lead: str) -> str:
        """Return the kind of place of a noun, a compound of one, or several words that end in it; else nothing."""
        if word in self._nouns:
            return self._nouns[word]
        if lead.endswith(self._several_nouns):
            return next(self._nouns[noun] for noun in self._several_nouns if lead.endswith(noun))
        if word in self._organisations:
            return ""
        return next((kind for head, kind in self._heads.items() if word.endswith(head) and len(word) > len(head)), "")

    def _is_other(self, words: Sequence[str], heads: Sequence[str]) -> bool:
        """Whether what follows the noun is no name of it: a city, an organisation, an abbreviation."""
        head = heads[0]
        if len(heads) > 1 and (head.isupper() or words[0] != head):
            head = heads[-1]  # "SV Rietvogels", "Het Rode Dorp": the last word says whether it is something else
        if len(heads) == 1 and words[0] != head and words[0][:1].isupper() and head.lower() in self._lexicon.dictionary:
            return False  # "De Horizon" is a house, "Horizon" an organisation
        return (
            head.casefold() in self._lexicon.never
            or heads[0].lower() in self._organisations
            or self._lexicon.language.zipf(head) > _EVERYWHERE  # the next cell of a table: "School Er is geen tijd"
            or head.isupper()
            or bool(re.search(r"[a-z][A-Z]", head))
        )

    def _words(self, text: str) -> Iterator[tuple[int, int, str]]:
        tokens = tokenize(text)
        for index, token in enumerate(tokens):
            if token.text.islower() and "-" not in token.text:
                before = tokens[index - 1].lower if index else ""
                if before in self._before_small:
                    yield from self._small(tokens, index, text)
                elif before in self._nouns and self._is_house(tokens, index):
                    yield token.start, token.end, self._nouns[before]
                continue
            city, _, wind = token.text.rpartition("-")
            quarter = capitalized(wind) in self._winds and capitalized(city) not in self._large
            if quarter and city.casefold() in self._lexicon.never:
                yield token.start, token.end, "place"
            elif token.text[:1].isupper() and not self._lexicon.is_excluded(token.text):
                kind = self._kind(tokens, index, text)
                if kind:
                    first = (
                        self._first_of_street(tokens, index) if kind == "address" else self._with_article(tokens, index)
                    )
                    yield tokens[first].start, token.end, kind
            if token.text in self._prefixes and index + 1 < len(tokens):
                after = tokens[index + 1]
                pair = text[token.start : after.end]
                listed = pair in self._lexicon.villages and not (token.opens and self._lexicon.is_word(after.text))
                if listed or (after.glued and self._sounds_like_village(after)):
                    yield token.start, after.end, "place"

    def _small(self, tokens: Sequence[Token], index: int, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield a street of two words with its number, or a village, in small letters behind a preposition."""
        token = tokens[index]
        if not token.glued:
            return
        before = tokens[index - 1].lower
        if (end := self._street_end(token, text)) and self._is_unheard(token):
            yield token.start, end, "address"
        after = tokens[index + 1 : index + 2]
        number = self._house.match(text, after[0].end) if after and after[0].glued else None
        if number and before in self._beside and f"{token.text} {after[0].text}".title() in self._lexicon.streets:
            yield token.start, number.end(), "address"
        elif len(token.text) >= _LONG and token.lower not in self._lexicon.dictionary:
            article = before in self._articles and index > 1 and tokens[index - 2].lower in self._beside
            if article and self._is_small_street(token):
                yield token.start, token.end, "address"
            article = article and tokens[index - 2].lower in self._locating
            listed = self._quarters if article else self._lexicon.villages
            lived = not article and before in self._locating and self._is_lived_in(tokens, index)
            if lived or ((article or before in self._locating) and capitalized(token.text) in listed):
                yield token.start, token.end, "place"

    def _is_lived_in(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether somebody lives in what no list and no newspaper has: "wij wonen in halsteren"."""
        word = tokens[index].text
        plain = self._lexicon.ends_in_word(word) or self._lexicon.is_word(word)
        rare = self._is_unheard(tokens[index]) and self._lexicon.language.zipf(word) < _SELDOM_NAMED
        return index > 1 and tokens[index - 2].lower in self._dwelling and rare and not plain

    def _is_small_street(self, token: Token) -> bool:
        """Whether a word in small letters is in the list of streets and ends as one: "op het merelplein"."""
        rare = self._lexicon.language.zipf(token.text) < _UNHEARD and not token.text.startswith(self._kinds)
        return rare and token.text.endswith(self._street_ends) and capitalized(token.text) in self._lexicon.streets

    def _is_house(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word that nobody uses is what the noun before it is called: "opvang zuiderlicht"."""
        token, bare = tokens[index], index < 2 or tokens[index - 2].lower in self._locating
        rare = len(token.text) >= _LONG and self._lexicon.language.zipf(token.text) < _UNHEARD
        return token.glued and ((bare and rare and self._is_unheard(token)) or self._is_homely(token))

    def _is_homely(self, token: Token) -> bool:
        """Whether a word is seldom seen and ends as names of houses do: "tussenvoorziening morgenster"."""
        known = self._lexicon.dictionary.get(token.lower, token.lower) == token.lower
        seldom = len(token.text) >= _LONG and self._lexicon.language.zipf(token.text) < _SELDOM
        return known and seldom and token.lower.endswith(self._homely) and token.lower not in self._nouns

    def _street_end(self, token: Token, text: str) -> int:
        """Return where the number of a house behind a listed street in small letters ends; 0 when there is none."""
        number = self._house.match(text, token.end)
        return number.end() if number and capitalized(token.text) in self._lexicon.streets else 0

    def _is_unheard(self, token: Token) -> bool:
        """Whether a word in small letters is in no dictionary and in no list of what is larger than a village."""
        return token.lower not in self._lexicon.dictionary and not self._lexicon.is_excluded(token.text)

    def _acts(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a verb follows, or another place after a word that joins."""
        after = tokens[index + 1 : index + 3]
        if not after or not after[0].glued:
            return False
        pair = len(after) == 2 and after[0].lower in self._joining and after[1].text[0].isupper()
        return after[0].lower in self._verbs or (pair and self._sounds_like_village(after[1]))

    def _has_verb(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a verb follows right behind a word, of what people do or places need."""
        after = tokens[index + 1 : index + 2]
        return bool(after) and after[0].glued and after[0].lower in self._verbs | self._needs

    def _are_several(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a plural has a verb of several right behind it, as no village has: "Inloophuizen verdienen"."""
        verb = tokens[index + 1].lower if index + 1 < len(tokens) and tokens[index + 1].glued else ""
        several = len(verb) > _SHORT_VERB and self._lexicon.is_infinitive(verb)
        return several and self._lexicon.ends_as_many(tokens[index].lower)

    def _with_article(self, tokens: Sequence[Token], index: int) -> int:
        """Return where "Van" or "De" stands before a place: then it is somebody's or a longer name."""
        least = max(0, index - 20)
        while (
            index > least
            and tokens[index].glued
            and tokens[index - 1].text.istitle()
            and tokens[index - 1].lower in self._between
        ):
            index -= 1
        return index

    def _first_of_street(self, tokens: Sequence[Token], index: int) -> int:
        """Return the first word of the name of a street, given the last: "Burgemeester De Vriesplein"."""
        first, least = index, max(0, index - 20)
        while first > least and tokens[first].glued:
            before = tokens[first - 1]
            if before.text[0].isupper() and not before.opens:
                index = first - 1
            elif before.lower not in self._between:
                break
            first -= 1
        return index

    def _sounds_like_village(self, token: Token) -> bool:
        """Whether a word ends as names of villages do, and is no word, municipality or organisation."""
        known = token.lower in self._lexicon.dictionary or self._lexicon.is_excluded(token.text)
        # "Klimaatakkoord" ends as a village does, "Thomas-huizen" are several houses.
        known = known or token.lower.endswith(self._things) or _SEVERAL.search(token.text) is not None
        return not known and self._village.fullmatch(token.text) is not None

    def _ends_plainly(self, word: str) -> bool:
        """Whether a compound ends in a longer word than the end of a village: "Kindercentrum", not "Zilvermeer"."""
        end = next(end for end in self._village_ends if word.endswith(end))
        return self._lexicon.last_part(word) > len(end)

    def _kind(self, tokens: Sequence[Token], index: int, text: str) -> str:
        token = tokens[index]
        village = token.text in self._lexicon.villages
        if index and tokens[index - 1].lower in self._organisations:
            return "place" if village and tokens[index - 1].lower in self._local else ""
        if token.opens:
            compound = self._lexicon.is_word(token.text) or self._lexicon.ends_in_word(token.text, 7)
            # A compound noun has an article before it; a village does something without one.
            named = (not compound or self._acts(tokens, index)) and not self._are_several(tokens, index)
            sounds = self._sounds_like_village(token) and named and not self._ends_plainly(token.lower)
            listed = village and token.lower not in self._lexicon.dictionary and self._has_verb(tokens, index)
            return "place" if sounds or listed else ""
        ordinary = token.lower in self._lexicon.dictionary
        if self._is_street(token, text):
            return "address"
        located = index > 0 and tokens[index - 1].lower in self._locating
        located = located or (
            index > 1 and tokens[index - 1].lower in self._of and tokens[index - 2].lower in self._dwellers
        )
        unknown = not ordinary and index > 0 and tokens[index - 1].lower in self._sure
        if located and (unknown or self._sounds_like_village(token)):
            return "place"
        if village and (located or not self._lexicon.is_word(token.text) or token.text in self._quarters):
            return "place"
        return "place" if not ordinary and self._quarter.fullmatch(token.text) else ""

    def _is_street(self, token: Token, text: str) -> bool:
        """Whether a word is a street by its end, or by a list and what stands before it."""
        ordinary = token.lower in self._lexicon.dictionary
        street = self._suffix.fullmatch(token.text) is not None
        if street and not ordinary:
            return True
        listed = street or token.lower in self._street_words or (not ordinary and token.text in self._lexicon.streets)
        lead = text[max(0, token.start - _LEAD) : token.start].rstrip().casefold()
        return listed and f" {lead}".endswith(self._street_before)
