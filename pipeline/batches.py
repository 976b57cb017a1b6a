"""Mapping a function over documents, in this process or on a cluster.

What belongs here: the one place where work is handed to Dask. What does not: what the work is. The same functions run
in this process by default, and on every worker of a `distributed` cluster when `BLOEMLEZING_DASK` holds the address of
its scheduler. The order of the results is the order of the items, whatever the number of workers.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from dask.base import compute
from dask.delayed import delayed

from pipeline.errors import PlainError
from pipeline.settings import DASK, given

if TYPE_CHECKING:
    from distributed import Client

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

BATCH = 50
"""Documents in a task: a page takes some ten milliseconds, and a task costs about one."""
PATIENCE = 10
"""Seconds after which a scheduler that does not answer is not there."""


def map_documents(function: Callable[[_Item], _Result], items: Sequence[_Item], batch: int = BATCH) -> list[_Result]:
    """Return `function(item)` for every item, in order.

    Args:
        function: A function that can be pickled (of a module), of one item.
        items: What it is called with; each must be picklable when a cluster is used.
        batch: Items in a task.

    Raises:
        PlainError: when the cluster does not answer.
        SettingsError: when its address is set and empty.
    """
    tasks = [delayed(_run)(function, items[start : start + batch]) for start in range(0, len(items), batch)]
    address = given(DASK)
    # Text work holds the interpreter's lock, so threads of one process would only take turns.
    results = _on_cluster(address, tasks) if address else compute(*tasks, scheduler="synchronous")
    return [result for part in results for result in part]


def _run(function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    return [function(item) for item in items]


def require_cluster() -> None:
    """See that the cluster answers when one is named, before each step of a run would wait for it.

    Raises:
        PlainError: when it does not.
        SettingsError: when its address is set and empty.
    """
    address = given(DASK)
    if address:
        _client(address).close()


def _on_cluster(address: str, tasks: Sequence[object]) -> Sequence[Sequence[_Result]]:
    with _client(address) as client:
        results: Sequence[Sequence[_Result]] = client.gather(client.compute(list(tasks)))
    return results


def _client(address: str) -> "Client":
    from distributed import Client  # noqa: PLC0415  importing it takes half a second that most runs need not spend

    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PlainError(f"{DASK} is {address}: {error}; start a Dask scheduler there, or unset it") from error
