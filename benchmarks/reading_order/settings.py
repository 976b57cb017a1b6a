"""Which settings are measured, and the bars they have to reach.

What belongs here: names, how each is typeset and extracted, the project's bars. What does not: doing it (`documents`),
judging it (`whole`, `measure`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Group = Literal["two columns", "three columns", "several pages", "controls", "other extractors"]
Characters = Literal["clean", "mac-roman", "windows-1252"]


@dataclass(frozen=True, slots=True)
class Case:
    """One setting that is measured.

    Attributes:
        group: Whose bars hold for it.
        columns: On every page.
        statements: Whether the texts are statements written for this project, rather than prose.
        extractor: One of `extract.EXTRACTORS`.
        by: In which order the PDF is drawn, see `pages.draw`.
        pages: Least and most pages of a document.
        characters: Whether the bytes were once read in a wrong encoding.
        spaces: Whether a space stands after soft-wrapped lines; None: as the setting drew it.
        changes: What differs from a drawn `pages.Setting`.
        report: Whether the statements are those of a report, with its own headings.
        short: Whether every bullet is one short statement.
    """

    group: Group
    columns: int
    statements: bool
    extractor: str
    by: str = "columns"
    pages: tuple[int, int] = (1, 1)
    characters: Characters = "clean"
    spaces: bool | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    report: bool = False
    short: bool = False


LONG, LONGER = (2, 4), (3, 6)
CROWDED = {"pictures": True, "quotes": True, "unequal_end": 0.7}
CASES: Mapping[str, Case] = {
    "two columns, statements": Case("two columns", 2, True, "pdfplumber"),
    "two columns, prose": Case("two columns", 2, False, "pdfplumber"),
    "two columns, 2 to 4 pages": Case("two columns", 2, True, "pdfplumber", pages=LONG, changes={"furniture": True}),
    "two columns, pictures and pull quotes": Case("two columns", 2, True, "pdfplumber", changes=CROWDED),
    "two unequal columns": Case("two columns", 2, True, "pdfplumber", changes={"ratio": 1.3, "offset": 17.0}),
    "two columns, hyphenated, justified": Case(
        "two columns", 2, False, "pdfplumber", changes={"hyphenated": True, "justified": True}
    ),
    "two columns, spaces at line ends": Case("two columns", 2, True, "pdfplumber", spaces=True),
    "two columns, no spaces at line ends": Case("two columns", 2, True, "pdfplumber", spaces=False),
    "two columns, Mac Roman mojibake": Case("two columns", 2, False, "pdfplumber", characters="mac-roman"),
    "two columns, Windows-1252 mojibake": Case("two columns", 2, False, "pdfplumber", characters="windows-1252"),
    "two columns, reports": Case("two columns", 2, True, "pdfplumber", report=True),
    "two columns, reports without numbers": Case(
        "two columns", 2, True, "pdfplumber", changes={"numbering": "none"}, report=True
    ),
    "two columns, short statements": Case("two columns", 2, True, "pdfplumber", short=True),
    "three columns, reports": Case("three columns", 3, True, "pdfplumber", report=True),
    "three columns, statements": Case("three columns", 3, True, "pdfplumber"),
    "three columns, prose": Case("three columns", 3, False, "pdfplumber"),
    "three columns, short statements": Case("three columns", 3, True, "pdfplumber", short=True),
    "two columns, short statements, 3 to 6 pages": Case(
        "several pages", 2, True, "pdfplumber", pages=LONGER, short=True
    ),
    "one column, short statements, 3 to 6 pages": Case(
        "several pages", 1, True, "pdfplumber", pages=LONGER, short=True
    ),
    "two columns by rows, pypdf": Case("other extractors", 2, True, "pypdf", "rows"),
    "two columns by rows, pypdfium2": Case("other extractors", 2, True, "pypdfium2", "rows"),
    "two columns, pdftotext -layout": Case("other extractors", 2, True, "pdftotext -layout"),
    "three columns, pdftotext -layout": Case("other extractors", 3, True, "pdftotext -layout"),
    "two columns, 2 to 4 pages, the PDF itself": Case("other extractors", 2, True, "bloemlezing", pages=LONG),
    "control: one column, statements": Case("controls", 1, True, "pdfplumber"),
    "control: one column, prose": Case("controls", 1, False, "pdfplumber"),
    "control: one column, 2 to 4 pages": Case(
        "controls", 1, True, "pdfplumber", pages=LONG, changes={"furniture": True}
    ),
    "control: one column, Mac Roman mojibake": Case("controls", 1, False, "pdfplumber", characters="mac-roman"),
    "control: one column, short statements": Case("controls", 1, True, "pdfplumber", short=True),
    "control: columns in order, short statements, pypdf": Case("controls", 2, True, "pypdf", short=True),
    "control: columns in order, pypdf": Case("controls", 2, True, "pypdf"),
    "control: columns in order, pypdfium2": Case("controls", 2, False, "pypdfium2"),
    "control: columns in order, pdftotext": Case("controls", 2, False, "pdftotext"),
    "control: columns in order, 2 to 4 pages, pypdf": Case("controls", 2, False, "pypdf", pages=LONG),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure has to reach.

    Attributes:
        figure: Key in a row of figures.
        title: What it is.
        value: The bar.
        most: Whether the figure may be at most, rather than at least, this.
    """

    figure: str
    title: str
    value: float
    most: bool = False

    def met(self, figure: float) -> bool:
        """Return whether a figure reaches the bar."""
        return figure <= self.value if self.most else figure >= self.value


_ALWAYS = (
    Bar("sections", "bullets in the right section", 0.97),
    Bar("calibration", "calibration error of `reading_confidence`", 0.05, most=True),
    Bar("uncovered", "bytes not covered exactly once", 0, most=True),
)
_TIME = Bar("milliseconds", "milliseconds a page of 50 lines", 20, most=True)
BARS: Mapping[Group, tuple[Bar, ...]] = {
    "two columns": (
        Bar("verbatim", "bullets recovered", 0.95),
        Bar("neighbours", "neighbours in order", 0.97),
        *_ALWAYS,
        _TIME,
    ),
    "three columns": (Bar("verbatim", "bullets recovered", 0.88), *_ALWAYS, _TIME),
    "controls": (
        Bar("verbatim", "bullets recovered", 0.995),
        Bar("harm", "bullets that the given order had and ours lost", 0, most=True),
        *_ALWAYS,
        Bar("milliseconds", "milliseconds a page of 50 lines", 2, most=True),
    ),
    "several pages": (*_ALWAYS, _TIME),
    "other extractors": (*_ALWAYS, _TIME),
}
