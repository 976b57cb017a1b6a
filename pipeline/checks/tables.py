"""Asset checks of tables.

What belongs here: one check per published table and kind of promise, made from the pandera models. What does not: the
promises themselves (`schemas.tables`) and how they are tested (`pipeline.validation`).
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import dagster as dg
import pandas as pd

from pipeline.acceptance import CODED, JUDGED, dimensions, source_privacy_faults
from pipeline.coding.codebook import Dimension
from pipeline.resources.folders import Folders
from pipeline.storage import PUBLISHED_BY_SOURCE, read_frame, table_path
from pipeline.validation import coverage_faults, reference_faults, table_faults
from schemas.tables import foreign_keys


def table_checks() -> Iterator[dg.AssetChecksDefinition]:
    """Yield every blocking check of the tables of a source."""
    for table in PUBLISHED_BY_SOURCE:
        yield _schema_check(table)
        if foreign_keys(table):
            yield _reference_check(table)
    yield coverage_check
    yield privacy_check


def _schema_check(table: str) -> dg.AssetChecksDefinition:
    others = ["sources"] if table in CODED else []

    @dg.asset_check(
        asset=table,
        name="schema",
        blocking=True,
        description=f"Columns, types, values and key of `{table}` are as its pandera model says.",
        additional_deps=others,
    )
    def check(context: dg.AssetCheckExecutionContext, folders: Folders) -> dg.AssetCheckResult:
        frames = _frames(context, folders, [table, *others])
        return _result(context, table_faults(table, frames[table], _dimensions(frames)), len(frames[table]))

    return check


def _reference_check(table: str) -> dg.AssetChecksDefinition:
    others = sorted({other for other, _ in foreign_keys(table).values()} - {table})

    @dg.asset_check(
        asset=table,
        name="references",
        blocking=True,
        description=f"Every foreign key of `{table}` points at a row that is there.",
        additional_deps=others,
    )
    def check(context: dg.AssetCheckExecutionContext, folders: Folders) -> dg.AssetCheckResult:
        frames = _frames(context, folders, [table, *others])
        return _result(context, reference_faults(table, frames), len(frames[table]))

    return check


@dg.asset_check(
    asset="spans",
    name="coverage",
    blocking=True,
    description="Every non-space byte of every raw file is in exactly one span.",
    additional_deps=["documents"],
)
def coverage_check(context: dg.AssetCheckExecutionContext, folders: Folders) -> dg.AssetCheckResult:
    """Read the raw files once more and look for bytes that are in no span or in two."""
    frames = _frames(context, folders, ["spans", "documents"])
    faults = coverage_faults(folders.settings.raw, frames["documents"], frames["spans"])
    return _result(context, faults, int(frames["documents"]["bytes"].sum()))


@dg.asset_check(
    asset="recommendations",
    name="privacy",
    blocking=True,
    description="No published text fails the privacy gate, and withheld statements have neither text nor codes.",
    additional_deps=["sources", "sections", "statements", "codings"],
)
def privacy_check(context: dg.AssetCheckExecutionContext, folders: Folders) -> dg.AssetCheckResult:
    """Ask the gate of every text as it would be published."""
    files = _files(context, folders, JUDGED)
    return _result(context, source_privacy_faults(files), len(read_frame(files["statements"])))


def _files(context: dg.AssetCheckExecutionContext, folders: Folders, tables: Sequence[str]) -> Mapping[str, Path]:
    return {name: table_path(folders.settings.work, name, context.partition_key) for name in tables}


def _frames(
    context: dg.AssetCheckExecutionContext, folders: Folders, tables: Sequence[str]
) -> Mapping[str, pd.DataFrame]:
    return {name: read_frame(path) for name, path in _files(context, folders, tables).items()}


def _dimensions(frames: Mapping[str, pd.DataFrame]) -> list[Dimension]:
    return dimensions(frames["sources"]) if "sources" in frames else []


def _result(context: dg.AssetCheckExecutionContext, faults: list[str], looked_at: int) -> dg.AssetCheckResult:
    if faults:
        context.log.error("%s: %s", context.partition_key, "; ".join(faults))
    return dg.AssetCheckResult(
        passed=not faults,
        description="; ".join(faults) or None,
        metadata={"looked_at": looked_at, "faults": dg.MetadataValue.json(faults)},
    )
