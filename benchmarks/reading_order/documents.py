"""Documents as the pipeline gets them, bytes, with what was drawn behind every byte.

What belongs here: typesetting a case, extracting it, turning the text into bytes as users have them. What does not:
judging what is made of these (`whole`).
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ftfy.bad_codecs  # noqa: F401  registers `sloppy-windows-1252`, which leaves no byte undefined

from benchmarks.reading_order import pages, texts, truth
from benchmarks.reading_order.extract import extract
from benchmarks.reading_order.faces import HELD_OUT
from benchmarks.reading_order.settings import Case, Characters

CODECS: dict[Characters, str] = {"mac-roman": "mac-roman", "windows-1252": "sloppy-windows-1252"}


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its truth.

    Attributes:
        raw: Its bytes.
        owners: For each byte the number of the drawn character that it is of, counted over the non-space characters of
            `book.lines` in their order; -1 for white space.
        book: What was drawn, as the extractor put its lines together.
        pages: Its pages without furniture, characters clean: what the layout alone is judged on.
        wanted: The text of every paragraph of the book as far as it was drawn, empty where nothing was.
        extraction: Seconds of processor time that pdfplumber takes for its PDF.
    """

    raw: bytes
    owners: Sequence[int]
    book: pages.Book
    pages: tuple[truth.Page, ...]
    wanted: tuple[str, ...]
    extraction: float


Bullets = Callable[[texts.Part, int, int], list[str]]


def make(case: Case, part: texts.Part, number: int, folder: Path, bullets_of: Bullets | None = None) -> Document | None:
    """Return a document of a case, or None when it has no truth.

    It has none when some drawn line is not found in what was extracted, and a control has none when the extractor did
    not give it in order.

    Args:
        case: How it is set and extracted.
        part: Whose texts are set.
        number: Which document; the same number gives the same document.
        folder: Where its PDF is written.
        bullets_of: Gives its bullets, by part, seed and number; those of the case by default.
    """
    book = _book(case, part, number, bullets_of)
    path = folder / f"{number}.pdf"
    pages.draw(book, path, case.by)
    begun = time.process_time()
    woven = extract(path, "pdfplumber")
    extraction = time.process_time() - begun
    aligned = _aligned(woven if case.extractor == "pdfplumber" else extract(path, case.extractor), book)
    if aligned is None:
        return None
    if (book.setting.spaces and case.extractor == "pdfplumber") if case.spaces is None else case.spaces:
        aligned = [_with_spaces(page) for page in aligned]
    made = build(aligned, book, case.characters, extraction)
    return None if case.group == "controls" and not _in_order(made) else made


def _book(case: Case, part: texts.Part, number: int, bullets_of: Bullets | None) -> pages.Book:
    """Return what is drawn of a case."""
    rng = random.Random(f"{part} {case.columns} {case.statements} {case.pages} {number}")
    source = bullets_of or _source(case)
    bullets = source(part, rng.randrange(10**9), 160 * case.pages[1])
    setting = pages.draw_setting(rng, case.columns, case.statements)
    if rng.random() < 0.2 and setting.face != "Carlito":
        setting = replace(setting, face=rng.choice(HELD_OUT))
    titles: Sequence[str] = texts.headings(part, number, 12)
    opens = None
    if case.report:
        report = (texts.outline_of_short if case.short else texts.outline)(part, number, len(bullets))
        bullets, titles, opens = list(report.bullets), report.titles, report.opens
        setting = pages.as_report(setting, rng)
    setting = replace(setting, **case.changes)  # type: ignore[arg-type]
    return pages.typeset(setting, bullets, titles, rng, rng.randint(*case.pages), opens)


def _source(case: Case) -> Bullets:
    if case.short:
        return texts.bullets_of_short
    return texts.bullets_of_statements if case.statements else texts.bullets_of_prose


def _in_order(document: Document) -> bool:
    """Return whether the text of a document, furniture aside, comes in the order in which it was set."""
    body = sum(len(truth.bare(line.text)) for line in document.book.lines if line.kind != "furniture")
    found = [owner for owner in document.owners if 0 <= owner < body]
    return found == sorted(found)


def build(
    aligned: Sequence[truth.Page], book: pages.Book, characters: Characters = "clean", extraction: float = 0.0
) -> Document:
    """Return the document that extracted pages make.

    Args:
        aligned: Its pages, each aligned in the book of the one before.
        book: What was drawn, before any lines were put together.
        characters: What became of these.
        extraction: Seconds.
    """
    drawn = aligned[-1].book
    raw, owners = _bytes(aligned, _numbers(drawn), characters)
    bare = tuple(replace(_without_furniture(page), book=drawn) for page in aligned)
    return Document(raw, owners, drawn, bare, _wanted(book), extraction)


def _aligned(extracted: Sequence[Sequence[str]], book: pages.Book) -> list[truth.Page] | None:
    found: list[truth.Page] = []
    for number, lines in enumerate(extracted):
        found.append(truth.align(lines, book, number))
        book = found[-1].book
        if not truth.complete(found[-1]):
            return None
    return found


def _with_spaces(page: truth.Page) -> truth.Page:
    """Return a page with the space that many programs keep after a soft-wrapped line."""
    lines = tuple(
        truth.make_line(line.number, line.text.rstrip() + (" " if parts and parts[-1].spaced else ""))
        for line, parts in zip(page.lines, page.parts, strict=True)
    )
    return replace(page, lines=lines)


def _without_furniture(page: truth.Page) -> truth.Page:
    """Return a page without its headers and footers."""
    lines, kept = [], []
    for line, parts in zip(page.lines, page.parts, strict=True):
        body = tuple(part for part in parts if part.kind != "furniture")
        if body or not parts:
            text = line.text
            for part in parts:
                if part not in body:  # in the margin beside a row of text
                    text = text.removeprefix(part.text).removesuffix(part.text)
            lines.append(truth.make_line(line.number, text))
            kept.append(body)
    return replace(page, lines=tuple(lines), parts=tuple(kept))


def _numbers(book: pages.Book) -> dict[int, range]:
    """Return the numbers of the characters of every drawn line, by its identity."""
    found, at = {}, 0
    for line in book.lines:
        size = len(truth.bare(line.text))
        found[id(line)] = range(at, at + size)
        at += size
    return found


def _bytes(aligned: Sequence[truth.Page], numbers: dict[int, range], characters: Characters) -> tuple[bytes, list[int]]:
    """Return the bytes of a document, form feeds between its pages, and their owners."""
    raw, owners = bytearray(), []
    for page in aligned:
        if raw:
            raw += b"\f"
            owners.append(-1)
        for line, parts in zip(page.lines, page.parts, strict=True):
            ids = iter([number for part in parts for number in numbers[id(part)]])
            drawn = truth.added(line.text)
            for place, char in enumerate(line.text + "\n"):
                made = _encoded(char, characters)
                raw += made
                owners += [next(ids, -1) if place >= drawn and truth.bare(char) else -1] * len(made)
    return bytes(raw), owners


def _encoded(char: str, characters: Characters) -> bytes:
    """Return the UTF-8 bytes of a character; mojibake was once decoded as another encoding and encoded again."""
    once = char.encode("utf-8")
    return once if characters == "clean" else once.decode(CODECS[characters]).encode("utf-8")


def _wanted(book: pages.Book) -> tuple[str, ...]:
    """Return the paragraphs as far as they were drawn; a hyphen at which the pages end stays, for nothing joins it."""
    after = {"space": " ", "broken": "", "glued": ""}
    found = [""] * len(book.paragraphs)
    body = [line for line in book.lines if line.paragraph >= 0]
    for number, line in enumerate(body, start=1):
        broken = line.end == "broken" and any(other.paragraph == line.paragraph for other in body[number:])
        text = line.text[:-1] if broken else line.text
        found[line.paragraph] += text + (after[line.end] if line.wraps else "")
    return tuple(text.strip() for text in found)
