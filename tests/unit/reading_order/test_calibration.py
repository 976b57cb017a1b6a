"""Curves of what a confidence is worth: they never fall, and what is worth the same is one level."""

import numpy as np
import pytest

from benchmarks.reading_order.calibration import SUREST, rising, segment_curve


def marks(confidence: float, right: int, of: int) -> list[tuple[float, bool]]:
    return [(confidence, n < right) for n in range(of)]


def test_bins_that_fall_are_worth_what_they_are_together() -> None:
    fitted = rising([marks(0.2, 5, 10), marks(0.5, 9, 10), marks(0.7, 15, 30), marks(0.9, 10, 10)])
    assert fitted[:, 0].tolist() == pytest.approx([0.2, 0.5, 0.7, 0.9])
    assert fitted[:, 1].tolist() == pytest.approx([0.5, 0.6, 0.6, 1.0])
    assert fitted[:, 2].tolist() == [10, 10, 30, 10]


def test_the_curve_of_segments_has_one_level_for_what_is_worth_the_same_and_is_never_sure() -> None:
    levels, worth = segment_curve(np.array([[0.2, 0.5, 10], [0.5, 0.6, 10], [0.7, 0.6, 30], [0.9, 1.0, 10]]))
    assert levels == [0.0, 0.2, 0.65, 0.9, 1.0]
    assert worth == sorted(worth)
    assert worth[:3] == pytest.approx([0.45, 0.5, 0.6], abs=1e-3)
    assert worth[3] == pytest.approx(SUREST, abs=1e-3)
    assert worth[-1] < 1
