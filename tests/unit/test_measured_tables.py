"""Tables of measured figures stand in the documentation as their benchmarks wrote them."""

import pytest

from docs import tables

PAGE = "Of a.\n\n{mark}\nold\n<!-- end -->\n\nOf b.\n\n{mark}\n<!-- end -->\n"
MARK = "<!-- measured: written by python -m docs.check --write -->"


@pytest.fixture(autouse=True)
def page(tmp_path, monkeypatch):
    (tmp_path / "page.md").write_text(PAGE.format(mark=MARK), encoding="utf-8")
    monkeypatch.setattr(tables, "DOCS", tmp_path)
    monkeypatch.setattr(tables, "TABLES", {"page": (lambda: "| a |\n", lambda: "| b |\n")})
    return tmp_path / "page.md"


def test_each_table_is_written_in_its_place(page):
    assert list(tables.faults()) == [
        "docs/page.md: does not show what its benchmark wrote; run python -m docs.check --write"
    ]
    tables.write()
    written = page.read_text(encoding="utf-8")
    assert written == f"Of a.\n\n{MARK}\n\n| a |\n\n<!-- end -->\n\nOf b.\n\n{MARK}\n\n| b |\n\n<!-- end -->\n"
    assert list(tables.faults()) == []


def test_a_page_with_too_few_places_is_refused(page):
    page.write_text("Of a.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"docs/page\.md has 0 places for measured tables, not 2"):
        tables.wanted("page")


def test_figures_of_an_older_form_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "TABLES", {"page": (lambda: {}["bars"], lambda: "")})
    with pytest.raises(ValueError, match="no 'bars'; run the benchmark anew"):
        tables.wanted("page")
