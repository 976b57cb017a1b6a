"""How many examples a property test draws.

What belongs here: the one number by which all of them grow. What does not: what is drawn.
"""

import os

from hypothesis import settings

EXPLORE = int(os.environ.get("EXPLORE") or 0)
"""How many times as many examples are drawn as otherwise, new ones each time; 0 draws the settled ones."""


def examples(count: int) -> settings:
    """Return the settings of a property test that draws so many examples, or many more where somebody explores."""
    return settings(max_examples=count * max(1, EXPLORE))
