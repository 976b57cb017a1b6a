"""The values that the stages of the text core hand to each other.

What belongs here: small frozen dataclasses without behaviour beyond slicing. What does not: any rule about text.

Positions come in two kinds. *Characters* index the cleaned text of one `Line`. *Bytes* count from the start of the raw
file. `Line.offsets` is the only bridge between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["statement", "heading", "furniture", "quarantine"]
Layout = Literal["single", "columns"]


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of a document after character repair, before anything about layout is decided.

    Attributes:
        number: 1-based position in the document; a form feed ends a line as a line break does.
        page: 1-based page.
        text: Repaired text without its line end. Leading and trailing spaces are kept: they are evidence of layout.
        offsets: `len(text) + 1` ascending byte positions; character `i` stands for the raw bytes
            `offsets[i]:offsets[i + 1]`. A repair may make a character stand for several raw ones.
    """

    number: int
    page: int
    text: str
    offsets: Sequence[int] = field(repr=False)

    def bytes_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw byte range of the characters `start:end`."""
        return self.offsets[start], self.offsets[end]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line that stands in one column, without surrounding white space.

    Attributes:
        line: The line it is part of.
        start: First character in `line.text`.
        end: One past the last character.
        column: 1-based column, counted from the left.
        opens: Whether a new paragraph (bullet or heading) opens here rather than continuing the column's last one.
        confidence: Probability, 0 to 1, that this segment stands at the right place of the reading order.
    """

    line: Line
    start: int
    end: int
    column: int
    opens: bool
    confidence: float

    @property
    def text(self) -> str:
        """The characters of the segment."""
        return self.line.text[self.start : self.end]

    @property
    def spaced(self) -> bool:
        """Whether white space follows on the same line and nothing else: the mark of a soft-wrapped line."""
        tail = self.line.text[self.end :]
        return bool(tail) and not tail.strip()


@dataclass(frozen=True, slots=True)
class PageReading:
    """How one page was read.

    Attributes:
        layout: `columns` when lines were split or the page was found to hold columns, else `single`.
        segments: All segments in reading order (column by column). Together they hold every non-space character of the
            lines that were given, each exactly once.
        confidence: Probability, 0 to 1, that the layout was judged rightly.
    """

    layout: Layout
    segments: tuple[Segment, ...]
    confidence: float
