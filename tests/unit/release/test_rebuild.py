"""A release can be made again from its rows, and from no others."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.release.constructed import constructed, inputs, statement_id
from pipeline.release.disk import DiskStore
from pipeline.release.publish import publish
from pipeline.release.purge import purge
from pipeline.release.rebuild import rebuild

SIZES = (20, 22, 21)
VERSIONS = ("1.0.0", "1.1.0", "2.0.0")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    for day, size in enumerate(SIZES, 1):
        moment = datetime(2026, 3, day, 13, 14, 15, 16, tzinfo=UTC)
        made = publish(inputs(constructed(size)), folder, moment)
        assert made.version == VERSIONS[day - 1]
    return folder


def again(outputs: Path, version: str, size: int) -> list[str]:
    return rebuild(outputs / "releases" / version, inputs(constructed(size)))


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


def test_without_its_history_only_its_rows_can_be_compared(tmp_path: Path) -> None:
    for day, size in enumerate((20, 22, 20, 21), 1):
        moment = datetime(2026, 3, day, tzinfo=UTC)
        publish(inputs(constructed(size)), tmp_path, moment)
    purge(DiskStore(tmp_path), [statement_id(21)], "op verzoek", datetime(2026, 4, 1, tzinfo=UTC), 1)
    for version, size in (("2.0.0", 20), ("2.1.0", 21)):
        (problem,) = again(tmp_path, version, size)
        assert "1.1.0 stood before it and is gone" in problem
        assert "its 11 CSV files, made again, are the same bytes" in problem
    assert again(tmp_path, "1.0.0", 20) == []
    problem, *files = again(tmp_path, "2.1.0", 22)
    assert "differ too" in problem
    assert "data/statements.csv: differs" in files


def test_a_release_after_a_purge_can_be_made_again(tmp_path: Path) -> None:
    for day, size in enumerate((20, 22, 20), 1):
        moment = datetime(2026, 3, day, tzinfo=UTC)
        publish(inputs(constructed(size)), tmp_path, moment)
    purge(DiskStore(tmp_path), [statement_id(21)], "op verzoek", datetime(2026, 4, 1, tzinfo=UTC), 1)
    later = datetime(2026, 5, 1, tzinfo=UTC)
    made = publish(inputs(constructed(21)), tmp_path, later)
    assert again(tmp_path, made.version, 21) == []
