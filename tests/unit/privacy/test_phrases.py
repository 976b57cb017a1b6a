"""Fixed phrases and forms in which no name begins."""

import pytest

from pipeline.privacy.name_words import name_words
from pipeline.privacy.phrases import Phrases
from pipeline.text.language import load_language


def test_the_longest_phrase_is_found_and_only_as_whole_words() -> None:
    phrases = Phrases(["De Unie", "De Unie Zorg", "B&W", "Unie"], {"Ad": r"\s(?=\d)"})
    assert phrases.spans("De Unie Zorg, de Unie en B&W") == ((0, 12), (17, 21), (25, 28))
    assert phrases.spans("De Uniezorg en Ad Vis, B&Wx") == ()
    assert phrases.spans("Ad 3") == ((0, 3),)


def test_a_phrase_that_no_word_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="&B"):
        Phrases(["&B"])


def test_what_is_held_is_looked_for_once_whoever_asks() -> None:
    words = name_words(load_language("nl"))
    assert words is name_words(load_language("nl"))
    assert words.held("Naar Natura 2000 en B&W") is words.held("Naar Natura 2000 en B&W")
