"""Print how well statements are cut: `python -m benchmarks.statements [--wrong] [--test]`.

`--wrong` lists what differs in the development sources; rules must not follow the test half, so it takes `--test`.

A boundary is a place between two visible characters of one bullet; the end of a bullet, which nobody can miss, does not
count. `exact` is the share of bullets cut exactly alike. Of the hands' bullets the rows `inside` count only boundaries
inside sentences: sentence ends are easy, and there are many more of them.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import simplemma

from benchmarks.options import parser_of
from benchmarks.statements.gold import OWN, Bullet, paragraph, read_files, read_half, read_hands, read_natural
from pipeline.text.language import load_language
from pipeline.text.statements import cut

Cutter = Callable[[Bullet], Sequence[str]]
DUTCH = load_language("nl")


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
        for cutter in (naive, library, ours):
            print(score(bullets, cutter).row(f"{half}, {cutter.__name__}, {len(bullets)} bullets"))
        _print_natural(half)
    hands = read_hands()
    for hand, bullets in hands.items():
        for cutter in (naive, ours):
            print(score(bullets, cutter).row(f"{hand}, {cutter.__name__}, {len(bullets)} bullets"))
        print(score(bullets, ours, within=True).row(f"{hand}, ours, inside"))
    others = [bullet for hand, bullets in hands.items() if hand != OWN for bullet in bullets]
    print(score(others, ours).row(f"all hands but {OWN}, ours, {len(others)} bullets"))
    bullets = read_half("development")
    began = time.perf_counter()
    score(bullets, ours)
    print(f"\n{1000 * (time.perf_counter() - began) / len(bullets):.2f} ms a bullet")
    if options.wrong:
        for source, bullets in {"development": read_half("development"), **hands}.items():
            for bullet in bullets:
                _print_wrong(source, bullet)


def _print_natural(half: str) -> None:
    """Print the rows of the natural mix, whose total the bar is about, and of the files of a small half."""
    natural = read_natural(half)
    for cutter in (naive, ours):
        print(score(natural, cutter).row(f"{half}, natural mix, {cutter.__name__}, {len(natural)} bullets"))
    print(score(natural, ours, within=True).row(f"{half}, natural mix, ours, inside"))
    for name, bullets in read_files(half).items() if half == "test" else ():
        print(score(bullets, ours).row(f"{name}, ours, {len(bullets)} bullets"))


def _print_wrong(source: str, bullet: Bullet) -> None:
    if boundaries(ours(bullet)) != boundaries(bullet.parts):
        print(f"{source}\ngold:", " | ".join(bullet.parts), "\nours:", " | ".join(ours(bullet)))
    elif bullet.texts and bullet.texts != tuple(s.text for s in cut(paragraph(bullet.lines), DUTCH)):
        print(f"{source}\ntext:", bullet.texts, [s.text for s in cut(paragraph(bullet.lines), DUTCH)])


if __name__ == "__main__":
    main()
