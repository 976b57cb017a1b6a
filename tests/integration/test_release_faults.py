"""Whatever goes wrong, readers see the old release or the new one, whole, and the next run succeeds without a hand."""

import contextlib
import errno
import itertools
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.release.disks import NotPossibleError, permission_lost, read_only, small_disk
from benchmarks.release.faults import compete, context, kill, publish_rows, seen
from benchmarks.release.places import Place
from pipeline.release import disk, publish
from pipeline.release.disk import DiskStore
from pipeline.release.store import PublishBusyError, Store


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one release of 20 statements, to be copied."""
    folder = tmp_path_factory.mktemp("first")
    publish_rows(folder, 20)
    return folder


@pytest.fixture
def outputs(first: Path, tmp_path: Path) -> Path:
    """Return a folder of the test's own with that release."""
    return Path(shutil.copytree(first, tmp_path / "outputs"))


class Fault:
    """Lets calls pass until one number, and fails then."""

    def __init__(self, at: int) -> None:
        self.left = at

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return function(*args, **options)

        return wrapped


def break_writing(patch: pytest.MonkeyPatch, fault: Fault) -> None:
    """Make one of the calls that write, rename or flush fail."""
    patch.setattr(disk, "flush", fault.wrap(disk.flush))
    for name in ("write_bytes", "rename", "replace", "mkdir", "chmod"):
        patch.setattr(Path, name, fault.wrap(getattr(Path, name)))


def test_the_disk_is_full_at_some_moment(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = 0
    for moment in itertools.count(1, 7):  # of about a hundred writes, each half a second
        with monkeypatch.context() as patch, contextlib.suppress(OSError):
            break_writing(patch, fault := Fault(moment))
            publish_rows(outputs, 21)
        failures += fault.left <= 0
        assert seen(outputs) in {("1.0.0", 20), ("1.1.0", 21)}
        assert not list((outputs / "releases").glob(".staging-*"))
        if (outputs / "releases/1.1.0").exists():
            break
    assert failures > 8
    assert publish_rows(outputs, 21).version == "1.1.0"
    assert seen(outputs) == ("1.1.0", 21)


@pytest.mark.parametrize("step", range(1, 8))
def test_the_disk_is_full_after_the_rename(outputs: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    point = publish.point
    with monkeypatch.context() as patch:

        def break_and_point(store: Store) -> None:
            break_writing(patch, Fault(step))
            point(store)

        patch.setattr(publish, "point", break_and_point)
        with pytest.raises(OSError, match="No space left"):
            publish_rows(outputs, 21)
    assert seen(outputs) in {("1.0.0", 20), ("1.1.0", 21)}
    assert publish_rows(outputs, 21).version == "1.1.0"
    assert seen(outputs) == ("1.1.0", 21)


def power_cut(store: Store) -> None:
    raise OSError("power cut")


def test_a_release_without_a_pointer_is_adopted(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(publish, "point", power_cut)
        with pytest.raises(OSError, match="power cut"):
            publish_rows(outputs, 21)
    assert seen(outputs) == ("1.0.0", 20)
    again = publish_rows(outputs, 21)
    assert (again.version, again.created) == ("1.1.0", False)
    assert seen(outputs) == ("1.1.0", 21)


def test_a_damaged_release_without_a_pointer_is_set_aside(outputs: Path) -> None:
    stray = outputs / "releases/1.1.0"
    (stray / "data").mkdir(parents=True)
    (stray / "datapackage.json").write_text("{}")
    made = publish_rows(outputs, 21)
    assert (made.version, made.created) == ("1.1.0", True)
    assert (outputs / "releases/.broken-1.1.0/datapackage.json").read_text() == "{}"


def test_what_a_dead_run_left_is_removed(outputs: Path) -> None:
    whole = sorted(path.name for path in outputs.iterdir())
    (outputs / "releases/.staging-dead/data").mkdir(parents=True)
    (outputs / "releases/.versions.json.1.new").write_text("[")
    (outputs / ".latest.json.1.new").write_text("{")
    publish_rows(outputs, 20)
    assert sorted(path.name for path in outputs.iterdir()) == whole
    assert not [name for name in whole if name.endswith(".new")]
    assert sorted(path.name for path in (outputs / "releases").iterdir()) == [".lock", "1.0.0", "versions.json"]


@pytest.mark.parametrize("lost", ["latest.json", "releases/versions.json"])
def test_a_lost_pointer_is_made_again(outputs: Path, lost: str) -> None:
    publish_rows(outputs, 21)
    before = (outputs / lost).read_bytes()
    (outputs / lost).unlink()
    assert publish_rows(outputs, 21).created is False
    assert (outputs / lost).read_bytes() == before


def test_the_right_to_write_is_lost(tmp_path: Path) -> None:
    assert permission_lost(tmp_path / "outputs", context(), publish_rows, seen, times=1, seconds=0.1) == 1


def test_a_read_only_disk_is_an_error(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk") as disk:
            read_only(disk, publish_rows, seen)
    except NotPossibleError as error:
        pytest.skip(str(error))


def test_an_impatient_publisher_leaves_with_a_message(tmp_path: Path) -> None:
    one, other = DiskStore(tmp_path), DiskStore(tmp_path)
    with one.locked(1), pytest.raises(PublishBusyError, match="another publisher"), other.locked(0.1):
        pass


def test_releases_are_read_only(tmp_path: Path) -> None:
    folder = publish_rows(tmp_path, 20).path
    modes = {path.stat().st_mode & 0o222 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0}


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o755), (0o077, 0o700)])
def test_who_may_enter_the_folders_of_a_release_says_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        folder = publish_rows(tmp_path, 20).path
    finally:
        os.umask(before)
    inside = (path for path in (folder, *folder.rglob("*")) if path.is_dir())
    assert {path.stat().st_mode & 0o777 for path in inside} == {mode}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    assert kill(Place(str(tmp_path)), 15) < 15
    assert not list((tmp_path / "releases").glob(".staging-*"))


def test_publishers_in_one_folder_lose_no_release(tmp_path: Path) -> None:
    assert compete(Place(str(tmp_path)), 2, competitors=4) == 8
    listed = json.loads((tmp_path / "releases/versions.json").read_bytes())["versions"]
    assert len({entry["content"] for entry in listed}) == 8
