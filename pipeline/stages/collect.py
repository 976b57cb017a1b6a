"""Stage 5: all accepted sources together, as the streams of rows that a release is written from.

What belongs here: the order of sources in a release, columns that only some sources have, the tables that belong to no
source (`codes`), and what only all sources together show to be wrong. What does not: comparing coders (`reliability`),
writing a release (`pipeline.release`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.coding.codebook import Codebook
from pipeline.issues import Issue
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.origins import Background
from pipeline.release.rows import TableInput
from pipeline.retractions import reasons
from pipeline.settings import Settings
from pipeline.sources import source_names, stray_files
from pipeline.stages.codebooks import codebook
from pipeline.stages.frames import frame, records
from pipeline.storage import PUBLISHED_BY_SOURCE, Accepted, accepted, read_frame, table_path
from pipeline.titles import told_apart
from schemas.derive import arrow_schema

_WIDE = "recommendations"

WHOLE = ("codes", "reliability")
"""Published tables that belong to no source."""


def accepted_sets(settings: Settings) -> tuple[Accepted, ...]:
    """Return the accepted sets of all sources that are there, in the order of their identifiers."""
    found = (accepted(settings.accepted, name) for name in source_names(settings.raw))
    return tuple(one for one in found if one is not None)


def codebooks_in_use(sets: Sequence[Accepted], before: Sequence[str] = ()) -> tuple[Codebook, ...]:
    """Return the codebooks that these sources' documents are coded with, in the order in which they bring columns.

    Those of the release before come first and as they stood, so that another codebook appends columns and moves none.
    Of those that are new, one that extends another goes before it: its `order` holds the other's dimensions too.

    Args:
        sets: The accepted sets. One without a document that could be read has nothing to code; while no set has any,
            all of them count, so that a release has codes.
        before: Identifiers of the codebooks of the release before, in its order.
    """
    coding = [one for one in sets if one.read_documents]
    names = {name for one in coding or sets for name in read_frame(one.table("sources"))["codebook"]}
    places = {name: place for place, name in enumerate(before)}

    def place(book: Codebook) -> tuple[int, int, str]:
        return places.get(book.id, len(places)), -len(book.lineage), book.id

    return tuple(sorted(map(codebook, names), key=place))


def codes(books: Iterable[Codebook]) -> pd.DataFrame:
    """Return the published table `codes`, in the order of the codebooks' identifiers."""
    return frame("codes", [row for book in sorted(books, key=lambda book: book.id) for row in book.rows()])


def release_inputs(settings: Settings, sets: Sequence[Accepted], before: Sequence[str]) -> ReleaseInputs:
    """Return what the next release is made from: accepted sets, and the tables that belong to no source.

    Args:
        settings: Where they are.
        sets: The accepted sets.
        before: Identifiers of the codebooks of the release before, in its order.
    """
    books = codebooks_in_use(sets, before)
    return ReleaseInputs(
        collect(sets, books, {name: table_path(settings.work, name, None) for name in WHOLE}),
        books,
        all_issues(settings, sets),
        retractions=reasons(settings.raw / one.source_id for one in sets),
        background=background(sets),
    )


def collect(sets: Sequence[Accepted], books: Sequence[Codebook], whole: Mapping[str, Path]) -> Mapping[str, TableInput]:
    """Return every published table as a stream of record batches in the release's types, that can be read again.

    Args:
        sets: The accepted sets.
        books: The codebooks in use; they add columns to `recommendations`.
        whole: Parquet files of the tables that belong to no source.
    """
    files = {name: [one.table(name) for one in sets] for name in PUBLISHED_BY_SOURCE}
    files |= {name: [path] for name, path in whole.items()}
    dimensions = [dimension for book in books for dimension in book.dimensions]
    tables = {name: partial(_batches, paths, arrow_schema(name, dimensions)) for name, paths in files.items()}
    named = {one.table(_WIDE): title for one, title in zip(sets, _titles(sets), strict=True)}
    return tables | {_WIDE: partial(_named_batches, named, arrow_schema(_WIDE, dimensions))}


def _titles(sets: Sequence[Accepted]) -> Iterable[str]:
    """Return the titles of sources, each with its identifier where another has the same."""
    rows = [row for one in sets for row in records(read_frame(one.table("sources")))]
    titles = told_apart({row["source_id"]: row["title"] for row in rows})
    return [titles.get(one.source_id, "") for one in sets]


def background(sets: Sequence[Accepted]) -> Background:
    """Return what is known of the rows of all sources that no published table has a column for.

    A set that was accepted before there were such tables says nothing of it.
    """

    def rows(name: str) -> tuple[Mapping[str, Any], ...]:
        files = [one.table(name) for one in sets]
        return tuple(row for path in files if path.is_file() for row in records(read_frame(path)))

    return Background(rows("descriptions"), rows("programs"))


def all_issues(settings: Settings, sets: Sequence[Accepted]) -> list[Mapping[str, Any]]:
    """Return every reported issue as a row: those of files outside any source, of each source, of all together."""
    stray = [dict(issue.row()) for issue in stray_files(settings.raw)]
    own = [row for one in sets for row in records(read_frame(one.table("issues")))]
    return [*stray, *own, *(dict(issue.row()) for issue in _duplicates(sets))]


def _duplicates(sets: Sequence[Accepted]) -> Iterator[Issue]:
    """Yield a warning for every document that came in before with the same bytes, in whatever source.

    Both stay: which of them should go nobody but people can tell. What cannot be read has no statements to count twice.
    """
    first: dict[str, str] = {}
    for one in sets:
        for row in records(read_frame(one.table("documents"))):
            path, sha256 = row["path"], row["sha256"]
            if row["encoding"] is None or first.setdefault(sha256, path) == path:
                continue
            message = (
                f"holds the same bytes as {first[sha256]}, so the dataset holds each of its statements twice; "
                "remove one of the two files, or leave both when that is meant"
            )
            yield Issue(row["source_id"], path, None, "warning", "duplicate_document", message, row["document_id"])


def _batches(paths: Sequence[Path], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches():
            yield _as(batch, schema)


def _named_batches(titles: Mapping[Path, str], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield recommendations; what one source is called in them depends on what the others are called."""
    place = schema.get_field_index("source")
    column = schema.field(place)
    for path, title in titles.items():
        for batch in _batches([path], schema):
            yield batch.set_column(place, column, pa.array([title] * batch.num_rows, column.type))


def _as(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch with the columns of a schema, those that it lacks empty."""
    there = set(batch.schema.names)
    columns = [
        batch.column(field.name).cast(field.type) if field.name in there else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
