"""What a trace shows where nothing can be highlighted."""

import io

from pipeline.console import plain_console
from pipeline.show import show_trace
from pipeline.trace import Trace, TracedLine

TRACE = Trace(
    "Meer opvang.", "clear", "proef/a.txt", 1, 1, None, 0.9,
    (
        TracedLine(7, (("Zorg voor rust. ", "other"), ("Meer", "own"))),
        TracedLine(8, (("opvang.", "own"), (" Straf", "other"))),
    ),
    (),
)  # fmt: skip


def shown(*, terminal: bool) -> list[str]:
    console = plain_console(file=io.StringIO(), force_terminal=terminal, width=60)
    show_trace(console, TRACE)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_into_a_pipe_the_statements_own_characters_are_marked_below() -> None:
    lines = shown(terminal=False)
    at = lines.index("    7  Zorg voor rust. Meer")
    assert lines[at + 1] == " " * (7 + len("Zorg voor rust. ")) + "^^^^"
    assert lines[at + 2 : at + 4] == ["    8  opvang. Straf", " " * 7 + "^" * len("opvang.")]


def test_on_a_terminal_they_are_highlighted() -> None:
    lines = shown(terminal=True)
    assert any("\x1b[7mMeer" in line for line in lines)
    assert not any("^" in line for line in lines)
