"""Python's collector of cycles, put off while a document is coded.

What belongs here: that. What does not: anything about codes.

Coding makes some hundred short-lived objects a statement and no cycle. The collector nevertheless goes through them
time and again, and takes those that live as long as their document for lasting ones, which sets it to go through all
that the process holds. That took a tenth of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Put the collector off; when it was on, it is on again afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
