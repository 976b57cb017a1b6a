"""Interrupts that Python or Dagster would lose: a process that is told to end must end.

What belongs here: raising them once more, and knowing that they came. What does not: who sends them
(`pipeline.automation.dev`), and what ends (`pipeline.automation.local`).

An interrupt is an error that is raised in whatever runs at the moment. From a callback of the garbage collector or a
finalizer no error is passed on: Python prints its traceback and goes on, and the process would live until it is killed.
"""

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

_TOLD = (signal.SIGINT, signal.SIGTERM)
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


@contextmanager
def told_to_end() -> Iterator[Callable[[], bool]]:
    """Let SIGINT and SIGTERM raise `KeyboardInterrupt`, and give what tells whether one came, whoever took it.

    Dagster takes them while a run is under way, and forgets those that come between two steps of it. After a run it
    also gives SIGTERM the handler of SIGINT, which is ignored after `&` in a script: then neither would be heard again.
    Python notes the number of every signal in a pipe before it asks any handler.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    noted = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    before = [signal.signal(one, _raise) for one in _TOLD]
    try:
        yield lambda: _came(reader)
    finally:
        for one, handler in zip(_TOLD, before, strict=True):
            signal.signal(one, handler)
        signal.set_wakeup_fd(noted)
        os.close(reader)
        os.close(writer)


def _raise(*_: object) -> None:
    raise KeyboardInterrupt


def _came(reader: int) -> bool:
    """Return whether the pipe holds a signal that tells to end; what it held is gone then."""
    try:
        return any(number in _TOLD for number in os.read(reader, 4096))
    except BlockingIOError:
        return False
