"""What documentation and docstrings mention by its whole path is there, and what is not is found."""

import pytest

from docs.references import faults, missing


def test_everything_that_is_mentioned_is_there():
    assert list(faults()) == []


@pytest.mark.parametrize(
    "name",
    [
        "pipeline.text",
        "pipeline.errors",
        "pipeline.errors.PlainError",
        "pipeline.release.store.Store.read",
        "pipeline.text.layout.read_page",
        "docs/running.md",
        "pipeline/text/languages/nl/coding.yaml",
    ],
)
def test_packages_modules_names_and_files_are_known(name):
    assert list(missing(f"See `{name}`.")) == []


@pytest.mark.parametrize(
    "name", ["pipeline.gone", "pipeline.errors.GoneError", "pipeline.release.store.Store.gone", "docs/gone.md"]
)
def test_what_is_gone_is_named_with_its_line(name):
    assert list(missing(f"One line.\nSee `{name}`.")) == [(2, name)]
