"""The same rows make the same bytes: in another locale, time zone, hash seed and batch size."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from benchmarks.release.faults import publish_rows
publish_rows(Path(sys.argv[1]), 60)
publish_rows(Path(sys.argv[1]), 61)
"""
SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Caracas", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "2", "LANG": "nl_NL"},
]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_surroundings_leave_no_trace(tmp_path: Path) -> None:
    for number, surroundings in enumerate(SURROUNDINGS):
        environment = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / str(number))]
        subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True)
    first, second = files(tmp_path / "0"), files(tmp_path / "1")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("name", ["datapackage.json", "catalog.ttl", "croissant.json", "SHA256SUMS"])
def test_no_absolute_path_or_user_is_in_a_file(tmp_path: Path, name: str) -> None:
    from benchmarks.release.faults import publish_rows  # noqa: PLC0415  only in this process

    text = (publish_rows(tmp_path, 20).path / name).read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert str(ROOT) not in text
