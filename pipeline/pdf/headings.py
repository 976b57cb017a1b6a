"""Which paragraphs of a PDF are headings, from how they are set.

What belongs here: the type of paragraphs, against that of the rest of the document. What does not: which lines are a
paragraph (`columns`), and what a heading says (`pipeline.text.headings`).

Plain text loses the type that tells a heading without a number from a short demand; so it is told here. Type alone is
not believed: it must be rare, and most of what is set in it must have the form of a title. Where only slant, colour or
face differ from those of the body, which a quotation or a caption may have too, text of the body must follow.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from pipeline.pdf.columns import Column, Paragraph
from pipeline.pdf.words import Type, Word
from pipeline.text.headings import labels_among, sets_headings

DEEPEST = 6

_LARGER = 1.08
"""Times the size of the body's type, from which on type is clearly larger."""
_LARGE = 1.18
"""The same, from which on a title may end as a lead-in does: "School:"."""
_SMALLER = 0.97
"""The same, below which it is smaller, as in captions and tables; that of headings never is."""
_SMALL_CAPITALS = (0.65, 0.86)
"""Sizes of small capitals that are no letters of their own, as shares of that of the capitals."""
_LINES, _WORDS, _LETTERS = 3, 20, 150
"""Most that a heading holds."""
_FEW_WORDS = 10
"""Most that one holds which is neither larger nor bolder than the body."""
_EXCLAIMED, _SAID, _NAMED = 8, 5, 3
"""Most words of one that ends in a mark: of a cry, of a sentence or quotation, of a lead-in."""
_CELLS = 1.5
"""Ems between two words from which on they stand in two cells of a table."""
_WORD = re.compile(r"[^\W\d_]{3}")
_NO_TITLE = re.compile(r"[\"'“”„‘’«»]|.*(?:[.:;,…!]|(?:\.\s*){3}\d+)$", re.DOTALL)
"""How no title begins or ends: a quotation, a sentence, a lead-in, a line of a table of contents."""
_QUOTED = re.compile(r"[\"'“”„‘’«»](?P<title>[^\"'“”„‘’«»]+)[\"'“”„‘’«»]$")
_DATED = re.compile(r"(?:[^\W\d_]+, ?)?(?:\d{1,2} )?[a-zà-ÿ]{3,9}\.? \d{4}$|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$")
"""A date, with the place before it: "12 maart 2025", "Utrecht, maart 2025"."""
_LABELLED = re.compile(r"[^\W\d_]+ \d+\s?[.:]")
"""How a caption begins."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the headings of a document look like.

    Attributes:
        types: The types they are set in, from the highest level down.
        body: The type of most text.
        left_out: What is no heading however it is set, in small letters; of what opens or closes pages figures are `#`.
    """

    types: tuple[Type, ...]
    body: Type
    left_out: frozenset[str]

    @classmethod
    def of(cls, pages: Sequence[Sequence[Column]]) -> "Headings":
        """Return those of a document, given the columns of its pages."""
        paragraphs = [one for one in _body(column for page in pages for column in page) if not one.cell]
        kinds = [_type(paragraph) for paragraph in paragraphs]
        letters: Counter[Type] = Counter()
        places: defaultdict[Type, list[int]] = defaultdict(list)
        for place, (paragraph, kind) in enumerate(zip(paragraphs, kinds, strict=True)):
            letters[kind] += len(paragraph.text)
            places[kind].append(place)
        body = letters.most_common(1)[0][0] if letters else Type(0.0, bold=False)
        below = [*kinds[1:], body]
        found = [
            kind
            for kind, at in places.items()
            if kind != body
            and any(
                sets_headings(titles, len(at), letters[kind], letters.total())
                for titles in _titles([(paragraphs[place], below[place]) for place in at], kind, body)
            )
        ]
        types = sorted(found, key=lambda kind: (-kind.size, not kind.bold))  # else as they come
        drawn = cls(tuple(types), body, _running(pages))
        return drawn._without_labels(paragraphs)

    def levels(self, paragraphs: Sequence[Paragraph]) -> list[int]:
        """Return the levels of the paragraphs of a column, from 1; 0 of what is no heading."""
        below = [_type(paragraph) for paragraph in paragraphs[1:]]
        return [self._level(paragraph, kind) for paragraph, kind in zip(paragraphs, [*below, None], strict=True)]

    def _level(self, paragraph: Paragraph, below: Type | None) -> int:
        found = _type(paragraph)
        if (
            paragraph.cell
            or found not in self.types
            or not self.left_out.isdisjoint((_folded(paragraph), paragraph.text.casefold()))
        ):
            return 0
        ends = below is not None and below not in self.types and _may_end(paragraph, found, self.body, _EXCLAIMED)
        if not _is_title(paragraph) and not ends:
            return 0
        return min(self.types.index(found) + 1, DEEPEST)

    def _without_labels(self, paragraphs: Sequence[Paragraph]) -> "Headings":
        """Return the headings without labels, as the names of speakers are."""
        titles = [
            (level, paragraph.text.casefold())
            for paragraph, level in zip(paragraphs, self.levels(paragraphs), strict=True)
            if level
        ]
        labels: set[str] = set()
        types = []
        for level, kind in enumerate(self.types, start=1):
            sections: list[list[str]] = [[]]
            for other, title in titles:
                if other < level:
                    sections.append([])
                elif other == level:
                    sections[-1].append(title)
            found = labels_among(sections)
            if level >= DEEPEST or not all(title in found for section in sections for title in section):
                types.append(kind)
            labels |= found
        return Headings(tuple(types), self.body, self.left_out | labels)


def _titles(set_so: Sequence[tuple[Paragraph, Type]], kind: Type, body: Type) -> Iterator[int]:
    """Yield how many paragraphs set in one type have the form of a title, by rules of which any will do.

    Args:
        set_so: Each with the type of what follows.
        kind: Their type.
        body: That of most text.
    """
    if _stands_out(kind, body):
        yield sum(_is_title(paragraph) for paragraph, _ in set_so)
        if len(set_so) > 1:
            yield sum(
                _is_title(paragraph) or (not _stands_out(below, body) and _may_end(paragraph, kind, body, _SAID))
                for paragraph, below in set_so
            )
    elif len(set_so) > 1 and kind.size >= _SMALLER * body.size:
        yield sum(below != kind and _is_plain_title(paragraph) for paragraph, below in set_so)


def _body(columns: Iterable[Column]) -> Iterator[Paragraph]:
    return (paragraph for column in columns if not column.margin for paragraph in column.paragraphs)


def _type(paragraph: Paragraph) -> Type:
    """Return what most of a paragraph is set in, bold or in italic only where all of it is."""
    words = [word for line in paragraph.lines for piece in line for word in piece.words]
    first = words[0].type
    if all(word.type is first for word in words):
        return first
    sizes, looks = Counter[float](), Counter[tuple[str, int]]()
    for word in words:
        sizes[word.type.size] += len(word.text)
        looks[word.type.face, word.type.colour] += len(word.text)
    size = sizes.most_common(1)[0][0]
    if len(sizes) > 1 and _in_small_capitals(words, max(sizes)):
        size = max(sizes)
    bold, italic, underlined = (
        all(getattr(one.type, name) for one in words) for name in ("bold", "italic", "underlined")
    )
    return Type(size, bold, italic, *looks.most_common(1)[0][0], underlined)


def _in_small_capitals(words: Sequence[Word], size: float) -> bool:
    """Return whether words are set in capitals of a size and small ones, as which small letters are drawn."""
    low, high = _SMALL_CAPITALS
    capitals = [word for word in words if not word.text[0].islower()]
    small = [word for word in words if word.text[0].islower()]
    if not small:  # their letters are stored as capitals
        small = [word for word in words if word.type.size < size]
        capitals = [word for word in words if word.type.size == size] if all(w.text.isupper() for w in words) else []
    return (
        bool(capitals)
        and all(word.type.size == size for word in capitals)
        and all(low * size <= word.type.size <= high * size for word in small)
    )


def _stands_out(found: Type, body: Type) -> bool:
    bolder = found.bold and not body.bold
    return found.size >= _LARGER * body.size or (bolder and found.size >= _SMALLER * body.size)


def _is_short(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is as short as a title, says something and is no row of a table."""
    text = paragraph.text
    short = len(paragraph.lines) <= _LINES and len(text) <= _LETTERS and len(text.split()) <= _WORDS
    return short and bool(_WORD.search(text)) and not _has_cells(paragraph)


def _is_title(paragraph: Paragraph) -> bool:
    """Return whether a paragraph has the form of a title, whatever it is set in."""
    text = paragraph.text
    return _is_short(paragraph) and not _NO_TITLE.match(text) and not _DATED.match(text)


def _is_plain_title(paragraph: Paragraph) -> bool:
    """Return whether it has so without doubt: a few words that begin with a capital or a number, and no caption."""
    text = paragraph.text
    few = len(text.split()) <= _FEW_WORDS and len(paragraph.lines) < _LINES
    return few and (text[0].isupper() or text[0].isdigit()) and not _LABELLED.match(text) and _is_title(paragraph)


def _may_end(paragraph: Paragraph, kind: Type, body: Type, words: int) -> bool:
    """Return whether a paragraph may be a title that ends in a mark ("Doe mee!"), or is quoted.

    Args:
        paragraph: What it is asked of.
        kind: Its type.
        body: That of most text.
        words: Most that it holds when it is a sentence or a quotation.
    """
    text = paragraph.text
    if not _is_short(paragraph) or _DATED.match(text) or not (text[0].isupper() or _QUOTED.match(text)):
        return False
    if text.endswith(":"):
        words = _NAMED if kind.size >= _LARGE * body.size else 0
    elif text.endswith(("!", "…", "...")):
        words = _EXCLAIMED
    elif text.endswith((",", ";")) or re.search(r"(?:\.\s*){3}\d+$", text):
        words = 0
    return len(text.split()) <= words


def _has_cells(paragraph: Paragraph) -> bool:
    """Return whether a line stands in several cells of a table."""
    return any(
        after.left - before.right > _CELLS * piece.height
        for line in paragraph.lines
        for piece in line
        for before, after in pairwise(piece.words)
    )


def _running(pages: Sequence[Sequence[Column]]) -> frozenset[str]:
    """Return what opens or closes several pages."""
    edges = Counter(edge for page in pages for edge in _edges(page))
    return frozenset(text for text, times in edges.items() if times > 1)


def _edges(page: Sequence[Column]) -> AbstractSet[str]:
    """Return what a page opens and closes with, as it would stand on other pages."""
    paragraphs = list(_body(page))
    return {_folded(paragraph) for paragraph in (*paragraphs[:1], *paragraphs[-1:])}


def _folded(paragraph: Paragraph) -> str:
    return re.sub(r"\d+", "#", paragraph.text.casefold())
