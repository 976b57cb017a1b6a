"""Decisions of people: what a file of them may hold, and what is said of one that cannot be used."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.codebook import load_codebook
from pipeline.coding.decisions import COLUMNS, Decision, Given, given_problem, read_decisions, write_decisions
from pipeline.source_metadata import CODEBOOKS
from pipeline.text.language import load_language
from tests.examples import examples

BOOK = load_codebook(CODEBOOKS / "mensenhandel.yaml")
NL = load_language("nl")
ONE, TWO = "stm-0123456789abcdef", "stm-00000000000000ff"
TEXT = "Zorg voor meer opvang, ook ’s nachts; per regio."


def rows(*lines: dict[str, str]) -> list[dict[str, str]]:
    full = {"statement_id": ONE, "dimension": "theme", "code": "protection.care", "coder": "anna"}
    full |= {"date": "2026-11-01", "reason": "zie regel", "text": TEXT}
    return [full | line for line in lines]


def as_csv(lines: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8", head: str = "") -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(lines[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    return (head + buffer.getvalue()).encode(encoding)


def read(raw: bytes):
    return read_decisions(raw, "bron", "bron/decisions.csv", BOOK, NL)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_file_is_read_as_spreadsheets_write_it(delimiter, encoding):
    found = read(as_csv(rows({"date": "1-11-2026"}), delimiter, encoding))
    expected = Decision(ONE, "theme", (Given("protection.care"),), "anna", "2026-11-01", "zie regel", TEXT)
    assert found.decisions == (expected,)
    assert [issue.kind for issue in found.issues] == ([] if encoding.startswith("utf-8") else ["encoding"])


def test_a_separator_line_of_excel_is_understood_and_counts_as_a_line():
    found = read(as_csv(rows({}, {"statement_id": "x"}), ";", head="sep=;\r\n"))
    assert [decision.line for decision in found.decisions] == [3]
    assert [issue.line for issue in found.issues] == [4]


def test_several_codes_are_several_rows_or_one_cell_and_the_first_is_the_primary():
    apart = read(as_csv(rows({"code": "protection.care"}, {"code": "governance.funding"}))).decisions
    together = read(as_csv(rows({"code": "protection.care; governance.funding"}))).decisions
    assert apart == together
    assert apart[0].codes == ("protection.care", "governance.funding")


def test_abstention_is_said_in_words_and_none_is_a_code():
    found = read(as_csv(rows({"code": "abstain"}, {"dimension": "sdg", "code": "none"})))
    assert [decision.codes for decision in found.decisions] == [(), ("none",)]


WRONG = [
    ({"statement_id": "ST-1"}, "statement_id"),
    ({"dimension": "thema"}, "names no dimension"),
    ({"code": "protection.cares"}, "no code of dimension theme"),
    ({"code": ""}, "no code of dimension theme"),
    ({"code": "protection.care;protection.cares"}, "no code of dimension theme"),
    ({"coder": ""}, "needs a coder"),
    ({"coder": "rules-1"}, "needs a coder"),
    ({"coder": "anna@example.org"}, "needs a coder"),
    ({"coder": "anna 0612345678"}, "needs a coder"),
    ({"date": "11/1/2026"}, "has no date"),
    ({"date": "31-02-2026"}, "has no date"),
    ({"text": ""}, "has no text"),
    ({"text": "#NAME?"}, "has no text but an error"),
    ({"code": "protection.care;protection.care"}, "the same code twice"),
    ({"code": "protection.care;abstain"}, "keep one of the two"),
    ({"code": "prevention;protection;prosecution;partnership"}, "takes 3 at most"),
    ({"evidence_start": "3", "evidence_end": ""}, "no range of characters"),
    ({"evidence_start": "3", "evidence_end": "3"}, "no range of characters"),
    ({"code": "prevention;protection", "evidence_start": "0", "evidence_end": "3"}, "write a row a code"),
]


@pytest.mark.parametrize(("line", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_wrong_row_is_left_out_with_its_line_and_the_others_go_on(line, message):
    blank = {"evidence_start": "", "evidence_end": ""}
    found = read(as_csv([blank | row for row in rows({"statement_id": TWO}, line)]))
    assert [decision.statement_id for decision in found.decisions] == [TWO]
    (issue,) = found.issues
    assert (issue.severity, issue.kind, issue.line) == ("quarantined", "bad_decision", 3)
    assert message in issue.message


def test_a_retired_code_is_left_out_and_its_successor_named():
    theme = BOOK.by_id["theme"]
    old, new = theme.codes[:2]
    retired = replace(theme, codes=(replace(old, status="retired", replaced_by=new.id), *theme.codes[1:]))
    message = given_problem(retired, [new.id, old.id])
    assert message == f"gives code {old.id}, which is retired; give {new.id}"


def test_rows_that_name_no_decision_are_left_out_one_by_one():
    found = read(as_csv(rows({"coder": ""}, {"coder": ""}, {})))
    assert len(found.decisions) == 1
    assert [issue.line for issue in found.issues] == [2, 3]


def test_a_reason_that_became_an_error_is_named_and_the_decision_stands():
    found = read(as_csv(rows({"reason": "#WAARDE!"})))
    assert [one.codes for one in found.decisions] == [("protection.care",)]
    (issue,) = found.issues
    assert (issue.severity, issue.kind, issue.line) == ("warning", "lost_reason", 2)


@pytest.mark.parametrize("other", [{"date": "2026-11-02"}, {"code": "protection.care"}, {"text": "Iets anders."}])
def test_a_doubled_decision_is_left_out_whole(other):
    found = read(as_csv(rows({}, {"code": "governance.funding"} | other)))
    assert found.decisions == ()
    assert [issue.line for issue in found.issues] == [2]


def test_a_row_with_a_cell_too_many_is_left_out_and_nothing_of_it_is_repeated():
    secret = "Fatima uit Zundert"
    raw = as_csv(rows({})) + f"{ONE},actor,police,bert,2026-11-01,reden,{TEXT.replace(',', '')},{secret}\n".encode()
    found = read(raw)
    assert len(found.decisions) == 1
    assert [issue.kind for issue in found.issues] == ["bad_decision"]
    assert "Fatima" not in str(found.issues)


@pytest.mark.parametrize("column", ["statement_id", "dimension", "code", "coder", "date"])
def test_no_message_repeats_a_cell(column):
    assert "Fatima" not in str(read(as_csv(rows({column: "Fatima uit Zundert werd 14"}))).issues)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a workbook", "ZIP or Office"),
        (b"statement_id,code\n", "lacks the column dimension and coder and date and reason"),
        (as_csv(rows({})).replace(b"reason", b"coder"), "lacks the column reason"),
        (as_csv(rows({})).replace(b"reason", b"reason,coder"), "has the column coder twice"),
        (as_csv(rows({})) + b'"open', "is no CSV"),
    ],
)
def test_a_file_that_cannot_be_trusted_gives_no_decision_and_one_issue(raw, message):
    found = read(raw)
    assert found.decisions == ()
    assert [issue.severity for issue in found.issues] == ["quarantined"]
    assert message in found.issues[0].message
    if "column" in message:
        assert found.issues[0].line == 1


def test_a_file_without_the_guard_is_taken_in_with_a_warning():
    lines = [{key: value for key, value in row.items() if key != "text"} for row in rows({})]
    found = read(as_csv(lines))
    assert [decision.text for decision in found.decisions] == [""]
    assert [(issue.severity, issue.kind) for issue in found.issues] == [("warning", "decision_columns")]


def test_one_coder_written_in_two_ways_is_named_by_line_and_not_by_name():
    found = read(as_csv(rows({}, {"coder": "bert", "dimension": "horizon", "code": "none"}, {"coder": "An Na"})))
    assert len(found.decisions) == 3
    (issue,) = found.issues
    assert (issue.severity, issue.kind, issue.line) == ("warning", "coder_names", 4)
    assert "line 2" in issue.message
    assert "anna" not in issue.message.casefold().replace(" ", "")
    assert read(as_csv(rows({}, {"coder": "anne"}))).issues == ()


def test_an_unknown_column_is_said_to_be_left_alone():
    found = read(as_csv([row | {"opmerking": "x", "wie": "y"} for row in rows({})]))
    assert len(found.decisions) == 1
    (issue,) = found.issues
    assert (issue.kind, issue.line) == ("decision_columns", 1)
    assert issue.message.startswith("has 2 columns that were not read")


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@examples(60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ONE, TWO]),
            st.sampled_from(["theme", "actor", "sdg"]),
            st.sampled_from(["anna", "bert", "adjudicator"]),
            st.integers(0, 2),
            st.dates(),
            WORDS,
            st.one_of(st.none(), st.tuples(st.integers(0, 5), st.integers(6, 9))),
        ),
        unique_by=lambda one: one[:3],
    )
)
def test_what_is_written_is_read_back_whole(drawn):
    decisions = []
    for statement, dimension, coder, number, day, word, evidence in drawn:
        codes = BOOK.by_id[dimension].code_ids[1 : 1 + number]
        given_codes = tuple(Given(code, evidence) for code in codes)
        decisions.append(Decision(statement, dimension, given_codes, coder, day.isoformat(), f"want {word}", TEXT))
    found = read(write_decisions(decisions))
    assert found.issues == ()
    assert sorted(found.decisions, key=lambda one: one.key) == sorted(decisions, key=lambda one: one.key)


def test_the_columns_are_those_of_the_documentation():
    assert write_decisions([]).decode() == ",".join(COLUMNS) + "\n"
