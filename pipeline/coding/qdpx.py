"""A review as a REFI-QDA project (`.qdpx`): texts, codebook, coders, and codings as selections.

What belongs here: writing the project. What does not: the tree of codes (`refi`), and reading back what people coded
(`qdpx_reader`).

A text holds a document's statements, a line each in reading order, with the headings between them. Positions count
Unicode code points from 0, as the standard has it, in a text whose lines end in a line feed and whose characters all
programs count as one (`countable`). A coding is a selection of
the words that show it, or of the whole statement. Every coding has a selection of its own with its coder and day. What
REFI-QDA has no place for (rank, reason) stands in the selection's description, which other programs show as a comment.

Source of the format: REFI-QDA standard 1.5 (qdasoftware.org), Project.xsd of 18 March 2019.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from pipeline.coding.decisions import ABSTAIN, Decision
from pipeline.coding.model import Coding
from pipeline.coding.programs import PROGRAMS
from pipeline.coding.refi import CodeNames, code_guid, codes_element, guid
from pipeline.coding.review import Review, ReviewDocument, ReviewStatement
from pipeline.coding.settling import codings

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT = "project.qde"
INTERNAL = "internal://"
"""Begins the path of a text inside the project."""

FOLDER = "sources/"
"""Where the texts are; some programs know the folder in small letters only."""

WHOLE = "whole"
"""Said of evidence that is all of a statement, since without it such a selection has no evidence."""

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """The place of a statement in the text of its document: a range of characters."""

    start: int
    end: int
    statement: ReviewStatement


def project_qdpx(review: Review) -> bytes:
    """Return a review as a project; the same bytes for the same review."""
    names = CodeNames.of(review.codebooks, with_abstention=True)
    root = ET.Element("Project", {"xmlns": NAMESPACE, "name": review.title, "origin": "bloemlezing"})
    root.set("creationDateTime", review.created)
    users = ET.SubElement(root, "Users")
    coders = {coding.coder for given in review.codings.values() for coding in given} | PROGRAMS
    coders |= {decision.coder for decision in review.decisions}
    # QualCoder lets its user code under the first name; it had better not be another person's.
    for coder in sorted(coders, key=lambda name: (name not in PROGRAMS, name)):
        ET.SubElement(users, "User", guid=guid(f"user/{coder}"), name=coder)
    ET.SubElement(root, "CodeBook").append(codes_element(review.codebooks, names))
    sources = ET.SubElement(root, "Sources")
    texts = {}
    for document in review.documents:
        text, lines = layout(document)
        texts[f"{FOLDER}{guid(document.document_id)}.txt"] = text.encode()
        _add_source(sources, review, document, lines)
    ET.indent(root)
    qde: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return _zipped({PROJECT: qde + b"\n", **texts}, review.created)


def layout(document: ReviewDocument) -> tuple[str, list[Line]]:
    """Return the text of a document, and where its statements stand in it."""
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    before: tuple[str | None, int] = (None, 0)
    for statement in document.statements:
        gap = "\n" if parts and (statement.section, statement.bullet) != before else ""
        heading = f"{statement.section}\n\n" if statement.section and statement.section != before[0] else ""
        start = at + len(gap) + len(heading)
        lines.append(Line(start, start + len(statement.text), statement))
        parts.append(f"{gap}{heading}{statement.text}\n")
        at += len(parts[-1])
        before = (statement.section, statement.bullet)
    return countable("".join(parts)), lines


def countable(text: str) -> str:
    """Return a text of the same length whose characters all programs count alike.

    A character beyond U+FFFF is one by the standard and two in QualCoder's window and other programs. Its plain form
    stands for it, or a replacement mark.

    >>> countable("Meer 𝒢eld 🙂")
    'Meer Geld �'
    """
    return re.sub("[^\x00-\uffff]", lambda found: _plain(found[0]), text)


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain <= "\uffff" else "\ufffd"


def _add_source(sources: ET.Element, review: Review, document: ReviewDocument, lines: Sequence[Line]) -> None:
    own = guid(document.document_id)
    # Programs make a file of a source's name.
    name = document.name.replace("/", " - ")
    source = ET.SubElement(sources, "TextSource", guid=own, name=name, plainTextPath=f"{INTERNAL}{own}.txt")
    source.set("creationDateTime", review.created)
    decided: dict[str, list[Decision]] = {}
    for decision in review.decisions:
        decided.setdefault(decision.statement_id, []).append(decision)
    for line in lines:
        for coding in review.codings.get(line.statement.statement_id, ()):
            confidence = {"basis": coding.basis, "confidence": f"{coding.confidence:g}"}
            _add_coding(source, document, line, coding, review.created, confidence)
        for decision in decided.get(line.statement.statement_id, ()):
            _add_decision(source, document, line, decision)


def _add_decision(source: ET.Element, document: ReviewDocument, line: Line, decision: Decision) -> None:
    dimension = document.codebook.by_id[decision.dimension]
    abstained = Coding(
        decision.statement_id, dimension.id, ABSTAIN, decision.coder, "primary", "inferred", 1.0, None, None
    )
    said = {"reason": decision.reason} if decision.reason else {}
    for coding in codings(decision, dimension) or (abstained,):
        whole = (coding.evidence_start, coding.evidence_end) == (0, len(line.statement.text))
        marked = {"evidence": WHOLE} if whole else {}
        _add_coding(source, document, line, coding, f"{decision.date}T00:00:00Z", {**marked, **said})


def _add_coding(
    source: ET.Element, document: ReviewDocument, line: Line, coding: Coding, moment: str, said: Mapping[str, str]
) -> None:
    marked = coding.evidence_start is not None and coding.evidence_end is not None
    start = line.start + (coding.evidence_start or 0)
    end = line.start + (coding.evidence_end or 0) if marked else line.end
    key = f"{coding.statement_id}/{coding.dimension}/{coding.code}/{coding.coder}"
    by = {"creatingUser": guid(f"user/{coding.coder}"), "creationDateTime": moment}
    place = {"name": coding.statement_id, "startPosition": str(start), "endPosition": str(end)}
    selection = ET.SubElement(source, "PlainTextSelection", {"guid": guid(f"selection/{key}"), **place, **by})
    lines = [f"{name}: {value}" for name, value in {"rank": coding.rank, **said}.items()]
    ET.SubElement(selection, "Description").text = _NOT_XML.sub(" ", "\n".join(lines))
    element = ET.SubElement(selection, "Coding", {"guid": guid(f"coding/{key}"), **by})
    ET.SubElement(element, "CodeRef", targetGUID=code_guid(document.codebook.id, coding.dimension, coding.code))


def _zipped(files: Mapping[str, bytes], created: str) -> bytes:
    moment = datetime.fromisoformat(created).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()
