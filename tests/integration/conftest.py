"""Raw folders for whole runs, and ways to run them as a user would."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

ROOT = Path(__file__).parents[2]
SEED = ROOT / "raw" / "samen-tegen-mensenhandel"
SECONDS = 1800
"""How long anything is waited for. No test tells how fast a machine is, so only what hangs comes to this."""
METADATA = "title: Proef\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
TEXT = """1. Opvang
Zorg voor meer opvangplekken in elke regio.
De wachttijd voor hulp is te lang.

2. Samenwerking
Gemeenten moeten beter samenwerken met scholen.
"""


class Done(NamedTuple):
    """How a command ended, in the words of `subprocess.CompletedProcess`."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


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


def run(home: Path, *arguments: str, **environment: str) -> Done:
    """Run the command in this process, where word lists and weights are loaded once, with the folders of `home`."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**folders(home), **environment}.items():
            patch.setenv(name, value)
        patch.chdir(home)
        done = CliRunner().invoke(app, arguments)
    if not isinstance(done.exception, SystemExit | None):
        raise done.exception  # a traceback, had it been another process
    return Done(done.exit_code, done.stdout, done.stderr)


def run_apart(home: Path, *arguments: str) -> Done:
    """Run the command in another process, as a user does; it takes ten seconds to load what it needs."""
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    environment = {**os.environ, **folders(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=home, env=environment
    )
    return Done(done.returncode, done.stdout, done.stderr)


def folders(home: Path) -> dict[str, str]:
    return {"BLOEMLEZING_RAW": str(home / "raw"), "BLOEMLEZING_OUTPUTS": str(home / "outputs"), "COLUMNS": "200"}


@pytest.fixture
def port() -> Iterator[int]:
    """Hold a port of loopback until the test ends: nobody else is given it, and a server that reuses addresses can."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])


@pytest.fixture
def bloemlezing(tmp_path: Path) -> Run:
    """Return a function that runs the command with the test's own folders."""
    return partial(run, tmp_path)
