"""Words with a capital that a list has as names, and what tells that a name is meant where it is a word or a town too.

What belongs here: first names and surnames of the lists. What does not: words in no list
(`pipeline.privacy.strange_names`), and the form of what is around them (`pipeline.privacy.told_names`).
"""

import re
from collections.abc import Sequence

from pipeline.privacy.behind_names import BehindNames
from pipeline.privacy.lexicon import COMMON, LONG, SHORTEST, UNSEEN, Lexicon
from pipeline.privacy.name_forms import LEAD, RARE, UNUSUAL, NameForms, ends_in, titled
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.tokens import Token

_SILENT = re.compile(r"['’]\s[a-zà-ÿ]")
"""An apostrophe, and a word in small letters."""


class ListedNames:
    """Knows names of the lists."""

    def __init__(self, words: NameWords, lexicon: Lexicon, behind: BehindNames, forms: NameForms) -> None:
        self._words, self._lexicon, self._behind, self._forms = words, lexicon, behind, forms

    def is_whose(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether it is a name that is no word, with the s of whose something is: "Dirksen's voorstel"."""
        token, after = tokens[index], tokens[index + 1 : index + 2]
        own = bool(after) and after[0].start == token.end and after[0].lower in self._words.whose
        if own:
            if token.lower in self._words.small_words:
                return False  # "Buddy's"
            compound = self._lexicon.ends_in_word(token.text)
            strange = self._forms.is_strange(token, UNUSUAL) and not compound
            return self._forms.is_known(token) or (strange and self._behind.is_thing(tokens, index + 2))
        # "Hans' moeder": behind an s there is none.
        silent = _SILENT.match(text, token.end) is not None and token.text.endswith(self._lexicon.endings.hissing)
        return (
            silent
            and token.capital
            and (self._lexicon.is_first_name(token.text) or self._forms.is_strange(token, UNUSUAL))
        )

    def is_shared(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether a first name that is a town far more often is somebody's: "Sofia huilt", "de moeder van Sofia"."""
        token = tokens[index]
        if token.lower not in self._words.shared_names or not token.capital:
            return False
        after, before = tokens[index + 1 : index + 2], tokens[max(0, index - 2) : index]
        lead = text[max(0, token.start - LEAD) : token.start].rstrip(" \"'“‘").casefold()
        joined = len(before) == 2 and before[1].lower in self._words.joining and self._forms.is_known(before[0])
        return (
            (bool(after) and after[0].glued and after[0].lower in self._words.humanly)
            or self._behind.has_company(tokens, index)
            or joined
            or ends_in(lead, self._words.naming + self._words.greeting + self._words.of)
        )

    def is_shouted(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether it is a surname in capitals that says something, or has capitals before it: "VAN DER MEER"."""
        if core == index and tokens[core].shouted and len(tokens[core].text) > SHORTEST:
            named = tokens[core]._replace(text=tokens[core].text.title())
            after = tokens[core + 1 : core + 2]
            says = bool(after) and after[0].glued and after[0].lower in self._words.says
            plain = named.lower in self._lexicon.dictionary and not (says and named.lower in self._words.naming_nouns)
            surname = self._lexicon.is_surname(named.text) and not plain
            strange = len(named.text) > LONG and self._forms.is_strange(named, UNSEEN)
            return (says or tokens[core].speaks) and (surname or strange)
        return (
            core > index
            and tokens[core].shouted
            and all(token.text.isupper() for token in tokens[index:core])
            and self._lexicon.is_surname(tokens[core].text.title())
        )

    def is_first_name(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether it is a first name, and where it opens a sentence and is a word too, is said to be somebody."""
        head = tokens[core]
        if core == index and (self.has(tokens, core) or self._is_before_verb(tokens, core)):
            return True
        if core != index or not (self._lexicon.is_first_name(titled(head)) or self._possessive(head)):
            return False
        if head.shouted and (len(head.text) < 4 or self._lexicon.is_word(head.text)):
            return False
        if self._forms.is_of_organisation(tokens, index) or self._forms.is_brand(tokens, index):
            return False
        ordinary = self._lexicon.is_word(head.text) or head.lower in self._words.small_words
        if not head.opens or not ordinary or head.lower in self._words.opening_names:
            return True
        return self._behind.is_somebody(tokens, core) and not self._behind.is_adverb(tokens, core)

    def _is_before_verb(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether a first name that is a verb too opens a sentence before what somebody does or is: "Wil vertelt"."""
        head, after = tokens[core], tokens[core + 1 : core + 2]
        if not (head.opens and head.capital and head.text in self._lexicon.first_names):
            return False
        says = bool(after) and after[0].glued and after[0].lower in self._words.says
        lemma = self._lexicon.dictionary.get(head.lower, head.lower)
        verb = lemma != head.lower and self._lexicon.ends_as_many(lemma)
        return (says and verb) or self._behind.is_one(tokens, core)

    def _possessive(self, head: Token) -> bool:
        """Whether it is a first name with the s of whose something is: "Jolijns moeder"."""
        stem = self._lexicon.endings.owner(head.text)
        return (
            head.capital
            and 4 <= len(stem) < len(head.text)
            and self._lexicon.is_first_name(stem)
            and not self._lexicon.is_word(head.text)
            and not self._lexicon.is_excluded(head.text)
        )

    def has(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether it is a first name with an s and what is that person's, though it be a word: "Jokes dossier"."""
        head, after = tokens[core], tokens[core + 1 : core + 2]
        stem = self._lexicon.endings.owner(head.text)
        owned = bool(after) and after[0].glued and after[0].lower in self._words.belongings
        named = SHORTEST <= len(stem) < len(head.text) and self._lexicon.is_first_name(stem)
        return owned and head.capital and named and not self._lexicon.is_excluded(head.text)

    def is_surname(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether it is a surname, with "van der" before it or without, and where it is a word too, says something."""
        head = tokens[core]
        if core > index and tokens[index].text.istitle() and self._is_called(tokens, index, core):
            # "de mail van Van Dongen", whatever else Dongen is
            behind = index > 0 and tokens[index].glued and tokens[index - 1].lower in self._words.from_words
            named = behind and not tokens[index].opens
            return head.text in self._lexicon.surnames or ((named or head.speaks) and head.capital)
        if head.shouted or not self._lexicon.is_surname(head.text) or self._forms.is_of_organisation(tokens, index):
            return False
        if not self._lexicon.is_word(head.text):
            bound = core > index and not (tokens[index].opens and tokens[index].text[0] in "'’")
            return bound or head.told or not head.opens or self._behind.is_somebody(tokens, core)
        if core > index and tokens[index].text[0].isupper():
            # "De Wit" opens a sentence as a name when it does something, "Van den Berg" always.
            return not tokens[index].opens or core - index > 1 or self._behind.acts(tokens, core) or tokens[core].speaks
        if core == index and head.opens:
            return self._speaks_up(tokens, index)
        attributed = index > 0 and tokens[index - 1].lower in self._words.attributing
        return attributed and (core > index or not self._lexicon.is_excluded(head.text))

    def _chooses(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is a verb that asks for what infinitives behind a colon say: "Kies: sluiten of verbouwen"."""
        words, asks = self._lexicon.dictionary, tokens[index].lower
        after = tokens[index + 1].lower if index + 1 < len(tokens) and tokens[index + 1].text.islower() else ""
        return words.get(asks, asks) not in {asks, ""} and self._lexicon.is_infinitive(after)

    def _is_plural(self, word: str) -> bool:
        return self._lexicon.ends_as_many(word) and self._lexicon.dictionary.get(word.lower()) != word.lower()

    def _is_called(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether "Van" has a capital for the sake of a name: not at the start, or before what a speaker does."""
        if not tokens[index].opens or tokens[index].told:
            return True
        after = tokens[core + 1 : core + 2]
        says = tokens[core].speaks or (bool(after) and after[0].glued and after[0].lower in self._words.says)
        return says and tokens[index].lower not in self._words.surname_articles

    def _speaks_up(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a surname that is also a word opens a sentence and says something: "Bakker merkt op"."""
        word = tokens[index].text
        usual = (
            self._lexicon.language.zipf(word) >= COMMON
            or word.lower() in self._words.roles
            or word.lower() in self._words.small_words
            or self._is_plural(word)  # "Kosten: ..."
            or self._chooses(tokens, index)
        )
        after = tokens[index + 1 : index + 2]
        says = bool(after) and after[0].glued and after[0].lower in self._words.says
        # "Leeflang kreeg": of what is hardly ever seen, whatever a person does says enough.
        acts = self._lexicon.language.zipf(word) < RARE and self._behind.acts(tokens, index)
        return not usual and (says or acts or tokens[index].speaks or self._behind.has_company(tokens, index))
