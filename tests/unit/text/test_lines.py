import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.text.encoding import decode
from pipeline.text.language import load_language
from pipeline.text.lines import is_next_line, split_lines

NL = load_language("nl")


def lines_of(text: str):
    return split_lines(decode(text.encode(), NL))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een\ntwee\n", [(1, "een"), (1, "twee")]),
        ("een \r\n\r\ntwee\rdrie", [(1, "een "), (1, ""), (1, "twee"), (1, "drie")]),
        ("een\n\ftwee\f", [(1, "een"), (2, "twee")]),
        ("een\ftwee\n", [(1, "een"), (2, "twee")]),
        ("een\n\x0etwee", [(1, "een"), (1, "twee")]),
        ("een\u2028twee\u2029drie\vvier", [(1, "een"), (1, "twee"), (1, "drie"), (1, "vier")]),
        ("een\u2028\ftwee", [(1, "een"), (2, "twee")]),
        ("Één\x85twee\ndrie", [(1, "Één"), (1, "twee"), (1, "drie")]),
        ("een \x85\x85twee\x85", [(1, "een "), (1, ""), (1, "twee")]),
        ("een\x85 twee\ndrie", [(1, "een… twee"), (1, "drie")]),
        ("een\x85\ntwee", [(1, "een…"), (1, "twee")]),
        ("een\n\x85en twee", [(1, "een"), (1, "…en twee")]),
        ("een\x85twee, zo\x92n drie\n", [(1, "een…twee, zo’n drie")]),
        ("\xc3\x85land\n", [(1, "Åland")]),
        ("\f\fdrie", [(1, ""), (2, ""), (3, "drie")]),
    ],
)
def test_line_ends_and_form_feeds_part_lines_and_pages(text, expected):
    assert [(line.page, line.text) for line in lines_of(text).lines] == expected


def test_a_column_break_is_told_and_ends_with_its_page():
    assert [(line.page, line.column) for line in lines_of("een\n\x0etwee\n\x0edrie\fvier").lines] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
    ]


def test_a_byte_order_mark_is_no_character_of_the_first_line():
    found = split_lines(decode(b"\xef\xbb\xbfeen\n", NL))
    assert found.mark == (0, 3)
    assert found.lines[0].bytes_of(0, 3) == (3, 6)


def test_a_line_that_no_page_could_hold_is_refused():
    with pytest.raises(UnreadableError) as caught:
        split_lines(decode(b"kort\n" + b"a" * 101, NL), max_line=100)
    assert (caught.value.kind, caught.value.line) == ("line_too_long", 2)


@given(st.text(max_size=80))
def test_lines_hold_every_byte_that_is_no_line_end(text):
    raw = ("x" + text).encode()
    try:
        found = split_lines(decode(raw, NL))
    except UnreadableError:
        return
    held = b"".join(raw[line.offsets[0] : line.offsets[-1]] for line in found.lines)
    ends = "\r\n\f\v\x0e\x1f\u2028\u2029" + "\x85" * is_next_line("x" + text)
    assert held.decode() == ("x" + text).translate(dict.fromkeys(map(ord, ends)))
    assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
    assert sum(map(len, found.pages)) == len(found.lines)


def test_what_pdfium_dropped_is_judged_as_a_line_end():
    text = "op vrijdag\ufffeen zaterdagavond met haar ex\ufffepartners, de mensen\ufffehandel in Val\ufffeMeer\n"
    found = split_lines(decode(text.encode(), NL), NL)
    assert found.lines[0].text == "op vrijdag- en zaterdagavond met haar ex-partners, de mensenhandel in Val-Meer"
    assert [repair.after for repair in found.repairs] == ["- ", "-", "", "-"]


def test_a_line_between_cells_without_a_blank_one_ends_the_table_and_the_next_cell_opens_another():
    found = split_lines(
        decode(b"\x1fActie\n\n\x1fWie\n\n\x1fMeer bankjes\fDaarna\x1fActie\n\n\x1fWie\n\n\x1fOns", NL), NL
    )
    cells = [line.text for line in found.lines if line.row and line.text]
    assert cells == ["Actie", "Wie", "Meer bankjes", "Actie", "Wie", "Ons"]
    named = [found.lines[place].text for place in sorted(found.tables.names)]
    assert named == ["Actie", "Wie", "Actie", "Wie"]


def test_the_lines_of_a_cell_are_marked_until_a_blank_one():
    found = split_lines(decode(b"\x1fMeer\nbankjes\n\n\x1fWie\n\nDaarna", NL))
    assert [(line.text, line.row) for line in found.lines if line.text] == [
        ("Meer", True),
        ("bankjes", True),
        ("Wie", True),
        ("Daarna", False),
    ]
