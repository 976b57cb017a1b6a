"""Assets of group `code`: codes, argument links, recommendations, and the accepted set of a source's tables."""

from collections.abc import Iterator

import dagster as dg
import pandas as pd

from pipeline.assets.common import RETRY, SOURCES, described, single_asset, table_out
from pipeline.resources.folders import Folders
from pipeline.resources.tables import table_path
from pipeline.stages.code import code, recommendations
from pipeline.storage import ACCEPTED_TABLES, accept

GROUP = "code"


@dg.multi_asset(
    name="code",
    outs={"codings": table_out("codings", GROUP), "relations": table_out("relations", GROUP)},
    partitions_def=SOURCES,
    retry_policy=RETRY,
)
def code_statements(
    sources: pd.DataFrame, sections: pd.DataFrame, statements: pd.DataFrame
) -> Iterator[dg.Output[pd.DataFrame]]:
    """Give every statement its codes.

    Grain: one row a statement, dimension, code and coder; one row an argument link. Steps: the rule coder of the
    source's codebook. Caveat: a dimension on which the coder abstains has no row.
    """
    coded = code(sources, sections, statements)
    primary = coded.codings[coded.codings["rank"] == "primary"]
    themes = primary[primary["dimension"] == "theme"]
    shown = described(coded.codings, "dimension") | {"themes": described(themes, "code")["codes"]}
    yield dg.Output(coded.codings, "codings", metadata=shown)
    yield dg.Output(coded.relations, "relations", metadata=described(coded.relations, "type"))


@single_asset("recommendations", GROUP, {"pandas", "parquet"}, partitions=SOURCES)
def wide_recommendations(
    sources: pd.DataFrame,
    raw_documents: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    codings: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Spread recommendations out for people: one row each, a column per dimension, labels in Dutch and English.

    Grain: one row a statement whose type is measure or outcome. Steps: join place, codes and labels. Caveat: several
    codes of one dimension are joined with `;`, the primary one first.
    """
    wide = recommendations(sources, raw_documents, sections, statements, codings)
    chart = "theme" if "theme" in wide else None
    return dg.Output(wide, metadata=described(wide, chart))


@single_asset("accepted_tables", GROUP, {"parquet"}, deps=[*ACCEPTED_TABLES, "raw_documents"], partitions=SOURCES)
def accepted_tables(context: dg.AssetExecutionContext, folders: Folders) -> dg.MaterializeResult[None]:
    """Accept a source's tables as one set, once every blocking check has passed.

    Grain: one set a source. Steps: the tables are copied into a folder of their own and a pointer is moved. Caveat: a
    source whose run failed keeps the set that it had; a release never mixes two runs of one source.
    """
    settings, source = folders.settings, context.partition_key
    fingerprint = _fingerprint(context.instance, source)
    tables = {name: table_path(settings.work, name, source) for name in ACCEPTED_TABLES}
    chosen = accept(settings.accepted, source, fingerprint, tables)
    return dg.MaterializeResult(
        metadata={"fingerprint": chosen.fingerprint, "folder": dg.MetadataValue.path(chosen.folder)}
    )


def _fingerprint(instance: dg.DagsterInstance, source: str) -> str:
    """Return the fingerprint with which the source was last taken in."""
    wanted = dg.AssetRecordsFilter(asset_key=dg.AssetKey("raw_documents"), asset_partitions=[source])
    record = instance.fetch_materializations(wanted, limit=1).records[0]
    assert record.asset_materialization is not None
    return str(record.asset_materialization.metadata["fingerprint"].value)
