"""Rows: what the search needs to know of each line of a page, computed once.

What belongs here: words, their classes, ends, starts and widths. What does not: any choice between readings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.language import Language
from pipeline.text.layout.affinity import given_by
from pipeline.text.layout.numbering import LETTER, OPENERS, Way, are_initials, by_way, is_counted, is_numbered
from pipeline.text.layout.titles import given_to_titles
from pipeline.text.layout.weights import BLANKS, ENDS, STARTS, TAILS, Weights
from pipeline.text.model import Line
from pipeline.text.sentences import ELIDED

_WORD = re.compile(r"\S+")
_CLOSERS = "\"'”’»)]"
_QUOTES = "\"'“‘«"
_BULLETS = "•◦▪■□●○–—*·‣⁃➢✓-o"
_BROKEN = "-‐­"
_WIDE, _DEFAULT_WIDTH = 1000, 550
_END = {name: number for number, name in enumerate(ENDS)}
_START = {name: number for number, name in enumerate(STARTS)}
_CAPITAL = (_START["upper"], _START["common"])
_NUMBER, _DIGIT = _START["number"], _START["digit"]
_REACH = 14  # rows over which a broken word is looked for
_SIZE, _CLASS, _BEGINS, _FINISHES, _ELIDED = range(5)
_KNOWN = 5  # these figures of a word are kept beside what it gives
CACHE = 20_000  # words whose figures are kept, about 600 bytes each


class Words(NamedTuple):
    """The words of a page as arrays, row after row; all that compiled code needs to know of it.

    Attributes:
        row_start: (rows + 1,) first word of each row, and the number of words.
        left: (words,) left edge in its row, in thousandths of the type size.
        right: (words,) right edge.
        classes: (words,) class of the word.
        forms: (words + 1,) its row in `given` and `titled`; the last one is that of no word.
        given: (forms, positions, hidden) what each word that was seen gives to the network; see `affinity.given_by`.
        titled: (forms, places) what it counts at each place of a title; see `titles.likeness`.
        begins: (words,) what it starts like (`STARTS`).
        finishes: (words,) what it ends like (`ENDS`).
        hyphens: (words,) its row in `joins` when it ends in a hyphen, else -1.
        joins: (hyphens, words) what a broken word and another word make: a known word (0), perhaps one (1), none (2);
            with a word above it, which may stand at the top of the next column, perhaps one.
        tail: (rows,) position in `TAILS`: whether white space follows the last word.
        blank: (rows,) number of blank lines above the row, counted from the top of the page; -1 on a page without any.
        numbers: (words,) that a heading has which opens with the word, so that later ones are higher; 0 for none.
        space: Width of a space.
    """

    row_start: NDArray[np.int64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    classes: NDArray[np.int64]
    forms: NDArray[np.int64]
    given: NDArray[np.int16]
    titled: NDArray[np.int64]
    begins: NDArray[np.int64]
    finishes: NDArray[np.int64]
    hyphens: NDArray[np.int64]
    joins: NDArray[np.int8]
    tail: NDArray[np.int64]
    blank: NDArray[np.int64]
    numbers: NDArray[np.int64]
    space: float


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of a page that are not blank, with their words.

    Attributes:
        lines: One a row.
        words: Their words as arrays.
        widths: (rows,) width of each row, in thousandths of the type size.
    """

    lines: tuple[Line, ...]
    words: Words
    widths: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def spans(self, row: int) -> tuple[tuple[int, int], ...]:
        """Return the first character and one past the last of each word of a row."""
        return _spans(self.lines[row].text)

    def extent(self, row: int, first: int, after: int) -> tuple[int, int]:
        """Return the first character and one past the last of a segment, by its first word and the word after it."""
        spans = self.spans(row)
        return spans[first][0], spans[after - 1][1]


@lru_cache(maxsize=1000)
def _spans(line: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the words of a line, which is asked segment by segment."""
    return tuple([match.span() for match in _WORD.finditer(line)])


@lru_cache(maxsize=CACHE)
def start_of(word: str) -> int:
    """Return what a word starts like, as a position in `STARTS`."""
    if word in _BULLETS or (word[0] in _BULLETS[:-2] and not word[1:2].isalnum()):
        return _START["bullet"]
    if is_numbered(word):
        return _START["number"]
    bare = word.lstrip(OPENERS)
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
    if is_counted(word):
        return _END["plain"]
    bare = word.rstrip(_CLOSERS)
    last = bare[-1:] or word[-1]
    if last in ".!?…":
        return _END["stop"]
    if last in ":;":
        return _END["colon"]
    if last == ",":
        return _END["comma"]
    if last in _BROKEN and len(bare) > 1:
        return _END["hyphen"]
    return _END["close"] if bare != word else _END["plain"]


class _Widths(dict[str, int]):
    """Widths of characters, in thousandths of the type size; what a face does not hold is as wide as its script is."""

    def __missing__(self, char: str) -> int:
        return _DEFAULT_WIDTH if char < "⺀" else _WIDE


class Reader:
    """Makes rows; keeps what it learned of words, since pages of one document share them.

    Args:
        weights: Of the language.
        language: Tells which joined words it knows.
        face: Which type face's widths to measure with.
    """

    def __init__(self, weights: Weights, language: Language, face: int = 0) -> None:
        widths = _Widths((char, width) for char, width in weights.faces[face].items() if char < "⺀")
        self.space = float(widths.get(" ", 278))
        self._language = language

        def look(word: str) -> tuple[int, ...]:
            size = sum(map(widths.__getitem__, word))
            number, start, end = weights.class_of(word), start_of(word), end_of(word)
            features = weights.features_of(word, start, end)
            if start == _START["upper"] and weights.is_common(number):
                start = _START["common"]
            if start == _START["upper"] and word[0] in _QUOTES:
                start = _START["quoted"]
            return size, number, start, end, ELIDED.fullmatch(word) is not None, *features

        self._look, self._network, self._titles = look, weights.network, weights.titles
        self._places: dict[str, int] = {}  # of each word that was seen, its row in the tables
        self._table = np.empty((0, 0), dtype=np.int64)
        self._given = np.empty((0, 0, 0), dtype=np.int16)
        self._titled = np.empty((0, 0), dtype=np.int64)

    def rows(self, lines: Sequence[Line], reach: int = _REACH, way: Way | None = None) -> Rows:
        """Return the rows of the lines that are not blank.

        Args:
            lines: Of one page, blank ones included; at least one is not blank.
            reach: Rows over which the other half of a broken word is looked for; where 0, at the start of the next one
                alone, which is all that a page needs that is read as one stream.
            way: In which the headings of the document are numbered.
        """
        filled = [line for line in lines if line.text.strip()]
        parted = [line.text.split() for line in filled]
        texts = list(chain.from_iterable(parted))
        row_start = np.zeros(len(parted) + 1, dtype=np.int64)
        np.cumsum([*map(len, parted)], out=row_start[1:])
        forms = self._seen(texts)
        left, right, classes, begins, finishes, widths, (counted, elided) = _laid_out(
            self._table, forms, row_start, self.space
        )
        hyphens, joins = self._joins(texts, begins, finishes, row_start, reach)
        numbers = _numbers(texts, row_start, begins, way) if counted else np.zeros(len(texts), np.int64)
        begins[numbers > 0] = _NUMBER  # "Aanbeveling 7" and "7." open a heading as "4.5" does
        for at in self._table[forms[:-2], _ELIDED].nonzero()[0].tolist() if elided else ():
            if begins[at + 1] in _CAPITAL:
                begins[at] = begins[at + 1]  # "'s Nachts" opens a sentence
        words = Words(
            row_start, left, right, classes, forms, self._given, self._titled, begins, finishes, hyphens, joins,
            _tails(filled), _blanks(lines, len(filled)), numbers, self.space,
        )  # fmt: skip
        return Rows(tuple(filled), words, widths)

    def features(self, word: str) -> tuple[int, ...]:
        """Return the numbers of what is known of a word; see `Weights.features_of`."""
        return self._look(word)[_KNOWN:]

    def farther(self, rows: Rows) -> Rows:
        """Return rows as a search for columns needs them, if they were made for one stream."""
        words = rows.words
        if not words.joins.size:
            return rows
        texts = [text for line in rows.lines for text in line.text.split()]
        known = self._table[self._seen(texts)[:-1]]
        _, joins = self._joins(texts, known[:, _BEGINS], known[:, _FINISHES], words.row_start, _REACH)
        return replace(rows, words=words._replace(joins=joins))

    def _seen(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows of words in the tables, as `Words.forms`.

        Pages share most of their words, so what is known of these is kept in tables, which double when they are full.
        """
        forms = np.empty(len(texts) + 1, dtype=np.int64)
        try:
            forms[:-1] = np.fromiter(map(self._places.__getitem__, texts), np.int64, len(texts))
        except KeyError:
            self._learn(texts)
            forms[:-1] = np.fromiter(map(self._places.__getitem__, texts), np.int64, len(texts))
        forms[-1] = len(self._given) - 1
        return forms

    def _learn(self, texts: Sequence[str]) -> None:
        """Add words to the tables."""
        if len(self._places) > CACHE:  # begun anew, not filled again: pages that were looked at hold the old ones
            self._places = {}
            self._table, self._given, self._titled = self._table[:0], self._given[:0], self._titled[:0]
        new = [text for text in dict.fromkeys(texts) if text not in self._places]
        looks = np.array([self._look(text) for text in new], dtype=np.int64)
        given = given_by(looks[:, _KNOWN:], self._network)
        titled = given_to_titles(looks[:, _KNOWN:], self._titles)
        first, after = len(self._places), len(self._places) + len(new)
        if after >= len(self._table):
            self._table = _longer(self._table, looks[:, :_KNOWN], 2 * after)
            self._given = _longer(self._given, given, 2 * after)
            self._titled = _longer(self._titled, titled, 2 * after)
        self._table[first:after], self._given[first:after] = looks[:, :_KNOWN], given[:-1]
        self._titled[first:after] = titled
        self._given[-1] = given[-1]  # of no word
        self._places.update(zip(new, range(first, after), strict=True))

    def _joins(
        self,
        texts: Sequence[str],
        begins: NDArray[np.int64],
        finishes: NDArray[np.int64],
        row_start: NDArray[np.int64],
        reach: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Return which words are broken, and what each makes with the small words of so many rows below it."""
        broken = np.flatnonzero(finishes == _END["hyphen"])
        hyphens = np.full(len(texts), -1, dtype=np.int64)
        if not broken.size:
            return hyphens, np.empty((0, len(texts)), dtype=np.int8)
        hyphens[broken] = np.arange(len(broken))
        joins = np.full((len(broken), len(texts)), 2, dtype=np.int8)
        if not reach:
            self._join_next(texts, begins, row_start, broken.tolist(), joins)
            return hyphens, joins
        lower = begins == _START["lower"]
        for join, place, row in zip(joins, broken.tolist(), row_start.searchsorted(broken, side="right"), strict=True):
            join[: row_start[row - 1]][lower[: row_start[row - 1]]] = 1  # at the top of the next column
            head = texts[place].rstrip(_CLOSERS + _BROKEN).lstrip(OPENERS)
            first, after = row_start[row], row_start[min(row + reach, len(row_start) - 1)]
            for other in (first + lower[first:after].nonzero()[0]).tolist():
                join[other] = self._joined(head, texts[other])
        return hyphens, joins

    def _join_next(
        self,
        texts: Sequence[str],
        begins: NDArray[np.int64],
        row_start: NDArray[np.int64],
        broken: Sequence[int],
        joins: NDArray[np.int8],
    ) -> None:
        """Fill in what each broken word makes with the word behind it, where that is small and opens a row."""
        starts = set(row_start.tolist())
        for number, place in enumerate(broken):
            other = place + 1
            if other < len(texts) and other in starts and begins[other] == _START["lower"]:
                head = texts[place].rstrip(_CLOSERS + _BROKEN).lstrip(OPENERS)
                joins[number, other] = self._joined(head, texts[other])

    def _joined(self, head: str, word: str) -> int:
        """Return what the head of a broken word makes with another word: a known one (0), perhaps one (1)."""
        return 0 if self._language.zipf(head + _letters(word)) > 0 else 1


@njit(cache=True)
def _laid_out(
    table: NDArray[np.int64], forms: NDArray[np.int64], row_start: NDArray[np.int64], space: float
) -> tuple[
    NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64],
    NDArray[np.float64], tuple[bool, bool],
]:  # fmt: skip
    """Return what is known of the words of a page, and where they stand in their rows.

    Args:
        table: What is known of the words that were seen.
        forms: As in `Words`.
        row_start: As in `Words`.
        space: Width of a space.

    Returns:
        As in `Words` left and right edges, classes, what words begin and finish like; widths of the rows; whether some
        word may be a number, and whether one is elided.
    """
    size, rows = forms.size - 1, row_start.size - 1
    left, right, widths = np.empty(size), np.empty(size), np.empty(rows)
    classes, begins, finishes = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    counted, elided = False, False
    for row in range(rows):
        at = 0.0
        for word in range(row_start[row], row_start[row + 1]):
            known = table[forms[word]]
            left[word], right[word] = at, at + known[_SIZE]
            at = right[word] + space
            classes[word], begins[word], finishes[word] = known[_CLASS], known[_BEGINS], known[_FINISHES]
            counted |= begins[word] == _NUMBER or begins[word] == _DIGIT
            elided |= known[_ELIDED] != 0
        widths[row] = at - space
    return left, right, classes, begins, finishes, widths, (counted, elided)


def _longer(table: NDArray[Any], like: NDArray[Any], length: int) -> NDArray[Any]:
    """Return a table with more rows of the kind of `like`, the first of them those of the table."""
    longer = np.empty((length, *like.shape[1:]), like.dtype)
    longer[: len(table)] = table if len(table) else longer[:0]
    return longer


@lru_cache(maxsize=CACHE)
def _letters(word: str) -> str:
    return "".join(c for c in word if c.isalpha() or c in "'-")


def _tails(lines: Sequence[Line]) -> NDArray[np.int64]:
    """Return whether white space follows each line; unknown when all lines or none are like that."""
    spaced = [line.text[-1].isspace() for line in lines]
    if not 0.05 * len(lines) < sum(spaced) < 0.95 * len(lines):
        return np.full(len(lines), TAILS.index("unknown"), dtype=np.int64)
    return np.where(spaced, TAILS.index("spaced"), TAILS.index("bare")).astype(np.int64)


def _blanks(lines: Sequence[Line], rows: int) -> NDArray[np.int64]:
    """Return how many blank lines stand above each of so many rows; -1 for all when there are none between rows."""
    if len(lines) == rows:
        return np.full(rows, -1, dtype=np.int64)
    above, found = 0, []
    for line in lines:
        if line.text.strip():
            found.append(above)
        else:
            above += 1
    blanks = np.array(found, dtype=np.int64)
    return blanks if found[-1] > found[0] else np.full(len(found), -1, dtype=np.int64)


def _numbers(
    texts: Sequence[str], row_start: NDArray[np.int64], begins: NDArray[np.int64], way: Way | None
) -> NDArray[np.int64]:
    """Return the numbers of headings that may open with each word, of one way of numbering.

    That is the one of the document, where the page has such numbers, or else the one that is met most often.
    """
    places = np.flatnonzero((begins == _NUMBER) | (begins == _DIGIT)).tolist()
    found = by_way(texts, places, row_start.tolist(), np.isin(begins, _CAPITAL).tolist())
    if way not in found and are_initials(found.get(LETTER, {}).values()):
        found.pop(LETTER, None)
    numbers = np.zeros(len(texts), np.int64)
    chosen = found[way] if way in found else max(found.values(), key=len, default={})
    for place, number in chosen.items():
        numbers[place] = number
    return numbers


assert BLANKS[0] == TAILS[0] == "unknown"
