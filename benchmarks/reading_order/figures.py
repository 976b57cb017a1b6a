"""Counts into figures, and figures into tables for a terminal and for the documentation.

What belongs here: ratios, medians, layout of tables. What does not: measuring. Nothing here needs what only the
benchmark needs (reportlab, extractors), so that the documentation can be checked anywhere.
"""

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.reading_order.settings import BARS, CASES, Bar, Group

Row = Mapping[str, float]
MET, MISSED = "✓", "✗"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        title: Its head.
        figure: Key in a row.
        naive: Key of the same figure in the order given.
        digits: After the point.
    """

    title: str
    figure: str
    naive: str = ""
    digits: int = 3


COLUMNS = (
    Column("pages", "pages", digits=0),
    Column("left out", "unaligned", digits=0),
    Column("bullets verbatim", "verbatim", "verbatim_naive"),
    Column("equal", "equal"),
    Column("neighbours", "neighbours", "neighbours_naive"),
    Column("layout alone", "layout"),
    Column("headings", "headings"),
    Column("right section", "sections"),
    Column("joins", "joins"),
    Column("furniture P", "furniture_precision"),
    Column("R", "furniture_recall"),
    Column("harm", "harm", digits=0),
    Column("ECE", "calibration"),
    Column("of segments", "calibration_segments"),
    Column("ms", "milliseconds", digits=1),
    Column("× pdfplumber", "times_pdfplumber", digits=2),
    Column("whole ms", "milliseconds_whole", digits=1),
)


def ratios(counts: Mapping[str, int]) -> dict[str, float]:
    """Return counts as shares; what there was none of is left out."""
    shares = {
        "verbatim": ("verbatim", "bullets"),
        "verbatim_naive": ("verbatim_naive", "bullets"),
        "equal": ("equal", "bullets"),
        "neighbours": ("right", "pairs"),
        "neighbours_naive": ("right_naive", "pairs"),
        "headings": ("headings_found", "headings"),
        "sections": ("placed", "bullets"),
        "joins": ("joined", "joins"),
        "furniture_precision": ("taken_rightly", "taken"),
        "furniture_recall": ("furniture_found", "furniture"),
        "layout": ("layout_in_order", "layout_bullets"),
        "layout_naive": ("layout_in_order_naive", "layout_bullets"),
        "layout_equal": ("layout_recovered", "layout_bullets"),
        "layout_neighbours": ("layout_right", "layout_pairs"),
    }
    found = {key: round(counts.get(part, 0) / counts[of], 4) for key, (part, of) in shares.items() if counts.get(of)}
    kept = ("documents", "unaligned", "pages", "bullets", "harm", "layout_harmed", "uncovered")
    return {**{key: float(counts.get(key, 0)) for key in kept}, **found}


def median(values: Sequence[float]) -> float:
    """Return the median, 0 of nothing."""
    return round(statistics.median(values), 2) if values else 0.0


def head() -> str:
    """Return the head of the table; naive figures stand in brackets."""
    return f"{'setting':44}" + "".join(f" {column.title:>{_width(column)}}" for column in COLUMNS)


def line(name: str, row: Row, group: Group) -> str:
    """Return a row of the table, marked where a bar is met or missed."""
    return f"{name:44}" + "".join(f" {_cell(column, row, group):>{_width(column)}}" for column in COLUMNS)


def _width(column: Column) -> int:
    return max(len(column.title), 15 if column.naive else 7)


def _cell(column: Column, row: Row, group: Group) -> str:
    if column.figure not in row:
        return "–"
    text = f"{row[column.figure]:.{column.digits}f}"
    if column.naive in row:
        text += f" ({row[column.naive]:.{column.digits}f})"
    bars = [bar for bar in BARS[group] if bar.figure == column.figure]
    return text + "".join(f" {MET if bar.met(row[bar.figure]) else MISSED}" for bar in bars)


def verdicts(
    rows: Mapping[str, Row], groups: Mapping[str, Row]
) -> Iterator[tuple[Group, Bar, float, float | None, str]]:
    """Yield each bar with the figure of its group, that of the naive order, and the setting that does worst.

    Args:
        rows: Figures by setting.
        groups: Figures of all documents of a group.
    """
    for group, bars in BARS.items():
        for bar in bars:
            names = [name for name, case in CASES.items() if case.group == group and bar.figure in rows.get(name, {})]
            if group not in groups or bar.figure not in groups[group] or not names:
                continue
            by_figure = {name: rows[name][bar.figure] for name in names}
            worst = (max if bar.most else min)(names, key=by_figure.__getitem__)
            figure = groups[group][bar.figure]
            naive = groups[group].get(f"{bar.figure}_naive")
            yield group, bar, figure, naive, f"{worst}: {_number(rows[worst][bar.figure])}"


def bars(rows: Mapping[str, Row], groups: Mapping[str, Row]) -> Iterator[str]:
    """Yield the lines of the table of bars."""
    yield f"{'group':17} {'figure':50} {'measured':>9} {'naive':>7} {'bar':>8}          worst setting"
    for group, bar, figure, naive, worst in verdicts(rows, groups):
        known = "–" if naive is None else _number(naive)
        verdict = "met" if bar.met(figure) else "missed"
        limit = f"{'≤' if bar.most else '≥'} {_number(bar.value)}"
        yield f"{group:17} {bar.title:50} {_number(figure):>9} {known:>7} {limit:>8} {verdict:8} {worst}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and value != 1 else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def markdown(found: Mapping[str, Mapping[str, Row]]) -> str:
    """Return the tables as they stand in the documentation.

    Args:
        found: What `docs/figures/reading-order.json` holds.
    """
    rows, groups = found["settings"], found["groups"]
    made = ["| | | measured | naive | bar | | worst setting |", "|---|---|---|---|---|---|---|"]
    for group, bar, figure, naive, worst in verdicts(rows, groups):
        known = "" if naive is None else _number(naive)
        verdict = "met" if bar.met(figure) else "**missed**"
        limit = f"{'≤' if bar.most else '≥'} {_number(bar.value)}"
        made.append(_row((group, bar.title, _number(figure), known, limit, verdict, worst)))
    made += ["", _row(("setting", *(column.title for column in COLUMNS)))]
    made.append("|---" * (len(COLUMNS) + 1) + "|")
    for name, row in rows.items():
        made.append(_row((name, *(_cell(column, row, CASES[name].group) for column in COLUMNS))))
    return "\n".join(made) + "\n"


def of_browser(found: Mapping[str, Any]) -> str:
    """Return the table of reports that a browser set.

    Args:
        found: What `docs/figures/browser.json` holds.
    """
    heads = ["text by", "columns", "headings", "bullets", "verbatim (as given)", "headings found", "rightly"]
    heads.append("right section")
    made = [_row(heads), "|---" * len(heads) + "|"]
    for row in found["rows"]:
        by = "the PDF itself" if row["extractor"] == "bloemlezing" else f"`{row['extractor']}`"
        cells = [by, str(row["columns"]), "numbered" if row["numbered"] else "without number", str(row["bullets"])]
        cells.append(f"{row['verbatim']:.3f} ({row['naive']:.3f})")
        cells += [f"{row[name]:.3f}" for name in ("headings_found", "headings_right", "in_section")]
        made.append(_row(cells))
    return "\n".join(made) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
