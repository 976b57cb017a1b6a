"""Which paragraphs of a PDF are headings, from how they are set.

What belongs here: the type of paragraphs, against that of the rest of the document. What does not: which lines are a
paragraph (`columns`), and what a heading says (`pipeline.text.headings`).

Plain text loses the type that tells a heading without a number from a short demand; so it is told here. Type alone is
not believed: it must be rare, and most of what is set in it must have the form of a title.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.pdf.columns import Column, Paragraph
from pipeline.pdf.words import Type
from pipeline.text.headings import sets_headings

DEEPEST = 6

_LARGER = 1.08
"""Times the size of the body's type, from which on type is clearly larger."""
_SMALLER = 0.97
"""The same, below which it is smaller, as in captions and tables; that of headings never is."""
_LINES, _WORDS, _LETTERS = 3, 20, 150
"""Most that a heading holds."""
_CELLS = 1.5
"""Ems between two words from which on they stand in two cells of a table."""
_WORD = re.compile(r"[^\W\d_]{3}")
_NO_TITLE = re.compile(r"[\"'“”„‘’«»]|.*(?:[.:;,…!]|(?:\.\s*){3}\d+)$", re.DOTALL)
"""How no title begins or ends: a quotation, a sentence, a lead-in, a line of a table of contents."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the headings of a document look like.

    Attributes:
        types: The types they are set in, from the highest level down.
        running: What opens or closes several pages, without figures: it is no heading, however it is set.
    """

    types: tuple[Type, ...]
    running: frozenset[str]

    @classmethod
    def of(cls, pages: Sequence[Sequence[Column]]) -> "Headings":
        """Return those of a document, given the columns of its pages."""
        letters: Counter[Type] = Counter()
        titles: defaultdict[Type, list[bool]] = defaultdict(list)
        for paragraph in _body(column for page in pages for column in page):
            found = _type(paragraph)
            letters[found] += len(paragraph.text)
            titles[found].append(_is_title(paragraph))
        body = letters.most_common(1)[0][0] if letters else None
        types = [
            found
            for found, formed in titles.items()
            if body is not None
            and _stands_out(found, body)
            and sets_headings(sum(formed), len(formed), letters[found], letters.total())
        ]
        edges = Counter(edge for page in pages for edge in _edges(page))
        running = frozenset(text for text, times in edges.items() if times > 1)
        return cls(tuple(sorted(types, reverse=True)), running)

    def level(self, paragraph: Paragraph) -> int:
        """Return the level of a paragraph of the body, from 1; 0 when it is no heading."""
        found = _type(paragraph)
        if found not in self.types or not _is_title(paragraph) or _folded(paragraph) in self.running:
            return 0
        return min(self.types.index(found) + 1, DEEPEST)


def _body(columns: Iterable[Column]) -> Iterator[Paragraph]:
    return (paragraph for column in columns if not column.margin for paragraph in column.paragraphs)


def _type(paragraph: Paragraph) -> Type:
    """Return what most of a paragraph is set in, bold only where all of it is."""
    words = [word for line in paragraph.lines for piece in line for word in piece.words]
    sizes = Counter[float]()
    for word in words:
        sizes[word.type.size] += len(word.text)
    return Type(sizes.most_common(1)[0][0], all(word.type.bold for word in words))


def _stands_out(found: Type, body: Type) -> bool:
    bolder = found.bold and not body.bold
    return found.size >= _LARGER * body.size or (bolder and found.size >= _SMALLER * body.size)


def _is_title(paragraph: Paragraph) -> bool:
    """Return whether a paragraph has the form of a title, whatever it is set in."""
    text = paragraph.text
    short = len(paragraph.lines) <= _LINES and len(text) <= _LETTERS and len(text.split()) <= _WORDS
    return short and bool(_WORD.search(text)) and not _NO_TITLE.match(text) and not _has_cells(paragraph)


def _has_cells(paragraph: Paragraph) -> bool:
    """Return whether a line stands in several cells of a table."""
    return any(
        after.left - before.right > _CELLS * piece.height
        for line in paragraph.lines
        for piece in line
        for before, after in pairwise(piece.words)
    )


def _edges(page: Sequence[Column]) -> set[str]:
    """Return what a page opens and closes with, as it would stand on other pages."""
    paragraphs = list(_body(page))
    return {_folded(paragraph) for paragraph in (*paragraphs[:1], *paragraphs[-1:])}


def _folded(paragraph: Paragraph) -> str:
    return re.sub(r"\d+", "#", paragraph.text.casefold())
