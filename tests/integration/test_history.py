"""Dagster's run history: one database for all events, homes made before, what is forgotten, runs without a process."""

import json
import os
import socket
import sqlite3
import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.storage.tags import GRPC_INFO_TAG, PARTITION_NAME_TAG
from dagster._daemon.run_coordinator.queued_run_coordinator_daemon import QueuedRunCoordinatorDaemon
from dagster._daemon.types import DaemonHeartbeat
from filelock import FileLock

from pipeline.assets.code import ingested_fingerprint
from pipeline.assets.common import SOURCES
from pipeline.automation.home import INSTANCE, LOCK, open_history, prepare_home
from pipeline.automation.lost import OURS, end_lost_runs, end_lost_runs_of
from pipeline.automation.pruning import prune, prune_history
from pipeline.automation.waiting import wait_for_daemon
from pipeline.release.store import PublishBusyError
from pipeline.resources.history import EventLog
from pipeline.settings import Settings

OLD = "telemetry:\n  enabled: false\n"


@dg.asset
def one() -> None:
    pass


def run(home: Path) -> tuple[list[str], int]:
    """Run a job in a home; return the names of its databases of events, and how often the asset was made in all."""
    with open_history(home) as instance:
        assert dg.materialize([one], instance=instance).success
        made = instance.fetch_materializations(dg.AssetKey("one"), limit=100).records
        assert isinstance(instance.event_log_storage, EventLog) == ("EventLog" in (home / "dagster.yaml").read_text())
    return sorted(path.name for path in home.rglob("*.db") if path.name not in {"runs.db", "schedules.db"}), len(made)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "raw", tmp_path / "outputs")


def test_all_runs_share_a_database_that_moves_with_its_folder(settings, tmp_path):
    home = prepare_home(settings)
    assert run(home) == (["event_log.db"], 1)
    assert run(home) == (["event_log.db"], 2)
    settings.outputs.rename(tmp_path / "moved")
    assert run(prepare_home(Settings(settings.raw, tmp_path / "moved"))) == (["event_log.db"], 3)
    assert not settings.outputs.exists()
    assert (tmp_path / "moved" / ".dagster" / "history" / "event_log.db").exists()  # where a take-down says to look


def test_events_do_not_wait_for_the_disk_and_are_written_ahead(settings):
    with open_history(prepare_home(settings)) as instance, instance.event_log_storage._connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")]
        assert found == [1, "wal"]


@pytest.mark.parametrize("before", [None, "/elsewhere"])
def test_which_home_dagster_is_told_of_is_as_it_was_afterwards(settings, monkeypatch, before):
    if before is None:
        monkeypatch.delenv("DAGSTER_HOME", raising=False)
    else:
        monkeypatch.setenv("DAGSTER_HOME", before)
    home = prepare_home(settings)
    assert os.environ.get("DAGSTER_HOME") == before
    with open_history(home):
        assert os.environ["DAGSTER_HOME"] == str(home)
    assert os.environ.get("DAGSTER_HOME") == before


def test_a_home_that_was_made_before_keeps_its_databases(settings):
    settings.home.mkdir(parents=True)
    (settings.home / "dagster.yaml").write_text(OLD)
    assert run(prepare_home(settings))[1] == 1
    names, made = run(prepare_home(settings))
    assert (len(names), made) == (3, 2)  # an index, and one a run
    assert (settings.home / "dagster.yaml").read_text() == OLD
    (settings.home / "dagster.yaml").write_text(INSTANCE)  # as somebody who wants the new one
    assert run(prepare_home(settings))[1] == 1


EARLIER = """\
# Dagster's instance for this folder: run history in SQLite beside it. Written by bloemlezing.
# All events in one database: by default Dagster makes one a run, and opening those cost more than the runs' own work.
event_log_storage:
  module: pipeline.resources.history
  class: EventLog
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 2
"""


def test_a_configuration_of_ours_is_kept_up_to_date_and_one_that_was_edited_is_not(settings):
    settings.home.mkdir(parents=True)
    config = settings.home / "dagster.yaml"
    for known, then in ((EARLIER, INSTANCE), (f"{EARLIER}# mine\n", f"{EARLIER}# mine\n")):
        config.write_text(known)
        assert (prepare_home(settings) / "dagster.yaml").read_text() == then


def test_no_source_has_two_runs_at_a_time(settings):
    with open_history(prepare_home(settings)) as instance:
        queue = instance.get_concurrency_config().run_queue_config
        assert [(one["key"], one["limit"]) for one in queue.tag_concurrency_limits] == [(PARTITION_NAME_TAG, 1)]


@dg.asset(name="raw_documents", partitions_def=SOURCES)
def raw_documents() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"fingerprint": "seen"})


@dg.asset_check(asset="raw_documents", name="passes")
def passes() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


def take_in(instance: dg.DagsterInstance, source: str) -> str:
    """Take a source in; return the run."""
    assets = [raw_documents, passes]
    result = dg.materialize(assets, instance=instance, partition_key=source, tags={"dagster/run_key": source})
    assert result.success
    return result.run_id


def rows_about(home: Path, run: str) -> dict[str, int]:
    """Return in how many rows of which table a run is named, and how many files and folders are."""
    found: dict[str, int] = {}
    for path in home.rglob("*.db"):
        database = sqlite3.connect(path)
        for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
            columns = [row[1] for row in database.execute(f"pragma table_info({table})")]
            if "run_id" in columns:
                count = database.execute(f"select count(*) from {table} where run_id = ?", [run]).fetchone()[0]
                found |= {table: found.get(table, 0) + count} if count else {}
        database.close()
    files = [path for path in home.rglob(f"*{run}*") if path.suffix not in {".db-wal", ".db-shm"}]
    return found | ({"files": len(files)} if files else {})


@pytest.mark.parametrize("config", [INSTANCE, OLD], ids=["one database", "a database a run"])
def test_old_runs_are_forgotten_whole_but_not_what_is_newest_of_a_source(settings, config):
    settings.home.mkdir(parents=True)
    (settings.home / "dagster.yaml").write_text(config)
    home = prepare_home(settings)
    with open_history(home) as instance:
        instance.add_dynamic_partitions("source", ["a", "b", "gone"])
        runs = [take_in(instance, source) for source in ("gone", "a", "b", "a", "a", "a")]
        gone, old, only_of_b, *newest = runs
        assert {"event_logs", "runs", "run_tags", "asset_check_executions", "files"} <= rows_about(home, old).keys()
        instance.delete_dynamic_partition("source", "gone")
        assert prune(instance, keep=3) == 2
        assert set(instance.get_run_ids()) == {only_of_b, *newest}
        assert [ingested_fingerprint(instance, source) for source in "ab"] == ["seen", "seen"]
        assert rows_about(home, gone) == rows_about(home, old) == {}
        assert rows_about(home, only_of_b)["event_logs"] > 1
        assert prune(instance, keep=3) == 0


def test_a_shrunk_history_is_smaller_and_still_a_history(settings):
    home = prepare_home(settings)
    with open_history(home) as instance:
        instance.add_dynamic_partitions("source", ["a"])
        for _ in range(12):
            take_in(instance, "a")
    done = prune_history(Settings(settings.raw, settings.outputs, keep_runs=1))
    assert done.runs == 11
    assert 0 < done.after < done.before
    with open_history(home) as instance:
        assert ingested_fingerprint(instance, "a") == "seen"
        take_in(instance, "a")


def test_nothing_is_forgotten_while_a_run_is_at_work(settings):
    home = prepare_home(settings)
    with open_history(home) as instance:
        instance.add_dynamic_partitions("source", ["a"])
        ended = [take_in(instance, "a") for _ in range(2)]
        at_work = started(instance, {})
        assert prune(instance, keep=1) == 0
        assert set(instance.get_run_ids()) == {*ended, at_work}
    with pytest.raises(PublishBusyError, match="a run is at work; try again when it is done"):
        prune_history(settings)
    with open_history(home) as instance:
        instance.report_run_canceled(instance.get_run_by_id(at_work))
    with FileLock(home / LOCK), pytest.raises(PublishBusyError, match="a run is at work"):
        prune_history(settings)
    assert prune_history(settings).runs == 0


def test_prune_says_what_it_did(bloemlezing, settings):
    with open_history(prepare_home(settings)) as instance:
        instance.add_dynamic_partitions("source", ["a"])
        for _ in range(3):
            take_in(instance, "a")
    assert "forgot       0 runs; the run history takes" in bloemlezing("prune").stdout
    assert "forgot       1 run;" in bloemlezing("prune", BLOEMLEZING_KEEP_RUNS="2").stdout
    assert "forgot       1 run;" in bloemlezing("prune", "--keep", "1").stdout
    with FileLock(settings.home / LOCK):
        done = bloemlezing("prune")
    assert (done.returncode, done.stderr.strip()) == (
        1,
        f"error: {settings.home}: a run is at work; try again when it is done",
    )


def test_a_folder_without_a_history_gets_none(settings):
    assert prune_history(settings).runs == 0
    assert not settings.home.exists()


def started(instance: dg.DagsterInstance, tags: dict[str, str]) -> str:
    """Return a run that has begun, as far as Dagster knows."""
    run = instance.create_run_for_job(job, tags=tags)
    instance.report_dagster_event(
        dg.DagsterEvent(event_type_value=dg.DagsterEventType.RUN_START.value, job_name="job"), run_id=run.run_id
    )
    return run.run_id


@dg.job
def job() -> None:
    pass


def test_a_run_whose_process_is_gone_has_failed(settings, tmp_path):
    home = prepare_home(settings)
    address = str(tmp_path / "server")
    with open_history(home) as instance, socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        launched = {GRPC_INFO_TAG: json.dumps({"host": "localhost", "socket": address})}
        runs = {
            name: started(instance, tags) for name, tags in {"ours": OURS, "daemon": launched, "by hand": {}}.items()
        }

        def failed() -> set[str]:
            return {name for name, run in runs.items() if instance.get_run_by_id(run).is_failure_or_canceled}

        assert (end_lost_runs(instance, locked=False), failed()) == (0, set())
        assert (end_lost_runs(instance, locked=True), failed()) == (1, {"ours"})
        server.close()
        with FileLock(home / LOCK):
            end_lost_runs_of(home)
        assert failed() == {"ours", "daemon"}


def test_a_run_of_unknown_kind_is_lost_after_a_day_of_silence(settings, monkeypatch):
    home = prepare_home(settings)
    with open_history(home) as instance:
        started(instance, {})
        monkeypatch.setattr("pipeline.automation.lost.SILENCE", -1)
        assert end_lost_runs(instance, locked=False) == 1


def test_who_publishes_waits_for_runs_that_the_daemon_launched(settings, tmp_path, monkeypatch):
    address, told = str(tmp_path / "server"), []
    with open_history(prepare_home(settings)) as instance, socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        assert not wait_for_daemon(instance, lambda: told.append("waits"))
        started(instance, {})  # by hand: nobody could tell when it is over
        assert not wait_for_daemon(instance, lambda: told.append("waits"))
        run = started(instance, {GRPC_INFO_TAG: json.dumps({"host": "localhost", "socket": address})})
        monkeypatch.setattr("time.sleep", lambda _: instance.report_run_failed(instance.get_run_by_id(run)))
        assert wait_for_daemon(instance, lambda: told.append("waits"))
        assert told == ["waits"]
        assert instance.get_run_by_id(run).is_finished


def queued(instance: dg.DagsterInstance) -> dg.DagsterRun:
    place = RemoteRepositoryOrigin(GrpcServerCodeLocationOrigin("localhost", port=1), "repository")
    run = dg.DagsterRun("job", status=dg.DagsterRunStatus.QUEUED, remote_job_origin=RemoteJobOrigin(place, "job"))
    return instance.add_run(run)


@pytest.mark.parametrize(("silent", "waits"), [(0, True), (3600, False), (None, False)])
def test_what_waits_for_its_turn_is_waited_for_where_a_daemon_is_there(settings, monkeypatch, silent, waits):
    with open_history(prepare_home(settings)) as instance:
        run = queued(instance)
        if silent is not None:
            beat = DaemonHeartbeat(time.time() - silent, QueuedRunCoordinatorDaemon.daemon_type(), None, None)
            instance.add_daemon_heartbeat(beat)
        monkeypatch.setattr("time.sleep", lambda _: instance.report_run_canceled(run))
        assert wait_for_daemon(instance, lambda: None) is waits


def test_a_daemon_that_does_not_finish_is_not_waited_for_without_end(settings, monkeypatch):
    with open_history(prepare_home(settings)) as instance:
        monkeypatch.setattr("pipeline.automation.waiting._daemon_at_work", lambda _: True)
        monkeypatch.setattr("pipeline.automation.waiting.PATIENCE", -1)
        with pytest.raises(PublishBusyError, match="try later"):
            wait_for_daemon(instance, lambda: None)
