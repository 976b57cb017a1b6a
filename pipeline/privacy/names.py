"""Names of persons.

What belongs here: the order of evidence for a name (a title before it, a first name, initials, a surname, an unknown
word with a capital). What does not: each kind of evidence, which has a module of its own, and the words themselves.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.privacy.before_names import BeforeNames
from pipeline.privacy.behind_names import BehindNames
from pipeline.privacy.foreign import ForeignWords
from pipeline.privacy.initials import Initials
from pipeline.privacy.lexicon import COMMON, Lexicon
from pipeline.privacy.listed_names import ListedNames
from pipeline.privacy.name_forms import NameForms
from pipeline.privacy.name_reach import NameReach
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.named_things import NamedThings
from pipeline.privacy.small_names import SmallNames
from pipeline.privacy.strange_names import StrangeNames
from pipeline.privacy.tokens import INITIALS, Token, tokenize
from pipeline.privacy.told_names import ToldNames

_ABBREVIATED = re.compile(r"\.\s[a-z\d]")
"""What stands behind an abbreviation ("Max. vier", "Art. 8"): no sentence begins so."""


class NameFinder:
    """Finds names of persons in one text after another."""

    def __init__(self, words: NameWords, lexicon: Lexicon, foreign: ForeignWords) -> None:
        self._words, self._lexicon, self._foreign = words, lexicon, foreign
        self._forms = forms = NameForms(words, lexicon)
        self._behind = behind = BehindNames(words, lexicon)
        self._small = small = SmallNames(words, lexicon, behind)
        self._told = told = ToldNames(words, lexicon)
        self._before = BeforeNames(words, lexicon, small, forms)
        self._initials = Initials(words, lexicon, behind, forms)
        self._listed = ListedNames(words, lexicon, behind, forms)
        self._strange = StrangeNames(words, lexicon, behind, small, forms)
        self._reach = NameReach(words, lexicon, told, forms)
        self._things = NamedThings(words, lexicon, forms)
        self.counted = self._initials.counted
        self._plain = lru_cache(maxsize=50_000)(self._is_plain)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each name, without what stands before it (`mevrouw`)."""
        tokens = tokenize(text)
        fixed = self._foreign.and_those_of(text, self._words.held(text))
        index = 0
        while index < len(tokens):
            token = tokens[index]
            titled = index > 0 and tokens[index - 1].lower in self._words.courtesy
            plain = self._plain(token.text) and not (titled or self._small.described(tokens, index, index))
            if token.start in fixed or plain:
                index += 1
                continue
            last = self._name_from(tokens, index, text)
            if last is not None and last > index and self._runs_into(tokens, index, fixed):
                index += 1
                continue
            if last is not None and (
                self._things.is_named_after(tokens, index, last) or self._things.is_in_title(tokens, index)
            ):
                index = last + 1
                continue
            abbreviated = last == index and _ABBREVIATED.match(text, token.end) and len(token.text) > 2
            if last is None or abbreviated or self._things.is_body(tokens, index, last):
                index += 1
                continue
            end = tokens[last].end
            yield from self._reach.companion(tokens, index, text)
            yield self._reach.start(tokens, index), end + (text[end : end + 1] == "." and len(tokens[last].text) == 1)
            index = last + 1
            if self._reach.is_joined(tokens, index):
                yield tokens[index + 1].start, tokens[self._reach.last(tokens, index + 1)].end
                index += 2
            elif self._reach.is_listed(tokens, index, text):
                yield tokens[index].start, tokens[self._reach.last(tokens, index)].end

    def is_sure(self, text: str, start: int) -> bool:
        """Whether a name that starts somewhere is a first name and hardly anything else, or is said to be a name."""
        tokens = tokenize(text)
        index = next((at for at, token in enumerate(tokens) if token.start == start), None)
        if index is None:
            return False
        titled = index > 0 and tokens[index].glued and tokens[index - 1].lower in self._words.courtesy_personal
        core = self._words.past_interfixes(tokens, index)
        told = core is not None and self._told.is_told(tokens, index, core, text)
        first = self._told.is_before_comma(tokens, index, text)
        return titled or told or first or self._is_first_name(tokens, index)

    def _is_first_name(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word is in the list of first names and hardly anything else, or does what a person only does."""
        token = tokens[index]
        if self._lexicon.language.zipf(token.text) >= COMMON:
            return False
        if token.opens and token.text in self._lexicon.first_names and self._behind.acts_humanly(tokens, index):
            return True
        if not token.capital or token.lower in self._words.brands | self._words.small_words:
            return False
        if token.lower in self._words.shared_names:
            return True  # it was found by what is said of it
        other = self._lexicon.is_word(token.text) and token.lower not in self._words.opening_names
        return (self._lexicon.is_first_name(token.text) and not other) or self._listed.has(tokens, index)

    def _is_plain(self, word: str) -> bool:
        """Whether a word is in small letters and no name can begin with it, whatever stands before it."""
        return (
            word.islower()
            and word not in self._words.interfixes
            and not INITIALS.fullmatch(word)
            and (self._lexicon.is_excluded(word) or self._lexicon.is_word(word) or self._lexicon.ends_in_word(word))
            and not self._small.is_name(word)
            and not (word in self._small.first_names and self._lexicon.language.zipf(word) < COMMON)
        )

    def _runs_into(self, tokens: Sequence[Token], index: int, fixed: frozenset[int]) -> bool:
        """Whether what stands before a surname stands before a fixed phrase: "van Alphen aan den Rijn"."""
        core = self._words.past_interfixes(tokens, index)
        return core is not None and core > index and tokens[core].start in fixed

    def _name_from(self, tokens: Sequence[Token], index: int, text: str) -> int | None:
        """Return the last token of the name that starts at a token, or None when none does."""
        core = self._words.past_interfixes(tokens, index)
        if core is None or (tokens[core].lower in self._words.courtesy and tokens[core].dotted):
            return None
        before = self._before.kind(tokens, index, text)
        if before and self._before.is_name(tokens, index, core, before):
            return self._reach.last(tokens, core) if tokens[core].text[0].isupper() else self._small.end(tokens, core)
        head = tokens[core]
        owning = core == index and self._listed.is_whose(tokens, core, text)
        shared = core == index and self._listed.is_shared(tokens, core, text)
        if owning or shared or self._told.is_told(tokens, index, core, text):
            return core
        if not head.capital and not head.shouted and not self._forms.is_double(head):
            return self._small_from(tokens, index, core)
        for test in (
            self._initials.are_initials,
            self._listed.is_shouted,
            self._listed.is_first_name,
            self._listed.is_surname,
            self._strange.is_unknown,
        ):
            if test(tokens, index, core):
                return self._reach.last(tokens, core)
        return self._reach.last(tokens, core) if core == index and self._before.is_owner(tokens, index, text) else None

    def _small_from(self, tokens: Sequence[Token], index: int, core: int) -> int | None:
        """Return the last token of the name in small letters that starts at a token, or None when none does."""
        if self._small.described(tokens, index, core):
            return core
        small = core == index and (
            (self._small.is_name(tokens[core].text) and not self._infinitive(tokens, core))
            or self._small.initial(tokens, core)
            or self._small.speaks(tokens, core)
        )
        return self._small.end(tokens, core) if small else None

    def _infinitive(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a name that is a verb too is the verb: "wonden die beginnen te helen"."""
        word = tokens[index].lower
        before = index > 0 and tokens[index].glued and tokens[index - 1].lower in self._words.infinitive_marks
        return before and self._lexicon.is_infinitive(word)
