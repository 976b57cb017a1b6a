"""What the terminal shows of texts that rich could take for something else."""

import pytest
import typer

from pipeline.console import clear_errors
from pipeline.errors import PlainError


def test_brackets_are_no_markup_and_line_numbers_no_emoji(capsys: pytest.CaptureFixture[str]) -> None:
    message = "raw/[bold]proef/decisions.csv:100: names no statement"
    with pytest.raises(typer.Exit), clear_errors():
        raise PlainError(message)
    assert capsys.readouterr().err == f"error: {message}\n"
