"""Gold codings: reading `tests/gold/codings/*.yaml`.

What belongs here: turning gold files into inputs for a coder and codings to compare with. What does not: comparing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from pipeline.coding.codebook import Codebook
from pipeline.coding.model import Coding, CodingInput
from pipeline.text.language import YAML_LOADER

GOLD = Path(__file__).parents[2] / "tests" / "gold" / "codings"
PHRASES = Path(__file__).with_name("phrases.tsv")
"""Single phrases with codes, to learn from beside the gold."""
UNLEARNED = frozenset(
    f"w39-{name}"
    for name in (
        "brief-belangenvereniging", "briefjes-eenzaamheid", "enquete-jeugdprofessionals", "notulen-raad-van-overlevers",
        "werksessie-veilig-thuis",
    )
)  # fmt: skip
"""Development documents that were counted but never looked at, and from which the coder learns nothing."""
Side = Literal["codes", "first", "second", "other"]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its codes.

    Attributes:
        id: Its name.
        split: `development` or `test`.
        constructed: Whether it was invented for this purpose.
        hand: Who wrote and coded it, where that was not the author of the cues; else empty.
        inputs: Its statements in reading order.
        codes: Per statement the codes of each dimension, adjudicated.
        first: What the first pass gave.
        second: What the second pass gave.
        other: What another hand gave that saw the texts alone; empty when none coded the document again.
    """

    id: str
    split: str
    constructed: bool
    hand: str
    inputs: tuple[CodingInput, ...]
    codes: tuple[Mapping[str, tuple[str, ...]], ...]
    first: tuple[Mapping[str, tuple[str, ...]], ...]
    second: tuple[Mapping[str, tuple[str, ...]], ...]
    other: tuple[Mapping[str, tuple[str, ...]], ...]

    def bullets(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the texts of the statements of each bullet, with the title of its section before them."""
        groups = groupby(self.inputs, key=lambda item: (item.section_title, item.bullet))
        return [(title, tuple(item.text for item in items)) for (title, _), items in groups]

    def codings(self, codebook: Codebook, side: Side = "codes") -> list[Coding]:
        """Return the primary codes as codings of a coder called `gold`, or after the side, such as `gold-first`."""
        coder = "gold" if side == "codes" else f"gold-{side}"
        given = {"codes": self.codes, "first": self.first, "second": self.second, "other": self.other}[side]
        return [
            Coding(item.statement_id, dimension.id, code, coder, "primary", "explicit", 1.0, None, None)
            for item, codes in zip(self.inputs, given, strict=True)
            for dimension in codebook.dimensions
            for code in codes.get(dimension.id, (dimension.default,))
            if code is not None
        ]


def load_gold(split: str) -> list[GoldDocument]:
    """Return the documents of a split in the order of their names."""
    return [document for document in _documents() if document.split == split]


def load_learned() -> list[GoldDocument]:
    """Return the development documents that may be learned from."""
    return [document for document in load_gold("development") if document.id not in UNLEARNED]


@cache  # half a thousand files, which take seconds
def _documents() -> tuple[GoldDocument, ...]:
    return tuple(_document(path) for path in sorted(GOLD.glob("*.yaml")))


def _document(path: Path) -> GoldDocument:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)
    inputs: list[CodingInput] = []
    codes: dict[str, list[Mapping[str, tuple[str, ...]]]] = {side: [] for side in get_args(Side)}
    bullet = 0
    for section in data["sections"]:
        for statements in section["bullets"]:
            bullet += 1
            context: list[str] = []
            for statement in statements:
                name = f"{data['document']}:{len(inputs) + 1}"
                inputs.append(CodingInput(name, statement["text"], tuple(context), section["title"], bullet))
                context.append(statement["text"])
                for side, collected in codes.items():
                    collected.append(_codes({**statement["codes"], **statement.get(side, {})}))
    return GoldDocument(
        data["document"], data["split"], data["constructed"], data.get("hand", ""),
        tuple(inputs),
        tuple(codes["codes"]), tuple(codes["first"]), tuple(codes["second"]),
        tuple(codes["other"]) if "recoded" in data else (),
    )  # fmt: skip


def _codes(raw: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(value) if isinstance(value, list) else (value,) for key, value in raw.items()}
