"""Lines of a single column that open a paragraph by a mark of their own: lists, speakers, blank lines.

What belongs here: marks that repeat in a document, so that one is believed because of the others. What does not: how
well lines follow each other (`layout`), what a paragraph is (`blocks`). In woven columns nothing here holds: the
line above may be the other column's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from pipeline.text.coverage import line_fragment
from pipeline.text.headings import opens_section
from pipeline.text.language import Language
from pipeline.text.model import Line, Segment
from pipeline.text.sentences import case_letter
from pipeline.text.statements import opening_glyph

GLYPHS = 2  # lines that open with the same glyph, from where on it is one
LISTED, STRAY = 0.5, 0.1  # shares of the lines of a page of one list, with a glyph in front and with one inside
CAPITALS = 0.2  # share of the lines of a list that hold a capital inside
LEAST_ITEMS = 5  # of a list that tells the order of a page
FAR = 60  # segments between an enumerator and the next one of its list
SPEAKERS = 3  # different labels before what was said, from where on they are speakers
GAPS, MOST_GAPS, TIDY = 2, 0.7, 0.9
"""Blank lines of a document, their share of all line ends (of double spacing they tell nothing), and the share of those
that stand where a sentence may begin, from where on all of them part paragraphs."""
INDENT = 20 * " "  # deeper than lists are
SPACED = 0.05  # share of the lines of a page with a run of spaces inside
MANY_GAPS, MOSTLY = 3, 0.6  # blank lines of a page, and their share that may part paragraphs, where nothing is woven
FULL = 0.95  # quantile of the lengths of lines, in characters, that is the width to which they were broken
_ENUMERATOR = re.compile(r"\(?(?P<label>[a-z]|\d{1,2}|[ivx]{2,4})[.)]\)?(?:\s+\S|$)")
_INNER_CAPITAL = re.compile(r"[^\W\d_]{2}[.,;:!?\"'”’)]*\s+[\"'“‘(]?[A-ZÀ-Þ]")
_INNER_ENUMERATOR = re.compile(r"\s\(?(?:[a-z]|\d{1,2}|[ivx]{2,4})[.)]\)?\s")
SPEAKER = re.compile(r"(?P<label>[A-ZÀ-Þ][\w.'-]*(?:\s[\w.'-]+){0,3}):(?P<said>\s+\S.*)?$")
_COMPLETE = re.compile(r"[.!?…:;][\"'”’»)\]]*\d{0,2}$")
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
        tidy = GAPS <= len(gaps) <= MOST_GAPS * len(pairs) and len(_begun(gaps)) >= TIDY * len(gaps)
        return cls(single, pairs, gaps, tidy)


def comes_in_order(lines: Sequence[Line], language: Language) -> bool:
    """Return whether the lines of a page without gutters plainly come in the order in which they are read.

    Extractors that weave columns together line by line leave no blank lines, or keep columns apart by spaces; and where
    there are any, what stands below them may be the middle of a sentence. So a page is in order where blank lines part
    paragraphs, or where most lines, headings aside, open with a glyph and hold none; or where a list counts on whose
    items begin below the end of a sentence, since woven lines end in the other column.
    """
    if _counts_on([text for line in lines if (text := line.text.strip())]):
        return True
    blank = sum(not line.text.strip() for line in lines)
    if blank < GAPS or sum(map(_set_apart, lines)) > SPACED * len(lines):
        return False
    found = [fragment for line in lines if (fragment := line_fragment(line)) is not None]
    segments = [Segment(fragment.line, fragment.start, fragment.end, 1, False, 1.0) for fragment in found]
    gaps = Column.of(segments).gaps
    if len(gaps) < GAPS:
        return False
    if len(gaps) >= MANY_GAPS and len(_begun(gaps)) >= MOSTLY * len(gaps):
        return True
    return _is_list([one.text for one in segments], language)


def _counts_on(texts: Sequence[str]) -> bool:
    """Return whether a list that counts from the first holds most of a page, each item below what is complete."""
    items = sorted(set(_enumerated(dict(enumerate(texts)))))
    if len(items) < LEAST_ITEMS or items[-1] - items[0] < LISTED * len(texts):
        return False
    below = [place for place in items if place > items[0]]
    complete = sum(_COMPLETE.search(texts[place - 1]) is not None for place in below)
    inside = sum(_INNER_ENUMERATOR.search(text) is not None for text in texts)
    # Short statements of another column are complete on every line, but each opens with a capital.
    capitals = sum(_INNER_CAPITAL.search(text) is not None for text in texts)
    return complete >= TIDY * len(below) and inside <= STRAY * len(texts) and capitals <= CAPITALS * len(texts)


def _set_apart(line: Line) -> bool:
    """Return whether a line holds or opens with a run of spaces, as where an extractor keeps the place of columns."""
    return "  " in line.text.strip() or line.text.startswith(INDENT)


def _is_list(texts: Sequence[str], language: Language) -> bool:
    texts = [text for text in texts if not opens_section(text, language)]
    marks = Counter(text[0] for text in texts if opening_glyph(text) > 0 and not text[0].isalnum())
    inside = sum(any(f" {mark} " in text[1:] for mark in marks) for text in texts)
    return marks.total() >= LISTED * len(texts) and inside <= STRAY * len(texts)


def openings(column: Column) -> frozenset[int]:
    """Return which segments open a paragraph by a mark, as places among all segments of the document."""
    texts = {place: segment.text.strip() for place, segment in column.segments.items()}
    return frozenset([*_glyphs(texts), *_enumerated(texts), *_speaking(texts), *_parted(column)])


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


def _enumerated(texts: dict[int, str]) -> Iterator[int]:
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


def _begun(gaps: Sequence[Pair]) -> list[int]:
    """Return the places below a blank line where a sentence may begin."""
    return [
        place for before, after, place in gaps if _complete(before) or not case_letter(after.text.strip()).islower()
    ]


def _parted(column: Column) -> Iterator[int]:
    """Yield what stands below a blank line that parts paragraphs."""
    # Where nothing is known of the other blank lines, both lines must look as if this one parted them.
    yield from (place for before, after, place in column.gaps if _complete(before) and _begins(after))
    if column.tidy:
        yield from _begun(column.gaps)


def _begins(segment: Segment) -> bool:
    text = segment.text.strip()
    first = case_letter(text)
    return first.isupper() or first.isdigit() or opening_glyph(text) > 0


def _complete(segment: Segment) -> bool:
    return _COMPLETE.search(segment.text.rstrip()) is not None
