"""What a paragraph of a PDF is set in, and whether that stands out from the type of the rest.

What belongs here: type alone. What does not: what the words say (`titles`), and which types are those of headings
(`headings`).
"""

from collections import Counter
from collections.abc import Sequence

from pipeline.pdf.paragraphs import Paragraph
from pipeline.pdf.words import Type, Word

_LARGER = 1.08
"""Times the size of the body's type, from which on type is clearly larger."""
_LARGE = 1.18
"""The same, from which on a title may end as a lead-in does: "School:"."""
_SMALLER = 0.97
"""The same, below which it is smaller, as in captions and tables; that of headings never is."""
_SMALL_CAPITALS = (0.65, 0.86)
"""Sizes of small capitals that are no letters of their own, as shares of that of the capitals."""


def type_of(paragraph: Paragraph) -> Type:
    """Return what most of a paragraph is set in, bold or in italic only where all of it is."""
    words = [word for line in paragraph.lines for piece in line for word in piece.words]
    first = words[0].type
    if all(word.type is first for word in words):
        return first
    sizes, looks = Counter[float](), Counter[tuple[str, int]]()
    for word in words:
        sizes[word.type.size] += len(word.text)
        looks[word.type.face, word.type.colour] += len(word.text)
    size = sizes.most_common(1)[0][0]
    if len(sizes) > 1 and _in_small_capitals(words, max(sizes)):
        size = max(sizes)
    bold, italic, underlined = (
        all(getattr(one.type, name) for one in words) for name in ("bold", "italic", "underlined")
    )
    return Type(size, bold, italic, *looks.most_common(1)[0][0], underlined)


def _in_small_capitals(words: Sequence[Word], size: float) -> bool:
    """Return whether words are set in capitals of a size and small ones, as which small letters are drawn."""
    low, high = _SMALL_CAPITALS
    capitals = [word for word in words if not word.text[0].islower()]
    small = [word for word in words if word.text[0].islower()]
    if not small:  # their letters are stored as capitals
        small = [word for word in words if word.type.size < size]
        capitals = [word for word in words if word.type.size == size] if all(w.text.isupper() for w in words) else []
    return (
        bool(capitals)
        and all(word.type.size == size for word in capitals)
        and all(low * size <= word.type.size <= high * size for word in small)
    )


def stands_out(found: Type, body: Type) -> bool:
    """Return whether a type is clearly larger than that of most text, or bolder and no smaller."""
    bolder = found.bold and not body.bold
    return found.size >= _LARGER * body.size or (bolder and not is_smaller(found, body))


def is_large(found: Type, body: Type) -> bool:
    """Return whether a type is so much larger than that of most text that nothing else is needed."""
    return found.size >= _LARGE * body.size


def is_smaller(found: Type, body: Type) -> bool:
    """Return whether a type is smaller than that of most text, as in captions and tables."""
    return found.size < _SMALLER * body.size
