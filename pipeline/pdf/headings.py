"""Which paragraphs of a PDF are headings, from how they are set.

What belongs here: which types are those of headings, and of what level. What does not: which lines are a paragraph
(`columns`), what one is set in (`typography`), whether it has the form of a title (`titles`).

Plain text loses the type that tells a heading without a number from a short demand; so it is told here. Type alone is
not believed: it must be rare, and most of what is set in it must have the form of a title. Where only slant, colour or
face differ from those of the body, which a quotation or a caption may have too, text of the body must follow.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.pdf.columns import Column
from pipeline.pdf.paragraphs import Paragraph
from pipeline.pdf.titles import EXCLAIMED, SAID, is_plain_title, is_title, may_end
from pipeline.pdf.typography import is_large, is_smaller, stands_out, type_of
from pipeline.pdf.words import Type
from pipeline.text.headings import labels_among, sets_headings

DEEPEST = 6


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
        kinds = [type_of(paragraph) for paragraph in paragraphs]
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
        below = [type_of(paragraph) for paragraph in paragraphs[1:]]
        return [self._level(paragraph, kind) for paragraph, kind in zip(paragraphs, [*below, None], strict=True)]

    def _level(self, paragraph: Paragraph, below: Type | None) -> int:
        found = type_of(paragraph)
        if (
            paragraph.cell
            or found not in self.types
            or not self.left_out.isdisjoint((_folded(paragraph), paragraph.text.casefold()))
        ):
            return 0
        ends = (
            below is not None
            and below not in self.types
            and may_end(paragraph, EXCLAIMED, large=is_large(found, self.body))
        )
        if not is_title(paragraph) and not ends:
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
    if stands_out(kind, body):
        yield sum(is_title(paragraph) for paragraph, _ in set_so)
        if len(set_so) > 1:
            large = is_large(kind, body)
            yield sum(
                is_title(paragraph) or (not stands_out(below, body) and may_end(paragraph, SAID, large=large))
                for paragraph, below in set_so
            )
    elif len(set_so) > 1 and not is_smaller(kind, body):
        yield sum(below != kind and is_plain_title(paragraph) for paragraph, below in set_so)


def _body(columns: Iterable[Column]) -> Iterator[Paragraph]:
    return (paragraph for column in columns if not column.margin for paragraph in column.paragraphs)


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
