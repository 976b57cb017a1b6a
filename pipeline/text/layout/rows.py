"""Rows: what the search needs to know of each line of a page, computed once.

What belongs here: words, their classes, ends, starts and widths. What does not: any choice between readings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.layout.weights import ENDS, STARTS, Weights
from pipeline.text.model import Line

_WORD = re.compile(r"\S+")
_NUMBERED = re.compile(r"^\d{1,2}(\.\d{1,2})+\.?$")
_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«(["
_BULLETS = "•◦▪■□●○–—*·‣⁃➢✓-o"
_WIDE, _DEFAULT_WIDTH = 1000, 550
_END = {name: number for number, name in enumerate(ENDS)}
_START = {name: number for number, name in enumerate(STARTS)}
CACHE = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its words.

    Attributes:
        line: The line.
        starts: First character of each word in `line.text`.
        ends: One past the last character of each word.
        left: Left edge of each word, in thousandths of the type size.
        right: Right edge of each word.
        classes: Class of each word.
        begins: What each word starts like (`STARTS`).
        finishes: What each word ends like (`ENDS`).
        tail: 2 when white space follows the last word, 1 when not, 0 when the page does not tell wraps by it.
        blank: Whether a blank line stood before it.
    """

    line: Line
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    classes: tuple[int, ...]
    begins: tuple[int, ...]
    finishes: tuple[int, ...]
    tail: int
    blank: bool

    @property
    def width(self) -> int:
        """Width of the whole row."""
        return self.right[-1]

    def word(self, position: int) -> str:
        """Return a word."""
        return self.line.text[self.starts[position] : self.ends[position]]


@lru_cache(maxsize=CACHE)
def start_of(word: str) -> int:
    """Return what a word starts like, as a position in `STARTS`."""
    if word in _BULLETS or (word[0] in _BULLETS[:-2] and not word[1:2].isalnum()):
        return _START["bullet"]
    if _NUMBERED.match(word):
        return _START["number"]
    bare = word.lstrip(_OPENERS)
    if not bare:
        return _START["open"]
    if bare[0].isdigit():
        return _START["digit"]
    if bare[0].isupper():
        return _START["upper"]
    return _START["lower"] if bare[0].islower() else _START["open"]


@lru_cache(maxsize=CACHE)
def end_of(word: str) -> int:
    """Return what a word ends like, as a position in `ENDS`."""
    bare = word.rstrip(_CLOSERS)
    last = bare[-1:] or word[-1]
    if last in ".!?…":
        return _END["stop"]
    if last in ":;":
        return _END["colon"]
    if last == ",":
        return _END["comma"]
    if last in "-‐­" and len(bare) > 1:
        return _END["hyphen"]
    return _END["close"] if bare != word else _END["plain"]


class Reader:
    """Makes rows; keeps what it learned of words, since pages of one document share them.

    Args:
        weights: Of the language.
        face: Which type face's widths to measure with.
    """

    def __init__(self, weights: Weights, face: int = 0) -> None:
        widths = weights.faces[face]
        self.space = widths.get(" ", 278)

        @lru_cache(maxsize=CACHE)
        def look(word: str) -> tuple[int, int, int, int]:
            size = sum(widths.get(c, _DEFAULT_WIDTH) if c < "⺀" else _WIDE for c in word)
            number, start = weights.class_of(word), start_of(word)
            if start == _START["upper"] and weights.is_common(number):
                start = _START["common"]
            return size, number, start, end_of(word)

        self._look = look

    def row(self, line: Line, tail: int, blank: bool) -> Row:
        """Return the row of a line that holds at least one word."""
        matches = [match.span() for match in _WORD.finditer(line.text)]
        text = line.text
        looks = [self._look(text[a:b]) for a, b in matches]
        left, right, edge = [], [], 0
        for width, _, _, _ in looks:
            left.append(edge)
            right.append(edge + width)
            edge += width + self.space
        sizes, classes, begins, finishes = zip(*looks, strict=True)
        del sizes
        starts, ends = zip(*matches, strict=True)
        return Row(line, starts, ends, tuple(left), tuple(right), classes, begins, finishes, tail, blank)


def make_rows(lines: Sequence[Line], reader: Reader) -> list[Row]:
    """Return the rows of the lines that are not blank."""
    filled = [line for line in lines if line.text.strip()]
    spaced = sum(1 for line in filled if line.text != line.text.rstrip())
    telling = 0.05 * len(filled) < spaced < 0.95 * len(filled)
    rows: list[Row] = []
    blank = False
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        tail = (2 if line.text[-1].isspace() else 1) if telling else 0
        rows.append(reader.row(line, tail, blank))
        blank = False
    return rows
