"""Running headers, footers and page numbers: lines that carry a page, not a claim (U6).

What belongs here: telling such lines apart before the reading order is known. What does not: tables of contents
(`contents`, found first), headings (`headings`) and repairs of characters. Eating a statement is worse than leaving a
footer, so every rule asks for two signs at least.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from pipeline.text.contents import find_contents
from pipeline.text.headings import opens_section
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
from pipeline.text.printed import edges_of_prints
from pipeline.text.repeating import repeats_of_title
from pipeline.text.wording import SENTENCE_END, numbers_alike, plain

EDGE = 3  # non-blank lines at the top and at the bottom of a page where headers and footers stand
LONGEST = 110  # characters; a longer line is body text
MOST_WORDS = 14
MOST_EDGE_WORDS = 9  # of a line that opens with a word about the document
LONGEST_NUMBER = 30  # characters of a page number with what stands around it
APART = 5  # lines at least between two footers of a text that kept no page breaks
MOST_CARRIED, CARRIED_WORDS = 12, 8
"""Lines that a page may have of the page before it, and words in them, from where on they are no chance."""
SENTENCES = 0.2  # ends a line; a list of bullets without end marks has hardly any
SHARE = 0.25  # of the pages: left and right pages and chapters may have headers of their own
_COUNT = re.compile(r"[^\W\d_]\s+\d{1,3}\s*$")
_SEPARATOR = re.compile(r"\s[-–—|•·/]\s|\s{2,}\|\s|\|")
_SMALL_PARTS = re.compile(  # "visie - programma opvang"; what opens with a capital behind the mark is a bullet
    r"[^\W\dA-ZÀ-Þ_](?:(?!\s[-–—|•·/]\s).)*\s[-–—·/]\s(?![A-ZÀ-Þ])(?:(?!\s[-–—|•·/]\s).)*$"
)
_PAGED = re.compile(  # a page number beside a title: "7 | Wonen", "Wonen - 7", "7 / 12 Wonen"
    r"\s[|•·]\s*\d{1,4}$|^\d{1,4}\s*[|•·]\s|^\d{1,4}\s/\s\d{1,4}\s+[^\W\d]|\s\d{1,4}\s/\s\d{1,4}$"
    r"|^[A-ZÀ-Þ].*(?:[^\W\d_]|\))\s[-–]\s\d{1,4}$|^[A-ZÀ-Þ].*\s\d{4}\s[-–]\s\d{1,3}$"  # not "Jongeren van 18 - 24"
)
_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$|[^\W\d_]{3}[.!?]\s+[^\W\d_]")  # the end of one, here or inside
_WORD = re.compile(r"\w+|©")
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
        return {plain(text) for text in edges if not re.search(r"\d", text) and not _SENTENCE.search(text)}

    @cached_property
    def names(self) -> AbstractSet[str]:
        """The words of the one line that names a report, and of the one that names an organisation.

        Where several do, they are headings of a list.
        """
        reports = {plain(text) for text in self._left if names_report(text, self._language)}
        bodies = {plain(text) for text in self._left if names_body(text, self._language)}
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
    known = {plain(title) for title in titles if len(plain(title).split()) > 1}
    found = find_contents(filled, language) | _counting(filled, language) | set(edges_of_prints(filled))
    # What stands within a header or footer stands at the edge of what is left.
    left = _without(filled, found)
    for _ in range(EDGE):
        known |= _titles(filled, found, language)
        new = _at_edges(left, known, language) | _on_single_pages(filled, found, language)
        if not new:
            break
        found |= new
        left = _without(filled, found)
    return frozenset({*found, *_carried_over(left), *repeats_of_title(left, language)})


def _without(pages: Sequence[Sequence[Line]], found: AbstractSet[int]) -> Sequence[Sequence[Line]]:
    """Return the lines of each page that are not found."""
    return [[line for line in page if line.number not in found] for page in pages] if found else pages


def _carried_over(pages: Sequence[Sequence[Line]]) -> Iterator[int]:
    """Yield the lines at the head of a page that its extractor took over from the foot of the page before."""
    for before, page in pairwise(page for page in pages if page):
        foot, head = ([" ".join(line.text.split()) for line in lines] for lines in (before, page))
        # A page that is the same as a whole was printed twice.
        for count in range(min(len(foot), len(head), MOST_CARRIED + 1) - 1, 0, -1):
            if foot[-count:] == head[:count] and len(" ".join(head[:count]).split()) >= CARRIED_WORDS:
                yield from (line.number for line in page[:count])
                break


def _counting(pages: Sequence[Sequence[Line]], language: Language) -> set[int]:
    """Return the numbers of the lines inside a page that count pages: their breaks were lost when text was extracted.

    They hold one title beside numbers that go up by one ("4 | Visie op wonen"), and lie as far apart as pages do.
    """
    found: set[int] = set()
    for page in pages:
        runs = defaultdict(list)
        texts = ((position, line, line.text.strip()) for position, line in enumerate(page))
        numbered = [one for one in texts if one[2][-1].isdigit() or one[2][0].isdigit()]
        for position, line, text in numbered if len(numbered) > 1 else ():
            title = title_beside_number(text) if len(text) <= LONGEST else None
            number = re.findall(r"\d+", text.replace(title, "", 1)) if title else []
            if title and len(number) == 1 and len(title.split()) > 1 and not opens_section(text, language):
                runs[plain(title)].append((position, int(number[0]), line.number))
        for run in runs.values():
            steps = [(later[0] - sooner[0], later[1] - sooner[1]) for sooner, later in pairwise(run)]
            full = steps[:-1] or steps  # the last page may be short
            if steps and all(far >= APART for far, _ in full) and all(step == 1 for _, step in steps):
                found |= {number for *_, number in run}
    return found


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
    return {plain(title) for title in titles if title and " " in title}


def _on_single_pages(pages: Sequence[Sequence[Line]], found: set[int], language: Language) -> set[int]:
    """Return the numbers of further lines that are furniture, which only what stands elsewhere on their page tells.

    Args:
        pages: All filled lines.
        found: The numbers of those that are known to be furniture.
        language: Whose words are known.
    """
    new = set()
    for page in pages:
        edges = _edges([line for line in page if line.number not in found] if found else page, 1)
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
    named = page.numbered and page.written and plain(text) in page.names
    if edge.top:
        return named and not inner.lstrip()[:1].islower()
    in_table = "|" in inner or _COUNT.search(inner) is not None or _PAGED.search(inner.strip()) is not None
    if "|" in text and title_beside_number(text) and not in_table:
        return True  # no sentence holds that mark
    if wants_more(inner, language):
        return False
    if states_version(text, language) or (marked_title(text, language) and not in_table):
        return True
    complete = SENTENCE_END.search(inner) is not None
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
        names_report(title, language) or (complete and plain(title) in page.outer)
    )


def _edges(page: Sequence[Line], deep: int = EDGE) -> Iterator[_Edge]:
    """Yield so many edge lines of a page at its top and its bottom; of a page of a few lines only the outermost."""
    depth = min(deep, max(1, len(page) // 4))
    for top in (True, False):
        lines = page if top else page[::-1]
        for index, line in enumerate(lines[:depth]):
            yield _Edge(line, top, index == 0, lines[index + 1] if index + 1 < len(lines) else None)


def _key(text: str, language: Language) -> str:
    """Return what headers have in common whether the page number stands before or behind them."""
    if opens_section(text, language):
        return " ".join(text.casefold().split())  # its number counts chapters, not pages
    words = plain(text)
    return words if len(words.split()) > 1 else numbers_alike(text)


def _repeated(edges: Sequence[_Edge], pages: int, language: Language) -> Iterator[int]:
    """Yield the lines that stand at the same edge of several pages."""
    if pages < 2:
        return
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        long = len(edge.line.text.strip()) > LONGEST
        key = " ".join(edge.line.text.casefold().split()) if long else _key(edge.line.text, language)
        groups[edge.top, key].append(edge)
    for (top, key), alike in groups.items():
        count = len({edge.line.page for edge in alike})
        group = _without_title(alike) if top and count > 1 else alike
        if count < 2 or count < SHARE * min(pages, 12) or not any(character.isalpha() for character in key):
            continue
        if not _carries_pages(group, language):
            continue
        # On two pages chance is likelier: then only the outermost line counts, and no sentence.
        yield from (
            edge.line.number
            for edge in group
            if count >= 3 or (edge.outermost and not SENTENCE_END.search(edge.line.text))
        )


def _without_title(group: list[_Edge]) -> list[_Edge]:
    """Return alike lines at the heads of pages without the title that the first of them stands above."""
    first, second = group[0].line, group[1].line
    return group if first.page != second.page else [group[0], *group[2:]]


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
    running = set(repeated)
    elsewhere = {_key(line.text, language) for number, line in lines.items() if number not in running}
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
    return bool(titles) and plain(edge.line.text) in titles


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
    words = _WORD.findall(text.casefold())
    if _WEB.match(text) or not words or len(words) > MOST_WORDS:
        return bool(words) and len(words) <= MOST_WORDS
    return _about_document(text, words, language) or _built_of_parts(edge, text, words, language)


def _about_document(text: str, words: Sequence[str], language: Language) -> bool:
    """Return whether a line names a version or date of the document, its status or its page: "Versie 2, mei 2023"."""
    edge_words = language.words("furniture", "edge_words")
    if language.words("furniture", "status_words").issuperset(words) and not edge_words.isdisjoint(words):
        return True
    if not any(map(str.isdigit, text)):
        return False
    date, closing, leading = _dates_and_pages(language)
    paged = closing.search(text)
    pointing = paged and paged.group(1).lower() in language.data("headings")["open_ends"]  # "de alinea op pagina 7"
    if date.fullmatch(text) or leading.match(text) or (paged and not pointing) or _PAGED.search(text):
        return True
    return words[0] in edge_words and len(words) <= MOST_EDGE_WORDS and any(word.isdigit() for word in words)


@cache
def _dates_and_pages(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the forms of a date, of what ends in the number of a page, and of what opens with one."""
    months, page, of = (language.any_of("furniture", name) for name in ("months", "long_page_words", "of_words"))
    counted = rf"(?:{page})\W{{0,3}}\d+(?:\W+(?:{of})\W+\d+)?"
    return (
        re.compile(rf"\d{{1,2}}(?:\s(?:{months})\s|[-/.]\d{{1,2}}[-/.])\d{{2,4}}", re.IGNORECASE),
        re.compile(rf"(\w*)\W+{counted}\W*$", re.IGNORECASE),
        re.compile(rf"{counted}\s+[^\W\d_]", re.IGNORECASE),
    )


def _built_of_parts(edge: _Edge, text: str, words: Sequence[str], language: Language) -> bool:
    if not _SEPARATOR.search(text) or edge.line.text != edge.line.text.rstrip():
        return False
    page_words = language.words("furniture", "page_words")
    paged = any(word.isdigit() for word in words) and any(word in page_words and len(word) > 1 for word in words)
    return paged or "|" in text or (not edge.top and _SMALL_PARTS.match(text) is not None)


def _outside_flow(edge: _Edge) -> bool:
    """Return whether the text above a footer is complete; of what stands above a header nothing is known."""
    return edge.top or edge.neighbour is None or SENTENCE_END.search(edge.neighbour.text) is not None
