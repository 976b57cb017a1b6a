"""Identifiers that last.

What belongs here: how the keys of documents, sections and statements are made. What does not: where the parts come
from. A key is a hash over a list of parts written as JSON, so that no two lists of parts can run together; it names the
kind of thing it is, and never depends on other statements, on the position in the document or on the code that cleans.
"""

import hashlib
import json

_HEX_DIGITS = 16
"""64 bits: among a million statements two keys clash with a probability of 3 in 100 million."""


def document_key(source_id: str, name: str) -> str:
    """Return the key of a document: its source and its file's name."""
    return _key("doc", source_id, name)


def section_key(document_id: str, raw_heading: str, occurrence: int) -> str:
    """Return the key of a section: its heading's raw characters without white space, and which one of equals it is."""
    return _key("sec", document_id, raw_heading, occurrence)


def statement_key(document_id: str, raw_text: str, occurrence: int) -> str:
    """Return the key of a statement.

    Args:
        document_id: The document it stands in.
        raw_text: Its raw characters without white space, as decoded and before any repair: a better repair leaves the
            key alone.
        occurrence: 0 for the first of the document's statements with this raw text (by place in the file), 1 for the
            next.
    """
    return _key("stm", document_id, raw_text, occurrence)


def _key(kind: str, *parts: str | int) -> str:
    text = json.dumps([kind, *parts], ensure_ascii=True, separators=(",", ":"))
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:_HEX_DIGITS]}"
