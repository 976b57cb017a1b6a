"""The words around names of persons, as the finders need them.

What belongs here: reading `names:` of a language's `privacy.yaml`. What does not: judging, and the words themselves.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from pipeline.privacy.lexicon import load_lexicon
from pipeline.privacy.patterns import Exempt, name_groups
from pipeline.privacy.phrases import Held, Phrases
from pipeline.privacy.titles import Titles
from pipeline.privacy.tokens import Token
from pipeline.text.language import Language

_MOST_INTERFIXES = 3
_LONG_HEAD = 6
"""Letters; words for organisations that have no more are not looked for at the ends of other words."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words around names, lower case; see `names:` in the language's `privacy.yaml`."""

    courtesy: frozenset[str]
    courtesy_short: frozenset[str]
    courtesy_personal: frozenset[str]
    describing: frozenset[str]
    naming_nouns: frozenset[str]
    academic: frozenset[str]
    roles: frozenset[str]
    persons: frozenset[str]
    says: frozenset[str]
    whose: frozenset[str]
    relatives: frozenset[str]
    nick: frozenset[str]
    from_words: frozenset[str]
    surname_joins: frozenset[str]
    role_ends: tuple[str, ...]
    naming: tuple[str, ...]
    being: frozenset[str]
    asks: frozenset[str]
    asked: frozenset[str]
    origins: frozenset[str]
    joining: frozenset[str]
    attributing: frozenset[str]
    acts: frozenset[str]
    deeds: frozenset[str]
    states: frozenset[str]
    small_words: frozenset[str]
    adverbs: frozenset[str]
    subjects: frozenset[str]
    brands: frozenset[str]
    infinitive_marks: frozenset[str]
    owning: frozenset[str]
    small_names: frozenset[str]
    opening_names: frozenset[str]
    shared_names: frozenset[str]
    humanly: frozenset[str]
    greeting: tuple[str, ...]
    placing: frozenset[str]
    inner_capitals: tuple[str, ...]
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
    fixed: Phrases
    titles: Titles
    held: Callable[[str], frozenset[int]]
    """Returns the places of the characters that stand in a fixed phrase or form, where no name begins."""

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


@cache
def name_words(language: Language) -> NameWords:
    """Return the words of `names:` of a language; what is not made of several lists is the list of its name.

    The same object each time, so that what is held in a text is looked for once.
    """
    data = language.data("privacy")
    made = _made(data, Titles(data, load_lexicon(language)))
    listed: dict[str, Any] = {one.name: _lowered(data, one.name) for one in fields(NameWords) if one.name not in made}
    return NameWords(**listed, **made)


def _lowered(data: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in data["names"][key])


def _made(data: Mapping[str, Any], titles: Titles) -> dict[str, Any]:
    """Return what is made of several lists, of other parts of the file, or in another form than a set."""
    names, words, unlisted = data["names"], data["words"], data["unlisted"]
    groups = name_groups(words, data["expressions"])
    adverbs = _lowered(data, "adverbs") | {
        first + last for first in names["adverb_starts"] for last in names["adverb_ends"]
    }
    fixed, belonging = _fixed(names), names["belonging_to"]
    labels = re.compile(rf"\b(?:{'|'.join(map(re.escape, names['labels']))})(?=\s?:)")
    forms = Exempt([{"has": r"\d", "forms": names["held"]}, *names["held_if"]], groups)
    things = tuple(sorted(_lowered(data, "things") | _lowered(data, "abstract_ends")))
    # "De Bos- en Natuurwet": two names of one thing.
    second = "|".join([*things, *names["joined_ends"]])
    joined = re.compile(
        rf"(?<!\w)(?:[A-ZÀ-Þ][a-zà-ÿ]+-,?\s)+(?:{'|'.join(names['joining'])})\s[A-ZÀ-Þ][a-zà-ÿ]*(?:{second})(?!\w)"
    )
    return {
        "persons": _lowered(data, "roles") | frozenset(words["person"]) | frozenset(words["party"]),
        "role_ends": tuple(sorted(_lowered(data, "role_ends"))),
        "nick": frozenset(str(word).casefold() for word in words["nick"]),
        "naming": tuple(str(word) for word in names["naming"]),
        "greeting": tuple(str(word) for word in names["greeting"]),
        "small_words": _lowered(data, "small_words") | adverbs,
        "adverbs": adverbs,
        "adjective_ends": tuple(sorted(_lowered(data, "adjective_ends"))),
        "inner_capitals": tuple(names["inner_capitals"]),
        "things": things,
        "organisation_heads": tuple(sorted(word for word in _lowered(data, "organisations") if len(word) > _LONG_HEAD)),
        "kinds": tuple(sorted(unlisted["kinds"])),
        "homely": frozenset(unlisted["homely"]),
        "belongings": frozenset(words["belonging"]) | frozenset(words["person"]),
        "of": tuple(word if " " in word else f"{word} {belonging}" for word in sorted(_lowered(data, "of"))),
        "fixed": fixed,
        "titles": titles,
        "held": Held(fixed, labels, forms, joined, titles).places,
    }


def _fixed(names: Mapping[str, Any]) -> Phrases:
    """Return fixed phrases, and words that count what a number or letter stands behind."""
    return Phrases(names["fixed"], dict.fromkeys(names["counting"], r"\s(?=\d|[a-z]\b)"))
