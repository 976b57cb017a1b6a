"""Figures: ratios, calibration, bars met and missed, tables."""

import pytest

from benchmarks.reading_order import figures
from benchmarks.reading_order.chart import draw
from benchmarks.reading_order.measure import calibration_error
from benchmarks.reading_order.settings import BARS, CASES, Bar

NAME = "two columns, statements"
ROW = {
    "pages": 30.0,
    "unaligned": 1.0,
    "verbatim": 0.94,
    "verbatim_naive": 0.4,
    "neighbours": 0.98,
    "milliseconds": 12.5,
    "uncovered": 0.0,
}


def test_calibration_error_of_known_distributions() -> None:
    assert calibration_error([]) == 0.0
    assert calibration_error([(0.9, n % 10 != 0) for n in range(1000)]) == pytest.approx(0.0)
    assert calibration_error([(0.9, n % 2 == 0) for n in range(1000)]) == pytest.approx(0.4)
    mixed = [(0.25, n % 4 == 0) for n in range(400)] + [(0.75, True) for _ in range(400)]
    assert calibration_error(mixed) == pytest.approx(0.125)
    assert calibration_error([(1.0, True), (0.0, False)]) == 0.0


def test_ratios_leave_out_what_there_was_none_of() -> None:
    found = figures.ratios({"bullets": 4, "verbatim": 3, "pages": 1})
    assert found["verbatim"] == 0.75
    assert "headings" not in found
    assert found["harm"] == 0.0


def test_bars_are_met_from_above_and_from_below() -> None:
    assert Bar("x", "", 0.95).met(0.95)
    assert not Bar("x", "", 0.95).met(0.949)
    assert Bar("x", "", 20, most=True).met(20.0)
    assert not Bar("x", "", 0, most=True).met(1.0)


def test_the_tables_say_which_bars_are_missed() -> None:
    rows, groups = {NAME: ROW}, {"two columns": ROW}
    lines = list(figures.bars(rows, groups))
    assert any("bullets recovered" in line and "0.940" in line and "missed" in line for line in lines)
    assert any("neighbours in order" in line and " met " in line for line in lines)
    assert "0.940 (0.400) ✗" in figures.line(NAME, ROW, "two columns")
    assert "12.5 ✓" in figures.line(NAME, ROW, "two columns")
    page = figures.markdown({"settings": rows, "groups": groups})
    assert "| two columns | bullets recovered | 0.940 | 0.400 | ≥ 0.950 | **missed** |" in page
    assert f"| {NAME} | 30 | 1 | 0.940 (0.400) ✗ |" in page


def test_every_group_has_bars_and_settings() -> None:
    assert {case.group for case in CASES.values()} == set(BARS)


def test_the_chart_is_the_same_for_the_same_figures() -> None:
    rows = {"a & b": ROW, NAME: ROW}
    assert draw(rows) == draw(rows)
    assert "a &amp; b" in draw(rows)
    assert draw(rows).count('class="bar"') == 2, "one in the legend, one where a bar is known"
