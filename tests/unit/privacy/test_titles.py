"""Titles of plain words and quoted words are nobody's; houses, nicknames and persons beside them still go."""

import pytest

from pipeline.privacy.lexicon import load_lexicon
from pipeline.privacy.titles import Titles
from pipeline.text.language import load_language
from tests.judging import assert_go, assert_stays


@pytest.mark.parametrize(
    "text",
    [
        "Met Geen Kind Buiten hebben we laten zien dat het kan.",
        "Ga door met Sterke Buurten.",
        "Het budget voor Iedereen Telt Mee is te klein.",
        "De evaluatie van Nooit Meer Alleen is nog niet gedeeld.",
        "Wij steunen Grip op Geld van harte.",
        "De motie Meer Kans op Werk is aangenomen.",
        "In de publicatie Tussen Wal en Schip staat hoeveel jongeren buiten beeld raken.",
        "Onze gemeente doet mee aan Wonen Eerst.",
        "De Doorbraakaanpak Vastgelopen Dossiers heeft zestig gezinnen geholpen.",
        "De evaluatie van Vrije Keuze is nog niet gedeeld.",
        "Wees Alert, Praat Erover, Meld Het",
    ],
)
def test_a_title_of_plain_words_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Ze sliep drie weken bij Stille Wateren.", ["Stille Wateren"]),
        ("Zij woont sinds mei in Thuis voor Elkaar.", ["Thuis voor Elkaar"]),
        ("Vrouwenopvang Samen Verder belde de politie.", ["Samen Verder"]),
        ("De leefgroep heet Niet Alleen.", ["Niet Alleen"]),
        ("Volgens Elke Bakker is er niets gebeurd.", ["Elke", "Bakker"]),
        ("Dank aan Alle de Vries voor de koffie.", ["Alle", "Vries"]),
        ("Dank aan Wil die alles heeft geregeld.", ["Wil"]),
        ("Wij spraken met Anders Holm over de zaak.", ["Anders", "Holm"]),
        ("Iedereen kent Dikke Leo van het plein.", ["Dikke Leo"]),
        ("Ze kwam terecht bij stichting Het Veilige Nest.", ["Veilige Nest"]),
        ("Overleg Bakker en Visser over haar plek.", ["Bakker", "Visser"]),
        ("Rapportage Winter 12 mei.", ["Winter"]),
        ("Wethouder Ottersloot zegt toe dat er een brief komt.", ["Ottersloot"]),
        ("Wethouder Van Zutphen beloofde extra plekken.", ["Zutphen"]),
        ("leerlingen van vmbo Het Vlechtwerk worden benaderd", ["Vlechtwerk"]),
    ],
)
def test_a_house_or_a_person_of_plain_words_goes(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "De brief begon met 'Bel de gemeente' en dat zegt genoeg.",
        "Achter ‘Niet ontvankelijk’ gaat een groot probleem schuil.",
        'In het systeem stond "Onvoldoende bewijs" en meer niet.',
        "Het kopje 'Zorgmijder' kan weg.",
    ],
)
def test_an_ordinary_word_that_is_quoted_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("De buren noemen haar 'Spook'.", ["Spook"]),
        ("Op straat heet hij 'Muis'.", ["Muis"]),
        ('Hij kwam binnen als "Slager" en zo kent iedereen hem.', ["Slager"]),
        ("De man met bijnaam 'Tank' haalde het geld op.", ["Tank"]),
        ("Ze werd gebracht naar 'Zonnehoek'.", ["Zonnehoek"]),
        ("Ze slaapt in “Morgenster” achter de kerk.", ["Morgenster"]),
        ("In 'De Brug' kreeg ze een bed.", ["Brug"]),
    ],
)
def test_a_quoted_nickname_or_house_goes(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Ga door met Gezonde Wijken.", ["Gezonde Wijken"]),
        ("Met Grip op Geld gaat het goed.", ["Grip op Geld"]),
        ("Ze ging naar Gezonde Wijken.", []),
        ("Gezonde Bakker", []),
        ("Huis voor Kinderen is dicht, net als Hof voor Vogels.", []),
    ],
)
def test_where_a_title_stands(text, titles):
    language = load_language("nl")
    spans = Titles(language.data("privacy"), load_lexicon(language)).spans(text)
    assert [text[start:end] for start, end in spans] == titles
