"""What people read or cite: `README.md`, `CITATION.cff` and the data dictionary.

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


def readme_md(release: Release) -> bytes:
    """Return the release's README, whose head is a dataset card: one configuration per table, of one format each."""
    dataset = release.dataset
    card = {
        "pretty_name": dataset.title.en,
        "license": dataset.licence.id.lower(),
        "language": list(dataset.languages),
        "tags": list(dataset.keywords.en),
        "configs": [{"config_name": table.name, "data_files": table.parquet.path} for table in release.tables],
    }
    head = yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=1000)
    lines = ["---", head.rstrip(), "---", "", f"# {dataset.title.nl}", "", f"Version {release.version}, {release.day}."]
    lines += ["", dataset.description.nl, "", dataset.description.en, ""]
    lines += [_row(("table", "one row is", "rows")), _row(("---", "---", "---:"))]
    lines += [_row((table.name, table_description(table.name), str(table.rows))) for table in release.tables]
    lines += ["", "Every table is in `data/` as CSV (UTF-8, an empty cell is a missing value) and as Parquet.", ""]
    return "\n".join([*lines, *_rights(release), "## Cite", "", release.citation(), ""]).encode()


def _rights(release: Release) -> list[str]:
    licence = release.dataset.licence
    books = [f"- {book.id} {book.version} ({book.status}): {book.label_nl}" for book in release.codebooks]
    sources = [f"- {row['title']} ({row['publisher']}): {row['licence']}" for row in release.sources]
    ours = f"Codings and metadata: {licence.title.en} ({licence.uri}). The texts keep the rights of their sources:"
    return ["## Codebooks", "", *books, "", "## Sources and rights", "", ours, "", *sources, ""]
