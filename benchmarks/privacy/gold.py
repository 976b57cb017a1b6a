"""The gold of the privacy gate: constructed sentences with what must go between braces, and clean ones."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.privacy.model import Judgement

GOLD = Path(__file__).parents[2] / "tests" / "gold" / "privacy"
BATCHES = (
    *("dev", "test", "second", "third", "fourth", "fifth", "stories", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty_first", "twenty_second"),
    *("twenty_third", "twenty_fourth", "twenty_fifth", "twenty_sixth", "twenty_seventh"),
    *("twenty_eighth", "twenty_ninth", "thirtieth", "thirty_first", "thirty_second", "thirty_third"),
    *("thirty_fourth", "thirty_fifth", "thirty_sixth", "thirty_seventh", "thirty_eighth", "thirty_ninth"),
    *("fortieth", "forty_first", "forty_second", "forty_third", "forty_fourth", "forty_fifth"),
    *(
        "forty_sixth",
        "forty_seventh",
        "forty_eighth",
        "forty_ninth",
        "fiftieth",
        "fifty_first",
        "fifty_second",
        "fifty_third",
        "fifty_fourth",
        "fifty_fifth",
        "fifty_sixth",
        "fifty_seventh",
        "fifty_eighth",
        "fifty_ninth",
        "sixtieth",
        "sixty_first",
        "sixty_second",
        "sixty_third",
        "sixty_fourth",
        "sixty_fifth",
        "sixty_sixth",
        "sixty_seventh",
        "sixty_eighth",
        "sixty_ninth",
        "seventieth",
        "seventy_first",
        "seventy_second",
        "seventy_third",
        "seventy_fourth",
        "seventy_fifth",
        "seventy_sixth",
        "seventy_seventh",
        "seventy_eighth",
    ),
)
"""In the order in which they were written; `tests/gold/privacy/README.md` says when each was opened."""

HELD = frozenset(
    {
        *("test", "fortieth", "forty_third", "forty_ninth", "fifty_sixth", "sixty_first", "sixty_fifth"),
        *("sixty_eighth", "seventieth", "seventy_second", "seventy_fourth", "seventy_sixth"),
    }
)
"""Batches that are shown by count only: neither rules nor weights are from them."""
UNJUDGED: frozenset[str] = frozenset()
"""Batches that are not held and that no gate has judged yet: weights do not learn from them and no test counts their
leaks until they were measured at first sight. Who measures one takes it out of here."""

_BRACED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """An identifying sentence: its kind, its text without braces, and the ranges of characters that must go."""

    kind: str
    text: str
    details: tuple[tuple[int, int], ...]

    def leaks(self, judgement: Judgement) -> bool:
        """Whether a letter or digit of a detail would be published."""
        if judgement.privacy == "withheld":
            return False
        if not self.details:
            return self.kind == "withheld" or judgement.privacy == "clear"
        gone = {at for finding in judgement.findings for at in range(finding.start, finding.end)}
        return any(
            self.text[at].isalnum() and at not in gone for start, end in self.details for at in range(start, end)
        )


def read_identifying(batch: str) -> list[Sentence]:
    """Return the identifying sentences of a batch."""
    kinds = yaml.safe_load((GOLD / f"{batch}_identifying.yaml").read_text(encoding="utf-8"))
    return [read_braced(kind, text) for kind, texts in kinds.items() for text in texts]


def read_clean(batch: str) -> list[str]:
    """Return the clean sentences of a batch, without the reason that may stand after a tab."""
    lines = (GOLD / f"{batch}_clean.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines]


def read_braced(kind: str, braced: str) -> Sentence:
    """Return a sentence of a kind, given with braces around what must go."""
    details: list[tuple[int, int]] = []
    for count, match in enumerate(_BRACED.finditer(braced)):
        start = match.start() - 2 * count
        details.append((start, start + len(match[1])))
    return Sentence(kind, _BRACED.sub(r"\1", braced), tuple(details))
