"""`schemaorg.jsonld`: schema.org as search engines for data read it.

What belongs here: the dataset and its downloads. What does not: Croissant, which adds record sets.

Traps: `@vocab` in place of a remote context, which cannot be read offline; a description of 50 to 5000 characters.
"""

from pipeline.release.files import FileFacts, json_bytes
from pipeline.release.model import Release
from pipeline.release.package import CSV_TYPE, PARQUET_TYPE
from schemas.derive import columns

CONTEXT = {"@vocab": "https://schema.org/"}


def schemaorg_jsonld(release: Release) -> bytes:
    """Return the release as schema.org JSON-LD."""
    return json_bytes(dataset_object(release))


def dataset_object(release: Release) -> dict[str, object]:
    """Return the release as a schema.org `Dataset`, also for a page that shows it."""
    dataset = release.dataset
    agent = {"@type": "Organization", "name": dataset.publisher.name.nl}
    described: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": release.identifier,
        "name": f"{dataset.title.nl} {release.version}",
        "alternateName": dataset.title.en,
        "description": f"{dataset.description.nl} {dataset.description.en}",
        "identifier": [release.identifier, *([f"https://doi.org/{dataset.doi}"] if dataset.doi else [])],
        "version": release.version,
        "license": dataset.licence.uri,
        "isAccessibleForFree": True,
        "inLanguage": list(dataset.languages),
        "keywords": [*dataset.keywords.nl, *dataset.keywords.en],
        "creator": agent,
        "publisher": agent,
        "datePublished": release.day,
        "dateModified": release.day,
        "citation": release.citation(),
        "spatialCoverage": {"@type": "Place", "name": dataset.spatial.name.nl},
        "measurementTechnique": dataset.technique.nl,
        "variableMeasured": _variables(release),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": dataset.title.nl},
        "distribution": [
            _download(release, file, media_type)
            for table in release.tables
            for file, media_type in ((table.csv, CSV_TYPE), (table.parquet, PARQUET_TYPE))
        ],
    }
    if release.years:
        described["temporalCoverage"] = "/".join(release.years)
    if release.address:
        described["url"] = release.address
    return described


def _variables(release: Release) -> list[dict[str, object]]:
    return [
        {
            "@type": "PropertyValue",
            "name": f"{table.name}.{column.name}",
            "alternateName": column.title_nl,
            "description": column.description,
        }
        for table in release.tables
        for column in columns(table.name, release.dimensions)
    ]


def _download(release: Release, file: FileFacts, media_type: str) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "encodingFormat": media_type,
        "contentUrl": release.url(file.path),
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
