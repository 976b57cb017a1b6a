"""Segments into headings and bullets.

What belongs here: which blocks are a heading, at what level, and which numbered lines are a list. What does not:
putting lines together (`blocks`), what tells a title (`headings`, `unnumbered`, `standing`), cutting bullets
(`statements`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.text.blocks import Block, between, blocks_of, text_of
from pipeline.text.headings import Candidate, labels_among, leads_in
from pipeline.text.labelled import labelled_questions
from pipeline.text.language import Language
from pipeline.text.model import Heading, Paragraph, Segment
from pipeline.text.neighbours import is_numbered, signs_of_short_lines
from pipeline.text.outline import Outline
from pipeline.text.small_letters import titles
from pipeline.text.standing import (
    TITLES_ON_TOP,
    questions_above_glyphs,
    questions_in_turn,
    titles_apart,
    titles_on_top,
    titles_over_tables,
)
from pipeline.text.unnumbered import ALONE, headings_among, may_be_rare

MARKED = 2  # headings that an extractor marked as such, from where on it marked all of them
_COUNTED = re.compile(r"([^\W\d_]{3,}) (\d{1,2})(?=\W|$)")  # "Vel 2 - wie ziet wat"


def assemble(
    segments: Sequence[Segment], language: Language, furniture: frozenset[int] = frozenset()
) -> tuple[Paragraph, ...]:
    """Put segments together into headings and bullets.

    Args:
        segments: All segments of a document in reading order, without furniture.
        language: Whose heading words are known.
        furniture: Numbers of the lines that were left out; what stands below one need not stand apart.

    Returns:
        Paragraphs in reading order; together they hold every segment once.
    """
    blocks = blocks_of(segments, language, furniture)
    headings = _judge(blocks, language)
    return tuple(Paragraph(block.segments, heading) for block, heading in zip(blocks, headings, strict=True))


def _judge(blocks: Sequence[Block], language: Language) -> list[Heading | None]:
    """Decide by the neighbours which blocks are headings, and at what level."""
    document = _Document.of(blocks, language)
    outline = Outline()
    headings: list[Heading | None] = []
    for number, (before, block, after) in enumerate(between(blocks)):
        found = document.heading(number, before, block, after)
        headings.append(found.heading(outline.level(found)) if found else None)
    found_at = [place for place, heading in enumerate(headings) if heading and place > 0]  # what is on top is the title
    amid = [place for place in found_at if document.says(place)]
    standing = sum(place >= TITLES_ON_TOP for place in found_at) - sum(place >= TITLES_ON_TOP for place in amid)
    if len(blocks) > ALONE * (len(amid) + standing) and all(place in document.short for place in amid):
        for place in amid:
            if not may_be_rare(document.short[place], language):
                headings[place] = None
    return headings


@dataclass(frozen=True, slots=True)
class _Document:
    """What the blocks of a document tell of each of them, by their places.

    Attributes:
        language: Of its text.
        short: The signs of short lines that may be headings.
        named: Those that are, by their signs.
        counted: Short lines that a word of their own counts.
        standing: The titles that are told by where they stand.
        labels: Short lines that are labels of what follows.
    """

    language: Language
    short: Mapping[int, Mapping[str, float]]
    named: AbstractSet[int]
    counted: AbstractSet[int]
    standing: Mapping[int, str]
    labels: AbstractSet[str]

    @classmethod
    def of(cls, blocks: Sequence[Block], language: Language) -> "_Document":
        """Return what blocks tell."""
        short, standing = signs_of_short_lines(blocks, language), {}
        if sum(block.candidate is not None and block.candidate.marked for block in blocks) >= MARKED:
            # A short line without a mark is none.
            short = {place: signs for place, signs in short.items() if blocks[place].short.endswith(":")}
        else:
            apart, questions = titles_apart(blocks, language), questions_above_glyphs(blocks, language)
            in_turn = questions_in_turn(blocks, language)
            standing = titles_on_top(blocks, language) | apart | questions | in_turn
            standing |= titles_over_tables(blocks, language)
            standing |= _named(blocks, short, language)
            if in_turn:  # what stands below a question is an answer to it
                short = {place: signs for place, signs in short.items() if place < min(in_turn)}
        texts = {place: text_of(block.segments, language) for place, block in enumerate(blocks) if _may_ask(block)}
        standing |= labelled_questions(texts, language)
        named = headings_among(short, len(blocks), language)
        return cls(language, short, named, _counted(blocks), standing, _labels(blocks))

    def says(self, place: int) -> bool:
        """Return whether a heading is one not only by where it stands; what stands at the top may be both."""
        return place not in self.standing or (place == 0 and place in self.named)

    def heading(self, number: int, before: Block | None, block: Block, after: Block | None) -> Candidate | None:
        """Return what a block says as a heading, or None when it is none."""
        if block.short.endswith(":") and (block.short in self.labels or leads_in(block.short, self.language)):
            return None
        if number in self.standing:
            return Candidate("plain", "", self.standing[number], 1)
        if block.short:
            stands = number in self.named or (number in self.short and number in self.counted)
            return Candidate("plain", "", block.short.rstrip(": "), 1) if stands else None
        return block.candidate if block.candidate and _stands(block.candidate, before, after) else None


def _named(blocks: Sequence[Block], short: Iterable[int], language: Language) -> dict[int, str]:
    """Return the short lines that a capital tells from the items of a list in small letters."""
    lines = [text for block in blocks for segment in block.segments if (text := segment.text.strip())]
    found = titles({place: blocks[place].short for place in short}, lines, language)
    return {place: blocks[place].short.rstrip(": ") for place in found}


def _may_ask(block: Block) -> bool:
    """Return whether a block ends in a question mark and has no mark of its own."""
    return block.candidate is None and not block.glyph and block.segments[-1].text.rstrip().endswith("?")


def _labels(blocks: Sequence[Block]) -> AbstractSet[str]:
    """Return the short lines with a colon that are labels of what follows, as the names of speakers are."""
    sections: list[list[str]] = [[]]
    for block in blocks:
        if block.candidate is not None:
            sections.append([])
        elif block.short.endswith(":"):
            sections[-1].append(block.short)
    return labels_among(sections)


def _counted(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of short lines that a word of their own counts: "Muur 1", "Muur 2", not one after another.

    Any word will do, since it has other numbers elsewhere in the document.
    """
    found: dict[str, dict[int, str]] = {}
    for place, block in enumerate(blocks):
        match = _COUNTED.match(block.segments[0].text.strip()) if block.short or block.candidate else None
        if match is not None:
            found.setdefault(match.group(1), {})[place] = match.group(2)
    return frozenset(
        place
        for places in found.values()
        if len(set(places.values())) > 1 and not any(place + 1 in places for place in places)
        for place in places
    )


def _stands(candidate: Candidate, before: Block | None, after: Block | None) -> bool:
    """Return whether what has the form of a heading is one among these neighbours."""
    if candidate.style != "plain":
        return candidate.marked or is_numbered(candidate, before, after)
    if after is None:
        return False  # nothing follows that it could govern
    return after.candidate is None or not after.candidate.sure
