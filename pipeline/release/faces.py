"""The faces of a release: one file per portal format, each made by a module of its own.

What belongs here: which there are, and whether each can be read again. What does not: what is in them.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.release.model import Release

Face = Callable[[Release], bytes]

FACES: Mapping[str, Face] = {}
"""Every face by its file name at the root of a release."""


def write_faces(release: Release, folder: Path) -> None:
    """Write every face of a release into its folder."""
    for name, face in FACES.items():
        (folder / name).write_bytes(face(release))


def face_problems(release: Release, folder: Path) -> list[str]:
    """Return the faces that cannot be read again, or are not those of the release."""
    return [problem for name in FACES for problem in _problems(release, folder / name)]


def _problems(release: Release, path: Path) -> list[str]:
    content = path.read_bytes()
    if content != FACES[path.name](release):
        return [f"{path.name}: is made otherwise a second time"]
    if path.suffix in {".json", ".jsonld"}:
        try:
            json.loads(content)
        except ValueError as error:
            return [f"{path.name}: {error}"]
    return []
