"""Footnotes that cite, attributions below quotations, colophons."""

import pytest

from pipeline.text.credits import find_credits
from pipeline.text.language import load_language
from pipeline.text.model import Line

NL = load_language("nl")


def found(text: str) -> list[str]:
    lines = [Line(n, 1, line, range(len(line) + 1)) for n, line in enumerate(text.split("\n"), start=1)]
    return [lines[number - 1].text for number in sorted(find_credits(lines, NL))]


ABOVE = "Starters wachten negen jaar op een huurhuis.2 Bouw meer.\n\n"


@pytest.mark.parametrize(
    "note",
    [
        "1 Zie Kamerstukken II 2020/21, 32 847, nr. 752.",
        "2 Planbureau, Balans van de bouw, 2021.",
        "[4] Vgl. https://example.org/verslag",
        "2 Zie ook het verslag van de commissie die in het voorjaar bijeenkwam,\naangeboden op 12 mei 2022.",
    ],
)
def test_a_footnote_that_cites_says_nothing(note):
    assert found(ABOVE + note) == note.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "2 Meer bussen in 2025.",  # asks for something
        "3 Planbureau, Balans van de bouw, 2021.",  # no 3 stands in the text
        "1. Zie de jongere als mens.",  # cites nothing
        "1 Zie Kamerstukken II 2020/21, 32 847. De minister moet dit plan intrekken.",  # says more
        "2 De huren moeten voor 2026 omlaag.",
    ],
)
def test_a_numbered_line_that_claims_something_stays(line):
    assert found(ABOVE + line) == []


def test_a_footnote_goes_on_only_where_it_stands_apart():
    assert found("Bouw meer woningen.2\n2 Zie het verslag van de raad en\nde brief van 12 mei 2022.") == []


def test_attributions_stand_below_a_quotation_or_name_people():
    assert found("“Niemand belt terug.”\n– zorg, regio Zuid\n\n“De bus rijdt niet.”\n(moeder, 54 jaar)") == [
        "– zorg, regio Zuid",
        "(moeder, 54 jaar)",
    ]
    assert found("Laat de bus vaker rijden.\n- deelnemer, regio Noord\nBouw meer.") == ["- deelnemer, regio Noord"]


@pytest.mark.parametrize(
    "text",
    [
        "Wij willen:\n- meer groen\n- ouders, ook uit de wijk\n- een bus",  # a list
        "Laat de bus vaker rijden.\n- zorg, regio Noord",
        "Bouw meer.\n- ouders moeten meepraten, ook op school",
        "“Bouw meer.”\n- meer groen, minder steen",
    ],
)
def test_items_of_lists_are_no_attributions(text):
    assert found(text) == []


COLOPHON = "Tekst: afdeling Communicatie\nVormgeving: Studio Kant\nISBN 978-90-1234-567-8"


def test_a_colophon_has_a_title_or_an_imprint():
    titled = (
        "Colofon\n\nDit is een uitgave van de gemeente.\nRedactie: Bureau Helder\nGemeente Dalwijk\npost@example.org"
    )
    assert found(f"Bouw meer.\n\n{titled}\n\nLaat de bus vaker rijden.") == [
        line for line in titled.split("\n") if line
    ]
    assert found(titled.replace("Colofon", "— COLOFON:"))[0] == "— COLOFON:"
    assert found(f"Bouw meer.\n\n{COLOPHON}\n\nInleiding\nDe bus rijdt niet.") == COLOPHON.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Tekst: kort en helder\nOntwerp: met groen\nDruk: lager",  # no imprint
        "Colofon\n\nDe gemeente moet meer bouwen.",
        "Colofon\n\nSamenvatting",
    ],
)
def test_fields_alone_and_a_title_alone_are_no_colophon(text):
    assert found(text) == []


@pytest.mark.parametrize("note", ["2Zie het rapport Bouwen, 2021, p. 14.", "2\nZie het rapport Bouwen, 2021, p. 14."])
def test_the_number_of_a_footnote_may_touch_it_or_stand_on_a_line_of_its_own(note):
    assert found(ABOVE + note) == note.split("\n")


def test_a_number_on_a_line_of_its_own_proves_no_footnote():
    assert found(f"{ABOVE}2\nZie de jongere als mens.") == []
    assert found(f"{ABOVE}2\nBouw meer voor 2030.") == []
