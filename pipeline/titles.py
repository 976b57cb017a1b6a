"""What sources and documents are called for people.

What belongs here: telling apart those with the same title. What does not: identifiers (`pipeline.identifiers`).
"""

from collections import Counter
from collections.abc import Mapping


def told_apart(titles: Mapping[str, str]) -> Mapping[str, str]:
    """Return titles by the same keys, each with its key where another has the same title in whatever case.

    >>> told_apart({"a": "Oproep", "b": "oproep", "c": "Verslag"})
    {'a': 'Oproep (a)', 'b': 'oproep (b)', 'c': 'Verslag'}
    """
    counts = Counter(title.casefold() for title in titles.values())
    return {key: f"{title} ({key})" if counts[title.casefold()] > 1 else title for key, title in titles.items()}
