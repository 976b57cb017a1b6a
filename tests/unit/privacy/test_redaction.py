"""What becomes of the spans that finders gave: none is lost, and nothing beside them goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.privacy.redaction import redact, settle

PLACEHOLDERS = {"age": "[A]", "date": "[D]", "name": "[N]"}


@pytest.mark.parametrize(
    ("spans", "settled"),
    [
        ([(5, 9, "age"), (0, 3, "age"), (2, 9, "date")], [(0, 9, "date")]),
        ([(0, 3, "age"), (3, 5, "date")], [(0, 3, "age"), (3, 5, "date")]),
        ([(0, 5, "age"), (4, 9, "date")], [(0, 9, "age")]),
        ([(0, 9, "age"), (2, 4, "date"), (8, 10, "name")], [(0, 10, "age")]),
        ([(4, 4, "age"), (1, 2, "date")], [(1, 2, "date")]),
    ],
    ids=["the longest gives the kind", "neighbours stay two", "of equals the first", "one within another", "nothing"],
)
def test_spans_that_overlap_become_one(spans, settled):
    found = settle(spans, PLACEHOLDERS)
    assert [(one.start, one.end, one.kind) for one in found] == settled
    assert all(one.placeholder == PLACEHOLDERS[one.kind] for one in found)


@given(
    st.text("ab é", min_size=12, max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(sorted(PLACEHOLDERS))), max_size=6),
)
def test_what_a_finder_gave_goes_and_all_else_stays_in_its_place(text, spans):
    found = settle(spans, PLACEHOLDERS)
    given_away = {at for start, end, _ in spans for at in range(start, end)}
    assert {at for one in found for at in range(one.start, one.end)} == given_away
    kept = "".join("\0" if at in given_away else letter for at, letter in enumerate(text))
    expected, done = "", 0
    for one in found:
        expected += kept[done : one.start] + one.placeholder
        done = one.end
    assert redact(text, found) == expected + kept[done:]
