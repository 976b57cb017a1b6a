"""Names of persons in small letters, where no capital tells them from words.

What belongs here: when a word in small letters is a first name or a surname, and how far such a name goes. What does
not: words with a capital (`pipeline.privacy.names`), and the words themselves.
"""

from collections.abc import Sequence

from pipeline.privacy.behind_names import BehindNames
from pipeline.privacy.lexicon import COMMON, LONG, SHORTEST, UNSEEN, Lexicon, capitalized
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import INITIALS, Token, is_initials

_USUAL = 5.6
"""What is seen more than this (Zipf) is no name behind a title in small letters: "mw niet"."""
_NEVER = 1.5
"""What is seen less than this (Zipf) is in no newspaper."""


class SmallNames:
    """Knows names in small letters.

    Attributes:
        first_names: All first names, in small letters.
    """

    def __init__(self, words: NameWords, lexicon: Lexicon, behind: BehindNames) -> None:
        self._words, self._lexicon, self._behind = words, lexicon, behind
        self.first_names = frozenset(name.lower() for name in lexicon.first_names)

    def is_name(self, word: str) -> bool:
        """Whether a word in small letters is a first name and nothing else."""
        if word in self._words.small_names:
            return True
        if len(word) > 4 and self._is_surname(word):
            return True
        first, *others = word.split("-")
        if others and first in self.first_names and not any(map(self._lexicon.is_word, (first, *others))):
            return True
        if len(word) < 4 or not all(part in self.first_names for part in word.split("-")):
            return False
        ordinary = word in self._words.small_words or self._lexicon.is_word(word) or self._lexicon.is_excluded(word)
        return not ordinary and self._lexicon.language.zipf(word) < COMMON

    def _is_surname(self, word: str) -> bool:
        """Whether a word in small letters is a surname and nothing else."""
        if word.title() not in self._lexicon.surnames or word in self._words.small_words:
            return False
        other = self._lexicon.is_excluded(word) or self._lexicon.is_word(word) or self._lexicon.ends_in_word(word, 4)
        return not other and self._lexicon.language.zipf(word) < UNSEEN

    def after_cue(self, word: str, before: str, known: bool) -> bool:
        """Whether a word in small letters is a name, given what stands before it."""
        if INITIALS.fullmatch(word):
            return before == "title"
        unheard = word not in self._lexicon.dictionary and self._lexicon.language.zipf(word) < _NEVER
        if before == "title" and unheard and len(word) > LONG:
            return not self._lexicon.is_excluded(word)  # "hr. kuipersveld", though it is made of two words
        if before == "title" and known and self._may_be_called(word):
            return True
        if self._lexicon.is_excluded(word) or self._lexicon.is_word(word) or self._lexicon.ends_in_word(word):
            return False
        return known if before == "title" else before == "naming" and self._lexicon.language.zipf(word) < UNSEEN

    def after_title(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether a surname that is a word is behind a short title, or behind "van": "mw hoop", "mevrouw van beek"."""
        word, words = tokens[core].lower, self._words
        seen = self._lexicon.language.zipf(word)
        used = word in words.acts | words.modals | words.says | words.small_words | words.roles
        if used or len(word) < SHORTEST or capitalized(word) not in self._lexicon.surnames or seen > _USUAL:
            return False
        if core > index:
            return core == index + 1 and self._lexicon.dictionary.get(word, word) == word and seen < COMMON
        if tokens[index - 1].lower in words.courtesy_short and not word.endswith(self._lexicon.endings.third):
            return True
        # "mevrouw groot wacht": no noun can be meant between a title and a verb.
        plain = word in words.describing or word in words.naming_nouns
        return tokens[index - 1].lower in words.courtesy_personal and plain and self._behind.does(tokens, core)

    def described(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether a surname that says how somebody is, or a trade, says something: "volgens lang van het wijkteam"."""
        words = self._words
        before = tokens[index - 1] if index else None
        if before is None or not (before.lower in words.attributing or before.lower in words.roles):
            return False
        word = tokens[core].lower
        bare = core == index and (word in words.describing or word in words.naming_nouns)
        if not tokens[index].glued or not (bare or (core == index + 1 and word in words.describing)):
            return False
        told = before.lower in words.attributing and self._behind.is_from(tokens, core)
        return told or (bare and before.opens and before.lower in words.roles and self._behind.acts(tokens, core))

    def _may_be_called(self, word: str) -> bool:
        """Whether a word in small letters that is a surname too stands behind a title as one: "meneer bakker"."""
        noun = self._lexicon.dictionary.get(word, word) == word and word not in self._words.small_words
        used = word in self._words.roles or word in self._words.acts | self._words.modals | self._words.says
        return noun and len(word) > SHORTEST and not used and self._lexicon.language.zipf(word) < COMMON

    def speaks(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a first name in small letters that is a word too says something: "zei roos van de opvang"."""
        said = index > 0 and tokens[index - 1].lower in self._words.says & self._words.acts
        first = tokens[index].lower in self.first_names and self._lexicon.language.zipf(tokens[index].text) < COMMON
        return said and first and self._behind.is_from(tokens, index)

    def initial(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is an initial in small letters with a surname behind it, that is no word: "p. kowalczyk"."""
        letter = tokens[index].text.removesuffix(".")
        if len(letter) > 1 or not (tokens[index].dotted or letter != tokens[index].text):
            return False
        core = self._words.past_interfixes(tokens, index + 1) if index + 1 < len(tokens) else None
        if core is None:
            return False
        word = tokens[core].text
        ordinary = self._lexicon.is_word(word) or self._lexicon.is_excluded(word) or self._lexicon.ends_in_word(word)
        return tokens[core].glued and len(word) > 3 and word.islower() and not ordinary

    def end(self, tokens: Sequence[Token], core: int) -> int:
        """Return the last token of a name in small letters, given its first name: a surname may follow."""
        core = self._second(tokens, core)
        last = self._words.past_interfixes(tokens, core + 1) if core + 1 < len(tokens) else None
        if last is None or not tokens[core + 1].glued:
            return core
        if last == core + 1 and self._unheard(tokens[last].text):
            return last
        if not self._lexicon.is_surname(tokens[last].text.title()):
            return last if self.initial(tokens, core) else core
        # "van het wijkteam" tells where somebody works, "de bruin" is a surname.
        between = " ".join(token.lower for token in tokens[core + 1 : last])
        sure = is_initials(tokens[core]) or bool(between and between not in self._words.placing)
        return last if sure or not self._lexicon.is_word(tokens[last].text) else core

    def _second(self, tokens: Sequence[Token], core: int) -> int:
        """Return the last first name in small letters of those that follow one: "klaas jan"."""
        after = tokens[core + 1 : core + 3]
        if len(after) < 2 or not all(token.glued and token.text.islower() for token in after):
            return core
        second = after[0].lower in self.first_names and len(after[0].text) > 2
        strange = second and not self._lexicon.language.zipf(after[1].text) > UNSEEN
        return core + 1 if strange and tokens[core].text.islower() else core

    def _unheard(self, word: str) -> bool:
        """Whether a word in small letters behind a first name is in no list and hardly ever seen: a surname."""
        seen = word in self._lexicon.dictionary or self._lexicon.is_excluded(word)
        return word.islower() and len(word) > 4 and not seen and self._lexicon.language.zipf(word) < UNSEEN
