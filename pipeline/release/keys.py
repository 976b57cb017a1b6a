"""Keys of a table's rows in one or two states, compared outside memory.

What belongs here: which keys repeat, which only one state has, which have another value. What does not: what a key is
made of (`pipeline.release.rows`) and what a difference means (`pipeline.release.diff`).

A release may have more rows than memory holds keys of. SQLite's sorter writes what it cannot hold to a temporary file.

Baseline: numpy arrays of all digests, sorted and intersected in memory: about as fast, and 32 bytes a row and state.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.release.sqlite import written_once

Side: TypeAlias = Literal[0, 1]
BEFORE: Side = 0
AFTER: Side = 1

_CREATE = "CREATE TABLE keys (side INTEGER, place INTEGER, key, value)"
_DIFFERENT = """
CREATE TABLE different AS
SELECT key, min(side) AS first, max(side) AS last,
       min(CASE side WHEN 0 THEN place END) AS was, min(CASE side WHEN 1 THEN place END) AS is_now
FROM keys GROUP BY key HAVING min(side) = max(side) OR min(value) <> max(value)
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Keys that a question asked for.

    Attributes:
        count: How many there are.
        keys: The first of them, in the order of the rows in the newer state that has them.
        before: The places of those in the older state, counted from 0; empty when it has none of them.
        after: The same in the newer state.
    """

    count: int
    keys: tuple[bytes | str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


class Keys:
    """Keys that were added, each with its state, its place among the rows of it and, where it matters, a value."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute(_CREATE)
        self._places = [0, 0]
        self._compared = False

    def add(self, side: Side, keys: Iterable[bytes | str], values: Iterable[bytes | str | None] | None = None) -> None:
        """Add the keys of the next rows of a state.

        Args:
            side: The state.
            keys: Its keys.
            values: As many values; rows of the two states with the same key and another value are changed.
        """
        assert not self._compared, "keys cannot be added once they were compared"
        begin = self._places[side]
        given = zip(keys, values, strict=True) if values is not None else ((key, None) for key in keys)
        rows = ((side, place, key, value) for place, (key, value) in enumerate(given, begin))
        done = self._database.executemany("INSERT INTO keys VALUES (?, ?, ?, ?)", rows)
        self._places[side] = begin + max(done.rowcount, 0)  # -1 of no rows

    def count(self, side: Side) -> int:
        """Return how many keys were added to a state."""
        return self._places[side]

    def repeated(self) -> int:
        """Return how many rows have the key of another row before them, whatever the state."""
        question = "SELECT coalesce(sum(often - 1), 0) FROM (SELECT count(*) AS often FROM keys GROUP BY key)"
        found: int = self._database.execute(question).fetchone()[0]
        return found

    def only(self, side: Side, most: int | None = None) -> Found:
        """Return the keys that the other state lacks, at most so many of them."""
        return self._found(side, side, most)

    def changed(self, most: int | None = None) -> Found:
        """Return the keys with another value in the newer state, at most so many of them."""
        return self._found(BEFORE, AFTER, most)

    def _found(self, first: Side, last: Side, most: int | None) -> Found:
        if not self._compared:
            self._database.execute(_DIFFERENT)
            self._compared = True
        which = "FROM different WHERE first = ? AND last = ?"
        count: int = self._database.execute(f"SELECT count(*) {which}", (first, last)).fetchone()[0]
        question = f"SELECT key, was, is_now {which} ORDER BY coalesce(is_now, was) LIMIT ?"
        limit = -1 if most is None else most  # SQLite's word for no limit
        rows = self._database.execute(question, (first, last, limit)).fetchall()
        keys, before, after = zip(*rows, strict=True) if rows else ((), (), ())
        return Found(count, keys, before if first == BEFORE else (), after if last == AFTER else ())


@contextmanager
def comparison() -> Iterator[Keys]:
    """Begin a comparison without keys; what was added is gone afterwards.

    Raises:
        OSError: when the disk for temporary files refuses.
    """
    with written_once(None) as database:
        yield Keys(database)
