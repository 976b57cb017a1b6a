"""The contents of a `source.yaml`: which keys there are, and which values each may have.

What belongs here: the model and the checks of values, in words for the person who wrote them. What does not: reading
the file (`pipeline.metadata`), finding it (`pipeline.sources`).
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from pipeline.text.language import supported_languages
from schemas.licences import licences

CODEBOOKS = Path(__file__).parents[1] / "schemas" / "codebooks"

LICENCES: Mapping[str, str] = {name: known["dcat_uri"] for name, known in licences().items()}
"""URIs of the licences that raw texts may carry, by short name."""


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
