"""`index.html`: a release's landing page, for people in Dutch and English, and for machines that start there.

What belongs here: what the page says, its schema.org description, and its typed links (FAIR Signposting,
signposting.org): what it is, how to cite it, what describes it, what it holds. What does not: its looks
(`landing.html.jinja`).

`cite-as` must be an address that lasts, so it is left out as long as there is neither a DOI nor a base URL.
"""

from collections.abc import Iterator, Mapping

from pipeline.release.files import DESCRIPTOR
from pipeline.release.model import Release
from pipeline.release.pages import json_inside, rendered
from pipeline.release.rights import LICENCE_FILE, rights, terms
from pipeline.release.schemaorg import dataset_object

DESCRIPTIONS: Mapping[str, str] = {
    DESCRIPTOR: "application/json",
    "catalog.ttl": "text/turtle",
    "catalog.jsonld": "application/ld+json",
    "catalog.rdf": "application/rdf+xml",
    "croissant.json": "application/ld+json",
    "schemaorg.jsonld": "application/ld+json",
    "datacite.json": "application/vnd.datacite.datacite+json",
    "ro-crate-metadata.json": "application/ld+json",
    "csv-metadata.json": "application/csvm+json",
    "ddi-codebook.xml": "application/xml",
}
"""The files that describe a release for machines, with their media types."""

PAGE_TYPES = ("https://schema.org/AboutPage", "https://schema.org/Dataset")
LANDING = "index.html"
LINKSET = ".well-known/api-catalog"
"""Where the links of all releases are together, below the folder of all releases."""

Link = Mapping[str, str | None]


def landing_html(release: Release) -> bytes:
    """Return the landing page of a release."""
    return rendered(
        "landing.html.jinja",
        release=release,
        links=list(signposts(release)),
        rights=rights(release),
        terms=terms,
        licence_file=LICENCE_FILE,
        described=json_inside(dataset_object(release)),
        descriptions=list(DESCRIPTIONS),
    )


def signposts(release: Release) -> Iterator[Link]:
    """Yield the typed links of a release's landing page."""
    dataset = release.dataset
    place = dataset.doi_address or release.address
    if place:
        yield _link("cite-as", place)
    for kind in PAGE_TYPES:
        yield _link("type", kind)
    found = rights(release)
    # One link is what the convention has room for: where one licence does not say all, the file that does.
    yield _link("license", found.ours.page if found.plain else release.url(LICENCE_FILE))
    for one in dataset.creators:
        if one.uri:
            yield _link("author", one.uri)
    for name, media_type in DESCRIPTIONS.items():
        yield _link("describedby", release.url(name), media_type)
    for table in release.tables:
        for file in table.files:
            yield _link("item", release.url(file.path), file.media_type)
    yield _link("linkset", f"{dataset.base_url or '../../'}{LINKSET}", "application/linkset+json")


def _link(relation: str, href: str, media_type: str | None = None) -> Link:
    return {"rel": relation, "href": href, "type": media_type}
