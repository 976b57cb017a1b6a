"""What was taken down stays down, by bytes, and a file of retractions that cannot be trusted is refused."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import FileError, PlainError
from pipeline.retractions import (
    RETRACTIONS,
    Retraction,
    read_retractions,
    reasons,
    source_retractions,
    write_retractions,
)
from pipeline.sources import SourceError, read_source
from pipeline.stages.clean import clean
from pipeline.stages.ingest import ingest
from pipeline.stages.retract import retract
from pipeline.stages.segment import Segmented, segment_source
from pipeline.takedown import Published, leftovers, record
from pipeline.validation import coverage_faults, reference_faults

METADATA = "title: Proef\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
TEXT = "2.1 Opvang\nZorg voor meer opvang. Geef iedereen een kans. Luister naar jongeren.\n"
SECRET = "Geef iedereen een kans."
ROW = f"stm-{'0' * 16},a.txt,{'1' * 64},120-180 190-240,2026-11-01,op verzoek"
HEAD = "statement_id,document,sha256,bytes,date,reason"
TODAY = date(2026, 11, 1)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "bron").mkdir()
    (tmp_path / "bron" / "source.yaml").write_text(METADATA)
    (tmp_path / "bron" / "a.txt").write_text(TEXT)
    return tmp_path


def run(raw: Path) -> tuple[pd.DataFrame, Segmented]:
    """Return the documents of the source and what was segmented, before anything is retracted."""
    taken = ingest(raw, "bron", 100_000)
    cleaned = clean(raw, taken.sources, taken.raw_documents, taken.issues)
    working = {"documents": cleaned.documents, "text_lines": cleaned.text_lines, "reading_order": cleaned.reading_order}
    return cleaned.documents, segment_source(raw, taken.sources, working, cleaned.issues)


def taken_down(raw: Path) -> tuple[pd.DataFrame, Segmented]:
    documents, found = run(raw)
    return documents, retract(found, "bron", documents, source_retractions(raw / "bron"))


def take_down(raw: Path, text: str = SECRET) -> str:
    """Retract the statement with this text and return its key."""
    documents, found = run(raw)
    chosen = found.statements[found.statements["text"] == text].iloc[0]
    spans = found.spans[found.spans["statement_id"] == chosen["statement_id"]]
    document = documents.set_index("document_id").loc[chosen["document_id"]]
    ranges = tuple(zip(spans["start"].tolist(), spans["end"].tolist(), strict=True))
    one = Published(chosen["statement_id"], "bron", "a.txt", document["sha256"], ranges)
    assert record(raw, [one], "op verzoek", TODAY) == [raw / "bron" / RETRACTIONS]
    assert record(raw, [one], "op verzoek", TODAY) == []
    return str(one.statement_id)


def test_a_retracted_statement_is_gone_and_its_bytes_are_quarantined(raw: Path) -> None:
    key = take_down(raw)
    before = run(raw)[1].statements
    documents, found = taken_down(raw)
    kept = before[before["statement_id"] != key]
    assert found.statements["text"].tolist() == ["Zorg voor meer opvang.", "Luister naar jongeren."]
    assert found.statements["statement_id"].tolist() == kept["statement_id"].tolist()
    assert found.statements["position"].tolist() == [1, 3]
    assert coverage_faults(raw, documents, found.spans) == []
    assert reference_faults("spans", {"spans": found.spans, "documents": documents, **vars_of(found)}) == []
    hidden = found.spans[found.spans["role"] == "quarantine"]
    content = (raw / "bron" / "a.txt").read_bytes()
    assert [content[row.start : row.end].decode() for row in hidden.itertuples()] == [SECRET]
    issue = found.issues.iloc[0]
    assert (issue["kind"], issue["message"], issue["line"]) == ("retracted", "op verzoek", 2)


def vars_of(found: Segmented) -> dict[str, pd.DataFrame]:
    return {"statements": found.statements, "sections": found.sections}


def test_it_stays_down_when_the_file_is_renamed(raw: Path) -> None:
    take_down(raw)
    (raw / "bron" / "a.txt").rename(raw / "bron" / "b.txt")
    assert SECRET not in taken_down(raw)[1].statements["text"].tolist()


def test_it_stays_down_when_the_file_changes_elsewhere(raw: Path) -> None:
    take_down(raw)
    (raw / "bron" / "a.txt").write_text(f"{TEXT}Maak het eenvoudiger.\n")
    texts = taken_down(raw)[1].statements["text"].tolist()
    assert SECRET not in texts
    assert "Maak het eenvoudiger." in texts


def test_a_changed_document_in_which_it_cannot_be_found_is_kept_back(raw: Path) -> None:
    take_down(raw)
    (raw / "bron" / "a.txt").write_text(TEXT.replace("iedereen een", "iedereen nog een"))
    documents, found = taken_down(raw)
    assert found.statements.empty
    assert coverage_faults(raw, documents, found.spans) == []
    issue = found.issues.iloc[0]
    assert (issue["severity"], issue["kind"]) == ("quarantined", "stale_retraction")
    assert "line 2" in issue["message"]


def test_a_retraction_of_a_removed_document_is_a_warning(raw: Path) -> None:
    take_down(raw)
    (raw / "bron" / "a.txt").write_text("Maak het eenvoudiger.\n")
    (raw / "bron" / "a.txt").rename(raw / "bron" / "c.txt")
    found = taken_down(raw)[1]
    assert found.statements["text"].tolist() == ["Maak het eenvoudiger."]
    assert found.issues["kind"].tolist() == ["no_such_document"]


def test_a_statement_that_was_cut_otherwise_is_taken_down_whole(raw: Path) -> None:
    take_down(raw)
    known = source_retractions(raw / "bron")[0]
    start, end = known.ranges[0]
    documents, found = run(raw)
    part = Retraction(f"stm-{'f' * 16}", "a.txt", known.sha256, ((start + 3, end + 3),), "2026-11-01", "op verzoek")
    assert retract(found, "bron", documents, [part]).statements["text"].tolist() == ["Zorg voor meer opvang."]


def test_repairs_inside_it_are_not_shown(raw: Path) -> None:
    (raw / "bron" / "a.txt").write_text(TEXT.replace("kans", "co√∂rdinatie"), encoding="utf-8")
    assert len(run(raw)[1].repairs) == 1
    take_down(raw, "Geef iedereen een coördinatie.")
    assert taken_down(raw)[1].repairs.empty


def test_a_file_is_written_and_read_back() -> None:
    one = Retraction(f"stm-{'0' * 16}", "a, b.txt", "1" * 64, ((120, 180), (190, 240)), "2026-11-01", 'op "verzoek"')
    assert read_retractions(write_retractions([one]).decode()) == (one,)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (ROW.replace("stm-", "st-"), "statement_id .*; put the row back"),
        (ROW.replace("1" * 64, "11"), "sha256 .*; put the row back"),
        (ROW.replace("120-180", "180-120"), "bytes .*; put the row back"),
        (ROW.replace("120-180 ", "120,"), "cells .*; quote commas"),
        (ROW.replace("2026-11-01", "gisteren"), "date .*; put the row back"),
        (ROW.replace("op verzoek", " "), "reason .*; put the row back"),
        (ROW.replace("op verzoek", '"op'), "; mend the quotation"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(raw: Path, row: str, complaint: str) -> None:
    with pytest.raises(FileError, match=complaint):
        read_retractions(f"{HEAD}\n{row}\n")
    (raw / "bron" / RETRACTIONS).write_text(f"{HEAD}\n{row}\n")
    with pytest.raises(SourceError, match=complaint) as caught:
        read_source(raw, "bron")
    assert (caught.value.file, caught.value.line) == (RETRACTIONS, 2)
    assert reasons([raw / "bron"]) == {}
    with pytest.raises(PlainError, match=complaint):
        record(raw, [Published("stm-1", "bron", "a.txt", "1" * 64, ((0, 1),))], "op verzoek", TODAY)


@pytest.mark.parametrize("there", ["folder", "link"])
def test_what_is_there_by_its_name_and_is_no_file_is_refused(raw: Path, there: str) -> None:
    path = raw / "bron" / RETRACTIONS
    path.mkdir() if there == "folder" else path.symlink_to("weg.csv")
    with pytest.raises(SourceError, match=r"is a folder or a link that leads nowhere.*; put the file there"):
        read_source(raw, "bron")


def test_wrong_columns_are_refused() -> None:
    with pytest.raises(FileError, match=r"columns .*; put the row back"):
        read_retractions("statement,reason\n")


@pytest.mark.parametrize("reason", ["", " ", "twee\nregels"])
def test_a_reason_is_needed(raw: Path, reason: str) -> None:
    with pytest.raises(PlainError, match="reason"):
        record(raw, [], reason, TODAY)


def test_a_pdf_whose_text_held_a_statement_is_named_too(raw):
    for name in ("a.pdf", "a.pdf.txt"):
        (raw / "bron" / name).write_text(TEXT)
    found = {name: Published("stm", "bron", name, "", ((0, 4),)) for name in ("a.pdf.txt", "a.txt")}
    assert leftovers(raw, raw / "history", raw / "review", found) == [
        f"stm: bytes 0 to 4 of {raw}/bron/a.pdf.txt",
        f"stm: words in {raw}/bron/a.pdf, whose text that is",
        f"stm: bytes 0 to 4 of {raw}/bron/a.txt",
    ]
