"""From the lines of a page to its segments in reading order.

What belongs here: choosing how to read a page, turning paths into segments. What does not: the search itself.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.text.language import Language
from pipeline.text.layout.gutter import by_gutters, gutters
from pipeline.text.layout.rows import Reader, Row, make_rows
from pipeline.text.layout.score import Scorer, pack, unpack
from pipeline.text.layout.search import Path, Search, Shape
from pipeline.text.layout.weights import Weights, load_weights
from pipeline.text.layout.widths import refined, shapes, unequal, unmerged
from pipeline.text.model import Line, PageReading, Segment

MAX_ROWS = 400
MAX_LENGTH = 2000
LEAST_ROWS = 4
PLAIN_MEAN = 1.0  # log-odds a row; below it, pages whose columns are set on one grid are found as well
PLAIN_WORST = 0.45
MOST_OVER = 0.05  # share of rows, such as an introduction, that may be wider than a stream's lines
PLAIN_SURE = 0.99
GUTTER_SURE = 0.98
REFINEMENTS = 2
PRIOR = {0: 0.0, 2: -6.0, 3: -11.0}  # log-odds of a page having so many columns
NEVER_MET = -15.0  # two columns on whose page no two baselines meet are rare, and resemble columns in order
CONTENT = 0.6  # log-odds a row at which a first reading is good enough to try no other shape
FIRST = {2: (5, 7.0), 3: (20, 9.0)}  # states kept and how far below the best, by the number of columns
AGAIN = {2: (12, 10.0), 3: (30, 10.0)}


@lru_cache(maxsize=8)
def _reader(language: Language, face: int) -> Reader:
    return Reader(load_weights(language.folder), face)


def read_page(lines: Sequence[Line], language: Language) -> PageReading:
    """Return the lines of a page in the order in which they are read.

    Args:
        lines: Of one page, furniture taken out, blank ones included.
        language: Of the text; it brings the weights.

    Returns:
        Every non-space character of the lines, each in exactly one segment. A page that is too large to be one (more
        than 400 rows, or a row of more than 2,000 characters) keeps the order that it has.
    """
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return PageReading("single", (), 1.0)
    weights = load_weights(language.folder)
    if len(filled) > MAX_ROWS or max(len(line.text) for line in filled) > MAX_LENGTH:
        return _untouched(filled)
    starts = gutters(filled)
    reader = _reader(language, 0)
    if len(starts) > 1:
        return _guttered(lines, starts, language, weights, reader)
    rows = make_rows(lines, reader)
    scorer = Scorer(rows, weights, language, reader.space)
    opens, plain, width = chain(rows, scorer)
    if len(rows) < LEAST_ROWS or plain:
        return _single(rows, opens, PLAIN_SURE)
    path, _ = best_path(rows, scorer, width)
    return _reading(rows, path, weights)


def chain(rows: Sequence[Row], scorer: Scorer) -> tuple[tuple[bool, ...], bool, float]:
    """Read a page as one stream.

    Returns:
        For each row whether a paragraph opens there; whether the page reads so well that no other reading need be
        tried; and the width to which its lines were set, which is not always that of the widest row: columns that were
        given in order may stand below an introduction.
    """
    ranked = sorted(row.width for row in rows)
    best: tuple[float, tuple[bool, ...], float, float] | None = None
    for share in (1.0, 0.85, 0.6):
        width = float(ranked[min(int(share * len(ranked)), len(ranked) - 1)]) * 1.004
        if sum(1 for size in ranked if size > width * 1.05) > MOST_OVER * len(ranked):
            continue
        opens, mean, poor = _chained(rows, scorer, width)
        if best is None or mean > best[0]:
            best = mean, opens, poor, width
        if mean > PLAIN_MEAN:
            break
    assert best is not None
    mean, opens, poor, width = best
    return opens, mean > PLAIN_MEAN and poor <= PLAIN_WORST, width


def _chained(rows: Sequence[Row], scorer: Scorer, width: float) -> tuple[tuple[bool, ...], float, float]:
    """Return openings, mean log-odds of a row, and the share of rows that follow badly."""
    wholes = [pack(number, 0, len(row.ends)) for number, row in enumerate(rows)]
    opens, scores = [True], []
    for before, after in pairwise(wholes):
        cont, new = scorer.pair(before, after, width)
        opens.append(new > cont)
        scores.append(max(cont, new))
    if not scores:
        return tuple(opens), 99.0, 0.0
    return tuple(opens), sum(scores) / len(scores), sum(1 for score in scores if score < 0) / len(scores)


def best_path(rows: Sequence[Row], scorer: Scorer, width: float) -> tuple[Path, Shape]:
    """Return the likeliest reading and the shape under which it was found.

    A first search under each supposed shape finds roughly where the columns stand; their widths and the gap between
    paragraphs are then measured from the best, and a second search uses them.
    """
    found = [(Search(scorer, Shape((), width), beam=2).run(), Shape((), width))]
    for shape in _supposed(rows):
        found.append((Search(scorer, shape, *FIRST[len(shape.widths)]).run(), shape))
        if found[-1][0].score > CONTENT * len(rows):
            break
    first, shape = max(found, key=_by_score)
    for _ in range(REFINEMENTS if shape.widths else 0):
        again = [
            (Search(scorer, exact, *AGAIN[len(shape.widths)]).run(), exact) for exact in refined(rows, first, shape)
        ]
        found += again
        latest = max(again, key=_by_score)
        if latest[1] == shape:
            break
        first, shape = latest
    return max(found, key=_by_score)


def _supposed(rows: Sequence[Row]) -> Iterator[Shape]:
    """Yield shapes to try, the likeliest first."""
    (fit_two, two), (fit_three, three) = shapes(rows, 2, 1)[0], shapes(rows, 3, 1)[0]
    if fit_three > fit_two:
        yield three
    yield two
    yield from unmerged(rows, two)
    yield from unequal(rows, two)
    if fit_three <= fit_two:
        yield three
    if abs(two.widths[0] / three.widths[0] - 1) > 0.03:
        yield Shape((two.widths[0],) * 3, two.full)


def _by_score(found: tuple[Path, Shape]) -> float:
    path, shape = found
    met = any(len(placement) > 1 for placement in path.placements)
    return path.score + PRIOR[len(shape.widths)] + (0.0 if met or not shape.widths else NEVER_MET)


def _untouched(lines: Sequence[Line]) -> PageReading:
    segments = []
    for line in lines:
        bare = line.text.strip()
        start = line.text.index(bare)
        segments.append(Segment(line, start, start + len(bare), 1, True, 0.5))
    return PageReading("single", tuple(segments), 0.5)


def _single(rows: Sequence[Row], opens: Sequence[bool], confidence: float) -> PageReading:
    segments = tuple(
        Segment(row.line, row.starts[0], row.ends[-1], 1, opening, confidence)
        for row, opening in zip(rows, opens, strict=True)
    )
    return PageReading("single", segments, confidence)


def _guttered(
    lines: Sequence[Line], starts: Sequence[int], language: Language, weights: Weights, reader: Reader
) -> PageReading:
    """Read a page by its gutters; each column is then one stream, in which the weights find the paragraphs."""
    segments: list[Segment] = []
    for band in by_gutters(lines, starts):
        for column in range(1, len(starts) + 1):
            parts = [piece for piece in band if piece[3] == column]
            if not parts:
                continue
            cut = [Line(line.number, line.page, line.text[a:b], line.offsets[a : b + 1]) for line, a, b, _ in parts]
            rows = make_rows(cut, reader)
            opens, _, _ = chain(rows, Scorer(rows, weights, language, reader.space))
            segments += [
                Segment(line, a, b, column, opening, GUTTER_SURE)
                for (line, a, b, _), opening in zip(parts, opens, strict=True)
            ]
    return PageReading("columns", tuple(segments), GUTTER_SURE)


def _reading(rows: Sequence[Row], path: Path, weights: Weights) -> PageReading:
    """Return the segments of a path: full stretches and columns stretches as they come, columns from left to right."""
    bands: list[tuple[bool, list[tuple[int, int, int, bool, float]]]] = []
    for number, (placement, opens, posteriors) in enumerate(
        zip(path.placements, path.opens, path.posteriors, strict=True)
    ):
        full = placement[0][0] < 0
        if not bands or bands[-1][0] != full:
            bands.append((full, []))
        for (column, segment), opening, posterior in zip(placement, opens, posteriors, strict=True):
            bands[-1][1].append((max(column, 0), number, segment, opening, posterior))
    segments: list[Segment] = []
    for _, parts in bands:
        ranks = {column: rank for rank, column in enumerate(sorted({part[0] for part in parts}))}
        for column, number, segment, opening, posterior in sorted(parts, key=lambda part: part[:2]):
            _, first, after = unpack(segment)
            row = rows[number]
            confidence = weights.calibrated(posterior)
            start, end = row.starts[first], row.ends[after - 1]
            segments.append(Segment(row.line, start, end, ranks[column] + 1, opening, confidence))
    columns = any(not full for full, _ in bands)
    mean = sum(segment.confidence for segment in segments) / len(segments)
    return PageReading("columns" if columns else "single", tuple(segments), mean)
