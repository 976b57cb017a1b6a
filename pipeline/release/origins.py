"""Where a release comes from: the sources and their documents as people describe them, and who gave the codes.

What belongs here: these as values, made of rows. What does not: any format that they are written in (a module each),
and what their licences allow (`pipeline.release.rights`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pipeline.coding.programs import PROGRAMS
from pipeline.titles import told_apart

Row = Mapping[str, Any]

_NO_LINK = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
"""What RFC 3987 keeps out of addresses."""

_ADDRESSES = ("homepage", "publisher_uri")


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the rows that no published table has a column for, in the columns of the working tables.

    Attributes:
        descriptions: Rows of `descriptions`: what `source.yaml` says of sources and documents.
        programs: Rows of `programs`: what a program's codes were made with.
    """

    descriptions: Sequence[Row] = ()
    programs: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a raw file by description; every text may be missing.

    Attributes:
        path: Of the raw file below `raw/`.
        title: Its title.
        issued: When it was published: year, month or day.
        homepage: Where it can be found.
        description: What it is.
    """

    path: str
    title: str | None = None
    issued: str | None = None
    homepage: str | None = None
    description: str | None = None

    @property
    def name(self) -> str:
        """Its title, or its file name."""
        return self.title or self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its row of the published table, its description, and those of its documents that are described.

    Attributes:
        source_id: Its identifier.
        title: Its title, with its identifier where another source has the same title.
        publisher: Name of the publisher, or `unknown`.
        publisher_uri: Identifier of the publisher, when there is one.
        licence: URI of the licence of its texts.
        language: ISO 639-1 code of its texts.
        issued: When it was published, when that is known.
        homepage: Where it can be found, when that is known.
        codebook: What it is coded with.
        description: What it is, when somebody said so.
        documents: Those of which anything is said, in the order of their names.
        untold: The others, in the order of their names.
    """

    source_id: str
    title: str
    publisher: str
    publisher_uri: str | None
    licence: str
    language: str
    issued: str | None
    homepage: str | None
    codebook: str
    description: str | None = None
    documents: tuple[Document, ...] = ()
    untold: tuple[Document, ...] = ()

    @property
    def all_documents(self) -> tuple[Document, ...]:
        """All its documents, in the order of their names."""
        return tuple(sorted((*self.documents, *self.untold), key=_by_path))

    @property
    def homepages(self) -> tuple[str, ...]:
        """Where it and its documents can be found, each address once."""
        pages = (self.homepage, *(one.homepage for one in self.documents))
        return tuple(dict.fromkeys(page for page in pages if page))

    def lines(self) -> list[str]:
        """Return in words what it is, a line for itself and one for each document, in its own language."""
        own = _line(self.title, self.publisher_name, self.issued, self.homepage, self.description)
        return [own, *(_line(one.name, None, one.issued, one.homepage, one.description) for one in self.documents)]

    @property
    def publisher_name(self) -> str | None:
        """Name of the publisher, when it is known."""
        return None if self.publisher == "unknown" else self.publisher


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What a program's codes of one codebook were made with.

    Attributes:
        codebook: Identifier of the codebook.
        codebook_version: Its version.
        lexicon_version: Version of the cues.
        lexicon_sha256: Checksum of the cues and of what was learned from them.
    """

    codebook: str
    codebook_version: str
    lexicon_version: str
    lexicon_sha256: str


@dataclass(frozen=True, slots=True)
class Coder:
    """Who gave codes.

    Attributes:
        name: As in `codings.coder`.
        program: Whether it is a program, and not a person.
        made_with: What a program's codes were made with.
    """

    name: str
    program: bool
    made_with: tuple[MadeWith, ...] = field(default=())

    def lines(self) -> list[str]:
        """Return in words what its codes were made with, a line per codebook."""
        return [
            f"{self.name}: codebook {one.codebook} {one.codebook_version}, lexicon {one.lexicon_version} "
            f"(sha256:{one.lexicon_sha256})"
            for one in self.made_with
        ] or [self.name]


def iri(address: str | None) -> str | None:
    """Return an address with those characters encoded that no link may hold; what is encoded already stays.

    People copy addresses as browsers show them, and in RDF or Markdown such a character would end the link.
    """
    return address and _NO_LINK.sub(lambda found: quote(found[0], safe=""), address)


def sources_of(rows: Iterable[Row], descriptions: Iterable[Row]) -> tuple[Source, ...]:
    """Return the sources.

    Args:
        rows: Rows of the published table `sources`.
        descriptions: Rows of the working table `descriptions`, in any order.
    """
    said: dict[str, str | None] = {}
    documents: dict[str, list[Document]] = {}
    untold: dict[str, list[Document]] = {}
    for row in descriptions:
        if row["document_id"] is None:
            said[row["source_id"]] = row["description"]
            continue
        one = Document(row["path"], row["title"], row["issued"], iri(row["homepage"]), row["description"])
        told = any((one.title, one.issued, one.homepage, one.description))
        (documents if told else untold).setdefault(row["source_id"], []).append(one)
    known = list(rows)
    titles = told_apart({row["source_id"]: row["title"] for row in known})
    return tuple(
        Source(
            **{**row, "title": titles[row["source_id"]], **{key: iri(row[key]) for key in _ADDRESSES}},
            description=said.get(row["source_id"]),
            documents=tuple(sorted(documents.get(row["source_id"], ()), key=_by_path)),
            untold=tuple(sorted(untold.get(row["source_id"], ()), key=_by_path)),
        )
        for row in known
    )


def coders_of(names: Iterable[str], programs: Iterable[Row]) -> tuple[Coder, ...]:
    """Return who coded, programs first.

    Args:
        names: The coders that `codings` names.
        programs: Rows of the working table `programs`; several sources may repeat one.
    """
    made: dict[str, set[MadeWith]] = {}
    for row in programs:
        found = MadeWith(*(row[key] for key in MadeWith.__dataclass_fields__))
        made.setdefault(row["coder"], set()).add(found)
    coders = [Coder(name, name in PROGRAMS, tuple(sorted(made.get(name, ()), key=_place))) for name in set(names)]
    return tuple(sorted(coders, key=lambda one: (not one.program, one.name)))


def _line(title: str, publisher: str | None, issued: str | None, page: str | None, description: str | None) -> str:
    facts = ", ".join(fact for fact in (title, publisher, issued, page) if fact)
    return f"{facts}: {description}" if description else facts


def _by_path(one: Document) -> str:
    return one.path


def _place(one: MadeWith) -> tuple[str, ...]:
    return one.codebook, one.codebook_version, one.lexicon_version, one.lexicon_sha256
