"""Tables whose cells stand on lines of their own: names, cells and titles are told, and lists stay lists."""

import pytest

from pipeline.text.language import load_language
from pipeline.text.stacked import names_of_cells, read_stacked
from tests.reading import read

NL = load_language("nl")
ROWS = [
    ("1", ["Zet lantaarns langs het pad", "naar de sporthal."], "openbare ruimte", "maart"),
    ("2", ["Open de speelzaal ook op zondag."], "welzijn", "juni"),
    ("3", ["Laat de bus stoppen bij het", "zorghuis."], "vervoerder", "juli"),
    ("4", ["Geef elke straat een eigen budget."], "dorpsraad", "oktober"),
]
NAMES = ["Nr.", "Actie", "Wie", "Wanneer"]
LINES = [line for number, action, who, when in ROWS for line in (number, *action, who, when)]


def cells(lines: list[str]) -> list[str]:
    found = read_stacked(lines, NL)
    joined: list[str] = []
    for place in sorted(found.rows):
        if place in found.goes_on:
            joined[-1] += f" {lines[place]}"
        else:
            joined.append(lines[place])
    return joined


@pytest.mark.parametrize("gap", [[], [""]])
@pytest.mark.parametrize("names", [NAMES, ["Nr. Actie Wie Wanneer"], ["Nr. Actie", "Wie", "Wanneer"]])
def test_cells_are_told_by_how_many_names_there_are(names: list[str], gap: list[str]) -> None:
    table = [part for line in [*names, *LINES] for part in (line, *(gap if not line.startswith("naar") else []))]
    assert cells(table)[:4] == [
        "1 Zet lantaarns langs het pad naar de sporthal.",
        "openbare ruimte",
        "maart",
        "2 Open de speelzaal ook op zondag.",
    ]
    assert len(cells(table)) == 12


def test_numbers_stay_with_the_answer_that_they_count() -> None:
    answers = ["Een bank bij de halte", "41", "Een vast gezicht in de wijk", "23", "Meer groen op het plein", "9"]
    assert cells(["Antwoord", "Aantal", *answers]) == [f"{answers[n]} {answers[n + 1]}" for n in (0, 2, 4)]


def test_the_title_of_the_next_table_and_what_stands_below_a_table_are_no_cells() -> None:
    table = cells(["Nr.", "Actie", "Wie", "Wanneer", *LINES, "Nog te doen", "Datum Besluit", "3. Hoe verder"])
    assert table[-1] == "oktober"
    assert len(table) == 12


def test_names_alone_make_no_table() -> None:
    sentences = [f"De straat heeft {word} nodig dan de vorige keer." for word in ("meer", "minder", "iets anders")]
    assert read_stacked(["Wie", "Wat", *sentences], NL).names == frozenset(), "two words may be of a list"
    assert read_stacked(["Nr. Actie Wie Wanneer", *sentences], NL).rows == frozenset()
    assert read_stacked(["Wonen", "Zorg", "Werk", *LINES], NL).names == frozenset(), "names of no columns"


def test_cells_are_bullets_below_the_title_of_their_table() -> None:
    lead = ["1. Vooraf", "De dorpsraad sprak over vier plannen.", "Plannen voor dit jaar"]
    found = read("\n".join([*lead, *NAMES, *LINES, "2. Hoe verder", "In mei komt iedereen weer bij elkaar."]))
    titles = {section.key: section.heading.title for section in found.sections}
    assert list(titles.values()) == ["Vooraf", "Plannen voor dit jaar", "Hoe verder"]
    by_text = {placed.statement.text: titles[placed.section or ""] for placed in found.statements}
    assert by_text["Zet lantaarns langs het pad naar de sporthal."] == "Plannen voor dit jaar"
    assert by_text["In mei komt iedereen weer bij elkaar."] == "Hoe verder"
    assert "Wanneer" not in by_text


@pytest.mark.parametrize(
    "line", ["## Wat er nu gebeurt", "## Wie wat doet", "Vraag: Hoe hard mogen", "Doel Activiteit"]
)
def test_what_only_opens_as_names_of_columns_do_is_none(line: str) -> None:
    below = ["de molens draaien als mensen willen slapen?", "Dat hangt af van de tijd.", "Er is meer toezicht nodig."]
    assert read_stacked([line, *below], NL).names == frozenset()


OWN = [
    ("1", ["Houd het buitengebied", "open."], "De tekst is daarop aangepast."),
    ("2", ["Behoud de velden."], "Akkoord."),
]


def test_columns_beside_one_of_numbers_may_have_names_that_no_list_knows() -> None:
    lines = ["Nr.", "Zorgpunt", "Hoe wij het zien", *(part for row in OWN for part in (row[0], *row[1], row[2]))]
    found = read_stacked(lines, NL)
    assert sorted(found.names) == [0, 1, 2]
    assert cells(lines)[0] == "1 Houd het buitengebied open."


def test_numbers_that_share_a_line_with_what_they_count_open_the_rows() -> None:
    table = ["Nr. Zienswijze Reactie van het college"]
    for number, (first, *rest), answer in OWN * 2:
        table += [f"{int(number) + len(table) // 8 * 2} {first}", *rest, answer]
    assert cells(table)[:4] == [
        "1 Houd het buitengebied open.",
        "De tekst is daarop aangepast.",
        "2 Behoud de velden.",
        "Akkoord.",
    ]


def test_a_numbered_title_ends_a_table_whose_own_numbers_have_no_mark() -> None:
    wishes = ("Houd het buitengebied open.", "Behoud de velden.", "Plant meer bomen.")
    rows = [line for number, wish in enumerate(wishes, 1) for line in (f"{number} {wish}", "Akkoord.")]
    table = ["Nr. Zienswijze Reactie", *rows]
    found = read_stacked([*table, "3. Vervolg", "De raad besluit in mei."], NL)
    assert max(found.rows) == 6
    again = read_stacked([*table, "3. Van partijen", *table], NL)
    assert 7 not in again.rows
    assert 14 in again.rows


def test_rows_whose_cells_share_lines_are_no_cells_on_lines_of_their_own() -> None:
    rows = [(f"{number} Houd het open gebied Zonneweiden komen er", "open en vrij. nergens.") for number in (1, 2, 3)]
    lines = ["Nr. Zienswijze Reactie", *(line for row in rows for line in row)]
    assert read_stacked(lines, NL).rows == frozenset()


def test_the_cells_with_which_a_table_of_a_pdf_opens_name_its_columns() -> None:
    texts = [
        "Nr.",
        "Zorgpunt",
        "Antwoord",
        "1 Houd het open.",
        "Akkoord.",
        "Nr.",
        "Zorgpunt",
        "Antwoord",
        "2 Plant bomen.",
    ]
    found = names_of_cells(list(enumerate(texts)), NL)
    assert sorted(found) == [0, 1, 2, 5, 6, 7], "again at the head of the next page"
    assert names_of_cells([*enumerate(["Wie", "Wat"])], NL) == frozenset(), "nothing stands below them"
    apart = [(0, "Wie"), (-1, ""), (1, "Wat"), (2, "Bouw meer woningen.")]
    assert names_of_cells(apart, NL) == frozenset(), "of two tables"


def test_names_of_the_columns_of_a_pdfs_table_are_no_statements() -> None:
    text = "Over de aanpak.\n\n\x1fActie\n\n\x1fWie\n\n\x1fPlant meer\nbomen.\n\n\x1fteam groen\n"
    assert [placed.statement.text for placed in read(text).statements] == [
        "Over de aanpak.",
        "Plant meer bomen.",
        "team groen",
    ]
