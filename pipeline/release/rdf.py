"""RDF graphs as bytes, the same for the same graph.

What belongs here: serialising. What does not: any statement.
"""

import json
from xml.etree import ElementTree as ET

from rdflib import Graph

from pipeline.release.files import json_bytes
from pipeline.release.xml import xml_bytes


def turtle(graph: Graph) -> bytes:
    """Return a graph without blank nodes as Turtle; rdflib sorts it."""
    return graph.serialize(format="longturtle", encoding="utf-8").rstrip() + b"\n"


def json_ld(graph: Graph) -> bytes:
    """Return a graph without blank nodes as JSON-LD with full names, which needs no context to be read."""
    nodes = json.loads(graph.serialize(format="json-ld"))
    return json_bytes(_sorted(nodes))


def rdf_xml(graph: Graph) -> bytes:
    """Return a graph without blank nodes as RDF/XML, sorted since rdflib's own order varies from run to run."""
    for prefix, namespace in graph.namespaces():
        ET.register_namespace(prefix, str(namespace))
    root = ET.fromstring(graph.serialize(format="xml"))  # noqa: S314  of our own making
    for description in root:
        description[:] = sorted(description, key=_element_key)
    root[:] = sorted(root, key=_element_key)
    return xml_bytes(root)


def _element_key(element: ET.Element) -> tuple[object, ...]:
    return element.tag, sorted(element.attrib.items()), element.text or ""


def _sorted(value: object) -> object:
    """Return JSON with every list and object sorted; in expanded JSON-LD no order means anything."""
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value
