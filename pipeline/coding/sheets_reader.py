"""The answers in a spreadsheet that `sheets` wrote, as decisions.

What belongs here: reading a workbook or CSV back, after whichever program saved it. What does not: writing it, and what
becomes of the decisions.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from pipeline.coding.decisions import ABSTAIN, Decision, Given, checked_coder, given_problem, parsed_date
from pipeline.coding.review import WITHDRAW, Returned, Review, ReviewDocument, ReviewStatement
from pipeline.coding.sheets import ROWS, SHOWN
from pipeline.coding.tabular import AS_TEXT, Row, lost, read_table, row_of
from pipeline.errors import FileError
from pipeline.text.language import Language


def read_sheet(content: bytes, review: Review, today: str, language: Language, coder: str | None = None) -> Returned:
    """Return the answers of a sheet, CSV or workbook.

    Args:
        content: The file.
        review: The newest release, whose texts must still be those of the sheet.
        today: Day of answers that have none (ISO 8601).
        language: Decides between one-byte encodings of CSV.
        coder: Name for answers that have none.
    """
    try:
        found = list(
            _workbook_rows(content) if zipfile.is_zipfile(io.BytesIO(content)) else _csv_rows(content, language)
        )
    except FileError as error:
        place = f"line {error.line} " if error.line else ""
        return Returned((), problems=(f"{place}{error}",))
    places = {one.statement_id: (document, one) for document in review.documents for one in document.statements}
    decisions: dict[tuple[str, str, str], Decision] = {}
    withdrawn, problems = [], []
    for row in found:
        try:
            answer = _read_row(row, places, today, coder)
        except FileError as error:
            problems.append(f"row {row.line}: {error}")
            continue
        if isinstance(answer, Decision):
            if decisions.setdefault(answer.key, answer) != answer:
                problems.append(f"row {row.line}: answers by the same coder what another row answers; keep one of them")
        elif answer is not None:
            withdrawn.append(answer)
    return Returned(tuple(decisions.values()), tuple(withdrawn), tuple(problems))


def _csv_rows(content: bytes, language: Language) -> Sequence[Row]:
    table = read_table(content, language, SHOWN, {})
    _check_columns(table.columns)
    return table.rows


def _workbook_rows(content: bytes) -> Iterator[Row]:
    try:
        book, typed = (load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (True, False))
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise FileError("is no workbook that can be read; save it as .xlsx") from error
    if ROWS not in book.sheetnames:
        raise FileError(f"has no sheet '{ROWS}'; keep the sheet's name")
    names: list[str] = []
    rows = zip(book[ROWS].iter_rows(values_only=True), typed[ROWS].iter_rows(), strict=True)
    for line, (values, formulas) in enumerate(rows, 1):
        cells = [_without_value(_cell(value), formula) for value, formula in zip(values, formulas, strict=True)]
        if line == 1:
            names = [cell.casefold() for cell in cells]
            _check_columns(names)
        elif any(cells):
            yield row_of(line, cells, names)


def _cell(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value).strip()


def _without_value(shown: str, typed: Any) -> str:
    """Return a cell, and of a formula that has no value what was typed: words that a person meant as words."""
    is_formula = typed.data_type == "f" and isinstance(typed.value, str)
    return str(typed.value).strip() if is_formula and (not shown or lost(shown)) else shown


def _check_columns(names: Sequence[str]) -> None:
    missing = [name for name in ("statement_id", "text", "dimension", "code_1", "coder", "date") if name not in names]
    if missing:
        raise FileError(
            f"lacks the column {' and '.join(missing)}; keep the columns as bloemlezing review wrote them", 1
        )


def _read_row(
    row: Row, places: Mapping[str, tuple[ReviewDocument, ReviewStatement]], today: str, coder: str | None
) -> Decision | tuple[str, str, str] | None:
    """Return the decision in a row, the one that it withdraws, or None when it has no answer.

    Raises:
        FileError: when the answer cannot be taken in.
    """
    cells = row.cells
    if not cells:
        raise FileError("has more cells than the first row; empty those beyond the last column")
    codes = _codes(cells)
    if not codes:
        return None
    document, statement = _place(cells, places)
    dimension = document.codebook.by_id.get(cells["dimension"])
    if dimension is None:
        raise FileError(
            f"has no dimension of codebook {document.codebook.id}; those are {', '.join(document.codebook.by_id)}"
        )
    name = checked_coder(cells.get("coder") or coder or "")
    if name is None:
        raise FileError("has no coder whose name can be published; fill the column coder, or name one with --coder")
    if codes == [WITHDRAW]:
        return statement.statement_id, dimension.id, name
    problem = given_problem(dimension, codes)
    if problem:
        raise FileError(problem)
    given = [code for code in codes if code != ABSTAIN]
    marked = _marked(cells.get("evidence", ""), len(given), len(statement.text))
    return Decision(
        statement.statement_id,
        dimension.id,
        tuple(Given(code, evidence) for code, evidence in zip(given, marked, strict=True)),
        name,
        parsed_date(cells.get("date") or today),
        cells.get("reason", ""),
        statement.text,
    )


def _check_values(cells: Mapping[str, str]) -> None:
    spoilt = next((name for name, cell in cells.items() if lost(cell)), None)
    if spoilt is not None:
        raise FileError(f"holds {cells[spoilt]} in column {spoilt}: {AS_TEXT}, or answer in the workbook")


def _codes(cells: Mapping[str, str]) -> list[str]:
    """Return the codes in a row in the order of their columns; empty when nobody has answered.

    Raises:
        FileError: when a coder or a reason is given without a code.
    """
    codes = [code for name, code in sorted(cells.items(), key=_code_number) if name.startswith("code_") and code]
    if not codes and (cells.get("coder") or cells.get("reason")):
        raise FileError(f"names a coder or a reason but no code; give a code, {ABSTAIN} or {WITHDRAW}")
    return codes


def _place(
    cells: Mapping[str, str], places: Mapping[str, tuple[ReviewDocument, ReviewStatement]]
) -> tuple[ReviewDocument, ReviewStatement]:
    _check_values(cells)
    found = places.get(cells["statement_id"])
    if found is None:
        raise FileError("is about a statement that the newest release does not have; write the review again")
    if found[1].text.split() != cells["text"].split():
        raise FileError("is about a statement whose text is now another; write the review again and answer it there")
    return found


def _marked(written: str, codes: int, length: int) -> list[tuple[int, int] | None]:
    """Return the evidence of each code, written as `0..12;;5..9`, or with hyphens."""
    parts = written.split(";") if written else [""] * codes
    ranges = [_range(part.strip()) for part in parts]
    if len(ranges) != codes or any(one and not one[0] < one[1] <= length for one in ranges):
        raise FileError("has evidence that is not a range of the text per code, such as 0..12;5..9; mend or empty it")
    return ranges


def _range(part: str) -> tuple[int, int] | None:
    start, _, end = part.replace("..", "-").partition("-")
    if not part:
        return None
    return (int(start), int(end)) if start.isdecimal() and end.isdecimal() else (0, 0)


def _code_number(cell: tuple[str, str]) -> int:
    number = cell[0].removeprefix("code_")
    return int(number) if number.isdecimal() else 0
