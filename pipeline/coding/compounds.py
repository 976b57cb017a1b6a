"""Compounds: the parts that a word is made of.

What belongs here: where a word is cut, by how common its parts are. What does not: what the parts mean.
"""

from collections.abc import Callable, Collection

from pipeline.text.language import Language

_SHORTEST_PART = 4
_COMMON = 3.0  # Zipf; below it a "part" is as likely a chance string of letters as a word
_SURE = 3.5  # of the end of a word that no list knows
_PLAIN = 4.0  # of a first part that has no linking letters


class Compounds:
    """Cuts words, for one language, and remembers their parts.

    Args:
        language: The language; its data `coding.yaml` are read.
        whole: Words that are never cut.
        lemma: Returns the lemma of a form.
    """

    def __init__(self, language: Language, whole: Collection[str], lemma: Callable[[str], str]) -> None:
        self._zipf, self._whole, self._lemma = language.zipf, whole, lemma
        data = language.data("coding")
        self._suffixes, self._linking = frozenset(data["suffixes"]), tuple(data["linking"])
        self._splits: dict[str, tuple[str, ...]] = {}

    def shape(self, lemma: str) -> str:
        """Return a lemma with `|` between its parts."""
        if "-" in lemma:
            return "|".join(self.shape(part) for part in lemma.split("-") if part)
        return "|".join(self.parts(lemma))

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a word, all but the last without linking letters; one when it is no compound."""
        found = self._splits.get(word)
        if found is None:
            found = self._splits[word] = self._split(word)
        return found

    def _split(self, word: str) -> tuple[str, ...]:
        """Split a compound where the rarer of both parts is as common as can be; one part when there is none."""
        if len(word) < 2 * _SHORTEST_PART or word in self._whole:
            return (word,)
        best, cut = _COMMON, 0
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[at:] in self._suffixes:
                continue
            worth = min(self._zipf(self._modifier(word[:at])), self._zipf(word[at:]))
            if worth > best:
                best, cut = worth, at
        if not cut:
            return self._tail(word)
        return (*self.parts(self._modifier(word[:cut])), *self.parts(self._lemma(word[cut:])))

    def _tail(self, word: str) -> tuple[str, ...]:
        """Split a word that no list knows before its longest common end: a compound with a rare first part."""
        if self._zipf(word) > 1:
            return (word,)
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
            if word[at:] not in self._suffixes and self._zipf(word[at:]) > _SURE:
                return (word[:at], *self.parts(self._lemma(word[at:])))
        return (word,)

    def _modifier(self, part: str) -> str:
        """Return a compound's first part without its linking letters, when that is the commoner word."""
        if self._zipf(part) >= _PLAIN:
            return part
        bare = [part.removesuffix(link) for link in self._linking if part.endswith(link)]
        return max((option for option in (part, *bare) if len(option) >= _SHORTEST_PART), key=self._zipf, default=part)
