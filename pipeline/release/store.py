"""The folder of all releases: one writer at a time, whole versions only, the pointer last.

What belongs here: the lock, staging folders, renaming into place, `versions.json` and `latest.json`, and tidying up
after a run that died. What does not: what a release is made of.

Order of a publication, each step on disk before the next: staging folder beside the target; rename to
`releases/<version>`; `releases/versions.json`; `latest.json`. A reader who starts at `latest.json` sees the old release
or the new one, whole. A run that dies before the rename leaves a staging folder, which the next run removes; one that
dies after it leaves a whole release without a pointer, which the next run adopts.
"""

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import semver
from filelock import FileLock, Timeout

from pipeline.release.catalogue import catalogue_files
from pipeline.release.diff import State
from pipeline.release.files import flush, json_bytes, listed_files, read_parquet, replace_file, replace_json
from pipeline.release.renames import csv_resources
from pipeline.release.verify import damage

RELEASES, VERSIONS, LATEST = "releases", "versions.json", "latest.json"
DESCRIPTOR = "datapackage.json"
_STAGING = ".staging-"
_LOCK = ".lock"
_READ_ONLY = 0o444


class PublishBusyError(RuntimeError):
    """Another publisher is at work and did not finish in time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A release that stands.

    Attributes:
        version: Its version.
        folder: Where it is.
        descriptor: Its `datapackage.json`.
    """

    version: str
    folder: Path
    descriptor: Mapping[str, object]

    @property
    def content(self) -> str:
        """Digest of its content."""
        return str(self.descriptor.get("content", ""))

    @property
    def tables(self) -> dict[str, Mapping[str, object]]:
        """The CSV resource of every table in its descriptor."""
        return csv_resources(self.descriptor)

    @property
    def created(self) -> str:
        """When it was first published."""
        return str(self.descriptor["created"])


def state(one: Standing, name: str) -> State | None:
    """Return a table of a release for comparing, or None when the release does not have it."""
    resource = one.tables.get(name)
    if resource is None:
        return None
    schema = resource["schema"]
    assert isinstance(schema, Mapping)
    path = one.folder / "data" / f"{name}.parquet"
    columns = tuple(field["name"] for field in schema["fields"])
    return State(columns, tuple(schema["primaryKey"]), lambda wanted: read_parquet(path, list(wanted)))


@contextlib.contextmanager
def locked(outputs: Path, patience: float) -> Iterator[None]:
    """Hold the only right to publish into a folder; the lock ends with the process that holds it.

    Args:
        outputs: The folder.
        patience: Seconds to wait for another publisher.

    Raises:
        PublishBusyError: when the other one took longer.
    """
    (outputs / RELEASES).mkdir(parents=True, exist_ok=True)
    lock = FileLock(outputs / RELEASES / _LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise PublishBusyError(
            f"{outputs}: another publisher is at work and did not finish within {patience:g} seconds; try again later"
        ) from error
    try:
        yield
    finally:
        lock.release()


def standing(outputs: Path) -> Standing | None:
    """Return the release that `latest.json` points at, or None when there is none yet."""
    try:
        pointer = json.loads((outputs / LATEST).read_bytes())
    except FileNotFoundError:
        return None
    return read_release(outputs / pointer["path"])


def all_standing(outputs: Path) -> list[Standing]:
    """Return every release in the folder, oldest version first."""
    folder = outputs / RELEASES
    found = [path for path in folder.iterdir() if _is_version(path.name) and path.is_dir()] if folder.is_dir() else []
    return [read_release(path) for path in sorted(found, key=lambda path: semver.Version.parse(path.name))]


def tidy(outputs: Path) -> None:
    """Finish or remove what a dead run left; call it with the lock held.

    Staging folders are removed. A release that no pointer shows is adopted when it is whole. When it is not, nothing of
    ours made it so: it is set aside as `.broken-<version>` for somebody to look at.
    """
    releases = outputs / RELEASES
    for path in releases.iterdir():
        if path.name.startswith(_STAGING) and path.is_dir():
            shutil.rmtree(path)
        elif path.name.startswith(".") and path.name.endswith(".new"):
            path.unlink()
    for path in outputs.glob(".*.new"):
        path.unlink()
    shown = _shown(outputs)
    orphans = [one for one in _versions(releases) if one not in shown]
    for version in orphans:
        if damage(releases / version):
            (releases / version).rename(_unused(releases / f".broken-{version}"))
    if orphans or not _pointer_is_newest(outputs):
        point(outputs)


@contextlib.contextmanager
def staging(outputs: Path) -> Iterator[Path]:
    """Give a new folder beside the releases; what is still in it at the end is removed."""
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=outputs / RELEASES))
    try:
        folder.chmod(0o755)  # mkdtemp makes folders that only their owner can enter
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def install(staged: Path, outputs: Path, version: str) -> Path:
    """Show a staged release to readers: flushed, read-only, renamed in one step, pointer last.

    Raises:
        FileExistsError: when that version stands already; a release is never replaced.
    """
    target = outputs / RELEASES / version
    if target.exists():
        raise FileExistsError(f"{target}: this version stands already, and releases are never replaced")
    for path in listed_files(staged):
        (staged / path).chmod(_READ_ONLY)
        flush(staged / path)
    for folder in (*(path for path in staged.rglob("*") if path.is_dir()), staged):
        flush(folder)
    staged.rename(target)
    flush(target.parent)
    point(outputs)
    return target


def point(outputs: Path) -> None:
    """Write the list of releases, the catalogue, and `latest.json` last, for the releases that are there."""
    releases = all_standing(outputs)
    if not releases:
        return
    entries = [_entry(one) for one in reversed(releases)]
    listed = json_bytes({"latest": releases[-1].version, "versions": entries})
    described = catalogue_files([(one.version, one.descriptor, one.folder) for one in releases])
    for path, content in {f"{RELEASES}/{VERSIONS}": listed, VERSIONS: listed, **described}.items():
        replace_file(outputs / path, content)
    replace_json(outputs / LATEST, {key: entries[0][key] for key in ("version", "path", "datapackage", "published")})


def _entry(one: Standing) -> dict[str, str]:
    path = f"{RELEASES}/{one.version}"
    return {
        "version": one.version,
        "path": path,
        "datapackage": f"{path}/{DESCRIPTOR}",
        "published": one.created,
        "content": one.content,
    }


def read_release(folder: Path) -> Standing:
    """Return the release in a folder.

    Raises:
        FileNotFoundError: when there is none.
    """
    return Standing(folder.name, folder, json.loads((folder / DESCRIPTOR).read_bytes()))


def _unused(path: Path) -> Path:
    """Return the path, or the first numbered one after it that is not there."""
    candidates = (path, *(path.with_name(f"{path.name}.{number}") for number in range(1, 1000)))
    return next(candidate for candidate in candidates if not candidate.exists())


def _is_version(name: str) -> bool:
    return semver.Version.is_valid(name)


def _versions(releases: Path) -> list[str]:
    return sorted(path.name for path in releases.iterdir() if _is_version(path.name) and path.is_dir())


def _shown(outputs: Path) -> set[str]:
    """Return the versions that `versions.json` lists; none when it cannot be read."""
    try:
        listed = json.loads((outputs / RELEASES / VERSIONS).read_bytes())["versions"]
        return {entry["version"] for entry in listed}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()


def _pointer_is_newest(outputs: Path) -> bool:
    versions = _versions(outputs / RELEASES)
    try:
        pointed = json.loads((outputs / LATEST).read_bytes())["version"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return not versions
    return bool(versions) and pointed == max(versions, key=semver.Version.parse)
