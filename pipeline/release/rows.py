"""Rows as streams: one shape whatever the batches were, and digests by which releases are compared.

What belongs here: normalising, re-batching and hashing record batches. What does not: files (`pipeline.release.files`),
comparing digests (`pipeline.release.keys`) and what a difference means (`pipeline.release.versions`).

Digests are made of values, not of library encodings, so that an upgrade of a library is no change of the data. Memory
does not grow with a table.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import PlainError
from pipeline.release.keys import AFTER, comparison

TableInput = Callable[[], Iterable[pa.RecordBatch]]
"""Rows of a table in their final order; each call begins anew."""

ROWS_PER_GROUP = 65_536
"""Rows in memory at a time. Part of the files' bytes: Parquet row groups have this size."""

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Digest:
    """What is needed of a table to know whether it changed.

    Attributes:
        count: Number of rows.
        content: SHA-256 over all rows in their order, in hexadecimal.
        repeated: Number of rows that have the primary key of another one before them.
    """

    count: int
    content: str
    repeated: int


def batches(name: str, table: TableInput, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table in batches of `ROWS_PER_GROUP`, empty texts as missing.

    Args:
        name: Of the table, for messages.
        table: Its rows.
        schema: The Arrow schema that they must have.

    Raises:
        PlainError: when a batch has other columns or types, or holds a number that no CSV can hold.
    """
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in table():
        held.append(_normal(name, batch, schema))
        count += batch.num_rows
        if count >= ROWS_PER_GROUP:
            merged = pa.Table.from_batches(held, schema).combine_chunks()
            full = count - count % ROWS_PER_GROUP
            yield from merged.slice(0, full).to_batches(max_chunksize=ROWS_PER_GROUP)
            held, count = merged.slice(full).to_batches(), count - full
    if count:
        yield from pa.Table.from_batches(held, schema).combine_chunks().to_batches(max_chunksize=ROWS_PER_GROUP)


def digest(rows: Iterable[pa.RecordBatch], key: Sequence[str]) -> Digest:
    """Return the digest over a table's rows, and how many of them repeat the primary key of another.

    Args:
        rows: The rows.
        key: Columns of the primary key.
    """
    whole = hashlib.sha256()
    with comparison() as keys:
        for batch in rows:
            _add_lines(whole, batch)
            keys.add(AFTER, row_digests(batch, key))
        return Digest(keys.count(AFTER), whole.hexdigest(), keys.repeated())


def content(rows: Iterable[pa.RecordBatch]) -> str:
    """Return the digest over all rows, as `digest` does, and nothing else."""
    whole = hashlib.sha256()
    for batch in rows:
        _add_lines(whole, batch)
    return whole.hexdigest()


def row_digests(batch: pa.RecordBatch, columns: Sequence[str]) -> Iterator[bytes]:
    """Yield the digest of some columns of each row of a batch: 16 bytes."""
    return (hashlib.blake2b(line, digest_size=_DIGEST).digest() for line in _lines(batch, columns))


def _add_lines(whole: "hashlib._Hash", batch: pa.RecordBatch) -> None:
    for line in _lines(batch, batch.schema.names):
        whole.update(line + b"\n")


def _lines(batch: pa.RecordBatch, columns: Sequence[str]) -> Iterator[bytes]:
    """Yield each row as one line of JSON: the same on every platform and version."""
    values = [batch.column(name).to_pylist() for name in columns]
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    rows = zip(*values, strict=True) if values else iter([()] * batch.num_rows)
    return (encode(row).encode() for row in rows)


def _normal(name: str, batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    if not batch.schema.equals(schema, check_metadata=False):
        raise PlainError(
            f"table {name}: columns are {_shape(batch.schema)}, but must be {_shape(schema)}; "
            "mend the stage that makes them, or schemas/tables.py"
        )
    arrays = [_normal_column(name, field, array) for field, array in zip(schema, batch.columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _normal_column(name: str, column: pa.Field, array: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        # CSV cannot tell an empty text from a missing one, so no table holds both.
        return pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.string()), array)
    if pa.types.is_floating(column.type) and not pc.all(pc.is_finite(array), min_count=0).as_py():
        raise PlainError(f"table {name}, column {column.name}: a number is infinite or not a number; leave it empty")
    return array


def _shape(schema: pa.Schema) -> str:
    return ", ".join(f"{column.name} {column.type}" for column in schema)
