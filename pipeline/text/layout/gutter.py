"""Pages whose columns an extractor has kept apart by runs of spaces.

What belongs here: finding the gutters by character positions. What does not: pages without runs of spaces.

A gutter is a range of character positions that is blank on nearly every row of a band, with text on both sides.
"""

import re
from collections.abc import Sequence

from pipeline.text.model import Line

RUN = re.compile(r"\S+(?: {1,2}\S+)*")
LEAST_ROWS = 5
LEAST_PARTED = 3  # rows of more than one part
LEAST_SHARE = 0.25
Piece = tuple[int, int]


def pieces_of(line: Line) -> list[Piece]:
    """Return the parts of a line between runs of three or more spaces."""
    return [match.span() for match in RUN.finditer(line.text)]


def _may_part(text: str) -> bool:
    """Return whether a line may have more than one part."""
    return "   " in text.strip() or "\t" in text


def gutters(lines: Sequence[Line]) -> list[int]:
    """Return where columns begin, as character positions; one position means no gutter was found."""
    if sum(1 for line in lines if _may_part(line.text)) < LEAST_PARTED:
        return [0]
    pieces = [pieces_of(line) for line in lines]
    held = [parts for parts in pieces if parts]
    inner = [start for parts in held for start, _ in parts if start > 3]
    parted = sum(1 for parts in held if len(parts) > 1)
    if len(held) < LEAST_ROWS or parted < max(LEAST_PARTED, LEAST_SHARE * len(held) / 2):
        return [0]
    found = [0]
    counts = {start: sum(1 for other in inner if start - 1 <= other <= start + 1) for start in sorted(set(inner))}
    for start, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if number < LEAST_SHARE * len(held):
            break
        crossed = sum(1 for parts in held if any(a < start - 2 and b > start for a, b in parts))
        if crossed <= 0.15 * len(held) and all(abs(start - other) > 8 for other in found):
            found.append(start - 1)
    return sorted(found) if len(found) <= 5 else [0]


def by_gutters(lines: Sequence[Line], starts: Sequence[int]) -> list[list[tuple[Line, int, int, int]]]:
    """Return bands of (line, first character, one past the last, column), each in reading order.

    Args:
        lines: The page.
        starts: As `gutters` found them.
    """
    bands: list[list[tuple[Line, int, int, int]]] = [[]]
    kinds = [False]
    for line in lines:
        parts = pieces_of(line)
        if not parts:
            continue
        crosses = any(a < start - 2 and b > start + 2 for a, b in parts for start in starts[1:])
        if crosses != kinds[-1] and bands[-1]:
            bands.append([])
            kinds.append(crosses)
        kinds[-1] = crosses
        if crosses:
            bands[-1].append((line, parts[0][0], parts[-1][1], 1))
            continue
        for a, b in parts:
            column = sum(1 for start in starts if a >= start - 1)
            before = bands[-1][-1] if bands[-1] else None
            if before and before[0] is line and before[3] == max(column, 1):
                bands[-1][-1] = (line, before[1], b, before[3])
            else:
                bands[-1].append((line, a, b, max(column, 1)))
    return [sorted(band, key=lambda piece: (piece[3], piece[0].number)) for band in bands]
