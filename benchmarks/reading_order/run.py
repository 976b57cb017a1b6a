"""Runs settings, in processes of their own, and sums up what was counted.

What belongs here: which documents are made and judged, and their sums. What does not: judging (`whole`, `measure`).
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.reading_order import documents, figures, measure, whole
from benchmarks.reading_order.settings import CASES
from benchmarks.reading_order.texts import Part
from pipeline.text.document import read_lines, read_order, segment
from pipeline.text.language import Language, load_language
from pipeline.text.layout import read_page


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one or more documents.

    Attributes:
        core: By the whole text core.
        alone: By the layout alone, page by page.
    """

    core: whole.Tally = field(default_factory=whole.Tally)
    alone: measure.Score = field(default_factory=measure.Score)

    def __add__(self, other: "Counted") -> "Counted":
        """Return the counts of both."""
        return Counted(self.core + other.core, self.alone + other.alone)


def one(name: str, part: Part, number: int) -> Counted:
    """Return the counts of one document.

    Args:
        name: Of `CASES`.
        part: Whose texts are set.
        number: Which document.
    """
    language = load_language("nl")
    _warm(language)
    with tempfile.TemporaryDirectory() as folder:
        document = documents.make(CASES[name], part, number, Path(folder))
    if document is None:
        return Counted(whole.Tally(Counter(unaligned=1)))
    alone = measure.Score()
    for page in () if CASES[name].extractor == "bloemlezing" else document.pages:  # it marks the columns itself
        alone += measure.evaluate(page, lambda lines: read_page(lines, language))[0]
    return Counted(whole.judge(document, language) + whole.Tally(Counter(documents=1)), alone)


@cache
def _warm(language: Language) -> None:
    """Load in this process what is loaded once, before anything is timed."""
    row = "Zorg voor meer opvang. Het gaat om de samen-\nwerking met coördinatie.\n"
    raw = (12 * row).encode()
    encoding, lines = read_lines(raw, language)
    segment(raw, encoding, "warm", lines, read_order(lines, language, ()), language)


def run(names: Sequence[str], part: Part, count: int, jobs: int) -> Iterator[tuple[str, Counted]]:
    """Yield the counts of each setting as soon as they are known.

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
            yield name, sum(results, Counted())


def row(counted: Counted) -> dict[str, float]:
    """Return the figures of counts."""
    tally, alone = counted.core, counted.alone
    order, pdfplumber = tally.times.get("order", ()), tally.times.get("pdfplumber", ())
    layout = {
        "layout_bullets": alone.bullets,
        "layout_in_order": alone.in_order,
        "layout_recovered": alone.recovered,
        "layout_pairs": alone.pairs,
        "layout_right": alone.right,
        "layout_harmed": alone.harmed,
    }
    return {
        **figures.ratios({**tally.counts, **layout}),
        "statements": float(len(tally.marks)),
        "calibration": round(measure.calibration_error(tally.marks), 4),
        "calibration_segments": round(alone.calibration_error(), 4),
        "milliseconds": figures.median(order),
        "milliseconds_whole": figures.median(tally.times.get("core", ())),
        "milliseconds_pdfplumber": figures.median(pdfplumber),
        "times_pdfplumber": figures.median([a / b for a, b in zip(order, pdfplumber, strict=True)]),
    }
