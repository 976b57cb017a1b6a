"""Validators that we did not write accept a release of awkward texts. They are installed apart; see CONTRIBUTING.md."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.release.constructed import DAY, background, constructed, described_in_full, inputs
from benchmarks.release.faults import publish_rows
from pipeline.release.faces import FACES
from pipeline.release.publish import publish

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


def writable_copy(release: Path, copy: Path) -> Path:
    shutil.copytree(release, copy)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return copy


def test_every_referee_passes_a_release_with_a_history(tmp_path: Path) -> None:
    publish_rows(tmp_path / "outputs", 60)
    release = publish_rows(tmp_path / "outputs", 61).path
    found = verdicts(writable_copy(release, tmp_path / "copy"))
    assert len(found) > len(FACES) + 5
    assert {name: verdict for name, verdict in found.items() if verdict != "PASS"} == {}


def test_every_referee_passes_a_description_that_leaves_nothing_out(tmp_path: Path) -> None:
    given = inputs(constructed(60), dataset=described_in_full(), background=background())
    made = publish(given, tmp_path / "outputs", DAY)
    found = verdicts(writable_copy(made.path, tmp_path / "copy"))
    assert len(found) > 20
    assert {name: verdict for name, verdict in found.items() if verdict != "PASS"} == {}


def test_the_catalogue_of_all_releases_passes_too(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    for statements in (60, 61):
        publish_rows(outputs, statements)
    referee = [HOME / "rdf" / "bin" / "python", JUDGE.parent / "scripts" / "ref_dcat.py", outputs / "catalog.ttl"]
    vocabulary = JUDGE.parent / "sample" / "vocab_stub.ttl"
    made = subprocess.run([*referee, "--vocab", vocabulary], capture_output=True, check=False)
    assert made.returncode == 0, made.stdout.decode()
