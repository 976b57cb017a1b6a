"""The faces of a release: one file per portal format, each made by a module of its own.

What belongs here: which there are, and whether each can be read again. What does not: what is in them.
"""

import json
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import yaml
from rdflib import Graph

from pipeline.release.codebook_page import codebook_html
from pipeline.release.croissant import croissant_json
from pipeline.release.csvw import csvw_json
from pipeline.release.datacite import datacite_json
from pipeline.release.dcat import catalog_jsonld, catalog_rdf, catalog_ttl
from pipeline.release.ddi import ddi_codebook
from pipeline.release.dictionary import dictionary_html, dictionary_md
from pipeline.release.landing import landing_html
from pipeline.release.model import Release
from pipeline.release.papers import citation_cff, licence_md, readme_md
from pipeline.release.refi import codebook_qdc
from pipeline.release.rocrate import ro_crate
from pipeline.release.schemaorg import schemaorg_jsonld
from pipeline.release.skos import codebook_ttl

Face = Callable[[Release], bytes]

FACES: Mapping[str, Face] = {
    "CITATION.cff": citation_cff,
    "DICTIONARY.html": dictionary_html,
    "DICTIONARY.md": dictionary_md,
    "LICENSE.md": licence_md,
    "README.md": readme_md,
    "catalog.jsonld": catalog_jsonld,
    "catalog.rdf": catalog_rdf,
    "catalog.ttl": catalog_ttl,
    "codebook.html": codebook_html,
    "codebook.qdc": codebook_qdc,
    "codebook.ttl": codebook_ttl,
    "croissant.json": croissant_json,
    "csv-metadata.json": csvw_json,
    "datacite.json": datacite_json,
    "ddi-codebook.xml": ddi_codebook,
    "index.html": landing_html,
    "ro-crate-metadata.json": ro_crate,
    "schemaorg.jsonld": schemaorg_jsonld,
}
"""Every face by its file name at the root of a release."""


_READERS: Mapping[str, Callable[[bytes], object]] = {
    ".cff": yaml.safe_load,
    ".html": lambda content: HTMLParser().feed(content.decode("utf-8")),
    ".json": json.loads,
    ".jsonld": json.loads,
    ".md": lambda content: content.decode("utf-8"),
    ".qdc": ET.fromstring,
    ".rdf": lambda content: Graph().parse(data=content, format="xml"),
    ".ttl": lambda content: Graph().parse(data=content, format="turtle"),
    ".xml": ET.fromstring,
}


def write_faces(release: Release, folder: Path) -> None:
    """Write every face of a release into its folder."""
    for name, face in FACES.items():
        (folder / name).write_bytes(face(release))


def face_problems(release: Release, folder: Path) -> list[str]:
    """Return the faces that cannot be read again, or are not those of the release."""
    return [problem for name in FACES for problem in _problems(release, folder / name)]


def _problems(release: Release, path: Path) -> list[str]:
    content = path.read_bytes()
    if content != FACES[path.name](release):
        return [f"{path.name}: is made otherwise a second time"]
    try:
        _READERS[path.suffix](content)
    except Exception as error:  # noqa: BLE001  each reader has errors of its own, and any of them means the same
        return [f"{path.name}: cannot be read ({type(error).__name__}: {error})"]
    return []
