"""A store behind a URL keeps the same promises as a folder, with conditional writes in place of the rename."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from benchmarks.release.constructed import DAY, constructed, inputs
from benchmarks.release.flaky import FlakyFileSystem
from pipeline.errors import PlainError
from pipeline.release import bucket as of_buckets
from pipeline.release import remote
from pipeline.release.bucket import BucketStore
from pipeline.release.disk import DiskStore
from pipeline.release.failures import FAILED
from pipeline.release.files import listed_files
from pipeline.release.outputs import open_store
from pipeline.release.publish import Published, publish
from pipeline.release.rebuild import rebuild
from pipeline.release.remote import Remote
from pipeline.release.store import PublishBusyError, Store, StoreError, standing
from pipeline.release.verify import verify

LEASE = 0.3
LOG = "releases/.log"


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(remote, "FIRST_PAUSE", 0.001)
    FlakyFileSystem.emptied()
    yield
    MemoryFileSystem.store.clear()


@pytest.fixture(scope="module")
def first() -> dict[str, bytes]:
    """Return the files of a bucket with one release of 20 statements, by their paths."""
    make(bucket(), 20)
    return {path: file.getvalue() for path, file in MemoryFileSystem.store.items()}


@pytest.fixture
def standing_release(first: dict[str, bytes], empty: None) -> None:
    """Lay that release into the test's bucket."""
    MemoryFileSystem().pipe(first)


def bucket(url: str = "memory://bucket/data", lease: float = LEASE) -> BucketStore:
    return BucketStore(Remote(url), lease)


def make(store: Store, statements: int, patience: float = 5) -> Published:
    return publish(inputs(constructed(statements)), store, DAY, patience=patience)


def seen(store: Store) -> tuple[str, int]:
    """Return what a reader finds: the version of the pointer and its number of statements; everything must be whole."""
    latest = json.loads(store.read("latest.json"))
    listed = [entry["version"] for entry in json.loads(store.read("releases/versions.json"))["versions"]]
    assert set(listed) <= set(store.versions())
    for version in listed:
        assert verify(store.folder(version)) == []
    descriptor = json.loads(store.read(latest["datapackage"]))
    return latest["version"], next(one["rowCount"] for one in descriptor["resources"] if one["name"] == "statements")


class Died(BaseException):
    """The process is gone: nothing that it meant to do afterwards happens."""


def die_in(store: BucketStore, method: str, monkeypatch: pytest.MonkeyPatch, after: int = 0) -> None:
    """Make a publisher die at a call of a method of its files, without tidying up and with its pulse standing still."""
    calls, original = iter(range(10_000)), getattr(store._remote, method)

    def dying(*given: object) -> object:
        if next(calls) < after:
            return original(*given)
        for name in ("create", "write", "remove", "upload"):
            monkeypatch.setattr(store._remote, name, gone)
        raise Died

    def gone(*_: object) -> None:
        raise OSError("dead")

    monkeypatch.setattr(store._remote, method, dying)


def test_a_bucket_and_a_folder_hold_the_same_bytes(tmp_path: Path) -> None:
    far, near = bucket(), DiskStore(tmp_path)
    for size in (20, 21):
        far_made, near_made = make(far, size), make(near, size)
        assert (far_made.version, far_made.created) == (near_made.version, near_made.created)
        files = listed_files(near_made.path)
        assert listed_files(far_made.path) == files
        assert [f for f in files if (near_made.path / f).read_bytes() != (far_made.path / f).read_bytes()] == []
    for pointer in ("latest.json", "releases/versions.json"):
        assert far.read(pointer) == near.read(pointer)
    assert far_made.address == "memory://bucket/data/releases/1.1.0"


@pytest.mark.usefixtures("standing_release")
def test_the_same_rows_make_no_version(tmp_path: Path) -> None:
    again = make(bucket(), 20)
    assert (again.version, again.created) == ("1.0.0", False)


def test_a_release_in_a_bucket_is_made_again_byte_for_byte() -> None:
    store = bucket()
    make(store, 20)
    made = make(store, 21)
    assert rebuild(made.path, inputs(constructed(21)), store) == []


@pytest.mark.parametrize("arrives", [False, True], ids=["lost on the way", "answer lost"])
def test_every_third_write_fails_and_the_release_stands(arrives: bool) -> None:
    FlakyFileSystem.emptied(arrives=arrives)
    store = bucket("flaky://bucket/data")
    for size in (20, 21):
        make(store, size)
    assert seen(store) == ("1.1.0", 21)
    assert FlakyFileSystem.writes > 100


@pytest.mark.parametrize("after", [0, 1, 20])
def test_a_store_that_fails_from_some_moment_on_changes_nothing_and_then_works_again(after: int) -> None:
    FlakyFileSystem.emptied(every=0)
    make(bucket("flaky://bucket/data"), 20)
    FlakyFileSystem.writes, FlakyFileSystem.every, FlakyFileSystem.working = 0, 1, after
    with pytest.raises(OSError, match="connection was lost"):
        make(bucket("flaky://bucket/data"), 21)
    assert seen(bucket("flaky://bucket/data")) == ("1.0.0", 20)
    FlakyFileSystem.every = 0
    make(bucket("flaky://bucket/data"), 21)
    assert seen(bucket("flaky://bucket/data")) == ("1.1.0", 21)


@pytest.mark.parametrize(
    ("method", "after"),
    [("upload", 0), ("upload", 17), ("sha256", 3), ("create", 1), ("create", 2), ("write", 0), ("write", 1)],
)
@pytest.mark.usefixtures("standing_release")
def test_a_publisher_dies_and_the_next_one_needs_no_hand(
    method: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = bucket(lease=1000)  # its own pulse never comes
    die_in(dead, method, monkeypatch, after)
    with pytest.raises(Died):
        make(dead, 21)
    assert seen(bucket())[0] in {"1.0.0", "1.1.0"}
    assert json.loads(bucket().read("latest.json"))["version"] == "1.0.0"
    made = make(bucket(), 22)
    assert made.created
    assert seen(bucket()) == (made.version, 22)
    assert [path for path in Remote("memory://bucket/data").files(LOG) if not path.endswith(".json")] == []


class Clock:
    """A clock that goes on only while somebody sleeps, by when the pulse of whoever publishes has beaten again."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        before, tries = pulses(), iter(range(6_000))
        while pulses() == before:
            assert next(tries, None) is not None, "no pulse in a minute"
            time.sleep(0.01)
        self.now += seconds


def pulses() -> list[bytes]:
    files = Remote("memory://bucket/data")
    return [files.read(f"{LOG}/{path}") for path in files.files(LOG) if path.endswith(".pulse")]


@pytest.mark.usefixtures("standing_release")
def test_a_living_publisher_is_waited_for_or_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with bucket().locked(1):
        clock = Clock()  # by that of the machine a pulse may be late when it has much to do
        with monkeypatch.context() as patch:
            patch.setattr(of_buckets, "time", clock)
            with pytest.raises(PublishBusyError, match="another publisher"):
                make(bucket(), 21, patience=4 * LEASE)
        assert clock.now > 3 * LEASE
    assert make(bucket(), 21).version == "1.1.0"


@pytest.mark.usefixtures("standing_release")
def test_whoever_was_overtaken_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = bucket(lease=1000)
    install = slow.install

    def late(staged: Path, version: str) -> None:
        assert make(bucket(), 30).version == "1.1.0"  # while this one sleeps
        install(staged, version)

    monkeypatch.setattr(slow, "install", late)
    with pytest.raises((PublishBusyError, FileExistsError)):
        make(slow, 21)
    assert seen(bucket()) == ("1.1.0", 30)


@pytest.mark.usefixtures("standing_release")
def test_whoever_was_overtaken_while_uploading_spoils_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = bucket(lease=1000)
    upload, left = slow._remote.upload, iter(range(100))

    def late(local: Path, path: str) -> None:
        if next(left) == 10:
            assert make(bucket(), 30).version == "1.1.0"
        upload(local, path)

    monkeypatch.setattr(slow._remote, "upload", late)
    with pytest.raises((PublishBusyError, FileExistsError)):
        make(slow, 21)
    assert seen(bucket()) == ("1.1.0", 30)


def test_publishers_of_one_bucket_take_turns() -> None:
    results: list[str] = []
    threads = [threading.Thread(target=_publish_into, args=(results, 20 + number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 4
    assert sorted(results) == sorted(bucket().versions())
    seen(bucket())


def _publish_into(results: list[str], statements: int) -> None:
    results.append(make(bucket(lease=60), statements, patience=1800).version)


@pytest.mark.usefixtures("standing_release")
def test_files_that_somebody_laid_there_are_left_alone() -> None:
    laid = Remote("memory://bucket/data")
    laid.write("releases/1.1.0/notes.txt", b"mine")
    with pytest.raises(
        FileExistsError,
        match=r"1\.1\.0: is there already.*; when .*, move it away and publish",
    ):
        make(bucket(), 21)
    assert laid.read("releases/1.1.0/notes.txt") == b"mine"
    assert json.loads(bucket().read(FAILED))["standing"] == "1.0.0"


def test_releases_that_were_copied_there_are_gone_on_from(tmp_path: Path) -> None:
    make(DiskStore(tmp_path), 20)
    copy = Remote("memory://bucket/data")
    for path in listed_files(tmp_path):
        if path != "releases/.lock":
            copy.upload(tmp_path / path, path)
    assert make(bucket(), 20).created is False
    assert make(bucket(), 21).version == "1.1.0"
    assert seen(bucket()) == ("1.1.0", 21)


@pytest.mark.usefixtures("standing_release")
def test_a_lost_pointer_is_made_again() -> None:
    before = bucket().read("latest.json")
    bucket().remove("latest.json")
    assert standing(bucket()) is None
    assert make(bucket(), 20).created is False
    assert bucket().read("latest.json") == before


def test_a_changed_byte_stops_the_next_release() -> None:
    made = make(bucket(), 20)
    path = "releases/1.0.0/data/codes.csv"
    Remote("memory://bucket/data").write(path, made.store.read(path) + b"x")
    assert verify(bucket().folder("1.0.0")) == ["data/codes.csv: changed"]
    with pytest.raises(PlainError, match="damaged"):
        make(bucket(), 21)


def test_a_bucket_without_rights_is_one_clear_line_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    store = bucket()
    store.require_writable()
    assert Remote(store.address).files("releases") == []
    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refused)
    with pytest.raises(StoreError, match=r"^memory://bucket/data: cannot be written to \(Access Denied\); mend"):
        store.require_writable()


@pytest.mark.parametrize(
    ("address", "message"),
    [("nosuch://x", "Protocol not known"), ("gs://x/y", "gcsfs")],
)
def test_an_address_that_cannot_be_used_is_a_clear_error(address: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_store(address)


def test_folders_are_told_from_urls(tmp_path: Path) -> None:
    for address in (str(tmp_path), f"file://{tmp_path}"):
        store = open_store(address)
        assert isinstance(store, DiskStore)
        assert store.root == tmp_path
    assert isinstance(open_store("memory://x"), BucketStore)


@pytest.mark.parametrize(
    "call", [lambda files: files.create("a", b"2"), lambda files: files.upload(Path(__file__), "a")]
)
def test_what_is_there_is_never_replaced(call: Callable[[Remote], None]) -> None:
    files = Remote("memory://bucket/data")
    files.create("a", b"1")
    files.create("a", b"1")  # the same content may be an earlier try of our own
    with pytest.raises(FileExistsError):
        call(files)
    assert files.read("a") == b"1"


def test_a_url_that_cannot_be_reached_is_named(monkeypatch):
    def unknown(_: str) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("fsspec.core.url_to_fs", unknown)
    with pytest.raises(StoreError, match=r"^ftp://nergens/x cannot be reached \(.*not known\); see whether its name"):
        Remote("ftp://nergens/x")
