"""How the functions of the search are compiled.

What belongs here: options of the compiler. What does not: anything about pages.

Most of the time that the compiler takes goes into what Python needs to call a function, and into what C needs. So this
is made for the functions that are called so alone; calling another one from Python ends the process.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])
_INNER: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
# Without its run-time system, numba counts no references to arrays, which took a third of the time of a search. Such a
# function can make no arrays: its callers own those that it reads and fills in. It returns arrays, alone or in a tuple,
# only to functions of its own kind, since others would let go of what nobody counted.
_UNCOUNTED: dict[str, Any] = {"_nrt": False}


def inner() -> Callable[[_Function], _Function]:
    """Return a decorator that compiles a function for compiled callers."""
    return _compiled(**_INNER)


def uncounted(*, from_python: bool = False, **options: Any) -> Callable[[_Function], _Function]:
    """Return a decorator that compiles a function which makes no arrays, so that no references need be counted.

    Args:
        from_python: Whether Python calls it, too.
        options: Of the compiler.
    """
    return _compiled(**_UNCOUNTED, **({} if from_python else _INNER), **options)


def inlined() -> Callable[[_Function], _Function]:
    """Return a decorator that compiles an uncounted function into those that call it.

    A hot loop is so written in parts that can be read: handing a page over to them costs nothing.
    """
    return uncounted(forceinline=True)


def _compiled(**options: Any) -> Callable[[_Function], _Function]:
    compiled: Callable[[_Function], _Function] = njit(cache=True, **options)
    return compiled
