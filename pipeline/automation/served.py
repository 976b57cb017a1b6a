"""What Dagster's servers load for `bloemlezing dev`: the definitions, and no traceback when they are told to end.

What belongs here: how such a server ends. What does not: anything that it serves (`pipeline.definitions`).

Importing the definitions takes a server seconds. Told to end meanwhile, Dagster raises an error of its own in whatever
is being imported, and nothing catches that.
"""

import sys
from types import TracebackType

from dagster._core.errors import DagsterExecutionInterruptedError

from pipeline.resources.interrupts import raise_lost_interrupts

_shown = sys.excepthook


def _quiet(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show what ends this process, unless somebody told it to end."""
    if not issubclass(kind, DagsterExecutionInterruptedError):
        _shown(kind, error, trace)


sys.excepthook = _quiet
raise_lost_interrupts(DagsterExecutionInterruptedError)

from pipeline.definitions import defs  # noqa: E402  a signal may come while this is imported

__all__ = ["defs"]
