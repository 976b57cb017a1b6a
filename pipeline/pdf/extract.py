"""A PDF's text in reading order.

What belongs here: the whole way from a PDF's bytes to the text that is stored beside it. What does not: storing it
(`pipeline.stages.extract`).
"""

from collections.abc import Iterable, Sequence

from pipeline.pdf.boxes import pages
from pipeline.pdf.columns import Column, read_pages
from pipeline.pdf.headings import Headings
from pipeline.pdf.paragraphs import Paragraph
from pipeline.pdf.words import Word
from pipeline.text.joining import HYPHENS

EXTRACTOR = "bloemlezing-pdf-6"
"""Raise it when the same PDF would give another text, so that stored ones are made again."""

COLUMN_BREAK = "\x0e"
"""Stands where a column begins; word processors use the same character."""

CELL = "\x1f"
"""Stands where a cell of a table begins, which ends at the next blank line: the unit separator of ASCII."""


def extract(content: bytes) -> str:
    """Return the text of a PDF.

    Form feeds stand between pages, column breaks (U+000E) where a column begins beside another one, blank lines between
    paragraphs, unit separators (U+001F) before the cells of a table; what is set as a heading is one of Markdown
    (`## Wonen`).

    Raises:
        UnreadableError: when it is damaged, locked, or has no text.
    """
    return text_of(pages(content))


def text_of(words: Iterable[Sequence[Word]]) -> str:
    """Return the text that `extract` gives, from the words of each page."""
    read = read_pages(words)
    headings = Headings.of(read)
    return "\f".join(_page(columns, headings) for columns in read)


def _page(columns: Sequence[Column], headings: Headings) -> str:
    """Return a page's text: a line a line of a column."""
    parts = []
    for column in columns:
        parts.append("\n" + COLUMN_BREAK if column.opens else "\n\n")
        levels = [0] * len(column.paragraphs) if column.margin else headings.levels(column.paragraphs)
        parts.append("\n\n".join(map(_text, column.paragraphs, levels)))
    return "".join(parts).removeprefix("\n\n") + "\n" * bool(parts)


def _text(paragraph: Paragraph, level: int) -> str:
    if paragraph.cell:
        return CELL + "\n".join(paragraph.texts)
    if not level:
        return "\n".join(paragraph.texts)
    # A heading of Markdown is one line; only a broken word keeps its line end, so that it is joined as others are.
    lines = "".join(text + ("\n" if text[-1] in HYPHENS else " ") for text in paragraph.texts)
    return "#" * level + " " + lines.strip()
