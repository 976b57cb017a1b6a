"""Texts in cells of workbooks: none is a formula, not even once somebody has edited it, and none is empty.

What belongs here: what every workbook that we write does with a text. What does not: which sheets and columns it has.
"""

from collections.abc import Mapping

from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_FORMULA = ("=", "+", "-", "@")


class TextStyle:
    """How texts of a kind look, written so that spreadsheets leave them alone.

    A text that begins as a formula does carries the mark that people type as an apostrophe (`quotePrefix`): without it
    the cell is a text only until it is edited.
    """

    def __init__(self, book: Workbook, looks: Mapping[str, object] | None = None) -> None:
        """Take a workbook and properties as its `add_format` has them; none for a cell as it comes."""
        self.plain: Format | None = book.add_format(dict(looks)) if looks else None
        self._quoted: Format = book.add_format({**(looks or {}), "quote_prefix": True})

    def write(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Write a text; where it is empty its looks at most, so that filters for blanks find the cell."""
        if text:
            sheet.write_string(row, column, text, self._quoted if text.startswith(_FORMULA) else self.plain)
        elif self.plain is not None:
            sheet.write_blank(row, column, None, self.plain)
