"""The charts of the figures: a bar per dimension with its interval and the naive baseline, and coverage against F1.

What belongs here: drawing. What does not: measuring.
"""

from collections.abc import Mapping, Sequence
from html import escape

from pipeline.coding.reliability import Row

_WIDTH, _LEFT, _SCALE, _ROW, _TOP = 760, 150, 500, 30, 64


def chart(rows: Sequence[Row], bars: Mapping[str, float], title: str) -> str:
    """Return an SVG of accuracy with its interval, the majority baseline (hollow) and the bar to reach (tick).

    Raises:
        ValueError: when the rows are of more than one coder, since one would hide the other.
    """
    if len({row["coder"] for row in rows}) > 1:
        raise ValueError("a chart shows the figures of one coder; choose the rows of one")
    figures = {(str(row["dimension"]), str(row["metric"])): row for row in rows}
    names = [name for name in bars if _keys(name)[0] in figures]
    height = _TOP + _ROW * len(names) + 20
    legend = "Bar: accuracy with 95% interval. Grey: always the commonest code. Tick: bar to reach."
    parts = _opening(height, title, legend)
    parts += [_row(name, at, figures, bars[name]) for at, name in enumerate(names)]
    return "\n".join([*parts, "</svg>", ""])


def coverage_chart(curves: Mapping[str, Sequence[tuple[float, float, float]]], title: str) -> str:
    """Return an SVG with a panel per dimension: F1 and accuracy (upwards) of the surest share (to the right)."""
    across, gap = 4, 26
    side = (_WIDTH - gap * (across + 1)) / across
    rows = -(-len(curves) // across)
    height = round(_TOP + rows * (side + 2 * gap))
    legend = "Right: share kept, the surest first. Up: accuracy (blue), macro-F1 (grey; rare codes count as much)."
    parts = _opening(height, title, legend)
    for at, (name, curve) in enumerate(curves.items()):
        left = gap + (at % across) * (side + gap)
        top = _TOP + (at // across) * (side + 2 * gap) + gap
        lines = [
            " ".join(f"{left + point[0] * side:.1f},{top + (1 - point[figure]) * side:.1f}" for point in curve)
            for figure in (1, 2)
        ]
        parts.append(
            f'<text x="{left:.1f}" y="{top - 7:.1f}">{escape(name)} {curve[0][2]:.2f}, F1 {curve[0][1]:.2f}</text>'
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{side:.1f}" height="{side:.1f}" fill="#f6f6f6" stroke="#bbb"/>'
            f'<path d="M{left:.1f} {top + side / 2:.1f}h{side:.1f}" stroke="#ddd"/>'
            f'<polyline points="{lines[0]}" fill="none" stroke="#aaa" stroke-width="2"/>'
            f'<polyline points="{lines[1]}" fill="none" stroke="#2a6f97" stroke-width="2"/>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _opening(height: int, title: str, legend: str) -> list[str]:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{escape(title)}</title>'
    )
    return [
        svg,
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
        f'<text x="12" y="42" fill="#555">{legend}</text>',
    ]


def _keys(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    dimension, _, level = name.partition(" ")
    ending = "_level_1" if level == "level 1" else ""
    return (dimension, f"accuracy{ending}"), (dimension, f"majority{ending}")


def _row(name: str, at: int, figures: Mapping[tuple[str, str], Row], bar: float) -> str:
    accuracy, majority = (figures[key] for key in _keys(name))
    y = _TOP + at * _ROW
    value = float(accuracy["value"] or 0)
    ends = [accuracy[end] for end in ("low", "high")]
    low, high = (value if end is None else float(end) for end in ends)
    base = float(majority["value"] or 0)

    def x(share: float) -> float:
        return round(_LEFT + share * _SCALE, 1)

    return (
        f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{_LEFT}" y="{y}" width="{_SCALE * value:.1f}" height="12" fill="#2a6f97"/>'
        f'<rect x="{_LEFT}" y="{y + 13}" width="{_SCALE * base:.1f}" height="5" fill="#bbb"/>'
        f'<path d="M{x(low)} {y + 6}H{x(high)}" stroke="#111" stroke-width="1.5"/>'
        f'<path d="M{x(bar)} {y - 3}V{y + 18}" stroke="#c1121f" stroke-width="2"/>'
        f'<text x="{_LEFT + _SCALE + 12}" y="{y + 12}">{value:.2f} ({base:.2f})</text>'
    )
