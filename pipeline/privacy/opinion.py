"""A learned second opinion: how likely each word of a text is a detail, and the text an account of a life.

What belongs here: shipped weights, sums of them, and what follows from a sum. What does not: features
(`pipeline.privacy.features`), learning the weights (`benchmarks.privacy.train`), and rules.

Weights are whole steps, so that a sum is the same in any order and on any machine.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.privacy.features import OPENS, Candidate, Features, Key, load_features
from pipeline.privacy.name_words import name_words
from pipeline.privacy.stories import Verbs
from pipeline.text.language import Language

STEPS = 256
"""So many steps are one unit of log-odds."""
FILE = "privacy_opinion.npz"
_GAP = 4
"""So many characters at most stand between two parts of a detail: ", " or " - "."""
_ENDS = frozenset(",;()[]\"“”„?!‘’'«»")
"""What ends a string of characters without a space in it, besides a space."""
_LAST = ".:"
_NUMBERS = frozenset({"number", "month"})
"""Sorts of words that are numbers, beside those in digits."""
_LEAD = 20
"""So many characters at most are looked at for what joins two parts."""
_BEFORE = re.compile(r"(?:^|(?<=[\s(]))(['’]?\w+(?:[./]\w+)*)\.?\s\Z")
"""The word before a word."""
_NUMBERED = re.compile(r"[^\W\d_].*\s\d", re.DOTALL)
"""A word and a number, as an address has."""
Span = tuple[int, int, str]


class Scored(NamedTuple):
    """A word that could be a detail.

    Attributes:
        start: First character in the text.
        end: One past the last character.
        odds: The log-odds that it is one, in steps.
        opens: Whether it opens a sentence.
        likely: Whether it is likely one with nothing else in the text to tell.
    """

    start: int
    end: int
    odds: int
    opens: bool
    likely: bool


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What was learned.

    Attributes:
        details: Steps of each feature of a word: under nothing for any sort of word, and under each sort.
        stories: Steps of each feature of a text.
        details_start: Steps of a word without features.
        stories_start: Steps of a text without features.
        provenance: What it was learned from and by which command.
    """

    details: Mapping[str, Mapping[str, int]] = field(repr=False)
    stories: Mapping[str, int] = field(repr=False)
    details_start: int
    stories_start: int
    provenance: Mapping[str, object]


class MissingWeightsError(RuntimeError):
    """What was learned is not installed: there is no gate without it."""


class Opinion:
    """Says of one text after another what its rules may have missed, or taken for a detail without one."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        interfixes: frozenset[str],
        places: Sequence[str],
        features: Features,
        weights: Weights,
    ) -> None:
        self._features, self._weights = features, weights
        self._detail, self._number, self._beside, self._part, self._doubt, self._doubt_first, self._story = (
            round(settings[key] * STEPS)
            for key in ("detail", "number", "beside", "part", "doubt", "doubt_first", "story")
        )
        self._interfixes = interfixes
        self._names = frozenset(settings["kinds_of_names"])
        joins = "|".join(map(re.escape, sorted(interfixes | {*settings["joins"]}, key=len, reverse=True)))
        nouns = "|".join(map(re.escape, sorted(places, key=len, reverse=True)))
        names = "|".join(map(re.escape, sorted(interfixes, key=len, reverse=True)))
        # What follows an initial.
        self._surname = re.compile(rf"\.\s?(?:(?:{names})\s){{0,3}}[^\W\d_][\w'’-]+", re.IGNORECASE)
        self._of_streets = frozenset(settings["of_streets"])
        # What belongs to the name of a house or a quarter beside its noun: "speeltuin klein duimpje", "domus zuid".
        self._size = re.compile(
            rf"\b(?:{nouns})\s(?P<x>(?:{'|'.join(settings['of_streets'])}|{'|'.join(settings['of_houses'])})\s)\Z",
            re.IGNORECASE,
        )
        self._wind = re.compile(rf"\s(?:{'|'.join(settings['winds'])})\b", re.IGNORECASE)
        self._joined = re.compile(rf"(?:\.\w)*\.?\s(?:(?:{joins})\.?\s){{1,3}}", re.IGNORECASE)
        self._sum = lru_cache(maxsize=200_000)(self._sum_of)
        self._told = lru_cache(maxsize=200_000)(self._told_sum)
        self._none: Mapping[str, int] = {}

    def second(self, text: str, sure: Sequence[Span], weak: Sequence[Span]) -> list[Span]:
        """Return what the rules found in a text without what is hardly a detail, and with what they missed.

        Args:
            text: The text.
            sure: What the rules found by its form or by a word before it.
            weak: What a capital may have given.
        """
        scored = self.score(text)
        # A name in small letters was not given by a capital; nor was one with a colon behind it: it says what follows.
        kept = [*sure, *(span for span in weak if _is_told(text, span) or not self._doubts(span, scored))]
        return [*kept, *self._find(text, kept, scored)]

    def score(self, text: str) -> list[Scored]:
        """Return the words of a text that could be details, in order."""
        return [self._scored(one) for one in self._features.candidates(text)]

    def _scored(self, one: Candidate) -> Scored:
        odds = self._odds(one)
        least = self._number if one.kind in _NUMBERS or one.kind[0] == "d" else self._detail
        return Scored(one.start, one.end, odds, opens=one.kind[-1] == OPENS, likely=odds >= least)

    def _odds(self, candidate: Candidate) -> int:
        kind, total = candidate.kind, self._weights.details_start
        for key in candidate.keys:
            total += self._sum(kind, key)
        return total

    def _sum_of(self, kind: str, key: Key) -> int:
        any_kind, this_kind = self._weights.details[""], self._weights.details.get(kind, self._none)
        return sum(any_kind.get(name, 0) + this_kind.get(name, 0) for name in self._features.named_by(key))

    def _doubts(self, span: Span, scored: Sequence[Scored]) -> bool:
        """Whether what a capital gave is hardly a detail; a word that was not asked for says nothing."""
        words = [scored[at] for at in _inside(span, scored)]
        # What opens a sentence has its capital anyway: rules that take it for a name have seen more than that.
        return bool(words) and max(one.odds for one in words) < (self._doubt_first if words[0].opens else self._doubt)

    def _find(self, text: str, spans: Sequence[Span], scored: Sequence[Scored]) -> Iterator[Span]:
        """Yield details that the rules did not find, and those that they found in part, as a whole.

        Args:
            text: The text.
            spans: What the rules found.
            scored: The words that could be details.
        """
        if not spans and not any(one.likely for one in scored):
            return
        kinds = [""] * len(scored)
        for span in spans:
            for at in _inside(span, scored):
                kinds[at] = kinds[at] or span[2]
        done = -1
        for at, one in enumerate(scored):
            if (kinds[at] or one.odds >= self._beside) and not (at <= done and one.odds >= self._part):
                first, last = self._run(text, scored, kinds, at)
                kind = next(filter(None, kinds[first : last + 1]), "")
                start, end = self._whole(text, scored[first], scored[last], kind, by_rule=bool(kinds[first]))
                if not kind or (start, end) != one[:2]:
                    yield start, end, kind or "detail"
                done = last if one.odds >= self._part else done

    def _run(self, text: str, scored: Sequence[Scored], kinds: Sequence[str], at: int) -> tuple[int, int]:
        """Return the first and the last word of a detail of which a word is a part."""
        first = last = at
        while first and scored[first - 1].odds >= self._part and self._are_one(text, scored, kinds, first):
            first -= 1
        while (
            last + 1 < len(scored)
            and scored[last + 1].odds >= self._part
            and self._are_one(text, scored, kinds, last + 1)
        ):
            last += 1
        return first, last

    def _whole(self, text: str, first: Scored, last: Scored, kind: str, *, by_rule: bool) -> tuple[int, int]:
        """Return where a detail starts and ends, with what touches its first and its last word."""
        start, end = first.start, last.end
        while start and not text[start - 1].isspace() and text[start - 1] not in _ENDS:
            start -= 1
        stop = end
        while stop < len(text) and not text[stop].isspace() and text[stop] not in _ENDS:
            stop += 1
        if last.end - last.start == 1 and (surname := self._surname.match(text, last.end)):
            stop = surname.end()
        # The rules know of themselves what belongs before a name, but of a street not; before a number nothing does.
        named = (not by_rule or kind == "address") and text[start].isalpha()
        before = self._of_streets if by_rule else self._interfixes
        if _NUMBERED.match(text, start, stop):
            before = before | self._of_streets
        first_letter = self._with(before, text, start) if named else start
        end = max(end, end + len(text[end:stop].rstrip(_LAST)))
        if not by_rule:
            first_letter = self._sized(text, first_letter)
            end = wind.end() if (wind := self._wind.match(text, end)) else end
        return first_letter, end

    def _sized(self, text: str, start: int) -> int:
        """Return where "klein" before a detail starts, when a noun of a place stands before that; else its start."""
        size = self._size.search(text, max(0, start - _LEAD * 2), start)
        return size.start("x") if size else start

    def _are_one(self, text: str, scored: Sequence[Scored], kinds: Sequence[str], at: int) -> bool:
        """Whether a word and the one before it are close, with nothing but "van der" or "aan" in a longer gap."""
        if kinds[at] and kinds[at - 1] and kinds[at] != kinds[at - 1] and not {*kinds[at - 1 : at + 1]} <= self._names:
            return False  # the rules know them for two things
        start, end = scored[at - 1].end, scored[at].start
        return end - start <= _GAP or (end - start <= _LEAD and self._joined.fullmatch(text, start, end) is not None)

    def _with(self, words: frozenset[str], text: str, start: int) -> int:
        """Return where such words or an initial before a detail start, as "van der" or "oude", or the detail."""
        while match := _BEFORE.search(text, max(0, start - _LEAD), start):
            if match[1].lower() not in words and (len(match[1]) > 1 or match[1].isdigit()):
                break
            start = match.start(1)
        return start

    def tells(self, text: str) -> bool:
        """Whether a text, or a sentence of it, is an account of a life or singles somebody out."""
        least = self._story - self._weights.stories_start
        return any(sum(map(self._told, keys)) >= least for keys in self._features.stories(text))

    def _told_sum(self, key: Key) -> int:
        return sum(self._weights.stories.get(name, 0) for name in self._features.told_by(key))


def _is_told(text: str, span: Span) -> bool:
    """Whether more than a capital gave a name."""
    return text[span[0]].islower() or text[span[1] : span[1] + 1] == ":"


def _inside(span: Span, scored: Sequence[Scored]) -> range:
    """Return the places of the words that a span shares characters with; words are in order and apart."""
    return range(
        bisect_right(scored, span[0], key=lambda one: one.end), bisect_left(scored, span[1], key=lambda one: one.start)
    )


def save_weights(weights: Weights, path: Path) -> None:
    """Write weights: a row per feature of words, a column per sort of word, and a row of the features of texts."""
    kinds = sorted(weights.details)
    terms = sorted({term for column in weights.details.values() for term in column})
    table = np.array([[weights.details[kind].get(term, 0) for kind in kinds] for term in terms], np.int16)
    stories = sorted(weights.stories)
    head = {
        "kinds": kinds,
        "terms": terms,
        "stories": stories,
        "starts": [weights.details_start, weights.stories_start],
        "provenance": dict(weights.provenance),
    }
    np.savez_compressed(
        path,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        details=table,
        told=np.array([weights.stories[term] for term in stories], np.int16),
    )


def load_weights(path: Path) -> Weights:
    """Read weights that `save_weights` wrote.

    Raises:
        MissingWeightsError: when they are not installed.
    """
    if not path.is_file():
        raise MissingWeightsError(f"the privacy gate needs {path.name}: install the package with its data")
    with np.load(path) as data:
        head = json.loads(data["head"].tobytes())
        table, told = data["details"], data["told"].tolist()
    details = {}
    for column, kind in enumerate(head["kinds"]):
        rows = np.flatnonzero(table[:, column])
        details[kind] = dict(zip((head["terms"][row] for row in rows), table[rows, column].tolist(), strict=True))
    stories = dict(zip(head["stories"], told, strict=True))
    return Weights(details, stories, head["starts"][0], head["starts"][1], head["provenance"])


def load_opinion(language: Language, verbs: Verbs) -> Opinion:
    """Return the second opinion of a language.

    Raises:
        MissingWeightsError: when its weights are not installed.
    """
    data = language.data("privacy")
    features = load_features(language, verbs)
    places = [*data["words"]["place_noun"], *data["words"]["shelter_noun"]]
    weights = load_weights(language.folder / FILE)
    return Opinion(data["opinion"], name_words(language).interfixes, places, features, weights)
