"""Breaks a paragraph into lines, as word processors do: first fit, at spaces, after hyphens, within words.

What belongs here: where a line ends and what that end stands for. What does not: where lines stand (`pages`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pyphen

from benchmarks.reading_order.faces import measure

# What stood at the end of a line before it was broken: a space; nothing, as the hyphen of a broken word was added;
# nothing, as the line ends in a hyphen or slash that is part of the word.
End = Literal["space", "broken", "glued"]
_WORD = re.compile(r"(\W*)([^\W\d_]{7,})(\W*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a paragraph and what its end stands for; that of the last says `space`."""

    text: str
    end: End


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")


def broken_lines(
    text: str, width: float, face: str, size: float, *, hyphenated: bool = False, after: str = "-"
) -> list[Piece]:
    """Return the lines of a paragraph.

    Args:
        text: The paragraph on one line.
        width: Of a line, in points; a word that is wider alone sticks out.
        face: Its type face.
        size: Of the type, in points.
        hyphenated: Whether long words may be broken.
        after: Marks between letters after which any word may be broken.
    """
    lines: list[Piece] = []
    now, used = "", 0.0
    for part, glued in _parts(text, after):
        joint = "" if glued or not now else " "
        rest = part
        while (need := measure(joint + rest, face, size)) > width - used:
            room = width - used - measure(joint, face, size)
            head, tail = _hyphened(rest, room, face, size) if hyphenated else ("", rest)
            if not head and not now:
                break
            lines.append(Piece(f"{now}{joint}{head}-", "broken") if head else Piece(now, "glued" if glued else "space"))
            now, used, joint, rest = "", 0.0, "", tail
        now, used = now + joint + rest, used + need
    return [*lines, Piece(now, "space")] if now else lines


def _parts(text: str, after: str) -> Iterator[tuple[str, bool]]:
    """Yield what a line may not be broken within, and whether it is glued to what stands before it."""
    inner = re.compile(rf"(?<=[^\W\d_]{{2}}[{re.escape(after)}])(?=[^\W\d_]{{2}})")
    for word in text.split():
        for number, part in enumerate(inner.split(word)):
            yield part, number > 0


def _hyphened(word: str, room: float, face: str, size: float) -> tuple[str, str]:
    """Return the longest part of a word that fits with a hyphen, and the rest; the first is empty when none does."""
    match = _WORD.fullmatch(word)
    if match is None:
        return "", word
    before, letters, behind = match.groups()
    for head, tail in _hyphens().iterate(letters):
        if measure(f"{before}{head}-", face, size) <= room:
            return before + head, tail + behind
    return "", word


def unbroken(pieces: Sequence[Piece]) -> str:
    """Return the text of which these are lines."""
    text = ""
    for piece in pieces:
        text += {"space": f"{piece.text} ", "broken": piece.text[:-1], "glued": piece.text}[piece.end]
    return text.strip()
