"""Stage 4, for people: recommendations spread out, with a column per dimension and its labels.

What belongs here: rows of the published table `recommendations`. What does not: giving codes (`pipeline.stages.code`).
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.coding.codebook import Codebook
from pipeline.stages.codebooks import codebook
from pipeline.stages.frames import records
from pipeline.titles import section_name, told_apart
from schemas.tables import table_schema

TYPE = "statement_type"
RECOMMENDED = frozenset({"measure", "outcome"})
"""Statement types that make a statement a recommendation (codebook `base`, dimension `statement_type`)."""


def recommendations(
    sources: pd.DataFrame,
    raw_documents: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    settled_codes: pd.DataFrame,
) -> pd.DataFrame:
    """Return the wide table for people: a row per statement whose type is measure or outcome, in reading order."""
    if sources.empty:
        return wide_frame([], ())
    source = records(sources)[0]
    book = codebook(source["codebook"])
    documents = _document_names(records(raw_documents))
    headings = {row["section_id"]: section_name(row) for row in records(sections)}
    given: dict[str, dict[str, list[str]]] = {}
    for row in records(settled_codes):
        given.setdefault(row["statement_id"], {}).setdefault(row["dimension"], []).append(row["code"])
    rows = []
    for row in records(statements):
        codes = given.get(row["statement_id"], {})
        if RECOMMENDED.isdisjoint(codes.get(TYPE, ())):
            continue
        place = {
            "statement_id": row["statement_id"],
            "text": row["text"],
            "source": source["title"],
            "document": documents[row["document_id"]],
            "section": headings.get(row["section_id"]),
        }
        rows.append(place | _spread(codes, book))
    return wide_frame(rows, (book,))


def _document_names(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Return what documents of a source are called for people, each otherwise, by their identifiers."""
    files = {row["document_id"]: Path(row["path"]).name for row in rows}
    shown = told_apart({files[row["document_id"]]: row["title"] or files[row["document_id"]] for row in rows})
    return {document: shown[name] for document, name in files.items()}


def wide_frame(rows: Iterable[Mapping[str, Any]], books: Iterable[Codebook]) -> pd.DataFrame:
    """Return recommendations as a frame with the columns that these codebooks bring."""
    dimensions = [dimension for book in books for dimension in book.dimensions]
    columns = table_schema("recommendations", dimensions).columns
    taken = list(rows)
    return pd.DataFrame(
        {name: pd.array([row.get(name) for row in taken], dtype=column.dtype.type) for name, column in columns.items()}
    )


def _spread(codes: Mapping[str, list[str]], book: Codebook) -> dict[str, str]:
    """Return the columns of a statement's codes and of their labels."""
    spread = {}
    for dimension in book.dimensions:
        given = codes.get(dimension.id)
        if given:
            known = [dimension.by_id[code] for code in given]
            spread[dimension.id] = ";".join(given)
            spread[f"{dimension.id}_label_nl"] = ";".join(entry.label_nl for entry in known)
            spread[f"{dimension.id}_label_en"] = ";".join(entry.label_en for entry in known)
    return spread
