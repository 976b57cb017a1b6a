"""What the marks of a Markdown document say of its lines, and what takes them out.

What belongs here: which lines hold text, open a paragraph, are rows or headings, and the edits of each line. What does
not: finding blocks (`blocks`) and marks inside lines (`inline`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.text.headings import LONGEST, sets_headings
from pipeline.text.markdown.blocks import DEEPEST, Block, read_blocks
from pipeline.text.markdown.cells import CELL, HEADER_WORDS
from pipeline.text.markdown.forms import ENDED, behind_space, is_table_rule
from pipeline.text.markdown.inline import inline_edits
from pipeline.text.model import Edit

TITLE_WORDS, TITLE_LETTERS = 12, 100
"""Most that a line in bold holds that may be a heading."""

_PIPE = re.compile(r"(?<!\\)\|")
_ALL_BOLD = re.compile(r"\s*(?:(?:\*\*|__)[^*_]*[^\W\d_]{3}[^*_]*(?:\*\*|__)\s*)+$")
_NO_TITLE = re.compile(r"[\"'“”„‘’«»]|.*[.:;,…!]$")


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


def read_marks(texts: Sequence[str]) -> Marks:
    """Return what the marks of a Markdown document say.

    Args:
        texts: Its lines.
    """
    blocks, left_out = read_blocks(texts)
    marks = Marks(left_out=left_out)
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


def _goes_on(texts: Sequence[str], before: Block, block: Block) -> bool:
    """Return whether a block goes on with the sentence before it, which a page end or a picture interrupts."""
    if block.kind != "text" or before.kind not in ("text", "item"):
        return False
    last = texts[before.lines[-1]]
    return texts[block.lines[0]][block.starts[0] :].lstrip()[:1].islower() and not ENDED.search(last)


def _bold_headings(texts: Sequence[str], blocks: Sequence[Block]) -> frozenset[int]:
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


def _change(texts: Sequence[str], block: Block, prefix: str, marks: Marks) -> None:
    """Note what takes the marks out of a block, and the lines of which nothing is left."""
    place = block.lines[0]
    if block.kind == "row" and (is_table_rule(texts[place]) or _names_columns(texts, place)):
        marks.left_out.add(place)
        return
    edits: dict[int, list[Edit]] = {place: [] for place in block.lines}
    for place, edit in _edits(texts, block):
        edits[place].append(edit)
    for place, found in edits.items():
        ordered = _with_space_around(texts[place], sorted(found, key=lambda edit: edit.start))
        if prefix:
            ordered = _prefixed(texts[place], ordered, prefix)
        if ordered and not any(map(str.isalnum, _edited(texts[place], ordered))):
            marks.left_out.add(place)
        elif ordered:
            marks.edits[place] = tuple(ordered)


def _edits(texts: Sequence[str], block: Block) -> Iterator[tuple[int, Edit]]:
    """Yield what takes the marks out of a block, with the line of each."""
    if block.kind == "code":
        return
    for place, start in zip(block.lines, block.starts, strict=True):
        low = behind_space(texts[place])
        if start > low:
            yield place, Edit(low, start, "")
        if block.kind == "row":
            yield from ((place, edit) for edit in _pipes(texts[place]))
    yield from inline_edits(texts, block)


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a line after edits."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.after]
        done = edit.end
    return "".join([*pieces, text[done:]])


def _with_space_around(text: str, edits: list[Edit]) -> list[Edit]:
    """Let the space around marks that open a line go with them, so that their bytes go with the word behind them."""
    low, at = 0, behind_space(text)
    for number, edit in enumerate(edits):
        if edit.start != at or edit.after.strip():
            break
        at = edit.end + behind_space(text[edit.end :])
        edits[number] = Edit(low, at, "")
        low = at
    return edits


def _prefixed(text: str, edits: list[Edit], prefix: str) -> list[Edit]:
    """Return edits that put hashes before a line, too."""
    start = behind_space(text)
    if edits and edits[0].start <= start:
        first, *others = edits
        return [Edit(first.start, first.end, prefix + first.after), *others]
    return [Edit(start, start + 1, prefix + text[start]), *edits]


def _names_columns(texts: Sequence[str], place: int) -> bool:
    """Return whether a row names the columns of its table: it stands above the rule, and says nothing else."""
    if place + 1 >= len(texts) or not is_table_rule(texts[place + 1]):
        return False
    cells = [cell.strip(" *_") for cell in _PIPE.split(texts[place])]
    return all(len(cell.split()) <= HEADER_WORDS and not ENDED.search(cell) for cell in cells)


def _pipes(text: str) -> Iterator[Edit]:
    """Yield what turns the pipes of a row into ends of cells; those at its edges go."""
    found = [match.start() for match in _PIPE.finditer(text)]
    for at in found:
        edge = not text[:at].strip(" |\t") or not text[at + 1 :].strip(" |\t")
        yield Edit(at, at + 1, "" if edge else CELL)
