"""How the words of a language end, and what that tells: of how many, of whose something is, of what people.

What belongs here: asking a word for the endings that stand with the data of its language. What does not: the endings
themselves, and which words there are (`pipeline.privacy.lexicon`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Endings:
    """Endings of words, lower case.

    Attributes:
        many: Of plurals, and of infinitives.
        loaned: Of plurals of words that were taken over: "webcrawlers".
        doing: Of infinitives, those of one syllable too, and of verbs of more than one: "gaan".
        third: Of verbs of one who is neither speaking nor spoken to.
        whose: Of a name whose something is: "Jolijns moeder".
        hissing: Of names that get an apostrophe alone for that: "Hans' moeder".
        linking: Between the parts of a compound.
    """

    many: tuple[str, ...]
    loaned: tuple[str, ...]
    doing: tuple[str, ...]
    third: tuple[str, ...]
    whose: str
    hissing: tuple[str, ...]
    linking: tuple[str, ...]

    def owner(self, word: str) -> str:
        """Return a word without the ending of whose something is, and as it stands when it has none."""
        return word.removesuffix(self.whose)

    def unlinked(self, part: str) -> Iterable[str]:
        """Return the first part of a compound as it stands, and without what links it to the second."""
        return part, *(part.removesuffix(link) for link in self.linking)


def endings_of(data: Mapping[str, Any]) -> Endings:
    """Return the endings of a language.

    Args:
        data: Lists of endings by the names of the attributes.

    Raises:
        TypeError: when one is missing, or is none of them.
    """
    several = {name: tuple(ends) for name, ends in data.items() if name != "whose"}
    return Endings(whose=data["whose"], **several)


def inflect(stems: Iterable[str], forms: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    r"""Return the adjectives and inhabitants, lower case, of stems such as "chinees".

    Args:
        stems: Of peoples, lower case.
        forms: For each end of a stem, a regular expression, what it becomes and what stands behind that.

    >>> forms = [{"stem": "", "ends": ["", "se"]}, {"stem": r"ee(.)$", "becomes": r"e\1", "ends": ["en"]}]
    >>> sorted(inflect(["deen"], forms))
    ['deen', 'deense', 'denen']
    """
    expressions = [(re.compile(form["stem"]), form.get("becomes"), form["ends"]) for form in forms]
    return frozenset(
        (stem if becomes is None else expression.sub(becomes, stem)) + end
        for stem in stems
        for expression, becomes, ends in expressions
        if expression.search(stem)
        for end in ends
    )
