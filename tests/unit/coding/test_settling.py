"""Whose codes count."""

from dataclasses import replace

import pytest

from pipeline.coding.codebook import load_codebook
from pipeline.coding.decisions import Decision, Given
from pipeline.coding.model import Coding
from pipeline.coding.settling import codings, counting, misfit, replaced, settle
from pipeline.source_metadata import CODEBOOKS

BOOK = load_codebook(CODEBOOKS / "mensenhandel.yaml")
ONE = "stm-0123456789abcdef"


def decision(coder: str, *codes: str, dimension: str = "theme", text: str = "", evidence=None) -> Decision:
    return Decision(ONE, dimension, tuple(Given(code, evidence) for code in codes), coder, "2026-11-01", text=text)


ANNA, BERT = decision("anna", "protection"), decision("bert", "prevention")
JUDGE = decision("adjudicator-1", "governance")


@pytest.mark.parametrize(
    ("given", "winner"),
    [
        ([ANNA], ANNA),
        ([ANNA, decision("bert", "protection")], ANNA),
        ([ANNA, BERT], None),
        ([ANNA, decision("bert", "protection", "governance")], None),
        ([ANNA, BERT, JUDGE], JUDGE),
        ([ANNA, BERT, decision("adjudicator")], decision("adjudicator")),
        ([decision("bert"), ANNA], ANNA),
        ([decision("bert"), decision("anna")], decision("bert")),
    ],
)
def test_adjudicators_win_and_people_must_agree(given, winner):
    settled = settle(given, BOOK)
    assert settled.winners.get((ONE, "theme")) == winner
    assert bool(settled.disputed) == (winner is None)


def test_the_order_counts_for_one_code_and_not_for_a_set():
    themes = [decision("anna", "protection", "governance"), decision("bert", "governance", "protection")]
    actors = [
        decision(name, *order, dimension="actor")
        for name, order in (("a", ("police", "care")), ("b", ("care", "police")))
    ]
    settled = settle([*themes, *actors], BOOK)
    assert list(settled.winners) == [(ONE, "actor")]
    assert settled.disputed == (tuple(themes),)


def test_a_decision_becomes_codings_with_its_ranks_and_evidence():
    marked = codings(decision("anna", "protection", "governance", evidence=(2, 5)), BOOK.by_id["theme"])
    assert [(row.rank, row.basis, row.confidence, row.evidence_start) for row in marked] == [
        ("primary", "explicit", 1.0, 2),
        ("secondary", "explicit", 1.0, 2),
    ]
    both = codings(decision("anna", "police", "care", dimension="actor"), BOOK.by_id["actor"])
    assert {(row.rank, row.basis, row.evidence_start) for row in both} == {("primary", "inferred", None)}
    assert codings(decision("anna"), BOOK.by_id["theme"]) == ()


@pytest.mark.parametrize(
    ("given", "text", "known", "message"),
    [
        (decision("anna", "care", text="Zorg  voor opvang."), "Zorg voor opvang.", True, None),
        (decision("anna", "care"), "Zorg voor opvang.", True, None),
        (decision("anna", "care", text="Zorg voor opvang"), "Zorg voor opvang.", True, "is now another"),
        (decision("anna", "care", text="Zorg."), None, True, "withheld"),
        (decision("anna", "care", text="Zorg."), None, False, "does not have"),
        (decision("anna", "care", evidence=(1, 5)), "Zorg.", True, None),
        (decision("anna", "care", evidence=(1, 9)), "Zorg.", True, "beyond the end"),
        (
            replace(decision("anna"), given=(Given("care", (0, 4)), Given("police", (1, 6)))),
            "Zorg.",
            True,
            "beyond the end",
        ),
    ],
)
def test_a_decision_must_fit_its_statement(given, text, known, message):
    found = misfit(given, text, known)
    assert found is None if message is None else message in str(found)


def test_a_decision_takes_the_place_of_what_a_program_says_in_its_dimension_alone():
    coded = [
        Coding(ONE, dimension, code, "rules-1", "primary", "inferred", 0.5, None, None)
        for dimension, code in (("theme", "protection"), ("actor", "police"))
    ]
    decided = decision("anna", "governance")
    found = replaced(coded, ONE, {(ONE, "theme"): decided, ("stm-other", "actor"): decision("bert", "care")}, BOOK)
    assert set(found) == {*codings(decided, BOOK.by_id["theme"]), coded[1]}
    assert set(replaced(coded, ONE, {}, BOOK)) == set(coded)


def test_the_codes_that_count_can_be_told_from_the_published_rows():
    def row(coder: str, code: str, rank: str = "primary", dimension: str = "theme") -> dict[str, str]:
        return {"statement_id": ONE, "dimension": dimension, "code": code, "coder": coder, "rank": rank}

    machine = [row("rules-1", "protection"), row("rules-1", "police", dimension="actor")]
    people = [row("anna", "governance", "secondary"), row("anna", "prevention")]
    assert counting([*machine, *people]) == {
        (ONE, "theme"): ("prevention", "governance"),
        (ONE, "actor"): ("police",),
    }
    disputed = [*machine, *people, row("bert", "protection")]
    assert counting(disputed)[ONE, "theme"] == ("protection",)
    assert counting([*disputed, row("adjudicator", "partnership")])[ONE, "theme"] == ("partnership",)
