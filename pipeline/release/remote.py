"""Files behind an fsspec URL (`s3://…`, `gs://…`, `memory://…`): reading, conditional writing, patience.

What belongs here: single files. What does not: which files make a release, and who may write them
(`pipeline.release.bucket`).

What fails may work a moment later, so it is tried a few times. A file is created only when it is not there yet, which
S3, Google Cloud Storage and Azure decide on the server (`If-None-Match` and its like); elsewhere fsspec looks first.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import fsspec

from pipeline.release.files import sha256
from pipeline.release.media import media_type
from pipeline.release.store import StoreError

_Result = TypeVar("_Result")

TRIES = 4
FIRST_PAUSE = 0.1
"""Seconds before the second try; each pause is three times the one before."""

_FINAL = (FileNotFoundError, FileExistsError, PermissionError)
"""What is no better a moment later."""

_BLOCK = 1 << 20

_MEDIA_TYPE = {"s3": "ContentType", "s3a": "ContentType", "gs": "content_type", "gcs": "content_type"}
"""What file systems call the media type of a file that is written."""


class Remote:
    """Files below a URL; paths have forward slashes.

    Args:
        url: Of the folder that they are below.

    Raises:
        StoreError: when no file system is known for such a URL, its library is not installed, or it cannot be reached.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        try:
            self._fs, root = fsspec.core.url_to_fs(self.url)
        except ImportError as error:
            raise StoreError(f"{url}: {error}; for S3 that is: pip install 'bloemlezing[s3]'") from error
        except ValueError as error:
            raise StoreError(f"{url}: {error}; give a folder or a URL that fsspec knows, for example s3://…") from error
        except OSError as error:
            raise StoreError(f"{url} cannot be reached ({error}); see whether its name is right") from error
        self._root = root.rstrip("/")

    def read(self, path: str) -> bytes:
        """Return what a file holds.

        Raises:
            FileNotFoundError: when it is not there.
        """
        content: bytes = self._tried(lambda: self._fs.cat_file(self._full(path)))
        return content

    def write(self, path: str, content: bytes) -> None:
        """Write a file; readers see the old one or the new one."""
        with self._written_to(path) as full:
            self._tried(lambda: self._fs.pipe_file(full, content, **self._typed(path)))

    def create(self, path: str, content: bytes) -> None:
        """Write a file that is not there yet.

        Raises:
            FileExistsError: when it is there with another content. The same content may be our own, of a try that was
                reported as failed and had succeeded.
        """
        with self._written_to(path) as full:
            self._create(
                lambda: self._fs.pipe_file(full, content, mode="create", **self._typed(path)),
                full,
                lambda: self.read(path) == content,
            )

    def upload(self, local: Path, path: str) -> None:
        """Copy a file of this machine to where there is none yet; raises as `create` does."""
        with self._written_to(path) as full:
            self._create(
                lambda: self._fs.put_file(str(local), full, mode="create", **self._typed(path)),
                full,
                lambda: self.sha256(path) == sha256(local),
            )

    def download(self, path: str, local: Path) -> None:
        """Copy a file to this machine."""
        local.parent.mkdir(parents=True, exist_ok=True)
        self._tried(lambda: self._fs.get_file(self._full(path), str(local)))

    def sha256(self, path: str) -> str:
        """Return the SHA-256 of a file, in hexadecimal, a block at a time."""

        def digest() -> str:
            found = hashlib.sha256()
            with self._fs.open(self._full(path), "rb") as file:
                while block := file.read(_BLOCK):
                    found.update(block)
            return found.hexdigest()

        return self._tried(digest)

    def files(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder, relative to it, sorted; none when it is not there."""
        full = self._full(folder)

        def found() -> list[str]:
            self._fs.invalidate_cache()
            try:
                return list(self._fs.find(full))
            except FileNotFoundError:
                return []

        # File systems differ in whether they lead paths with a slash.
        return sorted(path.strip("/").removeprefix(full.strip("/") + "/") for path in self._tried(found))

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        try:
            self._tried(lambda: self._fs.rm_file(self._full(path)))
        except FileNotFoundError:
            return

    def _typed(self, path: str) -> dict[str, str]:
        """Return how this file system is told the media type of a file; nothing where it has no way to."""
        protocols = (self._fs.protocol,) if isinstance(self._fs.protocol, str) else self._fs.protocol
        named = next((_MEDIA_TYPE[one] for one in protocols if one in _MEDIA_TYPE), None)
        return {named: media_type(path)} if named else {}

    def _full(self, path: str) -> str:
        return f"{self._root}/{path}"

    @contextmanager
    def _written_to(self, path: str) -> Iterator[str]:
        """Give the full path of a file that is about to be written."""
        full = self._full(path)
        # Object stores, all of them asynchronous in fsspec, have no folders; asking for one could make a bucket.
        if not self._fs.async_impl:
            self._tried(lambda: self._fs.makedirs(full.rpartition("/")[0], exist_ok=True))
        try:
            yield full
        except FileNotFoundError as error:
            raise StoreError(f"{self.url}: cannot be written to ({error}); make the bucket first") from error
        except PermissionError as error:
            raise StoreError(f"{self.url}: cannot be written to ({error}); mend the rights of its keys") from error

    def _create(self, write: Callable[[], object], full: str, ours: Callable[[], bool]) -> None:
        try:
            self._tried(write)
        except PermissionError:
            raise
        except OSError as error:
            if not self._fs.exists(full):
                raise
            # Not every server says in so many words that the condition was not met.
            if not ours():
                raise FileExistsError(f"{full}: is there already") from error

    def _tried(self, action: Callable[[], _Result]) -> _Result:
        pause = FIRST_PAUSE
        for left in reversed(range(TRIES)):
            try:
                return action()
            except _FINAL:
                raise
            except Exception as error:
                # Each library has errors of its own for a network that does not answer; not all are OSErrors.
                if not left:
                    raise error if isinstance(error, OSError) else StoreError(f"{self.url}: {error}") from error
                time.sleep(pause)
                pause *= 3
        raise AssertionError("the last try returns or raises")
