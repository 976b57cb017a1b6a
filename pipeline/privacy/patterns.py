"""Details with a form of their own: contact data, numbers, addresses, ages, dates.

What belongs here: compiling and running the regular expressions of a language's `privacy.yaml`. What does not: any
expression for a language, and names, which need word lists.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Spans = Iterator[tuple[int, int, str]]
Words = Mapping[str, Sequence[str]]
_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression whose group `x` is the detail.

    Attributes:
        kind: Kind of the detail.
        regex: The expression.
        needs: `digit`, `@` or empty: what a text must hold before the expression is worth running.
        hints: One of these must be in the lower-cased text; empty when anything goes.
        sentence: When given, the text must match this too.
        not_before: When given, what stands before the detail must not match this.
    """

    kind: str
    regex: re.Pattern[str]
    needs: str = ""
    hints: tuple[str, ...] = ()
    sentence: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None

    def find(self, text: str, lower: str, has_digit: bool) -> Spans:
        """Yield start, end and kind of each detail; `lower` is the lower-cased text."""
        if (self.needs == "digit" and not has_digit) or (self.needs == "@" and "@" not in text):
            return
        if self.hints and not any(hint in lower for hint in self.hints):
            return
        for match in self.regex.finditer(text):
            start, end = match.span("x")
            if self._applies(text, start):
                yield start, end, self.kind

    def _applies(self, text: str, start: int) -> bool:
        if self.sentence is not None and not self.sentence.search(text):
            return False
        return self.not_before is None or not self.not_before.search(text[:start])


def alternatives(words: Sequence[str]) -> str:
    """Return a group that matches any of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) + ")"


def fill(pattern: str, groups: Mapping[str, str]) -> re.Pattern[str]:
    """Compile a pattern after filling each `{name}` with the group of that name.

    Raises:
        KeyError: when a pattern names a group that there is not.
    """
    return re.compile(_filled(pattern, groups), re.IGNORECASE)


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


def compile_patterns(data: Mapping[str, Any]) -> tuple[Pattern, ...]:
    """Return the patterns of a language's `privacy.yaml`."""
    groups = name_groups(data["words"], data["expressions"])
    return tuple(_compile(entry, groups, data["guards"]) for entry in data["patterns"])


def _compile(entry: Mapping[str, Any], groups: Mapping[str, str], guards: Mapping[str, Mapping[str, str]]) -> Pattern:
    regex = fill(entry["pattern"], groups)
    if entry.get("case"):
        regex = re.compile(regex.pattern)
    guard = guards[entry["guard"]] if "guard" in entry else {}
    return Pattern(
        kind=entry["kind"],
        regex=regex,
        needs=entry.get("needs", ""),
        hints=tuple(entry.get("any", ())),
        sentence=fill(guard["sentence"], groups) if "sentence" in guard else None,
        not_before=fill(guard["not_before"], groups) if "not_before" in guard else None,
    )
