"""Lists whose items start in small letters and end in no mark, as notes do: where items open, which lines head them.

What belongs here: what a capital and the room on the line above tell where nothing else does. What does not: marks that
open a paragraph (`openings`), signs of a line itself (`unnumbered`).

Sense tells little there: each item could go on the one above, so a whole list became one bullet, its heading within.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.text.headings import read_heading, sure_heading
from pipeline.text.joining import HYPHENS
from pipeline.text.language import Language
from pipeline.text.model import Segment
from pipeline.text.sentences import case_letter
from pipeline.text.statements import opening_glyph
from pipeline.text.unnumbered import title_odds

LEAST_LINES = 6  # of a list
SMALL, STOPS = 0.6, 0.05  # least share of its lines that start in small letters, most that hold the end of a sentence
NEAR = 8  # lines above and below, the longest of which are as wide as the column
ROOM = 0.9  # share of that width, up to which a word surely fits
NO_TITLE = -3.0  # log-odds of a line by itself, below which it is no title
UNLIKE = 3.0  # log-odds by which the line below makes a title less of one, from where on that does not go on with it
WHOLE = 0.65  # share of the statements of such lists that stood right on training pages, where lines were in order
_OPEN = f"{HYPHENS},(/"
_STOP = re.compile(r"[^\W\d_]{2}[\"'”’)]*[.!…](?:\s+[\"'“„‘(]?[A-ZÀ-Þ]|[\"'”’)]*$)")


def in_small_letters(texts: Sequence[str]) -> bool:
    """Return whether lines are those of a list whose items start in small letters and end in no mark."""
    if len(texts) < LEAST_LINES:
        return False
    small = sum(case_letter(text).islower() for text in texts)
    return small >= SMALL * len(texts) and sum(map(bool, map(_STOP.search, texts))) <= STOPS * len(texts)


def doubted(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments of a document, less sure where it is such a list: where its items end is partly a guess."""
    if not in_small_letters([text for segment in segments if (text := segment.text.strip())]):
        return tuple(segments)
    return tuple(replace(segment, confidence=segment.confidence * WHOLE) for segment in segments)


def items(segments: Sequence[Segment], language: Language) -> frozenset[int]:
    """Return the places of the segments that open an item or head some, in a document that is such a list.

    Args:
        segments: Of a document, in reading order.
        language: Whose headings are known.
    """
    texts = {place: text for place, segment in enumerate(segments) if (text := segment.text.strip())}
    if not in_small_letters(list(texts.values())):
        return frozenset()
    found = set()
    for place, text in texts.items():
        before = texts.get(place - 1, "")
        if not before or _where(segments[place - 1]) != _where(segments[place]):
            continue
        if opening_glyph(f"{before} x") > len(before):
            continue  # a glyph on a line of its own belongs to what follows
        numbered = sure_heading(text, language)
        below_title = place - 1 in found and _heads(before, text, language)
        if (numbered is not None and numbered.number) or below_title or _has_room(segments, place, language):
            found.add(place)
    return frozenset(found)


def _heads(before: str, text: str, language: Language) -> bool:
    """Return whether a line that opened is a title, and with the one below it, which may go on with it, surely none."""
    candidate = sure_heading(before, language)
    title = candidate.title if candidate is not None and candidate.number else before if before[0].isupper() else ""
    if not title or before[-1] in _OPEN:
        return False
    alone, together = (title_odds(line, language) for line in (title, f"{title} {text}"))
    return alone > UNLIKE + together and together < NO_TITLE


def _has_room(segments: Sequence[Segment], place: int, language: Language) -> bool:
    """Return whether the first word of a line would surely have fitted above, on a line that does not wait for it."""
    before, text = segments[place - 1].text.rstrip(), segments[place].text.strip()
    last = before.rsplit(maxsplit=1)[-1].casefold()
    if before[-1] in _OPEN:
        return False
    first, *rest = before.split()
    counted = len(rest) == 1 and first.casefold() in language.words("headings", "keywords")
    if last in language.words("headings", "open_ends") and not counted:
        return False  # "Tafel een" waits for nothing
    where = _where(segments[place])
    near = (segments[max(place - NEAR, 0) : place], segments[place : place + NEAR])
    sides = [[len(one.text.strip()) for one in side if _where(one) == where] for side in near]
    # Columns of two widths may stand below each other; a few lines tell no width.
    width = min((max(side) for side in sides if len(side) == NEAR), default=max(map(max, sides)))
    return len(before.lstrip()) + 1 + len(text.split()[0]) <= ROOM * width


def titles(texts: Mapping[int, str], lines: Sequence[str], language: Language) -> frozenset[int]:
    """Return the short lines that name something with a capital where items start in small letters, by their places.

    Args:
        texts: Short lines by their places.
        lines: All lines of the document.
        language: Whose headings are known.
    """
    if not in_small_letters(lines):
        return frozenset()
    return frozenset(
        place
        for place, text in texts.items()
        if read_heading(text, language) is not None and title_odds(text, language) > NO_TITLE
    )


def _where(segment: Segment) -> tuple[int, int]:
    return segment.line.page, segment.column
