"""Paragraphs that may stand in either column go where their topics speak for, and nowhere without."""

import math
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.reading_order import truth
from pipeline.text.language import load_language
from pipeline.text.layout import sides
from pipeline.text.layout.moves import terms_of
from pipeline.text.layout.paths import Found
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import make_tables, pack
from pipeline.text.layout.search import Shape, Sheet
from pipeline.text.layout.topics import KEEPS, Topics, coherence, features_of, load_topics
from pipeline.text.layout.weights import INDEX, load_weights

NL = load_language("nl")
WEIGHTS = load_weights(NL.folder)
READER = Reader(WEIGHTS, NL)
SHELTER = ["Opvang en huisvesting", "Meer plekken in de opvang.", "Bouw meer opvang voor vrouwen."]
COURT = ["Straf en vervolging", "Straf de daders strenger.", "De rechter straft sneller."]
NONE = np.zeros(0, np.int64)


@pytest.fixture(scope="module")
def topics() -> Topics:
    found = load_topics(NL.folder)
    assert found is not None
    return found


def told(order: list[int], shares: np.ndarray, titles: list[int]) -> float:
    opens = np.isin(np.arange(len(shares)), titles)
    return float(coherence(shares, np.array([0.5, 0.5]), opens, np.array(order)))


def test_a_word_is_known_by_itself_and_by_how_it_begins_and_ends() -> None:
    assert features_of("opvangplek") == ["opvangplek", "<opva", "<opvang", "<opvangpl", "plek>", "ngplek>"]
    assert features_of("zorg") == ["zorg"]


def test_texts_of_one_topic_are_told_the_same_and_others_another(topics: Topics) -> None:
    shelter = ["Meer plekken in de opvang.", "De opvang heeft te weinig plekken."]
    shares = topics.of([*shelter, "Straf de daders strenger.", "Daders krijgen een hogere straf."])
    assert np.allclose(shares.sum(axis=1), 1.0, atol=1e-3)
    alike = (shares / topics.usual) @ shares.T
    assert min(alike[0, 1], alike[2, 3]) > 1.0 > max(alike[0, 2], alike[0, 3], alike[1, 2], alike[1, 3])


def test_a_language_without_topics_has_none(tmp_path) -> None:
    assert load_topics(tmp_path) is None


def test_sections_that_keep_to_a_topic_are_likelier_and_titles_begin_anew() -> None:
    shares = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]])
    kept, mixed = told([0, 1, 2, 3], shares, [0, 2]), told([0, 3, 2, 1], shares, [0, 2])
    assert kept > 0.0 > mixed
    assert kept > told([0, 1, 2, 3], shares, [0])


def test_a_page_that_keeps_to_no_topics_is_told_hardly_anything() -> None:
    shares = np.array([[0.99, 0.01], [0.01, 0.99]] * 12)
    order = [*range(0, 24, 2), *range(1, 24, 2)]
    assert math.log(1.0 - KEEPS) <= told(order, shares, []) < 0.0


def rows_of(lines: list[str]) -> Rows:
    return READER.rows([truth.make_line(number, line) for number, line in enumerate(lines, start=1)])


def indifferent(rows: Rows) -> Sheet:
    """Return a page with weights that like all readings the same, which leaves the choice to topics."""
    return Sheet.of(rows, make_tables(WEIGHTS)._replace(values=np.zeros_like(WEIGHTS.values)))


def alternating(right_first: bool) -> tuple[Rows, Found]:
    """Return rows of two columns no lines of which share a height, and a reading with their tails either way."""
    lines = [line for pair in zip(SHELTER, COURT, strict=True) for line in pair]
    columns = np.zeros((6, 3), np.int64)
    columns[:, 0] = [0, 1, 0, 1, 0, 1] if not right_first else [0, 1, 1, 0, 1, 0]
    segments = np.zeros((6, 3), np.int64)
    segments[:, 0] = [pack(row, 0, len(line.split())) for row, line in enumerate(lines)]
    opens = np.zeros((6, 3), np.bool_)
    opens[:, 0] = True
    return rows_of(lines), Found(0.0, np.ones(6, np.int64), columns, segments, opens, np.full((6, 3), 0.5))


@pytest.mark.parametrize("right_first", [False, True])
def test_tails_stand_below_the_heading_of_their_topic(topics: Topics, right_first: bool) -> None:
    rows, found = alternating(right_first)
    width = float(rows.widths.max())
    after = sides.by_topics(indifferent(rows), Shape((width, width), 2.1 * width), found, topics)
    left = [row for row in range(6) if after.columns[row, 0] == after.columns[0, 0]]
    assert left == [0, 2, 4]
    assert (after.segments == found.segments).all()
    assert (after.opens == found.opens).all()
    moved = after.columns != found.columns
    assert moved.any() == right_first
    assert (after.posteriors[moved] > 0.5).all()


def test_what_shares_its_row_stays_on_its_side(topics: Topics) -> None:
    rows, found = alternating(True)
    beside = rows_of(["Opvang en huisvesting Straf en vervolging", *(line.text for line in rows.lines[2:4])])
    segments, columns, opens = found.segments[:3].copy(), found.columns[:3].copy(), found.opens[:3].copy()
    segments[0, :2], columns[0, :2], opens[0, :2] = [pack(0, 0, 3), pack(0, 3, 6)], [0, 1], True
    segments[1:, 0] = [pack(row, 0, len(beside.lines[row].text.split())) for row in (1, 2)]
    columns[1:, 0] = [1, 0]
    given = Found(0.0, np.array([2, 1, 1]), columns, segments, opens, np.full((3, 3), 0.5))
    width = float(beside.widths.max()) / 2
    after = sides.by_topics(indifferent(beside), Shape((width, width), 2.1 * width), given, topics)
    assert after.columns[:, 0].tolist() == [0, 0, 1]
    assert after.columns[0, 1] == 1


def test_a_paragraph_that_goes_on_is_not_torn(topics: Topics) -> None:
    rows, found = alternating(True)
    opens = found.opens.copy()
    opens[1:, 0] = False
    width = float(rows.widths.max())
    going_on = found._replace(opens=opens)
    assert sides.by_topics(indifferent(rows), Shape((width, width), 2.1 * width), going_on, topics) is going_on


def test_weights_alone_put_tails_right_that_topics_say_nothing_of(topics: Topics) -> None:
    rows, found = alternating(True)
    values = np.zeros_like(WEIGHTS.values)
    values[INDEX["page_misnumbered"]] = -5.0
    sheet = Sheet.of(rows, make_tables(WEIGHTS)._replace(values=values))
    rows.words.numbers[rows.words.row_start[[0, 1, 2, 3]]] = [401, 403, 402, 404]  # of left and right in turn
    silent = replace(topics, terms={}, _known={})
    width = float(rows.widths.max())
    after = sides.by_topics(sheet, Shape((width, width), 2.1 * width), found, silent)
    assert after.columns[:4, 0].tolist() == [0, 1, 0, 1]


def test_what_a_change_gains_is_what_the_whole_reading_is_then_worth_more() -> None:
    rows, found = alternating(True)
    width = float(rows.widths.max())
    page = Sheet.of(rows, make_tables(WEIGHTS)).under(Shape((width, width), 2.1 * width))
    changes = sides._changes(found, 2)

    def worth(columns: np.ndarray) -> float:
        counts = terms_of(page, found.parts, columns, found.segments, found.opens)
        return float(counts @ page.tables.values)

    whole = [worth(sides._changed(found.parts, found.columns, change)) - worth(found.columns) for change in changes]
    assert len(set(np.round(whole, 6))) > 3
    assert sides._differences(page, found, changes) == pytest.approx(whole)


def test_a_word_broken_at_a_line_end_is_read_whole() -> None:
    assert sides.unbroken(["Meer samen-", "werking en", "zorg- en", "opvangplekken"]) == (
        "Meer samenwerking en zorg- en opvangplekken"
    )
