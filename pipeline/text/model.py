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
        column: 1-based column on its page as the file itself marks it (U+000E starts one); 1 when it marks none.
        row: Whether it is of a table: a row with tabs between its cells, or a line of one cell.
        goes_on: Whether it goes on with the cell of the line above.
    """

    number: int
    page: int
    text: str
    offsets: Sequence[int] = field(repr=False)
    column: int = 1
    row: bool = False
    goes_on: bool = False

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
        woven: Whether its columns had been woven together line by line.
    """

    layout: Layout
    segments: tuple[Segment, ...]
    confidence: float
    woven: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start:end` of a line become `after`."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repaired range of raw bytes, enough to replay the repair.

    Attributes:
        start: First raw byte.
        end: One past the last raw byte.
        kind: Name of the fixer, for example `mojibake`, `ligature`, `soft_hyphen`, `space`, `markdown`,
            `line_end_hyphen`.
        before: The characters as decoded.
        after: What stands in the text instead; empty when they were removed.
    """

    start: int
    end: int
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A range of characters of one line, without surrounding white space: the unit of provenance.

    Attributes:
        line: The line.
        start: First character in `line.text`.
        end: One past the last character.
    """

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the fragment."""
        return self.line.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    Attributes:
        number: Its number as printed (`4.5`, `A`, `Hoofdstuk 4`), or an empty string.
        title: Its words without the number.
        level: Depth, from 1 for the highest.
    """

    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading or a bullet: segments that belong together, in reading order.

    Attributes:
        segments: At least one segment; lines may lie apart where columns were woven.
        heading: What it says when it is a heading, else None: then it is a bullet.
    """

    segments: tuple[Segment, ...]
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class Statement:
    """The unit of analysis, before it has an identifier.

    Attributes:
        text: What it says, on one line, single spaces, words that were broken at line ends joined.
        fragments: The characters it is made of, in reading order. The fragments of a bullet's statements hold every
            non-space character of the bullet exactly once: a connecting word or a bullet glyph that is not in `text`
            is still in a fragment, with a `Repair` that says it was left out.
        repairs: Repairs made while joining lines and cutting statements. Concatenating the fragments (with a space
            between two of them, unless the first ends in a hyphen repair) and applying the repairs gives `text`.
    """

    text: str
    fragments: tuple[Fragment, ...]
    repairs: tuple[Repair, ...]
