"""The chart of the figures, as SVG written by hand so that the same figures give the same bytes.

What belongs here: drawing. What does not: measuring.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from benchmarks.reading_order.settings import BARS, CASES

ROW, LEFT, WIDE, TOP = 34, 330, 380, 62
RIGHT = 60
TITLE = "Bullets recovered verbatim, by setting"
STYLE = """
  .paper { fill: #ffffff } text { fill: #1c2733 } .small { font-size: 10px }
  .ours { fill: #1f6f8b } .naive { fill: #d2b24c } .bar { stroke: #c0392b; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } text { fill: #d6dde5 }
    .ours { fill: #4fb0d0 } .naive { fill: #a5893a } .bar { stroke: #ff7b6b }
  }
"""


def draw(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Return an SVG with two bars a setting, as read and in the order given, and a tick where its bar stands."""
    width, height = LEFT + WIDE + RIGHT, TOP + ROW * len(rows) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"',
        f'font-size="12" role="img" aria-label="{TITLE}">',
        f"<title>{TITLE}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        f'<text x="10" y="22" font-size="15">{TITLE}</text>',
        *_legend(),
    ]
    for number, (name, row) in enumerate(rows.items()):
        parts += _setting(name, row, TOP + ROW * number)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend() -> list[str]:
    return [
        f'<rect class="ours" x="{LEFT}" y="35" width="10" height="10"/><text x="{LEFT + 16}" y="44">as read</text>',
        f'<rect class="naive" x="{LEFT + 90}" y="35" width="10" height="10"/>',
        f'<text x="{LEFT + 106}" y="44">in the order given</text>',
        f'<line class="bar" x1="{LEFT + 245}" x2="{LEFT + 245}" y1="33" y2="47"/>',
        f'<text x="{LEFT + 255}" y="44">bar to reach</text>',
    ]


def _setting(name: str, row: Mapping[str, float], y: int) -> list[str]:
    parts = [f'<text x="10" y="{y + 17}">{escape(name)}</text>']
    for offset, key, kind in ((2, "verbatim", "ours"), (15, "verbatim_naive", "naive")):
        size = WIDE * row[key]
        parts.append(f'<rect class="{kind}" x="{LEFT}" y="{y + offset}" width="{size:.1f}" height="11"/>')
        label = f'<text class="small" x="{LEFT + WIDE + 10}" y="{y + offset + 10}">{row[key]:.3f}</text>'
        parts.append(label)
    for bar in BARS[CASES[name].group] if name in CASES else ():
        if bar.figure == "verbatim":
            x = LEFT + WIDE * bar.value
            parts.append(f'<line class="bar" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 28}"/>')
    return parts
