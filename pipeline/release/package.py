"""`datapackage.json`: Data Package 2 that clients of version 1 read too.

What belongs here: the descriptor. What does not: the Table Schemas in it (`schemas.derive`).

Traps: clients of version 1 want `profile` on a CSV resource and `role` on a contributor; a Parquet resource with
`bytes` is refused; a Parquet resource is read by way of pandas, where a missing number reads `nan`.
"""

from collections.abc import Iterable

from pipeline.coding.codebook import Codebook
from pipeline.release.description import Words
from pipeline.release.files import CSV_TYPE, PARQUET_TYPE, non_empty
from pipeline.release.model import Release, TableFacts
from pipeline.release.origins import Coder, Document, Source
from pipeline.release.rights import Terms, rights, terms
from schemas.derive import table_descriptor

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

LANGUAGES = ("en", "nl")
"""Of descriptions, the one that formats without languages get first. The language of the texts is another thing."""


def descriptor(release: Release) -> dict[str, object]:
    """Return the descriptor of a release as a JSON object."""
    dataset = release.dataset
    pairs = [(_csv_resource(release, table), _parquet_resource(release, table)) for table in release.tables]
    described: dict[str, object] = {
        "$schema": PROFILE,
        "profile": "data-package",
        "name": dataset.name,
        "id": release.identifier,
        "languages": list(LANGUAGES),
        **in_languages("title", dataset.title),
        **in_languages("description", dataset.description),
        "version": release.version,
        "created": release.timestamp,
        "licenses": _licences(rights(release).all),
        **in_languages("rights", rights(release).statement()),
        "keywords": [*dataset.keywords.en, *dataset.keywords.nl],
        "keywords@nl": list(dataset.keywords.nl),
        "contributors": _contributors(release),
        "content": release.content,
        "codebooks": [_codebook(book) for book in release.codebooks],
        "coders": [_coder(one) for one in release.coders],
        "resources": [resource for pair in pairs for resource in pair],
    }
    if release.sources:
        described["sources"] = [_source(one) for one in release.sources]
    if dataset.base_url:
        described["homepage"] = dataset.base_url
    return described


def in_languages(key: str, words: Words) -> dict[str, object]:
    """Return a property in English, and in Dutch as data packages write another language beside it."""
    return {key: words.en, f"{key}@nl": words.nl}


def _licences(given: Iterable[Terms]) -> list[dict[str, str]]:
    return [{"name": one.register, "path": one.page, "title": one.title.en, "title@nl": one.title.nl} for one in given]


def _contributors(release: Release) -> list[dict[str, object]]:
    dataset = release.dataset
    publisher, contact = dataset.publisher, dataset.contact
    page = publisher.homepage or publisher.uri
    roles = ["publisher"] if dataset.creators else ["creator", "publisher"]
    role = "publisher" if dataset.creators else "author"
    found: list[dict[str, object | None]] = [
        {"title": one.name, "roles": ["creator"], "role": "author", "path": one.uri, "organization": one.affiliation}
        for one in dataset.creators
    ]
    found.append({"title": publisher.name.en, "roles": roles, "role": role, "path": page})
    found.append({"title": dataset.contact_name, "roles": ["contact"], "role": "maintainer", "email": contact.email})
    return [non_empty(one) for one in found]


def _codebook(book: Codebook) -> dict[str, str]:
    """Return what a codebook is; their order is that of the columns which they bring."""
    return {"id": book.id, "version": book.version, "status": book.status, "title": book.label_en}


def _coder(one: Coder) -> dict[str, object]:
    """Return who gave codes, and with which versions of codebook and lexicon."""
    made_with = [
        {
            "codebook": {"id": with_.codebook, "version": with_.codebook_version},
            "lexicon": {"version": with_.lexicon_version, "hash": f"sha256:{with_.lexicon_sha256}"},
        }
        for with_ in one.made_with
    ]
    found: dict[str, object] = {"name": one.name, "kind": "program" if one.program else "person"}
    return {**found, "madeWith": made_with} if made_with else found


def _source(one: Source) -> dict[str, object]:
    """Return a source: the keys of the standard, and what else is known in keys of our own."""
    own = {
        "name": one.source_id,
        "publisher": {"title": one.publisher, **({"path": one.publisher_uri} if one.publisher_uri else {})},
        "licenses": _licences([terms(one.licence)]),
        "documents": [{"file": document.path, **_origin(document)} for document in one.documents],
    }
    return {**_origin(one), **non_empty(own)}


def _origin(one: Source | Document) -> dict[str, object]:
    return non_empty({"title": one.title, "path": one.homepage, "version": one.issued, "description": one.description})


def _csv_resource(release: Release, table: TableFacts) -> dict[str, object]:
    return {
        **_resource(release, table.name, table, "csv", CSV_TYPE),
        "profile": "tabular-data-resource",
        "path": table.csv.path,
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "rowCount": table.rows,
        "content": table.content,
        "bytes": table.csv.size,
        "hash": f"sha256:{table.csv.sha256}",
        "schema": table_descriptor(table.name, release.dimensions),
    }


def _parquet_resource(release: Release, table: TableFacts) -> dict[str, object]:
    return {
        **_resource(release, f"{table.name}-parquet", table, "parquet", PARQUET_TYPE),
        "path": table.parquet.path,
        "hash": f"sha256:{table.parquet.sha256}",
        "schema": table_descriptor(table.name, release.dimensions, parquet=True),
    }


def _resource(release: Release, name: str, table: TableFacts, form: str, media_type: str) -> dict[str, object]:
    return {
        "name": name,
        "type": "table",
        **in_languages("title", table.title),
        "description": table.description,
        "licenses": _licences(rights(release).of(table.name)),
        "format": form,
        "mediatype": media_type,
    }
