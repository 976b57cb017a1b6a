import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.text.encoding import decode
from pipeline.text.language import load_language

NL = load_language("nl")
DUTCH = "De coördinatie van cliënten is “goed” – één café, ’s avonds.\nVoor 5 € meer opvang.\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("windows-1252", "windows-1252"),
        ("mac-roman", "mac-roman"),
    ],
)
def test_every_supported_encoding_is_found_and_every_character_placed(codec, found):
    raw = DUTCH.encode(codec)
    decoded = decode(raw, NL)
    assert decoded.encoding == found
    assert decoded.text.lstrip("\ufeff") == DUTCH
    codec = "utf-8" if found == "utf-8-sig" else found
    for i, char in enumerate(decoded.text):
        assert raw[decoded.offsets[i] : decoded.offsets[i + 1]].decode(codec) == char
    assert decoded.offsets[-1] == len(raw)


def test_a_code_page_of_ms_dos_is_told_by_letters_that_are_usual():
    text = "De coördinatie van cliënten is één idee van patiënten.\n"  # "ë" is "â" in Mac Roman
    decoded = decode(text.encode("cp850"), NL)
    assert (decoded.encoding, decoded.text) == ("cp850", text)


def test_utf_16_with_a_big_endian_mark():
    assert decode(codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"), NL).encoding == "utf-16-be"


@pytest.mark.parametrize(
    ("raw", "kind", "line"),
    [
        (b"", "empty", None),
        (b" \r\n\f\t", "empty", None),
        (codecs.BOM_UTF8 + b"\n", "empty", None),
        (b"een\ntwee\x00drie", "binary", 2),
        (b"%PDF-1.7 en meer", "binary", None),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<p>Meer opvang.</p>", "binary", None),
        ("<HTML lang=nl>Meer opvang.".encode("utf-16"), "binary", None),
        (b'<?xml version="1.0"?><p>Meer opvang.</p>', "binary", None),
        (bytes(range(1, 9)) * 30, "binary", None),
        ("Eén cliënt.\nTwee cliënten.\n".encode() + b"caf\xe9", "undecodable", 3),
        ("日本語のテキスト".encode("shift-jis") * 9, "undecodable", 1),
        ("Eén".encode("utf-32"), "undecodable", None),
        (codecs.BOM_UTF16_LE + b"a\x00b", "undecodable", 1),
    ],
)
def test_what_is_not_text_is_refused_with_a_reason(raw, kind, line):
    with pytest.raises(UnreadableError) as caught:
        decode(raw, NL)
    assert (caught.value.kind, caught.value.line) == (kind, line)


def test_the_limit_on_size_is_the_callers():
    with pytest.raises(UnreadableError, match="more than the limit of 10"):
        decode(b"een lange tekst", NL, max_bytes=10)


@given(st.binary(max_size=200))
def test_any_bytes_are_placed_exactly_or_refused(raw):
    try:
        decoded = decode(raw, NL)
    except UnreadableError:
        return
    codec = "utf-8" if decoded.encoding == "utf-8-sig" else decoded.encoding
    assert raw.decode(codec) == decoded.text
    assert list(decoded.offsets) == [len(decoded.text[:i].encode(codec)) for i in range(len(decoded.text) + 1)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n",
        b"a\x00b",
        b"\xff\xfea",
        bytes(range(1, 256)) * 8,
        b"\x01" * 99,
        b"%PDF-",
        b"x" * 101,
        b"\xff\xfe\0\0",
    ],
)
def test_what_cannot_be_read_says_what_to_do(raw):
    with pytest.raises(UnreadableError, match=r"; (get|extract|convert|split|mend)"):
        decode(raw, NL, 100)
