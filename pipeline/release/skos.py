"""`codebook.ttl`: the codebooks as SKOS.

What belongs here: the scheme, concepts and their labels. What does not: which statements got which code.

All codes are concepts of one scheme, since most programs read one scheme of a file; a dimension is a collection of
them.
"""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from pipeline.coding.codebook import Code, Codebook, Dimension
from pipeline.release.model import Release
from pipeline.release.rdf import turtle


def codebook_ttl(release: Release) -> bytes:
    """Return the codebooks in use as SKOS in Turtle."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in (("dct", DCTERMS), ("owl", OWL), ("rdfs", RDFS), ("skos", SKOS), ("xsd", XSD)):
        graph.bind(prefix, namespace)
    _add_scheme(graph, release)
    for book in release.codebooks:
        for dimension in book.dimensions:
            _add_dimension(graph, release, book, dimension)
    return turtle(graph)


def concept_uri(release: Release, book: Codebook, dimension: Dimension, code: str) -> URIRef:
    """Return the identifier of a code, the same in every version of the codebook."""
    return URIRef(release.dataset.identifier(f"codebook/{book.id}/{dimension.id}/{code}"))


def dimension_uri(release: Release, book: Codebook, dimension: Dimension) -> URIRef:
    """Return the identifier of a dimension, the same in every version of the codebook."""
    return URIRef(release.dataset.identifier(f"codebook/{book.id}/{dimension.id}"))


def scheme_uri(release: Release) -> URIRef:
    """Return the identifier of the scheme of all codes."""
    return URIRef(release.dataset.identifier("codebook"))


def _add_scheme(graph: Graph, release: Release) -> None:
    scheme, books = scheme_uri(release), release.codebooks
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for language, labels in (("nl", [book.label_nl for book in books]), ("en", [book.label_en for book in books])):
        label = Literal("; ".join(labels), lang=language)
        graph.add((scheme, DCTERMS.title, label))
        graph.add((scheme, SKOS.prefLabel, label))
    graph.add((scheme, DCTERMS.license, URIRef(release.dataset.licence.uri)))
    for book in books:
        graph.add((scheme, OWL.versionInfo, Literal(f"{book.id} {book.version}")))


def _add_dimension(graph: Graph, release: Release, book: Codebook, dimension: Dimension) -> None:
    node = dimension_uri(release, book, dimension)
    graph.add((node, RDF.type, SKOS.Collection))
    graph.add((node, SKOS.notation, Literal(dimension.id)))
    graph.add((node, SKOS.prefLabel, Literal(dimension.label_nl, lang="nl")))
    graph.add((node, SKOS.prefLabel, Literal(dimension.label_en, lang="en")))
    if dimension.note:
        graph.add((node, SKOS.note, Literal(dimension.note, lang="en")))
    for code in dimension.codes:
        graph.add((node, SKOS.member, concept_uri(release, book, dimension, code.id)))
        _add_concept(graph, release, book, dimension, code)


def _add_concept(graph: Graph, release: Release, book: Codebook, dimension: Dimension, code: Code) -> None:
    scheme = scheme_uri(release)
    concept = concept_uri(release, book, dimension, code.id)
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.notation, Literal(code.id)))
    graph.add((concept, SKOS.prefLabel, Literal(code.label_nl, lang="nl")))
    graph.add((concept, SKOS.prefLabel, Literal(code.label_en, lang="en")))
    graph.add((concept, SKOS.definition, Literal(code.definition, lang="en")))
    if code.includes:
        graph.add((concept, SKOS.example, Literal(code.includes, lang="nl")))
    if code.excludes:
        graph.add((concept, SKOS.scopeNote, Literal(f"Not: {code.excludes}", lang="en")))
    _add_mappings(graph, release, concept, dimension, code)
    if code.status == "retired":
        graph.add((concept, OWL.deprecated, Literal(True)))
    if code.replaced_by:
        graph.add((concept, DCTERMS.isReplacedBy, concept_uri(release, book, dimension, code.replaced_by)))
    if code.parent is None:
        graph.add((concept, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, concept))
    else:
        parent = concept_uri(release, book, dimension, code.parent)
        graph.add((concept, SKOS.broader, parent))
        graph.add((parent, SKOS.narrower, concept))


def _add_mappings(graph: Graph, release: Release, concept: URIRef, dimension: Dimension, code: Code) -> None:
    """Add what a code corresponds to elsewhere: one counterpart is close, several are narrower."""
    if code.uri and code.uri.startswith(("http://", "https://")):
        graph.add((concept, SKOS.closeMatch, URIRef(code.uri)))
    for scheme, notations in code.mappings.items():
        for notation in notations:
            if notation.startswith(("http://", "https://")):
                graph.add((concept, SKOS.narrowMatch if len(notations) > 1 else SKOS.closeMatch, URIRef(notation)))
            else:
                other = URIRef(release.dataset.identifier(f"elsewhere/{scheme}/{notation}"))
                # A number is an article or action line that a code has to do with; a word is a code of another list.
                matched = SKOS.narrowMatch if len(notations) > 1 else SKOS.closeMatch
                graph.add((concept, SKOS.relatedMatch if notation[:1].isdecimal() else matched, other))
                _describe(graph, other, dimension, scheme, notation)


def _describe(graph: Graph, other: URIRef, dimension: Dimension, scheme: str, notation: str) -> None:
    """Say what a name of ours stands for, which a counterpart without an address got."""
    name = dimension.external.get(scheme) or dimension.external.get("scheme") or scheme
    graph.add((other, RDFS.label, Literal(f"{name}: {notation}", lang="en")))
    address = dimension.external.get("uri")
    if address and scheme not in dimension.external:
        graph.add((other, RDFS.isDefinedBy, URIRef(address)))
