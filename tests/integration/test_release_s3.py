"""Releases in a bucket of S3: a server on loopback answers as S3 does, conditional writes included."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from benchmarks.release.faults import compete, seen
from benchmarks.release.places import Place, local_s3
from pipeline.release.media import UNKNOWN, media_type
from tests.integration.conftest import TEXT, Run, add_source


@pytest.fixture
def s3() -> Iterator[Place]:
    with local_s3() as place:
        yield place


def test_publishers_in_one_bucket_lose_no_release(s3: Place) -> None:
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
    assert_served_with_their_types(s3)


def assert_served_with_their_types(s3: Place) -> None:
    """Look at every file as a browser or a harvester is served it."""
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    types = {
        path.removeprefix(s3.address.removeprefix("s3://") + "/"): files.info(path, refresh=True)["ContentType"]
        for path in files.find(s3.address)
    }
    published = {path: kind for path, kind in types.items() if not path.startswith("releases/.log/")}
    assert published == {path: media_type(path) for path in published}
    expected = {
        "latest.json": "application/json",
        "versions.json": "application/json",
        "index.html": "text/html; charset=utf-8",
        "catalog.ttl": "text/turtle",
        "data.json": "application/json",
        "sitemap.xml": "application/xml",
        ".well-known/api-catalog": "application/linkset+json",
        "releases/1.1.0/index.html": "text/html; charset=utf-8",
        "releases/1.1.0/croissant.json": "application/ld+json",
        "releases/1.1.0/data/codes.csv": "text/csv; charset=utf-8",
        "releases/1.1.0/data/codes.parquet": "application/vnd.apache.parquet",
    }
    assert {path: types.get(path) for path in expected} == expected
    assert UNKNOWN not in published.values()


def test_a_bucket_that_is_not_there_is_one_clear_line(s3: Place, tmp_path: Path, bloemlezing: Run) -> None:
    add_source(tmp_path / "raw", "proef", {"a.txt": TEXT.encode()})
    done = bloemlezing("publish", "--outputs", "s3://no-such-bucket/data", **s3.environment)
    assert done.returncode == 1
    assert "make the bucket first" in done.stderr
    assert "at work on" not in done.stderr  # found before any work
    assert "pipeline." not in done.stderr
    assert "Traceback" not in done.stderr
