"""Lines of which letters, minutes, motions and surveys consist and that make no claim (U6).

What belongs here: telling such lines apart in the text of one column. What does not: headers, footers and page numbers
(`furniture`). A statement that is eaten is worse than a greeting that stays, so a line is known by its words and by
where it stands: fields and addresses at the head of a document, above a greeting or among other fields; names at its
foot, below a closing; labels of respondents where several are numbered.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from pipeline.text.headings import opens_section
from pipeline.text.language import Language
from pipeline.text.model import Line
from pipeline.text.openings import SPEAKER, SPEAKERS

HEAD = 30  # lines from the start of a document in which a greeting may stand
EDGE = 12  # lines at the head and foot of a document where one field is enough
LONGEST = 90  # characters of a line of an address; a longer one is text
LONGEST_FIELD = 160  # characters
MOST_WORDS = 9  # of a greeting
SIGNED = 14  # lines below a closing
LONGEST_WORD = 40  # characters
LABELS = 2  # respondents with different numbers, below which a label may be a title
APART = 2  # lines between two fields that still stand together
DASHES = 3  # that stand alone right above other lines, from where on an extractor parted them from their items
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?;:][\"'”’)\]]*$|[^\W\d_]{3}[.!?]\s+[A-ZÀ-Þ]")
_INNER_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-ZÀ-Þ]|\?\s*$|\w+\s+\w+\s+\w+.*[^\W\d_]{3}[.!]$")
_FIELD = re.compile(r"(?P<label>[^\W\d_][\w().' -]{1,40}?)(?:\s*:\s*(?P<value>.*)|\s{3,}(?P<tabbed>\S.*))$")
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(r"\d+[.)]?\s")
_RULE = re.compile(r"\W*(?:[-_=*~–—.·•]\s*){4,}\W*|[-–—]")
_MARKS = ",;.!: -–—*•>\"'()[]"


class _Row(NamedTuple):
    """A line that is not blank.

    Attributes:
        number: Of the line.
        page: 1-based.
        text: Without white space around it.
        folded: The same in one case.
        first: Its first word in one case, without marks.
    """

    number: int
    page: int
    text: str
    folded: str
    first: str

    @classmethod
    def of(cls, line: Line, text: str) -> "_Row":
        folded = text.casefold()
        opening = folded[:LONGEST_WORD].lstrip(_MARKS).split(None, 1)
        return cls(line.number, line.page, text, folded, opening[0].rstrip(_MARKS) if opening else "")

    @property
    def words(self) -> str:
        """The text in one case, with single spaces, without marks at its ends and with `#` for every number."""
        return _NUMBER.sub("#", " ".join(self.folded.split()).strip(_MARKS))

    @property
    def is_text(self) -> bool:
        """Whether it is long, or ends a sentence."""
        return len(self.text) > LONGEST or _SENTENCE.search(self.text) is not None


def find_formalities(lines: Sequence[Line], language: Language) -> frozenset[int]:
    """Return the numbers of the lines that make no claim.

    Args:
        lines: Of a document, blank ones included or not.
        language: Whose words are known.

    Returns:
        Line numbers; blank lines are not among them.
    """
    rows = [_Row.of(line, text) for line in lines if (text := line.text.strip())]
    known = _known(language)
    found = set(_rules(rows))
    opened = not known.opened.isdisjoint([row.first for row in rows])
    parted = any(_may_be_field(row.text) for row in rows)
    by_first_words = (_captions, _letterhead, _closings, _respondents) if opened else ()
    for rule in (_formulas, *by_first_words, *((_head, _speakers) if parted else ())):
        found.update(rule(rows, known))
    return frozenset(found.union(_fields(rows, found, known)) if parted else found)


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of `formalities.yaml`, to be looked up.

    Attributes:
        language: Whose they are.
        opened: First words of what a rule by first words knows: greetings, sign-offs, captions, sources, respondents.
        formulas: By the first word of each, beside their longest word, which lines are searched for first.
        held: Those that open with any words, beside a phrase that they hold.
        openings: First words of sign-offs.
        greetings: First words of greetings.
        respondent: The label of a respondent, with its number.
    """

    language: Language
    fields: AbstractSet[str]
    sure_fields: AbstractSet[str]
    attendance: AbstractSet[str]
    salutations: AbstractSet[str]
    sign_offs: AbstractSet[str]
    openings: AbstractSet[str]
    greetings: AbstractSet[str]
    respondents: AbstractSet[str]
    respondent: re.Pattern[str]
    captions: AbstractSet[str]
    sources: AbstractSet[str]
    opened: AbstractSet[str]
    formulas: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]
    held: Sequence[tuple[str, re.Pattern[str]]]


@cache
def _known(language: Language) -> _Known:
    data = language.data("formalities")
    names = ("fields", "sure_fields", "attendance", "salutations", "sign_offs", "respondents", "captions", "sources")
    sets = {name: frozenset(data[name]) for name in names}
    formulas: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
    held: list[tuple[str, re.Pattern[str]]] = []
    for formula in data["formulas"]:
        pattern = re.compile(re.escape(formula).replace(r"\*", "[^.;:]*").replace(r"\#", "#"))
        first = formula.partition(" ")[0]
        if "*" in first:
            held.append((max(re.findall(r"[^*]+", formula), key=len).strip(), pattern))
        else:
            formulas[first].append((max(re.split("[ *#/]", formula), key=len), pattern))
    words, numbers = (language.any_of("formalities", name) for name in ("respondents", "number_words"))
    respondent = re.compile(
        rf"\W*(?:{words})\.?\s*(?:{numbers})?\s*(?P<number>\d{{1,4}}|[A-Z])"
        r"\s*(?:\([^.!?()]{0,60}\)|,\s[\w\s,]{0,40})?\W*",
        re.IGNORECASE,
    )
    return _Known(
        language,
        **sets,
        openings=_first_words(data["sign_offs"]),
        greetings=_first_words(data["salutations"]),
        respondent=respondent,
        opened=_first_words(data["sign_offs"])
        | _first_words(data["salutations"])
        | sets["respondents"]
        | sets["captions"]
        | sets["sources"],
        formulas=formulas,
        held=held,
    )


def _first_words(phrases: Sequence[str]) -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def _rules(rows: Sequence[_Row]) -> Iterator[int]:
    """Yield lines that are drawn, and a dash alone, unless several open what stands below them, as items have."""
    drawn = [place for place, row in enumerate(rows) if not row.first[:1].isalnum() and _RULE.fullmatch(row.text)]
    alone = [place for place in drawn if len(rows[place].text) == 1]
    opening = [place for place in alone if place + 1 < len(rows) and rows[place + 1].number == rows[place].number + 1]
    items = set(opening) if len(opening) >= DASHES else set()
    yield from (rows[place].number for place in drawn if place not in items)


def _formulas(rows: Sequence[_Row], known: _Known) -> Iterator[int]:
    """Yield lines, and paragraphs of two lines, that are a formula."""
    text = "\n".join(row.folded for row in rows)
    held = [(word, form) for word, form in known.held if word in text]
    for place in [place for place, row in enumerate(rows) if held or row.first in known.formulas]:
        row, opening = rows[place], known.formulas.get(rows[place].first, ())
        above = rows[place - 1] if place else None
        following = rows[place + 1] if place + 1 < len(rows) else None
        below = following.folded if following and following.number == row.number + 1 else ""
        forms = [form for word, form in opening if word in row.folded or word in below]
        holding = [form for word, form in held if word in row.folded]
        if not forms and not holding:
            continue
        words = row.words
        if any(form.fullmatch(words) for form in (*forms, *holding)):
            if " " in words or _stands_apart(row, above, known):
                yield row.number
        elif following and below and any(form.fullmatch(f"{words} {following.words}") for form in forms):
            yield from (row.number, following.number)


def _stands_apart(row: _Row, above: _Row | None, known: _Known) -> bool:
    """Return whether a line of one word is not the last one of the paragraph above it."""
    if above is None or above.number + 1 < row.number or row.text[0].isupper():
        return True
    return above.text[-1] in ".!?:" or above.first in known.respondents


def _captions(rows: Sequence[_Row], known: _Known) -> Iterator[int]:
    """Yield captions with a number, and the source below a figure."""
    for row in rows:
        caption = row.first in known.captions and row.words.partition(" ")[2].startswith("#")
        if (caption or (row.first in known.sources and ":" in row.text)) and not _INNER_SENTENCE.search(row.text):
            yield row.number


def _letterhead(rows: Sequence[_Row], known: _Known) -> Iterator[int]:
    """Yield the first greeting, and what stands above it when nothing there is a sentence."""
    for index, row in enumerate(rows[:HEAD]):
        if _greets(row, known):
            if not any(other.is_text for other in rows[:index]):
                yield from (other.number for other in rows[:index])
            yield row.number
            return


def _greets(row: _Row, known: _Known) -> bool:
    """Return whether a line is a greeting: "Geachte leden van de raad,"."""
    openings = known.salutations
    opens = row.first in openings or (row.first in known.greetings and row.words in openings)
    if not opens or len(row.text.split()) > MOST_WORDS or _SENTENCE.search(row.text.rstrip(":!")):
        return False
    return row.text[-1] in ",!:" or row.words in openings


def _head(rows: Sequence[_Row], known: _Known) -> Iterator[int]:
    """Yield what has the form of a field, above the first line of a document that is text, where one is known."""
    head = list(takewhile(lambda row: not row.is_text, rows[:EDGE]))
    if len(head) < len(rows) and any(_field(row, known) for row in head):
        fields = (row for row in head if ":" in row.text and (match := _FIELD.match(row.text)) and match["value"])
        yield from (row.number for row in fields if not opens_section(row.text, known.language))


def _fields(rows: Sequence[_Row], found: AbstractSet[int], known: _Known) -> Iterator[int]:
    """Yield the fields that stand beside another one or another formality, or at the head or foot of a document.

    The lists of names that go on below some of them are among them.
    """
    labels = [_field(row, known) for row in rows]
    for place, label in enumerate(labels):
        if not label:
            continue
        near = [other for other in range(place - APART, place + APART + 1) if other != place and 0 <= other < len(rows)]
        at_edge = place < EDGE or place >= len(rows) - EDGE
        beside = any(labels[other] or rows[other].number in found for other in near)
        if beside or (at_edge and label in known.sure_fields and rows[place].text[0].isupper()):
            yield rows[place].number
            if label in known.attendance:
                yield from _list_below(rows, place, known)


def _list_below(rows: Sequence[_Row], place: int, known: _Known) -> Iterator[int]:
    """Yield the lines of a list of those present, down to a blank line, another field or what is no name."""
    last = rows[place].number
    for row in rows[place + 1 :]:
        if row.number > last + 1 or _field(row, known) or row.is_text or _NUMBERED.match(row.text):
            return
        last = row.number
        yield row.number


def _may_be_field(text: str) -> bool:
    """Return whether a line holds what parts a label from its value."""
    return ":" in text or "   " in text


def _field(row: _Row, known: _Known) -> str:
    """Return the label of a field whose value is no sentence, or nothing: "ons kenmerk" of "Ons kenmerk: 2024/17"."""
    if not _may_be_field(row.text) or len(row.text) > LONGEST_FIELD:
        return ""
    match = _FIELD.match(row.text)
    if match is None:
        return ""
    label = " ".join(match["label"].casefold().split()).strip(" .")
    value = match["value"] or match["tabbed"] or ""
    return label if label in known.fields and not _INNER_SENTENCE.search(value) else ""


def _closings(rows: Sequence[_Row], known: _Known) -> Iterator[int]:
    """Yield the closing of a letter, and the names below it as long as none is a sentence or a heading."""
    for index, row in enumerate(rows):
        if row.first not in known.openings or row.words not in known.sign_offs:
            continue
        yield row.number
        below = rows[index + 1 :]
        ends = len(below) <= SIGNED and not any(other.is_text for other in below)
        for other in below[:SIGNED]:
            if not ends and (other.page != row.page or other.is_text or opens_section(other.text, known.language)):
                break
            yield other.number


def _respondents(rows: Sequence[_Row], known: _Known) -> Iterator[int]:
    """Yield the labels of respondents that stand alone, when several are numbered."""
    labelled = (row for row in rows if row.first in known.respondents)
    labels = [(row.number, match["number"]) for row in labelled if (match := known.respondent.fullmatch(row.text))]
    if len({number for _, number in labels}) >= LABELS:
        yield from (place for place, _ in labels)


def _speakers(rows: Sequence[_Row], _: _Known) -> Iterator[int]:
    """Yield the labels of speakers that stand alone, in a report in which labels stand before what was said."""
    forms = [(row.number, match) for row in rows if ":" in row.text and (match := SPEAKER.fullmatch(row.text))]
    saying = {match["label"] for _, match in forms if match["said"]}
    alone = [(number, match["label"]) for number, match in forms if not match["said"]]
    known = sum(label in saying for _, label in alone)
    if len(saying) >= SPEAKERS:
        yield from (number for number, label in alone if label in saying or (known > 1 and " " not in label))
