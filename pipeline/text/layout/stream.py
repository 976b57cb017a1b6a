"""A page read as one stream, its lines as they come; compiled.

What belongs here: how well rows follow each other as they stand. What does not: columns (`beam`), what follows from the
figures (`page`).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.placements import insides
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import MOST_TERMS, Tables, pack, pair_terms, total_of

SURE = 5.0  # log-odds that two words of a row belong together, from where on more says nothing


@njit(cache=True)
def chain(words: Words, tables: Tables, width: float, opens: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Read a page of two rows or more as one stream: fill in which rows open a paragraph.

    Args:
        words: The page.
        tables: The weights.
        width: To which its lines were set.
        opens: (rows,) receives whether each opens a paragraph.

    Returns:
        Mean log-odds of a row following the one before; the share of rows that follow badly; how well the two words of
        a row that go together worst do so, on average; the share of rows that hold two words which do not go together.
    """
    rows = words.row_start.size - 1
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    inside = insides(words, tables)
    opens[0] = True
    total, poor, weakest, doubtful = 0.0, 0, 0.0, 0
    for row in range(rows):
        start, stop = words.row_start[row], words.row_start[row + 1]
        least = inside[start + 1 : stop].min() if stop - start > 1 else SURE
        weakest += min(least, SURE)
        doubtful += least < 0.0
        if row == 0:
            continue
        before, after = pack(row - 1, 0, start - words.row_start[row - 1]), pack(row, 0, stop - start)
        terms = pair_terms(words, tables, before, after, width, False, index, value)
        cont = total_of(tables, index, value, terms)
        terms = pair_terms(words, tables, before, after, width, True, index, value)
        new = total_of(tables, index, value, terms)
        opens[row] = new > cont
        total += max(cont, new)
        poor += max(cont, new) < 0.0
    return total / (rows - 1), poor / (rows - 1), weakest / rows, doubtful / rows
