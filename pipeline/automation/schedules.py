"""The daily schedule.

What belongs here: when the whole job runs without anybody noticing a change. What does not: the sensor's reactions.
"""

from collections.abc import Iterator

import dagster as dg
from dagster._core.scheduler.instigation import InstigatorStatus, InstigatorType

from pipeline.automation.failing import note_failure
from pipeline.automation.home import alone
from pipeline.automation.jobs import at_work_on, publish_job, release_requests, stage_requests, sync_partitions
from pipeline.automation.lost import end_lost_runs
from pipeline.automation.pruning import prune
from pipeline.automation.sensors import raw_folder_sensor
from pipeline.planning import make_plan
from pipeline.resources.folders import Folders
from pipeline.sources import SourceError


@dg.schedule(
    job=publish_job,
    cron_schedule="0 5 * * *",
    execution_timezone="Europe/Amsterdam",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning: a run for every source that failed or changed, and a release when one is due.",
)
def daily_publish(context: dg.ScheduleEvaluationContext, folders: Folders) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Forget old runs, then ask for the stages of every changed source, and for a release that is due already.

    So what failed is tried again every day. The sensor asks for the release of what these runs take in; where somebody
    stopped it, each of them makes one. A source of which a run is still under way waits for the next morning.
    """
    settings, instance = folders.settings, context.instance
    with alone(settings.home) as locked:
        end_lost_runs(instance, locked=locked)
    prune(instance, settings.keep_runs)
    try:
        plan = make_plan(settings)
    except SourceError as error:
        note_failure(settings, error)
        yield dg.SkipReason(str(error))
        return
    sync_partitions(instance, settings, plan)
    busy = at_work_on(instance)
    stages = stage_requests(plan)
    if _sensor_is_stopped(instance):
        stages = [request.with_replaced_attrs(asset_selection=None) for request in stages]
    due = [*stages, *release_requests(settings, due=plan.release_due)]
    requests = [request for request in due if request.partition_key not in busy]
    for request in requests:
        # Dagster wants several requests of one tick told apart; no folder has a "/" in its name.
        yield request.with_replaced_attrs(run_key=request.partition_key or "/release")
    if not requests:
        yield dg.SkipReason("what changed is under way" if due else "nothing changed")


def _sensor_is_stopped(instance: dg.DagsterInstance) -> bool:
    states = instance.all_instigator_state(instigator_type=InstigatorType.SENSOR)
    return any(
        state.instigator_name == raw_folder_sensor.name and state.status is InstigatorStatus.STOPPED for state in states
    )
