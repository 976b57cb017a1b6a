"""The clause in a statement: its main verb, its form, and what stands outside the main clause.

What belongs here: a shallow reading of one statement by word classes, enough to tell a wish from a claim and a head
from its means. What does not: meaning (cues), codes, and any word of a language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from pipeline.coding import words as w
from pipeline.coding.heads import Form, head_of
from pipeline.coding.vocabulary import Vocabulary
from pipeline.coding.words import Word
from pipeline.coding.zones import MAIN, reopened, zones_of

_TOKEN = re.compile(r"[^\W_][\w&+]*(?:[-'’.][^\W_][\w&+]*)*|[.,;:!?()/–&]")


@dataclass(slots=True, eq=False)  # not frozen: one is made of every statement, and a frozen one takes longer
class Reading:
    """A statement as its words and its clause, never changed.

    Attributes:
        text: The statement.
        words: Its words and marks of punctuation.
        spans: First and past-last character of each in `text`.
        shapes: What cues are matched against, a string per word; a separated verb is joined again.
        zones: Weight of each word's place: 1 in the main clause, less outside it.
        form: Form of the main clause.
        head: Place of its main verb, or -1.
        verb: Infinitive of its main verb, or an empty string.
        question: Whether it ends in a question mark.
        classes: The flags that any of its words has.
        main: Those that any word in the main clause has.
    """

    text: str
    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]
    shapes: tuple[str, ...]
    zones: tuple[float, ...]
    form: Form
    head: int
    verb: str
    question: bool
    classes: int
    main: int


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and marks of punctuation of a text, in lower case."""
    return tuple(match.group().lower() for match in _TOKEN.finditer(text))


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Return the reading of a statement.

    Args:
        text: The statement, on one line.
        vocabulary: What is known of its words.
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = vocabulary.words([text[start:end] for start, end in spans])
    flags = [word.flags for word in words]
    question = text.rstrip(" \"'”’)").endswith("?")
    zones = zones_of(words, flags, question=question)
    form, head = head_of(words, flags, zones, vocabulary.imperative_pairs, question=question)
    shapes = [word.shape for word in words]
    verb = ""
    if head >= 0:
        verb = _join(words, flags, head, form, vocabulary)
        shapes[head] = verb
        if zones[head] != MAIN:
            zones = reopened(zones, flags, head)
    return Reading(
        text,
        tuple(words),
        tuple(spans),
        tuple(shapes),
        zones,
        form,
        head,
        verb,
        question,
        reduce(or_, flags, 0),
        reduce(or_, [flag for flag, zone in zip(flags, zones, strict=True) if zone == MAIN], 0),
    )


def _join(words: Sequence[Word], flags: Sequence[int], head: int, form: Form, vocabulary: Vocabulary) -> str:
    """Return the infinitive of the head, joined with the part that stands apart from it ("zet ... in")."""
    base = words[head].verb or words[head].shape
    if form is Form.INFINITIVE:
        return base
    for at in range(len(words) - 1, head, -1):
        if not flags[at] & w.PARTICLE:
            continue
        following = flags[at + 1] if at + 1 < len(words) else w.STOP
        apart = following & (w.STOP | w.PAUSE | w.COORDINATOR) or (at == head + 1 and following & w.PREPOSITION)
        if not apart:
            continue
        joined = vocabulary.joined(base, words[at].form)
        if joined is not None:
            return joined.verb or base
    return base
