"""Releases behind an fsspec URL: conditional writes in place of the rename that object stores do not have.

What belongs here: who may write, uploading, and the one write by which a release stands. What does not: single files
(`pipeline.release.remote`), the pointers (`pipeline.release.store`).

How it works: `releases/.log/` holds numbered entries. Each says which releases stand and who has the right to publish.
An entry is only ever created, never replaced, and the store refuses the second of two with the same number; so an entry
that was created is a fact for everybody, and whoever was overtaken learns it at the next entry. A release is built and
checked on this machine, uploaded, read back, and stands with the entry that lists it. The pointers follow.

A holder shows that it lives by a pulse, a small file that keeps changing. One whose pulse others have seen stand still
for a whole lease, by their own clocks, is overtaken: no clock of two machines is ever compared. What it had uploaded is
named in its entry (`attempt`), and the next holder removes it.
"""

import contextlib
import json
import shutil
import tempfile
import threading
import time
import uuid
import weakref
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.release.files import json_bytes, listed_files, sha256
from pipeline.release.remote import Remote
from pipeline.release.store import RELEASES, VERSIONS, PublishBusyError, StoreError, in_order, listed_versions

LEASE = 60.0
"""Seconds without a pulse after which a publisher counts as dead."""

_LOG = f"{RELEASES}/.log"
_PULSE = ".pulse"
_BEATS = 6
"""Pulses in a lease: some may be late or lost."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the log: how things stand from here on.

    Attributes:
        number: Its place, from 1; 0 before the first.
        writer: Who wrote it: a name that no other process has.
        held: Whether the writer holds the right to publish.
        versions: The releases that stand, oldest first.
        attempt: The release whose files the writer is uploading; empty when none.
    """

    number: int = 0
    writer: str = ""
    held: bool = False
    versions: tuple[str, ...] = ()
    attempt: str = ""


class BucketStore:
    """A URL that keeps releases, as `pipeline.release.store.Store` promises.

    Args:
        remote: Its files.
        lease: Seconds without a pulse after which another publisher counts as dead.
    """

    def __init__(self, remote: Remote, lease: float = LEASE) -> None:
        self._remote = remote
        self._lease = lease
        self._me = uuid.uuid4().hex
        self._entry = _Entry()

    @cached_property
    def _copies(self) -> Path:
        """A folder of this machine that goes with this object."""
        folder = Path(tempfile.mkdtemp(prefix="bloemlezing-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    @property
    def address(self) -> str:
        """Its URL."""
        return self._remote.url

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        return self._remote.read(path)

    def replace(self, path: str, content: bytes) -> None:
        """Write a file; object stores show the old one or the new one by themselves."""
        self._remote.write(path, content)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        self._remote.remove(path)

    def require_writable(self) -> None:
        """Write a pulse and remove it; the next holder removes one that is left."""
        path = f"{_LOG}/{self._me}{_PULSE}"
        self._remote.write(path, b"0")
        self._remote.remove(path)

    @contextlib.contextmanager
    def locked(self, patience: float) -> Iterator[None]:
        """Hold the right to publish, from one entry of the log to another."""
        self._entry = self._claimed(patience)
        with self._pulse():
            try:
                yield
            finally:
                # Whatever went wrong, the next publisher can do both; it only takes longer.
                with contextlib.suppress(OSError, StoreError):
                    self.tidy()
                    self._advance(held=False)

    def tidy(self) -> None:
        """Remove what was uploaded of a release that does not stand, and the pulses of the dead."""
        attempt = self._entry.attempt
        if attempt:
            self._advance()  # whoever was overtaken must not remove what the next one has uploaded
            for path in self._remote.files(f"{RELEASES}/{attempt}"):
                self._remote.remove(f"{RELEASES}/{attempt}/{path}")
            self._advance(attempt="")
        for path in self._remote.files(_LOG):
            if path.endswith(_PULSE) and path != f"{self._me}{_PULSE}":
                self._remote.remove(f"{_LOG}/{path}")

    def versions(self) -> list[str]:
        """Return the releases that the last entry lists."""
        return list(self._last().versions)

    def folder(self, version: str) -> Path:
        """Return a copy of a release on this machine, which lives as long as this object."""
        copy = self._copies / version
        if not copy.exists():
            files = self._remote.files(f"{RELEASES}/{version}")
            if not files:
                raise FileNotFoundError(
                    f"{self.address}/{RELEASES}/{version}: there is no such release; {RELEASES}/{VERSIONS} lists them"
                )
            with tempfile.TemporaryDirectory(dir=self._copies) as partial:
                for path in files:
                    self._remote.download(f"{RELEASES}/{version}/{path}", Path(partial) / version / path)
                (Path(partial) / version).rename(copy)
        return copy

    def withdraw(self, version: str) -> None:
        """Let a release stand no longer with one entry of the log, then remove its files."""
        self._advance(versions=tuple(one for one in self._entry.versions if one != version), attempt=version)
        shutil.rmtree(self._copies / version, ignore_errors=True)
        self.tidy()

    @contextlib.contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a folder of this machine."""
        with tempfile.TemporaryDirectory(dir=self._copies) as folder:
            yield Path(folder)

    def install(self, staged: Path, version: str) -> None:
        """Upload a release, read it back, and let it stand with one entry of the log."""
        home, paths = f"{RELEASES}/{version}", listed_files(staged)
        if version in self._entry.versions or self._remote.files(home):
            raise FileExistsError(
                f"{self.address}/{home}: is there already, and releases are never replaced; when it is none of "
                "bloemlezing's, move it away and publish again"
            )
        self._advance(attempt=version)
        for path in paths:
            self._remote.upload(staged / path, f"{home}/{path}")
        wrong = [path for path in paths if self._remote.sha256(f"{home}/{path}") != sha256(staged / path)]
        if wrong:
            raise StoreError(
                f"{self.address}/{home}: does not read back as it was written: {', '.join(wrong)}; publish again"
            )
        self._advance(versions=tuple(in_order((*self._entry.versions, version))), attempt="")

    def _claimed(self, patience: float) -> _Entry:
        """Return the entry by which this object holds the right to publish."""
        begun = since = time.monotonic()
        seen: tuple[int, bytes] | None = None
        while True:
            last, now = self._last(), time.monotonic()
            sign = (last.number, self._beat(last.writer) if last.held else b"")
            if sign != seen:
                seen, since = sign, now
            if not last.held or now - since > self._lease:
                with contextlib.suppress(FileExistsError):  # another was faster
                    return self._created(replace(last, held=True))
            if now - begun > patience:
                raise PublishBusyError(
                    f"{self.address}: another publisher is at work and did not finish within {patience:g} seconds; "
                    "try again later"
                )
            time.sleep(min(1.0, self._lease / _BEATS))

    def _last(self) -> _Entry:
        """Return the last entry; when there is none, one with the releases that somebody copied here."""
        names = [path for path in self._remote.files(_LOG) if path.endswith(".json")]
        if names:
            found = json.loads(self._remote.read(f"{_LOG}/{max(names)}"))
            return _Entry(**{**found, "versions": tuple(found["versions"])})
        try:
            return _Entry(versions=tuple(listed_versions(self._remote.read(f"{RELEASES}/{VERSIONS}"))))
        except FileNotFoundError:
            return _Entry()

    def _advance(self, **changes: object) -> None:
        """Go on to the next entry.

        Raises:
            PublishBusyError: when another publisher wrote it.
        """
        try:
            self._entry = self._created(replace(self._entry, **changes))  # type: ignore[arg-type]
        except FileExistsError as error:
            raise PublishBusyError(
                f"{self.address}: another publisher took over, since nothing was heard of this one for "
                f"{self._lease:g} seconds; what this one was doing was not published; publish again"
            ) from error

    def _created(self, entry: _Entry) -> _Entry:
        made = replace(entry, number=entry.number + 1, writer=self._me)
        self._remote.create(f"{_LOG}/{made.number:08}.json", json_bytes(asdict(made)))
        return made

    def _beat(self, writer: str) -> bytes:
        try:
            return self._remote.read(f"{_LOG}/{writer}{_PULSE}")
        except FileNotFoundError:
            return b""

    @contextlib.contextmanager
    def _pulse(self) -> Iterator[None]:
        """Show others that this process lives."""
        path, ended = f"{_LOG}/{self._me}{_PULSE}", threading.Event()

        def beat() -> None:
            count = 0
            while not ended.wait(self._lease / _BEATS):
                count += 1
                with contextlib.suppress(OSError, StoreError):
                    self._remote.write(path, str(count).encode())

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            with contextlib.suppress(OSError, StoreError):
                self._remote.remove(path)
