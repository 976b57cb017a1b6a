"""`ro-crate-metadata.json`: RO-Crate 1.1, which repositories for research read.

What belongs here: the folder as a crate. What does not: other descriptions of the same files.

Trap: `sha256` is no term of the crate's context, so it is defined here.
"""

from collections.abc import Iterable
from urllib.parse import quote

from pipeline.release.description import Creator, Funding
from pipeline.release.files import DESCRIPTOR, json_bytes
from pipeline.release.model import Release
from pipeline.release.origins import Coder, Source
from pipeline.release.rights import LICENCE_FILE, Terms, rights, terms
from pipeline.release.schemaorg import work_object

_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_CONTEXT = [f"{_SPECIFICATION}/context", {"sha256": "https://schema.org/sha256"}]
_AGENT = "#publisher"


def ro_crate(release: Release) -> bytes:
    """Return the release as an RO-Crate."""
    files = _files(release)
    people = [_person(release, number, one) for number, one in enumerate(release.dataset.creators, 1)]
    funders = [_funder(release, number, one) for number, one in enumerate(release.dataset.funding, 1)]
    named = [*(entity for pair in people for entity in pair), *funders]
    root = _root(release, files)
    if people:
        root["author"] = _links(pair[0] for pair in people)
    if funders:
        root["funder"] = _links(funders)
    origins = [_source(release, one) for one in release.sources]
    sources = list({str(entity["@id"]): entity for one in origins for entity in one}.values())
    if origins:
        root["isBasedOn"] = _links(one[0] for one in origins)
    programs = [_program(release, one) for one in release.coders if one.program]
    coded = _coded(release, programs)
    licences = [_licence(one) for one in rights(release).all]
    graph = [_descriptor(), root, *licences, _agent(release), *named, *sources, *programs, *coded, *files]
    return json_bytes({"@context": _CONTEXT, "@graph": graph})


def _descriptor() -> dict[str, object]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _SPECIFICATION},
    }


def _root(release: Release, files: list[dict[str, object]]) -> dict[str, object]:
    dataset = release.dataset
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{dataset.title.en} {release.version}",
        "alternateName": f"{dataset.title.nl} {release.version}",
        "description": f"{dataset.description.en}\n\n{dataset.description.nl}",
        "identifier": release.identifier,
        "datePublished": release.day,
        "version": release.version,
        "keywords": [*dataset.keywords.en, *dataset.keywords.nl],
        "license": _licence_links(rights(release).all),
        "usageInfo": {"@id": LICENCE_FILE},
        "author": {"@id": _AGENT},
        "publisher": {"@id": _AGENT},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }


def _licence(one: Terms) -> dict[str, object]:
    title = f"{one.title.en} / {one.title.nl}"
    return {"@id": one.page, "@type": "CreativeWork", "name": one.name, "description": title}


def _licence_links(given: Iterable[Terms]) -> object:
    return _links({"@id": one.page} for one in given)


def _agent(release: Release) -> dict[str, object]:
    publisher = release.dataset.publisher
    # A crate should give a URL; without a page that is the publisher's identifier.
    url = publisher.homepage or publisher.uri or release.dataset.identifier("publisher")
    return {"@id": _AGENT, "@type": "Organization", "name": publisher.name.en, "url": url}


def _links(entities: Iterable[dict[str, object]]) -> object:
    """Return references to entities; a crate holds a single one without a list."""
    found = [{"@id": one["@id"]} for one in entities]
    return found[0] if len(found) == 1 else found


def _person(release: Release, number: int, one: Creator) -> list[dict[str, object]]:
    """Return the entity of a creator, and after it that of where a person works."""
    key = one.uri or f"#creator-{number}"
    if one.kind == "organisation":
        return [_organisation(release, key, one.name)]
    found: dict[str, object] = {"@id": key, "@type": "Person", "name": one.name}
    if not one.affiliation:
        return [found]
    place = _organisation(release, f"#affiliation-{number}", one.affiliation)
    return [{**found, "affiliation": {"@id": place["@id"]}}, place]


def _funder(release: Release, number: int, one: Funding) -> dict[str, object]:
    grant = " ".join(part for part in (one.award, one.title) if part)
    found = _organisation(release, one.uri or f"#funder-{number}", one.funder)
    return {**found, "description": grant} if grant else found


def _source(release: Release, one: Source) -> list[dict[str, object]]:
    """Return the entity of a source, and after it those of its documents and of its publisher."""
    parts = [
        {"@id": f"#document/{quote(part.path)}", **work_object(part), "identifier": part.path} for part in one.documents
    ]
    known = {"identifier": one.source_id, "inLanguage": one.language, "license": _licence_links([terms(one.licence)])}
    found = {"@id": f"#source/{one.source_id}", **work_object(one), **known}
    if parts:
        found["hasPart"] = _links(parts)
    if not one.publisher_name:
        return [found, *parts]
    who = _organisation(release, one.publisher_uri or f"#publisher/{one.source_id}", one.publisher_name)
    return [{**found, "publisher": {"@id": who["@id"]}}, *parts, who]


def _program(release: Release, one: Coder) -> dict[str, object]:
    """Return the entity of a program that coded; without a page of its own its URL is an identifier of this dataset."""
    return {
        "@id": f"#{one.name}",
        "@type": "SoftwareApplication",
        "name": one.name,
        "description": "; ".join(one.lines()),
        "version": "; ".join(dict.fromkeys(with_.lexicon_version for with_ in one.made_with)) or one.name,
        "url": release.dataset.identifier(f"coder/{one.name}"),
    }


def _coded(release: Release, programs: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the entity of the act of coding by programs, when there were any."""
    if not programs:
        return []
    files = [{"@id": file.path} for table in release.tables if table.name == "codings" for file in table.files]
    action = {"@id": "#coding", "@type": "CreateAction", "name": "Coding"}
    return [{**action, "instrument": _links(programs), "result": files}]


def _organisation(release: Release, key: str, name: str) -> dict[str, object]:
    # A crate should give a URL; without one known that is an identifier of this dataset.
    url = release.dataset.identifier(key.removeprefix("#")) if key.startswith("#") else key
    return {"@id": key, "@type": "Organization", "name": name, "url": url}


def _files(release: Release) -> list[dict[str, object]]:
    tables: list[dict[str, object]] = [
        {
            "@id": file.path,
            "@type": "File",
            "name": table.title.en,
            "description": table.description,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
            "license": _licence_links(rights(release).of(table.name)),
        }
        for table in release.tables
        for file in table.files
    ]
    package: dict[str, object] = {
        "@id": DESCRIPTOR,
        "@type": "File",
        "name": "Data Package",
        "description": "Descriptor of all tables and columns.",
        "encodingFormat": "application/json",
    }
    licence: dict[str, object] = {
        "@id": LICENCE_FILE,
        "@type": "File",
        "name": "Licences",
        "description": rights(release).statement().en,
        "encodingFormat": "text/markdown",
    }
    return [*tables, package, licence]
