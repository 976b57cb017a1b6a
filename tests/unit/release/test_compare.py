"""What changed, for people: complete on a terminal and a page, without values in what a release carries."""

import html
import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.release.constructed import DAY, Row, Rows, constructed, inputs, statement_id, text
from pipeline.release import diff as diff_module
from pipeline.release.changes import as_html, as_text
from pipeline.release.compare import compare_releases
from pipeline.release.publish import Published, publish

BEFORE, AFTER = "Was <b>dit</b>", "Is \x1b[31mdat & dat"


def make(outputs: Path, rows: Mapping[str, Rows]) -> Published:
    return publish(inputs(rows), outputs, DAY)


def worded(words: str, statements: int) -> dict[str, Rows]:
    rows = constructed(statements)

    def reworded() -> Iterator[Row]:
        return ({**row, "text": words} if row["position"] == 3 else row for row in rows["statements"]())

    return {**rows, "statements": reworded}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    outputs = tmp_path_factory.mktemp("outputs")
    return make(outputs, worded(BEFORE, 20)).path, make(outputs, worded(AFTER, 21)).path


def test_every_changed_row_is_found(pair: tuple[Path, Path]) -> None:
    found = compare_releases(*pair)
    tables = {table.name: table for table in found.tables if not table.same}
    statements = tables["statements"]
    assert found.level == "minor"
    assert statements.added == ({"statement_id": statement_id(20)},)
    assert [(row.key, row.values) for row in statements.changed] == [
        ({"statement_id": statement_id(2)}, {"text": (BEFORE, AFTER)})
    ]
    assert tables["codings"].added_count == 3
    assert set(tables) == {"statements", "codings", "recommendations", "spans"}


def test_statements_that_come_and_go_are_shown_with_their_words(pair: tuple[Path, Path]) -> None:
    words = text(20)
    for releases, sign, mark in ((pair, "+", "ins"), (pair[::-1], "-", "del")):
        found = compare_releases(*releases)
        assert f"  {sign} {statement_id(20)} {json.dumps(words)}" in as_text(found)
        assert f"<{mark}>{words}</{mark}>" in html.unescape(as_html(found))


def test_sources_and_documents_that_come_are_shown_by_title_and_path(tmp_path: Path) -> None:
    rows = constructed(20)
    source, document = (next(iter(rows[table]())) for table in ("sources", "documents"))
    more = {
        "sources": {**source, "source_id": "erbij", "title": "Oproep"},
        "documents": {**document, "document_id": f"doc-{'f' * 16}", "source_id": "erbij", "path": "erbij/brief.txt"},
    }
    after = {**rows, **{name: partial(chain, list(rows[name]()), [row]) for name, row in more.items()}}
    found = compare_releases(make(tmp_path, rows).path, make(tmp_path, after).path)
    assert '  + erbij "Oproep"' in as_text(found)
    assert f'  + doc-{"f" * 16} "erbij/brief.txt"' in as_text(found)
    assert "<ins>Oproep</ins>" in as_html(found)
    assert "<ins>erbij/brief.txt</ins>" in as_html(found)


def test_backwards_rows_are_removed(pair: tuple[Path, Path]) -> None:
    found = compare_releases(*pair[::-1])
    statements = next(table for table in found.tables if table.name == "statements")
    assert (statements.added_count, statements.removed_count) == (0, 1)
    assert found.level == "major"


def test_a_release_is_the_same_as_itself(pair: tuple[Path, Path]) -> None:
    found = compare_releases(pair[0], pair[0])
    assert (found.level, found.changes) == (None, ())
    assert as_text(found) == "1.0.0 -> 1.0.0: no difference\n"
    assert "There is no difference" in as_html(found)


def test_the_terminal_does_not_act_on_values(pair: tuple[Path, Path]) -> None:
    shown = as_text(compare_releases(*pair))
    assert f'text: "{BEFORE}" -> "Is \\u001b[31mdat & dat"' in shown
    assert f"  + {statement_id(20)}" in shown


def test_the_page_escapes_values(pair: tuple[Path, Path]) -> None:
    page = as_html(compare_releases(*pair))
    assert "<del>Was &lt;b&gt;dit&lt;/b&gt;</del>" in page
    assert "<b>" not in page
    assert statement_id(20) in page


def test_long_lists_say_how_many_more(pair: tuple[Path, Path]) -> None:
    assert "  + ... and 1 more" in as_text(compare_releases(*pair), shown=2)


def test_files_of_a_release_hold_no_values(pair: tuple[Path, Path]) -> None:
    for name in ("diff.json", "CHANGES.md"):
        content = (pair[1] / name).read_text(encoding="utf-8")
        assert "Was" not in content
        assert "Is " not in content
    assert "| statements | 21 | 1 | 0 | 1 | text |" in (pair[1] / "CHANGES.md").read_text(encoding="utf-8")
    tables = json.loads((pair[1] / "diff.json").read_bytes())["tables"]
    assert tables["statements"]["changed"] == [{"key": {"statement_id": statement_id(2)}, "columns": ["text"]}]


def test_a_cut_list_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff_module, "LISTED", 2)
    make(tmp_path, constructed(20))
    tables = json.loads((make(tmp_path, constructed(30)).path / "diff.json").read_bytes())["tables"]
    assert (len(tables["statements"]["added"]), tables["statements"]["complete"]) == (2, False)
    assert tables["statements"]["rows"]["added"] == 10
    assert tables["codes"]["complete"] is True
