r"""Markdown as extractors write it: what its marks say of the text, and which characters they are.

What belongs here: telling a Markdown document from plain text, finding its blocks and its marks. What does not: reading
order, headings and statements, which see the text without marks.

The marks are taken out line by line as repairs, so that everything that comes later reads a Markdown document as it
reads plain text. Two things are kept in the form in which the text core knows them: what is marked as a heading in
another way ("**Wonen**" on a line of its own, "Wonen" underlined by "=====") gets hashes, and the cells of a table row
are parted by `CELL`.

`detection` tells it from plain text, `blocks` reads its lines, `inline` the marks inside them, and `marks` says what
follows from both; `cells` are those of a row.
"""

from pipeline.text.markdown.cells import CELL, HEADER_WORDS, cells_of
from pipeline.text.markdown.detection import is_markdown
from pipeline.text.markdown.marks import Marks, read_marks

__all__ = ["CELL", "HEADER_WORDS", "Marks", "cells_of", "is_markdown", "read_marks"]
