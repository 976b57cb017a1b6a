"""The job in this process, for `bloemlezing publish`: the same assets, checks and store as under the daemon.

What belongs here: running the plan once, with progress. What does not: printing (`pipeline.cli`).
"""

import logging
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from pipeline.automation.failing import reason
from pipeline.automation.home import LOCK, only_one, open_history, prepare_home
from pipeline.automation.jobs import FINAL, STAGES, publish_job, release_requests, stage_requests, sync_partitions
from pipeline.automation.lost import OURS, end_lost_runs
from pipeline.automation.pruning import prune
from pipeline.automation.waiting import wait_for_daemon
from pipeline.batches import require_cluster
from pipeline.checks.tables import table_checks
from pipeline.definitions import definitions
from pipeline.errors import PlainError
from pipeline.planning import Plan, make_plan, release_due
from pipeline.release.failures import clear_failure, record_failure
from pipeline.release.outputs import open_store
from pipeline.release.rebuild import rebuild
from pipeline.release.store import Store, codebooks_of, read_release
from pipeline.resources.interrupts import told_to_end
from pipeline.settings import Settings
from pipeline.sources import source_names
from pipeline.stages.collect import accepted_sets, release_inputs

Step = Callable[[str, str], None]
"""Called with a source (or `release`) and the name of a step."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how far a run is.

    Attributes:
        waits: Called when another process is at work, and this one waits for it.
        planned: Called with the number of steps once the plan is known, when nobody else is at work any more.
        began: Called when a step begins.
        ended: Called when a step has ended well.
    """

    waits: Callable[[], None]
    planned: Callable[[int], None]
    began: Step
    ended: Step


NOBODY = Watcher(lambda: None, lambda _: None, lambda *_: None, lambda *_: None)


_STOPPED = "was stopped; what was published stands, run again"


class RunFailedError(PlainError):
    """A run failed; the message names the source, the step and the reason. What was published before still stands."""


class StoppedError(RunFailedError):
    """Somebody stopped a run (Ctrl-C, SIGTERM), so nothing else is tried."""


def run_plan(settings: Settings, watcher: Watcher = NOBODY) -> Plan:
    """Do what there is to do: the stages of every changed source, then a release when one is due.

    A source that fails does not hold up the others, as under the sensor: it keeps the tables that were accepted before,
    and the release is made of these. One process at a time does this for a folder of outputs; another waits.

    Args:
        settings: Folders and limits.
        watcher: Who is told how far it is.

    Returns:
        The plan that was carried out.

    Raises:
        RunFailedError: at the end, when the run of a source or of the release failed; `failed.json` says why.
        StoppedError: when this process was told to end.
        PlainError: when Dagster's run history cannot be used, or a Dask cluster is named that does not answer.
        PublishBusyError: when another process, or the daemon, was at work for longer than half an hour.
        SourceError: when there is no raw folder.
        StoreError: when releases cannot be written to where they should go.
    """
    with told_to_end() as told:
        try:
            return _run_plan(settings, watcher, told)
        except KeyboardInterrupt as error:
            raise StoppedError(_STOPPED) from error


def _run_plan(settings: Settings, watcher: Watcher, told: Callable[[], bool]) -> Plan:
    source_names(settings.raw)  # a wrong folder is refused before anything is made
    home = prepare_home(settings)
    require_cluster()
    with only_one(home / LOCK, watcher.waits):
        plan = make_plan(settings)
        failed: Mapping[str, RunFailedError] = {}
        if not (plan.changed or plan.release_due):
            watcher.planned(0)
        else:
            open_store(settings.address).require_writable()
            with open_history(home) as instance:
                end_lost_runs(instance, locked=True)
                if wait_for_daemon(instance, watcher.waits):
                    plan = make_plan(settings)
                watcher.planned(len(plan.changed) * (len(STAGES) + len(list(table_checks()))) + len(FINAL))
                sync_partitions(instance, settings, plan)
                failed = _run_all(_Runs(settings, instance, watcher, told), settings, plan)
                prune(instance, settings.keep_runs)
        _settle(settings, failed)
    return plan


def _run_all(runs: "_Runs", settings: Settings, plan: Plan) -> dict[str, RunFailedError]:
    """Take every changed source through the stages, then publish what is due; return why runs failed, by name."""
    failed: dict[str, RunFailedError] = {}

    def run(request: dg.RunRequest) -> None:
        try:
            runs.run(request)
        except StoppedError:
            raise
        except RunFailedError as error:
            failed[runs.name] = error

    for request in stage_requests(plan):
        run(request)
    for request in release_requests(settings, due=release_due(settings)):
        run(request)
    return failed


def _settle(settings: Settings, failed: Mapping[str, RunFailedError]) -> None:
    """Write down why runs failed, or that none did.

    Raises:
        RunFailedError: when any failed, with all reasons.
    """
    store = open_store(settings.address)
    if not failed:
        clear_failure(store)
        return
    why = RunFailedError("; ".join(str(error) for error in failed.values()))
    record_failure(store, datetime.now(UTC), ", ".join(failed), why)
    raise why


def rebuilt_differences(settings: Settings, release: Path, history: Store | None = None) -> list[str]:
    """Return where a release differs from one that is made again, in a folder of its own, from the raw files.

    Args:
        settings: Where the raw files are; outputs are left alone.
        release: Folder of the release.
        history: Where the releases before it are; beside its own folder when None.

    Raises:
        RunFailedError: when the raw files cannot be taken through the stages.
    """
    with tempfile.TemporaryDirectory() as folder:
        again = Settings(settings.raw, Path(folder), settings.max_bytes)
        run_plan(again)
        # Its own order of codebooks is what the releases before it asked for.
        inputs = release_inputs(again, accepted_sets(again), codebooks_of(read_release(release)))
        return rebuild(release, inputs, history)


class _Runs:
    """Runs of the job, one after the other; the definitions are made once for all of them."""

    def __init__(
        self, settings: Settings, instance: dg.DagsterInstance, watcher: Watcher, told: Callable[[], bool]
    ) -> None:
        self.instance = instance
        self._told = told
        self.name = ""
        reporter = _reporter(
            {
                "STEP_START": lambda step: watcher.began(self.name, step),
                "STEP_SUCCESS": lambda step: watcher.ended(self.name, step),
            }
        )
        self.job = definitions(settings, {"progress": reporter}).resolve_job_def(publish_job.name)

    def run(self, request: dg.RunRequest) -> None:
        """Materialise the assets that are asked for, of one source or of all together.

        Raises:
            RunFailedError: when a step or a blocking check fails.
            StoppedError: when somebody stopped it.
        """
        self.name = request.partition_key or "release"
        result = self.job.execute_in_process(
            instance=self.instance,
            partition_key=request.partition_key,
            asset_selection=request.asset_selection,
            raise_on_error=False,
            run_config={"loggers": {"progress": {}}},
            tags={**OURS, **request.tags},
        )
        if self._told() or _stopped(result):
            raise StoppedError(f"{self.name}: {_STOPPED}")
        if not result.success:
            raise RunFailedError(f"{self.name}: {reason(result.all_events)}")


def _reporter(told: Mapping[str, Callable[[str], None]]) -> dg.LoggerDefinition:
    """Return a Dagster logger that only tells which steps begin and end, by the type of the event."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            event = getattr(record, "dagster_meta", {}).get("dagster_event")
            if event is not None and event.event_type_value in told:
                told[event.event_type_value](event.step_key)

    def progress(_: dg.InitLoggerContext) -> logging.Logger:
        made = logging.getLogger("bloemlezing.progress")
        made.handlers, made.propagate = [Handler()], False
        made.setLevel(logging.DEBUG)
        return made

    return dg.LoggerDefinition(progress, description="Tells a progress display which steps begin and end.")


def _stopped(result: dg.ExecuteInProcessResult) -> bool:
    """Return whether a run failed because its process was told to end."""
    for event in result.filter_events(lambda event: event.is_step_failure):
        error = event.step_failure_data.error
        while error is not None:
            if error.cls_name in {"DagsterExecutionInterruptedError", "KeyboardInterrupt"}:
                return True
            error = error.cause
    return False
