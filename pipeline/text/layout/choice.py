"""Whether a page is read in columns, in how many and how wide: choosing among the readings that searches find.

What belongs here: which shapes are searched and how widely, by how much columns must read better than the order given.
What does not: the search itself (`beam`), which pages are searched and how sure one is of them (`page`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.text.layout.moves import CLASH
from pipeline.text.layout.paths import Found
from pipeline.text.layout.score import Tables, opened_in_lower_case
from pipeline.text.layout.search import Shape, Sheet, counts_of, find_once, weighed_against, with_gaps
from pipeline.text.layout.sides import by_topics
from pipeline.text.layout.stream import Stream, read_through
from pipeline.text.layout.topics import Topics
from pipeline.text.layout.widths import Supposed, levelled, measured, supposed

# Of short statements hardly two lines share a row, so a page of these reads well in the order given although it is
# woven: by its log-odds of being so it most likely is not. But its lines wrap far from the edge of the page, and from
# these log-odds and this share of such lines on it is searched all the same. Found, as what follows, on training and
# development pages: of 419 that were in order none was read in columns because of them.
HARDLY, NARROW = -3.0, 0.5
# Log-odds a row by which columns must read better than the order given: on a page that most likely is woven; on one
# whose lines are narrow; on a list whose items start in lower case, which reads ill in any order; on others.
MUCH, MUCH_OF_NARROW, MUCH_OF_LIST, VERY_MUCH = 0.5, 1.0, 1.5, 2.0
IN_ORDER = (0.6, 0.8, 0.95)  # quantiles of row widths to which columns that were given in order may be set
LIKE_OTHERS = 15.0  # log-odds by which a page must read better at widths of its own than at those of its document
NOTES = 3  # paragraphs that open in lower case, from where on more are likely
CLIMBED = {2: 2, 3: 1}  # starts that are followed, by columns
CLIMBS, STAYED = 3, 0.004  # how often these are, and until widths change by less
# States kept, by columns, and how far below the best these may be: while shapes are compared, when the gap between
# paragraphs is measured, and in the end.
WIDER, WIDENINGS = 1.3, 2
UNLIKE = 1.15  # how much wider one of two columns is, from where on they are tried the other way round
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
        topics: What is known of these, where something is.
    """

    tables: Tables
    notes: Tables
    topics: Topics | None = None

    def of(self, sheet: Sheet, found: Found) -> Tables:
        """Return those for a page by what a narrower search found."""
        lower = opened_in_lower_case(sheet.rows.words, found.parts, found.segments, found.opens)
        return self.notes if lower >= NOTES else self.tables


@dataclass(frozen=True, slots=True)
class Shown:
    """Woven columns of a page, as narrow searches show them.

    Attributes:
        rows: How many the page has.
        widths: Of its columns, in the unit of `Rows.widths`; empty where lines were run together.
        gain: How much better columns read than the order given, in log-odds a row.
    """

    rows: int
    widths: tuple[float, ...]
    gain: float


def one_stream(sheet: Sheet) -> Stream:
    """Return a page read as one stream, at the width at which it reads best."""
    return read_through(sheet.rows.words, sheet.single, sheet.inside, sheet.rows.widths)


def best_reading(sheet: Sheet, stream: Stream, last: Last | None = None) -> tuple[Found, Shape]:
    """Return the likeliest reading, with posteriors, and the shape under which it was found: see `weighed_reading`."""
    return weighed_reading(sheet, stream, last)[:2]


def weighed_reading(
    sheet: Sheet,
    stream: Stream,
    last: Last | None = None,
    least: float | None = None,
    alike: tuple[float, ...] = (),
) -> tuple[Found, Shape, float]:
    """Return the likeliest reading, with posteriors, its shape, and how much better columns read, in log-odds a row.

    Narrow searches from several supposed widths find where the columns stand: each reading shows its widths anew, until
    these stay. The gap between paragraphs is then measured on the best, and a wider search uses it.

    Args:
        sheet: The page.
        stream: The page read as one stream.
        last: For the wider search of columns; the weights of the sheet when it is not given.
        least: By how much columns must read better than the order given, in log-odds a row; as `much` says by default.
        alike: Widths of the columns of the other pages, where these are known.
    """
    best, gain = chosen(sheet, stream, much(stream, sheet.tables) if least is None else least, alike)
    if not best[1].widths or len(best[1].widths) == 1:
        return find_once(sheet, best[1], *AGAIN[len(best[1].widths)], weigh=True), best[1], gain
    settled = replace(sheet, tables=last.of(sheet, best[0]), found={}) if last else sheet
    found, shape = _searched_again(settled, best, alike)
    if last and last.topics:
        found = by_topics(settled, shape, found, last.topics)
    return found, shape, gain


def narrowly(sheet: Sheet, stream: Stream) -> tuple[tuple[Found, Shape], tuple[Found, Shape]]:
    """Return what narrow searches find, with its shape: the best reading in columns, and the best without."""
    full, widths = float(sheet.rows.widths.max()), sheet.rows.widths
    given = [Shape((), stream.width), *(Shape((float(w) * 1.004,), full) for w in np.quantile(widths, IN_ORDER))]
    ordered = max(((find_once(sheet, shape, *AGAIN[len(shape.widths)]), shape) for shape in given), key=_by_score)
    return _columns(sheet), ordered


def chosen(
    sheet: Sheet, stream: Stream, least: float, alike: tuple[float, ...] = ()
) -> tuple[tuple[Found, Shape], float]:
    """Return the reading that tells whether a page has columns, and how many; its shape; the columns' gain a row.

    Args:
        sheet: The page.
        stream: The page read as one stream.
        least: As in `weighed_reading`.
        alike: As in `weighed_reading`.
    """
    best, ordered = narrowly(sheet, stream)
    # First, do no harm: the given order stands unless it reads much worse.
    enough = ordered[0].score + least * len(sheet.rows)
    if alike:
        same = Shape(alike, float(sheet.rows.widths.max()))
        shared = find_once(sheet, same, *FIRST[len(alike)]), same
        best = max(best, shared, key=lambda found: found[0].score + LIKE_OTHERS * (found[1] == same))
    for states, gaps in ((THEN, 2), (AGAIN, 1)) if best[0].score > ordered[0].score else ():
        tried = with_gaps(best[0], _widths(sheet, best, alike), gaps)
        most = states[len(best[1].widths)]
        best = max([best, *((find_once(sheet, at, *most), at) for at in tried)], key=_by_score)
        if best[0].score > enough:
            break
    return best if best[0].score > enough else ordered, (best[0].score - ordered[0].score) / len(sheet.rows)


def shown(sheet: Sheet, stream: Stream, least: float) -> Shown | None:
    """Return the woven columns of a page; None where it has none.

    Args:
        sheet: The page.
        stream: The page read as one stream.
        least: By how much columns must read better than the order given, in log-odds a row.
    """
    best, ordered = narrowly(sheet, stream)
    gain = (best[0].score - ordered[0].score) / len(sheet.rows)
    if gain <= least:  # wider searches may still tell that it is woven
        best, gain = chosen(sheet, stream, least)
    if len(best[1].widths) < 2:
        return None
    return Shown(len(sheet.rows), measured(sheet.rows, *best).widths, gain)


def _widths(sheet: Sheet, best: tuple[Found, Shape], alike: tuple[float, ...]) -> Shape:
    """Return a shape with the widths that a reading under it shows, or with those of other pages if it has these.

    Two columns that differ little have one width: the longest lines of one that is supposed too narrow would be kept
    out of it, as if they were those of the other. On three columns of development pages this lost what it gained.
    """
    if best[1].widths == alike:
        return best[1]
    shown = measured(sheet.rows, *best)
    return replace(shown, widths=levelled(shown.widths)) if len(shown.widths) == 2 else shown


def is_narrow(stream: Stream, tables: Tables) -> bool:
    """Return whether lines wrap at half the width of others on a page that may still be woven."""
    return stream.narrow >= NARROW and stream.woven(tables) > HARDLY


def much(stream: Stream, tables: Tables) -> float:
    """Return by how much columns must read better than the order given, in log-odds a row."""
    if stream.listed == 1.0:
        return MUCH_OF_LIST
    if stream.woven(tables) > 0.0:
        return MUCH
    return MUCH_OF_NARROW if is_narrow(stream, tables) else VERY_MUCH


def _searched_again(sheet: Sheet, best: tuple[Found, Shape], alike: tuple[float, ...]) -> tuple[Found, Shape]:
    """Return the best reading that wider searches for columns find, with posteriors, and its shape."""
    columns = len(best[1].widths)
    shapes = with_gaps(best[0], _widths(sheet, best, alike), LAST_GAPS[columns])
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
    return widened(sheet, best)


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


def widened(sheet: Sheet, best: tuple[Found, Shape]) -> tuple[Found, Shape]:
    """Return the best reading found from shapes one of whose two columns is wider, and its shape.

    A column that is supposed too wide shows its width, and one that is supposed too narrow hides it, since its longest
    lines cannot stand in it. Where one is much wider, it may as well be the other one.
    """
    for _ in range(WIDENINGS):
        left, right = best[1].widths
        others = [(left * WIDER, right), (left, right * WIDER)]
        others += [(right, left)] if max(left, right) >= UNLIKE * min(left, right) else []
        starts = [replace(best[1], widths=widths) for widths in others]
        latest = _climbed(sheet, starts)
        if latest[0].score <= best[0].score:
            break
        best = latest
    return best


def _by_score(found: tuple[Found, Shape]) -> float:
    return found[0].score
