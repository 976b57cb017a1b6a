"""The trained numbers that reading order is judged by, one file a language.

What belongs here: names of the weights, loading them, the classes of words. What does not: any rule about pages. The
file is written by `benchmarks.reading_order.train`; its provenance stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.affinity import NOTHING, Network, bare_of, features_of, holds_digit
from pipeline.text.layout.titles import Titles

ENDS = ("plain", "comma", "stop", "colon", "hyphen", "close", "heading", "cut_heading", "short")
STARTS = ("lower", "upper", "digit", "bullet", "open", "number", "common", "quoted")
PAIRS = tuple(f"{end}_{start}" for end in ENDS for start in STARTS)
TAILS = ("unknown", "bare", "spaced")
BLANKS = ("unknown", "absent", "present")
SLACK = (0.5, 0.65, 0.75, 0.82, 0.88, 0.92, 0.95, 0.975, 0.99, 1.0, 1.01, 1.025, 1.05)
FILL = (0.25, 0.5, 0.75, 0.85, 0.92, 0.97, 1.0)
OVER = (1.0, 1.006, 1.012, 1.025, 1.05)
FOOT = (0.7, 1.7, 3.2, 6.5)  # leadings between the last line of a column and that of the page
HOLE = (0.6, 1.1, 1.6, 2.1, 3.2, 5.0, 8.0)  # leadings between a column's last line and a row without one
TITLE = 7  # words of a title, from where on it counts as long
MOST_APART = 5  # rows between two segments, from where on they count as far apart

# Every group of weights with the names of its members; the order is that of the stored vector.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "cont": PAIRS,
    "new": PAIRS,
    # "mark": behind a bullet glyph or the number of a heading, where a capital says nothing.
    "inside": (*PAIRS, *(f"mark_{start}" for start in STARTS)),
    "cont_tail": TAILS,
    "new_tail": TAILS,
    "slack": tuple(str(n) for n in range(len(SLACK) + 1)),
    "broken_fill": tuple(str(n) for n in range(len(FILL) + 1)),
    "fill": tuple(str(n) for n in range(len(FILL) + 1)),
    "over": tuple(str(n) for n in range(len(OVER) + 1)),
    "cont_apart": tuple(str(n) for n in range(1, MOST_APART + 1)),
    "new_apart": tuple(str(n) for n in range(1, MOST_APART + 1)),
    "join": ("known", "unknown", "far"),
    "first": STARTS,
    "words": (
        "cont_affinity", "cont_after", "cont_opening", "cont_closing", "new_opening", "new_closing", "new_unended",
        "inside_affinity", "inside_after", "inside_opening", "inside_closing",
    ),
    "cont_blank": BLANKS,
    "new_blank": BLANKS,
    "page": (
        "split", "second_split", "meet", "full_enter", "full_leave", "full_row", "clash", "jump", "jump_number", "late",
        "hit", "columns_two", "columns_three", "unmet", "apart", "misnumbered", "full_ended",
    ),
    "hole": tuple(str(n) for n in range(len(HOLE) + 1)),
    "foot": tuple(str(n) for n in range(len(FOOT) + 1)),
    # Words of a line that ends in no mark although a paragraph opens below it, as titles do; its number left out.
    "title": tuple(str(n) for n in range(1, TITLE + 1)),
    # Whether such a line without a number opened its paragraph, as a title does, or is the last one of several.
    "sole": ("opened", "within"),
    # A line that opened its paragraph and may be a title, numbered or not: that it is one; that it is likelier one than
    # not, and by which log-odds, by all its words (`titles`).
    "whole": ("title", "likely", "likeness"),
    # Such a line that opened its paragraph, at the foot of the page and of a column that another follows.
    "bare": ("page", "column"),
    # What such a line holds that titles seldom do; the same of a row over the full width of a page with columns.
    "inner": ("stop", "common", "upper", "full_stop", "full_common", "full_upper"),
    # Log-odds of a page being woven, by how it reads as one stream (`stream.chain`).
    "woven": (
        "always", "mean", "poor", "weakest", "doubtful", "stopped", "roomy", "link", "stops", "torn",
    ),
    # A row of a page drawn by rows that holds a line of the right column and then one of the left.
    "crossed": ("row",),
}  # fmt: skip
START: Mapping[str, int] = {
    group: sum(len(GROUPS[other]) for other in list(GROUPS)[:place]) for place, group in enumerate(GROUPS)
}
NAMES = tuple(f"{group}_{member}" for group, members in GROUPS.items() for member in members)
# Not learned with the others, since simulated pages have no such rows; found on development pages.
UNLEARNED: Mapping[str, float] = {"crossed_row": -2.0}
INDEX: Mapping[str, int] = {name: position for position, name in enumerate(NAMES)}
assert len(INDEX) == len(NAMES)


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned from text.

    Attributes:
        values: One weight a name of `NAMES`, in natural-log units.
        words: Class of a word form in lower case; 0 is for all others.
        suffixes: Class of a word by its ending, tried from the longest.
        features: Number of each known feature of words, for the network.
        network: Tells how well words go together.
        titles: Tells how much a run of words is like a title.
        opening: (size,): how much likelier a class opens a sentence than it occurs, in steps of 1/16 natural-log
            units, as signed bytes.
        closing: The same for closing a sentence.
        faces: Widths of characters per type face, in thousandths of the type size.
        levels: Rising raw confidences and what they were worth on development pages.
        worth: Beside `levels`.
    """

    values: NDArray[np.float64]
    words: Mapping[str, int]
    suffixes: Mapping[str, int]
    features: Mapping[str, int] = field(repr=False)
    network: Network = field(repr=False)
    titles: Titles = field(repr=False)
    opening: NDArray[np.int8] = field(repr=False)
    closing: NDArray[np.int8] = field(repr=False)
    faces: tuple[Mapping[str, int], ...] = field(repr=False)
    levels: tuple[float, ...]
    worth: tuple[float, ...]

    def class_of(self, word: str) -> int:
        """Return the class of a word, punctuation around it left out."""
        bare = bare_of(word)
        known = self.words.get(bare)
        if known is not None:
            return known
        if holds_digit(bare):
            return 1
        for length in (5, 4, 3, 2):
            found = self.suffixes.get(bare[-length:]) if len(bare) > length else None
            if found is not None:
                return found
        return 0

    def features_of(self, word: str, start: int, end: int) -> tuple[int, ...]:
        """Return the numbers of what the network knows of a word; see `affinity.features_of`."""
        return tuple([self.features.get(name, NOTHING) for name in features_of(word, start, end)])

    def is_common(self, number: int) -> bool:
        """Return whether a class is that of one frequent word."""
        return 2 <= number < 2 + len(self.words)

    def calibrated(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what raw posteriors were worth on pages with known truth."""
        return np.interp(raw, self.levels, self.worth)


@cache
def load_weights(folder: Path) -> Weights:
    """Return the weights in `layout.npz` of a language's folder.

    Raises:
        FileNotFoundError: when the language has none; `python -m benchmarks.reading_order.train` writes them.
    """
    with np.load(folder / "layout.npz", allow_pickle=False) as stored:
        words = [str(word) for word in stored["words"]]
        suffixes = [str(suffix) for suffix in stored["suffixes"]]
        by_name = dict(zip((str(n) for n in stored["names"]), stored["values"].tolist(), strict=True))
        alphabet = [chr(code) for code in stored["alphabet"].tolist()]
        return Weights(
            np.array([UNLEARNED.get(name, by_name.get(name, 0.0)) for name in NAMES]),
            {word: n + 2 for n, word in enumerate(words)},
            {suffix: n + 2 + len(words) for n, suffix in enumerate(suffixes)},
            {str(name): n + 1 for n, name in enumerate(stored["features"])},
            Network(
                np.ascontiguousarray(stored["embeddings"]),
                np.ascontiguousarray(stored["bias"]),
                np.ascontiguousarray(stored["out"]),
                float(stored["shift"]),
            ),
            Titles(np.ascontiguousarray(stored["title_words"]), np.ascontiguousarray(stored["title_shapes"])),
            np.ascontiguousarray(stored["opening"]),
            np.ascontiguousarray(stored["closing"]),
            tuple(dict(zip(alphabet, face, strict=True)) for face in stored["faces"].tolist()),
            tuple(stored["levels"].tolist()),
            tuple(stored["worth"].tolist()),
        )
