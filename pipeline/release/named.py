"""Releases by the names that people give them: a version, a folder, or none for the newest one.

What belongs here: finding a release, and saying what is wrong when it cannot be read. What does not: how releases are
kept (`pipeline.release.store`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import PlainError
from pipeline.release.files import DESCRIPTOR
from pipeline.release.purge import purged
from pipeline.release.store import LATEST, Store, latest_version
from pipeline.release.verify import damage


def release_named(store: Store, name: str) -> Path:
    """Return the folder of a release that is named by its version or its folder.

    Raises:
        PlainError: when it is neither.
    """
    if name in store.versions():
        return store.folder(name)
    if not is_release(Path(name)):
        gone = {str(one["version"]): one for one in purged(store)}.get(name)
        if gone is not None:
            raise PlainError(f"{name} was purged on {str(gone['purged'])[:10]}: {gone['reason']}; name another release")
        raise PlainError(f"{name} is no release; versions are listed in {store.address}/releases/versions.json")
    return Path(name)


def is_release(folder: Path) -> bool:
    """Return whether a folder holds a release."""
    return (folder / DESCRIPTOR).is_file()


def newest(store: Store) -> Path:
    """Return the folder of the newest release.

    Raises:
        PlainError: when there is none.
    """
    return store.folder(newest_version(store))


def newest_version(store: Store) -> str:
    """Return the version of the newest release.

    Raises:
        PlainError: when there is none.
    """
    version = latest_version(store)
    if version is None:
        raise PlainError(f"there is no release in {store.address} yet; run bloemlezing publish")
    return version


def pointer(store: Store) -> bytes | None:
    """Return what points at the newest release, to see later whether it moved; None when nothing does."""
    try:
        return store.read(LATEST)
    except FileNotFoundError:
        return None


@contextmanager
def reading(*releases: Path) -> Iterator[tuple[Path, ...]]:
    """Give the folders of releases to read.

    Raises:
        PlainError: when reading fails and one of them is damaged, which is the user's to mend.
    """
    try:
        yield releases
    except PlainError:
        raise
    except Exception as error:
        for folder in releases:
            if found := damage(folder):
                more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
                raise PlainError(f"{folder} is damaged: {found[0]}{more}; put it back as it was published") from error
        raise
