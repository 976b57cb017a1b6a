"""Whether a release can be made again from the same rows, byte for byte.

What belongs here: making it again in a folder apart, with the same history, and comparing. What does not: making the
rows (`pipeline.stages`); the caller gives those that it holds to be the same.
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import semver

from pipeline.coding.codebook import Codebook
from pipeline.release.description import Dataset
from pipeline.release.disk import DiskStore
from pipeline.release.files import listed_files, sha256
from pipeline.release.publish import publish
from pipeline.release.rows import TableInput
from pipeline.release.store import RELEASES, Store, all_standing, point, read_release


def rebuild(
    release: Path,
    tables: Mapping[str, TableInput],
    issues: Sequence[Mapping[str, object]],
    *,
    codebooks: Sequence[Codebook],
    dataset: Dataset | None = None,
    retractions: Mapping[str, str] | None = None,
    history: Store | None = None,
) -> list[str]:
    """Return where a release and one made again from these rows differ; an empty list when every byte is the same.

    Args:
        release: Folder of the release.
        tables: Rows of every table, as `publish` takes them.
        issues: As `publish` takes them.
        codebooks: As `publish` takes them.
        dataset: As `publish` takes it.
        retractions: As `publish` takes them.
        history: Where the releases before it are; beside its own folder when None.
    """
    standing = read_release(release)
    moment = datetime.fromisoformat(standing.created)
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder)
        _copy_history(history or DiskStore(release.parents[1]), release.name, outputs)
        made = publish(
            tables,
            issues,
            outputs,
            codebooks=codebooks,
            published_at=moment,
            dataset=dataset,
            retractions=retractions,
        )
        if not made.created:
            return [f"the rows are those of {made.version}, not of {standing.version}"]
        return _differences(release, made.path)


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
