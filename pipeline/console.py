"""What every command does alike on a terminal: where it prints, how it shows progress, how it ends on a mistake.

What belongs here: consoles, and errors in one line with a remedy. What does not: commands (`pipeline.cli`), results
that take laying out (`pipeline.show`, `pipeline.summary`).
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.errors import PlainError, refused


def plain_console(**more: Any) -> Console:
    """Return a console that prints texts as they are: no bracket is markup, and no line (`a.txt:100:`) an emoji.

    Args:
        more: What else rich's `Console` takes.
    """
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=True, **more)


out = plain_console()
err = plain_console(stderr=True)


def print_anything() -> None:
    """Show a character that the terminal's encoding lacks (ASCII, Latin-1) by its number instead of failing on it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn what a user can mend into one line and exit status 1."""
    try:
        yield
    except (PlainError, OSError) as error:
        message = refused(error) if isinstance(error, OSError) else str(error)
        err.print(f"error: {message}", style="red")
        raise typer.Exit(1) from error


@contextmanager
def progress() -> Iterator[Progress]:
    """Show a bar on the terminal that goes away when the work is done."""
    columns = (BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=err, transient=True) as bar:
        yield bar


def counted(number: int, word: str) -> str:
    """Return a number with what is counted: "1 source", "2 sources"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
