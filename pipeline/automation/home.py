"""Dagster's home in a folder of outputs: how it is configured, and who may work in it.

What belongs here: making it, opening its run history, and the lock. What does not: runs (`pipeline.automation.local`),
and where events are stored (`pipeline.resources.history`).
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from dagster import DagsterInvalidConfigError
from filelock import FileLock, Timeout
from sqlalchemy.exc import DatabaseError
from yaml import YAMLError

from pipeline.atomic import replace_file
from pipeline.errors import PlainError
from pipeline.release.publish import PATIENCE
from pipeline.release.store import PublishBusyError
from pipeline.settings import HOME, Settings

LOCK = "publish.lock"
"""File of the home; who holds it is the only process that runs the job by itself."""

INSTANCE = """\
# Dagster's instance for this folder: run history in SQLite beside it. Written by bloemlezing.
# All events in one database: by default Dagster makes one a run, and opening those cost more than the runs' own work.
event_log_storage:
  module: pipeline.resources.history
  class: EventLog
telemetry:
  enabled: false
nux:
  enabled: false
# Its console shows what a person may act on; the events of every step are in the web page.
python_logs:
  python_log_level: INFO
concurrency:
  runs:
    max_concurrent_runs: 2
    # Sensor, schedule and page may ask for a source in the same second; its runs write the same tables.
    tag_concurrency_limits:
      - key: dagster/partition
        value: {applyLimitPerUniqueValue: true}
        limit: 1
"""
_EARLIER = frozenset({"929585f647d8aee76cedaf5bb3bdc1d1c936b0afb378cd01fa805bac2ccf93b4"})
"""SHA-256 of configurations that were written before, with the same storage; who edited theirs keeps it."""


def prepare_home(settings: Settings) -> Path:
    """Return Dagster's home, made and configured when it was not there.

    A home that was made before keeps its configuration, since its history is where that says, unless it is one of ours
    that differs in nothing that is stored.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    config = settings.home / "dagster.yaml"
    if not config.exists() or hashlib.sha256(config.read_bytes()).hexdigest() in _EARLIER:
        replace_file(config, INSTANCE.encode())
    return settings.home


@contextmanager
def open_history(home: Path) -> Iterator[dg.DagsterInstance]:
    """Give Dagster's instance of a home, which `DAGSTER_HOME` names within: Dagster tells its storages no other way.

    Raises:
        PlainError: when its run history cannot be read or written.
    """
    try:
        with environment({HOME: str(home)}), dg.DagsterInstance.from_config(str(home)) as instance:
            yield instance
    except (YAMLError, DagsterInvalidConfigError) as error:
        config = home / "dagster.yaml"
        first = str(error).splitlines()[0]
        raise PlainError(f"{config}: is no configuration of Dagster ({first}); mend it, or remove it") from error
    except DatabaseError as error:
        raise PlainError(
            f"{home}: Dagster's run history cannot be used ({error.orig}); make room, or mend its rights"
        ) from error


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables for what is within and the processes that it starts, and afterwards what was there before."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def only_one(path: Path, waits: Callable[[], None]) -> Iterator[None]:
    """Hold the right to work in this folder; wait for another process, and give up after half an hour.

    Raises:
        PublishBusyError: when the other one took longer.
    """
    lock = FileLock(path)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waits()
            lock.acquire(timeout=PATIENCE)
    except Timeout as error:
        raise PublishBusyError(
            f"{path.parent}: another process is at work here and did not finish within {PATIENCE:g} seconds; try later"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def alone(home: Path) -> Iterator[bool]:
    """Hold the lock of this folder if nobody does, and give whether that is so."""
    lock = FileLock(home / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
