"""Formalities: what letters and minutes consist of is told apart, what says something is never eaten."""

from collections.abc import Sequence

import pytest

from benchmarks.coding.gold import load_gold
from benchmarks.genres.gold import load
from benchmarks.genres.measure import Counts, measure
from pipeline.text.formalities import find_formalities
from pipeline.text.language import load_language
from pipeline.text.model import Line

DUTCH = load_language("nl")
WISH = "Wij vragen u om meer plekken in de opvang."


def formalities(*texts: str) -> list[str]:
    lines = [
        Line(number, 1, text, range(number * 1000, number * 1000 + len(text) + 1)) for number, text in _numbered(texts)
    ]
    found = find_formalities(lines, DUTCH)
    return [line.text for line in lines if line.number in found]


def _numbered(texts: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(texts, 1))


def test_the_head_and_the_foot_of_a_letter() -> None:
    head = [
        "Aan het college",
        "Marktplein 1",
        "Datum: 3 mei",
        "Betreft: opvang",
        "Geacht college,",
        "Geachte wethouder,",
    ]
    foot = ["Met vriendelijke groet,", "namens de werkgroep", "de secretaris"]
    assert formalities(*head[:4], head[5], "", WISH, "Er is haast bij.", *foot) == [*head[:4], head[5], *foot]


def test_what_stands_above_a_greeting_stays_when_it_is_a_sentence() -> None:
    assert formalities(WISH, "Beste mensen,", WISH) == ["Beste mensen,"]


def test_fields_stand_together_or_at_the_head() -> None:
    body = [WISH] * 30
    assert formalities("Verslag van de avond", "Aanwezig: gemeente, politie,", "drie corporaties", "", WISH) == [
        "Aanwezig: gemeente, politie,",
        "drie corporaties",
    ]
    assert formalities(*body, "Locatie: de kade", "Leeftijd: 61", *body) == ["Locatie: de kade", "Leeftijd: 61"]
    assert formalities(*body, "Locatie: overal in de stad", *body) == []
    assert formalities(*body, "Rol: die moet de gemeente pakken.", "Locatie: die moet dichterbij komen.", *body) == []


def test_labels_of_respondents_need_several_numbers() -> None:
    labels = ["Respondent 1", "Respondent 12 (ouder)", "Reactie 3:"]
    assert formalities(labels[0], WISH, labels[1], WISH, labels[2], WISH) == labels
    assert formalities("Reactie 3", WISH) == []
    assert formalities("Reactie 3 - meer opvang", WISH, "Reactie 4 - minder regels") == []


def test_labels_of_speakers_that_stand_alone() -> None:
    said = ["Ouder: dat moet anders.", "Agent: meld het.", "Docent: te laat gezien."]
    assert formalities(*said, "Ouder:", WISH, "Agent:", WISH, "Kredietbank:", WISH) == [
        "Ouder:",
        "Agent:",
        "Kredietbank:",
    ]
    assert formalities("Wonen:", WISH, "Zorg:", WISH) == []


@pytest.mark.parametrize(
    "text",
    [
        "en gaat over tot de orde van de dag.",
        "Figuur 2.1 Aantal plekken per jaar",
        "De raad van de gemeente Voorbeeld, in vergadering bijeen op 3 mei 2024,",
        "n.v.t.",
        "-----",
        "_____",
        "Bijlagen: 2",
    ],
)
def test_a_formality_between_wishes_is_found(text: str) -> None:
    assert formalities(WISH, text, WISH) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Groeten op straat helpt al.",
        "Aan: dat woord hoort een daad te volgen.",
        "De raad moet vaker bijeen komen.",
        "Tabel 3 klopt niet. Reken het na.",
        "Einde aan de wachtlijsten",
        "Beste opvang is een eigen huis.",
    ],
)
def test_lines_that_say_something(text: str) -> None:
    assert formalities(WISH, text, WISH) == []


def test_no_statement_of_the_gold_is_eaten() -> None:
    eaten = {
        text
        for part in ("development", "test")
        for document in load_gold(part)
        for text in formalities(*(item.text for item in document.inputs))
    }
    assert eaten <= {"nvt"}


@pytest.mark.parametrize(
    ("part", "floors"),
    [
        ("develop", {"boilerplate": 0.70, "kept": 0.98, "headings": 0.85, "items": 0.88, "statements": 0.93}),
        ("test", {"boilerplate": 0.50, "kept": 0.99, "headings": 0.75, "items": 0.94, "statements": 0.93}),
    ],
)
def test_documents_of_many_kinds_are_read_as_well_as_before(part: str, floors: dict[str, float]) -> None:
    counts = Counts()
    for document in load(part):
        measure(document, DUTCH, counts)
    assert {figure: counts.share(figure) for figure in floors if counts.share(figure) < floors[figure]} == {}


def test_a_greeting_may_open_with_several_words() -> None:
    assert formalities("Meneer de voorzitter,", WISH) == ["Meneer de voorzitter,"]
    assert formalities("Aan allen", WISH) == ["Aan allen"]
