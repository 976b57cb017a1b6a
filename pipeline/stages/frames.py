"""Typed frames: rows in, a pandas frame with the columns, order and types of its table out.

What belongs here: the tables that stages hand to each other and that are not published, and building frames. What does
not: the published tables' columns (`schemas.tables`) and checks of values (`pipeline.validation`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from schemas.tables import TABLES

_TEXT = pd.StringDtype("pyarrow")
_INTEGER = pd.Int64Dtype()
_NUMBER = pd.Float64Dtype()
_FLAG = pd.BooleanDtype()

WORKING_TABLES: Mapping[str, Mapping[str, Any]] = {
    # A raw file as it came in, with its title; `encoding` is empty when it cannot be read.
    "raw_documents": {
        **dict.fromkeys(("document_id", "source_id", "path", "sha256"), _TEXT),
        "bytes": _INTEGER,
        "encoding": _TEXT,
        "pages": _INTEGER,
        "lines": _INTEGER,
        "title": _TEXT,
    },
    # A line of a readable document after character repair, with what became of it.
    "text_lines": {"document_id": _TEXT, "line": _INTEGER, "page": _INTEGER, "text": _TEXT, "furniture": _FLAG},
    # A segment in reading order; `start` and `end` count characters of the line's text.
    "reading_order": {
        "document_id": _TEXT,
        **dict.fromkeys(("position", "line", "start", "end", "column"), _INTEGER),
        "opens": _FLAG,
        "confidence": _NUMBER,
    },
    # Bad inputs; see `pipeline.issues`.
    "issues": {
        "source": _TEXT,
        "path": _TEXT,
        "line": _INTEGER,
        **dict.fromkeys(("severity", "kind", "message", "document"), _TEXT),
    },
}


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the rows as a frame with the table's columns, in order and typed, also when there are none.

    Empty strings become missing values: CSV cannot tell the two apart, so no table holds both.
    """
    dtypes = WORKING_TABLES.get(table) or _published(table)
    taken = list(rows)
    columns = {name: pd.array([_filled(row[name]) for row in taken], dtype=dtype) for name, dtype in dtypes.items()}
    return pd.DataFrame(columns)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain Python values, missing ones as None."""
    rows: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows


def _published(table: str) -> Mapping[str, Any]:
    return {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}


def _filled(value: Any) -> Any:
    return None if value == "" else value
