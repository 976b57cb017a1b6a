"""Checks the documentation: links and names inside the repository, the picture of the asset graph, measured tables.

`python -m docs.check` exits with the number of faults. `python -m docs.check --write` writes picture and tables anew.
What belongs here: what can be checked of it without a network. What does not: spelling, links to the outside.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from docs import references, tables
from docs.graph import PICTURE, draw

ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"!?\[[^\]]*\]\((?!https?://|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
_HEADING = re.compile(r"^#+\s+(.+)$", re.MULTILINE)


def faults() -> Iterator[str]:
    """Yield every fault as file, link and what is wrong."""
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("LICENSES/*.md")]):
        text = page.read_text(encoding="utf-8")
        for match in _LINK.finditer(text):
            target = (page.parent / match.group(1)).resolve() if match.group(1) else page
            line = text.count("\n", 0, match.start()) + 1
            if not target.exists():
                yield f"{page.relative_to(ROOT)}:{line}: {match.group(1)} is not there"
            elif match.group(2) and match.group(2)[1:] not in _anchors(target):
                yield f"{page.relative_to(ROOT)}:{line}: {match.group(2)} is no heading of {target.name}"
    if not PICTURE.exists() or PICTURE.read_text(encoding="utf-8") != draw():
        yield f"{PICTURE.relative_to(ROOT)}: is not the graph of the code; run python -m docs.check --write"
    yield from tables.faults()
    yield from references.faults()


def _anchors(page: Path) -> set[str]:
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def main() -> int:
    """Print all faults and return how many there are."""
    parser = argparse.ArgumentParser(prog="python -m docs.check", description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write the picture and the measured tables anew first")
    if parser.parse_args().write:
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(draw(), encoding="utf-8")
        tables.write()
    found = list(faults())
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"docs: {len(found)} faults\n")
    return min(len(found), 125)


if __name__ == "__main__":
    sys.exit(main())
