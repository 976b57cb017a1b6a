"""A page read as one stream, its lines as they come; compiled.

What belongs here: how well rows follow each other as they stand. What does not: columns (`beam`), what follows from the
figures (`page`).
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.text.layout.compiling import inner
from pipeline.text.layout.rows import Words
from pipeline.text.layout.score import MOST_TERMS, Tables, kept_as, pack, pair_terms, total_of
from pipeline.text.layout.weights import ENDS, GROUPS, START, STARTS

SURE = 5.0  # log-odds that two words of a row belong together, from where on more says nothing
ROOM = 0.9  # of a line, up to which a word would plainly have fitted
ENOUGH = 3  # sentences that are torn, from where on more say nothing; lines that wrap, below which they say little
# Share of rows that start in lower case, from where and up to where a page turns into a list whose items start so: the
# rows of running text seldom reach the first.
LISTED = (0.45, 0.65)
FEW = 0.35  # share of rows before which a word would have fitted: in prose whose columns come in order it is more
SHARES = (1.0, 0.85, 0.6)  # of rows that are no wider than the lines of a stream, of which one is tried after the other
MOST_OVER = 0.05  # share of rows, such as an introduction, that may be wider than a stream's lines
_LOWER, _HYPHEN, _STOP = STARTS.index("lower"), ENDS.index("hyphen"), ENDS.index("stop")
_WOVEN = slice(START["woven"], START["woven"] + len(GROUPS["woven"]))
_ONE_ROW = (-99.0, *(0.0,) * (len(GROUPS["woven"]) - 1))


class Stream(NamedTuple):
    """A page read as one stream.

    Attributes:
        opens: (rows,) whether a paragraph opens at each.
        width: To which the lines were set; not always that of the widest row, since columns that were given in order
            may stand below an introduction.
        terms: (10,) how it reads, beside the weights `woven`.
        narrow: Of the rows that start in lower case, the share before which their first word would have fitted: lines
            wrap there that are set narrower than the page. Less, where these rows are fewer than enough; nothing, where
            most lines wrap so.
        listed: How much it is like a list whose items start in lower case, from 0 to 1; such starts say little then.
    """

    opens: NDArray[np.bool_]
    width: float
    terms: NDArray[np.float64]
    narrow: float
    listed: float

    def woven(self, tables: Tables) -> float:
        """Return the log-odds of columns being woven into it."""
        return float(self.terms @ tables.values[_WOVEN])


@njit(cache=True)
def read_through(words: Words, tables: Tables, inside: NDArray[np.float64], widths: NDArray[np.float64]) -> Stream:
    """Return a page read as one stream, at the width at which it reads best.

    Args:
        words: The page.
        tables: The weights for reading it in one column.
        inside: As `insides` returned it.
        widths: (rows,) of its rows.
    """
    ranked, rows = np.sort(widths), widths.size
    best = Stream(np.ones(rows, np.bool_), ranked[-1], np.array(_ONE_ROW), 0.0, 0.0)
    for share in SHARES:
        width = ranked[min(int(share * rows), rows - 1)] * 1.004
        if rows > 1 and (share == 1.0 or (ranked > width * 1.05).sum() <= MOST_OVER * rows):
            opens = np.zeros(rows, np.bool_)
            terms, lower, roomy = _chain(words, tables, inside, width, opens)
            if share == 1.0 or terms[1] > best.terms[1]:
                narrow = roomy / max(lower, ENOUGH) if roomy < FEW * (rows - 1) else 0.0
                best = Stream(opens, width, terms, narrow, _listed(lower / (rows - 1)))
    return best


@inner()
def _listed(share: float) -> float:
    """Return how much a page is like a list in lower case, by the share of its rows that start so."""
    least, most = LISTED
    return min(max((share - least) / (most - least), 0.0), 1.0)


@inner()
def _chain(
    words: Words, tables: Tables, inside: NDArray[np.float64], width: float, opens: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], int, int]:
    """Read a page of two rows or more as one stream: fill in which rows open a paragraph.

    Args:
        words: The page.
        tables: The weights.
        inside: As `insides` returned it.
        width: To which its lines were set.
        opens: (rows,) receives whether each opens a paragraph.

    Returns:
        (10,) what the weights `woven` count: one; mean log-odds of a row following the one before; the share of
        rows that follow badly; how well the two words of a row that go together worst do so, on average; the share of
        rows that hold two words which do not go together; the shares of rows that start in lower case although the row
        before ended a sentence, or left room for their first word; how well the words on either side of a row's end go
        together where the next starts in lower case, on average; the number of rows that start in lower case although
        the row before ended a sentence, and of those that go on in lower case after one that ends inside them, as
        shares of what is enough. Beside these the number of rows that start in lower case, and of those of them before
        which their first word would have fitted.
    """
    rows = words.row_start.size - 1
    links = np.empty(rows)
    total, poor = _open_paragraphs(words, tables, width, opens, links)
    weakest, doubtful, torn = _within_rows(words, inside)
    lower, stopped, roomy, link = _between_rows(words, width, links)
    pairs = rows - 1
    terms = np.array((
        1.0, total / pairs, poor / pairs, weakest / rows, doubtful / rows, stopped / pairs, roomy / pairs,
        link / max(lower, 1), min(stopped, ENOUGH) / ENOUGH, min(torn, ENOUGH) / ENOUGH,
    ))  # fmt: skip
    return terms, lower, roomy


@inner()
def _open_paragraphs(
    words: Words, tables: Tables, width: float, opens: NDArray[np.bool_], links: NDArray[np.float64]
) -> tuple[float, int]:
    """Let each row open a paragraph where that is likelier than that it goes on with one.

    Args:
        words: The page.
        tables: The weights.
        width: To which its lines were set.
        opens: (rows,) receives whether each opens a paragraph.
        links: (rows,) receives how well the words before and at its start go together; nothing for the first row.

    Returns:
        The log-odds of all rows following the ones before, and how many rows follow badly.
    """
    index, value, total, poor = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS), 0.0, 0
    opens[0] = True
    for row in range(1, words.row_start.size - 1):
        start, stop = words.row_start[row], words.row_start[row + 1]
        before, after = pack(row - 1, 0, start - words.row_start[row - 1]), pack(row, 0, stop - start)
        before = kept_as(before, opens[row - 1], words.row_start, words.finishes, words.left, words.right, width)
        terms = pair_terms(words, tables, before, after, width, False, index, value)
        cont, links[row] = total_of(tables, index, value, terms), value[terms - 1]
        terms = pair_terms(words, tables, before, after, width, True, index, value)
        new = total_of(tables, index, value, terms)
        opens[row] = new > cont
        total += max(cont, new)
        poor += max(cont, new) < 0.0
    return total, poor


@inner()
def _within_rows(words: Words, inside: NDArray[np.float64]) -> tuple[float, int, int]:
    """Return what the words of each row say of columns being woven.

    Returns:
        The sum over rows of how well the two words that go together worst do so; how many rows hold two that do not go
        together; how many go on in lower case after a sentence that ends inside them.
    """
    weakest, doubtful, torn = 0.0, 0, 0
    for row in range(words.row_start.size - 1):
        start, stop = words.row_start[row], words.row_start[row + 1]
        least = inside[start + 1 : stop].min() if stop - start > 1 else SURE
        weakest += min(least, SURE)
        doubtful += least < 0.0
        for at in range(start + 1, stop):
            if words.begins[at] == _LOWER and words.finishes[at - 1] == _STOP:
                torn += 1
                break
    return weakest, doubtful, torn


@inner()
def _between_rows(words: Words, width: float, links: NDArray[np.float64]) -> tuple[int, int, int, float]:
    """Return what the starts of rows in lower case say of columns being woven.

    Returns:
        How many rows start so, the row before not broken off at a hyphen; before how many of these a sentence ended;
        before how many their first word would have fitted; the sum of their `links`.
    """
    lower, stopped, roomy, link = 0, 0, 0, 0.0
    for row in range(1, words.row_start.size - 1):
        start = words.row_start[row]
        if words.begins[start] == _LOWER and words.finishes[start - 1] != _HYPHEN:
            lower += 1
            stopped += words.finishes[start - 1] == _STOP
            roomy += words.right[start - 1] + words.space + words.right[start] < ROOM * width
            link += links[row]
    return lower, stopped, roomy, link
