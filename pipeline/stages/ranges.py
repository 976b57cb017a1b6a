"""Ranges of bytes that others are looked up in.

What belongs here: whether a range overlaps any of many, without going through all of them: a text of 20 MB has tens of
thousands of repairs and of statements that are not shown. What does not: what the ranges are of.
"""

from bisect import bisect_right
from collections.abc import Iterable


class Ranges:
    """Ranges (start, end), in any order; they may overlap."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Return whether any of them begins before an end and ends after a start.

        >>> Ranges([(4, 6), (0, 2)]).overlap(1, 3), Ranges([(4, 6), (0, 2)]).overlap(2, 4)
        (True, False)
        """
        first = bisect_right(self._ends, start)
        return first < len(self._starts) and self._starts[first] < end
