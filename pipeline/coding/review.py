"""Review: what is shown to people who correct codes, and which questions need them most.

What belongs here: the values that the spreadsheet (`sheets`) and the QDA project (`qdpx`) are made from and read into,
and the order of need. What does not: either format, and where texts and codes come from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.coding.codebook import Codebook
from pipeline.coding.decisions import Decision
from pipeline.coding.model import Coding
from pipeline.coding.settling import settle

WITHDRAW = "withdraw"
"""Stands where a code would in a spreadsheet that is read back: the coder takes the decision back."""

REASONS: Mapping[str, str] = {
    "disputed": "people decided differently",
    "differs": "coders differ",
    "abstained": "no coder gave a code",
    "unsure": "low confidence",
    "first": "first of its theme",
    "decided": "decided",
}
"""Why a question is shown, the most pressing first."""


@dataclass(frozen=True, slots=True)
class ReviewStatement:
    """A statement as it is published.

    Attributes:
        statement_id: Its identifier.
        text: What it says; withheld ones are not shown.
        section: Number and title of its section, or None.
        bullet: Number of its bullet in the document.
    """

    statement_id: str
    text: str
    section: str | None
    bullet: int


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """A document with its statements in reading order; `language` is the ISO 639-1 code of its source."""

    document_id: str
    source_id: str
    name: str
    language: str
    codebook: Codebook
    statements: tuple[ReviewStatement, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a person who reviews may want to see.

    Attributes:
        title: Of the dataset, with its version.
        created: When that version was made (RFC 3339, UTC).
        documents: In the order of the release.
        codings: Of programs, by statement.
        decisions: Of people, those that fit their statements.
    """

    title: str
    created: str
    documents: tuple[ReviewDocument, ...]
    codings: Mapping[str, Sequence[Coding]]
    decisions: tuple[Decision, ...]

    @property
    def codebooks(self) -> tuple[Codebook, ...]:
        """The codebooks in use, each once."""
        return tuple({document.codebook.id: document.codebook for document in self.documents}.values())


@dataclass(frozen=True, slots=True)
class Item:
    """A question that is put to a person.

    Attributes:
        document: Where the statement stands.
        statement: The statement.
        dimension: The dimension.
        why: A key of `REASONS`.
        given: What programs answered, by coder, with their confidence.
        decision: What a person answered before, or None.
    """

    document: ReviewDocument
    statement: ReviewStatement
    dimension: str
    why: str
    given: tuple[tuple[str, tuple[str, ...], float], ...]
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back from a review.

    Attributes:
        decisions: What people decided.
        withdrawn: Statement, dimension and coder of the decisions that were taken back.
        problems: What cannot be taken in, each with its place and what to do; then nothing is.
        notes: What the file also holds and decisions do not.
    """

    decisions: tuple[Decision, ...]
    withdrawn: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def part_of(review: Review, items: Iterable[Item]) -> Review:
    """Return a review with the documents that these questions are about, and no others."""
    wanted = {item.document.document_id for item in items}
    documents = tuple(document for document in review.documents if document.document_id in wanted)
    shown = {one.statement_id for document in documents for one in document.statements}
    decisions = tuple(decision for decision in review.decisions if decision.statement_id in shown)
    return replace(review, documents=documents, decisions=decisions)


def questions(review: Review, below: float, limit: int | None) -> list[Item]:
    """Return what most needs a person, then everything that people decided before.

    Args:
        review: What there is.
        below: Confidence under which a code is shown.
        limit: Most questions that are asked; decisions come on top of them. None for no limit.
    """
    asked = sorted(_asked(review, below), key=lambda item: list(REASONS).index(item.why))
    return [*asked[:limit], *_decided(review)]


def _asked(review: Review, below: float) -> Iterator[Item]:
    settled = {book.id: settle(_of_book(review, book), book) for book in review.codebooks}
    seen: set[tuple[str, str]] = set()
    for document in review.documents:
        people = settled[document.codebook.id]
        disputed = {(one.statement_id, one.dimension) for group in people.disputed for one in group}
        for statement in document.statements:
            themes = _new_themes(review.codings.get(statement.statement_id, ()), document.codebook, seen)
            for item in _items(review, document, statement):
                question = (statement.statement_id, item.dimension)
                why = "disputed" if question in disputed else _why(item, below)
                why = why or ("first" if item.dimension == "theme" and themes else None)
                if why and question not in people.winners:
                    yield Item(document, statement, item.dimension, why, item.given)


def _of_book(review: Review, book: Codebook) -> Iterator[Decision]:
    own = {
        one.statement_id for document in review.documents if document.codebook is book for one in document.statements
    }
    return (decision for decision in review.decisions if decision.statement_id in own)


def _new_themes(codings: Iterable[Coding], book: Codebook, seen: set[tuple[str, str]]) -> bool:
    """Return whether a statement is the first of its theme, and remember it."""
    themes = {(book.id, one.code) for one in codings if one.dimension == "theme" and one.rank == "primary"}
    new = themes - seen
    seen |= themes
    return bool(new)


def _items(review: Review, document: ReviewDocument, statement: ReviewStatement) -> Iterator[Item]:
    for dimension in document.codebook.dimensions:
        answers: dict[str, list[Coding]] = {}
        for coding in review.codings.get(statement.statement_id, ()):
            if coding.dimension == dimension.id:
                answers.setdefault(coding.coder, []).append(coding)
        given = tuple(
            (coder, tuple(one.code for one in codings), min(one.confidence for one in codings))
            for coder, codings in answers.items()
        )
        yield Item(document, statement, dimension.id, "", given)


def _why(item: Item, below: float) -> str | None:
    if not item.given:
        return "abstained"
    if len({frozenset(codes) for _, codes, _ in item.given}) > 1:
        return "differs"
    return "unsure" if min(confidence for _, _, confidence in item.given) < below else None


def _decided(review: Review) -> Iterator[Item]:
    places = {one.statement_id: (document, one) for document in review.documents for one in document.statements}
    for decision in review.decisions:
        document, statement = places[decision.statement_id]
        given = next(item.given for item in _items(review, document, statement) if item.dimension == decision.dimension)
        yield Item(document, statement, decision.dimension, "decided", given, decision)
