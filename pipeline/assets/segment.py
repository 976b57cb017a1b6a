"""Assets of group `segment`: sections, statements, and the place of every byte.

What belongs here: what goes in, what comes out, what a person sees of it. What does not: where statements begin and end
(`pipeline.text`), and what of them may be shown (`pipeline.privacy`).
"""

from collections.abc import Iterator

import dagster as dg
import pandas as pd

from pipeline.assets.common import RETRY, SOURCES, described, table_out
from pipeline.resources.folders import Folders
from pipeline.retractions import source_retractions
from pipeline.stages.retract import retract
from pipeline.stages.segment import segment_source

GROUP = "segment"


@dg.multi_asset(
    name="segment",
    outs={
        "sections": table_out("sections", GROUP),
        "statements": table_out("statements", GROUP),
        "spans": table_out("spans", GROUP),
        "repairs": table_out("repairs", GROUP),
        "segment_issues": table_out("segment_issues", GROUP),
    },
    partitions_def=SOURCES,
    retry_policy=RETRY,
)
def segment_documents(
    folders: Folders,
    sources: pd.DataFrame,
    documents: pd.DataFrame,
    text_lines: pd.DataFrame,
    reading_order: pd.DataFrame,
    clean_issues: pd.DataFrame,
) -> Iterator[dg.Output[pd.DataFrame]]:
    """Cut documents into headings, bullets and statements.

    Grain: one row a heading, a statement, a range of bytes, a repair, a problem. Steps: paragraphs and headings,
    broken words joined, statements cut by the unitizing rules, the privacy gate, spans,
    retractions. Caveat: a statement that is not clear of personal details is redacted or withheld, and its repairs are
    not shown; one that was retracted is not here at all.
    """
    cleaned = {"documents": documents, "text_lines": text_lines, "reading_order": reading_order}
    raw = folders.settings.raw
    found = segment_source(raw, sources, cleaned, clean_issues)
    if not sources.empty:
        source_id = sources.iloc[0]["source_id"]
        found = retract(found, source_id, documents, source_retractions(raw / source_id))
    yield dg.Output(found.sections, "sections", metadata=described(found.sections))
    yield dg.Output(found.statements, "statements", metadata=described(found.statements, "privacy"))
    yield dg.Output(found.spans, "spans", metadata=described(found.spans, "role"))
    yield dg.Output(found.repairs, "repairs", metadata=described(found.repairs, "kind"))
    yield dg.Output(found.issues, "segment_issues", metadata=described(found.issues, "kind"))
