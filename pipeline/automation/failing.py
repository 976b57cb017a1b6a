"""Why runs failed, and `failed.json` of what the daemon runs.

What belongs here: the reason in a run's events, in one line, and writing down which sources keep failing. What does
not: the form of the record (`pipeline.release.failures`), and what is tried again (`pipeline.automation.jobs`).
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import dagster as dg

from pipeline.automation.jobs import newest_runs
from pipeline.errors import PlainError, refused
from pipeline.planning import Plan
from pipeline.release.failures import clear_failure, record_failure, recorded_failure
from pipeline.release.outputs import open_store
from pipeline.settings import Settings
from pipeline.sources import SourceError

_TELLING = {
    dg.DagsterEventType.ASSET_CHECK_EVALUATION,
    dg.DagsterEventType.STEP_FAILURE,
    dg.DagsterEventType.ENGINE_EVENT,
    dg.DagsterEventType.RUN_FAILURE,
}
_PROCESS_ENDED = re.compile(r"signal \d+ \(\w+\)|unexpectedly exited with code -?\d+|process is gone")
"""How Dagster's server, and `pipeline.automation.lost`, say that a run has no process any more."""

_REFUSED = re.compile(r"\[Errno (?P<number>\d+)\] (?P<said>.*?)(?:: '(?:.*' -> ')?(?P<file>.*)')?")
"""How Python words an error of the system, of which a run's events hold the words alone; a rename names two files."""

PLAN = "plan"
"""The step in which it is found what there is to do."""


def note_failure(settings: Settings, error: SourceError) -> None:
    """Write down why it cannot even be said what there is to do, unless that stands there already."""
    store = open_store(settings.address)
    known = recorded_failure(store)
    if known is None or known[1] != PLAN:
        record_failure(store, datetime.now(UTC), PLAN, error)


def settle_failures(instance: dg.DagsterInstance, settings: Settings, plan: Plan) -> None:
    """Write down why the sources that are left to do failed, or that none did; nothing is under way.

    A release that failed has written down why by itself, and that stays.
    """
    store = open_store(settings.address)
    if plan.release_due:
        return
    if not plan.changed:
        clear_failure(store)
        return
    found = [(name, newest_runs(instance, name)) for name, _ in plan.changed]
    ended = max((record.end_time or 0 for _, records in found for record in records), default=0)
    when, names = datetime.fromtimestamp(int(ended), UTC), ", ".join(name for name, _ in found)
    if recorded_failure(store) == (when, names):
        return
    why = [f"{name}: {_run_reason(instance, records[0])}" for name, records in found if records]
    record_failure(store, when, names, PlainError("; ".join(why)))


def _run_reason(instance: dg.DagsterInstance, record: dg.RunRecord) -> str:
    entries = instance.all_logs(record.dagster_run.run_id, of_type=_TELLING)
    return reason(entry.dagster_event for entry in entries if entry.dagster_event)


def reason(events: Iterable[dg.DagsterEvent]) -> str:
    """Return why a run failed, in one line, from its events."""
    known = list(events)
    for event in known:
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            found = event.asset_check_evaluation_data
            if not found.passed:
                return f"check {found.check_name} of {found.asset_key.to_user_string()}: {found.description}"
    for event in known:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause if error and error.cause else error
            return f"step {event.step_key}: {_in_words(str(cause.cls_name), cause.message) if cause else 'failed'}"
    for event in known:
        if told := _PROCESS_ENDED.search(event.message or ""):
            return f"its process was ended ({told[0]}); was there too little memory, or did somebody end it?"
    return "failed without a reason; see the run's log in `make dev`"


def _in_words(name: str, said: str) -> str:
    """Return what an error said, without the path of its class; the name of a class that is not ours says a part of it.

    Args:
        name: Of its class.
        said: Its message as a traceback ends with it: path and name of the class, then its words.
    """
    path, colon, words = said.strip().partition(f"{name}: ")
    if not colon or not re.fullmatch(r"[\w.]*", path):
        return said.strip()
    if system := _REFUSED.fullmatch(words):
        return refused(OSError(int(system["number"]), system["said"], system["file"]))
    return words if path.startswith("pipeline.") else f"{name}: {words}"
