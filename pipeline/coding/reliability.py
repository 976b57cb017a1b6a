"""Reliability: how far two coders agree, per dimension, with intervals and the naive baseline beside each figure.

What belongs here: comparing codings of the same statements and the rows of the published `reliability` table. What
does not: making codings, reading files, drawing charts.

Alpha is Krippendorff's (Content Analysis, 2004), nominal for dimensions with one code; for sets of codes the distance
is one minus MASI (Passonneau, LREC 2006). Intervals are percentiles of a bootstrap over documents, because statements
of one document are not independent.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import ne

import numpy as np

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.coding.model import Coding

Codes = frozenset[str]
Row = dict[str, str | float | int | None]

RESAMPLES = 400
_SEED = 20240607
_BINS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """What two coders gave one statement in one dimension.

    Attributes:
        document: The document that the statement is of.
        given: Primary codes of the coder; empty when it abstained.
        reference: Primary codes of the reference.
        confidence: The coder's confidence, None when it gave none.
    """

    document: str
    given: Codes
    reference: Codes
    confidence: float | None


def compare(
    a: Iterable[Coding],
    b: Iterable[Coding],
    codebook: Codebook,
    documents: Mapping[str, str],
    *,
    reference: str = "",
    resamples: int = RESAMPLES,
) -> list[Row]:
    """Return rows of the `reliability` table: how coder `a` does against coder `b`.

    A dimension with parents is measured twice, as it is and at its top level (`accuracy_level_1`). Statements that
    `b` did not code in a dimension do not count in it; those that only `a` did not code count as disagreement, and
    lower the metric `coverage`. Alpha is left out where all codes are the same one: it is not defined there.

    Args:
        a: Codings of one coder.
        b: Codings of the reference.
        codebook: The codebook that both applied.
        documents: The document of each statement.
        reference: Name of the reference; by default the name of `b`'s coder.
        resamples: Number of bootstrap samples; 0 leaves the intervals empty.

    Raises:
        ValueError: when a side holds no codings, or several coders.
    """
    (coder, given), (other, wanted) = _one_coder(a), _one_coder(b)
    coders: Row = {"coder": coder, "reference": reference or other}
    return [
        {"codebook": codebook.id, "dimension": dimension.id, **coders, **figure}
        for dimension in codebook.dimensions
        for figure in _figures(dimension, _pairs(given, wanted, dimension.id, documents), resamples)
    ]


def _figures(dimension: Dimension, pairs: Sequence[Pair], resamples: int) -> Iterator[Row]:
    """Yield what is measured of the pairs of a dimension, each figure with its interval; nothing without pairs."""
    for metric, measure in _measures(dimension).items() if pairs else ():
        if metric == "alpha" and not _varies(pairs):
            continue
        low, high = _interval(pairs, measure, resamples=resamples)
        yield {"metric": metric, "value": _rounded(measure(pairs)), "low": low, "high": high, "n": len(pairs)}


def common(a: Iterable[Coding], b: Iterable[Coding]) -> tuple[list[Coding], list[Coding]]:
    """Return the codings of both coders in what both answered: a dimension of a statement, with a primary code."""
    sides = list(a), list(b)
    answered = [{(one.statement_id, one.dimension) for one in side if one.rank == "primary"} for side in sides]
    both = answered[0] & answered[1]
    mine, theirs = ([one for one in side if (one.statement_id, one.dimension) in both] for side in sides)
    return mine, theirs


def _one_coder(codings: Iterable[Coding]) -> tuple[str, dict[tuple[str, str], list[Coding]]]:
    grouped: dict[tuple[str, str], list[Coding]] = {}
    names = set()
    for coding in codings:
        names.add(coding.coder)
        if coding.rank == "primary":
            grouped.setdefault((coding.statement_id, coding.dimension), []).append(coding)
    if len(names) != 1:
        raise ValueError(f"each side must hold the codings of one coder, not of {sorted(names) or 'none'}; filter them")
    return names.pop(), grouped


def _pairs(
    a: Mapping[tuple[str, str], Sequence[Coding]],
    b: Mapping[tuple[str, str], Sequence[Coding]],
    dimension: str,
    documents: Mapping[str, str],
) -> list[Pair]:
    pairs = []
    for (statement, name), codings in b.items():
        if name != dimension:
            continue
        given = a.get((statement, name), ())
        pairs.append(
            Pair(
                documents[statement],
                frozenset(coding.code for coding in given),
                frozenset(coding.code for coding in codings),
                min((coding.confidence for coding in given), default=None),
            )
        )
    return pairs


Measure = Callable[[Sequence[Pair]], float]


def _measures(dimension: Dimension) -> dict[str, Measure]:
    measures: dict[str, Measure] = {
        "accuracy": accuracy,
        "majority": majority,
        "macro_f1": macro_f1,
        "coverage": coverage,
    }
    measures["alpha"] = lambda pairs: alpha(pairs, sets=dimension.cardinality == "many")
    measures["calibration_error"] = calibration_error
    if any(code.parent for code in dimension.codes):

        def raised(pairs: Sequence[Pair]) -> list[Pair]:
            return [
                Pair(
                    pair.document,
                    frozenset(dimension.ancestor(code) for code in pair.given),
                    frozenset(dimension.ancestor(code) for code in pair.reference),
                    pair.confidence,
                )
                for pair in pairs
            ]

        measures["accuracy_level_1"] = lambda pairs: accuracy(raised(pairs))
        measures["majority_level_1"] = lambda pairs: majority(raised(pairs))
    return measures


def accuracy(pairs: Sequence[Pair]) -> float:
    """Return the share of statements with exactly the same primary codes."""
    return sum(pair.given == pair.reference for pair in pairs) / len(pairs)


def majority(pairs: Sequence[Pair]) -> float:
    """Return the accuracy of always giving the reference's most common set of codes: the naive baseline."""
    return Counter(pair.reference for pair in pairs).most_common(1)[0][1] / len(pairs)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Return the mean F1 over the codes that either side gave."""
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for pair in pairs:
        hits.update(pair.given & pair.reference)
        totals.update(pair.given)
        totals.update(pair.reference)
    return float(np.mean([2 * hits[code] / total for code, total in totals.items()])) if totals else 0.0


def coverage(pairs: Sequence[Pair]) -> float:
    """Return the share of statements that the coder did not abstain from."""
    return sum(bool(pair.given) for pair in pairs) / len(pairs)


def calibration_error(pairs: Sequence[Pair]) -> float:
    """Return the expected calibration error: the mean gap of confidence and accuracy over ten bins, by their size."""
    judged = [(pair.confidence, pair.given == pair.reference) for pair in pairs if pair.confidence is not None]
    if not judged:
        return 0.0
    judged.sort(key=lambda item: item[0])
    gap = 0.0
    for _, group in groupby(judged, key=lambda item: min(int(item[0] * _BINS), _BINS - 1)):
        members = list(group)
        gap += abs(sum(confidence for confidence, _ in members) - sum(right for _, right in members))
    return gap / len(judged)


def masi_distance(one: Codes, other: Codes) -> float:
    """Return one minus MASI: 0 for equal sets, 1 for sets without a common code."""
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    monotony = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - monotony * shared / len(one | other)


def _varies(pairs: Sequence[Pair]) -> bool:
    return len({codes for pair in pairs if pair.given for codes in (pair.given, pair.reference)}) > 1


def alpha(pairs: Sequence[Pair], *, sets: bool) -> float:
    """Return Krippendorff's alpha of both coders; 1 when neither ever varies, since then nothing was disagreed on."""
    both = [pair for pair in pairs if pair.given]
    values = sorted({codes for pair in both for codes in (pair.given, pair.reference)}, key=sorted)
    if len(values) < 2:
        return 1.0
    at = {codes: place for place, codes in enumerate(values)}
    # Each unit counts in both orders. A matrix of units by values by values, which libraries make, fills memory.
    together = np.zeros((len(values), len(values)))
    np.add.at(together, ([at[pair.given] for pair in both], [at[pair.reference] for pair in both]), 1)
    together += together.T
    each = together.sum(axis=0)
    expected = (np.outer(each, each) - np.diag(each)) / (each.sum() - 1)
    distance = masi_distance if sets else ne
    distances = np.array([[distance(one, other) for other in values] for one in values])
    return 1 - float((together * distances).sum() / (expected * distances).sum())


def _interval(pairs: Sequence[Pair], measure: Measure, *, resamples: int) -> tuple[float | None, float | None]:
    """Return the 95 percent interval of a measure, by drawing documents with replacement."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.document, []).append(pair)
    if resamples == 0 or len(groups) < 2:
        return None, None
    names = sorted(groups)
    random = np.random.default_rng(_SEED)
    drawn = random.integers(0, len(names), size=(resamples, len(names)))
    values = [measure([pair for at in row for pair in groups[names[at]]]) for row in drawn]
    low, high = np.percentile(values, [2.5, 97.5])
    return _rounded(low), _rounded(high)


def _rounded(value: float) -> float:
    return round(float(value), 4)
