"""Dutch texts that the benchmark typesets, apart by document: training, development, test.

What belongs here: where the texts come from and how they are cut into bullets. What does not: typesetting.

Training texts: five Debian documentation packages, the first 70 % of the articles in `dasher-data`, and the statements
and titles of `texts/train.txt` and `titles-train.txt`. Development: the next 10 % of the articles and the `develop`
files. Test: the last 20 % and the `test` files. An article is a paragraph block of `dasher-data`; no block is in two
parts. Reports, with sections, are the documents of the coding gold: the test documents there are test documents here,
those of some hands are for development, those of the others for training; of the latest hands no page is drawn. Words
are learned from more: from these, from phrases, and from bullets written for that (`words.txt`); so is what titles are
like (`titles-further.txt`).
"""

import gzip
import html
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd

from benchmarks.coding.gold import PHRASES, GoldDocument, load_gold

Part = Literal["train", "train-1", "train-2", "develop", "test"]  # `train` consists of the two halves
PROSE = Path("/usr/share/dasher/training_dutch_NL.txt")
DOCUMENTATION = {
    "gimp-help-nl": ("/usr/share/gimp/2.0/help/nl", "*.html"),
    "debian-edu-doc-nl": ("/usr/share/doc/debian-edu-doc-nl", "*.html"),
    "debian-faq-nl": ("/usr/share/doc/debian/FAQ/nl", "*.html"),
    "libreoffice-help-nl": ("/usr/share/libreoffice/help/nl", "text/**/*.html"),
    "aptitude-doc-nl": ("/usr/share/doc/aptitude/html/nl", "*.html"),
}
LICENCES = {
    "dasher-data: training_dutch_NL.txt, first 70 % of its blocks": "GPL-2.0-or-later",
    "gimp-help-nl": "GFDL-1.2-or-later",
    "debian-edu-doc-nl": "GPL-2.0-or-later",
    "debian-faq-nl": "GPL-2.0-or-later",
    "libreoffice-help-nl": "MPL-2.0",
    "aptitude-doc-nl": "GPL-2.0-or-later",
    "benchmarks/reading_order/texts/train.txt": "of this project",
    "tests/gold/codings, development documents of most hands": "of this project",
    "benchmarks/coding/phrases.tsv": "of this project",
    "benchmarks/reading_order/texts/words.txt": "of this project",
    "benchmarks/reading_order/texts/titles-further.txt": "of this project",
}
OWN = Path(__file__).parent / "texts"
DEVELOP_HANDS = frozenset({"w23", "w24", "w25", "w26", "w27", "w28", "w29"})
LATER_HANDS = frozenset({"w30", "w31", "w32", "w33", "w34", "w35", "t7", "t8"})
"""Hands that came after the present settings: only words are learned from them, as their reports would change pages."""
INSTALL = "apt-get install dasher-data"
INSTALL_TRAINING = f"{INSTALL} {' '.join(DOCUMENTATION)}"
_SHARES: dict[Part, tuple[float, float]] = {
    "train": (0.0, 0.7),
    "train-1": (0.0, 0.35),
    "train-2": (0.35, 0.7),
    "develop": (0.7, 0.8),
    "test": (0.8, 1.0),
}
_LONGEST = (55, 75, 95)  # characters of short statements; a document draws one
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])")
_PROPER = re.compile(r"[^\W\d_a-z].*[.!?]$")  # no head of a newspaper article, no signature
_BLOCK = re.compile(r"<(?:p|li|td|dd)\b[^>]*>(.*?)</(?:p|li|td|dd)>", re.DOTALL)
_HEADING = re.compile(r"<(?:h[1-6]|dt|title)\b[^>]*>(.*?)</(?:h[1-6]|dt|title)>", re.DOTALL)
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.:)]?\s+")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Outline:
    """Bullets with the headings among them.

    Attributes:
        bullets: In order.
        titles: Of the sections, in order.
        opens: For each title the number of the bullet that follows it.
    """

    bullets: tuple[str, ...]
    titles: tuple[str, ...]
    opens: tuple[int, ...]


class MissingTextsError(FileNotFoundError):
    """A text that the benchmark needs is not installed."""


@cache
def prose(part: Part) -> tuple[str, ...]:
    """Return the paragraphs of the articles of a part.

    Raises:
        MissingTextsError: when the package is not installed; the message says how to.
    """
    if not PROSE.exists():
        raise MissingTextsError(f"{PROSE} is missing; run: {INSTALL}")
    blocks = [" ".join(block.split()) for block in PROSE.read_text(encoding="utf-8").splitlines()]
    low, high = (int(share * len(blocks)) for share in _SHARES[part])
    return tuple(block for block in blocks[low:high] if len(block) > 20)


@cache
def documentation() -> tuple[str, ...]:
    """Return the paragraphs of the documentation packages; training only.

    Raises:
        MissingTextsError: when a package is not installed; the message says how to.
    """
    found: dict[str, None] = {}
    for raw in _documents():
        for block in _BLOCK.findall(raw):
            text = _text(block)
            if len(text) > 40:
                found[text] = None
    return tuple(found)


def _documents() -> Iterator[str]:
    """Yield the files of the documentation packages."""
    for package, (folder, pattern) in DOCUMENTATION.items():
        files = sorted(Path(folder).glob(pattern)) + sorted(Path(folder).glob(f"{pattern}.gz"))
        if not files:
            raise MissingTextsError(f"{package} is missing; run: {INSTALL_TRAINING}")
        for file in files:
            raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            yield raw.decode("utf-8", "replace")


def _text(block: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", block)).split())


@cache
def documentation_titles() -> tuple[str, ...]:
    """Return the headings of the documentation packages that might stand over a section of a report; training only.

    Raises:
        MissingTextsError: when a package is not installed; the message says how to.
    """
    found: dict[str, None] = {}
    for raw in _documents():
        for block in _HEADING.findall(raw):
            words = _NUMBER.sub("", _text(block)).split()
            named = bool(words) and words[0][0].isupper() and words[-1][-1].isalnum()
            if named and 2 <= len(words) <= 8 and all(any(map(str.isalpha, word)) for word in words):
                found[" ".join(words)] = None
    return tuple(found)


@cache
def statements(part: Part) -> tuple[str, ...]:
    """Return the bullets of a part that were written for this project, in their order."""
    lines = (OWN / f"{part.split('-')[0]}.txt").read_text(encoding="utf-8").splitlines()
    found = tuple(line.strip() for line in lines if line.strip())
    half = len(found) // 2
    return found[:half] if part == "train-1" else found[half:] if part == "train-2" else found


@cache
def reports(part: Part) -> tuple[Outline, ...]:
    """Return the documents of the coding gold that belong to a part, in the order of their names."""
    return tuple(
        _outlined([(title, " ".join(statements)) for title, statements in document]) for document in _documents_of(part)
    )


@cache
def _documents_of(part: Part) -> Sequence[Sequence[tuple[str, Sequence[str]]]]:
    """Return the bullets of the documents of the coding gold that belong to a part, each its title and statements."""
    found = []
    for document in load_gold("test" if part == "test" else "development"):
        kind = part if part == "test" else "develop" if document.hand in DEVELOP_HANDS else "train"
        # Documents of no hand share their sentences with `texts/develop.txt` and `test.txt`.
        if not document.hand or document.hand in LATER_HANDS or part.split("-")[0] != kind:
            continue
        found.append(document.bullets())
    return found[::2] if part == "train-1" else found[1::2] if part == "train-2" else found


def _outlined(bullets: Sequence[tuple[str, str]]) -> Outline:
    """Return bullets, each given with its title, with the headings among them."""
    opens = [n for n, (title, _) in enumerate(bullets) if n == 0 or title != bullets[n - 1][0]]
    return Outline(tuple(text for _, text in bullets), tuple(bullets[n][0] for n in opens), tuple(opens))


def learned_from() -> Iterator[GoldDocument]:
    """Yield the coded documents that words and topics may be learned from: development ones of which no page here is.

    Those that the coder must not know (`gold.UNLEARNED`) are among them; it shares nothing with reading order.
    """
    for document in load_gold("development"):
        if document.hand and document.hand not in DEVELOP_HANDS:
            yield document


@cache
def further() -> tuple[str, ...]:
    """Return texts in the manner of reports that no page is drawn of; training only.

    They are the reports of later hands, the phrases from which codes are learned, and `texts/words.txt`.
    """
    found: list[str] = []
    for document in load_gold("development"):
        if document.hand in LATER_HANDS:
            bullets = document.bullets()
            found += dict.fromkeys(title for title, _ in bullets)
            found += (" ".join(statements) for _, statements in bullets)
    phrases = pd.read_csv(PHRASES, sep="\t", usecols=["text"], dtype=str)
    own = (OWN / "words.txt").read_text(encoding="utf-8").splitlines()
    return (*found, *phrases["text"], *filter(None, map(str.strip, own)))


@cache
def further_titles() -> tuple[str, ...]:
    """Return titles that no page is drawn with; training only."""
    return tuple((OWN / "titles-further.txt").read_text(encoding="utf-8").splitlines())


def outline(part: Part, seed: int, count: int) -> Outline:
    """Return reports of a part one after the other, in random order, until they have so many bullets."""
    return _in_turn(reports(part), random.Random(seed), count)


def outline_of_short(part: Part, seed: int, count: int) -> Outline:
    """Return the same with bullets of one short statement each, see `bullets_of_short`; longer ones are left out."""
    rng = random.Random(seed)
    longest = rng.choice(_LONGEST)
    kept = [
        _outlined([(title, text) for title, statements in document for text in statements if len(text) <= longest])
        for document in _documents_of(part)
    ]
    found = _in_turn(kept, rng, count)
    return replace(found, bullets=tuple(_in_style(found.bullets, rng)))


def _in_turn(outlines: Sequence[Outline], rng: random.Random, count: int) -> Outline:
    bullets: list[str] = []
    titles: list[str] = []
    opens: list[int] = []
    while len(bullets) < count:
        for report in rng.sample(outlines, len(outlines)):
            titles += report.titles
            opens += [len(bullets) + n for n in report.opens]
            bullets += report.bullets
            if len(bullets) >= count:
                break
    return Outline(tuple(bullets), tuple(titles), tuple(opens))


def bullets_of_prose(part: Part, seed: int, count: int) -> list[str]:
    """Return running prose cut into bullets of one to four sentences, from a random article on."""
    blocks = prose(part)
    rng = random.Random(seed)
    at = rng.randrange(len(blocks))
    found: list[str] = []
    while len(found) < count:
        sentences = [s for s in _SENTENCE.split(blocks[at % len(blocks)]) if len(s) > 8]
        at += 1
        while sentences:
            take = rng.choice((1, 1, 2, 2, 3, 4))
            text = " ".join(sentences[:take])
            sentences = sentences[take:]
            if len(text) < 900 and _PROPER.match(text):
                found.append(text)
    return found[:count]


def bullets_of_statements(part: Part, seed: int, count: int) -> list[str]:
    """Return bullets in the style of a consultation: one to three statements each, drawn in random order.

    When all statements are used they are drawn again in another order.
    """
    rng = random.Random(seed)
    pool: list[str] = []
    found: list[str] = []
    while len(found) < count:
        if len(pool) < 3:
            pool = list(statements(part))
            rng.shuffle(pool)
        take = rng.choice((1, 1, 1, 2, 2, 3))
        found.append(" ".join(pool[:take]))
        del pool[:take]
    return found


def bullets_of_short(part: Part, seed: int, count: int) -> list[str]:
    """Return bullets of one short statement each, most of them a line, as on a flip chart.

    In a fifth of all documents their full stops are left out, in a seventh they also start in lower case.
    """
    rng = random.Random(seed)
    longest = rng.choice(_LONGEST)
    pool = [statement for statement in statements(part) if len(statement) <= longest]
    rng.shuffle(pool)
    pool = _in_style(pool, rng)
    return [pool[n % len(pool)] for n in range(count)]


def _in_style(pool: Sequence[str], rng: random.Random) -> list[str]:
    """Return statements with or without their full stops and capitals, all in one way."""
    style = rng.random()
    if style < 0.35:
        pool = [statement.rstrip(".") for statement in pool]
    if style < 0.15:
        pool = [statement[0].lower() + statement[1:] for statement in pool]
    return list(pool)


def headings(part: Part, seed: int, count: int) -> Sequence[str]:
    """Return titles of a part that were written for this project, in random order."""
    own = (OWN / f"titles-{part.split('-')[0]}.txt").read_text(encoding="utf-8").splitlines()
    return random.Random(seed).sample(own, count)
