"""What the privacy gate says of a text.

What belongs here: values. What does not: any rule.
"""

from dataclasses import dataclass
from typing import Literal

Privacy = Literal["clear", "redacted", "withheld"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """An identifying detail.

    Attributes:
        start: First character in the original text.
        end: One past the last character; always more than `start`.
        kind: What it is, for example `name` or `telephone`.
        placeholder: What stands in its place, for example `[NAAM]`.
    """

    start: int
    end: int
    kind: str
    placeholder: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a text may be published.

    Attributes:
        privacy: `clear` as it is, `redacted` with placeholders, or `withheld` altogether.
        text: What may be published: the text itself, the text with placeholders, or None.
        findings: Details in the original text, in order and without overlap. Also given when the text is withheld, so
            never publish them without `privacy`.
        triggers: Why it is withheld, for example `first_person`; `error` when the gate failed. Else empty.
    """

    privacy: Privacy
    text: str | None
    findings: tuple[Finding, ...] = ()
    triggers: tuple[str, ...] = ()
