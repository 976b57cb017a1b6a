"""How the time of the gate grows with the length of a text: of a character in a long one, by that in a short one."""

import time
from collections.abc import Iterator

from benchmarks.privacy.gold import BATCHES, read_clean
from pipeline.privacy.gate import Gate

SHORT, LONG = 1_000, 8_000
REPEATED = {
    "ik was een man": "ik was een man ",
    "zij werd een vrouw die was": "zij werd een vrouw die was ",
    "was was woonde klaagster": "was was woonde klaagster ",
    "de heer": "de heer ",
    "van": "van ",
    "words with a capital": "Huis Jansen ",
    "names joined": "Jan en ",
    "streets": "Kerkstraat ",
    "initials": "A. ",
    "digits": "0612",
    "numbers": "12 ",
    "letters without spaces": "x",
    "a.a.a.a@": "a.",
    "commas": ", ",
    "brackets": "(",
}
"""What was slow once, or may be: each is repeated up to the length that is asked for."""


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Yield names and texts of so many characters: what is repeated, and clean sentences of the gold in a row."""
    for name, part in REPEATED.items():
        text = (part * size)[:size]
        yield name, text[:-1] + "@" if name.endswith("@") else text
    yield "clean sentences of the gold", " ".join(text for batch in BATCHES for text in read_clean(batch))[:size]


def grow(gate: Gate) -> None:
    """Print a row for each text: microseconds a character when it is short and long, and the second by the first."""
    print(f"| text | µs a character of {SHORT:,} | µs a character of {LONG:,} | ratio |\n|---|---|---|---|")
    for (name, short), (_, long) in zip(texts(SHORT), texts(LONG), strict=True):
        one, other = (_microseconds(gate, text) for text in (short, long))
        print(f"| {name} | {one:.1f} | {other:.1f} | {other / one:.1f} |")


def _microseconds(gate: Gate, text: str) -> float:
    rounds = []
    for count in range(4):
        start = time.process_time()
        gate.judge(text + " " * count)  # another text each time: nothing of it is remembered
        rounds.append(time.process_time() - start)
    return min(rounds) / len(text) * 1e6
