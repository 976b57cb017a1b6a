"""`python -m benchmarks.reading_order.among`: what a confidence is worth on a page among woven ones.

What belongs here: development documents of three to six pages, and the curve that is fitted on them, which stands in
`pipeline.text.layout.page` as `WORTH_AMONG`. What does not: the confidence of a page by itself (`train`).

It needs the `training` extra (scikit-learn), and takes less than a second a document.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.options import parser_of
from benchmarks.reading_order import documents, measure, whole
from benchmarks.reading_order.calibration import rising
from benchmarks.reading_order.settings import LONGER, Case
from pipeline.text.language import load_language
from pipeline.text.layout import page

AS_IT_IS: page.Curve = ((0.0, 1.0), (0.0, 1.0))
EDGES = (0.0, 0.1, 0.25, 0.45, 0.62, 0.7, 0.8, 0.9, 0.96, 0.985, 1.01)
"""Of the bins whose means are fitted; what is sure stands in narrow ones, as most statements do."""
FEWEST = 20  # statements of a bin; one with fewer is joined with the next
FIRST_SEED = 90_000
COLUMNS = (2, 3)


def main() -> int:
    """Print the curve, and the calibration error without it and with it on documents that it was not fitted on."""
    parser = parser_of("benchmarks.reading_order.among", __doc__)
    parser.add_argument("--documents", type=int, default=30, help="a kind; half of them are kept for the error")
    options = parser.parse_args()
    ships = page.WORTH_AMONG
    fitted, kept = list[measure.Mark](), list[measure.Mark]()
    for number, marks in _read(options.documents):
        (kept if number % 2 else fitted).extend(marks)
    print(f"\ncalibration error on the {len(kept)} statements of every second document:")
    for name, curve in ("without a curve", AS_IT_IS), ("by the others' curve", fit(fitted)), ("by ours", ships):
        print(f"{name:20} {measure.calibration_error([(_worth(one, curve), right) for one, right in kept]):.3f}")
    print("fitted on all:", fit(fitted + kept))
    return 0


def _worth(confidence: float, curve: page.Curve) -> float:
    return float(np.interp(confidence, *curve))


def fit(marks: Sequence[measure.Mark]) -> page.Curve:
    """Return rising confidences from 0 to 1 and what each is worth: means of bins in order (isotonic regression).

    Args:
        marks: Confidences of statements and whether these stood right.
    """
    ordered = np.array(sorted(marks), dtype=float)
    edges = np.searchsorted(ordered[:, 0], EDGES)
    bins = [part for part in np.split(ordered, _filled(edges.tolist())) if len(part)]
    levels, worth, _ = rising(bins).T.tolist()
    ends = worth[0] / 2, min(worth[-1] + 0.002, 1.0)
    return _rounded((0.0, *levels, 1.0)), _rounded((ends[0], *worth, ends[1]))


def _filled(edges: Sequence[int]) -> list[int]:
    """Return the edges of bins that hold statements enough: a bin that does not is joined with the next one."""
    kept = [0]
    for edge in edges[:-1]:
        if edge - kept[-1] >= FEWEST:
            kept.append(edge)
    return kept[1:]


def _read(count: int) -> Iterator[tuple[int, list[measure.Mark]]]:
    """Yield the number of each document and its statements, with confidences as they are without the curve."""
    page.WORTH_AMONG = AS_IT_IS
    language = load_language("nl")
    cases = [case for columns in COLUMNS for case in _cases(columns)]
    for number in range(count):
        for case in cases:
            with tempfile.TemporaryDirectory() as folder:
                document = documents.make(case, "develop", FIRST_SEED + number, Path(folder))
            if document is not None:
                yield number, list(whole.judge(document, language).marks)
        print(f"\r{number + 1}/{count} documents of {len(cases)} kinds", end="", file=sys.stderr, flush=True)


def _cases(columns: int) -> Iterator[Case]:
    """Yield the kinds of documents: statements, those of reports with and without numbered headings, short ones."""
    yield Case("several pages", columns, True, "pdfplumber", pages=LONGER)
    yield Case("several pages", columns, True, "pdfplumber", pages=LONGER, report=True)
    yield Case("several pages", columns, True, "pdfplumber", pages=LONGER, changes={"numbering": "none"}, report=True)
    yield Case("several pages", columns, True, "pdfplumber", pages=LONGER, short=True)


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(value, 3) for value in values)


if __name__ == "__main__":
    sys.exit(main())
