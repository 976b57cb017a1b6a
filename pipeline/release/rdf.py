"""RDF graphs as bytes, the same for the same graph.

What belongs here: serialising. What does not: any statement.
"""

import json

from rdflib import Graph

from pipeline.release.files import json_bytes


def turtle(graph: Graph) -> bytes:
    """Return a graph without blank nodes as Turtle; rdflib sorts it."""
    return graph.serialize(format="longturtle", encoding="utf-8").rstrip() + b"\n"


def json_ld(graph: Graph) -> bytes:
    """Return a graph without blank nodes as JSON-LD with full names, which needs no context to be read."""
    nodes = json.loads(graph.serialize(format="json-ld"))
    return json_bytes(_sorted(nodes))


def rdf_xml(graph: Graph) -> bytes:
    """Return a graph without blank nodes as RDF/XML."""
    ordered = Graph(bind_namespaces="none")
    for prefix, namespace in graph.namespaces():
        ordered.bind(prefix, namespace)
    for triple in sorted(graph):
        ordered.add(triple)
    return ordered.serialize(format="xml", encoding="utf-8").rstrip() + b"\n"


def _sorted(value: object) -> object:
    """Return JSON with every list and object sorted; in expanded JSON-LD no order means anything."""
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value
