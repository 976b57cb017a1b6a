"""Words that an extractor glued together when it left one column for the other in the midst of a line.

What belongs here: where a token most likely was glued, and where it may have been. What does not: what is cut there
(`rejoined`), words broken at line ends (`joining`).

An extractor that follows the order in which a PDF was drawn, such as pypdf, often writes no space where it goes on in
the other column: "ondersteuningMeer", "opvang.Zorg", "envan". Ordinary text holds such tokens, too: names ("LinkedIn"),
abbreviations, addresses, and compounds, so what is found here is believed of pages only that hold several.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.text.language import Language
from pipeline.text.model import Line

Glue = Literal["free", "glued", "doubtful"]
FREE: Glue = "free"  # white space stands before the word, or nothing
GLUED: Glue = "glued"
DOUBTFUL: Glue = "doubtful"  # it may as well be the second half of a compound
_CLOSERS = "\"'”’»)\\]"
_MARKS = ".!?…,;:"
_BULLETS = "•▪◦■●"
_HYPHENS = "-‐"
_DASHES = "–—"
# What a search in the whole text of a page finds at once: nearly no page has any.
_SUSPECT = re.compile(
    rf"[^\W\d_A-ZÀ-Þ][{_CLOSERS}]?[A-ZÀ-Þ]|[^\W\d_][{_MARKS}][{_CLOSERS}]?[^\W\d_]|\w[{_MARKS}]?[{_BULLETS}]"
)
_PLACE = re.compile(
    rf"(?P<before>[^\W\d_]*[^\W\d_A-ZÀ-Þ](?=[A-ZÀ-Þ{_BULLETS}{_DASHES}\d])"
    rf"|[^\W\d_]+(?=[{_HYPHENS}{_MARKS}{_CLOSERS}])|[\d%](?=[{_MARKS}]))"
    rf"(?P<mark>[{_MARKS}][{_CLOSERS}]*|[{_CLOSERS}]+|[{_HYPHENS}]|)"
    rf"(?=(?P<after>[^\W\d_]+|[{_BULLETS}{_DASHES}]|[{_HYPHENS}]$|\d+(?:\.\d+)*[.:]?$))"
)
_TOKEN = re.compile(r"\S+")
_NO_PROSE = re.compile(r"@|//|\\|www\.|_|(?:[^\W\d_]\.){2}", re.IGNORECASE)
# Of addresses and names of files. Those that are plain words ("de", "nu") are words here.
_ENDINGS = ("nl", "be", "eu", "com", "org", "net", "info", "edu", "gov", "html", "htm", "php", "pdf", "doc", "docx")
_LOWER = re.compile(rf"([^\W\d_]{{5,}})[{_MARKS}]*$")
_USUAL = 2.5  # Zipf: of either half of a token that may be two words
_ENOUGH = 4  # letters of a word, from where on no list has to know it: compounds are formed freely


class Word(NamedTuple):
    """A word of a line: its first character, one past its last, and whether it was glued to the word before."""

    start: int
    end: int
    glue: Glue


def sure_places(lines: Sequence[Line], language: Language) -> int:
    """Return at how many places of a page words surely were glued."""
    if not _SUSPECT.search("\n".join(line.text for line in lines)):
        return 0
    return sum(len(places_in(token, language)) for line in lines for token in line.text.split())


def words_of(text: str, language: Language) -> Iterator[Word]:
    """Yield the words of a line of a page that surely holds glued ones."""
    for token in _TOKEN.finditer(text):
        start, glue = token.start(), FREE
        for place in places_in(token.group(), language, sure=False):
            yield from _in_doubt(text, start, token.start() + place, glue, language)
            start, glue = token.start() + place, GLUED
        yield from _in_doubt(text, start, token.end(), glue, language)


def _in_doubt(text: str, start: int, end: int, glue: Glue, language: Language) -> Iterator[Word]:
    """Yield a word, or two that may have been glued."""
    place = doubtful_place(text[start:end], language)
    yield Word(start, start + place if place else end, glue)
    if place:
        yield Word(start + place, end, DOUBTFUL)


@lru_cache(maxsize=20_000)
def places_in(token: str, language: Language, *, sure: bool = True) -> tuple[int, ...]:
    """Return the characters of a token at which a word begins that was glued to the one before.

    Args:
        token: What stands between white space.
        language: Tells which words there are.
        sure: Whether the page may hold none; else it surely holds some, and what may be one is taken for one.

    >>> from pipeline.text.language import load_language
    >>> dutch = load_language("nl")
    >>> [places_in(token, dutch) for token in ("opvang.Zorg", "ondersteuningMeer", "want,daar", "huis.•")]
    [(7,), (13,), (5,), (5,)]
    >>> [places_in(token, dutch) for token in ("LinkedIn", "DigiD", "b.v.", "www.huis.nl", "info@huis.nl", "1.Wonen")]
    [(), (), (), (), (), ()]
    """
    bare = token.strip(_MARKS + _CLOSERS)
    if _NO_PROSE.search(token) or (bare.isalpha() and language.zipf(bare) > 0):
        return ()
    judge = _surely if sure else _maybe
    return tuple(match.end() for match in _PLACE.finditer(token) if judge(match, token, language))


def _surely(match: re.Match[str], token: str, language: Language) -> bool:
    before, mark, after = match.group("before", "mark", "after")
    if after[0] in _BULLETS:
        return True
    if not after[0].isalpha() or mark in [*_HYPHENS] or language.zipf(after.lower()) == 0:
        return False
    known = len(before) > 1 and language.zipf(before.lower()) > 0
    if not mark:
        return known and after[0].isupper() and after[1:].islower()
    if mark[0] not in _MARKS or after.isupper():
        return False
    if not before[-1].isalpha() or _is_address(match, token):
        return False
    return known or len(before) >= _ENOUGH


def _maybe(match: re.Match[str], token: str, language: Language) -> bool:
    before, mark, after = match.group("before", "mark", "after")
    if mark in [*_HYPHENS]:
        return _parts_columns(before, after, language)
    if not before[-1].isalpha():
        return after[0].isupper() and match.start() > 0  # not "1.Wonen"
    if not after[0].isalpha():
        return after[0] not in _HYPHENS or bool(mark)
    if not mark:
        return after[1:].islower()
    if mark[0] not in _MARKS:
        return after[0].isupper()
    return after[0].isupper() or not _is_address(match, token)


def _is_address(match: re.Match[str], token: str) -> bool:
    return match["after"].lower() in _ENDINGS and match.end("after") >= len(token.rstrip(_MARKS + _CLOSERS))


def _parts_columns(before: str, after: str, language: Language) -> bool:
    """Return whether a hyphen inside a token ends a line whose rest is not what follows."""
    if not after[0].isalpha():
        return True
    if after[0].isupper() and before.islower() and len(before) > 1:
        return before not in language.data("joining")["prefixes"]
    return len(before) > 1 and language.zipf(before.lower()) == language.zipf((before + after).lower()) == 0


@lru_cache(maxsize=20_000)
def doubtful_place(token: str, language: Language) -> int:
    """Return the character of a token in small letters at which its second half begins if it is two words, or 0.

    >>> from pipeline.text.language import load_language
    >>> dutch = load_language("nl")
    >>> [doubtful_place(token, dutch) for token in ("kansbegrenzen.", "geldezel", "zorg")]
    [4, 4, 0]
    """
    match = _LOWER.match(token)
    if not match or not match.group(1)[1:].islower():
        return 0
    word = match.group(1).lower()
    if language.zipf(word) > 0:
        return 0
    best, place = 2 * _USUAL, 0
    for at in range(2, len(word) - 1):
        one, other = language.zipf(word[:at]), language.zipf(word[at:])
        if min(one, other) >= _USUAL and one + other > best:
            best, place = one + other, at
    return place
