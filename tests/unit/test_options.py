"""Commands that measure say in one sentence what they are for, and take no option that they do not know."""

import pytest

from benchmarks.options import parser_of


@pytest.mark.parametrize(
    "first",
    ["`python -m benchmarks.a`: count what is lost.", "Count what is lost: `python -m benchmarks.a [--b]`."],
)
def test_help_is_the_first_line_without_the_command(first):
    parser = parser_of("benchmarks.a", f"{first}\n\nWhat belongs here: nothing.")
    assert parser.description == "Count what is lost."
    assert parser.prog == "python -m benchmarks.a"


def test_what_is_not_known_is_refused(capsys):
    with pytest.raises(SystemExit):
        parser_of("benchmarks.a", "Count.").parse_args(["--tset"])
    assert "unrecognized arguments: --tset" in capsys.readouterr().err
