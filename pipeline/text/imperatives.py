"""Which part of a sentence is an imperative, among nouns and adjectives that look like one.

What belongs here: telling by its neighbours whether the word that opens a part asks for something. What does not: what
a word can be by itself (`wordclasses`), finite verbs (`finite`), what else may carry a part (`heads`).
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Literal

from pipeline.text.subordination import Word, verbal
from pipeline.text.wordclasses import WordClasses

Beside = Literal["", "comma", "word"]
"""Whether an imperative goes before a part, and what parts the two."""

OBJECT_WORDS = 4  # words of a wish that opens with its object and ends with its infinitive


def is_imperative(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether the word that opens a main clause is an imperative."""
    word, after = main[start], main[start + 1] if start + 1 < len(main) else ""
    adverb = start and not classes.listed(main[start - 1], "connectors", "joiners")
    inverted = adverb and classes.finite(word) and classes.listed(after, "pronouns")
    if inverted or classes.listed(after, "first_person"):
        return False  # "nu wacht iedereen op elkaar", "neem ik aan"
    whose = classes.listed(after, "possessive_verbs") and len(main) > start + 2  # "deel zijn adviezen"
    whose = whose and not classes.plural(word) and classes.content(main[start + 2])
    if (
        after
        and not whose
        and (classes.finite(after) or classes.listed(after, "connectors") or _object_only(main, start, classes))
    ):
        return False
    if start and word in classes.adjectives and classes.listed(main[start - 1], "intensifiers"):
        return False  # "zo nodig in de avonden"
    if not classes.listed(word, "function") and _separated(main, start, classes):
        return True  # "ruim zwerfvuil op", but not "met de telefoons uit"
    if classes.imperative(word) or after in classes.imperative_prepositions.get(word, ()):
        return True
    return bool(after) and classes.noun_or_imperative(word) and _asks(word, after, start + 2 == len(main), classes)


def _separated(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether a part of its verb stands apart from a stem: "ruim zwerfvuil op", "licht de klas in over X"."""
    parts = classes.stem_of_separated(main[start])
    if len(main) == start + 2:
        return main[-1] in parts  # "vraag door"
    return any(
        word in parts and (not after or classes.listed(after, "prepositions"))
        for word, after in pairwise([*main[start + 2 :], ""])
    )


def _asks(word: str, after: str, last: bool, classes: WordClasses) -> bool:
    """Return whether a noun or adjective that is also a verb's stem is an imperative before this (last) word."""
    if classes.listed(after, "negations") and (word in classes.adjectives or last):
        return False  # "zeker niet", "doorstroom niet"
    if classes.listed(after, "determiners", "pronouns", "object_pronouns", "negations"):
        return True
    if word in classes.adjectives:
        # "wijs per gemeente", "licht leraren voor" against "slecht verlicht": no adjective stands uninflected before a
        # preposition or a plural.
        governed = classes.listed(after, "prepositions") and after != classes.infinitive_mark
        governed = governed and not classes.listed(word, "places")  # "ver van de stad"
        return governed or (classes.plural(after) and classes.content(after))
    adverb = classes.listed(after, "adverbs", "leads") and not classes.listed(after, "prepositions")
    named = not classes.listed(after, "prepositions", "function") and classes.content(after)
    return (
        adverb
        or classes.degree(after)
        or classes.inflected(after)
        or (named and word not in classes.imperative_prepositions)
    )


def asks_what(words: Sequence[Word], main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether a question is the object of what may be a noun: "onderzoek na een jaar wie het mist"."""
    if not classes.noun_or_imperative(main[start]) or not any(
        classes.listed(word, "prepositions") for word in main[start + 1 : start + 2]
    ):
        return False
    texts = [word.text for word in words]
    rest = texts[texts.index(main[start]) + 1 :]
    phrase = len(main) - start - 1
    return phrase < len(rest) and rest[:phrase] == main[start + 1 :] and classes.listed(rest[phrase], "questions")


def asks_for(words: Sequence[Word], main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether what may be a noun has a thing for its object that no preposition governs: "bouw in mei een bad".

    So too with a plural after another noun, as no two nouns stand side by side: "gebruik bij renovaties dikke balken".

    As a noun it would have but phrases with prepositions behind it.
    """
    word = main[start]
    after = main[start + 1] if start + 1 < len(main) else ""
    if not classes.noun_or_imperative(word) or word in classes.adjectives or not classes.listed(after, "prepositions"):
        return False
    texts = [other.text for other in words]
    rest = list(takewhile(lambda text: text not in ",;:", texts[texts.index(word) + 1 :]))
    things = zip(rest[1:], rest[2:], rest[3:], strict=False)
    beside = len(rest) > 3 and classes.content(rest[1]) and classes.noun_plural(rest[3])
    if beside and (classes.inflected(rest[2]) or classes.content(rest[2])):
        return True
    return any(
        classes.listed(opens, "indefinite_articles")
        and classes.content(thing)
        and (classes.content(before) or classes.listed(before, "object_pronouns"))
        for before, opens, thing in things
    )


def _object_only(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether an infinitive ends the part, so that what opens it is its object: "misbruik bestraffen"."""
    last, before = main[-1], main[-2]
    if classes.listed(main[start + 1], "determiners"):
        return False  # "beperk het aantal verhoren"
    if classes.listed(main[start], "imperatives_with_infinitive") or not classes.infinitive(last):
        return False
    if len(main) - start > OBJECT_WORDS:
        return False
    bound = before == classes.infinitive_mark or classes.listed(before, "nominalizers", "prepositions")
    bound = bound or classes.plural(last)
    return not bound and not classes.listed(last, "function")


def asks_too(main: Sequence[str], start: int, beside: Beside, classes: WordClasses) -> bool:
    """Return whether a noun that is also a verb's stem is an imperative after another: "bouw voor starters"."""
    word, rest = main[start], main[start + 1 :]
    if classes.listed(word, "numbers"):
        named = rest[:1] and (classes.noun_plural(rest[0]) or classes.listed(rest[0], "object_pronouns"))
        return bool(named)  # "deel kennis en vier (hun) successen"
    if not classes.noun_or_imperative(word) or len(rest) < 2 or classes.finite(rest[0]):
        return False
    if word in classes.adjectives and (classes.content(rest[0]) or classes.inflected(rest[0])):
        return True  # "straf concurrentie af", "open nieuwe routes"
    if word in classes.adjectives and classes.listed(rest[0], "adverbs", "leads"):
        return True  # "open ook op zaterdag"
    if classes.listed(rest[0], "prepositions"):
        return beside == "comma" and word not in classes.imperative_prepositions
    return classes.content(rest[1]) and (classes.infinitive(rest[0]) or rest[0] in classes.adjectives)


def governs_clause(words: Sequence[Word], word: str, classes: WordClasses) -> bool:
    """Return whether a noun that is also a verb's stem asks for what its clause says: "zorg dat het lukt"."""
    if not classes.noun_or_imperative(word) or word in classes.adjectives:
        return False
    texts = [other.text for other in words]
    return any(verbal(other, classes) for other in texts[texts.index(word) + 1 :])  # "verloop als gevolg" has no clause


def addressed(words: Sequence[Word], main: Sequence[str], start: int, classes: WordClasses) -> int:
    """Return 1 when the part opens with who is asked: "overheid, wees duidelijk"."""
    if len(words) < 4 or words[1].text != "," or start or len(main) < 2 or main[:2] != [words[0].text, words[2].text]:
        return 0
    return int(classes.content(main[0]) and classes.imperative(main[1]))
