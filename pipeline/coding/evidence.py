"""Evidence: the cues of one statement, sorted by code, with those that another cue cancels taken out.

What belongs here: what was found and where it stands. What does not: what follows from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.coding import words as w
from pipeline.coding.lexicon import MARKS, Finder, Hit
from pipeline.coding.syntax import Reading
from pipeline.coding.words import Word
from pipeline.coding.zones import MAIN

# Of two equal cues the one named earlier is nearer to what the statement is about: five percent a word.
# Several cues for a code say more than one, but not as much as their sum: they tend to be one idea in other words.
_GOVERNED = 0.8
_REPEATED = 0.4
_SEVERAL = 1.15  # a cue of several words is less likely to stand there by chance
_FURTHEST = 399
_DECAY = tuple(0.95**at for at in range(_FURTHEST + 1))


@dataclass(slots=True, eq=False)  # not frozen for the same reason as a reading
class Evidence:
    """The cues that stand, never changed.

    Attributes:
        reading: The statement's clause.
        hits: By dimension, by code; only cues that speak for the code.
    """

    reading: Reading
    hits: Mapping[str, Mapping[str, Sequence[Hit]]]

    def of(self, dimension: str) -> Mapping[str, Sequence[Hit]]:
        """Return the hits of a dimension by code."""
        return self.hits.get(dimension, {})

    def mark(self, name: str, *, anywhere: bool = False) -> float:
        """Return the summed weight of a mark in the main clause, or with half its weight elsewhere if `anywhere`."""
        found = self.hits.get(MARKS, {}).get(name)
        if not found:
            return 0.0
        zones = self.reading.zones
        if len(found) == 1:
            _, weight, start, _, _ = found[0]
            return weight if zones[start] == MAIN else weight / 2 if anywhere else 0.0
        total = 0.0
        seen = -1
        for _, weight, start, end, _ in sorted(found, key=_place):
            if start < seen:
                continue
            seen = end
            if zones[start] == MAIN:
                total += weight
            elif anywhere:
                total += weight / 2
        return total

    def marked(self, name: str) -> Sequence[Hit]:
        """Return the hits of a mark."""
        return self.hits.get(MARKS, {}).get(name, ())

    def span(self, hit: Hit) -> tuple[int, int]:
        """Return the characters of a hit in the statement's text."""
        spans = self.reading.spans
        return spans[hit.start][0], spans[min(hit.end, len(spans)) - 1][1]


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def gather(reading: Reading, finder: Finder) -> Evidence:
    """Return the cues of a statement that no negative cue of the same code overlaps."""
    found = finder.find(reading.shapes)
    negative = [hit for hit in found if hit.weight < 0]
    grouped: dict[str, dict[str, list[Hit]]] = {}
    slots = finder.slots
    for hit in found:
        slot, weight, start, end, _ = hit
        if weight <= 0:
            continue
        if negative and any(slot == no.slot and start < no.end and no.start < end for no in negative):
            continue
        dimension, code = slots[slot]
        codes = grouped.get(dimension)
        if codes is None:
            codes = grouped[dimension] = {}
        if code in codes:
            codes[code].append(hit)
        else:
            codes[code] = [hit]
    return Evidence(reading, grouped)


def weigh(evidence: Evidence, dimension: str) -> dict[str, float]:
    """Return a score per code: each place counts once, by its best cue, its zone and how early it stands."""
    found = evidence.of(dimension)
    if not found:
        return {}
    zones, words = evidence.reading.zones, evidence.reading.words
    scores: dict[str, float] = {}
    worths: dict[int, float] = {}
    for code, hits in found.items():
        best: dict[int, float] = {}
        for _, weight, start, end, _ in hits:
            place = worths.get(start)
            if place is None:
                place = worths[start] = (
                    (_GOVERNED if governed(words, start) else 1.0) * zones[start] * _DECAY[min(start, _FURTHEST)]
                )
            worth = weight * place * (_SEVERAL if end - start > 1 else 1.0)
            if worth > best.get(end, 0.0):
                best[end] = worth
        top = max(best.values())
        scores[code] = top + _REPEATED * (sum(best.values()) - top)
    return scores


def governed(words: Sequence[Word], at: int) -> bool:
    """Whether a word depends on a preposition, directly or with a determiner between: it is a place or topic then."""
    if at < 2:
        return False
    before = words[at - 1].flags
    if before & w.PREPOSITION:
        return True
    return bool(before & w.DETERMINER and words[at - 2].flags & w.PREPOSITION)


def strongest(hits: Sequence[Hit], zones: Sequence[float]) -> Hit:
    """Return the hit that best shows why a code was given."""
    if len(hits) == 1:
        return hits[0]
    return max(hits, key=lambda hit: (hit.weight * zones[hit.start], hit.end - hit.start, -hit.start))
