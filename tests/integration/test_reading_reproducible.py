"""The same bytes are read the same: twice, in another process with another hash seed, on two Dask workers."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from distributed import LocalCluster

from benchmarks.reading_order import pages, texts, truth
from benchmarks.reading_order.documents import build
from benchmarks.reading_order.repeat import fingerprint
from pipeline.batches import map_documents
from pipeline.settings import DASK

ROOT = Path(__file__).parents[2]
SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "2"},
]


def woven(columns: int, seed: int) -> bytes:
    setting = pages.Setting(columns=columns, size=9.0, leading=11.5, fill=0.6)
    book = pages.typeset(setting, list(texts.statements("develop"))[seed:], ["Wonen", "Werk"], random.Random(seed))
    return build([truth.woven(book, 0, tail=True)], pages.Book(setting, book.lines, book.paragraphs)).raw


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    raws = [
        *(path.read_bytes() for path in sorted((ROOT / "raw").rglob("*.txt"))),
        woven(1, 0),
        woven(2, 9),
        woven(3, 18),
    ]
    found = [folder / f"{number}.txt" for number in range(len(raws))]
    for path, raw in zip(found, raws, strict=True):
        path.write_bytes(raw)
    return found


@pytest.fixture(scope="module")
def here(files: list[Path]) -> list[str]:
    return [fingerprint(path.read_bytes()) for path in files]


def test_reading_again_in_another_order_reads_the_same(files: list[Path], here: list[str]) -> None:
    assert len(set(here)) == len(here) >= 4
    assert [fingerprint(path.read_bytes()) for path in reversed(files)] == here[::-1]


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_another_process_reads_the_same(files: list[Path], here: list[str], surroundings: dict[str, str]) -> None:
    command = [sys.executable, "-m", "benchmarks.reading_order.repeat", *map(str, files)]
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == here


def test_two_workers_of_a_cluster_read_the_same(
    files: list[Path], here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(**options) as cluster:
        monkeypatch.setenv(DASK, cluster.scheduler_address)
        assert map_documents(fingerprint, [path.read_bytes() for path in files], 1) == here
