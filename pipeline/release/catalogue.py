"""The folder of all releases as a catalogue of its own, for those who harvest it unattended.

What belongs here: `index.html` for people, `catalog.ttl` (DCAT), `data.json` (Project Open Data 1.1), `sitemap.xml` and
`.well-known/api-catalog` (RFC 9727), each over all releases that stand. What does not: the pointers and when anything
is written (`pipeline.release.store`), and the description of one release.

Everything is taken from what the releases say of themselves. Links are relative until there is a base URL, though the
sitemap standard wants whole addresses: then they are there to be resolved by whoever serves the folder.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize
from rdflib.namespace import RDF

from pipeline.release.dcat import DCAT, PREFIXES
from pipeline.release.description import Words
from pipeline.release.files import CHECKSUMS, DESCRIPTOR, checksums, json_bytes
from pipeline.release.landing import DESCRIPTIONS, LANDING, LINKSET, PAGE_TYPES
from pipeline.release.pages import json_inside, rendered
from pipeline.release.rights import LICENCE_FILE
from pipeline.release.schemaorg import CONTEXT, in_languages
from pipeline.release.xml import xml_bytes

Descriptor = Mapping[str, Any]
Entry = tuple[str, Descriptor, Callable[[str], bytes]]
"""A release: its version, its `datapackage.json`, and what reads a file of it."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DATA_JSON = "https://project-open-data.cio.gov/v1.1/schema"
_NOWHERE = "relative://here/"
"""Stands for the folder of all releases while relative links are read; a scheme that no real link has."""

_TYPE, _CATALOG, _SERIES = (NamedNode(str(one)) for one in (RDF.type, DCAT.Catalog, DCAT.DatasetSeries))
_DATASET = NamedNode(str(DCAT.dataset))
_TO_RELEASES = frozenset(NamedNode(str(one)) for one in (DCAT.seriesMember, DCAT.first, DCAT.prev))
"""Links between releases; those to releases that were taken away go."""

_PAGES = (LANDING, "README.md", "DICTIONARY.html", "codebook.html", "CHANGES.md", DESCRIPTOR)


def catalogue_files(entries: Sequence[Entry]) -> dict[str, bytes]:
    """Return the files of the catalogue by their paths below the folder of all releases.

    Args:
        entries: Every release that stands, oldest first; at least one.
    """
    base = str(entries[-1][1].get("homepage", ""))
    # Three of the files need the same checksums, and a store may be far away.
    entries = [(version, described, cache(read)) for version, described, read in entries]
    made: Mapping[str, Callable[[Sequence[Entry], str], bytes]] = {
        "catalog.ttl": _catalog,
        "data.json": _data_json,
        "sitemap.xml": _sitemap,
        LINKSET: _api_catalog,
        "index.html": _page,
    }
    return {path: make(entries, base) for path, make in made.items()}


def _catalog(entries: Sequence[Entry], _base: str) -> bytes:
    """Return the newest release's catalogue with the datasets of all older ones added.

    Every release is read anew at each publication, which rdflib would take a tenth of a second for.
    """
    found: set[Triple] = set()
    known: set[object] = set()
    for version, _, read in reversed(entries):
        triples = _triples(read("catalog.ttl"), version)
        series = {one.subject for one in triples if (one.predicate, one.object) == (_TYPE, _SERIES)}
        # What the newest release says of the catalogue, the series and the people stands.
        found |= {one for one in triples if one.subject not in known and (not found or one.subject not in series)}
        known |= {one.subject for one in triples}
    standing = {NamedNode(str(descriptor["id"])) for _, descriptor, _ in entries}
    catalog = next(one.subject for one in found if (one.predicate, one.object) == (_TYPE, _CATALOG))
    found = {one for one in found if one.predicate not in _TO_RELEASES or one.object in standing}
    return _turtle([*found, *(Triple(catalog, _DATASET, one) for one in standing)])


def _triples(content: bytes, version: str) -> list[Triple]:
    """Return what a release's catalogue says; its relative links begin where the release is."""
    place = f"{_NOWHERE}releases/{version}/"
    quads = parse(content, format=RdfFormat.TURTLE, base_iri=place)
    return [quad.triple for quad in quads]


def _turtle(triples: Sequence[Triple]) -> bytes:
    """Return triples as Turtle, in an order of their own, with relative links as such."""
    prefixes = {name: str(namespace) for name, namespace in PREFIXES.items()}
    ordered = sorted(set(triples), key=str)
    content = serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes, base_iri=_NOWHERE)
    assert content is not None  # it was not written to a file
    return content.removeprefix(f"@base <{_NOWHERE}> .\n".encode())


def _data_json(entries: Sequence[Entry], base: str) -> bytes:
    described = {
        "@context": f"{_DATA_JSON}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": _DATA_JSON,
        "describedBy": f"{_DATA_JSON}/catalog.json",
        "dataset": [_data_json_dataset(version, descriptor, base) for version, descriptor, _ in reversed(entries)],
    }
    return json_bytes(described)


def _data_json_dataset(version: str, descriptor: Descriptor, base: str) -> dict[str, object]:
    place = f"{base}releases/{version}/"
    roles = {role: one for one in reversed(descriptor["contributors"]) for role in one["roles"]}
    contact = roles["contact"]
    return {
        "@type": "dcat:Dataset",
        "identifier": descriptor["id"],
        "title": f"{descriptor['title']} {version}",
        "description": descriptor["description"],
        "keyword": descriptor["keywords"],
        "modified": descriptor["created"],
        "accessLevel": "public",
        "license": licence_address(descriptor, place),
        **({"rights": descriptor["rights"]} if "rights" in descriptor else {}),
        "publisher": {"@type": "org:Organization", "name": roles["publisher"]["title"]},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": contact["title"],
            # The standard wants an address; without one, this says that there is none.
            "hasEmail": f"mailto:{contact.get('email', 'unknown@example.invalid')}",
        },
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": resource["title"],
                "format": str(resource["format"]).upper(),
                "mediaType": resource["mediatype"],
                "downloadURL": f"{place}{resource['path']}",
                "describedBy": f"{place}{DESCRIPTOR}",
            }
            for resource in descriptor["resources"]
        ],
    }


def licence_address(descriptor: Descriptor, place: str) -> str:
    """Return where the licence of a release is, or, of one with several, where it says which is of what.

    Args:
        descriptor: Its `datapackage.json`.
        place: Its folder, ending in a slash.
    """
    first, *more = descriptor["licenses"]
    return f"{place}{LICENCE_FILE}" if more else str(first["path"])


def _sitemap(entries: Sequence[Entry], base: str) -> bytes:
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    _add_page(root, f"{base}{LANDING}", entries[-1][1])
    for version, descriptor, read in reversed(entries):
        there = checksums(read(CHECKSUMS))
        for name in _PAGES:
            if name in there:
                _add_page(root, f"{base}releases/{version}/{name}", descriptor)
    return xml_bytes(root)


def _add_page(root: ET.Element, address: str, descriptor: Descriptor) -> None:
    page = ET.SubElement(root, "url")
    ET.SubElement(page, "loc").text = address
    ET.SubElement(page, "lastmod").text = str(descriptor["created"])


def _api_catalog(entries: Sequence[Entry], base: str) -> bytes:
    """Return a linkset: of the catalogue what describes it, and of each release its descriptions."""
    root = base or "../"
    catalog = {
        "anchor": f"{root}{LINKSET}" if base else "api-catalog",
        "item": [{"href": f"{root}releases/{version}/{DESCRIPTOR}"} for version, _, _ in reversed(entries)],
        "describedby": [
            {"href": f"{root}catalog.ttl", "type": "text/turtle"},
            {"href": f"{root}data.json", "type": "application/json"},
            {"href": f"{root}releases/versions.json", "type": "application/json"},
        ],
    }
    return json_bytes({"linkset": [catalog, *_release_links(entries, root)]})


def _release_links(entries: Sequence[Entry], root: str) -> Iterator[dict[str, object]]:
    for version, descriptor, read in reversed(entries):
        place, there = f"{root}releases/{version}/", checksums(read(CHECKSUMS))
        yield {
            "anchor": f"{place}{LANDING}" if LANDING in there else place,
            "type": [{"href": kind} for kind in PAGE_TYPES],
            "describedby": [
                {"href": place + name, "type": kind} for name, kind in DESCRIPTIONS.items() if name in there
            ],
            "item": [{"href": place + one["path"], "type": one["mediatype"]} for one in descriptor["resources"]],
            "license": [{"href": licence_address(descriptor, place)}],
        }


def _page(entries: Sequence[Entry], base: str) -> bytes:
    """Return the page that lists the releases, the newest first."""
    releases = [
        {
            "version": version,
            "place": f"{base}releases/{version}/",
            "day": str(descriptor["created"])[:10],
            "page": LANDING in checksums(read(CHECKSUMS)),
            "recommendations": _rows(descriptor, "recommendations"),
        }
        for version, descriptor, read in reversed(entries)
    ]
    described = json_inside(_data_catalog(entries, base))
    return rendered(
        "catalogue.html.jinja",
        releases=releases,
        **{key: _in_languages(entries[-1][1], key) for key in ("title", "description")},
        licence=licence_address(entries[-1][1], f"{base}releases/{entries[-1][0]}/"),
        base=base,
        linkset=LINKSET,
        described=described,
    )


def _in_languages(descriptor: Descriptor, key: str) -> dict[str, str]:
    """Return a text of a release in both languages; the first releases had both in one, Dutch first."""
    nl, _, en = str(descriptor[key]).partition("\n\n")
    found = {"nl": nl, "en": en or nl}
    return {"nl": descriptor[f"{key}@nl"], "en": descriptor[key]} if f"{key}@nl" in descriptor else found


def _rows(descriptor: Descriptor, table: str) -> int | None:
    """Return the number of rows of a table, or None when a release does not have it."""
    return next((one["rowCount"] for one in descriptor["resources"] if one["name"] == table), None)


def _data_catalog(entries: Sequence[Entry], base: str) -> dict[str, object]:
    """Return the catalogue as schema.org."""
    newest = entries[-1][1]
    datasets = [
        {
            "@type": "Dataset",
            "@id": descriptor["id"],
            "name": f"{descriptor['title']} {version}",
            "description": descriptor["description"],
            "license": [one["path"] for one in descriptor["licenses"]],
            "version": version,
            "datePublished": str(descriptor["created"])[:10],
            "url": f"{base}releases/{version}/{LANDING}",
        }
        for version, descriptor, _ in reversed(entries)
    ]
    words = {key: in_languages(Words(**_in_languages(newest, key))) for key in ("title", "description")}
    described = {"@context": CONTEXT, "@type": "DataCatalog", "name": words["title"], "dataset": datasets}
    return {**described, "description": words["description"], "license": newest["licenses"][0]["path"]}
