"""`python -m benchmarks.reading_order`: typeset texts, extract them, read them, print how right that was.

What belongs here: options, printing, writing the figures. What does not: measuring (`run`), which settings there are
(`settings`). The figures of record are those of the whole run on the test texts,
which also writes `docs/figures/reading-order.svg` and `.json`; `--quick` measures few documents, under a minute.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.options import parser_of
from benchmarks.reading_order import chart, figures, seed
from benchmarks.reading_order.run import Counted, row, run
from benchmarks.reading_order.settings import CASES, Group
from benchmarks.reading_order.texts import Part

FIGURES = Path(__file__).parents[2] / "docs" / "figures"
QUICK = ("two columns, statements", "two columns, 2 to 4 pages", "three columns, prose", "control: one column, prose")


def report(names: Sequence[str], part: Part, count: int, jobs: int) -> dict[str, Mapping[str, figures.Row]]:
    """Print the figures of every setting and, at the end, how they stand to the bars; return them."""
    rows: dict[str, figures.Row] = {}
    groups: dict[Group, Counted] = {}
    print(figures.head(), flush=True)
    for name, counted in run(names, part, count, jobs):
        group = CASES[name].group
        rows[name] = row(counted)
        groups[group] = groups.get(group, Counted()) + counted
        print(figures.line(name, rows[name], group), flush=True)
    pooled = {str(group): row(counted) for group, counted in groups.items()}
    print("\n" + "\n".join(figures.bars(rows, pooled)), flush=True)
    real = seed.read_seed()
    print("\n" + "\n".join(real.lines() if real else ["seed: ../shared is not there"]), flush=True)
    return {"settings": rows, "groups": pooled}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the whole run on test texts also writes the chart and the figures."""
    parser = parser_of("benchmarks.reading_order", __doc__)
    parser.add_argument("--quick", action="store_true", help="three documents of four settings; writes nothing")
    parser.add_argument("--documents", type=int, default=30, help="of one page a setting (of several pages: half)")
    parser.add_argument("--part", choices=("develop", "test"), default="test", help="develop writes nothing")
    parser.add_argument("--only", default="", metavar="WORDS", help="settings whose name holds this; writes nothing")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args(arguments)
    names = [name for name in (QUICK if options.quick else CASES) if options.only in name]
    if not names:
        print(f"no setting holds {options.only!r}; there are: {'; '.join(CASES)}", file=sys.stderr)
        return 2
    try:
        found = report(names, options.part, 3 if options.quick else options.documents, options.jobs)
    except FileNotFoundError as missing:
        print(missing, file=sys.stderr)
        return 2
    if len(names) == len(CASES) and options.part == "test":
        FIGURES.mkdir(parents=True, exist_ok=True)
        (FIGURES / "reading-order.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        (FIGURES / "reading-order.svg").write_text(chart.draw(found["settings"]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
