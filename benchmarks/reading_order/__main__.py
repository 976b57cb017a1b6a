"""`python -m benchmarks.reading_order`: typeset test texts, extract them, read them, print how right that was.

What belongs here: which settings are measured, the table, the chart. What does not: how a page is judged (`measure`).
`--quick` measures few pages, under a minute; the figures of record are those of the whole run, which also writes
`docs/figures/reading-order.svg` and `.json`.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.reading_order import chart, pages, texts, truth
from benchmarks.reading_order.extract import extract
from benchmarks.reading_order.measure import Score, evaluate
from pipeline.text.language import load_language
from pipeline.text.layout import read_page

FIGURES = Path(__file__).parents[2] / "docs" / "figures"
# name: columns, statements rather than prose, extractor, drawing order
SETTINGS: Mapping[str, tuple[int, bool, str, str]] = {
    "two columns, statements, pdfplumber": (2, True, "pdfplumber", "columns"),
    "two columns, prose, pdfplumber": (2, False, "pdfplumber", "columns"),
    "three columns, statements, pdfplumber": (3, True, "pdfplumber", "columns"),
    "three columns, prose, pdfplumber": (3, False, "pdfplumber", "columns"),
    "two columns, statements, pypdf by rows": (2, True, "pypdf", "rows"),
    "two columns, statements, pdftotext -layout": (2, True, "pdftotext -layout", "columns"),
    "control: one column, prose, pdfplumber": (1, False, "pdfplumber", "columns"),
    "control: one column, statements, pdfplumber": (1, True, "pdfplumber", "columns"),
    "control: two columns in order, pypdf": (2, True, "pypdf", "columns"),
    "control: two columns in order, pypdfium2": (2, False, "pypdfium2", "columns"),
    "control: two columns in order, pdftotext": (2, False, "pdftotext", "columns"),
}


def typeset(name: str, count: int, folder: Path) -> Iterator[truth.Page]:
    """Yield the extracted pages of a setting with their truth, from test texts, furniture taken out.

    A page on which some drawn line is not found in what was extracted has no truth and is left out.

    Args:
        name: One of `SETTINGS`.
        count: How many pages.
        folder: Where the PDFs are written.
    """
    columns, of_statements, extractor, by = SETTINGS[name]
    for number in range(count):
        rng = random.Random(f"test-{columns}-{of_statements}-{number}")
        source = texts.bullets_of_statements if of_statements else texts.bullets_of_prose
        bullets = source("test", rng.randrange(10**9), 160)
        setting = pages.draw_setting(rng, columns, of_statements)
        book = pages.typeset(setting, bullets, texts.headings("test", number, 12), rng)
        path = folder / f"{number}.pdf"
        pages.draw(book, path, by)
        tails = rng.random() < 0.5
        for page, lines in enumerate(extract(path, extractor)[:1]):
            aligned = truth.align(lines, book, page)
            if complete(aligned):
                bare = _without_furniture(aligned)
                yield _with_tails(bare) if tails else bare


def _without_furniture(page: truth.Page) -> truth.Page:
    """Return a page without its header and page number, which another module takes out before."""
    kept = [
        (line, parts)
        for line, parts in zip(page.lines, page.parts, strict=True)
        if not parts or parts[0].kind != "furniture"
    ]
    return truth.Page(tuple(line for line, _ in kept), tuple(parts for _, parts in kept), page.book, page.number)


def _with_tails(page: truth.Page) -> truth.Page:
    """Return a page with the space that many extractors keep after a soft-wrapped line."""
    lines = []
    for line, parts in zip(page.lines, page.parts, strict=True):
        wraps = bool(parts) and parts[-1].wraps and not parts[-1].broken
        lines.append(truth.make_line(line.number, line.text.rstrip() + (" " if wraps else "")))
    return truth.Page(tuple(lines), page.parts, page.book, page.number)


def complete(page: truth.Page) -> bool:
    """Return whether every drawn line of a page was found in what was extracted."""
    drawn = sum(1 for line in page.book.lines if line.page == page.number)
    return sum(map(len, page.parts)) == drawn


def measure(count: int) -> dict[str, dict[str, float]]:
    """Return the figures of every setting, over so many pages of each."""
    language = load_language("nl")
    figures = {}
    for name in SETTINGS:
        total, raw = Score(), Score()
        with tempfile.TemporaryDirectory() as folder:
            for page in typeset(name, count, Path(folder)):
                score, naive = evaluate(page, lambda lines: read_page(lines, language))
                total, raw = total + score, raw + naive
        figures[name] = _row(total, raw, count)
        print_row(name, figures[name])
    return figures


def _row(total: Score, raw: Score, count: int) -> dict[str, float]:
    return {
        "pages": len(total.milliseconds),
        "unaligned": count - len(total.milliseconds),
        "bullets": total.bullets,
        "in_order": round(total.in_order / max(total.bullets, 1), 4),
        "in_order_naive": round(raw.in_order / max(raw.bullets, 1), 4),
        "recovered": round(total.recovered / max(total.bullets, 1), 4),
        "recovered_naive": round(raw.recovered / max(raw.bullets, 1), 4),
        "neighbours": round(total.right / max(total.pairs, 1), 4),
        "neighbours_naive": round(raw.right / max(raw.pairs, 1), 4),
        "harm": total.harmed,
        "calibration_error": round(total.calibration_error(), 4),
        "milliseconds": round(statistics.median(total.milliseconds), 1) if total.milliseconds else 0.0,
    }


def print_head() -> None:
    """Print the head of the table; naive figures stand in brackets."""
    print(f"{'setting':46} pages  bullets in order   with their ends    neighbours         harm   ece     ms")


def print_row(name: str, row: Mapping[str, float]) -> None:
    """Print the figures of one setting."""
    pair = "{:.3f} ({:.3f})".format
    print(
        f"{name:46} {row['pages']:5.0f}  {pair(row['in_order'], row['in_order_naive']):18}"
        f" {pair(row['recovered'], row['recovered_naive']):18} {pair(row['neighbours'], row['neighbours_naive']):18}"
        f" {row['harm']:4.0f} {row['calibration_error']:6.3f} {row['milliseconds']:6.1f}",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the whole run also writes the chart and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pages", type=int, default=30)
    options = parser.parse_args(arguments)
    print_head()
    try:
        figures = measure(4 if options.quick else options.pages)
    except FileNotFoundError as missing:
        print(missing, file=sys.stderr)
        return 2
    if not options.quick:
        FIGURES.mkdir(parents=True, exist_ok=True)
        (FIGURES / "reading-order.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        (FIGURES / "reading-order.svg").write_text(chart.draw(figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
