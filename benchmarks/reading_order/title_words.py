"""Learn what words tell titles from short statements, and write it: `python -m benchmarks.reading_order.title_words`.

What belongs here: the lines to learn from, fitting. What does not: what is learned of pages (`unnumbered`).

Titles are those of training reports and those written for this project; the other lines are statements of training
texts and reports that are as short, without their full stop. Signs of form are learned beside the words and not kept.
"""

import re
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import cache

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.options import parser_of
from benchmarks.reading_order import texts
from pipeline.text.language import Language, load_language
from pipeline.text.title_words import FILE, PLACES, STEP, Weights, features
from pipeline.text.unnumbered import is_short_line, signs_of_form

PARTS = 5
"""Parts of the lines by what they say: words learned without one of them tell what they are worth on unknown lines."""

SOFTNESS = 0.5  # inverse strength of regularisation; 0.3 to 1 gave the same on development lines
LEAST = 2  # lines that a word stands in; of rarer ones nothing is learned
_NUMBER = re.compile(r"^(?:[A-Z0-9]{1,3}[.:)]|\d+(?:\.\d+)*)\s+")


def part_of(line: str) -> int:
    """Return the part that a line belongs to, from 0."""
    return zlib.crc32(line.encode()) % PARTS


@cache  # asked for once a part
def examples() -> tuple[Sequence[str], Sequence[str]]:
    """Return the titles and the other short lines of the training texts, each line once."""
    titles, others = {*texts.headings("train", 0, 60), *texts.further_titles()}, {*texts.statements("train")}
    for document in texts.learned_from():
        for title, statements in document.bullets():
            titles.add(title)
            others.update(statements)
    heads = {line for title in titles if is_short_line(line := _NUMBER.sub("", title))}
    short = {line for other in others if is_short_line(line := other.rstrip("."))}
    return sorted(heads), sorted(short - heads)


def learn(language: Language, without: int | None = None) -> Weights:
    """Return the weights of words, in the steps in which they are kept.

    Args:
        language: Of the lines.
        without: The part of the lines that is left out.
    """
    titles, others = ([line for line in lines if part_of(line) != without] for lines in examples())
    words = [features(line) for line in (*titles, *others)]
    counts = Counter(feature for line in words for feature in line)
    rows = [
        {**signs_of_form(line, language), **{"\t".join(f): 1.0 for f in held if counts[f] >= LEAST}}
        for line, held in zip((*titles, *others), words, strict=True)
    ]
    vectors = DictVectorizer()
    model = LogisticRegression(C=SOFTNESS, max_iter=5000)
    model.fit(vectors.fit_transform(rows), [True] * len(titles) + [False] * len(others))
    learned = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        (place, word): STEP * round(float(value) / STEP)
        for name, value in learned
        for place, mark, word in [name.partition("\t")]
        if mark and round(float(value) / STEP)
    }


def main() -> int:
    """Learn and write; return 0."""
    parser_of("benchmarks.reading_order.title_words", __doc__).parse_args()
    language = load_language("nl")
    weights = learn(language)
    rows: list[tuple[str, ...]] = [("word", *PLACES)]
    for word in sorted({word for _, word in weights}):
        told = [round(weights.get((place, word), 0.0) / STEP) for place in PLACES]
        rows += [(word, *map(str, told))]
    lines = ["\t".join(row) for row in rows]
    (language.folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    titles, others = examples()
    print(f"{FILE}: {len(lines) - 1} words, of {len(titles)} titles and {len(others)} other lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
