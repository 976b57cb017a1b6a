"""Draws the asset graph of the code location as an SVG, so that the README's picture is the code's graph.

What belongs here: reading the graph from the definitions and drawing it. What does not: the definitions.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from pipeline.definitions import defs

PICTURE = Path(__file__).parent / "figures" / "assets.svg"

_GROUPS = ("ingest", "clean", "segment", "code", "publish")
_COLOURS = {"ingest": "#dbeafe", "clean": "#dcfce7", "segment": "#fef9c3", "code": "#fce7f3", "publish": "#e5e7eb"}
_WIDTH, _HEIGHT, _GAP, _COLUMN, _TOP = 150, 30, 14, 205, 64


def draw() -> str:
    """Return the graph as SVG: a column a group, a box an asset, with the number of its blocking checks."""
    graph = defs.resolve_asset_graph()
    parents: dict[str, Sequence[str]] = {}
    groups: dict[str, list[str]] = defaultdict(list)
    checks: dict[str, int] = defaultdict(int)
    for key in graph.toposorted_asset_keys:
        node = graph.get(key)
        name = key.to_user_string()
        parents[name] = sorted(parent.to_user_string() for parent in node.parent_keys)
        groups[node.group_name].append(name)
        checks[name] = len(node.check_keys)
    return _svg(_places(groups), _reduced(parents), groups, checks)


def _reduced(parents: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Return the graph without the edges that a longer way implies, so that a person can follow it."""
    above: dict[str, set[str]] = {}
    for name, direct in parents.items():
        above[name] = set(direct).union(*(above[parent] for parent in direct))
    return {
        name: [one for one in direct if not any(one in above[other] for other in direct)]
        for name, direct in parents.items()
    }


def _places(groups: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[int, int]]:
    return {
        name: (20 + column * _COLUMN, _TOP + row * (_HEIGHT + _GAP))
        for column, group in enumerate(_GROUPS)
        for row, name in enumerate(groups[group])
    }


def _svg(
    places: Mapping[str, tuple[int, int]],
    parents: Mapping[str, Sequence[str]],
    groups: Mapping[str, Sequence[str]],
    checks: Mapping[str, int],
) -> str:
    width = 20 + len(_GROUPS) * _COLUMN
    height = max(y for _, y in places.values()) + _HEIGHT + 24
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    font = 'font-family="system-ui, sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font} role="img" aria-label="Asset graph">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    parts += [_edge(places[parent], places[name]) for name, above in parents.items() for parent in above]
    for column, group in enumerate(_GROUPS):
        x = 20 + column * _COLUMN
        parts.append(f'<text x="{x}" y="34" font-size="15" font-weight="600">{escape(group)}</text>')
        parts += [_box(name, places[name], _COLOURS[group], checks[name]) for name in groups[group]]
    return "\n".join([*parts, "</svg>", ""])


def _box(name: str, place: tuple[int, int], colour: str, checks: int) -> str:
    x, y = place
    badge = (
        f'<text x="{x + _WIDTH - 8}" y="{y + 20}" text-anchor="end" fill="#15803d">✓{checks}</text>' if checks else ""
    )
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{colour}" stroke="#94a3b8"/>'
        f'<text x="{x + 10}" y="{y + 20}">{escape(name)}</text>{badge}'
    )


def _edge(parent: tuple[int, int], child: tuple[int, int]) -> str:
    """Return a line between columns as a curve, inside a column as a bracket at its left."""
    (x, y), (to_x, to_y) = parent, child
    y, to_y = y + _HEIGHT // 2, to_y + _HEIGHT // 2
    if x == to_x:
        path = f"M{x} {y} C{x - 18} {y}, {x - 18} {to_y}, {to_x} {to_y}"
    else:
        start, middle = x + _WIDTH, (x + _WIDTH + to_x) // 2
        path = f"M{start} {y} C{middle} {y}, {middle} {to_y}, {to_x} {to_y}"
    return f'<path d="{path}" fill="none" stroke="#cbd5e1" stroke-width="1.3"/>'
