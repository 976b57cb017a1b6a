"""How much the words of a short line are those of titles.

What belongs here: what each word tells, read from `title_words.tsv` of the language. What does not: what a line tells
by its form and its neighbours, and what all that weighs (`unnumbered`).

The weights are learned by `python -m benchmarks.reading_order.title_words` beside the signs of form, so they hold what
these do not tell: that *samenwerking* and *opvang* head sections and *graag* and *elke* ask for something.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.errors import PlainError
from pipeline.text.language import Language
from pipeline.text.subordination import words_of

FILE = "title_words.tsv"
PLACES = ("anywhere", "first", "last")
"""Where a word stands, in the order of the columns of the file; its first column is the word."""

STEP = 0.01  # log-odds: the unit of the weights in the file
_COUNTED = re.compile(r"\d+")

Weights = Mapping[tuple[str, str], float]
"""Log-odds by place and word."""


def features(text: str) -> Sequence[tuple[str, str]]:
    """Return the words of a line, each with its places; any number is one word, as often as it stands there."""
    words = [_COUNTED.sub("0", word.text) for word in words_of(text)]
    if not words:
        return ()
    return [*(("anywhere", word) for word in dict.fromkeys(words)), ("first", words[0]), ("last", words[-1])]


def likeness(text: str, language: Language, weights: Weights | None = None) -> float:
    """Return the log-odds that the words of a line add to those of its form that it is a title.

    Args:
        text: The line.
        language: Of it.
        weights: Others than those of the language, to learn what they are worth on texts that they do not know.
    """
    known = _weights(language) if weights is None else weights
    return sum(known.get(feature, 0.0) for feature in features(text))


@cache
def _weights(language: Language) -> Weights:
    """Read the weights of a language.

    Raises:
        PlainError: when it has none.
    """
    try:
        lines = (language.folder / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        remedy = 'write it; see "Adding a language" in CONTRIBUTING.md'
        raise PlainError(f"language '{language.code}' has no {FILE}; {remedy}") from error
    rows = (line.split("\t") for line in lines[1:])
    return {
        (place, word): STEP * int(value)
        for word, *values in rows
        for place, value in zip(PLACES, values, strict=True)
        if value != "0"
    }
