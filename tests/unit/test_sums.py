import gc

import numpy as np
import pytest

from pipeline.coding.collecting import collecting_later
from pipeline.sums import add_sums


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 2, 8, 9, 17, 40, 64])
def test_sums_are_those_of_numpy_to_the_bit(size, kind):
    source = np.random.default_rng(size)
    table = source.normal(size=(50, 7)).astype(kind)
    rows, weights = source.integers(0, 50, size * 3), source.normal(size=size * 3).astype(kind)
    starts = np.array([0, size, 3 * size])
    sums = np.zeros((2, 9), kind)
    add_sums(sums, table, rows, weights, starts)
    assert (sums[:, :7] == np.add.reduceat(table[rows] * weights[:, None], starts[:-1])).all()
    assert not sums[:, 7:].any(), "what is beyond the table stays"


def test_a_text_without_rows_adds_nothing():
    sums = np.ones((1, 2), np.float32)
    add_sums(sums, np.ones((1, 2), np.float32), np.array([], np.int64), np.array([], np.float32), np.array([0, 0]))
    assert (sums == 1).all()


def test_the_collector_is_as_it_was_afterwards():
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()
