"""How well words go together: what counts of a word, and the network's arithmetic beside one that is written out."""

import re

import numpy as np
from hypothesis import given as for_any
from hypothesis import strategies

from benchmarks.reading_order import junctions, texts
from pipeline.text.language import load_language
from pipeline.text.layout.affinity import (
    FEATURES,
    MOST,
    OUT_STEP,
    POSITIONS,
    STEP,
    affinity,
    bare_of,
    features_of,
    given_by,
)
from pipeline.text.layout.rows import end_of, start_of
from pipeline.text.layout.weights import load_weights

WEIGHTS = load_weights(load_language("nl").folder)
NETWORK = WEIGHTS.network


def numbers_of(text: str) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array([WEIGHTS.features_of(word, start_of(word), end_of(word)) for word in text.split()])


@for_any(strategies.text("aÉß1_.,:;!?…\"'’‘”“()-–•*", min_size=1))
def test_a_bare_word_is_one_without_what_stands_around_it(word: str) -> None:
    assert bare_of(word) == re.sub(r"^\W+|\W+$", "", word).lower()


def test_a_word_counts_by_form_parts_and_punctuation() -> None:
    found = features_of("“Vrouwenopvang,", 1, 2)
    assert found == ("vrouwenopvang", "-vang", "-ang", "-ng", "vrou-", "<1", ">2")
    assert features_of("12,5", 0, 0)[0] == features_of("7", 0, 0)[0] == "0"
    assert len(found) == FEATURES


def test_the_arithmetic_is_that_of_one_hidden_layer() -> None:
    features = numbers_of("Zet in op betere opvang")
    given = given_by(features, NETWORK)
    assert given.shape == (6, POSITIONS, NETWORK.bias.size)
    layer = NETWORK.bias.astype(np.int64)
    for place, word in enumerate((1, 0, 2, 3)):
        known = [number for n, number in enumerate(features[word]) if n == 0 or number]
        layer = layer + NETWORK.embeddings[place, known].sum(axis=0, dtype=np.int64)
    wanted = (np.maximum(layer, 0) @ NETWORK.out) / (STEP * OUT_STEP) + NETWORK.shift
    assert affinity(given, NETWORK, 0, 1, 2, 3) == min(max(wanted, -MOST), MOST)


def test_no_word_is_as_good_as_none() -> None:
    given = given_by(numbers_of("opvang voor jongeren"), NETWORK)
    assert np.array_equal(given[-1], NETWORK.embeddings[:, 0].astype(np.int32))
    assert -MOST <= affinity(given, NETWORK, -1, 0, 1, -1) <= MOST


def test_neighbours_are_told_from_words_at_random_on_texts_that_it_was_not_trained_on() -> None:
    assert junctions.told_apart(WEIGHTS, texts.statements("develop"), 1000) > 0.75


def test_learning_tells_neighbours_apart_and_gives_the_same_twice() -> None:
    corpus = ["De raad vraagt om hulp voor jongeren.", "Het rijk zorgt voor geld en tijd."] * 40
    names = junctions.known_features(corpus)
    first, again = junctions.train(corpus, names, 2), junctions.train(corpus, names, 2)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert first.embeddings.shape == (POSITIONS, len(names) + 1, junctions.HIDDEN)
    assert first.out.any()
