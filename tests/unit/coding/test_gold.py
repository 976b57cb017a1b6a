"""Gold: what it must hold to be worth measuring by, and figures that must not fall on it unnoticed."""

from pathlib import Path

import pytest

from benchmarks.coding.gold import load_gold, load_learned
from benchmarks.coding.measure import agreement, coded_by, measure
from pipeline.coding.codebook import load_codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import load_lexicon
from pipeline.text.language import load_language

SCHEMAS = Path(__file__).parents[3] / "schemas"
BOOK = load_codebook(SCHEMAS / "codebooks" / "mensenhandel.yaml")
# A little below what lexicon 1.21 reached on development documents: a regression, not a claim of quality. It learned
# from them, of theme and instrument less by heart than before; actor, which it did not learn, is as low as on texts
# that are new to it.
FLOORS = {
    "statement_type": 0.95, "modality": 0.96, "horizon": 0.95, "theme": 0.87, "target_group": 0.86,
    "exploitation": 0.97, "actor": 0.84, "instrument": 0.82, "direction": 0.94, "sdg": 0.91,
}  # fmt: skip


@pytest.mark.parametrize("split", ["development", "test"])
def test_every_code_of_the_gold_is_in_the_codebook(split):
    for document in load_gold(split):
        for coding in document.codings(BOOK):
            assert coding.code in BOOK.by_id[coding.dimension].by_id, (document.id, coding)


def test_there_is_enough_of_it_and_the_development_text_is_never_test():
    documents = [*load_gold("development"), *load_gold("test")]
    constructed = [document for document in documents if document.constructed]
    assert sum(len(document.inputs) for document in constructed) >= 400
    assert len(constructed) >= 10
    assert not [document for document in load_gold("test") if not document.constructed]


def test_both_passes_are_recorded():
    documents = [*load_gold("development"), *load_gold("test")]
    assert any(document.first != document.codes for document in documents)
    assert any(document.second != document.codes for document in documents)


def test_what_another_hand_coded_again_is_large_enough_to_say_how_far_hands_agree():
    again = [document for document in load_gold("development") if document.other]
    assert sum(len(document.inputs) for document in again) >= 300
    assert all(len(document.other) == len(document.inputs) for document in again)
    rows = agreement(again, BOOK, 0)
    agreed = {row["dimension"]: row["value"] for row in rows if row["metric"] == "accuracy"}
    assert 0.9 < agreed["statement_type"] < 1
    assert agreed["instrument"] < agreed["modality"]


def test_development_figures_do_not_fall():
    coder = Coder(BOOK, load_lexicon(SCHEMAS / "lexicons" / "mensenhandel.yaml", BOOK), load_language("nl"))
    rows = measure(coded_by(coder), load_learned(), BOOK, reference="gold", resamples=0)
    accuracy = {row["dimension"]: row["value"] for row in rows if row["metric"] == "accuracy"}
    assert {name: value for name, value in accuracy.items() if value < FLOORS[name]} == {}
