"""How many statements a second one core codes, and whether that stays when the lexicon grows.

What belongs here: timing. What does not: how right the codes are.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import replace

from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.model import CodingInput
from pipeline.text.language import Language

_SYLLABLES = "ba do fe gi ku la mo ne pi ra so te vu wa zel kem dor tip lun sag".split()  # noqa: SIM905


def statements_per_second(coder: Coder, documents: Sequence[Sequence[CodingInput]], seconds: float) -> float:
    """Return statements per second of processor time after one warming round, in which each word form is looked up."""
    for document in documents:
        coder.code(document)
    coded, start = 0, time.process_time()
    while (elapsed := time.process_time() - start) < seconds:
        for document in documents:
            coder.code(document)
            coded += len(document)
    return coded / elapsed


def cold_statements_per_second(coder: Coder, documents: Sequence[Sequence[CodingInput]]) -> float:
    """Return the speed of a coder that has seen no word before: the worst case, a first small batch."""
    start = time.process_time()
    for document in documents:
        coder.code(document)
    return sum(len(document) for document in documents) / (time.process_time() - start)


def grown(lexicon: Lexicon, times: int, seed: int = 7) -> Lexicon:
    """Return the lexicon with invented cues added until it has this many times its cues."""
    source = random.Random(seed)
    invented = [
        replace(cue, words="".join(source.choices(_SYLLABLES, k=5)), compound=False)
        for cue in lexicon.cues * (times - 1)
    ]
    return replace(lexicon, cues=(*lexicon.cues, *invented))


def coder_of(codebook: Codebook, lexicon: Lexicon, language: Language) -> Coder:
    """Return a fresh coder."""
    return Coder(codebook, lexicon, language)
