"""Whether something must be computed again: hashes over code and data of this project.

What belongs here: hashing files, and what a result depends on besides the raw ones. What does not: which raw files
there are (`pipeline.sources.fingerprint`).
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_PROJECT = Path(__file__).parents[1]
_SUFFIXES = {".py", ".yaml", ".npz", ".json", ".gz", ".txt", ".tsv", ".bin", ".jinja"}
STAGES = (
    "pipeline/pdf",
    "pipeline/text",
    "pipeline/coding",
    "pipeline/privacy",
    "pipeline/stages",
    "pipeline/identifiers.py",
    "pipeline/retractions.py",
    "pipeline/sources.py",
    "schemas",
)
RELEASE = ("pipeline/release", "schemas")


@cache
def code_fingerprint(parts: tuple[str, ...] = STAGES) -> str:
    """Return a hash over the code and data files in these parts of the project, by name and content."""
    return files_hash(_PROJECT, _files(parts))


def files_hash(root: Path, paths: Iterable[Path]) -> str:
    """Return one hash over the names below `root` and the contents of files, in the order given.

    A file that cannot be opened counts by that fact, so that its becoming readable is a change.
    """
    digest = hashlib.sha256()
    for path in paths:
        digest.update(json.dumps([path.relative_to(root).as_posix(), _content_hash(path)]).encode())
    return digest.hexdigest()


def _content_hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"cannot be opened: {error.errno}"


def combined(*values: str) -> str:
    """Return one hash for several values."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _files(parts: Iterable[str]) -> Iterable[Path]:
    for part in parts:
        path = _PROJECT / part
        found = [path] if path.is_file() else path.rglob("*")
        yield from sorted(file for file in found if file.suffix in _SUFFIXES and file.is_file())
