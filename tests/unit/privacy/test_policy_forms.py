"""What policy texts are full of is nobody's detail, and its neighbours still go."""

import pytest

from tests.judging import assert_go, assert_stays, assert_withheld


@pytest.mark.parametrize(
    "text",
    [
        "Wie in groep A valt, komt later in groep B terecht.",
        "Alleen optie C is getoetst door de inspectie.",
        "Wij geven de voorkeur aan module A boven module B.",
        "Het college kiest voor locatie B.",
        "Tussen traject A en B zit te veel verschil.",
    ],
)
def test_a_letter_that_tells_parts_apart_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Groep A. Jansen werd ontvangen.", ["Jansen"]),
        ("In module B. de Vries werkte zij verder.", ["Vries"]),
        ("Op de locatie Zilvermeer slaapt niemand.", ["Zilvermeer"]),
        ("Het rapport is van mevrouw K. uit Lierop.", ["K.", "Lierop"]),
    ],
)
def test_a_letter_before_a_surname_goes(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Zonder inschrijving i.d. BRP is er geen zorgverzekering.",
        "Vereenvoudig vergunningen, m.n. voor kleine initiatieven.",
        "Maak s.v.p. heldere afspraken over toezicht.",
        "De kosten t.l.v. de gemeente nemen toe.",
        "Te weinig huisvestings- en opvangcapaciteit.",
        "Regel de samenwerkings-, woon- en werkafspraken beter.",
    ],
)
def test_what_is_shortened_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("met vriendelijke groet, p.j. ridder", ["p.j.", "ridder"]),
        ("verslag: drs. m.n. noordhof", ["m.n.", "noordhof"]),
        ("het dossier is van m.n. van hilten", ["m.n.", "hilten"]),
    ],
)
def test_initials_in_small_letters_go(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Lijn 63 is geschrapt.",
        "Ratificeer ILO-verdrag 189.",
        "Daarover zijn de cijfers niet eensluidend.[12]",
        "Dat was in de jaren '90 en '00 anders.",
        "In de 24-uurszorg ontbreken mensen.",
        "Een aanvulling is de KRG, die weinig mensen kennen.",
        "Betrek cliënten bij Deltaplan Gezond Thuis.",
        "Elders wil de gemeente er alleen voor staan.",
        "Immers vraagt de regeling veel papier.",
        "Kindercentrum is nodig in elke kern.",
        "Productiewaarde geeft geen inzicht in de keten.",
    ],
)
def test_numbers_programmes_and_openings_of_policy_stay(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("gelegen aan het spoor 9, achter de loods.", ["spoor 9"]),
        ("De notulen zijn gemaakt door KRG van Dalen.", ["Dalen"]),
        ("Zilvermeer heeft geen bushalte.", ["Zilvermeer"]),
        ("Elders van Dalen vertelt dat hij niets kreeg.", ["Elders", "Dalen"]),
    ],
)
def test_their_neighbours_go(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Leg de beslissing uit aan een kind van zeven.",
        "Men praat over je alsof je een kind van zes bent.",
        "Geen vrouw van tachtig hoort aan een digitaal loket.",
        "Elk kind van twaalf heeft recht op onderwijs.",
        "Schrijf in woorden die een kind van twaalf jaar begrijpt.",
        "Kan iemand mij uitleggen waarom de regeling verschilt?",
        "Schrijf brieven die mijn moeder begrijpt.",
    ],
)
def test_who_stands_for_all_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Er zat een kind van zeven in de gang.", ["zeven"]),
        ("Dat een vrouw van tachtig dit meemaakte!", ["tachtig"]),
    ],
)
def test_the_age_of_one_goes(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Kan iemand mij uitleggen waarom mijn dochter het huis uit werd gezet?",
        "Mijn moeder begrijpt niet waarom mijn broer werd opgepakt.",
    ],
)
def test_a_question_about_ones_own_is_withheld(text):
    assert_withheld(text)


def test_a_point_that_is_made_is_no_address_that_is_spelt_out():
    assert_stays("De wet zou op dit punt net zo streng moeten zijn.")
    assert_go("Mail naar opvang op gemeente punt net voor de lijst.", ["opvang op gemeente punt net"])
