"""What texts teach of words before any page is read: their classes, endings and widths, and which go together.

What belongs here: counting words of texts, and putting what is counted into weights. What does not: the network that
tells which words go together (`junctions`), and what pages teach (`learning`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfbase import pdfmetrics

from benchmarks.reading_order import junctions, pages, texts, titles
from benchmarks.reading_order.first import first_weights
from pipeline.text.language import load_language
from pipeline.text.layout.affinity import bare_of
from pipeline.text.layout.rows import end_of
from pipeline.text.layout.score import UNIT
from pipeline.text.layout.weights import ENDS, Weights

WORDS, SUFFIXES = 1200, 250
SHRINK = 2.0
ALPHABET = "".join(chr(n) for n in range(32, 127)) + "áàâäãåéèêëíìîïóòôöõúùûüçñÁÀÂÄÉÈËÏÍÓÖÜß€£§©«»‘’‚“”„–—…•·°"


def training_texts(part: texts.Part = "train") -> list[str]:
    """Return the texts that words are learned from, those nearest to reports several times, as they are few."""
    reports = [text for report in texts.reports(part) for text in (*report.titles, *report.bullets)]
    near = [*reports, *texts.further()]
    return [*(3 * texts.prose(part)), *texts.documentation(), *(5 * texts.statements(part)), *(3 * near)]


def classes(corpus: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the word forms and the endings that have a class of their own."""
    counts: Counter[str] = Counter()
    for text in corpus:
        counts.update(bare_of(word) for word in text.split())
    often = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = [word for word, _ in often if word and not any(map(str.isdigit, word))]
    known = set(words[:WORDS])
    endings: Counter[str] = Counter()
    for word, number in counts.items():
        if word not in known and word.isalpha():
            for length in (2, 3, 4, 5):
                if len(word) > length:
                    endings[word[-length:]] += number * (1 + length // 3)
    ranked = sorted(endings.items(), key=lambda item: (-item[1], item[0]))
    return words[:WORDS], [ending for ending, _ in ranked[:SUFFIXES]]


def edges(corpus: Sequence[str], weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return how much likelier each class opens, and closes, a sentence than it occurs."""
    counted = np.zeros((3, len(weights.words) + len(weights.suffixes) + 2))
    known: dict[str, tuple[int, bool]] = {}
    for text in corpus:
        fresh = True
        for word in text.split():
            if word not in known:
                known[word] = weights.class_of(word), end_of(word) == ENDS.index("stop")
            number, stop = known[word]
            counted[0, number] += 1
            counted[1, number] += fresh
            counted[2, number] += stop
            fresh = stop
    rest = counted[0] / counted[0].sum()
    found = [np.log((row + SHRINK) / (rest * row.sum() + SHRINK)) for row in counted[1:]]
    first, last = (np.clip(np.round(row * UNIT), -127, 127).astype(np.int8) for row in found)
    return first, last


def faces() -> NDArray[np.int32]:
    """Return the widths of the alphabet in a face between the usual ones, in thousandths of the type size."""
    kinds = ("Helvetica", "Times-Roman", "DejaVuSansCondensed", "DejaVuSerif")
    for kind in kinds:
        pages.register(kind)
    table = np.array([[pdfmetrics.stringWidth(c, kind, 1000) for c in ALPHABET] for kind in kinds])
    table = table / table[:, [ALPHABET.index(c) for c in "enatirodslgvh"]].mean(axis=1, keepdims=True) * 500
    return np.round(np.vstack([table[:2].mean(axis=0), table])).astype(np.int32)


def words_of(corpus: Sequence[str], rounds: int) -> Weights:
    """Return weights that know the words of texts, and of pages what anyone would guess."""
    words, suffixes = classes(corpus)
    names = junctions.known_features(corpus)
    table = faces().tolist()
    bare = Weights(
        first_weights(),
        {word: n + 2 for n, word in enumerate(words)},
        {suffix: n + 2 + len(words) for n, suffix in enumerate(suffixes)},
        {name: n + 1 for n, name in enumerate(names)},
        junctions.train(corpus, names, rounds),
        titles.unknown(len(names)),
        np.zeros(0, np.int8),
        np.zeros(0, np.int8),
        tuple(dict(zip(ALPHABET, face, strict=True)) for face in table),
        (0.0, 1.0),
        (0.0, 1.0),
    )
    opening, closing = edges(corpus, bare)
    return replace(bare, opening=opening, closing=closing, titles=titles.learn(bare, load_language("nl")))
