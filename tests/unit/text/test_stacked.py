"""Tables whose cells stand on lines of their own: names, cells and titles are told, and lists stay lists."""

import pytest

from pipeline.text.language import load_language
from pipeline.text.stacked import read_stacked
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
    assert by_text["1 Zet lantaarns langs het pad naar de sporthal."] == "Plannen voor dit jaar"
    assert by_text["In mei komt iedereen weer bij elkaar."] == "Hoe verder"
    assert "Wanneer" not in by_text
