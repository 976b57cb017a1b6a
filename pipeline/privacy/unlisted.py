"""Words with a capital that nothing vouches for: inside a sentence the gate lets through what it knows.

What belongs here: names of places and houses that are made of ordinary words ("De Wilgenborg", "Tichelkamp 7"), told
from bodies, laws and plans by the lists, by their last part and by the noun before them. What does not: words that are
in no dictionary, which are names of persons sooner, and the words themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.privacy.foreign import ForeignWords
from pipeline.privacy.lexicon import Lexicon
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.patterns import alternatives, fill, name_groups
from pipeline.privacy.tokens import Token, tokenize

Spans = Iterator[tuple[int, int, str]]
_COMMON = 5.01
"""A word that is seen more than this (Zipf) is more often that word than a surname."""
_UNUSUAL = 3.4
"""A word that is seen more than this opens a sentence as that word, though no dictionary has it."""
_FAR = 6
"""So many words before or behind a word belong to one name at most."""


class UnlistedFinder:
    """Finds names that nothing vouches for in one text after another."""

    def __init__(
        self,
        data: Mapping[str, Any],
        words: NameWords,
        places: Mapping[str, Any],
        lexicon: Lexicon,
        foreign: ForeignWords,
    ) -> None:
        unlisted: Mapping[str, Sequence[str]] = data["unlisted"]
        groups = {key: alternatives(unlisted[key]) for key in ("sheltering", "shelters", "shelters_sure")}
        groups["house"] = name_groups(data["words"], data["expressions"])["house"]
        groups["organisation"] = alternatives(sorted(words.organisations))
        behind = {name: fill(pattern, groups) for name, pattern in data["unlisted_behind"].items()}
        self._words, self._lexicon, self._foreign = words, lexicon, foreign
        self._articles = frozenset(unlisted["articles"])
        self._dwellers, self._of = frozenset(places["dwellers"]), frozenset(places["of"])
        self._prefixes = frozenset(places["village_prefixes"]) - {article.capitalize() for article in self._articles}
        self._linking = frozenset(unlisted["linking"])
        self._locating = frozenset(unlisted["locating"])
        self._places = frozenset(data["words"]["place_noun"]) | frozenset(data["words"]["shelter_noun"])
        self._indefinite = frozenset(unlisted["indefinite"])
        self._small_articles = frozenset(unlisted["small_articles"])
        self._titles = frozenset(unlisted["titles"])
        self._title_ends = tuple(title for title in unlisted["titles"] if len(title) > 3)
        self._numbered = frozenset(unlisted["numbered"])
        self._village_ends = tuple(sorted(places["village_ends"]))
        self._number, self._shelter = behind["number"], behind["shelter"]
        self._sure, self._project = behind["sure"], behind["project"]

    def find(self, text: str) -> Spans:
        """Yield start, end and kind of each name."""
        tokens = tokenize(text)
        fixed = self._foreign.and_those_of(text, self._words.held(text))
        for index, token in enumerate(tokens):
            if not token.text[0].isupper() or token.text.isupper() or token.start in fixed:
                continue
            number = self._number.match(text, token.end)
            if number and self._is_numbered(tokens, index):
                yield tokens[self._first(tokens, index)].start, number.end(), "address"
            elif token.opens and (last := self._shelter_from(tokens, index, text)):
                yield token.start, tokens[last].end, "shelter"
            elif not token.opens and not self._vouched(tokens, index) and (kind := self._kind(tokens, index, text)):
                first = self._adjective_before(tokens, index)
                first -= self._has_article(tokens, first)
                yield tokens[first].start, tokens[self._last(tokens, index)].end, kind

    def _shelter_from(self, tokens: Sequence[Token], index: int, text: str) -> int:
        """Return the last word of a name without an article that opens a sentence, when it is said to be a shelter."""
        last = self._last(tokens, index)
        single = last == index and not self._is_compound(tokens[index])
        named = not single and tokens[index].lower not in self._articles and not self._known(tokens[last])
        return last if named and self._sure.match(text, tokens[last].end) else 0

    def _kind(self, tokens: Sequence[Token], index: int, text: str) -> str:
        """Return what a word inside a sentence names, or nothing when it is a word that may have a capital."""
        if self._project.match(text, tokens[index].end) or self._is_one_of_many(tokens, index):
            return ""
        if tokens[index].text in self._prefixes:
            return "place" if self._is_located(tokens, index) and self._last(tokens, index) > index else ""
        article = self._has_article(tokens, index)
        if article and tokens[index - 1].opens:
            if self._shelter.match(text, tokens[self._last(tokens, index)].end):
                return "shelter"
            return "place" if self._is_compound(tokens[index]) else ""
        bare = self._is_located(tokens, index) or self._adjective_before(tokens, index) < index
        if self._is_surname(tokens, index):
            return "name"
        return "place" if article or bare or self._is_compound(tokens[index]) else ""

    def _is_surname(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word that is also a surname stands without an article, and is not too common a word."""
        word = tokens[index].text
        bare = not index or tokens[index - 1].text not in self._small_articles
        return bare and word in self._lexicon.surnames and self._lexicon.language.zipf(word) < _COMMON

    def _is_one_of_many(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether the article of a common noun stands before a word: "een Volkswagenbusje"."""
        return index > 0 and tokens[index - 1].lower in self._indefinite

    def _is_located(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a preposition of places stands before a word, with an article in small letters or without one."""
        back = index
        while back and back > index - 2 and tokens[back].glued:
            back -= 1
            if tokens[back].lower in self._locating or self._is_theirs(tokens, back):
                return True
            if tokens[back].text not in self._small_articles:
                return False
        return False

    def _is_theirs(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is said who lives somewhere: "de bewoners van"."""
        return index > 0 and tokens[index].lower in self._of and tokens[index - 1].lower in self._dwellers

    def _is_compound(self, token: Token) -> bool:
        """Whether a word is made of others and is in no dictionary itself."""
        whole = token.lower in self._lexicon.dictionary
        return token.capital and not whole and "-" not in token.text and self._lexicon.ends_in_word(token.text, 3)

    def _is_numbered(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word before a number is a street or a house: at the start of a sentence only if it is no word."""
        token = tokens[index]
        counts = token.lower in self._numbered or not token.capital or self._known(token)
        rare = self._lexicon.language.zipf(token.text) < _UNUSUAL  # "Slechts 3 gemeenten"
        inside = token.told or not token.opens or (rare and self._is_compound(token))
        return inside and not counts and not self._titled(tokens, index)

    def _has_article(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether an article with a capital stands before a word, as a part of its name; "'t" has none."""
        if not index or not tokens[index].glued:
            return False
        before = tokens[index - 1]
        return before.lower in self._articles and (before.text[0].isupper() or before.text[0] in "'’")

    def _vouched(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a list, its last part, what it is joined to or the noun before it makes a word something else."""
        if self._has_article(tokens, index) and not tokens[index - 1].opens:
            return self._known(tokens[self._last(tokens, index)])  # "Het Rode Dorp": its last word says what it is
        return self._known(tokens[index]) or self._titled(tokens, index) or self._joined(tokens, index)

    def _known(self, token: Token) -> bool:
        return (
            self._lexicon.is_excluded(token.text)
            or token.lower in self._words.organisations
            or token.lower in self._titles
            or token.lower in self._words.brands
            or token.lower.endswith(self._words.things)
            or self._is_kind(token.lower)
        )

    def _is_kind(self, word: str) -> bool:
        """Whether a word is made of one that says of what kind it is and a plain word: "Buurtrestaurant".

        A plain word that names of houses and villages end in is none: "Buurtzicht".
        """
        kind = self._lexicon.is_made_of(word, self._words.kinds, self._words.homely)
        return kind and not word.endswith(self._village_ends)

    def _titled(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a noun stands before it that carries a title: "het project Samen aan Tafel"."""
        for back in range(index - 1, max(-1, index - _FAR), -1):
            before = tokens[back]
            if before.lower in self._places:
                return False
            if not tokens[back + 1].glued and tokens[back + 1].start - before.end > 2:
                return False
            if before.lower in self._titles or before.lower in self._words.organisations:
                return True
            if before.lower.endswith(self._title_ends):
                return True
            if not before.text[0].isupper() and before.lower not in self._linking:
                return False
        return False

    def _joined(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word that is known is a part of the same name: "Raad voor Rechtsbijstand"."""
        return any(self._reaches(tokens, index, step) for step in (-1, 1))

    def _reaches(self, tokens: Sequence[Token], index: int, step: int) -> bool:
        for other in range(index + step, index + step * _FAR, step):
            if not 0 <= other < len(tokens) or not tokens[max(other, other - step)].glued:
                return False
            token = tokens[other]
            if token.text[0].isupper() and token.lower not in self._articles:
                if self._known(token) and not token.opens:
                    return True
            elif token.lower not in self._linking or token.text[0].isupper():
                return False
        return False

    def _first(self, tokens: Sequence[Token], index: int) -> int:
        """Return the first word with a capital of the name of a street, given the last: "Achter de Kerk"."""
        first = index
        for back in range(index - 1, max(-1, index - _FAR), -1):
            if not tokens[back + 1].glued or (tokens[back].opens and not tokens[back].told):
                break
            if tokens[back].text[0].isupper() or tokens[back].text[0] in "'’":
                first = back
            elif tokens[back].lower not in self._words.interfixes:
                break
        return first

    def _adjective_before(self, tokens: Sequence[Token], index: int) -> int:
        """Return where "Lage" or "Oud" stands before a name, or the name when none does."""
        if not index or not tokens[index].glued or tokens[index - 1].opens:
            return index
        return index - (tokens[index - 1].text in self._prefixes)

    def _last(self, tokens: Sequence[Token], index: int) -> int:
        """Return the last word with a capital of a name, given one that is in it."""
        last = index
        for ahead in range(index + 1, min(len(tokens), index + _FAR)):
            if not tokens[ahead].glued or tokens[ahead].opens:
                break
            if tokens[ahead].text[0].isupper():
                last = ahead
            elif tokens[ahead].lower not in self._words.interfixes:
                break
        return last
