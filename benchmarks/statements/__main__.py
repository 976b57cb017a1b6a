"""Print how well statements are cut: `python -m benchmarks.statements [--wrong] [--test]`.

`--wrong` lists what differs in the development sources; rules must not follow the test half, so it takes `--test`.

A boundary is a place between two visible characters of one bullet; the end of a bullet, which nobody can miss, does not
count. `exact` is the share of bullets cut exactly alike. Of the hands' bullets the rows `inside` count only boundaries
inside sentences: sentence ends are easy, and there are many more of them.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import simplemma

from benchmarks.options import parser_of
from benchmarks.statements.gold import (
    HANDS,
    NATURAL,
    OWN,
    Bullet,
    paragraph,
    read_files,
    read_half,
    read_hands,
    read_natural,
)
from pipeline.text.language import load_language
from pipeline.text.statements import cut

Cutter = Callable[[Bullet], Sequence[str]]
DUTCH = load_language("nl")
POOLED: Mapping[str, Sequence[str]] = {
    "w1 to w5": HANDS,
    "w6 to w11": [f"w{number}" for number in range(6, 12)],
    "w12 to w20": [f"w{number}" for number in range(12, 21)],
    "w21 to w35 without w24": [f"w{number}" for number in range(21, 36) if number != 24],
}
"""The hands that docs/statements.md puts together, in the order in which they came."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of boundaries, and of bullets cut exactly alike."""

    hits: int
    found: int
    gold: int
    exact: int
    bullets: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 1.0

    def row(self, name: str) -> str:
        """Return the figures as a row of a table."""
        precision, recall = self.hits / max(1, self.found), self.hits / max(1, self.gold)
        return f"| {name} | {self.f1:.3f} | {precision:.3f} | {recall:.3f} | {self.exact / self.bullets:.3f} |"


def boundaries(parts: Sequence[str]) -> frozenset[int]:
    """Return the boundaries between parts as counts of visible characters."""
    return frozenset(list(accumulate(len("".join(part.split())) for part in parts))[:-1])


def inside(text: str, places: frozenset[int]) -> frozenset[int]:
    """Return the boundaries, as counts of visible characters, before which no sentence ends."""
    return frozenset(place for place in places if not re.search(r"[.!?…][\"'”’»)\]]*$", text[:place]))


def score(bullets: Sequence[Bullet], cutter: Cutter, *, within: bool = False) -> Score:
    """Return how a cutter does on bullets, or only inside their sentences."""
    pairs = [(boundaries(cutter(bullet)), boundaries(bullet.parts)) for bullet in bullets]
    if within:
        texts = ["".join(bullet.parts) for bullet in bullets]
        pairs = [(inside(text, found), inside(text, gold)) for text, (found, gold) in zip(texts, pairs, strict=True)]
    return Score(
        hits=sum(len(found & gold) for found, gold in pairs),
        found=sum(len(found) for found, _ in pairs),
        gold=sum(len(gold) for _, gold in pairs),
        exact=sum(found == gold for found, gold in pairs),
        bullets=len(pairs),
    )


def ours(bullet: Bullet) -> list[str]:
    """Cut by the rules."""
    return ["".join(f.text for f in statement.fragments) for statement in cut(paragraph(bullet.lines), DUTCH)]


_kept = cache(ours)
"""For figures: a bullet is a part of several rows. How long cutting takes is asked of `ours` itself."""


def naive(bullet: Bullet) -> list[str]:
    """Cut after every `.`, `!` and `?`."""
    return [part for part in re.split(r"(?<=[.!?])(?=.)", " ".join(bullet.lines)) if part.strip()]


def library(bullet: Bullet) -> list[str]:
    """Cut by simplemma's sentence splitter."""
    return [part for part in simplemma.split_sentences(" ".join(bullet.lines)) if part.strip()]


def main() -> None:
    """Print the table, and with `--wrong` the bullets of the development sources that were cut otherwise."""
    parser = parser_of("benchmarks.statements", __doc__)
    parser.add_argument("--wrong", action="store_true", help="list what differs in the development sources")
    parser.add_argument("--test", action="store_true", help="measure the test half, too")
    parser.add_argument("--quick", action="store_true", help="the same; there is nothing to leave out")
    options = parser.parse_args()
    print("| source and method | F1 | precision | recall | exact |\n|---|---|---|---|---|")
    for half in ("development", "test") if options.test else ("development",):
        bullets = read_half(half)
        for cutter in (naive, library, _kept):
            print(score(bullets, cutter).row(f"{half}, {cutter.__name__}, {len(bullets)} bullets"))
        _print_natural(half)
    hands = read_hands()
    for name, several in POOLED.items():
        _print_hand(name, [bullet for hand in several for bullet in hands[hand]])
    for hand, given in hands.items():
        _print_hand(hand, given)
    others = [bullet for hand, given in hands.items() if hand != OWN for bullet in given]
    print(score(others, _kept).row(f"all hands but {OWN}, ours, {len(others)} bullets"))
    bullets = read_half("development")
    began = time.perf_counter()
    score(bullets, ours)
    print(f"\n{1000 * (time.perf_counter() - began) / len(bullets):.2f} ms a bullet")
    if options.wrong:
        for source, bullets in {"development": read_half("development"), **hands}.items():
            for bullet in bullets:
                _print_wrong(source, bullet)


def _print_natural(half: str) -> None:
    """Print the rows of the natural mix, whose total the bar is about, and of each of its hands and their files."""
    natural, files = read_natural(half), read_files(half)
    for cutter in (naive, _kept):
        print(score(natural, cutter).row(f"{half}, natural mix, {cutter.__name__}, {len(natural)} bullets"))
    print(score(natural, _kept, within=True).row(f"{half}, natural mix, ours, inside"))
    for hand in NATURAL:
        of_hand = {name: bullets for name, bullets in files.items() if name.startswith(hand)}
        if of_hand:
            _print_hand(hand, [bullet for bullets in of_hand.values() for bullet in bullets])
        for name, bullets in of_hand.items():
            print(score(bullets, _kept).row(f"{name}, ours, {len(bullets)} bullets"))


def _print_hand(name: str, bullets: Sequence[Bullet]) -> None:
    """Print how the bullets of one or several hands are cut, with how many boundaries they have."""
    total, within = score(bullets, _kept), score(bullets, _kept, within=True)
    print(score(bullets, naive).row(f"{name}, naive, {len(bullets)} bullets"))
    print(total.row(f"{name}, ours, {total.gold} boundaries"))
    print(within.row(f"{name}, ours, {within.gold} inside"))


def _print_wrong(source: str, bullet: Bullet) -> None:
    if boundaries(ours(bullet)) != boundaries(bullet.parts):
        print(f"{source}\ngold:", " | ".join(bullet.parts), "\nours:", " | ".join(ours(bullet)))
    elif bullet.texts and bullet.texts != tuple(s.text for s in cut(paragraph(bullet.lines), DUTCH)):
        print(f"{source}\ntext:", bullet.texts, [s.text for s in cut(paragraph(bullet.lines), DUTCH)])


if __name__ == "__main__":
    main()
