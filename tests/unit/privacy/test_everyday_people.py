"""Persons told by a usual first name, by what they do and by what befell them, and things in the same form."""

import pytest

from tests.judging import assert_go, assert_stays, assert_withheld


@pytest.mark.parametrize(
    "text",
    [
        "Mark deze straten als aandachtsgebied.",  # a name and a verb
        "Een verzoek aan Sofia duurt een half jaar.",  # a town that may answer
        "Geef Sofia en Boekarest een eigen liaison.",
        "Via Valencia komen veel goederen binnen.",
        "Meta en TikTok halen zulke advertenties niet weg.",
        "Interreg en Empact betalen mee.",
        "Meer Blauw op straat is niet genoeg.",
        "Het lespakket Beauty and the Beast is verouderd.",
        "Dan is vaak een vrijwilliger nodig.",
        "Een instelling van zestien jaar oud verdient onderhoud.",  # ends as persons do
        "Een container van veertig voet past niet.",
        "Een register van twintig namen is geen register.",
        "Een ambtenaar legde uit dat de termijn kort is.",
        "Een onderzoeker vond dat de opvang te laat kwam.",
        "Een vertaler was nooit beschikbaar bij de politie.",
        "Een winkelier moet een boete krijgen.",
        "Een Amsterdamse proef hielp daklozen aan een huis.",
        "Stichting Nidos heeft bedden voor minderjarigen.",
        "Kenteken en merk worden geregistreerd.",
        "Fractie (VVD): hoe wordt dit betaald?",
        "Versie 4.2.10.1 van het systeem is nog in gebruik.",
    ],
)
def test_things_in_the_form_of_persons_stay(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Maarten kreeg geen uitkering.", ["Maarten"]),  # a dictionary of words has it
        ("Daan en zijn moeder wachten op een woning.", ["Daan"]),
        ("Koos is al jaren vrijwilliger.", ["Koos"]),
        ("Hope en haar broer wachten op een woning.", ["Hope"]),
        ("Bakker en zijn vrouw wonen ernaast.", ["Bakker"]),
        ("Wil is al twintig jaar mantelzorger.", ["Wil"]),  # seen too often to be a name
        ("Patience heeft vier kinderen en geen werk.", ["Patience"]),  # a virtue in English
        ("Sunday: waarom duurt dit zo lang?", ["Sunday"]),
        ("Sofia vertelt dat zij haar tolk niet kent.", ["Sofia"]),
        ("Zij heet Sofia en zoekt een kamer.", ["Sofia"]),
        ("Dank aan Elif en Sofia voor het meelezen.", ["Elif", "Sofia"]),
        ("Groen (VVD) is tegen.", ["Groen"]),
        ("Een verpleger van drieëntwintig vroeg om hulp.", ["drieëntwintig"]),
        ("Een Turkse danser van 31 zonder vergunning krijgt niets.", ["31"]),
        ("Stichting Warme Haard vangt tienermoeders op.", ["Warme", "Haard"]),
        ("Stichting De Tweede Akker biedt onderdak aan jongens.", ["Tweede", "Akker"]),
        ("De bus met kenteken B 77 XYZ reed door.", ["77", "XYZ"]),
        ("Het IP-adres 84.20.190.12 kwam terug.", ["84.20"]),
    ],
)
def test_usual_names_and_what_tells_them_go(text: str, details: list[str]) -> None:
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Een hotelmedewerkster sliep maandenlang in een schuur en kreeg geen loon.",  # no list has the trade
        "Een circusartiest werd door zijn makelaar in de steek gelaten.",
        "Een Roemeen verloor zijn baan en daarna zijn kamer.",
        "Een Nigeriaanse sliep weken in een portiek.",
        "Toen het uitkwam, heeft haar familie haar verstoten.",
        "Zij weet niet waar haar kind nu is.",
        "Er zit een man in onze flat die al drie jaar voor niets werkt.",
    ],
)
def test_what_befell_somebody_is_withheld(text: str) -> None:
    assert_withheld(text)
