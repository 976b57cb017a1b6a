"""The order in which a page's words are read, from where they stand.

What belongs here: lines, bands and columns by geometry alone, paragraphs by geometry and a line's first letter. What
does not: words' meanings, and pages whose coordinates are lost (`pipeline.text.layout`).

Method: words on one baseline make a row. Rows from the top down make a band as long as a gutter, a strip that no row of
the band crosses, runs through all of them; a strip no wider than the spaces of a justified line must run through more
rows, unless it parts columns elsewhere on the page. A band with a gutter is read column by column, and each column as a
page is; what crosses the gutter (a title, a running header) is a band of its own. This is the recursive cut of Nagy and
Seth (1984) with the horizontal cuts first. A line in which the next word would have fitted ends a paragraph, unless the
next line goes on in lower case.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from math import inf
from statistics import median

from pipeline.pdf.words import Word
from pipeline.text.joining import HYPHENS
from pipeline.text.sentences import case_letter

_GAP = 1.5
"""Ems of white space that part columns in a few rows; spaces of justified lines are seldom as wide."""
_LEAST_GUTTER = 4.0
"""Points; the spaces of lines that are not justified are narrower."""
_WORD_SPACE = 0.35
"""Ems of the white space between two words of a title."""
_SURE_ROWS = 8
"""Rows on either side of a gutter that is believed wherever it comes back on the page, or on pages without such."""
_AS_FREE = 0.5
"""Least share of its width that a gutter has where it comes back."""
_LEAST_ROWS = 4
"""Rows with words on either side of a gutter: three rows may share a strip by chance."""
_LEAST_ROWS_OF_NARROW = 5
"""The same for a narrower strip: so many spaces do not stand above each other by chance."""
_MARGIN = 1.8
"""Times the usual step between baselines that parts a running header or footer from the body."""
_COMMON = 2
"""Steps as wide inside a page from where on such a step parts paragraphs and no running header."""
_ALIGNED = 1.5
"""Points by which what stands on one edge may differ."""
_TITLE = 1.3
"""Times the height of most words of a page from which on a word is of no running header."""
_PARAGRAPH = 1.25
"""Times the usual leading above which the next line opens a paragraph."""
_WIDER = 1.06
"""The same for a line that begins as one does."""
_OTHER_SIZE = 1.04
"""The same for its size beside that of the line before: a heading and its text."""
_CLEARLY_OTHER_SIZE = 1.08
"""The same for any line."""
_SPACE = 0.3
"""Width of a space in heights of a line, somewhat more than faces have."""
_WORD = re.compile(r"[^\W\d_]{2}")
"""In what is no glyph, label or number."""
_LEADER = "."
"""A dot of a table of contents."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one row that stand in one column.

    Attributes:
        words: From left to right.
        right: Right edge in points.
        bottom: Lower edge.
        height: Of most of its words, at least a point.
        edge: Right edge of the column, in its band.
    """

    words: tuple[Word, ...]
    right: float
    bottom: float
    height: float
    edge: float

    @property
    def of_table(self) -> bool:
        """Whether it is a row of a table."""
        return any(word.cells for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all words are set in bold."""
        return all(word.type.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: From the top down, each in one piece or more.
        cell: Whether they are a cell of a table.
    """

    lines: tuple[tuple[Piece, ...], ...]
    cell: bool = False

    @property
    def texts(self) -> list[str]:
        """The text of each line."""
        return [" ".join(piece.text for piece in line) for line in self.lines]

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join(self.texts)


@dataclass(frozen=True, slots=True)
class Column:
    """What is read from the top down.

    Attributes:
        opens: Whether it begins beside the column before it.
        margin: Whether it stands apart at the top or the foot of the page.
        paragraphs: From the top down.
    """

    opens: bool
    margin: bool
    paragraphs: tuple[Paragraph, ...]


Row = list[Word]
Gutter = tuple[float, float]


def read_pages(pages: Iterable[Sequence[Word]]) -> list[list[Column]]:
    """Return the columns of each page of a document in reading order."""
    parts = [_with_edges(*_margins(_rows(words))) for words in pages]
    known = [_sure(body) for _, body, _ in parts]
    # A last page of a few rows cannot tell columns from chance, but the pages before it can.
    everywhere = [gutter for gutters in known for gutter in gutters]
    return [_read_page(*part, gutters or everywhere) for part, gutters in zip(parts, known, strict=True)]


def _sure(body: Sequence[Row]) -> list[Gutter]:
    """Return the gutters of a page that are believed wherever they come back."""
    return [gutter for band, gutters in _cut(body, ()) for gutter in gutters if _sides(gutter, band) >= _SURE_ROWS]


def _read_page(head: Sequence[Row], body: Sequence[Row], foot: Sequence[Row], known: Sequence[Gutter]) -> list[Column]:
    return [
        Column(opens, margin, tuple(_paragraphs(pieces)))
        for part, strips, margin in ((head, (), True), (body, known, False), (foot, (), True))
        for opens, pieces in _merged(_read(part, strips))
    ]


def _read(rows: Sequence[Row], known: Sequence[Gutter]) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield columns in reading order, each with whether it begins beside the one before.

    A column may hold columns of its own, beside a picture say, so each is read as a page is.
    """
    for band, gutters in _cut(rows, known):
        if not gutters:
            edge = max(word.right for row in band for word in row)
            yield False, [_piece(row, edge) for row in band]
            continue
        for number, part in enumerate(_split(band, gutters)):
            for inner, (opens, pieces) in enumerate(_read(part, known)):
                yield opens or (number > 0 and inner == 0), pieces


def _merged(columns: Iterable[tuple[bool, list[Piece]]]) -> list[tuple[bool, list[Piece]]]:
    """Return columns with those that go on below each other as one."""
    merged: list[tuple[bool, list[Piece]]] = []
    for opens, pieces in columns:
        if merged and not opens and pieces[0].bottom > merged[-1][1][-1].bottom:
            merged[-1][1].extend(pieces)
        else:
            merged.append((opens, list(pieces)))
    return merged


def _margins(rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return what stands apart at the top, the body, and what stands apart at the bottom of a page.

    Running headers and footers often stand inside a column's strip, so no gutter tells them from its text.
    """
    steps = [after[0].bottom - before[0].bottom for before, after in pairwise(rows)]
    if len(steps) < 4:
        return [], rows, []
    # The baselines of columns may alternate; then the steps are smaller than a line is high.
    wide = _MARGIN * max(median(steps), median(row[0].bottom - row[0].top for row in rows))
    # What is much larger than the page's other words is its title.
    title = _TITLE * median(word.bottom - word.top for row in rows for word in row)

    def parts(n: int) -> bool:
        return steps[n] > wide and sum(step > 0.98 * steps[n] for step in steps[2:-2]) < _COMMON

    head = next((n + 1 for n in (1, 0) if parts(n) and not _is_large(rows[: n + 1], title)), 0)
    foot = next((len(rows) - 1 - n for n in (1, 0) if parts(len(steps) - 1 - n)), len(rows))
    return rows[:head], rows[head:foot], rows[foot:]


def _with_edges(head: list[Row], body: list[Row], foot: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the three parts of a page, with rows at its edges in its body where they go on with the columns of that.

    Headings that open two columns stand as far above their text as a running header does, and where baselines alternate
    the last line of a column seems to stand as far below the page.
    """
    gutters = [gutter for _, found in _cut(body, ()) for gutter in found] if head or foot else []
    if any(_goes_on(gutter, row, body) for gutter in gutters for row in head):
        head, body = [], [*head, *body]
    if any(_goes_on(gutter, row, body) for gutter in gutters for row in foot):
        body, foot = [*body, *foot], []
    return head, body, foot


def _goes_on(gutter: Gutter, row: Row, body: Sequence[Row]) -> bool:
    """Return whether a row has words where most lines of the columns beside a gutter begin: in both, or near to one."""
    own = _edges(gutter, row)
    sides = list(zip(*(_edges(gutter, other) for other in body), strict=True))
    for edge, others in zip(own, sides, strict=True):
        lines = [other for other in others if other is not None]
        if edge is not None and 2 * sum(abs(other - edge) <= _ALIGNED for other in lines) < len(lines):
            return False
    if None not in own:
        return True
    return any(edge is not None and _is_near(row, others, body) for edge, others in zip(own, sides, strict=True))


def _is_near(row: Row, edges: Sequence[float | None], body: Sequence[Row]) -> bool:
    """Return whether a row is no further from its column than lines of that are from each other, here and there."""
    baselines = [other[0].bottom for other, edge in zip(body, edges, strict=True) if edge is not None]
    step = min(abs(row[0].bottom - baseline) for baseline in baselines)
    return sum(after - before > 0.98 * step for before, after in pairwise(baselines)) >= 1


def _edges(gutter: Gutter, row: Row) -> tuple[float | None, float | None]:
    """Return where the words of a row begin on either side of a gutter; None without any, or where one crosses it."""
    low, high = gutter
    if any(word.left < high - 0.01 and word.right > low + 0.01 for word in row):
        return None, None
    return (
        min((word.left for word in row if word.right <= low + 0.01), default=None),
        min((word.left for word in row if word.left >= high - 0.01), default=None),
    )


def _is_large(rows: Sequence[Row], height: float) -> bool:
    return any(word.bottom - word.top >= height for row in rows for word in row)


def _rows(words: Sequence[Word]) -> list[Row]:
    """Return the words by baseline, from the top down, each row from left to right."""
    # What stands on one baseline stays together; baselines that nearly meet, as those of two columns do, are one row.
    lines = _grouped(([word] for word in sorted(words, key=lambda word: (word.bottom, word.left))), 0.1)
    return [sorted(row, key=lambda word: word.left) for row in _grouped(lines, 0.35)]


def _grouped(rows: Iterable[Row], ems: float) -> list[Row]:
    """Return rows from the top down, those that are no further than this below the first of a group as one."""
    groups: list[Row] = []
    for row in rows:
        height = max(row[0].bottom - row[0].top, 1.0)
        if groups and row[0].bottom - groups[-1][0].bottom < ems * height:
            groups[-1].extend(row)
        else:
            groups.append([*row])
    return groups


def _piece(words: Sequence[Word], edge: float) -> Piece:
    return Piece(
        tuple(words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        max(median(word.bottom - word.top for word in words), 1.0),
        edge,
    )


def _cut(rows: Sequence[Row], known: Sequence[Gutter]) -> Iterator[tuple[Sequence[Row], Sequence[Gutter]]]:
    """Yield bands from the top down, each with its gutters; what follows each other without any is one band."""
    start = single = 0
    # Beside all words there are no columns.
    within = min((row[0].left for row in rows), default=0.0), max((row[-1].right for row in rows), default=0.0)
    free = [_free(row, within) for row in rows]
    while start < len(rows):
        end, gutters = _longest_band(rows[start:], free[start:], known)
        end += start
        if gutters:
            if single < start:
                yield rows[single:start], []
            yield rows[start:end], gutters
            single = end
        start = end
    if single < len(rows):
        yield rows[single:], []


def _longest_band(
    rows: Sequence[Row], free: Sequence[Sequence[Gutter]], known: Sequence[Gutter]
) -> tuple[int, Sequence[Gutter]]:
    """Return how many rows the first band has, and its gutters; without any it is one row long."""
    shared = [free[0]]
    for strips in free[1:]:
        # White space to the left and right of a row is free, so that a row of one column keeps the gutter open.
        common = _common(shared[-1], strips)
        if not common:
            break
        shared.append(common)
    while shared:
        band = rows[: len(shared)]
        gutters = _between_texts([gutter for gutter in shared.pop() if _parts(gutter, band, known)], band)
        if gutters:
            return len(band), gutters
    return 1, []


def _free(row: Row, within: Gutter) -> list[Gutter]:
    """Return the strips of a row that hold no word, those at its ends as far as other rows have words.

    Columns do not begin among the dots of a table of contents, nor at the spaces of a large title.
    """
    inner = [
        (a.right, b.left)
        for a, b in pairwise(row)
        if (a.text != _LEADER or b.text != _LEADER) and b.left - a.right > _WORD_SPACE * (a.bottom - a.top)
    ]
    return [(within[0], row[0].left), *inner, (row[-1].right, within[1])]


def _common(first: Sequence[Gutter], second: Sequence[Gutter]) -> list[Gutter]:
    """Return the strips that two rows share and that are wide enough to part columns."""
    shared = ((max(a[0], b[0]), min(a[1], b[1])) for a in first for b in second)
    return [(low, high) for low, high in shared if high - low >= _LEAST_GUTTER]


def _parts(gutter: Gutter, rows: Sequence[Row], known: Sequence[Gutter]) -> bool:
    """Return whether a strip parts columns: enough rows have words to its left, and enough to its right."""
    low, high = gutter
    least = _sides(gutter, rows)
    em = max(rows[0][0].bottom - rows[0][0].top, 1.0)
    if least and any(_comes_back(gutter, other) for other in known):
        return True
    return least >= (_LEAST_ROWS if high - low >= _GAP * em else _LEAST_ROWS_OF_NARROW)


def _comes_back(gutter: Gutter, known: Gutter) -> bool:
    """Return whether a strip is as free as a gutter found elsewhere, but for words that reach a little further."""
    shared = min(gutter[1], known[1]) - max(gutter[0], known[0])
    return shared >= max(_LEAST_GUTTER, _AS_FREE * (known[1] - known[0]))


def _sides(gutter: Gutter, rows: Sequence[Row]) -> int:
    """Return how many rows have words to the left of a strip, or to its right where these are fewer."""
    low, high = gutter
    return min(sum(row[0].right <= low + 0.01 for row in rows), sum(row[-1].left >= high - 0.01 for row in rows))


def _between_texts(gutters: list[Gutter], rows: Sequence[Row]) -> list[Gutter]:
    """Return the strips that part texts.

    The glyphs and numbers of a list stand above each other and are no column, and neither are the page numbers of a
    table of contents: marks go with the text to their right, and what is left with the text to its left.
    """
    number = 0
    while gutters and number <= len(gutters):
        low = gutters[number - 1][1] if number else -inf
        high = gutters[number][0] if number < len(gutters) else inf
        if _is_text(low, high, rows):
            number += 1
        else:
            number = min(number, len(gutters) - 1)
            gutters = [*gutters[:number], *gutters[number + 1 :]]
    return gutters


def _is_text(low: float, high: float, rows: Sequence[Row]) -> bool:
    """Return whether at least half the rows that have words between two edges have one of letters there."""
    texts = others = 0
    for row in rows:
        cell = [word.text for word in row if low - 0.01 <= word.left < high]
        if any(map(_has_letters, cell)):
            texts += 1
        elif cell:
            others += 1
    return texts >= others


@lru_cache(maxsize=1 << 14)
def _has_letters(text: str) -> bool:
    return bool(_WORD.search(text))


def _split(rows: Sequence[Row], gutters: Sequence[Gutter]) -> list[list[Row]]:
    """Return the rows of each column, from the left."""
    columns: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        parts: list[Row] = [[] for _ in columns]
        for word in row:
            parts[sum(word.left >= high - 0.01 for _, high in gutters)].append(word)
        for column, part in zip(columns, parts, strict=True):
            if part:
                column.append(part)
    return [column for column in columns if column]


def _paragraphs(column: Sequence[Piece]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a column; each cell of a table is one."""
    for of_table, pieces in groupby(column, lambda piece: piece.of_table):
        if of_table:
            for row in pieces:
                yield from _cells(row)
        else:
            yield from _paragraphs_of_text(list(pieces))


def _cells(row: Piece) -> Iterator[Paragraph]:
    """Yield the cells of a row of a table; what holds no word, as the number of the row, goes with the next one."""
    lines: list[Row] = []
    for cell in (cell for word in row.words for cell in word.cells or ((word,),)):
        rows = _rows(cell)
        lines = [*lines[:-1], [*lines[-1], *rows[0]], *rows[1:]] if lines else rows
        if any(_has_letters(word.text) for line in lines for word in line):
            yield _cell(lines, row.edge)
            lines = []
    if lines:
        yield _cell(lines, row.edge)


def _cell(lines: Sequence[Row], edge: float) -> Paragraph:
    return Paragraph(tuple((_piece(line, edge),) for line in lines), cell=True)


def _paragraphs_of_text(column: Sequence[Piece]) -> Iterator[Paragraph]:
    steps = [b.bottom - a.bottom for a, b in pairwise(column) if b.bottom - a.bottom > 1.0]
    # Short paragraphs may have more gaps than lines, so the usual leading is among the small ones.
    usual = sorted(steps)[len(steps) // 5] if steps else 0.0
    size = median(piece.height for piece in column)
    found = [[[column[0]]]]
    for before, after in pairwise(column):
        step = after.bottom - before.bottom
        if step <= 1.0:
            found[-1][-1].append(after)
            continue
        # Lines of a large heading stand further apart.
        leading = step / usual / max(min(before.height, after.height) / size, 1.0)
        other = _sizes(before, after) > _CLEARLY_OTHER_SIZE or _leaves_bold(before, after)
        clearly = leading > _PARAGRAPH or other
        if clearly or (_begins(before, after) and _ended(before, after, leading)):
            found.append([])
        found[-1].append([after])
    return (Paragraph(tuple(map(tuple, lines))) for lines in found)


def _begins(before: Piece, after: Piece) -> bool:
    """Return whether a line may open a paragraph, as far as its first letter and the line before tell."""
    return not case_letter(after.text).islower() and before.text[-1] not in HYPHENS


def _ended(before: Piece, after: Piece, leading: float) -> bool:
    """Return whether a line ends a paragraph: by white space or type, or because it has room for the next word.

    Args:
        before: The line.
        after: The next one.
        leading: From one to the other, in usual leadings.
    """
    other_type = before.bold != after.bold or _sizes(before, after) > _OTHER_SIZE
    return leading > _WIDER or other_type or _has_room(before, after)


def _has_room(before: Piece, after: Piece) -> bool:
    """Return whether the first word of a line would have fitted on the line before."""
    word = after.words[0]
    return before.edge - before.right - _SPACE * before.height > word.right - word.left


def _leaves_bold(before: Piece, after: Piece) -> bool:
    """Return whether a line ends bold type with its words rather than with its width, as a heading does."""
    return before.bold and not after.words[0].type.bold and _has_room(before, after)


def _sizes(one: Piece, other: Piece) -> float:
    """Return how many times the smaller of two lines goes into the larger one."""
    return max(one.height, other.height) / min(one.height, other.height)
