"""Constructed tables: valid rows of every published table, as many as asked for, the same at every call.

What belongs here: rows for tests and benchmarks of releases. What does not: real texts; every word here is made up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import NAME
from pipeline.release.description import Creator, Dataset, Funding, Temporal, load_dataset
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.origins import Background
from schemas.derive import arrow_schema

CODEBOOK = Path(__file__).parents[2] / "schemas" / "codebooks" / "mensenhandel.yaml"
BATCH = 10_000
DAY = datetime(2026, 3, 1, tzinfo=UTC)
"""Of publication, where nothing depends on it."""

BASE = "https://data.voorbeeld.test/bloemlezing/"
"""Where releases are served, where that is asked."""

ORCID = "https://orcid.org/0000-0002-1825-0097"
"""The one that ORCID gives as its example."""

AWKWARD = (
    'Zeg "ja", zei zij; of: nee, toch niet.',
    "=SOM(A1:A2)",
    "+31 is geen getal",
    "-",
    "@functie",
    "\u00a0vaste spatie\u00a0",
    " spatie ervoor en erna ",
    "NA",
    "nan",
    "NULL",
    "true",
    "1e5",
    "007",
    "regel één\nregel twee",
    "wagenterugloop\r\nen verder",
    "tab\tin het midden",
    "snoep 🍬 en vlag 🇳🇱",
    "e\u0301 is niet é",
    "\u2028regelscheiding",
    "\ufeffmerkteken",
    '"',
    '""',
    "'",
    ",",
    ";",
    "\\",
    "\\N",
    "a\\nb",
    "#commentaar",
    "<b>&amp;</b>",
    "]]>",
    "{{ sjabloon }}",
)
"""Texts that spreadsheets, CSV, JSON, XML and templates are known to trip over."""

Row = Mapping[str, object]
Rows = Callable[[], Iterator[Row]]


@cache
def codebook() -> Codebook:
    """Return the codebook that the constructed rows are coded with."""
    return load_codebook(CODEBOOK)


def described_in_full() -> Dataset:
    """Return the dataset's description with everything that may be left out of it, made up."""
    person = Creator(name="Jansen, Anna", kind="person", uri=ORCID, affiliation="Verzonnen")
    organisation = Creator(name="Verzonnen Instituut", kind="organisation", uri="https://ror.org/0abcdefgh")
    paid = Funding(funder="Verzonnen Fonds", uri="https://ror.org/0hgfedcba", award="12-34", title="Proef")
    more = {
        "creators": (person, organisation),
        "funding": (paid,),
        "temporal": Temporal(start="2019", end="2024"),
        "doi": "10.5072/verzonnen",
    }
    return load_dataset().model_copy(update=more)


def background(text: str = "Verzonnen uitleg.", page: str = "https://bron.voorbeeld.test/stuk") -> Background:
    """Return what is known of the constructed rows beyond them: of the source, of two documents, of a coder.

    Args:
        text: The description of each, and the title of the first document.
        page: Where the first document is.
    """
    known = {"source_id": "verzonnen", "title": None, "issued": None, "homepage": None, "description": text}
    first = {"document_id": f"doc-{0:016x}", "path": "verzonnen/000000.txt"}
    second = {"document_id": f"doc-{1:016x}", "path": "verzonnen/000001.txt"}
    descriptions = (
        {**known, "document_id": None, "path": None},
        {**known, **first, "title": text, "issued": "2023-11", "homepage": page},
        {**known, **second},
    )
    made_with = {"codebook_version": codebook().version, "lexicon_version": "9.8.7", "lexicon_sha256": "ab" * 32}
    return Background(descriptions, ({"coder": NAME, "codebook": codebook().id, **made_with},))


def inputs(rows: Mapping[str, Rows], books: Sequence[Codebook] = (), **more: Any) -> ReleaseInputs:
    """Return rows as what a release is made from.

    Args:
        rows: Rows of every table.
        books: The codebooks that they are coded with; `codebook` alone by default.
        more: What else `ReleaseInputs` has.
    """
    books = books or (codebook(),)
    dimensions = [dimension for book in books for dimension in book.dimensions]
    tables = {name: partial(_batches, make, arrow_schema(name, dimensions)) for name, make in rows.items()}
    return ReleaseInputs(tables, books, **more)


def constructed(statements: int, codings_each: int = 3) -> dict[str, Rows]:
    """Return rows of every table for a number of statements, 50 to a document."""
    return {
        "sources": _sources,
        "documents": partial(_documents, statements),
        "sections": partial(_sections, statements),
        "statements": partial(_statements, statements),
        "codings": partial(_codings, statements, codings_each),
        "recommendations": partial(_recommendations, statements),
        "relations": partial(_relations, statements),
        "codes": lambda: iter(codebook().rows()),
        "spans": partial(_spans, statements),
        "repairs": _repairs,
        "reliability": _reliability,
    }


def statement_id(number: int) -> str:
    """Return the identifier of the statement with that number."""
    return f"stm-{number:016x}"


def text(number: int) -> str:
    """Return the text of the statement with that number."""
    return AWKWARD[number] if number < len(AWKWARD) else f"Maak regel {number} eenvoudiger, ook voor nieuwkomers."


def _batches(make: Rows, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    held: list[Row] = []
    for row in make():
        held.append(row)
        if len(held) == BATCH:
            yield _batch(held, schema)
            held = []
    if held:
        yield _batch(held, schema)


def _batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _sources() -> Iterator[Row]:
    yield {
        "source_id": "verzonnen",
        "title": "Verzonnen inspraak",
        "publisher": "unknown",
        "publisher_uri": None,
        "licence": "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        "language": "nl",
        "issued": "2024-05",
        "homepage": None,
        "codebook": codebook().id,
    }


def _per_document(statements: int) -> int:
    return (statements + 49) // 50


def _documents(statements: int) -> Iterator[Row]:
    for number in range(_per_document(statements)):
        yield {
            "document_id": f"doc-{number:016x}",
            "source_id": "verzonnen",
            "path": f"verzonnen/{number:06}.txt",
            "sha256": f"{number:064x}",
            "bytes": 2**63 - 1 if number == 0 else 5000,
            "encoding": "utf-8",
            "pages": 1,
            "lines": 60,
            "layout": "columns" if number % 2 else "single",
            "reading_confidence": 1.0 if number else 1e-7,
        }


def _sections(statements: int) -> Iterator[Row]:
    for number in range(_per_document(statements)):
        yield {
            "section_id": f"sec-{number:016x}",
            "document_id": f"doc-{number:016x}",
            "position": 1,
            "number": f"{number}.1",
            "title": "Wat beter kan",
            "level": 1,
        }


def _statements(statements: int) -> Iterator[Row]:
    for number in range(statements):
        yield {
            "statement_id": statement_id(number),
            "document_id": f"doc-{number // 50:016x}",
            "section_id": f"sec-{number // 50:016x}" if number % 7 else None,
            "position": number % 50 + 1,
            "page": 1,
            "column": 1,
            "bullet": number % 50 + 1,
            "text": text(number) if number % 11 else None,
            "privacy": "clear" if number % 11 else "withheld",
            "reading_confidence": (number % 100) / 99,
        }


def _codings(statements: int, each: int) -> Iterator[Row]:
    dimensions = codebook().dimensions
    for number in range(statements):
        for dimension in dimensions[:each]:
            yield {
                "statement_id": statement_id(number),
                "dimension": dimension.id,
                "code": dimension.codes[number % len(dimension.codes)].id,
                "coder": NAME,
                "rank": "primary",
                "basis": "explicit",
                "confidence": 1 / 3,
                "evidence_start": 0 if number % 2 else None,
                "evidence_end": 4 if number % 2 else None,
            }


def _recommendations(statements: int) -> Iterator[Row]:
    theme = next(dimension for dimension in codebook().dimensions if dimension.id == "theme")
    for number in range(0, statements, 2):
        code = theme.codes[number % len(theme.codes)]
        yield {
            "statement_id": statement_id(number),
            "text": text(number),
            "source": "Verzonnen inspraak",
            "document": f"{number // 50:06}.txt",
            "section": None,
            "theme": code.id,
            "theme_label_nl": code.label_nl,
            "theme_label_en": code.label_en,
        }


def _relations(statements: int) -> Iterator[Row]:
    for number in range(1, statements, 10):
        yield {"statement_id": statement_id(number), "related_id": statement_id(number - 1), "type": "supports"}


def _spans(statements: int) -> Iterator[Row]:
    for number in range(statements):
        start = number % 50 * 100
        yield {
            "document_id": f"doc-{number // 50:016x}",
            "start": start,
            "end": start + 99,
            "page": 1,
            "line": number % 50 + 1,
            "role": "statement",
            "statement_id": statement_id(number),
            "section_id": None,
        }


def _repairs() -> Iterator[Row]:
    for start, before in enumerate(AWKWARD):
        after = None if start % 2 else "x"
        yield {
            "document_id": f"doc-{0:016x}",
            "start": start,
            "kind": "verzonnen",
            "end": start + 1,
            "before": before,
            "after": after,
        }


def _reliability() -> Iterator[Row]:
    return iter(())
