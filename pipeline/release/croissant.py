"""`croissant.json`: Croissant 1.0, which libraries for machine learning load.

What belongs here: files and record sets. What does not: JSON-LD for search engines (`pipeline.release.schemaorg`).

Traps: the type of Parquet is `application/x-parquet` here, unlike elsewhere; a wrong column is found by loading only.
"""

from pipeline.release.description import Creator, Words
from pipeline.release.files import CSV_TYPE, FileFacts, json_bytes
from pipeline.release.model import Release, TableFacts
from pipeline.release.rights import LICENCE_FILE, pages, rights
from pipeline.release.schemaorg import in_languages, source_object
from schemas.derive import Column, columns

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}
_PARQUET_TYPE = "application/x-parquet"

# The names that the standard gives for its own terms.
_TERMS = (
    "citeAs column extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5"
    " parentField path recordSet references regex repeated replace separator source subField transform"
)
_CONTEXT: dict[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    **{term: f"cr:{term}" for term in _TERMS.split()},
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty",
}


def croissant_json(release: Release) -> bytes:
    """Return the release as Croissant: every file, and a record set per table read from Parquet."""
    dataset = release.dataset
    agent = {"@type": "sc:Organization", "name": dataset.publisher.name.en}
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.name,
        "alternateName": in_languages(dataset.title),
        "description": in_languages(dataset.description),
        "url": release.address or release.identifier,
        "license": pages(rights(release).all),
        "usageInfo": release.url(LICENCE_FILE),
        "version": release.version,
        "datePublished": release.day,
        "creator": [_creator(one) for one in dataset.authors("en")],
        "publisher": agent,
        "keywords": [*dataset.keywords.en, *dataset.keywords.nl],
        "inLanguage": list(dataset.languages),
        "citeAs": release.citation(),
        "isLiveDataset": False,
        "isBasedOn": [source_object(one) for one in release.sources],
        "rai:machineAnnotationTools": [line for one in release.coders if one.program for line in one.lines()],
        "distribution": [file for table in release.tables for file in _files(release, table)],
        "recordSet": [_record_set(release, table) for table in release.tables],
    }
    return json_bytes(described)


def _creator(one: Creator) -> dict[str, str]:
    found = {"@type": "sc:Person" if one.kind == "person" else "sc:Organization", "name": one.name}
    return {**found, "url": one.uri} if one.uri else found


def _files(release: Release, table: TableFacts) -> list[dict[str, object]]:
    pairs = ((table.csv, CSV_TYPE), (table.parquet, _PARQUET_TYPE))
    return [_file(release, file, media_type) for file, media_type in pairs]


def _file(release: Release, file: FileFacts, media_type: str) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": release.url(file.path),
        "contentSize": f"{file.size} B",
        "encodingFormat": media_type,
        "sha256": file.sha256,
    }


def _record_set(release: Release, table: TableFacts) -> dict[str, object]:
    described = columns(table.name, release.dimensions)
    keys = [{"@id": f"{table.name}/{column.name}"} for column in described if column.unique]
    record_set: dict[str, object] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "alternateName": in_languages(table.title),
        "description": table.description,
        "field": [_field(table, column) for column in described],
    }
    return {**record_set, "key": keys[0]} if keys else record_set


def _field(table: TableFacts, column: Column) -> dict[str, object]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "alternateName": in_languages(Words(nl=column.title_nl, en=column.title)),
        "description": column.description,
        "dataType": _TYPES[column.kind.table_schema],
        "source": {"fileObject": {"@id": table.parquet.path}, "extract": {"column": column.name}},
    }
