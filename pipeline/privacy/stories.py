"""What identifies by the whole and not by a detail: an account of a life, and details that are rare only together.

What belongs here: those two tests, and marking the verbs that tell what happened. What does not: their
words, which are in `privacy_stories.yaml`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.privacy.endings import inflect
from pipeline.privacy.lexicon import Lexicon
from pipeline.privacy.patterns import (
    Patterns,
    Reading,
    alternatives,
    compile_patterns,
    fill,
    find_all,
    found_in,
    name_groups,
)

_NAMES = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w-]+")
_SMALL = re.compile(r"(?<!\w)[^\W\d_][\w-]{4,}")
"""What may be a nationality in a text without a capital."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAD = 40
"""So many characters before a nationality are looked at."""
PAST, DONE = "†", "‡"
"""What stands before a verb in the past tense, and before a participle, in the text that `told` is tried on."""


class Verbs:
    """Knows verbs that tell what happened, by a list of strong ones, by endings and by the dictionary."""

    def __init__(self, data: Mapping[str, Any], dictionary: Mapping[str, str]) -> None:
        self._dictionary = dictionary
        self._strong, self._before = frozenset(data["strong"]), frozenset(data["before"])
        self._weak, self._done, self._infinitive = (re.compile(data[key]) for key in ("weak", "done", "infinitive"))
        self._mark = lru_cache(maxsize=20_000)(self._mark_of)
        self.mark = lru_cache(maxsize=2)(self._marked)

    def _marked(self, text: str) -> str:
        """Return the text with a mark before each verb that tells, but not before adjectives: "met verhoogde druk"."""
        parts: list[str] = []
        last, done = "", 0
        for match in _LETTERS.finditer(text):
            word = match[0].lower()
            parts += [text[done : match.start()], "" if last in self._before else self._mark(word), match[0]]
            last, done = word, match.end()
        return "".join([*parts, text[done:]])

    def _mark_of(self, word: str) -> str:
        if word in self._strong:
            return PAST
        lemma = self._dictionary.get(word, "")
        if lemma == word or not self._infinitive.search(lemma):
            return ""
        return PAST if self._weak.search(word) else DONE if self._done.search(word) else ""


class Rare:
    """Knows texts that single one person out by what is said of him, a town, and what he is or suffers."""

    def __init__(self, groups: Mapping[str, str], towns: Iterable[str]) -> None:
        towns = sorted(towns, key=len, reverse=True)
        self._first = frozenset(word[0].lower() for word in map(_LETTERS.search, towns) if word)
        # In notes a town stands by itself: "oud-kampioen, Heerenveen, nu ..."
        in_town = fill(
            rf"(?:\b(?i:{{in_town}})\s|(?<=[a-z]),\s(?=[^,]+,))(?P<x>{alternatives(towns)})(?!\w)", groups
        ).pattern
        self._town, self._small_town = re.compile(in_town), re.compile(in_town, re.IGNORECASE)
        self._one, self._plight, self._bound = (
            fill(rf"\b(?:{{{name}}})(?!\w)", groups) for name in ("singled", "plight", "bound")
        )

    def towns(self, text: str) -> list[tuple[int, int]]:
        """Return where the towns stand of a text that says of one person more than many have in common.

        A rule for anybody has none: "een inwoner van Zwolle moet".
        """
        if self._first.isdisjoint(word.lower() for word in _LETTERS.findall(text)):
            return []
        found = [match.span("x") for match in find_all(self._small_town if text.islower() else self._town, text)]
        rare = found and found_in(self._one, text) and found_in(self._plight, text) and not found_in(self._bound, text)
        return found if rare else []


@dataclass(frozen=True, slots=True)
class Stories:
    """The tests on a whole text.

    Attributes:
        withhold: A text that one of these matches is withheld.
        told: As these, but they are tried on the text with its verbs marked.
        verbs: Marks them.
        group: A group of persons.
        exploitation: A form of exploitation, or the place where it happens.
        people: A nationality.
        countries: A country that somebody comes from.
        few: Before a nationality, that they are few.
        suffering: What befalls somebody, or where.
        marked: Cues that ask for marks of verbs.
        asides: What is said of an opinion, work or a meeting in the words of an account.
        spoken: Who speaks at a table, where what follows is about nobody.
        rare: Knows one person in one town, in a plight.
    """

    withhold: Patterns
    told: Patterns
    verbs: Verbs
    group: re.Pattern[str]
    exploitation: re.Pattern[str]
    people: frozenset[str]
    countries: re.Pattern[str]
    few: re.Pattern[str]
    suffering: re.Pattern[str]
    marked: frozenset[str]
    asides: re.Pattern[str]
    spoken: re.Pattern[str]
    rare: Rare

    def triggers(self, text: str) -> tuple[str, ...]:
        """Return why the text must be withheld, in alphabetical order; empty when it need not be."""
        reading = Reading(text, self.withhold)
        if (rest := self._without_asides(text, reading)) != text:
            text, reading = rest, Reading(rest, self.withhold)
        kinds = self.withhold.kinds(reading)
        # A mark changes no answer but of what asks for marks.
        known = {need: answer for need, answer in reading.answers.items() if need not in self.marked}
        return tuple(sorted(kinds | self.told.kinds(Reading(self.verbs.mark(text), self.told, known))))

    def without_asides(self, text: str) -> str:
        """Return a text without what is said of an opinion, work or a meeting."""
        return self._without_asides(text, Reading(text, self.withhold))

    def _without_asides(self, text: str, reading: Reading) -> str:
        if reading.has("speaking"):
            text = self.spoken.sub("", text)
        return self.asides.sub("", text) if reading.has("self|us") else text

    def nationalities(self, text: str) -> list[tuple[int, int]]:
        """Return where a nationality stands, when the text names a group and a form of exploitation too."""
        found = [
            (word.start(), word.start() + len(name))
            for word in (_SMALL if text.islower() else _NAMES).finditer(text)
            if (name := word[0].partition("-")[0] if word[0].lower() not in self.people else word[0])
            and name.lower() in self.people
        ]
        found += [match.span() for match in find_all(self.countries, text)]
        if not found or self.rare.towns(text) or (found_in(self.group, text) and found_in(self.exploitation, text)):
            return found
        few = [span for span in found if self.few.search(text, max(0, span[0] - _LEAD), span[0])]
        return few if few and found_in(self.suffering, text) else []


def load_stories(data: Mapping[str, Any], places: Mapping[str, Any], lexicon: Lexicon) -> Stories:
    """Return the tests of a language."""
    groups = name_groups(data["words"], data["expressions"])
    origin = [name for name in places["countries"] if name not in places["own"]]
    told = compile_patterns(data, "told")
    return Stories(
        withhold=compile_patterns(data, "withhold"),
        told=told,
        verbs=Verbs(data["verbs"], lexicon.dictionary),
        group=fill(r"\b{group}\b", groups),
        exploitation=fill(r"\b{exploitation}\b", groups),
        few=fill(r"\b{few}", groups),
        suffering=fill(r"\b(?:{harm}|{hardship}|{workplace}|{exploitation})\b", groups),
        people=inflect(places["demonyms"], places["demonym_forms"]),
        asides=fill("|".join(data["asides"]), groups),
        spoken=fill("|".join(data["spoken"]), groups),
        rare=Rare(groups, lexicon.municipalities),
        marked=frozenset(need for need, cue in told.cues.items() if {PAST, DONE} & cue.phrases),
        countries=re.compile(rf"\b(?i:{alternatives(places['from'])})\s(?P<x>{alternatives(origin)})\b"),
    )
