"""Tables in plain text, whose cells are parted by tabs, semicolons or pipes."""

import pytest

from pipeline.text.repair import CELLS_KIND
from pipeline.text.tables import read_tables
from tests.reading import NL, read, texts

ABOVE, BELOW = "De tafels gaven deze punten.", "In maart komt de groep opnieuw bijeen."
WISHES = [
    ("Wonen", "Bouw meer betaalbare woningen voor starters.", "Hoog"),
    ("Zorg", "Maak de wachtlijsten bij de ggz korter.", "Hoog"),
    ("Vervoer", "Laat de bus ook na acht uur rijden in de dorpen.", "Midden"),
]


def table(mark: str, *rows: tuple[str, ...]) -> str:
    return "\n".join(mark.join(row) for row in rows)


@pytest.mark.parametrize("mark", ["\t", ";", " | "])
def test_cells_are_paragraphs_in_the_order_of_rows_and_names_of_columns_say_nothing(mark):
    rows = table(mark, ("Thema", "Aanbeveling", "Prioriteit"), *WISHES)
    found = texts(f"{ABOVE}\n\n{rows}\n\n{BELOW}\n")
    assert found == [ABOVE, *(cell for row in WISHES for cell in row), BELOW]


def test_a_number_is_of_the_cell_beside_it_but_not_of_what_it_says_and_an_empty_cell_is_none():
    rows = table(
        "\t", ("1", "Meer groen in de wijk", "Overnemen"), ("2", "Een bus op zondag", ""), ("3", "Lage huren", "Ja")
    )
    assert texts(rows) == ["Meer groen in de wijk", "Overnemen", "Een bus op zondag", "Lage huren", "Ja"]


def test_pipes_at_the_edges_of_rows_and_between_cells_are_repairs():
    rows = table(" | ", *(("", *row, "") for row in WISHES))
    found = read(rows)
    assert [placed.statement.text for placed in found.statements] == [cell for row in WISHES for cell in row]
    assert [(r.kind, r.before) for r in found.repairs if r.kind != "white_space"] == [(CELLS_KIND, "|")] * 12


def test_a_first_row_that_asks_for_something_or_is_like_the_others_names_no_columns():
    wishes = (
        ("Wonen", "Bouw sneller"),
        ("Zorg", "Maak de wachtlijsten korter dan zes weken"),
        ("Bus", "Laat hem later rijden"),
    )
    assert not read_tables(table("\t", *wishes).split("\n"), NL).names
    plain = ("Ans", "Wonen"), ("Wim", "Zorg"), ("Els", "Bus")
    assert not read_tables(table("\t", *plain).split("\n"), NL).names
    counts = ("Thema", "Aantal"), ("Wonen", "12"), ("Zorg", "7")
    assert read_tables(table("\t", *counts).split("\n"), NL).names == {0}


@pytest.mark.parametrize(
    "text",
    [
        "1.\tMeer groen\n2.\tMeer bussen\n3.\tMeer zorg",  # a list
        "a)\tMeer groen\nb)\tMeer bussen\nc)\tMeer zorg",
        "•\tMeer groen\n•\tMeer bussen\n•\tMeer zorg",
        "\tDe gemeente bouwt.\n\tDe buurt wacht.\n\tDe bus rijdt.",  # indents
        "Voorzitter:\tWelkom allemaal.\nLid:\tDank u wel.\nVoorzitter:\tAan het werk.",  # speakers
        "Wonen\tMeer groen\nEen regel.\nZorg\tMeer bussen",  # no three rows in succession
        "Minder regels; meer hulp\nMeer zorg; minder haast\nMeer groen; minder steen",  # clauses
        # Columns of prose that an extractor set side by side.
        "Er moeten meer huizen\tVeel ouders zeggen dat\nkomen voor ouderen die\tzij geen opvang\nnu wachten\tvinden",
    ],
)
def test_what_only_holds_such_marks_is_no_table(text):
    assert not read_tables(text.split("\n"), NL).rows
