"""The coder: what it promises about its rows, and the decisions that the codebook settles by example."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.codebook import load_codebook
from pipeline.coding.coder import NAME, Coder
from pipeline.coding.lexicon import load_lexicon
from pipeline.coding.linear import WITH
from pipeline.coding.model import CodingInput
from pipeline.coding.relations import related
from pipeline.coding.verdict import judge
from pipeline.text.language import load_language
from tests.examples import examples

SCHEMAS = Path(__file__).parents[3] / "schemas"
BOOK = load_codebook(SCHEMAS / "codebooks" / "mensenhandel.yaml")
LEXICON = load_lexicon(SCHEMAS / "lexicons" / "mensenhandel.yaml", BOOK)
CODER = Coder(BOOK, LEXICON, load_language("nl"))


def codes(text, context=(), title="", coder=CODER):
    items = [CodingInput(str(at), part, tuple(context[:at]), title, 1) for at, part in enumerate((*context, text))]
    found = defaultdict(list)
    for coding in coder.code(items)[-1]:
        if coding.rank == "primary":
            found[coding.dimension].append(coding.code)
    return dict(found)


@examples(150)
@given(st.text(max_size=120), st.text(max_size=20))
def test_any_text_gets_valid_rows(text, title):
    (codings,) = CODER.code([CodingInput("s", text, (), title, 1)])
    seen = set()
    for coding in codings:
        dimension = BOOK.by_id[coding.dimension]
        assert coding.code in dimension.by_id
        assert coding.coder == NAME
        assert 0 <= coding.confidence <= 1
        assert (coding.evidence_start is None) == (coding.evidence_end is None)
        if coding.evidence_start is not None:
            assert 0 <= coding.evidence_start < coding.evidence_end <= len(text)
        else:
            assert coding.basis == "inferred"  # no words, so none that name it
        assert (coding.dimension, coding.code) not in seen
        seen.add((coding.dimension, coding.code))
    for dimension in BOOK.dimensions:
        primary = [item for item in codings if item.dimension == dimension.id and item.rank == "primary"]
        assert len(primary) == 1 if dimension.cardinality == "one" else len(primary) >= 1
        assert len(primary) <= (dimension.most or len(primary))


def test_words_are_signs_together_with_the_main_verb_and_by_their_side_of_it():
    ((_, signs),) = CODER.formal([CodingInput("a", "De wachttijd voor een plek loopt al jaren op.", (), "", 1)])
    beside = {sign for sign in signs if sign.startswith(WITH)}
    assert beside >= {f"{WITH}< oplopen wachttijd", f"{WITH}> oplopen jaren"}
    assert not [sign for sign in beside if sign.split()[-1] in ("de", "voor", "een", "loopt", ".")]
    ((_, signs),) = CODER.formal([CodingInput("a", "Meer plekken voor jongeren.", (), "", 1)])
    assert not [sign for sign in signs if sign.startswith(WITH)]


def test_coding_is_pure():
    items = [CodingInput("a", "Meer opvang voor jongeren.", (), "Wonen", 1)]
    assert CODER.code(items) == CODER.code(items)


def test_evidence_is_the_word_that_shows_the_code():
    text = "Meer crisisopvang in het noorden."
    (codings,) = CODER.code([CodingInput("s", text)])
    (care,) = [item for item in codings if item.code == "protection.care"]
    assert text[care.evidence_start : care.evidence_end] == "crisisopvang"


def test_what_no_word_names_is_inferred():
    (codings,) = CODER.code([CodingInput("s", "Gemeenten moeten meer doen.")])
    basis = {(item.dimension, item.code): item.basis for item in codings}
    assert basis["actor", "municipality"] == "explicit"
    assert basis["target_group", "unspecified"] == basis["horizon", "none"] == "inferred"


def test_it_abstains_from_a_dimension_of_which_the_lexicon_asks_more_confidence():
    items = [CodingInput("s", "Meer opvang.")]
    (given,) = CODER.code(items)
    (theme,) = [one for one in given if one.dimension == "theme"]
    for least, left in (
        (theme.confidence, given),
        (theme.confidence + 0.001, tuple(one for one in given if one != theme)),
    ):
        shy = Coder(BOOK, replace(LEXICON, abstain_below={"theme": least}), load_language("nl"))
        assert shy.code(items) == [left]


@pytest.mark.parametrize(
    ("text", "dimension", "wanted"),
    [
        ("Wie betaalt dit?", "statement_type", ["question"]),
        ("De balie zit elke ochtend vol.", "statement_type", ["problem"]),
        ("Zonder tolk komt niemand verder.", "statement_type", ["argument"]),
        ("Zonder tolk komt niemand verder.", "direction", ["more"]),
        ("Er zijn te weinig tolken.", "statement_type", ["problem"]),
        ("Er zijn te weinig tolken.", "direction", ["none"]),
        ("Geld mag geen drempel zijn.", "modality", ["obligation"]),
        ("Gemeenten zouden vaker moeten bellen.", "modality", ["desire"]),
        ("Bel iedereen terug.", "modality", ["imperative"]),
        ("Meer tolken.", "modality", ["ellipsis"]),
        ("Minder formulieren, meer gesprekken.", "direction", ["more", "less"]),
        ("Minder slachtoffers in het verkeer.", "direction", ["none"]),
        ("Evalueer dit ieder jaar.", "horizon", ["ongoing"]),
        ("Binnen drie dagen na de melding een gesprek.", "horizon", ["dated"]),
        ("Bij aangifte een tolk.", "horizon", ["event"]),
        ("Over vier jaar spreekt iedereen de taal.", "horizon", ["four_years"]),
        ("Train agenten in gesprekstechniek.", "actor", ["unspecified"]),
        ("Laat wijkteams huisbezoeken doen.", "actor", ["care"]),
        ("Meer geld voor gemeenten.", "actor", ["unspecified"]),
        ("Het Openbaar Ministerie vervolgt sneller.", "actor", ["justice"]),
        ("Het OM vervolgt sneller.", "actor", ["justice"]),
        ("Begeleiding voor jongeren tot 23 jaar.", "target_group", ["minors"]),
        ("Een vergunning voor prostitutie.", "exploitation", ["unspecified"]),
        ("Hulp na arbeidsuitbuiting.", "exploitation", ["labour"]),
        ("Luister naar slachtoffers.", "sdg", ["none"]),
    ],
)
def test_cases_that_the_codebook_settles_are_coded_so(text, dimension, wanted):
    assert sorted(codes(text)[dimension]) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Een aanwezige vraagt zich af wie dit betaalt.", "question"),
        ("Niemand vraagt zich af wie dit betaalt.", "problem"),
        ("Kan de balie niet wat later dicht?", "measure"),
        ("Wie kan de balie niet vinden?", "question"),
        ("Wij willen weten waar we een cliënt heen kunnen sturen.", "outcome"),
        ("Het eten zou betaald moeten worden.", "measure"),
        ("De hulp wordt per loket anders uitgelegd.", "problem"),
    ],
)
def test_what_the_rules_of_form_say_of_the_type(text, wanted):
    assert judge(CODER.gather(text)).kind.code == wanted


def test_a_flow_of_money_is_investigated_only_where_the_words_say_so():
    assert "prosecution.investigation" not in CODER.gather("De geldstroom naar de opvang stokt.").of("theme")
    assert "prosecution.investigation" in CODER.gather("Volg de geldstroom.").of("theme")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wij verzoeken de gemeenten om dit te regelen.", ["municipality"]),
        ("Werkgevers, betaal een voorschot.", ["business"]),
        ("Mogen wij als gemeente dat adres opvragen?", ["municipality"]),
        ("Bij twee maanden achterstand belt de verhuurder zelf aan.", ["business"]),
        ("Regel dat de inspecties elkaars bestanden zien.", ["inspectorate"]),
        ("De uitzendbureaus laten wij niet meer toe.", ["unspecified"]),
        ("Investeer in scholen.", ["unspecified"]),
        ("Vervolg de klant.", ["justice"]),
        ("Tussen aanhouding en vonnis zit drie jaar.", ["unspecified"]),
        ("Iedereen in deze stad slaapt binnen.", ["unspecified"]),
    ],
)
def test_who_must_act_is_told_by_the_role_in_the_clause(text, wanted):
    assert codes(text)["actor"] == wanted


def test_a_group_carries_over_by_pronoun_within_a_bullet():
    assert codes("Zij krijgen een eigen kamer.", ("Help slachtoffers beter.",))["target_group"] == ["victims"]
    assert codes("Zij krijgen een eigen kamer.")["target_group"] == ["unspecified"]


@pytest.mark.parametrize(
    ("before", "text", "wanted"),
    [
        ("Help slachtoffers beter.", "Zij krijgen geen hulp.", ["victims"]),
        ("Help slachtoffers beter.", "Zie ze niet als daders.", ["offenders", "victims"]),
        ("Help slachtoffers beter.", "Daders moeten weten dat zij vervolgd worden.", ["offenders"]),
        ("Help slachtoffers beter.", "Bouw meer huizen.", ["unspecified"]),
    ],
)
def test_a_pronoun_means_the_group_before_it_that_is_nearest(before, text, wanted):
    assert sorted(codes(text, (before,))["target_group"]) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Train agenten in gesprekstechniek.", ["professionals"]),
        ("Meer kennis bij huisartsen.", ["professionals"]),
        ("Een agent moet ook kunnen luisteren.", ["professionals"]),
        ("Die les van een agent werkt niet.", ["professionals"]),
        ("De rechter legt een straf op.", ["professionals"]),
        ("De politie legt een straf op.", ["unspecified"]),
        ("Pak criminelen aan.", ["offenders"]),
        ("Pak crimineel vermogen aan.", ["unspecified"]),
    ],
)
def test_persons_of_a_profession_are_a_group_whatever_their_role_and_services_are_not(text, wanted):
    assert codes(text)["target_group"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Een advocaat vanaf het eerste uur.", ["professionals"]),
        ("Laat vrijwilligers de brieven ordenen.", ["unspecified"]),
        ("De marechaussee loopt er een ronde.", ["unspecified"]),
    ],
)
def test_professions_are_groups_and_volunteers_and_services_are_not(text, wanted):
    assert codes(text)["target_group"] == wanted


@pytest.mark.parametrize(
    "text", ["De rijksbijdrage stopt volgend jaar.", "De helft van het personeel vertrekt binnen twee jaar."]
)
def test_what_turns_out_to_be_a_problem_has_no_horizon(text):
    assert codes(text)["statement_type"] == ["problem"]
    assert codes(text)["horizon"] == ["none"]


def test_a_horizon_is_that_of_a_wish():
    assert codes("Cliënten staan na drie maanden op straat.")["horizon"] == ["none"]
    assert codes("Er zijn al jaren structureel te weinig plekken.")["horizon"] == ["none"]


def test_only_the_horizon_of_the_programme_goes_on():
    assert codes("Iedereen kent het nummer.", ("Over vier jaar is er een meldpunt.",))["horizon"] == ["four_years"]
    assert codes("Bouw meer woningen.", ("Bel iedereen binnen een week.",))["horizon"] == ["none"]


def test_a_heading_breaks_ties_only():
    assert codes("Dat moet beter.", title="Opvang en zorg")["theme"] == ["protection.care"]
    assert codes("Meer rechercheurs.", title="Opvang en zorg")["theme"] == ["prosecution.investigation"]


def test_an_argument_is_linked_to_the_wish_of_its_bullet():
    items = [
        CodingInput("wish", "Bied iedereen begeleiding.", (), "", 1),
        CodingInput("why", "Begeleiding zorgt voor rust.", ("Bied iedereen begeleiding.",), "", 1),
        CodingInput("other", "Begeleiding zorgt voor rust.", (), "", 2),
    ]
    (link,) = related(items, CODER.code(items))
    assert (link.statement_id, link.related_id, link.type) == ("why", "wish", "supports")


def test_a_base_codebook_alone_can_be_coded():
    book = load_codebook(SCHEMAS / "codebooks" / "base.yaml")
    coder = Coder(book, load_lexicon(SCHEMAS / "lexicons" / "base.yaml", book), load_language("nl"))
    found = codes("Meer geld voor bibliotheken.", coder=coder)
    assert found["instrument"] == ["treasure.fund"]
    assert "theme" not in found
