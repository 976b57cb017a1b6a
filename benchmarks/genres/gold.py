"""Constructed documents of the kinds in which people tell a government what should change, and what is what in them.

What belongs here: reading `tests/gold/genres`, and finding the characters of each entry in the raw text. What does not:
judging.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

FOLDER = Path(__file__).parents[2] / "tests" / "gold" / "genres"

Kind = Literal["boilerplate", "heading", "item", "lead", "note"]
PIECE = 6  # characters that must stand together
FARTHEST = 600  # characters that may be passed over, such as the notes at the foot of a page
TAKEN = "\0"  # in place of a character that an earlier part holds
KINDS: tuple[Kind, ...] = ("boilerplate", "heading", "item", "lead", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one stretch of a document is.

    Attributes:
        kind: `boilerplate` carries no claim (address, salutation, attendance, page number), `lead` opens a list,
            `note` stands at the foot of a page, `item` is a paragraph or bullet.
        parts: For each statement of an item, else for the whole, the positions of its visible characters in the text.
    """

    kind: Kind
    parts: tuple[frozenset[int], ...]

    @property
    def characters(self) -> frozenset[int]:
        """Positions of all its visible characters."""
        return frozenset().union(*self.parts)


@dataclass(frozen=True, slots=True)
class Document:
    """A constructed document.

    Attributes:
        name: Of its file, without the ending.
        text: As it was written.
        entries: In reading order.
    """

    name: str
    text: str
    entries: tuple[Entry, ...]


def load(part: str, folder: Path = FOLDER) -> tuple[Document, ...]:
    """Return the documents of a part (`develop` or `test`), by name.

    Raises:
        ValueError: when an entry is of no known kind, or its characters are not found in the text.
    """
    return tuple(_document(path) for path in sorted((folder / part).glob("*.yaml")))


def _document(path: Path) -> Document:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = [next(iter(entry)) for entry in entries]
    texts = [value if isinstance(value, list) else [value] for entry in entries for value in entry.values()]
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"{path.name}: {kind!r} is no kind of entry; known are {', '.join(KINDS)}")
    places = _places(text, [str(part) for parts in texts for part in parts], path.name)
    return Document(
        path.stem,
        text,
        tuple(Entry(kind, tuple(next(places) for _ in parts)) for kind, parts in zip(kinds, texts, strict=True)),
    )


def _places(text: str, parts: Sequence[str], name: str) -> Iterator[frozenset[int]]:
    """Yield where the visible characters of each part stand.

    What stands between the parts in the text (glyphs, numbers, hyphens) is passed over. A part that is not found behind
    the one before it is looked for from the start: notes stand amid a sentence, cells of a table side by side.
    """
    visible = [place for place, character in enumerate(text) if not character.isspace()]
    letters = [text[place] for place in visible]
    at = 0
    for part in parts:
        found = _found("".join(part.split()), letters, at)
        if found is None:
            raise ValueError(f"{name}: not found in the text: {part!r}")
        at = found[-1] + 1
        for place in found:
            letters[place] = TAKEN
        yield frozenset(visible[place] for place in found)


def _found(wanted: str, letters: Sequence[str], at: int) -> list[int] | None:
    """Return where characters stand from a place on, or from the start; None when they do not."""
    free = "".join(letters)
    for begin in (at, 0):
        start = free.find(wanted[:PIECE], begin)
        found: list[int] = []
        while start >= 0 and len(found) < len(wanted):
            found.append(start)
            start += 1
            if len(found) < len(wanted) and free[start : start + 1] != wanted[len(found)]:
                start = free.find(wanted[len(found) : len(found) + PIECE], start, start + FARTHEST)
        if len(found) == len(wanted):
            return found
    return None
