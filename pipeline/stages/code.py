"""Stage 4: codes by program and by people, and recommendations spread out.

What belongs here: rows of `codings`, `relations` and `recommendations`. What does not: the rules of coding
(`pipeline.coding`), and finding what people decided (`pipeline.stages.decide`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import NAME as PROGRAM
from pipeline.coding.coder import Coder
from pipeline.coding.decisions import Decision
from pipeline.coding.lexicon import Lexicon, learned_from, load_lexicon
from pipeline.coding.model import Coding, CodingInput
from pipeline.coding.relations import related
from pipeline.coding.second import SecondCoder
from pipeline.coding.settling import Question, Settled, codings, replaced
from pipeline.issues import Issue
from pipeline.sources import CODEBOOKS
from pipeline.stages.faults import Fault, fault_issues, faults_among, map_guarded
from pipeline.stages.frames import frame, records
from pipeline.text.language import load_language
from pipeline.titles import told_apart
from schemas.tables import table_schema

LEXICONS = CODEBOOKS.parent / "lexicons"
TYPE = "statement_type"
RECOMMENDED = frozenset({"measure", "outcome"})
"""Statement types that make a statement a recommendation (codebook `base`, dimension `statement_type`)."""

Rows = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Coded:
    """Frames of stage 4: the published `codings` and `relations`, and the codes that count (`settled_codes`).

    `programs` says what the program's codes were made with; `faults` holds, by identifier, the documents on which the
    program failed; their statements have no codes.
    """

    codings: pd.DataFrame
    relations: pd.DataFrame
    settled: pd.DataFrame
    programs: pd.DataFrame
    faults: Mapping[str, Fault]


@dataclass(frozen=True, slots=True)
class _Task:
    document_id: str
    codebook: str
    language: str
    items: tuple[CodingInput, ...]
    decisions: tuple[Decision, ...]
    winners: Mapping[Question, Decision]


@cache
def codebook(name: str) -> Codebook:
    """Return the codebook of this name."""
    return load_codebook(CODEBOOKS / f"{name}.yaml")


@cache
def second_coder(name: str) -> SecondCoder | None:
    """Return the second coder of a codebook; None when none was learned for it."""
    path = LEXICONS / f"{name}.second.npz"
    return SecondCoder(learned_from(path, codebook(name))) if path.is_file() else None


@cache
def _lexicon(name: str) -> Lexicon:
    return load_lexicon(LEXICONS / f"{name}.yaml", codebook(name))


@cache
def _coder(name: str, language: str) -> Coder:
    return Coder(codebook(name), _lexicon(name), load_language(language))


def _program(name: str) -> Mapping[str, str]:
    """Return what the codes of a codebook are given with."""
    book, lexicon = codebook(name), _lexicon(name)
    made_with = {"lexicon_version": lexicon.version, "lexicon_sha256": lexicon.sha256}
    return {"coder": PROGRAM, "codebook": book.id, "codebook_version": book.version, **made_with}


def code(
    sources: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    decisions: Iterable[Decision] = (),
    settled: Settled = Settled({}, ()),  # noqa: B008  an empty value that nobody can change
) -> Coded:
    """Code a source's statements; those without a text (withheld) get no codes.

    Args:
        sources: The source's row.
        sections: Its sections.
        statements: Its statements.
        decisions: What people decided on them.
        settled: Which of those decisions count.

    Raises:
        ProgramFaultError: when the program failed on every document.
    """
    if sources.empty:
        return Coded(
            frame("codings", []), frame("relations", []), frame("settled_codes", []), frame("programs", []), {}
        )
    source = records(sources)[0]
    titles = {row["section_id"]: row["title"] for row in records(sections)}
    items = {
        document_id: tuple(_inputs(list(part), titles))
        for document_id, part in groupby(records(statements), key=lambda row: str(row["document_id"]))
    }
    tasks = _tasks(source, items, _by_statement(decisions), settled)
    results = map_guarded(_code_document, tasks, lambda task: task.document_id)
    done = [result for result in results.values() if not isinstance(result, Fault)]
    return Coded(
        frame("codings", [row for part in done for row in part.codings]),
        frame("relations", [row for part in done for row in part.relations]),
        frame("settled_codes", [row for part in done for row in part.settled]),
        frame("programs", [_program(source["codebook"])] if done else []),
        faults_among(results),
    )


def _tasks(
    source: Mapping[str, Any],
    items: Mapping[str, tuple[CodingInput, ...]],
    decided: Mapping[str, Sequence[Decision]],
    settled: Settled,
) -> dict[str, _Task]:
    """Return what is coded of each document of a source, with what people decided on its statements."""
    tasks = {}
    for document_id, own in items.items():
        decisions = tuple(decision for item in own for decision in decided.get(item.statement_id, ()))
        winners = {key: settled.winners[key] for key in {one.key[:2] for one in decisions} & settled.winners.keys()}
        tasks[document_id] = _Task(document_id, source["codebook"], source["language"], own, decisions, winners)
    return tasks


def fault_warnings(documents: pd.DataFrame, faults: Mapping[str, Fault]) -> list[Issue]:
    """Return what to report of documents on which the coder failed: they are published without codes."""
    return fault_issues(records(documents), faults, "warning", "has no codes")


def recommendations(
    sources: pd.DataFrame,
    raw_documents: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    settled_codes: pd.DataFrame,
) -> pd.DataFrame:
    """Return the wide table for people: a row per statement whose type is measure or outcome, in reading order."""
    if sources.empty:
        return wide_frame([], ())
    source = records(sources)[0]
    book = codebook(source["codebook"])
    documents = _document_names(records(raw_documents))
    headings = {row["section_id"]: _heading(row) for row in records(sections)}
    given: dict[str, dict[str, list[str]]] = {}
    for row in records(settled_codes):
        given.setdefault(row["statement_id"], {}).setdefault(row["dimension"], []).append(row["code"])
    rows = []
    for row in records(statements):
        codes = given.get(row["statement_id"], {})
        if RECOMMENDED.isdisjoint(codes.get(TYPE, ())):
            continue
        place = {
            "statement_id": row["statement_id"],
            "text": row["text"],
            "source": source["title"],
            "document": documents[row["document_id"]],
            "section": headings.get(row["section_id"]),
        }
        rows.append(place | _spread(codes, book))
    return wide_frame(rows, (book,))


def _document_names(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Return what documents of a source are called for people, each otherwise, by their identifiers."""
    files = {row["document_id"]: Path(row["path"]).name for row in rows}
    shown = told_apart({files[row["document_id"]]: row["title"] or files[row["document_id"]] for row in rows})
    return {document: shown[name] for document, name in files.items()}


def wide_frame(rows: Iterable[Mapping[str, Any]], books: Iterable[Codebook]) -> pd.DataFrame:
    """Return recommendations as a frame with the columns that these codebooks bring."""
    dimensions = [dimension for book in books for dimension in book.dimensions]
    columns = table_schema("recommendations", dimensions).columns
    taken = list(rows)
    return pd.DataFrame(
        {name: pd.array([row.get(name) for row in taken], dtype=column.dtype.type) for name, column in columns.items()}
    )


def _inputs(rows: Rows, titles: Mapping[str, str | None]) -> Iterable[CodingInput]:
    """Yield what the coder needs; of a bullet it needs one text back, so a bullet of thousands costs no more."""
    for number, group in groupby(rows, key=lambda row: row["bullet"]):
        before: tuple[str, ...] = ()
        for row in group:
            if row["text"] is None:
                continue
            title = titles.get(row["section_id"]) or ""
            yield CodingInput(row["statement_id"], row["text"], before, title, number)
            before = (row["text"],)


@dataclass(frozen=True, slots=True)
class _Done:
    codings: Rows
    settled: Rows
    relations: Rows


def _code_document(task: _Task) -> _Done:
    coder = _coder(task.codebook, task.language)
    coded = coder.code(task.items)
    people = _by_statement(task.decisions)
    rows: Rows = []
    counting = []
    for item, given in zip(task.items, coded, strict=True):
        own = [codings(one, coder.codebook.by_id[one.dimension]) for one in people.get(item.statement_id, ())]
        rows += [_coding_row(coding) for coding in (*given, *chain.from_iterable(own))]
        counting.append(replaced(given, item.statement_id, task.winners, coder.codebook))
    settled: Rows = [
        {"statement_id": coding.statement_id, "dimension": coding.dimension, "code": coding.code, "rank": coding.rank}
        for statement in counting
        for coding in sorted(statement, key=lambda coding: coding.rank)
    ]
    relations: Rows = [
        {"statement_id": link.statement_id, "related_id": link.related_id, "type": link.type}
        for link in related(task.items, counting)
    ]
    return _Done(rows, settled, relations)


def _coding_row(coding: Coding) -> Mapping[str, Any]:
    return {
        "statement_id": coding.statement_id,
        "dimension": coding.dimension,
        "code": coding.code,
        "coder": coding.coder,
        "rank": coding.rank,
        "basis": coding.basis,
        "confidence": round(coding.confidence, 4),
        "evidence_start": coding.evidence_start,
        "evidence_end": coding.evidence_end,
    }


def _by_statement(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.statement_id, []).append(decision)
    return found


def _heading(row: Mapping[str, Any]) -> str | None:
    return " ".join(part for part in (row["number"], row["title"]) if part) or None


def _spread(codes: Mapping[str, list[str]], book: Codebook) -> dict[str, str]:
    """Return the columns of a statement's codes and of their labels."""
    spread = {}
    for dimension in book.dimensions:
        given = codes.get(dimension.id)
        if given:
            known = [dimension.by_id[code] for code in given]
            spread[dimension.id] = ";".join(given)
            spread[f"{dimension.id}_label_nl"] = ";".join(entry.label_nl for entry in known)
            spread[f"{dimension.id}_label_en"] = ";".join(entry.label_en for entry in known)
    return spread
