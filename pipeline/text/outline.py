"""How deep a heading stands, from those above it.

What belongs here: levels. What does not: whether a text is a heading (`headings`, `paragraphs`).

A style that comes up for the first time below another is one level deeper; when it comes back, it is as deep as before
and what stood below it is closed. Dotted numbers show their own depth, counted from the numbers without a dot, and so
do marks of an extractor's ("##") among each other.
"""

from dataclasses import dataclass, field

from pipeline.text.headings import Candidate, Style

_BEFORE = {"I": "H", "V": "U", "X": "W"}
"""Letters that are Roman numbers too, with the letter before each."""


@dataclass(slots=True)
class Outline:
    """The headings that are open, from the highest down: style and level of each.

    Attributes:
        open: Styles and levels.
        letter: The number of the last heading with a letter.
    """

    open: list[tuple[Style, int]] = field(default_factory=list)
    letter: str = ""

    def level(self, candidate: Candidate) -> int:
        """Return the level of the next heading, and remember it."""
        if candidate.style == "plain":
            return self._deepest() + 1
        style = self._style(candidate)
        if style.startswith("#"):
            self.open = [opened for opened in self.open if not opened[0].startswith(style + "#")]
        level = self._level(style, candidate)
        self.open = [(other, depth) for other, depth in self.open if depth < level]
        self.open.append((style, level))
        return level

    def _deepest(self) -> int:
        return self.open[-1][1] if self.open else 0

    def _style(self, candidate: Candidate) -> Style:
        """Return the style, an "I" after an "H" being a letter."""
        style = candidate.style
        if style == "roman" and self.letter and self.letter == _BEFORE.get(candidate.number):
            style = "letter"
        if style == "letter":
            self.letter = candidate.number
        return style

    def _level(self, style: Style, candidate: Candidate) -> int:
        levels = dict(self.open)
        if style == "keyword":
            return candidate.level
        if style == "dotted":
            return levels.get("number", 1) + candidate.level - 1
        if style == "number" and "dotted" in levels and "number" not in levels:
            return 1
        return levels.get(style, self._deepest() + 1)
