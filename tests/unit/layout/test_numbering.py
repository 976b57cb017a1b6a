"""`numbering_of`: how the headings of a document are numbered, and what their order tells."""

import random

import pytest

from benchmarks.reading_order import pages, truth
from pipeline.text.language import load_language
from pipeline.text.layout import Numbering, numbering_of, open_page, read_page
from pipeline.text.layout.numbering import UNKNOWN
from pipeline.text.layout.page import _judge
from pipeline.text.model import Line
from pipeline.text.paging import read_pages
from tests.unit.layout.test_read_page import SHORT, columns_of

NL = load_language("nl")


def lines(*texts: str) -> list[Line]:
    """Return the lines of a page."""
    return [Line(n, 1, text, range(len(text) + 1)) for n, text in enumerate(texts, start=1)]


def numbered(*numbers: str) -> list[Line]:
    """Return a page of headings and what stands below them."""
    return lines(*(text for number in numbers for text in (f"{number} Wonen", "Er is meer opvang nodig.")))


def short_pages(columns: int, seed: int, count: int = 2) -> list[list[Line]]:
    """Return pages of short statements below numbered headings, as pdfplumber gives them."""
    rng = random.Random(seed)
    bullets = 3 * rng.sample(SHORT, len(SHORT))
    setting = pages.Setting(columns=columns, furniture=False, gap=rng.choice((0.3, 0.5, 1.0)), fill=0.4)
    book = pages.typeset(setting, bullets, ["Wonen", "Zorg en opvang", "Werk"], random.Random(seed), count)
    return [list(truth.woven(book, number, tail=False).lines) for number in range(count)]


WOVEN, GIVEN, OPEN = "woven", "given", "unknown"


@pytest.mark.parametrize(
    ("numbers", "orders"),
    [
        ([("4.1", "4.4", "4.2", "4.5", "4.3"), ("4.6", "4.7")], [WOVEN, OPEN]),
        ([("Thema 1", "Thema 3", "Thema 2", "Thema 4")], [WOVEN]),
        ([("3.", "1.", "4.", "2."), (), ("6.", "5.")], [WOVEN, OPEN, WOVEN]),
        ([("4.1", "4.2", "4.3", "4.4"), ("4.5", "4.6", "4.7", "4.8"), ("5.1",), ()], [GIVEN] * 4),
        ([("4.1", "4.2"), ("4.3", "4.4")], [OPEN, OPEN]),  # woven columns might have come so, too
        ([("4.2", "4.1", "4.3")], [OPEN]),  # too few
        ([("4.1", "4.3", "4.2"), ("4.2", "4.4")], [OPEN, OPEN]),  # one is cited
        ([("4.4", "4.6", "4.5"), ("4.1", "4.2", "4.3")], [OPEN, OPEN]),  # pages out of order are no columns
        ([("4.4", "4.3", "4.2", "4.1")], [OPEN]),  # no page has four columns
        ([("4.12", "1.7", "9.3", "12.1")], [OPEN]),  # too much is left out
        ([], []),
    ],
)
def test_numbers_tell_whether_columns_were_woven(numbers: list[tuple[str, ...]], orders: list[str]) -> None:
    assert [one.order for one in numbering_of([numbered(*page) for page in numbers])] == orders


def test_the_way_of_numbering_is_that_of_most_headings_of_all_pages() -> None:
    listed = lines("1. Meer opvang", "2. Meer tolken", "4.1 Wonen")
    assert {one.way for one in numbering_of([listed, numbered("4.2", "4.3", "4.4")])} == {("dots", 2)}
    assert numbering_of([lines("J. Jansen", "P. Smit"), lines("Niets")]) == [UNKNOWN, UNKNOWN]


def test_a_letter_alone_on_its_page_numbers_a_heading_where_the_document_is_numbered_so() -> None:
    page = lines("Er is meer opvang nodig.", "C. Wonen", "Er zijn meer tolken nodig.", "Dat is alles.")
    reader, way = _judge(NL).reader, numbering_of([numbered("A.", "B."), page])[1].way
    assert not reader.rows(page).words.numbers.any()
    assert reader.rows(page, way=way).words.numbers.max() == 3


def test_pages_are_read_in_columns_whose_numbers_tell_that_they_were_woven() -> None:
    woven = short_pages(2, 1)
    assert [one.order for one in numbering_of(woven)] == [WOVEN, WOVEN]
    assert not any(read_page(page, NL).woven for page in woven)
    assert [columns_of(reading) for reading in read_pages(woven, NL)] == [{1, 2}, {1, 2}]


def test_more_is_asked_where_numbers_come_in_order() -> None:
    page = short_pages(2, 13, 1)[0]
    assert open_page(page, NL).read().woven
    assert not open_page(page, NL, numbering=Numbering(("dots", 2), "given")).read().woven
