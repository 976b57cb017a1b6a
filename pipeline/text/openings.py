"""Lines of a single column that open a paragraph by a mark of their own: lists, speakers, blank lines.

What belongs here: marks that repeat in a document, so that one is believed because of the others. What does not:
whether the lines of a page come in order (`page_order`), what a paragraph is (`blocks`). In woven columns nothing here
holds: the line above may be the other column's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from pipeline.text.model import Segment
from pipeline.text.sentences import case_letter
from pipeline.text.statements import opening_glyph

GLYPHS = 2  # lines that open with the same glyph, from where on it is one
FAR = 60  # segments between an enumerator and the next one of its list
SPEAKERS = 3  # different labels before what was said, from where on they are speakers
GAPS, MOST_GAPS, TIDY = 2, 0.7, 0.9
"""Blank lines of a document, their share of all line ends (of double spacing they tell nothing), and the share of those
that stand where a sentence may begin, from where on all of them part paragraphs."""
FULL = 0.95  # quantile of the lengths of lines, in characters, that is the width to which they were broken
_ENUMERATOR = re.compile(r"\(?(?P<label>[a-z]|\d{1,2}|[ivx]{2,4})[.)]\)?(?:\s+\S|$)")
SPEAKER = re.compile(r"(?P<label>[A-ZÀ-Þ][\w.'-]*(?:\s[\w.'-]+){0,3}):(?P<said>\s+\S.*)?$")
COMPLETE = re.compile(r"[.!?…:;][\"'”’»)\]]*\d{0,2}$")
_SERIES = (
    tuple(ascii_lowercase),
    tuple(map(str, range(1, 100))),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
)
"""How lists count."""

Pair = tuple[Segment, Segment, int]


@dataclass(frozen=True, slots=True)
class Column:
    """The segments of a document that stand on pages of one column.

    Attributes:
        segments: Each by its place among all segments of the document, in reading order.
        pairs: Neighbours on a page: two segments, and the place of the second.
        gaps: Of these, those with other lines between them.
        tidy: Whether blank lines part paragraphs.
    """

    segments: Mapping[int, Segment]
    pairs: Sequence[Pair]
    gaps: Sequence[Pair]
    tidy: bool

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> "Column":
        """Return those of a document, given in reading order; those of woven pages are passed over."""
        woven = {segment.line.page for segment in segments if segment.column > 1}
        single = {
            place: segment
            for place, segment in enumerate(segments)
            if segment.line.page not in woven and segment.text.strip()
        }
        pairs = [
            (single[before], single[place], place)
            for before, place in pairwise(single)
            if place == before + 1 and single[before].line.page == single[place].line.page
        ]
        gaps = [pair for pair in pairs if pair[1].line.number > pair[0].line.number + 1]
        tidy = GAPS <= len(gaps) <= MOST_GAPS * len(pairs) and len(begun(gaps)) >= TIDY * len(gaps)
        return cls(single, pairs, gaps, tidy)


def openings(column: Column) -> frozenset[int]:
    """Return which segments open a paragraph by a mark, as places among all segments of the document."""
    texts = {place: segment.text.strip() for place, segment in column.segments.items()}
    return frozenset([*_glyphs(texts), *enumerated(texts), *_speaking(texts), *_parted(column)])


def continuations(column: Column) -> frozenset[int]:
    """Return which segments go on below a full line where blank lines part paragraphs, as places of `openings`."""
    if not column.tidy:
        return frozenset()
    widths = sorted(len(segment.line.text.rstrip()) for segment in column.segments.values())
    width = widths[int(FULL * (len(widths) - 1))]
    return frozenset(
        place
        for before, after, place in column.pairs
        if after.line.number == before.line.number + 1
        and len(before.line.text.rstrip()) + 1 + len(after.text.split()[0]) > width
        and opening_glyph(after.text.strip()) == 0
    )


def _glyphs(texts: dict[int, str]) -> Iterator[int]:
    marked = {place: text[0] for place, text in texts.items() if opening_glyph(text) > 0}
    counts = Counter(mark for mark in marked.values() if mark == "o" or not mark.isalnum())
    yield from (place for place, mark in marked.items() if counts[mark] >= GLYPHS)


def enumerated(texts: Mapping[int, str]) -> Iterator[int]:
    """Yield the items of lists that count from the first: a, b, c or 1, 2, 3 or i, ii, iii."""
    places = defaultdict(list)
    for place, text in texts.items():
        if match := _ENUMERATOR.match(text):
            places[match["label"]].append(place)
    for labels in _SERIES:
        for start in places[labels[0]]:
            items = [start]
            for label in labels[1:]:
                following = [place for place in places[label] if items[-1] < place <= items[-1] + FAR]
                if not following:
                    break
                items.append(following[0])
            if len(items) > 1:
                yield from items


def _speaking(texts: dict[int, str]) -> Iterator[int]:
    labels = {
        place: match["label"] for place, text in texts.items() if (match := SPEAKER.match(text)) and match["said"]
    }
    if len(set(labels.values())) >= SPEAKERS:
        yield from labels


def begun(gaps: Sequence[Pair]) -> list[int]:
    """Return the places below a blank line where a sentence may begin."""
    return [
        place for before, after, place in gaps if _complete(before) or not case_letter(after.text.strip()).islower()
    ]


def _parted(column: Column) -> Iterator[int]:
    """Yield what stands below a blank line that parts paragraphs."""
    # Where nothing is known of the other blank lines, both lines must look as if this one parted them.
    yield from (place for before, after, place in column.gaps if _complete(before) and _begins(after))
    if column.tidy:
        yield from begun(column.gaps)


def _begins(segment: Segment) -> bool:
    text = segment.text.strip()
    first = case_letter(text)
    return first.isupper() or first.isdigit() or opening_glyph(text) > 0


def _complete(segment: Segment) -> bool:
    return COMPLETE.search(segment.text.rstrip()) is not None
