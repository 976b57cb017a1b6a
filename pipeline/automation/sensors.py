"""The sensor that notices new, changed and removed sources.

What belongs here: when to ask for which run. What does not: what a run does.
"""

import dagster as dg

from pipeline.automation.failing import note_failure, settle_failures
from pipeline.automation.home import alone
from pipeline.automation.jobs import (
    at_work_on,
    publish_job,
    release_requests,
    stage_requests,
    sync_partitions,
    tried,
)
from pipeline.automation.lost import end_lost_runs
from pipeline.fingerprint import RememberedHashes
from pipeline.planning import Plan, make_plan
from pipeline.resources.folders import Folders
from pipeline.sources import SourceError

_HASHES = RememberedHashes()
"""The sensor looks every few seconds, at what may be thousands of documents; runs and the schedule read every file."""


@dg.sensor(
    job=publish_job,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks at the raw folder: runs the stages of every changed source, then one release of all of them.",
)
def raw_folder_sensor(context: dg.SensorEvaluationContext, folders: Folders) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run per changed source; when none is under way any more, for one release.

    The release waits for the stages of all changed sources, so a batch of new sources makes one version, not many. A
    source whose run failed does not hold up the others: its accepted tables stay as they were, and it is tried again
    when it changes, or by the schedule.
    """
    settings, instance = folders.settings, context.instance
    try:
        plan = make_plan(settings, _HASHES)
    except SourceError as error:
        note_failure(settings, error)
        return dg.SkipReason(str(error))
    sync_partitions(instance, settings, plan)
    busy = at_work_on(instance)
    stages = [request for request in stage_requests(plan) if request.partition_key not in busy]
    wanted = [request for request in stages if not tried(instance, request)]
    if busy and not wanted:
        with alone(settings.home) as locked:
            lost = end_lost_runs(instance, locked=locked)
        return dg.SkipReason(f"runs are under way; {lost} had lost their process" if lost else "runs are under way")
    final = release_requests(settings, due=plan.release_due)
    wanted = wanted or [request for request in final if not tried(instance, request)]
    if not wanted:
        settle_failures(instance, settings, plan)
        return dg.SkipReason(_nothing(plan))
    with alone(settings.home) as free:
        # Two runs of one source at a time would write the same tables.
        return dg.SensorResult(wanted) if free else dg.SkipReason("`bloemlezing publish` is at work here")


def _nothing(plan: Plan) -> str:
    """Return why nothing is asked for."""
    failed = [*(name for name, _ in plan.changed), *(["the release"] if plan.release_due else [])]
    if not failed:
        return "nothing changed"
    return f"failed, and tried again when anything changes, or by the schedule: {', '.join(failed)}"
