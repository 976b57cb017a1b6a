"""Tables whose cells stand on lines of their own, below a block of the names of their columns.

What belongs here: telling such names, and where the cells below them begin. What does not: rows whose cells a mark
parts (`tables`), rows that keep their cells apart by spaces (`layout.gutter`).

Several extractors write a table cell by cell, a cell on one line or wrapped over several. Names of columns on
successive lines ("Actie", "Wie", "Wanneer") tell how many columns there are. Then the lines are cut into rows of so
many cells as goes best with two things: where a cell may begin (below an end mark or a blank line, at a capital), and
that the cells of a column are of one kind. What the kinds are is learned from the table itself, cutting it again with
what was found (hard EM), from each guess at which columns hold many words. A table is believed where nearly all its
cells are of the kind of their column.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product, takewhile

from pipeline.text.headings import is_hashed, opens_section
from pipeline.text.language import Language
from pipeline.text.unnumbered import is_short_line

MOST_COLUMNS, MOST_LINES = 8, 600
LONGEST_NAMES = 160  # characters of a line that names columns
MOST_NAME_WORDS = 4  # of the name of a column
LONGEST_CELL = 8  # lines
ROUNDS = 3
SURE = 3  # columns whose names are believed although what stands below them makes no rows
LEAST_ROWS, LEAST_PAIRS = 2, 3  # rows of a table that is believed, and of one of two columns
ALIKE = 0.8  # share of the cells that are of the kind of their column, from where on a table is believed
MOST_GUESSED = 5  # columns of which is guessed whether they hold many words
LIKELY = 0.4  # probability of either kind of such a guess
COUNTED = 4.0  # log-odds that a line opens a row where it has the next number, and that it does not where it has none
LEFT_OUT = -1.0  # what a line costs that is in no cell: less than a cell of another kind than its column
_WORD, _NUMBERED = re.compile(r"[^\W\d_]+|#"), re.compile(r"\d{1,2}[.)]\s+[A-ZÀ-Þ]")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SPACED = re.compile(r"\S {3,}\S")  # cells kept apart by spaces
_OPEN = re.compile(r"[,(/-]$")
_CLAUSE = re.compile(r"[:;?!]\s")  # what stands behind it goes on with what stands before it
_INSIDE = re.compile(r"[^\W\d_A-ZÀ-Þ] [A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]")  # where a cell may begin within a line
_COUNTS = re.compile(r"(\d{1,3})[.)]?(?:\s|$)")
_FEW = 3  # words of a cell that is a name, a date or a word
_KINDS = 4


@dataclass(frozen=True, slots=True)
class Stacked:
    """What stands in such tables, by the place of lines, from 0.

    Attributes:
        rows: All lines of cells.
        goes_on: Of these, the ones that go on with the cell of the line above.
        names: The lines that name columns.
    """

    rows: frozenset[int] = frozenset()
    goes_on: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()


def read_stacked(texts: Sequence[str], language: Language) -> Stacked:
    """Return the tables of a text whose cells stand on lines of their own.

    Args:
        texts: Its lines, without line ends.
        language: Whose names of columns are known.
    """
    filled = [place for place, text in enumerate(texts) if text.strip()]
    heads = list(_heads([texts[place].strip() for place in filled], language))
    rows: set[int] = set()
    goes_on: set[int] = set()
    names: set[int] = set()
    for at, (first, last, columns, numbered) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(filled)
        if end < len(filled) and is_short_line(title := texts[filled[end - 1]]):
            # The same names again stand at the head of the next page, unless a numbered title is above them.
            end -= texts[filled[first]] != texts[filled[end]] or _NUMBERED.match(title.strip()) is not None
        below = list(_until_heading(filled[last:end], texts, language, numbered=numbered))
        spaced = sum(_SPACED.search(texts[place]) is not None for place in below)
        lines = [_line(texts, place, language) for place in below] if not spaced else []
        cells = _believed(_counting(lines) if numbered else lines, columns)
        if not cells and columns < SURE and not numbered:
            continue  # two may be words of a list, or a title, as well
        names.update(filled[first:last])
        for begin, stop in cells:
            rows.update(below[begin:stop])
            goes_on.update(below[begin + 1 : stop])
    return Stacked(frozenset(rows), frozenset(goes_on), frozenset(names))


def names_of_cells(cells: Sequence[tuple[int, str]], language: Language) -> frozenset[int]:
    """Return which cells of tables that a PDF shows name their columns: those that open a table, and the same again.

    Args:
        cells: The text of each cell with the place of the first of its lines, or an empty text where a table ends.
        language: Whose names of columns are known.

    Returns:
        The places that were given.
    """
    found: set[int] = set()
    at = 0
    for at_end in [place for place, (_, text) in enumerate([*cells, (-1, "")]) if not text]:
        table, at = cells[at:at_end], at_end + 1
        names = _opening_names([text for _, text in table], language)
        for start in range(len(table) - len(names) if names else 0):
            if [text for _, text in table[start : start + len(names)]] == names:
                found.update(place for place, _ in table[start : start + len(names)])
    return frozenset(found)


def _opening_names(texts: Sequence[str], language: Language) -> list[str]:
    """Return the cells with which a table opens that name its columns; none where only one is known to."""
    known = list(takewhile(lambda text: _names(text, language), texts[:MOST_COLUMNS]))
    if known and _is_number(known[0].split()[0], language):
        known = list(texts[: len(known) + _own_names(texts[len(known) : MOST_COLUMNS])])
    return known if len(known) > 1 else []


def _heads(texts: Sequence[str], language: Language) -> Iterator[tuple[int, int, int, bool]]:
    """Yield where the names of columns begin and end, how many there are, and whether the first column has numbers."""
    count = [_names(text, language) for text in texts]
    at = 0
    while at < len(texts):
        end = at
        while end < len(texts) and (
            count[end] or (end > at and end + 1 < len(texts) and count[end + 1] and _ends_name(texts[end]))
        ):
            end += 1
        numbered = end > at and _is_number(texts[at].split()[0], language)
        if numbered:
            end += _own_names(texts[end : end + MOST_COLUMNS])
        columns = sum(count[place] or texts[place][:1].isupper() for place in range(at, end))
        if 1 < columns <= MOST_COLUMNS and end < len(texts):
            yield at, end, columns, numbered
        at = max(end, at + 1)


def _own_names(texts: Sequence[str]) -> int:
    """Return how many lines below "Nr." are names of columns in words of their own: those above the first number."""
    for place, text in enumerate(texts):
        if _COUNTS.match(text):
            return place
        if not is_short_line(text) or len(text.split()) > MOST_NAME_WORDS or re.search(r"\d", text):
            break
    return 0


def _is_number(word: str, language: Language) -> bool:
    """Whether a word names a column of numbers ("Nr.")."""
    return word.casefold().rstrip(".") in language.words("headings", "column_numbers")


def _names(text: str, language: Language) -> int:
    """Return how many columns a line names: each begins with a capital and a word that names columns; else 0."""
    if len(text) > LONGEST_NAMES or (text[-1] in ".!?:;," and not _is_number(text.rsplit(maxsplit=1)[-1], language)):
        return 0
    if is_hashed(text) or _CLAUSE.search(text):
        return 0
    known = language.words("headings", "column_words")
    words = _WORD.findall(text)
    if not words or words[0].casefold() not in known:
        return 0
    opening = [word for word in words if word[0].isupper() or word == "#"]
    if not opening or words[0] != opening[0] or len(words) > MOST_NAME_WORDS * len(opening):
        return 0
    named = _is_number(words[0], language) or all(word.casefold() in known for word in opening)
    return len(opening) if named and not re.search(r"\d", text) else 0


def _ends_name(text: str) -> bool:
    return text[:1].islower() and len(text.split()) < _FEW and not _ENDED.search(text)


def _until_heading(places: Sequence[int], texts: Sequence[str], language: Language, *, numbered: bool) -> Iterator[int]:
    """Yield the lines below the names of columns, up to a heading with a number; rows may have numbers of their own."""
    stripped = [texts[place].strip() for place in places[:MOST_LINES]]
    bare = sum(_COUNTS.match(text) is not None for text in stripped)
    with_mark = sum(_NUMBERED.match(text) is not None for text in stripped)
    numbered = numbered and with_mark > bare - with_mark  # of rows, where most numbers have a mark
    for place, text in zip(places, stripped, strict=False):
        if opens_section(text, language) or (not numbered and _NUMBERED.match(text)):
            return
        yield place


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may open a cell: its words, the log-odds that it does, and that of opening a row besides."""

    text: str
    opens: float
    row: float = 0.0


def _line(texts: Sequence[str], place: int, language: Language) -> _Line:
    """Return a line with what stands before it as evidence of whether it opens a cell."""
    text = texts[place].strip()
    above = next((texts[at].strip() for at in range(place - 1, -1, -1) if texts[at].strip()), "")
    last = re.findall(r"\w+$", above.casefold())
    odds = 3.0 * (not texts[place - 1].strip())
    odds += 2.0 * (_ENDED.search(above) is not None or not _lettered(above))
    odds += 1.5 * (not _lettered(text))
    odds += -1.0 if text[0].islower() else 0.7
    opened = bool(last) and last[0] in language.words("headings", "open_ends")
    odds -= 3.0 * (opened or _OPEN.search(above) is not None)
    return _Line(text, odds)


def _counting(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines of a table whose rows have numbers: one that counts on from the row before opens a row."""
    wanted: int | None = None
    found = []
    for line in lines:
        match = _COUNTS.match(line.text)
        counts = match is not None and wanted in (None, int(match.group(1)))
        if match is not None and counts:
            wanted = int(match.group(1)) + 1
        found.append(replace(line, opens=line.opens + COUNTED * counts, row=COUNTED if counts else -COUNTED))
    return found if sum(line.row > 0 for line in found) >= LEAST_ROWS else list(lines)


def _lettered(text: str) -> bool:
    return any(map(str.isalpha, text))


def _kind(text: str) -> int:
    """Return what kind of cell a text is: a number, a few words, more of them, or something complete."""
    if not _lettered(text):
        return 0
    if _ENDED.search(text):
        return 3
    return 1 if len(text.split()) <= _FEW else 2


Cells = list[tuple[int, int]]


def _believed(lines: Sequence[_Line], named: int) -> Cells:
    """Return the cells of a table below so many names, as ranges of lines; none where they do not make one.

    The first cell of a row may share a line with the second.
    """
    counted = [line.text for line in lines if line.row > 0]
    shared = sum(map(_lettered, counted)) > len(counted) / 2  # a line holds a number and what it counts
    if sum(_INSIDE.search(text) is not None for text in counted) > len(counted) / 2:
        return []  # and the next cell too: such rows are woven as columns are
    for columns in (named - 1, named) if shared else (named, named - 1):
        if columns < 2 or len(lines) < columns:
            continue
        found = [_cut_again(lines, columns, long) for long in _guesses(columns)]
        least = ALIKE if columns < named and not shared else 0.0
        held = [(score, cells) for score, cells in found if _holds(_kinds(lines, cells), columns, least, alike=shared)]
        if held:
            return _with_numbers(lines, max(held)[1], columns)
    return []


def _guesses(columns: int) -> Iterator[tuple[bool, ...]]:
    """Yield which columns may hold many words; with many columns, that any may."""
    if columns > MOST_GUESSED:
        yield (True,) * columns
        return
    yield from (guess for guess in product((False, True), repeat=columns) if any(guess))


def _cut_again(lines: Sequence[_Line], columns: int, long: Sequence[bool]) -> tuple[float, Cells]:
    """Return the cells that come of a guess at which columns hold many words, and how well they go together."""
    weights = {
        (column, kind): math.log(_KINDS * (LIKELY if (kind > 1) == long[column] else 0.5 - LIKELY))
        for column in range(columns)
        for kind in range(_KINDS)
    }
    score, cells = 0.0, list[tuple[int, int]]()
    for _ in range(ROUNDS):
        score, cells = _cut(lines, columns, weights)
        weights = _learned(_kinds(lines, cells), columns)
    return score, cells


def _kinds(lines: Sequence[_Line], cells: Cells) -> list[int]:
    return [_kind(" ".join(line.text for line in lines[begin:end])) for begin, end in cells]


def _learned(kinds: Sequence[int], columns: int) -> dict[tuple[int, int], float]:
    """Return how much likelier each kind is in each column than by chance (log), as the cells tell."""
    counts = Counter((place % columns, kind) for place, kind in enumerate(kinds))
    rows = len(kinds) // columns
    return {
        (column, kind): math.log(_KINDS * (counts[column, kind] + 0.5) / (rows + 0.5 * _KINDS))
        for column in range(columns)
        for kind in range(_KINDS)
    }


def _holds(kinds: Sequence[int], columns: int, least: float, *, alike: bool) -> bool:
    """Return whether there are rows enough, nearly all cells are of their column's kind, and columns differ.

    Args:
        kinds: Of the cells, row by row.
        columns: In a row.
        least: Share of the cells of every column that must be of its kind.
        alike: Whether columns may be of one kind, as numbers tell the rows.
    """
    by_column = [kinds[column::columns] for column in range(columns)]
    if len(by_column[-1]) < (LEAST_ROWS if columns > 2 else LEAST_PAIRS):
        return False
    most = [Counter(column).most_common(1)[0] for column in by_column]
    if any(count < least * len(by_column[-1]) for _, count in most):
        return False
    return sum(count for _, count in most) >= ALIKE * len(kinds) and (alike or len({kind for kind, _ in most}) > 1)


def _cut(lines: Sequence[_Line], columns: int, weights: Mapping[tuple[int, int], float]) -> tuple[float, Cells]:
    """Return the best cut of lines into cells, row by row (Viterbi); between two rows a line may be left out."""
    best: list[dict[int, tuple[float, int, int]]] = [{columns - 1: (0.0, 0, columns - 1)}]
    for end in range(1, len(lines) + 1):
        found: dict[int, tuple[float, int, int]] = {}
        held, text = 0.0, ""
        for begin in range(end - 1, max(-1, end - 1 - LONGEST_CELL), -1):
            text = f"{lines[begin].text} {text}".strip()
            kind, opening = _kind(text), lines[begin].opens / 2
            for before, (score, *_) in best[begin].items():
                column = (before + 1) % columns
                value = score + held + opening + weights[column, kind]
                value += min(lines[begin].row if column == 0 else -lines[begin].row, 0)
                if column not in found or value > found[column][0]:
                    found[column] = (value, begin, before)
            held -= opening
        if columns - 1 in best[end - 1]:
            value = best[end - 1][columns - 1][0] + LEFT_OUT
            if columns - 1 not in found or value > found[columns - 1][0]:
                found[columns - 1] = (value, end - 1, -1)
        best.append(found)
    return _traced(best, columns)


def _traced(best: Sequence[Mapping[int, tuple[float, int, int]]], columns: int) -> tuple[float, Cells]:
    """Return the cells on the best way to the end of a row; the lines behind it are left out."""
    ends = [
        (found[columns - 1][0] + LEFT_OUT * (len(best) - 1 - end), end)
        for end, found in enumerate(best)
        if columns - 1 in found
    ]
    score, end = max(ends)
    column, cells = columns - 1, list[tuple[int, int]]()
    while end > 0:
        _, begin, before = best[end][column]
        if before >= 0:
            cells.append((begin, end))
            column = before
        end = begin
    return score, cells[::-1]


def _with_numbers(lines: Sequence[_Line], cells: Cells, columns: int) -> Cells:
    """Return cells where one without a letter is part of the one before it, or of the next where it opens its row."""
    joined: Cells = []
    numbers = [not any(_lettered(line.text) for line in lines[begin:end]) for begin, end in cells]
    for place, (begin, end) in enumerate(cells):
        opens_row = place % columns == 0
        waited = place % columns == 1 and numbers[place - 1]
        if joined and not opens_row and (waited or numbers[place]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined
