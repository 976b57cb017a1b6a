"""Words of a PDF page from its letters.

What belongs here: which letters stand together. What does not: reading them from a PDF (`pipeline.pdf.boxes`), and the
order in which words are read (`pipeline.pdf.columns`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

_ASCENT, _DESCENT = 0.8, 0.2
"""Ems from the baseline to the edges of a word's box, an em together. What fonts say of themselves is not asked: it
differs between faces on one line, and some that office programs embed say nothing."""
_APART = 0.5
"""Ems between letters that are not of one word, whatever white space there is."""
_TOUCHING = 0.08
"""Ems below which letters touch, though PDFium guesses white space between them, as it does throughout a page of few
words. Half the narrowest space of a justified line."""
_ONE_LINE = 0.3
"""Ems between the baselines of letters of one line, and of what hangs above or below it."""


class White(Enum):
    """What stands before a letter: nothing, white space of the PDF itself, or only what its reader took for that."""

    NONE = 0
    DRAWN = 1
    GUESSED = 2


@dataclass(frozen=True, slots=True)
class Type:
    """What characters are set in.

    Attributes:
        size: In points, to a tenth.
        bold: Whether the face is bold.
        italic: Whether it is slanted.
        face: Name of its family, empty when unknown.
        colour: As 0xRRGGBB.
        underlined: Whether a rule is drawn below.
    """

    size: float
    bold: bool
    italic: bool = False
    face: str = ""
    colour: int = 0
    underlined: bool = False


class Letter(NamedTuple):
    """A character of a PDF.

    Attributes:
        text: The character.
        left: In points from the page's left edge; the letters of a ligature share theirs, and the right one.
        right: Likewise.
        baseline: In points from the page's upper edge.
        white: What stands before it.
        place: Its index in what the PDF's reader gives.
    """

    text: str
    left: float
    right: float
    baseline: float
    white: White
    place: int


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space between them, on one line.

    Attributes:
        text: The characters.
        left: In points from the page's left edge.
        right: Likewise.
        top: In points from the page's upper edge; an em above the bottom.
        bottom: Likewise; as far below the baseline for every face.
        type: What its first character is set in.
        cells: The words of each cell from the left, where it is a whole row of a table.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    type: Type = Type(0.0, False)
    cells: tuple[tuple["Word", ...], ...] = ()


def words_of(letters: Iterable[Letter], type_of: Callable[[Letter], Type]) -> Iterator[Word]:
    """Yield words, in the order of their letters.

    Args:
        letters: In the order of the PDF's content stream.
        type_of: Tells what a letter is set in; asked of the first of each word.
    """
    word: list[Letter] = []
    kind = Type(0.0, False)
    for letter in letters:
        if word and _apart(word[-1], letter, max(kind.size, 1.0)):
            yield _word(word, kind)
            word = []
        if not word:
            kind = type_of(letter)
        word.append(letter)
    if word:
        yield _word(word, kind)


def _apart(before: Letter, after: Letter, em: float) -> bool:
    """Return whether two letters that follow each other are of two words."""
    if after.white is White.DRAWN:
        return True
    if after.left == before.left and after.right == before.right and after.baseline == before.baseline:
        return False  # both are of one ligature
    gap = after.left - before.right
    if not -_APART * em < gap < _APART * em or abs(after.baseline - before.baseline) > _APART * em:
        return True
    if after.white is White.NONE:
        return False
    return gap > _TOUCHING * em or abs(after.baseline - before.baseline) > _ONE_LINE * em


def _word(letters: Sequence[Letter], kind: Type) -> Word:
    baseline, em = letters[0].baseline, max(kind.size, 1.0)
    return Word(
        "".join(letter.text for letter in letters),
        min(letter.left for letter in letters),
        max(letter.right for letter in letters),
        baseline - _ASCENT * em,
        baseline + _DESCENT * em,
        kind,
    )
