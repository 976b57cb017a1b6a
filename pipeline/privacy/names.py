"""Names of persons.

What belongs here: the order of evidence for a name (a title before it, a first name, initials, a surname, an unknown
word with a capital). What does not: words in small letters (`pipeline.privacy.small_names`), what stands behind a word
(`pipeline.privacy.behind_names`), and the words themselves.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.privacy.behind_names import BehindNames
from pipeline.privacy.foreign import ForeignWords
from pipeline.privacy.lexicon import COMMON, LONG, SHORTEST, UNSEEN, Lexicon
from pipeline.privacy.name_words import NameWords
from pipeline.privacy.small_names import SmallNames
from pipeline.privacy.tokens import INITIALS, Token, is_initials, tokenize

# Inside a sentence a capital says more: of the words that are seen more than this, lists hold nearly all but names.
_UNLISTED = 3.9
_RARE = 2.6
_UNUSUAL = 3.4
# What is seen more than this is hardly ever a surname without a word before it.
_EVERYWHERE = 5.8
_ABBREVIATED = re.compile(r"\.\s[a-z\d]")
"""What stands behind an abbreviation ("Max. vier", "Art. 8"): no sentence begins so."""
_VOWEL = re.compile(r"[^\W\d_bcdfghjklmnpqrstvwxz]")
"""Any letter that is no consonant of the alphabet, whatever language it is of."""
_FOREIGN = re.compile(r"[^\W\d_a-zà-ÿ]")
"""A letter that no Dutch word has."""
_SILENT = re.compile(r"['’]\s[a-zà-ÿ]")
"""An apostrophe, and a word in small letters."""
_LEAD = 100
"""So many characters before a word are looked at."""
_MOST_INITIALS = 10
_LONG_TITLE = 8
_COUNTER = re.compile(r"[A-Z]\.")


class NameFinder:
    """Finds names of persons in one text after another."""

    def __init__(self, words: NameWords, lexicon: Lexicon, foreign: ForeignWords) -> None:
        self._words, self._foreign = words, foreign
        self._lexicon = lexicon
        self._behind = BehindNames(words, lexicon)
        self._small = SmallNames(words, lexicon, self._behind)
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
            if last is not None and (self._is_named_after(tokens, index, last) or self._in_title(tokens, index)):
                index = last + 1
                continue
            abbreviated = last == index and _ABBREVIATED.match(text, token.end) and len(token.text) > 2
            if last is None or abbreviated or self._is_body(tokens, index, last):
                index += 1
                continue
            end = tokens[last].end
            yield from self._companion(tokens, index, text)
            yield self._with_titles(tokens, index), end + (text[end : end + 1] == "." and len(tokens[last].text) == 1)
            index = last + 1
            if self._joined(tokens, index):
                yield tokens[index + 1].start, tokens[self._extend(tokens, index + 1)].end
                index += 2
            elif self._listed(tokens, index, text):
                yield tokens[index].start, tokens[self._extend(tokens, index)].end

    def counted(self, text: str) -> int:
        """Return where the word ends that a letter with a full stop counts at the start of a text, or 0 when none does.

        "B. Hergebruik" is such a text, "B. Jansen" and "B. Hergebruik zegt" are none.
        """
        tokens = tokenize(text)
        return tokens[1].end if self._counted(tokens) else 0

    def _counted(self, tokens: Sequence[Token]) -> bool:
        """Whether a text opens with a letter that counts as a number does: a plain word, no surname, is behind it."""
        if len(tokens) < 2 or tokens[0].start or not _COUNTER.fullmatch(tokens[0].text):
            return False
        word = tokens[1]
        seen = self._lexicon.language.zipf(word.text)
        name = word.text in self._lexicon.surnames or word.text in self._lexicon.first_names
        name = name and word.lower not in self._words.headings
        plain = word.lower in self._lexicon.dictionary and seen >= _RARE
        person = (
            self._behind.acts(tokens, 1) or word.speaks or (len(tokens) > 2 and tokens[2].lower in self._words.says)
        )
        return word.glued and word.capital and plain and not (name or person or is_initials(word))

    def is_first_name(self, text: str, start: int) -> bool:
        """Whether the word that starts somewhere is in the list of first names and hardly anything else."""
        token = next((token for token in tokenize(text) if token.start == start), None)
        if token is None or not token.capital or token.lower in self._words.brands | self._words.small_words:
            return False
        if token.lower in self._words.shared_names:
            return True  # it was found by what is said of it
        other = self._lexicon.is_word(token.text) and token.lower not in self._words.opening_names
        named = (self._lexicon.is_first_name(token.text) and not other) or self._owns(text, start)
        return named and self._lexicon.language.zipf(token.text) < COMMON

    def _owns(self, text: str, start: int) -> bool:
        """Whether it is a first name with an s and what is that person's: "Blessings begeleider"."""
        tokens = tokenize(text)
        return any(self._has(tokens, at) for at, token in enumerate(tokens) if token.start == start)

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

    def _is_body(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether its last word makes it an organisation's: "Meijers Committee", but not "Postmus-de Raad"."""
        if self._is_term(tokens, index, last):
            return True
        return tokens[last].lower in self._words.ends and not (last > index and self._double(tokens[last - 1]))

    def _is_term(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether a word that texts have stands before a thing, both with a capital: "Ambulante Begeleiding"."""
        first, thing = tokens[index], tokens[last]
        listed = first.text in self._lexicon.surnames or first.text in self._lexicon.first_names
        return last == index + 1 and not listed and self._lexicon.is_term(first.text, thing.text, self._words.things)

    def _is_named_after(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether a body has its name from somebody: "het Anton de Kom Fonds", with an article before it."""
        articles = self._words.owning | self._words.surname_articles
        inside = last > index and tokens[index].lower in articles
        if not inside and (not index or tokens[index - 1].lower not in articles or not tokens[index].glued):
            return False
        body = tokens[last + 1 : last + 2]
        behind = bool(body) and body[0].glued and body[0].capital and body[0].lower in self._words.named_after
        return behind or (last > index and tokens[last].capital and tokens[last].lower in self._words.named_after)

    def _in_title(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a title has it, behind a noun and plain words with a capital: "de tekst Meld Het Even"."""
        back, least = index, max(0, index - _LONG_TITLE)
        plain = self._words.is_interfix(tokens[index]) and self._lexicon.is_word(tokens[index + 1].text)
        while back > least and tokens[back].glued and not tokens[back - 1].opens and tokens[back - 1].capital:
            back -= 1
            if not self._lexicon.is_word(tokens[back].text) or self._known_name(tokens[back]):
                return False
            plain = plain or not self._words.is_interfix(tokens[back])
        return plain and back > 0 and tokens[back].glued and tokens[back - 1].lower in self._words.works

    def _joined(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word with a capital follows a name and a word that joins, as in "Joy en Gift"."""
        pair = tokens[index : index + 2]
        if len(pair) < 2 or pair[0].lower not in self._words.joining or not (pair[0].glued and pair[1].glued):
            return False
        return pair[1].capital and not self._words.is_interfix(pair[1]) and not self._lexicon.is_excluded(pair[1].text)

    def _listed(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether a name stands behind a name and a comma, as in "Aanwezig: Rietveld, Sietsma"."""
        return self._after_comma(tokens, index, text) and (
            self._known_name(tokens[index]) or self._is_amid_names(tokens, index)
        )

    def _is_amid_names(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is a surname, whatever else, with a word that joins and a name behind: "Brugge en Okafor"."""
        after = tokens[index + 1 : index + 3]
        joined = len(after) == 2 and after[0].lower in self._words.joining and self._is_nothing_else(after[1])
        return joined and tokens[index].capital and tokens[index].text in self._lexicon.surnames

    def _is_nothing_else(self, token: Token) -> bool:
        """Whether it is a word with a capital that is no ordinary one and no place or body."""
        return token.capital and not self._lexicon.is_word(token.text) and not self._lexicon.is_excluded(token.text)

    def _after_comma(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        return 0 < index < len(tokens) and text[tokens[index - 1].end : tokens[index].start] == ", "

    def _known_name(self, token: Token) -> bool:
        """Whether a word with a capital is in a list of names and no ordinary word."""
        known = self._lexicon.is_first_name(token.text) or self._lexicon.is_surname(token.text)
        return token.capital and known and not self._lexicon.is_word(token.text)

    def _companion(self, tokens: Sequence[Token], index: int, text: str) -> Iterator[tuple[int, int]]:
        """Yield the first name right before a name, or joined to it, that alone could be another word: "Mei Ling"."""
        back = index - 1
        joined = back > 0 and tokens[back].lower in self._words.joining
        back -= joined
        listed = back >= 0 and self._after_comma(tokens, index, text)
        if listed and (self._known_name(tokens[back]) or self._may_be_a_name(tokens[back])):
            yield tokens[back].start, tokens[back].end
        if back < 0 or not all(token.glued for token in tokens[back + 1 : index + 1]):
            return
        before = tokens[back]
        listed = before.text in self._lexicon.first_names or (joined and self._may_be_a_name(before))
        unknown = not self._lexicon.is_word(before.text) and not self._lexicon.is_excluded(before.text)
        if before.capital and len(before.text) > 2 and (listed or unknown):
            yield before.start, before.end

    def _may_be_a_name(self, token: Token) -> bool:
        """Whether a word is a first name, or a surname and not too common a word."""
        surname = self._lexicon.is_surname(token.text) and self._lexicon.language.zipf(token.text) < COMMON
        return token.capital and (surname or self._lexicon.is_first_name(token.text))

    def _with_titles(self, tokens: Sequence[Token], index: int) -> int:
        """Return where the academic titles before a name start, or the name when it has none."""
        while index and tokens[index].glued and tokens[index - 1].lower.rstrip(".") in self._words.academic:
            index -= 1
        return tokens[index].start

    def _name_from(self, tokens: Sequence[Token], index: int, text: str) -> int | None:
        """Return the last token of the name that starts at a token, or None when none does."""
        core = self._words.past_interfixes(tokens, index)
        if core is None or (tokens[core].lower in self._words.courtesy and tokens[core].dotted):
            return None
        before = self._before(tokens, index, text)
        if before and self._after_cue(tokens, index, core, before):
            return self._extend(tokens, core) if tokens[core].text[0].isupper() else self._small.end(tokens, core)
        head = tokens[core]
        if core == index and (self._whose(tokens, core, text) or self._shared(tokens, core, text)):
            return core
        if not head.capital and not head.shouted and not self._double(head):
            return self._small_from(tokens, index, core)
        for test in (self._initials, self._shouted, self._first_name, self._surname, self._unknown):
            if test(tokens, index, core):
                return self._extend(tokens, core)
        return self._extend(tokens, core) if core == index and self._owner(tokens, index, text) else None

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

    def _whose(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether it is a name that is no word, with the s of whose something is: "Dirksen's voorstel"."""
        token, after = tokens[index], tokens[index + 1 : index + 2]
        own = bool(after) and after[0].start == token.end and after[0].lower in self._words.whose
        if own:
            if token.lower in self._words.small_words:
                return False  # "Buddy's"
            compound = self._lexicon.ends_in_word(token.text)
            strange = self._strange(token, _UNUSUAL) and not compound
            return self._known_name(token) or (strange and self._behind.is_thing(tokens, index + 2))
        # "Hans' moeder": behind an s there is none.
        silent = _SILENT.match(text, token.end) is not None and token.text.endswith(self._lexicon.endings.hissing)
        return silent and token.capital and (self._lexicon.is_first_name(token.text) or self._strange(token, _UNUSUAL))

    def _owner(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether it is said whose something is, of the things that are a person's: "de schoonzus van"."""
        start = tokens[index].start
        return (
            _ends_in(text[max(0, start - _LEAD) : start].rstrip().casefold(), self._words.of)
            and tokens[index].capital
            and not self._lexicon.is_excluded(tokens[index].text)
            and not self._lexicon.is_word(tokens[index].text)
        )

    def _shared(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Whether a first name that is a town far more often is somebody's: "Sofia huilt", "de moeder van Sofia"."""
        token = tokens[index]
        if token.lower not in self._words.shared_names or not token.capital:
            return False
        after, before = tokens[index + 1 : index + 2], tokens[max(0, index - 2) : index]
        lead = text[max(0, token.start - _LEAD) : token.start].rstrip(" \"'“‘").casefold()
        joined = len(before) == 2 and before[1].lower in self._words.joining and self._known_name(before[0])
        return (
            (bool(after) and after[0].glued and after[0].lower in self._words.humanly)
            or self._behind.has_company(tokens, index)
            or joined
            or _ends_in(lead, self._words.naming + self._words.greeting + self._words.of)
        )

    def _shouted(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether it is a surname in capitals that says something, or has capitals before it: "VAN DER MEER"."""
        if core == index and tokens[core].shouted and len(tokens[core].text) > SHORTEST:
            named = tokens[core]._replace(text=tokens[core].text.title())
            after = tokens[core + 1 : core + 2]
            says = bool(after) and after[0].glued and after[0].lower in self._words.says
            plain = named.lower in self._lexicon.dictionary and not (says and named.lower in self._words.naming_nouns)
            surname = self._lexicon.is_surname(named.text) and not plain
            strange = len(named.text) > LONG and self._strange(named, UNSEEN)
            return (says or tokens[core].speaks) and (surname or strange)
        return (
            core > index
            and tokens[core].shouted
            and all(token.text.isupper() for token in tokens[index:core])
            and self._lexicon.is_surname(tokens[core].text.title())
        )

    def _before(self, tokens: Sequence[Token], index: int, text: str) -> str:
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
        lead = text[max(0, start - _LEAD) : start].rstrip(" \"'“‘").casefold()
        return "naming" if _ends_in(lead, self._words.naming) else ""

    def _ends(self, title: Token) -> bool:
        """Whether a full stop behind a title ends a sentence, since it is written in full: "in het gezin. Kinderen"."""
        return title.dotted and len(title.text) >= LONG and title.lower in self._lexicon.dictionary

    def _after_cue(self, tokens: Sequence[Token], index: int, core: int, before: str) -> bool:
        """Whether the words at `index`, with `core` past `van der`, are a name, given what stands before them."""
        head = tokens[core]
        excluded = self._lexicon.is_excluded(head.text)
        known = self._lexicon.is_first_name(head.text.title()) or self._lexicon.is_surname(head.text.title())
        if before == "role" and core == index and self._lexicon.language.zipf(head.text) > _EVERYWHERE:
            known = False  # the next cell of a table: "Inwoner Meer licht"
        if not head.text[0].isupper():
            titled = before == "title" and self._small.after_title(tokens, index, core)
            return titled or self._small.after_cue(head.text, before, known)
        if self._mixed(head):
            return False
        if core > index and (before == "title" or tokens[index].text[0].isupper()):
            return True
        if excluded:
            # "Mevrouw Tilburg": a city after a courtesy title is a surname.
            return before == "title" and head.text in self._lexicon.surnames
        # A role or "genaamd" may stand before other things with a capital; a courtesy title stands before a name.
        if before == "title" or (known and not (core > index and self._lexicon.is_word(head.text))):
            return True
        ordinary = self._lexicon.is_word(head.text) or self._lexicon.is_long_compound(head.text)
        return core == index and not head.shouted and (is_initials(head) or not ordinary)

    def _mixed(self, token: Token) -> bool:
        """Whether capitals stand inside a word, as in names of organisations."""
        return (
            not token.capital
            and not token.text.isupper()
            and not token.text.islower()
            and "." not in token.text
            and not token.text.startswith(self._words.inner_capitals)
        )

    def _infinitive(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a name that is a verb too is the verb: "wonden die beginnen te helen"."""
        word = tokens[index].lower
        before = index > 0 and tokens[index].glued and tokens[index - 1].lower in self._words.infinitive_marks
        return before and self._lexicon.is_infinitive(word)

    def _initials(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        head = tokens[core]
        shortened = head.capital and _shortened(head) and not self._lexicon.is_excluded(head.text)
        initials = shortened or (is_initials(head) and "." in head.text)
        if core != index or not initials or (index == 0 and self._counted(tokens)):
            return False
        if core + 1 < len(tokens) and len(head.text) == 2 and tokens[core + 1].lower in self._words.acts:
            return True  # "J. wacht nog"
        after = self._skip_initials(tokens, core + 1)
        return (
            after is not None
            and (tokens[after].capital or self._double(tokens[after]))
            and tokens[after].glued
            and (not self._lexicon.is_excluded(tokens[after].text) or tokens[after].text in self._lexicon.surnames)
        )

    def _double(self, token: Token) -> bool:
        """Whether it is the first part of a double surname, as "Hoekstra-van" in "Hoekstra-van Vliet"."""
        first, _, last = token.text.rpartition("-")
        return first[:1].isupper() and last in self._words.interfixes

    def _skip_initials(self, tokens: Sequence[Token], index: int) -> int | None:
        past = index + _MOST_INITIALS
        while index < min(past, len(tokens)) and tokens[index].glued and is_initials(tokens[index]):
            index += 1
        return self._words.past_interfixes(tokens, index) if index < len(tokens) else None

    def _first_name(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        head = tokens[core]
        if core == index and (self._has(tokens, core) or self._is_before_verb(tokens, core)):
            return True
        if core != index or not (self._lexicon.is_first_name(_titled(head)) or self._possessive(head)):
            return False
        if head.shouted and (len(head.text) < 4 or self._lexicon.is_word(head.text)):
            return False
        if self._named_organisation(tokens, index) or self._brand(tokens, index):
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

    def _brand(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether it is a brand and somebody has one: "de man met de Mercedes"."""
        return (
            tokens[index].lower in self._words.brands
            and index > 0
            and tokens[index].glued
            and tokens[index - 1].lower in self._words.owning
            and not (index + 1 < len(tokens) and tokens[index + 1].glued and tokens[index + 1].capital)
        )

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

    def _has(self, tokens: Sequence[Token], core: int) -> bool:
        """Whether it is a first name with an s and what is that person's, though it be a word: "Jokes dossier"."""
        head, after = tokens[core], tokens[core + 1 : core + 2]
        stem = self._lexicon.endings.owner(head.text)
        owned = bool(after) and after[0].glued and after[0].lower in self._words.belongings
        named = SHORTEST <= len(stem) < len(head.text) and self._lexicon.is_first_name(stem)
        return owned and head.capital and named and not self._lexicon.is_excluded(head.text)

    def _surname(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        head = tokens[core]
        if core > index and tokens[index].text.istitle() and self._is_called(tokens, index, core):
            # "de mail van Van Dongen", whatever else Dongen is
            behind = index > 0 and tokens[index].glued and tokens[index - 1].lower in self._words.from_words
            named = behind and not tokens[index].opens
            return head.text in self._lexicon.surnames or ((named or head.speaks) and head.capital)
        if head.shouted or not self._lexicon.is_surname(head.text) or self._named_organisation(tokens, index):
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
        acts = self._lexicon.language.zipf(word) < _RARE and self._behind.acts(tokens, index)
        return not usual and (says or acts or tokens[index].speaks or self._behind.has_company(tokens, index))

    def _unknown(self, tokens: Sequence[Token], index: int, core: int) -> bool:
        """Whether a word in no list is a name by its rarity, its capital and its neighbours."""
        head = tokens[core]
        other = self._named_organisation(tokens, index) or self._adjective(tokens, core) or self._brand(tokens, index)
        if other:
            return False
        if core == index and self._strange_pair(tokens, core):
            return True
        if core == index > 0 and tokens[index - 1].lower in self._words.attributing:
            return self._strange(head, _UNUSUAL)  # "Volgens Kowalska"
        if core == index and (head.told or not head.opens):
            return self._strange(head, _UNLISTED) and not self._lexicon.is_long_compound(head.text)
        return self._strange(head, _RARE) and self._begins(tokens, index, core)

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
            return self._strange(tokens[core], UNSEEN)  # "Özlems kamer"
        if self._lexicon.ends_in_word(tokens[core].text) or self._lexicon.is_seen_compound(tokens[core].text):
            return False
        following = [token.lower for token in tokens[core + 1 : core + 3]]
        if _FOREIGN.search(tokens[core].lower):
            return True
        if len(following) == 2 and self._goes_with(tokens[core + 1], tokens[core + 2]):
            return False
        company = len(following) == 2 and following[0] in self._words.joining and following[1] in self._words.own
        bound = bool(following) and following[0] in self._words.modals and self._strange(tokens[core], UNSEEN)
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
        if len(pair) < 2 or not pair[1].glued or not all(self._strange(token, _UNUSUAL) for token in pair):
            return False
        if any(self._lexicon.ends_in_word(token.text) for token in pair):
            return False  # a compound: a fund or a board
        return min(self._lexicon.language.zipf(token.text) for token in pair) < 2

    def _strange(self, token: Token, below: float) -> bool:
        if not _VOWEL.search(token.lower) or (len(token.text) < 6 and not _VOWEL.search(token.lower[:3])):
            return False  # an abbreviation: "Wjsg", "Wtta"
        if token.lower.endswith(self._words.things):
            return False  # "Spreidingswet"
        if self._lexicon.is_made_of(token.lower, self._words.kinds, self._words.homely):
            return False  # "Welzijnscoach"
        if not token.capital or token.shouted or self._lexicon.is_excluded(token.text) or self._mixed(token):
            return False
        first = token.text.split("-")[0]
        return (
            not self._lexicon.is_word(token.text)
            and not ("-" in token.text and self._lexicon.is_word(first))
            and self._lexicon.language.zipf(token.text) < below
        )

    def _named_organisation(self, tokens: Sequence[Token], index: int) -> bool:
        if not index or tokens[index].start - tokens[index - 1].end > 2:
            return False  # more than a space and a quote between them: another part of a list
        before = tokens[index - 1].lower
        # Also as the head of a compound: "zorginstelling" is an "instelling".
        return before in self._words.organisations or before.endswith(self._words.organisation_heads)

    def _extend(self, tokens: Sequence[Token], core: int) -> int:
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
            initials = is_initials(tokens[last]) or _shortened(tokens[last])
            bound = initials or self._double(tokens[last])
            if not core or core >= len(tokens) or (tokens[core].opens and not initials):
                break
            nominal = (
                tokens[core].capital
                or self._double(tokens[core])
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


def _ends_in(lead: str, cues: tuple[str, ...]) -> bool:
    """Whether a text ends in one of some words, and not in a longer word."""
    return lead.endswith(cues) and any(lead.endswith(cue) and not lead[: -len(cue)][-1:].isalpha() for cue in cues)


def _titled(token: Token) -> str:
    return token.text.title() if token.shouted else token.text


def _shortened(token: Token) -> bool:
    """Whether it is the beginning of a first name with a full stop behind it: "Th.", "Chr."."""
    return token.dotted and len(token.text) < 4 and not _VOWEL.search(token.lower)
