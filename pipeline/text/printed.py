"""What a browser prints at the edges of a web page: when, which title, which address, which page of how many.

What belongs here: lines of that form that come again. What does not: other headers and footers (`furniture`).

An extractor that goes by columns writes them amid the text, and beside a column that the page cuts off nothing says
that they stand apart. So they are known by their form wherever they stand: a date with a time, or an address alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.text.model import Line

AGAIN = 2  # lines that say the same, from where on they are printed at edges of pages
_WHEN = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4},? \d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[AP]M)?(?:\s+\S.*)?")
_WHERE = re.compile(r"(?P<address>(?:https?|file)://\S+)(?P<pages>\s+\d{1,4}\s?/\s?\d{1,4})?")


def edges_of_prints(pages: Iterable[Sequence[Line]]) -> Iterator[int]:
    """Yield the numbers of the lines that a browser printed around pages.

    Args:
        pages: The lines of each page, without blank ones.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    for line in (line for page in pages for line in page):
        text = line.text.strip()
        where = _WHERE.fullmatch(text) if "://" in text else None
        if where is not None:
            alike[where["address"]].append(line.number)
            if where["pages"]:
                yield line.number
        elif text[0].isdigit() and _WHEN.fullmatch(text):
            alike[" ".join(text.split())].append(line.number)
    yield from (number for numbers in alike.values() if len(numbers) >= AGAIN for number in numbers)
