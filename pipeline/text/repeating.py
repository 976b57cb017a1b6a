"""A running header or footer that repeats the title of the document on a page that has no other page beside it.

What belongs here: lines at the edge of a page whose words are all words of the title. What does not: what recurs from
page to page, and what other signs tell (`furniture`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.text.language import Language
from pipeline.text.model import Line
from pipeline.text.naming import is_name, wants_more
from pipeline.text.wording import SENTENCE_END, plain

TITLE_LINES = 3  # of a title, with headers that stand above it
TOP = 2  # lines at most above a title that repeat it
LEAST_LETTERS = 5  # of a word that both have
MOST_WORDS = 8
_OF_ANY = ("report_words", "edge_words", "page_words")


def repeats_of_title(pages: Sequence[Sequence[Line]], language: Language) -> Iterator[int]:
    """Yield the numbers of the lines at the head and the foot of a document that repeat the title at its head.

    Args:
        pages: The lines of each page, without blank ones and those that are known to be furniture.
        language: Whose words for reports are known.
    """
    page = next((page for page in pages if page), ())
    title = list(takewhile(_may_title, page[: TITLE_LINES + TOP]))
    for place, line in enumerate(title[:TOP]):
        if not _repeats(line.text, title[place + 1 :][:TITLE_LINES], language):
            break
        yield line.number
    alone = sum(map(bool, pages)) == 1 and len(page) > len(title) + 1
    if alone and SENTENCE_END.search(page[-2].text) and _repeats(page[-1].text, title, language):
        yield page[-1].number
    # Where the same stands on several further pages, recurring tells. One page has a heading of its own more often than
    # a header, so there the line must say as well what kind of document it heads.
    kinds = language.words("furniture", "report_words") | language.words("furniture", "kind_words")
    further = [lines for lines in pages if lines][1:]
    for line in (lines[0] for lines in further if len(lines) > 1):
        if kinds.intersection(plain(line.text).split()) and _may_title(line) and _repeats(line.text, title, language):
            yield line.number


def _may_title(line: Line) -> bool:
    return not SENTENCE_END.search(line.text) and len(line.text.split()) <= MOST_WORDS


def _repeats(text: str, title: Sequence[Line], language: Language) -> bool:
    """Return whether a line is a name whose words all stand in a title, but for words and numbers of any report."""
    words = set(plain(text).split())
    shared = words & {word for line in title for word in plain(line.text).split()}
    if not shared:
        return False
    text = text.strip()
    of_any = frozenset[str]().union(*(language.words("furniture", key) for key in _OF_ANY))
    if not words <= shared | of_any or not any(len(word) >= LEAST_LETTERS for word in shared - of_any):
        return False
    return is_name(re.sub(r"[\d|–—-]", " ", text).strip(), language) and not wants_more(text, language)
