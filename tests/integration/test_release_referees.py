"""Validators that we did not write accept a release of awkward texts. They are installed apart; see CONTRIBUTING.md."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.release.faults import publish_rows
from pipeline.release.faces import FACES

ROOT = Path(__file__).parents[2]
JUDGE = Path(os.environ.get("REFEREES", ROOT.parent / "shared" / "referees")) / "judge.sh"
HOME = Path(os.environ.get("REFEREES_HOME", Path.home() / ".cache" / "referees"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (JUDGE.exists() and HOME.exists()), reason="the referees are not installed here"),
]


def verdicts(folder: Path) -> dict[str, str]:
    """Return every referee's verdict on a copy, since some write beside what they read."""
    made = subprocess.run(["bash", str(JUDGE), str(folder)], capture_output=True, check=False)
    lines = [line.split(maxsplit=2) for line in made.stdout.decode(errors="replace").splitlines()]
    return {line[1]: line[0] for line in lines if line and line[0] in {"PASS", "FAIL", "ABSENT"}}


def test_every_referee_passes_a_release_with_a_history(tmp_path: Path) -> None:
    publish_rows(tmp_path / "outputs", 60)
    release = publish_rows(tmp_path / "outputs", 61).path
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    found = verdicts(copy)
    assert len(found) > len(FACES) + 5
    assert {name: verdict for name, verdict in found.items() if verdict != "PASS"} == {}
