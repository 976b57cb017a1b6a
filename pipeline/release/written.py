"""The files of a release in a folder that nobody sees yet: written, and read back.

What belongs here: which files there are, in which order they are made, and asking each kind whether it is right. What
does not: how a kind is made and checked (a module each), and showing the release to readers (`pipeline.release.store`).
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.release.archive import archive_problems, write_archive
from pipeline.release.checks import frictionless_problems, table_problems
from pipeline.release.copies import copy_problems, write_copies
from pipeline.release.faces import face_problems, write_faces
from pipeline.release.files import DESCRIPTOR, facts, json_bytes, write_checksums, write_table
from pipeline.release.inputs import ReleaseInputs
from pipeline.release.model import Release, TableFacts
from pipeline.release.package import descriptor
from pipeline.release.rights import rights
from pipeline.release.verify import verify
from schemas.derive import table_descriptor


def write_tables(inputs: ReleaseInputs, release: Release, folder: Path) -> Release:
    """Write the tables of a release and return it with the facts of their files."""
    for table in release.tables:
        rows, schema = inputs.rows(table.name), inputs.schema(table.name)
        write_table(folder, table.name, rows, schema, _inside(release, table))
    return replace(release, tables=tuple(_with_files(folder, table) for table in release.tables))


def write_others(release: Release, folder: Path, others: Mapping[str, bytes]) -> None:
    """Write everything that is derived from the tables, the checksums last."""
    for name, content in {DESCRIPTOR: json_bytes(descriptor(release)), **others}.items():
        (folder / name).write_bytes(content)
    write_faces(release, folder)
    write_copies(release, folder)
    write_archive(release, folder)
    write_checksums(folder)


def _with_files(folder: Path, table: TableFacts) -> TableFacts:
    return replace(
        table, csv=facts(folder, f"data/{table.name}.csv"), parquet=facts(folder, f"data/{table.name}.parquet")
    )


def _inside(release: Release, table: TableFacts) -> dict[str, str]:
    """Return the key-value metadata of a Parquet file, for readers who have nothing but the file."""
    dataset = release.dataset
    found = {
        "title": f"{dataset.title.en}: {table.title.en}",
        "title_nl": f"{dataset.title.nl}: {table.title.nl}",
        "version": release.version,
        "licence": " ".join(one.page for one in rights(release).of(table.name)),
        "rights": rights(release).statement(table.name).en,
        "citation": release.citation(),
        "table_schema": json_bytes(table_descriptor(table.name, release.dimensions, parquet=True)).decode(),
    }
    return {**found, "doi": dataset.doi} if dataset.doi else found


def problems_of_tables(release: Release, folder: Path) -> list[str]:
    """Read the tables back and return what is wrong with them."""
    return [
        problem
        for table in release.tables
        for problem in table_problems(folder, table.name, release.dimensions, table.content)
    ]


def problems_of_others(release: Release, folder: Path) -> list[str]:
    """Return what is wrong with the files about the tables, as far as a reader can tell."""
    return [
        *frictionless_problems(folder, sum(table.rows for table in release.tables)),
        *face_problems(release, folder),
        *copy_problems(release, folder),
        *archive_problems(release, folder),
        *verify(folder),
    ]
