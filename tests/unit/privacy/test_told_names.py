"""Names that are words too, or in no list, told by what stands around them; each with a neighbour that is clear."""

import pytest

from tests.judging import assert_go, assert_stays


@pytest.mark.parametrize(
    "text",
    [
        "[Hope] fietst naar het loket.",
        "[Boy] is bang voor de deurwaarder.",
        "[Rukmini] kookt voor de hele straat.",
        "[Rukmini] pinde altijd bij dezelfde bank.",
        "[Baldewsingh] sleepte een bed naar boven.",
        "([Toon], vrijwilligster, Amersfoort)",
        "[Steen] (budgetcoach) wees op het tekort aan kamers.",
        "[De Jong] (locatiemanager) kwam er met de gemeente niet uit.",
        "[DE JONG, Puck] – geen vast adres",
        "[Kort, Amber], casemanager",
        "[Van Dam, W.] is gehoord als getuige.",
        "[Rooie Sjaan] van de hoek weet alles.",
        "[Bo]'s vriendin wil een vast loket.",
        "[Lentes] neef miste een tolk.",
        "De heer [BAAS] is niet verschenen.",
        "De heer [HOF] is niet verschenen.",
        "Pastor [Lamp] opent op zondag de kerk.",
        "Het echtpaar [Sterk] zorgt voor drie pleegkinderen.",
        "Ook haar nicht [Jo] werd niet geholpen.",
        "mevrouw [groot] wacht op een woning",
    ],
)
def test_a_name_goes(text: str) -> None:
    name = text[text.index("[") + 1 : text.index("]")]
    assert_go(text.replace("[", "").replace("]", ""), [name])


@pytest.mark.parametrize(
    "text",
    [
        "Hoop en steun helpen mensen verder.",
        "Anders knikt zo'n jongen en komt niet terug.",
        "Als moeder maak ik me zorgen.",
        "Als voogd zie ik dat broers te vaak worden gescheiden.",
        "Wonen (gemeente) en zorg (Rijk) horen bij elkaar.",
        "(Huisarts, wijkverpleegkundige, politie)",
        "Zorg, wijkteam en school werken samen.",
        "Wie is bang voor de deurwaarder?",
        "Mevrouw zegt dat zij wacht.",
        "Doxing leidt tot angst bij hulpverleners.",
        "Tolken van het Tolk- en Vertaalcentrum zijn duur.",
        "De volgende dialoogtafel is op donderdag 19 september.",
        "De broers en zussen van een kind horen bij elkaar te blijven.",
    ],
)
def test_a_word_stays(text: str) -> None:
    assert_stays(text)
