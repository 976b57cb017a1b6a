"""Looking up ranges says the same as going through all of them, at a cost that does not grow with their number."""

import time

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.ranges import Ranges

RANGE = st.tuples(st.integers(0, 12), st.integers(0, 4)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(RANGE, max_size=6), RANGE)
def test_a_range_overlaps_when_any_does(ranges, asked):
    start, end = asked
    expected = any(first < end and start < last for first, last in ranges)
    assert Ranges(ranges).overlap(start, end) == expected


def test_many_ranges_are_looked_up_in_no_time():
    ranges = [(10 * n, 10 * n + 3) for n in range(100_000)]
    begun = time.process_time()
    known = Ranges(ranges)
    assert all(known.overlap(start, end) and not known.overlap(start + 4, end + 4) for start, end in ranges)
    assert time.process_time() - begun < 5  # going through all of them takes minutes
