"""Whether a release can be made again from the same rows, byte for byte.

What belongs here: making it again in a folder apart, with the same history, and comparing. What does not: making the
rows (`pipeline.stages`); the caller gives those that it holds to be the same.

A release's number, its differences, its tombstones and the links to the releases before it come from those. When one
of them was purged, nobody can make the same again; then its CSV files are made again and compared, since they hold all
rows and nothing of the history.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import semver

from pipeline.release.disk import DiskStore
from pipeline.release.files import listed_files, sha256
from pipeline.release.history import DIFF
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.publish import publish
from pipeline.release.purge import purged
from pipeline.release.store import RELEASES, Standing, Store, all_standing, in_order, point, read_release


def rebuild(release: Path, inputs: ReleaseInputs, history: Store | None = None) -> list[str]:
    """Return where a release and one made again from these rows differ; an empty list when every byte is the same.

    One whose history is incomplete is never proved; the first line says so, and what could be compared.

    Args:
        release: Folder of the release.
        inputs: What it is made from again.
        history: Where the releases before it are; beside its own folder when None.
    """
    standing, before = read_release(release), history or DiskStore(release.parents[1])
    gone = _gone(standing, before)
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder)
        if not gone:
            _copy_history(before, release.name, outputs)
        made = publish(inputs, outputs, datetime.fromisoformat(standing.created))
        if not made.created:
            return [f"the rows are those of {made.version}, not of {standing.version}"]
        return _partly(release, made.path, gone) if gone else _differences(release, made.path)


def _gone(release: Standing, history: Store) -> list[str]:
    """Return the versions that stood when a release was made and do not any more."""
    before = json.loads(release.read(DIFF))["from"]
    stood = {
        str(one["version"]) for one in purged(history) if str(one["published"]) <= release.created <= str(one["purged"])
    }
    earlier = [version for version in in_order(stood) if semver.Version.parse(version) < release.version]
    return in_order({*earlier, *({before} - {None, *history.versions()})})


def _partly(old: Path, new: Path, gone: Sequence[str]) -> list[str]:
    """Return that a release cannot be made again, and which of its CSV files are not those made now."""
    tables = [path for path in listed_files(old) if path.endswith(".csv")]
    found = [
        f"{path}: differs" for path in tables if not (new / path).is_file() or sha256(old / path) != sha256(new / path)
    ]
    rest = "; its CSV files differ too" if found else f"; its {len(tables)} CSV files, made again, are the same bytes"
    problem = (
        f"{old.name} cannot be made again whole, since {', '.join(gone)} stood before it and is gone, and its number, "
        f"differences and tombstones came from there{rest}"
    )
    return [problem, *found]


def _copy_history(history: Store, version: str, outputs: Path) -> None:
    """Copy the versions before a release; its differences and its number depend on them."""
    (outputs / RELEASES).mkdir()
    for one in all_standing(history):
        if semver.Version.parse(one.version) < semver.Version.parse(version):
            shutil.copytree(one.folder, outputs / RELEASES / one.version)
    point(DiskStore(outputs))


def _differences(old: Path, new: Path) -> list[str]:
    if old.name != new.name:
        return [f"made again it is version {new.name}, not {old.name}"]
    before, after = set(listed_files(old)), set(listed_files(new))
    found = [f"{path}: not made again" for path in before - after]
    found += [f"{path}: made only now" for path in after - before]
    found += [f"{path}: differs" for path in before & after if sha256(old / path) != sha256(new / path)]
    return sorted(found)
