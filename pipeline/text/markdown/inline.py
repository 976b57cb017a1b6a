"""Marks inside the lines of a block: emphasis, links, code, escapes, tags, notes.

What belongs here: finding them, and what takes them out. What does not: marks that open a line (`blocks`).

Flanking follows CommonMark where that serves. Extractors do not keep to it where type changes inside a word or before a
space, so pairs of `**` are believed there too.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.text.markdown.blocks import Block
from pipeline.text.markdown.forms import ITEM, LINK, PICTURE
from pipeline.text.model import Edit

_BOX = re.compile(r"\[[ xX]\]\s+(?=\S)")
_TAGS = "a|b|br|center|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|ol|p|s|small|span|strong|sub|sup|u|ul"
_INLINE = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~]))."
    r"|(?P<ticks>`+)(?P<code>[^`\n]+)(?P=ticks)(?!`)"
    rf"|(?P<picture>{PICTURE})"
    rf"|{LINK}"
    r"|<(?P<address>\w+://[^<>\s]+|[^<>\s@]+@[^<>\s]+)>"
    r"|(?P<anchor>\[\^[^\]\s]+\]|<sup>\s*\[?\d{1,3}\]?\s*</sup>)"
    rf"|(?P<tag></?(?P<name>{_TAGS})(?:\s[^<>\n]*)?/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,4});)"
    r"|(?P<run>\*+|_+|~+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of marks that may open or close an emphasis."""

    start: int
    end: int
    mark: str
    opens: bool
    closes: bool


def inline_edits(texts: Sequence[str], block: Block) -> Iterator[tuple[int, Edit]]:
    """Yield the marks inside the lines of a block, with the line of each."""
    bodies = [texts[place][start:] for place, start in zip(block.lines, block.starts, strict=True)]
    body = "\n".join(bodies)
    begins = list(accumulate((len(one) + 1 for one in bodies[:-1]), initial=0))
    for edit in _edits_of(body):
        number = bisect_right(begins, edit.start) - 1
        shift = block.starts[number] - begins[number]
        yield block.lines[number], Edit(edit.start + shift, edit.end + shift, edit.after)


def _edits_of(text: str) -> Iterator[Edit]:
    """Yield what takes the marks out of a block's text; none holds a line end."""
    start = 0
    item = ITEM.match(text)
    if item:
        start = item.end()
        if box := _BOX.match(text, start):
            yield Edit(start, box.end(), "")
            start = box.end()
    runs: list[_Run] = []
    yield from _marks_inside(text, start, len(text), runs)
    for run in _paired(runs, text):
        yield Edit(run.start, run.end, "")
    for match in re.finditer(r"\\$", text, re.MULTILINE):
        yield Edit(match.start(), match.end(), "")


def _marks_inside(text: str, start: int, end: int, runs: list[_Run]) -> Iterator[Edit]:
    """Yield all marks but those of emphasis, which are collected in `runs`."""
    for match in _INLINE.finditer(text, start, end):
        if match["run"]:
            runs.append(_run(text, match.start(), match.end()))
        elif match["escape"]:
            yield Edit(match.start(), match.start() + 1, "")
        elif match["code"]:
            yield Edit(*match.span("ticks"), "")
            yield Edit(match.end("code"), match.end(), "")
        elif match["target"]:
            yield Edit(match.start(), match.start() + 1, "")
            yield from _marks_inside(text, match.start("label"), match.end("label"), runs)
            yield Edit(*match.span("target"), "")
        elif match["address"]:
            yield Edit(match.start(), match.start() + 1, "")
            yield Edit(match.end() - 1, match.end(), "")
        elif match["entity"]:
            meant = html.unescape(match.group())
            if len(meant) == 1 and meant.isprintable():
                yield Edit(*match.span(), meant)
        elif match["name"] and match["name"].lower() == "br":
            yield Edit(*match.span(), " ")
        else:
            yield Edit(*match.span(), "")


def _run(text: str, start: int, end: int) -> _Run:
    before, behind, mark = text[start - 1 : start], text[end : end + 1], text[start:end]
    inside = mark == "**"  # which extractors put inside a word, too
    opens = bool(behind.strip()) and (inside or not before.isalnum())
    closes = bool(before.strip()) and (inside or not behind.isalnum())
    return _Run(start, end, mark, opens, closes)


def _paired(runs: Sequence[_Run], text: str) -> Iterator[_Run]:
    """Yield the runs of marks that open and close an emphasis."""
    waiting: list[_Run] = []
    known = ("*", "**", "***", "_", "__", "___", "~~")
    for run in (run for run in runs if run.mark in known):
        opener = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n].mark == run.mark), None)
        if opener is not None and run.closes and waiting[opener].opens and run.start > waiting[opener].end:
            yield from (waiting[opener], run)
            del waiting[opener]
        else:
            waiting.append(run)
    # A space inside the marks: "**Wonen. **De gemeente", "** Wonen**".
    left = [run for run in waiting if run.mark == "**"]
    if len(left) % 2 == 0:
        for one, other in zip(left[::2], left[1::2], strict=True):
            if (one.opens or other.closes) and text[one.end : other.start].strip():
                yield from (one, other)
