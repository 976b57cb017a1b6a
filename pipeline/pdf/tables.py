"""Tables of a PDF page, from the rules drawn between their rows; and words that are underlined.

What belongs here: which rules are a table, and which words stand in which of its cells. What does not: the order in
which the page is read (`pipeline.pdf.columns`): there each row of a table is one wide word.

White space alone does not tell a table from columns of short lines, so one without rules or shades between
its rows is not found.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline.pdf.words import Word

_THICK = 3.0
"""Points: what is drawn wider is no rule, but a box with edges."""
_LEAST_LENGTH = 6.0
"""Points: what is shorter parts no cells, but is a glyph or a dash."""
_TOUCHING = 3.0
"""Points between rules that meet, and between two that are one, as those of neighbouring cells often are."""
_AS_WIDE = 6.0
"""Points by which the rules of one table may differ at their ends."""
_HIGHEST = 250.0
"""Points of a row."""
_COLUMN_GAP, _ROW_GAP = 0.5, 0.8
"""Ems of white space that part two columns without a rule, in all rows and in one."""
_CROSSED = 0.8
"""Least share of a row's height that a standing rule crosses."""
_MOST_RULES = 1500
"""Rules of a page, above which it is a drawing."""
_MOST_WORDS = 60
"""Words of a cell; what holds more is no table but a page that is laid out in one."""
_ONE_LINE = 0.35
"""Ems between the baselines of one line."""
_UNDER = (-0.05, 0.3)
"""Ems below the baseline at which a rule underlines."""


class Rule(NamedTuple):
    """A straight line that is drawn, in points from the page's left and upper edge."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def lies(self) -> bool:
        """Whether it lies rather than stands."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class _Table:
    """Rules that lie below each other, as wide as each other.

    Attributes:
        rules: From the top down.
    """

    rules: list[Rule]

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.rules[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.rules[0].right

    @property
    def down(self) -> list[float]:
        """Where the rules lie."""
        return [rule.top for rule in self.rules]

    def goes_on(self, rule: Rule) -> bool:
        """Return whether a rule below is one of these."""
        near = rule.top - self.rules[-1].top <= _HIGHEST
        return near and abs(rule.left - self.left) <= _AS_WIDE and abs(rule.right - self.right) <= _AS_WIDE

    def row(self, word: Word) -> int:
        """Return in which row a word stands, from 1; 0 when in none."""
        middle = (word.left + word.right) / 2
        if not self.left <= middle <= self.right:
            return 0
        return bisect(self.down, (word.top + word.bottom) / 2) % len(self.rules)


def rules_of(left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    """Yield the rules that a straight path or a box draws, if any."""
    if min(right - left, bottom - top) <= _THICK:
        edges = [Rule(left, top, right, bottom)]
    else:
        edges = [Rule(left, y, right, y) for y in (top, bottom)] + [Rule(x, top, x, bottom) for x in (left, right)]
    yield from (rule for rule in edges if max(rule.right - rule.left, rule.bottom - rule.top) >= _LEAST_LENGTH)


def with_rules(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[Word, ...]:
    """Return words with those of each row of a table as one that holds its cells, and what is underlined as such."""
    if not rules or len(rules) > _MOST_RULES:
        return tuple(words)
    standing = [rule for rule in rules if not rule.lies]
    others: list[Rule] = []
    tables: list[_Table] = []
    for found in _tables(_joined(rule for rule in rules if rule.lies)):
        parts = list(_with_rows(found, words, standing))
        tables += parts
        others += [] if parts else found.rules
    words = _underlined(words, others)
    for table in tables:
        words = _folded(words, table, standing)
    return tuple(words)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules from the top down, those that touch each other end to end as one."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.top), rule.left)):
        last = joined[-1] if joined else None
        if last and abs(rule.top - last.top) <= _TOUCHING and last.left <= rule.left <= last.right + _TOUCHING:
            joined[-1] = last._replace(right=max(last.right, rule.right))
        else:
            joined.append(rule)
    return sorted(joined, key=lambda rule: rule.top)


def _tables(lying: Sequence[Rule]) -> list[_Table]:
    tables: list[_Table] = []
    for rule in lying:
        table = next((table for table in reversed(tables) if table.goes_on(rule)), None)
        if table is None:
            tables.append(_Table([rule]))
        elif rule.top - table.rules[-1].top > _TOUCHING:
            table.rules.append(rule)
    return tables


def _with_rows(table: _Table, words: Sequence[Word], standing: Sequence[Rule]) -> Iterator[_Table]:
    """Yield the parts of a table in which rows follow each other: other text may stand between tables as wide."""
    found: list[Rule] = []
    within = [
        rule for rule in standing if table.left - _TOUCHING <= rule.left and rule.right <= table.right + _TOUCHING
    ]
    for upper, lower in pairwise(table.rules):
        if _is_row(upper, lower, words, within):
            found = [*(found or [upper]), lower]
        elif found:
            yield _Table(found)
            found = []
    if found:
        yield _Table(found)


def _is_row(upper: Rule, lower: Rule, words: Sequence[Word], standing: Sequence[Rule]) -> bool:
    """Return whether what stands between two rules is a row: a rule stands there, or white space parts its cells."""
    top, bottom = upper.top, lower.top
    if any(min(rule.bottom, bottom) - max(rule.top, top) > _CROSSED * (bottom - top) for rule in standing):
        return True
    lines = _lines([word for word in words if upper.left <= word.left < upper.right], top, bottom)
    gaps = _gaps([word for line in lines for word in line], _ROW_GAP)
    return bool(lines) and len(_cells_of(lines[0], gaps)) > 1


def _lines(words: Iterable[Word], top: float, bottom: float) -> list[list[Word]]:
    """Return the words between two heights by baseline, from the top down."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.bottom):
        if not top < (word.top + word.bottom) / 2 < bottom or word.cells:
            continue
        if lines and word.bottom - lines[-1][0].bottom < _ONE_LINE * (word.bottom - word.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _cells_of(line: Sequence[Word], edges: Sequence[float]) -> AbstractSet[int]:
    """Return the columns in which a line has words; none when it crosses from one to another."""
    ordered = sorted(line, key=lambda word: word.left)
    places = [bisect(edges, (word.left + word.right) / 2) for word in ordered]
    crossed = any(bisect(edges, word.left) != bisect(edges, word.right) for word in ordered) or any(
        first != second and after.left - before.right < _ROW_GAP * (after.bottom - after.top)
        for (before, first), (after, second) in pairwise(zip(ordered, places, strict=True))
    )
    return frozenset() if crossed else frozenset(places)


def _extended(table: _Table, words: Sequence[Word], edges: Sequence[float]) -> _Table:
    """Return a table with the row above its first rule and the one below its last, where these keep to its columns."""
    first, last = table.rules[0], table.rules[-1]
    highest = max(lower.top - upper.top for upper, lower in pairwise(table.rules))
    beside = [word for word in words if first.left - _TOUCHING <= word.left and word.right <= first.right + _TOUCHING]
    rules = list(table.rules)
    edge = first.top
    for line in reversed(_lines(beside, first.top - highest, first.top)):
        em = line[0].bottom - line[0].top
        cells = _cells_of(line, edges)
        if not cells or edge - line[0].bottom > em:
            break
        edge = line[0].top
        if len(cells) > 1:
            rules = [first._replace(top=edge - 1), *table.rules]
    edge = last.top
    for number, line in enumerate(_lines(beside, last.top, last.top + highest)):
        em = line[0].bottom - line[0].top
        cells = _cells_of(line, edges)
        if not cells or line[0].top - edge > em or (number == 0 and len(cells) < 2):
            break
        edge = line[0].bottom
    return _Table([*rules, last._replace(top=edge)] if edge > last.top else rules)


def _gaps(words: Sequence[Word], ems: float) -> list[float]:
    """Return the middles of white space so wide that no word crosses."""
    gaps: list[float] = []
    right = -inf
    for word in sorted(words, key=lambda word: word.left):
        if -inf < right < word.left - ems * (word.bottom - word.top):
            gaps.append((word.left + right) / 2)
        right = max(right, word.right)
    return gaps


def _folded(words: Sequence[Word], table: _Table, standing: Sequence[Rule]) -> Sequence[Word]:
    """Return words with those of each row of a table as one; as they were when it is none."""
    edges = _columns([word for word in words if table.row(word) and not word.cells], table, standing)
    table = _extended(table, words, edges)
    inside = [word for word in words if table.row(word) and not word.cells]
    rows: defaultdict[int, defaultdict[int, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for word in inside:
        rows[table.row(word)][bisect(edges, (word.left + word.right) / 2)].append(word)
    cells = [cell for row in rows.values() for cell in row.values()]
    if len(rows) < 2 or max(map(len, rows.values())) < 2 or max(map(len, cells)) > _MOST_WORDS:
        return words
    others = [word for word in words if word.cells or not table.row(word)]
    return [*others, *(_row([row[column] for column in sorted(row)], table) for row in rows.values())]


def _columns(words: Sequence[Word], table: _Table, standing: Sequence[Rule]) -> list[float]:
    """Return where columns of a table meet: at rules that stand, or in white space that no row crosses."""
    top, bottom = table.rules[0].top, table.rules[-1].top
    places = [
        rule.left
        for rule in standing
        if table.left + _TOUCHING < rule.left < table.right - _TOUCHING
        and rule.bottom > top + _TOUCHING
        and rule.top < bottom - _TOUCHING
    ]
    if places:
        return sorted(places)
    return _gaps(words, _COLUMN_GAP)


def _row(cells: Sequence[Sequence[Word]], table: _Table) -> Word:
    last = max((word for cell in cells for word in cell), key=lambda word: word.bottom)
    text = " ".join(word.text for cell in cells for word in cell)
    return Word(text, table.left, table.right, last.top, last.bottom, last.type, tuple(map(tuple, cells)))


def _underlined(words: Sequence[Word], lying: Sequence[Rule]) -> Sequence[Word]:
    """Return words with the type of those that a rule underlines as such."""
    low, high = _UNDER
    found: list[Word] = []
    for word in words:
        em = word.bottom - word.top
        base = word.top + 0.8 * em
        under = any(
            low * em <= rule.top - base <= high * em
            and rule.left <= word.left + _TOUCHING
            and rule.right >= word.right - _TOUCHING
            for rule in lying
        )
        found.append(replace(word, type=replace(word.type, underlined=True)) if under else word)
    return found
