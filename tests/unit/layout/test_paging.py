"""`read_pages`: what the pages of one document tell each other."""

import random

from benchmarks.reading_order import pages, truth
from pipeline.text.language import load_language
from pipeline.text.layout import Shown, open_page, read_page
from pipeline.text.model import Line
from pipeline.text.paging import _common_widths, read_pages
from tests.bullets import PLAIN_BULLETS
from tests.unit.layout.test_read_page import SHORT, columns_of

NL = load_language("nl")


def page(columns: int, seed: int) -> list[Line]:
    """Return a short page of bullets, as pdfplumber gives it."""
    rng = random.Random(seed)
    bullets = [*rng.sample(SHORT, 20), *list(PLAIN_BULLETS) * 2]
    rng.shuffle(bullets)
    setting = pages.Setting(columns=columns, headings=False, furniture=False, fill=0.3)
    return list(truth.woven(pages.typeset(setting, bullets, ["Wonen"], random.Random(seed)), 0, tail=False).lines)


def test_a_short_page_takes_the_number_of_columns_of_the_others() -> None:
    others, short = [page(3, seed) for seed in (0, 1, 2)], page(3, 18)
    assert columns_of(read_page(short, NL)) == {1, 2}
    assert columns_of(read_pages([*others, short], NL)[3]) == {1, 2, 3}


def test_a_page_that_reads_well_in_other_columns_keeps_them() -> None:
    two, threes = page(2, 4), [page(3, seed) for seed in (0, 1, 2)]
    assert columns_of(read_pages([*threes, two], NL)[3]) == {1, 2}


def test_a_document_of_one_page_is_read_as_the_page() -> None:
    lines = page(3, 18)
    assert read_pages([lines], NL) == [read_page(lines, NL)]


def test_a_long_document_is_read_in_groups_of_pages(monkeypatch) -> None:
    others, short = [page(3, seed) for seed in (0, 1, 2)], page(3, 18)
    monkeypatch.setattr("pipeline.text.paging.MOST_TOGETHER", 1)  # so no page tells another anything
    assert read_pages([*others, short, []], NL)[3:] == [read_page(short, NL), read_page([], NL)]
    assert read_pages([], NL) == []


def test_pages_in_one_column_are_read_as_each_alone() -> None:
    singles = [page(1, seed) for seed in range(4)]
    assert read_pages(singles, NL) == [read_page(lines, NL) for lines in singles]


def test_the_columns_of_a_page_are_shown_when_they_were_woven() -> None:
    shown = open_page(page(3, 0), NL).shown()
    assert shown
    assert len(shown.widths) == 3
    assert shown.gain > 0
    assert open_page(page(1, 0), NL).shown() is None


def test_a_column_is_as_wide_as_the_widest_of_pages_that_differ_little() -> None:
    # Columns of one width: a line may be shorter than its column, hardly longer.
    assert _common_widths([Shown(40, (20.0, 20.5), 2.0), Shown(40, (20.2, 19.9), 2.0)]) == (20.5, 20.5)
    assert _common_widths([Shown(40, (26.0, 20.0), 2.0), Shown(40, (25.5, 20.1), 2.0)]) == (26.0, 20.1)


def test_the_widths_are_those_that_most_of_the_evidence_speaks_for() -> None:
    astray = Shown(60, (40.0, 33.0), 0.6)
    assert _common_widths([astray, Shown(40, (20.0, 20.0), 1.5), Shown(40, (20.2, 20.0), 1.2)]) == (20.2, 20.2)
    assert _common_widths([Shown(20, (20.0, 20.0, 20.0), 1.0), Shown(50, (20.0, 20.0), 2.0)]) == (20.0, 20.0)
    assert _common_widths([Shown(40, (), 0.0)]) == ()
