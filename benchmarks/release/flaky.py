"""A store whose every third write fails, for tests and benchmarks of what readers see then.

What belongs here: a file system of fsspec that makes trouble. What does not: the trouble of disks and processes
(`benchmarks.release.faults`).
"""

from typing import Any

import fsspec
from fsspec.implementations.memory import MemoryFileSystem


class FlakyFileSystem(MemoryFileSystem):  # type: ignore[misc]
    """Files in memory behind `flaky://`; the third write fails, and the sixth, and so on.

    Attributes:
        every: A write in so many fails; 0 for none.
        arrives: Whether a write that fails was carried out all the same, as when an answer is lost on its way.
        working: Writes at the beginning that do not fail.
        writes: Writes so far.
    """

    protocol = "flaky"
    store: dict[str, Any] = {}  # noqa: RUF012  shared by all instances, as in the class above
    pseudo_dirs = [""]  # noqa: RUF012
    every = 3
    arrives = False
    working = 0
    writes = 0

    @classmethod
    def emptied(cls, *, every: int = 3, arrives: bool = False) -> None:
        """Begin anew without files."""
        cls.store.clear()
        cls.pseudo_dirs[:] = [""]
        cls.every, cls.arrives, cls.working, cls.writes = every, arrives, 0, 0

    def open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        """Open a file; to write one may fail."""
        writing = mode != "rb"
        type(self).writes += writing
        fails = writing and self.writes > self.working and self.every and self.writes % self.every == 0
        if fails and not self.arrives:
            raise OSError(f"{path}: the connection was lost")
        opened = super().open(path, mode, **options)
        if fails and "data" in options:
            raise OSError(f"{path}: the connection was lost after the last byte")
        return opened


fsspec.register_implementation("flaky", FlakyFileSystem, clobber=True)
