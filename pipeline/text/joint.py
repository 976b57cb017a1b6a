"""A place in a sentence where a mark stands between two parts, each with its head.

What belongs here: what is known of such a place. What does not: what is made of it (`clauses`, `continuation`,
`difference`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.text.heads import Head
from pipeline.text.subordination import Word


class Joint(NamedTuple):
    """Two neighbouring parts of a sentence.

    Attributes:
        mark: The comma, semicolon or connecting word between them.
        left: Head of what stands before.
        right: Head of what follows, up to the next mark or further.
        before: The words of what stands before, from the last cut on, the comma included.
        part: The words of what follows, the connecting word included.
    """

    mark: str
    left: Head
    right: Head
    before: Sequence[Word]
    part: Sequence[Word]
