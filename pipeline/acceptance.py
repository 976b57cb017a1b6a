"""Whether a source's tables may be published: all that they promise, judged over their files.

What belongs here: which rules are asked of which tables. What does not: the rules (`pipeline.validation`), Dagster,
whose checks ask the same rules one by one, and moving files (`pipeline.storage`).
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from pipeline.coding.codebook import Dimension
from pipeline.stages.codebooks import codebook
from pipeline.storage import PUBLISHED_BY_SOURCE, read_frame
from pipeline.text.language import load_language
from pipeline.validation import coverage_faults, privacy_faults, reference_faults, table_faults

CODED = frozenset({"codings", "recommendations"})
"""Tables whose schema depends on the codebook of the source."""

JUDGED = ("sources", "sections", "statements", "codings", "recommendations")
"""Tables that the privacy gate looks at."""


def source_faults(raw: Path, files: Mapping[str, Path]) -> list[str]:
    """Return what is wrong with a source's tables; an empty list when they may be published.

    Args:
        raw: The folder of all sources.
        files: Parquet file of every table in `PUBLISHED_BY_SOURCE`.
    """
    tables = _read(files, PUBLISHED_BY_SOURCE)
    asked = dimensions(tables["sources"])
    found = _of_each(tables, lambda name: table_faults(name, tables[name], asked if name in CODED else ()))
    if found:
        return found  # the other rules take columns and types for granted
    found = _of_each(tables, lambda name: reference_faults(name, tables))
    found += coverage_faults(raw, tables["documents"], tables["spans"])
    return found + _privacy_faults(tables)


def source_privacy_faults(files: Mapping[str, Path]) -> list[str]:
    """Return what a source would publish that the privacy gate of its language does not let through.

    Args:
        files: Parquet files of the tables that the gate looks at, and perhaps of others.
    """
    return _privacy_faults(_read(files, JUDGED))


def _privacy_faults(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    languages = map(load_language, tables["sources"]["language"])
    return [fault for language in languages for fault in privacy_faults(tables, language)]


def _read(files: Mapping[str, Path], names: Iterable[str]) -> dict[str, pd.DataFrame]:
    return {name: read_frame(files[name]) for name in names}


def dimensions(sources: pd.DataFrame) -> list[Dimension]:
    """Return the dimensions of a source's codebook."""
    return [dimension for name in sources["codebook"] for dimension in codebook(name).dimensions]


def _of_each(tables: Iterable[str], faults: Callable[[str], list[str]]) -> list[str]:
    return [f"table {name}: {fault}" for name in tables for fault in faults(name)]
