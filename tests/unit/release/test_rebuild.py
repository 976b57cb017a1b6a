"""A release can be made again from its rows, and from no others."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.release.constructed import codebook, constructed, inputs
from pipeline.release.publish import publish
from pipeline.release.rebuild import rebuild

BOOKS = [codebook()]
SIZES = (20, 22, 21)
VERSIONS = ("1.0.0", "1.1.0", "2.0.0")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    for day, size in enumerate(SIZES, 1):
        moment = datetime(2026, 3, day, 13, 14, 15, 16, tzinfo=UTC)
        made = publish(inputs(constructed(size), BOOKS), [], folder, codebooks=BOOKS, published_at=moment)
        assert made.version == VERSIONS[day - 1]
    return folder


def again(outputs: Path, version: str, size: int) -> list[str]:
    return rebuild(outputs / "releases" / version, inputs(constructed(size), BOOKS), [], codebooks=BOOKS)


@pytest.mark.parametrize(("version", "size"), list(zip(VERSIONS, SIZES, strict=True)))
def test_every_byte_is_the_same(outputs: Path, version: str, size: int) -> None:
    assert again(outputs, version, size) == []


def test_other_rows_make_other_bytes(outputs: Path) -> None:
    found = again(outputs, "1.1.0", 23)
    assert "data/statements.csv: differs" in found
    assert "codebook.qdc: differs" not in found


def test_the_rows_of_the_version_before_make_nothing(outputs: Path) -> None:
    assert again(outputs, "1.1.0", 20) == ["the rows are those of 1.0.0, not of 1.1.0"]


def test_a_changed_file_differs(outputs: Path) -> None:
    path = outputs / "releases/2.0.0/CITATION.cff"
    path.chmod(0o644)
    path.write_text("x")
    assert again(outputs, "2.0.0", 21) == ["CITATION.cff: differs"]
