"""From the lines of a page to its segments in reading order.

What belongs here: choosing how to read a page, turning paths into segments. What does not: the search itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from pipeline.text.language import Language
from pipeline.text.layout.glued import sure_places
from pipeline.text.layout.gutter import by_gutters, gutters
from pipeline.text.layout.moves import CLASH
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
from pipeline.text.layout.score import Tables, for_notes, make_tables, opened_in_lower_case, unpack, without_titles
from pipeline.text.layout.search import Shape, Sheet, counts_of, find_once, likelihood, weighed_against, with_gaps
from pipeline.text.layout.stream import Stream, read_through
from pipeline.text.layout.weights import Weights, load_weights
from pipeline.text.layout.widths import Supposed, measured, supposed
from pipeline.text.model import Line, PageReading, Segment

MAX_ROWS = 400
MAX_LENGTH = 2000
LEAST_ROWS = 4
PLAINLY = -1.5  # log-odds of being woven; below it a page is not searched for columns
# The same for a page of many rows, whose figures are surer: on development pages no woven one lay between -1.5 and 1.
MANY_ROWS, PLAINLY_LONG = 30, 0.0
PLAIN_SURE = 0.99
# Of short statements hardly two lines share a row, so a page of these reads well in the order given although it is
# woven: by its log-odds of being so it most likely is not. But its lines wrap far from the edge of the page, and from
# these log-odds and this share of such lines on it is searched all the same. Found, as what follows, on training and
# development pages: of 419 that were in order none was read in columns because of them.
HARDLY, NARROW = -3.0, 0.5
# Log-odds a row by which columns must read better than the order given: on a page that most likely is woven; on one
# whose lines are narrow; on a list whose items start in lower case, which reads ill in any order; on others.
MUCH, MUCH_OF_NARROW, MUCH_OF_LIST, VERY_MUCH = 0.5, 1.0, 1.5, 2.0
# Log-odds of a page that is searched having columns, by how much better these read, in log-odds a row: a logistic
# regression on the same pages.
SEARCHED = (-2.66, 4.58)
# Log-odds of a page having columns by three figures: a constant, how much better columns read (log-odds a row), how
# likely it is woven (log-odds, at most WOVEN_MOST either way) and the share of its lines that are narrow. A logistic
# regression on 1,029 pages of development documents of three to six pages (`experiments/reading-order`, "Pages of one
# document"). From LIKE_OTHERS on, a page is read in columns when others of its document are; those others add AMONG.
EVIDENCE, WOVEN_MOST = (-0.84, 2.06, 0.42, 2.40), 6.0
LIKE_OTHERS, AMONG = 1.0, 2.2
IN_ORDER = (0.6, 0.8, 0.95)  # quantiles of row widths to which columns that were given in order may be set
GUTTER_SURE = 0.98
# Of pages whose lines were run together: how much less sure a page is all cuts of which are at spaces; how sure one is
# that could not be cut. Found on development pages.
SPACED, UNCUT = 0.13, 0.5
NOTES = 3  # paragraphs that open in lower case, from where on more are likely
CLIMBED = {2: 2, 3: 1}  # starts that are followed, by columns
CLIMBS, STAYED = 3, 0.004  # how often these are, and until widths change by less
# States kept, by columns, and how far below the best these may be: while shapes are compared, when the gap between
# paragraphs is measured, and in the end.
WIDER, WIDENINGS = 1.3, 2
# Log density by which the widths of rows tell of three columns rather than two.
NEARLY_THREE, CLEARLY_THREE = 5.0, 15.0
SURELY_THREE = 30.0  # on development pages no two columns came nearer than 22, and most of three were beyond
CLASHING = 0.03  # share of rows; on two columns it is less
DOUBTFUL, POOR = 0.7, 1.0  # log-odds a row
FIRST = {2: (10, 6.0), 3: (24, 8.0)}
THEN = {2: (16, 9.0), 3: (10, 6.0)}
AGAIN = {0: (2, 10.0), 1: (4, 10.0), 2: (24, 12.0), 3: (80, 11.0)}
LAST_GAPS = {2: 2, 3: 1}  # between paragraphs that the last search tries; with three columns it takes longest


@dataclass(frozen=True, slots=True)
class Last:
    """Weights for the last search of columns, when it is settled that a page has some: no order given is left for them.

    Attributes:
        tables: These.
        notes: The same, for pages some of whose paragraphs open in lower case.
    """

    tables: Tables
    notes: Tables

    def of(self, sheet: Sheet, found: Found) -> Tables:
        """Return those for a page by what a narrower search found."""
        lower = opened_in_lower_case(sheet.rows.words, found.parts, found.segments, found.opens)
        return self.notes if lower >= NOTES else self.tables


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
    return _Judge(weights, without_titles(tables), Last(tables, for_notes(tables)), Reader(weights, language))


def read_page(
    lines: Sequence[Line], language: Language, *, ordered: bool = False, among_woven: bool = False
) -> PageReading:
    """Return the lines of a page in the order in which they are read.

    Args:
        lines: Of one page, furniture taken out, blank ones included.
        language: Of the text; it brings the weights.
        ordered: Whether they plainly come in order; then, without gutters, no columns are searched.
        among_woven: Whether other pages of the document were found to be woven; then less is asked of this one.

    Returns:
        Every non-space character of the lines, each in exactly one segment. A page that is too large to be one (more
        than 400 rows, or a row of more than 2,000 characters) keeps the order that it has.
    """
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return PageReading("single", (), 1.0)
    if len(filled) > MAX_ROWS or max(len(line.text) for line in filled) > MAX_LENGTH:
        return _untouched(filled)
    starts = gutters(filled)
    judge = _judge(language)
    if len(starts) > 1:
        return _guttered(lines, starts, judge)
    sheet = Sheet.of(judge.reader.rows(lines, reach=0), judge.tables)
    rows, stream = sheet.rows, one_stream(sheet)
    if ordered or len(rows) < LEAST_ROWS or not (among_woven or _may_be_woven(stream, judge.tables)):
        return _single(rows, stream.opens.tolist(), PLAIN_SURE)
    glued = sure_places(lines, language)
    if is_run_together(rows, glued):
        cut = rejoined(lines, judge.reader, judge.tables, language)
        if len(cut.homes) <= MAX_ROWS:
            return _run_together(cut, sheet, stream, judge, glued=glued > 0, among_woven=among_woven)
    return _searched(sheet, stream, judge, among_woven=among_woven)


def _searched(
    sheet: Sheet, stream: Stream, judge: _Judge, homes: Sequence[Home] = (), *, among_woven: bool
) -> PageReading:
    """Return the reading of a page that may be woven.

    Args:
        sheet: The page.
        stream: The page read as one stream.
        judge: What it is read with.
        homes: Where each row stands in its line, if lines were cut; else a row is a line.
        among_woven: As in `read_page`.
    """
    rows, least = judge.reader.farther(sheet.rows), much(stream, judge.tables)
    if among_woven:
        least = min(least, _enough_among_woven(stream, judge.tables))
    found, shape, gain = weighed_reading(replace(sheet, rows=rows), stream, judge.last, least)
    columns, woven = SEARCHED[0] + SEARCHED[1] * gain, len(shape.widths) > 1
    if woven and among_woven:
        columns = max(columns, _evidence(stream, judge.tables, gain) + AMONG)
    most = likelihood(columns if woven else -columns)
    reading = _reading(rows, found, judge.weights, most, homes or [(line, 0) for line in rows.lines])
    return replace(reading, woven=woven)


def _run_together(
    cut: Cut, sheet: Sheet, stream: Stream, judge: _Judge, *, glued: bool, among_woven: bool
) -> PageReading:
    """Return the reading of a page whose lines may have been run together: cut, or as it stands.

    Cut, where most cuts then have words of another column on either side. Where they do not, but columns are found, the
    page is read as it stands, and many a segment holds words of both. Without a glued word, wide rows alone tell that
    lines were run together, and three columns have wide rows, too; a page that shows so many as it stands is not cut.

    Args:
        cut: Its lines, cut.
        sheet: The page as it stands.
        stream: It, read as one stream.
        judge: What it is read with.
        glued: Whether some word surely was glued.
        among_woven: As in `read_page`.
    """
    pieces = replace(Sheet.of(judge.reader.rows(cut.pieces, reach=1), judge.tables), crossed=True)
    reading = _searched(pieces, one_stream(pieces), judge, cut.homes, among_woven=among_woven)
    believed = is_believed(cut, reading.segments)
    as_given = None if believed and glued else _searched(sheet, stream, judge, among_woven=among_woven)
    if as_given is None or (believed and _columns_of(as_given) <= MOST_COLUMNS):
        whole = replace(reading, segments=put_back(reading.segments))
        return _less_sure(whole, 1.0 - SPACED * (1.0 - cut.glued), 1.0)
    return _less_sure(as_given, 1.0, UNCUT) if reading.layout == "columns" and not believed else as_given


def _columns_of(reading: PageReading) -> int:
    return max(segment.column for segment in reading.segments)


def _less_sure(reading: PageReading, share: float, most: float) -> PageReading:
    """Return a reading with such a share of its confidences, which are so much at most."""
    segments = tuple(replace(one, confidence=min(share * one.confidence, most)) for one in reading.segments)
    return replace(reading, segments=segments, confidence=min(share * reading.confidence, most))


def one_stream(sheet: Sheet) -> Stream:
    """Return a page read as one stream, at the width at which it reads best."""
    return read_through(sheet.rows.words, sheet.single, sheet.inside, sheet.rows.widths)


def best_reading(sheet: Sheet, stream: Stream, last: Last | None = None) -> tuple[Found, Shape]:
    """Return the likeliest reading, with posteriors, and the shape under which it was found: see `weighed_reading`."""
    return weighed_reading(sheet, stream, last)[:2]


def weighed_reading(
    sheet: Sheet, stream: Stream, last: Last | None = None, least: float | None = None
) -> tuple[Found, Shape, float]:
    """Return the likeliest reading, with posteriors, its shape, and how much better columns read, in log-odds a row.

    Narrow searches from several supposed widths find where the columns stand: each reading shows its widths anew, until
    these stay. The gap between paragraphs is then measured on the best, and a wider search uses it.

    Args:
        sheet: The page.
        stream: The page read as one stream.
        last: For the wider search of columns; the weights of the sheet when it is not given.
        least: By how much columns must read better than the order given, in log-odds a row; as `much` says by default.
    """
    best, gain = _chosen(sheet, stream, much(stream, sheet.tables) if least is None else least)
    if not best[1].widths or len(best[1].widths) == 1:
        return find_once(sheet, best[1], *AGAIN[len(best[1].widths)], weigh=True), best[1], gain
    settled = replace(sheet, tables=last.of(sheet, best[0]), found={}) if last else sheet
    return *_searched_again(settled, best), gain


def _chosen(sheet: Sheet, stream: Stream, least: float) -> tuple[tuple[Found, Shape], float]:
    """Return the reading that tells whether a page has columns, and how many; its shape; the columns' gain a row."""
    rows = sheet.rows
    full = float(rows.widths.max())
    given = [Shape((), stream.width), *(Shape((float(w) * 1.004,), full) for w in np.quantile(rows.widths, IN_ORDER))]
    ordered = max(((find_once(sheet, shape, *AGAIN[len(shape.widths)]), shape) for shape in given), key=_by_score)
    # First, do no harm: the given order stands unless it reads much worse.
    enough = ordered[0].score + least * len(rows)
    best = _columns(sheet)
    for states, gaps in ((THEN, 2), (AGAIN, 1)) if best[0].score > ordered[0].score else ():
        tried = with_gaps(best[0], measured(rows, *best), gaps)
        most = states[len(best[1].widths)]
        best = max([best, *((find_once(sheet, at, *most), at) for at in tried)], key=_by_score)
        if best[0].score > enough:
            break
    return best if best[0].score > enough else ordered, (best[0].score - ordered[0].score) / len(rows)


def _is_narrow(stream: Stream, tables: Tables) -> bool:
    return stream.narrow >= NARROW and stream.woven(tables) > HARDLY


def _may_be_woven(stream: Stream, tables: Tables) -> bool:
    """Return whether a page is worth a search for columns."""
    plainly = PLAINLY if stream.opens.size < MANY_ROWS else PLAINLY_LONG
    return stream.woven(tables) >= plainly or _is_narrow(stream, tables)


def much(stream: Stream, tables: Tables) -> float:
    """Return by how much columns must read better than the order given, in log-odds a row."""
    if stream.listed == 1.0:
        return MUCH_OF_LIST
    if stream.woven(tables) > 0.0:
        return MUCH
    return MUCH_OF_NARROW if _is_narrow(stream, tables) else VERY_MUCH


def _evidence(stream: Stream, tables: Tables, gain: float) -> float:
    """Return the log-odds of a page having columns when these read better by so much, in log-odds a row."""
    constant, by_gain, by_woven, by_narrow = EVIDENCE
    woven = min(max(stream.woven(tables), -WOVEN_MOST), WOVEN_MOST)
    return constant + by_gain * gain + by_woven * woven + by_narrow * stream.narrow


def _enough_among_woven(stream: Stream, tables: Tables) -> float:
    """Return by how much columns must read better on a page others of whose document are woven, in log-odds a row."""
    return (LIKE_OTHERS - _evidence(stream, tables, 0.0)) / EVIDENCE[1]


def _searched_again(sheet: Sheet, best: tuple[Found, Shape]) -> tuple[Found, Shape]:
    """Return the best reading that wider searches for columns find, with posteriors, and its shape."""
    columns = len(best[1].widths)
    shapes = with_gaps(best[0], measured(sheet.rows, *best), LAST_GAPS[columns])
    *others, latest = sorted(
        ((find_once(sheet, at, *AGAIN[columns], weigh=True), at) for at in reversed(shapes)), key=_by_score
    )
    if latest[0].score < float(counts_of(sheet, best[1], best[0]) @ sheet.tables.values):
        others, latest = [*others, latest], (find_once(sheet, best[1], *AGAIN[columns], weigh=True), best[1])
    for other, _ in others:
        latest = latest[0]._replace(posteriors=weighed_against(latest[0], other)), latest[1]
    return latest


def _columns(sheet: Sheet) -> tuple[Found, Shape]:
    """Return the best reading that narrow searches for columns find, and its shape."""
    tries, count = supposed(sheet.rows), len(sheet.rows)
    if tries.lead < -CLEARLY_THREE:
        three = _climbed(sheet, tries.threes)
        if tries.lead < -SURELY_THREE and three[0].score >= POOR * count:
            return three
        return max(three, _two(sheet, tries), key=_by_score)
    two = _two(sheet, tries)
    # A third column that is read as part of two others stands where their baselines leave no room for it.
    clashes = counts_of(sheet, two[1], two[0])[CLASH]
    if tries.lead > -NEARLY_THREE and clashes <= CLASHING * count and two[0].score >= DOUBTFUL * count:
        return two
    return max(two, _climbed(sheet, tries.threes), key=_by_score)


def _two(sheet: Sheet, tries: Supposed) -> tuple[Found, Shape]:
    """Return the best reading with two columns that narrow searches find, and its shape."""
    best = _climbed(sheet, tries.twos)
    if best[0].score < POOR * len(sheet.rows):
        best = max(best, _climbed(sheet, tries.around), key=_by_score)
    return _widened(sheet, best)


def _climbed(sheet: Sheet, starts: Sequence[Shape]) -> tuple[Found, Shape]:
    """Return the best reading near some of the supposed widths, and its shape."""
    columns = len(starts[0].widths)
    states = FIRST[columns]
    found = sorted(((find_once(sheet, shape, *states), shape) for shape in starts), key=_by_score)
    for start in reversed(found[-CLIMBED[columns] :]):
        best = start
        for _ in range(CLIMBS):
            shown = measured(sheet.rows, *best)
            if all(abs(a / b - 1) < STAYED for a, b in zip(shown.widths, best[1].widths, strict=True)):
                break
            latest = find_once(sheet, shown, *states), shown
            if latest[0].score <= best[0].score:
                break
            best = latest
        found.append(best)
    return max(found, key=_by_score)


def _widened(sheet: Sheet, best: tuple[Found, Shape]) -> tuple[Found, Shape]:
    """Return the best reading found from shapes one of whose two columns is wider, and its shape.

    A column that is supposed too wide shows its width, and one that is supposed too narrow hides it, since its longest
    lines cannot stand in it.
    """
    for _ in range(WIDENINGS):
        left, right = best[1].widths
        starts = [replace(best[1], widths=widths) for widths in ((left * WIDER, right), (left, right * WIDER))]
        latest = _climbed(sheet, starts)
        if latest[0].score <= best[0].score:
            break
        best = latest
    return best


def _by_score(found: tuple[Found, Shape]) -> float:
    return found[0].score


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


def _reading(rows: Rows, found: Found, weights: Weights, most: float, homes: Sequence[Home]) -> PageReading:
    """Return the segments of a path: full stretches and columns stretches as they come, columns from left to right.

    None is surer to stand right than the page is to have columns, or none, as it was read.
    """
    confidences = np.minimum(weights.calibrated(found.posteriors), most)
    bands: list[tuple[bool, list[tuple[int, int, int, bool, float]]]] = []
    placed = zip(
        found.parts.tolist(), found.columns.tolist(), found.segments.tolist(), found.opens.tolist(),
        confidences.tolist(), strict=True,
    )  # fmt: skip
    for number, (count, columns, packed, opens, sure) in enumerate(placed):
        full = columns[0] == FULL
        if not bands or bands[-1][0] != full:
            bands.append((full, []))
        bands[-1][1].extend((0 if full else columns[n], number, packed[n], opens[n], sure[n]) for n in range(count))
    segments: list[Segment] = []
    spans = [rows.spans(number) for number in range(len(rows))]
    for _, parts in bands:
        ranks = {column: rank for rank, column in enumerate(sorted({part[0] for part in parts}))}
        for column, number, segment, opening, confidence in sorted(parts, key=lambda part: part[:2]):
            _, first, after = unpack(segment)
            line, shift = homes[number]
            start, end = shift + spans[number][first][0], shift + spans[number][after - 1][1]
            segments.append(Segment(line, start, end, ranks[column] + 1, opening, confidence))
    mean = sum(segment.confidence for segment in segments) / len(segments)
    return PageReading("single" if all(full for full, _ in bands) else "columns", tuple(segments), mean)
