r"""Tables in plain text: successive lines whose cells are parted by tabs, semicolons or pipes.

What belongs here: telling the rows of such tables from lines that only hold one of these marks, and which row names the
columns. What does not: tables of Markdown, which has a rule below the first row (`markdown`), those that a PDF shows
(`pipeline.pdf.tables`), cells on lines of their own (`stacked`, whose tables are added here), cells kept apart by runs
of spaces (`layout.gutter`), and the cells themselves (`cells_of`).

One mark proves nothing. Lines are rows where several in succession hold a mark equally often, where what stands between
the marks makes two columns of words or more, and where no column goes on from row to row as columns of prose do that an
extractor has set side by side.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.text.heads import head_of
from pipeline.text.language import Language
from pipeline.text.markdown import CELL, HEADER_WORDS
from pipeline.text.model import Edit
from pipeline.text.stacked import read_stacked
from pipeline.text.subordination import words_of
from pipeline.text.wordclasses import word_classes

LEAST_ROWS = 3
MOSTLY = 0.8  # share of the cells of a column that are of one kind
WRAPPED = 0.2  # share of the cells of a column of prose that begin in lower case, from where on sentences wrap in it
PROSE_WORDS = 3  # of a cell, on average, from where on a column may be prose
LONGER = 3  # words by which cells are longer than the name of their column, on average
_TIGHT = 0.9  # share of semicolons without white space behind them, from where on they part cells and no clauses
_MARKS = ("\t", "|", ";")
_ENDED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_ITEM = re.compile(r"\(?(?:[^\W\d_]|[ivxIVX]{1,4})[.):]?\)?$")
"""A letter that counts items ("a)"): it names no column of words."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a plain text, by the place of its lines, from 0.

    Attributes:
        rows: All rows.
        names: Of these, the ones that name the columns of their table.
        goes_on: Of all rows, those that go on with the cell of the line above.
        edits: What makes tabs of the marks between cells, and takes those at the edges of a row out.
    """

    rows: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()
    goes_on: frozenset[int] = frozenset()
    edits: Mapping[int, tuple[Edit, ...]] = field(default_factory=dict)


def read_tables(texts: Sequence[str], language: Language | None = None) -> Tables:
    r"""Return the tables of a text.

    Args:
        texts: Its lines, without line ends.
        language: Whose verbs tell a wish from the name of a column; without one no row names columns.

    >>> read_tables(["Thema\tWens", "Wonen\tBouw meer betaalbare woningen", "Zorg\tKort de wachtlijsten in"]).rows
    frozenset({0, 1, 2})
    """
    rows: set[int] = set()
    names: set[int] = set()
    edits: dict[int, tuple[Edit, ...]] = {}
    for mark, places in _runs(texts):
        columns = _columns([texts[place].split(mark) for place in places])
        if not _is_table(columns):
            continue
        rows.update(places)
        if language is not None and _has_names(columns, language):
            names.add(places[0])
        if mark != CELL:
            edits.update((place, _edits(texts[place], mark)) for place in places)
    if language is None:
        return Tables(frozenset(rows), frozenset(names), edits=edits)
    stacked = read_stacked(["" if place in rows else text for place, text in enumerate(texts)], language)
    return Tables(stacked.rows | rows, stacked.names | names, stacked.goes_on, edits)


def _runs(texts: Sequence[str]) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the places of successive lines that hold the same mark equally often, with that mark."""
    marked = [(place, _mark(text)) for place, text in enumerate(texts)]
    for (mark, _), run in groupby(marked, key=lambda one: one[1]):
        places = [place for place, _ in run]
        if not mark or len(places) < LEAST_ROWS:
            continue
        behind = [text[:1] for place in places for text in texts[place].split(mark)[1:]]
        if mark != ";" or sum(not char.isspace() for char in behind) >= _TIGHT * len(behind):
            yield mark, places


def _mark(text: str) -> tuple[str, int]:
    """Return what parts the cells of a line, and how often it stands there; nothing when none does."""
    for mark in _MARKS:
        if mark in text:
            return mark, text.count(mark)
    return "", 0


def _columns(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the columns of rows of equal length, without those that are empty."""
    columns = zip(*([cell.strip(' "') for cell in row] for row in rows), strict=True)
    return [column for column in columns if any(column)]


def _is_table(columns: Sequence[Sequence[str]]) -> bool:
    counted = [held for column in columns if 2 * len(held := [cell for cell in column if cell]) >= len(column)]
    if len(counted) < 2 or _share(cell.endswith(":") for cell in counted[0]) >= MOSTLY:
        return False  # what stands behind a label goes on with it
    if _counts(counted[0]):
        counted = counted[1:]
    worded = any(not _counts(column) for column in counted)
    return len(counted) > 1 and worded and not any(map(_wraps, counted))


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / max(len(values), 1)


def _counts(column: Sequence[str]) -> bool:
    """Return whether the cells of a column are numbers, glyphs or letters that count."""
    return _share(not any(map(str.isalpha, cell)) or _ITEM.match(cell) is not None for cell in column) >= MOSTLY


def _wraps(column: Sequence[str]) -> bool:
    """Return whether the cells of a column go on from row to row, as lines of prose do."""
    words = sum(len(cell.split()) for cell in column) / len(column)
    return words >= PROSE_WORDS and _share(cell[0].islower() for cell in column) >= WRAPPED


def _has_names(columns: Sequence[Sequence[str]], language: Language) -> bool:
    """Return whether the first row names the columns: a few words in each, no wish, above cells of another kind."""
    if not all(_may_name(column[0], language) for column in columns):
        return False
    for name, *below in columns:
        cells = [cell for cell in below if cell]
        words = [len(cell.split()) for cell in cells]
        longer = cells and sum(words) / len(words) >= len(name.split()) + LONGER and min(words) > len(name.split())
        if cells and (_counts(cells) or longer):
            return True
    return False


def _may_name(cell: str, language: Language) -> bool:
    if not any(map(str.isalpha, cell)) or len(cell.split()) > HEADER_WORDS or _ENDED.search(cell):
        return False
    return len(cell.split()) == 1 or head_of(words_of(cell), word_classes(language)).kind == "none"


def _edits(text: str, mark: str) -> tuple[Edit, ...]:
    """Return what makes tabs of the marks in a row; at its edges they go."""
    found = [match.start() for match in re.finditer(re.escape(mark), text)]
    edge = mark + " \t"
    return tuple(Edit(at, at + 1, CELL if text[:at].strip(edge) and text[at + 1 :].strip(edge) else "") for at in found)
