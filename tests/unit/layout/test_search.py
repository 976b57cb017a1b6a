"""The compiled search: baselines, the score as a sum of terms, gaps, posteriors."""

import random

import numpy as np
import pytest

from benchmarks.reading_order import pages, train, truth
from pipeline.text.language import load_language
from pipeline.text.layout.baselines import AFTER, BELOW, BEYOND, FAR, LEAST, MOST, UPTO, settle
from pipeline.text.layout.beam import Found
from pipeline.text.layout.page import best_reading, one_stream
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import make_tables
from pipeline.text.layout.search import WIDE_GAP, Shape, counts_of, find, with_gaps
from pipeline.text.layout.weights import load_weights

NL = load_language("nl")
WEIGHTS = load_weights(NL.folder)
TABLES = make_tables(WEIGHTS)
ANYWHERE, STEP, JUMP = (0.0, FAR), (1.0, 1.0), (0.98, 12.0)
BULLETS = [
    "De gemeente zorgt voor betere opvang van jongeren in de wijk.",
    "Meer geld voor hulp aan ouders en scholen, ook buiten de grote steden.",
    "Scholen geven ieder jaar voorlichting over gezonde relaties en over de grenzen die daarbij horen.",
    "Er is een vast aanspreekpunt bij de politie voor iedere wijk.",
    "Hulpverleners krijgen training in het herkennen van signalen, zodat zij eerder kunnen doorverwijzen.",
] * 6


def page_of(**changes: object) -> truth.Page:
    setting = pages.Setting(columns=2, headings=False, furniture=False, **changes)  # type: ignore[arg-type]
    return truth.woven(pages.typeset(setting, BULLETS, ["Opvang"], random.Random(3)), 0, True)


def rows_of(page: truth.Page) -> Rows:
    return Reader(WEIGHTS, NL).rows(page.lines)


def true_path(page: truth.Page, rows: Rows) -> tuple[Found, Shape]:
    path, supposed = train.true_path(page, rows)
    return path, train.true_shape(rows, TABLES, path, supposed)


class Baselines:
    """What `settle` keeps of two columns from row to row."""

    def __init__(self) -> None:
        self.lines = np.zeros((6, 3))
        self.lines[UPTO] = FAR

    def place(self, columns: tuple[int, ...], *steps: tuple[float, float]) -> bool:
        """Place lines on the next row and return whether that contradicts the rows before."""
        for n, step in enumerate(steps):
            self.lines[LEAST, n], self.lines[MOST, n] = step
        clash = settle(self.lines, 2, len(columns), np.array((*columns, 0, 0)[:3]))
        self.lines[[BELOW, UPTO]] = self.lines[[AFTER, BEYOND]]
        return bool(clash)


def test_baselines_that_met_meet_again_while_both_paragraphs_go_on() -> None:
    met, parted = Baselines(), Baselines()
    assert not met.place((0, 1), ANYWHERE, ANYWHERE)
    assert not parted.place((0, 1), ANYWHERE, ANYWHERE)
    assert not met.place((0, 1), STEP, STEP)
    assert not parted.place((0,), STEP)
    assert parted.place((1,), STEP), "the right line stands beside the left one, so it cannot be on a later row"


def test_a_jump_lets_a_line_stand_lower() -> None:
    lines = Baselines()
    lines.place((0, 1), ANYWHERE, ANYWHERE)
    lines.place((0,), STEP)
    assert not lines.place((1,), JUMP)


def test_columns_half_a_leading_apart_take_turns() -> None:
    turns = Baselines()
    turns.place((0, 1), ANYWHERE, ANYWHERE)
    assert not turns.place((1,), STEP)
    assert not turns.place((0,), (1.5, 1.5))
    assert not turns.place((1,), STEP)
    assert not turns.place((0,), STEP)
    assert turns.place((0, 1), STEP, STEP)


@pytest.mark.parametrize("gap", [0.0, 0.5])
def test_the_score_of_a_reading_is_the_sum_of_its_terms(gap: float) -> None:
    rows = rows_of(page_of(gap=gap, fill=0.4))
    found, shape = best_reading(rows, TABLES, one_stream(rows, TABLES).width)
    assert found.score == pytest.approx(float(counts_of(rows, TABLES, shape, found) @ TABLES.values))


def lines_of(*texts: str) -> Rows:
    return Reader(WEIGHTS, NL).rows([truth.make_line(n + 1, text) for n, text in enumerate(texts)])


def test_columns_that_never_met_count_as_woven() -> None:
    left = [
        "Er komt een vast punt bij de",
        "politie voor elke wijk.",
        "Scholen krijgen meer geld om",
        "lessen te geven.",
    ]
    right = [
        "Wij willen dat er in elke buurt",
        "een huisarts is.",
        "De bus rijdt ook in het weekend",
        "naar elk dorp toe.",
    ]
    turns = [line for pair in zip(left, right, strict=True) for line in pair]
    plain, woven = one_stream(lines_of(*left, *right), TABLES), one_stream(lines_of(*turns), TABLES)
    assert plain.terms[-2] == 0
    assert woven.terms[-2] > 0
    assert woven.woven(TABLES) > plain.woven(TABLES)


def test_a_sentence_that_ends_inside_a_row_which_goes_on_in_lower_case_is_torn() -> None:
    stream = one_stream(lines_of("Er komt meer opvang. van de scholen", "Wij willen dat. En ook dit."), TABLES)
    assert stream.terms[-1] == pytest.approx(1 / 3)


def test_a_wide_search_finds_nothing_worse_than_the_truth() -> None:
    page = page_of(gap=0.5)
    rows = rows_of(page)
    path, shape = true_path(page, rows)
    truth_score = float(counts_of(rows, TABLES, shape, path) @ TABLES.values)
    assert find(rows, TABLES, shape, 256, 30.0).score >= truth_score - 1e-9


def test_a_wider_search_finds_no_worse_reading() -> None:
    page = page_of(gap=0.3)
    rows = rows_of(page)
    _, shape = true_path(page, rows)
    scores = [find(rows, TABLES, shape, states, 30.0).score for states in (1, 4, 16, 64, 256)]
    assert scores[-1] >= max(scores) - 1e-9


def test_posteriors_are_probabilities_and_the_found_path_is_likely() -> None:
    page = page_of()
    rows = rows_of(page)
    found = find(rows, TABLES, true_path(page, rows)[1], 64, 12.0, weigh=True)
    held = np.arange(3)[None, :] < found.parts[:, None]
    assert np.all((found.posteriors[held] > 0) & (found.posteriors[held] <= 1))
    assert np.all(found.posteriors[~held] == 0)
    assert found.posteriors[held].mean() > 0.6


@pytest.mark.parametrize("gap", [0.4, 0.75])
def test_the_gap_between_paragraphs_is_measured(gap: float) -> None:
    page = page_of(gap=gap, offset=3.0)
    path, shape = true_path(page, rows_of(page))
    gaps = [one.gap for one in with_gaps(path, Shape(shape.widths, shape.full), 8)]
    assert gaps != [WIDE_GAP]
    assert min(abs((low + high) / 2 - (1 + gap)) for low, high in gaps) < 0.2


def test_words_broken_at_a_line_end_are_known_when_the_dictionary_knows_them_joined() -> None:
    lines = [truth.make_line(1, "Meer geld voor de hulp-"), truth.make_line(2, "verlening aan ouders zwxq")]
    words = Reader(WEIGHTS, NL).rows(lines).words
    assert words.joins.shape == (1, 9)
    assert words.joins[0].tolist() == [2, 2, 2, 2, 2, 0, 1, 1, 1]
