"""Where Dagster keeps the events of all runs: one SQLite database in the folder of the run history.

What belongs here: the place and the connection. What does not: what is stored, which is Dagster's.

By default Dagster makes a database a run, which takes longer to set up than a small source takes to be read; and it
opens a connection for every event. This is Dagster's own storage in one database, which keeps its connections open.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as db
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

from pipeline.resources.interrupts import raise_lost_interrupts
from pipeline.settings import HOME

HISTORY = "history"
"""Folder of Dagster's home."""


class EventLog(ConsolidatedSqliteEventLogStorage):
    """The events of all runs of the home that `DAGSTER_HOME` names."""

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Return its settings: none, since a home may be moved."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> "EventLog":
        """Return the storage of this home."""
        del config_value
        raise_lost_interrupts()  # every process of Dagster's comes by here, and nothing else of ours is in all of them
        return cls(str(Path(os.environ[HOME]) / HISTORY), inst_data)

    @cached_property
    def _engine(self) -> db.Engine:
        """A pool of connections, which threads take turns in using."""
        engine = db.create_engine(self._conn_string, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})
        db.event.listen(engine, "connect", _without_flushing)
        return engine

    @contextmanager
    def _connect(self) -> Iterator[db.Connection]:
        """Give a connection within a transaction."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def dispose(self) -> None:
        """Close what is open."""
        super().dispose()  # type: ignore[no-untyped-call]
        self._engine.dispose()


def _without_flushing(connection: sqlite3.Connection, _: object) -> None:
    """Do not wait for the disk after every event, hundreds of times a run.

    Dagster writes ahead (WAL), so a power cut may take the last events of the history, and spoils nothing; what is
    published is flushed by itself.
    """
    connection.execute("PRAGMA synchronous = NORMAL")
