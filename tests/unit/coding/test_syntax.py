"""The clause: form and main verb of statements that no gold file holds."""

import pytest

from pipeline.coding.heads import Form
from pipeline.coding.syntax import read
from pipeline.coding.vocabulary import Vocabulary
from pipeline.coding.zones import MAIN
from pipeline.text.language import load_language


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(load_language("nl"))


@pytest.mark.parametrize(
    ("text", "form", "verb"),
    [
        ("Stel een plan op.", Form.IMPERATIVE, "opstellen"),
        ("Zorg voor goede stoelen.", Form.IMPERATIVE, "zorgen"),
        ("Zorg voor ouderen is duur.", Form.FINITE, "is"),
        ("Richt je op het platteland.", Form.IMPERATIVE, "richten"),
        ("Bomen snoeien langs de weg", Form.INFINITIVE, "snoeien"),
        ("Vaker naar school fietsen", Form.INFINITIVE, "fietsen"),
        ("Het snoeien van bomen", Form.ELLIPSIS, ""),
        ("Meer bomen in de straat", Form.ELLIPSIS, ""),
        ("Bewoners snoeien zelf hun bomen.", Form.FINITE, "snoeien"),
        ("De gemeente snoeit bomen die schaduw geven.", Form.FINITE, "snoeien"),
        ("Tuinders die water sparen krijgen korting.", Form.FINITE, "krijgen"),
        ("De boswachters werken samen.", Form.FINITE, "samenwerken"),
        ("Wie zaait, moet ook oogsten.", Form.FINITE, "moeten"),
        ("Laten we de sloot dempen.", Form.IMPERATIVE, "laten"),
        ("Boeren, spaar de sloot!", Form.IMPERATIVE, "sparen"),
        ("dus begin bij de sloot.", Form.IMPERATIVE, "beginnen"),
        ("Stopt u met maaien.", Form.IMPERATIVE, "stoppen"),
        ("Maai je het gras, dan verdwijnt de haas.", Form.FINITE, "verdwijnen"),
        ("Als je vroeg maait, ben je klaar voor de regen.", Form.FINITE, "zijn"),
        ("Nu snoei ik alles zelf.", Form.FINITE, "snoeien"),
        ("Het dorp snoeide de bomen.", Form.FINITE, "snoeien"),
        ("Akkers en sloten wegen even zwaar.", Form.FINITE, "wegen"),
        ("Een akker kost een jaar.", Form.FINITE, "kosten"),
        ("Boeren een akker geven waarop ze kunnen oefenen.", Form.INFINITIVE, "geven"),
        ("Boeren verhuizen naar de stad.", Form.FINITE, "verhuizen"),
        ("Bomen die te lang staan, vallen om.", Form.FINITE, "omvallen"),
        ("Vier akkers langs de dijk", Form.ELLIPSIS, ""),
        ("Een akker die op tijd droog is", Form.ELLIPSIS, ""),
        ("Vraag bij elke akker naar de boer.", Form.IMPERATIVE, "vragen"),
        ("Een akker op kosten van de boer.", Form.ELLIPSIS, ""),
        ("Geen vragen over de akker.", Form.ELLIPSIS, ""),
        ("Het kost jaren voordat een akker droog is.", Form.FINITE, "kosten"),
        ("Minder bomen, dan is er meer licht.", Form.ELLIPSIS, ""),
        ("Stop met boetes voor te laat snoeien.", Form.IMPERATIVE, "stoppen"),
        ("Het dorp scheldt de boeren hun boete kwijt.", Form.FINITE, "kwijtschelden"),
        ("De boeren raken hun akker kwijt.", Form.FINITE, "kwijtraken"),
        ("Niet elk voorjaar het verhaal hoeven doen.", Form.INFINITIVE, "doen"),
    ],
)
def test_the_form_of_the_main_clause(vocabulary, text, form, verb):
    reading = read(text, vocabulary)
    assert reading.form is form
    if verb not in ("is", "moeten"):
        assert reading.verb == verb


def test_what_is_outside_the_main_clause_weighs_less(vocabulary):
    reading = read("Meer groen door subsidies, zodat het koeler wordt.", vocabulary)
    zone = dict(zip((word.form for word in reading.words), reading.zones, strict=True))
    assert zone["groen"] == MAIN
    assert zone["subsidies"] < MAIN
    assert zone["koeler"] < MAIN


def test_spans_point_at_the_words(vocabulary):
    text = "Meer bomen, minder tegels!"
    reading = read(text, vocabulary)
    assert [text[start:end].lower() for start, end in reading.spans] == [word.form for word in reading.words]


def test_an_empty_text_has_a_reading(vocabulary):
    assert read("", vocabulary).words == ()
