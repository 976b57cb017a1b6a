"""Bullets and lines that tests of the layout set into pages.

What belongs here: texts that more than one test file sets. What does not: what is expected of their reading.
"""

from benchmarks.reading_order import truth
from pipeline.text.model import Line

PLAIN_BULLETS = (
    "De gemeente zorgt voor betere opvang van jongeren in de wijk.",
    "Meer geld voor hulp aan ouders en scholen, ook buiten de grote steden.",
    "Scholen geven ieder jaar voorlichting over gezonde relaties en over de grenzen die daarbij horen.",
    "Er is een vast aanspreekpunt bij de politie voor iedere wijk.",
    "Wachttijden in de jeugdzorg worden korter.",
    "Hulpverleners krijgen training in het herkennen van signalen, zodat zij eerder kunnen doorverwijzen.",
    "Inwoners denken mee over de inrichting van hun buurt.",
    "Maak de regels voor toeslagen eenvoudiger en leg ze uit in gewone taal.",
)


def lines_of(text: str) -> list[Line]:
    return [truth.make_line(number + 1, line) for number, line in enumerate(text.split("\n"))]
