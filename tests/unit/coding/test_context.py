from dataclasses import replace

import numpy as np
import pytest

from benchmarks.coding.around import Place
from benchmarks.coding.fitting import fit
from benchmarks.coding.lessons import Example, Lesson
from pipeline.coding.context import SHARES, consult, heed, lean, surroundings


@pytest.fixture(scope="module")
def model():
    examples = [Example((word,), {"theme": word, "actor": "care"}) for word in ("red", "blue")] * 3
    examples += [Example(("red",), {"theme": "red", "actor": "police"})]
    return fit("tiny", [Lesson("theme", 20.0), Lesson("actor", 20.0)], examples, {})


def test_a_statement_leans_to_what_stands_around_it(model):
    own = model.scores([["red"], ["x"], ["x"], ["blue"]])
    leaning = own.copy()
    lean(leaning, model, [1, 1, 2, 3], [0, 0, 0, 1], np.zeros_like(own))
    theme = model.blocks["theme"]
    _, bullet, section = SHARES["theme"]
    third = (own[0] + own[1]) / 2
    assert np.allclose(leaning[2, theme], own[2, theme] + section * third[theme], atol=1e-5)
    around = bullet * own[0] + section * (own[0] + own[2]) / 2
    assert np.allclose(leaning[1, theme], own[1, theme] + around[theme], atol=1e-5)
    assert np.allclose(leaning[3], own[3], atol=1e-6), "alone in its bullet and section"
    assert np.allclose(leaning[:, model.blocks["actor"]], own[:, model.blocks["actor"]])


def test_what_is_likely_in_one_dimension_tells_of_another(model):
    own = model.scores([["red"], ["blue"]])
    likely = model.shares(own)["theme"]
    told = replace(model, across={("actor", "theme"): np.array([[2.0, 0.0], [0.0, 1.0]], np.float32)})
    heard = own.copy()
    consult(heard, told)
    theme, actor = model.blocks["theme"], model.blocks["actor"]
    assert model.codes["theme"] == ("blue", "red")
    assert np.allclose(heard[:, actor], own[:, actor] + likely * [2.0, 1.0], atol=1e-5)
    assert np.allclose(heard[:, theme], own[:, theme])


def test_a_heading_counts_less_than_the_words_of_a_statement(model):
    own = model.scores([["red"], ["x"]])
    headings = np.concatenate([model.scores([["blue"]])] * 2)
    leaning = own.copy()
    lean(leaning, model, [1, 2], [0, 1], headings)
    first, second = (model.codes["theme"][at] for at in model.shares(leaning)["theme"].argmax(axis=1))
    assert (first, second) == ("red", "blue")


def test_what_stands_around_is_taken_from_the_bullet_beyond_it_and_the_section():
    shares = np.array([[0.9], [0.8], [0.7], [0.6]], dtype=np.float32)
    found = surroundings(shares, [1, 1, 2, 3], [0, 0, 0, 1])
    assert np.allclose(found[0], [0, 0.8, 0, 0, 0.75, 1])
    assert np.allclose(found[1], [0.9, 0, 0, 0.7, 0.8, 1])
    assert np.allclose(found[2], [0, 0, 0.8, 0, 0.85, 1]), "a neighbour of another bullet, none of another section"
    assert np.allclose(found[3], [0, 0, 0, 0, 0, 1])


def test_codes_around_tell_of_an_unclear_statement_what_they_told_of_others():
    name = "statement_type/modality"
    codes = {"meer": "measure/vision", "nooit": "problem/assertion"}
    examples = [
        Example((word,) if number else ("iets",), {name: code}, place=Place(f"{hand}{word}{copy}", hand, number, 0))
        for hand in "abcdef"
        for copy in range(4)
        for word, code in codes.items()
        for number in range(3)
    ]
    model = fit("around", [Lesson(name, 0.5, form=True, kinds=True, shared=True, around=True)], examples, {})
    scores = model.scores([["iets"], ["nooit"], ["iets"], ["meer"]])
    heed(scores, model, [1, 2, 3, 4], [0, 0, 1, 1])
    told = model.shares(scores)["modality"].argmax(axis=1)
    assert [model.codes["modality"][at] for at in told] == ["assertion", "assertion", "vision", "vision"]
