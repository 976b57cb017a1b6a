"""Terms, sayings and opinions in the form of a detail or an account, and details and accounts in the same form."""

import pytest

from pipeline.privacy.shouts import is_jumbled
from tests.judging import assert_go, assert_stays, assert_withheld


@pytest.mark.parametrize(
    "text",
    [
        "Het Woonakkoord vraagt veel van kleine gemeenten.",  # ends as a village does
        "Thomas-huizen draaien op vrijwilligers.",
        "Maak werk van Ambulante Hulpverlening na vertrek.",  # a term with two capitals
        "Het Haags Huwelijksverdrag geldt ook hier.",
        "De Bos- en Bodemnota laat op zich wachten.",
        "Een brave Hendrik heeft geen toezicht nodig.",
        "De doos van Pandora gaat open als dit wordt losgelaten.",
        "Het Pygmalioneffect speelt een rol.",
        "Frans is een moeilijke taal, een docent Frans helpt.",
        "Een verzoek aan Sofia en een officier in Edo State helpen.",
        "GRETA en de Stichting Jade brachten een advies uit.",
        "Volgens India is het verdrag verouderd.",
        "Rotterdam is het daar niet mee eens.",  # a body may agree too
        "Wil de gemeente dat echt?",
        "De wet van Goodhart geldt ook voor wachttijden.",
        "Parkinson en Korsakov vragen om eigen expertise.",
        "May we suggest a single point of contact for victims?",
        "hEt LoKeT iS tE vAaK dIcHt",  # capitals at every turn say nothing
        "Een dertigurige werkweek is niet voor iedereen haalbaar.",
        "Tussen de 12- en 18-jarige leeftijd is hulp het hardst nodig.",
        "Inschrijven kan tot 01-09-2026, 17.00 uur.",
        "Artikelnummer 30B14 en bestelcode 22C90 zijn vervallen.",
        "Agendanummer 2025/18 gaat over het jongerenwerk.",
        "Ik heb dit punt eerder ter sprake gebracht.",
        "Ik heb begrepen dat het budget niet is verhoogd.",
        "Ik ben geschrokken van de kosten in de begroting.",
        "Ik moest even wennen aan de nieuwe website.",
        "Ik hoorde van veel kanten dat de formulieren te moeilijk zijn.",
        "Ik werkte twintig jaar in het onderwijs en dit is nieuw.",
        "Wij werden verrast door het korte tijdpad.",
    ],
)
def test_terms_sayings_and_opinions_stay(text: str) -> None:
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("De tolk, met als voornaam Eerlijk, sprak langzaam.", ["Eerlijk"]),
        ("haar achternaam is wind en dat wordt verkeerd gespeld", ["wind"]),
        ("hoop is haar achternaam, dus niet de stichting", ["hoop"]),
        ("volgens lang van het wijkteam is er een plek vrij", ["lang"]),
        ("collega sterk neemt de telefoon over", ["sterk"]),
        ("mevrouw van beek komt morgen langs", ["beek"]),
        ("dhr hoop is het daar niet mee eens", ["hoop"]),
        ("Op den Velde stelde een vraag over het budget.", ["Op ", "Velde"]),
        ("mIjN nAaM iS sAmIrA yIlMaZ eN iK wOoN hIeR", ["sAmIrA", "yIlMaZ"]),
        ("Doorkiesnummer van de casemanager: eerst 0413, dan 000, dan 976.", ["0413", "000", "976"]),
        ("De rekening is NL O2 RABO 0l23 4567 89, op naam van een ander.", ["O2", "RABO", "0l23"]),
        ("postcode drieduizend twaalf PK wordt uitgesloten", ["drieduizend", "PK"]),
        ("blijfhuis Non- na heeft geen speelruimte", ["Non", " na "]),
        ("speeltuin klein duimpje krijgt een nieuw hek", ["klein", "duimpje"]),
        ("hij mocht bij domus noord blijven tot het voorjaar", ["domus", "noord"]),
        ("je mag bij de tussenvoorziening morgenster drie nachten blijven", ["morgenster"]),
        ("De uithuisplaatsing was op pakjesavond 2020.", ["pakjesavond"]),
        ("haar verjaardag is koningsdag en het bezoek ging niet door", ["koningsdag"]),
        ("In heel Ommen is er maar één Syrische kapper zonder huis.", ["Ommen", "Syrische"]),
        ("Uit Ghana kwamen zij, de twee nichtjes die hele dagen moesten poetsen.", ["Ghana"]),
        ("Frans vertelt dat de taxi nooit komt.", ["Frans"]),  # a language and a man
        ("Volgens Sam is het te druk.", ["Sam"]),
        ("Met dank aan Wout, Jet en Sam.", ["Sam"]),
        ("De jarige van honderdeen kreeg bezoek.", ["honderdeen"]),
        ("Bakker is het daar niet mee eens.", ["Bakker"]),
        ("Wil vertelt dat de taxi nooit komt.", ["Wil"]),
        ("Zij heette Kramp en dat schreef iedereen verkeerd.", ["Kramp"]),  # ends as "ramp" does
        ("De bus naar Zwaluwendrecht rijdt niet in het weekend.", ["Zwaluwendrecht"]),  # ends as "recht" does
        ("Volgens meneer Pietersen van de inloop kan het sneller.", ["Pietersen"]),
        ("Zij is van 12-plus bijna 13 en woont bij Odense Jansen.", ["Jansen"]),
    ],
)
def test_details_in_such_forms_go(text: str, details: list[str]) -> None:
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Je wordt veertien, je vader sluit je op, en niemand vraagt iets. Zo is het mij vergaan.",
        "Vijf maanden vastgezeten in een loods, en daarna teruggestuurd zonder loon.",
        "Vannacht wakker geworden op een perron, geen schoenen, geen telefoon.",
        "Uit huis gevlucht, kleine op de arm, geen jas, geen geld.",
        "k zit sinds de zomer in een garagebox, douche bij de sportschool",
        "Pt. vertelt over nachten in de kelder, schrikt van voetstappen op de gang.",
        "Ik heb dit ter sprake gebracht en toen sloeg hij mij.",  # an opinion hides no account
        "Ik moest wennen aan de opvang en sliep bij vreemden.",
        "Ik moest zoeken naar een slaapplek.",
        "Ik heb begrepen dat mijn zoon is meegenomen.",
    ],
)
def test_accounts_in_such_forms_are_withheld(text: str) -> None:
    assert_withheld(text)


def test_capitals_of_names_are_no_jumble() -> None:
    assert is_jumbled("hEt LoKeT iS tE vAaK dIcHt")
    assert not is_jumbled("DigiD, MijnOverheid, WhatsApp, YouTube en LinkedIn zijn voor ouderen te moeilijk.")
    assert not is_jumbled("HET MOET ANDERS")
