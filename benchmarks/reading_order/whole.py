"""How right the whole text core reads a document, from its bytes, against what was drawn.

What belongs here: counts of one document. What does not: the layout alone (`measure`), ratios and tables (`figures`).

A bullet is *verbatim* when its text, words joined as its author wrote them, stands in the text that was read in order;
*equal* when one bullet of the reading says just this. The naive order, lines as they come, is joined by the same rules.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.reading_order.documents import Document
from benchmarks.reading_order.measure import Mark
from benchmarks.reading_order.truth import bare
from pipeline.errors import UnreadableError
from pipeline.text.coverage import faults, line_fragment
from pipeline.text.document import Reading, Segmentation, read_lines, read_order, segment
from pipeline.text.joining import Joined, habits_of, join
from pipeline.text.language import Language
from pipeline.text.lines import Lines
from pipeline.text.model import Fragment

Order = Callable[[Lines, Language, Sequence[str]], Reading]
BULLETS = ("text", "quote")
GLYPHS = "•–-*"
NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one or more documents.

    Attributes:
        counts: Things that there are and things that are right, by name.
        marks: (confidence, was right) of each statement.
        times: Milliseconds a page of 50 lines of each document, by what took them.
    """

    counts: Counter[str] = field(default_factory=Counter)
    marks: tuple[Mark, ...] = ()
    times: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        """Return the counts of both."""
        names = {**self.times, **other.times}
        times = {name: (*self.times.get(name, ()), *other.times.get(name, ())) for name in names}
        return Tally(self.counts + other.counts, self.marks + other.marks, times)


class _Read:
    """A document as the text core reads it."""

    def __init__(self, document: Document, language: Language, order: Order) -> None:
        self.document, self.language = document, language
        clock = [time.process_time()]
        encoding, lines = read_lines(document.raw, language)
        clock.append(time.process_time())
        reading = order(lines, language, ())
        clock.append(time.process_time())
        self.found: Segmentation = segment(document.raw, encoding, "benchmark", lines, reading, language)
        clock.append(time.process_time())
        filled = sum(1 for line in lines.lines if line.text.strip())
        unit = 1000 * 50 / max(filled, 1)
        self.times = {
            "order": (unit * (clock[2] - clock[1]),),
            "core": (unit * (clock[3] - clock[0]),),
            "pdfplumber": (unit * document.extraction,),
        }
        self.order = self._chars(Fragment(s.line, s.start, s.end) for s in reading.segments)
        self.place = {char: n for n, char in enumerate(self.order)}
        self.owned = self._owned()
        self.given = [f for line in lines.lines if (f := line_fragment(line))]
        self.habits = habits_of([segment.text for segment in reading.segments], language)
        self.bullets = self._bullets()

    def chars(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the drawn characters of a range of bytes; -1 for one that is of none."""
        last = None
        for at in range(start, end):
            owner = self.document.owners[at]
            if owner != last and owner >= 0:
                yield owner
            last = owner

    def _chars(self, fragments: Iterable[Fragment]) -> list[int]:
        return [char for f in fragments for char in self.chars(*f.line.bytes_of(f.start, f.end))]

    def _owned(self) -> dict[str, set[int]]:
        """Return the characters of each statement and section, by key."""
        owned: dict[str, set[int]] = {}
        for span in self.found.spans:
            if span.owner:
                owned.setdefault(span.owner, set()).update(self.chars(span.start, span.end))
        return owned

    def text(self) -> str:
        """Return headings and bullets as they were read, on one line."""
        parts = [
            (self.place.get(next(iter(self._chars(fragments)), -1), 0), joined.text)
            for fragments, joined in self.bullets
        ]
        for section in self.found.sections:
            first = min((self.place.get(char, 0) for char in self.owned.get(section.key, ())), default=0)
            parts.append((first, f"{section.heading.number} {section.heading.title}".strip()))
        return " ".join(text for _, text in sorted(parts))

    def _bullets(self) -> list[tuple[list[Fragment], Joined]]:
        """Return the bullets of the reading, each with its fragments, put together where statements were cut apart."""
        parts: dict[int, list[Fragment]] = {}
        for placed in self.found.statements:
            kept = parts.setdefault(placed.bullet, [])
            for fragment in placed.statement.fragments:
                last = kept[-1] if kept else None
                if last and last.line is fragment.line and not last.line.text[last.end : fragment.start].strip():
                    kept[-1] = Fragment(last.line, last.start, fragment.end)
                else:
                    kept.append(fragment)
        return [(fragments, join(fragments, self.language, self.habits)) for fragments in parts.values()]


def judge(document: Document, language: Language, order: Order = read_order) -> Tally:
    """Read a document and return the counts of the reading and of the naive order.

    Args:
        document: The document.
        language: Of its text.
        order: What finds the reading order; everything else is done as the pipeline does it.
    """
    try:
        read = _Read(document, language, order)
    except UnreadableError:
        return Tally(Counter(unreadable=1, bullets=sum(1 for k, _, _ in paragraphs(document) if k in BULLETS)))
    counts: Counter[str] = Counter(pages=len(document.pages))
    counts["uncovered"] = len(faults(document.raw, [(span.start, span.end) for span in read.found.spans]))
    counts += _texts(read)
    counts += _neighbours(read)
    counts += _joins(read)
    counts += _sections(read)
    counts += _furniture(read)
    return Tally(counts, tuple(_marks(read)), read.times)


def paragraphs(document: Document) -> Iterator[tuple[str, str, range]]:
    """Yield kind, wanted text and characters of each paragraph that was drawn."""
    ranges: dict[int, range] = {}
    at = 0
    for line in document.book.lines:
        size = len(bare(line.text))
        known = ranges.get(line.paragraph)
        ranges[line.paragraph] = range(known.start if known else at, at + size)
        at += size
    for number, (_, kind) in enumerate(document.book.paragraphs):
        if number in ranges:
            yield kind, document.wanted[number], ranges[number]


def _texts(read: _Read) -> Counter[str]:
    """Count bullets that stand in the text, and those that the given order had and the reading lost."""
    ours = f" {read.text()} "
    naive = f" {join(read.given, read.language, read.habits).text} "
    equal = Counter(_without_glyph(joined.text) for _, joined in read.bullets)
    wanted = Counter(_without_glyph(text) for kind, text, _ in paragraphs(read.document) if kind in BULLETS)
    counts: Counter[str] = Counter()
    for words, number in wanted.items():  # what was drawn twice must stand there twice
        here, there = (min(text.count(f" {words} "), number) for text in (ours, naive))
        counts.update(bullets=number, verbatim=here, verbatim_naive=there, harm=max(there - here, 0))
        counts.update(equal=min(equal[words], number))
    return counts


def _without_glyph(text: str) -> str:
    return text[1:].strip() if text[:1] in GLYPHS and text[1:2] == " " else text


def _neighbours(read: _Read) -> Counter[str]:
    """Count drawn lines that follow each other in reading order, also from page to page."""
    naive = {char: n for n, char in enumerate(read.chars(0, len(read.document.raw)))}
    counts: Counter[str] = Counter()
    for last, first in _line_ends(read.document):
        counts["pairs"] += 1
        counts["right"] += _follows(read.place, last, first)
        counts["right_naive"] += _follows(naive, last, first)
    return counts


def _follows(place: Mapping[int, int], last: int, first: int) -> bool:
    return last in place and first in place and place[first] == place[last] + 1


def _line_ends(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the last character of each drawn line of text and the first one of the next."""
    at = 0
    for line, following in pairwise(line for line in document.book.lines if line.kind != "furniture"):
        at += len(bare(line.text))
        if following.text.strip():
            yield at - 1, at


def _joins(read: _Read) -> Counter[str]:
    """Count drawn lines that end in a hyphen or slash and go on as they should, where the reading has both in order."""
    where: dict[int, tuple[str, int]] = {}
    for fragments, joined in read.bullets:
        for position in range(len(joined.text)):
            number, character = joined.origin(position)
            if character < fragments[number].end:
                for char in read.chars(*fragments[number].line.bytes_of(character, character + 1)):
                    where.setdefault(char, (joined.text, position))
    counts: Counter[str] = Counter()
    lines = [line for line in read.document.book.lines if line.kind != "furniture"]
    for line, (last, first) in zip(lines, _line_ends(read.document), strict=False):
        marked = line.wraps and line.text[-1:] in {"-", "/"}
        if not marked or not _follows(read.place, last, first) or last - 1 not in where or first not in where:
            continue
        text, start = where[last - 1]
        other, end = where[first]
        mark = line.text[-1]
        wanted = {"broken": "", "glued": mark, "space": f"{mark} "}[line.end]
        counts["joins"] += 1
        counts["joined"] += text is other and text[start + 1 : end] == wanted
    return counts


def _sections(read: _Read) -> Counter[str]:
    """Count headings whose characters are those of one section, and bullets below the heading that was drawn above."""
    sections = {section.key: read.owned.get(section.key, set()) for section in read.found.sections}
    below = {char: placed.section for placed in read.found.statements for char in read.owned.get(placed.key, ())}
    counts: Counter[str] = Counter(sections=len(sections))
    body = sum(len(bare(line.text)) for line in read.document.book.lines if line.kind != "furniture")
    # A running header on a single page may pass for a title; that it is none is counted as furniture.
    allowed: set[str | None] = {None, *(key for key, held in sections.items() if held and min(held) >= body)}
    for kind, _, chars in paragraphs(read.document):
        if kind in {"heading", "title"}:
            key = next((key for key, held in sections.items() if held == set(chars)), None)
            # Whether the title of a document is a section of it is left open.
            allowed = {key or NOWHERE} if kind == "heading" else {key, *allowed}
            counts["headings"] += kind == "heading"
            counts["headings_found"] += kind == "heading" and key is not None
            counts["titles_found"] += kind == "title" and key is not None
            continue
        votes = Counter(below.get(char, NOWHERE) for char in chars)
        counts["placed"] += bool(votes) and votes.most_common(1)[0][0] in allowed
    return counts


def _furniture(read: _Read) -> Counter[str]:
    """Count drawn lines that were taken for furniture, and those that are."""
    taken = {char for s in read.found.spans if s.role == "furniture" for char in read.chars(s.start, s.end)}
    counts: Counter[str] = Counter()
    at = 0
    for line in read.document.book.lines:
        chars = range(at, at := at + len(bare(line.text)))
        held = [char in taken for char in chars]
        counts["furniture"] += line.kind == "furniture"
        counts["furniture_found"] += line.kind == "furniture" and all(held)
        counts["taken"] += any(held)
        counts["taken_rightly"] += line.kind == "furniture" and any(held)
    return counts


def _marks(read: _Read) -> Iterator[Mark]:
    """Yield the confidence of each statement, and whether it stands right: nothing missing, nothing of another bullet.

    A statement stands right when its characters are an unbroken run of one paragraph and, where the run ends at the end
    of a drawn line inside the paragraph, the reading goes on with the next line.
    """
    document = read.document
    paragraph = {char: number for number, (_, _, chars) in enumerate(paragraphs(document)) for char in chars}
    ends = {last for last, _ in _line_ends(document)}
    for placed in read.found.statements:
        chars = [char for f in placed.statement.fragments for char in read.chars(*f.line.bytes_of(f.start, f.end))]
        first, last = chars[0], chars[-1]
        right = chars == list(range(first, last + 1)) and paragraph.get(first, -1) == paragraph.get(last, -2)
        for before in (first - 1, last):
            if before in ends and paragraph.get(before) == paragraph.get(before + 1):
                right = right and _follows(read.place, before, before + 1)
        yield placed.confidence, right
