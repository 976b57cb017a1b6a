"""Files that are written once, whole and the same everywhere.

What belongs here: Parquet and CSV from record batches, JSON, checksums, and making sure that bytes are on disk. What
does not: where files go and when they are shown to readers (`pipeline.release.store`).
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

CHECKSUMS, DESCRIPTOR = "SHA256SUMS", "datapackage.json"
CSV_TYPE, PARQUET_TYPE = "text/csv", "application/vnd.apache.parquet"
"""Media types of the files of tables."""

_BLOCK = 1 << 20
"""Bytes of CSV read at a time, at least."""

_PYTHON_ROWS = 4_096

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a release says of a file of a table.

    Attributes:
        path: Below the release's folder, with forward slashes.
        size: In bytes.
        sha256: In hexadecimal.
    """

    path: str
    size: int
    sha256: str

    @property
    def form(self) -> str:
        """`csv` or `parquet`, by what its name ends with."""
        return self.path.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """The media type of its form."""
        return {"csv": CSV_TYPE, "parquet": PARQUET_TYPE}[self.form]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def facts(root: Path, path: str) -> FileFacts:
    """Return size and checksum of the file at a path below a folder."""
    file = root / path
    return FileFacts(path, file.stat().st_size, sha256(file))


def write_table(
    root: Path, name: str, rows: Iterable[pa.RecordBatch], schema: pa.Schema, metadata: Mapping[str, str]
) -> None:
    """Write a table as `data/<name>.parquet` and `data/<name>.csv` in one pass, a row group at a time.

    Parquet is SNAPPY, which every reader has, without nested columns and without Arrow's own schema, which would hold
    the same thing twice. CSV is UTF-8 without byte order mark; texts are quoted, missing values are empty.

    Args:
        root: Folder of the release.
        name: Of the table.
        rows: Its rows, in batches of the size of a row group.
        schema: Its Arrow schema.
        metadata: Key-value metadata for the Parquet file.
    """
    folder = root / "data"
    folder.mkdir(exist_ok=True)
    with (
        pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="snappy", store_schema=False) as parquet,
        csv.CSVWriter(folder / f"{name}.csv", schema) as text,
    ):
        for batch in rows:
            parquet.write_batch(batch, row_group_size=max(batch.num_rows, 1))
            text.write_batch(batch)
        parquet.add_key_value_metadata(dict(metadata))


def read_parquet(path: Path, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the row groups of a Parquet file, with the columns asked for, in that order."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=columns).combine_chunks()
            yield from table.select(columns).to_batches() if columns is not None else table.to_batches()


def table_rows(release: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table in the folder of a release, missing values as None."""
    return [row for batch in read_parquet(release / "data" / f"{table}.parquet") for row in batch.to_pylist()]


def read_rows(path: Path) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a Parquet file as Python values, few at a time: they take ten times the memory of Arrow's."""
    for group in read_parquet(path):
        for begin in range(0, group.num_rows, _PYTHON_ROWS):
            part = group.slice(begin, _PYTHON_ROWS)
            yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def read_csv(path: Path, schema: pa.Schema, longest: int | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a CSV file in the types of a schema, unquoted empty cells as missing values.

    Args:
        path: The file.
        schema: Its columns and types.
        longest: Bytes that no row exceeds; the less, the less memory is used. The whole file when None.
    """
    convert = csv.ConvertOptions(
        column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    size = path.stat().st_size + 1
    # A block must hold the longest row, and the reader works on many blocks at a time.
    read = csv.ReadOptions(block_size=size if longest is None else min(size, max(2 * longest, _BLOCK)))
    with csv.open_csv(
        path, read_options=read, convert_options=convert, parse_options=csv.ParseOptions(newlines_in_values=True)
    ) as reader:
        yield from reader


def json_bytes(content: object) -> bytes:
    """Return a value as JSON, the same on every machine: two spaces, UTF-8, one line break at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def non_empty(properties: Mapping[str, _Value | None]) -> dict[str, _Value]:
    """Return the properties that have a value: formats want one that is not known left out, not empty.

    >>> non_empty({"title": "Oproep", "issued": None, "documents": []})
    {'title': 'Oproep'}
    """
    return {key: value for key, value in properties.items() if value}


def flush(path: Path) -> None:
    """Make sure that a file's bytes, or a folder's entries, are on disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        if path.is_dir():  # Windows cannot open folders, and needs no such care
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def listed_files(root: Path) -> list[str]:
    """Return the paths of all files below a folder, sorted, with forward slashes."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def write_checksums(root: Path) -> None:
    """Write `SHA256SUMS` over all other files of a folder, as `sha256sum -c` reads it."""
    lines = [f"{sha256(root / path)}  {path}\n" for path in listed_files(root) if path != CHECKSUMS]
    (root / CHECKSUMS).write_bytes("".join(lines).encode())


def read_checksums(root: Path) -> dict[str, str]:
    """Return the checksums that a folder's `SHA256SUMS` lists, by path."""
    return checksums((root / CHECKSUMS).read_bytes())


def checksums(content: bytes) -> dict[str, str]:
    """Return the checksums that a `SHA256SUMS` lists, by path."""
    lines = content.decode("utf-8", errors="replace").splitlines()
    pairs = (line.partition("  ") for line in lines if line)
    return {path: digest for digest, _, path in pairs}
