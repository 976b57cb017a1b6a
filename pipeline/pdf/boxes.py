"""Words of a PDF page with their boxes and their type, by PDFium.

What belongs here: reading a PDF. What does not: any decision about order (`pipeline.pdf.columns`).
"""

import ctypes
import math
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_Box = tuple[float, float, float, float]
_Letter = tuple[str, _Box]

_BREAKING_HYPHENS = (0x0002, 0xFFFE)
"""What PDFium gives for a hyphen that breaks a word at a line's end."""

_BOLD = re.compile(r"bold|black|heavy|demi|cmbx", re.IGNORECASE)
"""In the names of faces; *cmbx* is TeX's."""
_FORCE_BOLD = 1 << 18
"""Flag of a font descriptor (ISO 32000-1, table 123)."""
_NAME_BYTES = 128

_LOCK = threading.Lock()
"""PDFium is not thread-safe."""


class PdfError(ValueError):
    """A PDF cannot be read.

    Attributes:
        kind: `bad_pdf`, or `no_text` when it holds only pictures.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True, order=True)
class Type:
    """What characters are set in.

    Attributes:
        size: In points, to a tenth.
        bold: Whether the face is bold.
    """

    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space between them, on one line.

    Attributes:
        text: The characters.
        left: In points from the page's left edge.
        right: Likewise.
        top: In points from the page's upper edge, of the font's height where it is known.
        bottom: Likewise.
        type: What its first character is set in.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    type: Type = Type(0.0, False)


def pages(content: bytes) -> list[tuple[Word, ...]]:
    """Return the words of every page, in the order of the PDF's content stream.

    Raises:
        PdfError: when it is damaged, locked with a password, or has no text at all.
    """
    if not content:
        raise PdfError("empty", "is empty (0 bytes)")
    with _LOCK:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if "password" in str(error):
                raise PdfError("locked_pdf", "is locked with a password; store it without one") from error
            raise PdfError("bad_pdf", "is damaged and cannot be opened as a PDF; fetch it again") from error
        try:
            found = [tuple(_words(page)) for page in document]
        finally:
            document.close()
    if not any(found):
        raise PdfError("no_text", "holds no text, only pictures; run character recognition (OCR) over it first")
    return found


def _words(page: pdfium.PdfPage) -> Iterator[Word]:
    height = page.get_height()
    textpage = page.get_textpage()
    letters: list[_Letter] = []
    kind = Type(0.0, False)
    try:
        for index in range(textpage.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(textpage, index)
            char = "-" if code in _BREAKING_HYPHENS else chr(code)
            box = textpage.get_charbox(index, loose=True)
            if letters and (char.isspace() or _apart(letters[-1][1], box)):
                yield _word(letters, height, kind)
                letters = []
            if not char.isspace() and code:
                kind = kind if letters else _type(textpage, index)
                letters.append((char, box))
        if letters:
            yield _word(letters, height, kind)
    finally:
        textpage.close()


def _apart(before: _Box, after: _Box) -> bool:
    """Return whether two characters that follow each other stand too far apart to be one word."""
    em = max(before[3] - before[1], 1.0)
    return abs(after[1] - before[1]) > em / 2 or not -em / 2 < after[0] - before[2] < em / 2


def _type(textpage: pdfium.PdfTextPage, index: int) -> Type:
    """Return what a character is set in; its face's name says more of its weight than what PDFium guesses."""
    matrix, name, flags = pdfium_c.FS_MATRIX(), ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
    pdfium_c.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    pdfium_c.FPDFText_GetFontInfo(textpage, index, name, _NAME_BYTES, ctypes.byref(flags))
    size = pdfium_c.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.b, matrix.d)
    bold = bool(flags.value & _FORCE_BOLD) or _BOLD.search(name.value.decode("utf-8", "replace")) is not None
    return Type(round(size, 1), bold)


def _word(letters: Sequence[_Letter], height: float, kind: Type) -> Word:
    boxes = [box for _, box in letters]
    return Word(
        "".join(char for char, _ in letters),
        min(box[0] for box in boxes),
        max(box[2] for box in boxes),
        height - max(box[3] for box in boxes),
        height - min(box[1] for box in boxes),
        kind,
    )
