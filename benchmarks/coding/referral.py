"""What doubt is worth: coverage against F1 as the threshold rises, and errors found where the two coders differ.

What belongs here: those figures on documents that are new to both coders. What does not: the published figures.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.coding.gold import GoldDocument
from pipeline.coding.codebook import Codebook
from pipeline.coding.model import Coding, CodingInput
from pipeline.coding.reliability import Pair, macro_f1

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8)
READ = (0.1, 0.2)  # shares of the statements that somebody may have the time to read
Code = Callable[[Sequence[CodingInput]], list[tuple[Coding, ...]]]
Coded = tuple[GoldDocument, list[tuple[Coding, ...]], list[tuple[Coding, ...]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What both coders say to one question, and the gold."""

    first: frozenset[str]
    second: frozenset[str]
    gold: frozenset[str]
    confidence: float
    document: str


def print_referral(first: Code, second: Code, documents: Sequence[GoldDocument], codebook: Codebook) -> None:
    """Print, per dimension of the second coder, where they differ and what share of the errors reading finds.

    Read is a tenth or a fifth of the statements: those of the lowest confidence, or those on which the coders differ
    before all others. The second coder earns its place where the latter finds more.
    """
    heads = [f"{share:.0%} {order}" for share in READ for order in ("unsure", "differ")]
    print(
        f"\n{'dimension':16}{'differ':>8}{'wrong there':>13}{'wrong else':>12}" + "".join(f"{one:>12}" for one in heads)
    )
    coded = _coded(first, second, documents)
    for dimension in codebook.dimensions:
        answers = list(_answers(coded, dimension.id, dimension.default))
        differ = [one for one in answers if _differ(one)]
        if not differ or len(differ) == len(answers):
            continue
        wrong = sum(one.first != one.gold for one in answers)
        there = sum(one.first != one.gold for one in differ)
        unsure = sorted(answers, key=lambda one: one.confidence)
        doubted = sorted(unsure, key=lambda one: not _differ(one))
        found = [
            sum(one.first != one.gold for one in order[: round(share * len(answers))]) / max(wrong, 1)
            for share in READ
            for order in (unsure, doubted)
        ]
        print(
            f"{dimension.id:16}{len(differ) / len(answers):8.2f}{there / len(differ):13.2f}"
            f"{(wrong - there) / (len(answers) - len(differ)):12.2f}" + "".join(f"{one:12.2f}" for one in found)
        )


def _differ(answer: Answer) -> bool:
    return bool(answer.second) and answer.second != answer.first


def coverage_curves(
    first: Code, documents: Sequence[GoldDocument], codebook: Codebook
) -> dict[str, list[tuple[float, float, float]]]:
    """Return per dimension coverage, macro-F1 and accuracy of what is left, from all down to the surest tenth."""
    curves: dict[str, list[tuple[float, float, float]]] = {}
    coded = _coded(first, first, documents)
    for dimension in codebook.dimensions:
        answers = sorted(_answers(coded, dimension.id, dimension.default), key=lambda one: -one.confidence)
        sizes = sorted({max(round(len(answers) * tenths / 10), 1) for tenths in range(1, 11)}, reverse=True)
        curves[dimension.id] = [
            (
                size / len(answers),
                macro_f1([Pair(one.document, one.first, one.gold, None) for one in answers[:size]]),
                sum(one.first == one.gold for one in answers[:size]) / size,
            )
            for size in sizes
        ]
    return curves


def print_coverage(first: Code, documents: Sequence[GoldDocument], codebook: Codebook) -> None:
    """Print coverage and F1 of what is left per dimension as the threshold rises."""
    print(f"\n{'coverage / F1':16}" + "".join(f"{threshold:>14.1f}" for threshold in THRESHOLDS))
    coded = _coded(first, first, documents)
    for dimension in codebook.dimensions:
        answers = list(_answers(coded, dimension.id, dimension.default))
        cells = []
        for threshold in THRESHOLDS:
            left = [Pair(one.document, one.first, one.gold, None) for one in answers if one.confidence >= threshold]
            cells.append(f"{len(left) / len(answers):8.2f} /{macro_f1(left):5.2f}")
        print(f"{dimension.id:16}" + "".join(cells))


def _coded(first: Code, second: Code, documents: Sequence[GoldDocument]) -> list[Coded]:
    """Return what both coders say of each document, which is the same for every dimension."""
    return [(document, first(document.inputs), second(document.inputs)) for document in documents]


def _answers(coded: Sequence[Coded], dimension: str, default: str | None) -> Iterator[Answer]:
    for document, by_first, by_second in coded:
        for gold, one, other in zip(document.codes, by_first, by_second, strict=True):
            given = [coding for coding in one if coding.dimension == dimension and coding.rank == "primary"]
            yield Answer(
                frozenset(coding.code for coding in given),
                frozenset(coding.code for coding in other if coding.dimension == dimension),
                frozenset(gold.get(dimension, (default or "",))),
                min((coding.confidence for coding in given), default=0.0),
                document.id,
            )
