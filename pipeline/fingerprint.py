"""Whether something must be computed again: hashes over code and data of this project.

What belongs here: hashing files, and what a result depends on besides the raw ones. What does not: which raw files
there are (`pipeline.sources.fingerprint`).
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

_PROJECT = Path(__file__).parents[1]
_TICK = 2_000_000_000
"""Nanoseconds: the coarsest times of files are those of FAT, two seconds apart."""

_SUFFIXES = {".py", ".yaml", ".npz", ".json", ".gz", ".txt", ".tsv", ".bin", ".jinja"}
STAGES = (
    "pipeline/pdf",
    "pipeline/text",
    "pipeline/coding",
    "pipeline/privacy",
    "pipeline/stages",
    "pipeline/identifiers.py",
    "pipeline/metadata.py",
    "pipeline/retractions.py",
    "pipeline/source_metadata.py",
    "pipeline/sources.py",
    "pipeline/titles.py",
    "schemas",
)
RELEASE = ("pipeline/release", "pipeline/metadata.py", "pipeline/titles.py", "schemas")


@cache
def code_fingerprint(parts: tuple[str, ...] = STAGES) -> str:
    """Return a hash over the code and data files in these parts of the project, by name and content."""
    return files_hash(_PROJECT, _files(parts))


def content_hash(path: Path) -> str:
    """Return the hash of a file's content.

    A file that cannot be opened counts by that fact, so that its becoming readable is a change.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be opened: {error.errno}"


ContentHash: TypeAlias = Callable[[Path], str]


class RememberedHashes:
    """Hashes of files' contents, for looking at the same files again and again: only what changed is read.

    A file counts as unchanged while the file system gives it the same number, size and times. That is for noticing that
    there is something to do; what is done reads every file.
    """

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], str]] = {}

    def __call__(self, path: Path) -> str:
        """Return the hash of a file's content, read or remembered."""
        try:
            status = path.stat()
        except OSError:
            return content_hash(path)
        sign = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        known = self._known.get(path)
        if known is not None and known[0] == sign:
            return known[1]
        found = content_hash(path)
        # A file may be written to twice within one tick of the clock that its times are taken from.
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _TICK:
            self._known[path] = (sign, found)
        return found


def files_hash(root: Path, paths: Iterable[Path], hashes: ContentHash = content_hash) -> str:
    """Return one hash over the names below `root` and the contents of files, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(json.dumps([path.relative_to(root).as_posix(), hashes(path)]).encode())
    return digest.hexdigest()


def combined(*values: str) -> str:
    """Return one hash for several values."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _files(parts: Iterable[str]) -> Iterable[Path]:
    for part in parts:
        path = _PROJECT / part
        found = [path] if path.is_file() else path.rglob("*")
        yield from sorted(file for file in found if file.suffix in _SUFFIXES and file.is_file())
