"""Copies of the data in one file each, for people without a reader of CSV or Parquet.

What belongs here: which there are, and whether they hold as many rows as the tables. What does not: what is in them.
"""

import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from pipeline.release.database import write_database
from pipeline.release.model import Release
from pipeline.release.workbook import included, write_workbook

Copy = Callable[[Release, Path, Path], None]

COPIES: Mapping[str, Copy] = {".sqlite": write_database, ".xlsx": write_workbook}
"""Every copy by the ending of its file, which has the name of the dataset."""


def write_copies(release: Release, folder: Path) -> None:
    """Write every copy of a release's data into its folder."""
    for ending, write in COPIES.items():
        write(release, folder, folder / f"{release.dataset.name}{ending}")


def copy_problems(release: Release, folder: Path) -> list[str]:
    """Return the copies that do not hold what they should."""
    return [*_database_problems(release, folder), *_workbook_problems(release, folder)]


def _database_problems(release: Release, folder: Path) -> list[str]:
    path = folder / f"{release.dataset.name}.sqlite"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        counts = {
            table.name: connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608
            for table in release.tables
        }
        sound = connection.execute("PRAGMA quick_check").fetchone()[0]
    wrong = [table.name for table in release.tables if counts[table.name] != table.rows]
    problems = [f"{path.name}: table {name} has {counts[name]} rows" for name in wrong]
    return problems if sound == "ok" else [*problems, f"{path.name}: {sound}"]


def _workbook_problems(release: Release, folder: Path) -> list[str]:
    path = folder / f"{release.dataset.name}.xlsx"
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    expected = 2 + sum(included(table) for table in release.tables)
    if damaged or len(sheets) != expected:
        return [f"{path.name}: {damaged or f'{len(sheets)} sheets, not {expected}'}"]
    return []
