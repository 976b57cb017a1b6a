"""Looking up ranges says the same as going through all of them, at a cost that hardly grows with their number."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.ranges import Ranges
from tests.work import Counted, work_of

RANGE = st.tuples(st.integers(0, 12), st.integers(0, 4)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(RANGE, max_size=6), RANGE)
def test_a_range_overlaps_when_any_does(ranges, asked):
    start, end = asked
    expected = any(first < end and start < last for first, last in ranges)
    assert Ranges(ranges).overlap(start, end) == expected


def test_looking_up_hardly_costs_more_among_many_ranges():
    def work(count: int) -> int:
        ranges = [tuple(Counted.all_of((10 * n, 10 * n + 3))) for n in range(count)]
        known, asked = Ranges(ranges), ranges[:: count // 100]
        assert all(known.overlap(start, end) and not known.overlap(start + 4, end + 4) for start, end in asked)
        return work_of(lambda: [known.overlap(start, end) for start, end in asked])

    assert work(16_000) < 2 * work(1_000)  # going through all of them takes sixteen times as much
