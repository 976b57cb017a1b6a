"""`python -m benchmarks.reading_order.train`: learns the weights of reading order and writes them with their provenance.

What belongs here: classes of words, mutual information, the averaged structured perceptron, calibration. What does not:
the method that uses them. Everything is drawn from seeded generators; the same texts give the same file.
"""

import argparse
import hashlib
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfbase import pdfmetrics

from benchmarks.reading_order import pages, texts, truth
from pipeline.text.language import Language, load_language
from pipeline.text.layout.page import best_path
from pipeline.text.layout.rows import Reader, Row, end_of, make_rows
from pipeline.text.layout.score import UNIT, Scorer, pack, unpack
from pipeline.text.layout.search import Placement, Search, Shape
from pipeline.text.layout.weights import ENDS, FILL, INDEX, NAMES, OVER, SLACK, STARTS, Weights, load_weights

WORDS, SUFFIXES = 1200, 250
SHRINK = 2.0
ALPHABET = "".join(chr(n) for n in range(32, 127)) + "áàâäãåéèêëíìîïóòôöõúùûüçñÁÀÂÄÉÈËÏÍÓÖÜß€£§©«»‘’‚“”„–—…•·°"
_EDGES = re.compile(r"^\W+|\W+$")


def training_texts() -> list[str]:
    """Return the texts that words are learned from; the statements count several times, as they are few."""
    return [*texts.prose("train"), *texts.documentation(), *(4 * texts.statements("train"))]


def classes(corpus: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the word forms and the endings that have a class of their own."""
    counts: Counter[str] = Counter()
    for text in corpus:
        counts.update(_EDGES.sub("", word).lower() for word in text.split())
    words = [w for w, _ in sorted(counts.items(), key=lambda i: (-i[1], i[0])) if w and not any(map(str.isdigit, w))]
    known = set(words[:WORDS])
    endings: Counter[str] = Counter()
    for word, number in counts.items():
        if word not in known and word.isalpha():
            for length in (2, 3, 4, 5):
                if len(word) > length:
                    endings[word[-length:]] += number * (1 + length // 3)
    ranked = sorted(endings.items(), key=lambda item: (-item[1], item[0]))
    return words[:WORDS], [ending for ending, _ in ranked[:SUFFIXES]]


def mutual(corpus: Sequence[str], weights: Weights, apart: int) -> NDArray[np.int8]:
    """Return shrunken pointwise mutual information of the classes of words so far apart, within clauses."""
    size = weights.size
    joint = np.zeros((size, size))
    known: dict[str, tuple[int, int]] = {}
    for text in corpus:
        row = []
        for word in text.split():
            if word not in known:
                known[word] = weights.class_of(word), end_of(word)
            row.append(known[word])
        for n in range(len(row) - apart):
            if all(row[n + k][1] in {0, 1} for k in range(apart)):
                joint[row[n][0], row[n + apart][0]] += 1
    left, right, total = joint.sum(1), joint.sum(0), joint.sum()
    expected = np.outer(left, right) / total
    information = np.log((joint + SHRINK) / (expected + SHRINK))
    return np.clip(np.round(information * UNIT), -127, 127).astype(np.int8)


def faces() -> NDArray[np.int32]:
    """Return the widths of the alphabet in a face between the usual ones, in thousandths of the type size."""
    kinds = ("Helvetica", "Times-Roman", "DejaVuSansCondensed", "DejaVuSerif")
    for kind in kinds:
        pages.register(kind)
    table = np.array([[pdfmetrics.stringWidth(c, kind, 1000) for c in ALPHABET] for kind in kinds])
    table = table / table[:, [ALPHABET.index(c) for c in "enatirodslgvh"]].mean(axis=1, keepdims=True) * 500
    return np.round(np.vstack([table[:2].mean(axis=0), table])).astype(np.int32)


def first_weights() -> dict[str, float]:
    """Return where learning starts: what anyone would guess."""
    found = {name: 0.0 for name in NAMES}
    for end in ENDS:
        for start in STARTS:
            stop, lower = end in {"stop", "close"}, start == "lower"
            found[f"cont_{end}_{start}"] = 1.0 if lower and not stop else -1.5 if lower else 0.0 if stop else -1.0
            found[f"new_{end}_{start}"] = 1.0 if stop and not lower else -3.0 if lower else -1.0
            found[f"inside_{end}_{start}"] = 1.0 if lower and not stop else -1.0 if lower else 0.0 if stop else -0.5
    for n in range(len(SLACK) + 1):
        found[f"slack_{n}"] = -4.0 if n < 3 else -2.0 if n < 6 else 0.0 if n < 8 else 1.5
    for n in range(len(OVER) + 1):
        found[f"over_{n}"] = (0.0, -0.5, -1.0, -3.0, -6.0)[n]
    for n in range(len(FILL) + 1):
        found[f"fill_{n}"] = 0.0 if n < len(FILL) - 1 else -0.5
    guesses = {
        "cont_tail_bare": -2.0, "new_tail_spaced": -2.0, "cont_tail_spaced": 1.0, "new_tail_bare": 1.0,
        "cont_near": 1.0, "cont_left": 0.5, "cont_right": 0.5, "inside_near": 1.0, "inside_left": 0.5,
        "inside_right": 0.5, "join_known": 2.0, "join_far": -2.0, "cont_blank": -2.0, "new_blank": 1.0, "clash": -4.0,
        "first_lower": -1.0, "full_enter": -6.0, "full_leave": -4.0, "split": -1.0,
    }  # fmt: skip
    return found | guesses


def save(
    path: Path, words: Sequence[str], suffixes: Sequence[str], near: NDArray[np.int8], skip: NDArray[np.int8],
    values: NDArray[np.float64], levels: Sequence[float], worth: Sequence[float],
) -> None:  # fmt: skip
    """Write a weights file; the bytes depend on nothing but the arguments."""
    arrays = {
        "words": np.array(words), "suffixes": np.array(suffixes), "near": near, "skip": skip,
        "names": np.array(NAMES), "values": np.round(values, 4), "faces": faces(),
        "alphabet": np.array([ord(c) for c in ALPHABET]), "levels": np.array(levels), "worth": np.array(worth),
    }  # fmt: skip
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


# --- pages -----------------------------------------------------------------------------------------------------------


def make_pages(part: texts.Part, seed: int, count: int) -> list[truth.Page]:
    """Return simulated pages: 60 % two columns, 15 % three, the rest one column or in order."""
    found = []
    for number in range(count):
        rng = random.Random(f"{part}-{seed}-{number}")
        of_statements = rng.random() < 0.5
        columns = rng.choice((2,) * 13 + (3,) * 4 + (1,) * 3)
        source = texts.bullets_of_statements if of_statements else texts.bullets_of_prose
        bullets = source(part, rng.randrange(10**9), 160)
        setting = pages.draw_setting(rng, columns, of_statements)
        book = pages.typeset(setting, bullets, texts.headings(part, number, 12), rng)
        as_is = columns == 1 or rng.random() < 0.1
        found.append((truth.ordered if as_is else truth.woven)(book, 0, rng.random() < 0.5))
    return found


def true_path(page: truth.Page, rows: Sequence[Row]) -> list[tuple[Placement, tuple[bool, ...]]]:
    """Return placements and openings of a page as they were drawn."""
    single = (
        page.book.setting.columns == 1
        or all(len(parts) == 1 for parts in page.parts)
        and [parts[0] for parts in page.parts] == [line for line in page.book.lines if line.page == page.number]
    )
    seen: set[int] = set()
    found = []
    for number, (row, parts) in enumerate(zip(rows, page.parts, strict=True)):
        at, placement, opens = 0, [], []
        for part in parts:
            after = at + len(part.text.split())
            whole = single or part.column == 0
            placement.append((-1 if whole else part.column - 1, pack(number, at, after)))
            opens.append(part.paragraph not in seen)
            seen.add(part.paragraph)
            at = after
        assert at == len(row.ends), row.line.text
        found.append((tuple(placement), tuple(opens)))
    return _first_opens(found)


def _first_opens(path: list[tuple[Placement, tuple[bool, ...]]]) -> list[tuple[Placement, tuple[bool, ...]]]:
    """The first segment of every column opens in a path: the search cannot know better there."""
    seen: set[int] = set()
    found: list[tuple[Placement, tuple[bool, ...]]] = []
    full = False
    for placement, opens in path:
        if (placement[0][0] < 0) != full:
            seen, full = set(), placement[0][0] < 0
        found.append((placement, tuple(o or c not in seen for (c, _), o in zip(placement, opens, strict=True))))
        seen |= {c for c, _ in placement}
    return found


def true_shape(page: truth.Page, rows: Sequence[Row], path: Sequence[tuple[Placement, tuple[bool, ...]]]) -> Shape:
    """Return the shape that the drawn lines have in the reader's widths."""
    full = float(max(row.width for row in rows))
    widest: dict[int, float] = {}
    for placement, _ in path:
        for column, segment in placement:
            number, first, after = unpack(segment)
            size = rows[number].right[after - 1] - rows[number].left[first]
            widest[column] = max(widest.get(column, 0.0), float(size))
    columns = [column for column in sorted(widest) if column >= 0]
    if not columns:
        return Shape((), full)
    wide = max(widest[column] for column in columns)
    count = max(page.book.setting.columns, max(columns) + 1)
    return Shape((wide,) * count, full)


def counts(scorer: Scorer, shape: Shape, path: Sequence[tuple[Placement, tuple[bool, ...]]]) -> NDArray[np.float64]:
    """Return how much of every weight a path uses."""
    total = np.zeros(len(NAMES))
    from pipeline.text.layout.search import FAR, STEP, settle  # noqa: PLC0415

    def add(name: str, value: float = 1.0) -> None:
        total[INDEX[name]] += value

    lasts: dict[int, int] = {}
    gaps = ((0.0, FAR),) * len(shape.widths)
    full: bool | None = None
    for number, (placement, opens) in enumerate(path):
        row = scorer.rows[number]
        whole = placement[0][0] < 0
        if whole != full:
            if full is not None:
                add("full_enter" if whole else "full_leave")
            lasts, gaps, full = {}, ((0.0, FAR),) * len(shape.widths), whole
        steps = []
        if len(placement) > 1:
            add("split")
            add("meet", len(placement) - 1)
            add("second_split", len(placement) - 2)
        for n, ((column, segment), opening) in enumerate(zip(placement, opens, strict=True)):
            _, first, after = unpack(segment)
            width = shape.full if whole else shape.widths[column]
            size = row.right[after - 1] - row.left[first]
            add(f"over_{int(np.searchsorted(OVER, size / width))}")
            if n:
                for position, value in scorer.features_inside(row, first):
                    total[position] -= value
            if column in lasts:
                for position, value in scorer.features_of_pair(lasts[column], segment, width, opening):
                    total[position] += value
                steps.append(shape.gap if opening else STEP)
            else:
                add(f"first_{STARTS[row.begins[first]]}")
                steps.append((0.0, 2 * FAR))
            lasts[column] = segment
        if not whole:
            gaps, clash = settle(gaps, [c for c, _ in placement], steps)
            add("clash", float(clash))
    return total


def learn(
    weights: Weights, language: Language, made: Sequence[truth.Page], rounds: int, values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the averaged weights of a structured perceptron over pages.

    Source of the method: M. Collins, Discriminative Training Methods for Hidden Markov Models (2002).
    """
    values = values.copy()
    total, steps = np.zeros_like(values), 0
    reader = Reader(weights)
    for turn in range(rounds):
        wrong = placed = 0
        for page in made:
            rows = make_rows(page.lines, reader)
            if len(rows) < 4:
                continue
            current = Weights(values, weights.words, weights.suffixes, weights.near, weights.skip, weights.size,
                              weights.faces, weights.levels, weights.worth)  # fmt: skip
            scorer = Scorer(rows, current, language, reader.space)
            gold = true_path(page, rows)
            shape = true_shape(page, rows, gold)
            rivals = [shape] if shape.widths else [shape, *_rivals(rows)]
            if shape.widths:
                rivals.append(Shape((), shape.full))
            paths = [(Search(scorer, rival, beam=12).run(), rival) for rival in rivals]
            path, guess = max(paths, key=lambda pair: pair[0].score)
            found = list(zip(path.placements, path.opens, strict=True))
            wrong += sum(1 for a, b in zip(found, gold, strict=True) if a[0] != b[0])
            placed += len(gold)
            if found != gold:
                step = counts(scorer, shape, gold) - counts(scorer, guess, found)
                values += 0.05 * step / math.sqrt(1 + np.abs(step).max())
            total += values
            steps += 1
        print(f"round {turn + 1}: {wrong / placed:.4f} of rows placed wrongly", flush=True)
    return total / steps


def _rivals(rows: Sequence[Row]) -> list[Shape]:
    from pipeline.text.layout.widths import shapes  # noqa: PLC0415

    return shapes(rows, 2, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="nl")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--guess", action="store_true", help="stop after the words, with guessed weights")
    options = parser.parse_args(arguments)
    language = load_language(options.language)
    path = language.folder / "layout.npz"
    corpus = training_texts()
    words, suffixes = classes(corpus)
    size = len(words) + len(suffixes) + 2
    empty = np.zeros((size, size), dtype=np.int8)
    start = np.array([first_weights()[name] for name in NAMES])
    save(path, words, suffixes, empty, empty, start, (0.0, 1.0), (0.0, 1.0))
    load_weights.cache_clear()
    bare = load_weights(language.folder)
    near, skip = mutual(corpus, bare, 1), mutual(corpus, bare, 2)
    save(path, words, suffixes, near, skip, start, (0.0, 1.0), (0.0, 1.0))
    load_weights.cache_clear()
    values = start
    if not options.guess:
        values = learn(
            load_weights(language.folder), language, make_pages("train", 1, options.pages), options.rounds, start
        )
        save(path, words, suffixes, near, skip, values, (0.0, 1.0), (0.0, 1.0))
    print(path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
