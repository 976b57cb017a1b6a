"""How far a name goes, given one word that is in it.

What belongs here: titles and first names before that word, surnames behind it, and names that are joined to it. What
does not: whether the word is a name.
"""

from collections.abc import Iterator, Sequence

from pipeline.privacy.lexicon import Lexicon
from pipeline.privacy.name_forms import NameForms, shortened
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token, is_initials
from pipeline.privacy.told_names import ToldNames


class NameReach:
    """Knows where a name starts and ends."""

    def __init__(self, words: NameWords, lexicon: Lexicon, told: ToldNames, forms: NameForms) -> None:
        self._words, self._lexicon, self._told, self._forms = words, lexicon, told, forms

    def is_joined(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word with a capital follows a name and a word that joins, as in "Joy en Gift"."""
        pair = tokens[index : index + 2]
        if len(pair) < 2 or pair[0].lower not in self._words.joining or not (pair[0].glued and pair[1].glued):
            return False
        return pair[1].capital and not self._words.is_interfix(pair[1]) and not self._lexicon.is_excluded(pair[1].text)

    def is_listed(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether a name stands behind a name and a comma, as in "Aanwezig: Rietveld, Sietsma"."""
        return self._after_comma(tokens, index, text) and (
            self._forms.is_known(tokens[index]) or self._is_amid_names(tokens, index)
        )

    def _is_amid_names(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is a surname, whatever else, with a word that joins and a name behind: "Brugge en Okafor"."""
        after = tokens[index + 1 : index + 3]
        joined = len(after) == 2 and after[0].lower in self._words.joining and self._forms.is_nothing_else(after[1])
        return joined and tokens[index].capital and tokens[index].text in self._lexicon.surnames

    def _after_comma(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        return 0 < index < len(tokens) and text[tokens[index - 1].end : tokens[index].start] == ", "

    def companion(self, tokens: Sequence[Token], index: int, text: str) -> Iterator[tuple[int, int]]:
        """Yield the first name right before a name, or joined to it, that alone could be another word: "Mei Ling"."""
        first = self._told.before_comma(tokens, index, text)
        if first is not None:
            yield first, tokens[index - 1].end
            return
        back = index - 1
        joined = back > 0 and tokens[back].lower in self._words.joining
        back -= joined
        listed = back >= 0 and self._after_comma(tokens, index, text)
        if listed and (self._forms.is_known(tokens[back]) or self._forms.may_be_a_name(tokens[back])):
            yield tokens[back].start, tokens[back].end
        if back < 0 or not all(token.glued for token in tokens[back + 1 : index + 1]):
            return
        before = tokens[back]
        listed = before.text in self._lexicon.first_names or (joined and self._forms.may_be_a_name(before))
        unknown = not self._lexicon.is_word(before.text) and not self._lexicon.is_excluded(before.text)
        if before.capital and len(before.text) > 2 and (listed or unknown):
            yield before.start, before.end

    def start(self, tokens: Sequence[Token], index: int) -> int:
        """Return where the academic titles or the "Rooie" before a name start, or the name when it has none."""
        while index and tokens[index].glued and self._belongs_before(tokens[index - 1]):
            index -= 1
        return tokens[index].start

    def _belongs_before(self, token: Token) -> bool:
        nick = token.capital and token.lower in self._words.nick
        return nick or token.lower.rstrip(".") in self._words.academic

    def last(self, tokens: Sequence[Token], core: int) -> int:
        """Return the last token of the name, given one that is in it."""
        last = core
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].glued
            and not (tokens[last].dotted and len(tokens[last].text) > 4)
        ):
            following = last + 1
            core = self._core_behind(tokens, following)
            # Behind initials, or half a double surname, whatever follows is a part of the name.
            initials = is_initials(tokens[last]) or shortened(tokens[last])
            bound = initials or self._forms.is_double(tokens[last])
            if not core or core >= len(tokens) or (tokens[core].opens and not initials):
                break
            nominal = (
                tokens[core].capital
                or self._forms.is_double(tokens[core])
                or is_initials(tokens[core])
                or (tokens[core].shouted and tokens[last].shouted)
            )
            if not nominal or (core == following and self._lexicon.is_excluded(tokens[core].text) and not bound):
                break
            if (
                core > following
                and not bound
                and self._lexicon.is_excluded(tokens[core].text)
                and tokens[following].lower in self._words.surname_prepositions
            ):
                break
            last = core
        return last

    def _core_behind(self, tokens: Sequence[Token], following: int) -> int:
        """Return where a surname is that starts at a word, past "van der" or "in 't"; 0 when there is none."""
        after = tokens[following + 1 : following + 2]
        if after and after[0].glued and after[0].capital and tokens[following].lower in self._words.surname_joins:
            return following + 1
        if after and after[0].glued and tokens[following].lower in self._words.surname_prepositions:
            bound = after[0].lower in self._words.surname_articles
            return (self._words.past_interfixes(tokens, following + 1) or 0) if bound else 0
        return (
            (self._words.past_interfixes(tokens, following) or 0)
            if self._words.is_interfix(tokens[following])
            else following
        )
