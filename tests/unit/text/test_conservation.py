"""Whatever comes in, every byte of it is in exactly one span, or the file is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.conservation.__main__ import main, outcome
from benchmarks.conservation.inputs import KINDS, make
from tests.examples import examples

FAULTS = ("bytes wrong", "texts wrong", "raised")


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(min_value=1_000_000))
@examples(20)
def test_no_byte_is_lost_or_doubled(kind: str, seed: int) -> None:
    counts = outcome(kind, seed)
    assert counts["read"] + counts["refused"] == 1
    assert {fault: counts[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_input_and_most_are_read(kind: str) -> None:
    assert make(kind, 7) == make(kind, 7) != make(kind, 8)
    read = sum(outcome(kind, seed)["read"] for seed in range(20))
    assert read >= (2 if kind in ("random bytes", "mixed encodings") else 7)


def test_a_lost_byte_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inputs", "5"]) == 0
    monkeypatch.setattr("pipeline.text.document.tile", lambda _raw, spans, _unit: tuple(spans)[1:])
    assert main(["--inputs", "10"]) == 1
    assert "| all |" in capsys.readouterr().out
