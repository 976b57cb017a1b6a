"""What stands before a word and says that it is somebody's name: a title, a role, "genaamd", "de moeder van".

What belongs here: those tests on the words before a word. What does not: what stands behind it
(`pipeline.privacy.behind_names`), and the words themselves.
"""

from collections.abc import Sequence

from pipeline.privacy.lexicon import LONG, Lexicon
from pipeline.privacy.name_forms import LEAD, NameForms, ends_in, titled
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.small_names import SmallNames
from pipeline.privacy.tokens import Token, is_initials

# What is seen more than this is hardly ever a surname without a word before it.
_EVERYWHERE = 5.8


class BeforeNames:
    """Knows what is before a name."""

    def __init__(self, words: NameWords, lexicon: Lexicon, small: SmallNames, forms: NameForms) -> None:
        self._words, self._lexicon, self._small, self._forms = words, lexicon, small, forms

    def is_owner(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether it is said whose something is, of the things that are a person's: "de schoonzus van"."""
        start = tokens[index].start
        return (
            ends_in(text[max(0, start - LEAD) : start].rstrip().casefold(), self._words.of)
            and tokens[index].capital
            and not self._lexicon.is_excluded(tokens[index].text)
            and not self._lexicon.is_word(tokens[index].text)
        )

    def kind(self, tokens: Sequence[Token], index: int, text: str) -> str:
        """Return `title`, `role`, `naming` or nothing, by what stands before a token."""
        back = index - 1
        while (
            back >= 0
            and tokens[back].lower.rstrip(".") in self._words.academic
            and tokens[index].start - tokens[back].end < 6
            and not self._ends(tokens[back])
        ):
            back -= 1
        if back < index - 1 and (back < 0 or tokens[back].lower not in self._words.courtesy):
            return "title" if tokens[index].capital else ""
        if back < 0:
            return ""
        gap = text[tokens[back].end : tokens[index].start] if back == index - 1 else " "
        word = tokens[back].lower
        if word in self._words.courtesy and gap.strip() in {"", "."} and not self._ends(tokens[back]):
            return "title"
        if (word in self._words.persons or word.endswith(self._words.role_ends)) and gap.strip() in {"", ",", "("}:
            return "role"
        start = tokens[index].start
        lead = text[max(0, start - LEAD) : start].rstrip(" \"'“‘").casefold()
        return "naming" if ends_in(lead, self._words.naming) else ""

    def _ends(self, title: Token) -> bool:
        """Whether a full stop behind a title ends a sentence, since it is written in full: "in het gezin. Kinderen"."""
        return title.dotted and len(title.text) >= LONG and title.lower in self._lexicon.dictionary

    def is_name(self, tokens: Sequence[Token], index: int, core: int, before: str) -> bool:
        """Whether the words at `index`, with `core` past `van der`, are a name, given what stands before them."""
        head = tokens[core]
        excluded = self._lexicon.is_excluded(head.text)
        known = self._lexicon.is_first_name(head.text.title()) or self._lexicon.is_surname(head.text.title())
        if before == "role" and core == index and self._lexicon.language.zipf(head.text) > _EVERYWHERE:
            known = False  # the next cell of a table: "Inwoner Meer licht"
        if not head.text[0].isupper():
            named = before == "title" and self._small.after_title(tokens, index, core)
            return named or self._small.after_cue(head.text, before, known)
        if self._forms.is_mixed(head):
            return False
        if core > index and (before == "title" or tokens[index].text[0].isupper()):
            return True
        if excluded:
            # "Mevrouw Tilburg": a city after a courtesy title is a surname.
            return before == "title" and titled(head) in self._lexicon.surnames
        # A role or "genaamd" may stand before other things with a capital; a courtesy title stands before a name.
        if before == "title" or (known and not (core > index and self._lexicon.is_word(head.text))):
            return True
        ordinary = self._lexicon.is_word(head.text) or self._lexicon.is_long_compound(head.text)
        return core == index and not head.shouted and (is_initials(head) or not ordinary)
