"""The words around names of persons, as the finders need them.

What belongs here: reading `names:` of a language's `privacy.yaml`. What does not: judging, and the words themselves.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.privacy.patterns import fill, find_all, name_groups

_DIGIT = re.compile(r"\d")
"""What the forms have that are held, and the notes that they stand in."""


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
    of: tuple[str, ...]
    fixed: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]

    def held(self, text: str) -> frozenset[int]:
        """Return the places of the characters that stand in a fixed phrase or form, where no name begins."""
        return _held(self.fixed, self.forms, text)


@lru_cache(maxsize=4)
def _held(fixed: re.Pattern[str], forms: tuple[re.Pattern[str], ...], text: str) -> frozenset[int]:
    spans = [match.span() for match in fixed.finditer(text)]
    if _DIGIT.search(text):
        spans += [match.span("x") for form in forms for match in find_all(form, text)]
    return frozenset(at for span in spans for at in range(*span))


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
    """Return the words of `names:`."""
    names = data["names"]

    def lowered(key: str) -> frozenset[str]:
        return frozenset(str(word).casefold() for word in names[key])

    joined = {first + last for first in names["adverb_starts"] for last in names["adverb_ends"]}
    adverbs = lowered("adverbs") | joined
    fixed = _by_first_letter(names["fixed"])
    groups = name_groups(data["words"], data["expressions"])
    counting = "|".join(re.escape(word) for word in names["counting"])
    return NameWords(
        courtesy=lowered("courtesy"),
        academic=lowered("academic"),
        roles=lowered("roles"),
        persons=lowered("roles") | frozenset(data["words"]["person"]) | frozenset(data["words"]["party"]),
        says=lowered("says"),
        whose=lowered("whose"),
        from_words=lowered("from_words"),
        surname_joins=lowered("surname_joins"),
        role_ends=tuple(sorted(lowered("role_ends"))),
        naming=tuple(str(word) for word in names["naming"]),
        asks=lowered("asks"),
        asked=lowered("asked"),
        origins=lowered("origins"),
        joining=lowered("joining"),
        attributing=lowered("attributing"),
        acts=lowered("acts"),
        small_words=lowered("small_words") | adverbs,
        adverbs=adverbs,
        subjects=lowered("subjects"),
        brands=lowered("brands"),
        owning=lowered("owning"),
        small_names=lowered("small_names"),
        placing=lowered("placing"),
        adjective_ends=tuple(sorted(lowered("adjective_ends"))),
        things=tuple(sorted(lowered("things") | lowered("abstract_ends"))),
        interfixes=lowered("interfixes"),
        surname_prepositions=lowered("surname_prepositions"),
        surname_articles=lowered("surname_articles"),
        organisations=lowered("organisations"),
        organisation_heads=tuple(sorted(word for word in lowered("organisations") if len(word) > 6)),
        named_after=lowered("named_after"),
        works=lowered("works"),
        kinds=tuple(sorted(data["unlisted"]["kinds"])),
        homely=frozenset(data["unlisted"]["homely"]),
        own=lowered("own"),
        belongings=frozenset(data["words"]["belonging"]) | frozenset(data["words"]["person"]),
        modals=lowered("modals"),
        ends=lowered("ends"),
        of=tuple(f"{word} van" if " " not in word else word for word in sorted(lowered("of"))),
        fixed=re.compile(rf"\b(?:{fixed})\b|\b(?:{counting})\s(?=\d|[a-z]\b)"),
        forms=tuple(re.compile(fill(form, groups).pattern) for form in names["held"]),
    )
