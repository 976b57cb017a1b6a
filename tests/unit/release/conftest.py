"""A release that many tests begin with, made once."""

import shutil
from pathlib import Path

import pytest

from benchmarks.release.constructed import DAY, constructed, inputs
from pipeline.release.publish import publish


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
