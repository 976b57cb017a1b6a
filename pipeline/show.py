"""Traces and readings on a terminal.

What belongs here: laying out on a console what `pipeline.trace` found. What does not: finding it.

On a terminal long lines wrap under their own beginning; into a file or a pipe they go as they are.
"""

from rich.console import Console
from rich.table import Table
from rich.text import Text

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
