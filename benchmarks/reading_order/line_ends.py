"""Learn what tells a broken word from a compound with a hyphen: `python -m benchmarks.reading_order.line_ends`.

What belongs here: line ends to learn from, fitting, and how often the weights are right on development texts; with
`--words FILE`, making `compounds.yaml` of a word list (`/usr/share/dict/dutch` of the package wdutch). What does not:
the signs (`pipeline.text.joining`).

Documents of one bullet to sixty are broken into lines of five widths, half of the documents with broken words. What
spelling settles is not learned from. The weights are printed as YAML.
"""

import random
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from benchmarks.options import parser_of
from benchmarks.reading_order import texts
from benchmarks.reading_order.breaking import End, broken_lines
from benchmarks.reading_order.texts import Part
from pipeline.text.joining import HYPHENS, LineEnd, habits_of, judge_line_end, settled_end, signs
from pipeline.text.language import Language, load_language

BULLETS = (1, 3, 8, 16, 25, 25, 60)
WIDTHS = (150.0, 165.0, 230.0, 250.0, 495.0)  # points
COUNT = {"train": 6000, "develop": 2500}
RIGHT: dict[End, LineEnd] = {"broken": "join", "glued": "keep", "space": "suspend"}
LEAST = 3  # compounds with a hyphen that a first part is known by


@dataclass(frozen=True, slots=True)
class Place:
    """A hyphen at a line end: what it stands for and what is made of it; its signs where spelling settles nothing."""

    end: End
    hyphenated: bool
    judged: LineEnd
    signs: dict[str, float]


def places(part: Part, language: Language) -> Iterator[Place]:
    """Yield the hyphens at line ends of simulated documents."""
    rng = random.Random(5)
    for _ in range(COUNT[part]):
        hyphenated = rng.random() < 0.5
        source = texts.bullets_of_statements if rng.random() < 0.3 else texts.bullets_of_prose
        bullets = source(part, rng.randrange(10**9), rng.choice(BULLETS))
        width, size, after = rng.choice(WIDTHS), rng.uniform(8.5, 11.0), rng.choice(("-", "-/"))
        broken = [
            broken_lines(bullet, width, "Helvetica", size, hyphenated=hyphenated, after=after) for bullet in bullets
        ]
        habits = habits_of([piece.text for pieces in broken for piece in pieces], language)
        for pieces in broken:
            for one, other in pairwise(pieces):
                if re.search(rf"\w[{HYPHENS}]$", one.text) and other.text[:1].isalnum():
                    judged = judge_line_end(one.text, other.text, language, habits)
                    open_ = settled_end(one.text, other.text, language) is None
                    found = signs(one.text, other.text, language, habits) if open_ else {}
                    yield Place(one.end, hyphenated, judged, found)


def learn(language: Language) -> dict[str, float]:
    """Return the weights by the names of the signs."""
    found = [place for place in places("train", language) if place.signs]
    names = list(found[0].signs)
    rows = np.array([[place.signs[name] for name in names] for place in found])
    model = LogisticRegression(C=30.0, max_iter=5000, fit_intercept=False)
    model.fit(rows, [place.end == "broken" for place in found])
    return {name: round(float(value), 2) for name, value in zip(names, model.coef_[0], strict=True)}


def report(found: Sequence[Place]) -> Iterator[str]:
    """Yield how often the rules and weights in use are right, by what line ends stand for."""
    for hyphenated in (True, False):
        for end, wanted in RIGHT.items():
            judged = [place.judged == wanted for place in found if (place.end, place.hyphenated) == (end, hyphenated)]
            if judged:
                where = "documents with broken words" if hyphenated else "documents without"
                yield f"{where}, {end}: {sum(judged) / len(judged):.4f} of {len(judged)} right"


def compounds(words: Sequence[str]) -> str:
    """Return the compounds with a hyphen of a word list, as `compounds.yaml` holds them.

    A first part that a hyphen follows at least as often as none, counted over words whose two parts are known, stands
    for all its compounds; one in fewer than `LEAST` does not count.
    """
    solid = {word.lower() for word in words if word.isalpha()}
    parted = [word.lower().split("-") for word in words if re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)+", word)]
    counts = Counter(parts[0] for parts in parted if len(parts[0]) > 1)
    often = {part for part, number in counts.items() if number >= LEAST}
    without = Counter(
        word[:at] for word in solid for at in range(2, len(word) - 1) if word[:at] in often and word[at:] in solid
    )
    first = {part for part in often if counts[part] >= without[part]}
    others = {"-".join(parts) for parts in parted if parts[0] not in first and all(len(part) > 1 for part in parts)}
    return "\n".join(
        [
            "# Compounds that the spelling writes with a hyphen, from the word list of OpenTaal (package wdutch",
            "# 2.20.19-2; Copyright 2006-2020 OpenTaal, 2001-2005 Simon Brouwer and others, 1996 Nederlandstalige TeX",
            "# Gebruikersgroep; CC BY 3.0 or BSD). Made by `benchmarks.reading_order.line_ends --words FILE`.",
            "# Parts that a hyphen follows at least as often as none, in three compounds or more.",
            *_block("first_parts", first),
            "# Every other compound with a hyphen, but for those with a part that is a single letter.",
            *_block("hyphenated", others),
        ]
    )


def _block(name: str, words: set[str]) -> list[str]:
    wrapper = textwrap.TextWrapper(118, "  ", "  ", break_on_hyphens=False)
    return [f"{name}: >-", *wrapper.wrap(" ".join(sorted(words)))]


def main() -> None:
    """Print the weights unless `--report` is given, and how right those in use are on development texts."""
    parser = parser_of("benchmarks.reading_order.line_ends", __doc__)
    parser.add_argument("--report", action="store_true", help="only how right the weights in use are")
    parser.add_argument("--words", metavar="FILE", type=Path, help="print compounds.yaml instead")
    options = parser.parse_args()
    if options.words:
        print(compounds(options.words.read_text(encoding="utf-8").splitlines()))
        return
    language = load_language("nl")
    if not options.report:
        print(yaml.safe_dump(learn(language), sort_keys=False, allow_unicode=True))
    for line in report(list(places("develop", language))):
        print(f"# develop, {line}")


if __name__ == "__main__":
    main()
