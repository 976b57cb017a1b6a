"""Reading a raw file again in a later stage, and the certainty that it is still the same.

What belongs here: the guard between stages. What does not: what a stage does with the bytes.
"""

import hashlib
from pathlib import Path

from pipeline.errors import PlainError


class ChangedFileError(PlainError):
    """A raw file changed while a run was using it."""


def read_same(raw: Path, name: str, sha256: str) -> bytes:
    """Return the bytes of a raw file.

    Args:
        raw: The folder of all sources.
        name: Path of the file below it.
        sha256: Checksum at ingest.

    Raises:
        ChangedFileError: when it is gone or other bytes than were taken in; run again to take the new ones in.
    """
    try:
        content = (raw / name).read_bytes()
    except FileNotFoundError as error:
        raise ChangedFileError(f"{name} was removed while the run was using it; run again") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ChangedFileError(f"{name} was changed while the run was using it; run again")
    return content
