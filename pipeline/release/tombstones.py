"""`tombstones.json`: every statement that was published once and is no longer, with the reason and its successor.

What belongs here: finding the statements that went between two releases, and what became of their bytes. What does not:
taking statements down (`pipeline.takedown`).

A tombstone is carried from release to release, and goes only when its statement comes back. It holds no text. It never
names a successor that the privacy gate has hidden: the key of a clear statement is a hash of its words, and a guess of
what was hidden could be tested against it.
"""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.release.diff import Stream
from pipeline.release.keys import AFTER, BEFORE, comparison
from pipeline.release.store import Standing, state

TOMBSTONES = "tombstones.json"

Tombstone: TypeAlias = Mapping[str, object]
Row: TypeAlias = Mapping[str, object]

_NEEDED = ("documents", "spans", "statements")

RETRACTED = "retracted"
KINDS: Mapping[str, str] = {
    RETRACTED: "It was taken down.",
    "document removed": "Its document is no longer part of the dataset.",
    "document changed": "Its document was replaced by another text.",
    "document quarantined": "Its document cannot be read any more.",
    "document renamed": "Its document has another name, so its statements have other identifiers.",
    "hidden": "It is redacted or withheld under another identifier.",
    "recut": "Its words are part of other statements.",
    "no statement": "Its words are a heading or furniture.",
}
"""What became of a statement, and that in words; a retraction has words of its own."""


@dataclass(frozen=True, slots=True)
class _Range:
    start: int
    end: int
    role: str
    owner: str | None


@dataclass(frozen=True)
class _Text:
    """Where the statements of a release are, as far as it matters for those that went.

    Attributes:
        documents: Rows of `documents`, by key.
        spans: Ranges of the documents that matter, by document, in order.
        statements: Document and privacy of the statements that matter, by key.
    """

    documents: Mapping[str, Row]
    spans: Mapping[str, list[_Range]]
    statements: Mapping[str, Row]

    @cached_property
    def owned(self) -> Mapping[str, list[_Range]]:
        """The ranges of each statement that matters."""
        found: dict[str, list[_Range]] = {}
        for one in (one for ranges in self.spans.values() for one in ranges if one.owner):
            found.setdefault(str(one.owner), []).append(one)
        return found


def tombstones(
    last: Standing, new: Mapping[str, Stream], retractions: Mapping[str, str], version: str, day: str
) -> list[Tombstone]:
    """Return the tombstones of a release, sorted by statement.

    Args:
        last: The release before.
        new: The tables of the new one, by name.
        retractions: Why statements were retracted, by their keys.
        version: Of the new one.
        day: On which it is published (ISO 8601).
    """
    old = {name: table.stream for name in _NEEDED if (table := state(last, name))}
    if len(old) < len(_NEEDED):
        return []
    gone = _gone(old["statements"], new["statements"])
    carried = {str(one["statement_id"]): one for one in read_tombstones(last.folder)}
    for row in _rows(new["statements"], ["statement_id"], "statement_id", carried):
        del carried[str(row["statement_id"])]  # it came back
    found = list(carried.values())
    if gone:
        was = _text(old, gone)
        now = _text_after(was, new)
        facts = {"last_release": last.version, "gone_in": version, "date": day}
        found += [{**_tombstone(key, was, now, retractions), **facts} for key in gone]
    return sorted(found, key=lambda one: str(one["statement_id"]))


def renamed_statements(found: Iterable[Tombstone], version: str) -> dict[str, str]:
    """Return the statements that went with this version, each with the one that holds most of its words now."""
    return {
        str(one["statement_id"]): str(one["successor"])
        for one in found
        if one["gone_in"] == version and one["successor"] is not None
    }


def renamed_documents(old: Stream, new: Stream) -> dict[str, str]:
    """Return the documents with another identifier: one that is gone and one that is new are the same bytes.

    Copies of one another are told apart by nothing, so they are left out.
    """
    before, after = _documents(old), _documents(new)
    gone = _by_checksum(row for key, row in before.items() if key not in after)
    added = _by_checksum(row for key, row in after.items() if key not in before)
    pairs = {keys[0]: added[checksum][0] for checksum, keys in gone.items() if len(keys) == len(added[checksum]) == 1}
    return dict(sorted(pairs.items()))


def _by_checksum(rows: Iterable[Row]) -> defaultdict[object, list[str]]:
    found: defaultdict[object, list[str]] = defaultdict(list)
    for row in rows:
        found[row["sha256"]].append(str(row["document_id"]))
    return found


def tombstones_json(found: Sequence[Tombstone]) -> dict[str, object]:
    """Return `tombstones.json`."""
    return {"tombstones": list(found)}


def read_tombstones(release: Path) -> list[Tombstone]:
    """Return the tombstones in the folder of a release; none when it was made before there were any."""
    path = release / TOMBSTONES
    found: list[Tombstone] = json.loads(path.read_bytes())["tombstones"] if path.is_file() else []
    return found


def _gone(old: Stream, new: Stream) -> set[str]:
    """Return the statements that only the older release has."""
    with comparison() as keys:
        for side, stream in ((BEFORE, old), (AFTER, new)):
            for batch in stream(["statement_id"]):
                keys.add(side, batch.column(0).to_pylist())
        return {str(key) for key in keys.only(BEFORE).keys}


def _rows(stream: Stream, columns: Sequence[str], where: str, among: Iterable[str]) -> Iterator[Row]:
    """Yield the rows in which a column has one of some values."""
    wanted = pa.array(sorted(among), pa.string())
    for batch in stream(columns) if len(wanted) else ():
        yield from batch.filter(pc.is_in(batch.column(where), value_set=wanted)).to_pylist()


def _text(tables: Mapping[str, Stream], statements: set[str]) -> _Text:
    """Return where some statements are, and only those."""
    own = _statements(tables["statements"], statements)
    spans = _spans(tables["spans"], {str(row["document_id"]) for row in own.values()})
    ranges = {key: [one for one in found if one.owner in statements] for key, found in spans.items()}
    return _Text(_documents(tables["documents"]), ranges, own)


def _text_after(was: _Text, tables: Mapping[str, Stream]) -> _Text:
    """Return the documents that hold the same bytes now, with what their bytes are."""
    documents = _documents(tables["documents"])
    checksums = {was.documents[key]["sha256"] for key in was.spans}
    same = {key for key, row in documents.items() if row["sha256"] in checksums}
    spans = _spans(tables["spans"], same)
    owners = {one.owner for ranges in spans.values() for one in ranges if one.owner}
    return _Text(documents, spans, _statements(tables["statements"], owners))


def _statements(stream: Stream, keys: Iterable[str]) -> dict[str, Row]:
    columns = ["statement_id", "document_id", "privacy"]
    return {str(row["statement_id"]): row for row in _rows(stream, columns, "statement_id", keys)}


def _documents(stream: Stream) -> dict[str, Row]:
    columns = ["document_id", "sha256", "encoding"]
    return {str(row["document_id"]): row for batch in stream(columns) for row in batch.to_pylist()}


def _spans(stream: Stream, documents: Iterable[str]) -> dict[str, list[_Range]]:
    found: dict[str, list[_Range]] = {key: [] for key in documents}
    for row in _rows(stream, ["document_id", "start", "end", "role", "statement_id"], "document_id", found):
        found[str(row["document_id"])].append(_range(row))
    return {key: sorted(ranges, key=lambda one: one.start) for key, ranges in found.items()}


def _range(row: Row) -> _Range:
    start, end, owner = row["start"], row["end"], row["statement_id"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return _Range(start, end, str(row["role"]), None if owner is None else str(owner))


def _tombstone(statement: str, was: _Text, now: _Text, retractions: Mapping[str, str]) -> dict[str, object]:
    document = was.statements[statement]["document_id"]
    kind, successors = (RETRACTED, []) if statement in retractions else _fate(statement, str(document), was, now)
    return {
        "statement_id": statement,
        "document_id": document,
        "kind": kind,
        "reason": retractions.get(statement, KINDS[kind]),
        "successor": successors[0] if successors else None,
        "successors": successors,
    }


def _fate(statement: str, document: str, was: _Text, now: _Text) -> tuple[str, list[str]]:
    """Return what became of a statement, and its successors, the one with most of its bytes first."""
    checksum = was.documents[document]["sha256"]
    if document in now.documents:
        if now.documents[document]["sha256"] != checksum and now.documents[document]["encoding"] is not None:
            return "document changed", []
        twin = document
    else:
        # A copy that was there before holds its own statements, not these.
        new = [key for key in now.spans if now.documents[key]["sha256"] == checksum and key not in was.documents]
        if not new:
            return "document removed", []
        twin = min(new)
    if now.documents[twin]["encoding"] is None:
        return "document quarantined", []
    held, roles = _held(was.owned.get(statement, []), now.spans[twin])
    successors = [key for key in held if now.statements[key]["privacy"] == "clear"]
    if successors:
        return ("recut" if twin == document else "document renamed"), successors
    if held:
        return "hidden", []
    return (RETRACTED if "quarantine" in roles else "no statement"), []


def _held(own: Iterable[_Range], ranges: Sequence[_Range]) -> tuple[list[str], set[str]]:
    """Return the statements that hold these bytes now, whichever holds most of them first, and the bytes' roles."""
    held: dict[str, int] = {}
    roles = set()
    for had in own:
        first = bisect_right(ranges, had.start, key=lambda one: one.end)
        for one in ranges[first : bisect_left(ranges, had.end, key=lambda one: one.start)]:
            roles.add(one.role)
            if one.owner:
                held[one.owner] = held.get(one.owner, 0) + min(had.end, one.end) - max(had.start, one.start)
    return sorted(held, key=lambda key: (-held[key], key)), roles
