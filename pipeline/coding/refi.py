"""Codebooks in REFI-QDA, the exchange format of programs for qualitative analysis.

What belongs here: GUIDs, names and the tree of codes, which codebooks (`.qdc`) and projects (`.qdpx`) share. What does
not: either of those files.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.coding.codebook import Code, Codebook, Dimension
from pipeline.coding.decisions import ABSTAIN

_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bloemlezing:codebook")


class CodeKey(NamedTuple):
    """A codebook, a dimension and a code; the code is empty for the dimension itself."""

    codebook: str
    dimension: str
    code: str


def code_guid(book: str, dimension: str, code: str = "") -> str:
    """Return the GUID of a code (or of a dimension, without code), the same in every version."""
    return guid(f"{book}/{dimension}/{code}")


def guid(name: str) -> str:
    """Return a GUID that is the same for the same name."""
    return str(uuid.uuid5(_ROOT, name))


@dataclass(frozen=True)
class CodeNames:
    """The names of codes and dimensions, each used once: some programs know codes by name alone.

    Attributes:
        names: The Dutch label; with its dimension, and then its codebook, behind it where others have the same.
        with_abstention: Whether every dimension has a code by which a coder abstains.
    """

    names: Mapping[CodeKey, str]
    with_abstention: bool

    @classmethod
    def of(cls, books: Sequence[Codebook], *, with_abstention: bool = False) -> "CodeNames":
        """Return the names for these codebooks."""
        labels: dict[CodeKey, tuple[str, str, str]] = {}
        for book in books:
            for dimension in book.dimensions:
                labels[CodeKey(book.id, dimension.id, "")] = (dimension.label_nl, "", book.label_nl)
                for code in dimension.codes:
                    labels[CodeKey(book.id, dimension.id, code.id)] = (code.label_nl, dimension.label_nl, book.label_nl)
                if with_abstention:
                    label = f"Niet te bepalen: {dimension.label_nl}"
                    labels[CodeKey(book.id, dimension.id, ABSTAIN)] = (label, "", book.label_nl)
        names = {key: label for key, (label, _, _) in labels.items()}
        for place in (1, 2):
            used = Counter(name.casefold() for name in names.values())
            names = {
                key: f"{name} ({labels[key][place]})" if used[name.casefold()] > 1 and labels[key][place] else name
                for key, name in names.items()
            }
        return cls(names, with_abstention)

    def name(self, book: str, dimension: str, code: str = "") -> str:
        """Return the name of a code, or of a dimension without one."""
        return self.names[CodeKey(book, dimension, code)]


def codes_element(books: Sequence[Codebook], names: CodeNames) -> ET.Element:
    """Return the codebooks as an element `Codes`: a branch a dimension, codes nested below their parents."""
    codes = ET.Element("Codes")
    for book in books:
        for dimension in book.dimensions:
            _add_dimension(codes, book, dimension, names)
    return codes


def _add_dimension(codes: ET.Element, book: Codebook, dimension: Dimension, names: CodeNames) -> None:
    name = names.name(book.id, dimension.id)
    branch = ET.SubElement(codes, "Code", guid=code_guid(book.id, dimension.id), name=name, isCodable="false")
    if dimension.note:
        ET.SubElement(branch, "Description").text = dimension.note
    _add_codes(branch, book, dimension, None, names)
    if names.with_abstention:
        given = {
            "guid": code_guid(book.id, dimension.id, ABSTAIN),
            "name": names.name(book.id, dimension.id, ABSTAIN),
        }
        element = ET.SubElement(branch, "Code", {**given, "isCodable": "true"})
        ET.SubElement(element, "Description").text = "No code of this dimension can be defended."


def _add_codes(parent: ET.Element, book: Codebook, dimension: Dimension, above: str | None, names: CodeNames) -> None:
    for code in dimension.codes:
        if code.parent != above:
            continue
        element = ET.SubElement(
            parent,
            "Code",
            guid=code_guid(book.id, dimension.id, code.id),
            name=names.name(book.id, dimension.id, code.id),
            isCodable="false" if code.status == "retired" else "true",
        )
        ET.SubElement(element, "Description").text = description(code)
        _add_codes(element, book, dimension, code.id, names)


def description(code: Code) -> str:
    """Return what a coder needs to know of a code, in a line each."""
    lines = (
        code.definition,
        f"+ {code.includes}" if code.includes else "",
        f"- {code.excludes}" if code.excludes else "",
    )
    return "\n".join(line for line in lines if line)
