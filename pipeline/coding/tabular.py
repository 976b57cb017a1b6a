"""Tables that people keep in spreadsheets, read from CSV in all the ways in which spreadsheets write it.

What belongs here: encodings, separators, the first row, each row's line, and what became of a cell that was taken for a
formula. What does not: what columns mean.
"""

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import FileError, UnreadableError
from pipeline.text.encoding import decode
from pipeline.text.language import Language

_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*')
# In English and Dutch: #VALUE!, #WAARDE!, #NAME?, #NAAM?, #N/A, #N/B; LibreOffice also has numbers.
_NO_VALUE = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]|#N/[AB]|Err:\d{3}")
AS_TEXT = (
    "spreadsheets take a text that begins with '=', '+', '-' or '@' for a formula; type it again behind an apostrophe"
)
"""What to say of a cell that is `lost`."""
_DELIMITERS = (",", ";", "\t")
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the 1-based line on which it begins, and its cells by column.

    Attributes:
        line: The line.
        cells: The cells without surrounding white space. Empty when the row has more cells than there are columns: then
            none can be trusted to be what its column says.
    """

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, its rows without blank ones, and the encoding of the file."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str


def read_table(raw: bytes, language: Language, known: Iterable[str], aliases: Mapping[str, str]) -> Table:
    """Return the table in a CSV file.

    Args:
        raw: Its bytes.
        language: Decides between one-byte encodings.
        known: Names of columns, by which the separator is found.
        aliases: Other names of columns.

    Raises:
        FileError: when the bytes are no text or the text is no CSV.
    """
    text, encoding = _decoded(raw, language)
    separator = _SEPARATOR_LINE.fullmatch(text.partition("\n")[0])
    body = text.partition("\n")[2] if separator else text
    head, names = body.partition("\n")[0], set(known)
    delimiter = (
        separator[1]
        if separator
        else max(_DELIMITERS, key=lambda one: len({_name(cell, aliases) for cell in head.split(one)} & names))
    )
    lines = _cells(body, delimiter, 1 if separator else 0)
    columns = tuple(_name(cell, aliases) for cell in lines[0][1]) if lines else ()
    rows = [row_of(line, cells, columns) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    return Table(columns, tuple(rows), encoding)


def lost(cell: str) -> bool:
    """Return whether a cell holds what a spreadsheet writes where a formula has no value.

    >>> lost("#NAME?"), lost("#WAARDE!"), lost("Err:509"), lost("#1 of the list!")
    (True, True, True, False)
    """
    return bool(_NO_VALUE.fullmatch(cell))


def row_of(line: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    """Return a row of these cells; missing ones at its end are empty."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Row(line, {})
    given = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    return Row(line, {name: given.get(name, "") for name in columns})


def _decoded(raw: bytes, language: Language) -> tuple[str, str]:
    try:
        decoded = decode(raw, language, _MAX_BYTES)
    except UnreadableError as error:
        raise FileError(str(error), error.line) from error
    if decoded.encoding == "mac-roman":
        # Too few special characters to tell; spreadsheets that do not write Unicode write Windows-1252 nearly always.
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode("windows-1252"), "windows-1252"
    return decoded.text.removeprefix("\ufeff"), decoded.encoding


def _cells(body: str, delimiter: str, skipped: int) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    before = skipped
    try:
        for cells in reader:
            lines.append((before + 1, cells))
            before = skipped + reader.line_num
    except csv.Error as error:
        raise FileError(f"is no CSV ({error}); mend the quotation marks of that row", before + 1) from error
    return lines


def _name(cell: str, aliases: Mapping[str, str]) -> str:
    name = cell.strip().strip('"').casefold()
    return aliases.get(name, name)
