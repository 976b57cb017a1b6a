"""Lines that open a paragraph by a mark of their own: lists, numbers, speakers, blank lines.

What belongs here: marks that repeat in a document, so that one is believed because of the others. What does not:
whether the lines of a page come in order (`page_order`), what a paragraph is (`blocks`). In woven columns only glyphs
and missing numbers hold (`marked`): the line above may be the other column's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from pipeline.text.headings import opens_chapter, opens_section, read_heading, sure_heading
from pipeline.text.language import Language
from pipeline.text.model import Segment
from pipeline.text.sentences import case_letter
from pipeline.text.statements import GLYPHS as BULLETS
from pipeline.text.statements import opening_glyph

GLYPHS = 2  # lines that open with the same glyph, from where on it is one
FAR = 60  # segments between an enumerator and the next one of its list
SPEAKERS = 3  # different labels before what was said, from where on they are speakers
GAPS, MOST_GAPS, TIDY = 2, 0.7, 0.9
"""Blank lines of a document, their share of all line ends (of double spacing they tell nothing), and the share of those
that stand where a sentence may begin, from where on all of them part paragraphs."""
FULL = 0.95  # quantile of the lengths of lines, in characters, that is the width to which they were broken
MOST_TITLE_WORDS, TITLES = 8, 2  # words of a title, and titles above lists of a document
QUESTIONS = 3  # lines of a document that are one question each, from where on all of them open a paragraph
LEAST_ENDS, MOSTLY = 6, 0.75  # ends of paragraphs, and the share of them with a mark, from where on one without tells
LEAST_LINES = 8  # lines that could go on the line above, from where on it tells something that none does
MANY_LINES = 12  # of these, from where on it proves that no line wraps
LONG_LINE, UNEVEN = 90, 0.9
"""Characters of the longest line of a text that wraps nowhere; how much shorter nine lines in ten are."""
LEAST_SENTENCES, INSIDE = 8, 0.03
"""Lines that begin as sentences do, from where on it tells something that sentences hardly end inside lines, and how
many may for each of them."""
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
_INNER = re.compile(r"[^\W\d_]{2}[\"'”’»)\]]*[.!?…]+[\"'”’»)\]]*\s+[\"'“„‘»(]*[A-ZÀ-Þ]")
_ENUMERATOR = re.compile(r"\(?(?P<label>[a-z]|\d{1,2}|[ivx]{2,4})[.)]\)?(?:\s+\S|$)")
SPEAKER = re.compile(r"(?P<label>[A-ZÀ-Þ][\w.'-]*(?:\s[\w.'-]+){0,3}):(?P<said>\s+\S.*)?$")
COMPLETE = re.compile(r"[.!?…:;][\"'”’»)\]]*\d{0,2}$")
QUESTION = re.compile(r"[A-ZÀ-Þ][^.!?]*\?")
_LAST_NUMBER = re.compile(r"\d+$")
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


def openings(column: Column, language: Language) -> frozenset[int]:
    """Return which segments of pages of one column open a paragraph by a mark that needs the line above.

    They are places among all segments of the document.
    """
    texts = {place: segment.text.strip() for place, segment in column.segments.items()}
    marks = (_glyphs(texts), enumerated(texts), _speaking(texts), _asking(texts, language))
    numbers = (_chapters(texts, language), _following(texts, language))
    return frozenset(
        place
        for places in (
            *marks,
            *numbers,
            _parted(column),
            _titles(column, language),
            _unwrapped(column),
            _sentences(column),
        )
        for place in places
    )


def marked(texts: Mapping[int, str], language: Language) -> frozenset[int]:
    """Return which lines open a paragraph by a mark that needs no line above, so in woven columns too, by their places.

    They are items whose bullet comes again (a dash may part a sentence), and headings whose number is missing between
    two others.
    """
    bullets = {place: text for place, text in texts.items() if text[0] in BULLETS}
    return frozenset((*_glyphs(bullets), *_missing(texts, language)))


def continuations(column: Column) -> frozenset[int]:
    """Return which segments go on below a full line where blank lines part paragraphs, as places of `openings`."""
    if not column.tidy:
        return frozenset()
    width = _width(column)
    return frozenset(
        place
        for before, after, place in column.pairs
        if after.line.number == before.line.number + 1
        and len(before.line.text.rstrip()) + 1 + len(after.text.split()[0]) > width
        and opening_glyph(after.text.strip()) == 0
    )


def _width(column: Column) -> int:
    """Return the length to which lines were broken, in characters."""
    widths = sorted(len(segment.line.text.rstrip()) for segment in column.segments.values())
    return widths[int(FULL * (len(widths) - 1))]


def _glyphs(texts: Mapping[int, str]) -> Iterator[int]:
    marked = {place: text[0] for place, text in texts.items() if _is_item(text)}
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


def _chapters(texts: Mapping[int, str], language: Language) -> Iterator[int]:
    """Yield headings with a number that the first heading below them shows to be some: "1 Wonen" above "1.1 Huren"."""
    for place, text in texts.items():
        below = texts.get(place + 1, "")
        if opens_section(below, language) and opens_chapter(text, below, language):
            yield place


def _following(texts: Mapping[int, str], language: Language) -> Iterator[int]:
    """Yield headings whose number follows that of another one, or comes before it: "3.5 Wonen" where "3.4 Zorg" is one.

    The line above may lack its end mark; where it waits for more, it may be a reference ("zie" above "Hoofdstuk 3").
    """
    found = _numbered(texts, language)
    waiting = language.words("headings", "open_ends")
    for (stem, number), places in found.items():
        if (stem, number - 1) in found or (stem, number + 1) in found:
            yield from (place for place in places if texts.get(place - 1, ".").split()[-1].casefold() not in waiting)


def _numbered(texts: Mapping[int, str], language: Language) -> Mapping[tuple[str, int], list[int]]:
    """Return the places of headings with a number, by all of it but its last part, and by that."""
    found = defaultdict(list)
    for place, text in texts.items():
        candidate = sure_heading(text, language) if opens_section(text, language) else None
        if candidate is not None and (match := _LAST_NUMBER.search(candidate.number)):
            found[candidate.number[: match.start()], int(match.group())].append(place)
    return found


def _missing(texts: Mapping[int, str], language: Language) -> Iterator[int]:
    """Yield headings whose number stands once, and between those of two others: "5.6 Wonen" where 5.5 and 5.7 are."""
    found = _numbered(texts, language)
    for (stem, number), places in found.items():
        if len(places) == 1 and (stem, number - 1) in found and (stem, number + 1) in found:
            yield from places


def _asking(texts: Mapping[int, str], language: Language) -> Iterator[int]:
    """Yield lines that are just one question, and what stands below them: few begin and end so in a paragraph."""
    asked = [
        place
        for place, text in texts.items()
        if text.endswith("?")
        and COMPLETE.search(texts.get(place - 1, ""))
        and case_letter(texts.get(place + 1, "")).isupper()
        and asks(text, language)
    ]
    if len(asked) >= QUESTIONS:
        yield from (place for question in asked for place in (question, question + 1))


def asks(text: str, language: Language) -> bool:
    """Return whether a text is one question that opens with a word that asks: "Wat hielp?", not "Wonen?"."""
    return QUESTION.fullmatch(text) is not None and text.split(maxsplit=1)[0].casefold() in language.words(
        "headings", "question_words"
    )


def _titles(column: Column, language: Language) -> Iterator[int]:
    """Yield short lines with a capital that stand as titles do: above the first item of a list, or below a sentence.

    Where items end in no mark, nothing else tells such a title from the end of the item above it. One whose first word
    would have fitted on the line above is a title; where there are two of these, the others above items are believed.
    """
    width = _width(column) if column.pairs else 0
    over_items: dict[int, bool] = {}
    tidy = _ends_complete(column, width, language)
    for before, one, place in column.pairs:
        below = column.segments.get(place + 1)
        if below is None or not _may_head(one.text.strip()) or is_glyph(before.text):
            continue
        room = _has_room(before, one, width)
        if below.line.row and not one.line.row and _complete(before):
            yield place  # the title of a table
        if _is_item(below.text.strip()):
            over_items[place] = room
        elif (room or tidy) and _complete(before) and _has_room(one, below, width) and _names(one, below, language):
            yield place
    yield from (place for place, room in over_items.items() if room or sum(over_items.values()) >= TITLES)


def _ends_complete(column: Column, width: int, language: Language) -> bool:
    """Return whether paragraphs end in a mark: nearly all do that left room for the capital below, names aside."""
    ends = [
        _complete(before)
        for before, after, _ in column.pairs
        if case_letter(after.text.strip()).isupper()
        and _has_room(before, after, width)
        and (_complete(before) or not _names(before, after, language))
    ]
    return len(ends) >= LEAST_ENDS and sum(ends) >= MOSTLY * len(ends)


def _names(one: Segment, below: Segment, language: Language) -> bool:
    """Return whether a line names something, and what stands below it begins with a capital."""
    text = one.text.strip()
    named = text[-1].isalpha() and read_heading(text, language) is not None
    return named and case_letter(below.text.strip()).isupper()


def _has_room(before: Segment, after: Segment, width: int) -> bool:
    """Return whether the first word of a line would have fitted on the line above it."""
    return len(before.line.text.rstrip()) + 1 + len(after.text.split()[0]) <= width


def is_glyph(text: str) -> bool:
    """Return whether a line holds nothing but the glyph of an item, which an extractor parted from its words."""
    return not any(map(str.isalnum, text)) and _is_item(text.strip())


def _is_item(text: str) -> bool:
    """Return whether a line opens with a glyph or an enumerator, or is one."""
    return opening_glyph(f"{text} x") > 0


def _may_head(text: str) -> bool:
    """Return whether a line may be a title: a few words with a capital, without a glyph or an end of their own."""
    few = len(text.split()) <= MOST_TITLE_WORDS
    return few and case_letter(text).isupper() and not opening_glyph(text) and text[-1] not in ".,;!…"


def _unwrapped(column: Column) -> Iterator[int]:
    """Yield every line where a paragraph is one, as on slides, or as a word processor writes a document as text.

    Lines that wrap go on in small letters sooner or later. Of a few lines that proves little, unless the longest of
    them are longer than lines that wrap, and not about equally long.
    """
    below = [
        case_letter(after.text.strip()).islower()
        for before, after, _ in column.pairs
        if not before.text.rstrip().endswith((":", ";")) and not opening_glyph(after.text.strip())
    ]
    if len(below) < LEAST_LINES or any(below):
        return
    lengths = sorted(len(segment.line.text.rstrip()) for segment in column.segments.values())
    uneven = lengths[-1] > LONG_LINE and lengths[-1 - len(lengths) // 10] < UNEVEN * lengths[-1]
    in_cases = any(character.islower() for segment in column.segments.values() for character in segment.text)
    if uneven or (in_cases and len(below) >= MANY_LINES):
        yield from (place for *_, place in column.pairs)


def _sentences(column: Column) -> Iterator[int]:
    """Yield what stands below a complete line where each paragraph is one sentence, as in a list of short statements.

    Sentences of longer paragraphs end inside lines, as many as the lines are longer than a few words.
    """
    begin = sum(map(_begins, column.segments.values()))
    inside = sum(len(_INNER.findall(segment.text)) for segment in column.segments.values())
    if begin > LEAST_SENTENCES and inside <= INSIDE * begin:
        yield from (
            place for before, after, place in column.pairs if _STOP.search(before.text.rstrip()) and _begins(after)
        )


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
