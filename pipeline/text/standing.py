"""Titles told by where they stand: alone amid white space, above groups of lines, and questions above their answers.

What belongs here: what blank lines, glyphs and repetition say of short lines. What does not: signs of the line itself
(`unnumbered`), headings with a number (`headings`), which blocks are headings in the end (`paragraphs`).
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.text.blocks import SHORT_LINES, Block, between, is_bullet, parted, text_of
from pipeline.text.headings import leads_in, read_heading
from pipeline.text.labelled import without_label
from pipeline.text.language import Language
from pipeline.text.naming import names_report
from pipeline.text.neighbours import around
from pipeline.text.openings import QUESTION, QUESTIONS, asks
from pipeline.text.unnumbered import LONG_WORDS, title_odds

LEAST_APART = 3  # blocks below a blank line, from where on white space tells something
COMPLETE = -1.5  # log-odds that a bullet lacks its end mark (0.18), below which a line without one stands out
TITLE_LONGEST = 16  # words of the title of a document, or of a question
ALONE_LONGEST = 10  # words of another title that stands alone
QUESTION_ON_TOP = 4  # blocks at most above the first of several questions above their answers
ANSWERS, UNLIKE = 2, 3  # answers at least below each, and how many times as many below another one
GLYPHS = 0.7  # share of the bullets that open with a glyph, from where on a question without one is no bullet
LEAST_GLYPHS = 3  # bullets with one, from where on that says something
GROUPED = 2  # lines of a group below its title
MOST_NAMED = 0.8  # share of the lines that stand as titles do, from where on they are believed to be titles
STRAY = 0.1  # share of the other lines that may have the form of a title and be no longer
TITLES_ON_TOP = 3  # lines at most that head a document
LEAST_BELOW = 4  # blocks of a document with one, and one more for each further one
NO_TITLE = -1.0  # log-odds of a line by itself, up to which it is none wherever it stands
QUOTES = frozenset('"“”„«‟')


def titles_on_top(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return the lines at the head of a document that name a topic, where bullets or headings are of another form."""
    neighbours = around(blocks)
    tidy = neighbours.loose <= COMPLETE or neighbours.glyphs >= GLYPHS or neighbours.numbered
    found: dict[int, str] = {}
    for place, block in enumerate(blocks[:TITLES_ON_TOP]):
        named = tidy and block.words <= TITLE_LONGEST and _names_topic(block, language)
        named = named and (title_odds(block.short, language) > NO_TITLE or names_report(block.short, language))
        if not named or block.short.endswith(":") or len(blocks) < place + LEAST_BELOW:
            break
        found[place] = block.short
    return found


def titles_apart(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return what stands out as a title by the white space around it, by its place."""
    if sum(block.apart for block in blocks) < LEAST_APART:
        return {}
    return _titles_alone(blocks, language) | _questions(blocks, language)


def _titles_alone(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return lines without end mark that stand alone where paragraphs are complete and parted by blank lines."""
    if around(blocks).loose > COMPLETE:
        return _titles_of_groups(blocks, language)
    return {
        number: text
        for number, (_, block, after) in enumerate(between(blocks))
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
        if block.apart or block.candidate is not None or parted(blocks[place - 1] if place else None, block):
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


def questions_in_turn(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return questions that stand above groups of answers of about one size, from the head of a document to its end.

    Where neither glyphs nor blank lines part questions from answers, only their turn tells: bullets that happen to be
    questions stand anywhere, below each other and far apart.
    """
    asked = {
        number: text
        for number, block in enumerate(blocks)
        if block.candidate is None and not block.glyph and (text := _question(block, language)) and asks(text, language)
    }
    places = list(asked)
    if len(places) < QUESTIONS or places[0] > QUESTION_ON_TOP:
        return {}
    answers = [following - place - 1 for place, following in pairwise([*places, len(blocks)])]
    in_turn = min(answers[:-1]) >= ANSWERS and answers[-1] > 0 and max(answers) <= UNLIKE * min(answers[:-1])
    return asked if in_turn else {}


def titles_over_tables(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return short lines and questions right above the cells of a table; the names of its columns are no blocks."""
    found: dict[int, str] = {}
    for place, (block, below) in enumerate(pairwise(blocks)):
        over = below.segments[0].line.row and not block.segments[0].line.row and block.candidate is None
        text = (block.short or _question(block, language)) if over and not block.glyph else ""
        if text and not leads_in(text, language):
            found[place] = text.rstrip(": ")
    return found


def questions_above_glyphs(blocks: Sequence[Block], language: Language) -> dict[int, str]:
    """Return questions without a glyph above something with one, where nearly all bullets have one.

    A quotation mark is as good as a glyph, as where the answers to a survey are quoted.
    """
    asked = {
        number: text for number, block in enumerate(blocks) if not block.glyph and (text := _question(block, language))
    }
    others = [block for number, block in enumerate(blocks) if number not in asked and is_bullet(block)]
    if sum(map(_is_marked, others)) < max(GLYPHS * len(others), LEAST_GLYPHS):
        return {}
    return {
        number: text
        for number, (before, _, after) in enumerate(between(blocks))
        if (text := asked.get(number, ""))
        and after is not None
        and _is_marked(after)
        and not _is_marked(blocks[number])
        and not parted(before, blocks[number])
    }


def _is_marked(block: Block) -> bool:
    """Return whether a block opens with a glyph or with a quotation mark."""
    return block.glyph or block.segments[0].text.lstrip()[:1] in QUOTES


def _stands_alone(block: Block, after: Block | None, language: Language, *, first: bool) -> str:
    """Return the text of a block that is a title by standing alone above something complete, or nothing."""
    text = text_of(block.segments, language)
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
    text = without_label(text_of(block.segments, language), language)
    return text if QUESTION.fullmatch(text) else ""
