"""`codebook.qdc`: the codebooks as REFI-QDA, which programs for qualitative analysis open.

What belongs here: the file. What does not: the tree of codes (`pipeline.coding.refi`) and projects with coded texts
(`pipeline.coding.qdpx`).
"""

from xml.etree import ElementTree as ET

from pipeline.coding.refi import CodeNames, codes_element
from pipeline.release.model import Release
from pipeline.release.xml import xml_bytes

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def codebook_qdc(release: Release) -> bytes:
    """Return the codebooks in use as a REFI-QDA codebook."""
    root = ET.Element("CodeBook", {"xmlns": NAMESPACE, "origin": f"{release.dataset.name} {release.version}"})
    root.append(codes_element(release.codebooks, CodeNames.of(release.codebooks)))
    return xml_bytes(root)
