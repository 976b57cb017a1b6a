"""What a release is, as the formats see it.

What belongs here: the value that every portal file is derived from. What does not: how any of them is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.release.description import Dataset, Words
from pipeline.release.files import FileFacts
from pipeline.release.origins import Coder, Source
from schemas.derive import table_description, table_title


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A published table and its two files.

    Attributes:
        name: Of the table.
        rows: Number of rows.
        content: Digest of all rows in their order.
        csv: The CSV file.
        parquet: The Parquet file.
    """

    name: str
    rows: int
    content: str
    csv: FileFacts
    parquet: FileFacts

    @property
    def title(self) -> Words:
        """Its title."""
        nl, en = table_title(self.name)
        return Words(nl=nl, en=en)

    @property
    def description(self) -> str:
        """What one row of it is, in English."""
        return table_description(self.name)

    @property
    def files(self) -> tuple[FileFacts, FileFacts]:
        """Both files, CSV first."""
        return self.csv, self.parquet


@dataclass(frozen=True)
class Release:
    """A version of the dataset.

    Attributes:
        dataset: What is known of the dataset in every version.
        version: Semantic version.
        created: When its content was first published, in UTC.
        notes: What changed since the version before.
        content: Digest of all rows, schemas and descriptions; equal content is never published twice.
        tables: In the order of the package.
        codebooks: Those in use.
        sources: Where the texts come from.
        coders: Who gave the codes, programs first.
        earlier: The versions before this one, oldest first, with their day of publication.
    """

    dataset: Dataset
    version: str
    created: datetime
    notes: Words
    content: str
    tables: tuple[TableFacts, ...]
    codebooks: tuple[Codebook, ...] = field(hash=False)
    sources: tuple[Source, ...] = ()
    coders: tuple[Coder, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()

    @property
    def timestamp(self) -> str:
        """When it was created (RFC 3339, seconds, UTC)."""
        return timestamp(self.created)

    @property
    def day(self) -> str:
        """The day on which it was created (ISO 8601)."""
        return self.timestamp[:10]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions of all codebooks in use."""
        return tuple(dimension for book in self.codebooks for dimension in book.dimensions)

    @property
    def address(self) -> str:
        """Where its folder is served, ending in a slash; empty for relative links."""
        return f"{self.dataset.base_url}releases/{self.version}/" if self.dataset.base_url else ""

    @property
    def identifier(self) -> str:
        """Identifier of this version."""
        return self.dataset.identifier(f"dataset/{self.dataset.name}/{self.version}")

    @property
    def years(self) -> tuple[str, str] | None:
        """The first and the last year that the texts are from, or None when that is not known of any."""
        if self.dataset.temporal:
            return self.dataset.temporal.start, self.dataset.temporal.end
        known = sorted(issued[:4] for issued in self._days_of_issue())
        return (known[0], known[-1]) if known else None

    def _days_of_issue(self) -> Iterator[str]:
        for source in self.sources:
            days = (source.issued, *(document.issued for document in source.documents))
            yield from (day for day in days if day)

    @property
    def place(self) -> str:
        """What leads people to it: a DOI, or where its folder is served, or its name when there is neither.

        Identifiers below a base URL are names, too: no file stands there.
        """
        return self.dataset.doi_address or self.address or self.identifier

    def url(self, path: str) -> str:
        """Return the link to a file of the release."""
        return self.address + path

    def citation(self) -> str:
        """Return how to cite it, on one line."""
        dataset = self.dataset
        who = f"{'; '.join(author.name for author in dataset.authors('en'))} ({self.day[:4]})"
        return f"{who}. {dataset.title.en} (version {self.version}) [data set]. {self.place}"


def timestamp(moment: datetime) -> str:
    """Return a moment in RFC 3339, in whole seconds of UTC.

    Raises:
        ValueError: when it has no time zone; then nobody could tell what moment it is.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment of publication needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
