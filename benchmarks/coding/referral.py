"""What doubt is worth: coverage against F1 as the threshold rises, and errors found where the two coders differ.

What belongs here: those figures on documents that are new to both coders. What does not: the published figures.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.coding.gold import GoldDocument
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coding, CodingInput
from pipeline.coding.reliability import Pair, macro_f1

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8)
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
    """Print, per dimension of the second coder, how much review by disagreement and by low confidence finds."""
    print(f"\n{'dimension':16}{'differ':>8}{'wrong there':>13}{'wrong else':>12}{'found':>7}{'by confidence':>15}")
    coded = _coded(first, second, documents)
    for dimension in codebook.dimensions:
        answers = list(_answers(coded, dimension.id, dimension.default))
        differ = [one for one in answers if one.second and one.second != one.first]
        if not differ or len(differ) == len(answers):
            continue
        wrong = [one for one in answers if one.first != one.gold]
        wrong_there = [one for one in differ if one.first != one.gold]
        unsure = sorted(answers, key=lambda one: one.confidence)[: len(differ)]
        found = len(wrong_there) / max(len(wrong), 1)
        by_confidence = sum(one.first != one.gold for one in unsure) / max(len(wrong), 1)
        elsewhere = (len(wrong) - len(wrong_there)) / (len(answers) - len(differ))
        print(
            f"{dimension.id:16}{len(differ) / len(answers):8.2f}{len(wrong_there) / len(differ):13.2f}"
            f"{elsewhere:12.2f}{found:7.2f}{by_confidence:15.2f}"
        )


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
