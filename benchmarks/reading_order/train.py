"""`python -m benchmarks.reading_order.train`: learns the weights of reading order, writes them and their provenance.

What belongs here: classes of words, learning from pages, calibration. What does not: the network (`junctions`), the
method that uses all this. Everything is drawn from seeded generators; the same texts give the same file.
"""

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfbase import pdfmetrics

from benchmarks.reading_order import junctions, pages, texts, titles, truth
from benchmarks.reading_order.measure import judge
from pipeline.text.language import Language, load_language
from pipeline.text.layout import read_page
from pipeline.text.layout.affinity import bare_of
from pipeline.text.layout.choice import THEN, best_reading, one_stream
from pipeline.text.layout.page import LEAST_ROWS
from pipeline.text.layout.paths import Found
from pipeline.text.layout.placements import FULL, MOST_COLUMNS
from pipeline.text.layout.rows import Reader, Rows, end_of
from pipeline.text.layout.score import UNIT, Tables, make_tables, pack
from pipeline.text.layout.search import Shape, Sheet, counts_of, find, with_gaps
from pipeline.text.layout.weights import (
    ENDS,
    FILL,
    GROUPS,
    INDEX,
    MOST_APART,
    NAMES,
    OVER,
    SLACK,
    START,
    STARTS,
    Weights,
    load_weights,
)
from pipeline.text.layout.widths import measured, sizes_of

WORDS, SUFFIXES = 1200, 250
SHRINK = 2.0
LEARNING_RATE, PENALTY, MARGIN = 0.05, 1e-4, 0.7
RIDGE = 0.3
REPORTS = 0.7  # of the pages of statements
HALVES: tuple[tuple[texts.Part, texts.Part], ...] = (("train-1", "train-2"), ("train-2", "train-1"))
ALPHABET = "".join(chr(n) for n in range(32, 127)) + "áàâäãåéèêëíìîïóòôöõúùûüçñÁÀÂÄÉÈËÏÍÓÖÜß€£§©«»‘’‚“”„–—…•·°"


def training_texts(part: texts.Part = "train") -> list[str]:
    """Return the texts that words are learned from, those nearest to reports several times, as they are few."""
    reports = [text for report in texts.reports(part) for text in (*report.titles, *report.bullets)]
    near = [*reports, *texts.further()]
    return [*(3 * texts.prose(part)), *texts.documentation(), *(5 * texts.statements(part)), *(3 * near)]


def classes(corpus: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the word forms and the endings that have a class of their own."""
    counts: Counter[str] = Counter()
    for text in corpus:
        counts.update(bare_of(word) for word in text.split())
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


def edges(corpus: Sequence[str], weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return how much likelier each class opens, and closes, a sentence than it occurs."""
    counted = np.zeros((3, len(weights.words) + len(weights.suffixes) + 2))
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


def first_weights() -> NDArray[np.float64]:
    """Return where learning starts: what anyone would guess."""
    found = dict.fromkeys(NAMES, 0.0)
    for end in ENDS:
        for start in STARTS:
            stop, lower, heading = end in {"stop", "close"}, start == "lower", end.endswith("heading")
            complete = stop or end in {"heading", "short"}
            found[f"cont_{end}_{start}"] = 1.0 if lower and not stop else -1.5 if lower or heading else 0.0
            found[f"new_{end}_{start}"] = 1.0 if complete and not lower else -3.0 if lower else -1.0
            found[f"inside_{end}_{start}"] = 1.0 if lower and not stop else -1.0 if lower else 0.0 if stop else -0.5
    for start in STARTS:
        found[f"inside_mark_{start}"] = 2.0
    for n in range(len(SLACK) + 1):
        found[f"slack_{n}"] = -4.0 if n < 3 else -2.0 if n < 6 else 0.0 if n < 9 else 1.5
    for n in range(len(OVER) + 1):
        found[f"over_{n}"] = (0.0, -0.5, -1.0, -2.0, -4.0, -7.0)[n]
    for n in range(len(FILL) + 1):
        found[f"fill_{n}"] = 0.0 if n < len(FILL) - 1 else -0.5
        found[f"broken_fill_{n}"] = -3.0 if n < 3 else 1.0
    for n in range(1, MOST_APART + 1):
        found[f"cont_apart_{n}"] = found[f"new_apart_{n}"] = -0.5 * (n - 1)
    found |= {
        "cont_tail_bare": -2.0, "new_tail_spaced": -2.0, "cont_tail_spaced": 1.0, "new_tail_bare": 1.0,
        "words_cont_affinity": 1.0, "words_cont_after": 0.5, "words_inside_affinity": 1.0, "words_inside_after": 0.5,
        "words_cont_opening": -0.2, "words_new_opening": 0.3,
        "words_cont_closing": -0.2, "words_new_closing": 0.3, "words_inside_opening": -0.2,
        "join_known": 2.0, "join_far": -2.0, "cont_blank_present": -2.0, "new_blank_present": 1.0,
        "new_blank_absent": -1.0, "first_lower": -1.0, "first_upper": 0.3, "first_common": 0.5, "first_bullet": 0.5,
        "first_number": 0.5, "page_split": -2.0, "page_second_split": -0.5, "page_full_enter": -5.0,
        "page_full_leave": -3.0, "page_clash": -5.0, "page_jump": -2.5, "page_jump_number": -1.5, "page_late": -1.5,
        "page_hit": 0.6, "page_columns_two": -6.0, "page_columns_three": -11.0, "page_unmet": -15.0,
        "page_apart": -15.0, "page_misnumbered": -3.0, "page_full_ended": -1.0, "bare_page": -1.0, "bare_column": -1.0,
        "inner_stop": -2.5, "inner_common": -2.5, "inner_upper": -1.5, "inner_full_stop": -4.0,
        "inner_full_common": -4.0, "inner_full_upper": -3.0,
        # Found on development pages.
        "whole_title": 1.1, "whole_likely": 0.65, "whole_likeness": 0.4,
    }  # fmt: skip
    return np.array([found[name] for name in NAMES])


def save(path: FilePath, weights: Weights) -> None:
    """Write a weights file; the bytes depend on nothing but the weights."""
    arrays = {
        "opening": weights.opening, "closing": weights.closing, "words": np.array(list(weights.words)),
        "suffixes": np.array(list(weights.suffixes)), "features": np.array(list(weights.features)),
        **weights.network._asdict(), "title_words": weights.titles.words, "title_shapes": weights.titles.shapes,
        "names": np.array(NAMES), "values": np.round(weights.values, 4),
        "faces": np.array([list(face.values()) for face in weights.faces], dtype=np.int32),
        "alphabet": np.array([ord(c) for c in weights.faces[0]]),
        "levels": np.array(weights.levels), "worth": np.array(weights.worth),
    }  # fmt: skip
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def words_of(corpus: Sequence[str], rounds: int) -> Weights:
    """Return weights that know the words of texts, and of pages what anyone would guess."""
    words, suffixes = classes(corpus)
    names = junctions.known_features(corpus)
    table = faces().tolist()
    bare = Weights(
        first_weights(),
        {word: n + 2 for n, word in enumerate(words)},
        {suffix: n + 2 + len(words) for n, suffix in enumerate(suffixes)},
        {name: n + 1 for n, name in enumerate(names)},
        junctions.train(corpus, names, rounds),
        titles.unknown(len(names)),
        np.zeros(0, np.int8),
        np.zeros(0, np.int8),
        tuple(dict(zip(ALPHABET, face, strict=True)) for face in table),
        (0.0, 1.0),
        (0.0, 1.0),
    )
    opening, closing = edges(corpus, bare)
    return replace(bare, opening=opening, closing=closing, titles=titles.learn(bare, load_language("nl")))


# --- pages -----------------------------------------------------------------------------------------------------------


def make_pages(part: texts.Part, seed: int, count: int) -> list[truth.Page]:
    """Return simulated pages: 60 % two columns, 15 % three, the rest one column or in order; a third of reports."""
    found = []
    for number in range(count):
        rng = random.Random(f"{part}-{seed}-{number}")
        of_statements = rng.random() < 0.5
        columns = rng.choice((2,) * 13 + (3,) * 3 + (1,) * 4)
        source = texts.bullets_of_statements if of_statements else texts.bullets_of_prose
        bullets = source(part, rng.randrange(10**9), 160)
        titles: Sequence[str] = texts.headings(part, number, 12)
        setting, opens = pages.draw_setting(rng, columns, of_statements), None
        if of_statements and rng.random() < REPORTS:
            report = texts.outline(part, rng.randrange(10**9), len(bullets))
            bullets, titles, opens = list(report.bullets), report.titles, report.opens
            setting = pages.as_report(setting, rng)
        book = pages.typeset(setting, bullets, titles, rng, opens=opens)
        as_is = columns == 1 or rng.random() < 0.1
        found.append((truth.ordered if as_is else truth.woven)(book, 0, rng.random() < 0.5))
    return found


def true_path(page: truth.Page, rows: Rows) -> tuple[Found, Shape]:
    """Return a page as it was drawn, as a path and its shape with columns but without widths."""
    lines = [line for line in page.book.lines if line.page == page.number and line.kind != "furniture"]
    single = page.book.setting.columns == 1 or [parts[0] for parts in page.parts if len(parts) == 1] == lines
    count = len(rows)
    parts_of, opens = np.zeros(count, np.int64), np.zeros((count, MOST_COLUMNS), np.bool_)
    columns, segments = np.zeros((count, MOST_COLUMNS), np.int64), np.zeros((count, MOST_COLUMNS), np.int64)
    seen: set[int] = set()
    begun: set[int] = set()
    for row, parts in enumerate(page.parts):
        at, parts_of[row] = 0, len(parts)
        full = single or parts[0].column == 0
        if full != (FULL in begun):
            begun = set()
        for n, part in enumerate(parts):
            after = at + len(part.text.split())
            columns[row, n] = FULL if full else part.column - 1
            segments[row, n] = pack(row, at, after)
            # The search cannot know better at the top of a column than that its first segment opens.
            opens[row, n] = part.paragraph not in seen or columns[row, n] not in begun
            at = after
        seen |= {part.paragraph for part in parts}
        begun |= set(columns[row, : len(parts)].tolist())
        assert at == len(rows.spans(row)), rows.lines[row].text
    widths = () if single else (float(rows.widths.max()),) * page.book.setting.columns
    path = Found(0.0, parts_of, columns, segments, opens, np.zeros((count, MOST_COLUMNS)))
    return path, Shape(widths, float(rows.widths.max()) * 1.004)


def true_shape(rows: Rows, tables: Tables, path: Found, supposed: Shape) -> Shape:
    """Return the widths and the gap that the drawn lines show, in the reader's measure."""
    if not supposed.widths:
        return replace(supposed, full=one_stream(Sheet.of(rows, tables)).width)
    widest = [max(sizes, default=0.0) for sizes in sizes_of(rows, path, len(supposed.widths))]
    wide = max(widest)
    widths = tuple(size * 1.004 if size > 0.4 * wide else wide for size in widest)
    return with_gaps(path, measured(rows, path, replace(supposed, widths=widths)), 1)[0]


Pages = Sequence[tuple[Sequence[truth.Page], Weights]]  # with the weights that know words, but not those of the pages


def learn(
    made: Pages, language: Language, rounds: int, rate: float, groups: Sequence[str] = tuple(GROUPS)
) -> NDArray[np.float64]:
    """Return weights that read the pages right by a margin.

    Source of the method: averaged structured perceptron (Collins 2002) with margin-rescaled decoding (Taskar et al.
    2003): every page is read as well as the present weights can, readings that differ from the truth favoured by a
    margin a row; the weights move towards the truth's terms and away from those of what was read.

    Args:
        made: The pages.
        language: Of the texts.
        rounds: How often to go through them.
        rate: How far a page moves the weights in the first round.
        groups: Of weights, as in `GROUPS`, that are learned; the others stay as they are.
    """
    free = np.array([group in groups for group, members in GROUPS.items() for _ in members])
    values, mean = made[0][1].values, np.zeros(len(NAMES))
    samples = [(rows, tables, *true_path(page, rows)) for page, rows, tables in _rows_of(made, language)]
    rng, seen = random.Random(17), 0
    for turn in range(rounds):
        rng.shuffle(samples)
        step, wrong = rate / (1 + turn), 0
        for n, (rows, tables, path, supposed) in enumerate(samples):
            now = tables._replace(values=values)
            # Reading a page freely is what counts but takes longest, so it is done in turns.
            freely = not supposed.widths or (n + turn) % 2 == 0
            slope = _slope(Sheet.of(rows, now), path, true_shape(rows, now, path, supposed), freely=freely)
            values = values + step * free * (np.clip(slope, -8, 8) - PENALTY * values)
            wrong += bool(slope.any())
            if turn or rounds == 1:  # the first round is on its way
                mean += values
                seen += 1
            if n % 100 == 99:
                print(
                    f"round {turn + 1}/{rounds}, page {n + 1}/{len(samples)}, {wrong} not right by a margin", flush=True
                )
    return mean / seen


def _slope(sheet: Sheet, path: Found, shape: Shape, *, freely: bool) -> NDArray[np.float64]:
    """Return the terms of the truth less those of what the weights would read, under the true shape or freely."""
    right = counts_of(sheet, shape, path)
    rivals = [best_reading(sheet, one_stream(sheet))] if freely else []
    if shape.widths:
        states = THEN[len(shape.widths)]
        rivals.append((find(sheet, shape, *states, truth=path, penalty=MARGIN), shape))
    rival, under = max(rivals, key=lambda one: one[0].score)
    if rival.score < right @ sheet.tables.values or (_same(rival, path) and len(under.widths) == len(shape.widths)):
        return np.zeros(len(NAMES))
    return right - counts_of(sheet, under, rival)


def _same(one: Found, other: Found) -> bool:
    return all(bool(np.array_equal(a, b)) for a, b in zip(one[1:5], other[1:5], strict=True))


def _rows_of(made: Pages, language: Language) -> Iterator[tuple[truth.Page, Rows, Tables]]:
    """Yield the pages that are long enough, with their rows and tables."""
    for some, weights in made:
        reader, tables = Reader(weights, language), make_tables(weights)
        for page in some:
            rows = reader.rows(page.lines)
            if len(rows) >= LEAST_ROWS:
                yield page, rows, tables


def _halves(count: int, rounds: int) -> Pages:
    """Return pages of either half of the training texts, with what the other half teaches of words.

    Words that the network was trained on seem to go together better than any words of a new page will.
    """
    return [(make_pages(own, 1, count // 2), words_of(training_texts(other), rounds)) for own, other in HALVES]


def tell_woven(made: Pages, language: Language) -> NDArray[np.float64]:
    """Return weights with those by which a page that is woven is told from others: a logistic regression."""
    found, woven = [], []
    for page, rows, tables in _rows_of(made, language):
        found.append(one_stream(Sheet.of(rows, tables)).terms)
        woven.append(bool(true_path(page, rows)[1].widths))  # whether or not any of its rows were merged
    terms, wanted = np.array(found), np.array(woven)
    values = np.zeros(terms.shape[1])
    for _ in range(20):  # Newton's method
        likely = 1 / (1 + np.exp(-terms @ values))
        slope = terms.T @ (likely - wanted) + RIDGE * values
        curve = (terms * (likely * (1 - likely))[:, None]).T @ terms + RIDGE * np.eye(len(values))
        values -= np.linalg.solve(curve, slope)
    learned = made[0][1].values.copy()
    learned[START["woven"] : START["woven"] + len(values)] = values
    return learned


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


def _provenance(
    path: FilePath, corpus: Sequence[str], arguments: Sequence[str], told: Mapping[str, float]
) -> dict[str, object]:
    """Return what a weights file was made of."""
    return {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "command": " ".join(["python -m benchmarks.reading_order.train", *arguments]),
        "seeds": "fixed in the code; texts, arguments and library versions decide the rest",
        "holds": "word forms and endings, a network over them, character widths and fitted weights; no text",
        **_words_from(corpus, told),
    }


def _words_from(corpus: Sequence[str], told: Mapping[str, float]) -> dict[str, object]:
    """Return what words were learned from, and how well."""
    return {
        "texts": [{"name": name, "licence": licence} for name, licence in texts.LICENCES.items()],
        "texts_sha256": hashlib.sha256("\n".join(corpus).encode()).hexdigest(),
        "characters": sum(map(len, corpus)),
        "true_neighbours_told_from_random_words": dict(told),
    }


def _stored(path: FilePath) -> NDArray[np.float64]:
    """Return the weights that a file holds; those that it does not know yet are what anyone would guess."""
    with np.load(path, allow_pickle=False) as stored:
        known = dict(zip(map(str, stored["names"]), stored["values"].tolist(), strict=True))
    return np.array([known.get(name, guess) for name, guess in zip(NAMES, first_weights().tolist(), strict=True)])


def _only_pages(path: FilePath, language: Language, options: argparse.Namespace) -> int:
    """Go on learning from the weights that the file holds, with what it knows of words as it is, and calibrate."""
    start, halves = _stored(path), _halves(options.pages, options.words)
    if not options.woven:
        pages = [(made, replace(half, values=start)) for made, half in halves]
        start = learn(pages, language, options.rounds, options.rate, options.only or tuple(GROUPS))
    values = start
    if not options.only:
        values = tell_woven([(made, replace(half, values=start)) for made, half in halves], language)
    _save(path, replace(load_weights(language.folder), values=values), language, options.calibrate)
    some = " ".join(("", "--only", *options.only)) if options.only else ""
    how = "--woven" if options.woven else f"--on --rounds {options.rounds} --rate {options.rate}{some}"
    _add_provenance(path, f"{how} --pages {options.pages} --words {options.words} --calibrate {options.calibrate}")
    return 0


def _only_words(path: FilePath, language: Language, options: argparse.Namespace) -> int:
    """Learn words anew, with what the file knows of pages as it is, but for how much words count that go together."""
    corpus, values = training_texts(), _stored(path)
    values[[INDEX["words_cont_affinity"], INDEX["words_inside_affinity"]]] *= options.trust
    weights = replace(words_of(corpus, options.words), values=values)
    _save(path, weights, language, options.calibrate)
    arguments = f"--anew --words {options.words} --trust {options.trust} --calibrate {options.calibrate}"
    _add_provenance(path, arguments, _words_from(corpus, _told(weights)))
    return 0


def _only_titles(path: FilePath, language: Language) -> int:
    """Learn what titles are like, with everything else as it is."""
    weights = load_weights(language.folder)
    save(path, replace(weights, titles=titles.learn(weights, language)))
    _add_provenance(path, "--titles")
    return 0


def _told(weights: Weights) -> dict[str, float]:
    """Return how well the network tells true neighbours from random words in development texts."""
    found = {
        f"development {name}": round(junctions.told_apart(weights, some), 3)
        for name, some in (("prose", texts.prose("develop")), ("statements", texts.statements("develop")))
    }
    print(found)
    return found


def _add_provenance(path: FilePath, arguments: str, words: Mapping[str, object] | None = None) -> None:
    """Add to what a weights file was made of that it was trained on, and what words were learned from, if anew."""
    about = path.with_suffix(".json")
    provenance = json.loads(about.read_text(encoding="utf-8"))
    provenance["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    provenance["command"] += f"; python -m benchmarks.reading_order.train {arguments}"
    provenance |= words or {}
    about.write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")


def _save(path: FilePath, weights: Weights, language: Language, count: int) -> None:
    """Write weights, calibrated on so many pages; without any, posteriors stay as they are."""
    if not count:
        save(path, weights)
    else:
        save(path, replace(weights, levels=(0.0, 1.0), worth=(0.0, 1.0)))
        load_weights.cache_clear()
        levels, worth = calibrate(language, count)
        print(list(zip(levels, worth, strict=True)))
        save(path, replace(weights, levels=tuple(levels), worth=tuple(worth)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="nl")
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--words", type=int, default=5, metavar="ROUNDS", help="of learning which words go together")
    parser.add_argument("--calibrate", type=int, default=150, metavar="PAGES", help="0 leaves posteriors as they are")
    parser.add_argument(
        "--anew", action="store_true", help="learn words anew, with what the file knows of pages as it is"
    )
    parser.add_argument(
        "--trust", type=float, default=1.0, metavar="TIMES", help="how words count that go together; with --anew"
    )
    parser.add_argument("--woven", action="store_true", help="learn which pages are woven, and calibrate; no more")
    parser.add_argument("--titles", action="store_true", help="learn what titles are like; no more")
    parser.add_argument("--on", action="store_true", help="go on learning from the weights in the file; no new words")
    parser.add_argument("--only", nargs="+", choices=GROUPS, metavar="GROUP", help="of weights to learn; with --on")
    parser.add_argument("--rate", type=float, default=LEARNING_RATE, help="of learning from pages, in the first round")
    options = parser.parse_args(arguments)
    language = load_language(options.language)
    path = language.folder / "layout.npz"
    if options.titles:
        return _only_titles(path, language)
    if options.anew:
        return _only_words(path, language, options)
    if options.woven or options.on:
        return _only_pages(path, language, options)
    corpus = training_texts()
    weights = words_of(corpus, options.words)
    if options.rounds:
        halves = _halves(options.pages, options.words)
        values = learn(halves, language, options.rounds, options.rate)
        values = tell_woven([(made, replace(half, values=values)) for made, half in halves], language)
        weights = replace(weights, values=values)
    _save(path, weights, language, options.calibrate)
    provenance = _provenance(path, corpus, sys.argv[1:] if arguments is None else arguments, _told(weights))
    path.with_suffix(".json").write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")
    print(path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
