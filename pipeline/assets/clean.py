"""Assets of group `clean`: lines in reading order.

What belongs here: what goes in, what comes out, what a person sees of it. What does not: how a document is read
(`pipeline.stages.clean` for frames, `pipeline.text` for documents).
"""

from collections.abc import Iterator

import dagster as dg
import pandas as pd

from pipeline.assets.common import RETRY, SOURCES, described, table_out
from pipeline.resources.folders import Folders
from pipeline.stages.clean import clean

GROUP = "clean"


@dg.multi_asset(
    name="clean",
    outs={
        "documents": table_out("documents", GROUP),
        "text_lines": table_out("text_lines", GROUP),
        "reading_order": table_out("reading_order", GROUP),
        "clean_issues": table_out("clean_issues", GROUP),
    },
    partitions_def=SOURCES,
    retry_policy=RETRY,
)
def clean_source(
    folders: Folders, sources: pd.DataFrame, raw_documents: pd.DataFrame, ingest_issues: pd.DataFrame
) -> Iterator[dg.Output[pd.DataFrame]]:
    """Repair characters, tell furniture apart and restore the reading order.

    Grain: one row a document, a line, a segment, a problem. Steps: decode, split into lines, repair, find running
    headers and footers, unweave columns. Caveat: where layout cannot decide, the extractor's order stands, with a low
    confidence.
    """
    cleaned = clean(folders.settings.raw, sources, raw_documents, ingest_issues)
    yield dg.Output(cleaned.documents, "documents", metadata=described(cleaned.documents, "layout"))
    yield dg.Output(cleaned.text_lines, "text_lines", metadata={"dagster/row_count": len(cleaned.text_lines)})
    yield dg.Output(cleaned.reading_order, "reading_order", metadata=described(cleaned.reading_order, "column"))
    yield dg.Output(cleaned.issues, "clean_issues", metadata=described(cleaned.issues, "kind"))
