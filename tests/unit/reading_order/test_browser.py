"""The second typesetter: what it prints holds the report, and its counts tell right from wrong."""

import random
from pathlib import Path

import pytest

from benchmarks.chromium import CHROMIUM, MISSING
from benchmarks.reading_order import browser, texts
from benchmarks.reading_order.extract import extract
from benchmarks.reading_order.figures import of_browser
from pipeline.text.language import load_language

DUTCH = load_language("nl")
REPORT = texts.Outline(
    ("Meer bedden in de winter.", "Minder formulieren bij de aanvraag.", "Luister naar bewoners."),
    ("Opvang", "Meepraten"),
    (0, 2),
)
LOOK = browser.Look(2, numbered=True, chapter=4, style="")


def counted(text: str) -> dict[str, int]:
    counts = browser.count(REPORT, LOOK, text.encode(), DUTCH)
    return {name: counts[name] for name in ("headings found", "headings read", "verbatim", "naive", "in section")}


def test_a_report_in_order_is_right() -> None:
    lines = f"4.1 Opvang\n{REPORT.bullets[0]}\n{REPORT.bullets[1]}\n4.2 Meepraten\n{REPORT.bullets[2]}\n"
    assert counted(lines) == {"headings found": 2, "headings read": 2, "verbatim": 3, "naive": 3, "in section": 3}


def test_a_bullet_below_another_heading_and_a_torn_one_are_wrong() -> None:
    lines = f"4.1 Opvang\n{REPORT.bullets[0]}\n4.2 Meepraten\n{REPORT.bullets[1]}\nLuister naar\nde bewoners.\n"
    assert counted(lines) == {"headings found": 2, "headings read": 2, "verbatim": 2, "naive": 2, "in section": 1}


def test_the_table_shows_extractors_in_their_order_and_numbered_headings_first() -> None:
    right = browser.count(REPORT, LOOK, "\n".join(["4.1 Opvang", *REPORT.bullets]).encode(), DUTCH)
    groups = {("bloemlezing", 2, True): right, ("pdfplumber", 2, False): right, ("pdfplumber", 2, True): right}
    lines = of_browser({"rows": browser.rows(groups)}).splitlines()[2:]
    assert [line.split(" | ")[:3] for line in lines] == [
        ["| `pdfplumber`", "2", "numbered"],
        ["| `pdfplumber`", "2", "without number"],
        ["| the PDF itself", "2", "numbered"],
    ]
    assert lines[0].endswith("| 3 | 1.000 (1.000) | 0.500 | 1.000 | 0.667 |")


@pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
def test_a_browser_prints_every_word_of_a_report(tmp_path: Path) -> None:
    report = texts.outline("develop", 1, browser.BULLETS)
    look = browser.draw_look(random.Random(4), 2)
    browser.print_pdf(browser.page(report, look), tmp_path / "a.pdf")
    printed = " ".join(line for lines in extract(tmp_path / "a.pdf", "pdfplumber") for line in lines)
    words = {word for bullet in report.bullets for word in bullet.split() if len(word) < 5}
    assert words <= set(printed.split())
