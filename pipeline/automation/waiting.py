"""Runs of the daemon that are under way.

What belongs here: telling whether there are any, and waiting until there are none. What does not: runs whose process
is gone (`pipeline.automation.lost`), waiting for another publisher (`pipeline.release.publish`).
"""

import time
from collections.abc import Callable

import dagster as dg
from dagster._core.storage.tags import GRPC_INFO_TAG

from pipeline.automation.lost import WORKING, end_lost_runs
from pipeline.release.publish import PATIENCE
from pipeline.release.store import PublishBusyError

_BEAT = 60
"""Seconds after the last sign of a daemon in which it counts as there; it gives one every thirty."""
_LOOK = 1.0
"""Seconds between two looks at whether the daemon is still at work."""


def wait_for_daemon(instance: dg.DagsterInstance, waits: Callable[[], None]) -> bool:
    """Wait until the daemon has no run under way; whoever calls holds the lock, so the sensor asks for no other.

    Two runs of one source at a time would write the same tables.

    Args:
        instance: Dagster's instance.
        waits: Called when there is something to wait for.

    Returns:
        Whether it waited.

    Raises:
        PublishBusyError: when that takes longer than half an hour.
    """
    if not _daemon_at_work(instance):
        return False
    waits()
    ends = time.monotonic() + PATIENCE
    while _daemon_at_work(instance):
        if time.monotonic() > ends:
            raise PublishBusyError(f"runs of the daemon did not finish within {PATIENCE:g} seconds; try later")
        time.sleep(_LOOK)
        end_lost_runs(instance, locked=True)
    return True


def _daemon_at_work(instance: dg.DagsterInstance) -> bool:
    """Return whether the daemon launched a run that has not ended, or is there to launch one that waits for its turn.

    A run in the queue of a daemon that is gone waits for the next one, which takes no source that another run is at.
    """
    if any(GRPC_INFO_TAG in run.tags for run in instance.get_runs(dg.RunsFilter(statuses=WORKING))):
        return True
    queued = instance.get_runs_count(dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED]))
    beats = instance.get_daemon_heartbeats().values() if queued else ()
    return any(time.time() - beat.timestamp < _BEAT for beat in beats)
