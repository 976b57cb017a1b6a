"""What may be published is judged over the files of a source's tables, in one call."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from pipeline import acceptance
from pipeline.acceptance import source_faults, source_privacy_faults
from pipeline.privacy.gate import Gate, load_gate
from pipeline.stages.clean import clean
from pipeline.stages.code import code
from pipeline.stages.ingest import ingest
from pipeline.stages.recommend import recommendations
from pipeline.stages.segment import segment_source
from pipeline.storage import PUBLISHED_BY_SOURCE, read_frame, write_frame

METADATA = "title: Proef\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
TEXT = "1. Opvang\nZorg voor meer opvangplekken in elke regio.\n"
Files = Mapping[str, Path]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "bron").mkdir()
    (folder / "bron" / "source.yaml").write_text(METADATA)
    (folder / "bron" / "a.txt").write_text(TEXT)
    return folder


@pytest.fixture(scope="module")
def tables(raw: Path) -> Mapping[str, pd.DataFrame]:
    taken = ingest(raw, "bron", 100_000)
    cleaned = clean(raw, taken.sources, taken.raw_documents, taken.issues)
    working = {"documents": cleaned.documents, "text_lines": cleaned.text_lines, "reading_order": cleaned.reading_order}
    found = segment_source(raw, taken.sources, working, cleaned.issues)
    coded = code(taken.sources, found.sections, found.statements)
    wide = recommendations(taken.sources, taken.raw_documents, found.sections, found.statements, coded.settled)
    made = {"sources": taken.sources, "documents": cleaned.documents, "recommendations": wide}
    made |= {name: getattr(found, name) for name in ("sections", "statements", "spans", "repairs")}
    return made | {"codings": coded.codings, "relations": coded.relations}


@pytest.fixture
def files(tables: Mapping[str, pd.DataFrame], tmp_path: Path) -> Files:
    found = {name: tmp_path / f"{name}.parquet" for name in PUBLISHED_BY_SOURCE}
    for name, path in found.items():
        write_frame(path, tables[name])
    return found


def change(files: Files, name: str, edit: Callable[[pd.DataFrame], pd.DataFrame | None]) -> None:
    frame = read_frame(files[name])
    edited = edit(frame)
    write_frame(files[name], frame if edited is None else edited)


def test_sound_tables_have_no_faults(raw: Path, files: Files) -> None:
    assert source_faults(raw, files) == []


def put(column: str, value: object) -> Callable[[pd.DataFrame], None]:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[0, column] = value

    return edit


@pytest.mark.parametrize(
    ("table", "edit", "fault"),
    [
        ("statements", put("text", "Bel 06-12345678 voor opvang."), "not clear of personal details"),
        ("sections", put("title", "Bel 06-12345678"), "not clear of personal details"),
        ("recommendations", put("text", "Iets anders."), "no statement's"),
        ("spans", lambda frame: frame.iloc[1:], "a.txt: "),
        ("codings", put("code", "onbekend"), "table codings: "),
        ("codings", put("statement_id", f"stm-{'0' * 16}"), "table codings: "),
        ("documents", lambda frame: frame.drop(columns="path"), "table documents: "),
    ],
)
def test_a_fault_of_any_kind_is_found(
    raw: Path, files: Files, table: str, edit: Callable[[pd.DataFrame], pd.DataFrame | None], fault: str
) -> None:
    change(files, table, edit)
    assert fault in "; ".join(source_faults(raw, files))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that the gate judges from now on."""
    found: list[str] = []
    judge = Gate.judge
    monkeypatch.setattr(Gate, "judge", lambda gate, text, *rest: found.append(text) or judge(gate, text, *rest))
    return found


def test_a_text_that_the_gate_found_clear_is_not_judged_again(raw: Path, files: Files, judged: list[str]) -> None:
    assert source_faults(raw, files) == []
    assert judged == []


@pytest.mark.parametrize(("table", "column"), [("statements", "text"), ("sections", "title")])
def test_any_other_text_is_judged_also_where_a_clear_one_stood(
    files: Files, judged: list[str], table: str, column: str
) -> None:
    change(files, table, put(column, f"Zorg voor minder {table}."))
    found = source_privacy_faults(files)
    assert judged == [f"Zorg voor minder {table}."]
    assert "not clear" not in "; ".join(found)


def test_what_the_gate_did_not_find_clear_is_never_let_through(files: Files, judged: list[str]) -> None:
    text = "Bel 06-12345678 voor opvang."
    assert load_gate("nl").judge_all([text])[0].privacy == "redacted"
    change(files, "statements", put("text", text))
    for _ in range(2):
        assert "not clear of personal details" in "; ".join(source_privacy_faults(files))
    assert judged == [text] * 3


def test_each_table_of_a_source_is_read_once(raw: Path, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(acceptance, "read_frame", lambda path: read.append(path.stem) or read_frame(path))
    assert source_faults(raw, files) == []
    assert sorted(read) == sorted(files)
