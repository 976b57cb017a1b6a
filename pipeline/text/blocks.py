"""Segments into blocks: where a paragraph opens, and where it goes on across columns and pages.

What belongs here: putting lines together, and what each block looks like. What does not: which blocks are headings
(`paragraphs`), reading order (`layout`), joining lines (`joining`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.text.headings import (
    Candidate,
    is_hashed,
    opens_chapter,
    opens_section,
    read_heading,
    says_when,
    sure_heading,
)
from pipeline.text.joining import HYPHENS, join
from pipeline.text.labelled import labelled
from pipeline.text.language import Language
from pipeline.text.model import Fragment, Segment
from pipeline.text.openings import Column, continuations, marked, openings
from pipeline.text.sentences import case_letter
from pipeline.text.small_letters import items
from pipeline.text.statements import opening_glyph
from pipeline.text.unnumbered import LONG_WORDS, is_short_line

HEADING_LINES = 3
"""Most lines of a heading."""
SHORT_LINES = 2
"""Most lines of a heading without number."""
_COMPLETE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_MARKED = re.compile(r"(?:\d{1,2}|[A-Z])[.:)]\s")
_BROKEN = re.compile(rf"[^\W\d_][{HYPHENS}]$")
_OPEN = re.compile(rf"[{HYPHENS},(/]$")

Group = list[Segment]


@dataclass(frozen=True, slots=True)
class Block:
    """Segments that belong together.

    Attributes:
        segments: Of one paragraph.
        candidate: What they say, when they have the form of a heading with a number, or one that is sure of itself.
        short: What they say, when it is a line that may be a heading without number; else empty.
        complete: They end in an end mark.
        glyph: They open with a bullet glyph or an enumerator.
        words: Number of words, of the first lines.
        apart: Blank lines or furniture part them from what stands above, on a page of one column.
        below_blank: All of these lines are blank.
    """

    segments: tuple[Segment, ...]
    candidate: Candidate | None
    short: str
    complete: bool
    glyph: bool
    words: int
    apart: bool = False
    below_blank: bool = False


def blocks_of(segments: Sequence[Segment], language: Language, furniture: frozenset[int] = frozenset()) -> list[Block]:
    """Put segments together into paragraphs, before it is known which of them are headings."""
    blocks = [block for group in _group(segments, language) for block in _split_heading(group, language)]
    woven = {segment.line.page for segment in segments if segment.column > 1}
    return [
        block if block.segments[0].line.page in woven else _placed(before, block, furniture)
        for before, block in zip([None, *blocks], blocks, strict=False)
    ]


def _placed(before: Block | None, block: Block, furniture: frozenset[int]) -> Block:
    """Return a block with what parts it from the block above; nothing needs to part the first one."""
    if before is None:
        return replace(block, apart=True, below_blank=True)
    last, first = before.segments[-1].line, block.segments[0].line
    between = range(last.number + 1, first.number)
    apart = last.page == first.page and len(between) > 0
    return replace(block, apart=apart, below_blank=apart and furniture.isdisjoint(between))


def _group(segments: Sequence[Segment], language: Language) -> list[Group]:
    """Return the segments by paragraph, before headings are told apart."""
    groups: list[Group] = []
    woven = {segment.line.page for segment in segments if segment.column > 1}
    single = Column.of(segments)
    listed, full = items(segments, language), continuations(single)
    texts = {place: text for place, segment in enumerate(segments) if (text := segment.text.strip())}
    opening = openings(single, language) | listed | labelled(texts, language) | marked(texts, language)
    for place, segment in enumerate(segments):
        if not segment.text.strip():
            continue
        columns = segment.line.page in woven
        goes_on = place in full and not opens_section(segment.text, language)
        opens = place in opening or (
            not goes_on and bool(groups) and _opens(groups[-1], segment, language, columns=columns)
        )
        if len(groups) == 1 and not columns and place not in listed and _title_goes_on(groups[0], segment, language):
            opens = False
        if groups and (segment.line.row or groups[-1][-1].line.row):
            opens = segment.opens or segment.line.row != groups[-1][-1].line.row  # every cell of a table is a paragraph
        if groups and not opens:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


def _title_goes_on(title: Group, segment: Segment, language: Language) -> bool:
    """Return whether the first lines of a document, set in larger type and so short, go on: in small letters."""
    if segment.line.number != title[-1].line.number + 1 or not segment.text.lstrip()[0].islower():
        return False
    return title[-1].text.rstrip()[-1].isalpha() and read_heading(text_of(title, language), language) is not None


def _opens(group: Group, segment: Segment, language: Language, *, columns: bool) -> bool:
    """Return whether a segment opens a paragraph rather than going on with this one; `columns`: on a page with some."""
    if is_hashed(segment.text) or is_hashed(group[0].text):
        # A heading that an extractor marked is one line, but for a word that is broken there.
        return is_hashed(segment.text) or not _OPEN.search(group[-1].text.rstrip())
    return _opens_by_form(group, segment, language, columns=columns)


def _opens_by_form(group: Group, segment: Segment, language: Language, *, columns: bool) -> bool:
    """Return the same of lines that bear no mark of an extractor's."""
    before, text = group[-1].text.rstrip(), segment.text.strip()
    if len(group) == 1 and opening_glyph(before + " x") > len(before):
        return False  # a glyph on a line of its own belongs to what follows
    glyph = opening_glyph(text)
    if text[0].isdigit() and not glyph and _waits(before, language) and not opens_section(text, language):
        return False  # a sentence that wraps before a number
    if not segment.opens:
        ended = _COMPLETE.search(before) is not None
        if opens_section(text, language):
            above = text_of(group, language)
            return ended or opens_section(above, language) or opens_chapter(above, text, language)
        if ended and _MARKED.match(text) and read_heading(text, language) is not None:
            return True
        return ended and glyph > 0 and not text[0].isalnum()
    moved = group[-1].line.page != segment.line.page or group[-1].column != segment.column
    # Where columns begin below lines over the full width the layout always opens a paragraph. Columns that were given
    # one after the other have no numbers; that one ends shows in a broken word.
    moved = moved or (columns and case_letter(text).islower()) or bool(_BROKEN.search(before))
    return not (moved and glyph == 0 and _goes_on(group, before, text, language))


def _goes_on(group: Group, before: str, text: str, language: Language) -> bool:
    """Return whether a paragraph that a column or page end interrupts goes on here."""
    if _COMPLETE.search(before) or before.endswith((":", ";")) or opens_section(text, language):
        return False
    if opens_section(text_of(group, language), language):
        return False
    return case_letter(text).islower() or bool(_OPEN.search(before)) or _waits(before, language)


def _waits(before: str, language: Language) -> bool:
    """Return whether a text ends in a word that something must follow: "de", "van"."""
    last = re.findall(r"\w+", before[-40:].lower())[-1:]
    return bool(last) and before[-1].isalpha() and last[0] in language.data("headings")["open_ends"]


def text_of(segments: Sequence[Segment], language: Language) -> str:
    """Return the lines of segments joined."""
    return join([Fragment(segment.line, segment.start, segment.end) for segment in segments], language).text


def _split_heading(group: Group, language: Language) -> list[Block]:
    """Part a heading from the text that the layout left with it."""
    if len(group) == 1:
        return [_block(group, language)]
    size = 1
    while size < min(len(group), HEADING_LINES) and _heading_goes_on(group[size - 1], group[size], language):
        size += 1
    candidate = sure_heading(text_of(group[:size], language), language)
    if candidate is not None and size == len(group):
        return [_block(group, language)]
    if candidate is not None and candidate.style in ("dotted", "keyword") and case_letter(group[size].text).isupper():
        return [_block(group[:size], language), _block(group[size:], language)]
    return [_block(group, language, heading=False)]


def _heading_goes_on(segment: Segment, following: Segment, language: Language) -> bool:
    text = segment.text.rstrip()
    goes_on = following.text.startswith("(") or case_letter(following.text).islower()
    return goes_on or bool(_OPEN.search(text)) or _waits(text, language)


def _block(group: Sequence[Segment], language: Language, *, heading: bool = True) -> Block:
    text = text_of(group[:HEADING_LINES], language)
    cell = group[0].line.row  # which heads nothing
    candidate = sure_heading(text, language) if heading and not cell and len(group) <= HEADING_LINES else None
    if candidate is not None and candidate.style == "plain" and len(group) > 1:
        candidate = None
    possible = candidate is None and not cell and len(group) <= SHORT_LINES
    short = text if possible and is_short_line(text) and not says_when(text, language) else ""
    last = group[-1].text.rstrip()
    complete, glyph = _COMPLETE.search(last) is not None, opening_glyph(text) > 0
    return Block(tuple(group), candidate, short, complete, glyph, len(text.split()))


def between(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Block, Block | None]]:
    """Yield each block with the one above and the one below it."""
    return zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)


def is_bullet(block: Block) -> bool:
    """Return whether a block is a bullet for certain, as far as its form goes."""
    return block.words >= LONG_WORDS or block.complete


def parted(before: Block | None, block: Block) -> bool:
    """Return whether a column or a page ends between two blocks, so that the second may be the end of the first."""
    if before is None:
        return False
    last, first = before.segments[-1], block.segments[0]
    return last.line.page != first.line.page or last.column != first.column
