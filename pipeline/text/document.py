"""The text core as three steps over one document: lines, reading order, statements.

What belongs here: the order in which the modules of `pipeline.text` are called. What does not: any rule about text.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.identifiers import section_key, statement_key
from pipeline.text.coverage import Span, fragment_spans, line_fragment, tile
from pipeline.text.credits import find_credits
from pipeline.text.encoding import DEFAULT_MAX_BYTES, codec_of, decode
from pipeline.text.formalities import find_formalities
from pipeline.text.furniture import find_furniture
from pipeline.text.joining import habits_of
from pipeline.text.language import Language
from pipeline.text.lines import Lines, split_lines
from pipeline.text.model import Fragment, Heading, Layout, Line, Paragraph, Repair, Segment, Statement
from pipeline.text.openings import is_glyph
from pipeline.text.paging import read_pages
from pipeline.text.paragraphs import assemble
from pipeline.text.small_letters import doubted
from pipeline.text.statements import cut


@dataclass(frozen=True, slots=True)
class Reading:
    """In which order a document is read.

    Attributes:
        furniture: Numbers of the lines that are running headers, footers, page numbers or formalities.
        segments: Everything else, in reading order over all pages.
        layout: `columns` when any page was.
        confidence: Mean confidence of the segments, each counted by its characters; 1 without any.
    """

    furniture: frozenset[int]
    segments: tuple[Segment, ...]
    layout: Layout
    confidence: float


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its key."""

    key: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement with its key and its place.

    Attributes:
        key: Its identifier.
        statement: What it says.
        section: Key of its section, or None before the first heading.
        bullet: 1-based number of its bullet in the document.
        column: 1-based column in which it begins.
        confidence: Lowest reading confidence among its segments.
    """

    key: str
    statement: Statement
    section: str | None
    bullet: int
    column: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Segmentation:
    """What a document holds.

    Attributes:
        sections: In reading order.
        statements: In reading order.
        spans: In byte order; they hold every non-space byte exactly once.
        repairs: In byte order.
    """

    sections: tuple[Section, ...]
    statements: tuple[PlacedStatement, ...]
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...]


def read_lines(raw: bytes, language: Language, max_bytes: int = DEFAULT_MAX_BYTES) -> tuple[str, Lines]:
    """Return a raw file's encoding and lines.

    Raises:
        UnreadableError: when the bytes are not text that can be trusted.
    """
    decoded = decode(raw, language, max_bytes)
    return decoded.encoding, split_lines(decoded, language)


def read_order(lines: Lines, language: Language, titles: Sequence[str]) -> Reading:
    """Return the reading order of a document.

    Args:
        lines: Its lines.
        language: Of its text.
        titles: Titles of the source and the document, as far as they are known; running footers often repeat them.
    """
    marked = lines.marked
    left_out = frozenset(place + 1 for place in (marked.left_out if marked else lines.tables.names))
    pages = [[line for line in page if line.number not in left_out] for page in lines.pages]
    in_order = not lines.tables.rows and _marks_order(lines.lines)
    furniture = left_out | find_furniture(pages, language, titles)
    left = [line for line in lines.lines if line.number not in furniture]
    formal = find_formalities(left, language) | find_credits(left, language)
    furniture |= formal
    body = [[line for line in page if line.number not in furniture] for page in pages]
    readings = read_pages(body, language, marked, in_order=in_order)
    read = [segment for reading in readings for segment in reading.segments]
    astray = _glyphs_astray(read)
    furniture |= {segment.line.number for segment in astray}
    segments = doubted(_parted_by(formal, [segment for segment in read if segment not in astray]))
    weights = [segment.end - segment.start for segment in segments]
    confidence = (
        sum(s.confidence * w for s, w in zip(segments, weights, strict=True)) / sum(weights) if weights else 1.0
    )
    layout: Layout = "columns" if any(reading.layout == "columns" for reading in readings) else "single"
    return Reading(furniture, segments, layout, confidence)


def _glyphs_astray(segments: Sequence[Segment]) -> list[Segment]:
    """Return the lines that are a glyph above another one, above an item with its own, or above nothing.

    Their items stand elsewhere, or were taken out.
    """
    bare = [_lone_glyph(segment) for segment in segments]
    astray = [
        segment
        for (segment, after), glyph, follows in zip(pairwise(segments), bare, bare[1:], strict=False)
        if glyph and (follows or after.text.split(maxsplit=1)[:1] == [glyph])
    ]
    return astray + [segment for segment, glyph in zip(segments[-1:], bare[-1:], strict=True) if glyph]


def _lone_glyph(segment: Segment) -> str:
    """Return the glyph that a line is and nothing else, or an empty text."""
    text = segment.text.strip()
    return text if is_glyph(segment.text) and text == segment.line.text.strip() else ""


def _parted_by(formal: frozenset[int], segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Let a paragraph open below every formality: no sentence goes on behind a greeting (but past a foot)."""
    if not formal:
        return tuple(segments)
    parted = list(segments[:1])
    for before, segment in pairwise(segments):
        between = range(before.line.number + 1, segment.line.number)
        crossed = before.line.page == segment.line.page and not formal.isdisjoint(between)
        parted.append(replace(segment, opens=True) if crossed else segment)
    return tuple(parted)


def _marks_order(lines: Sequence[Line]) -> bool:
    """Return whether a file marks its columns or cells and its paragraphs itself, as the text of a PDF does."""
    return any(line.column > 1 or line.row for line in lines) and any(not line.text.strip() for line in lines)


def segment(
    raw: bytes, encoding: str, document_id: str, lines: Lines, reading: Reading, language: Language
) -> Segmentation:
    """Cut a document into sections and statements, with a place for every byte.

    Args:
        raw: The bytes of the file.
        encoding: As `read_lines` found it.
        document_id: Key of the document.
        lines: As `read_lines` returned them.
        reading: As `read_order` returned it.
        language: Of its text.
    """
    paragraphs = assemble(reading.segments, language, reading.furniture)
    habits = habits_of([part.text for part in reading.segments], language)
    cuts = [() if paragraph.heading else cut(paragraph, language, habits) for paragraph in paragraphs]
    sections, placed = _placed(paragraphs, cuts, _Keys(raw, encoding, document_id))
    spans = [
        *_furniture_spans(lines.lines, reading.furniture),
        *_heading_spans(sections, [paragraph for paragraph in paragraphs if paragraph.heading]),
        *(span for one in placed for span in fragment_spans(one.statement.fragments, "statement", one.key)),
    ]
    repairs = sorted(
        [*lines.repairs, *(r for s in placed for r in s.statement.repairs)], key=lambda r: (r.start, r.kind)
    )
    return Segmentation(
        tuple(sections), tuple(placed), tile(raw, spans, 2 if encoding.startswith("utf-16") else 1), tuple(repairs)
    )


def _placed(
    paragraphs: Sequence[Paragraph], cuts: Sequence[Sequence[Statement]], keys: "_Keys"
) -> tuple[list[Section], list[PlacedStatement]]:
    """Return the sections of a document, and its statements, each below the heading that comes before it."""
    section_keys, statement_keys = keys.sections(paragraphs), keys.statements(cuts)
    sections: list[Section] = []
    placed: list[PlacedStatement] = []
    bullet = 0
    for paragraph, statements in zip(paragraphs, cuts, strict=True):
        if paragraph.heading:
            sections.append(Section(next(section_keys), paragraph.heading))
            continue
        bullet += 1
        section, by_line = sections[-1].key if sections else None, _by_line(paragraph)
        for statement in statements:
            place = _place(statement, by_line)
            placed.append(PlacedStatement(next(statement_keys), statement, section, bullet, *place))
    return sections, placed


class _Keys:
    """Makes the keys of a document's parts from raw characters, which no repair changes."""

    def __init__(self, raw: bytes, encoding: str, document_id: str) -> None:
        self.raw = raw
        self.codec = codec_of(encoding)
        self.document_id = document_id

    def sections(self, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
        headings = [tuple(map(_fragment, p.segments)) for p in paragraphs if p.heading]
        return (section_key(self.document_id, text, n) for text, n in self._numbered(headings))

    def statements(self, cuts: Sequence[Sequence[Statement]]) -> Iterator[str]:
        statements = [statement.fragments for statements in cuts for statement in statements]
        return (statement_key(self.document_id, text, n) for text, n in self._numbered(statements))

    def _numbered(self, parts: Sequence[Sequence[Fragment]]) -> Iterator[tuple[str, int]]:
        """Yield each part's raw text and how many equal ones stand before it in the file."""
        texts = [self._raw_text(part) for part in parts]
        starts = [min(f.line.bytes_of(f.start, f.end)[0] for f in part) for part in parts]
        seen: Counter[str] = Counter()
        numbers = {}
        for index in sorted(range(len(parts)), key=lambda index: (starts[index], index)):
            numbers[index] = seen[texts[index]]
            seen[texts[index]] += 1
        return ((text, numbers[index]) for index, text in enumerate(texts))

    def _raw_text(self, fragments: Sequence[Fragment]) -> str:
        ranges = (fragment.line.bytes_of(fragment.start, fragment.end) for fragment in fragments)
        return "".join("".join(self.raw[start:end].decode(self.codec).split()) for start, end in ranges)


def _fragment(segment: Segment) -> Fragment:
    return Fragment(segment.line, segment.start, segment.end)


def _furniture_spans(lines: Sequence[Line], furniture: frozenset[int]) -> Iterator[Span]:
    fragments = (line_fragment(line) for line in lines if line.number in furniture)
    return fragment_spans((fragment for fragment in fragments if fragment), "furniture", None)


def _heading_spans(sections: Sequence[Section], headings: Sequence[Paragraph]) -> Iterator[Span]:
    """Yield the spans of headings, given the section that each opens."""
    for section, heading in zip(sections, headings, strict=True):
        yield from fragment_spans(map(_fragment, heading.segments), "heading", section.key)


def _by_line(paragraph: Paragraph) -> Mapping[int, Sequence[Segment]]:
    found: dict[int, list[Segment]] = {}
    for segment in paragraph.segments:
        found.setdefault(segment.line.number, []).append(segment)
    return found


def _place(statement: Statement, segments: Mapping[int, Sequence[Segment]]) -> tuple[int, float]:
    """Return the column in which a statement begins, and the lowest confidence among the segments that it touches.

    Args:
        statement: A statement.
        segments: Those of its paragraph, by line number.
    """
    touched = [
        segment
        for fragment in statement.fragments
        for segment in segments[fragment.line.number]
        if segment.start < fragment.end and fragment.start < segment.end
    ]
    return touched[0].column, min(segment.confidence for segment in touched)
