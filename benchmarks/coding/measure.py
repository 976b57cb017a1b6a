"""How far two hands agree that coded the same gold by the codebook alone: the upper mark of what a coder can reach.

What belongs here: comparing the gold with what another hand gave that saw nothing but the texts. What does not: the
coder's figures. Both hands are a machine's, so this is no human reliability either.
"""

from collections.abc import Sequence

from benchmarks.coding.gold import GoldDocument
from pipeline.coding.codebook import Codebook
from pipeline.coding.reliability import Row, compare


def agreement(documents: Sequence[GoldDocument], codebook: Codebook, resamples: int) -> list[Row]:
    """Return how the other hand does against the gold on the documents that were coded again.

    Args:
        documents: Gold; what was coded once is left out.
        codebook: Of both hands.
        resamples: Of documents, for the intervals.
    """
    again = [document for document in documents if document.other]
    other = [coding for document in again for coding in document.codings(codebook, "other")]
    gold = [coding for document in again for coding in document.codings(codebook)]
    where = {item.statement_id: document.id for document in again for item in document.inputs}
    return compare(other, gold, codebook, where, reference="gold", resamples=resamples)
