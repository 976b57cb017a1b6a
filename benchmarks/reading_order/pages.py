"""Typesets bullets into pages whose truth is known.

What belongs here: how pages are set, placing lines in columns, drawing the PDF. What does not: texts (`texts`), where
lines break (`breaking`), headers and page numbers (`running`), what extractors make of a PDF (`extract`). Lengths are
in points; `y` grows downwards from the top of the page.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from benchmarks.reading_order.breaking import End, Piece, broken_lines, unbroken
from benchmarks.reading_order.faces import BUILT_IN, FACES, measure, register
from benchmarks.reading_order.running import PLAIN, Mark, draw_marks, standing

__all__ = ["Book", "Drawn", "Setting", "draw", "draw_setting", "register", "typeset"]

HEIGHT, WIDTH = 842.0, 595.0
_INTRO = 3  # texts over the full width, where a document has an introduction
# How the headings of a document are numbered.
NUMBERING: Mapping[str, str] = {
    "dotted": "{chapter}.{number} {title}",
    "deep": "{chapter}.2.{number} {title}",
    "chapter": "Hoofdstuk {number} {title}",
    "chapter:": "Hoofdstuk {number}: {title}",
    "recommendation": "Aanbeveling {number}: {title}",
    "theme": "Thema {number} {title}",
    "number": "{number}. {title}",
    "letter": "{letter}. {title}",
    "none": "{title}",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How pages are typeset; see `draw_setting` and `as_report` for the usual ranges."""

    columns: int = 2
    face: str = "Helvetica"
    size: float = 10.0
    leading: float = 12.5
    gap: float = 0.5
    justified: bool = False
    hyphenated: bool = False
    gutter: float = 20.0
    margin: float = 50.0
    ratio: float = 1.0
    offset: float = 0.0
    fill: float = 1.0
    unequal_end: float = 1.0
    title: bool = False
    intro: bool = False
    headings: bool = True
    pictures: bool = False
    bullets: str = ""
    furniture: bool = True
    split: bool = True
    spaces: bool = True
    breaks: str = "-"
    quotes: bool = False
    numbering: str = "dotted"
    marks: tuple[Mark, ...] = PLAIN
    first: int = 7
    contents: bool = False
    above: float = 0.6
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line as it was drawn.

    Attributes:
        page: From 0.
        column: From 1; 0 over the full width.
        x: Left edge.
        y: Baseline.
        text: Its words.
        paragraph: Number of its paragraph in reading order; -1 for furniture.
        wraps: Whether the paragraph goes on.
        end: What its end stands for; `space` when it does not wrap.
        kind: `text`, `quote`, `heading`, `title` (of the document) or `furniture`.
        measure: Width to which it was justified, or 0.
    """

    page: int
    column: int
    x: float
    y: float
    text: str
    paragraph: int
    wraps: bool
    end: End
    kind: str
    face: str = "Helvetica"
    size: float = 10.0
    measure: float = 0.0

    @property
    def spaced(self) -> bool:
        """Whether programs draw a space after it, since the paragraph goes on with another word."""
        return self.wraps and self.end == "space"


@dataclass(frozen=True, slots=True)
class Book:
    """Typeset pages in reading order, with their truth.

    Attributes:
        setting: How they were set.
        lines: In reading order; furniture last.
        paragraphs: Text and kind of each paragraph, as it was given.
    """

    setting: Setting
    lines: tuple[Drawn, ...]
    paragraphs: tuple[tuple[str, str], ...]


class Typesetter:
    """Flows paragraphs through columns and pages; headings, quotes and short paragraphs are kept whole."""

    def __init__(self, setting: Setting, rng: random.Random, most: int) -> None:
        self.setting, self.rng, self.most = setting, rng, most
        self.lines: list[Drawn] = []
        self.paragraphs: list[tuple[str, str]] = []
        inner = WIDTH - 2 * setting.margin - (setting.columns - 1) * setting.gutter
        first = inner * setting.ratio / (setting.ratio + setting.columns - 1) if setting.columns > 1 else inner
        others = (inner - first) / max(setting.columns - 1, 1)
        self.widths = [first] + [others] * (setting.columns - 1)
        self.lefts = [setting.margin]
        for width in self.widths[:-1]:
            self.lefts.append(self.lefts[-1] + width + setting.gutter)
        self.page, self.column, self.top = int(setting.contents and most > 1), 0, 70.0
        self.y = self.top

    def done(self) -> bool:
        """Return whether all pages are full."""
        return self.page >= self.most

    def _bottom(self) -> float:
        s = self.setting
        height = (HEIGHT - 70.0 - self.top) * s.fill
        return self.top + height * (s.unequal_end if self.column == s.columns - 1 else 1.0)

    def _next_column(self) -> None:
        self.column += 1
        if self.column == self.setting.columns:
            self.column, self.page, self.top = 0, self.page + 1, 70.0
        self.y = self.top + (self.setting.offset if self.column else 0.0)

    def _break(self, text: str, width: float, size: float) -> list[Piece]:
        s = self.setting
        return broken_lines(text, width, s.face, size, hyphenated=s.hyphenated, after=s.breaks)

    def full(self, text: str, size: float, kind: str) -> None:
        """Set a paragraph over the full width, at the top of a page."""
        s, paragraph = self.setting, len(self.paragraphs)
        self.paragraphs.append((text, kind))
        pieces = broken_lines(text, WIDTH - 2 * s.margin, s.face, size)
        for n, piece in enumerate(pieces):
            wraps = n + 1 < len(pieces)
            self.lines.append(
                Drawn(self.page, 0, s.margin, self.y, piece.text, paragraph, wraps, piece.end, kind, s.face, size)
            )
            self.y += size * 1.25
        self.y += 10
        self.top = self.y

    def add(self, text: str, kind: str) -> None:
        """Set a paragraph; it ends early when the pages are full."""
        s = self.setting
        self.paragraphs.append((text, kind))
        size = s.size + {"heading": 1, "quote": 3}.get(kind, 0)
        leading = 1.2 * size if kind == "quote" else s.leading
        if kind != "text" and self.y > self.top + 1:
            self.y += s.leading * s.above
        if s.pictures and self.rng.random() < 0.08:
            self.y += self.rng.uniform(2.0, 8.0) * s.leading
        if self.done():
            return
        left = self._break(text, self.widths[self.column], size)
        room = (self._bottom() - self.y) / leading - (2 if kind == "heading" else 0)
        if (not s.split or kind != "text" or len(left) < 4) and len(left) > room:
            self._next_column()
            if self.done():
                return
            left = self._break(text, self.widths[self.column], size)
        self._flow(left, kind, size, leading)
        self.y += s.leading * (s.gap + {"quote": 0.6, "heading": s.below}.get(kind, 0.0))

    def _flow(self, left: list[Piece], kind: str, size: float, leading: float) -> None:
        """Set the lines of the last paragraph; what does not fit in a column is broken anew for the next one."""
        s, paragraph = self.setting, len(self.paragraphs) - 1
        while left:
            if self.y > self._bottom():
                self._next_column()
                if self.done():
                    return
                left = self._break(unbroken(left), self.widths[self.column], size)
            piece = left.pop(0)
            column = self.column
            self.lines.append(
                Drawn(
                    self.page, column + 1, self.lefts[column], self.y, piece.text, paragraph, bool(left), piece.end,
                    kind, s.face, size, self.widths[column] if s.justified and left and kind == "text" else 0.0,
                )
            )  # fmt: skip
            self.y += leading


def typeset(
    setting: Setting,
    texts: Sequence[str],
    titles: Sequence[str],
    rng: random.Random,
    pages: int = 1,
    opens: Sequence[int] | None = None,
) -> Book:
    """Set texts into pages until these are full.

    Args:
        setting: How.
        texts: Bullets in order.
        titles: Headings, used in turn.
        rng: Decides where headings, pictures and pull quotes stand.
        pages: At most this many; a table of contents is one of them, and a single page has none.
        opens: Before which texts the headings stand, each before its own; by default before one text in eight.
    """
    register(setting.face)
    setter = Typesetter(setting, rng, pages)
    chapter, number = rng.randint(1, 6), rng.randint(1, 4)
    # Sections that open within the introduction have no heading, and leave theirs to none below.
    first = number if opens is None else sum(place < _INTRO for place in opens) if setting.intro else 0
    headings = _headings(setting.numbering, titles, chapter, number, first)
    if setting.title:
        setter.full(titles[0], 17, "title")
    if setting.intro:
        setter.full(" ".join(texts[:_INTRO]), setting.size, "text")
    for place, text in list(enumerate(texts))[_INTRO if setting.intro else 0 :]:
        if setter.done():
            break
        if setting.headings and (rng.random() < 0.13 if opens is None else place in opens):
            setter.add(next(headings), "heading")
        if setting.quotes and rng.random() < 0.08:
            setter.add(_quote(text, rng), "quote")
        setter.add(f"{setting.bullets} {text}".strip(), "text")
    lines = _truncated(setter.lines)
    contents = list(_contents(setting, lines, titles)) if setting.contents and pages > 1 else []
    furniture = _furniture(setting, [*contents, *lines]) if setting.furniture else ()
    return Book(setting, (*lines, *contents, *furniture), tuple(setter.paragraphs))


def _headings(style: str, titles: Sequence[str], chapter: int, number: int, first: int) -> Iterator[str]:
    """Yield headings without end: titles in turn from the first one on, numbered on from a number of a chapter."""
    for place in count():
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(number + place - 1) % 26]
        title = titles[(first + place) % len(titles)]
        yield NUMBERING[style].format(chapter=chapter, number=number + place, letter=letter, title=title)


def _quote(text: str, rng: random.Random) -> str:
    """Return a pull quote: the first words of the text beside it, in quotation marks."""
    words = text.split()[: rng.randint(7, 16)]
    opening, closing = rng.choice((("“", "”"), ("‘", "’"), ('"', '"')))
    return opening + " ".join(words).rstrip(".,;:") + closing


def _contents(setting: Setting, lines: Sequence[Drawn], titles: Sequence[str]) -> Iterator[Drawn]:
    """Yield the lines of a table of contents on the first page: the headings, or some titles where there are few."""
    entries = [(line.text, line.page) for line in lines if line.kind == "heading" and not line.wraps][:25]
    if len(entries) < 3:
        entries = [(title, 1 + number) for number, title in enumerate(titles[:8])]
    width = WIDTH - 2 * setting.margin
    texts = ["Inhoud"]
    for text, page in entries:
        room = width - measure(f"{text}  {page + setting.first}", setting.face, setting.size)
        dots = "." * max(int(room / measure(".", setting.face, setting.size)), 4)
        texts.append(f"{text} {dots} {page + setting.first}")
    for number, text in enumerate(texts):
        y = 90.0 + number * setting.size * 1.6
        yield Drawn(0, 0, setting.margin, y, text, -1, False, "space", "furniture", setting.face, setting.size)


def _furniture(setting: Setting, lines: Sequence[Drawn]) -> Iterator[Drawn]:
    """Yield the running headers, footers and page numbers of each page."""
    numbers = sorted({line.page for line in lines})
    for page in numbers:
        lowest = max(line.y for line in lines if line.page == page)
        for mark in setting.marks:
            y = {"top": mark.distance, "bottom": HEIGHT - mark.distance, "last row": lowest}[mark.edge]
            for text, side in standing(mark, page, len(numbers), setting.first):
                wide = measure(text, setting.face, 8.0)
                x = {"left": setting.margin, "centre": (WIDTH - wide) / 2, "right": WIDTH - setting.margin - wide}[side]
                if mark.edge == "last row":  # beside the columns
                    x = setting.margin - 12 - wide if side == "left" else WIDTH - setting.margin + 12
                yield Drawn(page, 0, x, y, text, -1, False, "space", "furniture", setting.face, 8.0)


def _truncated(lines: Sequence[Drawn]) -> list[Drawn]:
    """A paragraph that the last page cut off does not wrap onto anything."""
    if not lines:
        return []
    return [*lines[:-1], replace(lines[-1], wraps=False)]


def draw_setting(rng: random.Random, columns: int, statements: bool) -> Setting:
    """Return a setting drawn from what reports use."""
    size = rng.choice((8.5, 9.0, 9.5, 10.0, 10.5, 11.0) if columns < 3 else (7.5, 8.0, 8.5, 9.0))
    setting = Setting(
        columns=columns,
        face=rng.choice(FACES) if rng.random() < 0.7 else "Helvetica",
        size=size,
        leading=round(size * rng.choice((1.15, 1.2, 1.25, 1.3, 1.4, 1.5)), 2),
        gap=rng.choice((0.0, 0.25, 0.4, 0.5, 0.5, 0.6, 0.75, 1.0))
        if not statements
        else rng.choice((0.3, 0.5, 0.5, 1.0)),
        justified=rng.random() < 0.35,
        hyphenated=rng.random() < 0.4,
        gutter=rng.choice((14.0, 18.0, 22.0, 28.0)),
        margin=rng.choice((40.0, 50.0, 60.0, 70.0)),
        ratio=rng.choice((1.0,) * 10 + (0.65, 0.8, 1.25, 1.5)) if columns == 2 else 1.0,
        offset=rng.choice((0.0, 0.0, 0.0, 5.0, 17.0, 33.0)),
        fill=rng.choice((1.0, 1.0, 0.8, 0.6, 0.4)),
        unequal_end=rng.choice((1.0, 1.0, 0.85, 0.6)),
        title=rng.random() < 0.25,
        intro=rng.random() < 0.15,
        headings=rng.random() < 0.7,
        pictures=rng.random() < 0.2,
        bullets=rng.choice(("",) * 8 + ("•", "•", "–", "-")),
        furniture=rng.random() < 0.5,
        split=rng.random() < 0.6,
        spaces=rng.random() < 0.5,
        breaks=rng.choice(("-", "-", "-/")),
        quotes=rng.random() < 0.12,
        numbering=rng.choice(("dotted",) * 6 + tuple(NUMBERING)),
        marks=draw_marks(rng),
        first=rng.randint(1, 60),
        contents=rng.random() < 0.3,
    )
    # reportlab writes a bullet of the built-in faces as a byte that extractors do not know
    return replace(setting, face="Carlito") if setting.bullets == "•" and setting.face in BUILT_IN else setting


def as_report(setting: Setting, rng: random.Random) -> Setting:
    """Return a setting with headings as reports have them: many without numbers, more or less white around them."""
    return replace(
        setting,
        headings=True,
        numbering=rng.choice(("none",) * 8 + ("dotted",) * 4 + tuple(NUMBERING)),
        above=rng.choice((0.0, 0.3, 0.5, 0.6, 0.8, 1.0)),
        below=rng.choice((0.0, 0.0, 0.0, 0.3, 0.5)),
    )


def draw(book: Book, path: Path, by: str = "columns") -> None:
    """Write the PDF of a book.

    Args:
        book: What to draw.
        path: The file.
        by: `columns` draws text in reading order, `rows` by height, as some programs do.
    """
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    pages = max((line.page for line in book.lines), default=0) + 1
    for page in range(pages):
        lines = [line for line in book.lines if line.page == page]
        if by == "rows":
            lines.sort(key=lambda line: (line.y, line.x))
        for line in lines:
            _draw_line(canvas, line, book.setting)
        canvas.showPage()
    canvas.save()


def _draw_line(canvas: Canvas, line: Drawn, setting: Setting) -> None:
    text = canvas.beginText(line.x, HEIGHT - line.y)
    text.setFont(line.face, line.size)
    spare = line.measure - measure(line.text, line.face, line.size)
    count = line.text.count(" ")
    # The word space of the line before would hold on: it is a part of the page's state in PDF.
    text.setWordSpace(spare / count if line.measure and spare > 0 and count else 0)
    text.textOut(line.text + (" " if setting.spaces and line.spaced else ""))
    canvas.drawText(text)
