"""What people read or cite: `README.md` and `CITATION.cff`.

What belongs here: papers about one release. What does not: what changed (`pipeline.release.compare`), and the site.
"""

import yaml

from pipeline.release.description import Creator
from pipeline.release.dictionary import markdown_row
from pipeline.release.markdown import inline, link
from pipeline.release.model import Release, TableFacts
from pipeline.release.origins import Document, Source
from schemas.derive import table_description

FORMATS = "Every table is in `data/` as CSV (UTF-8, an empty cell is a missing value) and as Parquet."
_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "n>1B")
_FIRST = "recommendations"
"""The configuration that is loaded when none is named."""


def citation_cff(release: Release) -> bytes:
    """Return how to cite the release, in Citation File Format 1.2."""
    dataset = release.dataset
    described: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Please cite the version that was used.",
        "type": "dataset",
        "title": dataset.title.en,
        "abstract": dataset.description.en,
        "authors": [_author(one) for one in dataset.authors("en")],
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


def _author(one: Creator) -> dict[str, str]:
    if one.kind == "organisation":
        found = {"name": one.name, "website": one.uri}
    else:
        family, _, given = one.name.partition(", ")
        found = {"family-names": family, "given-names": given, "orcid": one.uri, "affiliation": one.affiliation}
    return {key: value for key, value in found.items() if value}


def readme_md(release: Release) -> bytes:
    """Return the release's README, whose head is that of a dataset card."""
    dataset = release.dataset
    head = yaml.safe_dump(_card(release), allow_unicode=True, sort_keys=False, width=1000)
    lines = ["---", head.rstrip(), "---", "", f"# {dataset.title.nl}", "", f"Version {release.version}, {release.day}."]
    lines += ["", dataset.description.nl, "", dataset.description.en, ""]
    lines += [markdown_row(("table", "one row is", "rows")), markdown_row(("---", "---", "---:"))]
    lines += [markdown_row((table.name, table_description(table.name), str(table.rows))) for table in release.tables]
    lines += ["", FORMATS, ""]
    return "\n".join([*lines, *_rights(release), "## Cite", "", release.citation(), ""]).encode()


def _card(release: Release) -> dict[str, object]:
    """Return the head of a dataset card: a configuration per table, of one format each.

    A table without rows has none: the library that reads cards refuses it.
    """
    dataset = release.dataset
    filled = [table for table in release.tables if table.rows]
    most = max((table.rows for table in filled), default=0)
    return {
        "pretty_name": dataset.title.en,
        "license": dataset.licence.id.lower(),
        "language": list(dataset.languages),
        "multilinguality": "monolingual" if len(dataset.languages) == 1 else "multilingual",
        "size_categories": [_SIZES[sum(most >= 1000 * 10**step for step in range(len(_SIZES) - 1))]],
        "task_categories": ["text-classification"],
        "annotations_creators": _annotators(release),
        "tags": list(dataset.keywords.en),
        "configs": [_configuration(table) for table in filled],
    }


def _annotators(release: Release) -> list[str]:
    """Return what made the annotations, in the words of dataset cards: programs, people who were asked, or nobody."""
    kinds = {"machine-generated": True, "expert-generated": False}
    return [kind for kind, program in kinds.items() if any(one.program is program for one in release.coders)] or [
        "no-annotation"
    ]


def _configuration(table: TableFacts) -> dict[str, object]:
    files = [{"split": "train", "path": table.parquet.path}]
    found: dict[str, object] = {"config_name": table.name, "data_files": files}
    return {**found, "default": True} if table.name == _FIRST else found


def _source(one: Source) -> list[str]:
    """Return a source in lines: what it is and its licence, then its documents of which anything is said."""
    facts = [inline(one.publisher), *([one.issued] if one.issued else []), f"licence <{one.licence}>"]
    lines = [f"- {_origin(one.title, one)} ({', '.join(facts)}){_said(one)}"]
    for document in one.documents:
        day = f" ({document.issued})" if document.issued else ""
        lines.append(f"  - {_origin(document.name, document)}{day}{_said(document)}")
    return lines


def _origin(title: str, one: Source | Document) -> str:
    return link(title, one.homepage) if one.homepage else inline(title)


def _said(one: Source | Document) -> str:
    return f": {inline(one.description)}" if one.description else ""


def _rights(release: Release) -> list[str]:
    licence = release.dataset.licence
    books = [f"- {book.id} {book.version} ({book.status}): {book.label_nl}" for book in release.codebooks]
    coders = [f"- {inline(line)}" for one in release.coders for line in one.lines()]
    sources = [line for one in release.sources for line in _source(one)]
    ours = f"Codings and metadata: {licence.title.en} ({licence.uri}). The texts keep the rights of their sources:"
    return [
        "## Codebooks",
        "",
        *books,
        "",
        "## Coders",
        "",
        *coders,
        "",
        "## Sources and rights",
        "",
        ours,
        "",
        *sources,
        "",
    ]
