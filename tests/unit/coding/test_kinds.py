"""Kinds: the names by which sequences of words show the form of a clause."""

from pipeline.coding.kinds import Kinds
from pipeline.coding.vocabulary import Vocabulary
from pipeline.text.language import load_language

VOCABULARY = Vocabulary(load_language("nl"))


def kinds(text):
    return Kinds().of([VOCABULARY.word(token) for token in text.split()])


def test_classes_come_before_endings():
    assert kinds("de niet , .") == ["determiner", "negation", "pause", "stop"]
    assert kinds("in 2030") == ["preposition", "number"]


def test_verbs_are_told_by_the_forms_that_they_can_be():
    first, second, third = kinds("helpen helpt geholpen")
    assert first.startswith("verb i")
    assert second.startswith("verb t")
    assert third.startswith("verb p")


def test_a_word_is_named_once_and_remembered():
    known = Kinds()
    word = VOCABULARY.word("hulpverleners")
    assert known.of([word, word]) == ["-rs", "-rs"]
