"""Stages as plain functions, on small constructed sources."""

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.coder import Coder
from pipeline.coding.model import CodingInput
from pipeline.errors import PlainError
from pipeline.sources import fingerprint
from pipeline.stages.clean import clean
from pipeline.stages.code import code, fault_warnings
from pipeline.stages.codebooks import codebook
from pipeline.stages.decide import source_decisions
from pipeline.stages.extract import extract_source
from pipeline.stages.frames import records
from pipeline.stages.ingest import ingest
from pipeline.stages.raw import ChangedFileError, read_same
from pipeline.stages.recommend import recommendations
from pipeline.stages.segment import segment_source
from pipeline.text.lines import Lines
from pipeline.text.paging import read_pages
from pipeline.validation import coverage_faults, reference_faults, table_faults
from tests.examples import examples

METADATA = "title: Proef\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
LIMIT = 100_000


def run(raw: Path, source: str = "bron") -> dict[str, pd.DataFrame]:
    """Return all tables of the stages before coding."""
    taken = ingest(raw, source, LIMIT, extract_source(raw, source))
    cleaned = clean(raw, taken.sources, taken.raw_documents, taken.issues)
    working = {"documents": cleaned.documents, "text_lines": cleaned.text_lines, "reading_order": cleaned.reading_order}
    found = segment_source(raw, taken.sources, working, cleaned.issues)
    published = {"sections": found.sections, "statements": found.statements, "spans": found.spans}
    return {"sources": taken.sources, **working, **published, "repairs": found.repairs, "issues": found.issues}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "bron").mkdir()
    (tmp_path / "bron" / "source.yaml").write_text(METADATA)
    return tmp_path


def put(raw: Path, **files: bytes) -> None:
    for name, content in files.items():
        (raw / "bron" / f"{name}.txt").write_bytes(content)


def assert_sound(raw: Path, tables: dict[str, pd.DataFrame]) -> None:
    for name in ("sources", "documents", "sections", "statements", "spans", "repairs"):
        assert table_faults(name, tables[name]) == []
        assert reference_faults(name, tables) == []
    assert coverage_faults(raw, tables["documents"], tables["spans"]) == []


def test_a_small_document_becomes_sections_and_statements(raw):
    put(raw, a=b"2.1 Opvang\nZorg voor meer opvang. Geef iedereen een kans.\n")
    tables = run(raw)
    assert_sound(raw, tables)
    assert records(tables["sections"])[0]["number"] == "2.1"
    assert list(tables["statements"]["text"]) == ["Zorg voor meer opvang.", "Geef iedereen een kans."]
    assert set(tables["statements"]["section_id"]) == set(tables["sections"]["section_id"])


def test_pages_whose_order_is_uncertain_are_named(raw, monkeypatch):
    put(raw, a=b"Zorg voor meer opvang.\n\x0cGeef iedereen\neen kans.\n", b=b"Maak de regels korter.\n")
    assert list(run(raw)["issues"]["kind"]) == []

    def doubtful(pages, *given, **kept):
        for reading in read_pages(pages, *given, **kept):
            sure = [0.3 if one.text.startswith(("Geef", "een kans")) else 0.9 for one in reading.segments]
            segments = (replace(one, confidence=kept) for one, kept in zip(reading.segments, sure, strict=True))
            yield replace(reading, segments=tuple(segments))

    monkeypatch.setattr("pipeline.text.document.read_pages", lambda *given, **kept: list(doubtful(*given, **kept)))
    (issue,) = records(run(raw)["issues"])
    assert (issue["kind"], issue["severity"], issue["path"], issue["line"]) == (
        "uncertain_order", "warning", "bron/a.txt", 2,
    )  # fmt: skip
    assert "1 of 2 pages (2)" in issue["message"]


def test_statements_below_a_withheld_heading_are_coded(raw):
    put(raw, a=b"2.5 Zorg\nZorg voor opvang.\n\n2.6 Toen ik eruit kwam\nGemeenten moeten meer samenwerken.\n")
    tables = run(raw)
    assert tables["sections"]["title"].isna().tolist() == [False, True]
    coded = code(tables["sources"], tables["sections"], tables["statements"])
    below = tables["statements"].iloc[-1]["statement_id"]
    assert below in set(coded.codings["statement_id"])
    documents = tables["documents"].assign(title=None)
    wide = recommendations(tables["sources"], documents, tables["sections"], tables["statements"], coded.settled)
    assert dict(zip(wide["statement_id"], wide["section"], strict=True))[below] == "2.6"


def test_documents_with_the_same_title_are_told_apart(raw):
    put(raw, a=b"Zorg voor meer opvang.\n", b=b"Maak de regels korter.\n", c=b"Geef gemeenten meer tijd.\n")
    tables = run(raw)
    coded = code(tables["sources"], tables["sections"], tables["statements"])
    documents = tables["documents"].assign(title=["Verslag", "Verslag", None])
    wide = recommendations(tables["sources"], documents, tables["sections"], tables["statements"], coded.settled)
    assert sorted(set(wide["document"])) == ["Verslag (a.txt)", "Verslag (b.txt)", "c.txt"]


def test_the_address_of_a_link_is_not_shown_nor_hashed(raw):
    text = "**Zorg** voor [meer opvang](mailto:{}@example.org).\n\n![](plein.png)\n"
    put(raw, a=text.format("een").encode())
    tables = run(raw)
    assert_sound(raw, tables)
    assert list(tables["statements"]["text"]) == ["Zorg voor meer opvang."]
    assert [row["before"] for row in records(tables["repairs"])] == ["**", "**", "["]
    put(raw, a=text.format("twee").encode())
    assert list(run(raw)["statements"]["statement_id"]) == list(tables["statements"]["statement_id"])


def test_what_cannot_be_read_is_a_row_and_a_span_and_a_line(raw):
    put(raw, leeg=b"", binair=b"a\x00b", groot=b"x" * (LIMIT + 1), goed=b"Zorg voor meer opvang.\n")
    tables = run(raw)
    assert_sound(raw, tables)
    assert list(tables["issues"]["kind"]) == ["binary", "too_large", "empty"]
    assert set(tables["documents"]["path"]) == {f"bron/{name}.txt" for name in ("leeg", "binair", "groot", "goed")}
    assert list(tables["spans"]["role"]).count("quarantine") == 2


def test_a_pdf_that_cannot_be_read_is_a_document_that_is_quarantined(raw):
    put(raw, goed=b"Zorg voor meer opvang.\n")
    (raw / "bron" / "stuk.pdf").write_bytes(b"%PDF-1.7 kapot")
    tables = run(raw)
    assert_sound(raw, tables)
    assert list(tables["documents"]["path"]) == ["bron/goed.txt", "bron/stuk.pdf"]
    assert list(tables["documents"]["encoding"].isna()) == [False, True]
    assert list(tables["spans"]["role"]) == ["statement", "quarantine"]
    # The key is that of the text: statements of a PDF that went bad are told as those of a quarantined document.
    put(raw, **{"stuk.pdf": b"Geef iedereen een huis.\n"})
    assert set(run(raw)["documents"]["document_id"]) == set(tables["documents"]["document_id"])


FAULTS = {"clean": "pipeline.stages.clean.read_order", "segment": "pipeline.stages.segment.segment"}


def failing(monkeypatch: pytest.MonkeyPatch, target: str, word: str) -> None:
    """Make a function of the text core fail on documents that hold this word, with the word in its message."""
    module, _, name = target.rpartition(".")
    works = getattr(sys.modules[module], name)

    def fails(*given: object) -> object:
        if any(word in line.text for one in given if isinstance(one, Lines) for line in one.lines):
            raise KeyError(word)
        return works(*given)

    monkeypatch.setattr(target, fails)


@pytest.mark.parametrize("stage", FAULTS)
def test_a_document_on_which_the_program_fails_is_quarantined_and_the_others_go_on(raw, monkeypatch, stage):
    put(raw, a=b"Zorg voor opvang.\n", b=b"Geef iedereen een geheim.\n")
    failing(monkeypatch, FAULTS[stage], "geheim")
    tables = run(raw)
    assert_sound(raw, tables)
    assert list(tables["statements"]["text"]) == ["Zorg voor opvang."]
    assert list(tables["spans"]["role"]) == ["statement", "quarantine"]
    (issue,) = records(tables["issues"])
    assert (issue["path"], issue["severity"], issue["kind"]) == ("bron/b.txt", "quarantined", "program_fault")
    assert f"KeyError in pipeline/stages/{stage}.py:" in issue["message"]
    assert "geheim" not in issue["message"]


@pytest.mark.parametrize("stage", FAULTS)
def test_a_program_that_fails_on_every_document_is_not_trusted(raw, monkeypatch, stage):
    put(raw, a=b"Een geheim.\n", b=b"Geef iedereen een geheim.\n", c=b"\0\1\2")
    failing(monkeypatch, FAULTS[stage], "geheim")
    with pytest.raises(PlainError, match=r"bron/a.txt: KeyError in pipeline/stages/.*, as in every document"):
        run(raw)


def test_statements_of_a_document_on_which_the_coder_fails_stay_without_codes(raw, monkeypatch):
    put(raw, a=b"Zorg voor opvang.\n", b=b"Geef iedereen een geheim.\n")
    works = Coder.code

    def fails(coder: Coder, items: tuple[CodingInput, ...]) -> object:
        if any("geheim" in item.text for item in items):
            raise KeyError(items)
        return works(coder, items)

    monkeypatch.setattr(Coder, "code", fails)
    tables = run(raw)
    coded = code(tables["sources"], tables["sections"], tables["statements"])
    kept, lost = tables["statements"]["statement_id"]
    assert set(coded.codings["statement_id"]) == set(coded.settled["statement_id"]) == {kept}
    (warning,) = fault_warnings(tables["documents"], coded.faults)
    assert (warning.path, warning.severity) == ("bron/b.txt", "warning")
    assert "geheim" not in warning.message
    assert lost not in set(coded.relations["statement_id"])


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be", "windows-1252", "mac-roman"])
def test_every_encoding_gives_the_same_statements_and_covers_every_byte(raw, codec):
    text = "Zorg voor coördinatie.\r\n\r\nGeef cliënten één “vaste” begeleider.\r\n"
    put(raw, a=text.encode(codec))
    tables = run(raw)
    assert_sound(raw, tables)
    assert list(tables["statements"]["text"]) == ["Zorg voor coördinatie.", "Geef cliënten één “vaste” begeleider."]
    assert list(tables["issues"]["kind"]) == ([] if codec == "utf-8-sig" else ["encoding"])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16"])
def test_spans_of_two_byte_characters_hold_whole_characters(raw, codec):
    content = "Zorg voor opvang.\r\n\r\nMeer co\u00f6rdinatie graag.\n".encode(codec)
    put(raw, a=content)
    tables = run(raw)
    assert_sound(raw, tables)
    encoding = tables["documents"]["encoding"][0]
    assert all(content[row["start"] : row["end"]].decode(encoding) for row in records(tables["spans"]))


@pytest.mark.parametrize("text", ["4.1 Opvang\n4.2 Regie\n", "1 Inleiding\n2 Opvang\n3 Zorg\n"])
def test_a_document_of_headings_only_is_reported(raw, text):
    put(raw, a=text.encode())
    tables = run(raw)
    assert_sound(raw, tables)
    assert list(tables["issues"]["kind"]) in (["no_statements"], ["only_headings"])


def test_identical_statements_have_keys_of_their_own_and_keep_them(raw):
    put(raw, a=b"Meer opvang.\n\nMeer opvang.\n", b=b"Meer opvang.\n")
    first = run(raw)["statements"]
    assert first["statement_id"].is_unique
    put(raw, c=b"Meer opvang.\n", a=b"Meer opvang.\n\nMeer opvang.\n\nMinder regels.\n")
    second = run(raw)["statements"]
    assert set(first["statement_id"]) <= set(second["statement_id"])


def test_a_better_repair_leaves_a_key_alone(raw, monkeypatch):
    put(raw, a="Meer co√∂rdinatie is nodig.\n".encode())
    repaired = run(raw)["statements"]
    monkeypatch.setattr("pipeline.text.repair.FIXERS", ())
    left = run(raw)["statements"]
    assert list(repaired["text"]) != list(left["text"])
    assert list(repaired["statement_id"]) == list(left["statement_id"])


def test_a_bad_source_has_no_rows_but_an_issue(raw):
    (raw / "bron" / "source.yaml").unlink()
    put(raw, a=b"Meer opvang.\n")
    tables = run(raw)
    assert all(tables[name].empty for name in tables if name != "issues")
    assert list(tables["issues"]["kind"]) == ["bad_source"]
    assert_sound(raw, tables)


def test_a_file_that_cannot_be_opened_is_reported_and_the_others_go_on(raw, monkeypatch):
    put(raw, a=b"Meer opvang.\n", dicht=b"Meer zorg.\n")
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "dicht.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    tables = run(raw)
    assert list(tables["documents"]["path"]) == ["bron/a.txt"]
    assert [(issue["path"], issue["kind"]) for issue in records(tables["issues"])] == [
        ("bron/dicht.txt", "cannot_open")
    ]
    assert len(fingerprint(raw, "bron")) == 64


def test_decisions_that_are_a_link_to_nowhere_are_reported(raw):
    put(raw, a=b"Meer opvang.\n")
    (raw / "bron" / "decisions.csv").symlink_to("weg.csv")
    found = source_decisions(raw, "bron", "nl", codebook("mensenhandel"))
    assert [(issue.path, issue.kind) for issue in found.issues] == [("bron/decisions.csv", "cannot_open")]


def test_a_name_that_is_not_utf_8_is_reported(raw):
    put(raw, a=b"Meer opvang.\n")
    (raw / "bron" / "caf\udce9.txt").write_bytes(b"Meer zorg.\n")
    tables = run(raw)
    assert list(tables["issues"]["kind"]) == ["bad_name"]
    assert len(tables["documents"]) == 1


def test_a_file_that_changes_during_a_run_stops_it(raw):
    put(raw, a=b"Meer opvang.\n")
    taken = ingest(raw, "bron", LIMIT)
    put(raw, a=b"Meer zorg.\n")
    with pytest.raises(ChangedFileError, match="changed"):
        clean(raw, taken.sources, taken.raw_documents, taken.issues)
    (raw / "bron" / "a.txt").unlink()
    with pytest.raises(ChangedFileError, match="removed"):
        read_same(raw, "bron/a.txt", "0" * 64)


PIECES = [
    "Zorg voor meer opvang. ",
    "4.2 Opvang\n",
    "\n",
    "\n\n",
    "- ",
    "• ",
    "ervarings-\n",
    "deskundigen",
    " en ",
    "; ",
    "?",
    "é",
    "√∂",
    "\u00ad",
    "\u200b",
    "\u00a0",
    "\f",
    "\r\n",
    "o.a. ",
    "( ",
    "12 ",
    "Pagina 3\n",
    "\x07",
    "ﬁ",
]


@examples(50)  # files and frames each; the core has its own, which are many more
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=120))
def test_arbitrary_text_is_covered_exactly_once(tmp_path_factory, text):
    raw = tmp_path_factory.mktemp("raw")
    (raw / "bron").mkdir()
    (raw / "bron" / "source.yaml").write_text(METADATA)
    put(raw, a=text.encode())
    assert_sound(raw, run(raw))


@examples(50)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_covered_exactly_once(tmp_path_factory, content):
    raw = tmp_path_factory.mktemp("raw")
    (raw / "bron").mkdir()
    (raw / "bron" / "source.yaml").write_text(METADATA)
    put(raw, a=content)
    assert_sound(raw, run(raw))
