"""From spans to what is published: settling overlaps, writing placeholders.

What belongs here: spans of one text. What does not: finding them.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.privacy.model import Finding

Span = tuple[int, int, str]
"""Start and end of a detail in a text, in characters, and its kind."""


def settle(spans: Iterable[Span], placeholders: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return findings in order without overlap: spans that overlap become one, of the kind of the longest.

    >>> settle([(0, 3, "age"), (2, 9, "date")], {"age": "[A]", "date": "[D]"})
    (Finding(start=0, end=9, kind='date', placeholder='[D]'),)
    """
    merged: list[tuple[int, int, str, int]] = []
    for start, end, kind in sorted({span for span in spans if span[0] < span[1]}):
        size = end - start
        if merged and start < merged[-1][1]:
            first, last, former, longest = merged[-1]
            merged[-1] = (first, max(last, end), kind if size > longest else former, max(size, longest))
        else:
            merged.append((start, end, kind, size))
    return tuple(Finding(start, end, kind, placeholders[kind]) for start, end, kind, _ in merged)


def redact(text: str, findings: Sequence[Finding]) -> str:
    """Return the text with a placeholder for each finding; findings are in order and do not overlap."""
    parts: list[str] = []
    done = 0
    for finding in findings:
        parts += [text[done : finding.start], finding.placeholder]
        done = finding.end
    return "".join([*parts, text[done:]])
