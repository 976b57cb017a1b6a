"""The real webserver and daemon on loopback: a document is dropped, a release appears."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.automation.home import prepare_home
from pipeline.settings import Settings

from .conftest import ROOT, SECONDS, TEXT, add_source, folders


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a raw folder with one small source: each more is a run more, of a process that loads everything anew."""
    folder = tmp_path / "raw"
    add_source(folder, "proef", {"a.txt": TEXT.encode()})
    return folder


@pytest.fixture
def dagster(raw: Path, tmp_path: Path, port: int) -> Iterator[str]:
    """Run webserver and daemon until the test ends; yield the address of the webserver."""
    settings = Settings(raw, tmp_path / "outputs")
    prepare_home(settings)
    log = (tmp_path / "dagster.log").open("w")
    command = [
        sys.executable,
        "-m",
        "dagster",
        "dev",
        "-w",
        str(ROOT / "workspace.yaml"),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    environment = {
        **os.environ,
        **settings.to_environment(),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT, start_new_session=True)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def wait_for(condition):
    """Return what a condition comes to be, or None where it holds of nothing for so long that no load explains it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(1)
    return None


def published_paths(outputs: Path) -> set[str]:
    try:
        latest = json.loads((outputs / "latest.json").read_text())
    except FileNotFoundError:
        return set()
    return set(pd.read_parquet(outputs / latest["path"] / "data" / "documents.parquet")["path"])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/server_info", timeout=30) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.slow
def test_a_dropped_document_becomes_a_release_by_itself(dagster, raw, tmp_path):
    outputs = tmp_path / "outputs"
    log = tmp_path / "dagster.log"
    assert wait_for(lambda: answers(dagster)), log.read_text()[-3000:]
    assert wait_for(lambda: "proef/a.txt" in published_paths(outputs)), log.read_text()[-3000:]
    (raw / "proef" / "nieuw.txt").write_text(TEXT.replace("opvangplekken", "woonplekken"))
    assert wait_for(lambda: "proef/nieuw.txt" in published_paths(outputs)), log.read_text()[-3000:]


@pytest.mark.slow
@pytest.mark.parametrize("later", [0, 1, 3])
def test_dev_that_is_told_to_end_while_it_loads_ends_without_a_traceback(raw, tmp_path, port, later):
    log = tmp_path / "dev.log"
    command = [sys.executable, "-m", "pipeline.cli", "dev", "--port", str(port)]
    environment = {**os.environ, **folders(tmp_path), "PYTHONPATH": str(ROOT)}
    with log.open("w") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment, start_new_session=True)
        try:
            assert wait_for(lambda: "Launching Dagster services" in log.read_text()), log.read_text()
            time.sleep(later)
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) == 0, log.read_text()
            assert wait_for(lambda: not alive(process.pid))
        finally:
            if alive(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
    assert "Traceback" not in log.read_text()
    assert "stopped" in log.read_text().splitlines()


def alive(group: int) -> bool:
    """Return whether any process of a group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_what_dagster_serves_hides_no_error_but_that_it_was_told_to_end():
    program = (
        "import sys, pipeline.automation.served; from dagster._core.errors import DagsterExecutionInterruptedError\n"
        "for error in DagsterExecutionInterruptedError(), ValueError('seen'): "
        "sys.excepthook(type(error), error, None)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr == "ValueError: seen\n"
