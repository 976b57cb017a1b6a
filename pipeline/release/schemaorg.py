"""`schemaorg.jsonld`: schema.org as search engines for data read it.

What belongs here: the dataset and its downloads. What does not: Croissant, which adds record sets.

Traps: `@vocab` in place of a remote context, which cannot be read offline; a description of 50 to 5000 characters.
"""

from pipeline.release.description import Creator, Funding, Words
from pipeline.release.files import FileFacts, json_bytes, non_empty
from pipeline.release.model import Release
from pipeline.release.origins import Document, Source
from pipeline.release.rights import LICENCE_FILE, pages, rights, terms
from schemas.derive import columns

CONTEXT = {"@vocab": "https://schema.org/"}


def schemaorg_jsonld(release: Release) -> bytes:
    """Return the release as schema.org JSON-LD."""
    return json_bytes(dataset_object(release))


def dataset_object(release: Release) -> dict[str, object]:
    """Return the release as a schema.org `Dataset`, also for a page that shows it."""
    dataset = release.dataset
    known: dict[str, object] = {
        "identifier": [release.identifier, *([dataset.doi_address] if dataset.doi_address else [])],
        "version": release.version,
        "isAccessibleForFree": True,
        "inLanguage": list(dataset.languages),
        "datePublished": release.day,
        "dateModified": release.day,
        "citation": release.citation(),
        "variableMeasured": _variables(release),
        "isBasedOn": [source_object(one) for one in release.sources],
        "distribution": [_download(release, table.name, file) for table in release.tables for file in table.files],
    }
    optional = {
        "funding": [grant_object(one) for one in dataset.funding],
        "temporalCoverage": "/".join(release.years) if release.years else None,
        "url": release.address,
    }
    about = {"@context": CONTEXT, "@type": "Dataset", "@id": release.identifier}
    return {**about, **_words(release), **_rights(release), **known, **non_empty(optional)}


def in_languages(words: Words) -> list[dict[str, str]]:
    """Return a text in English and in Dutch, each with its language."""
    return [{"@language": "en", "@value": words.en}, {"@language": "nl", "@value": words.nl}]


def _words(release: Release) -> dict[str, object]:
    """Return what is said of the dataset in both languages."""
    dataset = release.dataset
    title = Words(nl=f"{dataset.title.nl} {release.version}", en=f"{dataset.title.en} {release.version}")
    pairs = (("en", dataset.keywords.en), ("nl", dataset.keywords.nl))
    coded = [line for one in release.coders for line in one.lines()]
    return {
        "name": in_languages(title),
        "description": in_languages(dataset.description),
        "keywords": [{"@language": language, "@value": word} for language, words in pairs for word in words],
        "creator": [agent_object(one) for one in dataset.authors("en")],
        "publisher": {"@type": "Organization", "name": dataset.publisher.name.en},
        "spatialCoverage": {"@type": "Place", "name": in_languages(dataset.spatial.name)},
        "measurementTechnique": [*in_languages(dataset.technique), *coded],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": in_languages(dataset.title)},
    }


def _rights(release: Release) -> dict[str, object]:
    """Return every licence of the release, and which of them is of what."""
    found = rights(release)
    stated = {"conditionsOfAccess": in_languages(found.statement()), "usageInfo": release.url(LICENCE_FILE)}
    return {"license": pages(found.all), **stated}


def source_object(one: Source) -> dict[str, object]:
    """Return a source as schema.org: no `Dataset`, which would be found as another one of ours."""
    known = {"identifier": one.source_id, "inLanguage": one.language, "license": terms(one.licence).page}
    found = {**work_object(one), **known}
    if one.publisher_name:
        key = {"@id": one.publisher_uri} if one.publisher_uri else {}
        found["publisher"] = {"@type": "Organization", "name": one.publisher_name, **key}
    if one.documents:
        found["hasPart"] = [{**work_object(document), "identifier": document.path} for document in one.documents]
    return found


def work_object(one: Source | Document) -> dict[str, object]:
    """Return what is known of a source or a document as a schema.org `CreativeWork`."""
    name = one.title if isinstance(one, Source) else one.name
    known = {"description": one.description, "datePublished": one.issued, "url": one.homepage}
    return {"@type": "CreativeWork", "name": name, **non_empty(known)}


def agent_object(one: Creator) -> dict[str, object]:
    """Return somebody as schema.org, with their identifier when it is known."""
    found: dict[str, object] = {"@type": "Person" if one.kind == "person" else "Organization", "name": one.name}
    if one.uri:
        found |= {"@id": one.uri, "sameAs": one.uri}
    if one.affiliation:
        found["affiliation"] = {"@type": "Organization", "name": one.affiliation}
    return found


def grant_object(one: Funding) -> dict[str, object]:
    """Return funding as a schema.org `Grant`."""
    found = {"@type": "Grant", "name": one.title, "identifier": one.award}
    funder = {"@type": "Organization", "name": one.funder, "@id": one.uri}
    return {**non_empty(found), "funder": non_empty(funder)}


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


def _download(release: Release, table: str, file: FileFacts) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "encodingFormat": file.media_type,
        "contentUrl": release.url(file.path),
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
        "license": pages(rights(release).of(table)),
    }
