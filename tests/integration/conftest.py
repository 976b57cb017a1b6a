"""Raw folders for whole runs, and ways to run them as a user would."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = ROOT / "raw" / "samen-tegen-mensenhandel"
METADATA = "title: Proef\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
TEXT = """1. Opvang
Zorg voor meer opvangplekken in elke regio.
De wachttijd voor hulp is te lang.

2. Samenwerking
Gemeenten moeten beter samenwerken met scholen.
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a raw folder with the seed and one constructed source."""
    folder = tmp_path / "raw"
    shutil.copytree(SEED, folder / SEED.name)
    add_source(folder, "proef", {"a.txt": TEXT.encode()})
    return folder


def add_source(raw: Path, name: str, files: dict[str, bytes], metadata: str | None = METADATA) -> None:
    (raw / name).mkdir(parents=True)
    for file, content in files.items():
        (raw / name / file).write_bytes(content)
    if metadata is not None:
        (raw / name / "source.yaml").write_text(metadata, encoding="utf-8")


@pytest.fixture
def bloemlezing(tmp_path: Path) -> Run:
    """Return a function that runs the command in another process, with the test's own folders."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        defaults = {"BLOEMLEZING_RAW": str(tmp_path / "raw"), "BLOEMLEZING_OUTPUTS": str(tmp_path / "outputs")}
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **defaults, **environment},
        )

    return run
