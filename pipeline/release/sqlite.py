"""SQLite files that one process writes once, and nobody reads before they are whole.

What belongs here: opening such a file fast, and saying in plain words what goes wrong. What does not: what is in it.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_WITHOUT_JOURNAL = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"

_OF_THE_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""Errors of SQLite, without what it says in more detail, and what the system calls them."""


@contextmanager
def written_once(path: Path | None) -> Iterator[sqlite3.Connection]:
    """Open a new database in one transaction, without journal and flushing: after a failure it is thrown away anyway.

    Args:
        path: The file, not there yet; None for one without a name, which is gone when closed and on disk only as far as
            it does not fit into a few MiB.

    Raises:
        OSError: when the disk refuses.
    """
    with closing(sqlite3.connect(path or "", isolation_level=None)) as connection:
        try:
            connection.executescript(_WITHOUT_JOURNAL)
            yield connection
        except sqlite3.OperationalError as error:
            number = _OF_THE_DISK.get(error.sqlite_errorcode & 0xFF)
            if number is None:
                raise
            raise OSError(number, str(error), str(path or "a file in the folder for temporary files")) from error
