"""Tables of measured figures in the documentation: written from the figures, never by hand.

What belongs here: which page shows which figures, between which marks. What does not: measuring, and what a table looks
like (the benchmark knows).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.reading_order import figures

DOCS = Path(__file__).parent
FIGURES = DOCS / "figures"
TABLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {"reading-order": figures.markdown}
"""For each page and file of figures of that name, what makes its tables."""

_BLOCK = re.compile(r"(?<=<!-- measured: written by python -m docs.check --write -->\n).*?(?=<!-- end -->)", re.DOTALL)


def wanted(name: str) -> str:
    """Return a page with the tables that its figures give.

    Raises:
        ValueError: when the page has no marks between which they stand, or the figures are of an older form.
    """
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    found = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
    try:
        table = TABLES[name](found)
    except KeyError as missing:
        raise ValueError(f"docs/figures/{name}.json has no {missing}; run the benchmark anew") from missing
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
            yield f"docs/{name}.md: does not show docs/figures/{name}.json; run python -m docs.check --write"
