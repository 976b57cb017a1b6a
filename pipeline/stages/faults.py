"""A fault of the program in one document: that document is kept out, the others go on.

What belongs here: the net below the work on a document, and the rule when it is not enough. What does not: bad inputs
that a stage knows (`pipeline.issues`), and faults outside a document, which stop the run.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pipeline.batches import map_documents
from pipeline.errors import PlainError
from pipeline.issues import Issue, Severity

ROOT = Path(__file__).parents[2]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Fault:
    """What failed, and where in the code; never the exception's message, which may hold words of the document."""

    what: str


def map_guarded(
    function: Callable[[_Item], _Result], items: Mapping[str, _Item], name: Callable[[_Item], str]
) -> dict[str, _Result | Fault]:
    """Return `function(item)` for every item, in order and under its key, with a `Fault` where the function failed.

    Args:
        function: A function of a module, of one item, which is one document that can be read.
        items: What it is called with, by the documents' identifiers.
        name: Returns what a person knows an item's document by, as its path below `raw/`.

    Raises:
        PlainError: when it failed on every item.
        PlainError: what a user can mend, and what the machine refused (`OSError`, `MemoryError`), go through.
    """
    done = map_documents(partial(_attempt, function), list(items.values()))
    results = dict(zip(items, done, strict=True))
    faults = faults_among(results)
    if faults and len(faults) == len(items):
        first, fault = next(iter(faults.items()))
        raise PlainError(
            f"{name(items[first])}: {fault.what}, as in every document of its source; "
            "this is a fault of the program: report it with that file"
        )
    return results


def faults_among(results: Mapping[str, object]) -> dict[str, Fault]:
    """Return the faults among results, by the documents' identifiers."""
    return {key: result for key, result in results.items() if isinstance(result, Fault)}


def fault_issues(
    rows: Iterable[Mapping[str, Any]],
    faults: Mapping[str, Fault],
    severity: Severity = "quarantined",
    what: str = "cannot be processed",
) -> list[Issue]:
    """Return what to report of documents on which the program failed.

    Args:
        rows: Rows of `documents`, in the order in which to report.
        faults: By the documents' identifiers.
        severity: Whether they were kept out, or taken in all the same.
        what: What came of it.
    """
    return [
        Issue(
            row["source_id"],
            row["path"],
            None,
            severity,
            "program_fault",
            f"{what}: {fault.what}; this is a fault of the program: report it with this file",
            row["document_id"],
        )
        for row in rows
        if (fault := faults.get(row["document_id"]))
    ]


def _attempt(function: Callable[[_Item], _Result], item: _Item) -> _Result | Fault:
    try:
        return function(item)
    except (PlainError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, the other documents are not to blame
        return Fault(f"{type(error).__name__} in {_place(error)}")


def _place(error: Exception) -> str:
    """Return the file and line of our code where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "pipeline")]
    last = (own or list(frames))[-1]
    path = Path(last.filename)
    return f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name}:{last.lineno}"
