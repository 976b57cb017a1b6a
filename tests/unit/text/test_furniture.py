"""Furniture: what carries a page is found, what says something is never eaten."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading_order.texts import statements
from pipeline.text.furniture import find_furniture
from pipeline.text.language import load_language
from pipeline.text.model import Line
from tests.examples import examples
from tests.work import Counted, work_of

DUTCH = load_language("nl")
BODY = [f"Dit is zin {word} over de opvang in de wijk." for word in ("één", "twee", "drie", "vier", "vijf", "zes")]

FILL = [
    [f"{start} {verb} {end}" for verb in ("wil", "ziet") for end in ("hulp.", "rust.", "geld.")] for start in "ABCDEF"
]


def pages_of(*pages: Sequence[str]) -> list[list[Line]]:
    number, result = 0, []
    for page, texts in enumerate(pages, 1):
        lines = []
        for text in texts:
            number += 1
            lines.append(Line(number, page, text, range(number * 1000, number * 1000 + len(text) + 1)))
        result.append(lines)
    return result


def furniture(*pages: Sequence[str], titles: Sequence[str] = ()) -> list[str]:
    documents = pages_of(*pages)
    found = find_furniture(documents, DUTCH, titles)
    return [line.text for page in documents for line in page if line.number in found]


def test_a_running_header_and_numbered_footers_on_several_pages() -> None:
    pages = [["Visie op opvang", "", *BODY[2 * n - 2 : 2 * n], *FILL[n], f"Gemeente | {n}"] for n in (1, 2, 3)]
    expected = [text for number in (1, 2, 3) for text in ("Visie op opvang", f"Gemeente | {number}")]
    assert furniture(*pages) == expected


def test_footers_of_a_text_that_lost_its_page_breaks_are_told_by_numbers_that_go_up() -> None:
    def footers(*numbers: int, apart: int = 6) -> list[str]:
        body = [part for n in numbers for part in (*BODY[:apart], f"{n} | Visie op wonen in de wijk")]
        return furniture([*body, *BODY])

    assert footers(4, 5) == ["4 | Visie op wonen in de wijk", "5 | Visie op wonen in de wijk"]
    assert (
        len(furniture([*BODY, "1 | Visie op wonen", *BODY, "2 | Visie op wonen", BODY[0], "3 | Visie op wonen"])) == 3
    )
    assert footers(4, 5, apart=2) == footers(5, 4) == footers(4, 8) == footers(4) == []


def test_headers_that_alternate_between_left_and_right_pages() -> None:
    pages = [[header, *FILL[n]] for n, header in enumerate(["Links", "Rechts"] * 3)]
    assert furniture(*pages) == ["Links", "Rechts"] * 3


def test_page_numbers_before_and_behind_the_same_header() -> None:
    pages = [["2 Visie op opvang", *FILL[0]], ["Visie op opvang 3", *FILL[1]], ["4 Visie op opvang", *FILL[2]]]
    assert furniture(*pages) == [page[0] for page in pages]


def test_numbered_headings_at_the_tops_of_pages_stay() -> None:
    assert furniture(["Aanbeveling 1", *FILL[0]], ["Aanbeveling 2", *FILL[1]], ["Aanbeveling 3", *FILL[2]]) == []
    assert furniture(["4.1 Opvang en zorg", *FILL[0]], ["4.2 Opvang en zorg", *FILL[1]]) == []


@pytest.mark.parametrize("number", ["3", "- 3 -", "Pagina 3 van 12", "pag. 3", "3 / 12", "iv", "[12]"])
def test_a_last_line_that_is_a_page_number_is_furniture(number: str) -> None:
    assert furniture([*BODY, number]) == [number]


@pytest.mark.parametrize("text", ["3 plekken", "Actie 3.", "2024: meer opvang", "Minder regels", "Wij"])
def test_short_last_lines_that_are_no_page_numbers(text: str) -> None:
    assert furniture([*BODY, text]) == []


@pytest.mark.parametrize(
    "text",
    [
        "7 | Rapport opvang 2023",
        "Programmaplan Samen tegen uitbuiting  Pagina 7 van 12",
        "Inbreng jeugdzorg • 7",
        "Versie 1.0 d.d. 12 maart 2023",
        "12 maart 2023",
        "Concept - niet verspreiden",
    ],
)
def test_what_only_a_page_edge_says(text: str) -> None:
    assert furniture([*BODY, "", text]) == [text]
    assert furniture([text, "", *BODY]) == [text]
    assert furniture([*BODY[:3], text, *BODY[3:]]) == []


@pytest.mark.parametrize(
    "text",
    [
        "gebruik",
        "Schrap de alinea op pagina 12",
        "Zie pagina 7 van het plan voor de opvang.",
        "Op 12 maart 2023 begonnen wij",
    ],
)
def test_what_a_page_edge_may_say_as_well(text: str) -> None:
    assert furniture([*BODY, "", text]) == []


def test_the_first_of_the_headers_that_name_a_chapter_is_its_heading() -> None:
    pages = [[f"Hoofdstuk {1 + n // 3} Opvang", *FILL[n], str(n + 1)] for n in range(6)]
    kept = [page[0] for page in pages if page[0] not in furniture(page)]
    assert len(kept) == 6
    found = furniture(*pages)
    assert found.count("Hoofdstuk 1 Opvang") == found.count("Hoofdstuk 2 Opvang") == 2


def test_headers_of_many_pages_cost_no_more_than_their_pages() -> None:
    def work(count: int) -> int:
        pages = pages_of(*[["4.1 Wonen", *(f"Bouw woningen {n} en {m}." for m in range(8))] for n in range(count)])
        counted = [[replace(line, number=Counted(line.number)) for line in page] for page in pages]
        assert len(find_furniture(counted, DUTCH, ())) == count - 1
        return work_of(lambda: find_furniture(counted, DUTCH, ()))

    # Comparing every line with every header took thirteen times as much for four times the pages.
    assert work(800) < 6 * work(200)


def test_a_table_of_contents_with_page_numbers_on_lines_of_their_own() -> None:
    contents = ["Inhoud", "Inleiding", "3", "Opvang", "5", "Zorg", "8"]
    assert furniture([*contents, "", "Wonen en zorg zijn er voor iedereen.", *BODY]) == contents


def test_short_leaders_beside_longer_ones_and_pages_with_letters() -> None:
    contents = ["Voorwoord ..... iii", "1 Opvang ...... 5", "2 Zorg voor gezinnen met ... 7", "Bijlagen ..... A1"]
    assert furniture([*contents, "", *BODY, "Ik vind ... 3"]) == contents


def test_a_small_letter_footer_with_parts_on_a_single_page() -> None:
    assert furniture([*BODY, "visie - programma opvang voor iedereen"]) == ["visie - programma opvang voor iedereen"]


def test_the_same_words_in_the_middle_of_a_paragraph_stay() -> None:
    assert furniture([*BODY, "Wij willen meer ", "opvang - hulp en zorg"]) == []


def test_a_last_statement_that_ends_without_a_full_stop_stays() -> None:
    assert furniture([*BODY, "Meer aandacht voor jongeren - ook in de wijk"]) == []
    assert furniture([*BODY, "meer aandacht voor jongeren"]) == []


def test_titles_help_and_are_not_needed() -> None:
    assert furniture(["Plan van aanpak", *BODY], titles=["Plan van Aanpak"]) == ["Plan van aanpak"]
    assert furniture(["Plan van aanpak", *BODY]) == []


def test_a_table_of_contents_with_leaders_and_a_wrapped_entry() -> None:
    contents = [
        "Inhoud",
        "1 Inleiding ........ 3",
        "2 Een heel lange titel over",
        "opvang en zorg ........ 5",
        "3 Slot .... 9",
    ]
    assert furniture([*contents, "", "Dit is tekst van het stuk zelf."]) == contents


def test_a_table_of_contents_without_leaders_needs_its_heading() -> None:
    entries = ["Inleiding 3", "Opvang 5", "Zorg 7"]
    assert furniture(["Inhoudsopgave", *entries, *BODY]) == ["Inhoudsopgave", *entries]
    assert furniture(["Prioriteiten", *entries, *BODY]) == []


def test_a_table_of_contents_without_leaders_and_without_its_heading_is_told_by_titles_that_come_back() -> None:
    entries = ["## Opvang 3", "1. Zorg (voor ouderen) 3", "Tafel 2 5"]
    body = ["## Opvang", BODY[0], "1. Zorg (voor ouderen)", *BODY[1:3], "Tafel 2", *BODY[3:]]
    assert furniture([*entries, *body]) == entries
    assert furniture([*entries[:2], *body]) == []
    assert furniture(["Opvang 5", "1. Zorg (voor ouderen) 3", "Tafel 2 1", *body]) == []
    assert furniture([*body, *entries]) == []


def test_a_table_of_contents_without_page_numbers_is_told_below_its_heading() -> None:
    entries = ["Opvang", "Zorg voor ouderen"]
    body = ["Opvang", *BODY[:3], "Zorg voor ouderen", *BODY[3:]]
    assert furniture(["# Inhoud", *entries, *body]) == ["# Inhoud", *entries]
    assert furniture(["# Thema's", *entries, *body]) == []


def test_a_repeated_sentence_on_two_pages_stays() -> None:
    assert furniture([*BODY, "Meer opvang."], ["Meer opvang.", *BODY, "Slot."]) == []
    assert furniture([*BODY, "Meer opvang."], [*BODY[::-1], "Meer opvang."]) == []


@given(st.lists(st.lists(st.text(alphabet="aA1 .-|–", max_size=12), max_size=9), max_size=4))
@examples(150)
def test_never_fails_and_names_only_filled_lines(pages: list[list[str]]) -> None:
    documents = pages_of(*pages)
    filled = {line.number for page in documents for line in page if line.text.strip()}
    assert find_furniture(documents, DUTCH, ["aA"]) <= filled


@pytest.mark.parametrize(
    "line",
    [
        "Samen verder met de regio - 29",
        "7 / 12 Meedenken over morgen",
        "Wat er speelt 11 / 19",
        "Pagina 20 Vier tafels",
    ],
)
def test_a_page_number_beside_a_title_on_a_single_page(line: str) -> None:
    assert furniture([*BODY, line]) == [line]


def test_what_stands_within_a_footer_is_furniture_too() -> None:
    assert furniture([*BODY, "Werkgroep Inbreng | voorjaar 2024", "Pagina 3"]) == [
        "Werkgroep Inbreng | voorjaar 2024",
        "Pagina 3",
    ]


def test_a_row_in_which_a_sentence_ends_is_text() -> None:
    assert furniture([*BODY, "vergunningen. Zorg op straat - De strafmaat is te laag in", "12"]) == ["12"]


@pytest.mark.parametrize(
    "mark",
    [
        "Uitkomsten van de gespreksronde - 12",
        "12 | Uitkomsten van de gespreksronde",
        "Uitkomsten van de gespreksronde 12",
    ],
)
def test_a_header_that_says_what_stands_beside_the_page_number(mark: str) -> None:
    header = "Uitkomsten van de gespreksronde"
    assert furniture([header, *BODY, mark]) == [header, mark]
    assert furniture(["Denken over morgen", *BODY, "Denken over morgen | 12"])[:1] == ["Denken over morgen"]


def test_on_several_pages_the_words_beside_the_number_may_be_those_of_a_chapter() -> None:
    pages = (["Wonen in de wijk", *BODY, "Wonen in de wijk | 4"], ["Zorg in de wijk", *FILL[0], "Zorg in de wijk | 5"])
    assert furniture(*pages) == ["Wonen in de wijk | 4", "Zorg in de wijk | 5"]


def test_a_title_as_reports_have_it_on_a_page_whose_number_is_known() -> None:
    header = "Verslag van de bijeenkomst"
    assert furniture([header, *BODY, "12"]) == [header, "12"]
    assert furniture([*BODY, header, "12"]) == [header, "12"]
    assert furniture([header, *BODY]) == []  # one sign is none
    assert furniture([header, "over het jaar dat achter ons ligt.", *BODY, "12"]) == ["12"]
    assert furniture([*BODY, "Lees eerst het ", header, "12"]) == ["12"]
    assert furniture(["Wonen in de wijk", *BODY, "12"]) == ["12"]  # as a heading may be


def test_several_titles_that_open_alike_are_headings() -> None:
    assert furniture(["Inbreng van jongeren", *BODY[:3], "Inbreng van ouderen", *BODY[3:], "12"]) == ["12"]
    assert furniture(["Gemeente Utrecht", *BODY[:3], "Gemeente Zwolle", *BODY[3:], "12"]) == ["12"]


def test_a_list_without_end_marks_keeps_what_opens_as_a_report() -> None:
    bullets = [text.rstrip(".") for text in BODY]
    assert furniture([*bullets, "Verslag van elke bijeenkomst", "12"]) == ["12"]
    assert furniture([*bullets, "Verslag van elke bijeenkomst 3"]) == []


@pytest.mark.parametrize("name", ["Gemeente Voorbeeldstad", "Ministerie van Justitie en Veiligheid"])
def test_the_name_of_an_organisation_beside_a_page_number(name: str) -> None:
    assert furniture([*BODY, name, "blz. 7"]) == [name, "blz. 7"]
    assert furniture([name, *BODY, "blz. 7"]) == [name, "blz. 7"]
    assert furniture([*BODY, name]) == []


@pytest.mark.parametrize("text", ["Gemeente aan zet", "Gemeente Utrecht aanspreken", "Ministerie van de burger"])
def test_what_only_begins_as_the_name_of_an_organisation(text: str) -> None:
    assert furniture([*BODY, text, "blz. 7"]) == ["blz. 7"]


@pytest.mark.parametrize(
    "text",
    [
        "Notitie over groep 3",
        "Rapport over zorg tot 18",
        "Verslag van de maximumsnelheid in dorpen 30",
        "Steun voor mantelzorgers 18",
        "Nota wonen 12",
    ],
)
def test_a_last_line_that_may_mean_its_number(text: str) -> None:
    assert furniture([*BODY, text]) == []


def test_numbers_behind_several_lines_are_counts() -> None:
    assert furniture([*BODY, "Groen in de straat 12", "Verslag van de bijeenkomst 7"]) == []


def test_a_second_page_number_is_none() -> None:
    assert furniture([*BODY, "Verslag van de bijeenkomst 7", "12"]) == ["12"]


def test_below_a_line_that_the_page_cut_off() -> None:
    cut = [*BODY, "Meer plekken in de opvang en hulp"]
    for mark in (
        "Verslag van de bijeenkomst - 7",
        "7 | Verslag van de bijeenkomst",
        "Zorg die past | 7",
        "Concept, versie 0.3",
    ):
        assert furniture([*cut, mark]) == [mark]
    for row in ("Utrecht | 12", "Utrecht 12"):  # of a table
        assert furniture([*cut, row, "Zwolle en Kampen | 15"]) == []
    assert furniture([*BODY, "Hulp aan jongeren en ", "Jongeren in de opvang - 18"]) == []
    assert furniture([*BODY, "Hulp aan jongeren van 18 - 24"]) == []


def test_header_and_footer_on_one_row() -> None:
    row = "Vier tafels, één opgave 14 Vier tafels, één opgave"
    assert furniture([row, *BODY]) == [row]
    assert furniture(["Meer en meer", *BODY, "Stap voor stap 3"]) == []


@pytest.mark.parametrize(
    "row", ["gemeester. - Bouw dossiers die", "ters - tijdens hun top - die de", "met zorg. • Theo is een oud 50-er"]
)
def test_the_middle_of_a_sentence_beside_a_bullet_stays(row: str) -> None:
    assert furniture([row, *BODY]) == []
    assert furniture([*BODY, row]) == []


@pytest.mark.parametrize("number", ["", " 18"])
@pytest.mark.parametrize("foot", [[], ["12"]])
def test_no_statement_without_its_full_stop_is_eaten_at_the_edge_of_a_page(number: str, foot: list[str]) -> None:
    eaten = []
    for statement in (*statements("train"), *statements("develop")):
        text = statement.rstrip(".!?") + number
        for page in ([text, *BODY, *foot], [*BODY, text, *foot]):
            eaten += [line for line in furniture(page) if line not in foot]
    assert eaten == []


TAKEN = ["Laat de bus vaker rijden tussen de dorpen en het station,", "ook in de avond."]
FOOT = "Deze opbrengst is met alle deelnemers vastgesteld en mag zonder hun toestemming in geen geval worden verspreid."
WISHES = [[f"{who} {what} meer rust in de wijk." for what in ("vragen", "willen", "zoeken", "missen", "vinden")]
          for who in ("Ouders", "Buren", "Winkels")]  # fmt: skip


def test_what_a_page_took_over_from_the_foot_of_the_page_before_stands_there_once() -> None:
    first, second, _ = WISHES
    assert furniture([*first, *TAKEN], [*TAKEN, *second]) == TAKEN
    assert furniture([*first, "Meer groen."], ["Meer groen.", *second]) == []  # may be chance
    assert furniture([*TAKEN, *first], [*second, *TAKEN]) == []


def test_a_long_line_that_comes_back_on_three_pages_is_a_footer() -> None:
    assert furniture(*([*wishes, FOOT] for wishes in WISHES)) == [FOOT] * 3
    assert furniture(*([*wishes, FOOT] for wishes in WISHES[:2])) == []


def test_headers_and_a_footer_of_one_page_that_repeat_its_title() -> None:
    title = "Vragen en antwoorden buurtbudget Oosterveld"
    assert furniture(["Buurtbudget Oosterveld", title, *BODY, "Verslag buurtbudget"]) == [
        "Buurtbudget Oosterveld",
        "Verslag buurtbudget",
    ]
    assert furniture(["Buurtbudget Oosterveld", "Verslag buurtbudget", title, *BODY])[:2] == [
        "Buurtbudget Oosterveld",
        "Verslag buurtbudget",
    ]
    assert furniture([title, *BODY, "Meer buurtbudget"]) == [], "a wish"
    assert furniture([title, *BODY[:-1], "Wij wachten nog op een", "buurtbudget Oosterveld"]) == [], (
        "a sentence goes on"
    )
    assert furniture([title, *FILL[0]], [*FILL[1], "Buurtbudget Oosterveld"]) == [], "elsewhere recurrence tells"


def test_a_title_below_the_same_running_header_stays() -> None:
    pages = [["Visie op opvang", *FILL[n]] for n in range(3)]
    pages[0].insert(0, "Visie op opvang")
    found = furniture(*pages)
    assert found == ["Visie op opvang"] * 3


def test_a_header_of_one_further_page_says_what_kind_of_document_it_repeats_the_title_of() -> None:
    title = "Advies over de aanpak van laaggeletterdheid"
    assert furniture([title, *FILL[0]], ["Advies laaggeletterdheid", *FILL[1]]) == ["Advies laaggeletterdheid"]
    assert furniture([title, *FILL[0]], ["Aanpak van laaggeletterdheid", *FILL[1]]) == [], "a heading"
    assert furniture([title, *FILL[0]], ["Advies werkgevers", *FILL[1]]) == [], "says more than the title"
