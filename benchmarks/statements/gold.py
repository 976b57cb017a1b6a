"""The bullets that people and machines cut by hand: those of `tests/gold/statements`, and those of the gold codings.

What belongs here: reading them. What does not: judging anything by them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from benchmarks.coding.gold import load_gold
from pipeline.text.language import YAML_LOADER
from pipeline.text.model import Line, Paragraph, Segment

GOLD = Path(__file__).parents[2] / "tests" / "gold"
FOLDER = GOLD / "statements"
NATURAL = (
    *("dev_zeventiende", "dev_achttiende", "dev_negentiende", "dev_twintigste", "dev_eenentwintigste"),
    "dev_drieentwintigste",
    "test_zesde_helft",
)
"""How the files of bullets in the natural mix begin, written and cut by other hands than wrote the rules."""
HANDS = ("w1", "w2", "w3", "w4", "w5")
"""Hands of strangers in `tests/gold/codings` on whose errors the rules were mended."""
OWN = "own"
"""The hand of the documents there that name none."""


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


@cache
def read_half(half: str) -> tuple[Bullet, ...]:
    """Return the bullets of the `development` or the `test` half; kept, since what makes inputs asks for every part."""
    return tuple(bullet for bullets in read_files(half).values() for bullet in bullets)


def read_files(half: str) -> dict[str, tuple[Bullet, ...]]:
    """Return the bullets of a half by the name of their file, without its ending."""
    found: dict[str, tuple[Bullet, ...]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)
        if content["half"] == half:
            found[path.stem] = tuple(_bullet(row.strip()) for row in content["bullets"].splitlines() if row.strip())
    return found


def read_natural(half: str) -> tuple[Bullet, ...]:
    """Return the bullets of a half in the natural mix, sentence ends included: what the bar is about."""
    return tuple(bullet for name, bullets in read_files(half).items() if name.startswith(NATURAL) for bullet in bullets)


def read_hands() -> dict[str, tuple[Bullet, ...]]:
    """Return the bullets of the development codings by the hand that wrote and cut them; no held-out hand is read."""
    found: dict[str, list[Bullet]] = {hand: [] for hand in (*HANDS, OWN)}
    for document in load_gold("development"):
        found.setdefault(document.hand or OWN, []).extend(_coded(statements) for _, statements in document.bullets())
    return {hand: tuple(bullets) for hand, bullets in found.items()}


def _coded(statements: Sequence[str]) -> Bullet:
    """Return a bullet of a coded document, its statements put together again.

    No statement holds its connecting word, so `en` is put back where a later one goes on in small letters after a word.
    """
    texts = [" ".join(statement.split()) for statement in statements]
    joined = [
        f"en {text}" if number and text[0].islower() and texts[number - 1][-1].isalnum() else text
        for number, text in enumerate(texts)
    ]
    return Bullet((" ".join(joined),), tuple("".join(text.split()) for text in joined), tuple(texts))


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
