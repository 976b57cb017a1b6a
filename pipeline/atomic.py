"""Files replaced in one step: whoever reads them sees the old one or the new one, whole.

What belongs here: writing beside a file and renaming. What does not: what is in any file, and files of a release, which
are flushed to disk too (`pipeline.release.disk`).
"""

import glob
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LEFT_BEHIND = 24 * 3600
"""Seconds after which nobody writes a file any more."""


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one."""
    with replaced(path) as staged:
        staged.write_bytes(content)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a place beside a file; what is written there takes the file's place in one step, or goes when that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(path)
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield staged
        staged.replace(path)
    except BaseException:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise


def _remove_leftovers(path: Path) -> None:
    """Remove what processes that were killed had begun to write in this file's place."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        with suppress(OSError):  # another process may remove it as well
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
                left.unlink()
