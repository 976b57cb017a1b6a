"""What every store of releases promises, and the pointers that readers follow in any of them.

What belongs here: the protocol, a release that stands, `versions.json` and `latest.json`. What does not: how a kind of
store keeps the promise (`pipeline.release.disk`, `pipeline.release.bucket`), and what a release is made of.

The promise: one publisher at a time; whole versions only, never replaced; the pointer last. A reader who starts at
`latest.json` sees the release before or the new one, whole, at whatever moment a publisher dies.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import semver

from pipeline.errors import PlainError
from pipeline.release.catalogue import catalogue_files
from pipeline.release.diff import State
from pipeline.release.files import DESCRIPTOR, json_bytes, read_parquet
from pipeline.release.renames import csv_resources

RELEASES, VERSIONS, LATEST = "releases", "versions.json", "latest.json"


class StoreError(PlainError):
    """A store cannot be used; the message says why and what to do."""


class PublishBusyError(StoreError):
    """Another publisher is at work and did not finish in time."""


class Store(Protocol):
    """Where releases are kept. Paths are below its root, with forward slashes."""

    @property
    def address(self) -> str:
        """Its folder or URL, for messages."""

    def read(self, path: str) -> bytes:
        """Return what a file holds.

        Raises:
            FileNotFoundError: when it is not there.
        """

    def replace(self, path: str, content: bytes) -> None:
        """Write a file at the root or in `releases/`, so that readers see the old one or the new one."""

    def remove(self, path: str) -> None:
        """Remove a file that `replace` wrote; one that is not there is no error."""

    def require_writable(self) -> None:
        """See that releases can be written here, before the work on one begins.

        Raises:
            StoreError, OSError: when they cannot.
        """

    def locked(self, patience: float) -> AbstractContextManager[None]:
        """Hold the only right to publish; the right ends with the process that holds it.

        Args:
            patience: Seconds to wait for another publisher.

        Raises:
            PublishBusyError: when the other one took longer.
        """

    def tidy(self) -> None:
        """Finish or remove what a dead run left, pointers apart; call it with the lock held."""

    def versions(self) -> list[str]:
        """Return the releases that stand, oldest first."""

    def folder(self, version: str) -> Path:
        """Return a folder of this machine that holds a release, for reading only.

        Raises:
            FileNotFoundError: when a remote store does not hold it; one on disk names the folder without looking.
        """

    def staging(self) -> AbstractContextManager[Path]:
        """Give a new folder of this machine to build a release in; what is still in it at the end is removed."""

    def withdraw(self, version: str) -> None:
        """Take a release away, all at once; the pointers are left alone. Call it with the lock held."""

    def install(self, staged: Path, version: str) -> None:
        """Make a staged release stand, all at once; the pointers are left alone. Call it with the lock held.

        Raises:
            FileExistsError: when that version is there already; a release is never replaced.
        """


@dataclass(frozen=True, slots=True)
class Standing:
    """A release that stands.

    Attributes:
        version: Its version.
        descriptor: Its `datapackage.json`.
        locate: Returns a folder of this machine that holds it.
        read: Returns what one of its files holds.
    """

    version: str
    descriptor: Mapping[str, object]
    locate: Callable[[], Path] = field(repr=False)
    read: Callable[[str], bytes] = field(repr=False)

    @property
    def folder(self) -> Path:
        """A folder of this machine that holds it."""
        return self.locate()

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


def codebooks_of(one: Standing) -> tuple[str, ...]:
    """Return the codebooks of a release, in the order in which they bring columns; none when it does not say."""
    listed = one.descriptor.get("codebooks", ())
    assert isinstance(listed, Iterable)
    return tuple(str(book["id"]) for book in listed)


def codebooks_before(store: Store) -> tuple[str, ...]:
    """Return the codebooks of the newest release; none when it cannot be read, which the publisher reports."""
    with suppress(OSError, ValueError):
        for version in store.versions()[-1:]:
            return codebooks_of(_standing(store, version))
    return ()


def latest_version(store: Store) -> str | None:
    """Return the version that `latest.json` points at, or None when there is none yet.

    Raises:
        StoreError: when that file is not one of ours.
    """
    try:
        version = json.loads(store.read(LATEST))["version"]
        semver.Version.parse(version)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{store.address}/{LATEST} cannot be read; bloemlezing publish puts it right") from error
    return str(version)


def standing(store: Store) -> Standing | None:
    """Return the release that `latest.json` points at, or None when there is none yet."""
    version = latest_version(store)
    return None if version is None else _standing(store, version)


def all_standing(store: Store) -> list[Standing]:
    """Return every release that stands, oldest version first."""
    return [_standing(store, version) for version in store.versions()]


def read_release(folder: Path) -> Standing:
    """Return the release in a folder, wherever it is.

    Raises:
        FileNotFoundError: when there is none.
    """
    return Standing(
        folder.name,
        json.loads((folder / DESCRIPTOR).read_bytes()),
        lambda: folder,
        lambda path: (folder / path).read_bytes(),
    )


def point(store: Store) -> None:
    """Write the list of releases, the catalogue, and `latest.json` last, for the releases that stand."""
    releases = all_standing(store)
    if not releases:
        return
    entries = [_entry(one) for one in reversed(releases)]
    listed = json_bytes({"latest": releases[-1].version, "versions": entries})
    described = catalogue_files([(one.version, one.descriptor, one.read) for one in releases])
    for path, content in {f"{RELEASES}/{VERSIONS}": listed, VERSIONS: listed, **described}.items():
        store.replace(path, content)
    latest = {key: entries[0][key] for key in ("version", "path", "datapackage", "published")}
    store.replace(LATEST, json_bytes(latest))


def pointed(store: Store) -> bool:
    """Return whether both pointers show the releases that stand, no more and no less."""
    versions = store.versions()
    try:
        listed = listed_versions(store.read(f"{RELEASES}/{VERSIONS}"))
        latest = json.loads(store.read(LATEST))["version"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return not versions
    return sorted(listed) == sorted(versions) and latest == versions[-1]


def published(store: Store) -> list[tuple[str, str]]:
    """Return the versions that the pointers show, oldest first, with the moment of their publication."""
    try:
        entries = json.loads(store.read(f"{RELEASES}/{VERSIONS}"))["versions"]
    except FileNotFoundError:
        return []
    return [(entry["version"], entry["published"]) for entry in reversed(entries)]


def listed_versions(content: bytes) -> list[str]:
    """Return the versions that a `versions.json` lists, oldest first.

    Raises:
        ValueError, KeyError, TypeError: when it is none.
    """
    return in_order(entry["version"] for entry in json.loads(content)["versions"])


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names that are versions, oldest first; others are left out."""
    return sorted((name for name in names if semver.Version.is_valid(name)), key=semver.Version.parse)


def _standing(store: Store, version: str) -> Standing:
    home = f"{RELEASES}/{version}"
    descriptor = json.loads(store.read(f"{home}/{DESCRIPTOR}"))
    return Standing(version, descriptor, lambda: store.folder(version), lambda path: store.read(f"{home}/{path}"))


def _entry(one: Standing) -> dict[str, str]:
    path = f"{RELEASES}/{one.version}"
    return {
        "version": one.version,
        "path": path,
        "datapackage": f"{path}/{DESCRIPTOR}",
        "published": one.created,
        "content": one.content,
    }
