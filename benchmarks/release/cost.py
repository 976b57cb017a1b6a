"""What a large release costs in time and memory.

    python -m benchmarks.release --statements 25000 50000 100000

Baseline: writing the same rows as Parquet and CSV, and nothing else. Both run in processes of their own, so that the
greatest memory of each is known. Prints seconds and MiB; the greatest memory must hardly grow with the number of rows.
What belongs here: running and measuring both. What does not: the rows (`benchmarks.release.constructed`).
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing.queues import Queue
from pathlib import Path

import pyarrow.parquet as pq
from pyarrow import csv

from benchmarks.options import parser_of
from benchmarks.release.constructed import DAY, constructed, inputs
from pipeline.release.publish import publish

CODINGS_EACH = 10

Work = Callable[[Path, int], None]


def write_only(folder: Path, statements: int) -> None:
    """Write the tables, unchecked: the baseline."""
    for name, table in inputs(constructed(statements, CODINGS_EACH)).tables.items():
        rows = list(table())
        if rows:
            with (
                pq.ParquetWriter(folder / f"{name}.parquet", rows[0].schema) as parquet,
                csv.CSVWriter(folder / f"{name}.csv", rows[0].schema) as text,
            ):
                for batch in rows:
                    parquet.write_batch(batch)
                    text.write_batch(batch)


def first(folder: Path, statements: int) -> None:
    """Publish a first release."""
    publish(inputs(constructed(statements, CODINGS_EACH)), folder, DAY)


def following(folder: Path, statements: int) -> None:
    """Publish a release with fifty statements more, compared with the first."""
    first(folder, statements + 50)


def measure(work: Work, folder: Path, statements: int) -> tuple[float, float]:
    """Return seconds and greatest MiB of a piece of work in a process of its own."""
    start = multiprocessing.get_context("spawn")
    results: Queue[tuple[float, float]] = start.Queue()
    process = start.Process(target=_run, args=(results, work, folder, statements))
    process.start()
    found = results.get(timeout=1200)
    process.join()
    return found


def _run(results: "Queue[tuple[float, float]]", work: Work, folder: Path, statements: int) -> None:
    begun = time.perf_counter()
    work(folder, statements)
    seconds = time.perf_counter() - begun
    results.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    """Measure and print."""
    parser = parser_of("benchmarks.release", __doc__)
    parser.add_argument("--statements", type=int, nargs="+", default=[25_000, 50_000, 100_000])
    for statements in parser.parse_args().statements:
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "written"
            written.mkdir()
            for name, work, target in (
                ("write only", write_only, written),
                ("first release", first, Path(folder)),
                ("following release", following, Path(folder)),
            ):
                seconds, memory = measure(work, target, statements)
                print(f"{name:18} {statements:>8} statements {seconds:8.1f} s {memory:8.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
