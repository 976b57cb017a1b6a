"""Whatever comes in, every byte of it is in exactly one span, or the file is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.conservation.__main__ import FAULTS, main, outcome
from benchmarks.conservation.inputs import KINDS, make
from pipeline.errors import UnreadableError
from pipeline.text.document import read_lines
from pipeline.text.language import load_language
from tests.examples import examples

DUTCH = load_language("nl")
QUICK = list(KINDS)[:9]
"""The other kinds are for `python -m benchmarks.conservation`: they take long."""


@pytest.mark.parametrize("kind", QUICK)
@given(seed=st.integers(min_value=1_000_000))
@examples(12)
def test_no_byte_is_lost_or_doubled(kind: str, seed: int) -> None:
    counts = outcome(kind, seed)
    assert counts["read"] + counts["refused"] == 1
    assert {fault: counts[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)


@pytest.mark.parametrize("kind", QUICK)
def test_the_same_seed_makes_the_same_input_and_most_are_read(kind: str) -> None:
    assert make(kind, 7) == make(kind, 7) != make(kind, 8)
    read = sum(is_read(make(kind, seed)) for seed in range(20))
    assert read >= (2 if kind in ("random bytes", "mixed encodings") else 7)


def is_read(raw: bytes) -> bool:
    try:
        read_lines(raw, DUTCH)
    except UnreadableError:
        return False
    return True


def test_a_lost_byte_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inputs", "5"]) == 0
    monkeypatch.setattr("pipeline.text.document.tile", lambda _raw, spans, _unit: tuple(spans)[1:])
    assert main(["--inputs", "10"]) == 1
    assert "| all |" in capsys.readouterr().out
