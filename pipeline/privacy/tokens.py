"""Words of a text with what their place and capitals say.

What belongs here: cutting a text into words. What does not: knowing any word.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.-?){1,40}(?!\w)|(?:['’](?=[tsnkm]\b))?[^\W\d_](?:[\w\u0300-\u036f]|['’](?!s\b)(?=\w)|-(?=\w))*"
)
_OPENS = re.compile(r"[.!?:;•*–]\s")
_SPEAKS = re.compile(r"(?:\s?\([^()]{1,60}\))?\s?:\s|\s[-–]\s")
_BEFORE_SPEECH = {": ", ":\n", " :", " (", " -", " –"}
_AFTER_COLON = " \"'“‘’«("
INITIALS = re.compile(r"(?:[^\W\d_]\.){1,5}|[A-Z]\.?")
"""Initials, by their form."""
_MARKS = re.compile(r"[\s\"'“”‘’«(\[–•*-]*")
"""What may stand between the end of a sentence and the first word of the next."""


class Token(NamedTuple):
    """A word.

    Attributes:
        text: As written.
        start: First character in the text.
        end: One past the last character.
        opens: Whether a capital says nothing here, for example at the start of a sentence.
        glued: Whether only one space stands between it and the token before it.
        dotted: Whether it is followed by a full stop.
        speaks: Whether a dash or a colon follows, or brackets and a colon, as after who says what follows.
        told: Whether a colon stands before it: it opens, and yet a capital says something.
        lower: The word without regard to case.
    """

    text: str
    start: int
    end: int
    opens: bool
    glued: bool
    dotted: bool
    speaks: bool
    told: bool
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it is written as a name is: a capital, and no other but after a hyphen or an apostrophe."""
        if self.text.islower():
            return False
        if self.text.isalpha():
            return self.text[0].isupper() and not self.text[1:].isupper()
        parts = re.split(r"[-'’]", self.text)
        return bool(parts[-1][:1].isupper()) and all(
            (part[:1].isupper() and not part[1:].isupper()) or part.islower() for part in parts if part
        )

    @property
    def shouted(self) -> bool:
        """Whether it is three or more letters in capitals."""
        return len(self.text) > 2 and self.text.isupper()


@lru_cache(maxsize=4)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a text, in order."""
    tokens: list[Token] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        between = text[last:start]
        tokens.append(
            Token(
                text=match[0],
                lower=match[0].casefold(),
                start=start,
                end=end,
                opens=not tokens or _opens(text[max(0, last - 1) : start]) or _elided(tokens[-1]),
                glued=bool(tokens) and (not between.strip() or (between.strip() == "." and len(tokens[-1].text) <= 4)),
                dotted=text[end : end + 1] == ".",
                told=":" in between and between.strip(_AFTER_COLON) == ":",
                speaks=text[end : end + 2] in _BEFORE_SPEECH and _SPEAKS.match(text, end) is not None,
            )
        )
        last = end
    return tuple(tokens)


def is_initials(token: Token) -> bool:
    """Whether a word has the form of initials: "J.W." or "J"."""
    return bool(INITIALS.fullmatch(token.text))


def _elided(token: Token) -> bool:
    """Whether a word opens a sentence and has no first letter, so that the next one has its capital: "'t Is"."""
    return token.opens and token.text[0] in "'’"


def _opens(between: str) -> bool:
    """Whether a sentence or a line ends in what stands between two words, the last letter of the first with it."""
    if len(between) == 2 and between[0].isalnum():
        return between[1] == "\n"  # the most usual: a space
    match = _MARKS.match(between[::-1])
    marks = len(between) - (match.end() if match else 0)
    return "\n" in between[marks:] or _OPENS.search(between, max(0, marks - 1)) is not None
