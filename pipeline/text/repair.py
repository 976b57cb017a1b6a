"""Mending characters that an extractor or a wrong decoding has spoilt, each mend on record.

What belongs here: small named fixers of characters. What does not: anything that changes quotes, case or wording, and
anything that needs to know about more than one line (words broken at line ends: `pipeline.text.joining`).

A fixer takes the characters of a line and yields `Edit`s. The repairs of a line never overlap: where two fixers touch
the same bytes (a mis-decoded soft hyphen, say) one repair holds the result of both, under the first one's name.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

import ftfy
from ftfy.chardata import LIGATURES

from pipeline.text.accents import code_page, spacing_accent
from pipeline.text.language import Language
from pipeline.text.model import Edit, Repair

# A byte that was lost before the text came here is not guessed. `fix_encoding` changes no quotes, width or case.
_CONFIG = ftfy.TextFixerConfig(replace_lossy_sequences=False)
# No fixer has anything to do with plain ASCII, but for entities, numbers of glyphs, accents and what may be a bullet.
_PLAIN = re.compile(r"(?!\s*(?:e|[IVXl]+\.)\s)(?!.*(?:\(cid:|&#?\w+;|`|(?<!\S)[nlq] ))[\t\x20-\x5e\x61-\x7b\x7d\x7e]*")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_BEYOND_ASCII = re.compile(r"[^ \t]*[^\x00-\x7f][^ \t]*(?:(?<=Ã) )?")
_LIGATURE = re.compile("[" + "".join(map(chr, LIGATURES)) + "]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0085\u000b]")
_ZERO_WIDTH = re.compile(  # marks of direction among them
    "[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|(?<![\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d"
)
MARKS_KIND = "markdown"
"""Of the repairs that take out the marks of Markdown (`pipeline.text.markdown`)."""
CELLS_KIND = "cell"
"""Of those that make a tab of the mark between two cells of a table (`pipeline.text.tables`)."""
DROPPED = "\ufffe"  # what pdfium writes for a hyphen that ended a line when it puts that line and the next together
_SOFT_HYPHEN = re.compile("\u00ad")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_SYMBOL_BULLET = re.compile(
    "[\uf02d\uf06c\uf06e\uf06f\uf071\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0e8\uf0f0\uf0fc\uf0fe]"
    # pdfminer reads as a letter what prints as a square, a disc or an arrow in Zapf Dingbats and Wingdings, pypdf as a
    # delete the bullet of the standard fonts. A measure ("5 l") is none.
    r"|(?<!\S)(?<!\d )[nlqØü§](?= +[A-ZÀ-Þ])|(?<!\S)\x7f(?!\S)"
)
# What OCR reads where a disc is printed: an e, a guillemet that nothing closes, a glyph with lines below it.
_READ_BULLET = re.compile(
    r"^(?P<indent>\s*)(?:e(?=\s+[A-ZÀ-Þ])|«(?=\s[^»]*$)|(?:[*+•«°~e-](?=\s?_))\s?_+(?=[^_]*$)(?!\s*$))"
)
# And where a Roman number is: "Il.", "|.", "Vl.". A small l alone is a letter that counts.
_READ_ROMAN = re.compile(r"^\s*(?=[IVX]*[l|])(?!l\.)(?P<number>[IVXl|]{1,5})(?=[.)]\s+[A-ZÀ-Þ])")
_UNMAPPED = re.compile(r"\(cid:\d{1,5}\)")  # what pdfminer, and so pdfplumber, writes for a glyph without a character


Judge = Callable[[str, str], str]
"""Returns what a hyphen at a line end stands for, given the text before and after it: nothing, `-` or `- `."""


def mojibake(text: str) -> Iterator[Edit]:
    """Mend UTF-8 that was decoded as Mac Roman, Windows-1252 or a kin, word by word.

    ftfy decides. Words are mended one at a time, so one spoilt word does not need a spoilt line. A word whose U+FFFD it
    would turn into control characters stays as it is: what was lost before must stay visible.

    >>> [edit.after for edit in mojibake("meer co√∂rdinatie")]
    ['ö']
    """
    for match in _BEYOND_ASCII.finditer(text):
        word = match.group()
        mended = ftfy.fix_encoding(word, _CONFIG)
        if mended != word and mended.count("\ufffd") >= word.count("\ufffd"):
            for kind, start, end, low, high in SequenceMatcher(None, word, mended, autojunk=False).get_opcodes():
                if kind == "equal":
                    continue
                # An edit is never empty: an insertion takes the character before it along, or the one behind it.
                before = int(start == end > 0)
                behind = int(start == end == 0)
                yield Edit(
                    match.start() + start - before, match.start() + end + behind, mended[low - before : high + behind]
                )


def entity(text: str) -> Iterator[Edit]:
    """Put the character in the place of its name or number in HTML; a name that HTML does not know stays.

    >>> [edit.after for edit in entity("cli&euml;nten, R&amp;D, A&B;")]
    ['ë', '&']
    """
    for match in _ENTITY.finditer(text):
        character = html.unescape(match.group())
        if character != match.group():
            yield Edit(match.start(), match.end(), character)


def ligature(text: str) -> Iterator[Edit]:
    """Spell ligatures out.

    >>> [edit.after for edit in ligature("o\ufb03cieel")]
    ['ffi']
    """
    for match in _LIGATURE.finditer(text):
        yield Edit(match.start(), match.end(), LIGATURES[ord(match.group())])


def soft_hyphen(text: str) -> Iterator[Edit]:
    """Remove soft hyphens inside a line; before white space they are printed, and become hyphens.

    >>> [edit.after for edit in soft_hyphen("mensen\u00adhandel")]
    ['']
    """
    for match in _SOFT_HYPHEN.finditer(text):
        rest = text[match.end() : match.end() + 1]
        yield Edit(match.start(), match.end(), "" if rest.strip() else "-")


def dropped_hyphen(text: str, judge: Judge) -> Iterator[Edit]:
    """Put back what a hyphen stood for that pdfium dropped at a line end; at the end of a line it stays a hyphen.

    >>> [edit.after for edit in dropped_hyphen("mensen\ufffehandel, ex\ufffepartner", lambda before, after: "-")]
    ['-', '-']
    """
    for match in re.finditer(DROPPED, text):
        before, after = text[: match.start()], text[match.end() :]
        yield Edit(match.start(), match.end(), judge(before, after) if after.strip() else "-")


def space(text: str) -> Iterator[Edit]:
    """Turn every other kind of white space into a plain space."""
    return (Edit(match.start(), match.end(), " ") for match in _SPACE.finditer(text))


def zero_width(text: str) -> Iterator[Edit]:
    """Remove what has no width."""
    return (Edit(match.start(), match.end(), "") for match in _ZERO_WIDTH.finditer(text))


def control(text: str) -> Iterator[Edit]:
    """Remove control characters."""
    return (Edit(match.start(), match.end(), "") for match in _CONTROL.finditer(text))


def composition(text: str) -> Iterator[Edit]:
    """Compose a letter and its combining marks into one character where there is one (Unicode NFC)."""
    for match in _COMBINED.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield Edit(match.start(), match.end(), composed)


def symbol_bullet(text: str) -> Iterator[Edit]:
    """Turn what symbol fonts print as list bullets into a bullet: private-use characters, letters, a delete.

    >>> [edit.after for edit in symbol_bullet("n Meer opvang n Minder regels")]
    ['•', '•']
    """
    return (Edit(match.start(), match.end(), "•") for match in _SYMBOL_BULLET.finditer(text))


def read_bullet(text: str) -> Iterator[Edit]:
    """Put a bullet where OCR read the bullet that opens a line as something else.

    >>> [edit.after for edit in read_bullet("e Meer opvang")], list(read_bullet("e-mail en telefoon"))
    (['•'], [])
    """
    if match := _READ_BULLET.match(text):
        follows = text[match.end() : match.end() + 1]
        yield Edit(match.end("indent"), match.end(), "•" if follows.isspace() else "• ")


def read_roman(text: str) -> Iterator[Edit]:
    """Put the letter I where OCR read another stroke in a Roman number that opens a line.

    >>> [edit.after for edit in read_roman("Ill. Advies")], list(read_roman("l. Advies"))
    (['III'], [])
    """
    if match := _READ_ROMAN.match(text):
        yield Edit(match.start("number"), match.end("number"), re.sub("[l|]", "I", match["number"]))


def unmapped(text: str) -> Iterator[Edit]:
    """Turn the number of a glyph that has no character into a bullet where it stands alone, else into U+FFFD.

    The bullet of the standard PDF fonts has none in pdfminer. What such a glyph was inside a word is lost.

    >>> [edit.after for edit in unmapped("(cid:127) Meer co(cid:246)rdinatie")]
    ['•', '\ufffd']
    """
    for match in _UNMAPPED.finditer(text):
        before, behind = text[: match.start()][-1:], text[match.end() :][:1]
        bullet = not before.strip() and (not behind.strip() or behind.isupper())
        yield Edit(match.start(), match.end(), "•" if bullet else "\ufffd")


FIXERS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    entity,
    mojibake,
    ligature,
    symbol_bullet,
    read_bullet,
    read_roman,
    unmapped,
    soft_hyphen,
    space,
    zero_width,
    control,
    composition,
)
"""In the order in which they run; a fixer's name is the `kind` of its repairs."""


SPELLERS: tuple[Callable[[str, Language], Iterator[Edit]], ...] = (spacing_accent, code_page)
"""What runs behind them where the language is known; a fixer's name is the `kind` here, too."""


def beside_capital(before: str, after: str) -> str:
    """Return what a hyphen at a line end stands for as far as capitals tell: part of the word, or nothing."""
    return "-" if before[-1:].isupper() or after[:1].isupper() else ""


def repair_line(
    text: str,
    offsets: Sequence[int],
    judge: Judge = beside_capital,
    marks: Sequence[Edit] = (),
    marks_kind: str = MARKS_KIND,
    language: Language | None = None,
) -> tuple[str, Sequence[int], tuple[Repair, ...]]:
    """Repair one line.

    Args:
        text: Characters as decoded, without the line end.
        offsets: `len(text) + 1` byte positions.
        judge: Tells what the hyphens stand for that pdfium dropped.
        marks: What takes marks of Markdown out, or makes tabs of those between cells, in the characters that the fixers
            leave.
        marks_kind: Which of the two.
        language: Whose dictionary tells of accents; without one they stay.

    Returns:
        The repaired text, its offsets (`len + 1`; the bytes of removed characters go with the character before them),
        and the repairs in byte order, which never overlap.
    """
    if not marks and _PLAIN.fullmatch(text):
        return text, offsets, ()
    line = _Mended(text, offsets)
    for order, fixer in enumerate(FIXERS):
        line.apply(order, fixer.__name__, list(fixer(line.text)))
    if language is not None:
        for order, speller in enumerate(SPELLERS, start=len(FIXERS)):
            line.apply(order, speller.__name__, list(speller(line.text, language)))
    last = len(FIXERS) + len(SPELLERS)
    line.apply(last, soft_hyphen.__name__, list(dropped_hyphen(line.text, judge)))
    line.apply(last + 1, marks_kind, marks)
    if not line.text:  # nothing visible: a blank line holds the bytes
        first, last = offsets[0], offsets[-1]
        return " ", (first, last), (Repair(first, last, control.__name__, text, " "),)
    return line.text, line.offsets(), line.repairs()


class _Mended:
    """A line under repair: its characters, each with the range of original characters that it stands for."""

    def __init__(self, text: str, offsets: Sequence[int]) -> None:
        self.original = text
        self.bytes = offsets
        self.text = text
        self.ranges = [(i, i + 1) for i in range(len(text))]
        self.touched: list[tuple[int, int, int, str]] = []

    def apply(self, order: int, kind: str, edits: Sequence[Edit]) -> None:
        """Carry out edits, none of them empty, that ascend and do not overlap."""
        text: list[str] = []
        ranges: list[tuple[int, int]] = []
        done = 0
        for edit in edits:
            low, high = self.ranges[edit.start][0], self.ranges[edit.end - 1][1]
            text += [self.text[done : edit.start], edit.after]
            ranges += self.ranges[done : edit.start]
            # Several characters for one range: the first owns it, the others are empty ranges at its end.
            ranges += [(low, high), *[(high, high)] * (len(edit.after) - 1)] if edit.after else []
            begin = self._made_from(low) if low == high else low
            self.touched.append((begin, high, order, kind))
            done = edit.end
        self.text = "".join([*text, self.text[done:]])
        self.ranges = ranges + self.ranges[done:]

    def _made_from(self, end: int) -> int:
        """Return where the original characters begin of which an earlier edit, that ends here, made several."""
        return min((low for low, high, *_ in self.touched if high == end), default=end)

    def offsets(self) -> Sequence[int]:
        starts = [self.bytes[low] for low, _ in self.ranges]
        if starts:
            starts[0] = self.bytes[0]
        return [*starts, self.bytes[len(self.original)]]

    def repairs(self) -> tuple[Repair, ...]:
        found, at = [], 0
        for low, high, _, kind in self._merged():
            while at < len(self.ranges) and (self.ranges[at][0] < low or self.ranges[at] == (low, low)):
                at += 1
            begin = at
            while at < len(self.ranges) and (self.ranges[at][0] < high or self.ranges[at] == (high, high)):
                at += 1
            found.append(Repair(self.bytes[low], self.bytes[high], kind, self.original[low:high], self.text[begin:at]))
        return tuple(found)

    def _merged(self) -> list[tuple[int, int, int, str]]:
        """Return what was touched, in order, overlapping ranges as one under the name of the first fixer."""
        merged: list[tuple[int, int, int, str]] = []
        for low, high, order, kind in sorted(self.touched):
            if merged and low < merged[-1][1]:
                first = min(merged[-1], (low, high, order, kind), key=lambda touch: touch[2])
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]), first[2], first[3])
            else:
                merged.append((low, high, order, kind))
        return merged
