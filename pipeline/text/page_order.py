"""Whether the lines of a page without gutters plainly come in the order in which they are read.

What belongs here: lists and blank lines that woven columns could not have. What does not: how well lines follow each
other (`layout`), where paragraphs open (`openings`).
"""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.text.coverage import line_fragment
from pipeline.text.headings import opens_section
from pipeline.text.language import Language
from pipeline.text.model import Line, Segment
from pipeline.text.openings import COMPLETE, GAPS, TIDY, Column, begun, enumerated
from pipeline.text.statements import opening_glyph

LISTED, STRAY = 0.5, 0.1  # shares of the lines of a page of one list, with a glyph in front and with one inside
CAPITALS = 0.2  # share of the lines of a list that hold a capital inside
LEAST_ITEMS = 5  # of a list that tells the order of a page
INDENT = 20 * " "  # deeper than lists are
SPACED = 0.05  # share of the lines of a page with a run of spaces inside
MANY_GAPS, MOSTLY = 3, 0.6  # blank lines of a page, and their share that may part paragraphs, where nothing is woven
_INNER_CAPITAL = re.compile(r"[^\W\d_]{2}[.,;:!?\"'”’)]*\s+[\"'“‘(]?[A-ZÀ-Þ]")
_INNER_ENUMERATOR = re.compile(r"\s\(?(?:[a-z]|\d{1,2}|[ivx]{2,4})[.)]\)?\s")


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
    if len(gaps) >= MANY_GAPS and len(begun(gaps)) >= MOSTLY * len(gaps):
        return True
    return _is_list([one.text for one in segments], language)


def _counts_on(texts: Sequence[str]) -> bool:
    """Return whether a list that counts from the first holds most of a page, each item below what is complete."""
    items = sorted(set(enumerated(dict(enumerate(texts)))))
    if len(items) < LEAST_ITEMS or items[-1] - items[0] < LISTED * len(texts):
        return False
    below = [place for place in items if place > items[0]]
    complete = sum(COMPLETE.search(texts[place - 1]) is not None for place in below)
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
