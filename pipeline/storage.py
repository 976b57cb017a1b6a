"""Tables on disk between the stages and the release.

What belongs here: reading and writing frames as Parquet, where they are, and the acceptance of a source's tables as one
set. What does not: releases (`pipeline.release`), Dagster (its IO manager only calls this).

A source's tables are accepted together: they are copied into a folder of their own, judged there, and a pointer is
moved in one step. A release is built from accepted sets only, so a run that fails half-way, or that is still writing,
never shows in a release, and neither does a table that no rule has judged.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from pipeline.atomic import replace_file, replaced
from pipeline.errors import PlainError
from schemas.derive import PANDAS_TYPES

PUBLISHED_BY_SOURCE = (
    "sources",
    "documents",
    "sections",
    "statements",
    "codings",
    "recommendations",
    "relations",
    "spans",
    "repairs",
)
ACCEPTED_TABLES = (*PUBLISHED_BY_SOURCE, "descriptions", "programs", "issues")

Judge = Callable[[Mapping[str, Path]], list[str]]
"""Takes the Parquet file of every table of a source and returns what is wrong with them."""


class RefusedError(PlainError):
    """Tables are not accepted; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A source's accepted set of tables.

    Attributes:
        source_id: The source.
        fingerprint: Of the raw files and the code that it was made from.
        folder: Where its Parquet files are.
    """

    source_id: str
    fingerprint: str
    folder: Path

    def table(self, name: str) -> Path:
        """Return the Parquet file of a table."""
        return self.folder / f"{name}.parquet"

    @property
    def read_documents(self) -> int:
        """Number of its documents that could be read."""
        return int(read_frame(self.table("documents"))["encoding"].notna().sum())


def table_path(work: Path, table: str, source_id: str | None) -> Path:
    """Return the Parquet file in which a table is kept between assets, of one source or of all together.

    Args:
        work: Folder of the working tables.
        table: Name of the table.
        source_id: The source; None for a table that belongs to none.
    """
    return work / table / f"{source_id}.parquet" if source_id else work / f"{table}.parquet"


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, so that readers see the old file or the new one."""
    with replaced(path) as staged:
        frame.to_parquet(staged, index=False)


def read_frame(path: Path) -> pd.DataFrame:
    """Return a frame that `write_frame` wrote, with the same types."""
    frame: pd.DataFrame = pq.read_table(path).to_pandas(types_mapper=PANDAS_TYPES.get)
    return frame


def accept(root: Path, source_id: str, fingerprint: str, tables: Mapping[str, Path], judge: Judge) -> Accepted:
    """Make these files the accepted tables of a source, all at once.

    What is judged is the copy, so that what is accepted is what was judged, whoever writes to the files meanwhile.

    Args:
        root: Folder of all accepted sets.
        source_id: The source.
        fingerprint: Of what the tables were made from.
        tables: Parquet file of every table in `ACCEPTED_TABLES`.
        judge: Says what is wrong with them.

    Raises:
        RefusedError: when anything is; the source keeps the set that it had.
    """
    home = root / source_id
    folder = home / fingerprint[:32]
    staged = home / f".{folder.name}.{os.getpid()}"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    copies = {name: staged / f"{name}.parquet" for name in ACCEPTED_TABLES}
    for name, copy in copies.items():
        shutil.copy2(tables[name], copy)
    faults = judge(copies)
    if faults:
        shutil.rmtree(staged)
        raise RefusedError(
            f"the tables of {source_id} are not accepted, so nothing of them is published: " + "; ".join(faults)
        )
    if folder.exists():
        folder.replace(home / f".old.{os.getpid()}")
    staged.replace(folder)
    _write_json(home / "current.json", {"fingerprint": fingerprint, "folder": folder.name})
    for stale in home.iterdir():
        if stale.is_dir() and stale != folder:
            shutil.rmtree(stale, ignore_errors=True)
    return Accepted(source_id, fingerprint, folder)


def accepted(root: Path, source_id: str) -> Accepted | None:
    """Return the accepted set of a source, or None when it has none.

    None also when its folder is gone: a process that ended while the same set was accepted anew leaves that behind. And
    when what names it cannot be read, as after a power cut: the source is taken in anew then.
    """
    try:
        pointer = json.loads((root / source_id / "current.json").read_text(encoding="utf-8"))
        found = Accepted(source_id, str(pointer["fingerprint"]), root / source_id / str(pointer["folder"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return found if found.folder.is_dir() else None


def forget(accepted_sets: Path, work: Path, keep: Iterable[str]) -> None:
    """Drop the accepted sets and the working tables of sources that are no longer there.

    Args:
        accepted_sets: Folder of all accepted sets.
        work: Folder of the working tables.
        keep: The sources that are there.
    """
    kept = set(keep)
    for folder in accepted_sets.iterdir() if accepted_sets.is_dir() else ():
        if folder.name not in kept and folder.is_dir():
            shutil.rmtree(folder)
    for table in work.glob("*/*.parquet"):
        if table.stem not in kept and not table.name.startswith("."):
            table.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Released:
    """What the last release was made from.

    Attributes:
        fingerprint: Of all accepted sets and the release code.
        version: The version that stands.
    """

    fingerprint: str
    version: str


def read_released(path: Path) -> Released | None:
    """Return what the last release was made from, or None when that is not known."""
    try:
        return Released(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        # Without the record the release is compared with the last one row by row, which is slower and just as right.
        return None


def write_released(path: Path, released: Released) -> None:
    """Record what the last release was made from."""
    _write_json(path, asdict(released))


def _write_json(path: Path, content: object) -> None:
    replace_file(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
