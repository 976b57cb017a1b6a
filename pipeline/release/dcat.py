"""`catalog.ttl` and its twins: DCAT-AP 3 and DCAT-AP-NL 3.

What belongs here: the catalogue record of one release. What does not: the codebook (`pipeline.release.skos`).

Traps: `dcat:dataset` must never point at the series; a source described in place would be harvested as a dataset of its
own, so sources are links only; in the Netherlands the licence is asked of every distribution. No blank nodes: they
would be named anew at each harvest and in no fixed order.
"""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from pipeline.release.description import Words
from pipeline.release.files import FileFacts
from pipeline.release.landing import LANDING
from pipeline.release.model import Release, TableFacts
from pipeline.release.package import PROFILE as PACKAGE_PROFILE
from pipeline.release.rdf import json_ld, rdf_xml, turtle
from pipeline.release.rights import Terms, rights
from schemas.derive import TABLE_SCHEMA_PROFILE

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # rdflib's own knows version 2 only
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = Namespace("http://publications.europa.eu/resource/authority/")
IANA = Namespace("http://www.iana.org/assignments/media-types/")

PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}


def catalog_ttl(release: Release) -> bytes:
    """Return the catalogue of a release as Turtle."""
    return turtle(catalog(release))


def catalog_jsonld(release: Release) -> bytes:
    """Return the catalogue of a release as JSON-LD."""
    return json_ld(catalog(release))


def catalog_rdf(release: Release) -> bytes:
    """Return the catalogue of a release as RDF/XML."""
    return rdf_xml(catalog(release))


def catalog(release: Release) -> Graph:
    """Return the catalogue of a release: the catalogue, the series, the dataset and its distributions."""
    graph = new_graph()
    _add_agents(graph, release)
    _add_catalog(graph, release)
    _add_series(graph, release)
    _add_dataset(graph, release)
    for table in release.tables:
        for file in table.files:
            _add_distribution(graph, release, table, file)
    return graph


def new_graph() -> Graph:
    """Return an empty graph with the prefixes of a catalogue."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _node(release: Release, path: str) -> URIRef:
    return URIRef(release.dataset.identifier(path))


def _series(release: Release) -> URIRef:
    return _node(release, f"dataset/{release.dataset.name}")


def _version(release: Release, version: str) -> URIRef:
    return _node(release, f"dataset/{release.dataset.name}/{version}")


def _publisher(release: Release) -> URIRef:
    return URIRef(release.dataset.publisher.uri or release.dataset.identifier("publisher"))


def _day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def _add_words(graph: Graph, node: URIRef, predicate: URIRef, words: Words) -> None:
    graph.add((node, predicate, Literal(words.nl, lang="nl")))
    graph.add((node, predicate, Literal(words.en, lang="en")))


def _add_common(graph: Graph, node: URIRef, release: Release) -> None:
    """Add what is said alike of the catalogue, the series and the dataset."""
    graph.add((node, DCTERMS.publisher, _publisher(release)))
    graph.add((node, DCAT.contactPoint, _node(release, "contact")))
    graph.add((node, DCTERMS.spatial, EU[f"country/{release.dataset.spatial.code}"]))
    graph.add((node, DCTERMS.modified, _day(release.day)))


def _add_languages(graph: Graph, node: URIRef, release: Release) -> None:
    for code in release.dataset.languages.values():
        graph.add((node, DCTERMS.language, EU[f"language/{code}"]))


def _add_agents(graph: Graph, release: Release) -> None:
    publisher, contact = release.dataset.publisher, release.dataset.contact
    agent, kind = _publisher(release), _node(release, "contact")
    graph.add((agent, RDF.type, FOAF.Agent))
    _add_words(graph, agent, FOAF.name, publisher.name)
    graph.add((agent, DCTERMS.type, URIRef(publisher.type)))
    if publisher.homepage:
        graph.add((agent, FOAF.homepage, URIRef(publisher.homepage)))
    graph.add((kind, RDF.type, VCARD.Kind))
    graph.add((kind, RDF.type, VCARD.Organization))
    graph.add((kind, VCARD.fn, Literal(release.dataset.contact_name)))
    if contact.email:
        graph.add((kind, VCARD.hasEmail, URIRef(f"mailto:{contact.email}")))
    if contact.homepage:
        graph.add((kind, VCARD.hasURL, URIRef(contact.homepage)))


def _add_creators(graph: Graph, node: URIRef, release: Release) -> None:
    """Add who made it: those who are named, else the publisher."""
    for number, one in enumerate(release.dataset.creators, 1):
        agent = URIRef(one.uri) if one.uri else _node(release, f"creator/{number}")
        graph.add((node, DCTERMS.creator, agent))
        graph.add((agent, RDF.type, FOAF.Agent))
        graph.add((agent, FOAF.name, Literal(one.name)))
    if not release.dataset.creators:
        graph.add((node, DCTERMS.creator, _publisher(release)))


def _add_catalog(graph: Graph, release: Release) -> None:
    dataset, node = release.dataset, _node(release, "catalog")
    graph.add((node, RDF.type, DCAT.Catalog))
    _add_words(graph, node, DCTERMS.title, dataset.title)
    _add_words(graph, node, DCTERMS.description, dataset.description)
    _add_common(graph, node, release)
    _add_languages(graph, node, release)
    graph.add((node, DCTERMS.creator, _publisher(release)))  # one at most; who made the dataset is said of that
    _add_licence(graph, node, rights(release).ours)  # of the description itself
    graph.add((node, DCTERMS.issued, _day(_first_day(release))))
    graph.add((node, DCAT.themeTaxonomy, EU["data-theme"]))
    graph.add((node, DCAT.dataset, URIRef(release.identifier)))
    if dataset.base_url:
        _add_page(graph, node, FOAF.homepage, dataset.base_url)


def _add_licence(graph: Graph, node: URIRef, one: Terms) -> None:
    """Add a licence, and to an open one the title that CKAN knows it by."""
    licence = URIRef(one.dcat_uri)
    graph.add((node, DCTERMS.license, licence))
    if one.family:
        graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
        graph.add((licence, DCTERMS.title, Literal(one.family, lang="en")))


def _add_rights(graph: Graph, node: URIRef, release: Release, table: str) -> None:
    """Add the licence of a file, one as the standard wants it, and in words which licence is of what in it."""
    found = rights(release)
    _add_licence(graph, node, found.least(table))
    stated = _node(release, f"dataset/{release.dataset.name}/{release.version}/rights/{table}")
    graph.add((node, DCTERMS.rights, stated))
    graph.add((stated, RDF.type, DCTERMS.RightsStatement))
    _add_words(graph, stated, RDFS.label, found.statement(table))


def _first_day(release: Release) -> str:
    return release.earlier[0][1] if release.earlier else release.day


def _add_series(graph: Graph, release: Release) -> None:
    dataset, node = release.dataset, _series(release)
    versions = [*(version for version, _ in release.earlier), release.version]
    graph.add((node, RDF.type, DCAT.DatasetSeries))
    _add_words(graph, node, DCTERMS.title, dataset.title)
    _add_words(graph, node, DCTERMS.description, dataset.description)
    _add_common(graph, node, release)
    graph.add((node, DCTERMS.accrualPeriodicity, EU[f"frequency/{dataset.frequency}"]))
    graph.add((node, DCTERMS.issued, _day(_first_day(release))))
    graph.add((node, DCAT.first, _version(release, versions[0])))
    graph.add((node, DCAT.last, _version(release, versions[-1])))
    for version in versions:
        graph.add((node, DCAT.seriesMember, _version(release, version)))
    _add_period(graph, node, release)


def _add_period(graph: Graph, node: URIRef, release: Release) -> None:
    if release.years is None:
        return
    period = _node(release, f"dataset/{release.dataset.name}/{release.version}/period")
    graph.add((node, DCTERMS.temporal, period))
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((period, DCAT.startDate, _day(f"{release.years[0]}-01-01")))
    graph.add((period, DCAT.endDate, _day(f"{release.years[1]}-12-31")))


def _add_dataset(graph: Graph, release: Release) -> None:
    dataset, node = release.dataset, URIRef(release.identifier)
    graph.add((node, RDF.type, DCAT.Dataset))
    title = Words(nl=f"{dataset.title.nl} {release.version}", en=f"{dataset.title.en} {release.version}")
    _add_words(graph, node, DCTERMS.title, title)
    _add_words(graph, node, DCTERMS.description, dataset.description)
    _add_words(graph, node, ADMS.versionNotes, release.notes)
    _add_common(graph, node, release)
    _add_languages(graph, node, release)
    _add_period(graph, node, release)
    _add_creators(graph, node, release)
    if dataset.doi_address:
        graph.add((node, ADMS.identifier, URIRef(dataset.doi_address)))
        graph.add((URIRef(dataset.doi_address), RDF.type, ADMS.Identifier))
        graph.add((URIRef(dataset.doi_address), SKOS.notation, Literal(dataset.doi_address, datatype=XSD.anyURI)))
    graph.add((node, DCTERMS.identifier, Literal(release.identifier)))
    graph.add((node, DCTERMS.issued, _day(release.day)))
    graph.add((node, DCTERMS.accessRights, EU["access-right/PUBLIC"]))
    graph.add((node, DCTERMS.accrualPeriodicity, EU[f"frequency/{dataset.frequency}"]))
    graph.add((node, DCTERMS.conformsTo, URIRef(PACKAGE_PROFILE)))
    graph.add((node, ADMS.status, EU["dataset-status/COMPLETED"]))
    graph.add((node, DCAT.version, Literal(release.version)))
    graph.add((node, DCAT.inSeries, _series(release)))
    if release.earlier:
        graph.add((node, DCAT.prev, _version(release, release.earlier[-1][0])))
    for theme in dataset.themes:
        graph.add((node, DCAT.theme, EU[f"data-theme/{theme}"]))
    _add_links(graph, node, release)


def _add_links(graph: Graph, node: URIRef, release: Release) -> None:
    keywords = release.dataset.keywords
    for language, words in (("nl", keywords.nl), ("en", keywords.en)):
        for word in words:
            graph.add((node, DCAT.keyword, Literal(word, lang=language)))
    for source in release.sources:
        for page in source.homepages:
            graph.add((node, DCTERMS.source, URIRef(page)))
    _add_provenance(graph, node, release)
    _add_page(graph, node, FOAF.page, release.url("DICTIONARY.html"))
    _add_page(graph, node, DCAT.landingPage, release.url(LANDING))


def _add_provenance(graph: Graph, node: URIRef, release: Release) -> None:
    """Add of every source what it is and of every coder who it is: statements, which nobody takes for datasets."""
    place = f"dataset/{release.dataset.name}/{release.version}"
    for source in release.sources:
        about = _node(release, f"{place}/source/{source.source_id}")
        graph.add((node, DCTERMS.provenance, about))
        graph.add((about, RDF.type, DCTERMS.ProvenanceStatement))
        for line in source.lines():
            graph.add((about, RDFS.label, Literal(line, lang=source.language)))
    coded = _node(release, f"{place}/coders")
    for line in (line for one in release.coders for line in one.lines()):
        graph.add((node, DCTERMS.provenance, coded))
        graph.add((coded, RDF.type, DCTERMS.ProvenanceStatement))
        graph.add((coded, RDFS.label, Literal(line, lang="en")))


def _add_page(graph: Graph, node: URIRef, link: URIRef, address: str) -> None:
    page = URIRef(address)
    graph.add((node, link, page))
    graph.add((page, RDF.type, FOAF.Document))


def _add_distribution(graph: Graph, release: Release, table: TableFacts, file: FileFacts) -> None:
    kind = file.form.upper()
    node = _node(release, f"dataset/{release.dataset.name}/{release.version}/{file.path}")
    graph.add((URIRef(release.identifier), DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    _add_words(graph, node, DCTERMS.title, Words(nl=f"{table.title.nl} ({kind})", en=f"{table.title.en} ({kind})"))
    graph.add((node, DCTERMS.description, Literal(table.description, lang="en")))
    graph.add((node, DCAT.accessURL, URIRef(release.url(LANDING))))
    graph.add((node, DCAT.downloadURL, URIRef(release.url(file.path))))
    graph.add((node, DCTERMS["format"], EU[f"file-type/{kind}"]))
    # CKAN shows the format's label, and looks for one only in a node of this type.
    graph.add((EU[f"file-type/{kind}"], RDF.type, DCTERMS.IMT))
    graph.add((EU[f"file-type/{kind}"], RDFS.label, Literal(kind)))
    graph.add((node, DCAT.mediaType, IANA[file.media_type]))
    _add_rights(graph, node, release, table.name)
    _add_languages(graph, node, release)
    graph.add((node, DCATAP.availability, EU["planned-availability/STABLE"]))
    graph.add((node, ADMS.status, EU["distribution-status/COMPLETED"]))
    graph.add((node, DCTERMS.conformsTo, URIRef(TABLE_SCHEMA_PROFILE)))
    graph.add((node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    graph.add((node, DCTERMS.issued, _day(release.day)))
    graph.add((node, DCTERMS.modified, _day(release.day)))
    checksum = URIRef(f"{node}{'/' if release.address else ':'}checksum")
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
