"""The few figures that the README shows, so that nobody has to follow a link to see what the project is worth.

What belongs here: choosing them, and saying what one would have without the project. What does not: measuring, and
every other figure, with what it is worth (the page of its field).
"""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.coding import figures as coding
from benchmarks.reading_order import figures as reading_order

PAGES = {"two columns": "two woven columns", "three columns": "three woven columns", "controls": "pages in order"}
CODES = {"statement_type": "type", "theme": "theme", "actor": "who must act"}


def markdown(pages: Mapping[str, reading_order.Row], codes: coding.Rows) -> str:
    """Return the table of headline figures.

    Args:
        pages: Figures of all documents of a group, as `groups` in `docs/figures/reading-order.json` holds them.
        codes: What `schemas/reliability.csv` holds.
    """
    heads = ("of held-out constructed texts", "right", "without")
    return "\n".join(map(_row, (heads, ("---",) * 3, *_of_pages(pages), *_of_codes(codes)))) + "\n"


def _of_pages(groups: Mapping[str, reading_order.Row]) -> Iterator[Sequence[str]]:
    for group, name in PAGES.items():
        row = groups[group]
        yield f"bullets of {name}, read whole", f"{row['verbatim']:.2f}", f"{row['verbatim_naive']:.2f} as extracted"


def _of_codes(rows: coding.Rows) -> Iterator[Sequence[str]]:
    known = coding.of_coder(rows)
    for dimension, name in CODES.items():
        right, commonest = (float(known[dimension, metric]["value"]) for metric in ("accuracy", "majority"))
        yield f"statements coded by {name}", f"{right:.2f}", f"{commonest:.2f} by the commonest code"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
