"""`python -m benchmarks.genres`: letters, minutes, motions, surveys and reports, and what becomes of their lines.

What belongs here: printing the figures of a part. What does not: how they are counted (`measure`).
"""

import sys

from benchmarks.genres.gold import load
from benchmarks.genres.measure import FIGURES, Counts, measure
from benchmarks.options import parser_of
from pipeline.text.language import load_language


def main() -> int:
    """Measure and print; return 0."""
    parser = parser_of("benchmarks.genres", __doc__)
    parser.add_argument("--faults", metavar="FIGURE", help="list what is not right in the development documents")
    parser.add_argument("--test", action="store_true", help="measure the test documents, too")
    parser.add_argument("--quick", action="store_true", help="the same; there is nothing to leave out")
    options = parser.parse_args()
    language = load_language("nl")
    print("| part | documents | " + " | ".join(FIGURES) + " |")
    print("|---" * (len(FIGURES) + 2) + "|")
    for part in ("develop", "test") if options.test else ("develop",):
        documents, counts = load(part), Counts()
        for document in documents:
            measure(document, language, counts)
        shares = " | ".join(f"{counts.share(figure):.3f}" for figure in FIGURES)
        print(f"| {part} | {len(documents)} | {shares} |")
        if part == "develop" and options.faults:
            print("\n".join(f"  {text}" for figure, text in counts.faults if figure == options.faults))
    print("\n" + "\n".join(f"{figure}: {meaning}" for figure, meaning in FIGURES.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
