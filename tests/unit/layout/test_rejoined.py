"""Pages that were drawn by rows and whose lines an extractor ran together: cut and read; others are left alone."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.reading_order import measure, pages, truth
from pipeline.text.language import load_language
from pipeline.text.layout import read_page
from pipeline.text.layout.glued import doubtful_place, places_in, sure_places
from pipeline.text.layout.page import SPACED, UNCUT, _judge
from pipeline.text.layout.rejoined import column_width, cut_at, is_believed, is_run_together, put_back
from pipeline.text.model import Line, PageReading, Segment
from tests.bullets import PLAIN_BULLETS, lines_of
from tests.reading import read

NL = load_language("nl")
BULLETS = [
    *PLAIN_BULLETS,
    "De bibliotheek blijft in de avond open, zodat leerlingen er rustig hun huiswerk kunnen maken.",
    "Verhuurders melden schulden eerder, zodat niemand door een rekening op straat komt te staan.",
    "Bussen rijden ook in het weekend naar de dorpen.",
    "Wijkteams werken samen met huisartsen en zien elkaar minstens een keer per maand.",
    "Het rijk betaalt de opleiding van nieuwe medewerkers.",
    "Wie een formulier niet begrijpt, krijgt aan de balie hulp zonder afspraak.",
    "Geef vrijwilligers een vergoeding voor hun reiskosten en bedank ze ieder jaar.",
    "Sportclubs houden hun contributie laag en werven leden op school.",
]


def book(offset: float, gap: float = 0.5) -> pages.Book:
    setting = pages.Setting(columns=2, headings=False, furniture=False, gap=gap, offset=offset, fill=0.6)
    return pages.typeset(setting, BULLETS * 2, ["Opvang"], random.Random(5), 1)


def drawn_by_rows(drawn: pages.Book, glue: str) -> truth.Page:
    """Return a page as an extractor gives it that follows the order of drawing and ends a line at a leap down."""
    rows: list[list[pages.Drawn]] = []
    for line in sorted((line for line in drawn.lines if line.page == 0), key=lambda line: (line.y, line.x)):
        if rows and line.y - rows[-1][-1].y <= 0.8 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    texts = [row[0].text + "".join((glue if b.x < a.x else " ") + b.text for a, b in pairwise(row)) for row in rows]
    lines = tuple(truth.make_line(number + 1, text) for number, text in enumerate(texts))
    return truth.Page(lines, tuple(map(tuple, rows)), drawn, 0)


def neighbours(page: truth.Page, reading: PageReading) -> float:
    score, _ = measure.judge(page, reading.segments)
    return score.right / score.pairs


def run_together(lines: list[Line]) -> bool:
    return is_run_together(_judge(NL).reader.rows(lines), sure_places(lines, NL))


def in_order(reading: PageReading) -> str:
    return " ".join(segment.text for segment in reading.segments)


def as_it_stands(page: truth.Page, monkeypatch: pytest.MonkeyPatch) -> PageReading:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.text.layout.page.is_run_together", lambda *_: False)
        return read_page(page.lines, NL)


def test_lines_glued_at_the_gutter_are_cut_and_their_columns_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawn_by_rows(book(0.0), "")
    reading = read_page(page.lines, NL)
    assert reading.layout == "columns"
    assert neighbours(page, reading) >= 0.95
    assert neighbours(page, as_it_stands(page, monkeypatch)) < 0.5


def test_lines_run_together_with_spaces_are_cut_and_their_columns_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawn_by_rows(book(17.0, gap=1.0), " ")
    assert neighbours(page, read_page(page.lines, NL)) >= 0.5
    assert neighbours(page, as_it_stands(page, monkeypatch)) < 0.3


def test_a_page_that_was_run_together_and_could_not_be_cut_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawn_by_rows(book(7.0), "")
    reading, given = read_page(page.lines, NL), as_it_stands(page, monkeypatch)
    assert [(one.line, one.start, one.end) for one in reading.segments] == [
        (one.line, one.start, one.end) for one in given.segments
    ]
    assert max(one.confidence for one in reading.segments) <= UNCUT < given.confidence


def test_some_glued_words_on_a_long_page_do_not_tell_that_lines_were_run_together() -> None:
    glued = ["Een loketMeer dan dat.", "Dat is opvang.Zorg volgt.", "Vraag want,daar gaat het om."]
    for plain, expected in ((10, True), (40, False)):
        lines = lines_of("\n".join([*glued, *["De gemeente zorgt voor betere opvang."] * plain]))
        assert sure_places(lines, NL) == len(glued)
        assert run_together(lines) is expected


def test_wide_rows_of_three_columns_are_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = pages.Setting(
        columns=3, headings=False, furniture=False, size=7.5, leading=9.0, gutter=14.0, margin=40.0, fill=0.8
    )
    bullets = random.Random(8).sample(BULLETS * 3, len(BULLETS) * 3)
    page = truth.woven(pages.typeset(setting, bullets, ["Opvang"], random.Random(8), 1), 0, tail=False)
    given = as_it_stands(page, monkeypatch)
    monkeypatch.setattr("pipeline.text.layout.rejoined.WIDER", 55_000.0)
    assert read_page(page.lines, NL) == given
    monkeypatch.setattr("pipeline.text.layout.page.sure_places", lambda *_: 1)
    assert neighbours(page, read_page(page.lines, NL)) < neighbours(page, given)  # what cutting would have done


def test_a_page_all_of_whose_cuts_are_at_spaces_is_less_sure() -> None:
    glued, spaced = (read_page(drawn_by_rows(book(5.0), glue).lines, NL) for glue in ("", " "))
    assert (
        max(one.confidence for one in spaced.segments) <= 1.0 - SPACED < max(one.confidence for one in glued.segments)
    )


def test_a_cut_inside_a_token_keeps_every_byte_and_parts_the_words() -> None:
    text = "\n".join(line.text for line in drawn_by_rows(book(0.0), "").lines)
    glued = [token for token in text.split() if places_in(token, NL)]
    assert len(glued) >= 3
    found = read(text)  # asserts that every byte is covered once and that statements can be replayed
    said = " ".join(placed.statement.text for placed in found.statements)
    assert not any(token in said for token in glued)
    assert sum(bullet in said for bullet in BULLETS) >= 14  # the rest is cut into statements


@pytest.mark.parametrize(
    ("token", "places"),
    [
        ("opvang.Zorg", (7,)),
        ("cao.mag", (4,)),
        ("ondersteuningMeer", (13,)),
        ("want,daar", (5,)),
        ("huis.”Meer", (6,)),
        ("straat.•", (7,)),
        ("klaar.en.Meer", (6, 9)),
    ],
)
def test_tokens_that_surely_were_glued(token: str, places: tuple[int, ...]) -> None:
    assert places_in(token, NL) == places


@pytest.mark.parametrize(
    "token",
    [
        "LinkedIn",
        "YouTube.",
        "TikTok,",
        "DigiD",
        "GroenLinks",
        "iPhone",
        "a.u.b.",
        "d.w.z.",
        "www.huisvanzorg.nl",
        "rijksoverheid.nl",
        "info@huis.nl",
        "https://a.nl/Zorg",
        "verslag.pdf",
        "en/of",
        "Noord-Holland",
        "1.Wonen",
        "3.2",
        "10:30",
        "collega's",
        "lhbti'ers",
        "zorgcoördinator",
    ],
)
def test_names_abbreviations_addresses_and_numbers_are_one_token(token: str) -> None:
    assert places_in(token, NL) == ()
    assert places_in(token, NL, sure=False) == ()


@pytest.mark.parametrize(
    ("token", "places"),
    [("thema-Slachtoffers", (6,)), ("minderjari-ingaat", (11,)), ("niet-Nederlanders", ()), ("opvang3.4", (6,))],
)
def test_more_is_taken_for_glued_on_a_page_that_surely_holds_some(token: str, places: tuple[int, ...]) -> None:
    assert places_in(token, NL) == ()
    assert places_in(token, NL, sure=False) == places


def test_two_words_in_small_letters_are_in_doubt_unless_a_list_knows_the_whole() -> None:
    assert doubtful_place("kansbegrenzen.", NL) == 4
    assert doubtful_place("opvang", NL) == 0
    assert doubtful_place("Huizen", NL) == 0


def test_a_page_of_names_and_a_slip_is_not_taken_for_one_that_was_run_together() -> None:
    text = "Via LinkedIn en YouTube.\nDe wijk vraagt hulp.Daarna komt er rust.\nMeer op TikTok en www.huis.nl."
    lines = lines_of(text)
    assert not run_together(lines)


def test_glue_alone_or_glue_and_wide_rows_tell_a_page_that_was_run_together() -> None:
    glued = lines_of("hulp.Zorg voor\nkind.Meer geld\nhuis.Minder regels")
    assert run_together(glued)
    assert not run_together(glued[:2])
    wide = lines_of("hulp.Zorg voor\n" + "een heel lange regel " * 12)
    assert run_together(wide)


def test_what_comes_in_order_stays_as_it_is_although_words_are_glued() -> None:
    given = truth.ordered(book(0.0), 0, tail=False)
    lines = [given.lines[n].text + given.lines[n + 1].text for n in range(0, len(given.lines) - 1, 2)]
    assert sum(len(places_in(token, NL)) for line in lines for token in line.split()) >= 3
    reading = read_page(lines_of("\n".join(lines)), NL)
    assert [segment.text for segment in reading.segments] == lines
    assert reading.confidence > UNCUT


def test_a_cut_whose_sides_are_read_one_after_the_other_is_undone() -> None:
    line = truth.make_line(1, "hulp.Zorg")
    one, other = Segment(line, 0, 5, 1, True, 0.9), Segment(line, 5, 9, 1, True, 0.6)
    assert put_back([one, other]) == (Segment(line, 0, 9, 1, True, 0.6),)
    apart = replace(other, column=2)
    assert put_back([one, apart]) == (one, apart)


def test_cuts_are_believed_where_most_part_columns() -> None:
    lines = [truth.make_line(number, "hulp.Zorg") for number in (1, 2, 3)]
    cut = cut_at(lines, [[5]] * 3)
    assert [piece.text for piece in cut.pieces] == ["hulp.", "Zorg"] * 3
    assert [piece.bytes_of(0, len(piece.text)) for piece in cut.pieces[:2]] == [(0, 5), (5, 9)]
    assert cut.glued == 1.0
    halves = [
        Segment(line, start, end, 1 + (start > 0), True, 0.9) for line in lines for start, end in ((0, 5), (5, 9))
    ]
    assert is_believed(cut, halves)
    assert not is_believed(cut, [replace(half, column=1) if half.line.number < 3 else half for half in halves])


def test_the_width_of_a_column_is_told_although_rows_hold_several_lines() -> None:
    sizes = np.array([99.0, 97.0, 100.0, 60.0, 196.0, 199.0, 150.0, 198.0, 390.0, 297.0, 95.0, 98.0])
    assert column_width(sizes) == pytest.approx(100.0, rel=0.03)
