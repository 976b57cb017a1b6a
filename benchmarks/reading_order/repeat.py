"""A fingerprint of all that the text core says of a document, to prove that the same bytes are always read the same.

What belongs here: what counts as the same. What does not: where and how often it is read (the tests do that).
"""

import hashlib
import sys
from pathlib import Path

from pipeline.text.document import read_lines, read_order, segment
from pipeline.text.language import load_language


def fingerprint(raw: bytes) -> str:
    """Return the SHA-256 of order, openings, confidences to the last bit, statements, sections, spans and repairs."""
    language = load_language("nl")
    encoding, lines = read_lines(raw, language)
    reading = read_order(lines, language, ())
    found = segment(raw, encoding, "document", lines, reading, language)
    order = [(s.line.number, s.start, s.end, s.column, s.opens, s.confidence.hex()) for s in reading.segments]
    said = [(p.key, p.statement.text, p.section, p.bullet, p.column, p.confidence.hex()) for p in found.statements]
    told = (
        encoding,
        reading.layout,
        sorted(reading.furniture),
        order,
        said,
        found.sections,
        found.spans,
        found.repairs,
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(fingerprint(Path(name).read_bytes()))
