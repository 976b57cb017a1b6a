"""Sources: the folders under `raw/`, their `source.yaml`, and the files that they hold.

What belongs here: finding sources and reading their metadata, with errors for the person who wrote it. What does not:
reading documents (`pipeline.text`). One bad source is reported and left out; it never stops the others.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from pipeline.errors import PlainError
from pipeline.fingerprint import ContentHash, content_hash, files_hash
from pipeline.identifiers import document_key
from pipeline.issues import Issue
from pipeline.metadata import MetadataError, read_mapping, validated
from pipeline.retractions import RETRACTIONS, RetractionError, source_retractions
from pipeline.text.language import supported_languages
from schemas.licences import licences

CODEBOOKS = Path(__file__).parents[1] / "schemas" / "codebooks"
METADATA = "source.yaml"
DECISIONS = "decisions.csv"
DOCUMENT_SUFFIX = ".txt"
PDF_SUFFIX = ".pdf"
"""A PDF is read through the text that is stored beside it (`pipeline.stages.extract`)."""
_NO_DOCUMENTS = frozenset({METADATA, DECISIONS, RETRACTIONS})
"""Files of a source's folder that say something of it."""
_NAME = r"^[a-z0-9][a-z0-9._-]*$"

LICENCES: Mapping[str, str] = {name: known["dcat_uri"] for name, known in licences().items()}
"""URIs of the licences that raw texts may carry, by short name."""


class SourceError(PlainError):
    """What people wrote of a source cannot be trusted.

    Attributes:
        line: 1-based line of that file, or None.
        file: Its name in the source's folder.
    """

    def __init__(self, message: str, line: int | None = None, file: str = METADATA) -> None:
        super().__init__(message)
        self.line = line
        self.file = file


def _licence_uri(value: str) -> str:
    """Return the URI of a licence given by short name or by one of the ways in which its URI is written."""
    by_name = {name.casefold(): uri for name, uri in LICENCES.items()}
    by_uri = {_bare(uri): uri for uri in LICENCES.values()}
    found = by_name.get(value.strip().casefold()) or by_uri.get(_bare(value))
    if found is None:
        raise ValueError(f"'{value}' is not on the licence list; use one of: {', '.join(LICENCES)}, or the URI of one")
    return found


def _bare(uri: str) -> str:
    return uri.strip().partition("://")[2].removesuffix("deed.nl").removesuffix("/")


def _known_language(value: str) -> str:
    if value not in supported_languages():
        raise ValueError(f"'{value}' has no language data yet; use one of: {', '.join(supported_languages())}")
    return value


def _known_codebook(value: str) -> str:
    known = sorted(path.stem for path in CODEBOOKS.glob("*.yaml"))
    if value not in known:
        raise ValueError(f"'{value}' has no file in schemas/codebooks; use one of: {', '.join(known)}")
    return value


def _as_text(value: Any) -> Any:
    """Return a year that YAML has read as a number as the text it was."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _known_date(value: str) -> str:
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        with suppress(ValueError):
            date.fromisoformat(f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10])
            return value
    raise ValueError(f"'{value}' is no date; write a year, a month (2024-05) or a day (2024-05-01)")


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://\S+", value):
        raise ValueError(f"'{value}' is no address; write it whole, with https:// or http:// before it")
    return value


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("holds a line break or control character; write it on one line")
    return value


_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_printable)]
_Uri = Annotated[str, AfterValidator(_address)]
_Issued = Annotated[str, BeforeValidator(_as_text), AfterValidator(_known_date)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(_Strict):
    """Who published the texts."""

    name: _Words
    uri: _Uri | None = None


class DocumentMetadata(_Strict):
    """What is known of one file."""

    title: _Words | None = None
    issued: _Issued | None = None
    homepage: _Uri | None = None
    description: _Words | None = None


class SourceMetadata(_Strict):
    """The contents of a `source.yaml`."""

    title: _Words
    publisher: Publisher
    licence: Annotated[str, AfterValidator(_licence_uri)]
    language: Annotated[str, AfterValidator(_known_language)]
    codebook: Annotated[str, AfterValidator(_known_codebook)]
    issued: _Issued | None = None
    homepage: _Uri | None = None
    description: _Words | None = None
    documents: Mapping[str, DocumentMetadata] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One raw document of a source.

    Attributes:
        document_id: Its key.
        path: Where it is.
        name: Path below `raw/`, with forward slashes.
        title: Title from the metadata, or None.
    """

    document_id: str
    path: Path
    name: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A source that can be read.

    Attributes:
        source_id: Name of its folder.
        metadata: Its `source.yaml`.
        files: Its documents, by file name.
        issues: What was found in the folder that cannot be read, and documents that the metadata names in vain.
        has_documents: Whether there are documents, be it a PDF whose text is not stored yet.
    """

    source_id: str
    metadata: SourceMetadata
    files: tuple[RawFile, ...]
    issues: tuple[Issue, ...]
    has_documents: bool

    def row(self) -> Mapping[str, object]:
        """Return its row of the published table `sources`."""
        known = self.metadata
        return {
            "source_id": self.source_id,
            "title": known.title,
            "publisher": known.publisher.name,
            "publisher_uri": known.publisher.uri,
            "licence": known.licence,
            "language": known.language,
            "issued": known.issued,
            "homepage": known.homepage,
            "codebook": known.codebook,
        }

    def descriptions(self) -> Iterator[Mapping[str, object]]:
        """Yield what is said of the source, and of each of its documents, beyond what any published table holds."""
        nowhere: Mapping[str, object] = dict.fromkeys(("document_id", "path", "title", "issued", "homepage"))
        yield {"source_id": self.source_id, **nowhere, "description": self.metadata.description}
        for file in self.files:
            known = self.metadata.documents.get(file.path.name)
            if known is not None:
                place = {"source_id": self.source_id, "document_id": file.document_id, "path": file.name}
                yield {**place, **known.model_dump()}


def source_names(raw: Path) -> tuple[str, ...]:
    """Return the names of all folders that are meant as sources, readable or not, in alphabetical order.

    Raises:
        SourceError: when `raw` is not a folder.
    """
    if not raw.is_dir():
        raise SourceError(f"there is no folder {raw}; give one with --raw or BLOEMLEZING_RAW")
    return tuple(sorted(folder.name for folder in raw.iterdir() if folder.is_dir() and not folder.name.startswith(".")))


def stray_files(raw: Path) -> tuple[Issue, ...]:
    """Return a warning for every document that stands in `raw/` itself, outside any source."""
    return tuple(
        Issue(
            "",
            path.name,
            None,
            "warning",
            "stray_file",
            "stands outside any source folder and was not read; move it into one",
        )
        for path in sorted(raw.iterdir())
        if is_document(path, DOCUMENT_SUFFIX) or is_document(path, PDF_SUFFIX)
    )


def is_document(path: Path, suffix: str) -> bool:
    """Return whether a path is a file of this kind, in whatever case its suffix is written."""
    return path.suffix.lower() == suffix and path.is_file()


def read_source(raw: Path, source_id: str) -> Source:
    """Read a source's metadata and list its documents.

    Raises:
        SourceError: when the folder's name cannot be an identifier, `source.yaml` is missing or wrong, or
            `retractions.csv` is wrong.
    """
    folder = raw / source_id
    if not re.fullmatch(_NAME, source_id):
        raise SourceError(
            "stands in a folder whose name is no identifier; use lower-case letters, digits, '-', '_' and '.'"
        )
    if not folder.resolve().is_relative_to(raw.resolve()):
        raise SourceError(
            "stands in a folder that is a link to one outside the raw folder, which is not followed; "
            "put the folder itself there"
        )
    metadata = _read_metadata(folder / METADATA)
    _check_retractions(folder)
    paths = [path for path in sorted(folder.iterdir()) if path.name[0] != "." and path.name not in _NO_DOCUMENTS]
    refused = {path: issue for path in paths if (issue := _refused(raw, source_id, path))}
    documents = [path for path in paths if path not in refused]
    files = tuple(_raw_file(source_id, path, metadata) for path in documents if path.suffix.lower() == DOCUMENT_SUFFIX)
    issues = list(refused.values())
    if not documents:
        message = f"has no documents beside it; put {DOCUMENT_SUFFIX} or {PDF_SUFFIX} files there"
        issues.append(Issue(source_id, f"{source_id}/{METADATA}", None, "warning", "no_documents", message))
    issues += _named_in_vain(source_id, metadata, {file.path.name for file in files})
    return Source(source_id, metadata, files, tuple(issues), bool(documents))


def _refused(raw: Path, source_id: str, path: Path) -> Issue | None:
    """Return why something in a source's folder is not read, or None when it is a document."""
    name = f"{source_id}/{path.name}"
    if not _is_utf8(path.name):
        shown = name.encode(errors="backslashreplace").decode()
        return Issue(source_id, shown, None, "quarantined", "bad_name", "has a name that is not UTF-8; rename it")
    if not path.resolve().is_relative_to(raw.resolve()):
        message = "is a link to a file outside the raw folder and was not read; put the file itself there"
        return Issue(source_id, name, None, "quarantined", "outside", message)
    if is_document(path, DOCUMENT_SUFFIX) or is_document(path, PDF_SUFFIX):
        return None
    return Issue(source_id, name, None, "warning", "not_a_document", _no_document(path))


def _no_document(path: Path) -> str:
    """Return what something is that is no document, and what to do."""
    if path.is_symlink() and not path.exists():
        return "is a link to a file that is not there and was not read; mend the link, or put the file itself there"
    if path.is_dir():
        return (
            "is a folder and was not read; put its documents in the source's folder itself, or make it another source"
        )
    return f"was not read: documents are {DOCUMENT_SUFFIX} or {PDF_SUFFIX} files; extract its text, or remove it"


def _raw_file(source_id: str, path: Path, metadata: SourceMetadata) -> RawFile:
    known = metadata.documents.get(path.name, DocumentMetadata())
    return RawFile(document_key(source_id, path.name), path, f"{source_id}/{path.name}", known.title)


def source_issue(source_id: str, error: SourceError) -> Issue:
    """Return the report of a source that cannot be read."""
    return Issue(source_id, f"{source_id}/{error.file}", error.line, "quarantined", "bad_source", str(error))


def fingerprint(raw: Path, source_id: str, hashes: ContentHash = content_hash) -> str:
    """Return a hash over the names and contents of all files in a source's folder, readable or not."""
    folder = raw / source_id
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return files_hash(folder, found, hashes)


def _is_utf8(name: str) -> bool:
    """Return whether a file's name can be written down; bytes that are no UTF-8 come as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _named_in_vain(source_id: str, metadata: SourceMetadata, names: set[str]) -> Iterator[Issue]:
    for name in sorted(set(metadata.documents) - names):
        message = f"names a document '{name}' that is not in the folder; mend the name or remove it"
        yield Issue(source_id, f"{source_id}/{METADATA}", None, "warning", "no_such_document", message)


def _check_retractions(folder: Path) -> None:
    try:
        source_retractions(folder)
    except RetractionError as error:
        raise SourceError(f"{error}; until then the source is left out", error.line, RETRACTIONS) from error


def _read_metadata(path: Path) -> SourceMetadata:
    if not path.is_file():
        raise SourceError(
            "is missing; write one with title, publisher, licence, language and codebook (see CONTRIBUTING.md)"
        )
    keys = "title, publisher, licence, language, codebook"
    try:
        loaded, node = read_mapping(path.read_bytes(), "as in the example in CONTRIBUTING.md", keys)
        return validated(SourceMetadata, loaded, node)
    except MetadataError as error:
        raise SourceError(str(error), error.line) from error
