"""Fixed phrases and forms in which no name begins.

What belongs here: finding them, and any of hundreds of phrases without trying each at every word. What does not: the
phrases and forms, and what follows from one.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.privacy.patterns import Exempt
from pipeline.privacy.titles import Titles

_RUN = re.compile(r"\w+")
_COUNTERS = re.compile(r"(?:^|(?<=[^,\w]\s)|(?<=[^\W\d_]{3}\s)(?<!\sen\s)|(?<=\n))[A-Z](?=[.)]\s[A-ZÀ-Þ][a-zà-ÿ])")
"""A letter that may count what is behind it."""
_SMALL_COUNTERS = re.compile(r"(?:^|(?<=\s\s)|(?<=[;|/]\s))[A-Z](?=[.)]\s[a-zà-ÿ]{2})")
"""The same before a word in small letters, where more than a space stands between what is counted."""
_FEWEST_COUNTERS = 3


class Phrases:
    """Finds the phrases of one text after another; of two that begin at the same place the longer one."""

    def __init__(self, phrases: Iterable[str], following: Mapping[str, str] | None = None) -> None:
        """Take phrases that begin with a letter or digit, and what may follow other words, as expressions."""
        rests: dict[str, list[str]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            first = _RUN.match(phrase)
            if first is None:
                raise ValueError(f"no phrase may begin so: {phrase!r}")
            rests.setdefault(first[0], []).append(rf"{re.escape(phrase[first.end() :])}\b")
        for word, rest in (following or {}).items():
            rests.setdefault(word, []).append(rest)
        self._rests = {word: re.compile("|".join(several)) for word, several in rests.items()}
        self._first = frozenset(self._rests)
        self.spans = lru_cache(maxsize=4)(self._spans)

    def _spans(self, text: str) -> tuple[tuple[int, int], ...]:
        r"""Return start and end of each phrase, in order and without overlap.

        >>> Phrases(["De Unie", "De Unie Zorg", "B&W"], {"Ad": r"\s(?=\d)"}).spans("De Unie Zorg en B&W, Ad 3")
        ((0, 12), (16, 19), (21, 24))
        """
        if self._first.isdisjoint(_RUN.findall(text)):
            return ()
        found: list[tuple[int, int]] = []
        done = 0
        for word in _RUN.finditer(text):
            rest = self._rests.get(word[0])
            if rest and word.start() >= done and (match := rest.match(text, word.end())):
                done = match.end()
                found.append((word.start(), done))
        return tuple(found)


class Held:
    """Finds where in one text after another no name begins."""

    def __init__(
        self,
        fixed: Phrases,
        labels: re.Pattern[str],
        forms: Exempt,
        joined: re.Pattern[str],
        titles: Titles,
    ) -> None:
        """Take phrases, labels before a colon, forms, names of one thing, and titles."""
        self._fixed, self._labels, self._forms, self._joined = fixed, labels, forms, joined
        self._titles = titles
        # Of one text it is asked by every finder. An expression is no key: its hash takes longer than it saves.
        self.places = lru_cache(maxsize=4)(self._places)

    def _places(self, text: str) -> frozenset[int]:
        """Return the places of the characters that stand in a fixed phrase or form, where no name begins."""
        spans = [*self._fixed.spans(text), *lettered(text), *self._forms.spans(text), *self._titles.spans(text)]
        if ":" in text:
            spans += [match.span() for match in self._labels.finditer(text)]
        if "- " in text:
            spans += [match.span() for match in self._joined.finditer(text)]
        return frozenset(at for span in spans for at in range(*span))


def lettered(text: str) -> list[tuple[int, int]]:
    """Return where the letters stand that count in a text, from A on and three or more, as "A. Wonen B. Werk C. Zorg".

    >>> lettered("A. Wonen B. Werk C. Zorg")
    [(0, 1), (9, 10), (17, 18)]
    >>> lettered("A. wonen  B. werk  C. zorg")
    [(0, 1), (10, 11), (19, 20)]
    >>> lettered("A. Jansen, B. de Vries en C. Visser")
    []
    """
    if "B." not in text and "B)" not in text:
        return []
    for counters in (_COUNTERS, _SMALL_COUNTERS):
        found = list(counters.finditer(text))
        if len(found) >= _FEWEST_COUNTERS and all(ord(one[0]) == ord("A") + at for at, one in enumerate(found)):
            return [one.span() for one in found]
    return []
