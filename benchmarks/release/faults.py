"""Publications that are killed, and publications that compete: what readers see afterwards.

    python -m benchmarks.release.faults --kills 200 --rounds 50

What belongs here: making trouble, and looking at the folder from outside. What does not: how `publish` works inside.
Processes are forked from a server that has imported everything, so that the moments fall on the publication itself.
"""

import argparse
import json
import multiprocessing
import random
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from pathlib import Path

from benchmarks.release.constructed import codebook, constructed, inputs
from pipeline.release.publish import Published, publish
from pipeline.release.verify import verify

COMPETITORS = 12


def context() -> ForkServerContext:
    """Return a way to start processes that have this module imported already."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([__name__, "frictionless"])
    return found


def publish_rows(outputs: Path, statements: int) -> Published:
    """Publish a dataset that is told by its number of statements."""
    books = [codebook()]
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return publish(inputs(constructed(statements), books), [], outputs, codebooks=books, published_at=moment)


def seen(outputs: Path) -> tuple[str, int]:
    """Return what a reader finds: the version that the pointer shows and its number of statements.

    Raises:
        AssertionError: when anything that a reader can reach is not whole.
    """
    latest = json.loads((outputs / "latest.json").read_bytes())
    listed = json.loads((outputs / "releases/versions.json").read_bytes())["versions"]
    assert latest["version"] in [entry["version"] for entry in listed]
    for entry in listed:
        assert verify(outputs / entry["path"]) == [], entry
    descriptor = json.loads((outputs / latest["datapackage"]).read_bytes())
    return latest["version"], next(one["rowCount"] for one in descriptor["resources"] if one["name"] == "statements")


def kill(outputs: Path, kills: int, seed: int = 0) -> int:
    """Kill publications at random moments; return how many had come to the end by then.

    After each, a reader must see the release before or the new one, whole; in the end the next run must succeed.
    """
    chance, start = random.Random(seed), context()
    publish_rows(outputs, 20)
    begun = time.perf_counter()
    publish_rows(outputs, 21)
    longest = 1.5 * (time.perf_counter() - begun)
    finished, count = 0, 21
    for number in range(kills):
        wanted = 20 + number % 2
        process = start.Process(target=publish_rows, args=(outputs, wanted))
        process.start()
        process.join(chance.uniform(0, longest))
        finished += process.exitcode == 0
        process.kill()
        process.join()
        assert seen(outputs)[1] in {count, wanted}
        count = seen(outputs)[1]
    last = publish_rows(outputs, 30)
    assert seen(outputs) == (last.version, 30)
    assert not list((outputs / "releases").glob(".staging-*"))
    return finished


def compete(outputs: Path, rounds: int, competitors: int = COMPETITORS) -> int:
    """Let publishers of different contents start at once, round after round; return how many versions there are.

    No version may be made twice, and none may be lost.
    """
    start = context()
    versions: set[str] = set()
    for number in range(rounds):
        results: Queue[str] = start.Queue()
        sizes = [20 + number * competitors + worker for worker in range(competitors)]
        workers = [start.Process(target=_report, args=(results, outputs, size)) for size in sizes]
        for worker in workers:
            worker.start()
        made = [results.get(timeout=300) for _ in workers]
        for worker in workers:
            worker.join()
        assert len(set(made)) == competitors
        assert not versions & set(made)
        versions |= set(made)
    listed = json.loads((outputs / "releases/versions.json").read_bytes())["versions"]
    assert {entry["version"] for entry in listed} == versions
    seen(outputs)
    return len(versions)


def _report(results: "Queue[str]", outputs: Path, statements: int) -> None:
    results.put(publish_rows(outputs, statements).version)


def main() -> None:
    """Run both and print what was seen."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        finished = kill(Path(folder), arguments.kills)
        print(f"killed {arguments.kills} times, {finished} of them after the end: always a whole release")
    with tempfile.TemporaryDirectory() as folder:
        versions = compete(Path(folder), arguments.rounds)
        print(f"{COMPETITORS} publishers at once, {arguments.rounds} rounds: {versions} versions, none lost or doubled")


if __name__ == "__main__":
    main()
