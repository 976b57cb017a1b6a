"""What a learned opinion looks at: the words of a text that could be details, their neighbours, and a whole text.

What belongs here: features, the same for learning and for judging. What does not: weights (`pipeline.privacy.opinion`),
learning them (`benchmarks.privacy.train`), and any word: those are the lists of the language's files.

A feature is a string. Words are features only when a dictionary or their frequency vouches for them, so that no name of
an example comes into the weights.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from pipeline.privacy.foreign import load_foreign
from pipeline.privacy.lexicon import Lexicon, capitalized, load_lexicon
from pipeline.privacy.name_words import NameWords, name_words
from pipeline.privacy.notes import load_notes
from pipeline.privacy.patterns import fill, name_groups
from pipeline.privacy.stories import DONE, PAST, Verbs
from pipeline.text.language import Language

_TOKEN = re.compile(r"\[[A-ZÀ-Þ-]+\]|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:/·-]\d+)*|[^\w\s]")
_WORD = re.compile(rf"[{PAST}{DONE}]?[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[.,;:!?\"“”()–-]")
_END = re.compile(r"\n+|[.!?](?:[\"”’')]|(?<=[a-zà-ÿ]{3}[.!?])\d{1,2})?\s+(?=[\"“‘'(]?[A-ZÀ-Þ\[])")
"""Where a sentence may end, perhaps with the number of a note; the word before it says whether it does."""
_LAST = re.compile(r"(\w+)\]?\Z")
_LEAD = 40
"""So many characters of a word before it are looked at."""
_SHORTEST = 3
"""A word of fewer letters is an initial or an abbreviation."""
_RARE = "lr"
"""The sort of a word that could be a detail only where no capital tells names from words."""
_PLAIN = frozenset({"Cw", "Ce"})
"""Sorts of words with a capital that are no names."""
_OPENS, _QUOTES = frozenset(".!?•*"), frozenset("\"'“‘«(")
_NEAR, _AROUND, _FAR = 4, 6, 25
"""So many tokens before and behind one are features each, count by their classes, or count for the sentence."""
_WHOLE, _LONGEST = 300, 1_000
"""A text of so many characters is also looked at in one piece; of a sentence no more than the second."""
_KNOWN = 3.0
"""A word that is seen more than this (Zipf) is a feature though no dictionary has it."""
_FUNCTION = 5.0
"""A word that is seen more than this opens a sentence as that word."""
_COMMON = 4.5
_SEEN_OFTEN = 5.2
"""A word that is seen more than this is no name in small letters, but for the first names that are listed."""
_EARLIEST, _LATEST = 1900, 2099

OPENS = "^"
"""Ends the sort of a word that opens a sentence."""
_STRANGE = "Cu"
"""The sort of a word with a capital that no list knows."""
_UNKNOWN = "lu"
"""The sort of a word in small letters that no list knows; in another language every word is one."""
_ABBREVIATION = range(4, 7)
"""Of so many letters an abbreviation is a body's, and no person's initials."""
_LONG_END = 5
"""An end of a word of so many letters says by itself what the word is."""
_TITLES = frozenset({"n.courtesy", "n.roles"})
"""Lists of what stands before a name."""
_DOING = frozenset({"n.acts", "n.says"})
"""Lists of what persons do: a word before one of these may be a name, whatever else it is."""
Key = tuple[str | int, ...]
"""Names some features that always come together, so that their sum is worked out once."""


_PAIR, _THREE = repeat("pair"), repeat("three")


class Word(NamedTuple):
    """What is known about a token by itself.

    Attributes:
        lower: In lower case.
        lexical: What stands for it in a feature: itself or a mark.
        shape: Its capitals or digits.
        kind: What sort of token it is; other weights count for each.
        flags: Its features as a neighbour and by itself.
        classes: The lists that it is in.
        candidate: Whether it could be a detail.
        rare: Whether it could be one where no capital tells names from words, since it is not seen often.
    """

    lower: str
    lexical: str
    shape: str
    kind: str
    flags: tuple[str, ...]
    classes: tuple[str, ...]
    candidate: bool
    rare: bool = False


class Told(NamedTuple):
    """What a word says of the text that it stands in.

    Attributes:
        features: Its features.
        lower: What stands for it.
        mark: Whether it is a verb that tells: the mark before it, or nothing.
        lemma: Its lemma.
        sort: What stands for it among its neighbours: its mark or the first list that it is in.
        subject: Whether it may be whom a story is of.
    """

    features: tuple[str, ...]
    lower: str
    mark: str
    lemma: str
    sort: str
    subject: bool


class Candidate(NamedTuple):
    """A token that could be a detail, or a part of one.

    Attributes:
        start: First character in the text.
        end: One past the last character.
        kind: What sort of token it is.
        keys: Its features, in groups.
    """

    start: int
    end: int
    kind: str
    keys: tuple[Key, ...]


class Features:
    """Finds the features of one text after another."""

    def __init__(
        self, data: Mapping[str, Any], stories: Mapping[str, Any], words: NameWords, verbs: Verbs, lexicon: Lexicon
    ) -> None:
        opinion = data["opinion"]
        self._held, self._lexicon = words.held, lexicon
        self._numbers = fill("(?:{age_number})(?:ste|de)?", name_groups(data["words"], data["expressions"]))
        self._measures = fill(
            f"(?:{{age_number}})-?(?:{'|'.join(opinion['measures'])})", name_groups(data["words"], data["expressions"])
        )
        lists = data["words"] | {f"n.{key}": data["names"][key] for key in opinion["names"]}
        self._classes = _by_word(lists | {"u.locating": data["unlisted"]["locating"]})
        self._telling = frozenset(opinion["telling"])
        self._foreign, self._notes = load_foreign(lexicon.language), load_notes(lexicon.language)
        self._kinds, self._homely, self._adverbs = words.kinds, words.homely, words.adverbs
        self._things = tuple(thing for thing in words.things if len(thing) >= _LONG_END)
        self._joining = words.joining
        self._titles = words.courtesy | words.academic
        self._first_names = frozenset(name.lower() for name in lexicon.first_names)
        self._story_classes = _by_word(stories["words"])
        self._subjects, self._alone = frozenset(opinion["subjects"]), frozenset(opinion["alone"])
        self._verbs = verbs
        self._word = lru_cache(maxsize=50_000)(self._word_of)
        self._told = lru_cache(maxsize=50_000)(self._told_of)

    def _sentences(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each sentence; an abbreviation ends none."""
        start = 0
        for match in _END.finditer(text):
            word = _LAST.search(text, max(start, match.start() - _LEAD), match.start())
            last = word[1].lower() if word else ""
            short = len(last) < _SHORTEST and not last.isdecimal()
            if text[match.start()] == "\n" or not (short or last in self._titles):
                yield start, match.end()
                start = match.end()
        yield start, len(text)

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Yield the tokens of a text that could be a detail, in order; each is seen with its sentence."""
        held = self._foreign.and_those_of(text, self._held(text))
        for start, end in self._sentences(text):
            yield from self._candidates(text, start, end, held)

    def _candidates(self, text: str, start: int, end: int, held: frozenset[int]) -> Iterator[Candidate]:
        spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
        tokens = [text[start:end] for start, end in spans]
        words = [self._word(token) for token in tokens]
        written = _written(tokens)
        for at, word in enumerate(words):
            asked = word.candidate or (word.rare and (written == "small" or _titled(words, at)))
            if not asked or spans[at][0] in held or self._is_other_word(words, tokens, at):
                continue
            if tokens[at] in self._notes.short or spans[at][0] in self._notes.places(text):
                continue
            opens = word.kind[0] == "C" and (_opens(tokens, at) or _opens_cell(words, tokens, at))
            cell = at > 0 and spans[at][0] - spans[at - 1][1] > 1  # several spaces set cells of a table apart
            if (opens or cell) and (word.lower in self._adverbs or self._is_function(word)):
                continue
            if opens and not cell and self._is_plain_opening(tokens[at], words[at : at + 2]):
                continue
            keys: list[Key] = [("own", tokens[at], opens)]
            keys += [
                (step, tokens[at + step]) if 0 <= at + step < len(tokens) else (step, "")
                for step in range(-_NEAR, _NEAR + 1)
                if step
            ]
            keys += _touching(spans, at)
            one, two = _lexical(words, at - 1), _lexical(words, at + 1)
            keys += [
                ("before", _lexical(words, at - 2), one),
                ("behind", two, _lexical(words, at + 2)),
                ("between", one, two),
            ]
            keys += [("left", name) for name in _classes(words[max(0, at - _AROUND) : at])]
            keys += [("right", name) for name in _classes(words[at + 1 : at + 1 + _AROUND])]
            keys.append(("written", written))
            near = words if len(words) <= _FAR else words[max(0, at - _FAR) : at + _FAR]
            keys += [("text", name) for name in _classes(near) if name in self._telling]
            kind = word.kind + OPENS * opens if word.candidate else _RARE
            yield Candidate(*spans[at], kind, tuple(keys))

    def _is_function(self, word: Word) -> bool:
        """Whether a word that has a capital for its place is seen too often to be a name."""
        return word.kind == "Cw" and self._lexicon.language.zipf(word.lower) > _FUNCTION

    def _is_other_word(self, words: Sequence[Word], tokens: Sequence[str], at: int) -> bool:
        """Whether a word in no list is the first of a term ("Ambulante Begeleiding") or in a foreign sentence."""
        kind, thing = words[at].kind, "".join(tokens[at + 1 : at + 2])
        if kind == _STRANGE:
            return self._lexicon.is_term(tokens[at], thing, self._things)
        return kind == _UNKNOWN and self._foreign.is_foreign([one.lower for one in words])

    def _is_plain_opening(self, token: str, words: Sequence[Word]) -> bool:
        """Whether a word that opens a sentence has its capital for that alone: what follows is no person's doing.

        It is an inflected word in no list of names ("Formulieren"), the stem of a verb that asks for something, which
        a list of surnames may have ("Streef naar"), or a compound of which the parts are seen ("Gijzelsoftware").
        """
        if len(words) < 2 or words[1].kind[0] not in "ln" or not _DOING.isdisjoint(words[1].classes):
            return False
        known, word = self._lexicon, words[0]
        if token in known.first_names or token in known.villages or token in known.streets or "-" in token:
            return False
        lemma = known.dictionary.get(word.lower, word.lower)
        if word.kind == "Cw" and lemma != word.lower:
            after = words[1].lower
            doing = known.endings.doing
            does = known.dictionary.get(after, after).endswith(doing) and not after.endswith(doing)  # "Schenk is boos"
            usual = known.language.zipf(after) > _FUNCTION and not does
            inflected = known.ends_as_many(lemma) and not known.ends_as_many(word.lower)
            asks = usual and inflected and lemma.startswith(word.lower[:2])
            return asks or token not in known.surnames
        return word.kind == "Cu" and token not in known.surnames and known.is_seen_compound(token)

    def named_by(self, key: Key) -> Iterator[str]:
        """Yield the features that a key names."""
        if isinstance(key[0], int):
            yield from self._neighbour(key[0], str(key[1]))
        elif key[0] == "own":
            yield from self._own(str(key[1]), opens=bool(key[2]))
        else:
            yield " ".join(map(str, key))

    def _own(self, token: str, *, opens: bool) -> Iterator[str]:
        word = self._word(token)
        yield f"shape {word.shape}"
        yield f"opens {opens}"
        yield f"word {word.lexical}"
        yield from word.flags
        yield from (f"in {name}" for name in word.classes)
        if word.kind[0] == "d":
            yield f"digits {token[:2]}" if token[0] == "0" else "digits"
        else:
            lower = word.lower
            yield from (f"ends {lower[-2:]}", f"ends {lower[-3:]}", f"ends {lower[-4:]}", f"starts {lower[:3]}")

    def _neighbour(self, step: int, token: str) -> Iterator[str]:
        if not token:
            yield f"{step} none"
            return
        word = self._word(token)
        if abs(step) < _NEAR:
            yield f"{step} word {word.lexical}"
            yield f"{step} kind {word.kind}"
            yield f"{step} shape {word.shape}"
        yield from (f"{step} in {name}" for name in word.classes)
        if abs(step) == 1:
            yield from (f"{step} {flag}" for flag in word.flags)
            yield f"{step} ends {word.lower[-3:]}"

    def _word_of(self, token: str) -> Word:
        if token[0].isdecimal():
            return _digits(token)
        lower = token.lower()
        if not token[0].isalpha():
            kind = "placeholder" if len(token) > 1 else "mark"
            return Word(lower, kind if len(token) > 1 else token, kind, kind, (), (), candidate=False)
        known = self._lexicon
        capital, small = token[0].isupper(), token.islower()
        ordinary, excluded, seen = known.is_word(token), known.is_excluded(token), known.language.zipf(token)
        first = token in known.first_names or (not capital and lower in self._first_names)
        number, classes = self._numbers.fullmatch(lower) is not None, self._classes.get(lower, ())
        named = first or token in known.surnames
        if capital:
            kind = "Ce" if excluded else "Cw" if ordinary else "Cn" if named else "Cu"
        else:
            kind = "mixed" if not small else "lp" if ordinary else "ln" if first else "lu"
        kind = "number" if number else "month" if "month" in classes else kind
        lists = (
            ("first", first),
            ("surname", token in known.surnames),
            ("village", token in known.villages),
            ("street", token in known.streets),
            ("ordinary", ordinary),
            ("excluded", excluded),
            ("hyphen", capital and "-" in token),
        )
        flags = (
            f"seen {int(seen)}",
            *(name for name, holds in lists if holds),
            *(self._as_names(token, seen) if small else ()),
        )
        other = excluded or known.is_long_compound(token) or self._measures.fullmatch(lower) is not None
        plain = small and "-" not in token and not first and other
        candidate = number or ((kind != "lp" or (first and seen < _COMMON)) and not plain)
        candidate = candidate and not (capital and not named and self._is_other(token, lower))
        lexical = lower if ordinary or seen >= _KNOWN else "~"
        rare = small and not candidate and not excluded and seen < _SEEN_OFTEN and len(token) >= _SHORTEST
        return Word(lower, lexical, _shape(token), kind, flags, classes, candidate, rare)

    def _is_of_a_body(self, token: str) -> bool:
        """Whether a word of some letters in small ones stands behind an abbreviation and a line: "ADHD-diagnoses"."""
        short, _, word = token.partition("-")
        return (
            short.isupper() and len(short) >= _SHORTEST and len(word) >= _LONG_END and word in self._lexicon.dictionary
        )

    def _is_phrase(self, token: str) -> bool:
        """Whether it is words joined by hyphens, with a capital for the place they stand at: "Kop-en-staartgesprek"."""
        first, *others = token.split("-")
        known = self._lexicon
        named = first in known.first_names or first in known.surnames or first in known.villages
        if named and not known.is_word(first):
            return False
        plain = [one for one in others if one.islower() and (known.is_word(one) or known.language.zipf(one) >= _KNOWN)]
        joined = len(others) > 1 and others[0] in self._joining  # "Lief-en-leedpot", though somebody is called Lief
        return len(plain) == len(others) and (joined or first not in known.first_names) and len(others[-1]) >= _SHORTEST

    def _as_names(self, token: str, seen: float) -> Iterator[str]:
        """Yield the lists of names that a word would be in if it had a capital, with how often it is seen."""
        known, name = self._lexicon, capitalized(token)
        lists = (("surname", known.surnames), ("village", known.villages), ("street", known.streets))
        yield from (f"small {which} {int(seen)}" for which, names in lists if name in names)

    def _is_other(self, token: str, lower: str) -> bool:
        """Whether a word in no list of names is an abbreviation in capitals, or by its end a law, a plan or a body."""
        known = self._lexicon
        if token.isupper():
            name = token.title()
            return len(token) in _ABBREVIATION and name not in known.surnames and name not in known.first_names
        if token in known.villages or token in known.streets:
            return False
        if "-" in token and self._is_phrase(token):
            return True
        return (
            self._is_of_a_body(token)
            or lower.endswith(self._things)
            or known.is_made_of(lower, self._kinds, self._homely)
        )

    def stories(self, text: str) -> Iterator[set[Key]]:
        """Yield the features, in groups, of a text of some length at most, and of its sentences when it has several.

        A story is somebody's: what speaks of nobody has none, unless it opens as notes of one's self do.
        """
        pieces = [text[start:end] for start, end in self._sentences(text)]
        if len(text) <= _WHOLE:
            pieces = [text, *pieces] if len(pieces) > 1 else [text]
        for piece in pieces:
            words = _WORD.findall(self._verbs.mark(piece[:_LONGEST]))
            told = [self._told(word) for word in words]
            if any(one.subject for one in told) or self._opens_alone(told):
                yield self._story(words, told)

    def _story(self, words: Sequence[str], told: Sequence[Told]) -> set[Key]:
        names = ["^", *(one.sort for one in told), "$"]
        keys: set[Key] = {("told", word) for word in words}
        keys.update(zip(_PAIR, ["", *words], [*words, ""], strict=False))
        keys.update(zip(_THREE, names, names[1:], names[2:], strict=False))
        verbs = [one for one in told if one.mark]
        if verbs:
            for subject in self._subjects.intersection(names):
                keys |= {("did", subject, one.lemma) for one in verbs}
                keys |= {("did", subject, one.mark) for one in verbs}
        if self._opens_alone(told):
            keys.add(("alone",))
        keys.add(("long", min(5, len(told) // 6)))
        keys.add(("first", names[1]))
        return keys

    def _opens_alone(self, told: Sequence[Told]) -> bool:
        """Whether it opens with a verb of one's self that was left out, as in notes: "ben twee keer verhuisd"."""
        return next((one.lower for one in told if one.lower[:1].isalpha()), "") in self._alone

    def told_by(self, key: Key) -> Iterator[str]:
        """Yield the features of a text that a key names."""
        if key[0] == "told":
            yield from self._told(str(key[1])).features
        elif key[0] == "pair":
            one, other = (self._told(str(word)) if word else None for word in key[1:])
            before, name = (one.lower, one.sort) if one else ("^", "^")
            word, following = (other.lower, other.sort) if other else ("$", "$")
            yield from (f"two {before} {word}", f"then {before}|{following}", f"after {name}|{word}")
        else:
            yield " ".join(map(str, key))

    def _told_of(self, token: str) -> Told:
        mark = token[0] if token[0] in (PAST, DONE) else ""
        word = token[len(mark) :]
        lower, dictionary = word.lower(), self._lexicon.dictionary
        if not word[0].isalpha():
            lower = lemma = "#" if word.isdigit() else word
        else:
            lemma = dictionary.get(lower, lower)
        strange = word[0].isalpha() and not self._lexicon.is_word(lower)
        if strange and self._lexicon.language.zipf(lower) < _KNOWN:
            lower = lemma = "~"
        telling = tuple(name for name in self._classes.get(lower, ()) if name in self._telling)
        classes = self._story_classes.get(lower, ()) + telling
        features = (f"word {lower}", f"lemma {lemma}{mark}", *(f"in {name}" for name in classes))
        first = classes[0] if classes else "#" if lower == "#" else "_"
        sort = "N" if strange and word[0].isupper() else mark or first
        if mark:
            features = (*features, f"mark {mark}")
        return Told(features, lower, mark, lemma, sort, subject=not self._subjects.isdisjoint(classes))


def _by_word(lists: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the names of the lists that each single word is in."""
    found: dict[str, tuple[str, ...]] = {}
    for name, several in lists.items():
        for word in dict.fromkeys(str(one).lower() for one in several):
            if " " not in word:
                found[word] = (*found.get(word, ()), name)
    return found


def _written(tokens: Sequence[str]) -> str:
    """Return how a sentence is written: without a capital, with none but at its start, or with some inside."""
    capitals = [at for at, token in enumerate(tokens) if token[0].isupper()]
    return "small" if not capitals else "opened" if capitals == [0] else "mixed"


def _digits(token: str) -> Word:
    groups = re.split(r"\D", token)
    shape = ".".join(str(min(len(group), 6)) for group in groups[:5])
    kind = f"d{shape}" if len(groups) == 1 else "dd"
    flags = [f"shape {shape}", f"joined {''.join(sorted(set(re.findall(r'[^0-9]', token))))}"]
    first = int(groups[0][:9])
    if len(groups[0]) == len(str(_EARLIEST)):
        flags.append("year" if _EARLIEST <= first <= _LATEST else "no year")
    elif len(groups[0]) < 3:
        flags.append("tiny" if first < 3 else "minor" if first < 18 else "adult")
    return Word(token, "#", shape, kind, tuple(flags), (), candidate=True)


def _shape(token: str) -> str:
    if len(token) == 1:
        return "X" if token.isupper() else "x"
    if token.isupper():
        return "XX"
    return "Xx" if token[0].isupper() else "x" if token.islower() else "xX"


def _opens(tokens: Sequence[str], at: int) -> bool:
    """Whether a token opens a text, a sentence or a row of a table, perhaps behind a quotation mark."""
    if at and tokens[at - 1] in _QUOTES:
        return at == 1 or tokens[at - 2] in _OPENS or tokens[at - 2] == ":"
    return not at or tokens[at - 1] in _OPENS or (at == 1 and tokens[0].isdecimal())


def _opens_cell(words: Sequence[Word], tokens: Sequence[str], at: int) -> bool:
    """Whether a token may open the cell behind that of a plain word: "3 Inwoner Meer licht"."""
    return at == 2 and tokens[0].isdecimal() and words[1].kind in _PLAIN


def _touching(spans: Sequence[tuple[int, int]], at: int) -> Iterator[Key]:
    if at and spans[at - 1][1] == spans[at][0]:
        yield "touches", "before"
    if at + 1 < len(spans) and spans[at][1] == spans[at + 1][0]:
        yield "touches", "behind"


def _titled(words: Sequence[Word], at: int) -> bool:
    """Whether a title or a role stands before a word, with nothing but "van der" between: "raadslid de wit"."""
    back, least = at - 1, max(0, at - _NEAR)
    while back > least and "n.interfixes" in words[back].classes:
        back -= 1
    return back >= 0 and not _TITLES.isdisjoint(words[back].classes)


def _lexical(words: Sequence[Word], at: int) -> str:
    return words[at].lexical if 0 <= at < len(words) else "^"


def _classes(words: Sequence[Word]) -> list[str]:
    """Return the lists that words are in, each once, in order."""
    return list(dict.fromkeys(name for word in words for name in word.classes))


def load_features(language: Language, verbs: Verbs) -> Features:
    """Return the features of a language; the verbs are those of its stories."""
    data, stories = language.data("privacy"), language.data("privacy_stories")
    return Features(data, stories, name_words(language), verbs, load_lexicon(language))
