"""Lines into one line: words broken at line ends joined, hyphens and spaces as the author meant them.

What belongs here: the decision about each line end and the map from the joined text back to the lines. What does not:
the choice of lines that belong together (`paragraphs`) and cutting the result (`statements`).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Literal

import pyphen

from pipeline.text.language import Language
from pipeline.text.model import Fragment, Repair

LineEnd = Literal["space", "join", "keep", "suspend", "slash"]

# A repair of one of these kinds at the end of a fragment means that no space follows it.
LINE_END_KINDS: Mapping[LineEnd, str] = {
    "join": "line_end_hyphen",
    "keep": "line_end_hyphen_kept",
    "suspend": "line_end_hyphen_suspended",
    "slash": "line_end_slash",
}
_AFTER: Mapping[LineEnd, str] = {"join": "", "keep": "-", "suspend": "- ", "slash": "/"}

COMMON = 3.0  # Zipf: once per million words
WINDOW = 80  # characters on either side of a line end: longer than a word

HYPHENS = "-\u2010\u2011"
_LAST_WORD = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
_FIRST_WORD = re.compile(r"([^\W\d_]+)(/?)([^\W\d_]*)")
_SPACES = re.compile(r"\s{2,}|[^\S ]")


@dataclass(frozen=True, slots=True)
class Joined:
    """Fragments as one line of text.

    Attributes:
        text: The line, single spaces, no white space at either end.
        runs: Where characters of `text` come from, as (character of `text`, fragment, character of its line): from the
            first on, both count on together until the next run starts. Ascending.
        repairs: What was changed, in the order of the text. Concatenating the fragments with a space between two of
            them, unless a repair of `LINE_END_KINDS` ends the first, and applying the repairs gives `text`.
    """

    text: str
    runs: tuple[tuple[int, int, int], ...]
    repairs: tuple[Repair, ...]

    def origin(self, position: int) -> tuple[int, int]:
        """Return the fragment (index) and the character of its line that a character of `text` stands for.

        A space that stands for a line end points one past the last character of the fragment before it.
        """
        start, fragment, character = self.runs[bisect_right(self.runs, position, key=itemgetter(0)) - 1]
        return fragment, character + position - start


@cache
def _hyphenator(code: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(code)
    return pyphen.Pyphen(lang=known) if known else None


def _breaks(word: str, position: int, language: Language) -> bool:
    """Return whether the hyphenation patterns of the language allow a break of the word at this position."""
    hyphenator = _hyphenator(language.code)
    return hyphenator is not None and position in hyphenator.positions(word)


def judge_line_end(before: str, after: str, language: Language) -> LineEnd:
    """Return what the line end between two neighbouring pieces of text stands for.

    Args:
        before: The text up to the line end, without trailing white space.
        after: The text after it, without leading white space.
        language: Whose spelling and dictionary decide.

    Returns:
        `space` for an ordinary line end; for a hyphen `join` (a broken word), `keep` (a real hyphen, no space) or
        `suspend` (a real hyphen and a space); `slash` when a line was broken after a slash.
    """
    if re.search(r"[^\W_]/$", before) and re.match(r"[^\W_]", after):
        return "slash"
    if not re.search(rf"\w[{HYPHENS}]$", before) or not after[:1].isalnum():
        return "space"
    first = _FIRST_WORD.match(after)
    if first is None:
        return "keep"
    data = language.data("joining")
    if first.group(0).lower() in data["conjunctions"] or first.group(1).lower() in data["conjunctions"]:
        return "suspend"
    if re.match(rf"\w{{1,3}}[{HYPHENS}]\w", after):
        return "keep"  # the middle of a chain: "een-op-een"
    last = _LAST_WORD.search(before)
    return "keep" if last is None else _judge_word(last.group(1), first.group(1), language)


def _judge_word(left: str, right: str, language: Language) -> LineEnd:
    """Judge a hyphen between two runs of letters: is it a broken word or a real hyphen?"""
    data = language.data("joining")
    if left.isupper() and right.isupper() and len(left) > 1 and len(right) > 1:
        left, right = left.lower(), right.lower()  # a heading in capitals says nothing about abbreviations
    if right[0].isupper() or left.isupper():
        return "keep"
    left, right = left.lower(), right.lower()
    known = language.zipf(left + right)
    if _short(left, right) or (known < COMMON and (left in data["abbreviations"] or right in data["abbreviations"])):
        return "keep"
    clash = left[-1] + right[0] in data["clashes"] and language.zipf(left) > 0 and language.zipf(right) > 0
    if clash or left in data["prefixes"]:
        # Frequency lists hold misspellings too, so where the spelling wants a hyphen only a common word is joined, or a
        # word whose rest is none: "ex-ploitanten".
        return "join" if known >= COMMON or (known and not language.zipf(right)) else "keep"
    # Compounds are formed freely, so no dictionary knows them all. Outside the cases above the spelling writes them as
    # one word, so a hyphen that the patterns allow, or that stands between two known words, is a broken compound.
    if known or _breaks(left + right, len(left), language) or (language.zipf(left) > 0 and language.zipf(right) > 0):
        return "join"
    return "keep"


def _short(left: str, right: str) -> bool:
    """Return whether a part is a single letter or has no vowel; hyphenation never leaves these."""
    return any(len(part) < 2 or not _has_vowel(part) for part in (left, right))


def _has_vowel(word: str) -> bool:
    plain = unicodedata.normalize("NFD", word)
    return any(letter in "aeiouy" for letter in plain)


def join(fragments: Sequence[Fragment], language: Language) -> Joined:
    """Join fragments into one line of text.

    Args:
        fragments: In reading order; each without surrounding white space.
        language: Whose spelling and dictionary decide about hyphens.

    Returns:
        The line with its origins and repairs; empty when there are no fragments.
    """
    builder = _Builder()
    texts = [fragment.text for fragment in fragments]
    for index, fragment in enumerate(fragments):
        after = texts[index + 1] if index + 1 < len(texts) else ""
        # Judging needs the word at the line end only; a window keeps a line of megabytes cheap.
        ending = judge_line_end(texts[index][-WINDOW:], after[:WINDOW], language) if after else "space"
        _take(fragment, index, ending, builder)
        if after and ending == "space":
            builder.add(" ", index, fragment.end)
    return Joined("".join(builder.pieces), tuple(builder.runs), tuple(builder.repairs))


@dataclass(slots=True)
class _Builder:
    """A joined line while it grows."""

    pieces: list[str] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, fragment: int, character: int) -> None:
        """Add text that stands for the characters of a fragment's line from this one on."""
        if text:
            self.pieces.append(text)
            self.runs.append((self.length, fragment, character))
            self.length += len(text)


def _take(fragment: Fragment, index: int, ending: LineEnd, builder: _Builder) -> None:
    """Add one fragment, with the repairs that this takes."""
    line, position = fragment.line, fragment.start
    last = fragment.end if ending == "space" else fragment.end - 1
    for spaces in _SPACES.finditer(line.text, fragment.start, last):
        builder.add(line.text[position : spaces.start()], index, position)
        builder.add(" ", index, spaces.start())
        builder.repairs.append(Repair(*line.bytes_of(*spaces.span()), "white_space", spaces.group(), " "))
        position = spaces.end()
    builder.add(line.text[position:last], index, position)
    if ending != "space":
        builder.add(_AFTER[ending], index, last)
        hyphen = line.text[last : fragment.end]
        repair = Repair(*line.bytes_of(last, fragment.end), LINE_END_KINDS[ending], hyphen, _AFTER[ending])
        builder.repairs.append(repair)
