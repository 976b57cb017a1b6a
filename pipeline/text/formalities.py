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

from pipeline.text.headings import opens_section
from pipeline.text.language import Language
from pipeline.text.model import Line

HEAD = 30  # lines from the start of a document in which a greeting may stand
EDGE = 12  # lines at the head and foot of a document where one field is enough
LONGEST = 90  # characters of a line of an address; a longer one is text
LONGEST_FIELD = 160  # characters
MOST_WORDS = 9  # of a greeting
SIGNED = 14  # lines below a closing
LABELS = 2  # respondents with different numbers, below which a label may be a title
APART = 2  # lines between two fields that still stand together
SPEAKERS = 3  # different labels before what was said, from where on a label alone is a speaker, too
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?;:][\"'”’)\]]*$|[^\W\d_]{3}[.!?]\s+[A-ZÀ-Þ]")
_INNER_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-ZÀ-Þ]|\?\s*$|\w+\s+\w+\s+\w+.*[^\W\d_]{3}[.!]$")
_FIELD = re.compile(r"(?P<label>[^\W\d_][\w().' -]{1,40}?)(?:\s*:\s*(?P<value>.*)|\s{3,}(?P<tabbed>\S.*))$")
_SPEAKER = re.compile(r"(?P<label>[A-ZÀ-Þ][\w.'-]*(?:\s[\w.'-]+){0,3}):(?P<said>\s+\S.*)?$")
_NUMBERED = re.compile(r"\d+[.)]?\s")
_RULE = re.compile(r"\W*(?:[-_=*~–—.·•]\s*){4,}\W*|[-–—]")
_MARKS = ",;.!: -–—*•>\"'()[]"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is not blank.

    Attributes:
        number: Of the line.
        page: 1-based.
        text: Without white space around it.
        words: The text in one case, with single spaces, without marks at its ends and with `#` for every number.
        first: Its first word.
    """

    number: int
    page: int
    text: str
    words: str
    first: str

    @classmethod
    def of(cls, line: Line) -> "_Row":
        text = line.text.strip()
        words = " ".join(text.casefold().split()).strip(_MARKS)
        if not words.isalpha():
            words = re.sub(r"\d+", "#", words)
        return cls(line.number, line.page, text, words, words.partition(" ")[0].rstrip(":,."))

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
    rows = [_Row.of(line) for line in lines if line.text.strip()]
    found = {row.number for row in rows if not row.words and _RULE.fullmatch(row.text)}
    for rule in (_formulas, _captions, _letterhead, _head, _closings, _respondents, _speakers):
        found |= set(rule(rows, language))
    return frozenset(found | set(_fields(rows, found, language)))


def _formulas(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield lines, and paragraphs of two lines, that are a formula."""
    forms = _formula_forms(language)
    for row, following in zip(rows, [*rows[1:], None], strict=False):
        known = forms.get(row.first) or ()
        if any(form.fullmatch(row.words) for form in (*known, *forms[""])):
            yield row.number
            continue
        joined = f"{row.words} {following.words}" if following and following.number == row.number + 1 else ""
        if following and any(form.fullmatch(joined) for form in known):
            yield from (row.number, following.number)


@cache
def _formula_forms(language: Language) -> Mapping[str, Sequence[re.Pattern[str]]]:
    """Return the formulas by their first word; those that open with any words by none."""
    forms: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for formula in language.data("formalities")["formulas"]:
        pattern = re.compile(re.escape(formula).replace(r"\*", "[^.;:]*").replace(r"\#", "#"))
        first = formula.partition(" ")[0]
        forms["" if "*" in first else first].append(pattern)
    return forms


def _captions(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield captions with a number, and the source below a figure."""
    data = language.data("formalities")
    for row in rows:
        caption = row.first in data["captions"] and row.words.partition(" ")[2].startswith("#")
        if (caption or (row.first in data["sources"] and ":" in row.text)) and not _INNER_SENTENCE.search(row.text):
            yield row.number


def _letterhead(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield the first greeting, and what stands above it when nothing there is a sentence."""
    for index, row in enumerate(rows[:HEAD]):
        if _greets(row, language):
            if not any(other.is_text for other in rows[:index]):
                yield from (other.number for other in rows[:index])
            yield row.number
            return


def _greets(row: _Row, language: Language) -> bool:
    """Return whether a line is a greeting: "Geachte leden van de raad,"."""
    openings = language.data("formalities")["salutations"]
    opens = row.first in openings or (row.first == "aan" and row.words in openings)
    if not opens or len(row.text.split()) > MOST_WORDS or _SENTENCE.search(row.text.rstrip(":!")):
        return False
    return row.text[-1] in ",!:" or row.words in openings


def _head(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield what has the form of a field, two lines or more, above the first line of a document that is text."""
    del language  # any label will do here
    head = list(takewhile(lambda row: not row.is_text, rows[:EDGE]))
    fields = [row.number for row in head if ":" in row.text and (match := _FIELD.match(row.text)) and match["value"]]
    if len(fields) > 1 and len(head) < len(rows):
        yield from fields


def _fields(rows: Sequence[_Row], found: AbstractSet[int], language: Language) -> Iterator[int]:
    """Yield the fields that stand beside another one or another formality, or at the head or foot of a document.

    The lists of names that go on below some of them are among them.
    """
    labels = [_field(row, language) for row in rows]
    data = language.data("formalities")
    for place, label in enumerate(labels):
        if not label:
            continue
        near = [other for other in range(place - APART, place + APART + 1) if other != place and 0 <= other < len(rows)]
        at_edge = place < EDGE or place >= len(rows) - EDGE
        beside = any(labels[other] or rows[other].number in found for other in near)
        if beside or (at_edge and label in data["sure_fields"]):
            yield rows[place].number
            if label in data["attendance"]:
                yield from _list_below(rows, place, language)


def _list_below(rows: Sequence[_Row], place: int, language: Language) -> Iterator[int]:
    """Yield the lines of a list of those present, down to a blank line, another field or what is no name."""
    last = rows[place].number
    for row in rows[place + 1 :]:
        if row.number > last + 1 or _field(row, language) or row.is_text or _NUMBERED.match(row.text):
            return
        last = row.number
        yield row.number


def _field(row: _Row, language: Language) -> str:
    """Return the label of a field whose value is no sentence, or nothing: "ons kenmerk" of "Ons kenmerk: 2024/17"."""
    if (":" not in row.text and "   " not in row.text) or len(row.text) > LONGEST_FIELD:
        return ""
    match = _FIELD.match(row.text)
    if match is None:
        return ""
    label = " ".join(match["label"].casefold().split()).strip(" .")
    value = match["value"] or match["tabbed"] or ""
    known = label in language.data("formalities")["fields"]
    return label if known and not _INNER_SENTENCE.search(value) else ""


def _closings(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield the closing of a letter, and the names below it as long as none is a sentence or a heading."""
    known = language.data("formalities")["sign_offs"]
    for index, row in enumerate(rows):
        if row.words not in known:
            continue
        yield row.number
        below = rows[index + 1 :]
        ends = len(below) <= SIGNED and not any(other.is_text for other in below)
        for other in below[:SIGNED]:
            if not ends and (other.page != row.page or other.is_text or opens_section(other.text, language)):
                break
            yield other.number


def _respondents(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield the labels of respondents that stand alone, when several are numbered."""
    form, known = _respondent_form(language), language.data("formalities")["respondents"]
    labels = [
        (row.number, match["number"]) for row in rows if row.first in known and (match := form.fullmatch(row.text))
    ]
    if len({number for _, number in labels}) >= LABELS:
        yield from (place for place, _ in labels)


@cache
def _respondent_form(language: Language) -> re.Pattern[str]:
    words = language.any_of("formalities", "respondents")
    return re.compile(
        rf"\W*(?:{words})\.?\s*(?:nr\.?|nummer|#)?\s*(?P<number>\d{{1,4}}|[A-Z])"
        r"\s*(?:\([^.!?()]{0,60}\)|,\s[\w\s,]{0,40})?\W*",
        re.IGNORECASE,
    )


def _speakers(rows: Sequence[_Row], language: Language) -> Iterator[int]:
    """Yield the labels of speakers that stand alone, in a report in which labels stand before what was said."""
    del language  # who speaks is told by form
    forms = [(row.number, match) for row in rows if ":" in row.text and (match := _SPEAKER.fullmatch(row.text))]
    saying = {match["label"] for _, match in forms if match["said"]}
    alone = [(number, match["label"]) for number, match in forms if not match["said"]]
    known = sum(label in saying for _, label in alone)
    if len(saying) >= SPEAKERS:
        yield from (number for number, label in alone if label in saying or (known > 1 and " " not in label))
