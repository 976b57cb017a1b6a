"""Tables on disk between the stages and the release.

What belongs here: reading and writing frames as Parquet, and the acceptance of a source's tables as one set. What does
not: releases (`pipeline.release`), Dagster (its IO manager only calls this).

A source's tables are accepted together, after every check has passed: they are linked into a folder of their own and a
pointer is moved there in one step. A release is built from accepted sets only, so a run that fails half-way, or that is
still writing, never shows in a release.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

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
ACCEPTED_TABLES = (*PUBLISHED_BY_SOURCE, "issues")


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


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, so that readers see the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    frame.to_parquet(staged, index=False)
    staged.replace(path)


def read_frame(path: Path) -> pd.DataFrame:
    """Return a frame that `write_frame` wrote, with the same types."""
    frame: pd.DataFrame = pq.read_table(path).to_pandas(types_mapper=PANDAS_TYPES.get)
    return frame


def accept(root: Path, source_id: str, fingerprint: str, tables: Mapping[str, Path]) -> Accepted:
    """Make these files the accepted tables of a source, all at once.

    Args:
        root: Folder of all accepted sets.
        source_id: The source.
        fingerprint: Of what the tables were made from.
        tables: Parquet file of every table in `ACCEPTED_TABLES`.
    """
    home = root / source_id
    folder = home / fingerprint[:32]
    staged = home / f".{folder.name}.{os.getpid()}"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    for name in ACCEPTED_TABLES:
        shutil.copy2(tables[name], staged / f"{name}.parquet")
    if folder.exists():
        folder.replace(home / f".old.{os.getpid()}")
    staged.replace(folder)
    _write_json(home / "current.json", {"fingerprint": fingerprint, "folder": folder.name})
    for stale in home.iterdir():
        if stale.is_dir() and stale != folder:
            shutil.rmtree(stale, ignore_errors=True)
    return Accepted(source_id, fingerprint, folder)


def accepted(root: Path, source_id: str) -> Accepted | None:
    """Return the accepted set of a source, or None when it has none."""
    try:
        pointer = json.loads((root / source_id / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Accepted(source_id, pointer["fingerprint"], root / source_id / pointer["folder"])


def forget(root: Path, keep: Iterable[str]) -> None:
    """Drop the accepted sets of sources that are no longer there."""
    kept = set(keep)
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name not in kept and folder.is_dir():
            shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class Released:
    """What the last release was made from.

    Attributes:
        fingerprint: Of all accepted sets and the release code.
        version: The version that stands.
    """

    fingerprint: str
    version: str


def write_released(path: Path, released: Released) -> None:
    """Record what the last release was made from."""
    _write_json(path, asdict(released))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    staged.write_bytes(content)
    staged.replace(path)


def _write_json(path: Path, content: object) -> None:
    replace_file(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def read_released(path: Path) -> Released | None:
    """Return what the last release was made from, or None when that is not known."""
    try:
        return Released(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        # Without the record the release is compared with the last one row by row, which is slower and just as right.
        return None
