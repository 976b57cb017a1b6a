"""How the headings of a document are numbered, and what the order tells in which their numbers come.

What belongs here: which words may be numbers of headings, the one way of numbering that pages share, whether these come
as woven columns bring them. What does not: which of them a reading takes for headings (`moves`), what a heading is
(`headings`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pipeline.text.model import Line

Way = tuple[str, int]
"""A way of numbering: by how many levels, by letters, or by a word and what stands behind its number."""
Order = Literal["woven", "given", "unknown"]
CHAPTER = 100  # numbers before a dot count so many times those behind it, so that 2.9 and 3.1 are 209 and 301
COMPLETE = 0.7  # share of the numbers, the first aside, that follow another or open a chapter, where these are headings
MOST_WOVEN = 3  # columns
LEAST = 4  # numbers, below which their order tells nothing
LEAST_RISING = 6  # numbers that follow another on their page, below which they may rise although columns were woven
LETTER: Way = ("letter", 1)
_BEHIND_A_WORD: Way = ("", 0)
_NUMBERED = re.compile(r"^(?:\d{1,2}(\.\d{1,2})+\.?|[A-Z]\.)$")  # "4.5" and "E.", as they stand before a heading
_PLAIN_NUMBER = re.compile(r"^\d{1,2}:?$")  # "7:", as it stands behind "Aanbeveling"
_COUNTED = re.compile(r"^(?:\d{1,2}|[A-Z])\.$")  # no end of a sentence
_MAY_HOLD = re.compile(r"[0-9A-Z][0-9.:]*\s")  # looked for in every line, so it is what is found fastest
OPENERS = "\"'“‘«(["  # may stand before the first letter of a word
_REMEMBERED = 20_000  # words


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the headings of a page are numbered.

    Attributes:
        way: In which way, which is that of the document; None where nothing tells.
        order: Whether they come on the page as woven columns bring them, on all pages as they are counted, or neither.
    """

    way: Way | None = None
    order: Order = "unknown"


UNKNOWN = Numbering()


def is_numbered(word: str) -> bool:
    """Return whether a word is a number as only a heading has it: "4.5", "E."."""
    return _NUMBERED.match(word) is not None


def is_counted(word: str) -> bool:
    """Return whether a word is a number or a letter with a point, which ends no sentence: "7.", "E."."""
    return _COUNTED.match(word) is not None


def are_initials(letters: Iterable[int]) -> bool:
    """Return whether letters, by their numbers, are no numbers of headings: none follows another."""
    known = set(letters)
    return not any(letter + 1 in known for letter in known)


def by_way(
    texts: Sequence[str], places: Iterable[int], starts: Iterable[int], capitals: Sequence[bool]
) -> dict[Way, dict[int, int]]:
    """Return the numbers of headings that may open with each word, by the way of numbering.

    Args:
        texts: Words, row after row.
        places: Of the words that may be numbers.
        starts: Of the words that open a row, and the number of words.
        capitals: Whether a word opens with a capital.
    """
    found: dict[Way, dict[int, int]] = {}
    edges = set(starts)
    for place in places:
        way, number = _numbered(texts[place])
        if not number or place + 1 in edges or not capitals[place + 1]:
            continue
        if way != _BEHIND_A_WORD:
            found.setdefault(way, {})[place] = number
        elif place not in edges and capitals[place - 1] and texts[place - 1].isalpha():
            mark = len(texts[place].rstrip(":")) - len(texts[place])
            found.setdefault((texts[place - 1], mark), {})[place - 1] = number
    return found


def numbering_of(pages: Sequence[Sequence[Line]]) -> list[Numbering]:
    """Return how the headings of each page of a document are numbered, by its pages without furniture."""
    found = [_of_page(page) for page in pages]
    counts = Counter({way: sum(len(page.get(way, ())) for page in found) for way in set().union(*found)})
    if are_initials(number for page in found for number in page.get(LETTER, ())):
        counts.pop(LETTER, None)
    if not counts:
        return [UNKNOWN] * len(pages)
    way = max(sorted(counts), key=counts.__getitem__)
    numbers = [page.get(way, []) for page in found]
    return [Numbering(way, order) for order in _orders(numbers)]


def _of_page(page: Sequence[Line]) -> dict[Way, list[int]]:
    """Return the numbers that headings of a page may have, in the order in which they come, by the way of numbering."""
    held: dict[Way, list[int]] = {}
    for line in page:
        if _MAY_HOLD.search(line.text):
            texts = line.text.split()
            places = [place for place, text in enumerate(texts) if text[0].isdigit() or len(text) == 2]
            capitals = [text.lstrip(OPENERS)[:1].isupper() for text in texts] if places else ()
            for way, numbers in by_way(texts, places, (0, len(texts)), capitals).items():
                held.setdefault(way, []).extend(numbers.values())
    return held


def _orders(pages: Sequence[Sequence[int]]) -> list[Order]:
    """Return in which order the numbers of headings come on each page.

    They are headings where each comes once, hardly one is left out and those of a page come after those of the page
    before. Woven columns leave that as it is, but on a page numbers then rise in as many runs as it has columns, each
    going on where the one before ends: what a shuffle of cards leaves (Bayer and Diaconis 1992).
    """
    unknown: list[Order] = ["unknown"] * len(pages)
    numbers = [number for page in pages for number in page]
    known, held = set(numbers), [page for page in pages if page]
    if len(known) < max(len(numbers), LEAST) or any(max(page) > min(below) for page, below in pairwise(held)):
        return unknown
    following = sum(number - 1 in known or (number > CHAPTER and number % CHAPTER == 1) for number in numbers)
    if following < COMPLETE * (len(numbers) - 1):
        return unknown
    runs = [_runs(page) for page in pages]
    if max(runs) > 1:
        return ["woven" if count > 1 else "unknown" for count in runs] if max(runs) <= MOST_WOVEN else unknown
    return ["given"] * len(pages) if len(numbers) - len(held) >= LEAST_RISING else unknown


def _runs(numbers: Sequence[int]) -> int:
    """Return in how many rising sequences of following numbers some different numbers come."""
    place = {number: at for at, number in enumerate(numbers)}
    return 1 + sum(place[number] > place[other] for number, other in pairwise(sorted(numbers)))


@lru_cache(maxsize=_REMEMBERED)
def _numbered(word: str) -> tuple[Way, int]:
    """Return how a heading is numbered that opens with a word, or with another one before it, and its number or 0."""
    if is_numbered(word) or is_counted(word):
        if word[0].isalpha():
            return LETTER, ord(word[0]) - ord("A") + 1
        levels = [int(level) for level in word.rstrip(".").split(".")]
        number = 0
        for level in levels:
            number = CHAPTER * number + level
        return ("dots", len(levels)), number
    return _BEHIND_A_WORD, int(word.rstrip(":")) if _PLAIN_NUMBER.match(word) else 0
