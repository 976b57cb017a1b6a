"""How right a reading is, against what was drawn.

What belongs here: scores of one page and their sums. What does not: typesetting, extracting, printing.

Every non-space character of a page has a true place: its paragraph, and its place in it. A bullet is *recovered* when
some paragraph of the reading (a segment that opens and those that follow until the next opens) holds its characters,
in order, and nothing else. *Neighbours* are two drawn lines of one page that follow each other in reading order; they
are in order when the reading goes from the last character of one to the first of the other.
"""

import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.reading_order.pages import Drawn
from benchmarks.reading_order.truth import Page
from pipeline.text.model import Line, PageReading, Segment

Read = Callable[[Sequence[Line]], PageReading]
Mark = tuple[float, bool]  # confidence, was right


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one or more pages.

    Attributes:
        bullets: Drawn paragraphs (bullets and headings).
        recovered: Of these, recovered.
        in_order: Of these, with their lines next to each other and in order, wherever the paragraph was cut.
        pairs: Neighbouring lines.
        right: Of these, in order.
        harmed: Bullets that stood together and in order in what was given and do not in the reading.
        marks: (confidence, was right) of each segment.
        milliseconds: Time of each page.
    """

    bullets: int = 0
    recovered: int = 0
    in_order: int = 0
    pairs: int = 0
    right: int = 0
    harmed: int = 0
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    milliseconds: tuple[float, ...] = field(default=(), repr=False)

    def __add__(self, other: "Score") -> "Score":
        """Return the counts of both."""
        return Score(
            self.bullets + other.bullets, self.recovered + other.recovered, self.in_order + other.in_order,
            self.pairs + other.pairs, self.right + other.right, self.harmed + other.harmed,
            self.marks + other.marks, self.milliseconds + other.milliseconds,
        )  # fmt: skip

    def calibration_error(self) -> float:
        """Return the expected calibration error of the confidences."""
        return calibration_error(self.marks)


def calibration_error(marks: Sequence[Mark], bins: int = 10) -> float:
    """Return the expected calibration error: the gap between confidence and share right, weighed over bins.

    Bins are of equal width, so that equal confidences never part. Source: Guo et al., On Calibration of Modern Neural
    Networks, 2017.
    """
    parts: list[list[Mark]] = [[] for _ in range(bins)]
    for mark in marks:
        parts[min(int(mark[0] * bins), bins - 1)].append(mark)
    gaps = (abs(sum(confidence - right for confidence, right in part)) for part in parts)
    return sum(gaps) / max(len(marks), 1)


Char = tuple[int, int]  # position of a drawn line in the page's reading order, character within it


def _characters(page: Page) -> tuple[list[Drawn], dict[tuple[int, int], Char]]:
    """Return the drawn lines in reading order, and the true place of every extracted non-space character."""
    drawn = [line for line in page.book.lines if line.page == page.number and line.kind != "furniture"]
    place = {id(line): number for number, line in enumerate(drawn)}
    truth: dict[tuple[int, int], Char] = {}
    for line, parts in zip(page.lines, page.parts, strict=True):
        wanted = [(place[id(part)], n) for part in parts for n in range(len("".join(part.text.split())))]
        held = [n for n, c in enumerate(line.text) if not c.isspace()]
        if len(held) == len(wanted):
            truth |= {(line.number, n): char for n, char in zip(held, wanted, strict=True)}
    return drawn, truth


def _chars_of(segment: Segment, truth: dict[tuple[int, int], Char]) -> list[Char]:
    number, text = segment.line.number, segment.line.text
    return [truth.get((number, n), (-1, n)) for n in range(segment.start, segment.end) if not text[n].isspace()]


def judge(page: Page, segments: Sequence[Segment]) -> tuple[Score, frozenset[int]]:
    """Return the score of a reading without its time, and the paragraphs that stand together in order."""
    drawn, truth = _characters(page)
    order: list[Char] = []
    starts: list[int] = []
    places: list[int] = []
    for segment in segments:
        chars = _chars_of(segment, truth)
        if segment.opens:
            starts.append(len(order))
        order += chars
        lines = {line for line, _ in chars}
        right = len(lines) == 1 and -1 not in lines and _whole(chars, drawn)
        places.append(next(iter(lines)) if right else -1)
    kept = _increasing(places)
    marks = [(segment.confidence, n in kept) for n, segment in enumerate(segments)]
    lengths = [len("".join(line.text.split())) for line in drawn]
    position = {char: n for n, char in enumerate(order)}
    pairs = right_pairs = 0
    for number in range(len(drawn) - 1):
        pairs += 1
        last, first = position.get((number, lengths[number] - 1)), position.get((number + 1, 0))
        right_pairs += last is not None and first == last + 1
    bullets: dict[int, list[Char]] = {}
    for number, line in enumerate(drawn):
        bullets.setdefault(line.paragraph, []).extend((number, n) for n in range(lengths[number]))
    opened = {*starts, len(order)}
    together, recovered = set(), 0
    for paragraph, chars in bullets.items():
        at = position.get(chars[0], -1)
        if at >= 0 and order[at : at + len(chars)] == chars:
            together.add(paragraph)
            inner = any(start in opened for start in range(at + 1, at + len(chars)))
            recovered += (at in opened or at == 0) and at + len(chars) in opened and not inner
    score = Score(len(bullets), recovered, len(together), pairs, right_pairs, 0, tuple(marks))
    return score, frozenset(together)


def _increasing(places: Sequence[int]) -> frozenset[int]:
    """Return the positions of a longest rising run among places (-1 left out): what stands right."""
    ends: list[int] = []
    tops: list[int] = []
    back: dict[int, int] = {}
    for n, place in enumerate(places):
        if place < 0:
            continue
        at = bisect_left(tops, place)
        if at == len(tops):
            tops.append(place)
            ends.append(n)
        else:
            tops[at], ends[at] = place, n
        back[n] = ends[at - 1] if at else -1
    found = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        found.add(n)
        n = back[n]
    return frozenset(found)


def _whole(chars: Sequence[Char], drawn: Sequence[Drawn]) -> bool:
    return [n for _, n in chars] == list(range(len("".join(drawn[chars[0][0]].text.split()))))


def naive(page: Page) -> tuple[Segment, ...]:
    """Return the lines as they come, each opening a paragraph after a full stop or before a blank line's end."""
    segments: list[Segment] = []
    blank = True
    for line in page.lines:
        bare = line.text.strip()
        if not bare:
            blank = True
            continue
        start = line.text.index(bare)
        before = segments[-1].text if segments else "."
        opens = blank or before[-1] in ".!?" or bare[0] in "•–"
        segments.append(Segment(line, start, start + len(bare), 1, opens, 1.0))
        blank = False
    return tuple(segments)


def evaluate(page: Page, read: Read) -> tuple[Score, Score]:
    """Return the scores of the reading and of the naive order."""
    raw, had = judge(page, naive(page))
    begun = time.process_time()
    reading = read(page.lines)
    spent = 1000 * (time.process_time() - begun)
    score, kept = judge(page, reading.segments)
    harmed = len(had - kept)
    return score + Score(harmed=harmed, milliseconds=(spent,)), raw
