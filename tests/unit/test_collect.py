"""Which codebooks a release has, and in what order they bring columns."""

from pathlib import Path

import pytest

from pipeline.stages.code import codebook
from pipeline.stages.collect import codebooks_in_use
from pipeline.stages.frames import frame
from pipeline.storage import Accepted, write_frame
from schemas.derive import arrow_schema

SOURCE = {"publisher": "unknown", "publisher_uri": None, "licence": "https://example.org/", "language": "nl"}
DOCUMENT = {"sha256": "a" * 64, "bytes": 1, "pages": 1, "lines": 1, "layout": "single", "reading_confidence": 1.0}


@pytest.fixture
def accepted_set(tmp_path: Path):
    def make(source: str, book: str, *encodings: str | None) -> Accepted:
        one = Accepted(source, "f", tmp_path / source)
        row = {"source_id": source, "title": source, **SOURCE, "issued": None, "homepage": None, "codebook": book}
        write_frame(one.table("sources"), frame("sources", [row]))
        documents = [
            {"document_id": f"doc-{n}", "source_id": source, "path": f"{n}", "encoding": encoding, **DOCUMENT}
            for n, encoding in enumerate(encodings)
        ]
        write_frame(one.table("documents"), frame("documents", documents))
        return one

    return make


def names(sets, before=()) -> list[str]:
    return [book.id for book in codebooks_in_use(sets, before)]


def columns(sets, before=()) -> list[str]:
    dimensions = [dimension for book in codebooks_in_use(sets, before) for dimension in book.dimensions]
    return arrow_schema("recommendations", dimensions).names


def test_a_source_without_a_document_that_could_be_read_brings_no_codebook(accepted_set):
    first = accepted_set("een", "mensenhandel", "utf-8")
    assert names([first, accepted_set("leeg", "base"), accepted_set("kapot", "base", None)]) == ["mensenhandel"]
    assert names([accepted_set("leeg", "base")]) == ["base"]


def test_a_codebook_that_another_extends_moves_no_column(accepted_set):
    first, second = accepted_set("twee", "mensenhandel", "utf-8"), accepted_set("een", "base", "utf-8")
    assert names([second, first]) == ["mensenhandel", "base"]
    assert columns([second, first]) == columns([first])


def test_a_codebook_that_is_new_comes_after_those_of_the_release_before(accepted_set):
    first, second = accepted_set("een", "base", "utf-8"), accepted_set("twee", "mensenhandel", "utf-8")
    assert names([first, second], ["base"]) == ["base", "mensenhandel"]
    kept = [name for name in columns([first, second], ["base"]) if name in columns([first])]
    assert kept == columns([first])
    assert codebook("mensenhandel").lineage == ("base",)
