"""Spoiled inputs: whatever the bytes, each non-space byte has one place or the document is refused.

What belongs here: spoiling bytes, counting what is then covered wrongly. What does not: what coverage is
(`pipeline.text.coverage`).
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.reading_order import pages, texts, truth
from benchmarks.reading_order.documents import build
from pipeline.text.coverage import faults
from pipeline.text.document import read_lines, read_order, segment
from pipeline.text.encoding import UnreadableError
from pipeline.text.language import load_language

ODD = (
    "\x00", "\x0c", "\x0e", "\r", "\r\n", "\t", "\x0b", "\x1c", "\x85", "\xa0", "\xad", "\u200b", "\u2028", "\u202e",
    "\ufeff", "\ufffd", "\ufffe", "ﬁ", "é", "Ã©", "√´", "•", "…", "-\n", "  ", "\U0001f600", "4.5 ", "a" * 300,
)  # fmt: skip


def sound(rng: random.Random) -> bytes:
    """Return a small page of one to three woven columns."""
    setting = pages.Setting(
        columns=rng.randint(1, 3), fill=rng.uniform(0.05, 0.2), size=9.0, bullets=rng.choice(("", "", "•"))
    )
    bullets = rng.sample(texts.statements("develop"), 40)
    book = pages.typeset(setting, bullets, texts.headings("develop", 1, 12), rng)
    return build([truth.woven(book, 0, tail=rng.random() < 0.5)], book).raw


def spoiled(raw: bytes, rng: random.Random) -> bytes:
    """Return bytes that were spoiled one to six times."""
    for _ in range(rng.randint(1, 6)):
        raw = rng.choice(WAYS)(raw, rng)
    return raw


def _inserted(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(raw))
    return raw[:at] + rng.choice(ODD).encode("utf-8", "surrogatepass") + raw[at:]


def _noise(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(raw))
    return raw[:at] + rng.randbytes(rng.randint(1, 4)) + raw[at:]


def _cut(raw: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(raw))
    return raw[:start] + raw[start + rng.randint(0, 40) :]


def _doubled(raw: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(raw))
    return raw[:start] + raw[max(start - rng.randint(0, 200), 0) :]


def _shuffled(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def _encoded(raw: bytes, rng: random.Random) -> bytes:
    return raw.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-16-le", "cp1252", "mac-roman")), "replace")


WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _inserted, _inserted, _inserted, _inserted, _inserted, _noise, _cut, _cut, _doubled, _shuffled, _encoded,
)  # fmt: skip


def check(start: int, stop: int) -> Counter[str]:
    """Count the inputs of these numbers that are covered wrongly, refused, or bring the text core down.

    Args:
        start: First number; the same number is always the same input.
        stop: One past the last.
    """
    language = load_language("nl")
    counts: Counter[str] = Counter()
    page = b""
    for number in range(start, stop):
        rng = random.Random(f"fuzz {number}")
        if number % 10 == 0 or not page:
            page = sound(random.Random(f"page {number // 10}"))
        raw = spoiled(page, rng)
        counts["inputs"] += 1
        try:
            encoding, lines = read_lines(raw, language)
            found = segment(raw, encoding, "fuzz", lines, read_order(lines, language, ()), language)
        except UnreadableError:
            counts["refused"] += 1
        except Exception as error:  # noqa: BLE001  what brings it down is what is looked for
            counts["failed"] += 1
            print(f"input {number}: {error!r}", flush=True)
        else:
            counts["uncovered"] += bool(faults(raw, [(span.start, span.end) for span in found.spans]))
    return counts
