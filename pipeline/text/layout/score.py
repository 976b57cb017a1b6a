"""How well one segment follows another, as sums of learned weights; compiled.

What belongs here: the terms of a pair of segments, of a place between two words and of a segment alone. What does not:
the search over readings, geometry of baselines (`beam`), where the weights come from (`weights`).

Every function here fills `index` and `value` with the terms of a linear score and returns how many there are. The
search adds them up with the weights, training counts them, so the two cannot differ.

A segment is packed into one integer, row << 20 | first word << 10 | word after the last, words counted in their row.
The last one of a column may carry one bit more (`OPENED`): it may be a title, and opened its paragraph.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.affinity import Network, affinity
from pipeline.text.layout.compiling import inlined, uncounted
from pipeline.text.layout.rows import Words
from pipeline.text.layout.titles import NO_TITLE, likeness, shape_of
from pipeline.text.layout.weights import (
    ENDS,
    FILL,
    FOOT,
    HOLE,
    INDEX,
    MOST_APART,
    OVER,
    SLACK,
    START,
    STARTS,
    TITLE,
    Weights,
)  # fmt: skip

MOST_TERMS = 16
UNIT = 16.0
_PLAIN, _COMMA, _STOP, _HYPHEN = (ENDS.index(name) for name in ("plain", "comma", "stop", "hyphen"))
_HEADING, _CUT_HEADING, _SHORT = ENDS.index("heading"), ENDS.index("cut_heading"), ENDS.index("short")
_ROOM = 5  # of the bins of `SLACK`, up to which the next word would clearly have fitted
INNER = START["inner"]
OPENED = 1 << 30
SOLE = START["sole"]
WHOLE = START["whole"]
_MARK = len(ENDS)
_TITLE_WIDTH = 0.8  # of its column: a line that ends in no mark and is shorter may be a title
INNER_FULL = INNER + 3
_TITLE_MOST = 0.8  # of the full width: a row that is wider may be the first one of several
_UPPER, _COMMON, _BULLET = (STARTS.index(name) for name in ("upper", "common", "bullet"))
SHAPE_KINDS = (_PLAIN, _STOP, _UPPER, _COMMON)
MISNUMBERED = INDEX["page_misnumbered"]
_NUMBER, _DIGIT, _STARTS = STARTS.index("number"), STARTS.index("digit"), len(STARTS)
_LOWER = STARTS.index("lower")
NOTED = 0.5  # what an opening in lower case counts on a page of notes; found on development pages
_CONT, _NEW, _INSIDE = START["cont"], START["new"], START["inside"]
_CONT_TAIL, _NEW_TAIL = START["cont_tail"], START["new_tail"]
_CONT_BLANK, _NEW_BLANK = START["cont_blank"], START["new_blank"]
_CONT_APART, _NEW_APART = START["cont_apart"], START["new_apart"]
_SLACK, _BROKEN, _FILL, _OVER = START["slack"], START["broken_fill"], START["fill"], START["over"]
_JOIN, _FIRST = START["join"], START["first"]
_LONG = START["title"]
_AFFINITY, _AFTER = INDEX["words_cont_affinity"], INDEX["words_cont_after"]
_IN_AFFINITY, _IN_AFTER = INDEX["words_inside_affinity"], INDEX["words_inside_after"]
_CONT_OPENING, _CONT_CLOSING = INDEX["words_cont_opening"], INDEX["words_cont_closing"]
_NEW_OPENING, _NEW_CLOSING = INDEX["words_new_opening"], INDEX["words_new_closing"]
_NEW_UNENDED = INDEX["words_new_unended"]
_IN_OPENING, _IN_CLOSING = INDEX["words_inside_opening"], INDEX["words_inside_closing"]


class Tables(NamedTuple):
    """The weights of a language as compiled code needs them (`Weights`), and whether titles are weighed as a whole."""

    values: NDArray[np.float64]
    titled: bool
    network: Network
    shapes: NDArray[np.int64]
    opening: NDArray[np.int8]
    closing: NDArray[np.int8]
    slack: NDArray[np.float64]
    fill: NDArray[np.float64]
    over: NDArray[np.float64]
    foot: NDArray[np.float64]
    hole: NDArray[np.float64]


def make_tables(weights: Weights) -> Tables:
    """Return the tables of weights."""
    return Tables(
        weights.values, True, weights.network, weights.titles.shapes, weights.opening, weights.closing,
        np.array(SLACK), np.array(FILL), np.array(OVER), np.array(FOOT), np.array(HOLE),
    )  # fmt: skip


def in_one(tables: Tables) -> Tables:
    """Return the tables for a page read in one column, where what a line holds tells nothing: it is whole.

    Else the given order would be left for columns since bullets without an end mark hold the end of a sentence.
    """
    values = tables.values.copy()
    values[INNER:INNER_FULL] = values[SOLE : SOLE + 2] = 0.0
    return without_titles(tables._replace(values=values))


def without_titles(tables: Tables) -> Tables:
    """Return the tables for choosing how a page is read, where it tells nothing how much a line is like a title.

    Else a page that was given in order would be left for columns since some of its lines are like titles.
    """
    return tables._replace(titled=False)


def for_notes(tables: Tables) -> Tables:
    """Return the tables for a page on which some paragraphs open in lower case, as notes do: there others may, too."""
    values = tables.values.copy()
    values[_NEW + _LOWER : _NEW + len(ENDS) * _STARTS : _STARTS] *= NOTED
    return tables._replace(values=values)


@uncounted(from_python=True)
def pack(row: int, first: int, after: int) -> int:
    """Return the integer of a segment."""
    return (row << 20) | (first << 10) | after


@uncounted(from_python=True)
def unpack(segment: int) -> tuple[int, int, int]:
    """Return row, first word, word after the last."""
    return (segment >> 20) & 1023, (segment >> 10) & 1023, segment & 1023


@uncounted(inline="always", from_python=True)
def kept_as(
    segment: int, opens: bool, row_start: NDArray[np.int64], finishes: NDArray[np.int64], left: NDArray[np.float64],
    right: NDArray[np.float64], width: float,
) -> int:  # fmt: skip
    """Return a segment as the last one of its column (`OPENED`)."""
    start = row_start[(segment >> 20) & 1023]
    begin, last = start + ((segment >> 10) & 1023), start + (segment & 1023) - 1
    title = opens and finishes[last] == _PLAIN and right[last] - left[begin] < _TITLE_WIDTH * width
    return segment | OPENED if title else segment


@uncounted(from_python=True)
def opened_in_lower_case(
    words: Words, parts: NDArray[np.int64], segments: NDArray[np.int64], opens: NDArray[np.bool_]
) -> int:
    """Return how many paragraphs of a reading open in lower case; arguments as in `beam.Found`."""
    count = 0
    for row in range(parts.size):
        for n in range(parts[row]):
            _, first, _ = unpack(segments[row, n])
            count += opens[row, n] and words.begins[words.row_start[row] + first] == _LOWER
    return count


@uncounted(from_python=True)
def size_of(words: Words, segment: int) -> float:
    """Return the width of a segment."""
    row, first, after = unpack(segment)
    start = words.row_start[row]
    return float(words.right[start + after - 1] - words.left[start + first])


@uncounted()
def ends_of(row_start: NDArray[np.int64], segment: int) -> tuple[int, int]:
    """Return the last word of a segment and the one before it, -1 for none."""
    row, first, after = unpack(segment)
    last = row_start[row] + after - 1
    return last, last - 1 if after - first > 1 else -1


@uncounted()
def starts_of(row_start: NDArray[np.int64], segment: int) -> tuple[int, int]:
    """Return the first word of a segment and the one after it, -1 for none."""
    row, first, after = unpack(segment)
    head = row_start[row] + first
    return head, head + 1 if after - first > 1 else -1


@uncounted()
def bin_of(edges: NDArray[np.float64], x: float) -> int:
    """Return how many edges lie below `x`."""
    place = 0
    for edge in range(edges.size):  # all of them, which costs less than to guess where to stop
        place += edges[edge] < x
    return place


class Ended(NamedTuple):
    """What counts of a segment that another may follow, whatever that one is.

    Attributes:
        row: Its row.
        last: Its last word.
        end: What that ends like.
        shown: What the segment ends like.
        short: Whether it shows another end when it left room for what follows.
        size: How wide it is.
        fill: How full its column is, as a bin.
        tail: White space at its end.
        closer: How much likelier its last word closes a sentence.
        long: The term of how many words it has when it is a title.
        inner: That of what it then holds, -1 for none.
        sole: That of whether it opened its paragraph, -1 where it is too wide for a title.
        like: How much it is like a title, `NO_TITLE` when it did not open its paragraph or is too wide.
    """

    row: int
    last: int
    end: int
    shown: int
    short: bool
    size: float
    fill: int
    tail: int
    closer: float
    long: int
    inner: int
    sole: int
    like: float


@uncounted(from_python=True)
def told_from(begins: NDArray[np.int64], begin: int, last: int) -> int:
    """Return the first word behind those that number a heading ("4.5", "Thema 4")."""
    if last == begin or begins[begin] != _NUMBER:
        return begin
    return min(begin + (2 if begins[begin + 1] == _DIGIT else 1), last)


@inlined()
def ended(words: Words, tables: Tables, segment: int, width: float) -> Ended:
    """Return what counts of a segment of a column so wide that another may follow."""
    row, first, stop = unpack(segment)
    begins, finishes, start = words.begins, words.finishes, words.row_start[row]
    begin, last = start + first, start + stop - 1
    end, size = finishes[last], words.right[last] - words.left[begin]
    # The line of a numbered heading ends without a full stop, and what comes next opens a paragraph all the same. It
    # does not end in a comma or a full stop; a segment that would is a heading that was cut in the wrong place.
    numbered, shown = last > begin and begins[begin] == _NUMBER, end
    if numbered and end == _PLAIN:
        shown = _HEADING
    elif numbered and end in (_COMMA, _STOP):
        shown = _CUT_HEADING
    long, inner, like = _LONG, -1, NO_TITLE
    if end == _PLAIN:
        told = told_from(begins, begin, last)
        long = _LONG + min(max(last + 1 - told, 1), TITLE) - 1
        held = inner_of(begins, finishes, told, last)
        inner = INNER + held if held >= 0 else -1
        if tables.titled and segment & OPENED:
            shape = shape_of(begins, finishes, told, last, SHAPE_KINDS)
            like = likeness(words.forms, words.titled, tables.shapes, told, last, shape)
    sole = (SOLE if segment & OPENED else SOLE + 1) if size < _TITLE_WIDTH * width else -1
    return Ended(
        row, last, end, shown, end == _PLAIN and not numbered, size, bin_of(tables.fill, size / width),
        words.tail[row] if last == words.row_start[row + 1] - 1 else 0, tables.closing[words.classes[last]] / UNIT,
        long, inner, sole, like,
    )  # fmt: skip


class Facts(NamedTuple):
    """What counts of a segment following another in its column.

    Attributes:
        kind: What the one ends and the other starts like, as one number.
        tail: White space at the end of the first.
        blank: Whether blank lines lie between, as a position.
        apart: How many rows lie between, 0 for none, up to `MOST_APART` - 1.
        opener: How much likelier the first word of the second opens a sentence.
        closer: How much likelier the last word of the first closes one.
        fill: How full the line of the first is, as a bin.
        fit: The term of whether the next word would have fitted there.
        link: That of how well the words on either side go together.
        worth: What that one counts.
        closes: The term that `closer` counts when a paragraph opens.
        long: That of how many words the first has when it may be a title, -1 for none.
        inner: That of what it then holds, -1 for none.
        sole: That of whether it opened its paragraph, -1 for none.
        like: How much it is like a title, `NO_TITLE` for none.
    """

    kind: int
    tail: int
    blank: int
    apart: int
    opener: float
    closer: float
    fill: int
    fit: int
    link: int
    worth: float
    closes: int
    long: int
    inner: int
    sole: int
    like: float


@inlined()
def pair_facts(words: Words, tables: Tables, before: Ended, after: int, width: float, together: float) -> Facts:
    """Return what counts of a segment following another in a column so wide.

    How well the words on either side go together (`affinity`) is given; it counts unless the line ends in a hyphen.
    """
    row, last, end, shown, short, size, fill, tail, closer, long, inner, sole, like = before
    below, top, _ = unpack(after)
    head = words.row_start[below] + top
    room = bin_of(tables.slack, (size + words.space + words.right[head] - words.left[head]) / width)
    if short and room <= _ROOM:
        shown = _SHORT
    titled = shown in (_HEADING, _SHORT)
    blank = 0
    if words.blank[0] >= 0:
        blank = 2 if words.blank[below] > words.blank[row] else 1
    if end == _HYPHEN:
        fit, link, worth = _BROKEN + fill, _JOIN + words.joins[words.hyphens[last], head], 1.0
    else:
        fit, link, worth = _SLACK + room, _AFFINITY if end <= _COMMA else _AFTER, together
    return Facts(
        shown * _STARTS + words.begins[head], tail, blank, max(min(below - row, MOST_APART), 1) - 1,
        tables.opening[words.classes[head]] / UNIT, closer, fill, fit, link, worth,
        _NEW_UNENDED if titled or shown == _PLAIN else _NEW_CLOSING, long if titled else -1, inner if titled else -1,
        sole if shown == _SHORT else -1, like if titled else NO_TITLE,
    )  # fmt: skip


@uncounted(from_python=True)
def pair_terms(
    words: Words, tables: Tables, before: int, after: int, width: float, opens: bool,
    index: NDArray[np.int64], value: NDArray[np.float64],
) -> int:  # fmt: skip
    """Fill in the terms of one segment following another in a column, opening a paragraph or going on with one.

    Args:
        words: The page.
        tables: The weights.
        before: Packed segment.
        after: Packed segment of a later row.
        width: Of the column.
        opens: Whether `after` opens a paragraph.
        index: (MOST_TERMS,) receives positions in `NAMES`.
        value: (MOST_TERMS,) receives what these count.
    """
    facts = facts_of(words, tables, before, after, width)
    return terms_of_opening(facts, index, value) if opens else terms_of_going_on(facts, index, value)


@inlined()
def facts_of(words: Words, tables: Tables, before: int, after: int, width: float) -> Facts:
    """Return what counts of one segment following another, packed, in a column so wide."""
    last, last_but_one = ends_of(words.row_start, before)
    head, second = starts_of(words.row_start, after)
    forms = words.forms
    together = affinity(
        words.given, tables.network, forms[last_but_one], forms[last], forms[head], forms[second]
    )  # fmt: skip
    return pair_facts(words, tables, ended(words, tables, before, width), after, width, together)


@inlined()
def terms_of_going_on(facts: Facts, index: NDArray[np.int64], value: NDArray[np.float64]) -> int:
    """Fill in the terms of a pair that goes on with a paragraph."""
    index[0], index[1], index[2] = _CONT + facts.kind, _CONT_TAIL + facts.tail, _CONT_BLANK + facts.blank
    index[3], index[4], index[5], index[6] = _CONT_APART + facts.apart, facts.fit, _CONT_OPENING, _CONT_CLOSING
    value[:5] = 1.0
    value[5], value[6] = facts.opener, facts.closer
    index[7], value[7] = facts.link, facts.worth
    return 8


@inlined()
def terms_of_opening(facts: Facts, index: NDArray[np.int64], value: NDArray[np.float64]) -> int:
    """Fill in the terms of a pair whose second segment opens a paragraph."""
    index[0], index[1], index[2] = _NEW + facts.kind, _NEW_TAIL + facts.tail, _NEW_BLANK + facts.blank
    index[3], index[4], index[5], index[6] = _NEW_APART + facts.apart, _FILL + facts.fill, _NEW_OPENING, facts.closes
    value[:5] = 1.0
    value[5], value[6] = facts.opener, facts.closer
    count = 7
    for term in (facts.long, facts.inner, facts.sole):
        if term >= 0:
            index[count], value[count] = term, 1.0
            count += 1
    if facts.like > NO_TITLE:
        index[count], index[count + 1], index[count + 2] = WHOLE, WHOLE + 1, WHOLE + 2
        value[count], value[count + 1], value[count + 2] = 1.0, 1.0 if facts.like > 0.0 else 0.0, facts.like
        count += 3
    return count


@inlined()
def pair_scores(values: NDArray[np.float64], facts: Facts) -> tuple[float, float]:
    """Return the sums of the terms of a pair that goes on with a paragraph, and of one that opens one, by its facts."""
    kind, tail, blank, apart, opener, closer, fill, fit, link, worth, closes, long, inner, sole, like = facts
    on = values[_CONT + kind] + values[_CONT_TAIL + tail] + values[_CONT_BLANK + blank] + values[_CONT_APART + apart]
    on += values[fit] + values[_CONT_OPENING] * opener + values[_CONT_CLOSING] * closer + values[link] * worth
    new = values[_NEW + kind] + values[_NEW_TAIL + tail] + values[_NEW_BLANK + blank] + values[_NEW_APART + apart]
    new += values[_FILL + fill] + values[_NEW_OPENING] * opener + values[closes] * closer
    new += values[long] if long >= 0 else 0.0
    new += values[inner] if inner >= 0 else 0.0
    if like > NO_TITLE:
        new += values[WHOLE] + (values[WHOLE + 1] if like > 0.0 else 0.0) + values[WHOLE + 2] * like
    return on, new + (values[sole] if sole >= 0 else 0.0)


@uncounted(from_python=True)
def inside_terms(
    words: Words, tables: Tables, row: int, place: int, index: NDArray[np.int64], value: NDArray[np.float64]
) -> int:
    """Fill in the terms of the words before and at `place` of a row belonging together."""
    start, forms = words.row_start[row], words.forms
    at = start + place
    end = words.finishes[at - 1]
    x, y = words.classes[at - 1], words.classes[at]
    index[0], value[0] = _INSIDE + (_MARK if _is_mark(words, at - 1) else end) * _STARTS + words.begins[at], 1.0
    index[1], value[1] = _IN_OPENING, tables.opening[y] / UNIT
    index[2], value[2] = _IN_CLOSING, tables.closing[x] / UNIT
    index[3] = _IN_AFFINITY if end <= _COMMA else _IN_AFTER
    value[3] = affinity(
        words.given, tables.network, forms[at - 2 if place > 1 else -1], forms[at - 1], forms[at],
        forms[at + 1 if at + 1 < words.row_start[row + 1] else -1],
    )  # fmt: skip
    if words.numbers[at] == 0:
        return 4
    index[4], value[4] = MISNUMBERED, 1.0  # left inside a line, a heading is out of order
    return 5


@uncounted()
def _is_mark(words: Words, at: int) -> bool:
    """Return whether a word is a bullet glyph or the number of a heading, or ends one ("Thema 4")."""
    if words.begins[at] == _BULLET or words.begins[at] == _NUMBER:
        return bool(words.begins[at] == _BULLET or words.begins[at + 1] != _DIGIT)
    return bool(words.begins[at] == _DIGIT and at > 0 and words.numbers[at - 1] > 0)


@uncounted()
def inner_of(begins: NDArray[np.int64], finishes: NDArray[np.int64], begin: int, last: int) -> int:
    """Return what speaks most against the words from `begin` to `last` being one title, as in `inner`, or -1.

    A title holds no end of a sentence and no bullet, and few words with a capital but names.
    """
    found = -1
    for word in range(begin + 1, last + 1):
        start, before = begins[word], finishes[word - 1]
        if before == _STOP or start in (_BULLET, _NUMBER):
            return 0
        if before == _PLAIN and start == _COMMON:
            found = 1
        elif before == _PLAIN and start == _UPPER and found < 0:
            found = 2
    return found


@uncounted()
def inner_full(
    begins: NDArray[np.int64], finishes: NDArray[np.int64], begin: int, last: int, size: float, full: float
) -> int:  # fmt: skip
    """Return the term of what a row over the full width holds, or -1: nothing, or it is no title."""
    if finishes[last] != _PLAIN or size > _TITLE_MOST * full:
        return -1
    held = inner_of(begins, finishes, begin, last)
    return INNER_FULL + held if held >= 0 else -1


@uncounted()
def is_ended_heading(begins: NDArray[np.int64], finishes: NDArray[np.int64], begin: int, last: int) -> bool:
    """Return whether a line opens as a numbered heading does and ends as none does, by its first and last word."""
    return bool(begins[begin] == _NUMBER and finishes[last] in (_COMMA, _STOP))


@uncounted()
def over_term(words: Words, tables: Tables, segment: int, width: float) -> int:
    """Return the position in `NAMES` of a segment being so wide."""
    return _OVER + bin_of(tables.over, size_of(words, segment) / width)


@uncounted()
def first_term(words: Words, segment: int) -> int:
    """Return the position in `NAMES` of a segment standing at the top of a column."""
    row, first, _ = unpack(segment)
    return int(_FIRST + words.begins[words.row_start[row] + first])


@uncounted()
def total_of(tables: Tables, index: NDArray[np.int64], value: NDArray[np.float64], count: int) -> float:
    """Return the sum of terms."""
    total = 0.0
    for n in range(count):
        total += tables.values[index[n]] * value[n]
    return total
