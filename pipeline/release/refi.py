"""`codebook.qdc`: the codebooks as REFI-QDA, which programs for qualitative analysis open.

What belongs here: the codebook alone. What does not: projects with coded texts (`pipeline.coding`).
"""

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pipeline.coding.codebook import Code, Codebook, Dimension
from pipeline.release.model import Release
from pipeline.release.xml import xml_bytes

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bloemlezing:codebook")


def codebook_qdc(release: Release) -> bytes:
    """Return the codebooks in use as a REFI-QDA codebook: a branch a dimension, codes nested below their parents."""
    root = ET.Element("CodeBook", {"xmlns": NAMESPACE, "origin": f"{release.dataset.name} {release.version}"})
    codes = ET.SubElement(root, "Codes")
    for book in release.codebooks:
        for dimension in book.dimensions:
            _add_dimension(codes, book, dimension, several=len(release.codebooks) > 1)
    return xml_bytes(root)


def code_guid(book: str, dimension: str, code: str = "") -> str:
    """Return the GUID of a code (or of a dimension, without code), the same in every version."""
    return str(uuid.uuid5(_ROOT, f"{book}/{dimension}/{code}"))


def _add_dimension(codes: ET.Element, book: Codebook, dimension: Dimension, *, several: bool) -> None:
    # The same dimension of two codebooks is told apart by the codebook's name.
    name = f"{dimension.label_nl} ({book.label_nl})" if several else dimension.label_nl
    branch = ET.SubElement(codes, "Code", guid=code_guid(book.id, dimension.id), name=name, isCodable="false")
    if dimension.note:
        ET.SubElement(branch, "Description").text = dimension.note
    _add_codes(branch, book, dimension, [code for code in dimension.codes if code.parent is None])


def _add_codes(parent: ET.Element, book: Codebook, dimension: Dimension, codes: Sequence[Code]) -> None:
    for code in codes:
        codable = "false" if code.status == "retired" else "true"
        guid = code_guid(book.id, dimension.id, code.id)
        element = ET.SubElement(parent, "Code", guid=guid, name=code.label_nl, isCodable=codable)
        ET.SubElement(element, "Description").text = description(code)
        _add_codes(element, book, dimension, [child for child in dimension.codes if child.parent == code.id])


def description(code: Code) -> str:
    """Return what a coder needs to know of a code, in a line each."""
    lines = (
        code.definition,
        f"+ {code.includes}" if code.includes else "",
        f"- {code.excludes}" if code.excludes else "",
    )
    return "\n".join(line for line in lines if line)
