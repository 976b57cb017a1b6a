"""What a release is made from: rows, and what is known of them that no published table has a column for.

What belongs here: that value, and what follows from it without writing anything. What does not: where it comes from
(`pipeline.stages.collect`), and making a release of it (`pipeline.release.publish`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.release.description import Dataset, load_dataset
from pipeline.release.origins import Background, Coder, Source, coders_of, sources_of
from pipeline.release.rows import TableInput, batches
from schemas.derive import arrow_schema


@dataclass(frozen=True)
class ReleaseInputs:
    """What a release is made from.

    Attributes:
        tables: Rows of every table in `schemas.tables.TABLES`, in their final order and in the types of
            `schemas.derive.arrow_schema`.
        codebooks: Those in use, in the order in which they bring columns.
        issues: What was quarantined or warned of, as rows. They are published with a release, but make none: the same
            rows with other issues are the same content.
        dataset: The dataset's description.
        retractions: Why statements were retracted, by their keys, for the tombstones of those that go.
        background: What is known of the rows that no table has a column for.
    """

    tables: Mapping[str, TableInput]
    codebooks: Sequence[Codebook]
    issues: Sequence[Mapping[str, object]] = ()
    dataset: Dataset = field(default_factory=load_dataset)
    retractions: Mapping[str, str] = field(default_factory=dict)
    background: Background = field(default_factory=Background)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions of all codebooks in use."""
        return tuple(dimension for book in self.codebooks for dimension in book.dimensions)

    def schema(self, name: str) -> pa.Schema:
        """Return the Arrow schema of a table."""
        return arrow_schema(name, self.dimensions)

    def rows(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield a table's rows, with the columns asked for.

        Raises:
            PlainError: when a batch has other columns or types, or holds a number that no CSV can hold.
        """
        whole = batches(name, self.tables[name], self.schema(name))
        return whole if columns is None else (batch.select(list(columns)) for batch in whole)

    def sources(self) -> tuple[Source, ...]:
        """Return where the texts come from."""
        rows = (row for batch in self.rows("sources") for row in batch.to_pylist())
        return sources_of(rows, self.background.descriptions)

    def coders(self) -> tuple[Coder, ...]:
        """Return who gave the codes."""
        names = {name for batch in self.rows("codings", ["coder"]) for name in pc.unique(batch.column(0)).to_pylist()}
        return coders_of(names, self.background.programs)
