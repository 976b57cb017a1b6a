"""Segments into headings and bullets.

What belongs here: where a paragraph goes on across columns and pages, which lines are a heading, which numbered lines
are a list. What does not: reading order (`layout`), joining lines (`joining`), cutting bullets (`statements`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.text.headings import (
    Candidate,
    is_hashed,
    labels_among,
    leads_in,
    opens_section,
    read_heading,
    sure_heading,
)
from pipeline.text.joining import HYPHENS, join
from pipeline.text.language import Language
from pipeline.text.model import Fragment, Heading, Paragraph, Segment
from pipeline.text.openings import Column, continuations, openings
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
LEAST_APART = 3  # blocks below a blank line, from where on white space tells something
COMPLETE = -1.5  # log-odds that a bullet lacks its end mark (0.18), below which a line without one stands out
TITLE_LONGEST = 16  # words of the title of a document, or of a question
ALONE_LONGEST = 10  # words of another title that stands alone
QUESTIONS = 3
GLYPHS = 0.7  # share of the bullets that open with a glyph, from where on a question without one is no bullet
LEAST_GLYPHS = 3  # bullets with one, from where on that says something
GROUPED, MOST_NAMED, STRAY = 2, 0.8, 0.1
"""Lines of a group below its title; share of those that stand as titles do that have the form of one; and of the other
lines that do and are no longer."""
MARKED = 2  # headings that an extractor marked as such, from where on it marked all of them
_COMPLETE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_MARKED = re.compile(r"(?:\d{1,2}|[A-Z])[.:)]\s")
_COUNTED = re.compile(r"([^\W\d_]{3,}) (\d{1,2})(?=\W|$)")  # "Vel 2 - wie ziet wat"
_BROKEN = re.compile(rf"[^\W\d_][{HYPHENS}]$")
_QUESTION = re.compile(r"[A-ZÀ-Þ][^.!?]*\?")
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
    marked, full = openings(single), continuations(single)
    for place, segment in enumerate(segments):
        if not segment.text.strip():
            continue
        columns = segment.line.page in woven
        goes_on = place in full and not opens_section(segment.text, language)
        opens = place in marked or (
            not goes_on and bool(groups) and _opens(groups[-1], segment, language, columns=columns)
        )
        if groups and (segment.line.row or groups[-1][-1].line.row):
            opens = segment.opens or segment.line.row != groups[-1][-1].line.row  # every cell of a table is a paragraph
        if groups and not opens:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


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
    cell = group[0].line.row  # which heads nothing
    candidate = sure_heading(text, language) if heading and not cell and len(group) <= HEADING_LINES else None
    if candidate is not None and candidate.style == "plain" and len(group) > 1:
        candidate = None
    possible = candidate is None and not cell and len(group) <= SHORT_LINES
    short = text if possible and is_short_line(text) else ""
    last = group[-1].text.rstrip()
    complete, glyph = _COMPLETE.search(last) is not None, opening_glyph(text) > 0
    return Block(tuple(group), candidate, short, complete, glyph, len(text.split()))


def _judge(blocks: Sequence[Block], language: Language) -> list[Heading | None]:
    """Decide by the neighbours which blocks are headings, and at what level."""
    headings: list[Heading | None] = []
    outline = Outline()
    marked = sum(block.candidate is not None and block.candidate.marked for block in blocks) >= MARKED
    short, counted = signs_of_short_lines(blocks, language), _counted(blocks)
    standing = {} if marked else _titles_apart(blocks, language) | _questions_above_glyphs(blocks, language)
    labels = _labels(blocks)
    if marked:  # a short line without a mark is none
        short = {place: found for place, found in short.items() if blocks[place].short.endswith(":")}
    for number, (before, block, after) in enumerate(_between(blocks)):
        found = block.candidate
        if block.short.endswith(":") and (block.short in labels or leads_in(block.short, language)):
            stands = False
        elif number in standing:
            found, stands = Candidate("plain", "", standing[number], 1), True
        elif block.short:
            stands = number in short and (number in counted or is_heading(short[number], language))
            found = Candidate("plain", "", block.short.rstrip(": "), 1)
        else:
            stands = found is not None and _stands(found, before, after)
        headings.append(found.heading(outline.level(found)) if found is not None and stands else None)
    found_at = [place for place, heading in enumerate(headings) if heading is not None and place not in standing]
    alone = found_at[0] if len(found_at) == 1 else 0  # what stands at the top is the title
    if alone > 0 and alone in short and len(blocks) > ALONE:
        headings[alone] = None
    return headings


def _labels(blocks: Sequence[Block]) -> AbstractSet[str]:
    """Return the short lines with a colon that are labels of what follows, as the names of speakers are."""
    sections: list[list[str]] = [[]]
    for block in blocks:
        if block.candidate is not None:
            sections.append([])
        elif block.short.endswith(":"):
            sections[-1].append(block.short)
    return labels_among(sections)


def _titles_apart(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return what stands out as a title by the white space around it, by its place."""
    if sum(block.apart for block in blocks) < LEAST_APART:
        return {}
    return _titles_alone(blocks, language) | _questions(blocks, language)


def _titles_alone(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return lines without end mark that stand alone where paragraphs are complete and parted by blank lines."""
    if _around(blocks).loose > COMPLETE:
        return _titles_of_groups(blocks, language)
    return {
        number: text
        for number, (_, block, after) in enumerate(_between(blocks))
        if (text := _stands_alone(block, after, language, first=number == 0))
    }


def _titles_of_groups(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return lines that name a topic above groups of others, where blank lines part groups and end marks tell little.

    Such titles stand alone above each group, or open it. They are believed where nearly all that stand so have the form
    of one, and are shorter than the other lines.
    """
    groups = _groups(blocks)
    lines = [sum(len(blocks[place].segments) for place in group) for group in groups]
    over = [groups[at][0] for at, (held, below) in enumerate(pairwise(lines)) if held == 1 and below >= GROUPED]
    alone = lines[:-1].count(1)
    opening = [group[0] for group, held in zip(groups, lines, strict=True) if len(group) > 1 and held > GROUPED]
    several = sum(len(group) > 1 for group in groups)
    for places, others, least in ((over, alone, 2), (opening, several, GROUPED + 1)):
        named = [place for place in places if _names_topic(blocks[place], language)]
        rest = [block for place, block in enumerate(blocks) if place not in places and block.candidate is None]
        if len(named) < max(least, MOST_NAMED * others) or not rest:
            continue
        words = sum(blocks[place].words for place in named) / len(named)
        if words < sum(block.words for block in rest) / len(rest) and (
            sum(block.words <= words and _names_topic(block, language) for block in rest) <= STRAY * len(rest)
        ):
            top = [place for place in groups[0] if len(groups[0]) == 1 and _names_topic(blocks[place], language)]
            return {place: blocks[place].short.rstrip(": ") for place in (*top, *named)}
    return {}


def _groups(blocks: Sequence[Block]) -> list[list[int]]:
    """Return the places of blocks by the groups that blank lines part; headings with a mark are of none."""
    groups: list[list[int]] = [[]]
    for place, block in enumerate(blocks):
        if block.apart or block.candidate is not None or _parted(blocks[place - 1] if place else None, block):
            groups.append([])
        if block.candidate is None:
            groups[-1].append(place)
    return [group for group in groups if group]


def _names_topic(block: Block, language: Language) -> bool:
    """Return whether a short line has no head of a wish; a word alone ("Wonen") asks for nothing either."""
    named = bool(block.short) and not block.glyph
    return named and (block.words == 1 or read_heading(block.short, language) is not None)


def _questions(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return questions above their answers, where there are several or one is put again and again."""
    questions = {number: text for number, block in enumerate(blocks[:-1]) if (text := _question(block, language))}
    often = Counter(questions.values())
    asked = {
        number: text
        for number, text in questions.items()
        if often[text] > 1 or (blocks[number].apart and not blocks[number + 1].apart and number + 1 not in questions)
    }
    return asked if len(asked) >= QUESTIONS else {}


def _questions_above_glyphs(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return questions without a glyph above something with one, where nearly all bullets have one."""
    asked = {
        number: text for number, block in enumerate(blocks) if not block.glyph and (text := _question(block, language))
    }
    others = [block for number, block in enumerate(blocks) if number not in asked and _is_bullet(block)]
    if sum(block.glyph for block in others) < max(GLYPHS * len(others), LEAST_GLYPHS):
        return {}
    return {
        number: text
        for number, (before, _, after) in enumerate(_between(blocks))
        if (text := asked.get(number, "")) and after is not None and after.glyph and not _parted(before, blocks[number])
    }


def _stands_alone(block: Block, after: Block | None, language: Language, *, first: bool) -> str:
    """Return the text of a block that is a title by standing alone above something complete, or nothing."""
    text = _text(block.segments, language)
    longest = TITLE_LONGEST if first else ALONE_LONGEST
    if (
        after is None
        or block.segments[0].line.row
        or block.complete
        or block.glyph
        or block.words > longest
        or not block.below_blank
        or not text[0].isupper()
    ):
        return ""
    if len(block.segments) > SHORT_LINES or (text.endswith(":") and leads_in(text, language)) or text[-1] in ",;-":
        return ""
    below = first or (after.apart and (after.complete or after.glyph) and after.words >= LONG_WORDS)
    return text.rstrip(": ") if block.candidate is None and below else ""


def _question(block: Block, language: Language) -> str:
    """Return a question that is a block of its own, without the label before it, or nothing."""
    if (
        len(block.segments) > SHORT_LINES
        or block.segments[0].line.row
        or not block.segments[-1].text.rstrip().endswith("?")
        or block.words > TITLE_LONGEST
    ):
        return ""
    text = re.sub(rf"^(?:{language.any_of('headings', 'question_labels')})\s*:\s*", "", _text(block.segments, language))
    return text if _QUESTION.fullmatch(text) else ""


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
            # What opens a further page may be its running header, which has no glyph either.
            glyph=block.glyph or (before is not None and before.segments[-1].line.page != block.segments[0].line.page),
        )
        for number, (before, block, after) in enumerate(_between(blocks))
        if block.short and after is not None and after.candidate is None
    }


def _around(blocks: Sequence[Block]) -> Neighbourhood:
    """Return what the blocks of a document say about the short lines among them."""
    bullets = [block for block in blocks if _is_bullet(block)]
    ends, glyphs = [block.complete for block in bullets], [block.glyph for block in bullets]
    numbered = any(_numbered(block.candidate, before, after) for before, block, after in _between(blocks))
    return neighbourhood(ends, glyphs, sum(bool(block.short) for block in blocks), len(blocks), numbered=numbered)


def _is_bullet(block: Block) -> bool:
    """Return whether a block is a bullet for certain, as far as its form goes."""
    return block.words >= LONG_WORDS or block.complete


def _parted(before: Block | None, block: Block) -> bool:
    """Return whether a column or a page ends between two blocks, so that the second may be the end of the first."""
    if before is None:
        return False
    last, first = before.segments[-1], block.segments[0]
    return last.line.page != first.line.page or last.column != first.column


def _has_number(block: Block | None) -> bool:
    return block is not None and block.candidate is not None and bool(block.candidate.number)


def _numbered(candidate: Candidate | None, before: Block | None, after: Block | None) -> bool:
    """Return whether a candidate is a heading by its number: always, or when it is no item of a list."""
    if candidate is None or not candidate.number:
        return False
    if candidate.style in ("dotted", "keyword"):
        return True
    listed = _same_style(candidate, before) or _same_style(candidate, after)
    return after is not None and not listed


def _stands(candidate: Candidate, before: Block | None, after: Block | None) -> bool:
    """Return whether what has the form of a heading is one among these neighbours."""
    if candidate.style != "plain":
        return candidate.marked or _numbered(candidate, before, after)
    if after is None:
        return False  # nothing follows that it could govern
    return after.candidate is None or not after.candidate.sure


def _same_style(candidate: Candidate, other: Block | None) -> bool:
    """Return whether a neighbour is numbered in the same way: then both are items of a list."""
    if other is None:
        return False
    if other.candidate is not None:
        return other.candidate.style == candidate.style
    first = other.segments[0].text[:1]
    return other.glyph and first.isalnum() and first.isdigit() == (candidate.style == "number")
