"""Lines into one line: words broken at line ends joined, hyphens and spaces as the author meant them.

What belongs here: the decision about each line end and the map from the joined text back to the lines. What does not:
the choice of lines that belong together (`blocks`) and cutting the result (`statements`).
"""

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
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

COMMONER = 1.0  # Zipf: by how much a word is commoner than a part of it that is none
RARER = 2.0  # Zipf: by how much rarer than its parts what a chain of words seems to make is
WINDOW = 80  # characters on either side of a line end: longer than a word

HYPHENS = "-\u2010\u2011"
_LAST_WORD = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(rf"\w[{HYPHENS}]\s*$")
_MARKS = ".,;:!?()\"'“”‘’"
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


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document ends its lines; without any, nothing is known of it.

    Attributes:
        lines: How many lines are followed by another.
        broken: At how many of their ends a word is surely broken.
        words: Those inside its lines, in lower case, where a line ends in a hyphen.
    """

    lines: int = 0
    broken: int = 0
    words: frozenset[str] = frozenset()


UNKNOWN = Habits()


def habits_of(texts: Sequence[str], language: Language) -> Habits:
    """Return how a document ends its lines.

    Args:
        texts: Its lines in reading order, or what stands between the places that were line ends.
        language: Whose dictionary tells of broken words.
    """
    ends = [(one.rstrip(), other.lstrip()) for one, other in pairwise(texts) if _HYPHENATED.search(one)]
    if not ends:
        return Habits(len(texts) - 1)
    broken = sum(_surely_broken(*parts, language) for one, other in ends if (parts := _parts(one, other)))
    words = (word.strip(_MARKS).lower() for text in texts for word in text.split()[1:-1])
    return Habits(len(texts) - 1, broken, frozenset(words))


def judge_line_end(before: str, after: str, language: Language, habits: Habits = UNKNOWN) -> LineEnd:
    """Return what the line end between two neighbouring pieces of text stands for.

    Args:
        before: The text up to the line end, without trailing white space.
        after: The text after it, without leading white space.
        language: Whose spelling and dictionary decide.
        habits: Of the document.

    Returns:
        `space` for an ordinary line end; for a hyphen `join` (a broken word), `keep` (a real hyphen, no space) or
        `suspend` (a real hyphen and a space); `slash` when a line was broken after a slash.
    """
    if re.search(r"[^\W_]/$", before) and re.match(r"[^\W_]", after):
        return "slash"
    if not re.search(rf"\w[{HYPHENS}]$", before) or not after[:1].isalnum():
        return "space"
    settled = settled_end(before, after, language)
    if settled is not None:
        return settled
    weights = language.data("joining")["weights"]
    total = sum(weights[name] * sign for name, sign in signs(before, after, language, habits).items())
    return "join" if total > 0 else "keep"


def settled_end(before: str, after: str, language: Language) -> LineEnd | None:
    """Return what a hyphen at a line end stands for where spelling settles it, else None."""
    parts = _parts(before, after)
    if parts is None:
        return "keep"  # a number on one side
    left, right = parts
    data = language.data("joining")
    with_slash = re.match(r"\w+/\w+", after)
    if right in data["conjunctions"] or (with_slash and with_slash.group().lower() in data["conjunctions"]):
        return "join" if _ends_alike(left, right, after, language) else "suspend"
    one, other = _written(before, after)
    heading = one.isupper() and other.isupper() and len(one) > 1 and len(other) > 1
    if not heading and (other[0].isupper() or one.isupper()):  # a heading in capitals says nothing of abbreviations
        return "keep"
    known = language.zipf(left + right)
    if len(left) < 2 or len(right) < 2 or (known == 0 and not (_has_vowel(left) and _has_vowel(right))):
        return "keep"  # hyphenation never leaves these
    first, second = language.zipf(left), language.zipf(right)
    both = first > 0 and second > 0
    if known == 0 and both and (left in data["abbreviations"] or right in data["abbreviations"]):
        return "keep"
    # The middle of a chain: "een-op-een", "stap-voor-stap"; but "VLD-op-positie" and "Jan-Wil-lem" are broken.
    inside = (
        one.islower()
        and re.search(rf"\w[{HYPHENS}]\w+[{HYPHENS}]$", before) is not None
        and min(first, second) > known + RARER
    )
    goes_on = re.match(rf"\w+[{HYPHENS}]\w", after) is not None
    goes_on = goes_on and (known == 0 or not _breaks(left + right, len(left), language))
    return "keep" if both and (inside or goes_on) else None


def _ends_alike(left: str, right: str, after: str, language: Language) -> bool:
    """Return whether a word is broken before an ending that is spelt like a conjunction: "eige-naar", "partij-en."."""
    known = language.zipf(left + right)
    if known == 0 or not _breaks(left + right, len(left), language):
        return False
    return known > language.zipf(left) + 1 or re.match(r"\w+[.,;:!?)]", after) is not None


def signs(before: str, after: str, language: Language, habits: Habits) -> dict[str, float]:
    """Return what tells a broken word (for positive weights) from a compound with a hyphen, at an unsettled line end.

    The weights are learned (`benchmarks.reading_order.line_ends`). Compounds are formed freely, so no dictionary knows
    them all; what tells most is whether the document breaks words at all.
    """
    left, right = _parts(before, after) or ("", "")
    known, first, second = (language.zipf(word) for word in (left + right, left, right))
    own = _surely_broken(left, right, language)
    others = max(habits.broken - own, 0)
    habit = math.log((others + 0.3) / (0.1 * habits.lines + 0.3)) if habits.lines else 0.0
    spelt = _spelling(language)
    clash = left[-1] + right[0] in language.data("joining")["clashes"] and first > 0 and second > 0
    return {
        "always": 1.0,
        "known": float(known > 0),
        "frequency": known,
        "allowed": float(_breaks(left + right, len(left), language)),
        "left_known": float(first > 0),
        "right_known": float(second > 0),
        "right_frequency": min(second, 5.0) if len(right) > 2 else 0.0,
        "spelt": float(
            any((left, right[: len(right) - cut]) in spelt.pairs for cut in range(3) if len(right) > cut + 2)
        ),
        "first_part": float(left in spelt.first_parts and second > 0),
        "clash": float(clash),
        "name": float(known == 0 and second > 2.0 and _names(before)),
        "chain": float(re.match(rf"\w+[{HYPHENS}]\w", after) is not None),
        "seen_joined": float(left + right in habits.words),
        "seen_parted": float(f"{left}-{right}" in habits.words),
        "habit": max(-3.0, min(1.0, habit)),
    }


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Compounds with a hyphen: pairs of neighbouring parts, and first parts that nearly always have one."""

    pairs: frozenset[tuple[str, str]]
    first_parts: frozenset[str]


@cache
def _spelling(language: Language) -> _Spelling:
    data = language.data("compounds")
    pairs = frozenset(pair for word in data["hyphenated"].split() for pair in pairwise(word.split("-")))
    return _Spelling(pairs, frozenset([*data["first_parts"].split(), *language.data("joining")["prefixes"]]))


def _written(before: str, after: str) -> tuple[str, str]:
    """Return the letters on either side of a hyphen at a line end; empty where there are none."""
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    return last.group(1) if last else "", first.group() if first else ""


def _parts(before: str, after: str) -> tuple[str, str] | None:
    """Return the letters on either side of a hyphen at a line end in lower case, or None when one has none."""
    last, first = _written(before, after)
    return (last.lower(), first.lower()) if last and first else None


def _names(before: str) -> bool:
    """Return whether the part before a hyphen is written like a name inside a sentence: "het Embraer-"."""
    return re.search(rf"[^\W_][,)]? [^\W\d_a-zà-ÿ][^\W\d_A-ZÀ-Þ]+[{HYPHENS}]$", before) is not None


def _surely_broken(left: str, right: str, language: Language) -> bool:
    """Return whether two parts make a word, broken where it may be, that is commoner by far than one of them."""
    known = language.zipf(left + right)
    if known == 0 or known < min(language.zipf(left), language.zipf(right)) + COMMONER:
        return False
    return left not in language.data("joining")["abbreviations"] and _breaks(left + right, len(left), language)


def dropped_ends(texts: Sequence[str], language: Language) -> Callable[[str, str], str]:
    """Return what tells, of the text before and after a hyphen that an extractor dropped, what it stands for.

    Args:
        texts: What stands between the ends of the document's lines, with the hyphens.
        language: Whose spelling decides.
    """
    habits = habits_of(texts, language)

    def judge(before: str, after: str) -> str:
        ending = judge_line_end(f"{before[-WINDOW:]}-", after[:WINDOW], language, habits)
        return "-" if ending == "space" else _AFTER[ending]

    return judge


def _has_vowel(word: str) -> bool:
    plain = unicodedata.normalize("NFD", word)
    return any(letter in "aeiouy" for letter in plain)


def join(fragments: Sequence[Fragment], language: Language, habits: Habits = UNKNOWN) -> Joined:
    """Join fragments into one line of text.

    Args:
        fragments: In reading order; each without surrounding white space.
        language: Whose spelling and dictionary decide about hyphens.
        habits: Of the document.

    Returns:
        The line with its origins and repairs; empty when there are no fragments.
    """
    builder = _Builder()
    texts = [fragment.text for fragment in fragments]
    for index, fragment in enumerate(fragments):
        after = texts[index + 1] if index + 1 < len(texts) else ""
        # Judging needs the word at the line end only; a window keeps a line of megabytes cheap.
        ending = judge_line_end(texts[index][-WINDOW:], after[:WINDOW], language, habits) if after else "space"
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
