"""What people read or cite: `CITATION.cff` and the data dictionary.

What belongs here: papers about one release. What does not: what changed (`pipeline.release.compare`), and the site.
"""

import yaml

from pipeline.release.model import Release
from schemas.derive import dictionary_rows, table_description, table_title

_COLUMNS = ("column", "type", "required", "key", "title_nl", "title_en", "description", "values")
_LONGEST = 200


def citation_cff(release: Release) -> bytes:
    """Return how to cite the release, in Citation File Format 1.2."""
    dataset = release.dataset
    described: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Please cite the version that was used.",
        "type": "dataset",
        "title": dataset.title.en,
        "abstract": dataset.description.en,
        "authors": [{"name": dataset.publisher.name.en}],
        "version": release.version,
        "date-released": release.day,
        "license": dataset.licence.id,
        "keywords": list(dataset.keywords.en),
    }
    if dataset.doi:
        described["doi"] = dataset.doi
    if release.address:
        described["url"] = release.address
    return yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=1000).encode()


def dictionary_md(release: Release) -> bytes:
    """Return the data dictionary in Markdown: a table of columns for each table."""
    lines = [f"# {release.dataset.title.en}: data dictionary", "", f"Version {release.version}.", ""]
    for table in release.tables:
        nl, en = table_title(table.name)
        lines += [f"## {table.name}: {en} ({nl})", "", f"{table_description(table.name)} {table.rows} rows.", ""]
        lines += [_row(_COLUMNS), _row(["---"] * len(_COLUMNS))]
        rows = dictionary_rows(table.name, release.dimensions)
        lines += [_row([row[column] for column in _COLUMNS]) for row in rows] + [""]
    return "\n".join(lines).encode()


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Return a text for a cell; a long enumeration is cut, since it stands in table `codes` in full."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(",", maxsplit=1)[0] + ", …"
    return short.replace("|", "\\|")
