"""`python -m benchmarks.reading_order.browser`: reports set in CSS columns by a browser, and how right they are read.

What belongs here: a second typesetter that shares no code with `pages`, to show what is right on our own pages alone;
counting what is told without knowing where each line was drawn. What does not: the figures that bars are about
(`python -m benchmarks.reading_order`). Nothing is learned from these pages.
"""

import html
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chromium import CHROMIUM, MISSING, open_page
from benchmarks.options import parser_of
from benchmarks.reading_order import texts
from benchmarks.reading_order.extract import extract
from benchmarks.reading_order.figures import of_browser
from benchmarks.reading_order.truth import bare
from pipeline.text.document import read_lines, read_order, segment
from pipeline.text.language import Language, load_language

FACES = ("Carlito", "Liberation Sans", "DejaVu Serif", "Lato", "Open Sans", "Liberation Serif")
BULLETS = 45  # at least so many a document, a page or two
DOCUMENTS = 60
FIGURES = Path(__file__).parents[2] / "docs" / "figures" / "browser.json"
EXTRACTORS = ("pdfplumber", "bloemlezing")  # the second keeps what the PDF says of columns and paragraphs


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is set.

    Attributes:
        columns: Two or three.
        numbered: Whether its headings have numbers.
        chapter: First part of these numbers.
        style: The style sheet.
    """

    columns: int
    numbered: bool
    chapter: int
    style: str

    def headings(self, report: texts.Outline) -> dict[int, str]:
        """Return the headings of a report as they are printed, by the bullet that each stands above."""
        numbers = (f"{self.chapter}.{n + 1} " if self.numbered else "" for n in range(len(report.titles)))
        return {place: n + title for place, n, title in zip(report.opens, numbers, report.titles, strict=True)}


def draw_look(rng: random.Random, columns: int) -> Look:
    """Return a look drawn from what a browser prints well."""
    size = rng.choice((9, 10, 10.5, 11) if columns == 2 else (7.5, 8, 9))
    style = f"""
        @page {{ size: A4; margin: {rng.choice((15, 20, 25))}mm }}
        body {{ font: {size}pt/{rng.choice((1.2, 1.3, 1.45))} '{rng.choice(FACES)}'; column-count: {columns};
          column-gap: {rng.choice((6, 8, 12))}mm;
          text-align: {rng.choice(("left", "left", "justify"))}; hyphens: auto }}
        h2 {{ font-size: {rng.choice((1, 1.1, 1.25))}em; break-after: avoid;
          margin: {rng.choice((0.4, 0.8, 1.2))}em 0 {rng.choice((0, 0.2, 0.4))}em }}
        p {{ margin: 0 0 {rng.choice((0, 0.3, 0.6))}em }}"""
    return Look(columns, rng.random() < 0.5, rng.randint(1, 6), style)


def page(report: texts.Outline, look: Look) -> str:
    """Return a report as HTML."""
    headings = look.headings(report)
    body = (
        (f"<h2>{html.escape(headings[n])}</h2>" if n in headings else "") + f"<p>{html.escape(bullet)}</p>"
        for n, bullet in enumerate(report.bullets)
    )
    return f'<!doctype html><html lang="nl"><meta charset="utf-8"><style>{look.style}</style>{"".join(body)}'


def print_pdf(markup: str, path: Path) -> None:
    """Print HTML to a PDF.

    Raises:
        RuntimeError: when the browser gave none.
    """
    source = path.with_suffix(".html")
    source.write_text(markup, encoding="utf-8")
    open_page(source, "--no-pdf-header-footer", f"--print-to-pdf={path}")
    if not path.exists():
        raise RuntimeError(f"{CHROMIUM} printed no PDF")


def count(report: texts.Outline, look: Look, raw: bytes, language: Language) -> Counter[str]:
    """Return what is right of a report as the text core reads its bytes.

    Case and white space do not count, nor do marks in headings.
    """
    encoding, lines = read_lines(raw, language)
    found = segment(raw, encoding, "browser", lines, read_order(lines, language, ()), language)
    counts: Counter[str] = Counter()
    titles = {s.key: _letters(f"{s.heading.number}{s.heading.title}") for s in found.sections}
    under: defaultdict[str, str] = defaultdict(str)
    for placed in found.statements:
        under[titles.get(placed.section or "", "")] += _plain(placed.statement.text)
    everything, given = "\n".join(under.values()), _plain(raw.decode("utf-8"))
    headings = {place: _letters(heading) for place, heading in look.headings(report).items()}
    heading = ""
    for n, bullet in enumerate(report.bullets):
        if n in headings:
            heading = headings[n]
            counts["headings"] += 1
            counts["headings found"] += heading in titles.values()
        text = _plain(bullet)
        counts["bullets"] += 1
        counts["verbatim"] += text in everything
        counts["naive"] += text in given
        counts["in section"] += text in under[heading]
    counts["headings read"] = len(titles)
    return counts


def _plain(text: str) -> str:
    return bare(text).lower()


def _letters(text: str) -> str:
    """Return a heading without the mark behind its number, which is kept with neither number nor title."""
    return "".join(filter(str.isalnum, text.lower()))


Groups = Mapping[tuple[str, int, bool], Counter[str]]


def measure(part: texts.Part, number: int, language: Language) -> Groups:
    """Return the counts of so many documents, by extractor, columns, and whether headings have numbers."""
    groups: defaultdict[tuple[str, int, bool], Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        for n in range(number):
            rng = random.Random(f"browser {part} {n}")
            report, look = texts.outline(part, n, BULLETS), draw_look(rng, 3 if n % 4 == 3 else 2)
            path = Path(folder) / f"{n}.pdf"
            print_pdf(page(report, look), path)
            for extractor in EXTRACTORS:
                raw = "\f".join("\n".join(lines) for lines in extract(path, extractor)).encode()
                groups[extractor, look.columns, look.numbered] += count(report, look, raw, language)
            print(f"\r{n + 1}/{number} documents", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return groups


def rows(groups: Groups) -> list[dict[str, str | int | float | bool]]:
    """Return the counts of groups as shares, worst extractor first."""
    return [
        {
            "extractor": extractor,
            "columns": columns,
            "numbered": numbered,
            "bullets": counts["bullets"],
            "verbatim": round(counts["verbatim"] / counts["bullets"], 4),
            "naive": round(counts["naive"] / counts["bullets"], 4),
            "headings_found": round(counts["headings found"] / counts["headings"], 4),
            "headings_right": round(counts["headings found"] / max(counts["headings read"], 1), 4),
            "in_section": round(counts["in section"] / counts["bullets"], 4),
        }
        for (extractor, columns, numbered), counts in sorted(groups.items(), key=lambda one: _as_shown(*one[0]))
    ]


def _as_shown(extractor: str, columns: int, numbered: bool) -> tuple[int, int, bool]:
    return EXTRACTORS.index(extractor), columns, not numbered


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table, and write the figures of record: those of all documents of the test part."""
    parser = parser_of("benchmarks.reading_order.browser", __doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="a quarter of them of three columns")
    parser.add_argument("--part", choices=("develop", "test"), default="test")
    options = parser.parse_args(arguments)
    if CHROMIUM is None:
        print(MISSING, file=sys.stderr)
        return 2
    found = rows(measure(options.part, options.documents, load_language("nl")))
    print(of_browser({"documents": options.documents, "rows": found}))
    if options.part == "test" and options.documents == DOCUMENTS:
        FIGURES.write_text(json.dumps({"documents": DOCUMENTS, "rows": found}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
