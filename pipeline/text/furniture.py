"""Running headers, footers, page numbers and tables of contents: lines that carry a page, not a claim (U6).

What belongs here: telling such lines apart before the reading order is known. What does not: headings (`headings`) and
repairs of characters. Eating a statement is worse than leaving a footer, so every rule asks for two signs at least.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from pipeline.text.headings import REMEMBERED, opens_section
from pipeline.text.language import Language
from pipeline.text.model import Line
from pipeline.text.naming import (
    marked_title,
    may_name,
    names_body,
    names_report,
    numbered_title,
    says_itself_twice,
    states_version,
    title_beside_number,
    wants_more,
)

EDGE = 3  # non-blank lines at the top and at the bottom of a page where headers and footers stand
LONGEST = 110  # characters; a longer line is body text
MOST_WORDS = 14
MOST_EDGE_WORDS = 9  # of a line that opens with a word about the document
LONGEST_NUMBER = 30  # characters of a page number with what stands around it
SENTENCES = 0.2  # ends a line; a list of bullets without end marks has hardly any
ENTRIES = 3  # of a table of contents without leaders
ENTRIES_BELOW = 2  # of one below a heading that says so
ENTRY_LINES = 3  # of one of them
SHARE = 0.25  # of the pages: left and right pages and chapters may have headers of their own
_PAGE = r"(?:[A-Z]?\d{1,4}|[ivxlc]{1,6})"
_LEADER = re.compile(rf"(?:\.{{4,}}|(?:\s\.){{4,}}|…{{2,}}|_{{4,}})\s*{_PAGE}\s*$")
_SHORT_LEADER = re.compile(rf"(?:\.{{2,}}|(?:\s\.){{2,}}|…)\s*{_PAGE}\s*$")  # believed beside a longer one
_NUMBER = re.compile(r"\s*(\d{1,4})\s*$")
_COUNT = re.compile(r"[^\W\d_]\s+\d{1,3}\s*$")
_ENTRY = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?\s+)?[^\W\d_].*[^\W\d_).!?]\s+(\d{1,4})\s*$")
_SAID_LATER = re.compile(r"(?P<title>.*[^\W\d_]{3}.*?)\s+(?P<page>\d{1,3})\s*$")  # believed where the title comes back
_HASHES = re.compile(r"\s*#{1,6}\s+")
_Said = Callable[[], Mapping[str, int]]
_SEPARATOR = re.compile(r"\s[-–—|•·/]\s|\s{2,}\|\s|\|")
_SMALL_PARTS = re.compile(  # "visie - programma opvang"; what opens with a capital behind the mark is a bullet
    r"[^\W\dA-ZÀ-Þ_](?:(?!\s[-–—|•·/]\s).)*\s[-–—·/]\s(?![A-ZÀ-Þ])(?:(?!\s[-–—|•·/]\s).)*$"
)
_PAGED = re.compile(  # a page number beside a title: "7 | Wonen", "Wonen - 7", "7 / 12 Wonen"
    r"\s[|•·]\s*\d{1,4}$|^\d{1,4}\s*[|•·]\s|^\d{1,4}\s/\s\d{1,4}\s+[^\W\d]|\s\d{1,4}\s/\s\d{1,4}$"
    r"|^[A-ZÀ-Þ].*(?:[^\W\d_]|\))\s[-–]\s\d{1,4}$|^[A-ZÀ-Þ].*\s\d{4}\s[-–]\s\d{1,3}$"  # not "Jongeren van 18 - 24"
)
_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$|[^\W\d_]{3}[.!?]\s+[^\W\d_]")  # the end of one, here or inside
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_WEB = re.compile(r"^\S*(?:www\.|://|@)\S+$|^[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|eu|net|info)(?:/\S*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A non-blank line at a page edge."""

    line: Line
    top: bool
    outermost: bool
    neighbour: Line | None  # the next line inwards


class _Page:
    """What a page says about the lines at its edges, found out when a rule asks.

    Args:
        page: Its lines that are not blank.
        found: The numbers of those that are known to be furniture.
        language: Whose words are known.
    """

    def __init__(self, page: Sequence[Line], found: AbstractSet[int], language: Language) -> None:
        self._page, self._language = page, language
        self._marks = [line.text.strip() for line in page if line.number in found]
        self._left = [line.text.strip() for line in page if line.number not in found]

    @cached_property
    def numbered(self) -> bool:
        """Whether its number is known: then no other line holds it."""
        return any(re.search(r"\d", text) for text in self._marks)

    @cached_property
    def written(self) -> bool:
        """Whether it is written in sentences: then a line without an end mark is not one of them."""
        return sum(len(_SENTENCE.findall(line.text)) for line in self._page) >= SENTENCES * len(self._page)

    @cached_property
    def counts(self) -> bool:
        """Whether several lines end in a bare number, as where these are counts."""
        return sum(1 for text in self._left if _COUNT.search(text)) > 1

    @cached_property
    def outer(self) -> AbstractSet[str]:
        """The words of its first and last lines that hold no number and no end of a sentence."""
        edges = (line.text for line in (*self._page[:EDGE], *self._page[-EDGE:]))
        return {_plain(text) for text in edges if not re.search(r"\d", text) and not _SENTENCE.search(text)}

    @cached_property
    def names(self) -> AbstractSet[str]:
        """The words of the one line that names a report, and of the one that names an organisation.

        Where several do, they are headings of a list.
        """
        reports = {_plain(text) for text in self._left if names_report(text, self._language)}
        bodies = {_plain(text) for text in self._left if names_body(text, self._language)}
        return {name for names in (reports, bodies) if len(names) == 1 for name in names}


def find_furniture(pages: Sequence[Sequence[Line]], language: Language, titles: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that are furniture.

    Args:
        pages: The lines of each page, blank ones included, in the order of the file.
        language: Whose words for pages and contents are known.
        titles: Titles of the source and the document from their metadata; they help but are not needed.

    Returns:
        Line numbers. Blank lines are not among them.
    """
    filled = [[line for line in page if line.text.strip()] for page in pages]
    known = {_plain(title) for title in titles if len(_plain(title).split()) > 1}
    said = cache(lambda: _last_said(filled))  # most documents hold nothing that asks for it
    found = {line.number for page in filled for line in _contents(page, said, language)}
    # What stands within a header or footer stands at the edge of what is left.
    for _ in range(EDGE):
        known |= _titles(filled, found, language)
        left = [[line for line in page if line.number not in found] for page in filled]
        new = _at_edges(left, known, language) | _on_single_pages(filled, found, language)
        found |= new
        if not new:
            break
    return frozenset(found)


def _at_edges(pages: Sequence[Sequence[Line]], titles: set[str], language: Language) -> set[int]:
    """Return the numbers of the lines at the edges of pages that are furniture."""
    edges = [edge for page in pages for edge in _edges(page)]
    repeated = list(_repeated(edges, sum(1 for page in pages if page), language))
    found = set(repeated) - _only_headings(pages, repeated, language)
    for edge in edges:
        if _page_number(edge.line.text, language) or _is_title(edge, titles) or _running(edge, language):
            found.add(edge.line.number)
    return found


def _titles(pages: Sequence[Sequence[Line]], found: set[int], language: Language) -> set[str]:
    """Return the words of the titles beside page numbers. With several pages they may be the names of chapters."""
    if sum(1 for page in pages if page) > 1:
        return set()
    marks = [line.text.strip() for page in pages for line in page if line.number in found]
    titles = (title_beside_number(text) or numbered_title(text, language) for text in marks)
    return {_plain(title) for title in titles if title and " " in title}


def _on_single_pages(pages: Sequence[Sequence[Line]], found: set[int], language: Language) -> set[int]:
    """Return the numbers of further lines that are furniture, which only what stands elsewhere on their page tells.

    Args:
        pages: All filled lines.
        found: The numbers of those that are known to be furniture.
        language: Whose words are known.
    """
    new = set()
    for page in pages:
        edges = _edges([line for line in page if line.number not in found], 1)
        naming = [edge for edge in edges if may_name(edge.line.text.strip(), language)]
        around = _Page(page, found, language) if naming else None
        new |= {edge.line.number for edge in naming if around and _names_document(edge, around, language)}
    return new


def _names_document(edge: _Edge, page: _Page, language: Language) -> bool:
    """Return whether an outermost line names the document or who made it, and a second sign says that it is no text."""
    text = edge.line.text.strip()
    inner = edge.neighbour.text if edge.neighbour else ""
    if says_itself_twice(text):
        return True
    named = page.numbered and page.written and _plain(text) in page.names
    if edge.top:
        return named and not inner.lstrip()[:1].islower()
    in_table = "|" in inner or _COUNT.search(inner) is not None or _PAGED.search(inner.strip()) is not None
    if "|" in text and title_beside_number(text) and not in_table:
        return True  # no sentence holds that mark
    if wants_more(inner, language):
        return False
    if states_version(text, language) or (marked_title(text, language) and not in_table):
        return True
    complete = _SENTENCE_END.search(inner) is not None
    return (named and complete) or _paged_title(edge, page, language, complete=complete)


def _paged_title(edge: _Edge, page: _Page, language: Language, *, complete: bool) -> bool:
    """Return whether a last line is a title and a page number with nothing between: "Verslag van de bijeenkomst 7".

    The title opens as those of reports do, or stands at the edge of the page once more, after a line that is complete.
    """
    title = numbered_title(edge.line.text.strip(), language)
    if title is None or page.numbered or page.counts or not page.written:
        return False
    page_number = int(edge.line.text.split()[-1])
    return page_number >= edge.line.page and (
        names_report(title, language) or (complete and _plain(title) in page.outer)
    )


def _edges(page: Sequence[Line], deep: int = EDGE) -> Iterator[_Edge]:
    """Yield so many edge lines of a page at its top and its bottom; of a page of a few lines only the outermost."""
    depth = min(deep, max(1, len(page) // 4))
    for top in (True, False):
        lines = page if top else page[::-1]
        for index, line in enumerate(lines[:depth]):
            yield _Edge(line, top, index == 0, lines[index + 1] if index + 1 < len(lines) else None)


@lru_cache(maxsize=REMEMBERED)
def _plain(text: str) -> str:
    """Return the words of a text in one case, without marks and page numbers."""
    return " ".join(re.findall(r"[^\W\d_]+", text.casefold()))


def _pattern(text: str) -> str:
    """Return a text with its numbers made alike, so that page numbers do not tell headers apart."""
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def _key(text: str, language: Language) -> str:
    """Return what headers have in common whether the page number stands before or behind them."""
    if opens_section(text, language):
        return " ".join(text.casefold().split())  # its number counts chapters, not pages
    plain = _plain(text)
    return plain if len(plain.split()) > 1 else _pattern(text)


def _repeated(edges: Sequence[_Edge], pages: int, language: Language) -> Iterator[int]:
    """Yield the lines that stand at the same edge of several pages."""
    if pages < 2:
        return
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if len(edge.line.text.strip()) <= LONGEST:
            groups[edge.top, _key(edge.line.text, language)].append(edge)
    for (_, key), group in groups.items():
        count = len({edge.line.page for edge in group})
        if count < 2 or count < SHARE * min(pages, 12) or not any(character.isalpha() for character in key):
            continue
        if not _carries_pages(group, language):
            continue
        # On two pages chance is likelier: then only the outermost line counts, and no sentence.
        yield from (
            edge.line.number
            for edge in group
            if count >= 3 or (edge.outermost and not _SENTENCE_END.search(edge.line.text))
        )


def _only_headings(pages: Sequence[Sequence[Line]], repeated: Sequence[int], language: Language) -> set[int]:
    """Return the first of the running headers that name a chapter which no other line names: it is its heading."""
    if not repeated:
        return set()
    lines = {line.number: line for page in pages for line in page}
    first: dict[str, int] = {}
    for number in sorted(repeated):
        if opens_section(lines[number].text, language):
            first.setdefault(_key(lines[number].text, language), number)
    if not first:
        return set()
    elsewhere = {_key(line.text, language) for number, line in lines.items() if number not in set(repeated)}
    return {number for key, number in first.items() if key not in elsewhere}


def _carries_pages(group: Sequence[_Edge], language: Language) -> bool:
    """Return whether lines that are alike but for their numbers are alike because the numbers count pages.

    "Aanbeveling 1" and "Aanbeveling 2" at the tops of two pages are headings; so are "4.1 Opvang" and "4.2 Opvang".
    """
    if len({" ".join(edge.line.text.casefold().split()) for edge in group}) == 1:
        return True
    if any(opens_section(edge.line.text, language) for edge in group):
        return False
    shifts = {int(number[-1]) - edge.line.page for edge in group if (number := re.findall(r"\d{1,6}", edge.line.text))}
    return len(shifts) <= 1


def _page_number(text: str, language: Language) -> bool:
    """Return whether a line says nothing but a page number: "3", "- 3 -", "Pagina 3 van 12", "3 / 12", "iv"."""
    stripped = text.strip()
    return len(stripped) <= LONGEST_NUMBER and _page_number_form(language).fullmatch(stripped) is not None


@cache
def _page_number_form(language: Language) -> re.Pattern[str]:
    data = language.data("furniture")
    words, of = language.any_of("furniture", "page_words"), language.any_of("furniture", "of_words")
    number = rf"(?:\d{{1,4}}|{data['roman']})"
    pattern = rf"[\W_]*(?:(?:{words})\.?\s*)?{number}(?:\s*(?:/|{of})\s*{number})?[\W_]*"
    return re.compile(pattern, re.IGNORECASE)


def _is_title(edge: _Edge, titles: set[str]) -> bool:
    return bool(titles) and _plain(edge.line.text) in titles


def _running(edge: _Edge, language: Language) -> bool:
    """Return whether the outermost line of one page looks like a running header or footer.

    Such a line is short and no sentence, it stands outside the flow (what precedes a footer is complete; no white space
    at the end shows that it wraps), and it is built of parts, opens with a word about the document or is an address.
    """
    if not edge.outermost:
        return False
    text = edge.line.text.strip()
    if len(text) > LONGEST or _SENTENCE.search(text) or not _outside_flow(edge):
        return False
    if opens_section(_SEPARATOR.split(text, maxsplit=1)[0], language):
        return False  # "Thema 4 | Wonen" is a heading; where it runs on, its recurring tells
    words = re.findall(r"\w+|©", text.casefold())
    if _WEB.match(text) or not words or len(words) > MOST_WORDS:
        return bool(words) and len(words) <= MOST_WORDS
    return _about_document(text, words, language) or _built_of_parts(edge, text, words, language)


def _about_document(text: str, words: Sequence[str], language: Language) -> bool:
    """Return whether a line names a version or date of the document, its status or its page: "Versie 2, mei 2023"."""
    data = language.data("furniture")
    status = all(word in data["status_words"] for word in words) and any(word in data["edge_words"] for word in words)
    if status or _is_date(text, language):
        return True
    page, of = language.any_of("furniture", "long_page_words"), language.any_of("furniture", "of_words")
    paged = re.search(rf"(\w*)\W+(?:{page})\W{{0,3}}\d+(?:\W+(?:{of})\W+\d+)?\W*$", text, re.IGNORECASE)
    pointing = paged and paged.group(1).lower() in language.data("headings")["open_ends"]  # "de alinea op pagina 7"
    leading = re.match(rf"(?:{page})\W{{0,3}}\d+(?:\W+(?:{of})\W+\d+)?\s+[^\W\d_]", text, re.IGNORECASE)
    if leading or (paged and not pointing) or _PAGED.search(text):
        return True
    return words[0] in data["edge_words"] and len(words) <= MOST_EDGE_WORDS and any(word.isdigit() for word in words)


def _is_date(text: str, language: Language) -> bool:
    months = language.any_of("furniture", "months")
    return re.fullmatch(rf"\d{{1,2}}(?:\s(?:{months})\s|[-/.]\d{{1,2}}[-/.])\d{{2,4}}", text, re.IGNORECASE) is not None


def _built_of_parts(edge: _Edge, text: str, words: Sequence[str], language: Language) -> bool:
    data = language.data("furniture")
    numbered = any(word.isdigit() for word in words)
    if not _SEPARATOR.search(text) or edge.line.text != edge.line.text.rstrip():
        return False
    paged = numbered and any(word in data["page_words"] and len(word) > 1 for word in words)
    return paged or "|" in text or (not edge.top and _SMALL_PARTS.match(text) is not None)


def _outside_flow(edge: _Edge) -> bool:
    """Return whether the text above a footer is complete; of what stands above a header nothing is known."""
    return edge.top or edge.neighbour is None or _SENTENCE_END.search(edge.neighbour.text) is not None


def _contents(page: Sequence[Line], said: _Said, language: Language) -> Iterator[Line]:
    """Yield the lines of a table of contents, its heading and wrapped entries included.

    Args:
        page: Its lines.
        said: Returns what `_last_said` does.
        language: Whose words for contents are known.
    """
    headings = language.data("furniture")["contents_headings"]
    begins = {heading[0] for heading in headings} | {"#"}
    likely = (index for index, line in enumerate(page) if line.text.lstrip()[:1].casefold() in begins)
    opened = next((i for i in likely if _pattern(_HASHES.sub("", page[i].text, count=1)).rstrip(":") in headings), None)
    marked = [index for index, line in enumerate(page) if _may_lead(line.text) and _LEADER.search(line.text)]
    if marked:
        around = range(marked[0] - 1, marked[-1] + 2)
        marked = [i for i, line in enumerate(page) if i in marked or (i in around and _SHORT_LEADER.search(line.text))]
    if len(marked) < 2 and opened is not None:
        marked = _entries(page, opened) or _named(page, opened, said)
    marked = marked or _announced(page, said, ENTRIES if opened is None else ENTRIES_BELOW)
    if not marked or (len(marked) < 2 and opened is None):
        return
    first = opened if opened is not None and opened < marked[0] <= opened + 3 else marked[0]
    for index in range(first, marked[-1] + 1):
        near = any(abs(index - other) <= 1 for other in marked)
        if index in marked or index == opened or (near and not _SENTENCE_END.search(page[index].text)):
            yield page[index]


def _last_said(pages: Sequence[Sequence[Line]]) -> dict[str, int]:
    """Return the number of the last line that says nothing but these words, by words; figures count at its end only."""
    return {
        _words(line.text) if line.text.rstrip()[-1:].isdigit() else _plain(line.text): line.number
        for page in pages
        for line in page
    }


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _comes_back(title: str, line: Line, said: _Said) -> bool:
    """Return whether a title without its page number stands on a line of its own below this one."""
    return max(said().get(_plain(title), 0), said().get(_words(title), 0)) > line.number


def _announced(page: Sequence[Line], said: _Said, least: int = ENTRIES) -> list[int]:
    """Return the lines that end in page numbers which never go down, where later lines are the words before these."""
    found: list[int] = []
    highest = 0
    for index, line in enumerate(page):
        match = _SAID_LATER.match(line.text) if line.text.rstrip()[-1:].isdigit() else None
        if match is None or not _comes_back(match.group("title"), line, said):
            continue
        number = int(match.group("page"))
        if found and (number < highest or index - found[-1] > ENTRY_LINES):
            if len(found) >= least:
                break
            found = []
        found.append(index)
        highest = number
    return found if len(found) >= least else []


def _named(page: Sequence[Line], opened: int, said: _Said) -> list[int]:
    """Return the lines after a contents heading whose words come back as a line of their own, without page numbers."""
    found: list[int] = []
    for index in range(opened + 1, len(page)):
        if _comes_back(page[index].text, page[index], said):
            found.append(index)
        elif index - (found[-1] if found else opened) >= ENTRY_LINES:
            break
    return found if len(found) >= ENTRIES_BELOW else []


def _may_lead(text: str) -> bool:
    """Return whether a line holds the marks of a leader, so that few lines are searched for one."""
    return text.count(".") > 3 or "…" in text or "__" in text


def _entries(page: Sequence[Line], opened: int) -> list[int]:
    """Return the lines after a contents heading that end in (or are) page numbers which never go down."""
    found: list[int] = []
    highest = 0
    for index in range(opened + 1, len(page)):
        match = _ENTRY.match(page[index].text) or _NUMBER.match(page[index].text)
        if match and int(match.group(1)) >= highest:
            found.append(index)
            highest = int(match.group(1))
        elif found and index - found[-1] > 1:
            break
    return found if len(found) >= ENTRIES else []
