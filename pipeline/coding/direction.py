"""Whether a statement wants more, less, a start, a stop or an improvement: direction, by cues and by form.

What belongs here: rules over the cues of direction and the clause that they stand in. What does not: type and modality
(`form`), and any word of a language.
"""

from collections.abc import Sequence
from typing import TypeAlias

from pipeline.coding import words as w
from pipeline.coding.evidence import Evidence
from pipeline.coding.form import Judgement, asked, ended
from pipeline.coding.heads import Form
from pipeline.coding.lexicon import Hit
from pipeline.coding.zones import MAIN

Directed: TypeAlias = tuple[tuple[str, ...], float, Hit | None]
"""Codes of direction, how sure, and the words that show it."""


def judge_direction(  # noqa: PLR0911 - a cascade of rules
    evidence: Evidence, statement_type: Judgement, cues: Sequence[tuple[str, Hit]]
) -> Directed:
    """Return the direction (two codes for a contrast pair), how sure, and the words that show it."""
    kind = statement_type.code
    if kind in ("problem", "question", "fragment"):
        return ("none",), 0.85, None
    if kind == "argument":
        return _argued(evidence, cues)
    if not cues:
        return _unmarked(evidence, kind)
    first = cues[0][1]
    words = {code for code, _ in cues if code in ("more", "less")}
    if words == {"more", "less"} and evidence.reading.form is not Form.FINITE:
        return ("more", "less"), 0.75, first
    firm = [(code, hit) for code, hit in cues if code != "start" and evidence.reading.zones[hit.start] == MAIN]
    if firm:
        certainty = 0.85 if len({code for code, _ in firm}) == 1 else 0.6
        return (firm[0][0],), certainty, firm[0][1]
    loose = [(code, hit) for code, hit in cues if code != "start"]
    if loose and (kind == "outcome" or asked(evidence)):
        return (loose[0][0],), 0.5, loose[0][1]
    return _unmarked(evidence, kind)


def direction_cues(evidence: Evidence) -> list[tuple[str, Hit]]:
    """Return the direction cues in the order of the text, without those that speak of a harm."""
    cues = [
        (code, hit)
        for code, hits in evidence.of("direction").items()
        for hit in hits
        if not _of_harm(code, hit, evidence)
    ]
    return sorted(cues, key=lambda cue: (cue[1].start, -cue[1].end))


def _of_harm(code: str, hit: Hit, evidence: Evidence) -> bool:
    if code not in ("less", "stop"):
        return False
    return any(hit.start < harm.end and harm.start <= hit.end + 1 for harm in evidence.marked("harm"))


def _unmarked(evidence: Evidence, kind: str) -> Directed:
    """Return the direction of a wish without a cue: a denied act stops, a comparative improves, else it starts."""
    flags = evidence.reading.main
    if ended(evidence):
        return ("improve",), 0.6, None
    if _denied(evidence):
        return ("stop",), 0.6, None
    if flags & w.COMPARATIVE:
        return ("improve",), 0.6, None
    if kind == "measure":
        return ("start",), 0.85, None
    if flags & w.INDEFINITE and flags & (w.EXISTENTIAL | w.HAVING):
        return ("start",), 0.6, None
    return ("none",), 0.6, None


def _denied(evidence: Evidence) -> bool:
    """Whether the main clause denies its verb: the negation stands between the same pauses and opens no contrast."""
    words, head = evidence.reading.words, evidence.reading.head
    if not evidence.reading.main & w.NEGATION:
        return False
    for at, word in enumerate(words):
        denies = word.flags & w.NEGATION and not word.flags & w.WITHOUT
        if not denies or evidence.reading.zones[at] != MAIN or at + 1 >= len(words):
            continue
        low, high = min(at, max(head, 0)), max(at, head)
        between = words[low : high + 1]
        contrast = at > 0 and words[at - 1].flags & w.COORDINATOR
        if not contrast and not any(other.flags & w.PAUSE for other in between):
            return not words[at + 1].flags & (w.PREPOSITION | w.BLOCKER)
    return False


def _argued(evidence: Evidence, cues: Sequence[tuple[str, Hit]]) -> Directed:
    """Return the side that an argument takes: what it speaks of, turned when it speaks against it."""
    if evidence.mark("averse", anywhere=True):
        hit = evidence.marked("averse")[0]
        return ("less",), 0.65, hit
    if evidence.reading.words[0].flags & w.WITHOUT:
        return ("more",), 0.8, None
    head = evidence.reading.head
    before = [(code, hit) for code, hit in cues if hit.start <= head and code in ("more", "less", "improve")]
    if before:
        return (before[0][0],), 0.6, before[0][1]
    return ("none",), 0.6, None
