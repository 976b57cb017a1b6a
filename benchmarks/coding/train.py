"""`python -m benchmarks.coding.train`: learn the weights that are shipped beside the lexicon.

What belongs here: which model is learned from what. What does not: the examples (`lessons`), fitting (`fitting`),
features and using the weights (`pipeline.coding.linear`, `pipeline.coding.signs`).

Two models are learned. `<codebook>.npz` backs the first coder where its cues do not reach: from development gold, from
the phrases in `phrases.tsv`, and from the cues themselves, each as a short text of its code. `<codebook>.second.npz`
is the second coder: from gold and phrases alone, so that it knows nothing of cues or clauses. Neither sees a test
document.
"""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.coding.fitting import fit
from benchmarks.coding.gold import PHRASES, GoldDocument, load_gold
from benchmarks.coding.lessons import FIRST, SECOND, cues, phrases, settled, statements
from benchmarks.options import parser_of
from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon, load_lexicon
from pipeline.coding.linear import Linear, save_linear
from pipeline.coding.second import NAME
from pipeline.text.language import load_language

ROOT = Path(__file__).parents[2]
COMMAND = "python -m benchmarks.coding.train"


def main() -> int:
    """Learn both models and write them; return 0."""
    parser_of("benchmarks.coding.train", __doc__).parse_args()  # takes nothing, and says so before minutes of work
    codebook = load_codebook(ROOT / "schemas" / "codebooks" / "mensenhandel.yaml")
    path = ROOT / "schemas" / "lexicons" / "mensenhandel.yaml"
    lexicon = load_lexicon(path, codebook, cues_only=True)
    development = load_gold("development")
    for model, target in (
        (learn_first(codebook, lexicon, development), path.with_suffix(".npz")),
        (learn_second(codebook, development), path.with_suffix(".second.npz")),
    ):
        save_linear(model, target)
        print(f"{target.relative_to(ROOT)}: {len(model.terms)} features, {target.stat().st_size / 1e6:.1f} MB")
    return 0


def learn_first(codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument]) -> Linear:
    """Learn what backs the first coder."""
    coder = Coder(codebook, replace(lexicon, learned=None), load_language("nl"))
    examples = [
        *statements(documents, codebook, FIRST, coder),
        *phrases(FIRST, coder),
        *cues(lexicon),
        *settled(codebook, FIRST, coder),
    ]
    return fit("first", FIRST, examples, _provenance(documents, lexicon))


def learn_second(codebook: Codebook, documents: Sequence[GoldDocument]) -> Linear:
    """Learn the second coder, from texts and their codes alone."""
    examples = [*statements(documents, codebook, SECOND), *phrases(SECOND)]
    return fit(NAME, SECOND, examples, _provenance(documents, None))


def _provenance(documents: Iterable[GoldDocument], lexicon: Lexicon | None) -> dict[str, object]:
    return {
        "command": COMMAND,
        "gold": sorted(document.id for document in documents),
        "phrases_sha256": hashlib.sha256(PHRASES.read_bytes()).hexdigest(),
        "lexicon_version": lexicon.version if lexicon else None,
    }


if __name__ == "__main__":
    sys.exit(main())
