"""How the one real page is read whose gold was made by hand: every text verbatim, and doubt where there is doubt.

What belongs here: comparing a reading with a gold file of the shape of `../shared/gold/seed.json`. What does not:
agreement of a release with that file (`pipeline.agreement`). The gold is development data.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.text.document import read_lines, read_order, segment
from pipeline.text.language import load_language

SHARED = Path(__file__).parents[3] / "shared"
_OPEN = re.compile(r"cannot place lines ([\d, and]+)")
_COULD = re.compile(r"Lines ([\d, and]+) stand .* could stand")


@dataclass(frozen=True, slots=True)
class SeedReading:
    """What is right and wrong about a reading.

    Attributes:
        texts: How many texts the gold has.
        missing: Gold texts that are no statement of the reading.
        confidences: The highest confidence of each line that the gold calls open.
        below: Of the lines that the gold calls settled, those with a lower confidence than some open line, with it.
    """

    texts: int
    missing: tuple[str, ...]
    confidences: Mapping[int, float]
    below: Mapping[int, float]

    def lines(self) -> list[str]:
        """Return the reading's verdict in words."""
        found = self.texts - len(self.missing)
        opened = ", ".join(f"{line}: {confidence:.3f}" for line, confidence in self.confidences.items())
        lower = ", ".join(f"{line}: {confidence:.3f}" for line, confidence in self.below.items())
        return [
            f"seed: {found} of {self.texts} texts verbatim",
            *(f"  missing: {text}" for text in self.missing),
            f"seed: confidences of open lines {opened}; of settled lines below these {lower or 'none'}",
        ]


def read_seed(shared: Path = SHARED) -> SeedReading | None:
    """Return how the seed is read, or None where there is no gold.

    Raises:
        ValueError: when the gold does not say which lines are open.
    """
    path = shared / "gold" / "seed.json"
    if not path.exists():
        return None
    gold = json.loads(path.read_text(encoding="utf-8"))
    raw = (shared / "seed" / gold["document"]["source_file"]).read_bytes()
    language = load_language(gold["document"]["language"])
    encoding, lines = read_lines(raw, language)
    reading = read_order(lines, language, ())
    found = segment(raw, encoding, gold["document"]["id"], lines, reading, language)
    texts = [statement["text"] for statement in gold["statements"]]
    said = {placed.statement.text for placed in found.statements}
    opened, could = _numbers(_OPEN, gold, path), _numbers(_COULD, gold, path)
    lowest: dict[int, float] = {}
    highest: dict[int, float] = {}
    for part in reading.segments:
        number = part.line.number
        lowest[number] = min(part.confidence, lowest.get(number, 1.0))
        highest[number] = max(part.confidence, highest.get(number, 0.0))
    confidences = {number: highest[number] for number in sorted(opened)}
    limit = max(confidences.values())
    below = {n: c for n, c in sorted(lowest.items()) if c <= limit and n not in opened | could}
    return SeedReading(len(texts), tuple(text for text in texts if text not in said), confidences, below)


def _numbers(pattern: re.Pattern[str], gold: Mapping[str, Any], path: Path) -> frozenset[int]:
    match = pattern.search(gold["how"])
    if match is None:
        raise ValueError(f"{path}: its text `how` does not say which lines are open ({pattern.pattern})")
    return frozenset(map(int, re.findall(r"\d+", match.group(1))))
