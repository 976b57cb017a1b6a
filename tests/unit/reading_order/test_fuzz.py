"""Spoiled inputs are covered or refused."""

import random

from benchmarks.reading_order import fuzz


def test_spoiled_inputs_are_covered_or_refused() -> None:
    counts = fuzz.check(0, 150)
    assert counts["inputs"] == 150
    assert counts["failed"] == counts["uncovered"] == 0
    assert 0 < counts["refused"] < 100


def test_every_way_of_spoiling_changes_something() -> None:
    page = fuzz.sound(random.Random(1))
    assert all(any(way(page, random.Random(seed)) != page for seed in range(20)) for way in fuzz.WAYS)
