"""What a line says, apart from how it is written: its words, its form, whether a sentence ends with it.

What belongs here: comparing lines with each other. What does not: what a line is (`furniture`, `contents`, `headings`).
"""

import re
from functools import lru_cache

from pipeline.text.headings import REMEMBERED

_LETTERS, _WORD = re.compile(r"[^\W\d_]+"), re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """Return the words of a text in one case, without marks and numbers.

    >>> plain("4.2 Wonen - en zorg 17")
    'wonen en zorg'
    """
    return " ".join(_LETTERS.findall(text.casefold()))


def with_numbers(text: str) -> str:
    """Return the words and numbers of a text in one case, without marks.

    >>> with_numbers("4.2 Wonen - en zorg")
    '4 2 wonen en zorg'
    """
    return " ".join(_WORD.findall(text.casefold()))


def numbers_alike(text: str) -> str:
    """Return a text in one case with its numbers made alike, so that page numbers do not tell headers apart.

    >>> numbers_alike("Wonen  | 17")
    'wonen | #'
    """
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))
