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
from pipeline.text.model import Edit

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


def spacing_accent(text: str, language: Language) -> Iterator[Edit]:
    """Put an accent that stands before or behind its letter on it, where the dictionary knows the word then.

    >>> from pipeline.text.language import load_language
    >>> list(spacing_accent("foto´s be¨ınvloeden", load_language("nl")))
    [Edit(start=9, end=11, after='ï')]
    """
    for match in _ACCENTED.finditer(text):
        word = match.group()
        places = [place for place, char in enumerate(word) if char in _ACCENTS]
        if len(places) == len(word) or len(places) > MOST_ACCENTS:
            continue
        readings = [edits for edits in _readings(word, places) if _is_likelier(word, places, edits, language)]
        best = max(readings, key=lambda edits: language.zipf(_mended(word, edits)), default=())
        yield from _moved(best, match.start())


def _readings(word: str, places: Sequence[int]) -> Iterator[Sequence[Edit]]:
    """Yield the ways in which each accent of a word may belong to the letter before or behind it."""
    for sides in product((-1, 1), repeat=len(places)):
        edits = []
        for place, side in zip(places, sides, strict=True):
            letter = word[place + side] if 0 <= place + side < len(word) else ""
            composed = unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[word[place]])
            edits.append(Edit(min(place, place + side), max(place, place + side) + 1, composed))
        apart = all(one.end <= other.start for one, other in pairwise(edits))
        if apart and all(len(edit.after) == 1 and edit.after.isalpha() for edit in edits):
            yield edits


def _is_likelier(word: str, places: Sequence[int], edits: Sequence[Edit], language: Language) -> bool:
    """Return whether the dictionary knows a word with accents, and better than as it stands."""
    found = language.zipf(_mended(word, edits))
    if found < KNOWN:
        return False
    # "zo´n", "cafe´": what stands behind a vowel and before a consonant or at an edge may be an apostrophe or a quote.
    behind = (word[edit.end] for edit in edits if edit.start not in places and edit.end < len(word))
    inside = any(0 < place < len(word) - 1 for place in places)
    if inside and all(letter.casefold() in VOWELS for letter in behind):
        return True
    bare = "".join(char for char in word if char not in _ACCENTS)
    return found > max(language.zipf(bare), language.zipf(re.sub("[´`]", "'", word)))


def _mended(word: str, edits: Sequence[Edit]) -> str:
    parts, done = [], 0
    for edit in edits:
        parts += [word[done : edit.start], edit.after]
        done = edit.end
    return "".join([*parts, word[done:]])


def _moved(edits: Sequence[Edit], by: int) -> Iterator[Edit]:
    """Yield edits of a word as those of the text that it stands in from a character on."""
    return (Edit(by + edit.start, by + edit.end, edit.after) for edit in edits)


def code_page(text: str, language: Language) -> Iterator[Edit]:
    """Mend letters of MS-DOS that were read as Windows-1252, where the dictionary knows the word then.

    >>> from pipeline.text.language import load_language
    >>> list(code_page("foto‚s cre‰ren", load_language("nl")))
    [Edit(start=10, end=11, after='ë')]
    """
    for match in _PAGED.finditer(text):
        word = match.group()
        # The marks at its ends may be quotes.
        for low, high in {(0, len(word)), (len(word) - len(word.lstrip("“„‚‹")), len(word.rstrip("”“")))}:
            edits = [Edit(at, at + 1, _PAGE[word[at]]) for at in range(low, high) if word[at] in _PAGE]
            whole, bare = _mended(word, edits)[low:high], word[low:high].strip("".join(_PAGE))
            if edits and len(whole) >= LEAST_LETTERS and _knows(whole, bare, language):
                yield from _moved(edits, match.start())
                break


def _knows(whole: str, bare: str, language: Language) -> bool:
    """Return whether the dictionary knows a word with letters of another page, and better than in quotes."""
    quoted = len(bare) > 1 and not any(char in _PAGE for char in bare)
    return language.zipf(whole) >= max(KNOWN, language.zipf(bare) if quoted else 0.0)
