"""The words around names of persons, as the finders need them.

What belongs here: reading `names:` of a language's `privacy.yaml`. What does not: judging, and the words themselves.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from pipeline.privacy.patterns import fill, find_all, name_groups
from pipeline.privacy.tokens import Token

_DIGIT = re.compile(r"\d")
"""What the forms have that are held, and the notes that they stand in."""
_COUNTERS = re.compile(r"(?:^|(?<=[^,\w]\s)|(?<=[^\W\d_]{3}\s)(?<!\sen\s)|(?<=\n))[A-Z](?=[.)]\s[A-ZÀ-Þ][a-zà-ÿ])")
"""A letter that may count what is behind it."""
_FEWEST_COUNTERS = 3
_MOST_INTERFIXES = 3
_LONG_HEAD = 6
"""Letters; words for organisations that have no more are not looked for at the ends of other words."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words around names, lower case; see `names:` in the language's `privacy.yaml`."""

    courtesy: frozenset[str]
    academic: frozenset[str]
    roles: frozenset[str]
    persons: frozenset[str]
    says: frozenset[str]
    whose: frozenset[str]
    from_words: frozenset[str]
    surname_joins: frozenset[str]
    role_ends: tuple[str, ...]
    naming: tuple[str, ...]
    asks: frozenset[str]
    asked: frozenset[str]
    origins: frozenset[str]
    joining: frozenset[str]
    attributing: frozenset[str]
    acts: frozenset[str]
    small_words: frozenset[str]
    adverbs: frozenset[str]
    subjects: frozenset[str]
    brands: frozenset[str]
    infinitive_marks: frozenset[str]
    owning: frozenset[str]
    small_names: frozenset[str]
    placing: frozenset[str]
    things: tuple[str, ...]
    adjective_ends: tuple[str, ...]
    interfixes: frozenset[str]
    surname_prepositions: frozenset[str]
    surname_articles: frozenset[str]
    organisations: frozenset[str]
    organisation_heads: tuple[str, ...]
    named_after: frozenset[str]
    works: frozenset[str]
    kinds: tuple[str, ...]
    homely: frozenset[str]
    own: frozenset[str]
    belongings: frozenset[str]
    modals: frozenset[str]
    ends: frozenset[str]
    headings: frozenset[str]
    of: tuple[str, ...]
    fixed: re.Pattern[str]
    labels: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]

    def held(self, text: str) -> frozenset[int]:
        """Return the places of the characters that stand in a fixed phrase or form, where no name begins."""
        return _held(self.fixed, self.labels, self.forms, text)

    def is_interfix(self, token: Token) -> bool:
        """Whether a word stands before a surname: "van", "der"."""
        return token.lower in self.interfixes

    def past_interfixes(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return where the word is behind "van der", from a word on; None when nothing but that is there."""
        core = index
        while (
            core < len(tokens) - 1
            and core - index < _MOST_INTERFIXES
            and self.is_interfix(tokens[core])
            and tokens[core + 1].glued
        ):
            core += 1
        return None if self.is_interfix(tokens[core]) else core


@lru_cache(maxsize=4)
def _held(
    fixed: re.Pattern[str], labels: re.Pattern[str], forms: tuple[re.Pattern[str], ...], text: str
) -> frozenset[int]:
    spans = [match.span() for match in fixed.finditer(text)]
    spans += lettered(text)
    if ":" in text:
        spans += [match.span() for match in labels.finditer(text)]
    if _DIGIT.search(text):
        spans += [match.span("x") for form in forms for match in find_all(form, text)]
    return frozenset(at for span in spans for at in range(*span))


def lettered(text: str) -> list[tuple[int, int]]:
    """Return where the letters stand that count in a text, from A on and three or more, as "A. Wonen B. Werk C. Zorg".

    >>> lettered("A. Wonen B. Werk C. Zorg")
    [(0, 1), (9, 10), (17, 18)]
    >>> lettered("A. Jansen, B. de Vries en C. Visser")
    []
    """
    if "B." not in text and "B)" not in text:
        return []
    found = list(_COUNTERS.finditer(text))
    counts = len(found) >= _FEWEST_COUNTERS and all(ord(one[0]) == ord("A") + at for at, one in enumerate(found))
    return [one.span() for one in found] if counts else []


def _by_first_letter(phrases: Iterable[str]) -> str:
    """Return an expression of any of some phrases, the longest first; each letter is tried once for all it begins.

    >>> _by_first_letter(["ab", "abc", "d"])
    'a(?:bc|b)|d(?:)'
    """
    rests: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        rests.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(several)})" for first, several in rests.items())


def name_words(data: Mapping[str, Any]) -> NameWords:
    """Return the words of `names:`; what is not made of several lists is the list of its name."""
    made = _made(data)
    listed: dict[str, Any] = {one.name: _lowered(data, one.name) for one in fields(NameWords) if one.name not in made}
    return NameWords(**listed, **made)


def _lowered(data: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in data["names"][key])


def _made(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is made of several lists, of other parts of the file, or in another form than a set."""
    names, words, unlisted = data["names"], data["words"], data["unlisted"]
    groups = name_groups(words, data["expressions"])
    adverbs = _lowered(data, "adverbs") | {
        first + last for first in names["adverb_starts"] for last in names["adverb_ends"]
    }
    return {
        "persons": _lowered(data, "roles") | frozenset(words["person"]) | frozenset(words["party"]),
        "role_ends": tuple(sorted(_lowered(data, "role_ends"))),
        "naming": tuple(str(word) for word in names["naming"]),
        "small_words": _lowered(data, "small_words") | adverbs,
        "adverbs": adverbs,
        "adjective_ends": tuple(sorted(_lowered(data, "adjective_ends"))),
        "things": tuple(sorted(_lowered(data, "things") | _lowered(data, "abstract_ends"))),
        "organisation_heads": tuple(sorted(word for word in _lowered(data, "organisations") if len(word) > _LONG_HEAD)),
        "kinds": tuple(sorted(unlisted["kinds"])),
        "homely": frozenset(unlisted["homely"]),
        "belongings": frozenset(words["belonging"]) | frozenset(words["person"]),
        "of": tuple(f"{word} van" if " " not in word else word for word in sorted(_lowered(data, "of"))),
        "fixed": _fixed(names),
        "labels": re.compile(rf"\b(?:{'|'.join(map(re.escape, names['labels']))})(?=\s?:)"),
        "forms": tuple(re.compile(fill(form, groups).pattern) for form in names["held"]),
    }


def _fixed(names: Mapping[str, Any]) -> re.Pattern[str]:
    """Return an expression of fixed phrases, and of words that count what a number or letter stands behind."""
    counting = "|".join(re.escape(word) for word in names["counting"])
    return re.compile(rf"\b(?:{_by_first_letter(names['fixed'])})\b|\b(?:{counting})\s(?=\d|[a-z]\b)")
