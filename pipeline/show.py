"""Results on a terminal: traces and readings, agreement with gold, coders beside each other, what an import took in.

What belongs here: laying out on a console what others found. What does not: finding it, and when it is printed
(`pipeline.cli`).

On a terminal long lines wrap under their own beginning; into a file or a pipe they go as they are,
and what would be highlighted is marked on the line below.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.agreement import Share
from pipeline.coding.review import Returned
from pipeline.comparing import METRICS, Compared
from pipeline.reviewing import Taken
from pipeline.trace import HIDDEN, ReadPage, Trace

_STYLES = {"own": "reverse", "other": "dim", "hidden": "dim italic"}
_NUMBER = 5  # characters of a line number


def show_trace(console: Console, trace: Trace) -> None:
    """Print a statement, where it stands, its raw lines with its own characters highlighted, and its repairs."""
    _row(console, "", Text(trace.text or "(withheld)", style="bold"))
    place = f"{trace.path}, section {trace.section or '-'}, page {trace.page}, column {trace.column}, "
    _row(console, "", Text(f"{place}reading confidence {trace.confidence:.2f}, {trace.privacy}"))
    console.print()
    for line in trace.lines:
        parts = [(text, _STYLES[kind]) for text, kind in line.parts]
        _row(console, f"{line.number:{_NUMBER}}  ", Text.assemble(*parts))
        if not console.is_terminal:
            below = "".join(("^" if kind == "own" else " ") * cell_len(text) for text, kind in line.parts)
            _row(console, " " * (_NUMBER + 2), Text(below.rstrip()))
    if any(kind == "hidden" for line in trace.lines for _, kind in line.parts):
        _row(console, " " * (_NUMBER + 2), Text(f"{HIDDEN} is not published: redacted or withheld", style="dim"))
    for repair in trace.repairs:
        _row(console, " " * (_NUMBER + 2), Text(repair))


def show_page(console: Console, page: ReadPage) -> None:
    """Print how a page was read: its columns from the left, each line with its confidence, then its furniture."""
    console.rule(f"page {page.number}")
    for number, segments in enumerate(page.columns, start=1):
        if segments:
            console.print(f"column {number}", style="bold")
        for one in segments:
            gutter = Text.assemble(
                (f"{one.line.number:{_NUMBER}} ", "cyan"),
                (f"{one.confidence:.2f}", _colour(one.confidence)),
                " ¶ " if one.opens else "   ",
            )
            _row(console, gutter, Text(one.text))
    if page.furniture:
        console.print("furniture", style="bold")
    for line, text in page.furniture:
        _row(console, f"{line:{_NUMBER}}        ", Text(text, style="dim"))


def show_agreement(console: Console, shares: Sequence[Share]) -> None:
    """Print a line a share, with the gold keys of what is not right."""
    width = max(len(share.name) for share in shares)
    for share in shares:
        wrong = f"  not: {', '.join(share.wrong)}" if share.wrong else ""
        console.print(f"{share.name:{width}}  {share.right:3} of {share.of:3}{wrong}")


def show_comparison(console: Console, a: str, b: str, rows: Sequence[Compared]) -> None:
    """Print how two coders do beside each other, a row a dimension.

    Args:
        console: Where.
        a: What the first was called.
        b: What the second was called.
        rows: What was found.
    """
    several = len({row.codebook for row in rows}) > 1
    table = Table(title=f"A: {a}\nB: {b}", title_justify="left")
    table.add_column("dimension")
    for name in ("n", "only A", "only B", "agreement", "F1", "alpha"):
        table.add_column(name, justify="right")
    for row in rows:
        name = f"{row.codebook}: {row.dimension}" if several else row.dimension
        counts = map(str, (row.n, row.only_a, row.only_b))
        table.add_row(name, *counts, *(_figure(row.figures.get(metric)) for metric in METRICS))
    console.print(table)
    console.print(
        "n: statements that both coded; F1: mean over codes; in brackets the 95 percent interval over documents"
    )


def show_taken(console: Console, taken: Sequence[Taken], returned: Returned) -> None:
    """Print what an import changed, a line a source, after what it left alone."""
    for note in returned.notes:
        console.print(note, style="yellow")
    if not taken:
        console.print("the file holds no decisions; nothing was changed")
    for one in taken:
        counts = f"{one.new} new, {one.changed} changed, {one.same} the same, {one.withdrawn} withdrawn"
        console.print(f"{one.source_id}: {counts}; run bloemlezing publish")


def _figure(figure: tuple[float, float | None, float | None] | None) -> str:
    if figure is None:
        return "-"
    value, low, high = figure
    return f"{value:.2f}" if low is None or high is None else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def _colour(confidence: float) -> str:
    return "red" if confidence < 0.5 else "yellow" if confidence < 0.9 else "green"


def _row(console: Console, gutter: str | Text, text: Text) -> None:
    """Print one line after its gutter; a line that is wrapped goes on below its own beginning."""
    gutter = Text(gutter, style="cyan") if isinstance(gutter, str) else gutter
    if not console.is_terminal:
        console.print(Text.assemble(gutter, text), soft_wrap=True)
        return
    if not gutter:
        console.print(text, soft_wrap=False)
        return
    grid = Table.grid()
    grid.add_column(width=len(gutter), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(gutter, text)
    console.print(grid, soft_wrap=False)
