"""Two coders beside each other, on the statements that both coded.

What belongs here: finding the codings of a coder in a release or a file, and which of them can be compared. What does
not: the figures (`pipeline.coding.reliability`), printing (`pipeline.cli`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.coding.codebook import Codebook
from pipeline.coding.decisions import ABSTAIN
from pipeline.coding.model import Coding, Rank
from pipeline.coding.reliability import common, compare
from pipeline.coding.tabular import read_table
from pipeline.errors import FileError, PlainError
from pipeline.release.files import table_rows
from pipeline.stages.codebooks import codebook
from pipeline.stages.frames import records
from pipeline.text.language import Language, load_language

METRICS = ("accuracy", "macro_f1", "alpha")
"""The figures that are shown, as `pipeline.coding.reliability` names them."""

_NEEDED = ("statement_id", "dimension", "code", "coder")


@dataclass(frozen=True, slots=True)
class Compared:
    """How two coders do on one dimension of a codebook.

    Attributes:
        codebook: Identifier of the codebook.
        dimension: Identifier of the dimension.
        n: Statements that both coded.
        only_a: Statements that only the first coded.
        only_b: Statements that only the second coded.
        figures: Value, and lower and upper end of the 95 percent interval, per metric; the ends are None with fewer
            than two documents. Empty when no statement was coded by both.
    """

    codebook: str
    dimension: str
    n: int
    only_a: int
    only_b: int
    figures: Mapping[str, tuple[float, float | None, float | None]]


def compare_coders(a: str, b: str, release: Path) -> list[Compared]:
    """Return how two coders do beside each other, a row a dimension that either coded.

    Args:
        a: A coder's name in the release, or a file of codings of one coder (`.csv` or `.parquet`).
        b: The other one.
        release: Folder of the newest release; it says of which document and codebook a statement is.

    Raises:
        PlainError: when a coder is not there, or no statement was coded by both.
    """
    tables = {name: table_rows(release, name) for name in _TABLES}
    documents = {row["statement_id"]: row["document_id"] for row in tables["statements"]}
    languages = Counter(row["language"] for row in tables["sources"]).most_common(1)
    if not languages:
        raise PlainError(f"the release in {release} holds no source, so nobody coded anything; publish one first")
    language = load_language(languages[0][0])
    first, second = (_codings(name, tables["codings"], documents, language) for name in (a, b))
    rows = [row for book, own in _books(tables) for row in _compared(first, second, book, own, documents)]
    if not any(row.n for row in rows):
        raise PlainError(f"{a} and {b} coded no statement both, so there is nothing to compare; name two others")
    return rows


_TABLES = ("sources", "documents", "statements", "codings")


def _books(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[tuple[Codebook, set[str]]]:
    """Return the codebooks in use, each with its statements."""
    names = {row["source_id"]: row["codebook"] for row in tables["sources"]}
    of_document = {row["document_id"]: names[row["source_id"]] for row in tables["documents"]}
    found: dict[str, set[str]] = {}
    for row in tables["statements"]:
        found.setdefault(of_document[row["document_id"]], set()).add(row["statement_id"])
    return [(codebook(name), own) for name, own in found.items()]


def _codings(
    name: str, published: Sequence[Mapping[str, Any]], known: Mapping[str, str], language: Language
) -> list[Coding]:
    path = Path(name)
    rows = (
        _file_rows(path, language)
        if path.suffix in {".csv", ".parquet"}
        else [row for row in published if row["coder"] == name]
    )
    coders = sorted({str(row["coder"]) for row in rows})
    if not rows:
        names = ", ".join(sorted({str(row["coder"]) for row in published}))
        raise PlainError(
            f"{name} coded nothing in the newest release; its coders are {names}; a file must be .csv or .parquet"
        )
    if len(coders) > 1:
        raise PlainError(f"{name} holds the codings of {', '.join(coders)}; keep those of one coder")
    found = [_coding(row) for row in rows if row["statement_id"] in known]
    if not found:
        raise PlainError(f"{name} codes no statement of the newest release; publish the texts that it is about")
    return found


def _file_rows(path: Path, language: Language) -> list[Mapping[str, Any]]:
    """Return the codings in a file: columns as in the table `codings`, or those of `decisions.csv`."""
    if path.suffix == ".parquet":
        try:
            frame = pd.read_parquet(path)
        except pa.ArrowException as error:
            raise PlainError(f"{path} is no Parquet file that can be read; write it anew, or as .csv") from error
        columns, rows = tuple(frame.columns), records(frame)
    else:
        try:
            table = read_table(path.read_bytes(), language, _NEEDED, {})
        except FileError as error:
            raise PlainError(f"{path} {error}") from error
        columns, rows = table.columns, [dict(row.cells) for row in table.rows if row.cells]
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise PlainError(f"{path} lacks the column {' and '.join(missing)}; it needs {', '.join(_NEEDED)}")
    return [
        {**row, "code": code.strip(), "rank": row.get("rank") or ("secondary" if number else "primary")}
        for row in rows
        for number, code in enumerate(str(row["code"]).split(";"))
        if code.strip() != ABSTAIN
    ]


def _coding(row: Mapping[str, Any]) -> Coding:
    try:
        confidence = float(row.get("confidence") or 1)
    except (TypeError, ValueError) as error:
        raise PlainError(
            f"the confidence of {row['statement_id']}, {row['dimension']} is '{row['confidence']}'; "
            "give a number, as 0.8"
        ) from error
    rank: Rank = "secondary" if row["rank"] == "secondary" else "primary"
    return Coding(
        row["statement_id"], row["dimension"], row["code"], row["coder"], rank, "explicit", confidence, None, None
    )


def _compared(
    a: Sequence[Coding], b: Sequence[Coding], book: Codebook, own: set[str], documents: Mapping[str, str]
) -> list[Compared]:
    rows = []
    for dimension in book.dimensions:
        mine, theirs = (
            [one for one in given if one.dimension == dimension.id and one.statement_id in own] for given in (a, b)
        )
        if unknown := sorted({one.code for one in (*mine, *theirs)} - set(dimension.code_ids)):
            raise PlainError(f"{unknown[0]} is no code of {dimension.id} in {book.id}; mend it where it is given")
        left, right = ({one.statement_id for one in given if one.rank == "primary"} for given in (mine, theirs))
        both = left & right
        measured = compare(*common(mine, theirs), book, documents) if both else []
        figures = {
            str(row["metric"]): (row["value"], row["low"], row["high"]) for row in measured if row["metric"] in METRICS
        }
        if left or right:
            rows.append(Compared(book.id, dimension.id, len(both), len(left - right), len(right - left), figures))  # type: ignore[arg-type]
    return rows
