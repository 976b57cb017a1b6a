"""Retractions: statements that were taken down, as reviewed rows of a source's `retractions.csv`.

What belongs here: what a retraction is, reading and writing the file. What does not: taking statements out of tables
(`pipeline.stages.retract`) and out of releases (`pipeline.takedown`).

A retraction holds by bytes: it names the raw file by checksum and the ranges that were taken down, so that nothing of
them comes back when statements are cut otherwise or the file is renamed. It holds no text. The reason is published.

A file that cannot be trusted is refused as a whole: to pass over a row would publish again what was taken down.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.errors import FileError

RETRACTIONS = "retractions.csv"
COLUMNS = ("statement_id", "document", "sha256", "bytes", "date", "reason")

_RANGE = r"\d+-\d+"
_FORMS: Mapping[str, tuple[str, str]] = {
    "statement_id": (r"stm-[0-9a-f]{16}", "the form stm-0123456789abcdef"),
    "document": (r"[^/]+", "the name of a file of the source"),
    "sha256": (r"[0-9a-f]{64}", "the checksum of the raw file, 64 hexadecimal digits"),
    "bytes": (rf"{_RANGE}( {_RANGE})*", "ranges of raw bytes such as 120-180 190-240"),
    "reason": (r".*\S.*", "a reason in words"),
}
_REMEDY = "put the row back as `bloemlezing retract` wrote it"


@dataclass(frozen=True, slots=True)
class Retraction:
    """A statement that was taken down.

    Attributes:
        statement_id: Its key when it was.
        document: Name of its raw file.
        sha256: Checksum of that file, which the ranges are of.
        ranges: Its raw bytes: 0-based start and end, half-open.
        date: The day (ISO 8601).
        reason: Why, in words; published.
        line: 1-based line of the row; 0 when it was not read from a file.
    """

    statement_id: str
    document: str
    sha256: str
    ranges: tuple[tuple[int, int], ...]
    date: str
    reason: str
    line: int = field(default=0, compare=False)


def source_retractions(folder: Path) -> tuple[Retraction, ...]:
    """Return the retractions of a source's folder; none when there is no such file.

    Raises:
        FileError: when the file cannot be trusted.
    """
    path = folder / RETRACTIONS
    if not os.path.lexists(path):
        return ()
    if not path.is_file():
        raise FileError(
            "is a folder or a link that leads nowhere, so nobody knows what it takes down; put the file there"
        )
    try:
        return read_retractions(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FileError(f"is not UTF-8 (byte {error.start}); save it as CSV UTF-8") from error


def read_retractions(text: str) -> tuple[Retraction, ...]:
    """Return the retractions in a file, in its order.

    Raises:
        FileError: when a column or a value is missing or wrong.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise FileError(f"must name the columns {','.join(COLUMNS)} in its first row; {_REMEDY}", 1)
        return tuple(_retraction(row, reader.line_num) for row in reader)
    except csv.Error as error:
        raise FileError(f"is no CSV ({error}); mend the quotation marks of that row", reader.line_num + 1) from error


def write_retractions(retractions: Iterable[Retraction]) -> bytes:
    """Return the file of these retractions, in their order."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in retractions:
        ranges = " ".join(f"{start}-{end}" for start, end in one.ranges)
        writer.writerow([one.statement_id, one.document, one.sha256, ranges, one.date, one.reason])
    return buffer.getvalue().encode()


def reasons(folders: Iterable[Path]) -> dict[str, str]:
    """Return why statements were retracted, by their keys; a file that cannot be trusted says nothing."""
    found: dict[str, str] = {}
    for folder in folders:
        with suppress(FileError):  # its source was left out and reported when it came in
            found |= {one.statement_id: one.reason for one in source_retractions(folder)}
    return found


def _retraction(row: Mapping[str | None, str | None], line: int) -> Retraction:
    if None in row or None in row.values():
        raise FileError(f"has more or fewer cells than the {len(COLUMNS)} that the first row names; quote commas", line)
    cells = {str(name): (value or "").strip() for name, value in row.items()}
    for name, (form, words) in _FORMS.items():
        # The cell itself is not shown: of a shifted row it could be anything.
        if not re.fullmatch(form, cells[name]) or not cells[name].isprintable():
            raise FileError(f"needs in column {name} {words}; {_REMEDY}", line)
    try:
        date.fromisoformat(cells["date"])
    except ValueError as error:
        raise FileError(f"needs in column date a day such as 2026-11-01; {_REMEDY}", line) from error
    ranges = tuple(_range(text, line) for text in cells["bytes"].split(" "))
    return Retraction(
        cells["statement_id"], cells["document"], cells["sha256"], ranges, cells["date"], cells["reason"], line
    )


def _range(text: str, line: int) -> tuple[int, int]:
    start, end = map(int, text.split("-"))
    if start >= end:
        raise FileError(f"needs in column bytes ranges that end after they start; {_REMEDY}", line)
    return start, end
