"""Words on one baseline: rows of a page, and pieces of rows in one column.

What belongs here: what stands beside each other. What does not: which of it is read together (`gutters`, `columns`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import TypeAlias

from pipeline.pdf.words import Word

Row: TypeAlias = list[Word]
"""Words from left to right."""

_WORD = re.compile(r"[^\W\d_]{2}")
"""In what is no glyph, label or number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one row that stand in one column.

    Attributes:
        words: From left to right.
        right: Right edge in points.
        bottom: Lower edge.
        height: Of most of its words, at least a point.
        edge: Right edge of the column, in its band.
    """

    words: tuple[Word, ...]
    right: float
    bottom: float
    height: float
    edge: float

    @property
    def of_table(self) -> bool:
        """Whether it is a row of a table."""
        return any(word.cells for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all words are set in bold."""
        return all(word.type.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Return the words by baseline, from the top down, each row from left to right."""
    # What stands on one baseline stays together; baselines that nearly meet, as those of two columns do, are one row.
    lines = _grouped(([word] for word in sorted(words, key=lambda word: (word.bottom, word.left))), 0.1)
    return [sorted(row, key=lambda word: word.left) for row in _grouped(lines, 0.35)]


def _grouped(rows: Iterable[Row], ems: float) -> list[Row]:
    """Return rows from the top down, those that are no further than this below the first of a group as one."""
    groups: list[Row] = []
    for row in rows:
        height = max(row[0].bottom - row[0].top, 1.0)
        if groups and row[0].bottom - groups[-1][0].bottom < ems * height:
            groups[-1].extend(row)
        else:
            groups.append([*row])
    return groups


def piece_of(words: Sequence[Word], edge: float) -> Piece:
    """Return words of one row as a piece of a column with this right edge."""
    return Piece(
        tuple(words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        max(median(word.bottom - word.top for word in words), 1.0),
        edge,
    )


@lru_cache(maxsize=1 << 14)
def has_letters(text: str) -> bool:
    """Return whether a word is more than a glyph, a label or a number."""
    return bool(_WORD.search(text))
