"""What has the name of somebody and is nobody: a body, a term, a title.

What belongs here: those tests on words that look like a name. What does not: the words themselves.
"""

from collections.abc import Sequence

from pipeline.privacy.lexicon import Lexicon
from pipeline.privacy.name_forms import NameForms
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token

_LONG_TITLE = 8


class NamedThings:
    """Knows things that are named as persons are."""

    def __init__(self, words: NameWords, lexicon: Lexicon, forms: NameForms) -> None:
        self._words, self._lexicon, self._forms = words, lexicon, forms

    def is_body(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether its last word makes it an organisation's: "Meijers Committee", but not "Postmus-de Raad"."""
        if self._is_term(tokens, index, last):
            return True
        return tokens[last].lower in self._words.ends and not (last > index and self._forms.is_double(tokens[last - 1]))

    def _is_term(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether a word that texts have stands before a thing, both with a capital: "Ambulante Begeleiding"."""
        first, thing = tokens[index], tokens[last]
        listed = first.text in self._lexicon.surnames or first.text in self._lexicon.first_names
        return last == index + 1 and not listed and self._lexicon.is_term(first.text, thing.text, self._words.things)

    def is_named_after(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether a body has its name from somebody: "het Anton de Kom Fonds", with an article before it."""
        articles = self._words.owning | self._words.surname_articles
        inside = last > index and tokens[index].lower in articles
        if not inside and (not index or tokens[index - 1].lower not in articles or not tokens[index].glued):
            return False
        body = tokens[last + 1 : last + 2]
        behind = bool(body) and body[0].glued and body[0].capital and body[0].lower in self._words.named_after
        return behind or (last > index and tokens[last].capital and tokens[last].lower in self._words.named_after)

    def is_in_title(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a title has it, behind a noun and plain words with a capital: "de tekst Meld Het Even"."""
        back, least = index, max(0, index - _LONG_TITLE)
        plain = self._words.is_interfix(tokens[index]) and self._lexicon.is_word(tokens[index + 1].text)
        while back > least and tokens[back].glued and not tokens[back - 1].opens and tokens[back - 1].capital:
            back -= 1
            if not self._lexicon.is_word(tokens[back].text) or self._forms.is_known(tokens[back]):
                return False
            plain = plain or not self._words.is_interfix(tokens[back])
        return plain and back > 0 and tokens[back].glued and tokens[back - 1].lower in self._words.works
