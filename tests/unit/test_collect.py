"""Which codebooks a release has, in what order they bring columns, and what is wrong with all sources together."""

from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.stages.codebooks import codebook
from pipeline.stages.collect import all_issues, codebooks_in_use, collect
from pipeline.stages.frames import frame
from pipeline.stages.recommend import wide_frame
from pipeline.storage import Accepted, write_frame
from schemas.derive import arrow_schema

SOURCE = {"publisher": "unknown", "publisher_uri": None, "licence": "https://example.org/", "language": "nl"}
DOCUMENT = {"sha256": "a" * 64, "bytes": 1, "pages": 1, "lines": 1, "layout": "single", "reading_confidence": 1.0}


@pytest.fixture
def accepted_set(tmp_path: Path):
    def make(source: str, book: str, *encodings: str | None, sha256: str = "a", title: str = "") -> Accepted:
        one = Accepted(source, "f", tmp_path / source)
        row = {
            "source_id": source,
            "title": title or source,
            **SOURCE,
            "issued": None,
            "homepage": None,
            "codebook": book,
        }
        write_frame(one.table("sources"), frame("sources", [row]))
        documents = [
            {
                "document_id": f"doc-{source}-{n}",
                "source_id": source,
                "path": f"{source}/{n}.txt",
                "encoding": encoding,
                **DOCUMENT,
                "sha256": sha256 * 64,
            }
            for n, encoding in enumerate(encodings)
        ]
        write_frame(one.table("documents"), frame("documents", documents))
        write_frame(one.table("issues"), frame("issues", []))
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


def test_sources_with_the_same_title_are_told_apart(accepted_set):
    sets = [accepted_set("een", "base", "utf-8", title="Oproep"), accepted_set("twee", "base", "utf-8", title="oproep")]
    sets.append(accepted_set("drie", "base", "utf-8"))
    for one in sets:
        row = {"statement_id": "stm-1", "text": "T", "source": "as it was", "document": "D"}
        write_frame(one.table("recommendations"), wide_frame([row], [codebook("base")]))
    batches = list(collect(sets, codebooks_in_use(sets), {})["recommendations"]())
    assert [name for batch in batches for name in batch["source"].to_pylist()] == [
        "Oproep (een)",
        "oproep (twee)",
        "drie",
    ]
    assert all(batch.schema == batches[0].schema for batch in batches)
    assert batches[0]["document"].to_pylist() == ["D"]


def test_a_document_that_came_in_twice_is_named_with_the_first_of_its_kind(accepted_set, tmp_path):
    (tmp_path / "raw").mkdir()
    sets = [
        accepted_set("een", "base", "utf-8"),
        accepted_set("ander", "base", "utf-8", sha256="b"),
        accepted_set("leeg", "base", None, None, sha256="c"),
        accepted_set("twee", "base", "utf-8", "utf-8"),
    ]
    found = all_issues(Settings(tmp_path / "raw", tmp_path / "outputs"), sets)
    assert [(one["source"], one["path"], one["document"]) for one in found] == [
        ("twee", "twee/0.txt", "doc-twee-0"),
        ("twee", "twee/1.txt", "doc-twee-1"),
    ]
    assert {(one["severity"], one["kind"]) for one in found} == {("warning", "duplicate_document")}
    assert all("the same bytes as een/0.txt" in one["message"] for one in found)
