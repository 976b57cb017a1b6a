"""How the innermost loops of the search are compiled.

What belongs here: options of the compiler. What does not: anything about pages.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])
# Without its run-time system, numba counts no references to arrays, which took a third of the time of a search. Such a
# function can make no arrays: its callers own those that it reads and fills in.
_UNCOUNTED: dict[str, Any] = {"_nrt": False}


def uncounted(**options: Any) -> Callable[[_Function], _Function]:
    """Return a decorator that compiles a function which makes no arrays, so that no references need be counted."""
    compiled: Callable[[_Function], _Function] = njit(cache=True, **options, **_UNCOUNTED)
    return compiled
