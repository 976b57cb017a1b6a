"""A release without those words of sources that may not be published once more, for a deposit elsewhere.

What belongs here: emptying columns, the descriptions that then say something else, and the note of what was left out.
What does not: which columns and licences that concerns (`pipeline.release.rights`), and what a place for deposits asks
for (`pipeline.release.deposit`).

Identifiers, spans, codes and all other columns stay as they are, so rows can be joined to the release itself. A row of
a table that cannot do without the words (`repairs.before`) goes. Files that cannot be had without words, or that
describe the release's own files by checksum, are left out whole.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from pipeline.release.archive import pack
from pipeline.release.description import Dataset
from pipeline.release.dictionary import markdown_row
from pipeline.release.files import DESCRIPTOR, facts, json_bytes, read_parquet, table_rows, write_table
from pipeline.release.papers import card_licence, licence_text
from pipeline.release.rights import LICENCE_FILE, SOURCE_TEXTS, Rights, closed_sources, rights_of, terms
from pipeline.release.rows import content
from schemas.derive import columns

NOTE = "LEFT_OUT.md"
"""Where a deposit says what was left out."""

_AS_THEY_ARE = ("CITATION.cff", "CHANGES.md", "DICTIONARY.md", "DICTIONARY.html", "codebook.html", "codebook.ttl",
                "codebook.qdc", "diff.json", "tombstones.json")  # fmt: skip
"""Files that hold no words of sources and describe no file by its checksum."""

_FOUND_AGAIN = (
    "These columns are empty in the rows of those sources; a row of `repairs`, which is nothing without them, is gone. "
    "Identifiers, codes, spans and all else are those of the release. Whoever has a raw file (`documents.sha256`) "
    "finds the words of a statement by its bytes (`spans`). An empty text of a statement that is not `withheld` was "
    "left out here."
)
_HEAD = "---\n"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Closed:
    """What words are left out of.

    Attributes:
        sources: Rows of the table `sources`, all of them.
        names: Identifiers of the sources whose words are left out.
        documents: Identifiers of their documents.
        statements: Identifiers of their statements.
    """

    sources: Sequence[Row]
    names: frozenset[str]
    documents: pa.Array
    statements: pa.Array

    def of(self, batch: pa.RecordBatch) -> pa.Array:
        """Return which rows of a table are of these documents."""
        known = batch.schema.names
        key, held = ("document_id", self.documents) if "document_id" in known else ("statement_id", self.statements)
        return pc.is_in(batch.column(key), value_set=held)

    def rights(self, dataset: Dataset) -> Rights:
        """Return which licence is of what when the words are left out."""
        return rights_of(dataset, (row["licence"] for row in self.sources if row["source_id"] not in self.names))


def sources_left_out(release: Path) -> tuple[str, ...]:
    """Return the sources of a release whose words may not be published once more."""
    return _left_out(table_rows(release, "sources"))


def _left_out(sources: Iterable[Row]) -> tuple[str, ...]:
    return closed_sources({row["source_id"]: row["licence"] for row in sources})


def write_wordless(release: Path, dataset: Dataset, folder: Path) -> None:
    """Write a release without the words of sources that may not be published once more.

    Args:
        release: Folder of the release.
        dataset: The dataset's description.
        folder: Where to write it; made when it is not there.
    """
    closed = _closed(release)
    found = closed.rights(dataset)
    (folder / "data").mkdir(parents=True)
    for name in _AS_THEY_ARE:
        if (release / name).is_file():
            shutil.copyfile(release / name, folder / name)
    for path in sorted((release / "data").iterdir()):
        shutil.copyfile(path, folder / "data" / path.name)
    gone = {table: _empty(release, folder, table, closed, found) for table in SOURCE_TEXTS}
    descriptor = _descriptor(release, folder, found)
    (folder / DESCRIPTOR).write_bytes(json_bytes(descriptor))
    (folder / "README.md").write_text(_readme(release, descriptor, found), encoding="utf-8")
    stated = [(row["source_id"], row["publisher"], row["licence"]) for row in closed.sources]
    (folder / LICENCE_FILE).write_bytes(licence_text(found, stated))
    (folder / NOTE).write_text(_note(descriptor, closed, gone), encoding="utf-8")
    pack(folder, f"{dataset.name}.zip", f"{dataset.name}-{descriptor['version']}-without-texts")


def _closed(release: Path) -> _Closed:
    sources = table_rows(release, "sources")
    names = frozenset(_left_out(sources))
    documents = {row["document_id"] for row in table_rows(release, "documents") if row["source_id"] in names}
    held = pa.array(sorted(documents), pa.string())
    statements = [
        batch.filter(pc.is_in(batch.column("document_id"), value_set=held)).column("statement_id")
        for batch in read_parquet(release / "data" / "statements.parquet", ["statement_id", "document_id"])
    ]
    return _Closed(sources, names, held, pa.chunked_array(statements, pa.string()).combine_chunks())


def _empty(release: Path, folder: Path, table: str, closed: _Closed, found: Rights) -> int:
    """Write a table without the words, and return from how many rows they were left out."""
    path = release / "data" / f"{table}.parquet"
    metadata = _metadata(path, found, table)
    required = {column.name for column in columns(table) if column.required}
    held, gone = SOURCE_TEXTS[table], 0

    def emptied() -> Iterator[pa.RecordBatch]:
        nonlocal gone
        for batch in read_parquet(path):
            mask = closed.of(batch)
            gone += pc.sum(mask).as_py() or 0
            yield batch.filter(pc.invert(mask)) if required & set(held) else _without(batch, held, mask)

    write_table(folder, table, emptied(), pq.read_schema(path).remove_metadata(), metadata)
    return gone


def _without(batch: pa.RecordBatch, held: Sequence[str], mask: pa.Array) -> pa.RecordBatch:
    """Return rows with some columns empty where the mask says so."""
    values = [
        pc.if_else(mask, pa.scalar(None, field.type), batch.column(field.name)) if field.name in held
        else batch.column(field.name)
        for field in batch.schema
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(values, schema=batch.schema)


def _metadata(path: Path, found: Rights, table: str) -> dict[str, str]:
    """Return the key-value metadata of a Parquet file, with the licences that it has without the words."""
    known = {key.decode(): value.decode() for key, value in (pq.read_metadata(path).metadata or {}).items()}
    licence = " ".join(one.page for one in found.of(table))
    return {**known, "licence": licence, "rights": found.statement(table).en, "left_out": NOTE}


def _descriptor(release: Path, folder: Path, found: Rights) -> dict[str, Any]:
    """Return the descriptor with what is otherwise: identifier, licences, and the facts of the files that changed."""
    old: dict[str, Any] = json.loads((release / DESCRIPTOR).read_bytes())
    mark = "/" if "://" in old["id"] else ":"
    stated = found.statement()
    given = {one.register for one in found.all}
    new = {**old, "id": f"{old['id']}{mark}without-texts", "rights": stated.en, "rights@nl": stated.nl}
    new["licenses"] = [one for one in old["licenses"] if one["name"] in given]
    new["description"] = f"{old['description']}\n\n{NOTE} says which words of sources were left out."
    new["resources"] = [_resource(folder, one, given) for one in old["resources"]]
    return new


def _resource(folder: Path, old: Mapping[str, Any], given: set[str]) -> dict[str, Any]:
    found = facts(folder, old["path"])
    new = {**old, "hash": f"sha256:{found.sha256}"}
    if "licenses" in old:
        new["licenses"] = [one for one in old["licenses"] if one["name"] in given]
    if "bytes" in old:
        parquet = folder / Path(old["path"]).with_suffix(".parquet")
        rows = pq.read_metadata(parquet).num_rows
        new |= {"bytes": found.size, "rowCount": rows, "content": content(read_parquet(parquet))}
    return new


def _readme(release: Path, descriptor: Mapping[str, Any], found: Rights) -> str:
    """Return the README with the licence that is left in its head, without empty tables, and a word before its text."""
    _, head, body = (release / "README.md").read_text(encoding="utf-8").split(_HEAD, maxsplit=2)
    card = yaml.safe_load(head)
    card = {key: value for key, value in card.items() if not key.startswith("license")} | card_licence(found)
    rows = {one["name"]: one["rowCount"] for one in descriptor["resources"] if "rowCount" in one}
    card["configs"] = [one for one in card["configs"] if rows.get(one["config_name"])]
    old = json.loads((release / DESCRIPTOR).read_bytes())
    body = body.replace(str(old.get("rights")), found.statement().en)
    for one in old["resources"]:
        if one["name"] in rows:
            line = (one["name"], one["description"])
            was, now = (markdown_row((*line, str(count))) for count in (one["rowCount"], rows[one["name"]]))
            body = body.replace(was, now)
    note = f"Words of sources that may not be published once more were left out: [{NOTE}]({NOTE}) says which.\n\n"
    return (
        f"{_HEAD}{yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=1000)}{_HEAD}\n{note}{body.lstrip()}"
    )


def _note(descriptor: Mapping[str, Any], closed: _Closed, gone: Mapping[str, int]) -> str:
    """Return what was left out, why, and how to find it again."""
    lines = [
        f"# What was left out of version {descriptor['version']}",
        "",
        "The words of these sources are not here, since their licence does not allow to publish them once more:",
        "",
        *(
            f"- {row['source_id']}: {terms(row['licence']).title.en} ({terms(row['licence']).title.nl})"
            for row in closed.sources
            if row["source_id"] in closed.names
        ),
        "",
        "| table | columns | rows |",
        "|---|---|---:|",
        *(f"| {table} | {', '.join(SOURCE_TEXTS[table])} | {count} |" for table, count in gone.items()),
        "",
        _FOUND_AGAIN,
        "",
    ]
    return "\n".join(lines)
