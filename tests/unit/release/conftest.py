"""A release that many tests begin with, made once, and releases of the same bytes, judged once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.release.constructed import DAY, constructed, inputs
from pipeline.release import written
from pipeline.release.files import listed_files, sha256
from pipeline.release.publish import publish


@pytest.fixture(scope="package", autouse=True)
def _judged_once() -> Iterator[None]:
    """Let frictionless judge the same bytes once: a third of the work of a publication, and most are alike here.

    Whatever differs in any file that is there by then is judged anew.
    """
    known: dict[frozenset[tuple[str, str]], list[str]] = {}
    judge = written.frictionless_problems

    def remembered(folder: Path, rows: int) -> list[str]:
        files = frozenset((path, sha256(folder / path)) for path in listed_files(folder))
        if files not in known:
            known[files] = judge(folder, rows)
        return known[files]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written, "frictionless_problems", remembered)
        yield


@pytest.fixture(scope="session")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return outputs whose only release has twenty constructed statements; who writes there takes `begun`."""
    outputs = tmp_path_factory.mktemp("outputs")
    publish(inputs(constructed(20)), outputs, DAY)
    return outputs


@pytest.fixture
def begun(twenty: Path, tmp_path: Path) -> Path:
    """Return a copy of such outputs, which is the test's own."""
    return Path(shutil.copytree(twenty, tmp_path / "outputs"))
