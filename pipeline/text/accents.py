"""Letters whose accents an extractor or an old code page has spoilt, where only the dictionary can tell.

What belongs here: accents that stand beside their letter as characters of their own, and letters of the code pages of
MS-DOS that were read as Windows-1252. What does not: what shows by itself that it is spoilt (`repair`).

The marks that are left are quotes and apostrophes elsewhere, so one is believed only inside a word that the dictionary
knows with the letter, and where the word without the mark, or with an apostrophe in its place, is rarer.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from pipeline.text.language import Language

KNOWN = 2.0
"""Zipf frequency from where on a word is one; below it are misspellings."""
LEAST_LETTERS = 3
"""Of a word with letters of another code page: shorter ones are known by chance."""
MOST_ACCENTS = 3
"""In a word; more are no accents."""
VOWELS = frozenset("aeiouyı")
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "¸": "\u0327"}
_PAGE = {"‚": "é", "‰": "ë", "Š": "è", "‹": "ï", "ˆ": "ê", "”": "ö", "„": "ä", "¢": "ó", "£": "ú", "‡": "ç", "“": "ô"}
"""What Windows-1252 has in the places of letters in code pages 437 and 850, without what occurs inside words."""
_ACCENTED = re.compile(
    rf"[^\W\d_{''.join(_ACCENTS)}]*[{''.join(_ACCENTS)}][^\W\d_]*(?:[{''.join(_ACCENTS)}][^\W\d_]*)*"
)
_PAGED = re.compile(rf"(?:[^\W\d_]|[{''.join(_PAGE)}])*[{''.join(_PAGE)}](?:[^\W\d_]|[{''.join(_PAGE)}])*")

Mend = tuple[int, int, str]
"""First character, one past the last, and what stands for them."""


def spacing_accents(text: str, language: Language) -> Iterator[Mend]:
    """Yield the letters of which the accent stands before or behind them.

    >>> from pipeline.text.language import load_language
    >>> list(spacing_accents("foto´s be¨ınvloeden", load_language("nl")))
    [(9, 11, 'ï')]
    """
    for match in _ACCENTED.finditer(text):
        word = match.group()
        places = [place for place, char in enumerate(word) if char in _ACCENTS]
        if len(places) == len(word) or len(places) > MOST_ACCENTS:
            continue
        readings = [mends for mends in _readings(word, places) if _is_likelier(word, places, mends, language)]
        best = max(readings, key=lambda mends: language.zipf(_mended(word, mends)), default=())
        yield from ((match.start() + start, match.start() + end, letter) for start, end, letter in best)


def _readings(word: str, places: Sequence[int]) -> Iterator[Sequence[Mend]]:
    """Yield the ways in which each accent of a word may belong to the letter before or behind it."""
    for sides in product((-1, 1), repeat=len(places)):
        mends = []
        for place, side in zip(places, sides, strict=True):
            letter = word[place + side] if 0 <= place + side < len(word) else ""
            composed = unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[word[place]])
            mends.append((min(place, place + side), max(place, place + side) + 1, composed))
        apart = all(one[1] <= other[0] for one, other in pairwise(mends))
        if apart and all(len(letter) == 1 and letter.isalpha() for *_, letter in mends):
            yield mends


def _is_likelier(word: str, places: Sequence[int], mends: Sequence[Mend], language: Language) -> bool:
    """Return whether the dictionary knows a word with accents, and better than as it stands."""
    found = language.zipf(_mended(word, mends))
    if found < KNOWN:
        return False
    # "zo´n", "cafe´": what stands behind a vowel and before a consonant or at an edge may be an apostrophe or a quote.
    behind = (word[end] for start, end, _ in mends if start not in places and end < len(word))
    inside = any(0 < place < len(word) - 1 for place in places)
    if inside and all(letter.casefold() in VOWELS for letter in behind):
        return True
    bare = "".join(char for char in word if char not in _ACCENTS)
    return found > max(language.zipf(bare), language.zipf(re.sub("[´`]", "'", word)))


def _mended(word: str, mends: Sequence[Mend]) -> str:
    parts, done = [], 0
    for start, end, letter in mends:
        parts += [word[done:start], letter]
        done = end
    return "".join([*parts, word[done:]])


def code_pages(text: str, language: Language) -> Iterator[Mend]:
    """Yield the letters of MS-DOS that were read as Windows-1252.

    >>> from pipeline.text.language import load_language
    >>> list(code_pages("foto‚s cre‰ren", load_language("nl")))
    [(10, 11, 'ë')]
    """
    for match in _PAGED.finditer(text):
        word = match.group()
        # The marks at its ends may be quotes.
        for low, high in {(0, len(word)), (len(word) - len(word.lstrip("“„‚‹")), len(word.rstrip("”“")))}:
            mends = [(at, at + 1, _PAGE[word[at]]) for at in range(low, high) if word[at] in _PAGE]
            whole, bare = _mended(word, mends)[low:high], word[low:high].strip("".join(_PAGE))
            if mends and len(whole) >= LEAST_LETTERS and _knows(whole, bare, language):
                yield from ((match.start() + start, match.start() + end, letter) for start, end, letter in mends)
                break


def _knows(whole: str, bare: str, language: Language) -> bool:
    """Return whether the dictionary knows a word with letters of another page, and better than in quotes."""
    quoted = len(bare) > 1 and not any(char in _PAGE for char in bare)
    return language.zipf(whole) >= max(KNOWN, language.zipf(bare) if quoted else 0.0)
