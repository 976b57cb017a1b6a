"""What stands behind a word and says that it is somebody's name, or none.

What belongs here: those tests on the words behind a word. What does not: whether the word itself may be a name
(`pipeline.privacy.names`), and the words themselves.
"""

from collections.abc import Sequence

from pipeline.privacy.lexicon import COMMON, SHORTEST, Lexicon
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token

_ROLE = 5
"""So many words at most are between who somebody is and that somebody."""
_ASIDE = 3
"""Of so many words at most is what stands between brackets behind somebody."""


class BehindNames:
    """Knows what follows a name."""

    def __init__(self, words: NameWords, lexicon: Lexicon) -> None:
        self._words, self._lexicon = words, lexicon

    def is_somebody(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether what follows a word that opens a sentence makes it a person."""
        if core + 1 >= len(tokens):
            return False
        following = tokens[core + 1]
        told = self.acts(tokens, core) or tokens[core].speaks or self.has_company(tokens, core)
        if told or self._addressed(tokens, core) or self._aside(tokens, core):
            return True
        if following.glued and following.lower in self._words.from_words:
            # "Roos van de opvang zei", "Mark van tafel 3 wilde", "Zdravko uit Utrecht denkt"
            behind = {token.lower for token in tokens[core + 3 : core + 6]}
            usual = self._lexicon.language.zipf(tokens[core].text) >= COMMON
            return not usual and not behind.isdisjoint(self._words.acts)
        after = self._words.past_interfixes(tokens, core + 1)
        return (
            after is not None
            and following.glued
            and tokens[after].capital
            and not self._lexicon.is_excluded(tokens[after].text)
        )

    def acts(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether a verb of what people do follows."""
        if core + 1 >= len(tokens) or not tokens[core + 1].glued:
            return False
        done = tokens[core + 1].lower in self._words.deeds and tokens[core].lower not in self._words.adverbs
        return done or tokens[core + 1].lower in self._words.acts

    def acts_humanly(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether it is said what a person only does or is: "Hope fietst", "Boy is bang"."""
        after = tokens[core + 1 : core + 3]
        if not after or not after[0].glued:
            return False
        state = len(after) == 2 and after[0].lower in self._words.being and after[1].lower in self._words.states
        return state or after[0].lower in self._words.deeds

    def does(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether any verb follows, in the singular."""
        return core + 1 < len(tokens) and tokens[core + 1].glued and self._lexicon.is_finite(tokens[core + 1].text)

    def has_company(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether somebody or something of a person's is joined to it: "Hope en haar moeder wachten"."""
        after = tokens[core + 1 : core + 4]
        if len(after) < 3 or not all(token.glued for token in after):
            return False
        joined = after[0].lower in self._words.joining and after[1].lower in self._words.own
        return joined and after[2].lower in self._words.belongings

    def is_one(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether it is said that it is somebody, without an article: "Wil is al twintig jaar vrijwilliger"."""
        behind = tokens[core + 1 : core + 2 + _ROLE]
        if not behind or behind[0].lower not in self._words.being or tokens[core].lower in self._words.adverbs:
            return False
        apart = self._words.owning | self._words.surname_articles
        for token in behind:
            if not token.glued or token.lower in apart:
                return False
            if token.lower in self._words.persons:
                return True
        return False

    def _addressed(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether a comma and a question follow, or where somebody is from: "Yordanos, kun jij dit doen?"."""
        after = tokens[core + 1 : core + 3]
        if len(after) < 2 or after[0].glued or after[0].opens:
            return False
        asked = after[0].lower in self._words.asks and after[1].lower in self._words.asked
        return asked or after[0].lower in self._words.origins

    def _aside(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether a verb of what people do follows behind a few words apart: "Ferry (buurtteam) zei"."""
        for at in range(core + 1, min(core + 2 + _ASIDE, len(tokens))):
            apart = tokens[at].start - tokens[at - 1].end == len(", ")
            if at > core + 1 and apart:
                return not tokens[at].opens and tokens[at].lower in self._words.says
            if apart != (at == core + 1):
                return False
        return False

    def is_adverb(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether it is an adverb, and a verb with its subject follows: "Anders krijgt hij niets"."""
        subject = tokens[core + 2 : core + 3]
        return (
            tokens[core].lower in self._words.adverbs
            and bool(subject)
            and subject[0].lower.strip("'’") in self._words.subjects
        )

    def is_from(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is said of where somebody is: "van de dagbesteding"."""
        after = tokens[index + 1 : index + 3]
        return (
            len(after) == 2
            and after[0].lower in self._words.from_words
            and after[1].lower in self._words.surname_articles
        )

    def is_thing(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a noun may stand there, and not what follows several of something: "Pgb's moeten", "Foto's van"."""
        word = tokens[index].lower if index < len(tokens) and tokens[index].glued else ""
        other = self._words.acts | self._words.modals | self._words.says | self._words.interfixes | self._words.joining
        plain = word not in other and word not in self._words.surname_prepositions and word not in self._words.own
        return len(word) > SHORTEST and plain and not self._lexicon.ends_as_many(word)
