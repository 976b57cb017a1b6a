"""Headings in the ways that Dutch reports number them, and what only looks like one."""

import pytest

from pipeline.text.headings import is_hashed, opens_section, read_heading, says_when, sure_heading
from pipeline.text.language import load_language

DUTCH = load_language("nl")


@pytest.mark.parametrize(
    ("text", "number", "title", "level"),
    [
        ("4.5 Mensenhandel meer prioriteit geven", "4.5", "Mensenhandel meer prioriteit geven", 2),
        ("4.5.1 Opvang", "4.5.1", "Opvang", 3),
        ("4.5. Opvang en zorg", "4.5", "Opvang en zorg", 2),
        ("Hoofdstuk 4", "Hoofdstuk 4", "", 1),
        ("Hoofdstuk 4: Opvang", "Hoofdstuk 4", "Opvang", 1),
        ("Tafel 3: raken waar het pijn doet", "Tafel 3", "raken waar het pijn doet", 2),
        ("Aanbeveling 7 – Meer opvang", "Aanbeveling 7", "Meer opvang", 2),
        ("AANBEVELING 7", "AANBEVELING 7", "", 2),
        ("Bijlage B Begrippen", "Bijlage B", "Begrippen", 1),
        ("A. Opvang", "A", "Opvang", 1),
        ("IV. Wonen en zorg", "IV", "Wonen en zorg", 1),
        ("3. Wonen", "3", "Wonen", 1),
        ("Wonen en zorg", "", "Wonen en zorg", 1),
        ("OPVANG EN ZORG", "", "OPVANG EN ZORG", 1),
    ],
)
def test_number_title_and_level_of_a_heading_are_read(text: str, number: str, title: str, level: int) -> None:
    candidate = read_heading(text, DUTCH)
    assert candidate is not None
    heading = candidate.heading()
    assert (heading.number, heading.title, heading.level) == (number, title, level)


@pytest.mark.parametrize(
    "text",
    [
        "4.5 procent van de slachtoffers doet aangifte",
        "2 jaar opvang",
        "10 Gemeenten doen mee.",
        "4.05 Euro per uur",
        "1. Zorg voor meer opvang.",
        "Aanbeveling 7 is overgenomen",
        "Hoofdstuk 4 van het plan gaat over opvang.",
        "Aanbeveling 7: Zorg voor meer opvang.",
        "Meer opvang",
        "Zet ervaringsdeskundigen in",
        "De opvang is vol",
        "wonen en zorg",
        "Wonen en zorg.",
        "4.5 Opvang. Er is te weinig opvang in het land",
        "",
    ],
)
def test_sentences_and_items_of_lists_are_no_headings(text: str) -> None:
    assert read_heading(text, DUTCH) is None


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("# Verslag van de avond", "", "Verslag van de avond"),
        ("## Meer opvang", "", "Meer opvang"),
        ("### **Zet vrijwilligers in** ###", "", "Zet vrijwilligers in"),
        ("## 4.5 Opvang", "4.5", "Opvang"),
        ("## Tafel 3: wonen", "Tafel 3", "wonen"),
        ("## 3 Opvang", "3", "Opvang"),
    ],
)
def test_an_extractor_may_mark_headings(text: str, number: str, title: str) -> None:
    candidate = read_heading(text, DUTCH)
    assert candidate is not None
    assert candidate.marked
    assert (candidate.number, candidate.title) == (number, title)
    assert opens_section(text, DUTCH)
    assert is_hashed(text)


@pytest.mark.parametrize("text", ["#zorg", "#", "####### Opvang", "Zaak # 3", "C# Opvang"])
def test_a_hash_elsewhere_marks_nothing(text: str) -> None:
    assert not is_hashed(text)
    assert not opens_section(text, DUTCH)


def test_hashes_without_a_title_are_no_heading() -> None:
    assert read_heading("## **", DUTCH) is None
    assert not opens_section("# _ _", DUTCH)


def test_only_a_number_or_keyword_opens_a_section_by_itself() -> None:
    assert opens_section("4.5 Opvang", DUTCH)
    assert opens_section("Aanbeveling 7", DUTCH)
    assert not opens_section("3. Wonen", DUTCH)
    assert not opens_section("Wonen en zorg", DUTCH)


def test_a_question_that_heads_a_part_of_a_report_is_sure_of_itself() -> None:
    found = sure_heading("Hoe gaat het verder?", DUTCH)
    assert found is not None
    assert found.sure
    assert sure_heading("Hoe komt dat?", DUTCH) is None


def test_a_line_of_an_agenda_heads_nothing() -> None:
    assert says_when("Werkbezoek wonen: 12 november", DUTCH)
    assert says_when("Raadsavond: dinsdag 3 mei 2025", DUTCH)
    assert not says_when("Bijeenkomst 12 november", DUTCH), "may head what was said there"
    assert sure_heading("RAADSAVOND: 3 MEI 2025", DUTCH) is None
