"""Names that are words too, told by the form of what stands around them.

What belongs here: signatures, a name with a role in brackets, surnames that stand first, and whose relative somebody
is. What does not: words that are names by a list or by their rarity (`pipeline.privacy.listed_names`,
`.strange_names`), and the words themselves.
"""

from collections.abc import Sequence

from pipeline.privacy.lexicon import COMMON, Lexicon, capitalized
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token, is_initials

_SIGNED = 8
"""A signature has no more words: "(Toon, vrijwilliger, Delft)"."""


class ToldNames:
    """Knows names by the form of what is around them."""

    def __init__(self, words: NameWords, lexicon: Lexicon) -> None:
        self._words, self._lexicon = words, lexicon
        self._placing = words.placing | words.from_words | words.surname_prepositions

    def is_told(self, tokens: Sequence[Token], index: int, core: int, text: str) -> bool:
        """Whether the words at `index`, with `core` past `van der`, open a sentence and are told to be a name."""
        head = tokens[core]
        if not tokens[index].opens or not head.capital or self._is_role(head):
            return False
        return (
            self._has_role_aside(tokens, core, text)
            or (core == index == 0 and self._signs(tokens, core, text))
            or (core == index and self._has_relative(tokens, core))
        )

    def before_comma(self, tokens: Sequence[Token], index: int, text: str) -> int | None:
        """Return where a surname starts that stands first, before a comma and a name: "DE JONG, Puck", "Dam, W."."""
        back = index - 1
        if back < 0 or text[tokens[back].end : tokens[index].start] != ", ":
            return None
        head, first = tokens[back], back
        while first and tokens[first].glued and self._words.is_interfix(tokens[first - 1]):
            first -= 1
        written = head.shouted or first < back or is_initials(tokens[index]) or self._signs(tokens, index, text)
        listed = self._is_surname(head) and not self._is_role(head)
        return tokens[first].start if written and listed and tokens[first].opens else None

    def is_before_comma(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether a surname that stands first starts at a word, before a comma and a name."""
        core = self._words.past_interfixes(tokens, index)
        if core is None or core + 1 >= len(tokens):
            return False
        return self.before_comma(tokens, core + 1, text) == tokens[index].start

    def _has_role_aside(self, tokens: Sequence[Token], core: int, text: str) -> bool:
        """Whether a surname has a role, and nothing else, in brackets behind it: "Steen (budgetcoach)"."""
        after = tokens[core + 1 : core + 2]
        if not after or text[tokens[core].end : after[0].start] != " (" or text[after[0].end : after[0].end + 1] != ")":
            return False
        return self._is_role(after[0]) and self._may_be_a_name(tokens[core])

    def _signs(self, tokens: Sequence[Token], core: int, text: str) -> bool:
        """Whether a name, a role and at most a place are all of a text: "(Toon, vrijwilliger, Delft)"."""
        after = tokens[core + 1 : core + 3]
        if len(tokens) > _SIGNED or not after or text[tokens[core].end : after[0].start] != ", ":
            return False
        gap = text[after[0].end : after[1].start] if len(after) > 1 else ""
        placed = not gap or (gap == ", " and after[1].capital) or (gap == " " and after[1].lower in self._placing)
        return placed and self._is_role(after[0]) and self._may_be_a_name(tokens[core])

    def _has_relative(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether it is a first name with the s of whose relative somebody is: "Bo's vriendin", "Lentes neef"."""
        word, after = tokens[core].text, tokens[core + 1 : core + 3]
        apart = bool(after) and after[0].start == tokens[core].end and after[0].lower in self._words.whose
        name = word if apart else self._lexicon.endings.owner(word)
        relative = after[1:] if apart else after[:1]
        if not relative or not relative[0].glued or (not apart and name == word):
            return False
        if not apart and self._lexicon.language.zipf(word) >= COMMON:
            return False  # "Als moeder"
        return name in self._lexicon.first_names and relative[0].lower in self._words.relatives

    def _is_role(self, token: Token) -> bool:
        return token.lower in self._words.persons or token.lower.endswith(self._words.role_ends)

    def _is_surname(self, token: Token) -> bool:
        return capitalized(token.lower) in self._lexicon.surnames

    def _may_be_a_name(self, token: Token) -> bool:
        strange = not self._lexicon.is_word(token.text) and not self._lexicon.is_excluded(token.text)
        return strange or self._is_surname(token) or token.text in self._lexicon.first_names
