"""Lines that say whose words or work something is, and claim nothing (U6).

What belongs here: footnotes that only cite, attributions below quotations, colophons. What does not: letters, minutes,
motions and surveys (`formalities`), headers and footers (`furniture`). A statement that is eaten is worse than a
footnote that stays, so each takes two signs: a number and a citation, a quotation and what names a person, fields of a
colophon and its title or imprint. A footnote that says more than where to look stays.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from pipeline.text.headings import sure_heading
from pipeline.text.heads import head_of
from pipeline.text.language import Language
from pipeline.text.model import Line
from pipeline.text.subordination import words_of
from pipeline.text.wordclasses import word_classes

NOTE_LINES = 4
LONGEST_NOTE = 400  # characters
CREDIT_WORDS = 9  # of an attribution, or a line of a colophon that is no sentence
FIELDS = 3  # lines of a colophon without its title
_NOTE = re.compile(
    r"(?:\[(?P<boxed>\d{1,3})\]|(?P<number>\d{1,3})(?:[.)]|\b|(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ])))\s*(?P<said>[^\W\d_].*)$"
)
_ALONE = re.compile(r"\d{1,3}")
_ANCHOR = re.compile(r"(?:[^\W\d_]{2}[.,;:!?]?|[\"”’)])\[?(\d{1,3})\]?(?=$|[\s.,;:!?)])")
_CITES = re.compile(r"\b(?:1[89]|20)\d\d\b|https?://|www\.|\bECLI\b|\b\d{2} ?\d{3}\b", re.IGNORECASE)
_SECOND = re.compile(r"\w{3}[.!?]\s+[A-ZÀ-Þ][^\W\d_]+\s+[a-z]|\?\s*$")
_COMPLETE = re.compile(r"[.!?…][\"'”’»)\]]*$|\b(?:1[89]|20)\d\d\)?$|\S+\.(?:nl|com|org|eu|pdf)\S*$|/\S*$")
_CREDIT = re.compile(r"(?:[-–—―~]\s?(?P<named>[^\W\d_].*)|\((?P<boxed>[^()]+)\))$")
_QUOTED = re.compile(r"[\"”’»'][.,]?$")
_IMPRINT = re.compile(r"(?:e-?)?(?:ISBN|ISSN|NUR)\b.*\d|©|\(c\)\s*\d{4}|copyright\b.*\d", re.IGNORECASE)
_IMPRINT_OPENS = "eiınEIİN©(cC"
_ADDRESS = re.compile(
    r"\S+@\S+\.\w|https?://|www\.|\b[1-9]\d{3} ?[A-Z]{2}\b|^(?:tel\S*|t)[.:]?\s*[\d(+]", re.IGNORECASE
)
_FIELD = re.compile(r"(?P<label>[^\W\d_][\w' &/-]{1,40}?)\s*(?::|\s{3,}|\t)\s*\S")
_MARKS = ",;.!: -–—*•\"'()"

Row = tuple[int, str]
"""Number of a line that is not blank, and its text."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A language, how what is credited opens in it, and the titles and fields of colophons."""

    language: Language
    references: re.Pattern[str]
    people: re.Pattern[str]
    imprints: re.Pattern[str]
    titles: AbstractSet[str]
    fields: AbstractSet[str]

    def claims(self, text: str) -> bool:
        """Return whether a text has a verb or another head of a claim."""
        return head_of(words_of(text), word_classes(self.language)).kind != "none"


@cache
def _known(language: Language) -> _Known:
    references, people, imprints = (
        re.compile(rf"(?:{language.any_of('credits', name)})\b", re.IGNORECASE)
        for name in ("references", "people", "imprints")
    )
    data = language.data("credits")
    titles, fields = frozenset(data["colophon_titles"]), frozenset(data["colophon_fields"])
    return _Known(language, references, people, imprints, titles, fields)


def find_credits(lines: Sequence[Line], language: Language) -> frozenset[int]:
    """Return the numbers of the lines that only say whose words or work something is.

    Args:
        lines: Of a document, blank ones included or not.
        language: Whose words are known.

    Returns:
        Line numbers; blank lines are not among them.
    """
    rows = [(line.number, text) for line in lines if (text := line.text.strip())]
    known = _known(language)
    marked = [place for place, (_, text) in enumerate(rows) if not text[0].isalpha()]
    return frozenset([*_notes(rows, marked, known), *_attributions(rows, marked, known), *_colophons(rows, known)])


def _notes(rows: Sequence[Row], marked: Sequence[int], known: _Known) -> Iterator[int]:
    """Yield footnotes that cite: behind a number that stands in the text, or that say where to look.

    Args:
        rows: Of a document.
        marked: The places of those that open with no letter.
        known: What is known.
    """
    found = [(place, match) for place in marked if (match := _NOTE.match(rows[place][1]))]
    anchors = {anchor for _, text in rows for anchor in _ANCHOR.findall(text)} if found else frozenset[str]()
    for place, match in found:
        note = _note(rows, place)
        said = " ".join(text for _, text in note).removeprefix(match.string[: match.start("said")])
        points = known.references.match(said) is not None
        anchored = (match["boxed"] or match["number"]) in anchors
        if _cites(said, known, points=points) and (points or anchored):
            yield from (number for number, _ in note)
    for place in marked:
        # An extractor may part the number from the note, as it stands a little higher.
        note = _note(rows, place + 1, numbered=True) if _ALONE.fullmatch(rows[place][1]) and rows[place + 1 :] else ()
        said = " ".join(text for _, text in note)
        if note and known.references.match(said) and _cites(said, known, points=True):
            yield from (number for number, _ in (rows[place], *note))


def _note(rows: Sequence[Row], place: int, *, numbered: bool = False) -> Sequence[Row]:
    """Return the lines of a footnote: it goes on until it is complete, where it stands apart from the text above.

    Args:
        rows: Of a document.
        place: Of its first line.
        numbered: Whether its number stands on the line above.
    """
    apart = numbered or (
        place > 0 and (rows[place - 1][0] < rows[place][0] - 1 or _NOTE.match(rows[place - 1][1]) is not None)
    )
    note = [rows[place]]
    for row in rows[place + 1 : place + NOTE_LINES] if apart else ():
        if _COMPLETE.search(note[-1][1]) or row[0] > note[-1][0] + 1 or _NOTE.match(row[1]):
            break
        note.append(row)
    return note


def _cites(said: str, known: _Known, *, points: bool) -> bool:
    if len(said) > LONGEST_NOTE or not _COMPLETE.search(said) or _SECOND.search(said) or not _CITES.search(said):
        return False
    return points or not known.claims(said)


def _attributions(rows: Sequence[Row], marked: Sequence[int], known: _Known) -> Iterator[int]:
    """Yield whose words stand above: behind a dash, below a quotation or opening with what people are called.

    Args:
        rows: Of a document.
        marked: The places of those that open with no letter.
        known: What is known.
    """
    found = {place: match for place in marked if (match := _CREDIT.match(rows[place][1]))}
    for place, match in found.items():
        if not place or place - 1 in found or place + 1 in found:
            continue  # of several the lines are a list
        named, above = match["named"] or match["boxed"], rows[place - 1][1]
        if len(named.split()) > CREDIT_WORDS or named[-1] in ".!?:;":
            continue
        person = known.people.match(named) is not None
        credited = (_QUOTED.search(above) and (person or "," in named)) or (
            person and "," in named and _COMPLETE.search(above)
        )
        if credited and not known.claims(named):  # asked last, as it takes longest
            yield rows[place][0]


def _colophons(rows: Sequence[Row], known: _Known) -> Iterator[int]:
    """Yield colophons: their title and what goes with it, or several of their fields with an imprint."""
    folded = "\n".join([text for _, text in rows]).casefold()
    named = any(title in folded for title in known.titles)  # else on no line alone
    bare = enumerate(text.strip(_MARKS).casefold() for _, text in (rows if named else ()))
    titles = {place for place, text in bare if text in known.titles}
    printed = any(_IMPRINT.match(text) for _, text in rows if text[0] in _IMPRINT_OPENS)
    place = 0 if titles or printed else len(rows)
    while place < len(rows):
        titled = place in titles
        end = place + titled
        while end < len(rows) and _is_of_colophon(rows, end, known, titled=titled):
            end += 1
        run = rows[place:end]
        imprint = any(_IMPRINT.match(text) for _, text in run)
        if (titled and len(run) > 1) or (imprint and (len(run) >= FIELDS or len(run) == 1)):
            yield from (number for number, _ in run)
        place = max(end, place + 1)


def _is_of_colophon(rows: Sequence[Row], place: int, known: _Known, *, titled: bool) -> bool:
    """Return whether a line is of a colophon; below its title a few words without a verb are, too."""
    number, text = rows[place]
    if _IMPRINT.match(text) or known.imprints.match(text):
        return True
    field = _FIELD.match(text)
    if field and field["label"].strip().casefold() in known.fields:
        return True
    if not titled or len(text.split()) > CREDIT_WORDS or sure_heading(text, known.language):
        return False
    near = number == rows[place - 1][0] + 1 and text[-1] not in ".!?:"
    return _ADDRESS.search(text) is not None or (near and not known.claims(text))
