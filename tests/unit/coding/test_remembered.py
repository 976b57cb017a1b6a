"""What is worked out once per key and then remembered."""

import pytest

from pipeline.coding.remembered import Remembered


def test_a_value_is_worked_out_once():
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Remembered(length)
    assert known.all_of(["opvang", "in", "opvang"]) == [6, 2, 6]
    assert known["in"] == 2
    assert asked == ["opvang", "in"]


def test_nothing_stays_of_a_key_that_has_no_value():
    known = Remembered({"opvang": 6}.__getitem__)
    assert known.all_of(["opvang"]) == [6]
    with pytest.raises(KeyError):
        known["taxi"]
    assert list(known) == ["opvang"]


def test_all_is_forgotten_when_too_much_is_remembered() -> None:
    asked: list[int] = []
    known = Remembered(lambda key: asked.append(key) or 2 * key, most=2)
    assert known.all_of([1, 2, 1, 2]) == [2, 4, 2, 4]
    assert known.all_of([3, 1]) == [6, 2]
    assert asked == [1, 2, 3, 1]
    assert len(known) == 2
