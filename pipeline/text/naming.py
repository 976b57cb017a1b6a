"""Lines that name the document that a page is of: "Verslag van de bijeenkomsten 7", "Gemeente Utrecht".

What belongs here: the form of such a line, by its words alone. What does not: where on a page it stands and what stands
beside it (`furniture`); without these no line here is more than a guess.
"""

import re
from functools import lru_cache

from pipeline.text.headings import REMEMBERED, opens_section, read_heading
from pipeline.text.language import Language

MOST_BODY_WORDS = 6  # of the name of an organisation
_MARKED = re.compile(r"^(?P<title>\D*[^\W\d_][)\"'”’]?)\s+[|•·–-]\s*\d{1,4}$")
_LEADING = re.compile(r"^\d{1,4}\s*[|•·]\s+(?P<title>[^\W\d_]\D*)$")
_BARE = re.compile(r"^(?P<title>\D*[^\W\d_])\s+\d{1,3}$")
_FIRST_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[|•·]")


@lru_cache(maxsize=REMEMBERED)
def may_name(text: str, language: Language) -> bool:
    """Return whether a line has any of the forms below."""
    forms = (names_report, names_body, states_version, numbered_title)
    return bool(says_itself_twice(text) or title_beside_number(text) or any(form(text, language) for form in forms))


@lru_cache(maxsize=REMEMBERED)
def is_name(text: str, language: Language) -> bool:
    """Return whether a line has the form of a title: two words or more, no verb, no end mark, no word of degree."""
    found = read_heading(text, language)
    return found is not None and found.style == "plain" and len(text.split()) > 1 and not opens_section(text, language)


def title_beside_number(text: str) -> str | None:
    """Return what a mark parts from a page number, or None: "7 | Wonen", "Wonen in de wijk - 7"."""
    if not (text[-1:].isdigit() or text[:1].isdigit()):
        return None
    match = _MARKED.match(text) or _LEADING.match(text)
    if match is None or (not _SIGN.search(text) and len(match["title"].split()) < 3):
        return None  # "Jongeren - 18"
    return match["title"]


def marked_title(text: str, language: Language) -> str | None:
    """Return the title beside a page number, or None where it has not the form of one."""
    title = title_beside_number(text)
    return title if title and is_name(title, language) else None


def numbered_title(text: str, language: Language) -> str | None:
    """Return the title before a bare number, or None where the title may want the number.

    "Aanbeveling voor tafel 3", "Zorg tot 18" and "Maximumsnelheid in dorpen 30" mean their number.
    """
    match = _BARE.match(text) if text[-1:].isdigit() else None
    if match is None or len(match["title"].split()) < 3 or not is_name(match["title"], language):
        return None
    words = match["title"].casefold().split()
    before = re.sub(r"\W", "", words[-1])
    wanting = before in language.data("headings")["open_ends"] or before in language.data("headings")["keywords"]
    counted = any(part in word for word in words for part in language.data("furniture")["measure_words"])
    return None if wanting or counted or before in _counting(language) else match["title"]


def _counting(language: Language) -> frozenset[str]:
    data = language.data("furniture")
    return frozenset([*data["counting_words"], *data["months"], *data["page_words"]])


def names_report(text: str, language: Language) -> bool:
    """Return whether a title says that it is one of a report: "Verslag van de bijeenkomst"."""
    first = _FIRST_WORD.search(text)
    named = first is not None and first.group().casefold() in language.words("furniture", "report_words")
    return named and not _BARE.match(text) and is_name(text, language)


def names_body(text: str, language: Language) -> bool:
    """Return whether a line is nothing but the name of an organisation: "Gemeente Utrecht", not "Gemeente aan zet"."""
    words = text.split()
    if not 1 < len(words) <= MOST_BODY_WORDS or words[0].casefold() not in language.words("furniture", "body_words"):
        return False
    joining = {*language.data("headings")["joining_words"], *language.data("furniture")["name_words"]}
    named = all(word[0].isupper() or word in joining for word in words)
    return named and words[-1][0].isupper() and words[-1][-1].isalpha()


def says_itself_twice(text: str) -> bool:
    """Return whether a line is a header and a footer on one row: the same words twice, and a number."""
    if not _DIGIT.search(text):
        return False
    words = _LETTERS.findall(text.casefold())
    half = len(words) // 2
    return half > 1 and words[:half] == words[half:]


def wants_more(text: str, language: Language) -> bool:
    """Return whether a line plainly goes on: it ends in a space, a hyphen, a comma or a word that ends no clause."""
    words = re.findall(r"\w+$", text.casefold().rstrip())
    unfinished = text != text.rstrip() or text.rstrip().endswith(("-", ",", "/", "("))
    return unfinished or (bool(words) and words[0] in language.data("headings")["open_ends"])


def states_version(text: str, language: Language) -> bool:
    """Return whether a line says nothing but the version of the document: "Concept, versie 0.3"."""
    data = language.data("furniture")
    if not text[:1].isupper() or not _DIGIT.search(text):
        return False
    words = re.findall(r"\w+", text.casefold())
    known = all(word.isdigit() or word in data["status_words"] or word in data["edge_words"] for word in words)
    versioned = re.search(rf"\b(?:{language.any_of('furniture', 'version_words')})\W+\d", text, re.IGNORECASE)
    return known and versioned is not None
