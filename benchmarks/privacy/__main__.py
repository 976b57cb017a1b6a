"""Print leaks, false alarms and speed of the privacy gate: `python -m benchmarks.privacy`.

The naive gate redacts every digit and every word with a capital that does not open the text: what one would do without
word lists. Batches that are held are measured only when asked for, and their sentences are never printed.
"""

import re
import time
from collections import Counter
from collections.abc import Callable

from benchmarks.options import parser_of
from benchmarks.privacy.gold import BATCHES, HELD, read_clean, read_identifying
from benchmarks.privacy.growth import grow
from pipeline.privacy.gate import Gate
from pipeline.privacy.model import Judgement
from pipeline.privacy.redaction import redact, settle
from pipeline.text.language import load_language

Judge = Callable[[str], Judgement]
_NAIVE = re.compile(r"\d+|(?<=.)\b[A-ZÀ-Þ]\w+|\S+@\S+")


def naive(text: str) -> Judgement:
    """Redact digits, capitals and what holds an at sign."""
    findings = settle([(*match.span(), "name") for match in _NAIVE.finditer(text)], {"name": "[X]"})
    return Judgement("redacted", redact(text, findings), findings) if findings else Judgement("clear", text)


def report(name: str, judge: Judge, batch: str, wrong: bool) -> None:
    """Print a row, and the sentences that went wrong when asked."""
    sentences, clean = read_identifying(batch), read_clean(batch)
    leaks = [sentence for sentence in sentences if sentence.leaks(judge(sentence.text))]
    alarms = [text for text in clean if judge(text).privacy != "clear"]
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(Counter(leak.kind for leak in leaks).items()))
    print(
        f"| {name} | {batch} | {len(leaks)} of {len(sentences)} | {len(alarms)} of {len(clean)} | {kinds or 'none'} |"
    )
    if wrong:
        for leak in leaks:
            print("  LEAK ", leak.kind, "|", leak.text, "|", judge(leak.text).text)
        for text in alarms:
            judged = judge(text)
            print("  ALARM", text, "|", judged.text, judged.triggers, [finding.kind for finding in judged.findings])


def speed(gate: Gate) -> None:
    """Print loading time and statements a second, on all gold sentences of all batches, best of three rounds."""
    texts = [s.text for batch in BATCHES for s in read_identifying(batch)]
    texts += [text for batch in BATCHES for text in read_clean(batch)]
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            gate.judge(text)
        rounds.append(time.perf_counter() - start)
    print(f"{len(texts) / min(rounds):,.0f} statements a second")


def main() -> None:
    """Print the table and the speed."""
    parser = parser_of("benchmarks.privacy", __doc__)
    parser.add_argument("--wrong", action="store_true", help="print what was judged wrongly, but of held batches")
    parser.add_argument("--held", action="store_true", help="measure the batches that are held, too")
    parser.add_argument("--quick", action="store_true", help="the same; there is nothing to leave out")
    parser.add_argument("--growth", action="store_true", help="only how the time grows with the length of a text")
    options = parser.parse_args()
    start = time.perf_counter()
    gate = Gate(load_language("nl"))
    gate.judge("x")
    print(f"loaded in {time.perf_counter() - start:.2f} s")
    if options.growth:
        grow(gate)
        return
    print("| method | batch | leaks | false alarms | kinds that leak |\n|---|---|---|---|---|")
    for batch in BATCHES if options.held else [batch for batch in BATCHES if batch not in HELD]:
        report("gate", gate.judge, batch, options.wrong and batch not in HELD)
        report("naive", naive, batch, wrong=False)
    speed(gate)


if __name__ == "__main__":
    main()
