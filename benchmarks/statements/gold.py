"""The hand-cut bullets of `tests/gold/statements`.

What belongs here: reading them. What does not: judging anything by them.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.text.model import Line, Paragraph, Segment

FOLDER = Path(__file__).parents[2] / "tests" / "gold" / "statements"


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet that was cut by hand.

    Attributes:
        lines: Its lines as they stand in a raw file.
        parts: The visible characters of each statement, spaces and hand marks taken out.
        texts: The text of each statement when no word was broken at a line end, else None.
    """

    lines: tuple[str, ...]
    parts: tuple[str, ...]
    texts: tuple[str, ...] | None


def read_half(half: str) -> tuple[Bullet, ...]:
    """Return the bullets of the `development` or the `test` half."""
    bullets: list[Bullet] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if content["half"] == half:
            bullets.extend(_bullet(row.strip()) for row in content["bullets"].splitlines() if row.strip())
    return tuple(bullets)


def _bullet(row: str) -> Bullet:
    raw = re.sub(r"[{}]|\| ", "", row)
    marked = row.replace("⏎", " ")
    parts = tuple("".join(re.sub(r"[{}]", "", part).split()) for part in marked.split("|"))
    texts = tuple(" ".join(re.sub(r"\{[^}]*\}", "", part).split()) for part in marked.split("|"))
    return Bullet(tuple(raw.split("⏎")), parts, None if "⏎" in row else texts)


def paragraph(lines: tuple[str, ...]) -> Paragraph:
    """Return lines as one paragraph of an UTF-8 file that holds nothing else."""
    segments, offset = [], 0
    for number, text in enumerate(lines, 1):
        offsets = [offset]
        for character in text:
            offsets.append(offsets[-1] + len(character.encode()))
        offset = offsets[-1] + 1
        line = Line(number, 1, text, offsets)
        start = len(text) - len(text.lstrip())
        segments.append(Segment(line, start, max(start, len(text.rstrip())), 1, number == 1, 1.0))
    return Paragraph(tuple(segments), None)
