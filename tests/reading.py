"""A text read as the pipeline reads it, for tests of what that makes of a kind of text.

What belongs here: reading, and what holds of any text. What does not: what is expected of one.
"""

from pipeline.text.coverage import bytes_not_covered_once
from pipeline.text.document import Segmentation, read_lines, read_order, segment
from pipeline.text.language import load_language
from pipeline.text.statements import replay

NL = load_language("nl")


def read(text: str) -> Segmentation:
    raw = text.encode()
    encoding, lines = read_lines(raw, NL)
    found = segment(raw, encoding, "x", lines, read_order(lines, NL, ()), NL)
    assert bytes_not_covered_once(raw, [(span.start, span.end) for span in found.spans]) == 0
    assert all(replay(placed.statement) == placed.statement.text for placed in found.statements)
    places = [(repair.start, repair.kind) for repair in found.repairs]
    assert len(places) == len(set(places))
    return found


def texts(text: str) -> list[str]:
    return [placed.statement.text for placed in read(text).statements]
