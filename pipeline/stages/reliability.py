"""Stage 5: the published table `reliability`.

What belongs here: which coders are compared in a release, and the figures that were measured offline. What does not:
the figures themselves (`pipeline.coding.reliability`), comparing two coders on demand (`pipeline.comparing`).

Two kinds of rows stand in it. Those of a program against a constructed gold are measured offline, on texts that are not
in the release. Those of people are measured on the release itself, as soon as people decided: each person beside the
program and beside each other person. People are asked first about what is doubtful (`pipeline.coding.review`), so these
say how well the doubtful ones are coded, not all of them.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.coding.codebook import Codebook
from pipeline.coding.model import Coding
from pipeline.coding.programs import PROGRAMS
from pipeline.coding.reliability import Row, common, compare
from pipeline.coding.settling import is_adjudicator
from pipeline.source_metadata import CODEBOOKS
from pipeline.stages.frames import frame
from pipeline.storage import Accepted, read_frame

MEASURED = CODEBOOKS.parent / "reliability.csv"
"""Figures that `python -m benchmarks.coding` measured, in the columns of the table."""

_OFFLINE_ONLY = frozenset({"coverage", "calibration_error"})
"""Figures that mean nothing of statements that were chosen because a program was unsure of them."""


def reliability(sets: Sequence[Accepted], books: Iterable[Codebook]) -> pd.DataFrame:
    """Return the published table: what was measured of these codebooks' coders, then how people and programs agree.

    Args:
        sets: The accepted sets of the release.
        books: The codebooks in use.
    """
    used = sorted(books, key=lambda book: book.id)
    return frame("reliability", [*_measured({book.id for book in used}), *_among_people(sets, used)])


def _measured(names: set[str]) -> Iterator[Row]:
    if not MEASURED.exists():
        return
    with MEASURED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["codebook"] in names:
                yield row | {"n": int(row["n"])} | _figures(row)


def _figures(row: Mapping[str, str]) -> dict[str, float | None]:
    return {name: float(row[name]) if row[name] else None for name in ("value", "low", "high")}


def _among_people(sets: Sequence[Accepted], books: Iterable[Codebook]) -> Iterator[Row]:
    """Yield the figures of every two coders of a codebook of whom one at least is a person."""
    codebooks = {one.source_id: set(read_frame(one.table("sources"))["codebook"]) for one in sets}
    for book in books:
        decided, documents = _decided([one for one in sets if book.id in codebooks[one.source_id]])
        for coder, reference in combinations(sorted(decided, key=_standing), 2):
            if {coder, reference} <= PROGRAMS:
                continue
            given, named = common(decided[coder], decided[reference])
            rows = compare(given, named, book, documents) if given else []
            yield from (row for row in rows if row["metric"] not in _OFFLINE_ONLY)


def _standing(coder: str) -> tuple[int, str]:
    """Return what coders are ordered by: of two, the one whose word counts for more is the reference."""
    return 0 if coder in PROGRAMS else 2 if is_adjudicator(coder) else 1, coder


def _decided(sets: Iterable[Accepted]) -> tuple[dict[str, list[Coding]], dict[str, str]]:
    """Return all codings of statements that people decided on, by coder, and the document of each statement.

    Most sources hold no decision, and a decided one holds few: nothing else is read.
    """
    codings: dict[str, list[Coding]] = {}
    documents: dict[str, str] = {}
    for one in sets:
        table = ds.dataset(one.table("codings"))
        people = ~pc.field("coder").isin(sorted(PROGRAMS))
        asked = table.to_table(columns=["statement_id"], filter=people)["statement_id"].unique()
        if not len(asked):
            continue
        among = pc.field("statement_id").isin(asked)
        for row in table.to_table(filter=among).to_pylist():
            codings.setdefault(row["coder"], []).append(Coding(**row))
        found = ds.dataset(one.table("statements")).to_table(columns=["statement_id", "document_id"], filter=among)
        documents |= {row["statement_id"]: row["document_id"] for row in found.to_pylist()}
    return codings, documents
