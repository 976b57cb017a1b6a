"""The privacy gate: what must hold for any text, what must not leak, and what must stay clear."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.coding.gold import load_gold
from benchmarks.privacy.gold import BATCHES, HELD, UNJUDGED, read_clean, read_identifying
from benchmarks.privacy.train import Numbers
from pipeline.privacy import gate, lexicon, opinion, rules
from pipeline.privacy.endings import inflect
from pipeline.privacy.foreign import load_foreign
from pipeline.privacy.gate import Gate
from pipeline.privacy.model import Finding, Judgement
from pipeline.privacy.name_words import name_words
from pipeline.privacy.names import NameFinder
from pipeline.privacy.patterns import Reading, compile_patterns, find_all, found_in
from pipeline.privacy.rules import Rules
from pipeline.privacy.stories import Verbs
from pipeline.text.language import load_language
from tests.examples import examples

LANGUAGE = load_language("nl")
GATE = Gate(LANGUAGE)
JUDGE = cache(GATE.judge)  # for gold that several tests look at
GOLD = [sentence.text for batch in BATCHES for sentence in read_identifying(batch)]
LEARNT = [batch for batch in BATCHES if batch not in HELD | UNJUDGED]
MISSED: dict[str, int] = {
    "thirty_sixth": 1,
    "fifty_second": 1,
    "sixty_fourth": 1,
    "sixty_sixth": 2,
    "seventy_eighth": 1,
}
"""Names and houses in small letters that are words ("de groot") or in no list, with nothing before them that tells; of
the last batch only the word "bus" of an address."""
TOUCHED = {
    "fifty_seventh": 2,
    "fifty_eighth": 13,
    "sixty_fourth": 4,
    "sixty_sixth": 3,
    "seventy_fifth": 6,
    "seventy_eighth": 4,
}
"""Of 110: sentences in other languages, written to be taken for accounts. Of 300, chosen for what was touched: most
are general statements about somebody. Of 80 and 81, by a mean examiner and after him; the weights have not learned from
them. Of 60, notes in telegram style with abbreviations and misread letters, which the weights have not learned from."""


@pytest.mark.parametrize("half", ["dev", "test"])
def test_gold_has_the_promised_size(half):
    assert len(read_identifying(half)) >= 100
    assert len(read_clean(half)) >= 150


def test_a_text_gets_the_same_answer_whatever_was_judged_before():
    texts = [sentence.text for batch in LEARNT[:3] for sentence in read_identifying(batch)]
    before = [GATE.judge(text) for text in texts]
    assert [GATE.judge(text) for text in reversed(texts)] == before[::-1]


def test_what_a_gate_remembers_is_bounded_and_changes_no_answer(monkeypatch):
    monkeypatch.setattr(gate, "_REMEMBERED", 3)
    known = Gate(LANGUAGE)
    texts = [f"Zorg voor {number} extra opvangplekken." for number in range(8)] + ["Bel 06-12345678 voor opvang."]
    for _ in range(2):
        assert [known.is_clear(text) for text in texts] == [True] * 8 + [False]
        assert len(known._clear) <= 3


def test_a_text_that_is_clear_but_for_a_name_elsewhere_is_no_less_clear_by_itself():
    known = Gate(LANGUAGE)
    known.judge("Zorg voor meer opvangplekken.", frozenset({"Beatrijs"}))
    assert not known._clear  # only what was judged by itself is remembered
    assert known.is_clear("\ud800")


@pytest.mark.parametrize("batch", LEARNT)
def test_no_more_details_that_were_learnt_from_leak_than_are_known_to(batch):
    leaks = [sentence.text for sentence in read_identifying(batch) if sentence.leaks(JUDGE(sentence.text))]
    assert len(leaks) <= MISSED.get(batch, 0), leaks


def test_the_test_half_leaks_less_than_one_in_twenty():
    # A guard against falling back. The measured figure is in docs/privacy.md; the bar is none.
    sentences = read_identifying("test")
    assert sum(sentence.leaks(JUDGE(sentence.text)) for sentence in sentences) <= len(sentences) // 20


@pytest.mark.parametrize(
    ("batch", "most_leaks", "most_touched"),
    [
        ("fortieth", 1, 2),
        ("forty_third", 1, 1),
        ("fifty_sixth", 0, 0),
        ("sixty_first", 1, 2),
        ("sixty_fifth", 1, 1),
        ("sixty_eighth", 2, 1),
        ("seventieth", 0, 1),
        ("seventy_sixth", 0, 4),
    ],
)
def test_a_held_batch_is_judged_no_worse_than_it_was(batch, most_leaks, most_touched):
    # A guard against falling back, by count only: the bar of no leak is not met (docs/privacy.md).
    sentences, clean = read_identifying(batch), read_clean(batch)
    leaks = sum(sentence.leaks(JUDGE(sentence.text)) for sentence in sentences)
    touched = sum(GATE.judge(text).privacy != "clear" for text in clean)
    assert leaks <= most_leaks
    assert touched <= most_touched


@pytest.mark.parametrize("batch", [*LEARNT, "test"])
def test_at_most_two_percent_of_clean_sentences_is_touched(batch):
    clean = read_clean(batch)
    # Counts only: a failure must not show the sentences of the test half.
    touched = sum(GATE.judge(text).privacy != "clear" for text in clean)
    assert touched <= TOUCHED.get(batch, 0.02 * len(clean))


@given(st.one_of(st.text(), st.sampled_from(GOLD), st.lists(st.sampled_from(GOLD), max_size=3).map(" ".join)))
@examples(300)
def test_offsets_are_valid_and_nothing_found_is_left(text):
    judged = GATE.judge(text)
    assert "error" not in judged.triggers
    ends = [0, *(finding.end for finding in judged.findings)]
    for before, finding in zip(ends, judged.findings, strict=False):
        assert before <= finding.start < finding.end <= len(text)
    if judged.privacy == "withheld":
        assert judged.text is None
        assert judged.triggers
    elif judged.privacy == "clear":
        assert judged.text == text
        assert not judged.findings
    else:
        rest, done = [], 0
        for finding in judged.findings:
            rest += [re.escape(text[done : finding.start]), re.escape(finding.placeholder)]
            done = finding.end
        assert re.fullmatch("".join([*rest, re.escape(text[done:])]), judged.text)


@given(st.sampled_from(GOLD))
@examples(30)  # each loads a gate
def test_the_same_text_gets_the_same_answer_from_a_new_gate(text):
    assert GATE.judge(text) == Gate(load_language("nl")).judge(text)


def test_an_error_inside_withholds(monkeypatch, caplog):
    def fail(self, text):
        raise RuntimeError(text)

    monkeypatch.setattr(NameFinder, "find", fail)
    judged = Gate(load_language("nl")).judge("Meer geld voor opvang.")
    assert (judged.privacy, judged.text, judged.triggers) == ("withheld", None, ("error",))
    assert "Meer geld" not in caplog.text


def test_missing_word_lists_are_loud(monkeypatch):
    def missing(language):
        raise lexicon.MissingListsError

    monkeypatch.setattr(rules, "load_lexicon", missing)
    with pytest.raises(lexicon.MissingListsError):
        Gate(load_language("nl")).judge("Meer geld.")


def test_a_name_that_was_found_goes_wherever_it_stands():
    judged = GATE.judge("Mevrouw Roos wacht. Roos krijgt geen antwoord.")
    assert judged.text == "Mevrouw [NAAM] wacht. [NAAM] krijgt geen antwoord."


def test_the_text_around_a_detail_stays():
    judged = GATE.judge("Een meisje van 14 jaar kreeg geen plek.")
    assert judged.text == "Een meisje van [LEEFTIJD] jaar kreeg geen plek."
    assert [(f.start, f.end, f.kind) for f in judged.findings] == [(15, 17, "age")]


def test_missing_weights_are_loud(monkeypatch):
    monkeypatch.setattr(opinion, "FILE", "elsewhere.npz")
    with pytest.raises(opinion.MissingWeightsError):
        Gate(load_language("nl")).judge("Meer geld.")


def test_a_second_opinion_finds_what_the_rules_miss_and_doubts_what_only_a_capital_gives():
    alone = Gate(LANGUAGE, rules_alone=True)
    missed = "De oudste bewoner is pas zes jaar en kent elke gang."
    plain = "De lezers van Zorg+Welzijn kozen Outreach tot woord van het jaar."
    assert alone.judge(plain).privacy == "redacted"
    assert GATE.judge(plain).privacy == "clear"
    assert "zes" not in (GATE.judge(missed).text or "")


def test_weights_name_no_word_that_no_list_and_no_dictionary_knows():
    # They were learned from examples: none of an example's names may be in them.
    weights = opinion.load_weights(LANGUAGE.folder / opinion.FILE)
    terms = {term for column in weights.details.values() for term in column} | set(weights.stories)
    words = {term.rpartition("word ")[2] for term in terms if "word " in term} - {"~", "#", "placeholder"}
    known = lexicon.load_lexicon(LANGUAGE)
    assert [word for word in words if word[:1].isalpha() and not known.is_word(word) and LANGUAGE.zipf(word) < 3] == []


def test_numbers_are_written_otherwise_with_their_details():
    numbers = Numbers(LANGUAGE.data("privacy")["opinion"]["numbers"])
    text, details = numbers.swap("Zij is 16, hij negen, op 3 mei 2020.", ((7, 9), (15, 20)))
    assert text.startswith("Zij is zestien, hij 9,")
    assert [text[start:end] for start, end in details] == ["zestien", "9"]


@pytest.mark.parametrize(
    ("clear", "identifying"),
    [
        ("Kinderen onder 18 horen thuis.", "Een kind van 8 jaar wacht op hulp."),
        ("Per 1 januari 2027 geldt dit.", "Zij is geboren op 1 januari 2007."),
        ("De gemeente Utrecht doet mee.", "Mevrouw Van Utrecht doet mee."),
        ("Roos kleuren helpt niet.", "Roos vertelde wat er gebeurde."),
        ("Ik vind dat dit beter kan.", "Ik werd opgesloten in een kamer."),
        ("Zie www.comensha.nl voor cijfers.", "Zie www.facebook.com/voorbeeld.naam voor haar foto."),
        ("Marokkaanse slachtoffers melden zich niet.", "Marokkaanse jongens belanden in criminele uitbuiting."),
    ],
)
def test_neighbours_are_told_apart(clear, identifying):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(identifying).privacy != "clear"


def test_a_text_that_is_not_clear_without_its_details_is_withheld(monkeypatch):
    detail = Finding(0, 3, "name", "[NAAM]")
    monkeypatch.setattr(Rules, "_found", lambda *_: ((detail,), ()))
    assert GATE.judge("Jan zegt het.") == Judgement("withheld", None, (detail,), ("rest",))


def test_inflect_knows_dutch_spelling():
    forms = LANGUAGE.data("privacy_places")["demonym_forms"]
    assert {"marokkaanse", "marokkanen", "chinezen", "roemeense"} <= inflect(["marokkaan", "chinees", "roemeen"], forms)


def test_every_statement_of_the_seed_is_clear():
    path = Path(__file__).parents[2] / "gold" / "privacy" / "seed.txt"
    statements = path.read_text(encoding="utf-8").splitlines()
    assert len(statements) == 32
    assert [text for text in statements if GATE.judge(text).privacy != "clear"] == []


def test_what_is_left_of_a_text_is_clear_or_it_is_withheld():
    for text in GOLD:
        left = JUDGE(text).text
        if left is not None:
            again = GATE.judge(left)
            assert (again.privacy, list(again.findings)) == ("clear", []), left


def test_a_name_goes_from_every_text_of_its_document():
    texts = ["Mevrouw Lwam wacht.", "Lwam dus niet.", "Meer opvang."]
    alone = [GATE.judge(text) for text in texts]
    together = GATE.judge_all(texts)
    assert alone[1].text == texts[1]
    assert together[1].text == "[NAAM] dus niet."
    assert together[0] == alone[0]
    assert together[2] == alone[2]


def test_few_statements_of_the_coding_gold_are_touched():
    texts = [
        item.text for split in ("development", "test") for document in load_gold(split) for item in document.inputs
    ]
    assert len(texts) > 500
    # The bar for clean statements; among those that are touched are accounts in the first person, rightly so.
    assert sum(GATE.judge(text).privacy != "clear" for text in texts) <= len(texts) // 50


@pytest.mark.parametrize(
    "text",
    [
        "Ik wilde dat er één loket was.",
        "Wij zagen de wachttijd oplopen en kregen geen antwoord van het ministerie.",
        "Een meisje dat wordt uitgebuit, hoort niet in een cel.",
        "Een slachtoffer werd vroeger als getuige gezien.",
        "Gezinnen belandden op straat door een fout van de overheid.",
    ],
)
def test_opinions_and_groups_stay_clear(text):
    assert GATE.judge(text).privacy == "clear"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Na de inval stond ik met een vuilniszak op het station.", "first_person"),
        ("Wij sliepen met zijn achten in een schuur.", "first_person"),
        ("Een jonge moeder vluchtte met twee kinderen en sliep weken in een park.", "individual"),
        ("Eén cliënte werd door haar man uitgehuwelijkt aan zijn broer.", "individual"),
    ],
)
def test_what_befell_somebody_is_withheld_whole(text, trigger):
    judged = GATE.judge(text)
    assert judged.privacy == "withheld"
    assert judged.text is None
    assert trigger in judged.triggers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("vraag maar aan samira van het loket", "vraag maar aan [NAAM] van het loket"),
        ("mevr a. terpstra belt nooit", "mevr [NAAM] belt nooit"),
        ("Volgens Wojtowicz is er te weinig tijd.", "Volgens [NAAM] is er te weinig tijd."),
        ("Met dank aan drs. Th. Bakkerveen.", "Met dank aan [NAAM]."),
        ("Op straat kennen ze hem als Rappe Gijs.", "Op straat kennen ze hem als [NAAM]."),
        ("De man staat bekend als 'de Bakker'.", "De man staat bekend als '[NAAM]'."),
        ("Wie in Oudekerkhuizen woont, reist ver.", "Wie in [PLAATS] woont, reist ver."),
        ("Klein Wouterdrecht heeft geen wijkteam.", "[PLAATS] heeft geen wijkteam."),
        ("Meisjes-opvang De Roerdomp is vol.", "Meisjes-opvang [OPVANG] is vol."),
        ("Zorghotel De Roerdomp is vol.", "Zorghotel [PLAATS] is vol."),
        ("Meer licht bij Dorpsstraat 3 t/m 9.", "Meer licht bij [ADRES]."),
        ("Aan de Burgemeester Voorbeeldlaan is overlast.", "Aan de [ADRES] is overlast."),
        ("mijn postcode is 0000 ZZ", "mijn postcode is [POSTCODE]"),
        ("De aanvraag (A00-000123) ligt er nog.", "De aanvraag ([NUMMER]) ligt er nog."),
        ("Het rekest C/00/000000 JE RK 00-001 is ingetrokken.", "Het rekest [NUMMER] is ingetrokken."),
        ("Hij zit op snap onder kwik.kwak00.", "Hij zit op snap onder [PROFIEL]."),
        ("Zie www.kamers.example/advertentie/00012.", "Zie [PROFIEL]."),
        ("Meneer wordt in de zomer 58.", "Meneer wordt in de zomer [LEEFTIJD]."),
        ("Een inspreker, thans 67, is het oneens.", "Een inspreker, thans [LEEFTIJD], is het oneens."),
        ("Het gaat om een vrouw (v, 38).", "Het gaat om een vrouw (v, [LEEFTIJD])."),
        ("Per 30 nov. 2023 stopte zijn uitkering.", "Per [DATUM] stopte zijn uitkering."),
        ("Op de veertiende maart was hij er.", "Op de [DATUM] was hij er."),
        ("Hij is van 2004.", "Hij is van [DATUM]."),
        ("Semhar's formulier ligt nog bij de balie.", "[NAAM]'s formulier ligt nog bij de balie."),
        ("Wit en de Jong zijn het eens.", "[NAAM] en [NAAM] zijn het eens."),
        ("cc: m. van der wilgen", "cc: [NAAM]"),
        ("vraag het hr. kuipersveld maar", "vraag het hr. [NAAM] maar"),
        ("Mw. (lft. 32) is zwanger.", "Mw. (lft. [LEEFTIJD]) is zwanger."),
        ("wordt volgende maand 21", "wordt volgende maand [LEEFTIJD]"),
        ("opvang zuiderlicht is vol", "opvang [OPVANG] is vol"),
        ("vraag naar discotheek de sfinx", "vraag naar discotheek [PLAATS]"),
        ("zij woont in ijzendoorn", "zij woont in [PLAATS]"),
        ("Ontruiming aangezegd per 25-11.", "Ontruiming aangezegd per [DATUM]."),
        ("8/4: zij belt terug.", "[DATUM]: zij belt terug."),
        ("zesenhalf is ze en ze leest al", "[LEEFTIJD] is ze en ze leest al"),
        ("Straks blaast hij twaalf kaarsjes uit.", "Straks blaast hij [LEEFTIJD] kaarsjes uit."),
        ("Op haar dertigste verjaardag regende het.", "Op haar [LEEFTIJD] verjaardag regende het."),
        (
            "De leeftijd van de vrouw werd geschat op 41 jaar.",
            "De leeftijd van de vrouw werd geschat op [LEEFTIJD] jaar.",
        ),
        ("Een inspreker die gisteren tachtig is geworden.", "Een inspreker die gisteren [LEEFTIJD] is geworden."),
        ("wij wonen aan de wildwal 8", "wij wonen aan [ADRES]"),
        ("adres: nieuwe kerkweg 31", "adres: [ADRES]"),
        ("De keeper van WVV '33 stopt.", "De keeper van [PLAATS] stopt."),
        ("Volgens Zonnehoek-bewoners lekt het.", "Volgens [OPVANG]-bewoners lekt het."),
        ("Kniest notuleert vandaag.", "[NAAM] notuleert vandaag."),
        ("Wat Dapper zei, klopt.", "Wat [NAAM] zei, klopt."),
        ("Blom: 'Te duur.' Koning: 'Te traag.'", "[NAAM]: 'Te duur.' [NAAM]: 'Te traag.'"),
        ("Het is weer de kliek-Hoenderop.", "Het is weer de kliek-[NAAM]."),
    ],
)
def test_other_ways_to_say_a_detail_are_found(text, left):
    assert GATE.judge(text).text == left


@pytest.mark.parametrize(
    "text",
    [
        "De Spreidingsnorm moet blijven.",
        "Het Drechtse model verdient navolging.",
        "Per 1 juli 2025 krijgt de burgemeester een nieuwe bevoegdheid.",
        "De regeling staat bekend als de hardheidsclausule.",
        "Artikelen 12 tot en met 20 kunnen vervallen.",
        "Kamerstuk 31 839, nr. 980 bevat de onderbouwing.",
        "Buddy's van de opvang sluiten aan.",
        "Slechts 3 van de 28 gemeenten doen mee.",
        "In Horst aan de Maas is te weinig plek.",
        "De groep 65-plussers groeit.",
        "De PvdA wil een debat.",
        "De vragen van D66 zijn op 17 mei beantwoord.",
        "Per 1-1 gelden nieuwe tarieven.",
        "De ernst van de zaak wordt onderschat, nadien komt er niets.",
        "Een jeugdige heeft tot zijn drieëntwintigste recht op hulp.",
        "De termijn, thans zes weken, moet langer.",
        "Woningnood is de oorzaak en Voorlichting een begin.",
        "In Hamburg en Straatsburg zijn goede voorbeelden.",
        "Stap 3/4: vul het formulier in.",
        "Twaalf kaarsjes voor het wijkteam.",
        "wij wonen hier met 12 anderen",
        "Wat Pharos zei, klopt.",
        "Het model-Rotterdam werkt ook elders.",
        "Vraag: 'Te duur?' Antwoord: 'Nee.'",
        "Antwoord: Het Rijk betaalt.",
        "Kader: wie betaalt wat?",
        "ISBN 9789000000002",
        "Van de 80-plussers krijgt 31% hulp.",
        "Slachtoffers van uitbuiting.4 De gemeente biedt opvang.",
        "Nous demandons plus de logements pour les femmes.",
    ],
)
def test_neighbours_of_those_ways_stay_clear(text):
    assert GATE.judge(text).privacy == "clear"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Een bewoner verloor zijn kamer terwijl hij in het ziekenhuis lag.", "individual"),
        ("Een deelnemer vertelde dat zijn baas het loon inhield.", "individual"),
        ("Een jongen uit de groep liep weg en is bij een oom gevonden.", "individual"),
        ("Cliënte heeft verklaard dat zij haar paspoort moest afgeven.", "individual"),
        ("De man bleek al jaren in een schuur te wonen.", "individual"),
        ("Een jonge vader sneed zich aan het glas van de deur.", "individual"),
        ("na mn scheiding kwam ik bij een vriend op de bank terecht", "first_person"),
        ("Mij werd een woning toegezegd.", "first_person"),
        ("Door het bewind houd ik vijftig euro over.", "first_person"),
        ("Bij mij begon het met een schuld.", "first_person"),
        ("zat 8 mnd in een loods", "individual"),
        ("De mevrouw van vorige week is terug bij de man die haar liet werken.", "individual"),
    ],
)
def test_an_account_is_known_by_its_verbs(text, trigger):
    assert trigger in GATE.judge(text).triggers


@pytest.mark.parametrize(
    "text",
    [
        "Een deelnemer vertelde dat de wachtlijsten te lang zijn.",
        "Een cliënt verliest zijn kamer als hij in het ziekenhuis ligt.",
        "Een raadslid vroeg waarom de cijfers ontbreken.",
        "De gemeente heeft haar beleid aangepast.",
        "Een deelnemer vond dat de gemeente te weinig had geluisterd.",
        "De klager kreeg gelijk omdat de termijn was verstreken.",
        "Is hij opgepakt, bel dan de advocaat.",
        "Het komt voor dat een vrouw door haar man wordt opgesloten.",
        "De aannemer kwam zijn afspraken niet na en de gemeente greep niet in.",
        "Ik heb namens de bewoners gesproken.",
    ],
)
def test_what_is_said_at_a_table_is_no_account(text):
    assert GATE.judge(text).privacy == "clear"


@pytest.mark.parametrize(
    ("clear", "identifying"),
    [
        ("Anders loopt de wachtlijst verder op.", "Anders vertelde dat hij bang is."),
        ("Eerst een gesprek, het formulier komt erna.", "Het formulier ligt bij Erna."),
        ("Erna komt er niemand meer langs.", "Erna komt nooit meer langs."),
        ("Gelatenheid is geen antwoord op wachtlijsten.", "Lwamheya is bang voor wachtlijsten."),
        ("Een Dublinclaim telt zwaarder dan een aangifte.", "Een Dublinclaim van Lwam telt zwaarder."),
        ("Datatrackers die niemand kent", "Lwam die niemand kent"),
        ("Betalen via Riverty lokt schulden uit.", "Betalen via Wojtowicz lokt schulden uit."),
        ("Wie rijdt er rond in een Bentley?", "Bentley reed er rond."),
    ],
)
def test_words_that_look_like_names_are_told_from_names(clear, identifying):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(identifying).privacy == "redacted"


@pytest.mark.parametrize(
    ("clear", "identifying"),
    [
        ("Een vader van acht krijgt geen grotere woning.", "Een vader van zestien krijgt geen grotere woning."),
        ("Oma van zes wil geen verpleeghuis.", "Een meisje van zes wil geen gastgezin."),
        ("Een moeder van 4 zoekt rust.", "Een moeder van 4 is zelf 34 jaar oud."),
        (
            "Wie op zijn veertiende leert koken, eet op zijn veertigste gezond.",
            "Wie hem kent, weet dat hij op zijn veertiende de cel in ging.",
        ),
    ],
)
def test_children_and_anybody_have_no_age(clear, identifying):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(identifying).privacy != "clear"


@pytest.mark.parametrize(
    ("clear", "identifying"),
    [
        ("Een van de dossiers was drie weken zoek.", "Een van de meisjes was drie weken zoek."),
        ("Eén van de lange aanvragen is nooit opgepakt.", "In één van de aanvragen is een zusje verkocht."),
        (
            "Een van de panden is na de brand gesloten.",
            "In een van de panden werd na de brand geslapen door twee zusjes.",
        ),
        ("Iemand van het loket is drie dagen per week te spreken.", "Iemand van het loket was drie dagen vermist."),
        (
            "Het kind van de rekening was drie jaar lang de huurder.",
            "Het kind van de buren was drie jaar lang vermist.",
        ),
        ("Het plan strandde volgens een bewoner op geld.", "Daar strandde een bewoner zonder geld."),
        ("De cursus is gemaakt door vrouwen die het zelf hebben ondergaan.", "Zij heeft het zelf ondergaan."),
        ("Vraag altijd eerst waar hij sliep.", "Vraag maar aan de buren waar hij sliep."),
    ],
)
def test_things_and_questions_befall_nobody(clear, identifying):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(identifying).privacy == "withheld"


@pytest.mark.parametrize(
    ("clear", "identifying"),
    [
        (
            "De Taalwissel, een project van de bibliotheek, loopt af.",
            "De Wilgenkreek, een opvang voor gezinnen, is vol.",
        ),
        ("Met een Volkswagenbusje naar de dorpen.", "Met Zonnekreek naar de dorpen."),
        ("De werkgroep Mensenhandel komt bijeen.", "De buurtkamer in Zandkreek komt bijeen."),
        ("In de Kerstvakantie is het stil.", "In de Kreekvogels is het stil."),
        ("In Vlaanderen bestaat een meldpunt.", "In De Zwaluw bestaat een meldpunt."),
        ("De commissie telt 12 leden.", "De opvang zit aan de Molenkamp 12."),
        ("Groen licht voor het plan.", "Sluiter merkt op dat het plan goed is."),
        ("Tip: vraag het de jongeren.", "Wolthoorn: vraag het de jongeren."),
        ("Zoals Windesheim al schreef.", "Zoals Lwamheya al schreef."),
        ("Opvang in Amsterdam-Zuidoost.", "Opvang in Valkenswaard-Zuid."),
    ],
)
def test_a_capital_that_no_list_vouches_for_goes(clear, identifying):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(identifying).privacy == "redacted"


@pytest.mark.parametrize(
    ("clear", "identifying"),
    [
        ("Op 12 maart vergadert de raad.", "Op 12 maart stond hij op straat."),
        ("De straf is twaalf jaar.", "De jongste bewoner is pas twaalf jaar."),
        ("De regeling wordt 40 jaar.", "De dag dat mevrouw 101 jaar werd."),
        ("Schulden 2021-2024", "Ik ben klant 8830 1147."),
        ("Twee koks werkten zonder loon.", "Twee Nepalese koks werkten zonder loon."),
        ("Poolse tolken zijn schaars.", "Drie Polen sliepen in een stal."),
    ],
)
def test_what_nothing_says_is_a_rule_is_a_persons(clear, identifying):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(identifying).privacy != "clear"


@pytest.mark.parametrize(
    ("clear", "withheld"),
    [
        (
            "Een vrouw die gevlucht is, heeft rust nodig.",
            "Een vrouw die haar arm verloor, kreeg een kaartje naar huis.",
        ),
        (
            "Wie dakloos is, slaapt vaak in een auto.",
            "Hij slaapt sinds de brand in zijn auto en durft de straat niet op.",
        ),
        ("Een buurman is vaak de eerste die iets ziet.", "Onze buurman eet al weken bij de voedselbank."),
        ("In de casus staan drie vragen.", "Casus: een moeder raakt haar huis kwijt."),
        ("Meer tolken Duits.", "Ich habe zwei Jahre im Keller gearbeitet."),
        ("Bedankt dat wij mochten meedenken.", "ik huilen, ik niet weten waar"),
    ],
)
def test_an_account_needs_no_past_tense(clear, withheld):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(withheld).privacy == "withheld"


@pytest.mark.parametrize(
    ("clear", "detail"),
    [
        ("in de kerk is een kloosterwinkel", ("raadslid kloosterveen kwam te laat", "kloosterveen")),
        ("een bedplaats met een warmtelamp", ("ze slaapt in de kolenbrander, een nachtopvang", "kolenbrander")),
        ("Wethouder en raad zijn het eens.", ("Wethouder van wingerden zegde het toe.", "wingerden")),
    ],
)
def test_a_word_in_small_letters_that_no_list_has_goes_by_what_stands_around_it(clear, detail):
    assert GATE.judge(clear).privacy == "clear"
    text, gone = detail
    assert gone not in (GATE.judge(text).text or "")


@pytest.mark.parametrize(
    ("clear", "withheld"),
    [
        ("ben blij met de nieuwe huismeester", "heb drie weken in een container geslapen"),
        ("ben drie keer naar het loket geweest en het was dicht", "ben drie keer verkracht en niemand doet wat"),
    ],
)
def test_an_account_in_notes_says_no_self(clear, withheld):
    assert GATE.judge(clear).privacy == "clear"
    assert GATE.judge(withheld).privacy == "withheld"


def test_verbs_that_tell_are_marked_and_adjectives_are_not():
    verbs = Verbs(LANGUAGE.data("privacy_stories")["verbs"], lexicon.load_lexicon(LANGUAGE).dictionary)
    assert verbs.mark("Zij woonde en sliep in een verwarmde kamer.") == "Zij †woonde en †sliep in een verwarmde kamer."
    assert verbs.mark("Hij is gebleven bij de verhoogde druk.") == "Hij is ‡gebleven bij de verhoogde druk."


@pytest.mark.parametrize("part", ["ik was een man ", "zij werd een vrouw die was ", "A. ", "a.", "Jan en ", "x", "("])
def test_a_long_repeated_text_gets_a_verdict(part):
    judged = GATE.judge((part * 2_000)[:2_000])
    assert judged.privacy in {"clear", "redacted", "withheld"}
    assert "error" not in judged.triggers


@pytest.mark.parametrize("places", range(12))
def test_a_detail_is_found_wherever_it_stands_in_a_long_text(places):
    before = "Gemeenten zorgen samen voor genoeg plekken in de opvang. " * (3 * places)
    detail = "Bel mevrouw Jansen-de Vries op 06-12345678."
    judged = GATE.judge(f"{before}{detail} {before}")
    assert judged.text == f"{before}Bel mevrouw [NAAM] op [TELEFOON]. {before}"


def test_what_stands_in_windows_is_found_once():
    text = "".join(f"{number:05} " for number in range(1_000))
    assert [match[0] for match in find_all(re.compile(r"\b\d+\b"), text)] == text.split()
    assert found_in(re.compile("00999"), text)
    assert not found_in(re.compile("01000"), text)


def test_only_the_first_opening_before_a_gap_is_tried_and_words_in_order_may_be_far_apart():
    opened = {"kind": "told", "pattern": r"\ba\b", "between": "[^.]", "then": r"\bb\b"}
    ordered = {"kind": "far", "pattern": r"\bc\b", "after": [r"\bd\b", r"\be\b"]}
    patterns = compile_patterns(
        {"words": {}, "expressions": {}, "cues": {}, "guards": {}, "patterns": [opened, ordered]}
    )
    assert patterns.kinds(Reading("a a a. a x b", patterns)) == {"told"}
    assert not patterns.kinds(Reading("b a a. b a", patterns))
    assert patterns.kinds(Reading("c " + "x. " * 2_000 + "d " + "x. " * 2_000 + "e", patterns)) == {"far"}
    assert not patterns.kinds(Reading("c e d\ne", patterns))


@pytest.mark.parametrize(
    "text",
    [
        "Het Anton de Kom Fonds en het Van Gogh Museum betaalden mee.",
        "Op de poster stond de tekst Praat Erover.",
        "In het Buurtrestaurant kwamen de Opvangplekken ter sprake.",
        "De Wet inburgering 2021 legt de regie bij gemeenten.",
        "Het aantal daklozen op 1 januari 2021 werd op 32.000 geschat.",
    ],
)
def test_a_capital_that_a_noun_a_body_or_a_plain_word_vouches_for_is_nobody(text):
    assert GATE.judge(text).privacy == "clear"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Wij spraken Anton de Kom over het museum.", "Anton de Kom"),
        ("Zij woont nu in de Nachtvlinder met haar kinderen.", "Nachtvlinder"),
        ("In de campagne Kijk Niet Weg vertelt Joyce haar verhaal.", "Joyce"),
        ("Ingediend door klaas jan hooiveld namens de buurt.", "klaas jan hooiveld"),
        ("Op 3 maart 2021 sloeg hij haar; het aantal agenten was groot.", "3 maart 2021"),
    ],
)
def test_what_looks_like_that_and_is_somebody_goes(text, gone):
    judged = GATE.judge(text).text
    assert judged is None or gone not in judged


def test_a_pattern_that_names_an_unknown_cue_is_refused():
    entry = {"kind": "age", "needs": ["nothing"], "pattern": "(?P<x>1)"}
    with pytest.raises(KeyError, match="nothing"):
        compile_patterns({"words": {}, "expressions": {}, "cues": {}, "guards": {}, "patterns": [entry]})


def test_a_pattern_is_tried_on_texts_with_its_cues_only():
    entry = {"kind": "age", "needs": ["one|two"], "unless": ["group"], "pattern": r"(?P<x>\d+)"}
    words = {"one": ["zij"], "two": ["au pair"], "group": ["jongeren"]}
    patterns = compile_patterns({"words": words, "expressions": {}, "cues": {}, "guards": {}, "patterns": [entry]})
    assert list(patterns.find("Zij is 15.")) == [(7, 9, "age")]
    assert list(patterns.find("Een au pair van 19.")) == [(16, 18, "age")]
    assert not list(patterns.find("Zij en jongeren van 15."))
    assert not list(patterns.find("Hij is 15."))


@pytest.mark.parametrize(
    "text",
    [
        "A. Inzamelen",
        "B. Hergebruik Open een kringloopwinkel",
        "B. Hergebruik",
        "C. Ouderen",
        "D. Bankjes bij het water.",
        "D. Meer",
    ],
)
def test_a_letter_that_counts_is_no_initial(text: str) -> None:
    assert JUDGE(text).privacy == "clear"


@pytest.mark.parametrize(
    "text",
    [
        "A. Jansen",
        "A. Bakker",
        "M. Groen",
        "A. B. Jansen",
        "J. de Vries",
        "B. Kuipersveld",
        "A. Inzamelen: dat kan",
        "B. Hergebruik vindt",
    ],
)
def test_a_letter_before_a_surname_or_a_speaker_is_an_initial(text: str) -> None:
    assert JUDGE(text).privacy == "redacted"


def test_no_surname_of_one_word_that_a_list_has_is_counted() -> None:
    lists = lexicon.load_lexicon(LANGUAGE)
    words = name_words(LANGUAGE)
    finder = NameFinder(words, lists, load_foreign(LANGUAGE))
    names = lists.surnames | lists.first_names
    counted = {name.lower() for name in names if " " not in name and finder.counted(f"A. {name}")}
    assert counted <= words.headings


@pytest.mark.parametrize(
    ("clear", "identifying", "gone"),
    [
        (
            "De burgemeester van Zwolle stelde een noodverordening vast.",
            "Een oud-wethouder van Zwolle met een gokschuld is bij de opvang gezien.",
            "Zwolle",
        ),
        ("De gemeente Hulst wil meer parkeerplaatsen.", "De kapster met één been uit Hulst parkeert ver weg.", "Hulst"),
        (
            "Een dakloze man uit Baarn moet zich daar kunnen melden.",
            "een dakloze man uit baarn slaapt al weken in de bus",
            "baarn",
        ),
        (
            "In Meppel kan een blinde man bij het loket terecht.",
            "In Meppel woont een blinde smid die nergens terecht kan.",
            "Meppel",
        ),
        ("oud-papier, Baarn, elke maandag", "oud-bokser, Baarn, nu dakloos", "Baarn"),
    ],
)
def test_one_person_in_one_town_in_a_plight_is_known_there(clear: str, identifying: str, gone: str) -> None:
    assert JUDGE(clear).privacy == "clear"
    assert gone not in (JUDGE(identifying).text or "")
