"""Headers and footers of pages that a browser printed: told wherever they stand, and nothing else with them."""

from pipeline.text.model import Line
from pipeline.text.printed import edges_of_prints


def found(*pages: list[str]) -> list[str]:
    lines = [
        [Line(9 * page + at, page, text, range(len(text) + 1)) for at, text in enumerate(p)]
        for page, p in enumerate(pages)
    ]
    numbers = set(edges_of_prints(lines))
    return [line.text for page in lines for line in page if line.number in numbers]


WHEN, WHERE = "27-11-2026, 10:43", "https://example.org/vragen"


def test_what_comes_again_is_printed_around_pages_also_amid_their_text() -> None:
    pages = [[WHEN, "Bouw meer", WHERE, "woningen."], [WHEN, "Plant bomen.", WHERE]]
    assert found(*pages) == [WHEN, WHERE, WHEN, WHERE]
    assert found(["Bouw meer.", f"{WHERE} 1/1"]) == [f"{WHERE} 1/1"]
    assert found([f"{WHEN} Vragen over wonen"], [f"{WHEN} Vragen over wonen"]) != []


def test_a_moment_or_an_address_in_the_text_stays() -> None:
    assert found(["Lees het plan op", WHERE, "en reageer voor", WHEN]) == []
    assert found([f"Zie {WHERE}", f"Zie {WHERE}"]) == []
