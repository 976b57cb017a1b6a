"""Running headers, footers and page numbers: what they say and where on a page they stand.

What belongs here: drawing such marks by chance and setting them on a page. What does not: the page's text (`pages`).
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Edge = Literal["top", "bottom", "last row"]
Side = Literal["left", "centre", "right", "outer", "inner"]

TITLES = (
    "Verslag van de bijeenkomsten",
    "Samen verder met de regio",
    "Opbrengst van de werkconferentie",
    "Burgerpanel Westerveld",
    "Uitkomsten van de gespreksronde",
    "Reacties op het ontwerpplan",
    "Inbreng van bewoners en organisaties",
    "Meedenken over morgen",
    "Bijlage bij de raadsbrief",
    "Vier tafels, één opgave",
)
CHAPTERS = (
    "Wat deelnemers zeiden",
    "Zorg en veiligheid",
    "Wonen en leven",
    "Werk en inkomen",
    "Aan de slag",
    "Deel twee: de gesprekken",
)
ASIDES = (
    "Concept, versie 0.3",
    "Vertrouwelijk",
    "www.samenverder-voorbeeld.nl",
    "12 maart 2024",
    "Gemeente Voorbeeldstad",
    "Werkgroep Inbreng | voorjaar 2024",
)
NUMBERS: Mapping[str, int] = {
    "{page}": 6,
    "- {page} -": 1,
    "Pagina {page}": 1,
    "Pagina {page} van {of}": 2,
    "{page} / {of}": 1,
    "blz. {page}": 1,
    "{page} | {title}": 1,
    "{title} | {page}": 1,
    "{title} - {page}": 1,
    "{title} {page}": 1,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that stands on every page.

    Attributes:
        left: What it says on left-hand (even) pages, with `{page}`, `{of}` for their numbers.
        right: What it says on right-hand pages.
        edge: `last row` puts it on the baseline of the page's lowest line of text, in the margin.
        side: `outer` and `inner` change with the page.
        distance: From the edge of the paper to its baseline, in points.
        later: Whether the first page goes without.
    """

    left: str
    right: str
    edge: Edge = "bottom"
    side: Side = "centre"
    distance: float = 24.0
    later: bool = False


PLAIN = (
    Mark(TITLES[0], TITLES[0], "top", "left", 36.0),
    Mark("{page}", "{page}", "bottom", "centre", 24.0),
)


def draw_marks(rng: random.Random) -> tuple[Mark, ...]:
    """Return the marks of a report drawn from what reports use; there is at least one."""
    title = rng.choice(TITLES)
    marks = []
    place = rng.random()
    edge: Edge = "last row" if place < 0.08 else "top" if place < 0.2 else "bottom"
    if rng.random() < 0.65:
        other = rng.choice((title, title, rng.choice(CHAPTERS)))
        # A page number at the top shares the header's baseline, at the other side.
        side: Side = "inner" if edge == "top" else rng.choice(("left", "centre", "outer"))
        marks.append(Mark(title, other, "top", side, 36.0, rng.random() < 0.3))
    if rng.random() < 0.25:
        aside = rng.choice(ASIDES)
        top = rng.random() < 0.5
        marks.append(
            Mark(aside, aside, "top" if top else "bottom", rng.choice(("left", "inner")), 22.0 if top else 50.0)
        )
    if not marks or rng.random() < 0.85:
        number = rng.choices(list(NUMBERS), list(NUMBERS.values()))[0].replace("{title}", title)
        if edge == "bottom":
            side, distance = rng.choice(("centre", "centre", "outer", "right")), rng.choice((24.0, 30.0, 36.0))
        else:
            side, distance = "outer", 36.0
        if edge == "last row":
            number = "{page}"  # the margin is narrow
        marks.append(Mark(number, number, edge, side, distance, rng.random() < 0.2))
    return tuple(marks)


def standing(mark: Mark, page: int, of: int, first: int) -> Iterator[tuple[str, Side]]:
    """Yield what a mark says on a page and at which side, or nothing.

    Args:
        mark: The mark.
        page: From 0.
        of: Number of pages.
        first: Printed number of the first page.
    """
    if mark.later and page == 0 and of > 1:
        return
    number = page + first
    text = (mark.left if number % 2 == 0 else mark.right).format(page=number, of=of + first + 6)
    side = mark.side
    if side in {"outer", "inner"}:
        side = "left" if (number % 2 == 0) == (side == "outer") else "right"
    yield text, side
