"""What became of each entry of a document: counts, and their shares.

What belongs here: comparing a segmentation with what a document is. What does not: reading the gold (`gold`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.genres.gold import Document
from pipeline.text.document import Segmentation, read_lines, read_order, segment
from pipeline.text.language import Language

Places = frozenset[int]


@dataclass(slots=True)
class Counts:
    """What was found and what there was; each figure is a pair of counts.

    Attributes:
        pairs: By figure, found and wanted.
        faults: By figure, the texts that were not right.
    """

    pairs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    faults: list[tuple[str, str]] = field(default_factory=list)

    def add(self, figure: str, text: str, *, right: bool) -> None:
        """Count one thing that was right or wrong."""
        self.pairs[figure][0] += right
        self.pairs[figure][1] += 1
        if not right:
            self.faults.append((figure, text))

    def share(self, figure: str) -> float:
        """Return how much of a figure was right, 0 to 1; 1 where there was nothing."""
        found, wanted = self.pairs[figure]
        return found / wanted if wanted else 1.0


FIGURES: Mapping[str, str] = {
    "boilerplate": "of the lines that say nothing, those that are in no statement and no heading",
    "kept": "of the items and leads, those of which no character was taken for furniture or a heading",
    "headings": "of the headings, those that are a section of just these characters",
    "no heading": "of the sections that were found, those that are a heading",
    "items": "of the items, those that one bullet equals",
    "statements": "of the statements, those that one statement equals",
}


def measure(document: Document, language: Language, counts: Counts) -> None:
    """Read a document as the pipeline does, and count what became of its entries."""
    found = _Found.of(document, language)
    for entry in document.entries:
        text = _shown(document, entry.characters)
        if entry.kind == "boilerplate":
            counts.add("boilerplate", text, right=not entry.characters & (found.stated | found.headed))
        elif entry.kind == "heading":
            counts.add("headings", text, right=entry.characters in found.sections)
        elif entry.kind in ("item", "lead"):
            counts.add("kept", text, right=entry.characters <= found.stated)
        if entry.kind == "item":
            counts.add("items", text, right=entry.characters in found.bullets)
            for part in entry.parts:
                counts.add("statements", _shown(document, part), right=part in found.statements)
    headings = {entry.characters for entry in document.entries if entry.kind == "heading"}
    for section in found.sections:
        counts.add("no heading", _shown(document, section), right=section in headings)


def _shown(document: Document, places: Places) -> str:
    """Return the text between the first and the last of some characters."""
    if not places:
        return ""
    return f"{document.name}: {' '.join(document.text[min(places) : max(places) + 1].split())}"


@dataclass(frozen=True, slots=True)
class _Found:
    """The characters of each part of a segmentation that some entry holds."""

    sections: Sequence[Places]
    bullets: frozenset[Places]
    statements: frozenset[Places]
    stated: Places
    headed: Places

    @classmethod
    def of(cls, document: Document, language: Language) -> "_Found":
        raw = document.text.encode()
        encoding, lines = read_lines(raw, language)
        segmentation = segment(raw, encoding, document.name, lines, read_order(lines, language, ()), language)
        held = frozenset().union(*(entry.characters for entry in document.entries))
        by_key = _by_key(segmentation, document.text, held)
        statements = {placed.key: by_key.get(placed.key, frozenset()) for placed in segmentation.statements}
        bullets: dict[int, Places] = defaultdict(frozenset)
        for placed in segmentation.statements:
            bullets[placed.bullet] |= statements[placed.key]
        sections = [by_key.get(section.key, frozenset()) for section in segmentation.sections]
        return cls(
            [places for places in sections if places],
            frozenset(bullets.values()),
            frozenset(statements.values()),
            frozenset().union(*statements.values()),
            frozenset().union(*sections),
        )


def _by_key(segmentation: Segmentation, text: str, held: Places) -> dict[str, Places]:
    """Return, by the key of a statement or section, which of these characters it holds."""
    at_byte, place = {}, 0
    for index, character in enumerate(text):
        at_byte[place] = index
        place += len(character.encode())
    keys: dict[str, set[int]] = defaultdict(set)
    for span in segmentation.spans:
        if span.owner is not None:
            keys[span.owner] |= {at_byte[n] for n in range(span.start, span.end) if n in at_byte and at_byte[n] in held}
    return {key: frozenset(places) for key, places in keys.items()}
