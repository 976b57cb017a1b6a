"""Runs whose process is gone: it was killed, or the machine went down.

What belongs here: finding them and writing down that they failed. What does not: waiting for runs that are under way
(`pipeline.automation.waiting`), forgetting runs (`pipeline.automation.pruning`).

Dagster leaves such a run as it was, under way for ever. The sensor would never ask for a release again, and the queue,
which lets two runs work at a time, would start nothing any more.
"""

import json
import socket
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

import dagster as dg
from dagster._core.storage.tags import GRPC_INFO_TAG

from pipeline.automation.home import alone, open_history

OURS = {"bloemlezing/by": "publish"}
"""Tag of runs within a process that holds the lock."""
LOST = {"bloemlezing/lost": "true"}
"""Tag of a run whose process was gone, so that it says nothing of what it was asked for."""
WORKING = [
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
"""Of a run that has a process, or had one."""
SILENCE = 24 * 3600
"""Seconds without an event after which a run of unknown kind counts as lost; no step takes that long."""


def end_lost_runs(instance: dg.DagsterInstance, *, locked: bool) -> int:
    """Write down that runs whose process is gone have failed.

    Args:
        instance: Dagster's instance.
        locked: Whether this process holds the lock, so that no other runs the job by itself.

    Returns:
        How many there were.
    """
    lost = [run for run in instance.get_runs(dg.RunsFilter(statuses=WORKING)) if _lost(instance, run, locked=locked)]
    for run in lost:
        instance.add_run_tags(run.run_id, LOST)
        instance.report_run_failed(run, "Its process is gone: it was killed, or the machine went down.")
    return len(lost)


def end_lost_runs_of(home: Path) -> None:
    """Do so in Dagster's home, before Dagster begins to work in it.

    Raises:
        PlainError: when the run history cannot be used.
    """
    with alone(home) as locked, open_history(home) as instance:
        end_lost_runs(instance, locked=locked)


def at_work(instance: dg.DagsterInstance) -> bool:
    """Return whether any run has a process, as far as is known."""
    return bool(instance.get_runs_count(dg.RunsFilter(statuses=WORKING)))


def _lost(instance: dg.DagsterInstance, run: dg.DagsterRun, *, locked: bool) -> bool:
    if OURS.items() <= run.tags.items():
        return locked
    if GRPC_INFO_TAG in run.tags:
        # A run that the daemon launched is a child of a server, which stays as long as it has children.
        return not _answers(json.loads(run.tags[GRPC_INFO_TAG]))
    # Somebody's own `dagster job execute`, which says nothing of its process.
    last = instance.event_log_storage.get_records_for_run(run.run_id, limit=1, ascending=False).records
    return bool(last) and time.time() - last[0].timestamp > SILENCE


def _answers(server: Mapping[str, str | int]) -> bool:
    """Return whether somebody listens at a socket or port."""
    with suppress(OSError):
        if "socket" in server:
            with closing(socket.socket(socket.AF_UNIX)) as asked:
                asked.connect(str(server["socket"]))
        else:
            socket.create_connection((str(server["host"]), int(server["port"])), timeout=5).close()
        return True
    return False
