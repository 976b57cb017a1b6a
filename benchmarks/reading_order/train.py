"""`python -m benchmarks.reading_order.train`: learns the weights of reading order, writes them and their provenance.

What belongs here: classes of words, mutual information, conditional logits, calibration. What does not:
the method that uses them. Everything is drawn from seeded generators; the same texts give the same file.
"""

import argparse
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path as FilePath

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfbase import pdfmetrics

from benchmarks.reading_order import pages, texts, truth
from benchmarks.reading_order.measure import judge
from pipeline.text.language import Language, load_language
from pipeline.text.layout import read_page
from pipeline.text.layout.rows import Reader, Row, end_of, make_rows
from pipeline.text.layout.score import UNIT, Scorer, pack, unpack
from pipeline.text.layout.search import Placement, Shape
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
    often = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = [word for word, _ in often if word and not any(map(str.isdigit, word))]
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
    rounded: NDArray[np.int8] = np.clip(np.round(information * UNIT), -127, 127).astype(np.int8)
    return rounded


def edges(corpus: Sequence[str], weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return how much likelier each class opens, and closes, a sentence than it occurs."""
    counted = np.zeros((3, weights.size))
    known: dict[str, tuple[int, bool]] = {}
    for text in corpus:
        fresh = True
        for word in text.split():
            if word not in known:
                known[word] = weights.class_of(word), end_of(word) == ENDS.index("stop")
            number, stop = known[word]
            counted[0, number] += 1
            counted[1, number] += fresh
            counted[2, number] += stop
            fresh = stop
    rest = counted[0] / counted[0].sum()
    found = [np.log((row + SHRINK) / (rest * row.sum() + SHRINK)) for row in counted[1:]]
    first, last = (np.clip(np.round(row * UNIT), -127, 127).astype(np.int8) for row in found)
    return first, last


def faces() -> NDArray[np.int32]:
    """Return the widths of the alphabet in a face between the usual ones, in thousandths of the type size."""
    kinds = ("Helvetica", "Times-Roman", "DejaVuSansCondensed", "DejaVuSerif")
    for kind in kinds:
        pages.register(kind)
    table = np.array([[pdfmetrics.stringWidth(c, kind, 1000) for c in ALPHABET] for kind in kinds])
    table = table / table[:, [ALPHABET.index(c) for c in "enatirodslgvh"]].mean(axis=1, keepdims=True) * 500
    return np.round(np.vstack([table[:2].mean(axis=0), table])).astype(np.int32)


FIXED = {
    "over_0": 0.0, "over_1": -0.5, "over_2": -2.0, "over_3": -4.0, "over_4": -7.0, "first_lower": -1.0,
    "first_upper": 0.3, "first_common": 0.5, "first_digit": 0.0, "first_bullet": 0.5, "first_open": 0.0,
    "first_number": 0.5,
    "split": -2.0, "second_split": -0.5, "meet": 0.0, "full_enter": -5.0, "full_leave": -3.0, "clash": -5.0,
    "jump": -2.5, "late": -1.5, "hit": 0.6,
    # A heading does not end in a comma; pages hold too few that were cut so for learning to find that out.
    **{f"{kind}_cut_heading_{start}": -3.0 for kind in ("cont", "new") for start in STARTS},
}  # fmt: skip


def first_weights() -> dict[str, float]:
    """Return where learning starts: what anyone would guess."""
    found = dict.fromkeys(NAMES, 0.0)
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
        "jump": -2.0, "late": -2.0,
        "first_lower": -1.0, "full_enter": -6.0, "full_leave": -4.0, "split": -1.0,
    }  # fmt: skip
    return found | guesses


def save(
    path: FilePath, words: Sequence[str], suffixes: Sequence[str], near: NDArray[np.int8], skip: NDArray[np.int8],
    ends: tuple[NDArray[np.int8], NDArray[np.int8]],
    values: NDArray[np.float64], levels: Sequence[float], worth: Sequence[float],
) -> None:  # fmt: skip
    """Write a weights file; the bytes depend on nothing but the arguments."""
    arrays = {
        "opening": ends[0], "closing": ends[1], "words": np.array(words), "suffixes": np.array(suffixes),
        "near": near, "skip": skip,
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
    single = page.book.setting.columns == 1 or (
        all(len(parts) == 1 for parts in page.parts)
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
    return Shape(tuple(widest.get(column, wide) if count == 2 else wide for column in range(count)), full)


Sample = tuple[list[tuple[int, float]], list[tuple[int, float]], int]


def samples(weights: Weights, language: Language, made: Sequence[truth.Page]) -> tuple[list[Sample], list[Sample]]:
    """Return pairs of segments, and places between words of one row, each with what it was.

    Pairs: 0 for two segments that do not follow each other, 1 for going on, 2 for opening. Wrong pairs are those that a
    search must tell from right ones: of two columns, of a row cut at a wrong word, of a row that was not cut. Places: 1
    inside a segment, 0 between two.
    """
    reader, rng = Reader(weights), random.Random(11)
    pairs: list[Sample] = []
    places: list[Sample] = []
    for page in made:
        rows = make_rows(page.lines, reader)
        if not 4 <= len(rows) <= 130:
            continue
        scorer = Scorer(rows, weights, language, reader.space)
        gold = true_path(page, rows)
        shape = true_shape(page, rows, gold)
        pairs += _pairs(scorer, shape, gold, rng)
        for number, (placement, _) in enumerate(gold):
            cuts = {unpack(segment)[1] for _, segment in placement[1:]}
            inner = [k for k in range(1, len(rows[number].ends)) if k not in cuts]
            chosen = [*sorted(cuts), *rng.sample(inner, min(2, len(inner)))]
            places += [(scorer.features_inside(rows[number], k), [], int(k not in cuts)) for k in chosen]
    return pairs, places


def _pairs(
    scorer: Scorer, shape: Shape, gold: Sequence[tuple[Placement, tuple[bool, ...]]], rng: random.Random
) -> list[Sample]:
    found: list[Sample] = []
    lasts: dict[int, int] = {}
    wrong: dict[int, list[int]] = {}

    def add(before: int, after: int, width: float, kind: int) -> None:
        cont = scorer.features_of_pair(before, after, width, opens=False)
        found.append((cont, scorer.features_of_pair(before, after, width, opens=True), kind))

    for number, (placement, opens) in enumerate(gold):
        count = len(scorer.rows[number].ends)
        if placement[0][0] < 0 or -1 in lasts:
            lasts, wrong = {}, {}
        for (column, segment), opening in zip(placement, opens, strict=True):
            width = shape.full if column < 0 else shape.widths[column]
            _, first, after = unpack(segment)
            if column in lasts:
                add(lasts[column], segment, width, 2 if opening else 1)
                shifted = [k for k in (first - 2, first - 1, first + 1, first + 2) if 0 < k < after and first > 0]
                false = [(lasts[column], pack(number, k, after)) for k in rng.sample(shifted, min(2, len(shifted)))]
                false += [(before, segment) for before in wrong.get(column, [])[:2]]
                for before, behind in false:
                    add(before, behind, width, 0)
            for last in (last for other, last in sorted(lasts.items()) if other != column):
                add(last, segment, width, 0)
        for column, segment in placement:
            _, first, after = unpack(segment)
            lasts[column] = segment
            ends = [k for k in (after - 2, after - 1, after + 1, after + 2, count) if first < k <= count and k != after]
            ends = [k for k in ends if after < count or rng.random() < 0.15]
            wrong[column] = [pack(number, first, k) for k in rng.sample(ends, min(2, len(ends)))]
    return found


def learn(found: Sequence[Sample], rounds: int = 400, penalty: float = 1e-3) -> NDArray[np.float64]:
    """Return weights of a conditional logit, the kinds weighing the same; other weights are 0.

    A sample's kinds score 0 (wrong), its first features (1) and its second features (2, when it has any).
    """
    count, size = len(found), len(NAMES)
    first, second = np.zeros((count, size), np.float32), np.zeros((count, size), np.float32)
    kinds = np.array([kind for _, _, kind in found])
    for n, (one, two, _) in enumerate(found):
        for position, value in one:
            first[n, position] += value
        for position, value in two:
            second[n, position] += value
    possible = np.array([[0.0, 0.0, 0.0 if two else -1e9] for _, two, _ in found])
    right = kinds > 0
    share = np.where(right, 0.5 / max(right.sum(), 1), 0.5 / max((~right).sum(), 1))
    wanted = np.eye(3)[kinds]
    values, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, rounds + 1):
        scores = np.stack([np.zeros(count), first @ values, second @ values], axis=1) + possible
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        gap = (chances - wanted) * share[:, None]
        slope = first.T @ gap[:, 1] + second.T @ gap[:, 2] + penalty * values / 10
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        values -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    loss = -(np.log(chances[np.arange(count), kinds]) * share).sum()
    print(f"{count} samples, log loss {loss:.4f}, right {(chances.argmax(axis=1) == kinds).mean():.4f}", flush=True)
    return values


def combined(pairs: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return all weights: the learned ones, and the few that are set, since they stand for rules of typesetting."""
    fixed = FIXED
    values = np.where(np.array([name.startswith("inside") for name in NAMES]), places, pairs)
    for name, value in fixed.items():
        values[INDEX[name]] = value
    return np.asarray(values)


def calibrate(language: Language, count: int) -> tuple[list[float], list[float]]:
    """Return rising posteriors and how often segments with them stood right, on development pages that were searched.

    Source of the method: pool adjacent violators (isotonic regression), on means of equal counts.
    """
    marks: list[tuple[float, bool]] = []
    for page in make_pages("develop", 2, count):
        reading = read_page(page.lines, language)
        if len({segment.confidence for segment in reading.segments}) > 1:
            marks += judge(page, reading.segments)[0].marks
    marks.sort()
    bins = [marks[n * len(marks) // 40 : (n + 1) * len(marks) // 40] for n in range(40)]
    pooled: list[list[float]] = []
    for part in bins:
        pooled.append([sum(c for c, _ in part), float(sum(r for _, r in part)), float(len(part))])
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2] - 1e-9:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last, strict=True)]
    levels = [0.0, *(total / number for total, _, number in pooled), 1.0]
    worth = [pooled[0][1] / pooled[0][2] * 0.9, *(min(right / number, 0.995) for _, right, number in pooled)]
    worth.append(min(worth[-1] + 0.002, 0.999))
    rising = [n for n in range(len(levels)) if n == 0 or levels[n] > levels[n - 1] + 1e-6]
    spread = [min(worth[n] + 1e-4 * levels[n], 1.0) for n in rising]
    return [round(levels[n], 5) for n in rising], [round(value, 5) for value in spread]


def _provenance(path: FilePath, corpus: Sequence[str], arguments: Sequence[str]) -> dict[str, object]:
    """Return what a weights file was made of."""
    return {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "command": " ".join(["python -m benchmarks.reading_order.train", *arguments]),
        "seeds": "fixed in the code; texts, arguments and library versions decide the rest",
        "texts": [{"name": name, "licence": licence} for name, licence in texts.LICENCES.items()],
        "texts_sha256": hashlib.sha256("\n".join(corpus).encode()).hexdigest(),
        "characters": sum(map(len, corpus)),
        "holds": "counts of word classes as rounded mutual information, character widths and fitted weights; no text",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="nl")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--guess", action="store_true", help="stop after the words, with guessed weights")
    parser.add_argument("--fixed", action="store_true", help="keep what was learned; renew the weights that are set")
    parser.add_argument("--calibrate", type=int, default=150, metavar="PAGES", help="0 leaves posteriors as they are")
    options = parser.parse_args(arguments)
    language = load_language(options.language)
    known = load_weights(language.folder).values.copy() if options.fixed else np.zeros(len(NAMES))
    path = language.folder / "layout.npz"
    corpus = training_texts()
    words, suffixes = classes(corpus)
    size = len(words) + len(suffixes) + 2
    empty = np.zeros((size, size), dtype=np.int8)
    start = np.array([first_weights()[name] for name in NAMES])
    save(path, words, suffixes, empty, empty, (empty[0], empty[0]), start, (0.0, 1.0), (0.0, 1.0))
    load_weights.cache_clear()
    bare = load_weights(language.folder)
    near, skip, ends = mutual(corpus, bare, 1), mutual(corpus, bare, 2), edges(corpus, bare)
    save(path, words, suffixes, near, skip, ends, start, (0.0, 1.0), (0.0, 1.0))
    load_weights.cache_clear()
    values = start
    if options.fixed:
        values = known
        for name, value in FIXED.items():
            values[INDEX[name]] = value
        save(path, words, suffixes, near, skip, ends, values, (0.0, 1.0), (0.0, 1.0))
    elif not options.guess:
        pairs, places = samples(load_weights(language.folder), language, make_pages("train", 1, options.pages))
        values = combined(learn(pairs), learn(places))
        save(path, words, suffixes, near, skip, ends, values, (0.0, 1.0), (0.0, 1.0))
    if options.calibrate:
        load_weights.cache_clear()
        levels, worth = calibrate(language, options.calibrate)
        print(list(zip(levels, worth, strict=True)))
        save(path, words, suffixes, near, skip, ends, values, levels, worth)
    provenance = _provenance(path, corpus, sys.argv[1:] if arguments is None else arguments)
    (language.folder / "layout.json").write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")
    print(path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
