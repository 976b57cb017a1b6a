"""Statements out of bullets, by the unitizing rules U1 to U9.

What belongs here: putting the cuts of `sentences` and `clauses` together, leaving out glyphs and connecting words, and
keeping every character in exactly one statement. What does not: the rules about sentences and clauses themselves.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from pipeline.text.clauses import clause_starts
from pipeline.text.heads import NO_HEAD, head_of
from pipeline.text.joining import LINE_END_KINDS, UNKNOWN, Habits, Joined, join
from pipeline.text.language import Language
from pipeline.text.model import Fragment, Paragraph, Repair, Statement
from pipeline.text.sentences import opens_example, sentence_starts, unquoted
from pipeline.text.subordination import words_of
from pipeline.text.wordclasses import word_classes

GLYPHS = "•●○◦▪▫■□◼◾◆◇★‣⁃∙·►▶▸➢➤➔➜❯⇒❖✓✔☐☑*\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d"
DASHES = "-–—−"
_GLYPH = re.compile(rf"(?:[{re.escape(GLYPHS)}]+|(?:[{DASHES}>»→+~#]|[-=]>)(?=\s)|o(?=\s+[^\W\d_]))\s*(?=\S)")
_ENUMERATOR = re.compile(
    r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:[.)]|\.\)|[°º])\s+(?=\S)"
    r"|\(?(?:[A-Z]|[IVX]{1,4})(?:\)\s+(?=\S)|\.\s+(?=[^\W\d_A-Z]))"  # "A. Jansen" is a name
)
_ROW_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}[.)]?(?=\s*(?:\t|$))")
"""A number that has a cell of its own, at the start of a row."""
_INNER_GLYPH = re.compile(rf"(?<=\s)[{re.escape(GLYPHS.replace('*', '').replace('·', ''))}]\s+(?=\S)")
_INNER_DASH = re.compile(rf"(?<=[:;]\s)[{DASHES}]\s+(?=\S)")
_INNER_ENUMERATOR = re.compile(r"(?:(?<=\s)\(?|(?<=[:;,.]\s))(\d{1,2}|[a-z])(?:\)|(?<=[:;,.]\s.)\.)\s+(?=\S)")
GLYPH_KIND = "bullet_glyph"
CONNECTIVE_KIND = "connective"


def cut(paragraph: Paragraph, language: Language, habits: Habits = UNKNOWN) -> tuple[Statement, ...]:
    """Cut one bullet into statements.

    Args:
        paragraph: A bullet; a heading holds no statement (U6).
        language: The language it is written in.
        habits: How the document ends its lines.

    Returns:
        The statements in reading order; together their fragments hold every non-space character of the paragraph once.
        Empty for a heading and for a paragraph without a visible character.
    """
    if paragraph.heading is not None:
        return ()
    fragments = [Fragment(segment.line, segment.start, segment.end) for segment in paragraph.segments]
    joined = join(fragments, language, habits)
    if not joined.text.strip():
        return ()
    opening = _row_number(paragraph, joined.text)
    starts = statement_starts(joined.text, language, opening)
    left_out = _left_out(joined.text, starts, language, opening)
    return tuple(_build(fragments, joined, starts, left_out))


def _row_number(paragraph: Paragraph, text: str) -> int:
    """Return where a bullet goes on after the number of its row, a cell that says nothing; 0 where there is none."""
    first = paragraph.segments[0]
    number = _ROW_NUMBER.match(first.text.strip()) if first.line.row else None
    if number is None or not any(map(str.isalpha, text)):
        return 0
    behind = text.lstrip()[len(number[0]) :].lstrip()
    return len(text) - len(behind)


def statement_starts(text: str, language: Language, opening: int = 0) -> tuple[int, ...]:
    """Return where the statements of a bullet start.

    Args:
        text: The bullet on one line.
        language: The language it is written in.
        opening: Where it goes on after the number of a row.

    Returns:
        Ascending character offsets of non-space characters, the first statement's included.
    """
    first = len(text) - len(text.lstrip())
    text = unquoted(text)
    item = opening_glyph(text, max(first, opening))
    sentences = _merge_examples(text, [first, *(s for s in sentence_starts(text, language) if s > item)], language)
    items = sorted({*sentences, *_inner_items(text, item)})
    starts: set[int] = set(items)
    for start, end in pairwise([*items, len(text)]):
        body = max(start, item) if start == first else start
        starts.update(body + inner for inner in clause_starts(text[body:end], language) if body + inner > item)
    return tuple(sorted(starts))


def opening_glyph(text: str, start: int = 0) -> int:
    """Return where the text goes on after a bullet glyph or enumerator, or the start when there is none."""
    match = _GLYPH.match(text, start) or _ENUMERATOR.match(text, start)
    return match.end() if match else start


def _inner_items(text: str, start: int) -> list[int]:
    """Return where later items of a list inside the text open: the first item keeps the lead-in."""
    glyphs = _glyphs(text, start)
    led = _led_in(text, glyphs)
    return sorted({low for low, _ in glyphs[led:]} | {position for position, _ in _enumerated(text, start)[1:]})


def _glyphs(text: str, start: int) -> list[tuple[int, int]]:
    """Return the ranges of glyphs before items of a list inside the text; a dash is one where another one is too."""
    dashes = [match.span() for match in _INNER_DASH.finditer(text, start)]
    return sorted([match.span() for match in _INNER_GLYPH.finditer(text, start)] + (dashes if len(dashes) > 1 else []))


def _led_in(text: str, glyphs: Sequence[tuple[int, int]]) -> bool:
    """Return whether the first of several items shares its statement with the lead-in before it."""
    return len(glyphs) > 1 and text[: glyphs[0][0]].rstrip().endswith(":")


def _enumerated(text: str, start: int) -> list[tuple[int, int]]:
    """Return the ranges of enumerators that count up from the first: "a) ... b) ..."."""
    found: list[tuple[int, int]] = []
    expected = ""
    for match in _INNER_ENUMERATOR.finditer(text, start):
        label = match.group(1)
        if label == expected or (not found and label in ("a", "1")):
            found.append(match.span())
            expected = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
    return found if len(found) > 1 else []


def _merge_examples(text: str, starts: Sequence[int], language: Language) -> list[int]:
    """Leave out the starts of verbless sentences that only name cases of the sentence before (U5)."""
    kept = list(starts[:1])
    for start, end in pairwise([*starts[1:], len(text)]):
        example, opening = opens_example(text[start:end], language)
        if not example or (opening and _has_verb(text[start + opening : end], language)):
            kept.append(start)
    return kept


def _has_verb(text: str, language: Language) -> bool:
    head = head_of(words_of(text), word_classes(language)) if text.strip() else NO_HEAD
    return head.kind in ("finite", "imperative") or head.either


def _left_out(text: str, starts: Sequence[int], language: Language, opening: int) -> list[tuple[int, int, str]]:
    """Return the ranges that stay out of the text of their statement, each with the kind of its repair."""
    ranges: list[tuple[int, int, str]] = []
    word = _connector(language)
    for number, start in enumerate(starts):
        end = opening_glyph(text, max(start, opening)) if number == 0 else start
        inner = next(
            filter(None, (mark.match(text, start) for mark in (_INNER_GLYPH, _INNER_DASH, _INNER_ENUMERATOR))), None
        )
        if number and inner:
            end = inner.end()
        connector = word.match(text, start) if number else None
        if end > start:
            ranges.append((start, end, GLYPH_KIND))
        elif connector:
            ranges.append((start, connector.end(), CONNECTIVE_KIND))
    first = starts[0] if starts else 0
    glyphs = _glyphs(text, opening_glyph(text, max(first, opening)))
    led = [*_enumerated(text, first)[:1], *(glyphs[:1] if _led_in(text, glyphs) else [])]
    ranges.extend((start, end, GLYPH_KIND) for start, end in led)
    return sorted(set(ranges))


@cache
def _connector(language: Language) -> re.Pattern[str]:
    connectors = language.data("statements")["marks"]["connectors"]
    return re.compile(rf"(?:{'|'.join(map(re.escape, connectors))})\s+(?=\S)")


def _build(
    fragments: Sequence[Fragment], joined: Joined, starts: Sequence[int], left_out: Sequence[tuple[int, int, str]]
) -> Iterator[Statement]:
    """Build the statements that open at these characters of the joined text."""
    bounds = [joined.origin(start) for start in starts]
    edges = [(0, fragments[0].start), *bounds[1:], (len(fragments) - 1, fragments[-1].end)]
    parts = [tuple(_slice(fragments, low, high)) for low, high in pairwise(edges)]
    shares = _share(joined.repairs, parts)
    for number, (start, end) in enumerate(pairwise([*starts, len(joined.text)])):
        among = left_out[bisect_left(left_out, (start,)) : bisect_left(left_out, (end,))]
        gone = [item for item in among if item[1] < end]
        repairs = _repairs(fragments, joined, shares[number], gone)
        yield Statement(_text(joined.text, start, end, gone), parts[number], repairs)


def _slice(
    fragments: Sequence[Fragment], low: tuple[int, int], high: tuple[int, int], *, spaces: bool = False
) -> Iterator[Fragment]:
    """Yield what lies between two places, each an index of a fragment and a character of its line.

    White space at the edges is left out unless it is asked for.
    """
    for index in range(low[0], high[0] + 1):
        line = fragments[index].line
        start = low[1] if index == low[0] else fragments[index].start
        end = high[1] if index == high[0] else fragments[index].end
        text = line.text[start:end]
        if spaces and text:
            yield Fragment(line, start, end)
        elif text.strip():
            yield Fragment(line, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _text(text: str, start: int, end: int, gone: Sequence[tuple[int, int, str]]) -> str:
    pieces, position = [], start
    for low, high, _ in gone:
        pieces.append(text[position:low])
        position = high
    return "".join([*pieces, text[position:end]]).strip()


def _share(repairs: Sequence[Repair], parts: Sequence[Sequence[Fragment]]) -> list[list[Repair]]:
    """Return for every statement the repairs that lie in its fragments."""
    owners = sorted(
        (*part.line.bytes_of(part.start, part.end), number) for number, own in enumerate(parts) for part in own
    )
    shares: list[list[Repair]] = [[] for _ in parts]
    for repair in repairs:
        index = bisect_left(owners, (repair.start + 1,)) - 1
        if index >= 0 and repair.end <= owners[index][1]:
            shares[owners[index][2]].append(repair)
    return shares


def _repairs(
    fragments: Sequence[Fragment], joined: Joined, share: Sequence[Repair], gone: Sequence[tuple[int, int, str]]
) -> tuple[Repair, ...]:
    """Return the repairs of one statement in order of the raw bytes: its share, and what is left out of its text."""
    dropped = [
        Repair(*fragment.line.bytes_of(fragment.start, fragment.end), kind, fragment.text, "")
        for low, high, kind in gone
        for fragment in _slice(fragments, joined.origin(low), _past(joined, high), spaces=True)
    ]
    # A double space after a glyph goes with the glyph.
    kept = [repair for repair in share if not any(d.start <= repair.start and repair.end <= d.end for d in dropped)]
    return tuple(sorted([*kept, *dropped], key=lambda repair: (repair.start, repair.end)))


def _past(joined: Joined, position: int) -> tuple[int, int]:
    """Return where the character before a position of the joined text ends; there is always one after it."""
    here, before = joined.origin(position), joined.origin(position - 1)
    return here if here[0] == before[0] else before


def replay(statement: Statement) -> str:
    """Return the text that the fragments and repairs of a statement give: always equal to `statement.text`.

    Raises:
        ValueError: when a repair does not fit the fragments.
    """
    pieces: list[str] = []
    glue = ""
    for fragment in statement.fragments:
        text, closed = _replay_fragment(fragment, statement.repairs)
        if text:
            pieces += [glue, text] if pieces else [text]
            glue = "" if closed else " "
    return "".join(pieces).strip()


def _replay_fragment(fragment: Fragment, repairs: Sequence[Repair]) -> tuple[str, bool]:
    """Apply the repairs of one fragment; the second value says whether the next fragment follows without a space."""
    low, high = fragment.line.bytes_of(fragment.start, fragment.end)
    pieces, position, closed = [], fragment.start, False
    for repair in repairs:
        if not (low <= repair.start and repair.end <= high):
            continue
        start = _find(fragment, position, repair)
        pieces += [fragment.line.text[position:start], repair.after]
        position = start + len(repair.before)
        closed = position == fragment.end and repair.kind in LINE_END_KINDS.values()
    pieces.append(fragment.line.text[position : fragment.end])
    text = "".join(pieces)
    return text if closed else text.strip(), closed


def _find(fragment: Fragment, position: int, repair: Repair) -> int:
    line = fragment.line
    start = bisect_left(line.offsets, repair.start, position, fragment.end)
    while start < fragment.end and line.offsets[start] == repair.start:
        if line.text.startswith(repair.before, start) and line.offsets[start + len(repair.before)] == repair.end:
            return start
        start += 1
    raise ValueError(f"line {line.number}: repair {repair} does not fit the fragment {fragment.text!r}")
