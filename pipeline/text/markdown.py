r"""Markdown as extractors write it: what its marks say of the text, and which characters they are.

What belongs here: telling a Markdown document from plain text, finding its blocks and its marks. What does not: reading
order, headings and statements, which see the text without marks.

The marks are taken out line by line as repairs, so that everything that comes later reads a Markdown document as it
reads plain text. Two things are kept in the form in which the text core knows them: what is marked as a heading in
another way ("**Wonen**" on a line of its own, "Wonen" underlined by "=====") gets hashes, and the cells of a table row
are parted by `CELL`.

Blocks and flanking follow CommonMark where that serves; extractors do not keep to it where type changes inside a word
or before a space, so pairs of `**` are believed there too.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from pipeline.text.headings import LONGEST, MOST_WORDS, sets_headings
from pipeline.text.model import Edit

CELL = "\t"
"""Stands between two cells of a table row."""

BOLD_PAIRS, BOLD_LINES, LINKS, UNDERLINED, FENCES = 3, 2, 2, 2, 2
"""Of these signs, as many as leave no doubt that a document is Markdown."""
TITLE_WORDS, TITLE_LETTERS = 12, 100
"""Most that a line in bold holds that may be a heading."""
HEADER_WORDS = 4
"""Most that a cell of a table's first row holds that names its column."""
DEEPEST = 6

_HASHED = re.compile(r"\s{0,3}(?P<hashes>#{1,6})\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|\{\d+\}-{10,})$")
_UNDERLINE = re.compile(r"\s{0,3}(?:={2,}|-{3,})\s*$")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*(?:\s*:?-+:?)?$")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})[\w-]*\s*$")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_ITEM = re.compile(r"\s*(?:[-*+•●▪◦–]|(?P<number>\d{1,2})[.)])\s+(?=\S)")
_BOX = re.compile(r"\[[ xX]\]\s+(?=\S)")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]\s]+\]:\s+(?=\S)")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]^]+\]:\s+<?(?:\w+://|mailto:|[./#])\S+\s*$")
_METADATA = re.compile(r"[\w-]+\s*:|\s+\S|-\s|\s*$")
_OPEN_COMMENT = re.compile(r"\s*<!--(?!.*-->)")
_PICTURE_MARK = r"\*\*(?:==> picture .{1,80}? <==|-----\s*(?:Start|End) of picture text\s*-----)\*\*"
_PICTURE = rf"!\[[^\]\n]{{0,300}}\]\([^)\n]{{0,1000}}\)|<!--.{{0,1000}}?-->|{_PICTURE_MARK}"
_ADDRESS = r"(?:\w+:|[#/.]|[^()\s]*\.\w{2,5}(?:[#?/)\s]))"  # how an address begins; "[klant](en)" holds none
_LINK = rf"\[(?P<label>[^\[\]]*)(?P<target>\]\((?={_ADDRESS})[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\))"
_LINKED = re.compile(_LINK)
_TAGS = "a|b|br|center|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|ol|p|s|small|span|strong|sub|sup|u|ul"
_INLINE = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~]))."
    r"|(?P<ticks>`+)(?P<code>[^`\n]+)(?P=ticks)(?!`)"
    rf"|(?P<picture>{_PICTURE})"
    rf"|{_LINK}"
    r"|<(?P<address>\w+://[^<>\s]+|[^<>\s@]+@[^<>\s]+)>"
    r"|(?P<anchor>\[\^[^\]\s]+\]|<sup>\s*\[?\d{1,3}\]?\s*</sup>)"
    rf"|(?P<tag></?(?P<name>{_TAGS})(?:\s[^<>\n]*)?/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,4});)"
    r"|(?P<run>\*+|_+|~+)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![\w*])(\*\*|__)(?=[^\s*_])(?:[^*_\n]|\n(?!\s*\n)){1,300}?(?<=[^\s*_])\1(?![\w*_])")
_BOLD_LINE = re.compile(r"^\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*[ \t]*$", re.MULTILINE)
_HASHED_LINE = re.compile(r"^#{1,6} \S", re.MULTILINE)
_FENCE_LINE = re.compile(r"^(?:`{3}|~{3})[\w-]*[ \t]*$", re.MULTILINE)
_ALL_BOLD = re.compile(r"\s*(?:(?:\*\*|__)[^*_]*[^\W\d_]{3}[^*_]*(?:\*\*|__)\s*)+$")
_ESCAPE = re.compile(r"\\[*_#\[\]&<>`.|-]")
_FOOTNOTE = re.compile(r"\w[.,;:!?]?\[\^\w+\]|^\[\^\w+\]: ", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TASK = re.compile(r"^[ \t]*[-*+] \[[ xX]\] \S", re.MULTILINE)
_NO_TITLE = re.compile(r"[\"'“”„‘’«»]|.*[.:;,…!]$")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*_]*\s*$")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a Markdown document say, by the place of its lines, from 0.

    Attributes:
        edits: What takes the marks out of a line, ascending and apart.
        left_out: Lines that hold no text: rules, pictures, comments, fences, the names of columns.
        opens: Lines with which a paragraph opens.
        rows: Rows of tables.
    """

    edits: dict[int, tuple[Edit, ...]] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    opens: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


Kind = Literal["text", "item", "heading", "row", "code"]


@dataclass(slots=True)
class _Block:
    """Lines that belong together.

    Attributes:
        kind: What they are.
        lines: Their places.
        starts: Where the text of each begins, behind marks that are taken out; a glyph before it is text.
        hashes: With how many a heading is marked; 0 when it is marked in another way or is none.
        apart: A blank line, or one that is left out, stands above.
    """

    kind: Kind
    lines: list[int]
    starts: list[int]
    hashes: int = 0
    apart: bool = False


def is_markdown(text: str) -> bool:
    r"""Return whether a text is Markdown: a sign that leaves no doubt, or two of different kinds.

    Hashes alone do not tell: the text of a PDF has them from this program. Lists, stars and lines between words are
    found in plain texts too.

    >>> is_markdown("## Wonen\n\n**Betaalbaar.** Bouw meer woningen."), is_markdown("Bouw 2 * 3 woningen | a_b_c")
    (True, False)
    """
    bold, links = _count(_BOLD, text), _count(_LINKED, text)
    underlined, table = _underlined(text.split("\n"))
    lines = _count(_BOLD_LINE, text) >= BOLD_LINES or _count(_FENCE_LINE, text) >= FENCES
    sure = table or lines or bold >= BOLD_PAIRS or links >= LINKS or underlined >= UNDERLINED
    if sure or re.search(_PICTURE, text):
        return True
    strong = (
        bold,
        links,
        _count(_ESCAPE, text) > 1,
        _count(_FOOTNOTE, text),
        _count(_BREAK, text),
        _count(_TASK, text),
    )
    weak = (underlined, _count(_HASHED_LINE, text))
    return any(strong) and sum(map(bool, (*strong, *weak))) > 1


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _underlined(lines: Sequence[str]) -> tuple[int, bool]:
    """Return how many titles have a line below them as long as they are, and whether there is a table."""
    titles, table = 0, False
    for above, title, line in zip(["", *lines], lines, lines[1:], strict=False):
        titles += not above.strip() and bool(_UNDERLINE.match(line)) and len(line.strip()) == len(title.strip()) > 0
        table = table or ("|" in title and _is_table_rule(line))
    return titles, table


def _is_table_rule(line: str) -> bool:
    line = line.strip()
    return {"|", "-"} <= set(line) <= set("|-: ") and _TABLE_RULE.match(line) is not None


def read_marks(texts: Sequence[str]) -> Marks:
    """Return what the marks of a Markdown document say.

    Args:
        texts: Its lines.
    """
    marks = Marks()
    marks.left_out.update(_metadata(texts))
    blocks = _Reader(texts, marks.left_out).read()
    bold = _bold_headings(texts, blocks)
    deepest = max((block.hashes for block in blocks), default=0)
    for before, block in zip([None, *blocks], blocks, strict=False):
        first = block.lines[0]
        if block.kind == "row":
            marks.rows.update(block.lines)
        if before is None or not _goes_on(texts, before, block):
            marks.opens.add(first)
        prefix = "#" * min(deepest + 1, DEEPEST) + " " if first in bold else ""
        if block.kind == "heading" and not block.hashes:
            prefix = ("#" if texts[first + 1].strip()[0] == "=" else "##") + " "
        _change(texts, block, prefix, marks)
    return marks


def _goes_on(texts: Sequence[str], before: _Block, block: _Block) -> bool:
    """Return whether a block goes on with the sentence before it, which a page end or a picture interrupts."""
    if block.kind != "text" or before.kind not in ("text", "item"):
        return False
    last = texts[before.lines[-1]]
    return texts[block.lines[0]][block.starts[0] :].lstrip()[:1].islower() and not _ENDED.search(last)


class _Reader:
    """Reads the blocks of a document line by line.

    Args:
        texts: Its lines.
        left_out: Places of lines that hold no text; those that it finds are added.
    """

    def __init__(self, texts: Sequence[str], left_out: set[int]) -> None:
        self._texts, self._left_out = texts, left_out
        self._blocks: list[_Block] = []
        self._block: _Block | None = None  # that a line may go on with
        self._fenced = self._commented = self._quoted = False
        self._apart = True

    def read(self) -> list[_Block]:
        """Return the blocks in order."""
        for place, text in enumerate(self._texts):
            if place in self._left_out or self._says_nothing(text):
                self._left_out.add(place)
                self._end()
            elif not text.strip():
                self._end()
            elif self._fenced:
                self._add(_Block("code", [place], [len(text)]))
            else:
                self._take(place)
        return self._blocks

    def _says_nothing(self, text: str) -> bool:
        """Return whether a line holds nothing but marks, or stands in a comment."""
        if self._commented or (not self._fenced and _OPEN_COMMENT.match(text)):
            self._commented = "-->" not in text
            return True
        if _FENCE.match(text):
            self._fenced = not self._fenced
            return True
        below = self._block is not None and _UNDERLINE.match(text)
        return not self._fenced and bool(below or _RULE.match(text) or _REFERENCE.match(text))

    def _end(self) -> None:
        self._block, self._apart, self._quoted = None, True, False

    def _take(self, place: int) -> None:
        """Put a line into a block of its own, or the one above."""
        text = self._texts[place]
        quote = _QUOTE.match(text)
        start = quote.end() if quote else 0
        opened = self._opened(place, start)
        if opened is None and (self._block is None or (quote is not None and not self._quoted)):
            opened = _Block("text", [place], [start])
        self._quoted = quote is not None
        if opened is None and self._block is not None:
            self._block.lines.append(place)
            self._block.starts.append(start)
        elif opened is not None:
            self._add(opened)
            if opened.kind == "text" and opened.apart and _UNDERLINE.match(self._below(place)) and _may_head(text):
                opened.kind = "heading"
        self._apart = False

    def _add(self, block: _Block) -> None:
        block.apart = self._apart or (self._block is not None and self._block.kind in ("heading", "row"))
        self._blocks.append(block)
        self._block, self._apart = block, False

    def _below(self, place: int) -> str:
        return self._texts[place + 1] if place + 1 < len(self._texts) else ""

    def _opened(self, place: int, start: int) -> _Block | None:
        """Return the block that a line opens by its own form, or None."""
        text, above = self._texts[place], self._block.kind if self._block else None
        if hashed := _HASHED.match(text, start):
            if _may_head(text[hashed.end() :]):
                return _Block("heading", [place], [hashed.start("hashes")], len(hashed["hashes"]))
            return _Block("text", [place], [hashed.end()])
        if note := _NOTE.match(text, start):
            return _Block("text", [place], [note.end()])
        ruled = any(map(_is_table_rule, (text, self._below(place))))
        if "|" in text and (ruled or above == "row"):
            return _Block("row", [place], [start])
        item = _ITEM.match(text, start)
        if item and (not item["number"] or above in (None, "item") or item["number"] == "1"):
            return _Block("item", [place], [start])
        return _Block("text", [place], [start]) if above in ("heading", "row") else None


def _metadata(texts: Sequence[str]) -> range:
    """Return the lines of the metadata with which a document opens."""
    if not texts or texts[0].strip() != "---":
        return range(0)
    end = next((place for place, text in enumerate(texts[1:], start=1) if text.strip() == "---"), 0)
    return range(end + 1) if end > 1 and all(_METADATA.match(text) for text in texts[1:end]) else range(0)


def _may_head(text: str) -> bool:
    """Return whether a line is as short as a heading is for the text core, and no item of a list."""
    return len(text.strip()) < LONGEST - DEEPEST and len(text.split()) < MOST_WORDS and not _ITEM.match(text)


def _bold_headings(texts: Sequence[str], blocks: Sequence[_Block]) -> frozenset[int]:
    """Return the lines in bold that are headings: rare, and most of them in the form of a title."""
    lines = {
        block.lines[0]: re.sub(r"[*_]", "", texts[block.lines[0]]).strip()
        for block in blocks
        if block.kind == "text"
        and block.apart
        and len(block.lines) == 1
        and len(texts[block.lines[0]]) <= LONGEST
        and _ALL_BOLD.match(texts[block.lines[0]])
    }
    titles = {place: title for place, title in lines.items() if _is_title(title)}
    letters = sum(len(texts[place].strip()) for block in blocks for place in block.lines)
    if not sets_headings(len(titles), len(lines), sum(map(len, titles.values())), letters):
        return frozenset()
    last = blocks[-1].lines[0] if blocks else 0
    return frozenset(titles.keys() - {last})


def _is_title(text: str) -> bool:
    short = len(text) <= TITLE_LETTERS and len(text.split()) <= TITLE_WORDS
    return short and (text[0].isupper() or text[0].isdigit()) and not _NO_TITLE.match(text)


def _change(texts: Sequence[str], block: _Block, prefix: str, marks: Marks) -> None:
    """Note what takes the marks out of a block, and the lines of which nothing is left."""
    place = block.lines[0]
    if block.kind == "row" and (_is_table_rule(texts[place]) or _names_columns(texts, place)):
        marks.left_out.add(place)
        return
    edits: dict[int, list[Edit]] = {place: [] for place in block.lines}
    for place, edit in _edits(texts, block):
        edits[place].append(edit)
    for place, found in edits.items():
        ordered = _led(texts[place], sorted(found, key=lambda edit: edit.start))
        if prefix:
            ordered = _prefixed(texts[place], ordered, prefix)
        if ordered and not any(map(str.isalnum, edited(texts[place], ordered))):
            marks.left_out.add(place)
        elif ordered:
            marks.edits[place] = tuple(ordered)


def _edits(texts: Sequence[str], block: _Block) -> Iterator[tuple[int, Edit]]:
    """Yield what takes the marks out of a block, with the line of each."""
    if block.kind == "code":
        return
    for place, start in zip(block.lines, block.starts, strict=True):
        low = _behind_space(texts[place])
        if start > low:
            yield place, Edit(low, start, "")
        if block.kind == "row":
            yield from ((place, edit) for edit in _pipes(texts[place]))
    yield from _inline(texts, block)


def _behind_space(text: str) -> int:
    return len(text) - len(text.lstrip())


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a line after edits."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.after]
        done = edit.end
    return "".join([*pieces, text[done:]])


def _led(text: str, edits: list[Edit]) -> list[Edit]:
    """Let the space around marks that open a line go with them, so that their bytes go with the word behind them."""
    low, at = 0, _behind_space(text)
    for number, edit in enumerate(edits):
        if edit.start != at or edit.after.strip():
            break
        at = edit.end + _behind_space(text[edit.end :])
        edits[number] = Edit(low, at, "")
        low = at
    return edits


def _prefixed(text: str, edits: list[Edit], prefix: str) -> list[Edit]:
    """Return edits that put hashes before a line, too."""
    start = _behind_space(text)
    if edits and edits[0].start <= start:
        first, *others = edits
        return [Edit(first.start, first.end, prefix + first.after), *others]
    return [Edit(start, start + 1, prefix + text[start]), *edits]


def _names_columns(texts: Sequence[str], place: int) -> bool:
    """Return whether a row names the columns of its table: it stands above the rule, and says nothing else."""
    if place + 1 >= len(texts) or not _is_table_rule(texts[place + 1]):
        return False
    cells = [cell.strip(" *_") for cell in _PIPE.split(texts[place])]
    return all(len(cell.split()) <= HEADER_WORDS and not _ENDED.search(cell) for cell in cells)


def _pipes(text: str) -> Iterator[Edit]:
    """Yield what turns the pipes of a row into ends of cells; those at its edges go."""
    found = [match.start() for match in _PIPE.finditer(text)]
    for at in found:
        edge = not text[:at].strip(" |\t") or not text[at + 1 :].strip(" |\t")
        yield Edit(at, at + 1, "" if edge else CELL)


def cells_of(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where the cells of a row begin and end; one without a letter, such as a number, stays with its neighbour.

    >>> text = "3\tWonen\t\tBouw meer."
    >>> [text[start:end] for start, end in cells_of(text)]
    ['3\tWonen', 'Bouw meer.']
    """
    start = end = 0
    for match in re.finditer(rf"[^{CELL}]*[^{CELL}\s][^{CELL}]*", text):
        cell = match.group()
        low, high = match.start() + _behind_space(cell), match.start() + len(cell.rstrip())
        if end and any(map(str.isalpha, cell)) and any(map(str.isalpha, text[start:end])):
            yield start, end
            start = low
        elif not end:
            start = low
        end = high
    if end:
        yield start, end


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of marks that may open or close an emphasis."""

    start: int
    end: int
    mark: str
    opens: bool
    closes: bool


def _inline(texts: Sequence[str], block: _Block) -> Iterator[tuple[int, Edit]]:
    """Yield the marks inside the lines of a block, with the line of each."""
    bodies = [texts[place][start:] for place, start in zip(block.lines, block.starts, strict=True)]
    body = "\n".join(bodies)
    begins = list(accumulate((len(one) + 1 for one in bodies[:-1]), initial=0))
    for edit in _inline_edits(body):
        number = bisect_right(begins, edit.start) - 1
        shift = block.starts[number] - begins[number]
        yield block.lines[number], Edit(edit.start + shift, edit.end + shift, edit.after)


def _inline_edits(text: str) -> Iterator[Edit]:
    """Yield what takes the marks out of a block's text; none holds a line end."""
    start = 0
    item = _ITEM.match(text)
    if item:
        start = item.end()
        if box := _BOX.match(text, start):
            yield Edit(start, box.end(), "")
            start = box.end()
    runs: list[_Run] = []
    yield from _marks_inside(text, start, len(text), runs)
    for run in _paired(runs, text):
        yield Edit(run.start, run.end, "")
    for match in re.finditer(r"\\$", text, re.MULTILINE):
        yield Edit(match.start(), match.end(), "")


def _marks_inside(text: str, start: int, end: int, runs: list[_Run]) -> Iterator[Edit]:
    """Yield all marks but those of emphasis, which are collected in `runs`."""
    for match in _INLINE.finditer(text, start, end):
        if match["run"]:
            runs.append(_run(text, match.start(), match.end()))
        elif match["escape"]:
            yield Edit(match.start(), match.start() + 1, "")
        elif match["code"]:
            yield Edit(*match.span("ticks"), "")
            yield Edit(match.end("code"), match.end(), "")
        elif match["target"]:
            yield Edit(match.start(), match.start() + 1, "")
            yield from _marks_inside(text, match.start("label"), match.end("label"), runs)
            yield Edit(*match.span("target"), "")
        elif match["address"]:
            yield Edit(match.start(), match.start() + 1, "")
            yield Edit(match.end() - 1, match.end(), "")
        elif match["entity"]:
            meant = html.unescape(match.group())
            if len(meant) == 1 and meant.isprintable():
                yield Edit(*match.span(), meant)
        elif match["name"] and match["name"].lower() == "br":
            yield Edit(*match.span(), " ")
        else:
            yield Edit(*match.span(), "")


def _run(text: str, start: int, end: int) -> _Run:
    before, behind, mark = text[start - 1 : start], text[end : end + 1], text[start:end]
    inside = mark == "**"  # which extractors put inside a word, too
    opens = bool(behind.strip()) and (inside or not before.isalnum())
    closes = bool(before.strip()) and (inside or not behind.isalnum())
    return _Run(start, end, mark, opens, closes)


def _paired(runs: Sequence[_Run], text: str) -> Iterator[_Run]:
    """Yield the runs of marks that open and close an emphasis."""
    waiting: list[_Run] = []
    known = ("*", "**", "***", "_", "__", "___", "~~")
    for run in (run for run in runs if run.mark in known):
        opener = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n].mark == run.mark), None)
        if opener is not None and run.closes and waiting[opener].opens and run.start > waiting[opener].end:
            yield from (waiting[opener], run)
            del waiting[opener]
        else:
            waiting.append(run)
    # A space inside the marks: "**Wonen. **De gemeente", "** Wonen**".
    left = [run for run in waiting if run.mark == "**"]
    if len(left) % 2 == 0:
        for one, other in zip(left[::2], left[1::2], strict=True):
            if (one.opens or other.closes) and text[one.end : other.start].strip():
                yield from (one, other)
