"""Words from letters."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.pdf.boxes import pages
from pipeline.pdf.words import Letter, Type, White, Word, words_of

EM = 10.0


def read(*letters: Letter) -> list[str]:
    return [word.text for word in words_of(letters, lambda _: Type(EM, bold=False))]


def letter(text: str, left: float, right: float, white: White = White.NONE, baseline: float = 100) -> Letter:
    return Letter(text, left, right, baseline, white, 0)


def test_letters_of_one_ligature_share_their_box_and_their_word():
    drawn = [letter("v", 0, 5), letter("t", 5, 14), letter("i", 5, 14), letter("g", 14, 19)]
    assert read(*drawn) == ["vtig"]


def test_a_letter_that_starts_far_back_or_stands_on_another_line_opens_a_word():
    assert read(letter("a", 0, 9), letter("b", 1, 9)) == ["a", "b"]
    assert read(letter("a", 0, 5), letter("b", 5, 10, baseline=112)) == ["a", "b"]


@pytest.mark.parametrize(("gap", "expected"), [(0.0, ["ab"]), (0.5, ["ab"]), (1.5, ["a", "b"])])
def test_white_space_that_is_guessed_parts_letters_only_where_there_is_some(gap, expected):
    assert read(letter("a", 0, 5), letter("b", 5 + gap, 10, White.GUESSED)) == expected


def test_white_space_that_is_drawn_always_parts_letters():
    assert read(letter("a", 0, 5), letter("b", 5, 10, White.DRAWN)) == ["a", "b"]


def drawn(*lines: tuple[str, float, float]) -> list[Word]:
    """Each line is a text, and how far it stands from the left and from the bottom of a page."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for text, x, y in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return list(pages(buffer.getvalue())[0])


def test_the_words_of_a_page_of_few_words_are_whole():
    found = drawn(("Zorg", 50, 700), ("Wonen", 250, 700), ("Werk", 450, 700))
    assert [word.text for word in found] == ["Zorg", "Wonen", "Werk"]


def test_words_on_one_baseline_share_the_edges_of_their_boxes_whatever_letters_they_have():
    found = drawn(("jij op 'm", 50, 700))
    assert len({(word.top, word.bottom) for word in found}) == 1
    assert found[0].bottom - found[0].top == pytest.approx(found[0].type.size)
