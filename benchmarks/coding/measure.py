"""Figures of whoever coded the gold: a coder, or another hand.

What belongs here: comparing codings of gold documents with the gold. What does not: reading the gold (`gold`), how two
coders are compared (`pipeline.coding.reliability`), and printing.
"""

from collections.abc import Callable, Sequence

from benchmarks.coding.gold import GoldDocument
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder
from pipeline.coding.model import Coding
from pipeline.coding.reliability import Row, compare
from pipeline.coding.second import SecondCoder

Given = Callable[[GoldDocument], list[Coding]]


def measure(
    given: Given, documents: Sequence[GoldDocument], codebook: Codebook, *, reference: str, resamples: int
) -> list[Row]:
    """Return how codings do against the gold of documents.

    Args:
        given: Returns the codings of a document.
        documents: Gold.
        codebook: Of both.
        reference: What the gold is called in the rows.
        resamples: Of documents, for the intervals.
    """
    codings = [coding for document in documents for coding in given(document)]
    gold = [coding for document in documents for coding in document.codings(codebook)]
    where = {item.statement_id: document.id for document in documents for item in document.inputs}
    return compare(codings, gold, codebook, where, reference=reference, resamples=resamples)


def coded_by(coder: Coder | SecondCoder) -> Given:
    """Return what a coder gives."""
    return lambda document: [coding for codings in coder.code(document.inputs) for coding in codings]


def agreement(documents: Sequence[GoldDocument], codebook: Codebook, resamples: int) -> list[Row]:
    """Return how far two hands agree that coded the same gold by the codebook alone: the upper mark of any coder.

    Both hands are a machine's, so this is no human reliability.

    Args:
        documents: Gold; what was coded once is left out.
        codebook: Of both hands.
        resamples: Of documents, for the intervals.
    """
    again = [document for document in documents if document.other]
    return measure(
        lambda document: document.codings(codebook, "other"), again, codebook, reference="gold", resamples=resamples
    )


def hands(documents: Sequence[GoldDocument], codebook: Codebook) -> list[Row]:
    """Return how far the second hand that coded documents agrees with the first, before anyone settled where not.

    Args:
        documents: Gold that two hands coded.
        codebook: Of both hands.
    """
    first = [coding for document in documents for coding in document.codings(codebook, "first")]
    second = [coding for document in documents for coding in document.codings(codebook, "second")]
    where = {item.statement_id: document.id for document in documents for item in document.inputs}
    return compare(second, first, codebook, where, resamples=0)
