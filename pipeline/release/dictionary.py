"""The data dictionary: `DICTIONARY.md` and `DICTIONARY.html`.

What belongs here: columns for people, a table each. What does not: what a column is (`schemas.tables`) and the looks of
the page (`dictionary.html.jinja`).
"""

from collections.abc import Sequence

from pipeline.release.model import Release
from pipeline.release.pages import rendered
from schemas.derive import dictionary_rows

_COLUMNS = ("column", "type", "required", "key", "title_nl", "title_en", "description", "values")
_LONGEST = 200


def dictionary_md(release: Release) -> bytes:
    """Return the data dictionary in Markdown: a table of columns for each table."""
    lines = [f"# {release.dataset.title.en}: data dictionary", "", f"Version {release.version}.", ""]
    for table in release.tables:
        lines += [f"## {table.name}: {table.title.en} ({table.title.nl})", ""]
        lines += [f"{table.description} Rows: {table.rows}.", ""]
        lines += [markdown_row(_COLUMNS), markdown_row(["---"] * len(_COLUMNS))]
        rows = dictionary_rows(table.name, release.dimensions)
        lines += [markdown_row([row[column] for column in _COLUMNS]) for row in rows] + [""]
    return "\n".join(lines).encode()


def dictionary_html(release: Release) -> bytes:
    """Return the data dictionary as a page that needs nothing else; long enumerations fold."""
    columns = {table.name: dictionary_rows(table.name, release.dimensions) for table in release.tables}
    return rendered("dictionary.html.jinja", release=release, columns=columns)


def markdown_row(cells: Sequence[str]) -> str:
    """Return cells as a row of a table in Markdown; a long enumeration is cut, since table `codes` has it in full."""
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    short = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(",", maxsplit=1)[0] + ", …"
    return short.replace("|", "\\|")
