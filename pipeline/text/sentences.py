"""Where sentences end (rule U2), and which of them belong to the sentence before (U5).

What belongs here: full stops, question and exclamation marks and what they may stand for instead. What does not:
cutting inside a sentence (`clauses`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from pipeline.text.language import Language

_OPENERS = "([\"'“„‘‚«‹"
_CLOSERS = ")]\"'”’“»›"
_END = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*")
_BEFORE = re.compile(r"(?:[^\W_]|[.'’-](?=\w))+$")
_DOTTED = re.compile(r"^[^\W\d_](?:\.[^\W\d_])+$")
_ENUMERATOR = re.compile(r"^\W*(?:\d{1,3}|[^\W\d_])$")
_QUOTED = re.compile(r"[\"“„][^\"“”„]*[\"”]|(?<!\w)['‘][^'‘’]*['’](?!\w)")
_WEB = re.compile(r"@|://|\bwww\.|\.[a-z]{2,4}/", re.IGNORECASE)
_GLUED = re.compile(r"[^\W\d_]{2}")
_NOTE = re.compile(rf"(?:\d{{1,2}}|[¹²³⁰⁴-⁹]{{1,2}})(?=\s+[{re.escape(_OPENERS)}]*[A-ZÀ-Þ])")
_WINDOW = 60  # characters that are looked at on either side of a mark: longer than any word that matters
COMMON_WORD = 3.0  # Zipf: once per million words
ELIDED = re.compile(r"['’‘][a-z]")
"""A word of which one letter is left ("'s", "'t"): at the start of a sentence the next word has the capital."""
_ELISION = re.compile(rf"{ELIDED.pattern}\s+(?=\S)")


def sentence_starts(text: str, language: Language) -> tuple[int, ...]:
    """Return where the sentences of a text after the first one start.

    Args:
        text: One bullet on one line.
        language: Whose abbreviations and words are known.

    Returns:
        Ascending character offsets, each of a non-space character.
    """
    inside = brackets(text)
    quoted = quotations(text)
    starts: list[int] = []
    for mark in _END.finditer(text):
        quotation = within(quoted, mark.start())
        if quotation is not None and mark.end() < quotation[1]:
            continue  # what somebody else says is one piece (U2b)
        start = _skip_space(text, _past_note(text, mark))
        if start < len(text) and _ends(text, mark, start, starts[-1] if starts else 0, inside, language):
            starts.append(start)
    return tuple(starts)


def case_letter(text: str) -> str:
    """Return the character whose case tells whether a text opens a sentence; nothing of an empty text.

    >>> case_letter("'s Nachts")
    'N'
    """
    match = _ELISION.match(text)
    return text[match.end() if match else 0 :][:1]


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _past_note(text: str, mark: re.Match[str]) -> int:
    """Return where a mark ends, with the number of a footnote that was set above the line: "melden.1 Daarom"."""
    note = _NOTE.match(text, mark.end())
    word = re.search(r"[a-zà-ÿ]{3}$", text[max(0, mark.start() - _WINDOW) : mark.start()])
    return note.end() if note and word else mark.end()


def brackets(text: str) -> Sequence[tuple[int, int]]:
    """Return the outermost balanced round and square brackets as (start, end) pairs."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    if ")" not in text and "]" not in text:
        return pairs
    for position, character in enumerate(text):
        if character in "([":
            stack.append(position)
        elif character in ")]" and stack:
            start = stack.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, position + 1))
    return pairs


def quotations(text: str) -> Sequence[tuple[int, int]]:
    """Return what stands between quotation marks, marks included, as (start, end) pairs."""
    return [match.span() for match in _QUOTED.finditer(text)]


def unquoted(text: str) -> str:
    """Return a text with the marks around the whole of it blank: they are layout, and it is cut like any other."""
    whole = _QUOTED.fullmatch(text.strip())
    if whole is None:
        return text
    start = text.index(whole.group())
    end = start + len(whole.group())
    return f"{text[:start]} {text[start + 1 : end - 1]} {text[end:]}"


def within(pairs: Sequence[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """Return the pair of brackets around a position, from pairs in ascending order that do not overlap."""
    index = bisect_right(pairs, position, key=itemgetter(0)) - 1
    if index >= 0 and pairs[index][0] < position < pairs[index][1]:
        return pairs[index]
    return None


def _ends(
    text: str,
    mark: re.Match[str],
    start: int,
    opened: int,
    inside: Sequence[tuple[int, int]],
    language: Language,
) -> bool:
    """Return whether a sentence ends at this mark, given where the next one would start."""
    bracket = within(inside, mark.start())
    if bracket is not None and (mark.end() < bracket[1] or not _whole_sentence(text, bracket[0])):
        return False
    spaced = start > mark.end()
    follower = text[start:].lstrip(_OPENERS)[:1] if text[start] in _OPENERS else text[start]
    if not spaced:
        return _glued(text, mark, start)
    stop = mark.group().rstrip(_CLOSERS)
    if follower.islower():
        return _ends_before_lower(text, mark, stop, language)
    return stop != "." or not _abbreviated(text, mark, opened, follower, language)


def _whole_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _WINDOW) : start].rstrip()
    return not before or before[-1] in ".!?…"


def _glued(text: str, mark: re.Match[str], start: int) -> bool:
    """Return whether a missing space hides a sentence end: "beschikbaar.Meer geld"."""
    before, after = text[max(0, mark.start() - _WINDOW) : mark.start()], text[start : start + _WINDOW]
    token = before.split(" ")[-1] + mark.group() + after.split(" ")[0]
    return (
        len(mark.group()) == 1
        and mark.group() in ".!?"
        and re.search(r"[a-zà-ÿ]{3}$", before) is not None
        and _GLUED.match(after) is not None
        and after[0].isupper()
        and after[1].islower()
        and _WEB.search(token) is None
    )


def _ends_before_lower(text: str, mark: re.Match[str], stop: str, language: Language) -> bool:
    """Judge a mark before a small letter: sloppy writing, or no end at all?"""
    if (len(stop) > 1 and set(stop) <= set(".…")) or stop == "…" or mark.group() != stop:
        return False
    if stop != ".":
        return True
    word = _word_before(text, mark)
    return word.isalpha() and len(word) > 3 and not _known(word, language) and language.zipf(word) >= COMMON_WORD


def _abbreviated(text: str, mark: re.Match[str], opened: int, follower: str, language: Language) -> bool:
    """Return whether a full stop before a capital, digit or sign belongs to an abbreviation, initial or number."""
    word = _word_before(text, mark)
    if _ENUMERATOR.match(text[opened : mark.start()][:_WINDOW]):
        return True  # "1." or "a." at the start
    if word in _abbreviations(language)[1]:
        return not follower.isupper()
    if _known(word, language) or _DOTTED.match(word):
        return True
    if len(word) == 1 and word.isalpha():
        return True  # an initial
    return word.isdigit() and not follower.isupper() and follower not in "•‘'\"“„"


def _word_before(text: str, mark: re.Match[str]) -> str:
    found = _BEFORE.search(text[max(0, mark.start() - _WINDOW) : mark.start()])
    return found.group().lower() if found else ""


def _known(word: str, language: Language) -> bool:
    return word in _abbreviations(language)[0]


@cache
def _abbreviations(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    data = language.data("statements")["sentences"]
    return frozenset(data["abbreviations"]), frozenset(data["closing"])


def opens_example(sentence: str, language: Language) -> tuple[bool, int]:
    """Return whether a sentence opens with words that announce examples (U5), and how long these words are.

    The second value is 0 when the words make an example even of a sentence with a verb.
    """
    data = language.data("statements")["sentences"]
    opening = sentence[:_WINDOW].lower()
    for cue in sorted(data["examples"], key=len, reverse=True):
        if opening.startswith(cue) and not opening[len(cue) : len(cue) + 1].isalnum():
            return True, 0 if cue in data["examples_with_verb"] else len(cue)
    return False, 0
