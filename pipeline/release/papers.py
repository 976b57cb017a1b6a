"""What people read or cite: `README.md` and `CITATION.cff`.

What belongs here: papers about one release. What does not: what changed (`pipeline.release.changes`), and the site.
"""

from collections.abc import Iterable

import yaml

from pipeline.release.description import Creator
from pipeline.release.dictionary import markdown_row
from pipeline.release.files import non_empty
from pipeline.release.markdown import inline, link
from pipeline.release.model import Release, TableFacts
from pipeline.release.origins import Document, Source
from pipeline.release.rights import LICENCE_FILE, SOURCE_TEXTS, Rights, rights, terms

FORMATS = "Every table is in `data/` as CSV (UTF-8, an empty cell is a missing value) and as Parquet."
_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "n>1B")
_WORDS_OF_SOURCES = (
    "These columns, wherever they stand (CSV, Parquet, workbook, database, archive), hold words of sources and keep "
    "the licence of the source that a row's document belongs to (table `sources`, column `licence`)."
)
_ASK = (
    "Where the licence is unknown or closed, ask the publisher before the words are used further. `bloemlezing deposit "
    "--without-texts` leaves out what may not be published once more."
)
_FIRST = "recommendations"
"""The configuration that is loaded when none is named."""


def citation_cff(release: Release) -> bytes:
    """Return how to cite the release, in Citation File Format 1.2."""
    dataset, found = release.dataset, rights(release)
    described: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": f"Please cite the version that was used. {LICENCE_FILE} says which licence is of what.",
        "type": "dataset",
        "title": dataset.title.en,
        "abstract": dataset.description.en,
        "authors": [_author(one) for one in dataset.authors("en")],
        "version": release.version,
        "date-released": release.day,
        "keywords": list(dataset.keywords.en),
    }
    if found.plain:  # of several licences this format makes a choice between them
        described["license"] = found.ours.name
    if dataset.doi:
        described["doi"] = dataset.doi
    if release.address:
        described["url"] = release.address
    if release.sources:
        described["references"] = [_reference(one) for one in release.sources]
    return yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=1000).encode()


def _author(one: Creator) -> dict[str, str]:
    if one.kind == "organisation":
        found = {"name": one.name, "website": one.uri}
    else:
        family, _, given = one.name.partition(", ")
        found = {"family-names": family, "given-names": given, "orcid": one.uri, "affiliation": one.affiliation}
    return non_empty(found)


def _reference(one: Source) -> dict[str, object]:
    """Return a source as a work that is referred to; of an unknown author the format says `anonymous`."""
    licence = terms(one.licence)
    year, month, day = (*(one.issued or "").split("-"), "", "")[:3]
    found: dict[str, object] = {
        "type": "generic",  # it knows no word for what came in with a consultation
        "title": one.title,
        "authors": [{"name": one.publisher_name or "anonymous"}],
        "abstract": one.description,
        "date-published": one.issued if day else None,
        "year": int(year) if year else None,
        "month": int(month) if month else None,
        "url": one.homepage,
        "languages": [one.language],
        "license": licence.spdx or None,
        "license-url": None if licence.spdx else licence.page,
    }
    return non_empty(found)


def readme_md(release: Release) -> bytes:
    """Return the release's README, whose head is that of a dataset card."""
    dataset = release.dataset
    head = yaml.safe_dump(_card(release), allow_unicode=True, sort_keys=False, width=1000)
    lines = ["---", head.rstrip(), "---", "", f"# {inline(dataset.title.en)}", "", inline(dataset.title.nl), ""]
    lines += [f"Version {release.version}, {release.day}.", "", dataset.description.en, "", dataset.description.nl, ""]
    lines += [markdown_row(("table", "one row is", "rows")), markdown_row(("---", "---", "---:"))]
    lines += [markdown_row((table.name, table.description, str(table.rows))) for table in release.tables]
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
        **card_licence(rights(release)),
        "language": list(dataset.languages),
        "multilinguality": "monolingual" if len(dataset.languages) == 1 else "multilingual",
        "size_categories": [_SIZES[sum(most >= 1000 * 10**step for step in range(len(_SIZES) - 1))]],
        "task_categories": ["text-classification"],
        "annotations_creators": _annotators(release),
        "tags": list(dataset.keywords.en),
        "configs": [_configuration(table) for table in filled],
    }


def card_licence(found: Rights) -> dict[str, object]:
    """Return the licence as cards have it: identifiers, or `other` with a link when there is a licence without one."""
    known = [one.spdx.lower() for one in found.all if one.spdx]
    if len(known) < len(found.all):
        return {"license": "other", "license_name": "by-column-and-source", "license_link": LICENCE_FILE}
    return {"license": known[0] if len(known) == 1 else known}


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


def licence_md(release: Release) -> bytes:
    """Return which licence is of what in the release, for people, in English and Dutch."""
    return licence_text(rights(release), [(one.source_id, one.publisher, one.licence) for one in release.sources])


def licence_text(found: Rights, sources: Iterable[tuple[str, str, str]]) -> bytes:
    """Return which licence is of what, for people, in English and Dutch.

    Args:
        found: Which that is.
        sources: Of each source its identifier, publisher and the URI of its licence.
    """
    stated, ours = found.statement(), link(found.ours.title.en, found.ours.page)
    lines = ["# Licences", "", stated.en, "", stated.nl, "", "## Codes, references and descriptions", ""]
    lines += [f"{ours}. It covers everything here but words of sources.", "", "## Words of sources", ""]
    lines += [_WORDS_OF_SOURCES, "", markdown_row(("table", "columns")), markdown_row(("---", "---"))]
    lines += [markdown_row((table, ", ".join(held))) for table, held in SOURCE_TEXTS.items()]
    lines += ["", "| source | publisher | licence of its words | may be published once more |", "|---|---|---|---|"]
    for name, publisher, licence in sources:
        known = terms(licence)
        cells = (name, inline(publisher), link(known.title.en, known.page), "yes" if known.republishes else "no")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", _ASK, ""]).encode()


def _source(one: Source) -> list[str]:
    """Return a source in lines: what it is and its licence, then its documents of which anything is said."""
    licence = terms(one.licence)
    facts = [inline(one.publisher), *([one.issued] if one.issued else []), link(licence.title.en, licence.page)]
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
    stated = rights(release).statement()
    books = [f"- {book.id} {book.version} ({book.status}): {book.label_en}" for book in release.codebooks]
    coders = [f"- {inline(line)}" for one in release.coders for line in one.lines()]
    sources = [line for one in release.sources for line in _source(one)]
    ours = f"{stated.en} [{LICENCE_FILE}]({LICENCE_FILE}) says more."
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
