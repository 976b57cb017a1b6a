"""The highest of scores; compiled.

What belongs here: picking and ordering by score without making an array. What does not: what a score is of.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.compiling import uncounted


@uncounted()
def rank(scores: NDArray[np.float64], count: int, least: float, chosen: NDArray[np.int64]) -> int:
    """Fill in the places of the highest scores, the highest first and equal ones as they come; return how many.

    Args:
        scores: At least so many.
        count: How many of these are looked at.
        least: What is lower is left out.
        chosen: Receives as many places as it has room for.
    """
    kept = 0
    for place in range(count):
        score = scores[place]
        full = kept == chosen.size
        if score >= least and not (full and score <= scores[chosen[kept - 1]]):
            kept -= full
            at = kept
            while at > 0 and scores[chosen[at - 1]] < score:
                chosen[at] = chosen[at - 1]
                at -= 1
            chosen[at] = place
            kept += 1
    return kept
