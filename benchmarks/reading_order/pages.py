"""Typesets bullets into pages whose truth is known.

What belongs here: breaking lines, placing them in columns, drawing the PDF. What does not: texts (`texts`), what
extractors make of a PDF (`extract`). Lengths are in points; `y` grows downwards from the top of the page.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pyphen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HEIGHT, WIDTH = 842.0, 595.0
RUNNING = "Verslag van de bijeenkomsten"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FACES = ("Helvetica", "Times-Roman", "DejaVuSans", "DejaVuSerif", "DejaVuSansCondensed")


@dataclass(frozen=True, slots=True)
class Setting:
    """How pages are typeset; see `draw_setting` for the usual ranges."""

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
        broken: Whether it ends in the hyphen of a broken word.
        kind: `text`, `heading` or `furniture`.
    """

    page: int
    column: int
    x: float
    y: float
    text: str
    paragraph: int
    wraps: bool
    broken: bool
    kind: str
    face: str = "Helvetica"
    size: float = 10.0
    measure: float = 0.0


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
    source: str = field(default="")


@cache
def register(face: str) -> str:
    """Make a face known to reportlab and return its name."""
    path = DEJAVU / f"{face}.ttf"
    if face.startswith("DejaVu"):
        pdfmetrics.registerFont(TTFont(face, str(path)))
    return face


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")


@cache
def measure(text: str, face: str, size: float) -> float:
    """Return the width of a text in points."""
    return float(pdfmetrics.stringWidth(text, register(face), size))


def broken_lines(text: str, width: float, face: str, size: float, hyphenated: bool) -> list[tuple[str, bool]]:
    """Return the lines of a paragraph, each with whether it ends in a broken word."""
    lines: list[tuple[str, bool]] = []
    space = measure(" ", face, size)
    now: list[str] = []
    used = 0.0
    for word in text.split():
        rest = word
        while True:
            need = measure(rest, face, size) + (space if now else 0.0)
            if used + need <= width or (not now and not hyphenated):
                now.append(rest)
                used += need
                break
            if hyphenated and rest.isalpha() and len(rest) > 6:
                room = width - used - (space if now else 0.0)
                heads = [(a, b) for a, b in _hyphens().iterate(rest) if measure(a + "-", face, size) <= room]
                if heads:
                    head, tail = heads[0]
                    lines.append((" ".join([*now, f"{head}-"]), True))
                    now, used, rest = [], 0.0, tail
                    continue
            if not now:
                now.append(rest)
                used = width
                break
            lines.append((" ".join(now), False))
            now, used = [], 0.0
    if now:
        lines.append((" ".join(now), False))
    return lines


class Typesetter:
    """Flows paragraphs through columns and pages."""

    def __init__(self, setting: Setting, rng: random.Random, most: int) -> None:
        self.setting, self.rng, self.most = setting, rng, most
        self.lines: list[Drawn] = []
        inner = WIDTH - 2 * setting.margin - (setting.columns - 1) * setting.gutter
        first = inner * setting.ratio / (setting.ratio + setting.columns - 1) if setting.columns > 1 else inner
        others = (inner - first) / max(setting.columns - 1, 1)
        self.widths = [first] + [others] * (setting.columns - 1)
        self.lefts = [setting.margin]
        for width in self.widths[:-1]:
            self.lefts.append(self.lefts[-1] + width + setting.gutter)
        self.page, self.column, self.top = 0, 0, 70.0
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

    def full(self, text: str, paragraph: int, size: float, kind: str) -> None:
        """Set a paragraph over the full width, at the top of a page."""
        s = self.setting
        pieces = broken_lines(text, WIDTH - 2 * s.margin, s.face, size, False)
        for n, (piece, broken) in enumerate(pieces):
            wraps = n + 1 < len(pieces)
            self.lines.append(
                Drawn(self.page, 0, s.margin, self.y, piece, paragraph, wraps, broken, kind, s.face, size)
            )
            self.y += size * 1.25
        self.y += 10
        self.top = self.y

    def add(self, text: str, paragraph: int, kind: str) -> None:
        """Set a paragraph; it ends early when the pages are full."""
        s = self.setting
        size = s.size + 1 if kind == "heading" else s.size
        if kind == "heading" and self.y > self.top + 1:
            self.y += s.leading * 0.6
        if s.pictures and self.rng.random() < 0.08:
            self.y += self.rng.uniform(2.0, 8.0) * s.leading
        pieces: list[tuple[str, bool]] = []
        width = self.widths[self.column]
        pieces = broken_lines(text, width, s.face, size, s.hyphenated)
        room = (self._bottom() - self.y) / s.leading
        if self.done():
            return
        if (not s.split or kind == "heading" or len(pieces) < 4) and len(pieces) > room:
            self._next_column()
            if self.done():
                return
            pieces = broken_lines(text, self.widths[self.column], s.face, size, s.hyphenated)
        left = pieces
        while left:
            if self.y > self._bottom():
                rest = " ".join(piece for piece, _ in left)
                self._next_column()
                if self.done():
                    return
                left = broken_lines(_unhyphened(left) or rest, self.widths[self.column], s.face, size, s.hyphenated)
            piece, broken = left.pop(0)
            column = self.column
            self.lines.append(
                Drawn(
                    self.page, column + 1, self.lefts[column], self.y, piece, paragraph, bool(left), broken, kind,
                    s.face, size, self.widths[column] if s.justified and left else 0.0,
                )
            )  # fmt: skip
            self.y += s.leading
        self.y += s.gap * s.leading


def _unhyphened(pieces: Sequence[tuple[str, bool]]) -> str:
    text = ""
    for piece, broken in pieces:
        text += piece[:-1] if broken else piece + " "
    return text.strip()


def typeset(setting: Setting, texts: Sequence[str], titles: Sequence[str], rng: random.Random, pages: int = 1) -> Book:
    """Set texts into pages until these are full.

    Args:
        setting: How.
        texts: Bullets in order.
        titles: Headings to choose from.
        rng: Decides where headings and pictures stand.
        pages: At most this many.
    """
    register(setting.face)
    setter = Typesetter(setting, rng, pages)
    paragraphs: list[tuple[str, str]] = []
    chapter, number = rng.randint(1, 6), rng.randint(1, 4)
    queue = list(texts)
    if setting.title:
        paragraphs.append((titles[0], "heading"))
        setter.full(titles[0], 0, 17, "heading")
    if setting.intro:
        intro = " ".join(queue[:3])
        queue = queue[3:]
        paragraphs.append((intro, "text"))
        setter.full(intro, len(paragraphs) - 1, setting.size, "text")
    for text in queue:
        if setter.done():
            break
        if setting.headings and rng.random() < 0.13:
            title = f"{chapter}.{number} {rng.choice(titles)}"
            number += 1
            setter.add(title, len(paragraphs), "heading")
            paragraphs.append((title, "heading"))
        body = f"{setting.bullets} {text}" if setting.bullets else text
        setter.add(body, len(paragraphs), "text")
        paragraphs.append((body, "text"))
    lines = _truncated(setter.lines)
    return Book(setting, (*lines, *(_furniture(setting, lines) if setting.furniture else ())), tuple(paragraphs))


def _furniture(setting: Setting, lines: Sequence[Drawn]) -> list[Drawn]:
    """Return a running header and a page number for each page."""
    found = []
    for page in sorted({line.page for line in lines}):
        for text, x, y in ((RUNNING, setting.margin, 36.0), (f"{page + 7}", WIDTH / 2, HEIGHT - 24.0)):
            found.append(Drawn(page, 0, x, y, text, -1, False, False, "furniture", setting.face, 8.0))
    return found


def _truncated(lines: Sequence[Drawn]) -> list[Drawn]:
    """A paragraph that the last page cut off does not wrap onto anything."""
    if not lines:
        return []
    return [*lines[:-1], replace(lines[-1], wraps=False)]


def draw_setting(rng: random.Random, columns: int, statements: bool) -> Setting:
    """Return a setting drawn from what reports use."""
    size = rng.choice((8.5, 9.0, 9.5, 10.0, 10.5, 11.0) if columns < 3 else (7.5, 8.0, 8.5, 9.0))
    return Setting(
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
        ratio=rng.choice((1.0,) * 5 + (0.8, 1.25)) if columns == 2 else 1.0,
        offset=rng.choice((0.0, 0.0, 0.0, 5.0, 17.0, 33.0)),
        fill=rng.choice((1.0, 1.0, 0.8, 0.6, 0.4)),
        unequal_end=rng.choice((1.0, 1.0, 0.85, 0.6)),
        title=rng.random() < 0.25,
        intro=rng.random() < 0.15,
        headings=rng.random() < 0.7,
        pictures=rng.random() < 0.2,
        bullets=rng.choice(("",) * 6 + ("•", "–")),
        furniture=rng.random() < 0.5,
        split=rng.random() < 0.6,
        spaces=rng.random() < 0.5,
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
    if line.measure and spare > 0 and count and not line.face.startswith("DejaVu"):
        text.setWordSpace(spare / count)
    text.textOut(line.text + (" " if setting.spaces and line.wraps and not line.broken else ""))
    canvas.drawText(text)
