"""Releases in a folder of this machine: staging beside the target, one rename.

What belongs here: the lock, staging folders, renaming into place, and tidying up after a run that died. What does not:
the pointers (`pipeline.release.store`).

A run that dies before the rename leaves a staging folder, which the next run removes; one that dies after it leaves a
whole release without a pointer, which the next run adopts.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.release.files import flush, listed_files
from pipeline.release.store import RELEASES, VERSIONS, PublishBusyError, in_order, listed_versions
from pipeline.release.verify import damage

_STAGING = ".staging-"
_LOCK = ".lock"
_NEW = ".new"
_READ_ONLY = 0o444


class DiskStore:
    """A folder of this machine that keeps releases, as `pipeline.release.store.Store` promises."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.releases = root / RELEASES

    @property
    def address(self) -> str:
        """Its folder."""
        return str(self.root)

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        return (self.root / path).read_bytes()

    def replace(self, path: str, content: bytes) -> None:
        """Write a file so that readers see the old one or the new one, also after a power cut."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = target.with_name(f".{target.name}.{os.getpid()}{_NEW}")
        try:
            staged.write_bytes(content)
            flush(staged)
            staged.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                staged.unlink()
            raise
        flush(target.parent)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        (self.root / path).unlink(missing_ok=True)

    def require_writable(self) -> None:
        """Write a file beside the releases and remove it."""
        self.releases.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.releases):
            pass

    @contextlib.contextmanager
    def locked(self, patience: float) -> Iterator[None]:
        """Hold a lock of the operating system, which ends with the process."""
        self.releases.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.releases / _LOCK, timeout=patience)
        try:
            lock.acquire()
        except Timeout as error:
            raise PublishBusyError(
                f"{self.address}: another publisher is at work and did not finish within {patience:g} seconds; "
                "try again later"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def tidy(self) -> None:
        """Remove staging folders and half-written pointers.

        A release that no pointer shows stands when it is whole. When it is not, nothing of ours made it so: it is set
        aside as `.broken-<version>` for somebody to look at.
        """
        for path in self.releases.iterdir():
            if path.name.startswith(_STAGING) and path.is_dir():
                shutil.rmtree(path)
        for path in (*self.root.glob(f".*{_NEW}"), *self.root.glob(f"*/.*{_NEW}")):
            path.unlink()
        shown = self._shown()
        for version in self.versions():
            if version not in shown and damage(self.releases / version):
                (self.releases / version).rename(_unused(self.releases / f".broken-{version}"))

    def versions(self) -> list[str]:
        """Return the versions that have a folder: a rename put it there, so it is whole."""
        if not self.releases.is_dir():
            return []
        return in_order(path.name for path in self.releases.iterdir() if path.is_dir())

    def folder(self, version: str) -> Path:
        """Return the release's own folder."""
        return self.releases / version

    def withdraw(self, version: str) -> None:
        """Rename a release out of sight; what is left of it when this process dies is removed by the next one."""
        hidden = self.releases / f"{_STAGING}withdrawn-{version}"
        shutil.rmtree(hidden, ignore_errors=True)
        self.folder(version).rename(hidden)
        shutil.rmtree(hidden)

    @contextlib.contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a folder beside the releases, on the same disk, so that it can be renamed into place."""
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.releases))
        try:
            inside = folder / "release"
            inside.mkdir()  # who may enter it says the umask, as of all other folders; mkdtemp does not ask it
            yield inside
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def install(self, staged: Path, version: str) -> None:
        """Flush a release to disk, make its files read-only, and rename it into place in one step."""
        target = self.folder(version)
        if target.exists():
            raise FileExistsError(
                f"{target}: this version stands already, and releases are never replaced; when it is none of "
                "bloemlezing's, move it away and publish again"
            )
        for path in listed_files(staged):
            (staged / path).chmod(_READ_ONLY)
            flush(staged / path)
        for folder in (*(path for path in staged.rglob("*") if path.is_dir()), staged):
            flush(folder)
        staged.rename(target)
        flush(self.releases)

    def _shown(self) -> list[str]:
        """Return the versions that `versions.json` lists; none when it cannot be read."""
        try:
            return listed_versions(self.read(f"{RELEASES}/{VERSIONS}"))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return []


def _unused(path: Path) -> Path:
    """Return the path, or the first numbered one after it that is not there."""
    candidates = (path, *(path.with_name(f"{path.name}.{number}") for number in range(1, 1000)))
    return next(candidate for candidate in candidates if not candidate.exists())
