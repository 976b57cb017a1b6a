"""Ordinary words that look like a name where they stand, and names in the same place."""

import pytest

from pipeline.privacy.gate import load_gate
from tests.judging import assert_go, assert_stays


@pytest.mark.parametrize(
    "text",
    [
        "Wij steunen het gezin. Kinderen horen gehoord te worden.",  # a title written in full ends a sentence
        "Dat wil een dokter. Spreekuren zijn te kort.",
        "Oude wonden krijgen zo de tijd om te helen.",  # a verb that is a name too
        "Een speler met alleen een gebruikersnaam hebben wij niet gezocht.",
        "Geothermie en zonnewarmte helpen de wijk.",
        "Het kan beter. Gijzelsoftware en een storing leggen alles plat.",  # its parts are seen
        "Dwang laat sporen na. Streef naar nul separaties in de zorg.",  # asks for something
        "Soapoli's zijn overal te ver weg.",
        "Duidelijkheid helpt. Kies: sluiten of verbouwen.",
        "Bij label E, F of G moet de huur bevroren worden.",
        "De hausse aan ADHD-diagnoses en A1-verklaringen valt op.",
        "Veteraneninloophuizen verdienen steun.",  # no village has a verb of several
        "Ruim 12.000 jongeren wachten op hulp.",
        "Er zijn jongeren van negentien die nooit naar school zijn geweest.",  # "zijn" is the verb
        "Een veertienjarige mag geen pakketten rondbrengen.",  # anybody of that age
        "Een keuring op vijftienjarige leeftijd zou helpen.",
        "Lex certa is een eis aan elke strafbaarstelling.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wij spraken mevr. Dirksen over de wachtlijst.", "Dirksen"),
        ("volgens helen van de opvang kan het sneller", "helen"),
        ("Haar gebruikersnaam is zonnetje en daarmee werd ze gevonden.", "zonnetje"),
        ("Kies: ik vind het plan te duur.", "Kies"),
        ("Een veertienjarige vertelde dat hij pakketten rondbrengt.", "veertienjarige"),
        ("Op vijftienjarige leeftijd zou hij zijn weggelopen.", "vijftienjarige"),
        ("Ruim zestien, en al drie keer verhuisd.", "zestien"),
        ("Zij vertelde over zijn jongens van negentien en twintig.", "negentien"),
        ("Metsers merkt op dat de notulen niet kloppen, Peeters valt hem bij.", "Metsers"),
        ("Dirksen's voorstel is aangenomen.", "Dirksen"),
    ],
)
def test_names_in_the_same_place_go(text: str, name: str) -> None:
    assert_go(text, [name])


@pytest.mark.parametrize(
    "text",
    [
        "HET KAN ANDERS EN HET MOET BETER",  # capitals throughout say nothing
        "MINDER LOKETTEN EN MEER TIJD VOOR DE CLIËNT",
        "The municipalities should offer a Recovery Period to victims.",
        "Wir fordern eine Wohnung für alle, die auf der Straße leben.",
        "A. Onderwijs B. Toezicht C. Vervoer",
        "Het syndroom van Down en de ziekte van Parkinson vragen om maatwerk.",
        "Lees pag. 12 t/m 19 en vul m/v/x in.",
        "Bel 113 of bel gratis 0800-0113.",
        "Looptijd 01/03/2025–31/12/2028.",
        "Opbrengsten: 12 cent per inwoner.",
        "Kop-en-staartgesprekken en Post-its zijn geen plan.",
        "Zie https://doi.org/10.1234/abcd.5678 voor de cijfers.",
        "De 25-jarige Wet op het wonen kan weg.",
        "Vapes en lachgas horen niet in de buurt van een school.",  # a thing is joined to a thing
        "Het overleg liep lang. We kwamen er niet uit en stellen het besluit uit.",
        "Wij werden als adviesraad pas op het laatst gehoord.",
        "Nous voulons une maison des jeunes dans le quartier.",
    ],
)
def test_forms_that_identify_nobody_stay(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("GESPREK MET FATOUMATA EN MEVROUW BAKKER OVER DE BUS", ["FATOUMATA", "BAKKER"]),
        ("INGEZONDEN DOOR: TJITSKE VAN DER PAALEN", ["TJITSKE VAN DER PAALEN"]),
        ("POST KAN NAAR 7261 AB EN ANDERS PER BODE", ["7261 AB"]),
        ("My name is Fatoumata and the shelter would not help my mother.", ["Fatoumata"]),
        ("Mevrouw Hof- stede sluit de vergadering.", ["Hof- stede"]),
        ("A. Dirksen, B. Yilmaz en C. Okafor notuleren.", ["Dirksen", "Yilmaz", "Okafor"]),
        ("Bel mij op zes-twaalf-dertig-veertig-vijftig na vijven.", ["zes-twaalf-dertig-veertig-vijftig"]),
        ("Mijn moeder tikt de tachtig aan.", ["tachtig"]),
        ("In 'de Lindekamer' mag geen hond.", ["Lindekamer"]),
        ("v 34 zonder inkomen", ["34"]),
        ("De enige vroedvrouw van Terschelling verloor haar huis.", ["Terschelling"]),
    ],
)
def test_details_in_such_forms_go(text: str, details: list[str]) -> None:
    judged = load_gate("nl").judge(text)
    gone = {at for one in judged.findings for at in range(one.start, one.end)}
    for detail in details:
        start = text.index(detail)
        left = [at for at in range(start, start + len(detail)) if text[at].isalnum() and at not in gone]
        assert judged.privacy == "withheld" or not left, judged.text
