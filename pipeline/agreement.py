"""How a release agrees with hand-made gold for one of its documents.

What belongs here: comparing a published document with a gold file in the shape of `seed.json`. What does not: gold
texts, and reliability between coders (`pipeline.coding.reliability`).

A gold statement is *open* when its file lists an alternative section: there the layout does not settle the column, and
neither its place nor its section is counted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from pipeline.coding.settling import counting
from pipeline.errors import PlainError
from pipeline.release.files import table_rows

SETS = ("actor", "target_group", "exploitation", "direction", "sdg")
"""Dimensions whose gold is a list of codes: the whole set must be the same."""

SINGLE = ("statement_type", "theme", "instrument", "modality", "horizon")
"""Dimensions whose gold is one (primary) code."""

Row = Mapping[str, Any]
"""A gold file, a statement of it, or a row of a published table."""

Codes = dict[str, dict[str, Sequence[str]]]
"""Codes by statement and dimension."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count of things that are right, and those that are not, by gold key."""

    name: str
    right: int
    of: int
    wrong: tuple[str, ...]


def agreement(gold: Row, release: Path) -> list[Share]:
    """Compare a gold document with a release.

    Args:
        gold: A parsed gold file: `document.sha256` names the raw file, `statements` are in reading order.
        release: Folder of the release.

    Returns:
        Texts verbatim, order, sections, exact cuts, then one share a dimension (over the exactly cut statements, as the
        gold has it), and one a dimension that counts the gold's alternatives as right too.

    Raises:
        PlainError: when the release does not hold the document.
    """
    found, codes = _document(gold, release)
    wanted = gold["statements"]
    places = _places(wanted, found)
    return [*_text_shares(wanted, found, places), *_code_shares(wanted, found, codes, places)]


def read_gold(path: Path) -> Mapping[str, Any]:
    """Return a parsed gold file.

    Raises:
        PlainError: when it is not JSON, or has not the shape of `seed.json`.
    """
    try:
        gold: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise PlainError(
            f"{path}: is not UTF-8 (byte {error.start}), so it is no gold file; save it as UTF-8"
        ) from error
    except RecursionError as error:
        raise PlainError(f"{path}: is no gold file; it is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise PlainError(f"{path}:{error.lineno}: is not JSON: {error.msg}; mend that line") from error
    if not isinstance(gold, dict) or not {"document", "statements"} <= set(gold):
        raise PlainError(f"{path}: is no gold file; it needs the keys document and statements")
    try:
        _Gold.model_validate(gold)
    except ValidationError as error:
        found = error.errors()[0]
        where = ".".join(map(str, found["loc"]))
        raise PlainError(f"{path}: is no gold file: {where}: {found['msg'][0].lower()}{found['msg'][1:]}") from error
    return gold


class _Document(BaseModel):
    sha256: str


# Of what is no dimension ("segmentation") an alternative is a note for people.
_ALTERNATIVES: Any = dict.fromkeys((*SINGLE, *SETS), (list[Any], []))
_Alternatives: Any = create_model("_Alternatives", **_ALTERNATIVES)


class _Statement(BaseModel):
    key: str
    text: str
    section_number: str | None
    alternatives: _Alternatives


_CODES: Any = {**dict.fromkeys(SINGLE, str), **dict.fromkeys(SETS, list[str])}
_CodedStatement: Any = create_model("_CodedStatement", __base__=_Statement, **_CODES)


class _Gold(BaseModel):
    """What is used of a gold file; other keys are for people."""

    document: _Document
    statements: list[_CodedStatement]


def _document(gold: Row, release: Path) -> tuple[list[dict[str, Any]], Codes]:
    """Return the document's statements in reading order, with section numbers, and the codes that count."""
    sha256 = gold["document"]["sha256"]
    known = {row["document_id"] for row in table_rows(release, "documents") if row["sha256"] == sha256}
    if not known:
        raise PlainError(f"the release in {release} holds no document with the gold's sha256; publish it first")
    numbers = {row["section_id"]: row["number"] for row in table_rows(release, "sections")}
    statements = [
        {**row, "section_number": numbers.get(row["section_id"])}
        for row in table_rows(release, "statements")
        if row["document_id"] in known
    ]
    codes: Codes = {}
    for (statement, dimension), given in counting(table_rows(release, "codings")).items():
        codes.setdefault(statement, {})[dimension] = given
    return sorted(statements, key=lambda row: int(row["position"])), codes


def _places(wanted: Sequence[Row], found: Sequence[Row]) -> dict[str, int]:
    """Return, per gold key, the place of the statement with the same text; equal texts are taken in order."""
    by_text: dict[str, list[int]] = {}
    for place, row in enumerate(found):
        by_text.setdefault(row["text"], []).append(place)
    return {gold["key"]: by_text[gold["text"]].pop(0) for gold in wanted if by_text.get(gold["text"])}


def _text_shares(wanted: Sequence[Row], found: Sequence[Row], places: Mapping[str, int]) -> list[Share]:
    """Return how many texts are there, stand in order and below their heading, and are cut alike.

    Args:
        wanted: The gold's statements, in reading order.
        found: The release's statements, in reading order.
        places: Where in `found` those of `wanted` are, by gold key.
    """
    running = " ".join(row["text"] or "" for row in found)
    settled = [gold for gold in wanted if "section_number" not in gold["alternatives"]]
    verbatim = [gold["key"] for gold in wanted if gold["text"] not in running]
    order = [places[gold["key"]] for gold in settled if gold["key"] in places]
    in_order = SequenceMatcher(None, order, sorted(order), autojunk=False).get_matching_blocks()
    ordered = {order[block.a + offset] for block in in_order for offset in range(block.size)}
    unordered = [gold["key"] for gold in settled if places.get(gold["key"]) not in ordered]
    sections = [gold["key"] for gold in settled if not _section_right(gold, found, places)]
    cuts = [gold["key"] for gold in wanted if gold["key"] not in places]
    return [
        Share("texts verbatim", len(wanted) - len(verbatim), len(wanted), tuple(verbatim)),
        Share("in order (settled lines)", len(settled) - len(unordered), len(settled), tuple(unordered)),
        Share("in the right section (settled lines)", len(settled) - len(sections), len(settled), tuple(sections)),
        Share("cut exactly alike", len(wanted) - len(cuts), len(wanted), tuple(cuts)),
    ]


def _section_right(gold: Row, found: Sequence[Row], places: Mapping[str, int]) -> bool:
    place = places.get(gold["key"])
    return place is not None and found[place]["section_number"] == gold["section_number"]


def _code_shares(wanted: Sequence[Row], found: Sequence[Row], codes: Codes, places: Mapping[str, int]) -> list[Share]:
    """Return two shares per dimension, over the statements that are cut alike: as in the gold, or an alternative."""
    alike = [gold for gold in wanted if gold["key"] in places]
    shares = []
    for dimension in (*SINGLE, *SETS):
        strict, lenient = [], []
        for gold in alike:
            given = codes.get(found[places[gold["key"]]]["statement_id"], {}).get(dimension, [])
            accepted = [_as_set(value) for value in gold["alternatives"].get(dimension, [])]
            answer = _as_set(given if dimension in SETS else given[:1])
            if answer != _as_set(gold[dimension]):
                strict.append(gold["key"])
                if answer not in accepted:
                    lenient.append(gold["key"])
        shares.append(Share(dimension, len(alike) - len(strict), len(alike), tuple(strict)))
        shares.append(Share(f"{dimension}, or an alternative", len(alike) - len(lenient), len(alike), tuple(lenient)))
    return shares


def _as_set(value: str | Sequence[str]) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)
