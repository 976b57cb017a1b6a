"""Taking whole releases away, when they hold what must not be read any more.

What belongs here: which releases hold a statement, and removing them with a record. What does not: making a release
without the statement (`pipeline.takedown`).

A release never changes, so a statement cannot be cut out of one: a release that holds it goes as a whole. The newest
release never goes, since versions are counted from it. What went is recorded in `releases/purged.json`, before it goes:
a run that dies between the two is finished by the same command.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import PlainError
from pipeline.release.files import json_bytes, read_parquet
from pipeline.release.model import timestamp
from pipeline.release.store import RELEASES, Standing, Store, all_standing, point, standing

PURGED = "purged.json"


def holders(store: Store, statements: Collection[str]) -> dict[str, list[str]]:
    """Return the releases that hold any of these statements, oldest first, with those that each holds."""
    found = {one.version: _held(one, statements) for one in all_standing(store)}
    return {version: held for version, held in found.items() if held}


def purge(store: Store, statements: Collection[str], reason: str, moment: datetime, patience: float) -> list[str]:
    """Remove every release that holds one of these statements, and return their versions.

    Args:
        store: Of the releases.
        statements: Keys of statements.
        reason: Why, for the record.
        moment: Now, with its time zone.
        patience: Seconds to wait for a publisher.

    Raises:
        PlainError: when the newest release holds one of them; publish one without it first.
    """
    with store.locked(patience):
        holding = holders(store, statements)
        newest = standing(store)
        if newest is not None and newest.version in holding:
            raise PlainError(f"the newest release, {newest.version}, holds {', '.join(holding[newest.version])}")
        records: list[dict[str, object]] = [
            {
                "version": one.version,
                "published": one.created,
                "purged": timestamp(moment),
                "reason": reason,
                "statements": holding[one.version],
            }
            for one in all_standing(store)
            if one.version in holding
        ]
        if records:
            _record(store, records)
            for version in holding:
                store.withdraw(version)
            point(store)
    return list(holding)


def purged(store: Store) -> list[dict[str, object]]:
    """Return the record of every release that was taken away, in the order in which that was done."""
    try:
        found: list[dict[str, object]] = json.loads(store.read(f"{RELEASES}/{PURGED}"))["purged"]
    except FileNotFoundError:
        return []
    return found


def _held(one: Standing, statements: Collection[str]) -> list[str]:
    wanted = pa.array(sorted(statements), pa.string())
    keys = (batch.column(0) for batch in read_parquet(one.folder / "data" / "statements.parquet", ["statement_id"]))
    return sorted(key for column in keys for key in column.filter(pc.is_in(column, value_set=wanted)).to_pylist())


def _record(store: Store, records: Sequence[dict[str, object]]) -> None:
    versions = {one["version"] for one in records}
    before = [one for one in purged(store) if one["version"] not in versions]
    store.replace(f"{RELEASES}/{PURGED}", json_bytes({"purged": [*before, *records]}))
