"""Typed frames: rows in, a pandas frame with the columns, order and types of its table out.

What belongs here: the tables that stages hand to each other and that are not published, and building frames. What does
not: the published tables' columns (`schemas.tables`) and checks of values (`pipeline.validation`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.issues import Issue
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
    # What `source.yaml` says of the source (`document_id` is empty) and of its documents, beyond the published tables.
    "descriptions": dict.fromkeys(
        ("source_id", "document_id", "path", "title", "issued", "homepage", "description"), _TEXT
    ),
    # A line of a readable document, with its length in characters after repair and what became of it. Its words are
    # not here: no table outside `raw/` holds a text that the privacy gate has not seen.
    "text_lines": {
        "document_id": _TEXT,
        **dict.fromkeys(("line", "page", "characters"), _INTEGER),
        "furniture": _FLAG,
    },
    # A segment in reading order; `start` and `end` count characters of the line's text.
    "reading_order": {
        "document_id": _TEXT,
        **dict.fromkeys(("position", "line", "start", "end", "column"), _INTEGER),
        "opens": _FLAG,
        "confidence": _NUMBER,
    },
    # The codes that count: a program's, and where people decided, theirs; a statement's primary codes first.
    "settled_codes": dict.fromkeys(("statement_id", "dimension", "code", "rank"), _TEXT),
    # What a program's codes were made with: the codebook, and the lexicon with what was learned.
    "programs": dict.fromkeys(("coder", "codebook", "codebook_version", "lexicon_version", "lexicon_sha256"), _TEXT),
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
