"""Segments into headings and bullets.

What belongs here: where a paragraph goes on across columns and pages, which lines are a heading, which numbered lines
are a list. What does not: reading order (`layout`), joining lines (`joining`), cutting bullets (`statements`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.text.headings import Candidate, opens_section, read_heading, sure_heading
from pipeline.text.joining import HYPHENS, join
from pipeline.text.language import Language
from pipeline.text.model import Fragment, Heading, Paragraph, Segment
from pipeline.text.outline import Outline
from pipeline.text.sentences import case_letter
from pipeline.text.statements import opening_glyph
from pipeline.text.unnumbered import (
    ALONE,
    LONG_WORDS,
    Neighbourhood,
    is_heading,
    is_short_line,
    neighbourhood,
    signs,
    signs_of_form,
)

HEADING_LINES = 3
TITLE_WORDS = 3  # of a heading without number below one with a number
SHORT_LINES = 2  # of a heading without number
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
    """

    segments: tuple[Segment, ...]
    candidate: Candidate | None
    short: str
    complete: bool
    glyph: bool
    words: int


def assemble(segments: Sequence[Segment], language: Language) -> tuple[Paragraph, ...]:
    """Put segments together into headings and bullets.

    Args:
        segments: All segments of a document in reading order, without furniture.
        language: Whose heading words are known.

    Returns:
        Paragraphs in reading order; together they hold every segment once.
    """
    blocks = blocks_of(segments, language)
    headings = _judge(blocks, language)
    return tuple(Paragraph(block.segments, heading) for block, heading in zip(blocks, headings, strict=True))


def blocks_of(segments: Sequence[Segment], language: Language) -> list[Block]:
    """Put segments together into paragraphs, before it is known which of them are headings."""
    return [block for group in _group(segments, language) for block in _split_heading(group, language)]


def _group(segments: Sequence[Segment], language: Language) -> list[Group]:
    """Return the segments by paragraph, before headings are told apart."""
    groups: list[Group] = []
    woven = {segment.line.page for segment in segments if segment.column > 1}
    for segment in segments:
        if not segment.text.strip():
            continue
        parted = segment.line.page not in woven and bool(groups) and _parted(groups[-1][-1], segment)
        columns = segment.line.page in woven
        if groups and not parted and not _opens(groups[-1], segment, language, columns=columns):
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


def _parted(before: Segment, segment: Segment) -> bool:
    """Return whether a blank line parts two segments of a single column, and both look as if it does.

    In woven columns a line between two may be the other column's, so there only the layout can tell.
    """
    skipped = before.line.page == segment.line.page and segment.line.number - before.line.number > 1
    text = segment.text.strip()
    first = case_letter(text)
    begins = first.isupper() or first.isdigit() or opening_glyph(text) > 0
    return skipped and begins and _COMPLETE.search(before.text.rstrip()) is not None


def _opens(group: Group, segment: Segment, language: Language, *, columns: bool) -> bool:
    """Return whether a segment opens a paragraph rather than going on with this one; `columns`: on a page with some."""
    before, text = group[-1].text.rstrip(), segment.text.strip()
    if len(group) == 1 and opening_glyph(before + " x") > len(before):
        return False  # a glyph on a line of its own belongs to what follows
    glyph = opening_glyph(text)
    if text[0].isdigit() and not glyph and _waits(before, language) and not opens_section(text, language):
        return False  # a sentence that wraps before a number
    if not segment.opens:
        ended = _COMPLETE.search(before) is not None
        if opens_section(text, language):
            return ended or opens_section(_text(group, language), language)
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
    if opens_section(_text(group, language), language):
        return False
    return case_letter(text).islower() or bool(_OPEN.search(before)) or _waits(before, language)


def _waits(before: str, language: Language) -> bool:
    """Return whether a text ends in a word that something must follow: "de", "van"."""
    last = re.findall(r"\w+", before[-40:].lower())[-1:]
    return bool(last) and before[-1].isalpha() and last[0] in language.data("headings")["open_ends"]


def _text(segments: Sequence[Segment], language: Language) -> str:
    return join([Fragment(segment.line, segment.start, segment.end) for segment in segments], language).text


def _split_heading(group: Group, language: Language) -> list[Block]:
    """Part a heading from the text that the layout left with it."""
    if len(group) == 1:
        return [_block(group, language)]
    size = 1
    while size < min(len(group), HEADING_LINES) and _heading_goes_on(group[size - 1], group[size], language):
        size += 1
    candidate = sure_heading(_text(group[:size], language), language)
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
    text = _text(group[:HEADING_LINES], language)
    candidate = sure_heading(text, language) if heading and len(group) <= HEADING_LINES else None
    if candidate is not None and candidate.style == "plain" and len(group) > 1:
        candidate = None
    short = text if candidate is None and len(group) <= SHORT_LINES and is_short_line(text) else ""
    last = group[-1].text.rstrip()
    complete, glyph = _COMPLETE.search(last) is not None, opening_glyph(text) > 0
    return Block(tuple(group), candidate, short, complete, glyph, len(text.split()))


def _judge(blocks: Sequence[Block], language: Language) -> list[Heading | None]:
    """Decide by the neighbours which blocks are headings, and at what level."""
    headings: list[Heading | None] = []
    outline = Outline()
    short = signs_of_short_lines(blocks, language)
    for number, (before, block, after) in enumerate(_between(blocks)):
        found = block.candidate
        if block.short:
            stands = number in short and is_heading(short[number], language)
            found = Candidate("plain", "", block.short.rstrip(": "), 1)
        else:
            stands = found is not None and _stands(found, before, after)
        headings.append(found.heading(outline.level(found)) if found is not None and stands else None)
    found_at = [place for place, heading in enumerate(headings) if heading is not None]
    alone = found_at[0] if len(found_at) == 1 else 0  # what stands at the top is the title
    if alone > 0 and alone in short and len(blocks) > ALONE:
        headings[alone] = None
    return headings


_Between = Iterable[tuple[Block | None, Block, Block | None]]


def _between(blocks: Sequence[Block]) -> _Between:
    """Yield each block with the one above and the one below it."""
    return zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)


def signs_of_short_lines(blocks: Sequence[Block], language: Language) -> dict[int, dict[str, float]]:
    """Return the signs by which each short line is judged that has something below it to govern, by its place."""
    around = _around(blocks)
    return {
        number: signs(
            signs_of_form(block.short, language),
            around,
            above_short=bool(after.short),
            below_number=block.words <= TITLE_WORDS and _has_number(before),
        )
        for number, (before, block, after) in enumerate(_between(blocks))
        if block.short and after is not None and after.candidate is None
    }


def _around(blocks: Sequence[Block]) -> Neighbourhood:
    """Return what the blocks of a document say about the short lines among them."""
    ends = (block.complete for block in blocks if block.words >= LONG_WORDS or block.complete)
    numbered = any(_numbered(block.candidate, before, after) for before, block, after in _between(blocks))
    return neighbourhood(ends, sum(bool(block.short) for block in blocks), len(blocks), numbered=numbered)


def _has_number(block: Block | None) -> bool:
    return block is not None and block.candidate is not None and block.candidate.style != "plain"


def _numbered(candidate: Candidate | None, before: Block | None, after: Block | None) -> bool:
    """Return whether a candidate is a heading by its number: always, or when it is no item of a list."""
    if candidate is None or candidate.style == "plain":
        return False
    if candidate.style in ("dotted", "keyword"):
        return True
    listed = _same_style(candidate, before) or _same_style(candidate, after)
    return after is not None and not listed


def _stands(candidate: Candidate, before: Block | None, after: Block | None) -> bool:
    """Return whether what has the form of a heading is one among these neighbours."""
    if candidate.style != "plain":
        return _numbered(candidate, before, after)
    if after is None:
        return False  # nothing follows that it could govern
    return after.candidate is None or not after.candidate.sure


def _same_style(candidate: Candidate, other: Block | None) -> bool:
    """Return whether a neighbour is numbered in the same way: then both are items of a list."""
    if other is None:
        return False
    if other.candidate is not None:
        return other.candidate.style == candidate.style
    return other.glyph and other.segments[0].text[:1].isalnum()
