"""People and the newest release: what is put before them, and what they decided taken into `decisions.csv`.

What belongs here: reading a release and the decisions beside the raw files, and writing decisions. What does not: the
formats (`pipeline.coding.sheets`, `pipeline.coding.qdpx`), printing (`pipeline.cli`).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.atomic import replace_file
from pipeline.coding.decisions import Decision, write_decisions
from pipeline.coding.model import Coding, CodingInput
from pipeline.coding.programs import PROGRAMS
from pipeline.coding.qdpx import project_qdpx
from pipeline.coding.qdpx_reader import read_qdpx
from pipeline.coding.review import Item, Returned, Review, ReviewDocument, ReviewStatement, part_of
from pipeline.coding.settling import misfit
from pipeline.coding.sheets import review_csv, write_workbook
from pipeline.coding.sheets_reader import read_sheet
from pipeline.errors import PlainError
from pipeline.release.files import DESCRIPTOR, table_rows
from pipeline.sources import DECISIONS
from pipeline.stages.codebooks import codebook, second_coder
from pipeline.stages.decide import source_decisions
from pipeline.text.language import Language, load_language
from pipeline.titles import section_name

_TABLES = ("sources", "documents", "sections", "statements", "codings")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in of a review, per source: decisions that are new, changed, the same, and withdrawn."""

    source_id: str
    new: int
    changed: int
    same: int
    withdrawn: int


def read_review(release: Path, raw: Path) -> Review:
    """Return the statements and the programs' codes of a release, and the decisions beside the raw files that fit it.

    Args:
        release: Folder of the newest release.
        raw: The folder of all sources.
    """
    rows = {name: table_rows(release, name) for name in _TABLES}
    descriptor = json.loads((release / DESCRIPTOR).read_text(encoding="utf-8"))
    documents = tuple(_documents(rows))
    texts = {one.statement_id: one.text for document in documents for one in document.statements}
    codings: dict[str, list[Coding]] = {}
    for row in rows["codings"]:
        if row["coder"] in PROGRAMS:
            codings.setdefault(row["statement_id"], []).append(Coding(**row))
    for document in documents:
        for coding in _second_opinion(document):
            codings.setdefault(coding.statement_id, []).append(coding)
    decisions = [
        replace(decision, text=texts[decision.statement_id], line=0)
        for source in rows["sources"]
        for decision in _known_decisions(raw, source)
        if misfit(decision, texts.get(decision.statement_id), decision.statement_id in texts) is None
    ]
    title = f"{descriptor['title']} {descriptor['version']}"
    return Review(title, descriptor["created"], documents, codings, tuple(decisions))


def write_review(review: Review, items: Sequence[Item], folder: Path, *, force: bool) -> list[Path]:
    """Write a review in all formats and return the files; the project holds the documents that are asked about, whole.

    Raises:
        PlainError: when a file is there already and `force` is not given: it may hold a person's work.
    """
    writers: Mapping[str, Callable[[Path], object]] = {
        "review.xlsx": lambda path: write_workbook(items, review, path),
        "review.csv": lambda path: path.write_bytes(review_csv(items)),
        "review.qdpx": lambda path: path.write_bytes(project_qdpx(part_of(review, items))),
    }
    there = [folder / name for name in writers if (folder / name).exists()]
    if there and not force:
        raise PlainError(f"{there[0]} is there already; import it first, or write over it with --force")
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in writers.items():
        write(folder / name)
    return [folder / name for name in writers]


def import_review(path: Path, review: Review, raw: Path, today: str, coder: str | None) -> tuple[list[Taken], Returned]:
    """Take the decisions of a review into the `decisions.csv` of their sources: all of them, or none.

    Args:
        path: The file that came back.
        review: The newest release.
        raw: The folder of all sources.
        today: Day of decisions that have none (ISO 8601).
        coder: Name of the coder where the file has none.

    Raises:
        PlainError: when anything in the file cannot be taken in; nothing is written then.
    """
    content = path.read_bytes()
    if path.suffix.casefold() == ".qdpx":
        returned = read_qdpx(content, review, today, coder)
    else:
        returned = read_sheet(content, review, today, _language(review), coder)
    if returned.problems:
        raise PlainError("nothing was taken in:\n" + "\n".join(f"{path.name}: {one}" for one in returned.problems))
    files = [_merged(raw, source_id, returned, review) for source_id in _sources(returned, review)]
    for target, whole, _ in files:
        if not target.is_file() or target.read_bytes() != whole:
            replace_file(target, whole)
    return [taken for _, _, taken in files], returned


def _language(review: Review) -> Language:
    """Return the language that decides between one-byte encodings: that of most documents."""
    return load_language(Counter(document.language for document in review.documents).most_common(1)[0][0])


def _documents(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[ReviewDocument]:
    sources = {source["source_id"]: source for source in rows["sources"]}
    headings = {row["section_id"]: section_name(row) for row in rows["sections"]}
    statements: dict[str, list[ReviewStatement]] = {}
    for row in sorted(rows["statements"], key=lambda row: int(row["position"])):
        if row["text"] is not None:
            section = headings.get(row["section_id"])
            shown = ReviewStatement(row["statement_id"], row["text"], section, row["bullet"])
            statements.setdefault(row["document_id"], []).append(shown)
    for row in rows["documents"]:
        own = tuple(statements.get(row["document_id"], ()))
        if own:
            source = sources[row["source_id"]]
            book = codebook(source["codebook"])
            yield ReviewDocument(row["document_id"], source["source_id"], row["path"], source["language"], book, own)


def _second_opinion(document: ReviewDocument) -> Iterator[Coding]:
    """Yield the codes of the second coder, which are not published: they serve to doubt the first by."""
    coder = second_coder(document.codebook.id)
    if coder is not None:
        items = [CodingInput(one.statement_id, one.text) for one in document.statements]
        for given in coder.code(items):
            yield from given


def _known_decisions(raw: Path, source: Mapping[str, Any]) -> tuple[Decision, ...]:
    book = codebook(source["codebook"])
    return source_decisions(raw, source["source_id"], source["language"], book).decisions


def _sources(returned: Returned, review: Review) -> list[str]:
    """Return the sources that a review has anything about."""
    homes = {one.statement_id: document.source_id for document in review.documents for one in document.statements}
    statements = [decision.statement_id for decision in returned.decisions] + [key[0] for key in returned.withdrawn]
    return sorted({homes[statement] for statement in statements})


def _merged(raw: Path, source_id: str, returned: Returned, review: Review) -> tuple[Path, bytes, Taken]:
    """Return the file of a source's decisions, its new content, and what is new in it."""
    own = [document for document in review.documents if document.source_id == source_id]
    texts = {one.statement_id: one.text for document in own for one in document.statements}
    known = source_decisions(raw, source_id, own[0].language, own[0].codebook)
    # What cannot be read would be lost when the file is written again.
    lost = [str(issue) for issue in known.issues if issue.kind != "encoding" and issue.severity == "quarantined"]
    if lost:
        raise PlainError("nothing was taken in; first mend\n" + "\n".join(lost))
    before = {one.key: one for one in _guarded(known.decisions, texts)}
    given = {one.key: one for one in returned.decisions if one.statement_id in texts}
    gone = {key for key in returned.withdrawn if key[0] in texts}
    missing = sorted(gone - before.keys())
    if missing:
        named = "; ".join(f"{dimension} of {statement} by {coder}" for statement, dimension, coder in missing)
        raise PlainError(f"nothing was taken in; there is no decision to withdraw on {named}; leave those rows out")
    after = {key: one for key, one in {**before, **given}.items() if key not in gone}
    same = sum(before.get(key) == one for key, one in given.items())
    new = len(given.keys() - before.keys())
    taken = Taken(source_id, new, len(given) - new - same, same, len(gone))
    return raw / source_id / DECISIONS, write_decisions(after.values()), taken


def _guarded(decisions: Iterable[Decision], texts: Mapping[str, str]) -> Iterator[Decision]:
    """Yield decisions with the text that guards them; one that had none gets that of its statement."""
    for one in decisions:
        text = one.text or texts.get(one.statement_id, "")
        if not text:
            raise PlainError(
                f"nothing was taken in; first remove line {one.line} of {DECISIONS}: its statement is gone"
            )
        yield replace(one, text=text)
