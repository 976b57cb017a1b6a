"""Pages to learn from, and how each was drawn: in the words of the reader that shall find it.

What belongs here: drawing pages of either half of the training texts or of development texts; the true path through a
page, and its true shape. What does not: typesetting (`pages`), learning (`learning`).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.reading_order import pages, texts, truth
from pipeline.text.language import Language
from pipeline.text.layout.choice import one_stream
from pipeline.text.layout.page import LEAST_ROWS
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import FULL, MOST_COLUMNS
from pipeline.text.layout.rows import Reader, Rows
from pipeline.text.layout.score import Tables, make_tables, pack
from pipeline.text.layout.search import Shape, Sheet, with_gaps
from pipeline.text.layout.weights import Weights
from pipeline.text.layout.widths import measured, sizes_of

REPORTS = 0.7  # of the pages of statements
Pages = Sequence[tuple[Sequence[truth.Page], Weights]]
"""Pages with the weights that know words, but not those of these pages."""


def make_pages(part: texts.Part, seed: int, count: int) -> list[truth.Page]:
    """Return simulated pages: 60 % two columns, 15 % three, the rest one column or in order; a third of reports."""
    found = []
    for number in range(count):
        rng = random.Random(f"{part}-{seed}-{number}")
        of_statements = rng.random() < 0.5
        columns = rng.choice((2,) * 13 + (3,) * 3 + (1,) * 4)
        source = texts.bullets_of_statements if of_statements else texts.bullets_of_prose
        bullets = source(part, rng.randrange(10**9), 160)
        titles: Sequence[str] = texts.headings(part, number, 12)
        setting, opens = pages.draw_setting(rng, columns, of_statements), None
        if of_statements and rng.random() < REPORTS:
            report = texts.outline(part, rng.randrange(10**9), len(bullets))
            bullets, titles, opens = list(report.bullets), report.titles, report.opens
            setting = pages.as_report(setting, rng)
        book = pages.typeset(setting, bullets, titles, rng, opens=opens)
        as_is = columns == 1 or rng.random() < 0.1
        found.append((truth.ordered if as_is else truth.woven)(book, 0, rng.random() < 0.5))
    return found


def true_path(page: truth.Page, rows: Rows) -> tuple[Found, Shape]:
    """Return a page as it was drawn, as a path and its shape with columns but without widths."""
    lines = [line for line in page.book.lines if line.page == page.number and line.kind != "furniture"]
    single = page.book.setting.columns == 1 or [parts[0] for parts in page.parts if len(parts) == 1] == lines
    count = len(rows)
    parts_of, opens = np.zeros(count, np.int64), np.zeros((count, MOST_COLUMNS), np.bool_)
    columns, segments = np.zeros((count, MOST_COLUMNS), np.int64), np.zeros((count, MOST_COLUMNS), np.int64)
    seen: set[int] = set()
    begun: set[int] = set()
    for row, parts in enumerate(page.parts):
        at, parts_of[row] = 0, len(parts)
        full = single or parts[0].column == 0
        if full != (FULL in begun):
            begun = set()
        for n, part in enumerate(parts):
            after = at + len(part.text.split())
            columns[row, n] = FULL if full else part.column - 1
            segments[row, n] = pack(row, at, after)
            # The search cannot know better at the top of a column than that its first segment opens.
            opens[row, n] = part.paragraph not in seen or columns[row, n] not in begun
            at = after
        seen |= {part.paragraph for part in parts}
        begun |= set(columns[row, : len(parts)].tolist())
        assert at == len(rows.spans(row)), rows.lines[row].text
    widths = () if single else (float(rows.widths.max()),) * page.book.setting.columns
    path = Found(0.0, parts_of, columns, segments, opens, np.zeros((count, MOST_COLUMNS)))
    return path, Shape(widths, float(rows.widths.max()) * 1.004)


def true_shape(rows: Rows, tables: Tables, path: Found, supposed: Shape) -> Shape:
    """Return the widths and the gap that the drawn lines show, in the reader's measure."""
    if not supposed.widths:
        return replace(supposed, full=one_stream(Sheet.of(rows, tables)).width)
    widest = [max(sizes, default=0.0) for sizes in sizes_of(rows, path, len(supposed.widths))]
    wide = max(widest)
    widths = tuple(size * 1.004 if size > 0.4 * wide else wide for size in widest)
    return with_gaps(path, measured(rows, path, replace(supposed, widths=widths)), 1)[0]


def rows_of(made: Pages, language: Language) -> Iterator[tuple[truth.Page, Rows, Tables]]:
    """Yield the pages that are long enough, with their rows and tables."""
    for some, weights in made:
        reader, tables = Reader(weights, language), make_tables(weights)
        for page in some:
            rows = reader.rows(page.lines)
            if len(rows) >= LEAST_ROWS:
                yield page, rows, tables
