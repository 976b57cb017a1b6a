import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.coverage import Span, bytes_not_covered_once, faults, fragment_spans, line_fragment, tile
from pipeline.text.model import Fragment, Line

LINE = Line(3, 2, "  abc  ", range(10, 18))


def span(start: int, end: int) -> Span:
    return Span(start, end, 1, 1, "statement", None)


def ranges(spans):
    return [(one.start, one.end) for one in spans]


def test_a_fragment_becomes_a_span_of_its_bytes():
    assert list(fragment_spans([Fragment(LINE, 2, 5)], "heading", "k")) == [Span(12, 15, 2, 3, "heading", "k")]
    assert line_fragment(LINE) == Fragment(LINE, 2, 5)
    assert line_fragment(Line(1, 1, "  ", range(3))) is None


@pytest.mark.parametrize(
    ("raw", "given_spans", "expected"),
    [
        (b"ab cd", [(0, 2), (3, 5)], [(0, 2), (3, 5)]),
        (b"ab \x00 cd", [(0, 2), (5, 7)], [(0, 4), (5, 7)]),
        (b"\xef\xbb\xbfab\n", [(3, 5)], [(0, 5)]),
        (b"ab \xe2\x80\x8b\n", [(0, 2)], [(0, 6)]),
        (b" x ", [], [(1, 2)]),
    ],
)
def test_bytes_that_no_character_stands_for_go_with_a_neighbour(raw, given_spans, expected):
    tiled = tile(raw, [span(*one) for one in given_spans])
    assert faults(raw, ranges(tiled)) == []
    assert ranges(tiled)[-1][1] == expected[-1][1]
    assert len(tiled) == len(expected)


def test_a_document_without_a_span_is_furniture_of_its_first_line():
    assert tile(b" x ", []) == (Span(0, 2, 1, 1, "furniture", None),)


def test_spans_may_come_in_any_order():
    assert faults(b"ab cd", [(3, 5), (0, 2)]) == []


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([(0, 2)], "3 to 5 are in no span"),
        ([(0, 3), (2, 5)], "2 to 3 are in two spans"),
        ([(0, 2), (3, 9)], "ends outside"),
        ([(0, 2), (2, 2), (3, 5)], "is empty"),
        ([(3, 5)], "0 to 2 are in no span"),
    ],
)
def test_every_fault_of_coverage_is_found(spans, words):
    assert any(words in fault for fault in faults(b"ab cd", spans))


@pytest.mark.parametrize(
    ("spans", "count"),
    [
        ([(0, 2), (3, 5)], 0),
        ([(3, 5), (0, 2)], 0),
        ([(0, 2)], 2),
        ([(0, 3), (2, 5)], 1),
        ([(0, 2), (3, 9)], 4),
        ([(3, 5), (3, 5)], 4),
        ([], 4),
    ],
)
def test_bytes_that_are_not_covered_once_are_counted(spans, count):
    assert bytes_not_covered_once(b"ab cd", spans) == count


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=8, unique=True))
def test_any_disjoint_spans_can_be_tiled(raw, cuts):
    cuts = sorted(cut for cut in cuts if cut <= len(raw))
    given_spans = [span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False) if pair[0] < pair[1]]
    tiled = tile(raw, given_spans)
    assert faults(raw, ranges(tiled)) == []
