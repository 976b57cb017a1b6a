"""The search for the likeliest reading of a page: which words of each row stand in which column.

What belongs here: the beam over rows, the bookkeeping of baselines, posteriors. What does not: how well two segments
go together (`score`), how wide columns are (`widths`).

A reading is a path of placements, one a row. In a *full* stretch a row is one segment over the whole page width (a
title, an intro, a page without columns); in a *columns* stretch a row holds one segment for one or more columns, since
an extractor merges lines whose baselines meet. Baselines are hidden, but rows come by height: between two lines of one
paragraph lies exactly one leading, so for each column the search keeps how far, at least and at most, the present row
lies below that column's last line, in leadings. A placement that contradicts this costs a `clash`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.layout.rows import Row
from pipeline.text.layout.score import Scorer, pack

FULL = 0
MEET_TOLERANCE = 0.26  # of a leading: extractors merge lines up to 3 points apart
APART = 0.1
STEP = (0.98, 1.02)
FAR = 30.0
WIDEST = 1.06
MAX_SPLITS = 8
Gaps = tuple[tuple[float, float], ...]
Placement = tuple[tuple[int, int], ...]  # (column, packed segment), columns ascending; column 0 is the full width


@dataclass(frozen=True, slots=True)
class Shape:
    """Hypothesis about the layout of a page.

    Attributes:
        widths: Width of each column; empty for none.
        full: Width of the page's text.
        gap: How far below the last line a new paragraph opens, at least and at most, in leadings.
    """

    widths: tuple[float, ...]
    full: float
    gap: tuple[float, float] = (0.98, 3.0)


@dataclass(slots=True)
class Node:
    """A state of the search after a row, with the edges that lead to it."""

    lasts: tuple[int, ...]
    gaps: Gaps
    best: float
    total: float
    edges: list[tuple[int, float, Placement, tuple[bool, ...]]]
    back: int


@dataclass(frozen=True, slots=True)
class Path:
    """The likeliest reading of a page.

    Attributes:
        placements: One a row.
        opens: Beside each placement, whether each segment opens a paragraph.
        posteriors: Beside each placement, the probability of each segment in its column.
        score: Log-odds of the reading.
    """

    placements: tuple[Placement, ...]
    opens: tuple[tuple[bool, ...], ...]
    posteriors: tuple[tuple[float, ...], ...]
    score: float


def settle(gaps: Gaps, placed: Sequence[int], steps: Sequence[tuple[float, float]]) -> tuple[Gaps, bool]:
    """Move to the next row and return the new gaps, and whether the baselines contradict each other.

    Args:
        gaps: How far the present row lies below each column's last line, at least and at most.
        placed: Columns, from 0, that have a line on the next row.
        steps: For each of them, how far below its last line the new one may stand.
    """
    low, high = APART, FAR
    for column, (least, most) in zip(placed, steps, strict=True):
        below = gaps[column]
        low = max(low, least - below[1])
        high = min(high, most - below[0])
    slack = MEET_TOLERANCE if len(placed) > 1 else 0.03
    clash = low > high + slack
    if clash:
        low, high = APART, 2.0
    elif low > high:
        low = high = max((low + high) / 2, APART)
    return tuple(
        (0.0, 0.0) if c in placed else (min(g[0] + low, FAR), min(g[1] + high, FAR)) for c, g in enumerate(gaps)
    ), clash


def splits(scorer: Scorer, row: Row, number: int, shape: Shape) -> Iterator[tuple[Placement, float]]:
    """Yield the ways in which a row may be placed in columns, each with what is known of it alone."""
    count = len(row.ends)
    widths = shape.widths
    total = row.width
    for column, width in enumerate(widths):
        if total <= width * WIDEST:
            whole = pack(number, 0, count)
            yield ((column, whole),), scorer.over(whole, width)
    if count < 2 or not widths:
        return
    cuts = sorted((scorer.inside(row, k), k) for k in range(1, count))
    two = scorer.one["split"]
    tried = 0
    for inside, k in cuts:
        parts = row.right[k - 1], total - row.left[k]
        fitted = False
        for a in range(len(widths) - 1):
            for b in range(a + 1, len(widths)):
                if parts[0] <= widths[a] * WIDEST and parts[1] <= widths[b] * WIDEST:
                    left, right = pack(number, 0, k), pack(number, k, count)
                    alone = two - inside + scorer.over(left, widths[a]) + scorer.over(right, widths[b])
                    fitted = True
                    yield ((a, left), (b, right)), alone
        tried += fitted
        if tried >= MAX_SPLITS:
            break
    if len(widths) >= 3:
        yield from _three(scorer, row, number, shape, sorted(cuts[: 2 * MAX_SPLITS], key=lambda cut: cut[1]))


def _three(
    scorer: Scorer, row: Row, number: int, shape: Shape, cuts: Sequence[tuple[float, int]]
) -> Iterator[tuple[Placement, float]]:
    count, widths = len(row.ends), shape.widths
    found: list[tuple[float, Placement]] = []
    for n, (one, k) in enumerate(cuts):
        if row.right[k - 1] > widths[0] * WIDEST:
            break
        for other, m in cuts[n + 1 :]:
            if row.width - row.left[m] > widths[2] * WIDEST or row.right[m - 1] - row.left[k] > widths[1] * WIDEST:
                continue
            parts = pack(number, 0, k), pack(number, k, m), pack(number, m, count)
            alone = scorer.one["split"] + scorer.one["second_split"] - one - other
            alone += sum(scorer.over(part, width) for part, width in zip(parts, widths, strict=False))
            found.append((alone, tuple(enumerate(parts))))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    for alone, placement in found[: 2 * MAX_SPLITS]:
        yield placement, alone


class Search:
    """A beam over the rows of a page under one shape.

    Args:
        scorer: Of the page.
        shape: Widths of the columns.
        beam: States kept after each row.
        margin: States this far, in natural-log units, below the best are dropped.
        allowed: For training: the only placements and openings that each row may have.
    """

    def __init__(
        self,
        scorer: Scorer,
        shape: Shape,
        beam: int = 24,
        margin: float = 12.0,
        allowed: Sequence[tuple[Placement, tuple[bool, ...]]] | None = None,
    ) -> None:
        self.scorer, self.shape, self.beam, self.margin, self.allowed = scorer, shape, beam, margin, allowed
        one = scorer.one
        self._clash, self._meet = one["clash"], one["meet"]
        self._enter, self._leave, self._jump = one["full_enter"], one["full_leave"], one["jump"]
        self._none = (-1,) * len(shape.widths)
        self._anywhere: Gaps = ((0.0, FAR),) * len(shape.widths)

    def run(self) -> Path:
        """Return the likeliest reading."""
        layers: list[list[Node]] = [[Node((), (), 0.0, 0.0, [], -1)]]
        for number, row in enumerate(self.scorer.rows):
            layers.append(self._layer(layers[-1], number, row))
        return self._trace(layers)

    def _candidates(self, number: int, row: Row) -> list[tuple[Placement, float]]:
        whole = pack(number, 0, len(row.ends))
        full: tuple[Placement, float] = ((-1, whole),), self.scorer.over(whole, self.shape.full)
        found = [*splits(self.scorer, row, number, self.shape), full]
        if self.allowed is None:
            return found
        wanted = self.allowed[number][0]
        kept = [(placement, alone) for placement, alone in found if placement == wanted]
        return kept or [(wanted, 0.0)]

    def _layer(self, nodes: Sequence[Node], number: int, row: Row) -> list[Node]:
        states: dict[tuple[tuple[int, ...], Gaps], Node] = {}
        candidates = self._candidates(number, row)
        floor = -math.inf
        for source, node in enumerate(nodes):
            for placement, alone in candidates:
                for score, lasts, opens, steps in self._moves(node, placement, node.best + alone):
                    if score < floor - self.margin:
                        continue
                    if self.allowed is not None and opens != self.allowed[number][1]:
                        continue
                    gaps: Gaps = ()
                    if steps:
                        gaps, clash = settle(node.gaps or self._anywhere, [c for c, _ in placement], steps)
                        if clash:
                            score += self._clash
                    floor = max(floor, score)
                    gain = score - node.best
                    key = (lasts, tuple((round(a, 1), round(b, 1)) for a, b in gaps))
                    state = states.get(key)
                    if state is None:
                        edge = [(source, gain, placement, opens)]
                        states[key] = Node(lasts, gaps, score, node.total + gain, edge, 0)
                        continue
                    state.edges.append((source, gain, placement, opens))
                    high, low = max(state.total, node.total + gain), min(state.total, node.total + gain)
                    state.total = high + math.log1p(math.exp(low - high))
                    if score > state.best:
                        state.best, state.gaps, state.back = score, gaps, len(state.edges) - 1
        kept = sorted(states.values(), key=lambda state: -state.best)[: self.beam]
        return [state for state in kept if state.best >= floor - self.margin]

    def _moves(
        self, node: Node, placement: Placement, base: float
    ) -> Iterator[tuple[float, tuple[int, ...], tuple[bool, ...], list[tuple[float, float]]]]:
        """Yield score, last segments, openings and steps of each way to go on from a state."""
        scorer, shape = self.scorer, self.shape
        lasts = node.lasts
        if placement[0][0] < 0:
            segment = placement[0][1]
            if len(lasts) == 1 and lasts[0] <= -10:
                cont, new = scorer.pair(-lasts[0] - 10, segment, shape.full)
                yield base + cont, (-segment - 10,), (False,), []
                yield base + new, (-segment - 10,), (True,), []
            else:
                enter = self._enter if lasts else 0.0
                yield base + enter + scorer.first(segment), (-segment - 10,), (True,), []
            return
        if not lasts or lasts[0] <= -10:
            base += self._leave if lasts else 0.0
            lasts = self._none
        ways: list[tuple[float, tuple[bool, ...], list[tuple[float, float]]]] = [(base, (), [])]
        if len(placement) > 1:
            ways = [(base + self._meet * (len(placement) - 1), (), [])]
        after = list(lasts)
        for column, segment in placement:
            last = lasts[column]
            after[column] = segment
            if last < 0:
                first = scorer.first(segment)
                ways = [(s + first, (*o, True), [*t, (0.0, 2 * FAR)]) for s, o, t in ways]
                continue
            cont, new = scorer.pair(last, segment, shape.widths[column])
            grown = []
            for s, o, t in ways:
                if cont > new - 7 or self.allowed is not None:
                    grown.append((s + cont, (*o, False), [*t, STEP]))
                if new > cont - 7 or self.allowed is not None:
                    grown.append((s + new, (*o, True), [*t, shape.gap]))
            ways = grown
        key = tuple(after)
        for score, opens, steps in ways:
            yield score, key, opens, steps

    def _trace(self, layers: Sequence[Sequence[Node]]) -> Path:
        """Follow the best path back; weigh every segment by all paths that were kept."""
        ends = layers[-1]
        high = max(node.total for node in ends)
        mass = high + math.log(sum(math.exp(node.total - high) for node in ends))
        beta = [0.0] * len(ends)
        place = max(range(len(ends)), key=lambda n: ends[n].best)
        score = ends[place].best
        placements: list[Placement] = []
        opens: list[tuple[bool, ...]] = []
        posteriors: list[tuple[float, ...]] = []
        for depth in range(len(layers) - 1, 0, -1):
            here, there = layers[depth], layers[depth - 1]
            edge = here[place].edges[here[place].back]
            shares: dict[tuple[int, int], float] = {}
            onward = [-math.inf] * len(there)
            for node, tail in zip(here, beta, strict=True):
                if tail == -math.inf:
                    continue
                for source, gain, placement, _ in node.edges:
                    through = gain + tail
                    old = onward[source]
                    top = max(old, through)
                    onward[source] = top + math.log1p(math.exp(min(old, through) - top))
                    share = math.exp(min(there[source].total + through - mass, 0.0))
                    for part in placement:
                        shares[part] = shares.get(part, 0.0) + share
            placements.append(edge[2])
            opens.append(edge[3])
            posteriors.append(tuple(min(shares[part], 1.0) for part in edge[2]))
            beta, place = onward, edge[0]
        return Path(tuple(reversed(placements)), tuple(reversed(opens)), tuple(reversed(posteriors)), score)
