import numpy as np
import pytest

from benchmarks.reading_order.among import FEWEST, fit

RNG = np.random.default_rng(3)


def test_a_curve_gives_back_how_often_statements_were_right():
    confidences = RNG.uniform(0.3, 1.0, 20_000)
    marks = [(float(one), bool(RNG.uniform() < one**0.5)) for one in confidences]
    levels, worth = fit(marks)
    assert (levels[0], levels[-1]) == (0.0, 1.0)
    for confidence in 0.5, 0.7, 0.9:
        assert np.interp(confidence, levels, worth) == pytest.approx(confidence**0.5, abs=0.03)


def test_a_curve_never_falls_and_no_bin_of_few_statements_makes_a_step_of_its_own():
    few = [(0.3, True)] * (FEWEST - 1)  # right by chance, among others at 0.5 that are wrong half the time
    marks = [*few, *[(0.5, n % 2 == 0) for n in range(1000)], *[(0.95, True)] * 1000]
    levels, worth = fit(marks)
    assert list(worth) == sorted(worth)
    assert len(levels) == len(worth) == 4
    assert worth[1] == pytest.approx(0.51, abs=0.01)
