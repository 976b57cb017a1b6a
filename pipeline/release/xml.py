"""XML trees as bytes, the same for the same tree.

What belongs here: serialising. What does not: any format.
"""

from xml.etree import ElementTree as ET


def xml_bytes(root: ET.Element) -> bytes:
    """Return a tree as indented UTF-8 with an XML declaration."""
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"
