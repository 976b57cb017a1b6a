"""`<dataset>.sqlite`: all tables in one file, with keys and full-text search.

What belongs here: the database, made of the Parquet files of the release. What does not: anything they do not hold.
"""

import sqlite3
from pathlib import Path

from pipeline.errors import PlainError
from pipeline.release.files import read_rows
from pipeline.release.model import Release, TableFacts
from pipeline.release.sqlite import written_once
from schemas.derive import Column, columns
from schemas.tables import foreign_keys, primary_key

SEARCHED = {"statements": "text", "recommendations": "text"}
"""Tables with a full-text index `<table>_fts`, and the column that it is of."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def write_database(release: Release, folder: Path, path: Path) -> None:
    """Write a release's database.

    Args:
        release: The release.
        folder: Where its Parquet files are.
        path: The file to be written; it must not be there yet.

    Raises:
        PlainError: when a row refers to one that is not there.
        OSError: when the disk refuses.
    """
    with written_once(path) as connection:
        for table in release.tables:
            described = columns(table.name, release.dimensions)
            connection.execute(_create(table.name, described))
            _insert(connection, table, described, folder)
        for table in release.tables:
            _index(connection, table.name)
        connection.execute("COMMIT")
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise PlainError(f"{path.name}: a row of {broken[0]} refers to a row of {broken[2]} that is not there")


def _create(name: str, described: tuple[Column, ...]) -> str:
    lines = [
        f"{_quoted(column.name)} {_TYPES[column.kind.table_schema]}{' NOT NULL' if column.required else ''}"
        for column in described
    ]
    lines.append(f"PRIMARY KEY ({', '.join(_quoted(column) for column in primary_key(name))})")
    lines += [
        f"FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(table)} ({_quoted(key)})"
        for column, (table, key) in foreign_keys(name).items()
    ]
    return f"CREATE TABLE {_quoted(name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _insert(connection: sqlite3.Connection, table: TableFacts, described: tuple[Column, ...], folder: Path) -> None:
    marks = ", ".join("?" * len(described))
    statement = f"INSERT INTO {_quoted(table.name)} VALUES ({marks})"  # noqa: S608  names are those of our own schema
    connection.executemany(statement, read_rows(folder / table.parquet.path))


def _index(connection: sqlite3.Connection, name: str) -> None:
    """Index the columns that refer to other tables, and the texts that people search."""
    own = primary_key(name)[:1]
    for column in foreign_keys(name):
        if (column,) != own:
            connection.execute(f"CREATE INDEX {_quoted(f'{name}_{column}')} ON {_quoted(name)} ({_quoted(column)})")
    if name in SEARCHED:
        search, text = _quoted(f"{name}_fts"), _quoted(SEARCHED[name])
        connection.execute(
            f"CREATE VIRTUAL TABLE {search} USING fts5({text}, content={_quoted(name)}, tokenize='unicode61')"
        )
        connection.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")  # noqa: S608


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
