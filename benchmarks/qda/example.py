"""A review that is hard to exchange: characters that programs count differently, alike lines, every kind of decision.

What belongs here: making the review. What does not: what programs make of it.
"""

import unicodedata
from dataclasses import replace
from itertools import cycle

from pipeline.coding.codebook import Dimension, load_codebook
from pipeline.coding.coder import NAME
from pipeline.coding.decisions import Decision, Given
from pipeline.coding.model import Coding
from pipeline.coding.review import Review, ReviewDocument, ReviewStatement
from pipeline.source_metadata import CODEBOOKS

LINES = (
    "Zorg voor meer opvang; ook ’s nachts.",
    "Maak 𝒢eld vrij 🙂 voor coördinatie — écht nodig, zegt men.",
    "Betrek cliënten 👩‍👩‍👧 en ‘ervaringsdeskundigen’ daarbij.",
    unicodedata.normalize("NFD", "Geef financiële coördinatoren één mandaat."),
    "Regel <geld> & “tijd” voor 5 % van de gemeenten\u00a0…",
    "Meer geld.",
    "Meer geld.",
)
CODERS = ("adjudicator", "anna", "bert", "Zoë")
COMMENTS = ("", "om het geld; zie boven", "twee\nregels, met <teken> & 🙂", "rank: secondary")


def example() -> Review:
    """Return a review of two documents, one of them with a heading per line, on which nobody has decided."""
    book = load_codebook(CODEBOOKS / "mensenhandel.yaml")
    documents = []
    for name, headings in (("bron/eerste deel.txt", False), ("bron/tweede & laatste.txt", True)):
        statements = tuple(
            ReviewStatement(f"stm-{name[5]}{number:015x}", text, f"{number} 🙂 Kop" if headings else None, number // 2)
            for number, text in enumerate(LINES)
        )
        documents.append(ReviewDocument(f"doc-{name}", "bron", name, "nl", book, statements))
    codings = {
        one.statement_id: [_coding(one, dimension) for dimension in book.dimensions]
        for document in documents
        for one in document.statements
    }
    return Review("Proef & uitwisseling 1.0.0", "2026-11-01T10:00:00Z", tuple(documents), codings, ())


def decided(review: Review) -> Review:
    """Return a review in which every question has been decided on, by one person or another."""
    questions = [
        (one, dimension)
        for document in review.documents
        for one in document.statements
        for dimension in document.codebook.dimensions
    ]
    people, comments = cycle(CODERS), cycle(COMMENTS)
    decisions = [
        _decision(one, dimension, number, next(people), next(comments))
        for number, (one, dimension) in enumerate(questions)
    ]
    return replace(review, decisions=tuple(decisions))


def _coding(one: ReviewStatement, dimension: Dimension) -> Coding:
    code = dimension.code_ids[0]
    return Coding(one.statement_id, dimension.id, code, NAME, "primary", "explicit", 0.5, 0, len(one.text))


def _decision(one: ReviewStatement, dimension: Dimension, number: int, coder: str, reason: str) -> Decision:
    """Return a decision: an abstention, or codes shown by nothing, by some words or by all of them."""
    codes = [code.id for code in dimension.codes if code.status != "retired"]
    places = (None, (number % len(one.text), len(one.text)), (0, len(one.text)))
    some = 1 + number % 2 if dimension.cardinality == "many" else 1
    given = tuple(Given(codes[(number + step) % len(codes)], places[(number + step) % 3]) for step in range(some))
    chosen = () if number % 11 == 0 else given
    return Decision(one.statement_id, dimension.id, chosen, coder, "2026-11-02", reason, one.text)
