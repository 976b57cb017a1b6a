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

FULL = -10  # a last segment `s` of a full stretch is kept as FULL - s, so that it cannot be taken for a column's
BOUND = 7.0  # no pair scores higher, in natural-log units
CLEAR = 6.0  # a lead, in natural-log units, that baselines do not turn around
MEET_TOLERANCE = 0.26  # of a leading: extractors merge lines up to 3 points apart
APART = 0.1
STEP = (0.98, 1.02)
FAR = 30.0
WIDEST = 1.06
MAX_SPLITS = 8
WIDE_GAP = (0.98, 3.0)
Gaps = tuple[tuple[float, float], ...]
ANYWHERE = (0.0, FAR)
JUMP = (0.98, 12.0)  # a picture or a heading pushed the column down
HERE = (0.0, 0.0)
Placement = tuple[tuple[int, int], ...]  # (column from 0, packed segment), left to right; column -1 is the full width
Way = tuple[float, tuple[bool, ...], tuple[tuple[float, float], ...]]  # score, openings, steps
Move = tuple[float, tuple[int, ...], tuple[bool, ...], Gaps]  # gain, last segments, openings, gaps


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
    gap: tuple[float, float] = WIDE_GAP


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


def _rank(state: Node) -> float:
    return -state.best


def _join(
    state: Node, edge: tuple[int, float, Placement, tuple[bool, ...]], score: float, total: float, gaps: Gaps
) -> None:
    """Add another way to reach a state; its baselines are those of its best way."""
    state.edges.append(edge)
    high, low = (state.total, total) if state.total > total else (total, state.total)
    if high - low < 30:
        state.total = high + math.log1p(math.exp(low - high))
    else:
        state.total = high
    if score > state.best:
        state.best, state.gaps, state.back = score, gaps, len(state.edges) - 1


def settle(gaps: Gaps, placed: Sequence[int], steps: Sequence[tuple[float, float]]) -> tuple[Gaps, bool]:
    """Move to the next row and return the new gaps, and whether the baselines contradict each other.

    Args:
        gaps: How far the present row lies below each column's last line, at least and at most.
        placed: Columns, from 0, that have a line on the next row.
        steps: For each of them, how far below its last line the new one may stand.
    """
    low, high = APART, FAR
    for column, (least, most) in zip(placed, steps, strict=True):
        above, below = gaps[column]
        low, high = max(low, least - below), min(high, most - above)
    clash = False
    if low > high:
        clash = low > high + (MEET_TOLERANCE if len(placed) > 1 else 0.03)
        if clash:
            low, high = APART, 2.0
        else:
            low = high = max((low + high) / 2, APART)
    moved = []
    for column, (above, below) in enumerate(gaps):
        if column in placed:
            moved.append(HERE)
        else:
            moved.append((above + low, min(below + high, FAR)))
    return tuple(moved), clash


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


def _by_score(candidate: tuple[Placement, float]) -> float:
    return -candidate[1]


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
        beam: int = 12,
        margin: float = 10.0,
        allowed: Sequence[tuple[Placement, tuple[bool, ...]]] | None = None,
    ) -> None:
        self.scorer, self.shape, self.beam, self.margin, self.allowed = scorer, shape, beam, margin, allowed
        one = scorer.one
        self._clash, self._meet = one["clash"], one["meet"]
        self._enter, self._leave, self._jump = one["full_enter"], one["full_leave"], one["jump"]
        self._late = one["late"]
        self._hit = 0.0 if shape.gap == WIDE_GAP else one["hit"]
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
        full: tuple[Placement, float] = ((-1, whole),), 0.0
        found = [*splits(self.scorer, row, number, self.shape), full]
        if self.allowed is None:
            return sorted(found, key=_by_score)
        wanted = self.allowed[number][0]
        kept = [(placement, alone) for placement, alone in found if placement == wanted]
        return kept or [(wanted, 0.0)]

    def _layer(self, nodes: Sequence[Node], number: int, row: Row) -> list[Node]:
        """Return the states after a row, the best first."""
        states: dict[tuple[int, ...], Node] = {}
        candidates = self._candidates(number, row)
        floor = -math.inf
        for source, node in enumerate(nodes):
            for placement, alone in candidates:
                base = node.best + alone
                if base + BOUND * len(placement) < floor - self.margin:
                    continue
                for gain, lasts, opens, gaps in self._moves(node, placement, alone, floor - self.margin - node.best):
                    if self.allowed is not None and opens != self.allowed[number][1]:
                        continue
                    score = node.best + gain
                    if score < floor - self.margin:
                        continue
                    floor = max(floor, score)
                    state = states.get(lasts)
                    edge = (source, gain, placement, opens)
                    if state is None:
                        states[lasts] = Node(lasts, gaps, score, node.total + gain, [edge], 0)
                    else:
                        _join(state, edge, score, node.total + gain, gaps)
        kept = sorted(states.values(), key=_rank)[: self.beam]
        return [state for state in kept if state.best >= floor - self.margin]

    def _moves(self, node: Node, placement: Placement, alone: float, least: float) -> list[Move]:
        """Return gain, last segments, openings and gaps of each way to go on from a state."""
        lasts = node.lasts
        full = bool(lasts) and lasts[0] <= FULL
        if placement[0][0] < 0:
            return self._full_moves(
                lasts if full else (), placement[0][1], alone + (0 if full or not lasts else self._enter)
            )
        if full or not lasts:
            alone += self._leave if full else 0.0
            lasts, gaps = self._none, self._anywhere
        else:
            gaps = node.gaps
        if len(placement) == 1:
            return self._single_moves(lasts, gaps, placement[0], alone)
        return self._joint_moves(lasts, gaps, placement, alone, least)

    def _full_moves(self, lasts: tuple[int, ...], segment: int, alone: float) -> list[Move]:
        key = (FULL - segment,)
        if not lasts:
            return [(alone + self.scorer.first(segment), key, (True,), ())]
        cont, new = self.scorer.pair(FULL - lasts[0], segment, self.shape.full)
        return [(alone + cont, key, (False,), ()), (alone + new, key, (True,), ())]

    def _single_moves(self, lasts: tuple[int, ...], gaps: Gaps, part: tuple[int, int], alone: float) -> list[Move]:
        column, segment = part
        last = lasts[column]
        key = (*lasts[:column], segment, *lasts[column + 1 :])
        if last < 0:
            moved = settle(gaps, (column,), (ANYWHERE,))[0]
            late = self._late if column and lasts[0] < 0 else 0.0
            return [(alone + late + self.scorer.first(segment), key, (True,), moved)]
        cont, new = self.scorer.pair(last, segment, self.shape.widths[column])
        moves: list[Move] = []
        if cont > new - CLEAR or self.allowed is not None:
            moved, clash = settle(gaps, (column,), (STEP,))
            moves.append((alone + cont + (self._clash if clash else 0.0), key, (False,), moved))
        if new > cont - CLEAR or self.allowed is not None:
            moved, clash = settle(gaps, (column,), (self.shape.gap,))
            cost = self._hit
            if clash:
                moved, clash = settle(gaps, (column,), (JUMP,))
                cost = self._clash if clash else self._jump
            moves.append((alone + new + cost, key, (True,), moved))
        return moves

    def _joint_moves(
        self, lasts: tuple[int, ...], gaps: Gaps, placement: Placement, alone: float, least: float
    ) -> list[Move]:
        score = alone + self._meet * (len(placement) - 1)
        scored: list[tuple[float, float]] = []
        left = len(placement)
        for column, segment in placement:
            last = lasts[column]
            if last < 0:
                scored.append((-math.inf, self.scorer.first(segment)))
            else:
                scored.append(self.scorer.pair(last, segment, self.shape.widths[column]))
            score += max(scored[-1])
            left -= 1
            if score + BOUND * left < least:
                return []
        ways = self._ways(lasts, placement, scored, alone + self._meet * (len(placement) - 1))
        after = list(lasts)
        for column, segment in placement:
            after[column] = segment
        key, columns = tuple(after), tuple(column for column, _ in placement)
        moves: list[Move] = []
        for score, opens, steps in ways:
            if score < least:
                continue
            moved, clash = settle(gaps, columns, steps)
            cost = self._hit * sum(step == self.shape.gap for step in steps)
            if clash and True in opens:
                moved, clash = settle(gaps, columns, [JUMP if step == self.shape.gap else step for step in steps])
                cost = self._jump
            moves.append((score + (self._clash if clash else cost), key, opens, moved))
        return moves

    def _ways(
        self, lasts: tuple[int, ...], placement: Placement, scored: Sequence[tuple[float, float]], base: float
    ) -> list[Way]:
        """Return each way in which the segments of one row may continue or open, with its steps."""
        every = self.allowed is not None
        ways: list[Way] = [(base, (), ())]
        for (column, _), (cont, new) in zip(placement, scored, strict=True):
            grown: list[Way] = []
            if cont > new - CLEAR or (every and cont > -math.inf):
                grown += [(s + cont, (*o, False), (*t, STEP)) for s, o, t in ways]
            if new > cont - CLEAR or every:
                step = ANYWHERE if lasts[column] < 0 else self.shape.gap
                grown += [(s + new, (*o, True), (*t, step)) for s, o, t in ways]
            ways = grown
        return ways

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
