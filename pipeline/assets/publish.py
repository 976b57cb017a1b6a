"""Assets of group `publish`: what belongs to no single source, and the release of all accepted ones."""

from datetime import UTC, datetime

import dagster as dg
import pandas as pd

from pipeline.assets.common import described, single_asset
from pipeline.planning import release_fingerprint
from pipeline.release.publish import publish
from pipeline.resources.folders import Folders
from pipeline.resources.tables import table_path
from pipeline.stages.collect import accepted_sets, all_issues, codebooks_in_use, codes, collect, reliability
from pipeline.storage import Released, write_issues, write_released

GROUP = "publish"
WHOLE = ("codes", "reliability")
"""Published tables that belong to no source."""


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

    Grain: one row a codebook, dimension, coder, reference and metric. Caveat: measured offline by
    `python -m benchmarks.coding` on constructed texts, not on this release.
    """
    table = reliability(codebooks_in_use(accepted_sets(folders.settings)))
    return dg.Output(table, metadata=described(table, "metric"))


@single_asset("release", GROUP, {"parquet", "csv", "frictionless"}, deps=["accepted_tables", *WHOLE])
def release(folders: Folders) -> dg.MaterializeResult[None]:
    """Publish all accepted sources as one immutable version.

    Grain: one folder a version. Steps: written in a staging folder, verified there, renamed into place, the pointer
    moved last. Caveat: when the rows are those of the last release, that one stands and no version is made.
    """
    settings = folders.settings
    fingerprint = release_fingerprint(settings)
    sets = accepted_sets(settings)
    books = codebooks_in_use(sets)
    tables = collect(sets, books, {name: table_path(settings.work, name, None) for name in WHOLE})
    issues = all_issues(settings, sets)
    made = publish(tables, issues, settings.outputs, codebooks=books, published_at=datetime.now(UTC))
    write_issues(settings.outputs / "issues.json", issues)
    write_released(settings.home / "released.json", Released(fingerprint, made.version))
    return dg.MaterializeResult(
        metadata={
            "version": made.version,
            "created": made.created,
            "folder": dg.MetadataValue.path(made.path),
            "sources": len(sets),
        }
    )
