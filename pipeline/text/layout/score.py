"""How well one segment follows another, as log-odds from learned weights.

What belongs here: the features of a pair of segments and their sum. What does not: the search over readings, geometry
of baselines (`search`), where the weights come from (`weights`).

A segment is packed into one integer, row << 20 | first word << 10 | word after the last, so that pairs make cheap keys.
"""

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.text.language import Language
from pipeline.text.layout.rows import Row
from pipeline.text.layout.weights import ENDS, FILL, INDEX, NAMES, OVER, PAIRS, SLACK, STARTS, TAILS, Weights

MAX_WORDS = 1023
UNIT = 16.0
_PLAIN, _COMMA, _HYPHEN = ENDS.index("plain"), ENDS.index("comma"), ENDS.index("hyphen")
_JOINED = frozenset((_PLAIN, _COMMA))  # ends over which neighbouring words tell something of each other
_LOWER = STARTS.index("lower")
_NUMBER = STARTS.index("number")
_HEADINGS = {_PLAIN: ENDS.index("heading"), _COMMA: ENDS.index("cut_heading")}
_N = len(STARTS)
Feature = tuple[int, float]


def pack(row: int, first: int, after: int) -> int:
    """Return the integer of a segment."""
    return row << 20 | first << 10 | after


def unpack(segment: int) -> tuple[int, int, int]:
    """Return row, first word, word after the last."""
    return segment >> 20, segment >> 10 & 1023, segment & 1023


def end_of_segment(row: Row, first: int, last: int) -> int:
    """Return what a segment ends like, as a position in `ENDS`.

    The line of a numbered heading ends without a full stop, and what comes next opens a paragraph all the same. It does
    not end in a comma; a segment that would is a heading that was cut in the wrong place.
    """
    end = row.finishes[last]
    numbered = last > first and row.begins[first] == _NUMBER
    return _HEADINGS.get(end, end) if numbered else end


def _table(weights: Weights, names: Sequence[str]) -> list[float]:
    return [float(weights.values[INDEX[name]]) for name in names]


class Scorer:
    """Scores pairs of segments of one page; remembers them.

    Args:
        rows: The page.
        weights: Of the language.
        language: Tells which joined words it knows.
        space: Width of a space, in the rows' unit.
    """

    def __init__(self, rows: Sequence[Row], weights: Weights, language: Language, space: int) -> None:
        self.rows, self.language, self.space = rows, language, space
        self.near, self.skip, self.size = weights.near, weights.skip, weights.size
        self._cont = _table(weights, [f"cont_{pair}" for pair in PAIRS])
        self._new = _table(weights, [f"new_{pair}" for pair in PAIRS])
        self._inside = _table(weights, [f"inside_{pair}" for pair in PAIRS])
        self._cont_tail = _table(weights, [f"cont_tail_{tail}" for tail in TAILS])
        self._new_tail = _table(weights, [f"new_tail_{tail}" for tail in TAILS])
        self._slack = _table(weights, [f"slack_{n}" for n in range(len(SLACK) + 1)])
        self._fill = _table(weights, [f"fill_{n}" for n in range(len(FILL) + 1)])
        self._over = _table(weights, [f"over_{n}" for n in range(len(OVER) + 1)])
        self._first = _table(weights, [f"first_{start}" for start in STARTS])
        one = {name: float(weights.values[INDEX[name]]) for name in NAMES}
        self.one = one
        self._blank = one["cont_blank"], one["new_blank"]
        self._mutual = tuple(one[name] / UNIT for name in ("cont_near", "cont_left", "cont_right"))
        self._mutual_inside = tuple(one[name] / UNIT for name in ("inside_near", "inside_left", "inside_right"))
        self._edges = tuple(one[name] / UNIT for name in ("cont_opening", "cont_closing", "new_opening", "new_closing"))
        self.opening, self.closing = weights.opening, weights.closing
        self._join = one["join_known"], one["join_unknown"], one["join_far"]
        self._pairs: dict[tuple[int, int, float], tuple[float, float]] = {}

    def pair(self, before: int, after: int, width: float) -> tuple[float, float]:
        """Return the log-odds that `after` continues the paragraph of `before`, and that it opens the next one."""
        key = (before, after, width)
        found = self._pairs.get(key)
        if found is None:
            found = self._pairs[key] = self._pair(before, after, width)
        return found

    def _pair(self, before: int, after: int, width: float) -> tuple[float, float]:
        a, b = self.rows[before >> 20], self.rows[after >> 20]
        first, last = before >> 10 & 1023, (before & 1023) - 1
        opening = after >> 10 & 1023
        end, start = a.finishes[last], b.begins[opening]
        tail = a.tail if last == len(a.ends) - 1 else 0
        size = a.right[last] - a.left[first]
        slack = (size + self.space + b.right[opening] - b.left[opening]) / width
        kind = end_of_segment(a, first, last) * _N + start
        cont = self._cont[kind] + self._cont_tail[tail] + self._slack[bisect_left(SLACK, slack)]
        new = self._new[kind] + self._new_tail[tail] + self._fill[bisect_left(FILL, size / width)]
        if b.blank:
            cont += self._blank[0]
            new += self._blank[1]
        opener, closer = self.opening[b.classes[opening]], self.closing[a.classes[last]]
        edges = self._edges
        cont += edges[0] * opener + edges[1] * closer
        new += edges[2] * opener + edges[3] * closer
        if end in _JOINED:
            n, s = self.size, self.skip
            x, y = a.classes[last], b.classes[opening]
            near, left, right = self._mutual
            cont += near * self.near[x * n + y]
            if last > first and a.finishes[last - 1] != 2:
                cont += left * s[a.classes[last - 1] * n + y]
            if opening + 1 < (after & 1023) and b.finishes[opening] != 2:
                cont += right * s[x * n + b.classes[opening + 1]]
        elif end == _HYPHEN:
            cont += self._join[self.joins(a.word(last), b.word(opening), start)]
        return cont, new

    def joins(self, head: str, rest: str, start: int) -> int:
        """Return 0 when the parts make a known word, 1 when they may, 2 when the second cannot end a word."""
        if start != _LOWER:
            return 2
        bare = "".join(c for c in rest if c.isalpha() or c in "'-")
        return 0 if self.language.zipf(head.rstrip("-‐­").lstrip("(\"'“‘") + bare) > 0 else 1

    def over(self, segment: int, width: float) -> float:
        """Return the cost of a segment that is wider than its column."""
        row = self.rows[segment >> 20]
        size = row.right[(segment & 1023) - 1] - row.left[segment >> 10 & 1023]
        return self._over[bisect_left(OVER, size / width)]

    def first(self, segment: int) -> float:
        """Return the log-odds that a segment stands at the top of a column."""
        return self._first[self.rows[segment >> 20].begins[segment >> 10 & 1023]]

    def inside(self, row: Row, position: int) -> float:
        """Return the log-odds that the words before and at `position` of a row belong together."""
        end = row.finishes[position - 1]
        total = self._inside[end * _N + row.begins[position]]
        if end in _JOINED:
            n, (near, left, right) = self.size, self._mutual_inside
            x, y = row.classes[position - 1], row.classes[position]
            total += near * self.near[x * n + y]
            if position > 1 and row.finishes[position - 2] != 2:
                total += left * self.skip[row.classes[position - 2] * n + y]
            if position + 1 < len(row.ends) and row.finishes[position] != 2:
                total += right * self.skip[x * n + row.classes[position + 1]]
        return total

    def features_of_pair(self, before: int, after: int, width: float, opens: bool) -> list[Feature]:
        """Return what `pair` adds up, as (position in `NAMES`, value); for training."""
        a, b = self.rows[before >> 20], self.rows[after >> 20]
        first, last = before >> 10 & 1023, (before & 1023) - 1
        opening = after >> 10 & 1023
        end, start = a.finishes[last], b.begins[opening]
        tail = a.tail if last == len(a.ends) - 1 else 0
        size = a.right[last] - a.left[first]
        slack = (size + self.space + b.right[opening] - b.left[opening]) / width
        kind = "new" if opens else "cont"
        names = [f"{kind}_{PAIRS[end_of_segment(a, first, last) * _N + start]}", f"{kind}_tail_{TAILS[tail]}"]
        names.append(f"fill_{bisect_left(FILL, size / width)}" if opens else f"slack_{bisect_left(SLACK, slack)}")
        names += [f"{kind}_blank"] if b.blank else []
        if not opens and end == _HYPHEN:
            names.append(("join_known", "join_unknown", "join_far")[self.joins(a.word(last), b.word(opening), start)])
        found = [(INDEX[name], 1.0) for name in names]
        found.append((INDEX[f"{kind}_opening"], self.opening[b.classes[opening]] / UNIT))
        found.append((INDEX[f"{kind}_closing"], self.closing[a.classes[last]] / UNIT))
        if not opens and end in _JOINED:
            n, x, y = self.size, a.classes[last], b.classes[opening]
            found.append((INDEX["cont_near"], self.near[x * n + y] / UNIT))
            if last > first and a.finishes[last - 1] != 2:
                found.append((INDEX["cont_left"], self.skip[a.classes[last - 1] * n + y] / UNIT))
            if opening + 1 < (after & 1023) and b.finishes[opening] != 2:
                found.append((INDEX["cont_right"], self.skip[x * n + b.classes[opening + 1]] / UNIT))
        return found

    def features_inside(self, row: Row, position: int) -> list[Feature]:
        """Return what `inside` adds up; for training."""
        end = row.finishes[position - 1]
        found = [(INDEX[f"inside_{PAIRS[end * _N + row.begins[position]]}"], 1.0)]
        if end in _JOINED:
            n, x, y = self.size, row.classes[position - 1], row.classes[position]
            found.append((INDEX["inside_near"], self.near[x * n + y] / UNIT))
            if position > 1 and row.finishes[position - 2] != 2:
                found.append((INDEX["inside_left"], self.skip[row.classes[position - 2] * n + y] / UNIT))
            if position + 1 < len(row.ends) and row.finishes[position] != 2:
                found.append((INDEX["inside_right"], self.skip[x * n + row.classes[position + 1]] / UNIT))
        return found
