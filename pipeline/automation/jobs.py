"""The job, and requests for runs of it.

What belongs here: turning a `Plan` into partitions and runs. What does not: making the plan (`pipeline.planning`).
"""

import dagster as dg

from pipeline.assets.clean import clean_source
from pipeline.assets.code import accepted_tables, code_statements, wide_recommendations
from pipeline.assets.common import SOURCES
from pipeline.assets.ingest import ingest_source
from pipeline.assets.publish import code_list, measured_reliability, release
from pipeline.assets.segment import segment_documents
from pipeline.planning import Plan
from pipeline.settings import Settings
from pipeline.storage import forget

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
    """Make the source partitions those of the plan, and drop what was accepted of sources that are gone."""
    name = str(SOURCES.name)
    known = set(instance.get_dynamic_partitions(name))
    instance.add_dynamic_partitions(name, [source for source in plan.sources if source not in known])
    for gone in sorted(known - set(plan.sources)):
        instance.delete_dynamic_partition(name, gone)
    forget(settings.accepted, plan.sources)


def stage_requests(plan: Plan) -> list[dg.RunRequest]:
    """Return a run of the stages for every changed source; its key keeps a failed one from being tried for ever."""
    return [
        dg.RunRequest(f"{source}:{fingerprint}", partition_key=source, asset_selection=STAGE_KEYS)
        for source, fingerprint in plan.changed
    ]
