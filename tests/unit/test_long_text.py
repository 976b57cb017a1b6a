"""The long text of the benchmark: as long as asked for, in pages, woven here and there, and hardly a line twice."""

from statistics import mean

import pytest

from benchmarks.stages.whole import long_text, parts


@pytest.fixture(scope="module")
def pages() -> list[list[str]]:
    return [page.splitlines() for page in long_text(200_000).split("\f")]


def test_it_is_as_long_as_asked_for_to_a_page(pages):
    sizes = [len("\n".join(page).encode()) for page in pages]
    assert 200_000 <= sum(sizes) + 2 * len(pages) <= 200_000 + 2 * max(sizes)


def test_it_is_the_same_for_the_same_seed_only():
    assert long_text(5_000) == long_text(5_000) != long_text(5_000, seed=2)


def test_hardly_a_line_comes_twice(pages):
    lines = [line for page in pages for line in page if len(line) > 40]
    assert len(set(lines)) > 0.97 * len(lines)


def test_rows_of_every_third_page_hold_a_line_of_either_column(pages):
    assert all("| Verslag" in page[-1] for page in pages)
    filled = [mean(map(len, page)) for page in pages[:-1]]
    assert mean(filled[2::3]) > 1.05 * mean(filled[0::3] + filled[1::3])


def test_its_pages_are_dealt_out_in_their_order_and_none_is_lost() -> None:
    text = long_text(60_000)
    pages = text.split("\f")
    dealt = parts(text, 4)
    assert [page for part in dealt for page in part.split("\f")] == pages
    assert {len(part.split("\f")) for part in dealt} <= {len(pages) // 4, len(pages) // 4 + 1}
    with pytest.raises(ValueError, match="ask for more"):
        parts(text, len(pages) + 1)
