"""Errors for people.

What belongs here: the base of every error whose message is written for the user of the command, and the kinds that are
raised and caught in many places; what the system refused, in words. What does not: kinds that one module raises,
which stand there.

A mistake that nobody catches but the command is a `PlainError` itself. A class of its own stands where code goes on in
another way after it: it reports a file and reads the next one, waits for a lock, keeps a source's last tables.
"""

import errno
from collections.abc import Sequence
from pathlib import Path

_REMEDIES = {
    errno.ENOENT: "name a file, or a place to write, that is there",
    errno.ENOTDIR: "a file is where a folder should be; name another place",
    errno.EISDIR: "name a file, not a folder",
    errno.EACCES: "mend its rights, or name another place",
    errno.EPERM: "mend its rights, or name another place",
    errno.EROFS: "name a place that can be written",
    errno.ENOSPC: "make room, or name another place",
    errno.EDQUOT: "make room, or name another place",
    errno.EFBIG: "allow larger files (`ulimit -f`), or name another place",
    errno.ENAMETOOLONG: "use a shorter name",
}


class PlainError(Exception):
    """Something that the user can mend; the message is one line that says what and how, and is printed as it is."""


class FileError(PlainError):
    """A file that people wrote or gave cannot be used.

    Attributes:
        message: What is wrong and what to do.
        line: 1-based line of what is wrong first, or None.
        path: The file, where the error is read away from it; its text then begins with path and line.
    """

    def __init__(self, message: str, line: int | None = None, path: Path | None = None) -> None:
        super().__init__(message, line, path)
        self.message, self.line, self.path = message, line, path

    def __str__(self) -> str:
        """Return the message, after its place where that is known."""
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}" if self.path else self.message


class UnreadableError(FileError):
    """A document whose bytes cannot be read as what they should be.

    Attributes:
        kind: Of a text `empty`, `too_large`, `binary` or `undecodable`; of a PDF `empty`, `locked_pdf`, `bad_pdf` when
            it is damaged, or `no_text` when it holds only pictures.
    """

    def __init__(self, kind: str, message: str, line: int | None = None) -> None:
        super().__init__(message, line)
        self.kind = kind

    def __reduce__(self) -> tuple[object, ...]:
        """Return what a worker process needs to raise it again here."""
        return type(self), (self.kind, self.message, self.line)


def listed(problems: Sequence[str], most: int) -> str:
    """Return the first problems in one line, and how many more there are.

    >>> listed(["no title", "no licence", "no language"], 2)
    'no title; no licence; and 1 more'
    """
    more = [f"and {len(problems) - most} more"] if len(problems) > most else []
    return "; ".join([*problems[:most], *more])


def refused(error: OSError) -> str:
    """Return what the system refused, with the remedy; an error of ours says both itself.

    Args:
        error: As it was raised. A write that fails for want of room does not say which file it was. One that renames
            says two, of which the first is often a passing one of ours.
    """
    file = error.filename2 or error.filename
    if error.errno is None or (file is None and error.errno not in _REMEDIES):
        return str(error)
    remedy = _REMEDIES.get(error.errno, "see whether the name is right and the place can be used")
    said = f"{(error.strerror or 'refused').lower()}; {remedy}"
    return said if file is None else f"{file}: {said}"
