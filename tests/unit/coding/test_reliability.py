"""Reliability: figures that can be worked out by hand."""

from pathlib import Path

import krippendorff
import numpy as np
import pytest

from pipeline.coding.codebook import load_codebook
from pipeline.coding.model import Coding
from pipeline.coding.reliability import (
    Pair,
    accuracy,
    alpha,
    calibration_error,
    common,
    compare,
    coverage,
    macro_f1,
    majority,
    masi_distance,
)  # fmt: skip

BOOK = load_codebook(Path(__file__).parents[3] / "schemas" / "codebooks" / "mensenhandel.yaml")


def pair(given, reference, confidence=1.0, document="d"):
    return Pair(document, frozenset(given), frozenset(reference), confidence)


def coding(statement, code, coder, dimension="modality", confidence=0.8):
    return Coding(statement, dimension, code, coder, "primary", "explicit", confidence, None, None)


PAIRS = [pair("a", "a"), pair("a", "a"), pair("b", "a"), pair("b", "b")]


def test_accuracy_majority_f1_and_coverage_of_a_known_table():
    assert accuracy(PAIRS) == 0.75
    assert majority(PAIRS) == 0.75
    assert macro_f1(PAIRS) == pytest.approx((4 / 5 + 2 / 3) / 2)
    assert coverage([pair((), "a"), pair("a", "a")]) == 0.5


def test_alpha_of_a_known_table():
    # two coders, four units: aa, aa, ba, bb; observed 1/4, expected 1 - (5*4 + 3*2) / (8*7) = 30/56
    assert alpha(PAIRS, sets=False) == pytest.approx(1 - 0.25 / (30 / 56))
    assert alpha(PAIRS, sets=True) == pytest.approx(1 - 0.25 / (30 / 56))


@pytest.mark.parametrize("sets", [False, True])
def test_alpha_is_that_of_another_hand(sets):
    source = np.random.default_rng(7)
    values = ["", "a", "b", "ab", "bc", "abc"] if sets else ["a", "b", "c"]
    data = source.integers(0, len(values), (2, 500)).astype(float)
    data[1, :300] = data[0, :300]
    table = np.array([[masi_distance(frozenset(one), frozenset(other)) for other in values] for one in values])
    abstained = [[values[int(value)] == "" for value in data[0]], [False] * len(data[1])]
    measured = krippendorff.alpha(
        np.where(abstained, np.nan, data),
        value_domain=np.arange(len(values), dtype=float),
        level_of_measurement=lambda one, other, **_: table[one.astype(int), other.astype(int)],
    )
    pairs = [pair(values[int(one)], values[int(other)]) for one, other in data.T]
    assert alpha(pairs, sets=sets) == pytest.approx(measured)


def test_alpha_of_sets_is_kinder_to_overlap():
    overlap = [pair("ab", "a"), pair("c", "c"), pair("a", "a")]
    apart = [pair("b", "a"), pair("c", "c"), pair("a", "a")]
    assert alpha(overlap, sets=True) > alpha(apart, sets=True)


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("a", "a", 0), ("a", "b", 1), ("ab", "a", 1 - 2 / 3 / 2), ("ab", "bc", 1 - 1 / 9)]
)
def test_distance_of_two_sets_of_codes_is_that_of_masi(one, other, distance):
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(distance)


def test_calibration_error_is_the_distance_of_confidence_and_accuracy():
    sure = [pair("a", "a", 0.95), pair("a", "b", 0.95)]
    assert calibration_error(sure) == pytest.approx(0.45)
    assert calibration_error([pair("a", "a", 0.55), pair("a", "b", 0.55)]) == pytest.approx(0.05)


def test_compare_gives_rows_of_the_published_table():
    names = ["one", "two", "three", "four"]
    gold = [coding(name, "imperative" if name != "four" else "desire", "gold") for name in names]
    given = [coding(name, "imperative", "rules-1") for name in names[:3]]
    where = {name: f"document {at // 2}" for at, name in enumerate(names)}
    rows = {row["metric"]: row for row in compare(given, gold, BOOK, where, resamples=50)}
    assert list(rows["accuracy"]) == [
        "codebook", "dimension", "coder", "reference", "metric", "value", "low", "high", "n",
    ]  # fmt: skip
    assert rows["accuracy"]["value"] == 0.75
    assert rows["majority"]["value"] == 0.75
    assert rows["coverage"]["value"] == 0.75
    assert rows["accuracy"]["low"] <= 0.75 <= rows["accuracy"]["high"]
    assert rows["accuracy"]["n"] == 4
    assert rows["macro_f1"]["value"] == 0.5  # of one code all are right, of the other none
    assert {row["reference"] for row in rows.values()} == {"gold"}
    again = compare(given, gold, BOOK, where, resamples=50)
    assert again == compare(given, gold, BOOK, where, resamples=50)


def test_alpha_is_published_where_codes_differ():
    """Two coders, three units: xx, xy, yy; observed 1/3, expected 1 - (3*2 + 3*2) / (6*5) = 18/30."""
    pairs = [("imperative", "imperative"), ("imperative", "desire"), ("desire", "desire")]
    given, gold = (
        [coding(str(at), pair[side], name) for at, pair in enumerate(pairs)] for side, name in enumerate(("x", "y"))
    )
    rows = {row["metric"]: row for row in compare(given, gold, BOOK, dict.fromkeys("012", "d"), reference="hand")}
    assert rows["alpha"]["value"] == round(1 - (1 / 3) / (18 / 30), 4)
    assert {row["reference"] for row in rows.values()} == {"hand"}


def test_a_dimension_with_levels_is_measured_at_both():
    gold = [coding("s", "protection.care", "gold", "theme")]
    given = [coding("s", "protection.residence", "rules-1", "theme")]
    rows = {row["metric"]: row["value"] for row in compare(given, gold, BOOK, {"s": "d"}, resamples=0)}
    assert rows["accuracy"] == 0
    assert rows["accuracy_level_1"] == 1


def test_alpha_is_left_out_where_it_is_not_defined():
    same = [coding("a", "desire", "x"), coding("b", "desire", "x")]
    metrics = {row["metric"] for row in compare(same, same, BOOK, {"a": "d", "b": "d"}, resamples=0)}
    assert "alpha" not in metrics
    assert "accuracy" in metrics


def test_common_is_what_both_answered():
    one = [coding("a", "desire", "x"), coding("b", "desire", "x"), coding("c", "desire", "x", "theme")]
    other = [
        coding("a", "imperative", "y"),
        coding("b", "desire", "y")._replace(rank="secondary"),
        coding("c", "desire", "y"),
    ]
    assert common(one, other) == ([one[0]], [other[0]])


def test_each_side_is_one_coder():
    mixed = [coding("a", "desire", "x"), coding("b", "desire", "y")]
    with pytest.raises(ValueError, match="one coder"):
        compare(mixed, mixed, BOOK, {"a": "d", "b": "d"})
