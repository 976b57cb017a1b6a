"""A review as a spreadsheet: a workbook (`.xlsx`) or CSV, a row a question, with empty cells for the answer.

What belongs here: writing the questions. What does not: which questions are asked (`review`), and reading the answers
back (`sheets_reader`).

A row whose answer is empty says nothing. An answer is one or more codes, `abstain`, or `withdraw`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.coding.decisions import ABSTAIN, Decision
from pipeline.coding.review import REASONS, WITHDRAW, Item, Review
from pipeline.spreadsheet import TextStyle

SHOWN = ("statement_id", "document", "section", "text", "dimension", "question", "why", "given")
"""Columns that are only read."""

ROWS = "review"
"""Name of the sheet that holds the questions."""

_ANSWER = ("coder", "date", "reason", "evidence")
_FEWEST_CODES = 4
_WRAPPED = {"text_wrap": True, "valign": "top"}
_WIDTHS = {"text": 70, "given": 34, "question": 26, "reason": 40, "section": 26, "statement_id": 23, "why": 18}
_HELP = (
    "Kies per regel een code; meer codes in de volgende kolommen, de belangrijkste eerst.",
    "Choose a code per row; more codes go into the next columns, the main one first.",
    f"'{ABSTAIN}': geen code is te verdedigen / no code can be defended.",
    f"'{WITHDRAW}': een eerdere beslissing terugnemen / take an earlier decision back.",
    "Een lege regel blijft zoals hij was. / An empty row stays as it was.",
    "Inlezen / read back: bloemlezing review --import FILE --coder NAAM",
)


def columns(items: Sequence[Item]) -> list[str]:
    """Return the columns of a sheet: as many for codes as any answer needs."""
    most = max((len(item.decision.given) for item in items if item.decision), default=0)
    codes = [f"code_{number}" for number in range(1, max(most, _FEWEST_CODES) + 1)]
    return [*SHOWN, *codes, *_ANSWER]


def rows(items: Sequence[Item]) -> Iterator[list[str]]:
    """Yield the rows of a sheet, in the order of `columns`; the answer is what the same person decided before."""
    names = columns(items)
    for item in items:
        cells = {**_shown(item), **(_answer(item.decision) if item.decision else {})}
        yield [cells.get(name, "") for name in names]


def review_csv(items: Sequence[Item]) -> bytes:
    """Return the questions as CSV in UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns(items))
    writer.writerows(rows(items))
    return buffer.getvalue().encode()


def write_workbook(items: Sequence[Item], review: Review, path: Path) -> None:
    """Write the questions as a workbook: only cells for answers can be changed, and codes are chosen from a list."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": review.title, "created": datetime.fromisoformat(review.created)})
        sheet = book.add_worksheet(ROWS)
        lists = _write_lists(book, review.codebooks)
        _write_rows(book, sheet, items, lists)
        _write_codebook(book, review.codebooks)


def _shown(item: Item) -> dict[str, str]:
    dimension = item.document.codebook.by_id[item.dimension]
    given = [f"{coder}: {';'.join(codes)} ({confidence:.2f})" for coder, codes, confidence in item.given]
    return {
        "statement_id": item.statement.statement_id,
        "document": item.document.name,
        "section": item.statement.section or "",
        "text": item.statement.text,
        "dimension": item.dimension,
        "question": f"{dimension.label_nl} / {dimension.label_en}",
        "why": REASONS[item.why],
        "given": " | ".join(given),
    }


def _answer(decision: Decision) -> dict[str, str]:
    codes = decision.codes or (ABSTAIN,)
    # Two dots: programs that open a CSV take 5-10 for a day of October, and 5:10 for a time.
    marked = [f"{one.evidence[0]}..{one.evidence[1]}" if one.evidence else "" for one in decision.given]
    return {
        **{f"code_{number}": code for number, code in enumerate(codes, 1)},
        "coder": decision.coder,
        "date": decision.date,
        "reason": decision.reason,
        "evidence": ";".join(marked) if any(marked) else "",
    }


def _write_rows(book: Workbook, sheet: Worksheet, items: Sequence[Item], lists: Mapping[tuple[str, str], str]) -> None:
    names = columns(items)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    locked = TextStyle(book, {"text_wrap": True, "valign": "top", "num_format": "@", "font_color": "#444444"})
    free = {"text_wrap": True, "valign": "top", "num_format": "@", "locked": False, "bg_color": "#FFF8E1"}
    answer = TextStyle(book, free)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
    codes = [column for column, name in enumerate(names) if name.startswith("code_")]
    for number, (item, cells) in enumerate(zip(items, rows(items), strict=True), 1):
        for column, (name, cell) in enumerate(zip(names, cells, strict=True)):
            (locked if name in SHOWN else answer).write(sheet, number, column, cell)
        source = lists[item.document.codebook.id, item.dimension]
        sheet.data_validation(number, codes[0], number, codes[-1], {"validate": "list", "source": source})
    sheet.freeze_panes(1, 4)
    sheet.autofilter(0, 0, len(items), len(names) - 1)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})


def _write_lists(book: Workbook, books: Iterable[Codebook]) -> dict[tuple[str, str], str]:
    """Write the codes of every dimension into a column of a sheet and return the ranges that hold them."""
    sheet = book.add_worksheet("codes")
    text = book.add_format({"num_format": "@"})
    ranges = {}
    for column, (codebook, dimension) in enumerate(_dimensions(books)):
        codes = [*(code.id for code in dimension.codes if code.status != "retired"), ABSTAIN, WITHDRAW]
        for row, code in enumerate([dimension.id, *codes]):
            sheet.write_string(row, column, code, text)
        ranges[codebook.id, dimension.id] = f"=codes!{xl_range_abs(1, column, len(codes), column)}"
    return ranges


def _write_codebook(book: Workbook, books: Iterable[Codebook]) -> None:
    sheet = book.add_worksheet("codebook")
    bold, wrapped, plain = (TextStyle(book, looks) for looks in ({"bold": True}, _WRAPPED, None))
    lines = [[line] for line in _HELP]
    lines += [[], ["dimension", "code", "label_nl", "label_en", "definition", "includes", "excludes"]]
    heads = {0, len(lines) - 1}
    for _, dimension in _dimensions(books):
        for code in dimension.codes:
            words = [code.label_nl, code.label_en, code.definition, code.includes or "", code.excludes or ""]
            lines.append([dimension.id, code.id, *words])
    sheet.set_column(0, 3, 24)
    sheet.set_column(4, 6, 50)
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            style = bold if row in heads else (plain if len(cells) == 1 else wrapped)
            style.write(sheet, row, column, cell)


def _dimensions(books: Iterable[Codebook]) -> list[tuple[Codebook, Dimension]]:
    return [(book, dimension) for book in books for dimension in book.dimensions]
