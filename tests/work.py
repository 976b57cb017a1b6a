"""How much work something does, counted: how it grows with its input can be told without a clock.

What belongs here: counting. What does not: how much work is too much.
"""

import sys
from collections.abc import Callable, Iterable
from types import FrameType


def work_of(function: Callable[[], object]) -> int:
    """Return how many lines a function runs, each again in every round of a loop, and how many calls into C it makes.

    What one call does within C, as a search through a list, counts once: give it `Counted` numbers to tell that.
    """
    steps = 0

    def traced(_frame: FrameType, event: str, _what: object) -> object:
        nonlocal steps
        steps += event == "line"
        return traced

    def profiled(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal steps
        steps += event == "c_call"

    tracing, profiling = sys.gettrace(), sys.getprofile()
    sys.settrace(traced)
    sys.setprofile(profiled)
    try:
        function()
    finally:
        sys.setprofile(profiling)
        sys.settrace(tracing)
    return steps


class Counted(int):
    """A number of which every comparison and hash is counted, also one that is made in C."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return int(self) == other

    def __lt__(self, other: int) -> bool:
        return int(self) < other

    def __gt__(self, other: int) -> bool:
        return int(self) > other

    def __le__(self, other: int) -> bool:
        return int(self) <= other

    def __ge__(self, other: int) -> bool:
        return int(self) >= other

    def __hash__(self) -> int:
        return hash(int(self))

    @classmethod
    def all_of(cls, numbers: Iterable[int]) -> list["Counted"]:
        """Return numbers as such."""
        return [cls(number) for number in numbers]
