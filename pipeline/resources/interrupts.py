"""Interrupts that Python would lose: a process of Dagster's that is told to end must end.

What belongs here: raising them once more. What does not: who sends them (`pipeline.automation.dev`).

An interrupt is an error that is raised in whatever runs at the moment. From a callback of the garbage collector or a
finalizer no error is passed on: Python prints its traceback and goes on, and the process would live until it is killed.
"""

import _thread
import os
import signal
import sys
import time
from functools import cache

_LATER = 0.01
"""Seconds until an interrupt is tried again, in which the callback that lost it returns."""


@cache
def raise_lost_interrupts(kind: type[BaseException] = KeyboardInterrupt) -> None:
    """From now on, interrupt this process again when an interrupt is lost, and print no traceback of it.

    Args:
        kind: What an interrupt is raised as.
    """
    shown = sys.unraisablehook

    def again(lost: "sys.UnraisableHookArgs") -> None:
        if not issubclass(lost.exc_type, kind):
            shown(lost)
        elif not sys.is_finalizing():  # else it ends anyhow, and can start no thread
            _thread.start_new_thread(_interrupt, ())

    sys.unraisablehook = again


def _interrupt() -> None:
    """Interrupt this process from another thread: raised in the hook itself, it would be lost as well."""
    time.sleep(_LATER)
    os.kill(os.getpid(), signal.SIGINT)
