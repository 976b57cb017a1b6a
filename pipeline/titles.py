"""What sources, documents and sections are called for people.

What belongs here: such names, and telling apart those with the same title. What does not: identifiers
(`pipeline.identifiers`).
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any


def told_apart(titles: Mapping[str, str]) -> Mapping[str, str]:
    """Return titles by the same keys, each with its key where another has the same title in whatever case.

    >>> told_apart({"a": "Oproep", "b": "oproep", "c": "Verslag"})
    {'a': 'Oproep (a)', 'b': 'oproep (b)', 'c': 'Verslag'}
    """
    counts = Counter(title.casefold() for title in titles.values())
    return {key: f"{title} ({key})" if counts[title.casefold()] > 1 else title for key, title in titles.items()}


def section_name(row: Mapping[str, Any]) -> str | None:
    """Return number and title of a section, from its row of the published table; None when it has neither.

    >>> section_name({"number": "4.5", "title": "Wonen"}), section_name({"number": None, "title": None})
    ('4.5 Wonen', None)
    """
    return " ".join(part for part in (row["number"], row["title"]) if part) or None
