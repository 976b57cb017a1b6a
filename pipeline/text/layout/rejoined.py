"""Lines of a page that was drawn by rows, from column to column, cut into rows as other extractors give them.

What belongs here: whether a page shows that an extractor ran its lines together, cutting these, putting segments back
into the lines that they are of. What does not: which tokens are glued (`glued`), the way from column to column
(`drawn`), reading what is cut (`page`).

Each piece holds a line of each column at most. Where a word was glued, the other column begins, so a line is cut there;
where it may have been, when the way through the words leads there. Elsewhere every second line is cut off.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.text.language import Language
from pipeline.text.layout.drawn import ways_through
from pipeline.text.layout.glued import DOUBTFUL, GLUED, Word, words_of
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import Tables
from pipeline.text.layout.search import Sheet
from pipeline.text.model import Line, Segment

# Tokens that surely were glued, and beside rows that are wider than a page both together, from where on lines were run
# together. Of development pages of other settings two of 149 in three columns have wide rows, and none a glued token.
# Alone, glued tokens must also be so many beside the rows: in long prose some stand that somebody typed so.
LEAST, LEAST_OF_BOTH, LEAST_SHARE = 3, 2, 0.1
WIDER = 76_000.0  # thousandths of the type size; a page of A4 in small type (8.5 points, margins of 40) is 61,000 wide
# Share of the rows of such a page that hold one line, two, and so on, of either column in turn; how near to their end
# those are that are nearly full, and which share that is.
SHARES = (0.5, 0.47, 0.01, 0.01, 0.003, 0.003)
PEAK, FULL = 0.14, 0.55
LONGEST = 6.5  # column widths, up to which such a row is wide
STEP = 0.01
MOST_COLUMNS = 2
RUN = 1.5  # column widths, from where on a row may hold three lines or more

BELIEVED = 0.7  # share of the cuts

Home = tuple[Line, int]
"""Where a piece stands: the line that it is of, the character of it at which it begins."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The lines of a page, cut.

    Attributes:
        pieces: What was made of the lines, in their order.
        homes: Of each piece that is not blank.
    """

    pieces: tuple[Line, ...]
    homes: tuple[Home, ...]

    @property
    def glued(self) -> float:
        """The share of its cuts that part what was one token; 1 without any."""
        inside = [not line.text[start - 1].isspace() for line, start in self.homes if start]
        return sum(inside) / len(inside) if inside else 1.0


def is_run_together(rows: Rows, glued: int) -> bool:
    """Return whether a page, so many words of which surely were glued, was drawn by rows and its lines run together."""
    wide = int((rows.widths > WIDER).sum())
    return wide + glued >= (LEAST_OF_BOTH if wide else max(LEAST, LEAST_SHARE * len(rows)))


def rejoined(lines: Sequence[Line], reader: Reader, tables: Tables, language: Language) -> Cut:
    """Return the lines of a page, whose lines were run together, cut where they leave a column.

    Args:
        lines: Of one page, blank ones included; at least one is not blank.
        reader: Makes rows.
        tables: The weights.
        language: Tells which words there are.
    """
    pieces = [(number, words) for number, line in enumerate(lines) for words in _pieces(line, language)]
    sheet = Sheet.of(reader.rows([_spread(lines[number], words) for number, words in pieces]), tables)
    width = column_width(sheet.rows.widths)
    begins = ways_through(sheet.rows.words, tables, sheet.inside, np.array([width, width]))
    places: list[set[int]] = [set() for _ in lines]
    row = 0
    for number, words in pieces:
        if not words:
            continue
        first, after = sheet.rows.words.row_start[row : row + 2]
        long = sheet.rows.widths[row] > RUN * width
        places[number] |= {words[n].start for n in _left(words, begins[first:after].tolist(), long)}
        places[number] |= {words[0].start} if words[0].glue == GLUED else set()
        row += 1
    return cut_at(lines, [sorted(cuts) for cuts in places])


def _pieces(line: Line, language: Language) -> list[list[Word]]:
    """Return the words of a line, those together between which none surely was glued; of a blank one, none."""
    found: list[list[Word]] = [[]]
    for word in words_of(line.text, language):
        if word.glue == GLUED:
            found.append([])
        found[-1].append(word)
    return found


def _spread(line: Line, words: Sequence[Word]) -> Line:
    """Return words of a line as one of their own, with spaces where they may have been glued."""
    text = " ".join(line.text[word.start : word.end] for word in words)
    text += " " if words and line.text[words[-1].end :].isspace() else ""
    return Line(line.number, line.page, text, range(len(text) + 1))


def _left(words: Sequence[Word], begins: Sequence[bool], long: bool) -> Iterator[int]:
    """Yield the words of a piece before which it is cut: which of them begin a line of a column is given."""
    held = 1
    for n in range(1, len(words)):
        if not begins[n]:
            continue
        held += 1
        if words[n].glue == DOUBTFUL or (long and held > MOST_COLUMNS):
            yield n
            held = 1


def column_width(sizes: NDArray[np.float64]) -> float:
    """Return the width of a column, as wide as the other, that explains those of the rows of a page drawn by rows."""
    low = max(float(np.quantile(sizes, 0.5)) / 2, float(sizes.max()) / LONGEST)
    high = float(np.quantile(sizes, 0.9)) * 1.02
    grid = low * np.exp(STEP * np.arange(max(int(math.log(max(high / low, 1.0)) / STEP), 0) + 1))
    x = sizes[None, :] / grid[:, None]
    density = np.full_like(x, 1e-4)
    for held, share in enumerate(SHARES, start=1):
        peak = PEAK * math.sqrt(held)
        full = (x > held - peak) & (x <= held)
        density += share * ((1 - FULL) * ((x > held - 1) & (x <= held)) + FULL * full / peak)
    return float(grid[(np.log(density).sum(axis=1) - sizes.size * np.log(grid)).argmax()])


def cut_at(lines: Sequence[Line], places: Sequence[Sequence[int]]) -> Cut:
    """Return lines cut at rising places of each."""
    pieces: list[Line] = []
    homes: list[Home] = []
    for line, cuts in zip(lines, places, strict=True):
        for start, end in pairwise([0, *cuts, len(line.text)]):
            piece = replace(line, text=line.text[start:end], offsets=line.offsets[start : end + 1]) if cuts else line
            pieces.append(piece)
            if piece.text.strip():
                homes.append((line, start))
    return Cut(tuple(pieces), tuple(homes))


def put_back(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return segments of which those are one again that a cut parted although they are read one after the other."""
    found: list[Segment] = []
    for segment in segments:
        last = found[-1] if found else None
        if last and last.line is segment.line and last.end == segment.start and last.column == segment.column:
            confidence = min(last.confidence, segment.confidence)
            found[-1] = replace(last, end=segment.end, confidence=confidence)
        else:
            found.append(segment)
    return tuple(found)


def is_believed(cut: Cut, segments: Sequence[Segment]) -> bool:
    """Return whether most cuts of a page have a segment of another column on either side, as it was read."""
    begins = {(line.number, start) for line, start in cut.homes if start}
    ranked = sorted(segments, key=lambda segment: (segment.line.number, segment.start))
    columns = [
        one.column != other.column
        for one, other in pairwise(ranked)
        if one.line is other.line and (other.line.number, other.start) in begins
    ]
    return len(columns) > 0 and sum(columns) >= BELIEVED * len(begins)
