"""Notes: accounts without a subject, shortened words, figures with signs, and forms of papers that are nobody's."""

import pytest

from tests.judging import assert_go, assert_stays, assert_withheld


@pytest.mark.parametrize(
    "text",
    [
        "als meisje misbruikt door de trainer, nooit hulp gezocht",  # nobody in it and no verb
        "jarenlang mishandeld en opgesloten, weggelopen via de tuin",
        "vijf miskramen gehad in dat huis, nooit een dokter gezien",
        "tijdens detentie bevallen, baby naar een pleeggezin",
        "overlever van seksueel misbruik, nu zelf begeleider",
        "woning afgebrand, alles kwijt, sindsdien bij kennissen",
        "voor vierhonderd euro verkocht door oom",
        "moest van de baas met klanten naar bed",
        "heeft zes jaar geen daglicht gezien",  # opened by a verb of one person
        "wil niet meer leven sinds de mishandeling",
        "Mij hebben ze met drank stil gehouden.",
        "Sinds de overval slaapt zij niet meer.",
        "Op zijn rug staat nog de naam van haar pooier.",
        "R. (20) is twee keer verkocht.",  # an initial
        "pt. heeft een suïcidepoging gedaan",
        "man, uitgeb. in restaur., geen loon 7 mnd, op straat gezet",  # shortened
    ],
)
def test_an_account_without_a_subject_is_withheld(text: str) -> None:
    assert_withheld(text)


@pytest.mark.parametrize(
    "text",
    [
        "Te lang gewacht, te weinig gedaan.",  # no verb and nobody, of work and of many
        "Uit huis geplaatste kinderen krijgen te weinig zorg.",
        "Mishandeld worden is geen privézaak.",
        "Uitgebuite vrouwen, twee keer slachtoffer.",
        "Twee keer gemeld dat het beleid tekortschiet.",
        "Overlevers van geweld moeten meepraten over beleid.",
        "Vrouwen die in detentie bevallen, hebben recht op kraamzorg.",
        "Wij kregen de vragenlijst pas na de zomer via de mail.",
    ],
)
def test_what_is_said_of_many_in_that_form_stays(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    "text",
    [
        "Een 17-jarige moet zelf een rekening kunnen openen.",
        "Een jongen van 16 krijgt een andere behandeling dan een meisje van 16.",
        "Volgens Van Dale is dat geen dwang.",
        "Het contract is geldig tot 31-10-2027.",
        "De nota verscheen op 11 mei 2017.",
        "De bijdrage loopt op 31 december af.",
        "30 juli is de werelddag tegen mensenhandel.",
        "Zaak C-91/20 van het Hof van Justitie is van belang.",
        "PbEU 2013, L 59 regelt dit.",
        "Het Leerwerkplein helpt jongeren aan werk.",
        "1. Registratie 2. Signalering 3. Nazorg",
        "De Wet langdurige zorg (Wlz) sluit niet aan.",
        "Hashtag #samenveilig werkt bij jongeren.",
    ],
)
def test_forms_of_papers_and_rules_stay(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    "text",
    [
        "knelp. 3: doorverw. naar ggz stokt",
        "samenw. pol. en zorg kan beter, i.s.m. GGD",
        "wachtt. opvang 4-8 mnd, doorstr. loopt vast",
        "AU = arbeidsuitbuiting; eval. uiterl. 30.11.26",
        "lft-grens 18 -> 23, evt. 27",
        "n = 12 v. 40 (30%)",
        "te weinig 0pvang in deze gerneente",
        "[00:12:40] Moderator: wie wil reageren?",
        "zie hfst. 4 en bijl. C",
        "kosten = 95 p.u., gem. betaalt",
    ],
)
def test_notes_in_telegram_style_stay(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("- overl. met wassinkhof. daarna pauze", ["wassinkhof"]),  # a name behind what may have one
        ("vraag het aan samira.", ["samira"]),
        ("verdachte radu m. werkte met twee telefoons", ["radu m."]),  # a letter behind a name
        ("geschreven door chr. hagenaar", ["chr. hagenaar"]),  # a title
        ("pand noorderstr. 14 staat leeg", ["noorderstr. 14"]),  # a street
        ("vrouw 17 jaar 2 kinderen", ["17"]),
        ("opvang bij Brigid-Huys is vol", ["Brigid-Huys"]),
        ("Zij kwam op 31 december vrij.", ["31 december"]),  # somebody is in the sentence
        ("Zij werd gevonden op de Zorgstraat 12.", ["Zorgstraat 12"]),  # a house has a number
        ("Een 17-jarige moest elke nacht werken.", ["17"]),
    ],
)
def test_details_in_notes_go(text: str, details: list[str]) -> None:
    assert_go(text, details)
