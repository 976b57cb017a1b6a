"""Print what the privacy gate does with sentences as notes have them: `python -m benchmarks.privacy.notes [--wrong]`.

What belongs here: writing sentences as notes, as scanned papers, as transcripts and as exports of a survey have them,
and counting. What does not: any word (`tests/gold/privacy/notes.yaml`), and batches as they were written.

The sentences are those of the development batches and the development statements of the coding gold. They are in two
parts, by batch and by document: one, written with one half of the lists, is for whoever would learn from it; the other,
written with the other half, is counted here. A sentence counts when the gate judges it rightly as it was written.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from random import Random
from typing import Any, Literal

import yaml

from benchmarks.coding.gold import load_gold
from benchmarks.options import parser_of
from benchmarks.privacy.gold import BATCHES, GOLD, HELD, UNJUDGED, Sentence, read_clean, read_identifying
from pipeline.privacy.gate import Gate
from pipeline.text.language import load_language

Part = Literal["learned", "measured"]
STYLES = ("note", "scan", "speech", "export")
_MEASURED = 3
"""One batch or document in so many is measured, the others are learned from."""
_SAMPLE = 12
"""One statement of the coding gold in so many is measured."""
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Around a detail while its sentence is written otherwise."""
_DETAIL = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_WORD = re.compile(r"[^\W\d_]{4,}")
_CUT = re.compile(r"\b([a-zà-ÿ]{2,6}?[^\Waeiouyà-ÿ\d_]{1,2})[aeiouy][a-zà-ÿ]{3,}\b")
"""A word that is shortened behind its first letters, where a vowel follows."""
_PLAIN = re.compile(r"\b[a-zà-ÿ]{5,}\b")
Change = Callable[[str], str]


class Scribe:
    """Writes one sentence after another as notes are, with one half of the lists."""

    def __init__(self, data: Mapping[str, Any], part: Part) -> None:
        half = slice(0 if part == "learned" else 1, None, 2)
        self._lists: Mapping[str, list[Any]] = {name: several[half] for name, several in data.items()}
        self._short = [(re.compile(rf"\b{re.escape(word)}\b"), short) for word, short in self._lists["short"]]
        self._dropped = re.compile(rf"\b(?:{'|'.join(data['dropped'])})\s(?=\w)", re.IGNORECASE)
        self._misread = [(re.compile(one), other) for one, other in self._lists["misread"]]

    def write(
        self, text: str, details: Sequence[tuple[int, int]], style: str
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return a sentence in a style, and where its details then are; the same each time."""
        draw = Random(f"{style} {text}")
        marked = _marked(text, details)
        if style == "note":
            marked = self._noted(marked, draw)
        elif style == "scan":
            marked = self._scanned(marked, draw)
        elif style == "speech":
            marked = self._said(marked, draw)
        else:
            marked = self._exported(marked, draw)
        return _unmarked(marked)

    def _noted(self, marked: str, draw: Random) -> str:
        marked = _outside(marked, lambda part: self._dropped.sub(lambda word: _often(draw, word[0], "", 0.7), part))
        marked = _outside(marked, partial(self._shortened, draw=draw))
        for old, new in draw.sample(self._lists["signs"], 3):
            marked = _outside(marked, partial(_replaced, old=old, new=new))
        marked = marked.removesuffix(".")
        if draw.random() < 0.5 and marked[:1] != _OPEN:
            marked = marked[:1].lower() + marked[1:]
        marked += draw.choice(self._lists["counts"]) if draw.random() < 0.5 else ""
        return draw.choice(self._lists["bullets"]) + marked if draw.random() < 0.4 else marked

    def _shortened(self, part: str, draw: Random) -> str:
        for word, short in self._short:
            if draw.random() < 0.8:
                part = word.sub(short if draw.random() < 0.7 else short.rstrip("."), part)
        return _CUT.sub(lambda word: _often(draw, word[0], f"{word[1]}.", 0.25), part)

    def _scanned(self, marked: str, draw: Random) -> str:
        """Misread a word in four, and of details one in ten; lose spaces between others."""
        parts = []
        for part in _DETAIL.split(marked):
            share = 0.1 if part.startswith(_OPEN) else 0.25
            parts.append(_WORD.sub(lambda word, share=share: self._misread_word(word[0], draw, share), part))
        marked = "".join(parts)
        return _outside(
            marked, lambda part: re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _: _often(draw, " ", "", 0.04), part)
        )

    def _misread_word(self, word: str, draw: Random, share: float) -> str:
        if draw.random() >= share:
            return word
        for wrong, other in draw.sample(self._misread, len(self._misread)):
            if found := list(wrong.finditer(word)):
                one = draw.choice(found)
                return word[: one.start()] + one.expand(other) + word[one.end() :]
        return word

    def _said(self, marked: str, draw: Random) -> str:
        small = marked[:1].lower() + marked[1:]
        filler = draw.choice(self._lists["fillers"]) if draw.random() < 0.6 else ""
        head: str = draw.choice(self._lists["clocks"]) + draw.choice(self._lists["speakers"])
        return head + (filler + small if filler else marked)

    def _exported(self, marked: str, draw: Random) -> str:
        marked = marked.removesuffix(".") if draw.random() < 0.7 else marked
        if draw.random() < 0.3 and (words := list(_PLAIN.finditer(_DETAIL.sub(lambda one: " " * len(one[0]), marked)))):
            loud = draw.choice(words)
            marked = marked[: loud.start()] + loud[0].upper() + marked[loud.end() :]
        form: str = draw.choice(self._lists["exports"])
        return form.replace("%", marked)


def load_scribe(part: Part) -> Scribe:
    """Return who writes with one half of the lists."""
    return Scribe(yaml.safe_load((GOLD / "notes.yaml").read_text(encoding="utf-8")), part)


def part_of(source: str) -> Part:
    """Return the part that a batch or a document is in, by its name."""
    return "measured" if blake2b(source.encode(), digest_size=4).digest()[0] % _MEASURED == 0 else "learned"


def _replaced(part: str, old: str, new: str) -> str:
    return part.replace(old, new)


def _often(draw: Random, one: str, other: str, odds: float) -> str:
    return other if draw.random() < odds else one


def _outside(marked: str, change: Change) -> str:
    """Return a sentence with a change in what is no detail."""
    return "".join(part if part.startswith(_OPEN) else change(part) for part in _DETAIL.split(marked))


def _marked(text: str, details: Sequence[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in details:
        parts += [text[done:start], _OPEN, text[start:end], _CLOSE]
        done = end
    return "".join([*parts, text[done:]])


def _unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text without marks, and what stood between them."""
    details, parts, size = [], [], 0
    for part in _DETAIL.split(marked):
        bare = part.strip(_OPEN + _CLOSE)
        if part.startswith(_OPEN):
            details.append((size, size + len(bare)))
        parts.append(bare)
        size += len(bare)
    return "".join(parts), tuple(details)


def measured() -> Iterator[Sentence]:
    """Yield the sentences that are measured, as they were written; those without a kind are clean."""
    for batch in BATCHES:
        if batch not in HELD | UNJUDGED and part_of(batch) == "measured":
            yield from read_identifying(batch)
            yield from (Sentence("", text, ()) for text in read_clean(batch))
    documents = [document for document in load_gold("development") if part_of(document.id) == "measured"]
    texts = dict.fromkeys(one.text for document in documents for one in document.inputs)
    yield from (Sentence("", text, ()) for text in list(texts)[::_SAMPLE])


def main() -> None:
    """Print a row for each style."""
    parser = parser_of("benchmarks.privacy.notes", __doc__)
    parser.add_argument("--wrong", action="store_true", help="print what leaks and what is touched")
    wrong = parser.parse_args().wrong
    gate, scribe = Gate(load_language("nl")), load_scribe("measured")
    known = [one for one in measured() if not _is_wrong(one, gate)]
    print("| style | leaks | touched |\n|---|---|---|")
    for style in STYLES:
        counts = {True: [0, 0], False: [0, 0]}
        for one in known:
            written = Sentence(one.kind, *scribe.write(one.text, one.details, style))
            fails = _is_wrong(written, gate)
            counts[bool(one.kind)][0] += fails
            counts[bool(one.kind)][1] += 1
            if fails and wrong:
                print("  ", one.kind or "clean", "|", written.text, "|", gate.judge(written.text).text)
        leaks, touched = (f"{bad} of {several}" for bad, several in counts.values())
        print(f"| {style} | {leaks} | {touched} |", flush=True)


def _is_wrong(one: Sentence, gate: Gate) -> bool:
    judged = gate.judge(one.text)
    return one.leaks(judged) if one.kind else judged.privacy != "clear"


if __name__ == "__main__":
    main()
