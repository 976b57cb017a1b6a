"""Context: how far what stands around a statement, and what else is likely of it, tell what it is about.

What belongs here: adding the scores of the heading, of the bullet and of the section to those of a statement, and what
its dimensions tell of each other. What does not: the scores themselves (`linear`), and any rule about words.

The codebook's rule that a heading only breaks ties is about what it may do against words of the statement. Scores are
log-odds: where the words of a statement tell its theme they outweigh what is added, and where they tell little the
neighbours do. The shares were tried on hands that the weights had not seen: theme rose from 0.55 to 0.69, others by
a hundredth; with half or double of each theme was up to 0.03 lower. Type and modality gained nothing from that: what
tells of them are the codes that stand around, with weights that are learned (`heed`). Direction, horizon and actor
gained nothing from their neighbours. Theme, instrument and direction gain from each other and from type and modality
(`consult`).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

import numpy as np

from pipeline.coding.linear import Floats, Linear

SHARES = {
    "theme": (0.3, 0.5, 0.3),
    "instrument": (0.05, 0.25, 0.15),
    "sdg": (0.15, 0.15, 0.1),
}
"""What the score of the heading, and the means of the rest of the bullet and of the section, count per dimension."""


def lean(scores: Floats, model: Linear, bullets: Sequence[int], sections: Sequence[int], headings: Floats) -> None:
    """Add to the scores of a document's statements, in place, what the context tells of them.

    Args:
        scores: A row per statement, as `Linear.scores` returns them.
        model: Whose scores they are.
        bullets: Number of each statement's bullet; those of one bullet stand together.
        sections: Number of each statement's section, likewise.
        headings: The scores of the heading above each statement; zeros where there is none.
    """
    heading, bullet, section = _shares(model)
    added = heading * headings + bullet * _mean_of_others(scores, bullets)
    added += section * _mean_of_others(scores, sections)
    scores += added


def heed(scores: Floats, model: Linear, bullets: Sequence[int], sections: Sequence[int]) -> None:
    """Add to the scores of a document's statements, in place, what the likely codes around tell of type and modality.

    Args:
        scores: A row per statement, as `Linear.scores` returns them.
        model: Whose scores they are; without weights for what stands around nothing is added.
        bullets: Number of each statement's bullet; those of one bullet stand together.
        sections: Number of each statement's section, likewise.
    """
    if not model.around.size:
        return
    joined = model.formal[0]
    around = surroundings(np.hstack(list(model.shares_of(scores, joined).values())), bullets, sections)
    scores[:, model.blocks[joined]] += around @ model.around


def consult(scores: Floats, model: Linear) -> None:
    """Add to the scores of statements, in place, what the likely codes of a statement tell of its other dimensions.

    A problem has no direction and mostly no instrument, a theme has its instruments. What is added goes by what was
    likely before anything of this was.

    Args:
        scores: A row per statement, as `Linear.scores` returns them.
        model: Whose scores they are; without weights for it nothing is added.
    """
    shares = {source: np.hstack(list(model.shares_of(scores, source).values())) for _, source in model.across}
    for (target, source), weights in model.across.items():
        scores[:, model.blocks[target]] += shares[source] @ weights


def surroundings(shares: Floats, bullets: Sequence[int], sections: Sequence[int]) -> Floats:
    """Return what stands around each statement: likely codes in the bullet, beyond it, and in the section.

    The columns are those of the statement before and after in the bullet, of those before and after in the section
    where these are of another bullet, the mean of the rest of the section, and a one; zeros where there is none.

    Args:
        shares: A row per statement: the probability of each code.
        bullets: Number of each statement's bullet; those of one bullet stand together.
        sections: Number of each statement's section, likewise.
    """
    bullet, section = np.diff(bullets) == 0, np.diff(sections) == 0
    count, width = shares.shape
    found = np.zeros((count, 5 * width + 1), np.float32)
    for at, beside in ((0, bullet), (2, section & ~bullet)):
        found[1:, at * width : (at + 1) * width] = shares[:-1] * beside[:, None]
        found[:-1, (at + 1) * width : (at + 2) * width] = shares[1:] * beside[:, None]
    found[:, 4 * width : 5 * width] = _mean_of_others(shares, sections)
    found[:, -1] = 1
    return found


@lru_cache(maxsize=4)
def _shares(model: Linear) -> Floats:
    """Return what the heading, the bullet and the section count, a row each with a number per column of the model."""
    shares = np.zeros((3, len(model.intercepts)), dtype=np.float32)
    for dimension, counted in SHARES.items():
        if dimension in model.blocks:
            shares[:, model.blocks[dimension]] = np.asarray(counted)[:, None]
    return shares


def _mean_of_others(rows: Floats, numbers: Sequence[int]) -> Floats:
    """Return for each row the mean of the other rows of its number; zeros where there are none."""
    sizes = np.array([len(list(group)) for _, group in groupby(numbers)])
    sums = np.repeat(np.add.reduceat(rows, sizes.cumsum() - sizes), sizes, axis=0)
    others = np.maximum(np.repeat(sizes, sizes) - 1, 1)
    return np.asarray((sums - rows) / others[:, None], dtype=np.float32)
