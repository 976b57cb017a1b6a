"""The compiled search: baselines, the score as a sum of terms, gaps, posteriors."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.reading_order import pages, samples, truth
from pipeline.text.language import load_language
from pipeline.text.layout.baselines import AFTER, BELOW, BEYOND, FAR, LEAST, MOST, UPTO, settle
from pipeline.text.layout.choice import (
    MUCH_OF_LIST,
    MUCH_OF_NARROW,
    NARROW,
    VERY_MUCH,
    best_reading,
    much,
    one_stream,
    widened,
)
from pipeline.text.layout.moves import SKIPPED, Room, link, misnumbered
from pipeline.text.layout.page import read_page
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import Placement
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import MOST_TERMS, OPENED, inside_terms, kept_as, make_tables, pack, pair_terms
from pipeline.text.layout.search import (
    MET,
    WIDE_GAP,
    Shape,
    Sheet,
    counts_of,
    find,
    find_once,
    page_terms,
    weighed_against,
    with_gaps,
)
from pipeline.text.layout.weights import INDEX, NAMES, START, STARTS, load_weights
from pipeline.text.layout.widths import levelled, measured
from tests.bullets import PLAIN_BULLETS

NL = load_language("nl")
WEIGHTS = load_weights(NL.folder)
TABLES = make_tables(WEIGHTS)
ROOM = Room(np.empty((2, MOST_TERMS), np.int64), np.empty((2, MOST_TERMS)))
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
    path, supposed = samples.true_path(page, rows)
    return path, samples.true_shape(rows, TABLES, path, supposed)


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


class Headings:
    """The numbers of the headings that a reading has met in two columns."""

    def __init__(self) -> None:
        self.lowest, self.highest = np.zeros(3, np.int64), np.zeros(3, np.int64)

    def out_of_order(self, column: int, number: int) -> bool:
        """Place a heading in a column and return whether its number is out of order."""
        return self.wrong(column, number) == 1

    def wrong(self, column: int, number: int) -> float:
        """Place a heading in a column and return how much its number counts as out of order."""
        page = Sheet.of(lines_of("Opvang"), TABLES).under(Shape((20000.0, 20000.0), 20000.0))
        page = page._replace(words=page.words._replace(numbers=np.array((number,))))
        placement = Placement(1, np.array((column, 0, 0)), np.array((pack(0, 0, 1), 0, 0)))
        return misnumbered(page, self.lowest, self.highest, placement, 1)


def test_headings_are_numbered_down_a_column_and_on_in_the_next() -> None:
    headings = Headings()
    assert not headings.out_of_order(0, 4)
    assert not headings.out_of_order(1, 6)
    assert not headings.out_of_order(0, 5)
    assert headings.out_of_order(0, 7), "the right column has begun with 6"
    assert headings.out_of_order(1, 6), "twice"


def test_a_higher_number_to_the_left_of_a_lower_one_is_out_of_order() -> None:
    headings = Headings()
    assert not headings.out_of_order(0, 5)
    assert headings.out_of_order(1, 4)


def test_a_list_that_begins_anew_is_in_order() -> None:
    headings = Headings()
    assert not any(headings.out_of_order(0, number) for number in (2, 3, 1, 2))
    assert not any(headings.out_of_order(1, number) for number in (1, 2, 3))
    assert not headings.out_of_order(0, 3)


@pytest.mark.parametrize(("before", "number", "wrong"), [(2, 3, 0), (209, 301, 0), (209, 210, 0), (2, 4, SKIPPED)])
def test_a_heading_that_leaves_numbers_out_counts_less_than_one_out_of_order(
    before: int, number: int, wrong: float
) -> None:
    headings = Headings()
    headings.wrong(1, before)
    assert headings.wrong(1, number) == wrong


def test_numbers_of_headings_run_on_from_column_to_column() -> None:
    rows = lines_of("2. Opvang en zorg", "De gemeente helpt.", "3. Werk en inkomen", "5. Werk en inkomen")
    page = Sheet.of(rows, TABLES).under(Shape((20000.0, 20000.0), 20000.0))
    ends, tops, below = (
        np.array((pack(1, 0, 3), pack(3, 0, 4), -1)),
        np.array((pack(0, 0, 4), pack(2, 0, 4), -1)),
        np.zeros(3),
    )
    gains = [
        link(page, ends, tops, below, np.array((2, second, 0)), np.array((2, second, 0)), np.empty(0), ROOM)
        for second in (3, 5)
    ]
    assert gains[1] - gains[0] == pytest.approx(SKIPPED * TABLES.values[INDEX["page_misnumbered"]])


def test_a_column_that_ends_in_what_may_be_a_title_counts() -> None:
    rows = lines_of("Zorg op maat", "De gemeente helpt.", "Werk en inkomen")
    page = Sheet.of(rows, TABLES).under(Shape((60000.0, 60000.0), 60000.0))
    tops, none, counts = np.array((pack(0, 0, 3), pack(1, 0, 3), -1)), np.zeros(3, np.int64), np.zeros(len(NAMES))
    link(
        page,
        np.array((pack(0, 0, 3) | OPENED, pack(2, 0, 3) | OPENED, -1)),
        tops,
        np.zeros(3),
        none,
        none,
        counts,
        ROOM,
    )
    assert counts[[INDEX["bare_column"], INDEX["bare_page"]]].tolist() == [1, 1]
    counts[:] = 0
    link(page, np.array((pack(0, 0, 3), pack(2, 0, 3), -1)), tops, np.zeros(3), none, none, counts, ROOM)
    assert counts[[INDEX["bare_column"], INDEX["bare_page"]]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("4.5 Wonen en zorg", "en verder 4.6 Hulp"), {0: 405, 6: 406}),
        (("Aanbeveling 7: Opvang", "Aanbeveling 8: Zorg"), {0: 7, 3: 8}),
        (("B. Wonen", "meer C. Zorg", "3. Hulp"), {0: 2, 3: 3}),
        (("Volgens A. de Vries", "en J. Jansen"), {}),
        (("In groep 3 zitten kinderen", "van 12. en ouder"), {}),
    ],
)
def test_numbers_of_headings_are_those_of_the_way_of_numbering_that_is_met_most(
    texts: tuple[str, ...], numbers: dict[int, int]
) -> None:
    found = lines_of(*texts).words.numbers
    assert {place: int(found[place]) for place in np.flatnonzero(found)} == numbers


def test_headings_open_alike_however_they_are_numbered() -> None:
    for texts in (("4.5 Wonen", "4.6 Hulp"), ("Aanbeveling 7: Opvang", "Aanbeveling 8: Zorg"), ("3. Hulp", "4. Zorg")):
        words = lines_of(*texts).words
        assert {STARTS[begin] for begin in words.begins[words.row_start[:-1]]} == {"number"}


@pytest.mark.parametrize("end", [",", "."])
def test_a_numbered_heading_with_a_mark_at_its_end_was_cut_in_the_wrong_place(end: str) -> None:
    index, value = np.zeros(MOST_TERMS, np.int64), np.zeros(MOST_TERMS)
    for mark, shown in (("", "new_heading_upper"), (end, "new_cut_heading_upper")):
        words = lines_of(f"4.5 Hulp en opvang{mark}", "Begeleiders luisteren").words
        pair_terms(words, TABLES, pack(0, 0, 4), pack(1, 0, 2), 20000.0, True, index, value)
        assert NAMES[index[0]] == shown


@pytest.mark.parametrize("numbering", sorted(pages.NUMBERING))
def test_no_page_as_it_was_drawn_is_misnumbered(numbering: str) -> None:
    titles = ["Opvang van jongeren", "Hulp op maat", "Scholen en ouders"]
    for seed in range(5):
        setting = pages.Setting(columns=2, numbering=numbering, furniture=False, size=8.0, leading=10.0)
        page = truth.woven(pages.typeset(setting, BULLETS, titles, random.Random(seed)), 0, False)
        rows = rows_of(page)
        path, shape = true_path(page, rows)
        starts = rows.words.row_start.tolist()
        assert bool(rows.words.numbers.any()) == (numbering != "none")
        # Each number inside a row that is cut there counts as one out of order less.
        inside = sum(int(rows.words.numbers[start + 1 : stop].astype(bool).sum()) for start, stop in pairwise(starts))
        assert counts_of(Sheet.of(rows, TABLES), shape, path)[INDEX["page_misnumbered"]] == -inside


def test_every_line_that_a_column_lacks_counts_and_so_does_the_foot_of_every_column_but_the_last() -> None:
    page = page_of(gap=0.4, offset=5.0)
    rows = rows_of(page)
    path, shape = true_path(page, rows)
    counts = dict(zip(NAMES, counts_of(Sheet.of(rows, TABLES), shape, path), strict=True))
    begun: set[int] = set()
    lacking = 0
    for count, columns in zip(path.parts, path.columns, strict=True):
        placed = set(columns[:count].tolist())
        lacking += len(begun - placed)
        begun |= placed
    assert sum(value for name, value in counts.items() if name.startswith("hole_")) == lacking
    assert sum(value for name, value in counts.items() if name.startswith("foot_")) == 1


def test_a_line_that_left_room_and_ends_in_no_mark_is_short() -> None:
    words = lines_of("Meer opvang", "Zorg voor ouders").words
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    names = []
    for width in (3 * words.right[1], words.right[1]):
        pair_terms(words, TABLES, pack(0, 0, 2), pack(1, 0, 3), width, True, index, value)
        names.append(NAMES[index[0]])
    assert names == ["new_short_common", "new_plain_common"]


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("Meer opvang", ["title_2"]),
        ("Zaal Oost De poort", ["title_4", "inner_common"]),
        ("Gemeente Utrecht en omstreken", ["title_4", "inner_upper"]),
        ("hoe dat kan. Betalen", ["title_4", "inner_stop"]),
        ("Inkopen - Splits die twee", ["title_5", "inner_stop"]),
        ("4.5 Hulp", ["title_1"]),
        ("Aanbeveling 4: Hulp op maat", ["title_3"]),
    ],
)
def test_a_line_that_may_be_a_title_counts_by_its_words_and_by_what_titles_do_not_hold(
    line: str, terms: list[str]
) -> None:
    words = lines_of(line, "Zorg voor ouders", "4.6 Hulp", "Aanbeveling 5: Hulp").words
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    if line.startswith("4.5"):
        words = lines_of(line, "Zorg voor ouders", "4.6 Hulp").words
    count = pair_terms(words, TABLES, pack(0, 0, len(line.split())), pack(1, 0, 3), 60000.0, True, index, value)
    assert [NAMES[n] for n in index[7:count] if not NAMES[n].startswith("sole")] == terms


def test_a_line_that_opened_its_paragraph_is_told_from_the_last_one_of_several() -> None:
    words = lines_of("Meer opvang", "Zorg voor ouders").words
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    segment, named = pack(0, 0, 2), []
    for width in (60000.0, float(words.right[1])):  # one that is as wide as its column is no title
        for opens in (True, False):
            last = kept_as(segment, opens, words.row_start, words.finishes, words.left, words.right, width)
            count = pair_terms(words, TABLES, last, pack(1, 0, 3), width, True, index, value)
            named.append([NAMES[n] for n in index[:count] if NAMES[n].startswith("sole")])
    assert named == [["sole_opened"], ["sole_within"], [], []]


def test_behind_a_bullet_glyph_or_a_number_a_capital_says_nothing() -> None:
    words = lines_of("• De opvang", "4.5 De opvang", "Zo De opvang", "Stap 4 De hulp", "Stap 5 De zorg").words
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    named = []
    for row, place in ((0, 1), (1, 1), (2, 1), (3, 1), (3, 2)):
        inside_terms(words, TABLES, row, place, index, value)
        named.append(NAMES[index[0]])
    capital = "inside_mark_common"
    assert named == [capital, capital, "inside_plain_common", "inside_plain_digit", "inside_mark_common"]


def test_columns_that_hardly_meet_pay_by_how_little_they_do() -> None:
    shares = []
    for met in (0, 1, 2, 3):
        parts = np.array([2] * met + [1] * (20 - met))
        path = Found(0.0, parts, *(np.zeros((20, 3), np.int64) for _ in range(2)), np.zeros((20, 3), np.bool_),
                     np.zeros((20, 3)))  # fmt: skip
        shares.append(page_terms(path, 2)["page_unmet"])
    assert shares == pytest.approx([1.0, 1 - 1 / (20 * MET), 1 - 2 / (20 * MET), 0.0])


@pytest.mark.parametrize("gap", [0.0, 0.5])
def test_the_score_of_a_reading_is_the_sum_of_its_terms(gap: float) -> None:
    rows = rows_of(page_of(gap=gap, fill=0.4))
    sheet = Sheet.of(rows, TABLES)
    found, shape = best_reading(sheet, one_stream(sheet))
    assert found.score == pytest.approx(float(counts_of(sheet, shape, found) @ TABLES.values))


def test_two_columns_that_differ_little_are_read_at_one_width() -> None:
    setting = pages.Setting(columns=2, headings=False, furniture=False, fill=0.5)
    book = pages.typeset(setting, PLAIN_BULLETS * 2, ["Opvang"], random.Random(3))
    sheet = Sheet.of(rows_of(truth.woven(book, 0, True)), TABLES)
    found, shape = best_reading(sheet, one_stream(sheet))
    shown = measured(sheet.rows, found, shape).widths
    assert len(set(shown)) == 2  # lines are ragged
    assert shape.widths == (max(shown),) * 2


def test_columns_that_differ_much_keep_their_widths() -> None:
    assert levelled((20.0, 20.5, 19.5)) == (20.5,) * 3
    assert levelled((20.0, 26.0, 20.5)) == (20.0, 26.0, 20.5)


def test_columns_supposed_the_wrong_way_round_are_tried_the_other_way() -> None:
    page = page_of(ratio=1.5)
    sheet = Sheet.of(rows_of(page), TABLES)
    _, true = true_path(page, sheet.rows)
    turned = replace(true, widths=true.widths[::-1])
    _, shape = widened(sheet, (find_once(sheet, turned, 10, 6.0), turned))
    assert shape.widths[0] / shape.widths[1] == pytest.approx(true.widths[0] / true.widths[1], rel=0.05)


def lines_of(*texts: str) -> Rows:
    return Reader(WEIGHTS, NL).rows([truth.make_line(n + 1, text) for n, text in enumerate(texts)])


def test_a_letter_with_an_apostrophe_starts_like_the_word_behind_it_has_a_capital() -> None:
    page = lines_of("'s Nachts is de loods open", "en 's nachts niet")
    upper, lower = STARTS.index("upper"), STARTS.index("lower")
    assert page.words.begins[0] in (upper, STARTS.index("common"))
    assert page.words.begins[page.words.row_start[1] + 1] == lower


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
    plain, woven = (one_stream(Sheet.of(lines_of(*lines), TABLES)) for lines in ((*left, *right), turns))
    stops = INDEX["woven_stops"] - START["woven"]
    assert plain.terms[stops] == 0
    assert woven.terms[stops] > 0
    assert woven.woven(TABLES) > plain.woven(TABLES)


def test_a_sentence_that_ends_inside_a_row_which_goes_on_in_lower_case_is_torn() -> None:
    rows = lines_of("Er komt meer opvang. van de scholen", "Wij willen dat. En ook dit.")
    stream = one_stream(Sheet.of(rows, TABLES))
    assert stream.terms[INDEX["woven_torn"] - START["woven"]] == pytest.approx(1 / 3)


SHORT = [
    "Geef de buurt een eigen plein. De bus rijdt te weinig.",
    "Ruim het park op.",
    "Maak de brug breder, want nu",
    "fietst iedereen over de stoep. Leg een pad langs de",
    "sloot aan.",
    "Zet de lampen eerder aan. Plant meer bomen.",
    "Open de sporthal ook in de",
    "vakantie. Haal het glas vaker op.",
]


def test_a_page_whose_lines_wrap_far_from_its_edge_is_searched_for_columns() -> None:
    """What wraps does so where its column ends; in one column no line that wraps leaves room for the next word."""
    woven = one_stream(Sheet.of(lines_of(*SHORT), TABLES))
    assert woven.narrow > NARROW
    # Of a page that most likely is not woven, by all else.
    unlikely = np.eye(woven.terms.size)[0] * (-1.0 / TABLES.values[START["woven"]])
    assert much(woven._replace(terms=unlikely), TABLES) == MUCH_OF_NARROW
    assert much(woven._replace(terms=unlikely, narrow=NARROW - 0.1), TABLES) == VERY_MUCH
    assert much(woven._replace(terms=4.0 * unlikely), TABLES) == VERY_MUCH
    setting = pages.Setting(columns=1, headings=False, furniture=False)
    column = truth.ordered(pages.typeset(setting, BULLETS, ["Opvang"], random.Random(3)), 0, True)
    single = one_stream(Sheet.of(rows_of(column), TABLES))
    assert single.narrow < 0.2
    assert much(single, TABLES) == VERY_MUCH


def test_a_list_in_lower_case_is_told_and_asks_for_more() -> None:
    items = ["meer groen in de straat", "een bankje bij de halte", "betere verlichting", "minder regels voor feesten"]
    stream = one_stream(Sheet.of(lines_of(*items), TABLES))
    assert stream.listed == 1.0
    assert much(stream, TABLES) == MUCH_OF_LIST
    assert one_stream(Sheet.of(lines_of(*SHORT), TABLES)).listed == 0.0


def test_no_segment_is_surer_than_that_the_page_has_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = page_of(gap=0.5).lines
    assert read_page(lines, NL).confidence > 0.8
    monkeypatch.setattr("pipeline.text.layout.page.SEARCHED", (-2.0, 0.0))
    doubted = read_page(lines, NL)
    assert doubted.layout == "columns"
    assert max(segment.confidence for segment in doubted.segments) == pytest.approx(1 / (1 + np.exp(2.0)))


def test_a_wide_search_finds_nothing_worse_than_the_truth() -> None:
    page = page_of(gap=0.5)
    rows = rows_of(page)
    path, shape = true_path(page, rows)
    truth_score = float(counts_of(Sheet.of(rows, TABLES), shape, path) @ TABLES.values)
    assert find(Sheet.of(rows, TABLES), shape, 256, 30.0).score >= truth_score - 1e-9


def test_a_wider_search_finds_no_worse_reading() -> None:
    page = page_of(gap=0.3)
    rows = rows_of(page)
    _, shape = true_path(page, rows)
    scores = [find(Sheet.of(rows, TABLES), shape, states, 30.0).score for states in (1, 4, 16, 64, 256)]
    assert scores[-1] >= max(scores) - 1e-9


def test_posteriors_are_probabilities_and_the_found_path_is_likely() -> None:
    page = page_of()
    rows = rows_of(page)
    found = find(Sheet.of(rows, TABLES), true_path(page, rows)[1], 64, 12.0, weigh=True)
    held = np.arange(3)[None, :] < found.parts[:, None]
    assert np.all((found.posteriors[held] > 0) & (found.posteriors[held] <= 1))
    assert np.all(found.posteriors[~held] == 0)
    assert found.posteriors[held].mean() > 0.6


def test_what_stands_elsewhere_under_a_shape_as_likely_is_doubted() -> None:
    page = page_of()
    rows = rows_of(page)
    found = find(Sheet.of(rows, TABLES), true_path(page, rows)[1], 64, 12.0, weigh=True)
    other = found._replace(columns=found.columns.copy())
    other.columns[3, 0] = 1 - other.columns[3, 0]
    moved = np.zeros_like(found.posteriors, dtype=np.bool_)
    moved[3, 0] = True
    weighed = weighed_against(found, other)
    assert weighed[moved] == pytest.approx(found.posteriors[moved] / 2)
    assert weighed[~moved] == pytest.approx(found.posteriors[~moved])
    far = weighed_against(found, other._replace(score=found.score - 40.0))
    assert far == pytest.approx(found.posteriors, abs=1e-6)


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


def test_in_one_stream_a_broken_word_goes_on_at_the_start_of_the_next_row_alone() -> None:
    lines = [truth.make_line(1, "Meer geld voor de hulp-"), truth.make_line(2, "verlening aan ouders zwxq")]
    reader = Reader(WEIGHTS, NL)
    rows = reader.rows(lines, reach=0)
    assert rows.words.joins.tolist() == [[2, 2, 2, 2, 2, 0, 2, 2, 2]]
    assert reader.farther(rows).words.joins.tolist() == reader.rows(lines).words.joins.tolist()
    assert reader.rows(lines[:1], reach=0).words.joins.tolist() == [[2, 2, 2, 2, 2]]
