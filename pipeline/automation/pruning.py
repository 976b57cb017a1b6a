"""Forgetting past runs, so that the run history does not grow for ever.

What belongs here: which runs may be forgotten, and taking out all that Dagster keeps of them. What does not: when
(`pipeline.automation.local`, `pipeline.automation.schedules`), releases, and accepted tables, which are no part of the
history.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from dagster._core.storage.runs import SqlRunStorage
from dagster._core.storage.runs.schema import RunTagsTable
from sqlalchemy import delete, func, select

from pipeline.assets.common import SOURCES
from pipeline.automation.home import alone, open_history, prepare_home
from pipeline.automation.lost import at_work, end_lost_runs
from pipeline.errors import PlainError
from pipeline.release.store import PublishBusyError
from pipeline.resources.history import HISTORY
from pipeline.settings import Settings

_PATIENCE = 60
"""Seconds that a database is waited for: the daemon writes to it every half minute."""


def prune(instance: dg.DagsterInstance, keep: int) -> int:
    """Forget old runs, unless one is at work.

    Kept are the newest runs, and whichever others made something that is newest of its kind: of every source that is
    there, and of what belongs to no source, every asset's last materialisation, since `accepted_tables` asks when its
    source was taken in, and Dagster's page what an asset is made of.

    Args:
        instance: Dagster's instance.
        keep: How many of the newest runs are kept.

    Returns:
        The number of runs that were forgotten.
    """
    if at_work(instance):
        return 0
    ended = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    newest_first = instance.get_run_ids(dg.RunsFilter(statuses=ended))
    old = newest_first[keep:]
    if old:
        needed = _needed(instance)
        old = [run for run in old if run not in needed]
    for run in old:
        _forget(instance, run)
    return len(old)


def history_bytes(home: Path) -> int:
    """Return the size of the run history."""
    return sum(path.stat().st_size for path in (home / HISTORY).rglob("*.db*"))


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was forgotten.

    Attributes:
        runs: Number of runs.
        before: Bytes of the run history before.
        after: The same after it.
    """

    runs: int
    before: int
    after: int


def prune_history(settings: Settings) -> Pruned:
    """Forget old runs, and give their room back to the disk.

    Raises:
        PublishBusyError: when a run is at work, or a process that makes runs.
        PlainError: when the run history cannot be used.
    """
    before = history_bytes(settings.home)
    if not before:
        return Pruned(0, 0, 0)
    with alone(settings.home) as locked:
        with open_history(prepare_home(settings)) as instance:
            end_lost_runs(instance, locked=locked)
            if not locked or at_work(instance):
                raise PublishBusyError(f"{settings.home}: a run is at work; try again when it is done")
            forgotten = prune(instance, settings.keep_runs)
        _shrink(settings.home)
    return Pruned(forgotten, before, history_bytes(settings.home))


def _shrink(home: Path) -> None:
    """Give the room of what was forgotten back to the disk; without it, new runs fill that room."""
    for path in sorted((home / HISTORY).rglob("*.db")):
        try:
            with closing(sqlite3.connect(path, timeout=_PATIENCE)) as database:
                database.execute("VACUUM")
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise PlainError(
                f"{path}: cannot be written anew ({error}); make room, or stop `bloemlezing dev` and try again"
            ) from error


def _needed(instance: dg.DagsterInstance) -> set[str]:
    """Return the runs that hold the last materialisation of any asset, of any source that is there."""
    made = SqlEventLogStorageTable.c
    latest = (
        select(func.max(made.id))
        .where(made.dagster_event_type == dg.DagsterEventType.ASSET_MATERIALIZATION.value)
        .group_by(made.asset_key, made.partition)
    )
    there = {None, *instance.get_dynamic_partitions(str(SOURCES.name))}
    with _events(instance).index_connection() as connection:
        rows = connection.execute(select(made.run_id, made.partition).where(made.id.in_(latest))).fetchall()
    return {run for run, source in rows if source in there}


def _forget(instance: dg.DagsterInstance, run: str) -> None:
    """Take out a run, its events, and what Dagster's own deletion leaves: results of checks, tags, files."""
    instance.delete_run(run)
    with _events(instance).index_connection() as connection:
        connection.execute(delete(AssetCheckExecutionsTable).where(AssetCheckExecutionsTable.c.run_id == run))
    runs = instance.run_storage
    assert isinstance(runs, SqlRunStorage)
    with runs.connect() as connection:
        connection.execute(delete(RunTagsTable).where(RunTagsTable.c.run_id == run))
    instance.compute_log_manager.delete_logs(prefix=[run])
    if instance.is_persistent:
        _remove((Path(instance.root_directory) / HISTORY / "runs").glob(f"{run}.db*"))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _events(instance: dg.DagsterInstance) -> SqlEventLogStorage:
    storage = instance.event_log_storage
    assert isinstance(storage, SqlEventLogStorage)
    return storage
