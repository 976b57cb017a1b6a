"""Whether something must be computed again: hashes over code and data of this project.

What belongs here: fingerprints of what a result depends on besides the raw files. What does not: those of the raw files
(`pipeline.sources.fingerprint`).
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
    "pipeline/sources.py",
    "schemas",
)
RELEASE = ("pipeline/release", "schemas")


@cache
def code_fingerprint(parts: tuple[str, ...] = STAGES) -> str:
    """Return a hash over the code and data files in these parts of the project, by name and content."""
    digest = hashlib.sha256()
    for path in _files(parts):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(json.dumps([path.relative_to(_PROJECT).as_posix(), content]).encode())
    return digest.hexdigest()


def combined(*values: str) -> str:
    """Return one hash for several values."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _files(parts: Iterable[str]) -> Iterable[Path]:
    for part in parts:
        path = _PROJECT / part
        found = [path] if path.is_file() else path.rglob("*")
        yield from sorted(file for file in found if file.suffix in _SUFFIXES and file.is_file())
