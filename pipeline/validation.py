"""Whether tables hold what they promise, in words.

What belongs here: running the pandera models, and the rules that one table alone cannot hold: references between
tables, and conservation of text. What does not: the rules of a column (`schemas.tables`).
"""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd
import pandera.errors

from pipeline.batches import map_documents
from pipeline.privacy.gate import load_gate
from pipeline.stages.raw import read_same
from pipeline.text.coverage import faults
from pipeline.text.language import Language
from schemas.faults import in_words, some
from schemas.tables import DimensionLike, foreign_keys, table_schema

_TEXTS = 1000
"""Texts in a task: a text takes half a millisecond, and a task costs about one."""


def table_faults(name: str, frame: pd.DataFrame, dimensions: Iterable[DimensionLike] = ()) -> list[str]:
    """Return what is wrong with a table's columns, values and key; an empty list when nothing is."""
    try:
        table_schema(name, dimensions).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return in_words(error.failure_cases)
    return []


def reference_faults(name: str, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the foreign keys of a table that point nowhere.

    Args:
        name: The table.
        tables: It, and every table that it refers to.
    """
    found = []
    for column, (other, key) in foreign_keys(name).items():
        values = tables[name][column].dropna()
        missing = sorted(set(values) - set(tables[other][key]))
        if missing:
            found.append(f"{len(missing)} values of {column} are not in {other}.{key}: {some(missing)}")
    return found


def privacy_faults(tables: Mapping[str, pd.DataFrame], language: Language) -> list[str]:
    """Return what a source would publish that the privacy gate does not let through, without repeating any of it.

    Args:
        tables: `sections`, `statements`, `codings` and `recommendations`.
        language: The source's language.
    """
    statements = tables["statements"]
    withheld = statements[statements["privacy"] == "withheld"]
    shown = {
        **dict(zip(statements["statement_id"], statements["text"], strict=True)),
        **dict(zip(tables["sections"]["section_id"], tables["sections"]["title"], strict=True)),
    }
    texts = {key: text for key, text in shown.items() if isinstance(text, str)}
    clear = map_documents(partial(_is_clear, language.code), list(texts.values()), batch=_TEXTS)
    unclear = [key for key, passes in zip(texts, clear, strict=True) if not passes]
    found = [f"{len(unclear)} texts are not clear of personal details: {some(sorted(unclear))}"] if unclear else []
    if withheld["text"].notna().any():
        found.append(f"{withheld['text'].notna().sum()} withheld statements have a text")
    for name in ("codings", "recommendations"):
        known = sorted(set(tables[name]["statement_id"]) & set(withheld["statement_id"]))
        if known:
            found.append(f"{len(known)} withheld statements are in {name}: {some(known)}")
    own = set(statements["text"].dropna())
    others = [text for text in tables["recommendations"]["text"].dropna() if text not in own]
    return [*found, f"{len(others)} recommendations have a text that is no statement's"] if others else found


def _is_clear(language: str, text: str) -> bool:
    return load_gate(language).is_clear(text)


def coverage_faults(raw: Path, documents: pd.DataFrame, spans: pd.DataFrame) -> list[str]:
    """Return every byte that is in no span or in two, for all documents of a source."""
    ranges = {key: list(zip(part["start"], part["end"], strict=True)) for key, part in spans.groupby("document_id")}
    found = []
    for document_id, path, sha256 in documents[["document_id", "path", "sha256"]].itertuples(index=False):
        content = read_same(raw, path, sha256)
        found += [f"{path}: {fault}" for fault in faults(content, ranges.get(document_id, []))]
    return found
