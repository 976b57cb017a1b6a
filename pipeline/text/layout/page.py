"""From the lines of a page to its segments in reading order.

What belongs here: which pages are searched for columns, how sure one is of what was found, turning paths into segments.
What does not: how many columns there are and how wide (`choice`), what pages have in common (`pipeline.text.paging`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.text.language import Language
from pipeline.text.layout.choice import VERY_MUCH, Last, Shown, is_narrow, much, one_stream, shown, weighed_reading
from pipeline.text.layout.glued import sure_places
from pipeline.text.layout.gutter import by_gutters, gutters
from pipeline.text.layout.numbering import UNKNOWN, Numbering, Order
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import FULL
from pipeline.text.layout.rejoined import (
    MOST_COLUMNS,
    Cut,
    Home,
    is_believed,
    is_run_together,
    put_back,
    rejoined,
)
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import Tables, for_notes, make_tables, unpack, without_titles
from pipeline.text.layout.search import Sheet, likelihood
from pipeline.text.layout.stream import Stream
from pipeline.text.layout.topics import load_topics
from pipeline.text.layout.weights import Weights, load_weights
from pipeline.text.model import Line, PageReading, Segment

Curve = tuple[tuple[float, ...], tuple[float, ...]]
"""Rising confidences, and what each is worth."""
MAX_ROWS = 400
MAX_LENGTH = 2000
LEAST_ROWS = 4
PLAINLY = -1.5  # log-odds of being woven; below it a page is not searched for columns
# The same for a page of many rows, whose figures are surer: on development pages no woven one lay between -1.5 and 1.
MANY_ROWS, PLAINLY_LONG = 30, 0.0
PLAIN_SURE = 0.99
# Log-odds of a page that is searched having columns, by how much better these read, in log-odds a row: a logistic
# regression on the same pages.
SEARCHED = (-2.66, 4.58)
# Log-odds of a page having columns by three figures: a constant, how much better columns read (log-odds a row), how
# likely it is woven (log-odds, at most WOVEN_MOST either way) and the share of its lines that are narrow. A logistic
# regression on 1,029 pages of development documents of three to six pages (`experiments/reading-order`, "Pages of one
# document"). From ENOUGH_AMONG on, a page is read in columns when others of its document are; those others add AMONG.
EVIDENCE, WOVEN_MOST = (-0.84, 2.06, 0.42, 2.40), 6.0
ENOUGH_AMONG, AMONG = 1.0, 2.2
# The same for a page whose headings are numbered as woven columns bring them: so were 199 of 413 development documents
# that were woven, and none of 330 in order.
ENOUGH_NUMBERED, NUMBERED = -4.0, 5.0
# What a confidence is worth on pages of a document many others of whose pages are woven: how often statements whose
# least sure line had it stood right, on 240 development documents of three to six pages, two and three columns. Printed
# by `python -m benchmarks.reading_order.among`; what is fitted on half of these takes the calibration error of the
# others from 0.052 to 0.003.
WORTH_AMONG: Curve = (
    (0.0, 0.305, 0.593, 0.661, 0.752, 0.857, 0.936, 0.981, 0.99, 1.0),
    (0.125, 0.25, 0.851, 0.851, 0.897, 0.948, 0.977, 0.983, 0.983, 0.985),
)
GUTTER_SURE = 0.98
# Of pages whose lines were run together: how much less sure a page is all cuts of which are at spaces; how sure one is
# that could not be cut. Found on development pages.
SPACED, UNCUT = 0.13, 0.5


@dataclass(frozen=True, slots=True)
class _Judge:
    """What pages of a language are read with."""

    weights: Weights
    tables: Tables
    last: Last
    reader: Reader


@lru_cache(maxsize=8)
def _judge(language: Language) -> _Judge:
    weights = load_weights(language.folder)
    tables = make_tables(weights)
    last = Last(tables, for_notes(tables), load_topics(language.folder))
    return _Judge(weights, without_titles(tables), last, Reader(weights, language))


@dataclass(frozen=True, slots=True)
class Among:
    """What the other pages of a document, found to be woven, tell of one.

    Attributes:
        widths: Of the columns of the document; empty where these are not known.
    """

    widths: tuple[float, ...] = ()


class Opened(Protocol):
    """A page before it is settled how it is read: first all pages of a document are opened, then each is read."""

    def shown(self) -> Shown | None:
        """Return its woven columns by the page alone; None where it has none."""

    def read(self, among: Among | None = None) -> PageReading:
        """Return its lines in the order in which they are read, given what other pages tell."""


def read_page(
    lines: Sequence[Line], language: Language, *, ordered: bool = False, among: Among | None = None
) -> PageReading:
    """Return the lines of a page in the order in which they are read: see `open_page`.

    Args:
        lines: As in `open_page`.
        language: As in `open_page`.
        ordered: As in `open_page`.
        among: What other pages of the document tell, if these were found to be woven; then less is asked of this one.

    Returns:
        Every non-space character of the lines, each in exactly one segment. A page that is too large to be one (more
        than 400 rows, or a row of more than 2,000 characters) keeps the order that it has.
    """
    return open_page(lines, language, ordered=ordered).read(among)


def open_page(
    lines: Sequence[Line], language: Language, *, ordered: bool = False, numbering: Numbering = UNKNOWN
) -> Opened:
    """Return a page to be read.

    Args:
        lines: Of one page, furniture taken out, blank ones included.
        language: Of the text; it brings the weights.
        ordered: Whether they plainly come in order; then, without gutters, no columns are searched.
        numbering: Of its headings.
    """
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return _Settled(PageReading("single", (), 1.0))
    if len(filled) > MAX_ROWS or max(len(line.text) for line in filled) > MAX_LENGTH:
        return _Settled(_untouched(filled))
    starts = gutters(filled)
    judge = _judge(language)
    if len(starts) > 1:
        return _Settled(_guttered(lines, starts, judge))
    sheet = Sheet.of(judge.reader.rows(lines, reach=0, way=numbering.way), judge.tables)
    rows, stream = sheet.rows, one_stream(sheet)
    may_be_woven = not ordered and len(rows) >= LEAST_ROWS
    doubted = partial(_doubtful, lines, language, sheet, stream, numbering)
    if may_be_woven and (numbering.order == "woven" or _may_be_woven(stream, judge.tables)):
        return doubted()
    plain = _single(rows, stream.opens.tolist(), PLAIN_SURE)
    return _Plain(plain, doubted) if may_be_woven else _Settled(plain)


def _doubtful(lines: Sequence[Line], language: Language, sheet: Sheet, stream: Stream, numbering: Numbering) -> Opened:
    """Return a page that may be woven, and whose lines may have been run together.

    Args:
        lines: As in `open_page`.
        language: As in `open_page`.
        sheet: The page.
        stream: The page read as one stream.
        numbering: As in `open_page`.
    """
    judge, glued = _judge(language), sure_places(lines, language)
    given = _Doubtful(replace(sheet, rows=judge.reader.farther(sheet.rows)), stream, judge, numbering.order)
    if is_run_together(sheet.rows, glued):
        cut = rejoined(lines, judge.reader, judge.tables, language)
        if len(cut.homes) <= MAX_ROWS:
            rows = judge.reader.rows(cut.pieces, reach=1, way=numbering.way)
            pieces = replace(Sheet.of(rows, judge.tables), crossed=True)
            far = replace(pieces, rows=judge.reader.farther(pieces.rows))
            parted = _Doubtful(far, one_stream(pieces), judge, numbering.order, cut.homes)
            return _RunTogether(cut, parted, given, glued > 0)
    return given


@dataclass(frozen=True, slots=True)
class _Settled:
    """A page of which no other can tell anything."""

    reading: PageReading

    def shown(self) -> Shown | None:
        return None

    def read(self, among: Among | None = None) -> PageReading:  # noqa: ARG002 - as `Opened` says
        return self.reading


@dataclass(frozen=True, slots=True)
class _Plain:
    """A page that plainly is not woven, unless others of its document are."""

    reading: PageReading
    doubted: Callable[[], Opened]

    def shown(self) -> Shown | None:
        return None

    def read(self, among: Among | None = None) -> PageReading:
        return self.doubted().read(among) if among else self.reading


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A page that may be woven.

    Attributes:
        sheet: The page, its words seen from farther.
        stream: The page read as one stream.
        judge: What it is read with.
        order: As in `Numbering`.
        homes: Where each row stands in its line, if lines were cut; else a row is a line.
    """

    sheet: Sheet
    stream: Stream
    judge: _Judge
    order: Order = "unknown"
    homes: Sequence[Home] = ()

    def shown(self) -> Shown | None:
        return shown(self.sheet, self.stream, self._least())

    def read(self, among: Among | None = None) -> PageReading:
        rows, tables = self.sheet.rows, self.judge.tables
        least, widths = self._least(among), among.widths if among else ()
        found, shape, gain = weighed_reading(self.sheet, self.stream, self.judge.last, least, widths)
        columns, woven = SEARCHED[0] + SEARCHED[1] * gain, len(shape.widths) > 1
        if woven and among:
            more = NUMBERED if self.order == "woven" else AMONG
            columns = max(columns, _evidence(self.stream, tables, gain) + more)
        most = likelihood(columns if woven else -columns)
        sure = np.minimum(self.judge.weights.calibrated(found.posteriors), most)
        if among and not self.homes:
            sure = np.interp(sure, *WORTH_AMONG)
        reading = _reading(rows, found, sure, self.homes or [(line, 0) for line in rows.lines])
        return replace(reading, woven=woven)

    def _least(self, among: Among | None = None) -> float:
        """Return by how much columns must read better than the order given, in log-odds a row."""
        least = much(self.stream, self.judge.tables)
        if self.order == "given":
            return max(least, VERY_MUCH)
        if self.order == "woven":
            return min(least, _enough(self.stream, self.judge.tables, ENOUGH_NUMBERED))
        return min(least, _enough(self.stream, self.judge.tables, ENOUGH_AMONG)) if among else least


@dataclass(frozen=True, slots=True)
class _RunTogether:
    """A page whose lines may have been run together.

    It is read cut, where most cuts then have words of another column on either side. Where they do not, but columns are
    found, the page is read as it stands, and many a segment holds words of both. Without a glued word, wide rows alone
    tell that lines were run together, and three columns have wide rows, too; a page that shows so many as it stands is
    not cut.

    Attributes:
        cut: Its lines, cut.
        pieces: The page of these.
        given: The page as it stands.
        glued: Whether some word surely was glued.
    """

    cut: Cut
    pieces: _Doubtful
    given: _Doubtful
    glued: bool

    def shown(self) -> Shown | None:
        alone = self.pieces.shown() or self.given.shown()
        return replace(alone, widths=()) if alone else None  # of lines that were cut one is less sure

    def read(self, among: Among | None = None) -> PageReading:
        reading = self.pieces.read(among)
        believed = is_believed(self.cut, reading.segments)
        as_given = None if believed and self.glued else self.given.read(among)
        if as_given is None or (believed and _columns_of(as_given) <= MOST_COLUMNS):
            whole = replace(reading, segments=put_back(reading.segments))
            return _less_sure(whole, 1.0 - SPACED * (1.0 - self.cut.glued), 1.0)
        return _less_sure(as_given, 1.0, UNCUT) if reading.layout == "columns" and not believed else as_given


def _columns_of(reading: PageReading) -> int:
    return max(segment.column for segment in reading.segments)


def _less_sure(reading: PageReading, share: float, most: float) -> PageReading:
    """Return a reading with such a share of its confidences, which are so much at most."""
    segments = tuple(replace(one, confidence=min(share * one.confidence, most)) for one in reading.segments)
    return replace(reading, segments=segments, confidence=min(share * reading.confidence, most))


def _may_be_woven(stream: Stream, tables: Tables) -> bool:
    """Return whether a page is worth a search for columns."""
    plainly = PLAINLY if stream.opens.size < MANY_ROWS else PLAINLY_LONG
    return stream.woven(tables) >= plainly or is_narrow(stream, tables)


def _evidence(stream: Stream, tables: Tables, gain: float) -> float:
    """Return the log-odds of a page having columns when these read better by so much, in log-odds a row."""
    constant, by_gain, by_woven, by_narrow = EVIDENCE
    woven = min(max(stream.woven(tables), -WOVEN_MOST), WOVEN_MOST)
    return constant + by_gain * gain + by_woven * woven + by_narrow * stream.narrow


def _enough(stream: Stream, tables: Tables, odds: float) -> float:
    """Return by how much columns must read better, in log-odds a row, for a page to have some by such log-odds."""
    return (odds - _evidence(stream, tables, 0.0)) / EVIDENCE[1]


def _untouched(lines: Sequence[Line]) -> PageReading:
    segments = []
    for line in lines:
        bare = line.text.strip()
        start = line.text.index(bare)
        segments.append(Segment(line, start, start + len(bare), 1, True, 0.5))
    return PageReading("single", tuple(segments), 0.5)


def _single(rows: Rows, opens: Sequence[bool], confidence: float) -> PageReading:
    segments = [
        Segment(line, len(line.text) - len(line.text.lstrip()), len(line.text.rstrip()), 1, opening, confidence)
        for line, opening in zip(rows.lines, opens, strict=True)
    ]
    return PageReading("single", tuple(segments), confidence)


def _guttered(lines: Sequence[Line], starts: Sequence[int], judge: _Judge) -> PageReading:
    """Read a page by its gutters; each column is then one stream, in which the weights find the paragraphs."""
    segments: list[Segment] = []
    for band in by_gutters(lines, starts):
        for column in range(1, len(starts) + 1):
            parts = [piece for piece in band if piece[3] == column]
            if not parts:
                continue
            cut = [Line(line.number, line.page, line.text[a:b], line.offsets[a : b + 1]) for line, a, b, _ in parts]
            opens = one_stream(Sheet.of(judge.reader.rows(cut, reach=0), judge.tables)).opens
            segments += [
                Segment(line, a, b, column, opening, GUTTER_SURE)
                for (line, a, b, _), opening in zip(parts, opens.tolist(), strict=True)
            ]
    return PageReading("columns", tuple(segments), GUTTER_SURE)


def _reading(rows: Rows, found: Found, sure: NDArray[np.float64], homes: Sequence[Home]) -> PageReading:
    """Return the segments of a path: full stretches and columns stretches as they come, columns from left to right.

    Args:
        rows: The page.
        found: The path.
        sure: (rows, 3) confidence of each segment.
        homes: Where each row stands in its line.
    """
    bands: list[tuple[bool, list[tuple[int, int, int, bool, float]]]] = []
    placed = zip(
        found.parts.tolist(), found.columns.tolist(), found.segments.tolist(), found.opens.tolist(),
        sure.tolist(), strict=True,
    )  # fmt: skip
    for number, (count, columns, packed, opens, known) in enumerate(placed):
        full = columns[0] == FULL
        if not bands or bands[-1][0] != full:
            bands.append((full, []))
        bands[-1][1].extend((0 if full else columns[n], number, packed[n], opens[n], known[n]) for n in range(count))
    segments: list[Segment] = []
    for _, parts in bands:
        ranks = {column: rank for rank, column in enumerate(sorted({part[0] for part in parts}))}
        for column, number, segment, opening, confidence in sorted(parts, key=lambda part: part[:2]):
            start, end = rows.extent(*unpack(segment))
            line, shift = homes[number]
            segments.append(Segment(line, shift + start, shift + end, ranks[column] + 1, opening, confidence))
    mean = sum(segment.confidence for segment in segments) / len(segments)
    return PageReading("single" if all(full for full, _ in bands) else "columns", tuple(segments), mean)
