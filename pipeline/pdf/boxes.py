"""Letters of a PDF page, where they stand and their type, by PDFium.

What belongs here: reading a PDF. What does not: which letters are a word (`pipeline.pdf.words`), and any decision about
order (`pipeline.pdf.columns`).
"""

import ctypes
import math
import re
import threading
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import UnreadableError
from pipeline.pdf.tables import Rule, rules_of, with_rules
from pipeline.pdf.words import Letter, Type, White, Word, words_of

_BREAKING_HYPHENS = (0x0002, 0xFFFE)
"""What PDFium gives for a hyphen that breaks a word at a line's end."""

_BOLD = re.compile(r"bold|black|heavy|demi|cmbx", re.IGNORECASE)
"""In the names of faces; *cmbx* is TeX's."""
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv|cmti|cmsl", re.IGNORECASE)
_FORCE_BOLD, _SLANTED = 1 << 18, 1 << 6
"""Flags of a font descriptor (ISO 32000-1, table 123)."""
_FAMILY = re.compile(r"(?:[A-Z]{6}\+)?(?P<family>[^-,+]*)")
"""The name of a face without the mark of a subset and without weight and slant."""
_NAME_BYTES = 128
_SEGMENTS_OF_BOX = 5
"""Of a path: a move, three or four lines, and one back."""

_LOCK = threading.Lock()
"""PDFium is not thread-safe."""


def pages(content: bytes) -> list[tuple[Word, ...]]:
    """Return the words of every page, in the order of the PDF's content stream.

    Raises:
        UnreadableError: when it is damaged, locked with a password, or has no text at all.
    """
    if not content:
        raise UnreadableError("empty", "is empty (0 bytes)")
    with _LOCK:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if "password" in str(error):
                raise UnreadableError("locked_pdf", "is locked with a password; store it without one") from error
            raise UnreadableError("bad_pdf", "is damaged and cannot be opened as a PDF; fetch it again") from error
        try:
            found = [_words(page) for page in document]
        finally:
            document.close()
    if not any(found):
        raise UnreadableError("no_text", "holds no text, only pictures; run character recognition (OCR) over it first")
    return found


def _words(page: pdfium.PdfPage) -> tuple[Word, ...]:
    textpage, height = page.get_textpage(), page.get_height()
    try:
        words = list(words_of(_letters(textpage.raw, height), _Types(textpage.raw)))
    finally:
        textpage.close()
    return with_rules(words, list(_rules(page.raw, height)))


def _rules(page: pdfium_c.FPDF_PAGE, height: float) -> Iterator[Rule]:
    """Yield what a page draws in straight lines and boxes, each a path of its own."""
    edges = [ctypes.c_float() for _ in range(4)]
    to_edges = [ctypes.byref(edge) for edge in edges]
    for number in range(pdfium_c.FPDFPage_CountObjects(page)):
        drawn = pdfium_c.FPDFPage_GetObject(page, number)
        if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium_c.FPDFPath_CountSegments(drawn) <= _SEGMENTS_OF_BOX:
            pdfium_c.FPDFPageObj_GetBounds(drawn, *to_edges)
            left, bottom, right, top = (edge.value for edge in edges)
            yield from rules_of(left, height - top, right, height - bottom)


def _letters(textpage: pdfium_c.FPDF_TEXTPAGE, height: float) -> Iterator[Letter]:
    """Yield the letters of a page. Each call to PDFium counts here, so what it writes to is made once."""
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_box, to_x, to_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    white = White.NONE
    for index in range(pdfium_c.FPDFText_CountChars(textpage)):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        char = "-" if code in _BREAKING_HYPHENS else chr(code)
        if char.isspace():
            if white is not White.DRAWN:
                white = White.GUESSED if pdfium_c.FPDFText_IsGenerated(textpage, index) == 1 else White.DRAWN
        elif code:
            pdfium_c.FPDFText_GetLooseCharBox(textpage, index, to_box)
            pdfium_c.FPDFText_GetCharOrigin(textpage, index, to_x, to_y)
            yield Letter(char, box.left, box.right, height - y.value, white, index)
            white = White.NONE


class _Types:
    """What the letters of a page are set in; asked once for each text object, and of its face once for each font."""

    def __init__(self, textpage: pdfium_c.FPDF_TEXTPAGE) -> None:
        self._textpage = textpage
        self._types: dict[int | None, Type] = {}
        self._same: dict[Type, Type] = {}
        self._faces: dict[int | None, tuple[bool, bool, str]] = {}
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._to_channels = [ctypes.byref(channel) for channel in self._channels]

    def __call__(self, letter: Letter) -> Type:
        drawn = pdfium_c.FPDFText_GetTextObject(self._textpage, letter.place)
        key = _address(drawn)
        if key not in self._types:
            matrix = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFText_GetMatrix(self._textpage, letter.place, ctypes.byref(matrix))
            size = pdfium_c.FPDFText_GetFontSize(self._textpage, letter.place) * math.hypot(matrix.b, matrix.d)
            font = _address(pdfium_c.FPDFTextObj_GetFont(drawn))
            if font not in self._faces:
                self._faces[font] = self._face(letter.place)
            found = Type(round(size, 1), *self._faces[font], self._colour(drawn))
            self._types[key] = self._same.setdefault(found, found)
        return self._types[key]

    def _face(self, index: int) -> tuple[bool, bool, str]:
        """Return whether a letter's face is bold, whether it is slanted, and the name of its family.

        The name of the face says more of its weight than what PDFium guesses.
        """
        name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        pdfium_c.FPDFText_GetFontInfo(self._textpage, index, name, _NAME_BYTES, ctypes.byref(flags))
        face = name.value.decode("utf-8", "replace")
        bold = bool(flags.value & _FORCE_BOLD) or _BOLD.search(face) is not None
        slanted = bool(flags.value & _SLANTED) or _ITALIC.search(face) is not None
        family = _FAMILY.match(face)
        return bold, slanted, family.group("family") if family else ""

    def _colour(self, drawn: pdfium_c.FPDF_PAGEOBJECT) -> int:
        """Return the colour in which a text object is filled, as 0xRRGGBB."""
        pdfium_c.FPDFPageObj_GetFillColor(drawn, *self._to_channels)
        red, green, blue, _ = (channel.value for channel in self._channels)
        return red << 16 | green << 8 | blue


def _address(pointer: Any) -> int | None:
    return ctypes.cast(pointer, ctypes.c_void_p).value
