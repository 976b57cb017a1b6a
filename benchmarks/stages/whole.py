"""`python -m benchmarks.stages.whole`: one long text, from raw file to release, by step; or many short ones.

What belongs here: making the text, and the processor time and greatest memory after each step of a publication. What
does not: one stage on its own (`benchmarks.stages`), a release of rows (`benchmarks.release`). Nothing is written but
a temporary folder.

The text is constructed from the development reports of the coding gold, again and again in another order. One word in
eight is another one of the same reports, so that hardly a sentence comes twice and nothing that is remembered of words
or sentences flatters the figures. Every third page is woven from two columns. With `--sources` its pages are dealt out
over so many sources.
"""

import random
import resource
import tempfile
import textwrap
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise, zip_longest
from pathlib import Path

from benchmarks.options import parser_of
from benchmarks.reading_order.texts import outline, reports
from pipeline.automation.local import Watcher, run_plan
from pipeline.settings import Settings

_METADATA = "title: Meting\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
_ROWS = 44
"""Lines of a page."""


def main() -> None:
    """Publish a text of the size that is asked for, and print what each step took."""
    parser = parser_of("benchmarks.stages.whole", __doc__)
    parser.add_argument("--megabytes", type=float, default=20.0)
    parser.add_argument("--sources", type=int, default=1, help="over which the pages are dealt out")
    asked = parser.parse_args()
    size = int(1e6 * asked.megabytes)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        for number, text in enumerate(parts(long_text(size), asked.sources)):
            source = raw / f"meting-{number:04d}"
            source.mkdir(parents=True)
            (source / "source.yaml").write_text(_METADATA, encoding="utf-8")
            (source / "lang.txt").write_text(text, encoding="utf-8")
        steps = _Steps()
        run_plan(Settings(raw, Path(folder) / "outputs", max_bytes=2 * size), steps.watcher())
        steps.show()


def parts(text: str, number: int) -> list[str]:
    """Return so many texts that hold the pages of one in their order, as many pages each as can be.

    Raises:
        ValueError: when there are fewer pages than that.
    """
    pages = text.split("\f")
    if len(pages) < number:
        raise ValueError(f"{len(pages)} pages cannot be dealt out over {number} sources; ask for more megabytes")
    bounds = [len(pages) * place // number for place in range(number + 1)]
    return ["\f".join(pages[first:last]) for first, last in pairwise(bounds)]


def long_text(size: int, seed: int = 1) -> str:
    """Return a text of about so many bytes, with pages, headings and page numbers."""
    chance, length = random.Random(seed), 0
    pages: list[str] = []
    lines, narrow = _lines(random.Random(seed), 88), _lines(random.Random(seed + 1), 40)
    while length < size:
        if len(pages) % 3 == 2:
            left, right = (list(islice(narrow, _ROWS)) for _ in range(2))
            rows = [" ".join(filter(None, row)) for row in zip_longest(left, right, fillvalue="")]
        else:
            rows = list(islice(lines, _ROWS))
        pages.append("\n".join([*rows, "", f"{len(pages) + 1} | Verslag van de gesprekken {chance.randrange(9)}\n"]))
        length += len(pages[-1].encode())
    return "\f".join(pages)


def _lines(chance: random.Random, width: int) -> Iterator[str]:
    """Yield lines without end: headings and bullets, of which words were exchanged."""
    words = [word for report in reports("develop") for bullet in report.bullets for word in bullet.split()]
    plain = [word for word in words if word.isalpha() and word.islower() and len(word) > 5]
    while True:
        report = outline("develop", chance.randrange(2**32), 50)
        opens = dict(zip(report.opens, report.titles, strict=True))
        for number, bullet in enumerate(report.bullets):
            if number in opens:
                yield f"{1 + len(opens) % 9}.{1 + list(opens).index(number)} {opens[number]}"
            exchanged = (chance.choice(plain) if chance.random() < 1 / 8 else word for word in bullet.split())
            yield from textwrap.wrap(" ".join(exchanged), width)


class _Steps:
    """Processor seconds by step and by source, checks with the table that they are about, and the greatest memory."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.sources: dict[str, float] = defaultdict(float)
        self.memory: dict[str, float] = {}
        self.before = time.process_time()

    def watcher(self) -> Watcher:
        """Return what tells these steps of a run; time between two steps counts with the later one."""
        return Watcher(lambda: None, lambda _: None, lambda *_: None, self._ended)

    def _ended(self, source: str, step: str) -> None:
        now = time.process_time()
        self.seconds[step] += now - self.before
        self.sources[source] += now - self.before
        self.memory[step] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.before = now
        print(f"{source:12} {step:30} {self.sources[source]:8.1f} s {self.memory[step]:8.0f} MiB", flush=True)

    def show(self) -> None:
        """Print all steps that took a second or more, the longest first, and what sources took, the first apart."""
        print(f"\n{'step':40} {'seconds':>8} {'MiB by then':>12}")
        for step, spent in sorted(self.seconds.items(), key=lambda item: -item[1]):
            if spent >= 1:
                print(f"{step:40} {spent:8.1f} {self.memory[step]:12.0f}")
        print(f"{'all':40} {sum(self.seconds.values()):8.1f} {max(self.memory.values()):12.0f}")
        first, *others = list(self.sources.values())[:-1]  # the last is the release
        print(f"\n{'first source':40} {first:8.1f}")
        if fifth := len(others) // 5:
            print(f"{'each of the first fifth after it':40} {sum(others[:fifth]) / fifth:8.2f}")
            print(f"{'each of the last fifth':40} {sum(others[-fifth:]) / fifth:8.2f}")


if __name__ == "__main__":
    main()
