"""`read_page`: nothing lost, nothing twice, no harm, and columns told apart."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading_order import measure, pages, truth
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import load_language
from pipeline.text.layout import Among, read_page
from pipeline.text.model import Line, PageReading
from tests.bullets import PLAIN_BULLETS, lines_of
from tests.examples import examples

NL = load_language("nl")
WORDS = [
    "de",
    "het",
    "een",
    "van",
    "in",
    "op",
    "met",
    "voor",
    "en",
    "of",
    "gemeente",
    "wijk",
    "school",
    "scholen",
    "hulp",
    "opvang",
    "jongeren",
    "ouders",
    "geld",
    "zorg",
    "meer",
    "betere",
]
BULLETS = list(PLAIN_BULLETS) * 4


def held(reading: PageReading) -> list[tuple[int, int]]:
    return [
        (segment.line.number, n)
        for segment in reading.segments
        for n in range(segment.start, segment.end)
        if not segment.line.text[n].isspace()
    ]


def given_of(lines: list[Line]) -> list[tuple[int, int]]:
    return [(line.number, n) for line in lines for n, c in enumerate(line.text) if not c.isspace()]


def assert_exactly_once(lines: list[Line], reading: PageReading) -> None:
    assert sorted(held(reading)) == given_of(lines)
    assert all(0.0 <= segment.confidence <= 1.0 for segment in reading.segments)
    assert all(segment.text == segment.text.strip() != "" for segment in reading.segments)
    assert 0.0 <= reading.confidence <= 1.0


@given(st.text(max_size=400))
@examples(150)
def test_arbitrary_text_is_held_exactly_once(text: str) -> None:
    lines = lines_of(text)
    assert_exactly_once(lines, read_page(lines, NL))


ROW = st.lists(st.sampled_from([*WORDS, "Zorg", "4.5", "•", "einde.", "be-", "   ", "(ook"]), max_size=14).map(" ".join)


@given(st.lists(ROW, max_size=25))
@examples(60)
def test_rows_of_words_are_held_exactly_once_and_read_the_same_twice(rows: list[str]) -> None:
    lines = lines_of("\n".join(rows))
    first = read_page(lines, NL)
    assert_exactly_once(lines, first)
    assert read_page(lines, NL) == first


@pytest.mark.parametrize(
    "text",
    ["", "   \n\t\n", "x", "a" * 5000, "woord " * 3000, "\n".join(["een twee drie"] * 3000), "\x00\u200b\n\u2028x"],
)
def test_odd_pages_are_held_exactly_once(text: str) -> None:
    lines = lines_of(text)
    assert_exactly_once(lines, read_page(lines, NL))


def test_a_page_too_large_to_be_one_keeps_its_order_and_says_so() -> None:
    reading = read_page(lines_of("\n".join(["een twee drie"] * 500)), NL)
    assert [segment.line.number for segment in reading.segments] == list(range(1, 501))
    assert reading.layout == "single"
    assert reading.confidence == 0.5


def book(columns: int, **changes: object) -> pages.Book:
    setting = pages.Setting(columns=columns, headings=False, **changes)  # type: ignore[arg-type]
    return pages.typeset(setting, BULLETS, ["Opvang"], random.Random(3))


SHORT = [
    "Meer geld voor de buurt",
    "Een vast gezicht voor ieder gezin",
    "Minder regels aan de balie",
    "Kortere wachttijden in de zorg",
    "Betaalbare huizen voor jongeren",
    "Goede buslijnen naar het dorp",
    "Meer groen in de wijk",
    "Hulp bij schulden zonder formulier",
    "Een loket dat ook 's avonds open is",
    "Scholen die samen optrekken",
    "Veilige fietspaden naar school",
    "Meer tijd voor de patiënt",
    "Een plek waar je binnen kunt lopen",
    "Taalles dicht bij huis",
    "Geen kind zonder sport",
    "Ouders op tijd betrekken",
] * 6


def short_page(columns: int, seed: int) -> list[Line]:
    """Return a page of statements that hardly wrap, as pdfplumber gives it."""
    rng = random.Random(seed)
    bullets = rng.sample(SHORT, len(SHORT))
    setting = pages.Setting(columns=columns, headings=False, furniture=False, gap=rng.choice((0.3, 0.5, 1.0)))
    return truth.woven(pages.typeset(setting, bullets, ["Wonen"], random.Random(seed)), 0, tail=False).lines


def order_of(document: list[list[Line]]) -> list[PageReading]:
    """Return the readings of the pages of a document."""
    text = "\f".join("\n".join(line.text for line in page) for page in document)
    lines = read_lines(text.encode(), NL)[1]
    reading = read_order(lines, NL, ())
    return [
        PageReading("single", tuple(s for s in reading.segments if s.line.page == n + 1), 1.0)
        for n in range(len(document))
    ]


def columns_of(reading: PageReading) -> set[int]:
    return {segment.column for segment in reading.segments}


def test_less_is_asked_of_a_page_when_others_were_woven() -> None:
    doubtful, alone = short_page(2, 8), read_page(short_page(2, 8), NL)
    assert not alone.woven
    among = read_page(doubtful, NL, among=Among())
    assert_exactly_once(doubtful, among)
    assert among.woven
    assert columns_of(among) == {1, 2}


def test_a_page_that_keeps_its_order_though_others_of_the_document_were_woven_is_read_again() -> None:
    woven, doubtful = [short_page(2, seed) for seed in (2, 3)], short_page(2, 8)
    assert all(read_page(page, NL).woven for page in woven)
    assert columns_of(order_of([*woven, doubtful])[2]) == {1, 2}
    assert columns_of(order_of([short_page(2, 14), doubtful])[1]) == {1}  # nothing says that any page is woven


def test_a_list_in_one_column_keeps_its_order_though_others_of_the_document_were_woven() -> None:
    woven, listed = [short_page(2, seed) for seed in (2, 3)], short_page(1, 18)
    assert read_page(listed, NL, among=Among()).woven  # but no row of it holds text of two columns
    assert columns_of(order_of([*woven, listed])[2]) == {1}


def test_one_column_keeps_its_order() -> None:
    page = truth.woven(book(1), 0, tail=True)
    reading = read_page(page.lines, NL)
    assert reading.layout == "single"
    assert [segment.line.number for segment in reading.segments] == [line.number for line in page.lines]


def test_columns_given_in_order_keep_their_order() -> None:
    page = truth.ordered(book(2), 0, tail=False)
    reading = read_page(page.lines, NL)
    assert [segment.line.number for segment in reading.segments] == [line.number for line in page.lines]


@pytest.mark.parametrize(("gap", "offset"), [(0.0, 2.0), (0.5, 2.0)])
def test_two_woven_columns_are_told_apart(gap: float, offset: float) -> None:
    page = truth.woven(book(2, gap=gap, offset=offset, fill=0.5), 0, tail=True)
    assert any(len(parts) == 2 for parts in page.parts)
    reading = read_page(page.lines, NL)
    score, _ = measure.judge(page, reading.segments)
    naive, _ = measure.judge(page, measure.naive(page))
    assert reading.layout == "columns"
    assert score.in_order / score.bullets >= 0.9 > naive.in_order / naive.bullets


def test_columns_kept_apart_by_spaces_are_read_one_after_the_other() -> None:
    left = ["Meer geld voor hulp aan", "ouders en scholen.", "Er is een vast punt", "bij de politie.", "Einde links."]
    right = ["Inwoners denken mee over", "de inrichting van hun", "buurt.", "Maak de regels", "eenvoudiger."]
    rows = [f"{a:<40}{b}" for a, b in zip(left, right, strict=True)]
    reading = read_page(lines_of("\n".join(rows)), NL)
    assert [segment.text for segment in reading.segments] == left + right
    assert [segment.column for segment in reading.segments] == [1] * 5 + [2] * 5


def test_a_blank_line_opens_a_paragraph() -> None:
    reading = read_page(lines_of("Meer geld voor hulp\n\nDe gemeente zorgt voor\nbetere opvang."), NL)
    assert [segment.opens for segment in reading.segments] == [True, True, False]
