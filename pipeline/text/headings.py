"""Is this text a heading, and what does it say?

What belongs here: judging one text by its own form. What does not: judging it by its neighbours and putting the lines
of a heading together (`paragraphs`).
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations
from typing import Literal, cast

from pipeline.text.heads import head_of
from pipeline.text.labelled import without_label
from pipeline.text.language import Language
from pipeline.text.model import Heading
from pipeline.text.subordination import words_of
from pipeline.text.unnumbered import is_short_line
from pipeline.text.wordclasses import word_classes

Style = Literal["dotted", "keyword", "number", "letter", "roman", "plain", "#", "##", "###", "####", "#####", "######"]

LONGEST = 160  # characters
MOST_WORDS = 20
TITLES = 0.7  # least share of what is set in one way that has the form of a title; pull quotes have not
RARE = 0.25  # most of a document's characters, as a share, that stand in headings set in one way
UNORDERED = (
    0.3  # least share of titles of one kind that stand in another order elsewhere, from where on they are labels
)
MOST_TITLES = 50  # of one section, whose order is looked at
REMEMBERED = 4096  # lines; the same ones are asked about again and again while furniture is looked for
_DOTTED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})[.:)]?\s+(?P<title>\S.*)$")
_NUMBER = re.compile(r"(?P<number>\d{1,2})(?:[.:)]\s*|\s+)(?P<title>[^\W\d_].*)$")
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})[.:)]\s+(?P<title>\S.*)$")
_LETTER = re.compile(r"(?P<number>[A-Z])[.:)]\s+(?P<title>\S.*)$")
_LETTERED = re.compile(r"[A-Z]{1,5}[.:)]")  # what is counted in letters or Roman numbers begins so
_SENTENCE = re.compile(r"[.!?…]\s+\S")
_HASHES = re.compile(r"(?P<hashes>#{1,6})\s+(?P<title>\S.*?)(?:\s+#+)?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that has the form of a heading.

    Attributes:
        style: How it is numbered. `dotted` (4.5) and `keyword` (Aanbeveling 7) are headings by themselves; the others
            may be items of a list or short bullets, which only their neighbours can tell. Of one without number that
            the extractor marked as a heading it is the mark.
        number: The number as printed, with its keyword.
        title: The words after it.
        level: Depth as far as the number shows it, from 1.
        sure: A line without number that says itself that it is a heading: "Samenvatting", "WONEN EN ZORG".
        marked: The extractor says that it is a heading, as it saw how it was set: "## Wonen en zorg" (Markdown).
    """

    style: Style
    number: str
    title: str
    level: int
    sure: bool = False
    marked: bool = False

    def heading(self, level: int | None = None) -> Heading:
        """Return the heading, at another level when the neighbours ask for it."""
        return Heading(self.number, self.title, level or self.level)


def read_heading(text: str, language: Language) -> Candidate | None:
    """Return what a text says as a heading, or None when it has not the form of one.

    Args:
        text: A paragraph on one line.
        language: Whose heading words and units are known.
    """
    text = text.strip()
    return sure_heading(text, language) or _plain(text, language) if _short(text) else None


def sure_heading(text: str, language: Language) -> Candidate | None:
    """Return what a text says as a heading with a mark, or as one that is sure of itself; else None.

    Lines without number that only look like one are left out: their neighbours must tell (`unnumbered`).
    """
    text = text.strip()
    return _numbered_or_hashed(text, language) or _sure(text, language) if _short(text) else None


@lru_cache(maxsize=REMEMBERED)
def opens_section(text: str, language: Language) -> bool:
    """Return whether a line begins as only a heading does, whatever follows: "4.5 Opvang", "Aanbeveling 7"."""
    text = text.strip()
    candidate = _numbered_or_hashed(text, language) if _short(text) else None
    return candidate is not None and (candidate.marked or candidate.style in ("dotted", "keyword"))


def opens_chapter(above: str, text: str, language: Language) -> bool:
    """Return whether a line is the first heading below another one: "1.1 Huren" below "1 Wonen", or below "I. Wonen".

    Args:
        above: The paragraph that ends above it.
        text: The line, which opens a section.
        language: Whose heading words are known.
    """
    outer, inner = sure_heading(above, language), _DOTTED.match(text.strip())
    if outer is None or inner is None or outer.style not in ("number", "roman", "letter"):
        return False
    number, _, rest = inner["number"].partition(".")
    return rest == "1" and (outer.style != "number" or number == outer.number)


def is_hashed(text: str) -> bool:
    """Return whether an extractor marked a line as a heading: "## Wonen en zorg"."""
    return text.lstrip().startswith("#") and _HASHES.match(text.strip()) is not None


def sets_headings(titles: int, lines: int, letters: int, all_letters: int) -> bool:
    """Return whether a way of setting lines is that of headings: most of these are titles, and they are rare.

    Args:
        titles: Lines or paragraphs set so that have the form of a title.
        lines: All that are set so.
        letters: Characters in them.
        all_letters: Characters of the document.
    """
    return titles >= TITLES * lines and letters <= RARE * all_letters


def labels_among(sections: Sequence[Sequence[str]]) -> AbstractSet[str]:
    """Return the titles that are labels, as the names of speakers are: they come back within a section.

    Where many come back in another order in another section, all are: headings that stand below each chapter
    ("Knelpunten", "Oplossingen") keep theirs.

    Args:
        sections: The titles of one kind in each section.
    """
    pairs = {pair for section in sections for pair in combinations(section[:MOST_TITLES], 2)}
    unordered = {one for one, other in pairs if (other, one) in pairs}
    titles = [title for section in sections for title in section]
    if sum(title in unordered for title in titles) >= max(UNORDERED * len(titles), 1):
        return set(titles)
    return {one for one, other in pairs if one == other}


def leads_in(text: str, language: Language) -> bool:
    """Return whether a line that ends in a colon introduces what follows rather than naming it.

    It holds a verb ("Verzoekt het college:"), opens with a word such as *verder*, or ends in none ("Overwegende dat:").
    """
    data = language.data("headings")
    words = [word.casefold() for word in re.findall(r"[\w']+", text)]
    if not words or words[0] in data["question_words"]:
        return False
    if words[-1] in data["open_ends"] or words[0] in data["lead_words"] or " ".join(words[:2]) in data["lead_words"]:
        return True
    return head_of(words_of(text), word_classes(language)).kind in ("finite", "imperative")


def _short(text: str) -> bool:
    return 0 < len(text) <= LONGEST and len(text.split()) <= MOST_WORDS


def _numbered_or_hashed(text: str, language: Language) -> Candidate | None:
    """Read a heading that begins with a number, a letter, a keyword or a mark of the extractor's."""
    if not text.startswith("#"):
        return _keyword(text, language) or _numbered(text, language)
    match = _HASHES.match(text)
    title = without_label(match.group("title").strip("*_ "), language) if match else ""
    if match is None or not title:
        return None
    found = _keyword(title, language) or _numbered(title, language)
    hashes = cast("Style", match.group("hashes"))
    return replace(found, marked=True) if found else Candidate(hashes, "", title.rstrip(": "), 1, marked=True)


def _keyword(text: str, language: Language) -> Candidate | None:
    """Read "Hoofdstuk 4", "Aanbeveling 7: Meer opvang", "Bijlage B - Begrippen"."""
    match = _keyword_form(language).match(text) if text[0].isupper() else None
    if match is None:
        return None
    title = match.group("title") or ""
    # Behind a mark a title may begin in lower case: "Tafel 3: raken waar het pijn doet".
    titled = _titled(title) or (match.group("mark") is not None and not _SENTENCE.search(title))
    if title and (not titled or title.endswith((".", ";"))):
        return None
    top = language.data("headings")["top_keywords"]
    return Candidate("keyword", match.group("number"), title, _keyword_level(match, top))


@cache
def _keyword_form(language: Language) -> re.Pattern[str]:
    words = language.any_of("headings", "keywords")
    return re.compile(
        rf"(?P<number>(?P<word>{words})\s+(?:\d{{1,3}}(?:\.\d{{1,2}})*|[A-Z]|[IVX]{{1,5}}))"
        r"(?P<mark>\s*[:.–—-])?(?:\s+(?P<title>\S.*))?$",
        re.IGNORECASE,
    )


def _keyword_level(match: re.Match[str], top: list[str]) -> int:
    return 1 if match.group("word").lower() in top else 2 + match.group("number").count(".")


def _titled(title: str) -> bool:
    """Return whether words look like a title: a capital (or a figure or quotation mark), and no second sentence."""
    first = title.lstrip("\"'“„‘(")[:1]
    return (first.isupper() or first.isdigit()) and not _SENTENCE.search(title)


def _numbered(text: str, language: Language) -> Candidate | None:
    if not (text[0].isdigit() or _LETTERED.match(text)):
        return None
    styles: tuple[tuple[Style, re.Pattern[str]], ...] = (
        ("dotted", _DOTTED),
        ("number", _NUMBER),
        ("roman", _ROMAN),
        ("letter", _LETTER),
    )
    for style, pattern in styles:
        match = pattern.match(text)
        if match is None:
            continue
        number, title = match.group("number"), match.group("title")
        unit = re.split(r"[\s,.;:]", title, maxsplit=1)[0]
        counted = (unit.lower() if unit.isupper() else unit) in language.data("headings")["units"]
        if not _titled(title) or title.endswith((".", ";", ",")) or counted:
            return None
        if title.endswith("!") and style != "dotted":
            return None
        if any(part.startswith("0") for part in number.split(".")[1:]):
            return None  # a date or an amount: "4.05"
        return Candidate(style, number, title, number.count(".") + 1)
    return None


def _known(text: str, language: Language) -> bool:
    """Return whether a line holds nothing but words that name the parts of a report: "Conclusies en aanbevelingen"."""
    data = language.data("headings")
    words = re.findall(r"\w+", text.lower())
    parts = [word for word in words if word not in data["joining_words"]]
    return bool(parts) and all(word in data["parts"] for word in parts)


def _sure(text: str, language: Language) -> Candidate | None:
    """Read a line that names a part of a report, or is in capitals and no wish."""
    if text.endswith("?") and text.rstrip(" ?").casefold() in language.words("headings", "heading_questions"):
        return Candidate("plain", "", text, 1, sure=True)
    if not is_short_line(text) or says_when(text, language):
        return None
    sure = _known(text, language) or (_in_capitals(text) and not _form(text, language)[0])
    return Candidate("plain", "", text.rstrip(": "), 1, sure=True) if sure else None


def _plain(text: str, language: Language) -> Candidate | None:
    """Read a short line without number, end mark or verb; whether it is a heading only its neighbours can tell."""
    if not is_short_line(text):
        return None
    wishes, names = _form(text, language)
    return Candidate("plain", "", text.rstrip(": "), 1) if _in_capitals(text) or (names and not wishes) else None


@cache
def _dated(language: Language) -> re.Pattern[str]:
    """Return the form of a line of an agenda, which says when something is: "Werkbezoek: 12 november"."""
    months = language.any_of("furniture", "months")
    return re.compile(rf":.*\b\d{{1,2}} (?:{months})\b(?: \d{{4}})?[^\w.]*$", re.IGNORECASE)


def says_when(text: str, language: Language) -> bool:
    """Return whether a line says when something is, as those of an agenda do; it heads nothing."""
    return ":" in text and _dated(language).search(text) is not None


def _in_capitals(text: str) -> bool:
    return text.isupper() and sum(c.isalpha() for c in text) > 3


def _form(text: str, language: Language) -> tuple[bool, bool]:
    """Return whether a line has what a wish has (a verb, a clause, a word of degree), and whether it names a topic."""
    classes = word_classes(language)
    words = words_of(text)
    tokens = [word.text for word in words]
    head = head_of(words, classes)
    topic = head.kind == "infinitive" and len(tokens) > 2 and classes.listed(tokens[1], "connectors")  # "Wonen en zorg"
    degree = any(classes.degree(word) or classes.finite(word) for word in tokens)
    wishes = (head.kind != "none" and not topic) or bool(head.subordinate) or degree
    return wishes, head.own or topic
