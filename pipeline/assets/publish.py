"""Assets of group `publish`: what belongs to no single source, and the release of all accepted ones.

What belongs here: which accepted tables a release is made of, and what is written down about it. What does not: how it
is written, verified and put in place (`pipeline.release`).
"""

from datetime import UTC, datetime

import dagster as dg
import pandas as pd

from pipeline.assets.common import described, single_asset
from pipeline.planning import refuse_nothing_read, release_fingerprint
from pipeline.release.failures import record_failure
from pipeline.release.files import json_bytes
from pipeline.release.outputs import open_store
from pipeline.release.publish import ISSUES, RELEASE, issues_json, publish
from pipeline.release.store import codebooks_before
from pipeline.resources.folders import Folders
from pipeline.sources import SourceError
from pipeline.stages.collect import WHOLE, accepted_sets, codebooks_in_use, codes, release_inputs
from pipeline.stages.reliability import reliability
from pipeline.storage import Released, write_released

GROUP = "publish"


@single_asset("codes", GROUP, {"yaml", "pandas"}, deps=["accepted_tables"])
def code_list(folders: Folders) -> dg.Output[pd.DataFrame]:
    """List the codes of every codebook in use.

    Grain: one row a codebook, dimension and code. Caveat: a codebook that no accepted source names is not published.
    """
    table = codes(codebooks_in_use(accepted_sets(folders.settings)))
    return dg.Output(table, metadata=described(table, "dimension"))


@single_asset("reliability", GROUP, {"csv", "pandas"}, deps=["accepted_tables"])
def measured_reliability(folders: Folders) -> dg.Output[pd.DataFrame]:
    """List what was measured of the coders of every codebook in use.

    Grain: one row a codebook, dimension, coder, reference and metric. Caveat: programs are measured offline, by
    `python -m benchmarks.coding` on constructed texts; people on this release, where they decided on what was doubtful.
    """
    sets = accepted_sets(folders.settings)
    table = reliability(sets, codebooks_in_use(sets))
    return dg.Output(table, metadata=described(table, "metric"))


@single_asset("release", GROUP, {"parquet", "csv", "frictionless"}, deps=["accepted_tables", *WHOLE])
def release(folders: Folders) -> dg.MaterializeResult[None]:
    """Publish all accepted sources as one immutable version.

    Grain: one folder a version. Steps: written in a staging folder, verified there, renamed into place, the pointer
    moved last. Caveat: when the rows are those of the last release, that one stands and no version is made; when no
    document of any source could be read, nothing is published.
    """
    settings = folders.settings
    # Listed once: another run may accept tables meanwhile, and what is written down is what the release was made of.
    sets = accepted_sets(settings)
    fingerprint = release_fingerprint(sets)
    store = open_store(settings.address)
    try:
        refuse_nothing_read(settings.raw, sets)
    except SourceError as error:
        record_failure(store, datetime.now(UTC), RELEASE, error)
        raise dg.Failure(str(error), allow_retries=False) from error
    inputs = release_inputs(settings, sets, codebooks_before(store))
    made = publish(inputs, store, datetime.now(UTC))
    # What is wrong with the inputs as they are now, also when that made no new release.
    store.replace(ISSUES, json_bytes(issues_json(inputs.issues)))
    write_released(settings.home / "released.json", Released(fingerprint, made.version))
    dg.get_dagster_logger().info("%s: %s", "published" if made.created else "unchanged", made.address)
    return dg.MaterializeResult(
        metadata={
            "version": made.version,
            "created": made.created,
            "folder": dg.MetadataValue.path(made.address),
            "sources": len(sets),
        }
    )
