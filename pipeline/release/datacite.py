"""`datacite.json`: DataCite metadata, ready for a DOI.

What belongs here: the record. What does not: registering it; that is left to people.

Trap: a record must hold a DOI. As long as there is none, it holds one with DataCite's prefix for tests, which is never
registered and resolves to nothing; `schemas/dataset.yaml` takes the real one.
"""

from pipeline.release.description import Creator, Funding
from pipeline.release.files import CSV_TYPE, PARQUET_TYPE, json_bytes, non_empty
from pipeline.release.model import Release
from pipeline.release.origins import Source
from pipeline.release.rights import Terms, rights

TEST_PREFIX = "10.5072"


def datacite_json(release: Release) -> bytes:
    """Return the release as a DataCite record (kernel 4)."""
    dataset = release.dataset
    described: dict[str, object] = {
        **_identifiers(release),
        "creators": [_creator(one) for one in dataset.authors("en")],
        "titles": [
            {"title": dataset.title.en, "lang": "en"},
            {"title": dataset.title.nl, "lang": "nl", "titleType": "TranslatedTitle"},
        ],
        "publisher": {"name": dataset.publisher.name.en},
        "publicationYear": release.day[:4],
        "subjects": _subjects(release),
        "contributors": [{"name": dataset.contact_name, "contributorType": "ContactPerson"}],
        "dates": _dates(release),
        "language": next(iter(dataset.languages)),
        "types": {"resourceType": "Coded texts", "resourceTypeGeneral": "Dataset"},
        "version": release.version,
        "rightsList": _rights(release),
        "descriptions": [
            {"description": dataset.description.en, "descriptionType": "Abstract", "lang": "en"},
            {"description": dataset.description.nl, "descriptionType": "Abstract", "lang": "nl"},
            *_provenance(release),
        ],
        "formats": [CSV_TYPE, PARQUET_TYPE],
        "sizes": [f"{table.rows} {table.name}" for table in release.tables],
        "geoLocations": [{"geoLocationPlace": dataset.spatial.name.en}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    more = {
        "relatedIdentifiers": _related(release),
        "relatedItems": [_item(one) for one in release.sources],
        "fundingReferences": [_funding(one) for one in dataset.funding],
    }
    return json_bytes({**described, **non_empty(more)})


def _identifiers(release: Release) -> dict[str, object]:
    """Return the DOI, whole and in its two parts, and beside it the address or name of the release."""
    doi = release.dataset.doi or f"{TEST_PREFIX}/{release.dataset.name}.{release.version}"
    prefix, suffix = doi.split("/", maxsplit=1)
    kind = "URL" if release.address else "URN"
    other = {"alternateIdentifier": release.address or release.identifier, "alternateIdentifierType": kind}
    return {"doi": doi, "prefix": prefix, "suffix": suffix, "alternateIdentifiers": [other]}


def _creator(one: Creator) -> dict[str, object]:
    person = one.kind == "person"
    found: dict[str, object] = {"name": one.name, "nameType": "Personal" if person else "Organizational"}
    if one.uri:
        scheme, place = ("ORCID", "https://orcid.org") if person else ("ROR", "https://ror.org")
        found["nameIdentifiers"] = [{"nameIdentifier": one.uri, "nameIdentifierScheme": scheme, "schemeUri": place}]
    if one.affiliation:
        found["affiliation"] = [{"name": one.affiliation}]
    return found


def _funding(one: Funding) -> dict[str, str]:
    found = {"funderName": one.funder, "awardNumber": one.award, "awardTitle": one.title}
    if one.uri:
        found |= {"funderIdentifier": one.uri, "funderIdentifierType": "ROR"}
    return non_empty(found)


def _subjects(release: Release) -> list[dict[str, str]]:
    keywords = release.dataset.keywords
    return [
        {"subject": word, "lang": language}
        for language, words in (("en", keywords.en), ("nl", keywords.nl))
        for word in words
    ]


def _dates(release: Release) -> list[dict[str, str]]:
    issued = {"date": release.day, "dateType": "Issued"}
    if release.years is None:
        return [issued]
    # Kernel 4.5 has no type for it yet.
    return [issued, {"date": "/".join(release.years), "dateType": "Other", "dateInformation": "Coverage"}]


def _rights(release: Release) -> list[dict[str, str]]:
    """Return every licence of the release, and which of them is of what."""
    found = rights(release)
    stated = found.statement()
    return [
        *map(_licence, found.all),
        {"rights": stated.en, "lang": "en"},
        {"rights": stated.nl, "lang": "nl"},
    ]


def _licence(one: Terms) -> dict[str, str]:
    found = {"rights": one.title.en, "rightsUri": one.page, "lang": "en"}
    if one.spdx is None:
        return found
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
    return {**found, "rightsIdentifier": one.spdx.lower(), **scheme}


def _provenance(release: Release) -> list[dict[str, str]]:
    """Return who coded, and what the sources say of themselves, in their own language."""
    coded = "\n".join(line for one in release.coders for line in one.lines())
    found = [{"description": coded, "descriptionType": "Methods", "lang": "en"}] if coded else []
    return found + [
        {"description": "\n".join(source.lines()), "descriptionType": "Other", "lang": source.language}
        for source in release.sources
    ]


def _item(one: Source) -> dict[str, object]:
    """Return a source as what the dataset is made from; an item may have no address."""
    found: dict[str, object] = {
        "relatedItemType": "Collection",
        "relationType": "IsDerivedFrom",
        "titles": [{"title": one.title}],
    }
    if one.homepage:
        found["relatedItemIdentifier"] = {"relatedItemIdentifier": one.homepage, "relatedItemIdentifierType": "URL"}
    if one.issued:
        found["publicationYear"] = one.issued[:4]
    return {**found, "publisher": one.publisher_name} if one.publisher_name else found


def _related(release: Release) -> list[dict[str, str]]:
    return [
        {"relatedIdentifier": page, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
        for source in release.sources
        for page in source.homepages
    ]
