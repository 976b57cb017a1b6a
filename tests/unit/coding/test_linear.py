from pathlib import Path

import numpy as np
import pytest

from benchmarks.coding.fitting import fit
from benchmarks.coding.lessons import Example, Lesson
from pipeline.coding.codebook import load_codebook
from pipeline.coding.lexicon import learned_from
from pipeline.coding.likely import Shown, likelies
from pipeline.coding.linear import WITH, load_linear, pairs, save_linear, word_features
from pipeline.coding.model import CodingInput
from pipeline.coding.second import NAME, SecondCoder
from pipeline.errors import FileError

CODEBOOK = Path(__file__).parents[3] / "schemas" / "codebooks" / "mensenhandel.yaml"
KIND = Lesson("statement_type", 20.0)
FORMAL = Lesson("statement_type", 0.5, form=True, kinds=True)
TEXTS = {
    "red": ["rode kersen zijn rijp", "een rode kers", "de kers is rood", "kersen plukken"],
    "blue": ["blauwe bessen zijn zuur", "een blauwe bes", "de bes is blauw", "bessen plukken"],
}


@pytest.fixture(scope="module")
def model():
    examples = [
        Example(tuple(text.split()), {"statement_type": code}) for code, texts in TEXTS.items() for text in texts
    ]
    return fit("tiny", [KIND], examples, {"command": "here"})


def test_a_word_gives_itself_and_its_parts_with_their_ends():
    assert list(word_features("kers")) == ["kers", "<ke", "ker", "ers", "rs>", "<ker", "kers", "ers>", "<kers", "kers>"]
    assert list(pairs(("meer", "hulp"))) == [("^", "meer"), ("meer", "hulp")]


def test_an_unseen_compound_is_known_by_its_parts(model):
    rows = model.probabilities([["kersenboom"], ["bessenstruik"], ["niets"]])["statement_type"]
    assert [model.codes["statement_type"][at] for at in rows[:2].argmax(axis=1)] == ["red", "blue"]
    assert np.allclose(rows.sum(axis=1), 1)
    assert abs(rows[2][0] - rows[2][1]) < 0.1


def test_the_word_that_speaks_for_a_code_is_found(model):
    assert model.strongest_word(["de", "kersenboom", "bloeit"], "statement_type", "red") == 1


def test_probabilities_do_not_depend_on_the_batch(model):
    texts = [["rode", "kers"], ["blauwe", "bes"], []] * 200
    whole = model.probabilities(texts)["statement_type"]
    assert np.allclose(whole[400], model.probabilities([texts[400]])["statement_type"][0], atol=1e-5)


def test_any_number_of_words_can_be_remembered(model):
    words = [[f"kers{at}"] for at in range(3000)]
    rows = model.probabilities(words)["statement_type"]
    assert rows[:, model.codes["statement_type"].index("red")].min() > 0.5
    assert model.strongest_word([word for (word,) in words], "statement_type", "red") >= 0


def test_a_model_learns_from_signs_without_words():
    examples = [
        Example(("x",), {"statement_type": code}, signs={sign: 1.0})
        for code, sign in (("red", "warm"), ("blue", "cold")) * 3
    ]
    model = fit("signs", [FORMAL], examples, {})
    rows = model.probabilities([["x"], ["x"]], [{"warm": 1.0}, {"cold": 1.0, "unknown": 1.0}])["statement_type"]
    assert [model.codes["statement_type"][at] for at in rows.argmax(axis=1)] == ["red", "blue"]


def test_kinds_in_a_row_count_and_unseen_ones_add_nothing():
    examples = [
        Example(("x",), {"statement_type": code}, kinds=kinds)
        for code, kinds in (("red", ("verb", "noun")), ("blue", ("noun", "verb"))) * 3
    ]
    model = fit("kinds", [FORMAL], examples, {})
    kinds = [["verb", "noun"], ["noun", "verb"], ["other"]]
    rows = model.probabilities([["x"]] * 3, [{}] * 3, kinds)["statement_type"]
    assert [model.codes["statement_type"][at] for at in rows[:2].argmax(axis=1)] == ["red", "blue"]
    assert abs(rows[2][0] - rows[2][1]) < 1e-3


def test_a_sign_of_one_dimension_counts_for_it_alone():
    examples = [
        Example(("x",), {"theme": code, "instrument": other}, signs={f"theme: {code}": 1.0})
        for code, other in (("red", "one"), ("blue", "two"), ("red", "two"), ("blue", "one")) * 3
    ]
    model = fit("scores", [Lesson("theme", 5.0), Lesson("instrument", 5.0)], examples, {})
    shown = [{"theme: red": 1.0}, {"theme: blue": 1.0}]
    rows = model.probabilities([["x"], ["x"]], shown)
    assert [model.codes["theme"][at] for at in rows["theme"].argmax(axis=1)] == ["red", "blue"]
    assert np.allclose(rows["instrument"][0], rows["instrument"][1])


def test_a_word_beside_the_verb_counts_for_what_form_tells_alone():
    examples = [
        Example(("x",), {"statement_type": code, "horizon": code}, signs={f"{WITH}< rise {code}": 1.0})
        for code in ("red", "blue") * 6
    ]
    model = fit("beside", [FORMAL, Lesson("horizon", 1.0, form=True)], examples, {})
    rows = model.probabilities([["x"], ["x"]], [{f"{WITH}< rise red": 1.0}, {f"{WITH}< rise blue": 1.0}])
    assert [model.codes["statement_type"][at] for at in rows["statement_type"].argmax(axis=1)] == ["red", "blue"]
    assert np.allclose(rows["horizon"][0], rows["horizon"][1])


def test_each_code_of_a_set_has_a_probability_of_its_own():
    examples = [
        Example((word,), {"actor": codes})
        for word, codes in (("both", "care+police"), ("care", "care"), ("police", "police"), ("nobody", "+")) * 5
    ]
    model = fit("sets", [Lesson("actor", 20.0, members=True)], examples, {})
    assert model.codes["actor"] == ("care", "police")
    rows = model.probabilities([["both"], ["care"], ["nobody"]])["actor"]
    assert (rows > 0.5).tolist() == [[True, True], [True, False], [False, False]]


def test_a_model_can_know_sets_alone():
    examples = [Example((word,), {"actor": code}) for word, code in (("care", "care"), ("nobody", "+")) * 5]
    model = fit("sets", [Lesson("actor", 20.0, members=True)], examples, {})
    headings = np.zeros((2, 1), dtype=np.float32)
    told = likelies(model, Shown([["care"], ["nobody"]], [{}, {}], [[], []], [1, 2], [0, 0], headings))
    assert [one.corrected("actor", ())[0] for one in told] == [("care",), ()]


def test_dimensions_learned_together_each_get_their_probabilities():
    examples = [
        Example((word,), {"statement_type/modality": codes})
        for word, codes in (("red", "measure/imperative"), ("blue", "outcome/vision"), ("grey", "measure/vision")) * 3
    ]
    model = fit("both", [Lesson("statement_type/modality", 20.0)], examples, {})
    rows = model.probabilities([["red"], ["grey"]])
    assert set(rows) == {"statement_type", "modality"}
    assert model.codes == {"statement_type": ("measure", "outcome"), "modality": ("imperative", "vision")}
    assert np.allclose(rows["statement_type"].sum(axis=1), 1)
    assert np.allclose(rows["modality"].sum(axis=1), 1)
    assert rows["statement_type"][:, 0].min() > 0.5
    assert rows["modality"].argmax(axis=1).tolist() == [0, 1]


def test_a_model_of_some_dimensions_says_of_these_what_the_whole_one_says():
    examples = [
        Example((word,), {"statement_type": code, "theme": code, "actor": word}, signs={f"theme: {code}": 1.0})
        for word, code in (("apple", "red"), ("plum", "blue")) * 5
    ]
    model = fit("whole", [FORMAL, Lesson("theme", 5.0), Lesson("actor", 5.0, members=True)], examples, {})
    model.around = np.ones((11, 2), np.float32)
    some = model.only(["actor", "statement_type"])
    assert list(some.columns) == ["statement_type", "actor"]
    assert (some.formal, some.sets) == (("statement_type",), ("actor",))
    assert some.around.size == 22
    old, new = (one.probabilities([["plum"]], [{"theme: red": 1.0}]) for one in (model, some))
    assert set(new) == {"statement_type", "actor"}
    for name, shares in new.items():
        assert np.allclose(shares, old[name])
    assert not model.only(["theme"]).around.size


def test_a_saved_model_says_the_same(model, tmp_path):
    save_linear(model, tmp_path / "m.npz")
    loaded = load_linear(tmp_path / "m.npz")
    assert loaded.codes == model.codes
    assert (loaded.formal, loaded.sets) == (model.formal, model.sets)
    assert loaded.provenance == {"command": "here"}
    texts = [["rode", "bessen"], ["kersentaart"]]
    old, new = (one.probabilities(texts)["statement_type"] for one in (model, loaded))
    assert np.allclose(old, new, atol=0.02)


def test_the_second_coder_gives_its_likeliest_code_with_the_others_behind_it(model):
    items = [CodingInput("a", "een rode kersenboom"), CodingInput("b", "niets")]
    (sure,), (unsure,) = SecondCoder(model).code(items)
    assert (sure.code, sure.coder, sure.rank) == ("red", NAME, "primary")
    assert sure.confidence > 0.6 > unsure.confidence
    assert all(share <= coding.confidence for coding in (sure, unsure) for _, share in coding.alternatives)
    assert sure.alternatives


def test_weights_of_another_layout_name_the_remedy(tmp_path):
    path = tmp_path / "old.npz"
    np.savez_compressed(path, head=np.frombuffer(b'{"name": "old"}', dtype=np.uint8))
    with pytest.raises(FileError, match=r"old\.npz: no weights of this version .*benchmarks\.coding\.train"):
        learned_from(path, load_codebook(CODEBOOK))
