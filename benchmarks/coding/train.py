"""`python -m benchmarks.coding.train`: learn the weights that are shipped beside the lexicon.

What belongs here: which model is learned from what. What does not: the examples (`lessons`), fitting (`fitting`),
features and using the weights (`pipeline.coding.linear`, `pipeline.coding.signs`).

Two models are learned. `<codebook>.npz` backs the first coder where its cues do not reach: from development gold, from
the phrases in `phrases.tsv`, and from the cues themselves, each as a short text of its code. `<codebook>.second.npz`
is the second coder: from gold and phrases alone, so that it knows nothing of cues or clauses. Neither sees a test
document.

`--across` keeps the weights and learns anew only what the dimensions of a statement tell each other.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.coding.across import Told, learn_across, lend
from benchmarks.coding.fitting import fit
from benchmarks.coding.gold import PHRASES, GoldDocument, load_learned
from benchmarks.coding.lessons import FIRST, SECOND, Lesson, cues, phrases, settled, statements
from benchmarks.options import parser_of
from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon, learned_from, load_lexicon
from pipeline.coding.linear import Linear, save_linear
from pipeline.coding.second import NAME
from pipeline.text.language import load_language

ROOT = Path(__file__).parents[2]
COMMAND = "python -m benchmarks.coding.train"
_FOLDS = 5


def main() -> int:
    """Learn both models and write them; return 0."""
    parser = parser_of("benchmarks.coding.train", __doc__)
    parser.add_argument("--across", action="store_true", help="keep the weights, learn what dimensions tell each other")
    options = parser.parse_args()
    codebook = load_codebook(ROOT / "schemas" / "codebooks" / "mensenhandel.yaml")
    path = ROOT / "schemas" / "lexicons" / "mensenhandel.yaml"
    lexicon = load_lexicon(path, codebook, cues_only=True)
    development = load_learned()
    if options.across:
        model = learned_from(path.with_suffix(".npz"), codebook)
        hear(model, codebook, lexicon, development)
        save_linear(model, path.with_suffix(".npz"))
        return 0
    for model, target in (
        (learn_first(codebook, lexicon, development), path.with_suffix(".npz")),
        (learn_second(codebook, development), path.with_suffix(".second.npz")),
    ):
        save_linear(model, target)
        print(f"{target.relative_to(ROOT)}: {len(model.terms)} features, {target.stat().st_size / 1e6:.1f} MB")
    return 0


def learn_first(codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument]) -> Linear:
    """Learn what backs the first coder."""
    model = _fitted(codebook, lexicon, documents, FIRST)
    hear(model, codebook, lexicon, documents)
    return model


def hear(model: Linear, codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument]) -> None:
    """Learn what the dimensions tell each other, and give it to a model in place."""
    named = {name for lesson in FIRST if lesson.across for name in (lesson.name, *lesson.across)}
    model.across = {}
    told = apart(codebook, lexicon, documents, model, [one for one in FIRST if one.name in named])
    model.across = learn_across(list(told), codebook, FIRST, model.columns)
    model.provenance = {**model.provenance, "across": _provenance(documents, lexicon)}


def apart(
    codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument], whole: Linear, lessons: Sequence[Lesson]
) -> Iterator[Told]:
    """Yield every document of another hand with a coder, not calibrated, whose model was learned without that hand.

    Args:
        codebook: The codes.
        lexicon: The cues.
        documents: What is learned from.
        whole: A model that was learned from all of them; what it learned of the codes around and of other dimensions is
            taken from it, which is little and was learned out of fold itself.
        lessons: What to learn anew.
    """
    hands = sorted({document.hand for document in documents if document.hand})
    language = load_language("nl")
    for fold in range(_FOLDS):
        held = hands[fold::_FOLDS]
        some = [one for one in documents if one.hand not in held]
        model = _fitted(codebook, lexicon, some, [replace(one, around=False) for one in lessons])
        lend(whole, model)
        coder = Coder(codebook, replace(lexicon, calibration={}, learned=model), language)
        yield from ((document, coder, model) for document in documents if document.hand in held)


def _fitted(
    codebook: Codebook, lexicon: Lexicon, documents: Sequence[GoldDocument], lessons: Sequence[Lesson]
) -> Linear:
    coder = Coder(codebook, replace(lexicon, learned=None), load_language("nl"))
    examples = [
        *statements(documents, codebook, lessons, coder),
        *phrases(lessons, coder),
        *cues(lexicon),
        *settled(codebook, lessons, coder),
    ]
    return fit("first", lessons, examples, _provenance(documents, lexicon))


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
