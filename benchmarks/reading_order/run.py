"""Runs settings, in processes of their own, and sums up what was counted.

What belongs here: which documents are made and judged, and their sums. What does not: judging (`whole`, `measure`).
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.reading_order import documents, figures, measure, whole
from benchmarks.reading_order.settings import CASES
from benchmarks.reading_order.texts import Part
from pipeline.text.language import load_language
from pipeline.text.layout import read_page


def one(name: str, part: Part, number: int) -> tuple[whole.Tally, measure.Score]:
    """Return the counts of one document: of the whole text core, and of the layout alone."""
    language = load_language("nl")
    read_page((), language)
    with tempfile.TemporaryDirectory() as folder:
        document = documents.make(CASES[name], part, number, Path(folder))
    if document is None:
        return whole.Tally(Counter(unaligned=1)), measure.Score()
    score = measure.Score()
    for page in () if CASES[name].extractor == "bloemlezing" else document.pages:  # it marks the columns itself
        score += measure.evaluate(page, lambda lines: read_page(lines, language))[0]
    return whole.judge(document, language) + whole.Tally(Counter(documents=1)), score


def run(names: Sequence[str], part: Part, count: int, jobs: int) -> Iterator[tuple[str, whole.Tally]]:
    """Yield the counts of each setting as soon as they are known, those of the layout alone with them.

    Args:
        names: Of `CASES`.
        part: Whose texts are set.
        count: Documents of one page a setting; of several pages, half as many.
        jobs: Processes.
    """
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        waiting = {
            name: pool.map(partial(one, name, part), range(count if CASES[name].pages == (1, 1) else -(-count // 2)))
            for name in names
        }
        for name, results in waiting.items():
            total, score = whole.Tally(), measure.Score()
            for tally, layout in results:
                total, score = total + tally, score + layout
            yield name, total + _alone(score)


def _alone(score: measure.Score) -> whole.Tally:
    counts = {
        "layout_bullets": score.bullets,
        "layout_in_order": score.in_order,
        "layout_recovered": score.recovered,
        "layout_pairs": score.pairs,
        "layout_right": score.right,
        "layout_harmed": score.harmed,
    }
    return whole.Tally(Counter(counts), (), {"layout": score.milliseconds})


def row(tally: whole.Tally) -> dict[str, float]:
    """Return the figures of counts."""
    order, pdfplumber = tally.times.get("order", ()), tally.times.get("pdfplumber", ())
    return {
        **figures.ratios(tally.counts),
        "statements": float(len(tally.marks)),
        "calibration": round(measure.calibration_error(tally.marks), 4),
        "milliseconds": figures.median(order),
        "milliseconds_whole": figures.median(tally.times.get("core", ())),
        "milliseconds_pdfplumber": figures.median(pdfplumber),
        "times_pdfplumber": figures.median([a / b for a, b in zip(order, pdfplumber, strict=True)]),
    }
