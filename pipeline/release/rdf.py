"""RDF graphs as bytes, the same for the same graph.

What belongs here: serialising. What does not: any statement.
"""

from rdflib import Graph


def turtle(graph: Graph) -> bytes:
    """Return a graph without blank nodes as Turtle; rdflib sorts it."""
    return graph.serialize(format="longturtle", encoding="utf-8").rstrip() + b"\n"
