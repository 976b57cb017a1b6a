"""Errors for people: what they say, and that they come back whole from a worker process."""

import errno
import pickle
from pathlib import Path

import pytest

from pipeline.errors import FileError, UnreadableError, refused
from pipeline.sources import SourceError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileError("is empty; fill it"), "is empty; fill it"),
        (FileError("is empty; fill it", 3), "is empty; fill it"),
        (FileError("is empty; fill it", None, Path("a.yaml")), "a.yaml: is empty; fill it"),
        (FileError("is empty; fill it", 3, Path("a.yaml")), "a.yaml:3: is empty; fill it"),
        (SourceError("is wrong; mend it", 2, "retractions.csv"), "is wrong; mend it"),
        (UnreadableError("empty", "is empty; fill it", 1), "is empty; fill it"),
    ],
)
def test_an_error_says_the_same_on_either_side_of_a_process(error: FileError, said: str) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert str(error) == str(back) == said
    assert type(back) is type(error)
    assert vars(back) == vars(error)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on device; make room, or name another place"),
        (
            OSError(errno.EACCES, "Permission denied", "a.csv"),
            "a.csv: permission denied; mend its rights",
        ),
        (OSError(errno.EISDIR, "Is a directory", "/.b.staged", None, "/b"), "/b: is a directory; name a file"),
        (OSError(errno.EXDEV, "Cross-device link", "a"), "a: cross-device link; see whether the name is right"),
        (OSError("what a library says"), "what a library says"),
    ],
)
def test_what_the_system_refuses_is_said_with_a_remedy(error: OSError, said: str) -> None:
    assert refused(error).startswith(said)
