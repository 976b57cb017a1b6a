"""`python -m benchmarks.reading_order.train`: learns the weights of reading order, writes them and their provenance.

What belongs here: options, and which steps they ask for. What does not: the steps, of words (`vocabulary`), pages
(`learning`), titles (`titles`) and confidences (`calibration`). Everything is drawn from seeded generators; the same
texts give the same file.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.options import parser_of
from benchmarks.reading_order import calibration, junctions, texts, titles
from benchmarks.reading_order.learning import learn, tell_woven
from benchmarks.reading_order.samples import Pages, make_pages
from benchmarks.reading_order.vocabulary import training_texts, words_of
from benchmarks.reading_order.weights_file import add_provenance, save, stored, words_from, write_provenance
from pipeline.text.language import Language, load_language
from pipeline.text.layout.weights import GROUPS, INDEX, Weights, load_weights

LEARNING_RATE = 0.05
HALVES: tuple[tuple[texts.Part, texts.Part], ...] = (("train-1", "train-2"), ("train-2", "train-1"))


def _halves(count: int, rounds: int) -> Pages:
    """Return pages of either half of the training texts, with what the other half teaches of words.

    Words that the network was trained on seem to go together better than any words of a new page will.
    """
    return [(make_pages(own, 1, count // 2), words_of(training_texts(other), rounds)) for own, other in HALVES]


def _only_pages(path: Path, language: Language, options: argparse.Namespace) -> int:
    """Go on learning from the weights that the file holds, with what it knows of words as it is, and calibrate."""
    start, halves = stored(path), _halves(options.pages, options.words)
    if not options.woven:
        pages = [(made, replace(half, values=start)) for made, half in halves]
        start = learn(pages, language, options.rounds, options.rate, options.only or tuple(GROUPS))
    values = start
    if not options.only:
        values = tell_woven([(made, replace(half, values=start)) for made, half in halves], language)
    _save(path, replace(load_weights(language.folder), values=values), language, options.calibrate)
    some = " ".join(("", "--only", *options.only)) if options.only else ""
    how = "--woven" if options.woven else f"--on --rounds {options.rounds} --rate {options.rate}{some}"
    add_provenance(path, f"{how} --pages {options.pages} --words {options.words} --calibrate {options.calibrate}")
    return 0


def _only_words(path: Path, language: Language, options: argparse.Namespace) -> int:
    """Learn words anew, with what the file knows of pages as it is, but for how much words count that go together."""
    corpus, values = training_texts(), stored(path)
    values[[INDEX["words_cont_affinity"], INDEX["words_inside_affinity"]]] *= options.trust
    weights = replace(words_of(corpus, options.words), values=values)
    _save(path, weights, language, options.calibrate)
    arguments = f"--anew --words {options.words} --trust {options.trust} --calibrate {options.calibrate}"
    add_provenance(path, arguments, words_from(corpus, _told_apart(weights)))
    return 0


def _only_titles(path: Path, language: Language) -> int:
    """Learn what titles are like, with everything else as it is."""
    weights = load_weights(language.folder)
    save(path, replace(weights, titles=titles.learn(weights, language)))
    add_provenance(path, "--titles")
    return 0


def _told_apart(weights: Weights) -> dict[str, float]:
    """Return how well the network tells true neighbours from random words in development texts."""
    found = {
        f"development {name}": round(junctions.told_apart(weights, some), 3)
        for name, some in (("prose", texts.prose("develop")), ("statements", texts.statements("develop")))
    }
    print(found)
    return found


def _save(path: Path, weights: Weights, language: Language, count: int) -> None:
    """Write weights, calibrated on so many pages; without any, posteriors stay as they are."""
    if not count:
        save(path, weights)
    else:
        save(path, replace(weights, levels=(0.0, 1.0), worth=(0.0, 1.0)))
        load_weights.cache_clear()
        levels, worth = calibration.of_segments(language, count)
        print(list(zip(levels, worth, strict=True)))
        save(path, replace(weights, levels=tuple(levels), worth=tuple(worth)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write."""
    parser = parser_of("benchmarks.reading_order.train", __doc__)
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
    write_provenance(path, corpus, sys.argv[1:] if arguments is None else arguments, _told_apart(weights))
    print(f"wrote {path}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
