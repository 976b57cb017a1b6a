"""Headings without a number: is a short line one, or a short bullet?

What belongs here: the signs of form and neighbourhood, and their weights. What does not: numbered headings and lines
that say themselves what they are (`headings`), putting lines together (`blocks`).

Plain text has lost the bold type that told the two apart. What is left are signs, each weak: no end mark where the
other bullets have one, no glyph where they open with one, a few words, no verb, no word of degree, bullets on both
sides. A logistic model weighs them; its weights are data of the language, learned by
`python -m benchmarks.reading_order.unnumbered` on pages with known truth.

Baseline: no verb and no word of degree, in a text in which four of five bullets end in a mark. It missed four
headings of five where not all bullets do.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.text.heads import head_of
from pipeline.text.language import Language
from pipeline.text.subordination import words_of
from pipeline.text.title_words import likeness
from pipeline.text.wordclasses import word_classes

MOST_WORDS = 8
LONG_WORDS = MOST_WORDS + 1
"""Words from which on a block is a bullet for certain, whether it ends in an end mark or not."""

TIDY = -1.0
"""Log-odds that a bullet lacks its end mark (0.27), below which bullets have one."""

CROWDED, DENSE = 0.25, 0.3
"""Where bullets have no end mark: share of what would be headings that stands right above another one, and of the
blocks that would be headings, from where on they are a list whose items are like titles ("Zorg op maat")."""

LONE = 2.2
"""Log-odds that the only heading without number amid bullets has at least. On training and development pages seven of
ten such lines below that were bullets, and six of sixteen above."""

ALONE = 24
"""Blocks of a document from where on a heading without number in their midst is not the only one. On training pages one
of six such headings stood amid more, and of lines that were wrongly taken for one, all."""

SURE, LISTED = 4.5, 0.7
"""Log-odds from where on a heading without number and glyph may be rare, and the share of bullets that have a glyph, by
which it is no bullet that lacks its end mark. On development pages those without glyphs went up to 4.8."""

WORDS, UNLIKE = "words of titles", "no glyph, unlike bullets"
"""The signs that the words themselves are, and that it is to have no glyph."""

_ENDS = ".!?;,…-"
_QUOTED = {'"': '"', "”": "“„”", "’": "‘’", "»": "«"}
"""Closing quotation marks, each with those that may open what it closes."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What the rest of a document says about its short lines.

    Attributes:
        loose: Log-odds that a bullet ends without an end mark here.
        share: Of all blocks, how many are short lines (0 to 1).
        numbered: How far headings are numbered here: 0 not, 1 all that are no titles.
        glyphs: Of the bullets, how many open with a glyph or an enumerator (0 to 1).
    """

    loose: float
    share: float
    numbered: float
    glyphs: float


def neighbourhood(
    ends: Sequence[bool], glyphs: Sequence[bool], short: int, blocks: int, *, numbered: float
) -> Neighbourhood:
    """Return the neighbourhood that a document is.

    Args:
        ends: For each block that is a bullet for certain, whether it ends in an end mark.
        glyphs: Beside `ends`, whether it opens with a glyph or an enumerator.
        short: Number of short lines.
        blocks: Number of blocks.
        numbered: How far headings are numbered, 0 to 1.
    """
    unended = (ends.count(False) + 0.5) / (len(ends) + 1)
    return Neighbourhood(
        loose=math.log(unended / (1 - unended)),
        share=short / max(blocks, 1),
        numbered=numbered,
        glyphs=sum(glyphs) / (len(glyphs) + 1),  # one more: a single bullet does not prove that all have one
    )


def is_short_line(text: str) -> bool:
    """Return whether a paragraph may be a heading without a number, as far as its outer form goes."""
    text = text.strip()
    letters = any(character.isalpha() for character in text)
    return letters and text[0].isupper() and not _ends(text) and len(text.split()) <= MOST_WORDS


def _ends(text: str) -> bool:
    """Return whether a text ends in an end mark, or closes a quotation that it did not open: the end of another."""
    opening = _QUOTED.get(text[-1])
    return text[-1] in _ENDS or (opening is not None and not any(mark in text[:-1] for mark in opening))


def signs_of_form(text: str, language: Language) -> dict[str, float]:
    """Return the signs that a short line itself gives, by name."""
    classes = word_classes(language)
    words = words_of(text)
    head = head_of(words, classes)
    listed = [word.text for word in words]
    first, count = listed[0], len(text.split())
    prepositions = sum(classes.listed(word, "prepositions") for word in listed)
    signs = {
        "words": count,
        "one word": count == 1,
        "two words": count == 2,
        "words over four": max(0, count - 4),
        "finite verb": head.kind == "finite",
        "imperative": head.kind == "imperative",
        "infinitive": head.kind == "infinitive",
        "opens with degree": head.kind == "degree",
        "degree": any(classes.degree(word) for word in listed),
        "subordinate clause": bool(head.subordinate),
        "names something": head.own,
        "determiner": any(classes.listed(word, "articles", "determiners") for word in listed),
        "opens with determiner": classes.listed(first, "articles", "determiners"),
        "preposition": prepositions > 0,
        "two prepositions": prepositions > 1,
        "opens with preposition": classes.listed(first, "prepositions"),
        "connector": any(classes.listed(word, "connectors") for word in listed),
        "figure": any(character.isdigit() for character in text),
        "comma": "," in text,
    }
    return {name: float(value) for name, value in signs.items()}


def signs(
    form: Mapping[str, float],
    words: float,
    around: Neighbourhood,
    *,
    above_short: bool,
    below_number: bool,
    glyph: bool,
) -> dict[str, float]:
    """Return all signs of a short line, by name.

    Args:
        form: `signs_of_form` of it.
        words: How much its words are those of titles (`title_words.likeness`).
        around: The document that it stands in.
        above_short: The next block is a short line too.
        below_number: The block before is a numbered heading, which may have one without number below it.
        glyph: It opens with a glyph or an enumerator itself, or stands where to have none tells nothing.
    """
    return {
        **form,
        WORDS: words,
        "bullets without end mark": around.loose,
        "short lines": around.share,
        "numbered headings": 0.0 if below_number else float(around.numbered),
        "above a short line": float(above_short),
        "degree, bullets without end mark": form["degree"] * around.loose,
        UNLIKE: 0.0 if glyph else around.glyphs,
    }


def log_odds(found: Mapping[str, float], language: Language) -> float:
    """Return the log-odds that a short line with these signs is a heading."""
    weights = language.data("headings")["unnumbered"]
    return float(weights["constant"] + sum(weights[name] * value for name, value in found.items()))


def is_heading(found: Mapping[str, float], language: Language) -> bool:
    """Return whether a short line with these signs is taken for a heading."""
    at_least: Mapping[str, float] = language.data("headings")["unnumbered"]["at_least"]
    least = at_least["unnumbered" if found["bullets without end mark"] > TIDY else "tidy"]
    return log_odds(found, language) > least + found["numbered headings"] * (at_least["numbered"] - least)


def may_be_rare(found: Mapping[str, float], language: Language) -> bool:
    """Return whether a short line with these signs is a heading however few there are."""
    return found[UNLIKE] >= LISTED and log_odds(found, language) >= SURE


def headings_among(short: Mapping[int, Mapping[str, float]], blocks: int, language: Language) -> frozenset[int]:
    """Return the places of the short lines of a document that are taken for headings.

    Args:
        short: The signs of its short lines by their places.
        blocks: Number of its blocks.
        language: Of it.
    """
    found = frozenset(place for place, signs in short.items() if is_heading(signs, language))
    amid = [place for place in found if place > 0]  # what stands at the top may be the title
    above = sum(place + 1 in found for place in amid)
    loose = any(signs["bullets without end mark"] > TIDY for signs in short.values())
    if loose and (above > CROWDED * len(found) or len(found) > DENSE * blocks):
        return frozenset(place for place in found if not short[place]["above a short line"])
    alone = len(amid) == 1 and log_odds(short[amid[0]], language) < LONE
    return found.difference(amid) if alone else found


def title_odds(text: str, language: Language) -> float:
    """Return the log-odds that a line is a title as far as its form and its words go, its neighbours left aside."""
    return log_odds({**signs_of_form(text, language), WORDS: likeness(text, language)}, language)
