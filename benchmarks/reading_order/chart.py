"""The chart of the figures, as SVG written by hand so that the same figures give the same bytes.

What belongs here: drawing. What does not: measuring.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

ROW, LEFT, WIDE, TOP = 34, 300, 400, 56
OURS, NAIVE = "#1f6f8b", "#c9b458"


def draw(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Return an SVG with two bars a setting: bullets in order as read, and in the order as given."""
    height = TOP + ROW * len(figures) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 70} {height}"',
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Bullets whose words stand together and in order, by setting</title>",
        f'<rect width="{LEFT + WIDE + 70}" height="{height}" fill="#ffffff"/>',
        '<text x="10" y="22" font-size="15">Bullets whose words stand together and in order</text>',
        f'<rect x="{LEFT}" y="32" width="10" height="10" fill="{OURS}"/><text x="{LEFT + 16}" y="41">as read</text>',
        f'<rect x="{LEFT + 90}" y="32" width="10" height="10" fill="{NAIVE}"/>',
        f'<text x="{LEFT + 106}" y="41">as given</text>',
    ]
    for number, (name, row) in enumerate(figures.items()):
        y = TOP + ROW * number
        parts.append(f'<text x="10" y="{y + 17}">{escape(name)}</text>')
        for offset, key, colour in ((2, "verbatim", OURS), (15, "verbatim_naive", NAIVE)):
            size = WIDE * row[key]
            parts.append(f'<rect x="{LEFT}" y="{y + offset}" width="{size:.1f}" height="11" fill="{colour}"/>')
            parts.append(f'<text x="{LEFT + size + 5:.1f}" y="{y + offset + 10}" font-size="10">{row[key]:.3f}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
