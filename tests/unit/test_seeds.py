"""What property tests draw is the same wherever they run, and differs from test to test."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import EXPLORE

pytestmark = pytest.mark.skipif(EXPLORE > 0, reason="who explores draws others each time")
VALUES = given(st.text(), st.integers(), st.floats())


def drawn(property_of: Callable[[list[str]], Callable[[str, int, float], None]]) -> list[str]:
    found: list[str] = []
    VALUES(property_of(found))()
    return found


def one(found: list[str]) -> Callable[[str, int, float], None]:
    def first(text: str, number: int, part: float) -> None:
        found.append(repr((text, number, part)))

    return first


def another(found: list[str]) -> Callable[[str, int, float], None]:
    def second(text: str, number: int, part: float) -> None:
        found.append(repr((text, number, part)))

    return second


def test_examples_depend_on_the_test_and_not_on_what_else_was_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn(one)
    module = tmp_path / "constants_of_ours.py"
    module.write_text("".join(f"C{n} = {n}_000_003; T{n} = 'woord {n}'; F{n} = {n}.0625\n" for n in range(1, 300)))
    spec = importlib.util.spec_from_file_location("constants_of_ours", module)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "constants_of_ours", loaded)
    spec.loader.exec_module(loaded)
    assert drawn(one) == before


def test_each_test_draws_examples_of_its_own() -> None:
    shared = set(drawn(one)) & set(drawn(another))
    assert len(shared) < 20  # the simplest values open both
