"""The sensor that notices new, changed and removed sources.

What belongs here: when to ask for which run. What does not: what a run does.
"""

import dagster as dg
from dagster._core.storage.tags import RUN_KEY_TAG

from pipeline.automation.home import alone
from pipeline.automation.jobs import FINAL_KEYS, publish_job, stage_requests, sync_partitions
from pipeline.automation.lost import end_lost_runs
from pipeline.fingerprint import RememberedHashes
from pipeline.planning import make_plan, release_fingerprint
from pipeline.resources.folders import Folders
from pipeline.stages.collect import accepted_sets

_HASHES = RememberedHashes()
"""The sensor looks every few seconds, at what may be thousands of documents; runs and the schedule read every file."""

_ACTIVE = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dg.sensor(
    job=publish_job,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks at the raw folder: runs the stages of every changed source, then one release of all of them.",
)
def raw_folder_sensor(context: dg.SensorEvaluationContext, folders: Folders) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run per changed source; when none is under way any more, for one release.

    The release waits for the stages of all changed sources, so a batch of new sources makes one version, not many. A
    source whose run failed does not hold up the others: its accepted tables stay as they were.
    """
    settings = folders.settings
    plan = make_plan(settings, _HASHES)
    sync_partitions(context.instance, settings, plan)
    wanted = [request for request in stage_requests(plan) if not _asked(context.instance, str(request.run_key))]
    if wanted:
        return dg.SensorResult(run_requests=wanted)
    if context.instance.get_runs_count(dg.RunsFilter(job_name=publish_job.name, statuses=_ACTIVE)):
        with alone(settings.home) as locked:
            lost = end_lost_runs(context.instance, locked=locked)
        return dg.SkipReason(f"runs are under way; {lost} had lost their process" if lost else "runs are under way")
    if not plan.release_due:
        return dg.SkipReason("nothing changed")
    key = f"release:{release_fingerprint(accepted_sets(settings))}"
    return dg.SensorResult(run_requests=[dg.RunRequest(key, asset_selection=FINAL_KEYS)])


def _asked(instance: dg.DagsterInstance, run_key: str) -> bool:
    return bool(instance.get_runs_count(dg.RunsFilter(tags={RUN_KEY_TAG: run_key})))
