"""Learning two dimensions together, and from what stands around: on constructed examples whose answer is known."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from benchmarks.coding import around, shared
from benchmarks.coding.around import Place, learn_around
from benchmarks.coding.shared import fit_shared

CODES = ("measure/vision", "measure/wish", "problem/fact", "problem/wish")


def rows(*there: Sequence[int], width: int) -> csr_matrix:
    """Return features of examples, each of which has the features with these numbers."""
    found = np.zeros((len(there), width), np.float32)
    for row, features in enumerate(there):
        found[row, list(features)] = 1
    return csr_matrix(found)


def answers(features: csr_matrix, learned: tuple) -> list[str]:
    codes, weights, constants = learned
    return [codes[at] for at in (features @ weights + constants).argmax(axis=1)]


def test_a_feature_of_each_dimension_tells_the_codes():
    # Features 0 and 1 tell the type, 2 to 4 the modality.
    given = list(CODES) * 20
    features = rows(*[(0, 2), (0, 3), (1, 4), (1, 3)] * 20, width=5)
    learned = fit_shared(features, given, [1.0] * len(given))
    assert learned[0] == CODES
    assert learned[1].shape == (5, 4)
    assert answers(features, learned) == given


def test_what_tells_a_type_is_learned_for_every_modality_with_it():
    # Feature 0 was seen with measure/vision only; 1 and 2 tell vision and fact, 3 all wishes.
    given = ["measure/vision", "problem/fact", "measure/wish", "problem/wish"] * 20
    features = rows(*[(0, 1), (2,), (3,), (3,)] * 20, width=4)
    learned = fit_shared(features, given, [1.0] * len(given))
    assert answers(rows((0, 3), width=4), learned) == ["measure/wish"]


def test_what_tells_a_parent_is_learned_for_all_its_codes():
    # Feature 0 was seen with care.shelter only, and speaks for care.advice more than for what has another parent.
    given = ["care.advice", "care.shelter", "money.advice", "money.loan"] * 20
    features = rows(*[(1,), (0,), (1,), (2,)] * 20, width=3)
    _, weights, _ = fit_shared(features, given, [1.0] * len(given))
    assert weights[0, 0] > max(weights[0, 2:]) + 0.5


def test_codes_without_parents_have_their_own_weights_alone():
    assert shared._parts(("less", "more", "less+more")).tolist() == [[0, 1, 2]]
    assert shared._parts(("care.advice", "care.shelter", "other")).tolist() == [[0, 1, 2], [3, 3, 4]]


def test_an_example_counts_for_what_it_weighs():
    given = ["measure/wish", "problem/wish"] * 20
    features = rows(*[(0,)] * 40, width=1)
    assert answers(rows((0,), width=1), fit_shared(features, given, [1.0, 0.1] * 20)) == ["measure/wish"]
    assert answers(rows((0,), width=1), fit_shared(features, given, [0.1, 1.0] * 20)) == ["problem/wish"]


def test_the_same_examples_give_the_same_weights():
    given = list(CODES) * 5
    features = rows(*[(0, 2), (0, 3), (1, 4), (1, 3)] * 5, width=5)
    first, second = (fit_shared(features, given, [1.0] * len(given), epochs=4) for _ in range(2))
    assert np.array_equal(first[1], second[1])
    assert np.array_equal(first[2], second[2])


def test_a_code_is_the_sum_of_its_own_weights_and_those_of_its_parts():
    found = shared._parts(CODES)
    assert found[0].tolist() == [0, 1, 2, 3]
    assert found[1].tolist() == [4, 4, 5, 5]
    assert found[2].tolist() == [7, 8, 6, 8]  # fact, vision, wish


def test_a_feature_that_tells_codes_apart_may_grow_faster_than_one_that_all_have():
    given = ["measure/wish", "measure/fact", "problem/wish", "problem/fact"] * 10
    growth = shared._telling(rows(*[(0, 1), (0, 1), (0,), (0,)] * 10, width=2), given)
    assert growth[0] == pytest.approx(shared._LEAST)
    assert shared._LEAST < growth[1] <= shared._MOST


def runs_of_one_code(hands: int) -> tuple[csr_matrix, list[str], list[Place]]:
    """Return documents in which all statements have one code, which every other one does not tell by itself."""
    given, there, places = [], [], []
    for document in range(hands * 4):
        code = ("measure/wish", "problem/fact")[document % 2]
        for place in range(6):
            given.append(code)
            there.append((document % 2,) if place % 2 else (2,))
            places.append(Place(str(document), f"hand {document % hands}", place, 0))
    return rows(*there, width=3), given, places


def test_neighbours_of_one_code_tell_that_code():
    features, given, places = runs_of_one_code(5)
    weights = learn_around(features, given, [1.0] * len(given), places)
    parts = 4  # measure, problem; fact, wish
    assert weights.shape == (5 * parts + 1, 2)
    measure, problem = 0, 1
    # Of the statements before and after in the section, and of the mean of its rest: type, for each code.
    for at in (2, 3, 4):
        likely_measure, likely_problem = weights[at * parts], weights[at * parts + 1]
        assert likely_measure[measure] > likely_measure[problem]
        assert likely_problem[problem] > likely_problem[measure]
    assert np.allclose(weights[: 2 * parts], 0)  # no bullet has two statements


def test_the_scores_are_of_models_that_the_hand_did_not_teach(monkeypatch):
    _, given, places = runs_of_one_code(6)
    hands = np.array([place.hand for place in places])
    numbered = csr_matrix(np.arange(1, len(given) + 1, dtype=np.float32)[:, None])
    taught = []

    def fit(part: csr_matrix, codes: Sequence[str], _: Sequence[float]) -> tuple:
        seen = part.toarray().ravel().astype(int) - 1
        assert codes == [given[at] for at in seen]
        taught.append(set(hands[seen]))
        known = tuple(sorted(set(codes)))
        return known, np.zeros((1, len(known)), np.float32), np.zeros(len(known), np.float32)

    monkeypatch.setattr(around, "fit_shared", fit)
    learn_around(numbered, given, [1.0] * len(given), places)
    everyone = sorted(set(hands))
    assert [set(everyone) - some for some in taught] == [set(everyone[fold::5]) for fold in range(5)]


def test_a_code_of_one_hand_alone_is_no_obstacle():
    features, given, places = runs_of_one_code(5)
    given[0] = "unclear/wish"
    weights = learn_around(features, given, [1.0] * len(given), places)
    assert weights.shape[1] == 3
    assert np.isfinite(weights).all()
    assert weights.any()


def test_too_few_hands_teach_nothing_of_what_stands_around():
    features, given, places = runs_of_one_code(4)
    assert learn_around(features, given, [1.0] * len(given), places).size == 0
    alone = [place._replace(hand="") for place in places]
    assert learn_around(features, given, [1.0] * len(given), alone).size == 0
