"""Publications that are killed, that compete, and that meet broken disks and stores: what readers see afterwards.

    python -m benchmarks.release.faults --kills 200 --rounds 50

What belongs here: making trouble, and looking at the releases from outside. What does not: how `publish` works inside.
Processes are forked from a server that has imported everything, so that the moments fall on the publication itself.
"""

import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from pathlib import Path

from benchmarks.options import parser_of
from benchmarks.release.constructed import constructed, inputs
from benchmarks.release.disks import NotPossibleError, full, permission_lost, read_only, small_disk
from benchmarks.release.flaky import FlakyFileSystem
from benchmarks.release.places import Place, local_s3
from pipeline.release.publish import Published, publish
from pipeline.release.store import Store
from pipeline.release.verify import verify

COMPETITORS, ROUNDS_A_FOLDER = 12, 10
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def context() -> ForkServerContext:
    """Return a way to start processes that have this module imported already."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([__name__, "frictionless", "s3fs"])
    return found


def publish_rows(outputs: Path | Store, statements: int, moment: datetime = MOMENT) -> Published:
    """Publish a dataset that is told by its number of statements."""
    return publish(inputs(constructed(statements)), outputs, moment)


def publish_at(place: Place, statements: int) -> None:
    """Do the same in another process."""
    publish_rows(place.store(), statements)


def seen(outputs: Path | Place) -> tuple[str, int]:
    """Return what a reader finds: the version that the pointer shows and its number of statements.

    Raises:
        AssertionError: when anything that a reader can reach is not whole.
    """
    store = (outputs if isinstance(outputs, Place) else Place(str(outputs))).store()
    latest = json.loads(store.read("latest.json"))
    listed = json.loads(store.read("releases/versions.json"))["versions"]
    versions = [entry["version"] for entry in listed]
    assert latest["version"] in versions
    assert set(versions) <= set(store.versions())
    for version in versions:
        assert verify(store.folder(version)) == [], version
    descriptor = json.loads(store.read(latest["datapackage"]))
    return latest["version"], next(one["rowCount"] for one in descriptor["resources"] if one["name"] == "statements")


def kill(place: Place, kills: int, seed: int = 0) -> int:
    """Kill publications at random moments; return how many had come to the end by then.

    After each, a reader must see the release before or the new one, whole; in the end the next run must succeed.
    """
    chance, start = random.Random(seed), context()
    publish_rows(place.store(), 20)
    begun = time.perf_counter()
    publish_rows(place.store(), 21)
    longest = 1.5 * (time.perf_counter() - begun)
    finished, count = 0, 21
    for number in range(kills):
        wanted = 20 + number % 2
        process = start.Process(target=publish_at, args=(place, wanted))
        process.start()
        process.join(chance.uniform(0, longest))
        finished += process.exitcode == 0
        process.kill()
        process.join()
        found = seen(place)[1]
        assert found in {count, wanted}
        count = found
    last = publish_rows(place.store(), 30)
    assert seen(place) == (last.version, 30)
    return finished


def compete(place: Place, rounds: int, competitors: int = COMPETITORS) -> int:
    """Let publishers of different contents start at once, round after round; return how many versions there are.

    No version may be made twice, and none may be lost. No content is that of any in the round before, so each publisher
    has something new to publish, whichever comes first.
    """
    start = context()
    versions: set[str] = set()
    for number in range(rounds):
        results: Queue[str] = start.Queue()
        sizes = [20 + number % 2 * competitors + worker for worker in range(competitors)]
        workers = [start.Process(target=_report, args=(results, place, size)) for size in sizes]
        for worker in workers:
            worker.start()
        made = [results.get(timeout=600) for _ in workers]
        for worker in workers:
            worker.join()
        assert len(set(made)) == competitors
        assert not versions & set(made)
        versions |= set(made)
    listed = json.loads(place.store().read("releases/versions.json"))["versions"]
    assert {entry["version"] for entry in listed} == versions
    seen(place)
    return len(versions)


def _report(results: "Queue[str]", place: Place, statements: int) -> None:
    results.put(publish_rows(place.store(), statements).version)


def clock_set_back(outputs: Path) -> None:
    """Publish with a clock that was set back by years: the release is new all the same, and dated no earlier."""
    first = publish_rows(outputs, 20)
    second = publish_rows(outputs, 21, datetime(2001, 1, 1, tzinfo=UTC))
    days = [json.loads((one.path / "datapackage.json").read_bytes())["created"] for one in (first, second)]
    assert days[0] <= days[1], days
    assert seen(outputs) == ("1.1.0", 21)


def every_third_write_fails(arrives: bool) -> int:
    """Publish to a store whose every third write fails; return how many writes that took."""
    FlakyFileSystem.emptied(arrives=arrives)
    place = Place("flaky://open-data")
    for size in (20, 21):
        publish_rows(place.store(), size)
        assert seen(place)[1] == size
    return FlakyFileSystem.writes


def _disk_lines(folder: Path, seconds: float) -> Iterator[str]:
    """Yield what was seen on disks that make trouble."""
    try:
        with small_disk(folder / "full") as disk:
            stopped = full(disk, publish_rows, seen, 12)
            yield f"disk full at 12 moments, {stopped} publications stopped: always a whole release"
        with small_disk(folder / "read-only") as disk:
            read_only(disk, publish_rows, seen)
            yield "read-only disk: refused, the release before stands; then published"
    except NotPossibleError as error:
        yield f"disk full, read-only disk: not measured ({error})"
    stopped = permission_lost(folder / "permission", context(), publish_rows, seen, 20, seconds)
    yield f"permission lost at 20 random moments, {stopped} publications stopped: always a whole release"
    clock_set_back(folder / "clock")
    yield "clock set back by 25 years: a new release, dated no earlier than the one before"


def _parts(rounds: int) -> Iterator[tuple[int, int]]:
    """Yield numbers of rounds that share a folder: a long history makes publications slower, and no fault likelier."""
    for number, done in enumerate(range(0, rounds, ROUNDS_A_FOLDER)):
        yield number, min(ROUNDS_A_FOLDER, rounds - done)


def _lines(kills: int, rounds: int) -> Iterator[str]:
    """Yield what was seen, a line a kind of trouble."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        finished = kill(Place(str(folder / "killed")), kills)
        yield f"killed {kills} times, {finished} of them after the end: always a whole release"
        begun = time.perf_counter()
        publish_rows(folder / "timed", 20)
        yield from _disk_lines(folder, time.perf_counter() - begun)
        versions = sum(compete(Place(str(folder / f"raced-{number}")), part) for number, part in _parts(rounds))
        yield f"{COMPETITORS} publishers at once, {rounds} rounds: {versions} versions, none lost or doubled"
    for arrives, how in ((False, "is lost"), (True, "arrives and its answer is lost")):
        writes = every_third_write_fails(arrives)
        yield f"store of which every third write {how}: two releases in {writes} writes"
    kills, rounds = max(1, kills // 10), max(1, rounds // 10)
    with local_s3() as place:
        finished = kill(place, kills)
        yield f"S3, killed {kills} times, {finished} of them after the end: always a whole release"
    with local_s3() as place:
        versions = compete(place, rounds)
        yield f"S3, {COMPETITORS} publishers at once, {rounds} rounds: {versions} versions, none lost or doubled"


def main() -> None:
    """Make every kind of trouble and print what was seen."""
    parser = parser_of("benchmarks.release.faults", __doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    arguments = parser.parse_args()
    for line in _lines(arguments.kills, arguments.rounds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
