"""What a change of a codebook asks of its version.

What belongs here: comparing two states of a codebook, and whether the version moved far enough. What does not: reading
codebooks (`codebook`), and versions of releases (`pipeline.release.versions`).

The codebooks of this repository are held to it by a test, which compares them with the state that was published last.
"""

from typing import Literal

import semver

from pipeline.coding.codebook import Codebook, Dimension

Bump = Literal["none", "patch", "minor", "major"]

_RANKING: tuple[Bump, ...] = ("none", "patch", "minor", "major")


def required_bump(old: Codebook, new: Codebook) -> Bump:
    """Return how far the version must move from one state of a codebook to the next.

    Major: a code or dimension vanished, was redefined, moved to another parent, or a cardinality or default changed.
    Minor: a code or dimension was added or retired. Patch: wording of labels, notes and examples. None: no change.
    """
    if any(dimension.id not in new.by_id for dimension in old.dimensions):
        return "major"
    steps: list[Bump] = ["minor" if len(new.dimensions) > len(old.dimensions) else "none"]
    steps += [_dimension_bump(dimension, new.by_id[dimension.id]) for dimension in old.dimensions]
    return max(steps, key=_RANKING.index)


def version_fault(old: Codebook, new: Codebook) -> str | None:
    """Return what is wrong with the version of a codebook that was changed, and what to do; None when nothing is."""
    needed = required_bump(old, new)
    before, after = semver.Version.parse(old.version), semver.Version.parse(new.version)
    least = {"none": after, "patch": before.bump_patch(), "minor": before.bump_minor(), "major": before.bump_major()}
    if after >= least[needed]:
        return None
    return f"{new.path}: a {needed} change since {before} needs version {least[needed]} or later, not {after}"


def _dimension_bump(old: Dimension, new: Dimension) -> Bump:
    shape = (old.cardinality, old.secondary, old.most, old.default)
    if shape != (new.cardinality, new.secondary, new.most, new.default):
        return "major"
    for code in old.codes:
        successor = new.by_id.get(code.id)
        if successor is None or (successor.definition, successor.parent) != (code.definition, code.parent):
            return "major"
    if any(code.id not in old.by_id or code.status != old.by_id[code.id].status for code in new.codes):
        return "minor"
    return "none" if old == new else "patch"
