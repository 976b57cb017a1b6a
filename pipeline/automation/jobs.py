"""The job, and what is asked of it.

What belongs here: turning a `Plan` into partitions and runs, and whether a run was tried already. What does not: making
the plan (`pipeline.planning`).
"""

from collections.abc import Sequence
from itertools import takewhile

import dagster as dg
from dagster._core.storage.tags import PARTITION_NAME_TAG

from pipeline.assets.clean import clean_source
from pipeline.assets.code import accepted_tables, code_statements, wide_recommendations
from pipeline.assets.common import SOURCES
from pipeline.assets.ingest import ingest_source
from pipeline.assets.publish import code_list, measured_reliability, release
from pipeline.assets.segment import segment_documents
from pipeline.automation.lost import LOST
from pipeline.planning import Plan, release_fingerprint
from pipeline.settings import Settings
from pipeline.stages.collect import accepted_sets
from pipeline.storage import forget

STATE = "bloemlezing/state"
"""Tag of a run: the fingerprint of what it was asked to take in."""
_RELEASES = {"bloemlezing/of": "release"}
"""Tag of a run for a release of all sources, which has no partition to be found by."""
_ACTIVE = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
"""Of a run that will do something, or does."""
_REPEATED = 2
"""Runs for one state at most."""

STAGES = (ingest_source, clean_source, segment_documents, code_statements, wide_recommendations, accepted_tables)
"""The assets of one source, in the order in which they run."""

FINAL = (code_list, measured_reliability, release)
"""The assets of all sources together."""

STAGE_KEYS = [key for stage in STAGES for key in stage.keys]
FINAL_KEYS = [key for asset in FINAL for key in asset.keys]

publish_job = dg.define_asset_job(
    "publish",
    dg.AssetSelection.all(),
    description="Takes one source through all stages, then publishes a release of all accepted sources. It runs for a "
    'partition, the source: choose one in the web page, or give --tags \'{"dagster/partition": "SOURCE"}\' to '
    "`dagster job execute`.",
    # A run is one process: starting one for every step and check would take longer than the steps themselves. What is
    # large is spread by documents (`pipeline.batches`) and by sources, each of which is a run.
    executor_def=dg.in_process_executor,
)


def sync_partitions(instance: dg.DagsterInstance, settings: Settings, plan: Plan) -> None:
    """Make the source partitions those of the plan, and drop the tables of sources that are gone."""
    name = str(SOURCES.name)
    known = set(instance.get_dynamic_partitions(name))
    instance.add_dynamic_partitions(name, [source for source in plan.sources if source not in known])
    for gone in sorted(known - set(plan.sources)):
        instance.delete_dynamic_partition(name, gone)
    forget(settings.accepted, settings.work, plan.sources)


def stage_requests(plan: Plan) -> list[dg.RunRequest]:
    """Return a run of the stages for every changed source."""
    return [
        dg.RunRequest(partition_key=source, asset_selection=STAGE_KEYS, tags=run_tags(source, state))
        for source, state in plan.changed
    ]


def release_requests(settings: Settings, *, due: bool) -> list[dg.RunRequest]:
    """Return a run that makes a release of all accepted sources, if one is due."""
    if not due:
        return []
    state = release_fingerprint(accepted_sets(settings))
    return [dg.RunRequest(asset_selection=FINAL_KEYS, tags=run_tags(None, state))]


def run_tags(source: str | None, state: str) -> dict[str, str]:
    """Return the tags of a run, by which it is found again.

    Args:
        source: Its source; None for a run that makes a release.
        state: Fingerprint of what the run is to take in.
    """
    return {STATE: state} | (_RELEASES if source is None else {})


def newest_runs(instance: dg.DagsterInstance, source: str | None, limit: int = 1) -> Sequence[dg.RunRecord]:
    """Return the newest runs of a source, or for a release when None, newest first."""
    wanted = dg.RunsFilter(job_name=publish_job.name, tags=_lookup_tags(source))
    return instance.get_run_records(wanted, limit=limit)


def tried(instance: dg.DagsterInstance, request: dg.RunRequest) -> bool:
    """Return whether what is asked for is under way, or was tried in vain.

    The newest run decides: a source that is again as it once was, after it was otherwise or gone, is run once more. A
    run that says nothing of what it was asked for is repeated once, and no more, should it be just that which ends it.
    """
    newest = newest_runs(instance, request.partition_key, _REPEATED)
    same = list(takewhile(lambda one: one.dagster_run.tags.get(STATE) == request.tags[STATE], newest))
    return bool(same) and (not _says_nothing(same[0]) or len(same) == _REPEATED)


def _says_nothing(record: dg.RunRecord) -> bool:
    """Return whether a run ended without telling whether its work can be done.

    Its process was gone; or it never began, as when the machine slept while it was launched; or it ended well, and yet
    there is something to do, since somebody removed tables.
    """
    run = record.dagster_run
    never_began = run.status is dg.DagsterRunStatus.FAILURE and record.start_time is None
    return never_began or run.status is dg.DagsterRunStatus.SUCCESS or LOST.items() <= run.tags.items()


def at_work_on(instance: dg.DagsterInstance) -> frozenset[str | None]:
    """Return the sources of which a run is under way, or waits for its turn, and None when it is of all together."""
    runs = instance.get_runs(dg.RunsFilter(job_name=publish_job.name, statuses=_ACTIVE))
    return frozenset(run.tags.get(PARTITION_NAME_TAG) for run in runs)


def _lookup_tags(source: str | None) -> dict[str, str]:
    """Return the tags that all runs of a source have, or all that make a release when None; Dagster sets the first."""
    return _RELEASES if source is None else {PARTITION_NAME_TAG: source}
