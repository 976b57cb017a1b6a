"""Learn the weights of headings without number, print them as YAML: `python -m benchmarks.reading_order.unnumbered`.

What belongs here: pages to learn from, fitting, and how often the weights are right on development pages. What does
not: the signs (`pipeline.text.unnumbered`).

Three kinds of documents: as the benchmark sets them; the same with bullets that lose their full stop, none, some or
all of them in a document; the same again with headings that have no numbers, which are few among the first two and so
count less. Besides, pages in order of short statements and of short statements of reports, with and without numbers.
What words tell is learned from the same texts, so that sign comes from weights that do not know the line.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from benchmarks.options import parser_of
from benchmarks.reading_order import documents, texts, title_words, whole
from benchmarks.reading_order.settings import CASES, Case
from benchmarks.reading_order.texts import Part
from pipeline.text.blocks import Block, blocks_of
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import Language, load_language
from pipeline.text.neighbours import signs_of_short_lines
from pipeline.text.title_words import Weights, likeness
from pipeline.text.unnumbered import WORDS, is_heading, log_odds

SETTINGS = (
    "two columns, statements",
    "two columns, 2 to 4 pages",
    "two columns, pictures and pull quotes",
    "three columns, statements",
    "control: one column, statements",
    "control: one column, 2 to 4 pages",
    "control: columns in order, pypdf",
)
SHORT = ("control: one column, short statements", "control: columns in order, short statements, pypdf")
UNENDED = (0.0, 0.0, 0.1, 0.3, 0.6, 1.0)
"""Shares of bullets that lose their full stop; a document draws one."""
KINDS = (
    ("as set", 1.0), ("unended", 1.0), ("unended, unnumbered", 0.3),
    ("short", 1.0), ("short, unnumbered", 1.0), ("short reports, unnumbered", 1.0),
)  # fmt: skip
"""Kinds of documents and how much each counts."""
COUNT = {"train": (12, 30), "develop": (8, 16)}
"""Documents of each setting, woven ones and others; woven ones take long and tell less."""


@dataclass(frozen=True, slots=True)
class Line:
    """A short line: its signs, and whether it was set as a heading."""

    signs: dict[str, float]
    heading: bool


def lines(part: Part, kind: str) -> Iterator[Line]:
    """Yield the short lines of the documents of a kind whose truth is known: whole headings, and parts of bullets."""
    language = load_language("nl")
    words = [title_words.learn(language, without) for without in range(title_words.PARTS)] if part == "train" else None
    for name in SHORT if "short" in kind else SETTINGS:
        changes = {"numbering": "none", "headings": True} if "unnumbered" in kind else {}
        case = replace(CASES[name], changes={**CASES[name].changes, **changes}, report="reports" in kind)
        for number in range(COUNT[part]["control" in name]):
            document = _document(case, part, number, unended="unended" in kind)
            if document is not None:
                yield from _lines(document, language, words)


def _document(case: Case, part: Part, number: int, *, unended: bool) -> documents.Document | None:
    rng = random.Random(f"unended {part} {number}")
    share = rng.choice(UNENDED) if unended else 0.0

    def bullets(part: Part, seed: int, count: int) -> list[str]:
        found = texts.bullets_of_statements(part, seed, count)
        return [text[:-1] if text.endswith(".") and rng.random() < share else text for text in found]

    with tempfile.TemporaryDirectory() as folder:
        return documents.make(case, part, number, Path(folder), None if case.short else bullets)


def _lines(document: documents.Document, language: Language, words: Sequence[Weights] | None) -> Iterator[Line]:
    """Yield the short lines of a document; `words`: the weights of words that were learned without each part."""
    _, read = read_lines(document.raw, language)
    blocks = blocks_of(read_order(read, language, ()).segments, language)
    truth = [(kind, set(chars)) for kind, _, chars in whole.paragraphs(document)]
    for number, signs in signs_of_short_lines(blocks, language).items():
        held = _characters(blocks[number], document)
        kind, whole_one = max(((kind, held == chars) for kind, chars in truth if held & chars), default=("", False))
        if kind in whole.BULLETS or (kind == "heading" and whole_one):
            text = blocks[number].short
            unknown = {WORDS: likeness(text, language, words[title_words.part_of(text)])} if words else {}
            yield Line({**signs, **unknown}, kind == "heading")


def _characters(block: Block, document: documents.Document) -> set[int]:
    ranges = (segment.line.bytes_of(segment.start, segment.end) for segment in block.segments)
    return {owner for start, end in ranges for owner in document.owners[start:end] if owner >= 0}


def learn() -> dict[str, float]:
    """Return the weights by the names of the signs, with the constant."""
    found = [(line, weight) for kind, weight in KINDS for line in lines("train", kind)]
    names = list(found[0][0].signs)
    rows = np.array([[line.signs[name] for name in names] for line, _ in found])
    headings, weights = [line.heading for line, _ in found], [weight for _, weight in found]
    model = LogisticRegression(C=0.5, max_iter=5000).fit(rows, headings, sample_weight=weights)
    learned = {name: round(float(value), 2) for name, value in zip(names, model.coef_[0], strict=True)}
    return {"constant": round(float(model.intercept_[0]), 2), **learned}


def learn_one(name: str, language: Language) -> float:
    """Return the weight of one sign, the others as they are: for a sign that is new.

    To learn all of them again with it gained nothing on development pages.
    """
    found = [(line, weight) for kind, weight in KINDS for line in lines("train", kind)]
    values = np.array([line.signs[name] for line, _ in found])
    known = language.data("headings")["unnumbered"].get(name, 0.0)
    rest = np.array([log_odds(line.signs, language) for line, _ in found]) - known * values
    towards = np.array([1.0 if line.heading else -1.0 for line, _ in found])
    weights = np.array([weight for _, weight in found])

    def loss(value: float) -> float:
        return float(weights @ np.logaddexp(0.0, -towards * (rest + value * values)) + value**2)

    return round(float(minimize_scalar(loss, bounds=(-10.0, 10.0), method="bounded").x), 2)


def report(found: Sequence[Line], language: Language) -> str:
    """Return how often the weights in use are right about some short lines."""
    taken = [is_heading(line.signs, language) for line in found]
    missed = sum(line.heading and not took for line, took in zip(found, taken, strict=True))
    false = sum(took and not line.heading for line, took in zip(found, taken, strict=True))
    right = 1 - (missed + false) / max(len(found), 1)
    return f"{len(found)} short lines, {right:.3f} right; headings missed {missed}, bullets taken for one {false}"


def main() -> None:
    """Print the weights, or that of one sign, and how right those in use are on development pages."""
    parser = parser_of("benchmarks.reading_order.unnumbered", __doc__)
    parser.add_argument("--report", action="store_true", help="learn nothing")
    parser.add_argument("--one", metavar="SIGN", help="learn its weight only, the others as they are")
    options = parser.parse_args()
    language = load_language("nl")
    if options.one:
        print(f"{options.one}: {learn_one(options.one, language)}")
    elif not options.report:
        print(yaml.safe_dump(learn(), sort_keys=False, allow_unicode=True))
    for kind, _ in KINDS:
        print(f"# develop, {kind}: {report(list(lines('develop', kind)), language)}")


if __name__ == "__main__":
    main()
