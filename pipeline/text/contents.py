"""Tables of contents: lines that name what stands on other pages.

What belongs here: telling a table by what leads to its page numbers, by its heading and by titles that come back below
it. What does not: other lines that carry a page (`furniture`), and headings themselves (`headings`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from pipeline.text.language import Language
from pipeline.text.model import Line
from pipeline.text.wording import SENTENCE_END, numbers_alike, plain, with_numbers

ENTRIES = 3  # of a table without leaders
ENTRIES_BELOW = 2  # of one below a heading that says so
ENTRY_LINES = 3  # of one of them
LETTERS = 3  # of a line, by which it is told whether it may announce contents
_ROMAN = "ivxlc"
_PAGE = rf"(?:[A-Z]?\d{{1,4}}|[{_ROMAN}]{{1,6}})"
_LEADER = re.compile(rf"(?:\.{{4,}}|(?:\s\.){{4,}}|…{{2,}}|_{{4,}})\s*{_PAGE}\s*$")
_SHORT_LEADER = re.compile(rf"(?:\.{{2,}}|(?:\s\.){{2,}}|…)\s*{_PAGE}\s*$")  # believed beside a longer one
_NUMBER = re.compile(r"\s*(\d{1,4})\s*$")
_ENTRY = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?\s+)?[^\W\d_].*[^\W\d_).!?]\s+(\d{1,4})\s*$")
_SAID_LATER = re.compile(r"(?P<title>.*[^\W\d_]{3}.*?)\s+(?P<page>\d{1,3})\s*$")  # believed where the title comes back
_HASHES = re.compile(r"\s*#{1,6}\s+")
_Said = Callable[[], Mapping[str, int]]


def find_contents(pages: Sequence[Sequence[Line]], language: Language) -> set[int]:
    """Return the numbers of the lines of tables of contents, their headings and wrapped entries included.

    Args:
        pages: The lines of each page that are not blank.
        language: Whose words for contents are known.
    """
    said = cache(lambda: _last_said(pages))  # most documents hold nothing that asks for it
    return {page[index].number for page in pages for index in _table(page, said, language)}


def _table(page: Sequence[Line], said: _Said, language: Language) -> Iterator[int]:
    """Yield the places of the lines of a table on a page.

    Args:
        page: Its lines.
        said: Returns what `_last_said` does.
        language: Whose words for contents are known.
    """
    opened = _opened(page, language)
    ends = [line.text.rstrip()[-1:] for line in page]
    marked = _led(page, ends)
    if len(marked) < 2 and opened is not None:
        marked = _entries(page, opened) or _named(page, opened, said)
    marked = marked or _announced(page, ends, said, ENTRIES if opened is None else ENTRIES_BELOW)
    if not marked or (len(marked) < 2 and opened is None):
        return
    first = opened if opened is not None and opened < marked[0] <= opened + 3 else marked[0]
    for index in range(first, marked[-1] + 1):
        near = any(abs(index - other) <= 1 for other in marked)
        if index in marked or index == opened or (near and not SENTENCE_END.search(page[index].text)):
            yield index


def _opened(page: Sequence[Line], language: Language) -> int | None:
    """Return the place of the first heading that announces contents."""
    headings, openings = language.words("furniture", "contents_headings"), _contents_openings(language)
    likely = [i for i, line in enumerate(page) if line.text.lstrip()[:LETTERS].casefold().startswith(openings)]
    return next(
        (i for i in likely if numbers_alike(_HASHES.sub("", page[i].text, count=1)).rstrip(":") in headings), None
    )


@cache
def _contents_openings(language: Language) -> tuple[str, ...]:
    """Return how lines begin, in one case, that may announce contents."""
    headings = language.words("furniture", "contents_headings")
    return ("#", *sorted({heading.split()[0][:LETTERS] for heading in headings}))


def _led(page: Sequence[Line], ends: Sequence[str]) -> list[int]:
    """Return the places of the lines with leaders: "Wonen ..... 4"; beside such a line a short one is believed, too.

    Args:
        page: Its lines.
        ends: The last character of each that is no white space.
    """
    may_lead = (i for i, end in enumerate(ends) if (end.isdigit() or end in _ROMAN) and _may_lead(page[i].text))
    marked = [index for index in may_lead if _LEADER.search(page[index].text)]
    if not marked:
        return marked
    around = range(marked[0] - 1, marked[-1] + 2)
    return [i for i, line in enumerate(page) if i in marked or (i in around and _SHORT_LEADER.search(line.text))]


def _may_lead(text: str) -> bool:
    """Return whether a line holds the marks of a leader, so that few lines are searched for one."""
    return text.count(".") > 3 or "…" in text or "__" in text


def _last_said(pages: Sequence[Sequence[Line]]) -> dict[str, int]:
    """Return the number of the last line that says nothing but these words, by words; figures count at its end only."""
    return {
        with_numbers(line.text) if line.text.rstrip()[-1:].isdigit() else plain(line.text): line.number
        for page in pages
        for line in page
    }


def _comes_back(title: str, line: Line, said: _Said) -> bool:
    """Return whether a title without its page number stands on a line of its own below this one."""
    return max(said().get(plain(title), 0), said().get(with_numbers(title), 0)) > line.number


def _announced(page: Sequence[Line], ends: Sequence[str], said: _Said, least: int) -> list[int]:
    """Return the lines that end in page numbers which never go down, where later lines are the words before these.

    Args:
        page: Its lines.
        ends: As in `_led`.
        said: Returns what `_last_said` does; asked where enough lines end so, as it takes longest.
        least: How many lines these must be.
    """
    numbered = [(index, _SAID_LATER.match(page[index].text)) for index, end in enumerate(ends) if end.isdigit()]
    titled = [(index, match) for index, match in numbered if match]
    found: list[int] = []
    highest = 0
    for index, match in titled if len(titled) >= least else ():
        if not _comes_back(match.group("title"), page[index], said):
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
