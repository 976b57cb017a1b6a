"""The figures of the coder as they stand in the documentation.

What belongs here: the bars, and the tables of what was measured on the held-out documents, from the files that hold it.
What does not: measuring (`benchmarks.coding.measure`), drawing (`benchmarks.coding.chart`). Nothing here loads a
coder, so that the documentation can be checked fast.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.coding.gold import GOLD
from pipeline.coding.coder import NAME

PUBLISHED = Path(__file__).parents[2] / "schemas" / "reliability.csv"
OPENED = GOLD / "opened.csv"
"""Every figure of held-out documents that was ever measured, with the lexicon that it is of."""
HANDS = Path(__file__).parents[2] / "docs" / "figures" / "coding-hands.csv"
"""How far the hands agree that coded the held-out documents; no coder's figures."""
SPEED = Path(__file__).parents[2] / "docs" / "figures" / "coding-speed.csv"
"""How many statements a second were coded, a row a run (of several runs that were not kept, their ends)."""

BARS = {
    "statement_type": 0.85, "modality": 0.93, "horizon": 0.92, "theme level 1": 0.82, "theme": 0.70,
    "target_group": 0.88, "exploitation": 0.96, "actor": 0.78, "instrument": 0.65, "direction": 0.76, "sdg": 0.72,
}  # fmt: skip
_LEVEL_1 = " level 1"

Rows = Sequence[Mapping[str, str]]
Figures = Mapping[tuple[str, str], Mapping[str, str]]


def read(path: Path) -> Rows:
    """Return the rows of a file of figures; none when it is not there yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def markdown(published: Rows, opened: Rows) -> str:
    """Return the table of published figures, beside those of the lexicon that was measured on the same gold before.

    Args:
        published: What `schemas/reliability.csv` holds.
        opened: What `opened.csv` holds, oldest first.

    Raises:
        ValueError: when nothing that was measured is what is published.
    """
    now = of_coder(published)
    reference = next(iter(now.values()))["reference"]
    by_version = {version: of_coder(rows) for version, rows in _versions(opened, reference)}
    versions = list(by_version)
    version = next((one for one in versions if _values(by_version[one]) == _values(now)), None)
    if version is None:
        raise ValueError(f"the figures of schemas/reliability.csv are not in {OPENED.name}; run the benchmark anew")
    place = versions.index(version)
    before = versions[place - 1] if place else ""
    heads = ["right", version, "interval", "commonest", "bar", before, "F1", "alpha", "calibration error"]
    heads[0] = f"right, of {next(iter(now.values()))['n']}"
    lines = [_line(heads), "|---" * len(heads) + "|"]
    lines += [_line(_cells(name, bar, now, by_version.get(before, {}))) for name, bar in BARS.items()]
    return "\n".join(lines) + "\n"


def of_hands(rows: Rows) -> str:
    """Return the table of how far a second hand agrees with the writers of the held-out documents.

    Args:
        rows: What `coding-hands.csv` holds.
    """
    known = {(row["dimension"], row["metric"]): float(row["value"]) for row in rows}
    places = [(name.removesuffix(_LEVEL_1), "_level_1" if name.endswith(_LEVEL_1) else "") for name in BARS]
    shares = [f"{known[dimension, f'accuracy{level}']:.3f}" for dimension, level in places]
    alphas = ["" if level else f"{known[dimension, 'alpha']:.3f}" for dimension, level in places]
    lines = [["of the second hand", *(name.replace("_", " ") for name in BARS)], ["as the writer", *shares]]
    lines.append(["alpha", *alphas])
    return "\n".join([_line(lines[0]), "|---" * len(lines[0]) + "|", *map(_line, lines[1:])]) + "\n"


def of_speed(rows: Rows) -> str:
    """Return the table of how many statements a second of processor time are coded.

    Args:
        rows: What `coding-speed.csv` holds. Runs that differ in nothing but their figure make one line, of the lowest
            and the highest.
    """
    runs: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        cues = "as they are" if row["cues"] == "1" else f"{row['cues']} times as many"
        case = (row["lexicon"], cues, row["batch"], row["machine"])
        runs.setdefault(case, []).append(int(row["statements_a_second"]))
    ranges = [f"{min(of):,}" if len(of) == 1 else f"{min(of):,} to {max(of):,}" for of in runs.values()]
    heads = ["lexicon", "cues", "batch", "machine", "statements a second"]
    lines = [_line((*case, shown)) for case, shown in zip(runs, ranges, strict=True)]
    return "\n".join([_line(heads), "|---" * len(heads) + "|", *lines]) + "\n"


def _versions(opened: Rows, reference: str) -> Iterator[tuple[str, Rows]]:
    """Yield the lexicons that were measured on a reference, in the order in which they were, with their rows."""
    of_reference = [row for row in opened if row["reference"] == reference]
    for version in dict.fromkeys(row["version"] for row in of_reference):
        yield version, [row for row in of_reference if row["version"] == version]


def of_coder(rows: Rows) -> Figures:
    """Return the figures of the rule coder by dimension and metric."""
    return {(row["dimension"], row["metric"]): row for row in rows if row["coder"] == NAME}


def _values(figures: Figures) -> Mapping[tuple[str, str], str]:
    return {key: row["value"] for key, row in figures.items()}


def _cells(name: str, bar: float, now: Figures, before: Figures) -> list[str]:
    dimension, level = name.removesuffix(_LEVEL_1), "_level_1" if name.endswith(_LEVEL_1) else ""
    right, commonest = now[dimension, f"accuracy{level}"], now[dimension, f"majority{level}"]
    earlier = before.get((dimension, f"accuracy{level}"))
    rest = [
        now.get((dimension, metric)) if not level else None for metric in ("macro_f1", "alpha", "calibration_error")
    ]
    met = "" if float(right["value"]) >= bar else " missed"
    return [
        name.replace("_", " "),
        f"**{float(right['value']):.3f}**{met}",
        f"{float(right['low']):.2f} to {float(right['high']):.2f}" if right["low"] else "",
        f"{float(commonest['value']):.2f}",
        f"{bar:.2f}",
        f"{float(earlier['value']):.3f}" if earlier else "",
        *(f"{float(row['value']):.2f}" if row else "" for row in rest),
    ]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
