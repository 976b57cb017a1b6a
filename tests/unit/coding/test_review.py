"""Review round trips: what is written is read back whole, what people changed comes back as decisions."""

import csv
import io
import re
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from pipeline.coding.codebook import load_codebook
from pipeline.coding.decisions import Decision, Given
from pipeline.coding.model import Coding
from pipeline.coding.programs import PROGRAMS
from pipeline.coding.qdpx import countable, layout, project_qdpx
from pipeline.coding.qdpx_reader import read_qdpx
from pipeline.coding.refi import CodeNames
from pipeline.coding.review import Review, ReviewDocument, ReviewStatement, questions
from pipeline.coding.sheets import columns, review_csv, write_workbook
from pipeline.coding.sheets_reader import read_sheet
from pipeline.source_metadata import CODEBOOKS
from pipeline.text.language import load_language

BOOK = load_codebook(CODEBOOKS / "mensenhandel.yaml")
NL = load_language("nl")
TODAY = "2026-11-24"
SCHEMA = Path(__file__).parents[4] / "shared" / "referees" / "schemas" / "refi-qda" / "Project.xsd"
TEXTS = (
    "Zorg voor meer opvang; ook ’s nachts.",
    "Meer 𝒢eld — écht nodig 🙂, zegt men.",
    "Meer geld.",
    "Meer geld.",
)
ONE, TWO, THREE, FOUR = (f"stm-{number:016x}" for number in range(4))


def statements() -> tuple[ReviewStatement, ...]:
    sections = ("1 Opvang", "1 Opvang", "2 Geld", "2 Geld")
    return tuple(
        ReviewStatement(f"stm-{number:016x}", text, sections[number], number // 2) for number, text in enumerate(TEXTS)
    )


def program(statement: str, dimension: str, code: str, confidence: float = 0.9, rank: str = "primary") -> Coding:
    return Coding(statement, dimension, code, "rules-1", rank, "explicit", confidence, 0, 4)


def coded(statement: str) -> list[Coding]:
    """Return a code in every dimension, all with confidence."""
    return [program(statement, dimension.id, dimension.code_ids[0]) for dimension in BOOK.dimensions]


def decision(statement: str, dimension: str, *given: Given | str, coder: str = "anna", reason: str = "") -> Decision:
    codes = tuple(one if isinstance(one, Given) else Given(one) for one in given)
    return Decision(statement, dimension, codes, coder, "2026-11-02", reason, TEXTS[int(statement[4:], 16)])


DECISIONS = (
    decision(ONE, "theme", "protection.care", "governance.funding", "partnership", reason="twee\nregels; met teken"),
    decision(ONE, "theme", "prevention", coder="bert"),
    decision(ONE, "actor", Given("police", (0, 4)), Given("care"), Given("state", (5, 9)), reason="rank: secondary"),
    decision(TWO, "instrument"),
    decision(TWO, "theme", Given("governance.funding", (0, len(TEXTS[1])))),
    decision(TWO, "direction", Given("more", (5, 10)), coder="adjudicator"),
    decision(THREE, "sdg", "16.2", "8.7", "5.2", "16.3", "16.6", "10.2"),
    decision(FOUR, "statement_type", "outcome"),
)


@pytest.fixture
def review() -> Review:
    document = ReviewDocument("doc-0123456789abcdef", "bron", "bron/a.txt", "nl", BOOK, statements())
    codings = {statement: coded(statement) for statement in (ONE, TWO, THREE, FOUR)}
    return Review("Proef 1.0.0", "2026-11-01T10:00:00Z", (document,), codings, DECISIONS)


def as_workbook(review: Review, path: Path) -> bytes:
    write_workbook(questions(review, 0.5, None), review, path)
    return path.read_bytes()


def written(form: str, review: Review, folder: Path):
    """Return what is read back of a review that was written in a form."""
    if form == "qdpx":
        return read_qdpx(project_qdpx(review), review, TODAY)
    items = questions(review, 0.5, None)
    content = review_csv(items) if form == "csv" else as_workbook(review, folder / "review.xlsx")
    return read_sheet(content, review, TODAY, NL)


def keyed(decisions) -> dict[tuple[str, str, str], Decision]:
    return {one.key: one for one in decisions}


@pytest.mark.parametrize("form", ["csv", "xlsx", "qdpx"])
def test_what_was_decided_comes_back_whole_and_nothing_else(form, review, tmp_path):
    back = written(form, review, tmp_path)
    assert back.problems == ()
    assert keyed(back.decisions) == keyed(DECISIONS)
    assert back.withdrawn == ()


def test_cells_of_a_workbook_are_blank_or_texts_for_good(review, tmp_path):
    own = [replace(one, reason="=SOM(A1:A2)" if one.reason else "") for one in review.decisions]
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(as_workbook(replace(review, decisions=own), tmp_path / "review.xlsx")))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not any(cell.value == "" for cell in cells)
    assert {cell.value for cell in cells if cell.quotePrefix} == {"=SOM(A1:A2)"}


def test_the_same_review_is_the_same_project(review):
    assert project_qdpx(review) == project_qdpx(review)


# --- what is asked -----------------------------------------------------------------------------------------------


def test_what_most_needs_a_person_comes_first(review):
    codings = {statement: [one for one in coded(statement) if one.dimension != "sdg"] for statement in (ONE, TWO)}
    codings[TWO] += [program(TWO, "sdg", "8.7", 0.2), program(TWO, "theme", "governance")]
    codings[ONE] += [program(ONE, "horizon", "dated")._replace(coder="other-1"), program(ONE, "sdg", "8.7")]
    shown = replace(review, codings={**codings, THREE: coded(THREE), FOUR: coded(FOUR)[:-1]}, decisions=DECISIONS[:2])
    asked = [(item.why, item.statement.statement_id, item.dimension) for item in questions(shown, 0.5, None)]
    assert asked == [
        ("disputed", ONE, "theme"),
        ("differs", ONE, "horizon"),
        ("abstained", FOUR, BOOK.dimensions[-1].id),
        ("unsure", TWO, "sdg"),
        ("first", TWO, "theme"),
        ("decided", ONE, "theme"),
        ("decided", ONE, "theme"),
    ]
    assert [item.why for item in questions(shown, 0.5, 1)] == ["disputed", "decided", "decided"]


def test_what_people_settled_is_not_asked_again(review):
    asked = {
        (item.statement.statement_id, item.dimension) for item in questions(review, 1.0, None) if item.why != "decided"
    }
    assert (TWO, "instrument") not in asked
    assert (ONE, "instrument") in asked


# --- spreadsheets ------------------------------------------------------------------------------------------------


def test_the_workbook_lets_people_change_answers_only_and_choose_codes_from_lists(review, tmp_path):
    book = load_workbook(io.BytesIO(as_workbook(review, tmp_path / "review.xlsx")))
    sheet = book["review"]
    names = [cell.value for cell in sheet[1]]
    assert names == columns(questions(review, 0.5, None))
    assert sum(name.startswith("code_") for name in names) == 6
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "E2"
    locked = {name: sheet.cell(2, number).protection.locked for number, name in enumerate(names, 1)}
    assert {name for name, closed in locked.items() if not closed} == {*names[8:]}
    ranges = {cell: rule.formula1 for rule in sheet.data_validations.dataValidation for cell in rule.sqref.ranges}
    for row in range(2, sheet.max_row + 1):
        dimension = sheet.cell(row, names.index("dimension") + 1).value
        place = next(formula for cells, formula in ranges.items() if sheet.cell(row, 9).coordinate in str(cells))
        column = place.split("$")[1]
        values = [cell.value for cell in book["codes"][column] if cell.value is not None]
        assert values[0] == dimension
        assert set(values[1:-2]) == {one.id for one in BOOK.by_id[dimension].codes if one.status != "retired"}
        assert values[-2:] == ["abstain", "withdraw"]


def answered(review: Review, folder: Path, **cells: object):
    """Return what is read of a workbook whose first question was answered with these cells."""
    book = load_workbook(io.BytesIO(as_workbook(review, folder / "review.xlsx")))
    sheet = book["review"]
    names = [cell.value for cell in sheet[1]]
    for name, value in cells.items():
        sheet.cell(2, names.index(name) + 1).value = value
    book.save(folder / "back.xlsx")
    content = (folder / "back.xlsx").read_bytes()
    first = {name: sheet.cell(2, number).value for number, name in enumerate(names, 1)}
    return first, read_sheet(content, review, TODAY, NL, coder="carla")


def test_changed_codes_come_back_as_decisions(review, tmp_path):
    first, back = answered(review, tmp_path, code_1="protection.care", code_3="governance", reason="nieuw")
    assert back.problems == ()
    (new,) = [one for one in back.decisions if one.coder == "carla"]
    assert (new.statement_id, new.dimension, new.date, new.reason) == (first["statement_id"], "theme", TODAY, "nieuw")
    assert new.codes == ("protection.care", "governance")
    assert keyed(back.decisions).items() >= keyed(DECISIONS).items()


def test_a_withdrawal_is_said_in_words(review, tmp_path):
    first, back = answered(review, tmp_path, code_1="withdraw", coder="anna")
    assert back.withdrawn == ((first["statement_id"], "theme", "anna"),)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"code_1": "protection.cares"}, "row 2: gives no code of dimension theme"),
        ({"code_1": "prevention", "coder": "rules-1"}, "row 2: has no coder"),
        ({"reason": "zomaar"}, "row 2: names a coder or a reason but no code"),
        ({"code_1": "prevention", "text": "Iets anders."}, "row 2: is about a statement whose text is now another"),
        ({"code_1": "prevention", "statement_id": "stm-9"}, "row 2: is about a statement that the newest"),
        ({"code_1": "prevention", "date": "gisteren"}, "row 2: has no date"),
        ({"code_1": "prevention", "evidence": "4-99"}, "row 2: has evidence"),
        ({"code_1": "prevention", "coder": "anna"}, "answers by the same coder what another row answers"),
    ],
)
def test_an_answer_that_cannot_be_taken_in_is_refused_with_its_row(cells, message, review, tmp_path):
    _, back = answered(review, tmp_path, **cells)
    assert [problem for problem in back.problems if message in problem], back.problems


def test_a_csv_holds_nothing_that_spreadsheets_take_for_a_day_or_a_time(review):
    """LibreOffice and Excel make 5 October of `5-10` when they open a CSV, and save that."""
    table = list(csv.DictReader(io.StringIO(review_csv(questions(review, 0.5, None)).decode())))
    assert {row["evidence"] for row in table} > {"", "5..10", "0..4;;5..9"}
    guessed = re.compile(r"\d+[-/:]\d+([-/:]\d+)?")
    assert not any(guessed.fullmatch(cell) for row in table for name, cell in row.items() if name != "date")


def test_what_a_spreadsheet_guesses_when_it_opens_a_csv_is_undone(review):
    """Codes such as 8.7 come back as numbers and days as dates; a decision is the same all the same."""
    book = Workbook()
    sheet = book.active
    sheet.title = "review"
    for row in csv.reader(io.StringIO(review_csv(questions(review, 0.5, None)).decode())):
        sheet.append([guessed(cell) for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    types = {type(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {float, datetime, type(None)} <= types
    back = read_sheet(kept.getvalue(), review, TODAY, NL)
    assert back.problems == ()
    assert keyed(back.decisions) == keyed(DECISIONS)


def guessed(cell: str) -> object:
    """Return a cell as LibreOffice 7.4 read it from a CSV, with and without looking for special numbers."""
    with suppress(ValueError):
        return float(cell)
    with suppress(ValueError):
        return datetime.fromisoformat(cell)
    return cell or None


def test_a_reason_that_was_taken_for_a_formula_is_read_as_it_was_typed(review, tmp_path):
    _, back = answered(review, tmp_path, code_1="prevention", reason="=zie regel 3")
    (new,) = [one for one in back.decisions if one.coder == "carla"]
    assert new.reason == "=zie regel 3"
    assert back.problems == ()


def test_a_formula_that_gives_no_code_is_shown_as_it_was_typed(review, tmp_path):
    _, back = answered(review, tmp_path, code_1="=I3")
    assert "gives no code of dimension" in back.problems[0]


@pytest.mark.parametrize("error", ["#VALUE!", "#NAAM?", "Err:509", "#N/B"])
@pytest.mark.parametrize("column", ["reason", "text", "code_1"])
def test_a_csv_in_which_a_text_became_an_error_says_so(review, column, error):
    table = csv.DictReader(io.StringIO(review_csv(questions(review, 0.5, None)).decode()))
    row = {**next(iter(table)), "code_1": "prevention", "coder": "carla", column: error}
    kept = io.StringIO()
    writer = csv.DictWriter(kept, table.fieldnames)
    writer.writeheader()
    writer.writerow(row)
    back = read_sheet(kept.getvalue().encode(), review, TODAY, NL)
    assert back.decisions == ()
    (problem,) = back.problems
    assert problem.startswith(f"row 2: holds {error} in column {column}: spreadsheets take a text that begins with")


def test_ranges_with_a_hyphen_are_still_read(review, tmp_path):
    _, back = answered(review, tmp_path, code_1="prevention", evidence="0-4")
    (new,) = [one for one in back.decisions if one.coder == "carla"]
    assert new.given == (Given("prevention", (0, 4)),)


def test_a_sheet_that_is_none_is_refused(review):
    assert "lacks the column" in read_sheet(b"a,b\n1,2\n", review, TODAY, NL).problems[0]
    assert "is empty" in read_sheet(b"", review, TODAY, NL).problems[0]
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("x", "y")
    assert "no workbook" in read_sheet(empty.getvalue(), review, TODAY, NL).problems[0]


# --- REFI-QDA ----------------------------------------------------------------------------------------------------


def project(content: bytes) -> tuple[ET.Element, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return ET.fromstring(files.pop("project.qde")), files


def repacked(root: ET.Element, files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("anders.qde", ET.tostring(root))
        for name, content in files.items():
            archive.writestr(name.replace("sources", "Sources"), content)
    return buffer.getvalue()


Q = "{urn:QDA-XML:project:1.0}"


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the official schema stands in ../shared, which is not here")
def test_the_project_is_valid_by_the_official_schema(review):
    with zipfile.ZipFile(io.BytesIO(project_qdpx(review))) as archive:
        found = etree.fromstring(archive.read("project.qde"))
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(found)


def test_positions_are_code_points_of_the_text_in_the_project(review):
    root, files = project(project_qdpx(review))
    for source in root.iter(f"{Q}TextSource"):
        text = files["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode()
        assert "\r" not in text
        for selection in source.iter(f"{Q}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            assert text[start:end] in countable(TEXTS[int(selection.get("name")[4:], 16)])
    text, lines = layout(review.documents[0])
    assert text.startswith("1 Opvang\n\nZorg voor")
    assert [text[line.start : line.end] for line in lines] == [countable(text) for text in TEXTS]


def test_a_character_that_programs_count_as_two_does_not_stand_in_a_project(review):
    text, _ = layout(review.documents[0])
    assert "Meer Geld — écht nodig �, zegt men." in text
    assert len(text.encode("utf-16-le")) == 2 * len(text)


def test_a_project_with_characters_that_count_as_two_is_understood(review):
    """As earlier versions wrote it, and as a program may write it again from its own copy of the text."""
    root, files = project(project_qdpx(review))
    (name,) = files
    whole = files[name].decode().replace(countable(TEXTS[1]), TEXTS[1])
    assert whole != files[name].decode()
    back = read_qdpx(repacked(root, {name: whole.encode()}), review, TODAY)
    assert (back.problems, keyed(back.decisions)) == ((), keyed(DECISIONS))


def test_a_reason_with_characters_that_xml_does_not_know_spoils_no_project(review):
    given = decision(ONE, "theme", "prevention", reason="boven\x0bonder")
    back = read_qdpx(project_qdpx(replace(review, decisions=(given,))), review, TODAY)
    assert (back.problems, [one.reason for one in back.decisions]) == ((), ["boven onder"])


def test_no_two_codes_share_a_name(review):
    names = CodeNames.of([BOOK, load_codebook(CODEBOOKS / "base.yaml")], with_abstention=True).names
    folded = [name.casefold() for name in names.values()]
    assert len(set(folded)) == len(folded)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="pyqdpx 0.1.8 has syntax of Python 3.12")
def test_an_independent_reader_finds_the_same_and_its_new_coding_is_a_decision(review, tmp_path, capsys):
    from pyqdpx import QDPX  # noqa: PLC0415  older versions of Python cannot read it

    path = tmp_path / "review.qdpx"
    path.write_bytes(project_qdpx(replace(review, decisions=DECISIONS[:1])))
    qdpx = QDPX(str(path))
    found = qdpx.get_project()
    assert {user.name for user in found.users.values()} == {"anna", *PROGRAMS}
    (source,) = found.sources.values()
    codes = {found.find_code(name).guid for name in CodeNames.of([BOOK]).names.values()}
    assert len(codes) == sum(1 + len(dimension.codes) for dimension in BOOK.dimensions)
    ours = sum(len(given) for given in review.codings.values()) + len(DECISIONS[0].given)
    assert len(source.coded_selections) == ours
    first = next(one for one in source.coded_selections.values() if one.user.name == "anna")
    assert first.text == TEXTS[0]

    user = next(one for one in found.users.values() if one.name == "anna")
    start = source.text_content.index("opvang")
    source.add_selection(start, start + 6, found.find_code("Politie en KMar"), user)
    qdpx.save_project()
    back = read_qdpx(path.read_bytes(), review, TODAY)
    assert back.problems == ()
    assert keyed(back.decisions)[DECISIONS[0].key] == DECISIONS[0]
    new = keyed(back.decisions)[ONE, "actor", "anna"]
    assert new.given == (Given("police", (TEXTS[0].index("opvang"), TEXTS[0].index("opvang") + 6)),)
    assert "Warning" not in capsys.readouterr().out


def test_a_project_that_another_program_wrote_again_is_understood(review):
    """Other GUIDs, another name of the project file, Windows line ends that count, braces and capitals."""
    root, files = project(project_qdpx(review))
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in {"guid", "targetGUID", "creatingUser"}:
                element.set(name, "{" + value.replace("-", "-")[::-1].upper() + "}")
    windows = {name: content.replace(b"\n", b"\r\n") for name, content in files.items()}
    text = next(iter(files.values())).decode()
    for selection in root.iter(f"{Q}PlainTextSelection"):
        for name in ("startPosition", "endPosition"):
            at = int(selection.get(name))
            selection.set(name, str(at + text[:at].count("\n")))
    back = read_qdpx(repacked(root, windows), review, TODAY)
    assert back.problems == ()
    assert keyed(back.decisions) == keyed(DECISIONS)


@pytest.mark.parametrize("origin", ["ATLAS.ti", "QualCoder"])
def test_a_windows_line_end_that_counts_as_one_is_noticed(origin, review):
    """QualCoder writes such a project when asked for the line ends of MAXQDA."""
    root, files = project(project_qdpx(review))
    root.set("origin", origin)
    windows = {name: content.replace(b"\n", b"\r\n") for name, content in files.items()}
    back = read_qdpx(repacked(root, windows), review, TODAY)
    assert (back.problems, keyed(back.decisions)) == ((), keyed(DECISIONS))


def test_a_text_that_changed_since_keeps_what_is_still_there(review):
    content = project_qdpx(review)
    changed = (*statements()[:1], replace(statements()[1], text="Meer tijd."), *statements()[2:])
    later = replace(review, documents=(replace(review.documents[0], statements=changed),))
    back = read_qdpx(content, later, TODAY)
    assert len(back.problems) == 3
    assert all("is not inside one statement" in problem for problem in back.problems)


def coding_of(root: ET.Element, user: str, code: str, start: int, end: int, comment: str = "") -> None:
    """Add a coding as a program for qualitative analysis would."""
    source = next(root.iter(f"{Q}TextSource"))
    users = {one.get("name"): one.get("guid") for one in root.iter(f"{Q}User")}
    codes = {one.get("name"): one.get("guid") for one in root.iter(f"{Q}Code")}
    number = len(list(root.iter(f"{Q}Coding")))
    by = {"creatingUser": users[user], "creationDateTime": "2026-11-05T12:00:00Z"}
    place = {"guid": f"00000000-0000-0000-0000-{number:012x}", "startPosition": str(start), "endPosition": str(end)}
    selection = ET.SubElement(source, f"{Q}PlainTextSelection", {**place, **by})
    ET.SubElement(selection, f"{Q}Description").text = comment
    coding = ET.SubElement(selection, f"{Q}Coding", {"guid": f"10000000-0000-0000-0000-{number:012x}", **by})
    ET.SubElement(coding, f"{Q}CodeRef", targetGUID=codes[code])


def test_a_comment_of_the_coder_is_the_reason_and_says_the_rank(review):
    root, files = project(project_qdpx(replace(review, decisions=DECISIONS[:2])))
    at = layout(review.documents[0])[1][1]
    coding_of(root, "bert", "Geld en middelen", at.start - 1, at.end + 1, "rank: secondary\nom het geld")
    coding_of(root, "bert", "Preventie", at.start, at.start + 4, "zie boven")
    coding_of(root, "bert", "Preventie", at.start + 6, at.start + 9)
    back = read_qdpx(repacked(root, files), review, TODAY)
    assert back.problems == ()
    new = keyed(back.decisions)[TWO, "theme", "bert"]
    assert new.given == (Given("prevention", (0, 9)), Given("governance.funding"))
    assert (new.date, new.reason) == ("2026-11-05", "om het geld; zie boven")


def test_what_a_person_coded_under_a_programs_name_is_told(review):
    """QualCoder codes under the first name of a project until another is chosen, so that is a program's."""
    root, files = project(project_qdpx(replace(review, decisions=DECISIONS[:1])))
    assert [user.get("name") for user in root.iter(f"{Q}User")][-1] == "anna"
    assert read_qdpx(repacked(root, files), review, TODAY).notes == ()
    at = layout(review.documents[0])[1][1]
    coding_of(root, "rules-1", "Preventie", at.start, at.end)
    back = read_qdpx(repacked(root, files), review, TODAY)
    assert keyed(back.decisions) == keyed(DECISIONS[:1])
    assert [note.partition(":")[0] for note in back.notes] == [
        "1 x coding under the name of rules-1, a program, made after it coded"
    ]


def test_what_no_decision_can_hold_is_refused(review):
    root, files = project(project_qdpx(replace(review, decisions=DECISIONS[:2])))
    lines = layout(review.documents[0])[1]
    codes = next(root.iter(f"{Q}Codes"))
    ET.SubElement(codes, f"{Q}Code", guid="20000000-0000-0000-0000-000000000000", name="Eigen code", isCodable="true")
    ET.SubElement(next(root.iter(f"{Q}Users")), f"{Q}User", guid="30000000-0000-0000-0000-000000000000", name="x@y.nl")
    coding_of(root, "bert", "Preventie", lines[0].start, lines[1].end)
    coding_of(root, "bert", "Eigen code", lines[2].start, lines[2].end)
    coding_of(root, "bert", "Geld en middelen", lines[3].start, lines[3].end)
    coding_of(root, "bert", "Preventie", lines[3].start, lines[3].end)
    coding_of(root, "x@y.nl", "Preventie", lines[3].start, lines[3].end)
    ET.SubElement(ET.SubElement(root, f"{Q}Sets"), f"{Q}Set", guid="40000000-0000-0000-0000-000000000000", name="s")
    back = read_qdpx(repacked(root, files), review, TODAY)
    assert [problem.partition(": ")[2][:32] for problem in back.problems] == [
        "is not inside one statement of t",
        "code 'Eigen code' is no code of ",
        "has no coder whose name can be p",
        "gives several codes of theme and",
    ]
    assert back.notes == ("1 x Set: is no coding and was not taken in",)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_a_file_that_is_no_project_is_refused(content, review):
    assert "is no REFI-QDA project" in read_qdpx(content, review, TODAY).problems[0]
