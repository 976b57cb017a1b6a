"""Whether raw files make the same release in other surroundings, byte for byte.

    python -m benchmarks.release.reproducible [--all]

A raw folder is published once. Then the release is made again from the raw files, and every byte compared
(`bloemlezing verify --rebuild`), in two locales, two time zones, with one and two worker processes and under two hash
seeds: in every combination with `--all`, otherwise in the two that differ in everything.

What belongs here: surroundings. What does not: making a release again (`pipeline.release.rebuild`).
"""

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from distributed import LocalCluster

from benchmarks.options import parser_of
from pipeline.settings import DASK

RAW = Path(__file__).parents[2] / "raw"
LOCALES = ({"LC_ALL": "C", "LANG": "C"}, {"LC_ALL": "C.UTF-8", "LANG": "nl_NL.UTF-8"})
ZONES = ({"TZ": "Pacific/Auckland"}, {"TZ": "America/Caracas"})
WORKERS = (1, 2)
SEEDS = ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4242"})


def surroundings(*, every: bool) -> Iterator[tuple[Mapping[str, str], int]]:
    """Yield environments and numbers of workers."""
    settings = (LOCALES, ZONES, WORKERS, SEEDS)
    chosen = itertools.product(*settings) if every else zip(*settings, strict=True)
    for locale, zone, workers, seed in chosen:
        yield {**locale, **zone, **seed}, workers


def run(command: list[str], raw: Path, outputs: Path, environment: Mapping[str, str]) -> None:
    """Run the command line on these folders.

    Raises:
        subprocess.CalledProcessError: when it fails, for one because a byte differs.
    """
    folders = ["--raw", str(raw), "--outputs", str(outputs)]
    whole = [sys.executable, "-m", "pipeline.cli", *command, *folders]
    subprocess.run(whole, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Publish, make again in each surrounding, and print what was compared."""
    parser = parser_of("benchmarks.release.reproducible", __doc__)
    parser.add_argument("--raw", type=Path, default=RAW)
    parser.add_argument("--all", action="store_true", help="every combination, sixteen of them")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder) / "outputs"
        run(["publish"], arguments.raw, outputs, {})
        for environment, workers in surroundings(every=arguments.all):
            begun = time.perf_counter()
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
            ) as cluster:
                address = {DASK: str(cluster.scheduler_address)}
                run(["verify", "--rebuild"], arguments.raw, outputs, {**environment, **address})
            named = " ".join(f"{name}={value}" for name, value in environment.items())
            seconds = time.perf_counter() - begun
            print(f"{named}, {workers} workers: every byte the same ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
