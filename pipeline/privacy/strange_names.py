"""Words with a capital in no list, which are names when they are hardly ever seen.

What belongs here: telling such a name from a new word, by its rarity and its neighbours. What does not: names of lists
(`pipeline.privacy.listed_names`), and houses and places made of ordinary words (`pipeline.privacy.unlisted`).
"""

import re
from collections.abc import Sequence

from pipeline.privacy.behind_names import BehindNames
from pipeline.privacy.lexicon import COMMON, UNSEEN, Lexicon
from pipeline.privacy.name_forms import RARE, UNUSUAL, NameForms
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.small_names import SmallNames
from pipeline.privacy.tokens import Token

# Inside a sentence a capital says more: of the words that are seen more than this, lists hold nearly all but names.
_UNLISTED = 3.9
_FOREIGN = re.compile(r"[^\W\d_a-zà-ÿ]")
"""A letter that no Dutch word has."""


class StrangeNames:
    """Knows names that no list has."""

    def __init__(
        self, words: NameWords, lexicon: Lexicon, behind: BehindNames, small: SmallNames, forms: NameForms
    ) -> None:
        self._words, self._lexicon = words, lexicon
        self._behind, self._small, self._forms = behind, small, forms

    def is_unknown(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether a word in no list is a name by its rarity, its capital and its neighbours."""
        head = tokens[core]
        other = (
            self._forms.is_of_organisation(tokens, index)
            or self._adjective(tokens, core)
            or self._forms.is_brand(tokens, index)
        )
        if other:
            return False
        if core == index and self._strange_pair(tokens, core):
            return True
        if core == index > 0 and tokens[index - 1].lower in self._words.attributing:
            return self._forms.is_strange(head, UNUSUAL)  # "Volgens Kowalska"
        if core == index and (head.told or not head.opens):
            return self._forms.is_strange(head, _UNLISTED) and not self._lexicon.is_long_compound(head.text)
        return self._forms.is_strange(head, RARE) and self._begins(tokens, index, core)

    def _begins(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether a word that is hardly ever seen is a name at the start of a sentence, or behind "Van der"."""
        if core == index:
            return self._newcomer(tokens, core)
        capital = tokens[index].text[0].isupper() or tokens[index].text[0] in "'’"
        return capital and (not tokens[index].opens or core - index > 1 or self._newcomer(tokens, core))

    def _adjective(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether a word is an adjective of a place by its end, and a thing follows it."""
        after = tokens[core + 1 : core + 2]
        thing = bool(after) and after[0].glued and self._lexicon.is_word(after[0].text.rpartition("-")[2])
        return (
            thing
            and after[0].text[-1].islower()
            and tokens[core].lower.endswith(self._words.adjective_ends)
            and (after[0].lower not in self._words.acts and after[0].lower not in self._words.modals)
        )

    def _newcomer(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether an unknown word that opens a sentence is a person: it does something or has somebody with it."""
        after = tokens[core + 1 : core + 2]
        owner = tokens[core].lower.endswith(self._lexicon.endings.whose)
        if owner and after and after[0].glued and after[0].lower in self._words.belongings:
            return self._forms.is_strange(tokens[core], UNSEEN)  # "Özlems kamer"
        if self._lexicon.ends_in_word(tokens[core].text) or self._lexicon.is_seen_compound(tokens[core].text):
            return False
        following = [token.lower for token in tokens[core + 1 : core + 3]]
        if _FOREIGN.search(tokens[core].lower):
            return True
        if len(following) == 2 and self._goes_with(tokens[core + 1], tokens[core + 2]):
            return False
        company = len(following) == 2 and following[0] in self._words.joining and following[1] in self._words.own
        bound = bool(following) and (following[0] in self._words.modals or self._behind.does(tokens, core))
        bound = bound and self._forms.is_strange(tokens[core], UNSEEN)
        return company or bound or tokens[core].speaks or self._behind.is_somebody(tokens, core)

    def _goes_with(self, joining: Token, other: Token) -> bool:
        """Whether a plain noun is joined to a word, which then is a thing as well: "Vapes en lachgas"."""
        if joining.lower not in self._words.joining or not other.text.islower() or not other.glued:
            return False
        somebody = other.lower in self._words.own | self._words.persons | self._words.courtesy | self._words.belongings
        verb = other.lower in self._words.acts | self._words.says | self._words.modals
        seen = self._lexicon.language.zipf(other.text)
        plain = seen < COMMON and (seen >= UNSEEN or self._lexicon.is_word(other.text))
        return plain and not (somebody or verb or other.lower in self._small.first_names)

    def _strange_pair(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether two unusual words with a capital stand together, one of them hardly ever seen."""
        pair = tokens[core : core + 2]
        if len(pair) < 2 or not pair[1].glued or not all(self._forms.is_strange(token, UNUSUAL) for token in pair):
            return False
        if any(self._lexicon.ends_in_word(token.text) for token in pair):
            return False  # a compound: a fund or a board
        return min(self._lexicon.language.zipf(token.text) for token in pair) < 2
