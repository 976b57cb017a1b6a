"""The blocks of a Markdown document: paragraphs, items, headings, rows of tables, code.

What belongs here: which lines belong together, and what they are. What does not: marks inside lines (`inline`), which
lines in bold are headings, and what is made of blocks (`marks`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.text.headings import LONGEST, MOST_WORDS
from pipeline.text.markdown.forms import ITEM, UNDERLINE, is_table_rule

DEEPEST = 6
"""Most hashes of a heading."""

_HASHED = re.compile(r"\s{0,3}(?P<hashes>#{1,6})\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|\{\d+\}-{10,})$")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})[\w-]*\s*$")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]\s]+\]:\s+(?=\S)")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]^]+\]:\s+<?(?:\w+://|mailto:|[./#])\S+\s*$")
_METADATA = re.compile(r"[\w-]+\s*:|\s+\S|-\s|\s*$")
_OPEN_COMMENT = re.compile(r"\s*<!--(?!.*-->)")

Kind = Literal["text", "item", "heading", "row", "code"]


@dataclass(slots=True)
class Block:
    """Lines that belong together.

    Attributes:
        kind: What they are.
        lines: Their places.
        starts: Where the text of each begins, behind marks that are taken out; a glyph before it is text.
        hashes: With how many a heading is marked; 0 when it is marked in another way or is none.
        apart: A blank line, or one that is left out, stands above.
    """

    kind: Kind
    lines: list[int]
    starts: list[int]
    hashes: int = 0
    apart: bool = False


def read_blocks(texts: Sequence[str]) -> tuple[list[Block], set[int]]:
    """Return the blocks of a document in order, and the places of lines that hold no text.

    Args:
        texts: Its lines.
    """
    left_out = set(_metadata(texts))
    return _Reader(texts, left_out).read(), left_out


class _Reader:
    """Reads the blocks of a document line by line.

    Args:
        texts: Its lines.
        left_out: Places of lines that hold no text; those that it finds are added.
    """

    def __init__(self, texts: Sequence[str], left_out: set[int]) -> None:
        self._texts, self._left_out = texts, left_out
        self._blocks: list[Block] = []
        self._block: Block | None = None  # that a line may go on with
        self._fenced = self._commented = self._quoted = False
        self._apart = True

    def read(self) -> list[Block]:
        """Return the blocks in order."""
        for place, text in enumerate(self._texts):
            if place in self._left_out or self._says_nothing(text):
                self._left_out.add(place)
                self._end()
            elif not text.strip():
                self._end()
            elif self._fenced:
                self._add(Block("code", [place], [len(text)]))
            else:
                self._take(place)
        return self._blocks

    def _says_nothing(self, text: str) -> bool:
        """Return whether a line holds nothing but marks, or stands in a comment."""
        if self._commented or (not self._fenced and _OPEN_COMMENT.match(text)):
            self._commented = "-->" not in text
            return True
        if _FENCE.match(text):
            self._fenced = not self._fenced
            return True
        below = self._block is not None and UNDERLINE.match(text)
        return not self._fenced and bool(below or _RULE.match(text) or _REFERENCE.match(text))

    def _end(self) -> None:
        self._block, self._apart, self._quoted = None, True, False

    def _take(self, place: int) -> None:
        """Put a line into a block of its own, or the one above."""
        text = self._texts[place]
        quote = _QUOTE.match(text)
        start = quote.end() if quote else 0
        opened = self._opened(place, start)
        if opened is None and (self._block is None or (quote is not None and not self._quoted)):
            opened = Block("text", [place], [start])
        self._quoted = quote is not None
        if opened is None and self._block is not None:
            self._block.lines.append(place)
            self._block.starts.append(start)
        elif opened is not None:
            self._add(opened)
            if opened.kind == "text" and opened.apart and UNDERLINE.match(self._below(place)) and may_head(text):
                opened.kind = "heading"
        self._apart = False

    def _add(self, block: Block) -> None:
        block.apart = self._apart or (self._block is not None and self._block.kind in ("heading", "row"))
        self._blocks.append(block)
        self._block, self._apart = block, False

    def _below(self, place: int) -> str:
        return self._texts[place + 1] if place + 1 < len(self._texts) else ""

    def _opened(self, place: int, start: int) -> Block | None:
        """Return the block that a line opens by its own form, or None."""
        text, above = self._texts[place], self._block.kind if self._block else None
        if hashed := _HASHED.match(text, start):
            if may_head(text[hashed.end() :]):
                return Block("heading", [place], [hashed.start("hashes")], len(hashed["hashes"]))
            return Block("text", [place], [hashed.end()])
        if note := _NOTE.match(text, start):
            return Block("text", [place], [note.end()])
        ruled = any(map(is_table_rule, (text, self._below(place))))
        if "|" in text and (ruled or above == "row"):
            return Block("row", [place], [start])
        item = ITEM.match(text, start)
        if item and (not item["number"] or above in (None, "item") or item["number"] == "1"):
            return Block("item", [place], [start])
        return Block("text", [place], [start]) if above in ("heading", "row") else None


def _metadata(texts: Sequence[str]) -> range:
    """Return the lines of the metadata with which a document opens."""
    if not texts or texts[0].strip() != "---":
        return range(0)
    end = next((place for place, text in enumerate(texts[1:], start=1) if text.strip() == "---"), 0)
    return range(end + 1) if end > 1 and all(_METADATA.match(text) for text in texts[1:end]) else range(0)


def may_head(text: str) -> bool:
    """Return whether a line is as short as a heading is for the text core, and no item of a list."""
    return len(text.strip()) < LONGEST - DEEPEST and len(text.split()) < MOST_WORDS and not ITEM.match(text)
