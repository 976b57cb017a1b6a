"""What all assets share: partitions, owners, types, retries, and what a person sees of a table.

What belongs here: Dagster vocabulary used by more than one stage. What does not: anything that computes a table.
"""

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg
import pandas as pd
from dagster_pandera import pandera_schema_to_dagster_type

from pipeline.fingerprint import code_fingerprint
from pipeline.issues import Issue, folded
from pipeline.stages.frames import WORKING_TABLES, records
from schemas.tables import TABLES, table_schema

SOURCES = dg.DynamicPartitionsDefinition(name="source")
"""A partition is a folder under `raw/`."""

OWNERS = ["team:bloemlezing"]
RETRY = dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL)
"""A full disk or a file that is just being copied may be over in seconds."""

_SHOWN_ROWS = 5
_SHOWN_LINES = 40
_BAR = 30


def table_out(table: str, group: str, kinds: set[str] | None = None) -> dg.AssetOut:
    """Return the output of a multi-asset that is a table: described, typed and documented by its pandera model."""
    published = table in TABLES
    return dg.AssetOut(
        description=_description(table),
        group_name=group,
        owners=OWNERS,
        kinds=kinds or {"pandas", "parquet"},
        code_version=code_version(),
        dagster_type=table_type(table) if published else pd.DataFrame,
        tags=_tags(published=published),
    )


def single_asset(
    name: str,
    group: str,
    kinds: set[str],
    deps: Sequence[str] = (),
    partitions: dg.PartitionsDefinition[str] | None = None,
) -> Callable[[Callable[..., object]], dg.AssetsDefinition]:
    """Return the decorator of an asset that is not part of a multi-asset; published tables are typed as well."""
    published = name in TABLES
    decorator: Callable[[Callable[..., object]], dg.AssetsDefinition] = dg.asset(
        name=name,
        group_name=group,
        owners=OWNERS,
        kinds=kinds,
        code_version=code_version(),
        retry_policy=RETRY,
        deps=deps,
        partitions_def=partitions,
        dagster_type=table_type(name) if published else None,
        tags=_tags(published=published),
    )
    return decorator


def _tags(*, published: bool) -> dict[str, str]:
    return {"bloemlezing/published": str(published).lower()}


_ISSUES_SO_FAR = {
    "ingest_issues": "What is wrong with the source or its files, found when they came in.",
    "clean_issues": "The same, with documents on which the program failed, and pages read in an uncertain order.",
    "segment_issues": "The same, with what was found in the texts.",
}
"""The issues as a stage hands them to the next one; the last has the table's own name."""


def _description(table: str) -> str:
    if table in TABLES:
        return (TABLES[table].__doc__ or "").strip()
    return _ISSUES_SO_FAR.get(table) or WORKING_TABLES[table].row


def table_type(table: str) -> dg.DagsterType:
    """Return a Dagster type that shows a published table's columns; values are judged by the asset checks."""
    with warnings.catch_warnings():
        # The function is marked beta; the types it makes are only shown, so a change of it cannot spoil data.
        warnings.simplefilter("ignore", dg.BetaWarning)
        typed: dg.DagsterType = pandera_schema_to_dagster_type(table_schema(table))
    return dg.DagsterType(
        type_check_fn=lambda _, value: isinstance(value, pd.DataFrame),
        name=f"{table}_frame",
        description=typed.description,
        metadata=typed.metadata,
        typing_type=pd.DataFrame,
    )


def code_version() -> str:
    """Return the version of the code and data that tables depend on."""
    return code_fingerprint()[:12]


def described(frame: pd.DataFrame, chart: str | None = None) -> dict[str, Any]:
    """Return what a person would look at: the number of rows, a preview, and a bar chart of one column's values."""
    metadata: dict[str, Any] = {
        "dagster/row_count": len(frame),
        "preview": dg.MetadataValue.md(_table(frame.head(_SHOWN_ROWS))),
    }
    if chart:
        metadata[f"by {chart}"] = dg.MetadataValue.md(_bars(frame[chart].tolist()))
    return metadata


def log_issues(issues: pd.DataFrame) -> None:
    """Say in the log of a run what is wrong with its inputs."""
    log = dg.get_dagster_logger()
    lines = [line for _, line in folded(Issue(**row) for row in records(issues))]
    for line in lines[:_SHOWN_LINES]:
        log.warning(line)
    if len(lines) > _SHOWN_LINES or len(lines) < len(issues):
        log.warning("all %s are in the table of issues", len(issues))


def _table(frame: pd.DataFrame) -> str:
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + " --- |" * len(frame.columns)]
    lines += ["| " + " | ".join(map(_cell, row.values())) + " |" for row in records(frame)]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def _bars(values: list[object]) -> str:
    counts = Counter(map(str, values)).most_common()
    top = counts[0][1] if counts else 1
    rows = [f"| {name} | {count} | {'█' * max(1, round(_BAR * count / top))} |" for name, count in counts]
    return "\n".join(["| value | count | |", "| --- | ---: | --- |", *rows])
