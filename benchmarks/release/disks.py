"""Disks that make trouble: full, read-only, permission lost in the midst of a publication.

What belongs here: real disks and real permissions, as far as this machine lets us; whoever cannot mount gets a
`NotPossibleError`. What does not: what is published on them (the caller says), killing, and stores behind a URL.
"""

import contextlib
import ctypes
import errno
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path

Publish = Callable[[Path, int], object]
Check = Callable[[Path], object]
_CAPABILITY_VERSION = 0x20080522
_DAC_OVERRIDE_AND_READ_SEARCH = 1 << 1 | 1 << 2


class NotPossibleError(RuntimeError):
    """This machine does not let us make that trouble; the message says why."""


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Give a disk in memory, mounted on a folder.

    Raises:
        NotPossibleError: when this process may not mount.
    """
    folder.mkdir()
    _mount(folder, "size=1g", "-t", "tmpfs", "tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def full(disk: Path, publish: Publish, check: Check, moments: int) -> int:
    """Let the disk be full at evenly spread moments of a publication; return how often that stopped one.

    Args:
        disk: Of `small_disk`.
        publish: Publishes a number of statements into a folder.
        check: Looks at the folder as readers do.
        moments: How many.
    """
    before = _used(disk)
    publish(disk, 20)
    needed, stopped = _used(disk) - before, 0
    for number in range(moments):
        room = needed * (number + 1) * 6 // (5 * moments)
        _resize(disk, _used(disk) + room)
        try:
            publish(disk, 21 + number)
        except Exception as error:  # noqa: BLE001  each library says in its own way that the disk is full
            _expect(error, "space left", "is full", "write", "No such file")
            stopped += 1
        check(disk)
        _resize(disk, 1 << 30)
        publish(disk, 21 + number)
        check(disk)
    return stopped


def read_only(disk: Path, publish: Publish, check: Check) -> None:
    """Let the disk be read-only: an error, the old release, and the new one when it can be written to again."""
    publish(disk, 20)
    old = check(disk)
    _mount(disk, "remount,ro")
    try:
        publish(disk, 21)
    except OSError as error:
        _expect(error, "Read-only file system")
    else:
        raise AssertionError("a read-only disk was written to")
    assert check(disk) == old
    _mount(disk, "remount,rw")
    publish(disk, 21)
    assert check(disk) != old


def permission_lost(
    folder: Path, start: ForkServerContext, publish: Publish, check: Check, times: int, seconds: float
) -> int:
    """Take away the right to write at random moments of publications; return how often that stopped one.

    Args:
        folder: Where to publish; not there yet.
        start: How to start processes.
        publish: Publishes a number of statements into a folder.
        check: Looks at the folder as readers do.
        times: How often.
        seconds: How long a publication takes.
    """
    chance, stopped = random.Random(0), 0
    publish(folder, 20)
    for number in range(times):
        process = start.Process(target=_under_permissions, args=(publish, folder, 21 + number))
        process.start()
        process.join(chance.uniform(0, seconds))
        _set_modes(folder, 0o555)
        process.join()
        assert process.exitcode in {0, errno.EACCES}
        stopped += process.exitcode == errno.EACCES
        check(folder)
        _set_modes(folder, 0o755)
        publish(folder, 21 + number)
        check(folder)
    return stopped


def _under_permissions(publish: Publish, folder: Path, statements: int) -> None:
    """Publish in a process to which permissions apply, also when it is the superuser's."""
    _give_up_override()
    try:
        publish(folder, statements)
    except PermissionError as error:
        raise SystemExit(errno.EACCES) from error


def _give_up_override() -> None:
    """Give up the superuser's capabilities to write and read where permissions forbid it (capabilities(7))."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, data):
        raise OSError(ctypes.get_errno(), "capget")
    data[0] &= ~_DAC_OVERRIDE_AND_READ_SEARCH
    if libc.capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")


def _set_modes(folder: Path, mode: int) -> None:
    staging = folder.glob("releases/.staging-*")
    for path in (folder, folder / "releases", *staging):
        with contextlib.suppress(FileNotFoundError):
            path.chmod(mode)


def _mount(folder: Path, options: str, *what: str) -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise NotPossibleError("only the superuser can mount a small disk")
    done = subprocess.run(["mount", "-o", options, *what, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotPossibleError(f"a small disk cannot be mounted here: {done.stderr.strip()}")


def _resize(disk: Path, size: int) -> None:
    _mount(disk, f"remount,size={size}")


def _used(disk: Path) -> int:
    return shutil.disk_usage(disk).used


def _expect(error: Exception, *words: str) -> None:
    assert any(word in str(error) for word in words), repr(error)
