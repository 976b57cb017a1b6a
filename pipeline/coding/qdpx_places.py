"""Where the statements of a release stand in the texts of a REFI-QDA project that another program wrote again.

What belongs here: telling texts and characters apart by what stands there. What does not: what was coded
(`qdpx_reader`).

Positions count Unicode code points in the text as it stands, carriage returns included, as the standard has it.
ATLAS.ti, and QualCoder when it writes for MAXQDA, count a carriage return and its line feed as one; the selections tell
which it is.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.coding.qdpx import Line, countable, layout
from pipeline.coding.review import ReviewDocument, ReviewStatement


class Placed(NamedTuple):
    """Whose statements stand in a text, and where.

    Attributes:
        document: The document.
        lines: Its statements that are in the text.
    """

    document: ReviewDocument
    lines: list[Line]

    def line(self, span: tuple[int, int]) -> Line | None:
        """Return the statement that a range of characters is inside of, if any."""
        inside = (line for line in self.lines if line.start <= span[0] < span[1] <= line.end)
        return next(inside, None)


class Texts:
    """The texts of a release.

    Args:
        documents: Its documents.
    """

    def __init__(self, documents: Sequence[ReviewDocument]) -> None:
        self._documents = documents

    def find(self, text: str) -> Placed | None:
        """Return whose statements stand in a text, and where; None when no document has any of its lines.

        The text is that of a document as the project was written, or, when its line ends or the release changed since,
        of whichever document has most of its lines. A line that is no statement any more is left out.
        """
        if text in self._layouts:
            return self._layouts[text]
        shown = {line.removesuffix("\r") for line in text.split("\n")}
        counts = [sum(countable(one.text) in shown for one in document.statements) for document in self._documents]
        if not any(counts):
            return None
        document = self._documents[counts.index(max(counts))]
        return Placed(document, _same_lines(text, document))

    @cached_property
    def _layouts(self) -> dict[str, Placed]:
        found = {}
        for document in self._documents:
            text, lines = layout(document)
            found[text] = Placed(document, lines)
        return found


def _same_lines(text: str, document: ReviewDocument) -> list[Line]:
    """Return the lines of a text that are statements of a document, when all of the same text are there."""
    known: dict[str, list[ReviewStatement]] = {}
    for statement in document.statements:
        known.setdefault(countable(statement.text), []).append(statement)
    there: dict[str, list[int]] = {}
    at = 0
    for line in text.split("\n"):
        there.setdefault(line.removesuffix("\r"), []).append(at)
        at += len(line) + 1
    headings = {countable(statement.section or "") for statement in document.statements}
    return [
        Line(start, start + len(shown), statement)
        for shown, statements in known.items()
        if shown not in headings and len(there.get(shown, ())) == len(statements)
        for start, statement in zip(there[shown], statements, strict=True)
    ]


def as_counted(text: str, source: ET.Element, *, atlas: bool) -> str:
    """Return a text with its line ends as they are, or as line feeds when the selections fit it better so."""
    shorter = text.replace("\r\n", "\n")
    selections = source.findall("PlainTextSelection")
    texts = (shorter, text) if atlas else (text, shorter)
    return max(texts, key=lambda one: sum(_likeness(one, selection) for selection in selections))


def _likeness(text: str, selection: ET.Element) -> int:
    """Return how much a place is like one: inside a line, between words, and of the words that some programs quote."""
    start, end = int(selection.get("startPosition", 0)), int(selection.get("endPosition", 0))
    words = text[start:end]
    whole = sum(not (text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()) for at in (start, end))
    return whole + ("\n" not in words) + 4 * (words == selection.get("name"))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the white space at its ends, which people select by accident."""
    chosen = text[start:end]
    return start + len(chosen) - len(chosen.lstrip()), start + len(chosen.rstrip())
