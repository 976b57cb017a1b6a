"""Which paragraphs of a PDF have the form of a title.

What belongs here: what a paragraph says, how long it is and how it stands. What does not: what it is set in
(`typography`), and headings of plain text (`pipeline.text.headings`).
"""

import re
from itertools import pairwise

from pipeline.pdf.paragraphs import Paragraph

_LINES, _WORDS, _LETTERS = 3, 20, 150
"""Most that a heading holds."""
_FEW_WORDS = 10
"""Most that one holds which is neither larger nor bolder than the body."""
EXCLAIMED, SAID = 8, 5
"""Most words of one that ends in a mark: of a cry, of a sentence or quotation."""
_NAMED = 3
"""The same of a lead-in: "School:"."""
_CELLS = 1.5
"""Ems between two words from which on they stand in two cells of a table."""
_WORD = re.compile(r"[^\W\d_]{3}")
_NO_TITLE = re.compile(r"[\"'“”„‘’«»]|.*(?:[.:;,…!]|(?:\.\s*){3}\d+)$", re.DOTALL)
"""How no title begins or ends: a quotation, a sentence, a lead-in, a line of a table of contents."""
_QUOTED = re.compile(r"[\"'“”„‘’«»](?P<title>[^\"'“”„‘’«»]+)[\"'“”„‘’«»]$")
_DATED = re.compile(r"(?:[^\W\d_]+, ?)?(?:\d{1,2} )?[a-zà-ÿ]{3,9}\.? \d{4}$|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$")
"""A date, with the place before it: "12 maart 2025", "Utrecht, maart 2025"."""
_LABELLED = re.compile(r"[^\W\d_]+ \d+\s?[.:]")
"""How a caption begins."""


def _is_short(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is as short as a title, says something and is no row of a table."""
    text = paragraph.text
    short = len(paragraph.lines) <= _LINES and len(text) <= _LETTERS and len(text.split()) <= _WORDS
    return short and bool(_WORD.search(text)) and not _has_cells(paragraph)


def is_title(paragraph: Paragraph) -> bool:
    """Return whether a paragraph has the form of a title, whatever it is set in."""
    text = paragraph.text
    return _is_short(paragraph) and not _NO_TITLE.match(text) and not _DATED.match(text)


def is_plain_title(paragraph: Paragraph) -> bool:
    """Return whether it has so without doubt: a few words that begin with a capital or a number, and no caption."""
    text = paragraph.text
    few = len(text.split()) <= _FEW_WORDS and len(paragraph.lines) < _LINES
    return few and (text[0].isupper() or text[0].isdigit()) and not _LABELLED.match(text) and is_title(paragraph)


def may_end(paragraph: Paragraph, words: int, *, large: bool) -> bool:
    """Return whether a paragraph may be a title that ends in a mark ("Doe mee!"), or is quoted.

    Args:
        paragraph: What it is asked of.
        words: Most that it holds when it is a sentence or a quotation.
        large: Whether it is set so large that it may end as a lead-in does: "School:".
    """
    text = paragraph.text
    if not _is_short(paragraph) or _DATED.match(text) or not (text[0].isupper() or _QUOTED.match(text)):
        return False
    if text.endswith(":"):
        words = _NAMED if large else 0
    elif text.endswith(("!", "…", "...")):
        words = EXCLAIMED
    elif text.endswith((",", ";")) or re.search(r"(?:\.\s*){3}\d+$", text):
        words = 0
    return len(text.split()) <= words


def _has_cells(paragraph: Paragraph) -> bool:
    """Return whether a line stands in several cells of a table."""
    return any(
        after.left - before.right > _CELLS * piece.height
        for line in paragraph.lines
        for piece in line
        for before, after in pairwise(piece.words)
    )
