"""The daily schedule.

What belongs here: when the whole job runs without anybody noticing a change. What does not: the sensor's reactions.
"""

from collections.abc import Iterator

import dagster as dg

from pipeline.automation.jobs import FINAL_KEYS, publish_job, sync_partitions
from pipeline.automation.pruning import prune
from pipeline.planning import make_plan
from pipeline.resources.folders import Folders


@dg.schedule(
    job=publish_job,
    cron_schedule="0 5 * * *",
    execution_timezone="Europe/Amsterdam",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning: the whole job for sources that changed, or a release when only that is due.",
)
def daily_publish(context: dg.ScheduleEvaluationContext, folders: Folders) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Forget old runs, then ask for the whole job per changed source; a failed one is tried again every day."""
    settings = folders.settings
    prune(context.instance, settings.keep_runs)
    plan = make_plan(settings)
    sync_partitions(context.instance, settings, plan)
    if not plan.changed and not plan.release_due:
        yield dg.SkipReason("nothing changed")
    for source, _ in plan.changed:
        yield dg.RunRequest(partition_key=source)
    if plan.release_due and not plan.changed:
        yield dg.RunRequest(asset_selection=FINAL_KEYS)
