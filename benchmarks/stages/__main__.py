"""`python -m benchmarks.stages`: milliseconds per document and stage, as a ratio to hashing and decoding the files.

Documents are constructed: sentences in the manner of consultation reports, one column, two pages, with headings and a
running footer. Nothing is written but a temporary folder.
"""

import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.options import parser_of
from pipeline.stages.clean import clean
from pipeline.stages.code import code
from pipeline.stages.ingest import ingest
from pipeline.stages.recommend import recommendations
from pipeline.stages.segment import segment_source

_Result = TypeVar("_Result")

_METADATA = "title: Meting\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"
_STARTS = (
    "Zorg voor",
    "Investeer in",
    "Meer aandacht voor",
    "Gemeenten moeten zorgen voor",
    "Er is te weinig",
    "Stop met",
)
_OBJECTS = ("opvang", "begeleiding", "scholing van professionals", "toezicht", "samenwerking", "onderzoek", "preventie")
_ENDS = (
    "in elke regio",
    "voor jongeren",
    "door gemeenten",
    "binnen twee jaar",
    "voor slachtoffers",
    "zonder wachttijd",
)


def main() -> None:
    """Print the table."""
    arguments = parser_of("benchmarks.stages", __doc__)
    arguments.add_argument("--documents", type=int, default=200)
    arguments.add_argument("--quick", action="store_true", help="20 documents")
    chosen = arguments.parse_args()
    count = 20 if chosen.quick else chosen.documents
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        _write(raw, count)
        _measure(raw, count)


def _write(raw: Path, count: int) -> None:
    (raw / "meting").mkdir()
    (raw / "meting" / "source.yaml").write_text(_METADATA, encoding="utf-8")
    for number in range(count):
        (raw / "meting" / f"{number:05}.txt").write_text(_document(random.Random(number)), encoding="utf-8")


def _document(chance: random.Random) -> str:
    pages = []
    for page in range(2):
        lines = []
        for section in range(4):
            lines.append(f"{page + 1}.{section + 1} {chance.choice(_OBJECTS).capitalize()}")
            sentences = (
                f"{chance.choice(_STARTS)} {chance.choice(_OBJECTS)} {chance.choice(_ENDS)}." for _ in range(8)
            )
            lines += [*sentences, ""]
        pages.append("\n".join([*lines, f"meting - een bundel {page + 1}\n"]))
    return "\f".join(pages)


def _measure(raw: Path, count: int) -> None:
    floor, _ = _timed(lambda: [hashlib.sha256(p.read_bytes()).hexdigest() + p.read_text() for p in raw.rglob("*.txt")])
    ingest(raw, "meting", 10**8)  # language data is loaded once, before anything is timed
    seconds, taken = _timed(lambda: ingest(raw, "meting", 10**8))
    rows = [("hash and decode (floor)", floor), ("ingest", seconds)]
    seconds, cleaned = _timed(lambda: clean(raw, taken.sources, taken.raw_documents, taken.issues))
    rows.append(("clean", seconds))
    working = {"documents": cleaned.documents, "text_lines": cleaned.text_lines, "reading_order": cleaned.reading_order}
    seconds, found = _timed(lambda: segment_source(raw, taken.sources, working, cleaned.issues))
    rows.append(("segment", seconds))
    seconds, coded = _timed(lambda: code(taken.sources, found.sections, found.statements))
    rows.append(("code", seconds))
    arguments = (taken.sources, taken.raw_documents, found.sections, found.statements, coded.codings)
    seconds, _ = _timed(lambda: recommendations(*arguments))
    rows.append(("recommendations", seconds))
    print(f"{count} documents, {len(found.statements)} statements; one core")
    print(f"{'stage':26} {'ms/document':>12} {'x floor':>9}")
    for name, spent in rows:
        print(f"{name:26} {1000 * spent / count:12.2f} {spent / floor:9.1f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _timed(work: Callable[[], _Result]) -> tuple[float, _Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
