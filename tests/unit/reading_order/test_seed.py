"""The one real page: every gold text verbatim, and the least confidence where the gold says that layout cannot tell."""

import pytest

from benchmarks.reading_order.seed import SHARED, SeedReading, read_seed

pytestmark = pytest.mark.skipif(not (SHARED / "gold" / "seed.json").exists(), reason="../shared holds the gold")


@pytest.fixture(scope="module")
def seed() -> SeedReading:
    found = read_seed()
    assert found is not None
    return found


def test_every_gold_text_is_a_statement(seed: SeedReading) -> None:
    assert seed.texts > 30
    assert not seed.missing


def test_lines_that_layout_cannot_place_are_doubted(seed: SeedReading) -> None:
    assert sorted(seed.confidences) == [15, 16, 17, 34, 35]
    assert max(seed.confidences.values()) < 0.9


@pytest.mark.xfail(reason="lines 18 to 24 are doubted more than line 15", strict=True)
def test_no_settled_line_is_doubted_more_than_an_open_one(seed: SeedReading) -> None:
    assert not seed.below
