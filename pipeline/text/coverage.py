"""Conservation of text: every non-space byte of a raw file has exactly one place.

What belongs here: turning what became of a document into spans of raw bytes, and proving that none is missing or
counted twice. What does not: deciding what anything is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.text.model import Fragment, Line, Role

_NON_SPACE = re.compile(rb"[^ \t\r\n\f\v]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of raw bytes and what it is.

    Attributes:
        start: First byte.
        end: One past the last.
        page: 1-based page.
        line: 1-based line.
        role: What the bytes are.
        owner: Key of the statement or section that they are part of, or None.
    """

    start: int
    end: int
    page: int
    line: int
    role: Role
    owner: str | None


def fragment_spans(fragments: Iterable[Fragment], role: Role, owner: str | None) -> Iterator[Span]:
    """Yield a span for every fragment that stands for any bytes."""
    for fragment in fragments:
        start, end = fragment.line.bytes_of(fragment.start, fragment.end)
        if start < end:
            yield Span(start, end, fragment.line.page, fragment.line.number, role, owner)


def line_fragment(line: Line) -> Fragment | None:
    """Return the whole of a line without surrounding white space, or None when it is blank."""
    start = len(line.text) - len(line.text.lstrip())
    end = len(line.text.rstrip())
    return Fragment(line, start, end) if start < end else None


def tile(raw: bytes, spans: Iterable[Span], unit: int = 1) -> tuple[Span, ...]:
    """Return spans in byte order that hold every non-space byte.

    A byte that no character of the text stands for (a byte order mark, a removed zero-width space between words, the
    zero bytes of UTF-16 white space) goes with the span before it, or with the first one. A document without any span
    is furniture as a whole.

    Args:
        raw: The bytes of the file.
        spans: Disjoint spans.
        unit: Bytes that a character takes at least; spans begin and end at multiples of it.
    """
    ordered = sorted(spans, key=lambda span: span.start)
    if not ordered:
        ordered = [Span(0, 0, 1, 1, "furniture", None)]
    tiled: list[Span] = []
    first = _NON_SPACE.search(raw, 0, ordered[0].start)
    if first:
        ordered[0] = replace(ordered[0], start=first.start() // unit * unit)
    for span, following in pairwise([*ordered, None]):
        assert span is not None
        limit = following.start if following else len(raw)
        end = span.end
        for match in _NON_SPACE.finditer(raw, end, max(end, limit)):
            end = -(-match.end() // unit) * unit
        if end > span.start:
            tiled.append(span if end == span.end else replace(span, end=end))
    return tuple(tiled)


def bytes_not_covered_once(raw: bytes, spans: Iterable[tuple[int, int]]) -> int:
    """Return how many non-space bytes are in no span, plus how many bytes are in more than one or outside the file."""
    wrong = at = 0
    for start, end in sorted(spans):
        wrong += max(0, min(end, at) - start) + max(0, end - max(start, len(raw)))
        wrong += sum(len(match.group()) for match in _NON_SPACE.finditer(raw, at, max(at, start)))
        at = max(at, end)
    return wrong + sum(len(match.group()) for match in _NON_SPACE.finditer(raw, at))


def faults(raw: bytes, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return what is wrong with the coverage of a file, in words; an empty list proves conservation.

    Args:
        raw: The bytes of the file.
        spans: Start and end of every span, in any order.
    """
    found = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            found.append(f"bytes {start} to {min(end, at)} are in two spans")
        if start >= end or end > len(raw):
            found.append(f"span {start} to {end} is empty or ends outside the file of {len(raw)} bytes")
        missed = _NON_SPACE.search(raw, at, max(at, start))
        if missed:
            found.append(f"bytes {missed.start()} to {missed.end()} are in no span")
        at = max(at, end)
    missed = _NON_SPACE.search(raw, at)
    if missed:
        found.append(f"bytes {missed.start()} to {missed.end()} are in no span")
    return found
