"""`python -m benchmarks.coding`: figures of the rule coder on constructed gold, speed, and the chart of both.

Options: `--test` measures the held-out documents too, once per state of the lexicon: the lexicon's hash and the figures
are kept in `tests/gold/codings/opened.csv`, and a hash that stands there is not measured again. `--write` writes
`schemas/reliability.csv` and the charts in `docs/figures` from the held-out figures of the present lexicon, and how far
the hands agree that coded these documents; `python -m docs.check --write` then writes the tables of `docs/coding.md`.
`--quick` leaves out intervals and shortens the timing.
`--errors DIMENSION` lists what is wrong in the development documents.
`--doubt` prints, on documents that were opened, coverage against F1 and how many errors stand where the coders differ.
`--agreement` prints how far two hands agree that coded the same documents by the codebook alone.
`--speed WORDS` adds the times to `docs/figures/coding-speed.csv`, with words for what else the machine did.
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.coding.calibrate import print_calibration
from benchmarks.coding.chart import chart, coverage_chart
from benchmarks.coding.figures import BARS, HANDS, OPENED, PUBLISHED, SPEED, read
from benchmarks.coding.gold import GoldDocument, load_gold, load_learned
from benchmarks.coding.measure import agreement, coded_by, hands, measure
from benchmarks.coding.referral import coverage_curves, print_coverage, print_referral
from benchmarks.coding.speed import coder_of, cold_statements_per_second, grown, statements_per_second
from benchmarks.options import parser_of
from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import NAME, Coder
from pipeline.coding.lexicon import Lexicon, learned_from, load_lexicon
from pipeline.coding.reliability import Row
from pipeline.coding.second import DIMENSIONS, SecondCoder
from pipeline.text.language import load_language

ROOT = Path(__file__).parents[2]
REFERENCE = "gold-test-18"
AGREEMENT = ("accuracy", "accuracy_level_1", "alpha")
COLUMNS = ("codebook", "dimension", "coder", "reference", "metric", "value", "low", "high", "n")


def main() -> int:
    """Measure and print; return 0."""
    options = _options()
    codebook = load_codebook(ROOT / "schemas" / "codebooks" / "mensenhandel.yaml")
    lexicon = load_lexicon(ROOT / "schemas" / "lexicons" / "mensenhandel.yaml", codebook)
    coder = Coder(codebook, lexicon, load_language("nl"))
    resamples = 0 if options.quick else 400
    development = load_gold("development")
    rows = measure(coded_by(coder), development, codebook, reference="gold-development", resamples=0)
    _print(rows, "development")
    if options.agreement:
        _print(agreement(development, codebook, resamples), "two hands")
    if options.calibrate:
        print_calibration(lexicon, load_learned(), codebook)
    if options.errors:
        _errors(coder, development, options.errors)
    if options.test:
        _open_test(coder, codebook, lexicon, resamples)
    if options.doubt:
        second = _second(codebook)
        print_coverage(coder.code, load_gold("test"), codebook)
        print_referral(coder.code, second.code, load_gold("test"), codebook)
    if options.write:
        _write(lexicon, coverage_curves(coder.code, load_gold("test"), codebook))
        write_hands(codebook)
    speeds = _speed(codebook, lexicon, development, seconds=1.0 if options.quick else 5.0)
    if options.speed:
        add_speeds(SPEED, lexicon.version, options.speed, speeds)
    return 0


def _options() -> argparse.Namespace:
    parser = parser_of("benchmarks.coding", __doc__)
    parser.add_argument("--test", action="store_true", help="measure the held-out documents, once per lexicon")
    parser.add_argument("--write", action="store_true", help="write the published figures and the chart")
    parser.add_argument("--quick", action="store_true", help="no intervals, short timing")
    parser.add_argument("--doubt", action="store_true", help="coverage against F1, and what disagreement finds")
    parser.add_argument("--agreement", action="store_true", help="how far two hands agree on the same documents")
    parser.add_argument("--calibrate", action="store_true", help="print a calibration fitted out of fold")
    parser.add_argument("--speed", metavar="WORDS", help="keep the times, with what else the machine did")
    parser.add_argument("--errors", metavar="DIMENSION", help="list development errors of a dimension")
    return parser.parse_args()


def _second_rows(codebook: Codebook, resamples: int) -> list[Row]:
    """Return how the second coder does on the held-out documents, in the dimensions that it codes."""
    second = _second(codebook)
    rows = measure(coded_by(second), load_gold("test"), codebook, reference=REFERENCE, resamples=resamples)
    return [row for row in rows if row["dimension"] in DIMENSIONS]


def _second(codebook: Codebook) -> SecondCoder:
    return SecondCoder(learned_from(ROOT / "schemas" / "lexicons" / "mensenhandel.second.npz", codebook))


def _print(rows: Sequence[Row], title: str) -> None:
    figures = {(row["dimension"], row["metric"]): row for row in rows}
    total = max(int(row["n"] or 0) for row in rows)
    print(f"\n{title}: {total} statements")
    print(f"{'dimension':16}{'accuracy':>9}  {'interval':13}{'majority':>9}{'bar':>6}{'F1':>6}{'alpha':>7}{'cal.':>6}")
    for name, bar in BARS.items():
        dimension, _, level = name.partition(" ")
        ending = "_level_1" if level else ""
        row, base = figures[dimension, f"accuracy{ending}"], figures[dimension, f"majority{ending}"]
        span = "" if row["low"] is None else f"{row['low']:.2f} to {row['high']:.2f}"
        rest = ["", "", ""]
        if not level:
            rest = [
                f"{figures[dimension, metric]['value']:.2f}" if (dimension, metric) in figures else "-"
                for metric in ("macro_f1", "alpha", "calibration_error")
            ]
        print(
            f"{name:16}{row['value']:9.3f}  {span:13}{base['value']:9.3f}{bar:6.2f}{rest[0]:>6}{rest[1]:>7}{rest[2]:>6}"
        )


def _errors(coder: Coder, documents: Sequence[GoldDocument], dimension: str) -> None:
    for document in documents:
        for item, codes, codings in zip(document.inputs, document.codes, coder.code(document.inputs), strict=True):
            given = sorted(
                coding.code for coding in codings if coding.dimension == dimension and coding.rank == "primary"
            )
            wanted = sorted(codes.get(dimension, ()))
            if given != wanted and wanted:
                print(f"{','.join(wanted)} | {','.join(given)} | {item.text}")


def _open_test(coder: Coder, codebook: Codebook, lexicon: Lexicon, resamples: int) -> None:
    """Measure the held-out documents and record it, unless this very lexicon has been measured before."""
    known = read(OPENED)
    if any(row["lexicon"] == lexicon.sha256 and row["reference"] == REFERENCE for row in known):
        print(f"\nheld-out: already measured with lexicon {lexicon.sha256[:12]}; figures in {OPENED.name}")
        return
    rows = measure(coded_by(coder), load_gold("test"), codebook, reference=REFERENCE, resamples=resamples)
    _print(rows, f"held-out, lexicon {lexicon.version} ({lexicon.sha256[:12]})")
    rows += _second_rows(codebook, resamples)
    columns = ["lexicon", "version", *COLUMNS]
    with OPENED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(known)
        writer.writerows({"lexicon": lexicon.sha256, "version": lexicon.version, **row} for row in rows)


def _write(lexicon: Lexicon, curves: Mapping[str, Sequence[tuple[float, float, float]]]) -> None:
    rows = [row for row in read(OPENED) if row["lexicon"] == lexicon.sha256 and row["reference"] == REFERENCE]
    rows = [row for row in rows if row["coder"] == NAME or row["dimension"] in DIMENSIONS]
    if not rows:
        sys.exit("no held-out figures for this lexicon; run with --test first")
    with PUBLISHED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    figures: list[Row] = [
        {**row, **{key: float(row[key]) if row[key] else None for key in ("value", "low", "high")}}
        for row in rows
        if row["coder"] == NAME
    ]
    path = ROOT / "docs" / "figures" / "coding.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    title = f"Coder {NAME} on {figures[0]['n']} held-out constructed statements"
    path.write_text(chart(figures, BARS, title), encoding="utf-8")
    path.with_name("coding-coverage.svg").write_text(coverage_chart(curves, title), encoding="utf-8")


def write_hands(codebook: Codebook) -> None:
    """Write how far the hands agree that coded the held-out documents. No coder is asked, and no text is shown."""
    with HANDS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in hands(load_gold("test"), codebook) if row["metric"] in AGREEMENT)


def _speed(
    codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument], *, seconds: float
) -> Sequence[tuple[int, str, float]]:
    """Print and return statements a second: with so many times the cues, of which batch, how many."""
    language = load_language("nl")
    inputs = [document.inputs for document in documents]
    found: list[tuple[int, str, float]] = []
    print(f"\n{'lexicon':>12}{'cues':>8}{'statements/s':>14}{'first batch/s':>15}")
    for times in (1, 10):
        coder = coder_of(codebook, grown(lexicon, times), language)
        cold = cold_statements_per_second(coder, inputs)
        warm = statements_per_second(coder, inputs, seconds)
        found += [(times, "later", warm), (times, "first", cold)]
        print(f"{f'{times} times':>12}{len(lexicon.cues) * times:8}{warm:14,.0f}{cold:15,.0f}")
    return found


def add_speeds(path: Path, version: str, machine: str, speeds: Sequence[tuple[int, str, float]]) -> None:
    """Add what was measured to a file of speeds.

    Args:
        path: A file with the columns of `docs/figures/coding-speed.csv`.
        version: Of the lexicon.
        machine: What else it did meanwhile, in words.
        speeds: As `_speed` returns them.
    """
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows((version, times, batch, machine, round(speed)) for times, batch, speed in speeds)


if __name__ == "__main__":
    sys.exit(main())
