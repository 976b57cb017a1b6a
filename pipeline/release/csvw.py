"""`csv-metadata.json`: CSV on the Web.

What belongs here: the CSV files as CSVW tables. What does not: Parquet, which CSVW does not know.
"""

from collections.abc import Iterable

from pipeline.release.description import Words
from pipeline.release.files import json_bytes, non_empty
from pipeline.release.model import Release, TableFacts
from pipeline.release.origins import Document, Source
from pipeline.release.rights import Terms, rights, terms
from pipeline.release.schemaorg import in_languages
from schemas.derive import Column, columns
from schemas.tables import foreign_keys, primary_key

_TYPES = {"string": "string", "integer": "integer", "number": "double", "boolean": "boolean"}


def csvw_json(release: Release) -> bytes:
    """Return the CSV files of a release as a CSVW table group."""
    dataset = release.dataset
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": in_languages(dataset.title),
        "dc:description": in_languages(dataset.description),
        "dc:license": _licences(rights(release).all),
        "dc:rights": in_languages(rights(release).statement()),
        "dc:source": [_source(one) for one in release.sources],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\n"], "quoteChar": '"'},
        "tables": [_table(release, table) for table in release.tables],
    }
    return json_bytes(described)


def _source(one: Source) -> dict[str, object]:
    """Return a source in terms of Dublin Core."""
    found = {**_origin(one.title, one), "dc:publisher": one.publisher, "dc:license": _licences([terms(one.licence)])}
    parts = [_origin(part.name, part) for part in one.documents]
    return {**found, "dc:hasPart": parts} if parts else found


def _origin(title: str, one: Source | Document) -> dict[str, object]:
    return non_empty(
        {
            "dc:title": title,
            "dc:issued": one.issued,
            "dc:identifier": one.homepage,
            "dc:description": one.description,
        }
    )


def _table(release: Release, table: TableFacts) -> dict[str, object]:
    schema: dict[str, object] = {
        "columns": [_column(column) for column in columns(table.name, release.dimensions)],
        "primaryKey": list(primary_key(table.name)),
    }
    licences = _licences(rights(release).of(table.name))
    keys = _foreign_keys(release, table.name)
    if keys:
        schema["foreignKeys"] = keys
    title = in_languages(table.title)
    return {"url": table.csv.path, "dc:title": title, "dc:license": licences, "tableSchema": schema}


def _licences(given: Iterable[Terms]) -> list[dict[str, str]]:
    return [{"@id": one.page} for one in given]


def _foreign_keys(release: Release, name: str) -> list[dict[str, object]]:
    """Return the foreign keys of columns that always have a value; CSVW has no empty references."""
    paths = {table.name: table.csv.path for table in release.tables}
    required = {column.name for column in columns(name, release.dimensions) if column.required}
    return [
        {"columnReference": column, "reference": {"resource": paths[table], "columnReference": key}}
        for column, (table, key) in foreign_keys(name).items()
        if column in required
    ]


def _column(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        # The title is what the header says; the column's own title is metadata.
        "titles": column.name,
        "dc:title": in_languages(Words(nl=column.title_nl, en=column.title)),
        "dc:description": column.description,
        "datatype": _datatype(column),
        "null": "",
        "required": column.required,
    }


def _datatype(column: Column) -> object:
    facts: dict[str, object] = {
        "format": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "minLength": column.min_length,
    }
    given = {name: value for name, value in facts.items() if value is not None}
    base = _TYPES[column.kind.table_schema]
    return {"base": base, **given} if given else base
