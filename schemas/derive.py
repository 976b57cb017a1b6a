"""What other formats need to know of the published tables, derived from their pandera models.

What belongs here: Arrow schemas, Table Schema descriptors (Data Package 2 that version 1 clients read too) and rows of
the data dictionary, each computed from `schemas.tables` and the codebooks. What does not: any name, title, description,
key or constraint of a column; those stand in `schemas.tables` only. Nor how a release is written (`pipeline.release`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from schemas.tables import TABLES, DimensionLike, Labelled, foreign_keys, primary_key, table_schema

TABLE_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
MISSING = ("",)
PARQUET_MISSING = ("", "NaN", "nan")
"""Clients read Parquet by way of pandas, where a missing number has become one of these. Texts may well be `nan`."""


class CodedDimension(DimensionLike, Protocol):
    """A dimension with the labels of its codes."""

    @property
    def codes(self) -> Sequence[Labelled]:
        """The codes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of values, as each format calls it.

    Attributes:
        arrow: In Arrow and Parquet.
        table_schema: In Table Schema.
    """

    arrow: pa.DataType
    table_schema: str


KINDS: Mapping[str, Kind] = {
    "string": Kind(pa.string(), "string"),
    "Int64": Kind(pa.int64(), "integer"),
    "Float64": Kind(pa.float64(), "number"),
    "boolean": Kind(pa.bool_(), "boolean"),
}
"""The types that columns may have, by the name of their pandas type."""

PANDAS_TYPES: Mapping[pa.DataType, Any] = {
    pa.string(): pd.StringDtype("pyarrow"),
    pa.large_string(): pd.StringDtype("pyarrow"),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}
"""The pandas types that tables are read back with, by Arrow type."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, as every format needs it.

    Attributes:
        name: Its name.
        kind: Its type.
        title: English title.
        title_nl: Dutch title.
        description: English description.
        required: Whether every row has a value.
        unique: Whether no two rows share a value.
        enum: The values that it may have; empty when any.
        pattern: A regular expression that the whole value matches (without anchors), or None.
        minimum: Least number, or None.
        maximum: Greatest number, or None.
        min_length: Fewest characters, or None.
    """

    name: str
    kind: Kind
    title: str
    title_nl: str
    description: str
    required: bool
    unique: bool
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None


def table_title(name: str) -> tuple[str, str]:
    """Return a table's title in Dutch and in English."""
    config = TABLES[name].Config
    return str((config.metadata or {})["title_nl"]), str(config.title)


def table_description(name: str) -> str:
    """Return what one row of a table is: the first paragraph of its model's docstring, on one line."""
    return " ".join((TABLES[name].__doc__ or "").split("\n\n", maxsplit=1)[0].split())


def columns(name: str, dimensions: Iterable[DimensionLike] = ()) -> tuple[Column, ...]:
    """Return the columns of a table in their order.

    Args:
        name: A key of `schemas.tables.TABLES`.
        dimensions: The dimensions of all codebooks in use.
    """
    taken = (_Dimension(one.id, one.label_nl, one.label_en, tuple(one.code_ids)) for one in dimensions)
    return _columns(name, tuple(taken))


@dataclass(frozen=True, slots=True)
class _Dimension:
    """What columns depend on of a dimension, so that those made once can be found again."""

    id: str
    label_nl: str
    label_en: str
    code_ids: tuple[str, ...]


@lru_cache(maxsize=256)
def _columns(name: str, dimensions: tuple[_Dimension, ...]) -> tuple[Column, ...]:
    key = primary_key(name)
    schema = table_schema(name, dimensions)
    return tuple(_column(column, unique=key == (column.name,)) for column in schema.columns.values())


def arrow_schema(name: str, dimensions: Iterable[DimensionLike] = ()) -> pa.Schema:
    """Return the Arrow schema of a table: `string`, `int64`, `double` and `bool` fields, all of them nullable.

    Args:
        name: A key of `schemas.tables.TABLES`.
        dimensions: The dimensions of all codebooks in use.
    """
    return pa.schema([pa.field(column.name, column.kind.arrow) for column in columns(name, dimensions)])


def table_descriptor(
    name: str, dimensions: Iterable[CodedDimension] = (), *, parquet: bool = False
) -> dict[str, object]:
    """Return the Table Schema of a table as a JSON object.

    Args:
        name: A key of `schemas.tables.TABLES`.
        dimensions: The dimensions of all codebooks in use; they give enumerations and their labels.
        parquet: Whether a Parquet file is described, and not a CSV file.
    """
    taken = tuple(dimensions)
    labels = code_labels(name, taken)
    fields = [_field(column, labels.get(column.name, {}), parquet=parquet) for column in columns(name, taken)]
    descriptor: dict[str, object] = {
        "$schema": TABLE_SCHEMA_PROFILE,
        "fields": fields,
        "primaryKey": list(primary_key(name)),
    }
    keys = [_foreign_key(name, column, *target) for column, target in foreign_keys(name).items()]
    if keys:
        descriptor["foreignKeys"] = keys
    return {**descriptor, "missingValues": list(MISSING)}


def dictionary_rows(name: str, dimensions: Iterable[DimensionLike] = ()) -> list[dict[str, str]]:
    """Return the data dictionary's rows of a table: one a column, every value as text.

    Keys: `table`, `column`, `type`, `required`, `key`, `title_nl`, `title_en`, `description`, `values`.
    """
    key, references = primary_key(name), foreign_keys(name)
    return [
        {
            "table": name,
            "column": column.name,
            "type": column.kind.table_schema,
            "required": "yes" if column.required else "no",
            "key": _key_note(column.name, key, references),
            "title_nl": column.title_nl,
            "title_en": column.title,
            "description": column.description,
            "values": _values_note(column),
        }
        for column in columns(name, dimensions)
    ]


def _column(column: pandera.Column, *, unique: bool) -> Column:
    facts: dict[str, object] = {}
    for check in column.checks:
        facts |= check_facts(check)
    found = Column(
        name=str(column.name),
        kind=_kind(column.dtype.type),
        title=str(column.title),
        title_nl=str((column.metadata or {})["title_nl"]),
        description=str(column.description),
        required=not column.nullable,
        unique=unique,
    )
    return _with(found, facts)


def _with(column: Column, facts: Mapping[str, object]) -> Column:
    """Return the column with what its checks say."""
    values = {name: getattr(column, name) for name in Column.__dataclass_fields__}
    return Column(**{**values, **facts})


def check_facts(check: pandera.Check) -> dict[str, object]:
    """Return what a pandera check says, in the attributes of `Column`.

    Raises:
        ValueError: for a check that the other formats could not express; then nothing would tell readers of it.
    """
    statistics = dict(check.statistics or {})
    match check.name:
        case "isin":
            return {"enum": tuple(statistics["allowed_values"])}
        case "str_matches":
            return {"pattern": whole_pattern(str(statistics["pattern"]))}
        case "str_length" if statistics["max_value"] is None:
            return {"min_length": statistics["min_value"]}
        case "greater_than_or_equal_to":
            return {"minimum": statistics["min_value"]}
        case "less_than_or_equal_to":
            return {"maximum": statistics["max_value"]}
    raise ValueError(
        f"no format but pandera can express the check {check.name!r}; express it otherwise or extend derive.py"
    )


def whole_pattern(pattern: str) -> str:
    """Return a pattern for `re.match` as one for the whole value, without anchors (as XML Schema has them).

    Raises:
        ValueError: when it has alternatives, each of which would need anchors of its own.
    """
    if "|" in pattern:
        raise ValueError(f"pattern {pattern!r} has alternatives, which cannot be anchored portably; use an enumeration")
    body = pattern.removeprefix("^")
    return body.removesuffix("$") if body.endswith("$") else f"{body}.*"


def _kind(dtype: object) -> Kind:
    name = "string" if isinstance(dtype, pd.StringDtype) else str(dtype)
    return KINDS[name]


def code_labels(name: str, dimensions: Iterable[CodedDimension]) -> Mapping[str, Mapping[str, str]]:
    """Return the Dutch labels of the values of a table's columns; a code of two dimensions has both labels."""
    if name != "codings":
        return {}
    dimensions = tuple(dimensions)
    codes: dict[str, dict[str, None]] = {}
    for dimension in dimensions:
        for code in dimension.codes:
            codes.setdefault(code.id, {})[code.label_nl] = None
    return {
        "dimension": {dimension.id: dimension.label_nl for dimension in dimensions},
        "code": {code: " / ".join(labels) for code, labels in codes.items()},
    }


def _field(column: Column, labels: Mapping[str, str], *, parquet: bool) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind.table_schema,
        "title": column.title,
        "title_nl": column.title_nl,
        "description": column.description,
    }
    constraints = {
        "required": column.required or None,
        "unique": column.unique or None,
        "pattern": column.pattern,
        "enum": list(column.enum) or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "minLength": column.min_length,
    }
    given = {name: value for name, value in constraints.items() if value is not None}
    if column.enum:
        field["categories"] = [{"value": value, "label": labels.get(value, value)} for value in column.enum]
    if parquet and column.kind.table_schema != "string":
        field["missingValues"] = list(PARQUET_MISSING)
    return {**field, "constraints": given} if given else field


def _foreign_key(name: str, column: str, table: str, target: str) -> dict[str, object]:
    # An empty name is how Table Schema refers to the table itself; version 1 clients refuse its absence.
    return {"fields": [column], "reference": {"resource": "" if table == name else table, "fields": [target]}}


def _key_note(column: str, key: Sequence[str], references: Mapping[str, tuple[str, str]]) -> str:
    notes = ["primary"] if column in key else []
    if column in references:
        notes.append("to " + ".".join(references[column]))
    return ", ".join(notes)


def _values_note(column: Column) -> str:
    if column.enum:
        return ", ".join(column.enum)
    if column.pattern:
        return column.pattern
    low, high = column.minimum, column.maximum
    return "" if low is None else f"{low:g} to {high:g}" if high is not None else f"from {low:g}"
