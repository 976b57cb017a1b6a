"""`datapackage.json`: Data Package 2 that clients of version 1 read too.

What belongs here: the descriptor. What does not: the Table Schemas in it (`schemas.derive`).

Traps: clients of version 1 want `profile` on a CSV resource and `role` on a contributor; a Parquet resource with
`bytes` is refused; a Parquet resource is read by way of pandas, where a missing number reads `nan`.
"""

from pipeline.coding.codebook import Codebook
from pipeline.release.model import Release, TableFacts
from pipeline.release.origins import Coder, Document, Source
from schemas.derive import table_description, table_descriptor, table_title

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PARQUET_TYPE = "application/vnd.apache.parquet"
CSV_TYPE = "text/csv"


def descriptor(release: Release) -> dict[str, object]:
    """Return the descriptor of a release as a JSON object."""
    dataset = release.dataset
    pairs = [(_csv_resource(release, table), _parquet_resource(release, table)) for table in release.tables]
    described: dict[str, object] = {
        "$schema": PROFILE,
        "profile": "data-package",
        "name": dataset.name,
        "id": release.identifier,
        "title": dataset.title.nl,
        "description": f"{dataset.description.nl}\n\n{dataset.description.en}",
        "version": release.version,
        "created": release.timestamp,
        "licenses": [{"name": dataset.licence.id, "path": dataset.licence.uri, "title": dataset.licence.title.nl}],
        "keywords": [*dataset.keywords.nl, *dataset.keywords.en],
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
    found.append({"title": publisher.name.nl, "roles": roles, "role": role, "path": page})
    found.append({"title": dataset.contact_name, "roles": ["contact"], "role": "maintainer", "email": contact.email})
    return [{key: value for key, value in one.items() if value is not None} for one in found]


def _codebook(book: Codebook) -> dict[str, str]:
    """Return what a codebook is; their order is that of the columns which they bring."""
    return {"id": book.id, "version": book.version, "status": book.status, "title": book.label_nl}


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
        "licence": one.licence,
        "documents": [{"file": document.path, **_origin(document)} for document in one.documents],
    }
    return {**_origin(one), **{key: value for key, value in own.items() if value}}


def _origin(one: Source | Document) -> dict[str, object]:
    found = {"title": one.title, "path": one.homepage, "version": one.issued, "description": one.description}
    return {key: value for key, value in found.items() if value}


def _csv_resource(release: Release, table: TableFacts) -> dict[str, object]:
    return {
        **_resource(table.name, table, "csv", CSV_TYPE),
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
        **_resource(f"{table.name}-parquet", table, "parquet", PARQUET_TYPE),
        "path": table.parquet.path,
        "hash": f"sha256:{table.parquet.sha256}",
        "schema": table_descriptor(table.name, release.dimensions, parquet=True),
    }


def _resource(name: str, table: TableFacts, form: str, media_type: str) -> dict[str, object]:
    return {
        "name": name,
        "type": "table",
        "title": table_title(table.name)[0],
        "description": table_description(table.name),
        "format": form,
        "mediatype": media_type,
    }
