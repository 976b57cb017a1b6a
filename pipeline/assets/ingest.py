"""Assets of group `ingest`: what came in.

What belongs here: what goes in, what comes out, what a person sees of it. What does not: what a file or its metadata
must be like (`pipeline.stages.ingest`, `pipeline.sources`).
"""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.common import RETRY, SOURCES, described, log_issues, table_out
from pipeline.planning import source_fingerprint
from pipeline.resources.folders import Folders
from pipeline.stages.extract import extract_source
from pipeline.stages.ingest import ingest

GROUP = "ingest"


@dg.multi_asset(
    name="ingest",
    outs={
        "sources": table_out("sources", GROUP, {"yaml", "pandas"}),
        "raw_documents": table_out("raw_documents", GROUP, {"file", "pandas"}),
        "descriptions": table_out("descriptions", GROUP, {"yaml", "pandas"}),
        "ingest_issues": table_out("ingest_issues", GROUP),
    },
    partitions_def=SOURCES,
    retry_policy=RETRY,
)
def ingest_source(context: dg.AssetExecutionContext, folders: Folders) -> Iterator[dg.Output[object]]:
    """Read a source's folder: metadata, and every document's bytes.

    Grain: one row a file. Steps: the text of a PDF is stored beside it; `source.yaml` is validated; each file is read
    as bytes, its checksum and encoding found. Caveat: a source or file that cannot be trusted is reported in
    `ingest_issues` and left out; it never fails.
    """
    settings = folders.settings
    unread = extract_source(settings.raw, context.partition_key)
    # Only now: the text of a PDF is part of the source that the tables are made from.
    version = source_fingerprint(settings, context.partition_key)
    taken = ingest(settings.raw, context.partition_key, settings.max_bytes, unread)
    log_issues(taken.issues)
    yield dg.Output(taken.sources, "sources", metadata=described(taken.sources))
    shown = described(taken.raw_documents, "encoding") | {"fingerprint": version}
    yield dg.Output(taken.raw_documents, "raw_documents", metadata=shown)
    yield dg.Output(taken.descriptions, "descriptions", metadata=described(taken.descriptions))
    yield dg.Output(taken.issues, "ingest_issues", metadata=described(taken.issues, "kind"))
