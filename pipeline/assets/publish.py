"""Assets of group `publish`: what belongs to no single source, and the release of all accepted ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import pandas as pd

from pipeline.assets.common import described, single_asset
from pipeline.coding.codebook import Codebook
from pipeline.planning import refuse_nothing_read, release_fingerprint
from pipeline.release.failures import record_failure
from pipeline.release.files import json_bytes
from pipeline.release.origins import Background
from pipeline.release.outputs import open_store
from pipeline.release.publish import ISSUES, RELEASE, issues_json, publish
from pipeline.release.store import codebooks_before
from pipeline.resources.folders import Folders
from pipeline.resources.tables import table_path
from pipeline.retractions import reasons
from pipeline.settings import Settings
from pipeline.sources import SourceError
from pipeline.stages.collect import Batches, accepted_sets, all_issues, background, codebooks_in_use, codes, collect
from pipeline.stages.reliability import reliability
from pipeline.storage import Released, write_released

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
    fingerprint = release_fingerprint(settings)
    store = open_store(settings.address)
    try:
        refuse_nothing_read(settings)
    except SourceError as error:
        record_failure(store, datetime.now(UTC), RELEASE, error)
        raise dg.Failure(str(error), allow_retries=False) from error
    given = release_inputs(settings, codebooks_before(store))
    made = publish(
        given.tables,
        given.issues,
        store,
        codebooks=given.codebooks,
        published_at=datetime.now(UTC),
        retractions=given.retractions,
        background=given.background,
    )
    # What is wrong with the inputs as they are now, also when that made no new release.
    store.replace(ISSUES, json_bytes(issues_json(given.issues)))
    write_released(settings.home / "released.json", Released(fingerprint, made.version))
    return dg.MaterializeResult(
        metadata={
            "version": made.version,
            "created": made.created,
            "folder": dg.MetadataValue.path(made.address),
            "sources": given.sources,
        }
    )


@dataclass(frozen=True, slots=True)
class ReleaseInputs:
    """What a release is made of.

    Attributes:
        tables: Every published table as a stream of rows.
        issues: Everything that was reported, as rows.
        codebooks: Those in use.
        sources: Number of accepted sources.
        retractions: Why statements were retracted, by their keys.
        background: What is known of the rows that no published table has a column for.
    """

    tables: Mapping[str, Batches]
    issues: Sequence[Mapping[str, Any]]
    codebooks: Sequence[Codebook]
    sources: int
    retractions: Mapping[str, str]
    background: Background


def release_inputs(settings: Settings, before: Sequence[str]) -> ReleaseInputs:
    """Return what the next release is made of: all accepted sets, and the tables that belong to no source.

    Args:
        settings: Where they are.
        before: Identifiers of the codebooks of the release before, in its order.
    """
    sets = accepted_sets(settings)
    books = codebooks_in_use(sets, before)
    tables = collect(sets, books, {name: table_path(settings.work, name, None) for name in WHOLE})
    why = reasons(settings.raw / one.source_id for one in sets)
    return ReleaseInputs(tables, all_issues(settings, sets), books, len(sets), why, background(sets))
