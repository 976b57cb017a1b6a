"""Count the bytes that are not accounted for exactly once: `python -m benchmarks.conservation [--inputs 10000]`.

Every input goes the whole way of the text core, and its statements on through the privacy gate and the coder. It is
either read, and then each of its non-space bytes must stand in exactly one span and every statement's text must follow
from its bytes and its repairs, or refused with a reason. The program ends with status 1 when a byte is lost or doubled,
a text does not follow, evidence lies outside its text, or anything else is raised. Another `--first`: other inputs.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack

from rich.console import Console
from rich.progress import track

from benchmarks.conservation.inputs import KINDS, make
from benchmarks.options import parser_of
from pipeline.coding.model import CodingInput
from pipeline.errors import UnreadableError
from pipeline.privacy.gate import load_gate
from pipeline.stages.codebooks import coder_of
from pipeline.text.coverage import bytes_not_covered_once
from pipeline.text.document import Segmentation, read_lines, read_order, segment
from pipeline.text.language import load_language
from pipeline.text.statements import replay

INPUTS = 10_000
QUICK = 500
CODEBOOK = "mensenhandel"
FAULTS = ("bytes wrong", "texts wrong", "evidence wrong", "raised")
COUNTS = ("read", "refused", "bytes", "statements", "coded", *FAULTS)


def outcome(kind: str, seed: int) -> Counter[str]:
    """Return what became of one input, as counts by the names in `COUNTS`."""
    raw = make(kind, seed)
    found = Counter({"bytes": len(raw)})
    dutch = load_language("nl")
    try:
        encoding, lines = read_lines(raw, dutch)
    except UnreadableError:
        return found + Counter({"refused": 1})
    reading = read_order(lines, dutch, ())
    whole = segment(raw, encoding, "0" * 16, lines, reading, dutch)
    wrong = bytes_not_covered_once(raw, [(span.start, span.end) for span in whole.spans])
    statements = [placed.statement for placed in whole.statements]
    texts = sum(replay(statement) != statement.text for statement in statements)
    counts = {"read": 1, "statements": len(statements), "bytes wrong": wrong, "texts wrong": texts}
    return found + Counter(counts) + _judged(whole)


def _judged(whole: Segmentation) -> Counter[str]:
    """Return how often the privacy gate failed on a document's statements, and how much evidence lies outside its text.

    A gate that fails stops no run, since it withholds the text; here it counts as raised.
    """
    judged = load_gate("nl").judge_all([placed.statement.text for placed in whole.statements])
    titles = {section.key: section.heading.title for section in whole.sections}
    inputs: list[CodingInput] = []
    for placed, judgement in zip(whole.statements, judged, strict=True):
        if judgement.text is not None:
            before = (inputs[-1].text,) if inputs and inputs[-1].bullet == placed.bullet else ()
            title = titles.get(placed.section or "", "")
            inputs.append(CodingInput(placed.key, judgement.text, before, title, placed.bullet))
    outside = sum(
        coding.evidence_end is not None and coding.evidence_end > len(one.text)
        for one, codings in zip(inputs, coder_of(CODEBOOK, "nl").code(inputs), strict=True)
        for coding in codings
    )
    failed = sum("error" in judgement.triggers for judgement in judged)
    return Counter({"coded": len(inputs), "evidence wrong": outside, "raised": failed})


def _safe_outcome(job: tuple[str, int]) -> Counter[str]:
    try:
        return outcome(*job)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault to be shown
        print(f"{job[0]} {job[1]}: {type(error).__name__}: {error}", file=sys.stderr)
        return Counter({"raised": 1})


def _jobs(inputs: int, first: int) -> Iterator[tuple[str, int]]:
    kinds = list(KINDS)
    return ((kinds[number % len(kinds)], first + number // len(kinds)) for number in range(inputs))


def measure(inputs: int, workers: int, first: int = 0) -> dict[str, Counter[str]]:
    """Return the counts by kind of input.

    Args:
        inputs: How many to make, of all kinds in turn.
        workers: Processes at a time.
        first: Seed of the first of each kind.
    """
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    jobs = list(_jobs(inputs, first))
    with ExitStack() as stack:
        outcomes: Iterable[Counter[str]] = map(_safe_outcome, jobs)
        if workers > 1:
            outcomes = stack.enter_context(ProcessPoolExecutor(workers)).map(_safe_outcome, jobs, chunksize=20)
        console = Console(stderr=True)
        shown = track(outcomes, "inputs", len(jobs), console=console, disable=not console.is_terminal)
        for (kind, _), counts in zip(jobs, shown, strict=True):
            totals[kind] += counts
    return dict(totals)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and return the exit status."""
    parser = parser_of("benchmarks.conservation", __doc__)
    parser.add_argument("--inputs", type=int, default=INPUTS, help="how many inputs to make (%(default)s)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first of each kind (%(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time (%(default)s)")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} inputs")
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    totals = measure(QUICK if given.quick else given.inputs, given.workers, given.first)
    print("| kind of input | " + " | ".join(COUNTS) + " |\n|" + "---|" * (len(COUNTS) + 1))
    everything: Counter[str] = sum(totals.values(), Counter())
    for name, counts in [*totals.items(), ("all", everything)]:
        print(f"| {name} | " + " | ".join(f"{counts[one]:,}" for one in COUNTS) + " |")
    print(f"\n{time.perf_counter() - began:.0f} s")
    return int(any(everything[one] for one in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
