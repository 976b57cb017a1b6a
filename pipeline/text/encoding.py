"""From raw bytes to characters, with the byte position of every character.

What belongs here: finding out whether bytes are text and in which encoding. What does not: mending wrongly decoded
characters inside text (`pipeline.text.repair`). Nothing is decoded with replacement characters: bytes that cannot be
trusted raise `UnreadableError`, and the caller quarantines the document.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.errors import UnreadableError
from pipeline.text.language import Language

DEFAULT_MAX_BYTES = 50 * 1024 * 1024
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
# U+0080 to U+009F are not among them: they are what becomes of UTF-8 or Windows-1252 that was read as Latin-1.
_ODD_CHARACTER = re.compile(r"[\x01-\x08\x0f-\x1e\x7f\ud800-\udfff\uffff]")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|(?!\xed[\xa0-\xbf])[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"{\\rtf", "RTF"),
)
_MARKUP = re.compile(r"[\ufeff\s]*<(?:!doctype\s|html[\s>]|head[\s>]|body[\s>]|\?xml\s)", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = ("windows-1252", "mac-roman", "cp850")
_MOST_CONTROLS = 0.01
"""Share of control characters above which bytes are taken for binary; text from PDFs stays far below."""
_RARE = 0.9  # fit of a letter that is rare in the language
_LEAST_FIT = 0.5
"""Mean fit (see `_fit`) below which no one-byte encoding is believed; Dutch text scores above 0.9 in the right one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's characters.

    Attributes:
        text: All characters as decoded, a byte order mark included.
        encoding: One of `schemas.tables.ENCODINGS`.
        offsets: `len(text) + 1` ascending byte positions.
    """

    text: str = field(repr=False)
    encoding: str
    offsets: Sequence[int] = field(repr=False)


def decode(raw: bytes, language: Language, max_bytes: int = DEFAULT_MAX_BYTES) -> Decoded:
    """Decode a raw file.

    Args:
        raw: The bytes of the file.
        language: Decides between one-byte encodings.
        max_bytes: Size above which a file is refused.

    Raises:
        UnreadableError: when the bytes are empty, too many, binary, or in no supported encoding.
    """
    _refuse_what_is_no_text(raw, max_bytes)
    encoding = _marked(raw) or _unmarked(raw, language)
    try:
        text = raw.decode(codec_of(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "undecodable",
            f"is marked as {encoding} but breaks off at byte {error.start}; get or extract it again",
            _line_at(raw, error.start),
        ) from error
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise UnreadableError("empty", "holds no characters but white space; extract its text again, or remove it")
    if _MARKUP.match(text):
        raise UnreadableError("binary", "is HTML or XML, not plain text; extract its text first")
    _refuse_control_characters(text)
    return Decoded(text, encoding, _offsets(text, encoding))


def codec_of(encoding: str) -> str:
    """Return the codec that keeps a byte order mark as a character, so that its bytes stay accounted for."""
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _refuse_what_is_no_text(raw: bytes, max_bytes: int) -> None:
    if not raw:
        raise UnreadableError("empty", "is empty (0 bytes); get or extract it again, or remove it")
    if len(raw) > max_bytes:
        raise UnreadableError(
            "too_large",
            f"has {len(raw):,} bytes, more than the limit of {max_bytes:,}; split it, or raise BLOEMLEZING_MAX_BYTES",
        )
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            raise UnreadableError("binary", f"is a {name} file, not text; extract its text first")


def _marked(raw: bytes) -> str | None:
    """Return the encoding that a byte order mark announces."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            if encoding is None:
                raise UnreadableError("undecodable", "is UTF-32, which is not supported; convert it to UTF-8")
            return encoding
    return None


def _unmarked(raw: bytes, language: Language) -> str:
    if b"\x00" in raw:
        return _utf16_without_mark(raw)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _one_byte(raw, language, error)
    return "utf-8"


def _utf16_without_mark(raw: bytes) -> str:
    """Return the byte order of UTF-16 text without a mark: its high bytes are nearly all zero, its low ones never."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    half = len(raw) / 2
    if len(raw) % 2 == 0 and odd > 0.7 * half and even == 0:
        return "utf-16-le"
    if len(raw) % 2 == 0 and even > 0.7 * half and odd == 0:
        return "utf-16-be"
    where = raw.index(0)
    raise UnreadableError(
        "binary",
        f"holds NUL bytes (the first at byte {where}), so it is not text; extract its text again",
        _line_at(raw, where),
    )


def _one_byte(raw: bytes, language: Language, error: UnicodeDecodeError) -> str:
    """Return the one-byte encoding whose characters fit the language best.

    Text that is UTF-8 for the most part is not handed to a one-byte encoding: that would turn every good character
    into two wrong ones.
    """
    line = _line_at(raw, error.start)
    if len(_CONTROL.findall(raw)) > _MOST_CONTROLS * len(raw):
        raise UnreadableError(
            "binary", f"is binary (no UTF-8 at byte {error.start}, and control bytes); extract its text again", line
        )
    good = len(_UTF8_SEQUENCE.findall(raw))
    bad = len(re.findall(rb"[\x80-\xff]", _UTF8_SEQUENCE.sub(b"", raw)))
    if good > bad:
        raise UnreadableError(
            "undecodable",
            f"is UTF-8 with {bad} broken bytes, the first at byte {error.start}; mend or re-extract it",
            line,
        )
    fits = [(_fit(raw, encoding, language), encoding) for encoding in _ONE_BYTE]
    fit, encoding = max(fits, key=lambda pair: pair[0])
    if fit < _LEAST_FIT:
        raise UnreadableError(
            "undecodable",
            f"is in no encoding that was recognised (byte {error.start} is no UTF-8); convert it to UTF-8",
            line,
        )
    return encoding


def _fit(raw: bytes, encoding: str, language: Language) -> float:
    """Return how well the characters beyond ASCII fit the language, from -1 to 1, on average.

    A letter fits inside or at the edge of a word, an opening mark before one, a closing mark behind one.
    """
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    known = language.data("encoding")
    scores = []
    for match in re.finditer(r"[^\x00-\x7f]", text):
        char, before, after = (
            match.group(),
            text[match.start() - 1 : match.start()],
            text[match.end() : match.end() + 1],
        )
        scores.append(_place(char, before, after, known))
    return sum(scores) / len(scores)


def _place(char: str, before: str, after: str, known: Mapping[str, str]) -> float:
    letters, common, opening, closing, signs = (
        known[name] for name in ("letters", "common", "opening", "closing", "signs")
    )
    beside_word = before.islower() or after.islower()
    if char in letters:
        fits = beside_word and (char.islower() or not before.islower())
        return (1.0 if char in common else _RARE) if fits else 0.2
    if char in opening:
        return 1.0 if after.isalnum() and not before.isalnum() else -0.5
    if char in closing:
        return 1.0 if before.isalnum() or before in ".,!?;:" else -0.5
    if char in signs or char == "\xa0":
        return 0.8 if not (before.isalpha() and after.isalpha()) else -0.5
    return -1.0


def _refuse_control_characters(text: str) -> None:
    odd = len(_ODD_CHARACTER.findall(text)) + text.count("\x00")
    if odd > max(2, _MOST_CONTROLS * len(text)):
        raise UnreadableError(
            "binary", f"holds {odd} control characters among {len(text)}, so it is not text; extract it again"
        )


def _offsets(text: str, encoding: str) -> Sequence[int]:
    """Return the byte position of every character, and the end."""
    if encoding in _ONE_BYTE or (encoding.startswith("utf-8") and text.isascii()):
        return range(len(text) + 1)
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    if encoding.startswith("utf-16"):
        widths = np.where(points > 0xFFFF, 4, 2)
    else:
        widths = 1 + (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
    offsets: list[int] = np.concatenate(([0], np.cumsum(widths))).tolist()
    return offsets


def _line_at(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1
