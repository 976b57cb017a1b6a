"""Learning what dimensions tell each other: on constructed scores whose answer is known."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.coding.across import learn_across, lend
from benchmarks.coding.lessons import Lesson
from pipeline.coding.linear import Linear, load_linear, save_linear

FORM = "statement_type/modality"
COLUMNS = {FORM: ("measure/vision", "problem/assertion"), "direction": ("none", "start")}
LESSONS = [Lesson(FORM, 1.0), Lesson("direction", 1.0, across=(FORM,))]
BOOK = SimpleNamespace(by_id={name: SimpleNamespace(id=name, default=None) for name in (*FORM.split("/"), "direction")})


def model_of(columns):
    width = sum(map(len, columns.values()))
    weights = np.ones((1, width), np.float32)
    return Linear("m", (), (), columns, {"x": 0}, np.ones(1, np.float32), weights, np.zeros(width, np.float32))


def told(count=200):
    """A document whose type is plain and whose direction its own scores do not tell: a problem has none."""
    problems = np.arange(count) % 2 == 1
    form = np.where(problems[:, None], [0.0, 4.0], [4.0, 0.0])
    scores = np.hstack([form, np.zeros((count, 2))]).astype(np.float32)
    codes = [
        {"statement_type": ("problem",), "modality": ("assertion",), "direction": ("none",)}
        if one
        else {"statement_type": ("measure",), "modality": ("vision",), "direction": ("start",)}
        for one in problems
    ]
    document = SimpleNamespace(inputs=(), codes=codes)
    return [(document, SimpleNamespace(scores=lambda _: scores), model_of(COLUMNS))]


def test_what_a_type_tells_of_a_direction_is_learned():
    weights = learn_across(told(), BOOK, LESSONS, COLUMNS)
    assert list(weights) == [("direction", FORM)]
    # the rows are the types and then the modalities, each in the order of their names
    measure, problem, assertion, vision = weights["direction", FORM]
    assert (problem + assertion)[0] > (problem + assertion)[1]
    assert (measure + vision)[1] > (measure + vision)[0]


def test_what_is_common_is_taken_out_so_that_a_source_can_be_left_out():
    (weights,) = learn_across(told(), BOOK, LESSONS, COLUMNS).values()
    shares = np.full(4, 0.5)  # as often a problem as a measure, as in the document
    assert np.allclose(shares @ weights, 0, atol=1e-3)


@pytest.fixture
def whole():
    model = model_of({**COLUMNS, "theme": ("a", "b", "c")})
    model.across = {
        ("direction", FORM): np.arange(8, dtype=np.float32).reshape(4, 2),
        ("direction", "theme"): np.arange(6, dtype=np.float32).reshape(3, 2),
    }
    return model


def test_a_model_that_knows_fewer_codes_is_lent_those_that_it_knows(whole):
    model = model_of({**COLUMNS, "theme": ("a", "c")})
    lend(whole, model)
    assert model.across["direction", "theme"].tolist() == [[0.0, 1.0], [4.0, 5.0]]
    assert np.array_equal(model.across["direction", FORM], whole.across["direction", FORM])


def test_it_is_kept_with_the_weights_and_goes_with_a_source_that_is_left_out(whole, tmp_path):
    save_linear(whole, tmp_path / "m.npz")
    kept = load_linear(tmp_path / "m.npz").across
    assert kept.keys() == whole.across.keys()
    assert all(np.array_equal(kept[pair], whole.across[pair]) for pair in kept)
    assert list(whole.only([FORM, "direction"]).across) == [("direction", FORM)]
