"""Sources: the folders under `raw/`, their `source.yaml`, and the files that they hold.

What belongs here: finding sources and reading what they hold, with errors for the person who wrote it. What does not:
which metadata is right (`pipeline.source_metadata`), reading documents (`pipeline.text`). One bad source is reported
and left out; it never stops the others.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileError
from pipeline.fingerprint import ContentHash, content_hash, files_hash
from pipeline.identifiers import document_key
from pipeline.issues import Issue
from pipeline.located import read_located
from pipeline.metadata import validated
from pipeline.retractions import RETRACTIONS, source_retractions
from pipeline.source_metadata import DocumentMetadata, SourceMetadata

METADATA = "source.yaml"
DECISIONS = "decisions.csv"
DOCUMENT_SUFFIX = ".txt"
PDF_SUFFIX = ".pdf"
"""A PDF is read through the text that is stored beside it (`pipeline.stages.extract`)."""
_NO_DOCUMENTS = frozenset({METADATA, DECISIONS, RETRACTIONS})
"""Files of a source's folder that say something of it."""
_NAME = r"^[a-z0-9][a-z0-9._-]*$"


class SourceError(FileError):
    """What people wrote of a source cannot be trusted.

    Attributes:
        file: The file's name in the source's folder.
    """

    def __init__(self, message: str, line: int | None = None, file: str = METADATA) -> None:
        super().__init__(message, line)
        self.file = file


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
            known = _described(self.metadata, file.path.name)
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
    """Return a warning for every document in `raw/` itself, outside any source, and for every link to nowhere."""
    return tuple(
        Issue("", path.name, None, "warning", "stray_file", message)
        for path in sorted(raw.iterdir())
        if (message := _stray(path))
    )


def _leads_nowhere(path: Path) -> bool:
    """Return whether a path is a link to what is not there."""
    return path.is_symlink() and not path.exists()


def _stray(path: Path) -> str | None:
    """Return what is wrong with something that stands in `raw/`, or None."""
    if _leads_nowhere(path):
        # Of a source that was a link, the rows leave the dataset; that should not be all there is to see of it.
        return "is a link that leads nowhere, so no source was read there; mend it, or put the folder itself there"
    if is_document(path, DOCUMENT_SUFFIX) or is_document(path, PDF_SUFFIX):
        return "stands outside any source folder and was not read; move it into one"
    return None


def text_of_pdf(path: Path) -> Path:
    """Return where the text of a PDF is stored, and by which name its document is identified."""
    return path.with_name(f"{path.name}{DOCUMENT_SUFFIX}")


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
    if _leads_out(raw, folder):
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
    issues += _named_in_vain(source_id, metadata, {path.name for path in documents})
    return Source(source_id, metadata, files, tuple(issues), bool(documents))


def _refused(raw: Path, source_id: str, path: Path) -> Issue | None:
    """Return why something in a source's folder is not read, or None when it is a document."""
    name = f"{source_id}/{path.name}"
    if not _is_utf8(path.name):
        shown = name.encode(errors="backslashreplace").decode()
        return Issue(source_id, shown, None, "quarantined", "bad_name", "has a name that is not UTF-8; rename it")
    if _leads_out(raw, path):
        message = "is a link to a file outside the raw folder and was not read; put the file itself there"
        return Issue(source_id, name, None, "quarantined", "outside", message)
    if is_document(path, PDF_SUFFIX) and path.with_suffix(DOCUMENT_SUFFIX).exists():
        other = path.with_suffix(DOCUMENT_SUFFIX).name
        message = f"was not read, since its text is taken to be {other} beside it; rename or remove one of the two"
        return Issue(source_id, name, None, "warning", "text_beside", message)
    if is_document(path, DOCUMENT_SUFFIX) or is_document(path, PDF_SUFFIX):
        return None
    return Issue(source_id, name, None, "warning", "not_a_document", _no_document(path))


def _leads_out(raw: Path, path: Path) -> bool:
    """Return whether a path is a link to something outside the raw folder."""
    # `Path.resolve` raises on links that go round in a circle, in Python before 3.13.
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(raw))


def _no_document(path: Path) -> str:
    """Return what something is that is no document, and what to do."""
    if _leads_nowhere(path):
        return "is a link to a file that is not there and was not read; mend the link, or put the file itself there"
    if path.is_dir():
        return (
            "is a folder and was not read; put its documents in the source's folder itself, or make it another source"
        )
    return f"was not read: documents are {DOCUMENT_SUFFIX} or {PDF_SUFFIX} files; extract its text, or remove it"


def _raw_file(source_id: str, path: Path, metadata: SourceMetadata) -> RawFile:
    known = _described(metadata, path.name) or DocumentMetadata()
    return RawFile(document_key(source_id, path.name), path, f"{source_id}/{path.name}", known.title)


def _described(metadata: SourceMetadata, name: str) -> DocumentMetadata | None:
    """Return what is said of a document, by the name of its file or of the PDF that it is the text of."""
    pdf = name.removesuffix(DOCUMENT_SUFFIX)
    named = (name, pdf) if pdf.lower().endswith(PDF_SUFFIX) else (name,)
    return next((metadata.documents[one] for one in named if one in metadata.documents), None)


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
    texts = {f"{name}{DOCUMENT_SUFFIX}" for name in names if name.lower().endswith(PDF_SUFFIX)}
    for name in sorted(set(metadata.documents) - names - texts):
        message = f"names a document '{name}' that is not in the folder; mend the name or remove it"
        yield Issue(source_id, f"{source_id}/{METADATA}", None, "warning", "no_such_document", message)


def _check_retractions(folder: Path) -> None:
    try:
        source_retractions(folder)
    except FileError as error:
        raise SourceError(f"{error}; until then the source is left out", error.line, RETRACTIONS) from error


def _read_metadata(path: Path) -> SourceMetadata:
    if not path.is_file():
        raise SourceError(
            "is missing; write one with title, publisher, licence, language and codebook (see CONTRIBUTING.md)"
        )
    try:
        return validated(SourceMetadata, read_located(path, "as in the example in CONTRIBUTING.md"))
    except FileError as error:
        raise SourceError(error.message, error.line) from error
