"""The verdict of the rules of form on a statement: its type, modality and direction together.

What belongs here: the order in which the rules are asked. What does not: the rules (`form`, `direction`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.coding.direction import Directed, direction_cues, judge_direction
from pipeline.coding.evidence import Evidence
from pipeline.coding.form import Judgement, judge_modality, judge_type
from pipeline.coding.lexicon import Hit


class Verdict(NamedTuple):
    """What the rules of form say of a statement, and the cues of direction that do not speak of a harm."""

    kind: Judgement
    modality: Judgement
    direction: Directed
    cues: Sequence[tuple[str, Hit]] = ()


def judge(evidence: Evidence) -> Verdict:
    """Return the verdict of the rules."""
    kind = judge_type(evidence, empty=not evidence.of("theme") and not evidence.of("instrument"))
    cues = direction_cues(evidence)
    return Verdict(kind, judge_modality(evidence, kind), judge_direction(evidence, kind, cues), cues)


def harm_alone(evidence: Evidence, verdict: Verdict) -> bool:
    """Whether there are direction cues and all speak of a harm: less of it is what every wish is for, no direction."""
    return not verdict.cues and bool(evidence.of("direction"))
