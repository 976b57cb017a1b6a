"""Tables of measured figures in the documentation: written from the figures, never by hand.

What belongs here: which page shows which figures, between which marks. What does not: measuring, and what a table looks
like (the benchmark knows).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.coding import figures as coding
from benchmarks.reading_order import figures as reading_order
from docs import headline

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "docs" / "figures"
TABLES: Mapping[str, Sequence[Callable[[], str]]] = {
    "README.md": (lambda: headline.markdown(_json("reading-order")["groups"], coding.read(coding.PUBLISHED)),),
    "docs/reading-order.md": (
        lambda: reading_order.markdown(_json("reading-order")),
        lambda: reading_order.of_browser(_json("browser")),
    ),
    "docs/coding.md": (
        lambda: coding.markdown(coding.read(coding.PUBLISHED), coding.read(coding.OPENED)),
        lambda: coding.of_hands(coding.read(coding.HANDS)),
        lambda: coding.of_speed(coding.read(coding.SPEED)),
    ),
}
"""For each page, what makes its tables of the figures that its benchmarks wrote, in the order in which they stand."""

_BLOCK = re.compile(r"(?<=<!-- measured: written by python -m docs.check --write -->\n).*?(?=<!-- end -->)", re.DOTALL)


def _json(name: str) -> Any:
    return json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))


def wanted(name: str) -> str:
    """Return a page with the tables that its figures give.

    Raises:
        ValueError: when the page has not as many places for tables as there are, or the figures are of an older form.
    """
    page = (ROOT / name).read_text(encoding="utf-8")
    places = len(_BLOCK.findall(page))
    if places != len(TABLES[name]):
        raise ValueError(f"{name} has {places} places for measured tables, not {len(TABLES[name])}")
    try:
        tables = iter([table() for table in TABLES[name]])
    except KeyError as missing:
        raise ValueError(f"the figures of {name} have no {missing}; run the benchmark anew") from missing
    return _BLOCK.sub(lambda _: f"\n{next(tables)}\n", page)


def write() -> None:
    """Write the tables of every page anew."""
    for name in TABLES:
        (ROOT / name).write_text(wanted(name), encoding="utf-8")


def faults() -> Iterator[str]:
    """Yield the pages whose tables are not those of the figures."""
    for name in TABLES:
        if (ROOT / name).read_text(encoding="utf-8") != wanted(name):
            yield f"{name}: does not show what its benchmark wrote; run python -m docs.check --write"
