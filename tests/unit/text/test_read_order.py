"""What a document's reading order says of the whole document."""

from dataclasses import replace

import pytest

from pipeline.text import document
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import load_language
from pipeline.text.model import PageReading

DUTCH = load_language("nl")


def test_a_document_is_as_sure_as_its_characters_are_on_average(monkeypatch: pytest.MonkeyPatch) -> None:
    _, lines = read_lines(b"Kort.\nDeze zin is drie keer langer.", DUTCH)
    (page,) = document.read_pages(lines.pages, DUTCH, lines.marked, in_order=True)
    short, long = page.segments
    read = (replace(short, confidence=1.0), replace(long, confidence=0.5))
    monkeypatch.setattr(document, "read_pages", lambda *_, **__: [PageReading("single", read, 1.0)])
    reading = read_order(lines, DUTCH, ())
    assert reading.segments == read
    assert reading.confidence == pytest.approx((5 * 1.0 + 29 * 0.5) / 34)
