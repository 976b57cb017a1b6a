"""What the blocks of a document say of its short lines, any of which may be a heading without number.

What belongs here: signs of a line's neighbours. What does not: what they weigh (`unnumbered`), which blocks are
headings in the end (`paragraphs`).
"""

from collections.abc import Sequence

from pipeline.text.blocks import Block, between, is_bullet
from pipeline.text.headings import Candidate
from pipeline.text.language import Language
from pipeline.text.title_words import likeness
from pipeline.text.unnumbered import Neighbourhood, neighbourhood, signs, signs_of_form

TITLE_WORDS = 3
"""Most words of a heading without number below one with a number."""
COUNTED = 0.5
"""How far headings are numbered where only a keyword counts them: "Aanbeveling 7" counts parts of one kind, and what
stands before and behind these ("Vervolg") has no number. In woven columns a short line is a stray one too often."""


def signs_of_short_lines(blocks: Sequence[Block], language: Language) -> dict[int, dict[str, float]]:
    """Return the signs by which each short line is judged that has something below it to govern, by its place."""
    neighbours = around(blocks)
    return {
        number: signs(
            signs_of_form(block.short, language),
            likeness(block.short, language),
            neighbours,
            above_short=bool(after.short),
            below_number=block.words <= TITLE_WORDS and _has_number(before),
            # What opens a further page may be its running header, which has no glyph either.
            glyph=block.glyph or (before is not None and before.segments[-1].line.page != block.segments[0].line.page),
        )
        for number, (before, block, after) in enumerate(between(blocks))
        if block.short and after is not None and after.candidate is None
    }


def around(blocks: Sequence[Block]) -> Neighbourhood:
    """Return what the blocks of a document say about the short lines among them."""
    written = [block for block in blocks if not block.segments[0].line.row]  # cells need no end mark
    bullets = [block for block in written if is_bullet(block)]
    ends, glyphs = [block.complete for block in bullets], [block.glyph for block in bullets]
    styles = {
        block.candidate.style
        for before, block, after in between(blocks)
        if block.candidate is not None and is_numbered(block.candidate, before, after)
    }
    woven = any(segment.column > 1 for block in blocks for segment in block.segments)
    numbered = COUNTED if styles == {"keyword"} and not woven else float(bool(styles))
    return neighbourhood(ends, glyphs, sum(bool(block.short) for block in written), len(written), numbered=numbered)


def _has_number(block: Block | None) -> bool:
    return block is not None and block.candidate is not None and bool(block.candidate.number)


def is_numbered(candidate: Candidate | None, before: Block | None, after: Block | None) -> bool:
    """Return whether a candidate is a heading by its number: always, or when it is no item of a list."""
    if candidate is None or not candidate.number:
        return False
    if candidate.style in ("dotted", "keyword"):
        return True
    listed = _same_style(candidate, before) or _same_style(candidate, after)
    return after is not None and not listed


def _same_style(candidate: Candidate, other: Block | None) -> bool:
    """Return whether a neighbour is numbered in the same way: then both are items of a list."""
    if other is None:
        return False
    if other.candidate is not None:
        return other.candidate.style == candidate.style
    first = other.segments[0].text.lstrip("( ")[:1]
    # Small letters count items, capitals may count either.
    return other.glyph and (first.isdigit() if candidate.style == "number" else first.isupper())
