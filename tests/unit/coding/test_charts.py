"""Charts and the table of the coder's figures: every dimension is named, what misses its bar is said."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.coding.__main__ import add_speeds
from benchmarks.coding.chart import chart, coverage_chart
from benchmarks.coding.figures import BARS, SPEED, markdown, of_hands, of_speed, read
from benchmarks.coding.gold import load_gold
from benchmarks.coding.referral import coverage_curves
from pipeline.coding.codebook import load_codebook

BOOK = load_codebook(Path(__file__).parents[3] / "schemas" / "codebooks" / "mensenhandel.yaml")
DOCUMENT = load_gold("development")[0]


def by_gold(items):
    codings = DOCUMENT.codings(BOOK)
    return [tuple(one for one in codings if one.statement_id == item.statement_id) for item in items]


def test_coverage_falls_and_a_perfect_coder_keeps_its_score():
    curves = coverage_curves(by_gold, [DOCUMENT], BOOK)
    assert list(curves) == [dimension.id for dimension in BOOK.dimensions]
    for curve in curves.values():
        shares = [share for share, _, _ in curve]
        assert shares[0] == 1
        assert shares == sorted(shares, reverse=True)
        assert {figure for _, *figures in curve for figure in figures} == {1.0}


def test_the_chart_has_a_panel_for_every_dimension():
    svg = coverage_chart({"theme": [(1.0, 0.5, 0.6), (0.5, 0.9, 0.8)], "a < b": [(1.0, 0.7, 0.9)]}, "Figures")
    root = ET.fromstring(svg)
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert {"theme 0.60, F1 0.50", "a < b 0.90, F1 0.70"} <= set(texts)
    assert len([element for element in root.iter() if element.tag.endswith("polyline")]) == 4


def test_one_coder_never_hides_another():
    rows = [
        {"dimension": "theme", "metric": metric, "coder": coder, "value": value, "low": None, "high": None}
        for coder, value in (("rules-1", 0.8), ("linear-1", 0.7))
        for metric in ("accuracy", "majority")
    ]
    assert "0.80 (0.80)" in chart(rows[:2], {"theme": 0.7}, "One")
    with pytest.raises(ValueError, match="one coder"):
        chart(rows, {"theme": 0.7}, "Both")


def rows(value: float, **known: str) -> list[dict[str, str]]:
    """Return rows of accuracy and majority for every dimension."""
    names = [(name.removesuffix(" level 1"), "_level_1" if name.endswith(" level 1") else "") for name in BARS]
    given = {"coder": "rules-1", "reference": "gold-2", "value": str(value), "low": "0.1", "high": "0.9", "n": "8"}
    metrics = ("accuracy", "majority")
    return [{"dimension": n, "metric": f"{m}{level}", **given, **known} for n, level in names for m in metrics]


def test_the_table_gives_the_published_figures_beside_those_before_on_the_same_gold():
    other = rows(0.2, version="0.9", reference="gold-1")
    page = markdown(rows(0.75), [*other, *rows(0.5, version="1.0"), *rows(0.75, version="1.1")])
    head, _, *lines = page.splitlines()
    assert head == "| right, of 8 | 1.1 | interval | commonest | bar | 1.0 | F1 | alpha | calibration error |"
    assert len(lines) == len(BARS)
    assert "| theme level 1 | **0.750** missed | 0.10 to 0.90 | 0.75 | 0.82 | 0.500 |  |  |  |" in lines
    assert "| sdg | **0.750** | 0.10 to 0.90 | 0.75 | 0.72 | 0.500 |  |  |  |" in lines


def test_figures_that_nobody_measured_make_no_table():
    with pytest.raises(ValueError, match=r"not in opened\.csv; run the benchmark anew"):
        markdown(rows(0.76), rows(0.75, version="1.1"))


def test_the_table_of_hands_gives_shares_and_alphas_of_every_dimension():
    known = [{**row, "metric": "alpha", "value": "0.5"} for row in rows(0.9) if row["metric"] == "accuracy"]
    head, _, shares, alphas = of_hands([*rows(0.9375), *known]).splitlines()
    assert head.count("|") == shares.count("|") == alphas.count("|") == len(BARS) + 2
    assert shares == "| as the writer |" + " 0.938 |" * len(BARS)
    assert alphas.count("0.500") == len(BARS) - 1  # of the upper level of themes there is none


def test_runs_of_one_kind_make_one_line_of_the_table_of_speeds(tmp_path):
    path = tmp_path / "speed.csv"
    path.write_text(SPEED.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    add_speeds(path, "1.0", "idle", [(1, "later", 5800.4), (1, "first", 4000.0)])
    add_speeds(path, "1.0", "idle", [(1, "later", 5700.0), (10, "first", 3999.6)])
    head, _, *lines = of_speed(read(path)).splitlines()
    assert head == "| lexicon | cues | batch | machine | statements a second |"
    assert lines == [
        "| 1.0 | as they are | later | idle | 5,700 to 5,800 |",
        "| 1.0 | as they are | first | idle | 4,000 |",
        "| 1.0 | 10 times as many | first | idle | 4,000 |",
    ]
