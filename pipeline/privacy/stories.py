"""What identifies by the whole and not by a detail: one's own story, and details that are rare only together.

What belongs here: those two tests. What does not: their words, which are in `privacy_stories.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.privacy.lexicon import inflect
from pipeline.privacy.patterns import Patterns, alternatives, compile_patterns, fill, name_groups


@dataclass(frozen=True, slots=True)
class Stories:
    """The tests on a whole text.

    Attributes:
        withhold: A text that one of these matches is withheld.
        group: A group of persons.
        exploitation: A form of exploitation, or the place where it happens.
        people: A nationality.
    """

    withhold: Patterns
    group: re.Pattern[str]
    exploitation: re.Pattern[str]
    people: frozenset[str]
    countries: re.Pattern[str]

    def triggers(self, text: str) -> tuple[str, ...]:
        """Return why the text must be withheld, in alphabetical order; empty when it need not be."""
        reading = self.withhold.read(text)
        return tuple(sorted({pattern.kind for pattern in self.withhold.several if pattern.matches(reading)}))

    def nationalities(self, text: str) -> list[tuple[int, int]]:
        """Return where a nationality stands, when the text names a group and a form of exploitation too."""
        found = [
            m.span() for m in re.finditer(r"[^\W\d_][\w-]+", text) if m[0][0].isupper() and m[0].lower() in self.people
        ]
        found += [match.span() for match in self.countries.finditer(text)]
        if found and self.group.search(text) and self.exploitation.search(text):
            return found
        return []


def load_stories(data: Mapping[str, Any], places: Mapping[str, Any]) -> Stories:
    """Return the tests of a language."""
    groups = name_groups(data["words"], data["expressions"])
    origin = [name for name in places["countries"] if name not in places["own"]]
    return Stories(
        withhold=compile_patterns(data, "withhold"),
        group=fill(r"\b{group}\b", groups),
        exploitation=fill(r"\b{exploitation}\b", groups),
        people=inflect(places["demonyms"]),
        countries=re.compile(rf"\b{alternatives(places['from'])}\s(?P<x>{alternatives(origin)})\b"),
    )
