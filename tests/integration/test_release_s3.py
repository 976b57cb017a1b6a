"""Releases in a bucket of S3: a server on loopback answers as S3 does, conditional writes included."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.release.faults import compete, seen
from benchmarks.release.places import Place, local_s3
from tests.integration.conftest import TEXT, Run, add_source


@pytest.fixture
def s3() -> Iterator[Place]:
    with local_s3() as place:
        yield place


def test_publishers_compete(s3: Place) -> None:
    assert compete(s3, 1, competitors=3) == 3


def test_every_command_works_with_a_bucket(s3: Place, tmp_path: Path, bloemlezing: Run) -> None:
    raw = tmp_path / "raw"
    add_source(raw, "proef", {"a.txt": TEXT.encode()})

    def run(*arguments: str) -> str:
        done = bloemlezing(*arguments, BLOEMLEZING_OUTPUTS=s3.address, **s3.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert f"published    1.0.0 in {s3.address}/releases/1.0.0" in run("publish")
    assert "unchanged    1.0.0" in run("publish")
    add_source(raw, "nieuw", {"b.txt": TEXT.replace("opvangplekken", "bedden").encode()})
    assert "published    1.1.0" in run("publish")
    assert seen(s3)[0] == "1.1.0"
    assert "as it was published" in run("verify", "--rebuild")
    assert "rows added" in run("diff", "1.0.0", "1.1.0")
    statements = s3.store().read("releases/1.1.0/data/statements.csv").decode()
    identifier = next(csv.DictReader(statements.splitlines()))["statement_id"]
    assert "reading confidence" in run("trace", identifier)
    assert json.loads(s3.store().read("issues.json")) is not None


def test_a_bucket_that_is_not_there_is_one_clear_line(s3: Place, tmp_path: Path, bloemlezing: Run) -> None:
    add_source(tmp_path / "raw", "proef", {"a.txt": TEXT.encode()})
    done = bloemlezing("publish", "--outputs", "s3://no-such-bucket/data", **s3.environment)
    assert done.returncode == 1
    assert "make the bucket first" in done.stderr
    assert "Traceback" not in done.stderr
