"""The dataset's description: `schemas/dataset.yaml` as a value.

What belongs here: reading and checking that file. What does not: any format that the description is written in (a
module each), and what is about one source (`raw/<source>/source.yaml`, table `sources`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.errors import PlainError
from pipeline.located import read_located
from pipeline.metadata import validated
from schemas.licences import licences

DATASET = Path(__file__).parents[2] / "schemas" / "dataset.yaml"
BASE_URL = "BLOEMLEZING_BASE_URL"


class _Part(BaseModel):
    """What all parts share: no unknown keys, no changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Words(_Part):
    """A text in Dutch and in English."""

    nl: str
    en: str


class Keywords(_Part):
    """Keywords in Dutch and in English."""

    nl: tuple[str, ...]
    en: tuple[str, ...]


class Licence(_Part):
    """The licence of our codings and metadata.

    Attributes:
        id: SPDX identifier.
        title: Its name.
        uri: Its page.
        dcat_uri: The URI that DCAT-AP-NL's licence list has for it.
        family: What CKAN's own register calls it, in English, when it knows it.
    """

    id: str
    title: Words
    uri: str
    dcat_uri: str
    family: str | None = None


def _known_licence(given: object) -> object:
    """Return what is known of a licence that is given by its short name."""
    if not isinstance(given, str):
        return given
    known = {name: one for name, one in licences().items() if "family" in one}
    if given not in known:
        raise ValueError(f"'{given}' is no open licence of schemas/licences.yaml; use one of: {', '.join(known)}")
    return {"id": given, **known[given]}


class Publisher(_Part):
    """Who publishes.

    Attributes:
        name: Its name.
        type: URI of the kind of publisher, from ADMS.
        uri: TOOI or ROR identifier, when there is one.
        homepage: Its page, when there is one.
    """

    name: Words
    type: str
    uri: str | None = None
    homepage: str | None = None


class Creator(_Part):
    """Who made the dataset.

    Attributes:
        name: Of an organisation its name; of a person `Family name, given names`.
        kind: Which of the two it is.
        uri: ORCID of a person or ROR of an organisation, as an address, when it is known.
        affiliation: Where a person works, when it is known.
    """

    name: str
    kind: Literal["person", "organisation"]
    uri: str | None = Field(None, pattern=r"^https://(orcid\.org/(\d{4}-){3}\d{3}[\dX]|ror\.org/0[a-z0-9]{8})$")
    affiliation: str | None = None


class Funding(_Part):
    """Who paid for it.

    Attributes:
        funder: Name of the funder.
        uri: Its ROR, as an address, when it is known.
        award: Number of the grant, when there is one.
        title: Its title, when there is one.
    """

    funder: str
    uri: str | None = Field(None, pattern=r"^https://ror\.org/0[a-z0-9]{8}$")
    award: str | None = None
    title: str | None = None


class Temporal(_Part):
    """The years that the texts are from."""

    start: str = Field(pattern=r"^\d{4}$")
    end: str = Field(pattern=r"^\d{4}$")


class Contact(_Part):
    """Whom to ask, the publisher when nobody is named; without an address as long as there is none."""

    name: str | None = None
    email: str | None = None
    homepage: str | None = None


class Spatial(_Part):
    """What the texts are about, by a code of the EU's country list."""

    code: str
    name: Words


class Notes(_Part):
    """What is said of a version: of the first one, and before the list of changed tables of a later one."""

    first: Words
    later: Words


class Dataset(_Part):
    """What is known of the dataset as a whole.

    Attributes:
        name: Its short name, the same in every version.
        title: Its title.
        description: What it is.
        technique: How it was made.
        licence: Of our codings and metadata.
        publisher: Who publishes.
        creators: Who made it; the publisher when nobody is named.
        funding: Who paid for it.
        contact: Whom to ask.
        keywords: What it is found by.
        themes: Codes of the EU's data-theme list.
        spatial: Where the texts are about.
        temporal: The years that the texts are from; when it is not given, those in which the sources were issued.
        frequency: Code of the EU's frequency list.
        languages: Per ISO 639-1 code of a language of the texts, its code in the EU's list.
        base_url: Where releases are served, ending in a slash; empty for relative links.
        namespace: What identifiers begin with when there is no base URL.
        doi: DOI of the dataset, when there is one.
        notes: Words about versions.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: Words
    description: Words
    technique: Words
    licence: Annotated[Licence, BeforeValidator(_known_licence)]
    publisher: Publisher
    creators: tuple[Creator, ...] = ()
    funding: tuple[Funding, ...] = ()
    contact: Contact
    keywords: Keywords
    themes: tuple[str, ...] = Field(min_length=1)
    spatial: Spatial
    temporal: Temporal | None = None
    frequency: str
    languages: Mapping[str, str] = Field(min_length=1)
    base_url: str = Field(pattern=r"^(https?://\S+/)?$", min_length=0)
    namespace: str = Field(pattern=r"^[a-z]+:\S*[:/]$")
    doi: str | None = None
    notes: Notes

    def authors(self, language: str) -> tuple[Creator, ...]:
        """Return who made it, with names in a language where there are several."""
        publisher = Creator(name=getattr(self.publisher.name, language), kind="organisation", uri=None)
        return self.creators or (publisher,)

    @property
    def contact_name(self) -> str:
        """Name of whom to ask."""
        return self.contact.name or self.publisher.name.en

    @property
    def doi_address(self) -> str | None:
        """The address of the DOI, when there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else None

    def identifier(self, path: str) -> str:
        """Return the identifier of something of this dataset: an address when there is a base URL, else a name."""
        if self.base_url:
            return f"{self.base_url}id/{path}"
        return self.namespace + path.replace("/", ":")


def load_dataset(path: Path = DATASET) -> Dataset:
    """Read the description; a base URL in the environment goes before that of the file.

    Raises:
        FileError: naming the file and every key that is wrong.
        PlainError: when the base URL in the environment is none.
    """
    content = read_located(path, "git diff shows how it was")
    written = validated(Dataset, content)
    address = os.environ.get(BASE_URL)
    if address is None:
        return written
    try:
        return Dataset.model_validate({**content, "base_url": address})
    except ValidationError as error:
        raise PlainError(
            f"{BASE_URL} is '{address}'; give an address with https:// before it and a slash at its end, or unset it"
        ) from error
