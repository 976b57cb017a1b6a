"""Tables of measured figures stand in the documentation as their benchmarks wrote them."""

import pytest

from docs import headline, tables

PAGE = "Of a.\n\n{mark}\nold\n<!-- end -->\n\nOf b.\n\n{mark}\n<!-- end -->\n"
MARK = "<!-- measured: written by python -m docs.check --write -->"


@pytest.fixture(autouse=True)
def page(tmp_path, monkeypatch):
    (tmp_path / "page.md").write_text(PAGE.format(mark=MARK), encoding="utf-8")
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    monkeypatch.setattr(tables, "TABLES", {"page.md": (lambda: "| a |\n", lambda: "| b |\n")})
    return tmp_path / "page.md"


def test_each_table_is_written_in_its_place(page):
    assert list(tables.faults()) == [
        "page.md: does not show what its benchmark wrote; run python -m docs.check --write"
    ]
    tables.write()
    written = page.read_text(encoding="utf-8")
    assert written == f"Of a.\n\n{MARK}\n\n| a |\n\n<!-- end -->\n\nOf b.\n\n{MARK}\n\n| b |\n\n<!-- end -->\n"
    assert list(tables.faults()) == []


def test_a_page_with_too_few_places_is_refused(page):
    page.write_text("Of a.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.md has 0 places for measured tables, not 2"):
        tables.wanted("page.md")


def test_figures_of_an_older_form_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "TABLES", {"page.md": (lambda: {}["bars"], lambda: "")})
    with pytest.raises(ValueError, match="no 'bars'; run the benchmark anew"):
        tables.wanted("page.md")


def test_the_headline_says_which_bar_is_met_and_what_one_would_have_without():
    pages = {group: {"verbatim": 0.976, "verbatim_naive": 0.341, "sections": 0.928} for group in headline.PAGES}
    codes = [
        {"coder": coder, "dimension": dimension, "metric": metric, "value": value}
        for dimension in headline.CODES
        for coder, metric, value in (
            ("rules-1", "accuracy", "0.776"),
            ("rules-1", "majority", "0.19"),
            ("b", "accuracy", "0.1"),
        )
    ]
    table = headline.markdown(pages, codes)
    assert "| bullets of two woven columns, read whole | 0.976 | 0.950 | 0.341 as extracted |" in table
    assert "| bullets of two woven columns, below the right heading | 0.928 | 0.970 **missed** |  |" in table
    assert "| bullets of pages in order, read whole | 0.976 | 0.995 **missed** | 0.341 as extracted |" in table
    assert "| statements coded by theme | 0.776 | 0.700 | 0.190 by the commonest code |" in table
    assert "| statements coded by type | 0.776 | 0.850 **missed** | 0.190 by the commonest code |" in table
    assert table.count("\n") == 2 + len(headline.PLACES) * len(headline.PAGES) + len(headline.CODES)
