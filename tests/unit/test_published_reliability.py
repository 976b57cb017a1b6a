"""The published table `reliability`: offline figures of the codebooks in use, and people's on the release itself."""

from pathlib import Path

import pytest

from pipeline.stages.codebooks import codebook
from pipeline.stages.frames import frame, records
from pipeline.stages.reliability import reliability
from pipeline.storage import Accepted, write_frame

BOOK = codebook("base")


def coding(statement: str, coder: str, code: str, dimension: str = "modality"):
    given = {"confidence": 1.0, "evidence_start": None, "evidence_end": None, "rank": "primary", "basis": "inferred"}
    return {"statement_id": statement, "dimension": dimension, "code": code, "coder": coder, **given}


@pytest.fixture
def accepted_set(tmp_path: Path):
    def make(source: str, *codings) -> Accepted:
        one = Accepted(source, "f", tmp_path / source)
        row = {"source_id": source, "title": source, "publisher": "unknown", "licence": "unknown", "language": "nl"}
        nothing = {"publisher_uri": None, "issued": None, "homepage": None}
        write_frame(one.table("sources"), frame("sources", [row | nothing | {"codebook": BOOK.id}]))
        place = {"section_id": None, "position": 1, "page": 1, "column": 1, "bullet": 1, "text": "Doe wat."}
        ids = sorted({row["statement_id"] for row in codings})
        statements = [
            {"statement_id": key, "document_id": f"doc-{key[:2]}", "privacy": "clear", "reading_confidence": 1.0}
            | place
            for key in ids
        ]
        write_frame(one.table("statements"), frame("statements", statements))
        write_frame(one.table("codings"), frame("codings", codings))
        return one

    return make


def figures(*sets: Accepted):
    rows = records(reliability(sets, [BOOK]))
    return {(row["coder"], row["reference"], row["metric"]): row for row in rows}


def test_without_decisions_only_what_was_measured_offline_stands(accepted_set):
    rows = reliability([accepted_set("een", coding("s1", "rules-1", "desire"))], [codebook("mensenhandel")])
    assert len(rows) > 50
    assert set(rows["codebook"]) == {"mensenhandel"}
    assert all(name.startswith("gold-") for name in rows["reference"])
    assert figures(accepted_set("een", coding("s1", "rules-1", "desire"))) == {}


def test_people_stand_beside_the_program_and_each_other_on_what_both_coded(accepted_set):
    first = accepted_set(
        "een",
        *(coding(name, "rules-1", "imperative") for name in ("a1", "a2", "b1", "b2", "b3")),
        *(coding(name, "anna", "imperative") for name in ("a1", "b1", "b2")),
        coding("a2", "anna", "desire"),
        coding("a1", "bert", "desire"),
    )
    second = accepted_set("twee", coding("c1", "rules-1", "imperative"), coding("c1", "anna", "imperative"))
    rows = figures(first, second, accepted_set("drie", coding("d1", "rules-1", "desire")))
    assert {key[:2] for key in rows} == {("rules-1", "anna"), ("rules-1", "bert"), ("anna", "bert")}
    program = rows["rules-1", "anna", "accuracy"]
    assert (program["value"], program["n"]) == (0.8, 5)
    assert program["low"] < 0.8 < program["high"]
    assert rows["rules-1", "anna", "majority"]["value"] == 0.8
    between = rows["anna", "bert", "accuracy"]
    assert (between["value"], between["low"], between["n"]) == (0.0, None, 1)


def test_an_adjudicator_is_what_others_are_compared_with(accepted_set):
    rows = figures(accepted_set("een", coding("s", "adjudicator", "desire"), coding("s", "zoe", "desire")))
    assert {key[:2] for key in rows} == {("zoe", "adjudicator")}


def test_figures_that_mean_nothing_are_left_out(accepted_set):
    rows = figures(accepted_set("een", coding("s", "anna", "desire"), coding("s", "rules-1", "desire")))
    # Nobody ever gave another code, so alpha is not defined; what was asked is what the program doubted.
    assert {key[2] for key in rows} == {"accuracy", "majority", "macro_f1"}
    apart = figures(
        accepted_set("een", coding("s", "anna", "desire", "modality"), coding("s", "bert", "call", "other"))
    )
    assert apart == {}
