"""The last search for columns: titles weigh as a whole there, and openings in lower case less where a page has some."""

import numpy as np
import pytest

from benchmarks.reading_order import truth
from pipeline.text.language import load_language
from pipeline.text.layout.beam import Found
from pipeline.text.layout.choice import NOTES, Last, best_reading, one_stream
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import (
    MOST_TERMS,
    NOTED,
    OPENED,
    SHAPE_KINDS,
    Tables,
    for_notes,
    make_tables,
    pack,
    pair_terms,
    told_from,
    without_titles,
)
from pipeline.text.layout.search import Sheet
from pipeline.text.layout.titles import MOST, likeness, shape_of
from pipeline.text.layout.weights import INDEX, load_weights

NL = load_language("nl")
WEIGHTS = load_weights(NL.folder)
TABLES = make_tables(WEIGHTS)
READER = Reader(WEIGHTS, NL)
LEFT = [
    "Er komt meer opvang in de",
    "wijk voor jongeren.",
    "Scholen en sport",
    "De school geeft ieder jaar",
    "les over geld.",
]
RIGHT = [
    "Ouders denken mee over de",
    "inrichting van de buurt.",
    "Iedere wijk krijgt een",
    "vast loket voor vragen",
    "over zorg.",
]


def rows_of(*lines: str) -> Rows:
    return READER.rows([truth.make_line(number, line) for number, line in enumerate(lines, start=1)])


def like(text: str) -> float:
    words = rows_of(text).words
    last = len(text.split()) - 1
    begin = told_from(words.begins, 0, last)
    shape = shape_of(words.begins, words.finishes, begin, last, SHAPE_KINDS)
    return float(likeness(words.forms, words.titled, TABLES.shapes, begin, last, shape))


@pytest.mark.parametrize("title", ["Wonen en zorg", "4.5 Scholen en sport", "Aanbeveling 7 Hulp in de wijk"])
def test_a_title_is_likelier_one_than_with_the_words_of_the_line_beside_it(title: str) -> None:
    assert -MOST <= like(f"{title} De gemeente betaalt dat") < like(title) <= MOST


def test_the_words_that_number_a_title_do_not_count() -> None:
    assert like("Wonen en zorg") == like("4.5 Wonen en zorg") == like("Thema 4 Wonen en zorg")


def weighed(tables: Tables, segment: int) -> float | None:
    """Return how much a line is like a title where another paragraph opens below it, None where that does not count."""
    index, value = np.empty(MOST_TERMS, np.int64), np.empty(MOST_TERMS)
    words, below = rows_of("Wonen en zorg", "De gemeente betaalt dat.").words, pack(1, 0, 4)
    count = pair_terms(words, tables, segment, below, 20000.0, True, index, value)
    terms = dict(zip(index[:count].tolist(), value[:count].tolist(), strict=True))
    return terms.get(INDEX["whole_likeness"])


def test_only_a_line_that_opened_its_paragraph_is_weighed_and_only_in_the_last_search() -> None:
    segment = pack(0, 0, 3)
    assert weighed(TABLES, segment | OPENED) == like("Wonen en zorg")
    assert weighed(TABLES, segment) is None
    assert weighed(without_titles(TABLES), segment | OPENED) is None


@pytest.mark.parametrize("lines", [[*LEFT, *RIGHT], [" ".join(pair) for pair in zip(LEFT, RIGHT, strict=True)]])
def test_whether_a_page_has_columns_is_settled_before_titles_are_weighed(lines: list[str]) -> None:
    sheet = Sheet.of(rows_of(*lines), without_titles(TABLES))
    stream, values = one_stream(sheet), TABLES.values.copy()
    values[INDEX["whole_title"]] = 1000.0
    settled = best_reading(sheet, stream)[1]
    titled = best_reading(sheet, stream, Last(*2 * (TABLES._replace(values=values),)))[1]
    assert len(settled.widths) == len(titled.widths)


def test_openings_in_lower_case_cost_less_where_a_page_has_some() -> None:
    rows = rows_of(*(f"{word} geld" for word in ("meer", "minder", "Veel", "nooit")))
    segments = np.array([[pack(row, 0, 2), 0, 0] for row in range(4)])
    columns, ones = np.zeros((4, 3), np.int64), np.ones(4, np.int64)
    opens = np.array([[True, False, False]] * 4)
    notes = Found(0.0, ones, columns, segments, opens, np.zeros((4, 3)))
    last = Last(TABLES, for_notes(TABLES))
    sheet = Sheet.of(rows, TABLES)
    assert NOTES == 3
    assert last.of(sheet, notes) is last.notes
    opens[0] = False
    assert last.of(sheet, notes) is last.tables
    changed = {name for name, n in INDEX.items() if last.notes.values[n] != TABLES.values[n]}
    assert changed <= {name for name in INDEX if name.startswith("new_") and name.endswith("_lower")}
    assert last.notes.values[INDEX["new_stop_lower"]] == NOTED * TABLES.values[INDEX["new_stop_lower"]]
