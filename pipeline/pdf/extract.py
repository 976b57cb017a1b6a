"""A PDF's text in reading order.

What belongs here: the whole way from a PDF's bytes to the text that is stored beside it. What does not: storing it
(`pipeline.stages.extract`).
"""

from pipeline.pdf.boxes import pages
from pipeline.pdf.columns import page_text

EXTRACTOR = "bloemlezing-pdf-2"
"""Raise it when the same PDF would give another text, so that stored ones are made again."""


def extract(content: bytes) -> str:
    """Return the text of a PDF: form feeds between pages, column breaks (U+000E) between columns.

    Raises:
        PdfError: when it is damaged, locked, or has no text.
    """
    return "\f".join(page_text(words) + "\n" if words else "" for words in pages(content))
