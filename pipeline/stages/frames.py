"""Typed frames: rows in, a pandas frame with the columns, order and types of its table out.

What belongs here: the tables that stages hand to each other and that are not published, and building frames. What does
not: the published tables' columns (`schemas.tables`) and checks of values (`pipeline.validation`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.issues import Issue
from schemas.tables import TABLES

Rows = list[Mapping[str, Any]]
"""Rows of a table, by the names of its columns."""

_TEXT = pd.StringDtype("pyarrow")
_INTEGER = pd.Int64Dtype()
_NUMBER = pd.Float64Dtype()
_FLAG = pd.BooleanDtype()


@dataclass(frozen=True, slots=True)
class WorkingTable:
    """A table that is not published.

    Attributes:
        row: What one row is.
        dtypes: The pandas type of every column, in their order.
    """

    row: str
    dtypes: Mapping[str, Any]


WORKING_TABLES: Mapping[str, WorkingTable] = {
    "raw_documents": WorkingTable(
        "A raw file as it came in: size, checksum, encoding, pages, lines, title; no encoding when it cannot be read.",
        {
            **dict.fromkeys(("document_id", "source_id", "path", "sha256"), _TEXT),
            "bytes": _INTEGER,
            "encoding": _TEXT,
            "pages": _INTEGER,
            "lines": _INTEGER,
            "title": _TEXT,
        },
    ),
    "descriptions": WorkingTable(
        "What `source.yaml` says of a source (no `document_id`) or document that no published table has a column for.",
        dict.fromkeys(("source_id", "document_id", "path", "title", "issued", "homepage", "description"), _TEXT),
    ),
    # No words: no table outside `raw/` holds a text that the privacy gate has not seen.
    "text_lines": WorkingTable(
        "A line of a readable document after character repair: its place and length, and whether it is furniture.",
        {
            "document_id": _TEXT,
            **dict.fromkeys(("line", "page", "characters"), _INTEGER),
            "furniture": _FLAG,
        },
    ),
    "reading_order": WorkingTable(
        "A segment of a line (characters `start` to `end`) in reading order, with its column and the confidence in its "
        "place.",
        {
            "document_id": _TEXT,
            **dict.fromkeys(("position", "line", "start", "end", "column"), _INTEGER),
            "opens": _FLAG,
            "confidence": _NUMBER,
        },
    ),
    "settled_codes": WorkingTable(
        "A code that counts: a program's, and where people decided, theirs; a statement's primary codes first.",
        dict.fromkeys(("statement_id", "dimension", "code", "rank"), _TEXT),
    ),
    "programs": WorkingTable(
        "What a program's codes were made with: versions of codebook and lexicon, and the checksum of the lexicon with "
        "what was learned.",
        dict.fromkeys(("coder", "codebook", "codebook_version", "lexicon_version", "lexicon_sha256"), _TEXT),
    ),
    "issues": WorkingTable(
        "Something that is wrong with the source's inputs, in one line with the remedy.",
        {
            "source": _TEXT,
            "path": _TEXT,
            "line": _INTEGER,
            **dict.fromkeys(("severity", "kind", "message", "document"), _TEXT),
        },
    ),
}


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the rows as a frame with the table's columns, in order and typed, also when there are none.

    Empty strings become missing values: CSV cannot tell the two apart, so no table holds both.
    """
    dtypes = WORKING_TABLES[table].dtypes if table in WORKING_TABLES else _published(table)
    taken = list(rows)
    columns = {name: pd.array([_filled(row[name]) for row in taken], dtype=dtype) for name, dtype in dtypes.items()}
    return pd.DataFrame(columns)


def with_issues(issues: pd.DataFrame, more: Iterable[Issue]) -> pd.DataFrame:
    """Return a frame of issues with these added, in the order of files and lines."""
    joined = pd.concat([issues, frame("issues", [issue.row() for issue in more])])
    return joined.sort_values(["path", "line"], kind="stable", ignore_index=True)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain Python values, missing ones as None."""
    rows: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows


def _published(table: str) -> Mapping[str, Any]:
    return {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}


def _filled(value: Any) -> Any:
    return None if value == "" else value
