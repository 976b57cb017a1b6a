"""Media types of published files, for stores that serve them over HTTP.

What belongs here: which type a file is served with. What does not: telling a kind of store of it
(`pipeline.release.remote`), and what a standard wants its own parts to be called (`pipeline.release.croissant`).
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pipeline.release.files import CSV_TYPE, PARQUET_TYPE
from pipeline.release.landing import DESCRIPTIONS, LINKSET

_UTF_8 = "; charset=utf-8"
"""What is text to a browser is shown in another encoding when none is named."""

_BY_SUFFIX: Mapping[str, str] = {
    ".cff": "application/yaml",
    ".csv": CSV_TYPE + _UTF_8,
    ".html": "text/html" + _UTF_8,
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown" + _UTF_8,
    ".parquet": PARQUET_TYPE,
    ".qdc": "application/xml",
    ".rdf": "application/rdf+xml",
    ".sqlite": "application/vnd.sqlite3",
    ".ttl": "text/turtle",
    ".txt": "text/plain" + _UTF_8,
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_BY_NAME: Mapping[str, str] = {
    **DESCRIPTIONS,
    LINKSET: "application/linkset+json",
    "SHA256SUMS": "text/plain" + _UTF_8,
}
"""Files whose suffix says less than their name."""

UNKNOWN = "application/octet-stream"


def media_type(path: str) -> str:
    """Return the type that a file is served with; that of unknown bytes when nothing is known of its name.

    Args:
        path: Below the folder of all releases, with forward slashes.
    """
    found = PurePosixPath(path)
    return _BY_NAME.get(path) or _BY_NAME.get(found.name) or _BY_SUFFIX.get(found.suffix, UNKNOWN)
