"""Tables of measured figures in the documentation: written from the figures, never by hand.

What belongs here: which page shows which figures, between which marks. What does not: measuring, and what a table looks
like (the benchmark knows).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.coding import figures as coding
from benchmarks.reading_order import figures as reading_order

DOCS = Path(__file__).parent
READING_ORDER = DOCS / "figures" / "reading-order.json"
TABLES: Mapping[str, Callable[[], str]] = {
    "reading-order": lambda: reading_order.markdown(json.loads(READING_ORDER.read_text(encoding="utf-8"))),
    "coding": lambda: coding.markdown(coding.read(coding.PUBLISHED), coding.read(coding.OPENED)),
}
"""For each page, what makes its tables of the figures that its benchmark wrote."""

_BLOCK = re.compile(r"(?<=<!-- measured: written by python -m docs.check --write -->\n).*?(?=<!-- end -->)", re.DOTALL)


def wanted(name: str) -> str:
    """Return a page with the tables that its figures give.

    Raises:
        ValueError: when the page has no marks between which they stand, or the figures are of an older form.
    """
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    try:
        table = TABLES[name]()
    except KeyError as missing:
        raise ValueError(f"the figures of docs/{name}.md have no {missing}; run the benchmark anew") from missing
    made, count = _BLOCK.subn(lambda _: f"\n{table}\n", page)
    if count != 1:
        raise ValueError(f"docs/{name}.md has {count} places for measured tables, not one")
    return made


def write() -> None:
    """Write the tables of every page anew."""
    for name in TABLES:
        (DOCS / f"{name}.md").write_text(wanted(name), encoding="utf-8")


def faults() -> Iterator[str]:
    """Yield the pages whose tables are not those of the figures."""
    for name in TABLES:
        if (DOCS / f"{name}.md").read_text(encoding="utf-8") != wanted(name):
            yield f"docs/{name}.md: does not show what its benchmark wrote; run python -m docs.check --write"
