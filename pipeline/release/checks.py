"""Whether a staged release holds what it promises, found by reading what was written.

What belongs here: every check between writing and showing. What does not: repairing anything.

Baseline: writing and not looking. What reading again finds and checksums cannot: rows that break their schema,
references that lead nowhere, a CSV that reads otherwise than its Parquet twin.
"""

import gc
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.compute as pc
from pandera.errors import SchemaErrors

from pipeline.coding.codebook import Dimension
from pipeline.release.files import DESCRIPTOR, read_csv, read_parquet
from pipeline.release.keys import AFTER, BEFORE, comparison
from pipeline.release.rows import content
from schemas.derive import PANDAS_TYPES, arrow_schema
from schemas.faults import in_words, some
from schemas.tables import foreign_keys, table_schema

if TYPE_CHECKING:
    import frictionless

FRICTIONLESS_ROWS = 100_000
"""Rows of a whole package up to which frictionless reads all of it; beyond, it reads the head of each CSV file, since
it takes minutes for a million rows and holds every key in memory. Our own checks always read everything."""

_HEAD = 1_000
_SHOWN = 10
_NEEDS_ALL_ROWS = ("byte-count", "hash-count")


def table_problems(root: Path, name: str, dimensions: Iterable[Dimension], given: str) -> list[str]:
    """Return what is wrong with a table's two files.

    Args:
        root: Folder of the release.
        name: Of the table.
        dimensions: The dimensions of all codebooks in use.
        given: The digest that its rows had when they were given, as `pipeline.release.rows.digest` makes it.
    """
    taken = tuple(dimensions)
    path, schema = root / "data" / f"{name}.parquet", arrow_schema(name, taken)
    problems = _against("Parquet", content(read_parquet(path)), given)
    rows = read_csv(path.with_suffix(".csv"), schema, _longest_row(path, schema))
    problems += _against("CSV", content(rows), given)
    problems += _schema_problems(path, table_schema(name, taken))
    problems += _reference_problems(root, name)
    pa.default_memory_pool().release_unused()  # Arrow keeps what it freed, and the next table needs other sizes
    return [f"table {name}: {problem}" for problem in problems]


def frictionless_problems(root: Path, rows: int) -> list[str]:
    """Return what frictionless says of the package.

    Args:
        root: Folder of the release.
        rows: Rows of all tables together.
    """
    import frictionless  # noqa: PLC0415  takes a second, which a run that publishes nothing should not pay

    whole = rows <= FRICTIONLESS_ROWS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that it reads Parquet with
        package = frictionless.Package(str(root / DESCRIPTOR))
        if not whole:
            _shorten(package)
        report = package.validate(limit_rows=None if whole else _HEAD)
    errors = [(("package", error)) for error in report.errors]
    errors += [(task.name, error) for task in report.tasks for error in task.errors]
    if not whole:
        # What only the whole of a file tells cannot be told of its head.
        errors = [(name, error) for name, error in errors if error.type not in _NEEDS_ALL_ROWS]
    return [f"frictionless, {name}: {error.message}" for name, error in errors]


def _shorten(package: "frictionless.Package") -> None:
    """Leave out what frictionless reads whole tables for, however few rows are asked for."""
    for resource in list(package.resources):
        if resource.format == "parquet":
            package.remove_resource(resource.name)
        else:
            resource.schema.foreign_keys = []  # every key would be held in memory; our own check of them is whole


def _longest_row(path: Path, schema: pa.Schema) -> int:
    """Return bytes that no row of the table exceeds in CSV: texts of nothing but quotes, numbers at their longest."""
    texts = [column.name for column in schema if pa.types.is_string(column.type)]
    longest = dict.fromkeys(texts, 0)
    for batch in read_parquet(path, texts):
        for name in texts:
            size = pc.max(pc.binary_length(batch.column(name))).as_py() or 0
            longest[name] = max(longest[name], size)
    return sum(2 * size + 3 for size in longest.values()) + 32 * len(schema)


def _against(form: str, found: str, given: str) -> list[str]:
    return [] if found == given else [f"its {form} file does not read back as the rows that were given"]


def _schema_problems(path: Path, schema: pandera.DataFrameSchema) -> list[str]:
    """Return how rows break the pandera schema, row group by row group, with the first such group only."""
    schema.unique = None  # keys are compared over the whole table, not within a row group
    for number, batch in enumerate(read_parquet(path)):
        if number:
            gc.collect()  # pandera leaves frames in reference cycles, too few of them to be collected by themselves
        try:
            schema.validate(_frame(batch), lazy=True)
        except SchemaErrors as error:
            return in_words(error.failure_cases)
    return []


def _frame(batch: pa.RecordBatch) -> pd.DataFrame:
    frame: pd.DataFrame = batch.to_pandas(types_mapper=PANDAS_TYPES.get)
    return frame


def _reference_problems(root: Path, name: str) -> list[str]:
    problems = []
    for column, (table, key) in foreign_keys(name).items():
        with comparison() as values:
            for side, one, of in ((BEFORE, table, key), (AFTER, name, column)):
                for batch in read_parquet(root / "data" / f"{one}.parquet", [of]):
                    values.add(side, pc.unique(pc.drop_null(batch.column(0))).to_pylist())
            missing = values.only(AFTER, _SHOWN)
        if missing.count:
            problems.append(f"{missing.count} values of {column} are not in {table}.{key}: {some(missing.keys)}")
    return problems
