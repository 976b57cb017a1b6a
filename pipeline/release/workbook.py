"""`<dataset>.xlsx`: the tables for people who live in spreadsheets.

What belongs here: a sheet per table that people read, one that says what they are looking at, and the data dictionary.
What does not: anything that is not in the other files of the release.

Every text is written as text, so that none is taken for a formula or a link (`pipeline.spreadsheet`). Excel holds
32,767 characters in a cell; what is longer is cut there and ends in an ellipsis. Byte offsets (`spans`, `repairs`)
are for programs and left out, and so is a table that is too long to be read.
"""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pipeline.release.files import read_rows
from pipeline.release.model import Release, TableFacts
from pipeline.release.rights import rights
from pipeline.spreadsheet import TextStyle
from schemas.derive import columns, dictionary_rows

FOR_PROGRAMS = frozenset({"spans", "repairs"})
MOST_ROWS = 100_000
CELL = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTH, _WIDE = 24, 80
_READ = frozenset({"text", "definition", "description"})
"""Columns of sentences."""
_README, _DICTIONARY = "README", "DICTIONARY"


def write_workbook(release: Release, folder: Path, path: Path) -> None:
    """Write a release's workbook.

    Args:
        release: The release.
        folder: Where its Parquet files are.
        path: The file to be written.
    """
    with xlsxwriter.Workbook(str(path), dict(_OPTIONS)) as book:
        book.set_properties({"title": release.dataset.title.nl, "created": release.created})
        bold = TextStyle(book, {"bold": True})
        _write_readme(book, bold, release)
        for table in release.tables:
            if included(table):
                _write_table(book, bold, release, table, folder)
        _write_dictionary(book, bold, release)


def included(table: TableFacts) -> bool:
    """Return whether the workbook has a sheet of a table."""
    return table.name not in FOR_PROGRAMS and table.rows <= MOST_ROWS


def _write_readme(book: Workbook, bold: TextStyle, release: Release) -> None:
    dataset = release.dataset
    lines = [
        (dataset.title.nl, dataset.title.en),
        (dataset.description.nl, dataset.description.en),
        ("version", release.version),
        ("created", release.timestamp),
        *(("licence", f"{one.title.en} {one.page}") for one in rights(release).all),
        (rights(release).statement().nl, rights(release).statement().en),
        *(("coder", line) for one in release.coders for line in one.lines()),
        *(("source", line) for one in release.sources for line in one.lines()),
        ("citation", release.citation()),
        ("", ""),
    ]
    for table in release.tables:
        where = "" if included(table) else f", not in this workbook: {table.csv.path}"
        lines.append((table.name, f"{table.description} Rows: {table.rows:,}{where}."))
    sheet = book.add_worksheet(_README)
    wrapped = TextStyle(book, {"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 80, wrapped.plain)
    for row, (left, right) in enumerate(lines):
        style = bold if row == 0 else wrapped
        style.write(sheet, row, 0, left)
        style.write(sheet, row, 1, right)


def _write_table(book: Workbook, bold: TextStyle, release: Release, table: TableFacts, folder: Path) -> None:
    sheet, plain = book.add_worksheet(table.name), TextStyle(book)
    names = [column.name for column in columns(table.name, release.dimensions)]
    _write_header(sheet, bold, names)
    for row, values in enumerate(read_rows(folder / table.parquet.path), 1):
        for column, value in enumerate(values):
            _write_cell(sheet, plain, row, column, value)
    sheet.autofilter(0, 0, max(table.rows, 1), len(names) - 1)


def _write_dictionary(book: Workbook, bold: TextStyle, release: Release) -> None:
    rows = [row for table in release.tables for row in dictionary_rows(table.name, release.dimensions)]
    sheet, plain = book.add_worksheet(_DICTIONARY), TextStyle(book)
    _write_header(sheet, bold, list(rows[0]))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row.values()):
            _write_cell(sheet, plain, number, column, value)
    sheet.autofilter(0, 0, len(rows), len(rows[0]) - 1)


def _write_header(sheet: Worksheet, bold: TextStyle, names: Sequence[str]) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDE if name in _READ else _WIDTH)
        bold.write(sheet, 0, column, name)


def _write_cell(sheet: Worksheet, plain: TextStyle, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        plain.write(sheet, row, column, value if len(value) <= CELL else f"{value[: CELL - 1]}…")
    elif isinstance(value, int) and abs(value) >= 10**15:
        sheet.write_string(row, column, str(value))  # Excel would round it
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
