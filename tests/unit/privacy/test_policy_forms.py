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


@pytest.mark.parametrize(
    "text",
    [
        "De CAO 2025-2027 voor het sociaal werk geeft meer ruimte voor scholing.",
        "Volgens de Kadernota 2027-2030 blijft het budget gelijk.",
        "Neem dit op in het Uitvoeringsplan 2025 - 2028.",
        "Neem dit op in de Startnotitie.",
        "De raad bespreekt de Doelgroepenanalyse in het najaar.",
        "Aantal meldingen 2021: 868; 2022: 814; 2023: 903.",
        "Oplevering Q4 2025, evaluatie Q2 2027.",
        "(Bron: jaarrapportage CoMensha 2023, p. 12.)",
        "Dit sluit aan bij SDG 5 en SDG 16.",
        "De boete van tien mille schrikt niemand af.",
        "Score: 7,2 (2023) tegenover 6,8 (2021).",
        "Blok A gaat over de toegang, blok B over het geld.",
    ],
)
def test_years_of_papers_and_figures_of_goals_stay(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Haar dossier ZK 2023/118 is kwijt.", ["2023/118"]),
        ("Kenmerk AB 2019-2231 ligt bij de rechter.", ["2019-2231"]),
        ("Ze werkte van 2018-2021 voor Kowalczyk.", ["Kowalczyk"]),
        ("KL 15 zei dat ze bang was.", ["KL 15"]),
    ],
)
def test_numbers_of_persons_beside_years_go(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Sinds de wetswijziging van 1 oktober 2000 is er een vergunningplicht.",
        "Bij de stelselwijziging van 1 januari 2015 is dit veranderd.",
        "De hoorzitting van 3 juni heeft weinig opgelost.",
        "Dit voorstel is op 9 september besproken in het presidium.",
        "Volgens het CBS telde Nederland op 1 januari 2023 ruim 30.000 dakloze mensen.",
    ],
)
def test_dates_of_changes_of_law_and_of_counts_stay(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Op 1 januari 2023 werd zij opgenomen.", ["1 januari"]),
        ("Op 31 december 2022 waren er drie mannen in haar kamer.", ["31 december"]),
        ("Bij de steekpartij van 3 juni raakte hij gewond.", ["3 juni"]),
        ("Op 9 september is hij opgepakt en voor de rechter gebracht.", ["9 september"]),
        ("Het meisje is op 12 maart besproken in het overleg en daarna weggehaald.", ["12 maart"]),
        ("De uithuisplaatsing van 14 maart 2024 was onnodig.", ["14 maart"]),
    ],
)
def test_dates_of_a_life_go(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Hogere straffen schrikken een jongen van zestien niet af.",
        "Voor een jongen van zestien is er in de regio geen plek.",
        "Wie betaalt voor seks met een meisje van vijftien, krijgt te weinig straf.",
        "Zelfs een kind van acht weet dat dit niet kan.",
        "In de vrouwenopvang mag een zoon van zestien niet mee.",
        "Een weduwe van tachtig vult geen digitale formulieren in.",
        "Leer een kind van twaalf wat online veilig is.",
        "Een verhoor van zes uur is voor een vijftienjarige een marteling.",
    ],
)
def test_an_age_for_which_something_holds_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Ook een meisje van vijftien werd uit de auto gehaald.", ["vijftien"]),
        ("Zelfs een kind van acht sliep daar op de grond.", ["acht"]),
        ("Een meisje van vijftien heeft geen eten en slaapt in een auto.", ["vijftien"]),
        ("Een vrouw van tachtig heeft recht op zorg maar ligt al dagen op de vloer.", ["tachtig"]),
        ("Voor onze dochter van zestien is er geen plek.", ["zestien"]),
        ("Vandaag moet een meisje van zestien voor de rechter verschijnen.", ["zestien"]),
        ("Hoe een jongen van dertien in Spanje terechtkwam, weet niemand.", ["dertien"]),
        ("Het beleid helpt een meisje van zestien niet dat elke nacht in een auto slaapt.", ["zestien"]),
        ("Niemand wist dat een meisje van veertien boven opgesloten zat.", ["veertien"]),
    ],
)
def test_an_age_of_one_of_whom_is_told_goes(text, details):
    assert_go(text, details)


@pytest.mark.parametrize(
    "text",
    [
        "Als huisarts kreeg ik nooit een terugkoppeling na een melding.",
        "Als docent moest ik steeds hetzelfde formulier invullen.",
        "Als raadslid liepen wij vast op de privacyregels.",
        "Een van de aanwezigen vroeg waarom de pilot was gestopt.",
        "Een deelnemer bracht in dat de brief niet werd begrepen.",
        "Iemand uit de zaal merkte op dat de wachttijd was verdubbeld.",
        "Ik was bij de inloopavond en vond die goed georganiseerd.",
        "Wij sloten ons aan bij het convenant.",
        "Als ervaringsdeskundige werd ik pas aan het einde gevraagd.",
        "Ik kreeg van drie loketten drie verschillende antwoorden.",
        "Ik heb dit al eerder in de commissie naar voren gebracht.",
    ],
)
def test_what_one_says_of_a_job_and_at_a_table_stays(text):
    assert_stays(text)


@pytest.mark.parametrize(
    "text",
    [
        "Als huisarts zag ik haar blauwe plekken en zij vertelde dat haar man haar sloeg.",
        "Als vrijwilliger werkte ik zeven dagen per week zonder loon voor de kerk.",
        "Als inwoner sliep ik vorig jaar in een tent langs het spoor.",
        "Als ervaringsdeskundige werd ik als kind verkocht.",
        "Ik kreeg van mijn man geen antwoord en werd opgesloten.",
        "Een deelnemer vertelde dat zij door haar man was mishandeld.",
        "Een inwoner zei dat hij al maanden in zijn auto slaapt.",
        "Een ouder vertelde hoe haar zoon werd meegenomen.",
        "Ik was bij de bijeenkomst en daar vertelde ik dat ik jaren op straat had geslapen.",
        "Ik heb ptss van mijn tijd in de jeugdzorg.",
    ],
)
def test_an_account_in_a_job_or_at_a_table_is_withheld(text):
    assert_withheld(text)


def test_a_point_that_is_made_is_no_address_that_is_spelt_out():
    assert_stays("De wet zou op dit punt net zo streng moeten zijn.")
    assert_go("Mail naar opvang op gemeente punt net voor de lijst.", ["opvang op gemeente punt net"])
