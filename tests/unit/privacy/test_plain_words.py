"""Ordinary words that look like a name where they stand, and names in the same place."""

import pytest

from pipeline.privacy.gate import load_gate


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
    assert load_gate("nl").judge(text).privacy == "clear"


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
    judged = load_gate("nl").judge(text)
    assert judged.privacy == "withheld" or name not in (judged.text or "")
