"""Assets of group `code`: codes, argument links, recommendations, and the accepted set of a source's tables.

What belongs here: what goes in, what comes out, what a person sees of it. What does not: which code a statement gets
(`pipeline.coding`), and which tables are accepted (`pipeline.acceptance`).
"""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import pandas as pd

from pipeline.acceptance import source_faults
from pipeline.assets.common import RETRY, SOURCES, described, log_issues, single_asset, table_out
from pipeline.resources.folders import Folders
from pipeline.stages.code import code, fault_warnings
from pipeline.stages.decide import decide
from pipeline.stages.frames import with_issues
from pipeline.stages.recommend import recommendations
from pipeline.storage import ACCEPTED_TABLES, RefusedError, accept, table_path

GROUP = "code"


@dg.multi_asset(
    name="code",
    outs={
        "codings": table_out("codings", GROUP),
        "settled_codes": table_out("settled_codes", GROUP),
        "programs": table_out("programs", GROUP),
        "relations": table_out("relations", GROUP),
        "issues": table_out("issues", GROUP),
    },
    partitions_def=SOURCES,
    retry_policy=RETRY,
)
def code_statements(
    folders: Folders,
    sources: pd.DataFrame,
    documents: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    segment_issues: pd.DataFrame,
) -> Iterator[dg.Output[pd.DataFrame]]:
    """Give every statement its codes.

    Grain: one row a statement, dimension, code and coder; one row a code that counts; one row an argument link; one row
    a problem. Steps: the rule coder of the source's codebook; people's decisions, which replace its codes where they
    fit their statements. Caveat: a dimension on which a coder abstains has no row, nor has a document on which the
    program failed.
    """
    decided = decide(folders.settings.raw, sources, statements)
    coded = code(sources, sections, statements, decided.decisions, decided.settled)
    themes = coded.settled[(coded.settled["rank"] == "primary") & (coded.settled["dimension"] == "theme")]
    shown = described(coded.codings, "dimension") | {"themes": described(themes, "code")["by code"]}
    issues = with_issues(segment_issues, [*decided.issues, *fault_warnings(documents, coded.faults)])
    log_issues(issues)
    yield dg.Output(coded.codings, "codings", metadata=shown)
    yield dg.Output(coded.settled, "settled_codes", metadata=described(coded.settled, "dimension"))
    yield dg.Output(coded.programs, "programs", metadata=described(coded.programs))
    yield dg.Output(coded.relations, "relations", metadata=described(coded.relations, "type"))
    yield dg.Output(issues, "issues", metadata=described(issues, "kind"))


@single_asset("recommendations", GROUP, {"pandas", "parquet"}, partitions=SOURCES)
def wide_recommendations(
    sources: pd.DataFrame,
    raw_documents: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    settled_codes: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Spread recommendations out for people: one row each, a column per dimension, labels in Dutch and English.

    Grain: one row a statement whose type is measure or outcome. Steps: join place, codes and labels. Caveat: several
    codes of one dimension are joined with `;`, the primary one first.
    """
    wide = recommendations(sources, raw_documents, sections, statements, settled_codes)
    chart = "theme" if "theme" in wide else None
    return dg.Output(wide, metadata=described(wide, chart))


@single_asset("accepted_tables", GROUP, {"parquet"}, deps=[*ACCEPTED_TABLES, "raw_documents"], partitions=SOURCES)
def accepted_tables(context: dg.AssetExecutionContext, folders: Folders) -> dg.MaterializeResult[None]:
    """Accept a source's tables as one set, when they hold what they promise.

    Grain: one set a source. Steps: the tables are copied into a folder of their own, judged there by all rules of the
    blocking checks, and a pointer is moved. Caveat: checks block within one run only, so this judges for itself; a
    source whose tables are refused keeps the set that it had; a release never mixes two runs of one source.
    """
    settings, source = folders.settings, context.partition_key
    fingerprint = ingested_fingerprint(context.instance, source)
    tables = {name: table_path(settings.work, name, source) for name in ACCEPTED_TABLES}
    try:
        chosen = accept(settings.accepted, source, fingerprint, tables, partial(source_faults, settings.raw))
    except RefusedError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    return dg.MaterializeResult(
        metadata={"fingerprint": chosen.fingerprint, "folder": dg.MetadataValue.path(chosen.folder)}
    )


def ingested_fingerprint(instance: dg.DagsterInstance, source: str) -> str:
    """Return the fingerprint with which the source was last taken in.

    Raises:
        Failure: when Dagster's history does not hold that any more.
    """
    wanted = dg.AssetRecordsFilter(asset_key=dg.AssetKey("raw_documents"), asset_partitions=[source])
    for record in instance.fetch_materializations(wanted, limit=1).records:
        if record.asset_materialization is not None:
            return str(record.asset_materialization.metadata["fingerprint"].value)
    raise dg.Failure(
        f"the run history does not say when {source} was taken in; materialise group:ingest of it first",
        allow_retries=False,
    )
