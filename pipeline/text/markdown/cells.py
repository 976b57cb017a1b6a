"""Cells of a table's row, once what parted them is a tab.

What belongs here: where they begin and end. What does not: what is a table (`blocks`, `pipeline.text.tables`).
"""

import re
from collections.abc import Iterator

from pipeline.text.markdown.forms import behind_space

CELL = "\t"
"""Stands between two cells of a table row."""

HEADER_WORDS = 4
"""Most that a cell of a table's first row holds that names its column."""


def cells_of(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where the cells of a row begin and end; one without a letter, such as a number, stays with its neighbour.

    >>> text = "3\tWonen\t\tBouw meer."
    >>> [text[start:end] for start, end in cells_of(text)]
    ['3\tWonen', 'Bouw meer.']
    """
    start = end = 0
    for match in re.finditer(rf"[^{CELL}]*[^{CELL}\s][^{CELL}]*", text):
        cell = match.group()
        low, high = match.start() + behind_space(cell), match.start() + len(cell.rstrip())
        if end and any(map(str.isalpha, cell)) and any(map(str.isalpha, text[start:end])):
            yield start, end
            start = low
        elif not end:
            start = low
        end = high
    if end:
        yield start, end
