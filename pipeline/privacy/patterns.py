"""Details with a form of their own: contact data, numbers, addresses, ages, dates; and forms of accounts.

What belongs here: compiling and running the regular expressions of a language's files, on the texts that are worth it.
What does not: any expression for a language, and names, which need word lists.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

import ahocorasick

Spans = Iterator[tuple[int, int, str]]
Words = Mapping[str, Sequence[str]]
Window = tuple[int, int, int]
"""Where a window of a text starts and ends, and before what character a match must start to count in it."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LINE = re.compile(r"[^\n]+")
_SLOT = re.compile(r"\{([a-z_]+)\}")
WIDE, AHEAD = 1_000, 400
"""A text that is longer than the first is searched in windows of so many characters, which overlap by the second."""
_LEAD = 100
"""So many characters before a detail are looked at."""


def windows(text: str) -> Iterator[Window]:
    """Yield start and end of each window of a text, and before what character a match must start to count in it.

    An expression may take time by the square of what it is tried on; in windows it takes no more than so much a window.

    >>> list(windows("x" * 1800))
    [(0, 1000, 600), (600, 1600, 1200), (1200, 1800, 1800)]
    """
    start, size = 0, len(text)
    while size - start > WIDE:
        yield start, start + WIDE, start + WIDE - AHEAD
        start += WIDE - AHEAD
    yield start, size, max(size, 1)


def find_all(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Return the matches of an expression, of a long text window by window."""
    return regex.finditer(text) if len(text) <= WIDE else _find_in_windows(regex, text)


def _find_in_windows(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for start, end, before in windows(text):
        for match in regex.finditer(text, start, end):
            if match.start() >= before:
                break
            yield match


def found_in(regex: re.Pattern[str], text: str) -> bool:
    """Whether an expression matches somewhere in a text, of a long one within a window."""
    if len(text) <= WIDE:
        return regex.search(text) is not None
    return next(_find_in_windows(regex, text), None) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """A cheap test on a text: it holds one of some words, or matches an expression.

    Attributes:
        words: Single words, lower case.
        phrases: Parts of words or several words each, lower case.
        regex: An expression.
        others: Cues that do as well.
    """

    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    regex: re.Pattern[str] | None = None
    others: tuple[str, ...] = ()

    def holds(self, text: str, words: frozenset[str], strings: frozenset[str]) -> bool:
        """Whether a text has it, apart from the others, given the words and the strings of the lower-cased text."""
        return (
            not self.words.isdisjoint(words)
            or not self.phrases.isdisjoint(strings)
            or (self.regex is not None and self.regex.search(text) is not None)
        )


class Strings:
    """Finds which of hundreds of strings a text has, in one go."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._several = sorted(set(strings))
        for one in self._several:
            self._automaton.add_word(one, one)
        if self._several:
            self._automaton.make_automaton()

    def found(self, text: str) -> frozenset[str]:
        """Return those that a text has."""
        return frozenset(one for _, one in self._automaton.iter(text)) if self._several else frozenset()


class Reading:
    """A text and the cues that it holds, each tried at most once.

    Attributes:
        text: The text.
        strings: The strings of hints and cues that are in the lower-cased text.
        answers: Whether it has what was asked for.
    """

    def __init__(self, text: str, patterns: "Patterns", answers: Mapping[str, bool] | None = None) -> None:
        lower = text.lower()
        self.text, self.strings = text, patterns.strings.found(lower)
        self._words = _words(lower)
        self._cues, self.answers = patterns.cues, dict[str, bool](answers or {})

    def has(self, need: str) -> bool:
        """Whether the text holds one of the cues of a need: names with a bar between them."""
        answer = self.answers.get(need)
        if answer is None:
            cue = self._cues[need]
            answer = cue.holds(self.text, self._words, self.strings) or any(map(self.has, cue.others))
            self.answers[need] = answer
        return answer


@lru_cache(maxsize=2)
def _words(lower: str) -> frozenset[str]:
    """Return the words of a text, which is read once for what it has and once for what it tells."""
    return frozenset(_WORD.findall(lower))


class Opening(NamedTuple):
    """What an expression begins with, so that texts full of it take no time by the square of their length.

    Attributes:
        regex: The beginning.
        gap: What may stand between it and the rest, as much as there is.
    """

    regex: re.Pattern[str]
    gap: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that is tried on the texts that are worth it.

    Attributes:
        kind: Kind of what it finds: of a detail, which is the group `x`, or the trigger of what is withheld.
        regex: The expression.
        hints: One of these must be in the lower-cased text; empty when anything goes.
        not_before: When given, what stands before the detail must not match this.
        opening: What the expression begins with, when anything may stand between that and the rest.
        after: What must follow the expression in this order, in the same line, however far.
    """

    kind: str
    regex: re.Pattern[str]
    hints: frozenset[str] = frozenset()
    not_before: re.Pattern[str] | None = None
    opening: Opening | None = None
    after: tuple[re.Pattern[str], ...] = ()

    def find(self, reading: Reading) -> Spans:
        """Yield start, end and kind of each detail."""
        if not self.hints or not self.hints.isdisjoint(reading.strings):
            for match in find_all(self.regex, reading.text):
                start, end = match.span("x")
                lead = max(0, start - _LEAD)
                if self.not_before is None or not self.not_before.search(reading.text, lead, start):
                    yield start, end, self.kind

    def matches(self, reading: Reading) -> bool:
        """Whether the text has what is looked for, wherever it stands."""
        if self.hints and self.hints.isdisjoint(reading.strings):
            return False
        if self.after:
            return any(self._in_order(reading.text, *line.span()) for line in _LINE.finditer(reading.text))
        if self.opening is None:
            return found_in(self.regex, reading.text)
        return any(self._opens(self.opening, reading.text, window) for window in windows(reading.text))

    def _in_order(self, text: str, start: int, end: int) -> bool:
        for regex in (self.regex, *self.after):
            match = regex.search(text, start, end)
            if match is None:
                return False
            start = match.end()
        return True

    def _opens(self, opening: Opening, text: str, window: Window) -> bool:
        """Whether it matches in a window: of the openings that share a gap only the first is tried on what follows.

        When nothing fits behind the first, nothing does behind the others, which have less behind them.
        """
        start, end, before = window
        tried = reach = -1
        while (match := opening.regex.search(text, start, end)) and match.start() < before:
            if match.start() < tried or match.end() > reach:
                if self.regex.match(text, match.start(), end):
                    return True
                tried = match.end()
                reach = _end(opening.gap, text, tried, end)
            start = match.start() + 1
        return False


@dataclass(frozen=True, slots=True)
class Guarded:
    """Patterns that are worth trying on the same texts.

    Attributes:
        needs: A text must hold each of these.
        unless: A text must hold none of these.
        several: The patterns.
    """

    needs: tuple[str, ...]
    unless: tuple[str, ...]
    several: tuple[Pattern, ...]

    def worth(self, reading: Reading) -> bool:
        """Whether a text has what it must have and nothing that it must not."""
        return all(map(reading.has, self.needs)) and not any(map(reading.has, self.unless))


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a file of a language, and the cues that they need.

    Attributes:
        cues: By name.
        groups: By the first of their needs, which is tried once for all of them; by nothing when they have none.
        strings: Those of cues and hints.
    """

    cues: Mapping[str, Cue]
    groups: Mapping[str, tuple[Guarded, ...]]
    strings: Strings

    def _worth(self, reading: Reading) -> Iterator[Pattern]:
        for need, groups in self.groups.items():
            if not need or reading.has(need):
                for group in groups:
                    if group.worth(reading):
                        yield from group.several

    def find(self, text: str) -> Spans:
        """Yield start, end and kind of each detail."""
        reading = Reading(text, self)
        for pattern in self._worth(reading):
            yield from pattern.find(reading)

    def kinds(self, reading: Reading) -> set[str]:
        """Return the kinds of the patterns that a text matches; of each kind the first that does is enough."""
        found = set[str]()
        for pattern in self._worth(reading):
            if pattern.kind not in found and pattern.matches(reading):
                found.add(pattern.kind)
        return found


def _end(gap: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = gap.match(text, start, end)
    return match.end() if match else start


def alternatives(words: Sequence[str]) -> str:
    """Return a group that matches any of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) + ")"


def fill(pattern: str, groups: Mapping[str, str], *, case: bool = False) -> re.Pattern[str]:
    """Compile a pattern after filling each `{name}` with the group of that name.

    Args:
        pattern: A regular expression in which groups are named.
        groups: By name, as `name_groups` returns them.
        case: Whether the expression heeds case.

    Raises:
        KeyError: when a pattern names a group that there is not.
    """
    return _compiled(_filled(pattern, groups), 0 if case else re.IGNORECASE)


class Exempt:
    """Forms of what is no detail; they heed case, and are tried where a cheaper expression is found.

    Args:
        several: What must be found (`has`), and the `forms`, in which `x` names what counts.
        groups: What they may name.
    """

    def __init__(self, several: Iterable[Mapping[str, Any]], groups: Mapping[str, str]) -> None:
        """Compile them."""
        self._several = [
            (fill(one["has"], groups, case=True), [fill(form, groups, case=True) for form in one["forms"]])
            for one in several
        ]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where what counts stands."""
        for has, forms in self._several:
            if has.search(text):
                yield from (match.span("x") for form in forms for match in find_all(form, text))


@cache
def _compiled(expression: str, flags: int) -> re.Pattern[str]:
    """Compile an expression once a process: there are more of them than `re` remembers."""
    return re.compile(expression, flags)


def name_groups(words: Words, expressions: Words) -> dict[str, str]:
    """Return the groups that patterns may name: of words, and of expressions, which may name what stands before them.

    Raises:
        KeyError: when an expression names a group that does not stand before it.
    """
    groups = {name: alternatives([str(word) for word in values]) for name, values in words.items()}
    for name, several in expressions.items():
        groups[name] = f"(?:{_filled('|'.join(several), groups)})"
    return groups


def _filled(pattern: str, groups: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda match: groups[match[1]], pattern)


def compile_patterns(data: Mapping[str, Any], entries: str = "patterns") -> Patterns:
    """Return the patterns under a key of a file: its words, expressions, cues and guards are what they may name.

    Raises:
        KeyError: when a pattern names a group, a cue or a guard that there is not.
    """
    groups = name_groups(data["words"], data["expressions"])
    cues = {name: _word_cue([str(word).lower() for word in words]) for name, words in data["words"].items()}
    for name, cue in data["cues"].items():
        cues[name] = Cue(regex=fill(cue, groups)) if isinstance(cue, str) else Cue(phrases=frozenset(cue))
    guarded: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Pattern]] = {}
    for entry in data[entries]:
        guard = data["guards"].get(entry.get("guard", ""), {})
        needs = (*entry.get("needs", ()), *guard.get("needs", ()))
        unless = (*entry.get("unless", ()), *guard.get("unless", ()))
        for need in (*needs, *unless):
            cues.setdefault(need, _one_of([cues[name] for name in need.split("|")], need.split("|")))
        guarded.setdefault((needs, unless), []).append(_compile(entry, groups, guard))
    by_need: dict[str, tuple[Guarded, ...]] = {}
    for (needs, unless), several in guarded.items():
        first = needs[0] if needs else ""
        by_need[first] = (*by_need.get(first, ()), Guarded(needs, unless, tuple(several)))
    hints = (one.hints for several in guarded.values() for one in several)
    return Patterns(cues, by_need, Strings(chain.from_iterable((*hints, *(cue.phrases for cue in cues.values())))))


def _one_of(cues: Sequence[Cue], names: Sequence[str]) -> Cue:
    """Return the cue of those that hold one of several: their words in one, their expressions as they are."""
    return Cue(
        words=frozenset().union(*(cue.words for cue in cues)),
        phrases=frozenset().union(*(cue.phrases for cue in cues)),
        others=tuple(name for cue, name in zip(cues, names, strict=True) if cue.regex is not None),
    )


def _word_cue(words: Sequence[str]) -> Cue:
    single = frozenset(word for word in words if _WORD.fullmatch(word))
    return Cue(single, frozenset(words) - single)


def _compile(entry: Mapping[str, Any], groups: Mapping[str, str], guard: Mapping[str, str]) -> Pattern:
    between, opening = entry.get("between"), entry["pattern"]
    whole = f"{opening}{between}*?{entry['then']}" if between else opening
    return Pattern(
        kind=entry["kind"],
        regex=fill(whole, groups, case=entry.get("case", False)),
        hints=frozenset(entry.get("any", ())),
        not_before=fill(guard["not_before"], groups) if "not_before" in guard else None,
        opening=Opening(fill(opening, groups), fill(f"{between}*", groups)) if between else None,
        after=tuple(fill(one, groups) for one in entry.get("after", ())),
    )
