"""The few figures that the README shows, so that nobody has to follow a link to see what the project is worth.

What belongs here: choosing them, each with the bar that it was to reach and a baseline. What does not: measuring, and
every other figure, with what it is worth (the page of its field).
"""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.coding import figures as coding
from benchmarks.reading_order import figures as reading_order
from benchmarks.reading_order.settings import BARS, Group

PAGES: Mapping[Group, str] = {
    "two columns": "two woven columns",
    "three columns": "three woven columns",
    "controls": "pages in order",
}
PLACES = {"verbatim": "read whole", "sections": "below the right heading"}
CODES = {"statement_type": "type", "theme": "theme", "actor": "who must act"}


def markdown(pages: Mapping[str, reading_order.Row], codes: coding.Rows) -> str:
    """Return the table of headline figures.

    Args:
        pages: Figures of all documents of a group, as `groups` in `docs/figures/reading-order.json` holds them.
        codes: What `schemas/reliability.csv` holds.
    """
    heads = ("of held-out constructed texts", "right", "bar", "baseline")
    return "\n".join(map(_row, (heads, ("---",) * len(heads), *_of_pages(pages), *_of_codes(codes)))) + "\n"


def _of_pages(groups: Mapping[str, reading_order.Row]) -> Iterator[Sequence[str]]:
    for figure, what in PLACES.items():
        for group, name in PAGES.items():
            row = groups[group]
            bar = next(bar.value for bar in BARS[group] if bar.figure == figure)
            naive = row.get(f"{figure}_naive")
            baseline = "" if naive is None else f"{naive:.3f} as extracted"
            yield f"bullets of {name}, {what}", f"{row[figure]:.3f}", _bar(row[figure], bar), baseline


def _of_codes(rows: coding.Rows) -> Iterator[Sequence[str]]:
    known = coding.of_coder(rows)
    for dimension, name in CODES.items():
        right, commonest = (float(known[dimension, metric]["value"]) for metric in ("accuracy", "majority"))
        bar = _bar(right, coding.BARS[dimension])
        yield f"statements coded by {name}", f"{right:.3f}", bar, f"{commonest:.3f} by the commonest code"


def _bar(figure: float, bar: float) -> str:
    """Return a bar below which a figure must not be, and whether it is; three digits, as many as the bars have."""
    return f"{bar:.3f}" if figure >= bar else f"{bar:.3f} **missed**"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
