"""The Dagster layer, in process: what is declared, what sensor and schedule ask for, what a failed check stops."""

import errno
import json
import os
import signal
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pandas as pd
import pytest
from dagster._core.events import EngineEventData
from dagster._core.scheduler.instigation import InstigatorStatus
from dagster._core.storage.tags import PARTITION_NAME_TAG
from dagster._utils.interrupts import capture_interrupts
from filelock import FileLock

from pipeline.assets.code import ingested_fingerprint
from pipeline.assets.publish import release
from pipeline.automation.failing import reason
from pipeline.automation.home import LOCK, open_history, prepare_home
from pipeline.automation.local import NOBODY, RunFailedError, StoppedError, run_plan
from pipeline.automation.lost import OURS
from pipeline.automation.schedules import daily_publish
from pipeline.automation.sensors import raw_folder_sensor
from pipeline.definitions import definitions
from pipeline.errors import PlainError
from pipeline.planning import make_plan, release_fingerprint
from pipeline.resources.folders import Folders
from pipeline.resources.interrupts import told_to_end
from pipeline.settings import Settings
from pipeline.stages.collect import accepted_sets
from pipeline.storage import accepted, read_frame, read_released, table_path, write_frame
from schemas.tables import TABLES

from .conftest import SEED


@pytest.fixture
def settings(raw: Path, tmp_path: Path) -> Settings:
    return Settings(raw, tmp_path / "outputs")


def publish(settings: Settings) -> list[str]:
    steps: list[str] = []
    run_plan(settings, replace(NOBODY, ended=lambda name, step: steps.append(f"{name}:{step}")))
    return steps


def latest_sources(settings: Settings) -> list[str]:
    latest = json.loads((settings.outputs / "latest.json").read_bytes())
    return list(pd.read_parquet(settings.outputs / latest["path"] / "data" / "sources.parquet")["source_id"])


def specs(settings: Settings) -> dict[str, dg.AssetSpec]:
    found = definitions(settings).resolve_all_asset_specs()
    return {spec.key.to_user_string(): spec for spec in found}


def test_definitions_can_be_loaded(settings):
    dg.Definitions.validate_loadable(definitions(settings))


def test_a_run_is_one_process_also_of_assets_that_are_materialised_by_hand(settings):
    loaded = definitions(settings)
    jobs = [loaded.resolve_implicit_global_asset_job_def(), loaded.resolve_job_def("publish")]
    assert [job.executor_def.name for job in jobs] == ["in_process", "in_process"]


def test_every_published_table_is_an_asset_and_every_asset_is_described(settings):
    known = specs(settings)
    assert set(TABLES) | {"raw_documents", "text_lines", "reading_order", "release"} <= set(known)
    for name, spec in known.items():
        assert spec.description, name
        assert spec.owners == ["team:bloemlezing"], name
        assert spec.kinds, name
        assert spec.code_version, name
        assert spec.group_name in {"ingest", "clean", "segment", "code", "publish"}, name


def test_every_table_of_a_source_has_blocking_checks(settings):
    graph = definitions(settings).resolve_asset_graph()
    checked = {key.asset_key.to_user_string() for key in graph.asset_check_keys}
    assert set(TABLES) - {"codes", "reliability"} <= checked
    assert all(graph.get_check_spec(key).blocking for key in graph.asset_check_keys)


@pytest.mark.slow
def test_only_what_changed_is_computed_again(settings, raw, monkeypatch):
    first = publish(settings)
    assert {step.partition(":")[0] for step in first} == {"proef", "samen-tegen-mensenhandel", "release"}
    assert publish(settings) == []
    (raw / "proef" / "b.txt").write_text("Zorg voor meer opvang.\n")
    assert {step.partition(":")[0] for step in publish(replace(settings, keep_runs=1))} == {"proef", "release"}
    # The first run of one source is still its newest; those that came before the others are forgotten.
    with open_history(prepare_home(settings)) as instance:
        kept = [run.tags.get("dagster/partition") for run in instance.get_runs()]
        assert kept == [None, "proef", "samen-tegen-mensenhandel"]
        assert ingested_fingerprint(instance, "samen-tegen-mensenhandel")

    # While a release is made another run may accept tables, so what it is of is asked once.
    sets = accepted_sets(settings)
    asked = iter([sets])
    monkeypatch.setattr("pipeline.assets.publish.accepted_sets", lambda _: next(asked))
    release(folders=Folders.of(settings))
    found = read_released(settings.home / "released.json")
    assert found is not None
    assert found.fingerprint == release_fingerprint(sets)


def test_a_run_history_that_lost_a_source_is_told_with_the_remedy():
    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(dg.Failure, match="materialise group:ingest"):
        ingested_fingerprint(instance, "proef")


@pytest.mark.slow
def test_the_sensor_asks_for_the_changed_sources_then_for_one_release_then_for_nothing(settings, raw):
    with dg.DagsterInstance.ephemeral() as instance:

        def tick() -> dg.SensorResult | dg.SkipReason:
            with dg.build_sensor_context(instance, resources={"folders": Folders.of(settings)}) as context:
                result = raw_folder_sensor(context)
            assert isinstance(result, dg.SensorResult | dg.SkipReason)
            return result

        asked = tick()
        assert [request.partition_key for request in asked.run_requests] == ["proef", "samen-tegen-mensenhandel"]
        assert all(dg.AssetKey("release") not in request.asset_selection for request in asked.run_requests)
        assert instance.get_dynamic_partitions("source") == ["proef", "samen-tegen-mensenhandel"]
        assert [request.run_key for request in tick().run_requests] == [r.run_key for r in asked.run_requests]
        publish(settings)
        assert isinstance(tick(), dg.SkipReason)
        (settings.home / "released.json").unlink()
        run = instance.create_run_for_job(definitions(settings).resolve_job_def("publish"), tags=OURS)
        begun = dg.DagsterEvent(event_type_value=dg.DagsterEventType.RUN_START.value, job_name="publish")
        instance.report_dagster_event(begun, run_id=run.run_id)
        with FileLock(settings.home / LOCK):
            assert tick().skip_message == "runs are under way"
        assert tick().skip_message == "runs are under way; 1 had lost their process"
        assert [request.partition_key for request in tick().run_requests] == [None]
        for path in sorted((raw / "proef").iterdir()):
            path.unlink()
        (raw / "proef").rmdir()
        tick()
        assert instance.get_dynamic_partitions("source") == ["samen-tegen-mensenhandel"]


def sensor_tick(settings: Settings, instance: dg.DagsterInstance) -> list[dg.RunRequest] | str:
    """Return what the sensor asks for, or why it asks for nothing."""
    with dg.build_sensor_context(instance, resources={"folders": Folders.of(settings)}) as context:
        result = raw_folder_sensor(context)
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    return list(result.run_requests) if isinstance(result, dg.SensorResult) else result.skip_message


def schedule_tick(settings: Settings) -> list[dg.RunRequest] | str:
    """Return what the schedule asks for, judged as the daemon judges it, or why it asks for nothing."""
    # A schedule context takes its instance by reference, which an ephemeral one does not have. It opens one of its own,
    # and where that is left to be closed whenever memory is cleared, it takes the storage of the next one along.
    with open_history(prepare_home(settings)) as instance:
        known, resources = definitions(settings).get_repository_def(), {"folders": Folders.of(settings)}
        with dg.build_schedule_context(instance, resources=resources, repository_def=known) as context:
            told = known.get_schedule_def(daily_publish.name).evaluate_tick(context)
    return list(told.run_requests or []) or str(told.skip_message)


def created(settings: Settings, instance: dg.DagsterInstance, asked: dg.RunRequest) -> str:
    """Make the run that is asked for, as the daemon does, and return its identifier."""
    tags = {**asked.tags, **({PARTITION_NAME_TAG: asked.partition_key} if asked.partition_key else {})}
    return instance.create_run_for_job(definitions(settings).resolve_job_def("publish"), tags=tags).run_id


def begun(settings: Settings, instance: dg.DagsterInstance, asked: dg.RunRequest) -> str:
    """Make the run and begin it."""
    run_id = created(settings, instance, asked)
    ended(instance, run_id, dg.DagsterEventType.RUN_START)
    return run_id


def ended(instance: dg.DagsterInstance, run_id: str, kind: dg.DagsterEventType) -> None:
    """Tell that a run got so far."""
    instance.report_dagster_event(dg.DagsterEvent(event_type_value=kind.value, job_name="publish"), run_id=run_id)


@pytest.mark.slow
def test_the_schedule_asks_for_every_source_at_once_and_for_a_release_that_is_due(settings):
    asked = schedule_tick(settings)
    assert [request.partition_key for request in asked] == ["proef", SEED.name]
    assert len({request.run_key for request in asked}) == 2
    assert all(dg.AssetKey("release") not in request.asset_selection for request in asked)
    with open_history(prepare_home(settings)) as instance:
        run = begun(settings, instance, asked[0])  # of yesterday, and not done yet
    assert [request.partition_key for request in schedule_tick(settings)] == [SEED.name]
    with open_history(prepare_home(settings)) as instance:
        ended(instance, run, dg.DagsterEventType.RUN_SUCCESS)
    publish(settings)
    assert schedule_tick(settings) == "nothing changed"
    (settings.home / "released.json").unlink()
    (settings.raw / "proef" / "b.txt").write_text("Zorg voor meer opvang.\n")
    asked = schedule_tick(settings)
    assert [request.partition_key for request in asked] == ["proef", None]
    assert dg.AssetKey("release") in asked[1].asset_selection


def test_where_the_sensor_is_stopped_the_runs_of_the_schedule_publish_by_themselves(settings, monkeypatch):
    stopped = SimpleNamespace(instigator_name=raw_folder_sensor.name, status=InstigatorStatus.STOPPED)
    monkeypatch.setattr(dg.DagsterInstance, "all_instigator_state", lambda *_, **__: [stopped])
    assert [request.asset_selection for request in schedule_tick(settings)] == [None, None]


def test_the_sensor_runs_a_source_again_that_is_as_it_once_was(settings, raw):
    with dg.DagsterInstance.ephemeral() as instance:
        first = sensor_tick(settings, instance)
        ran = [begun(settings, instance, request) for request in first]
        assert sensor_tick(settings, instance) == "runs are under way"
        ended(instance, ran[0], dg.DagsterEventType.RUN_FAILURE)
        ended(instance, ran[1], dg.DagsterEventType.RUN_FAILURE)
        assert "tried again when anything changes" in sensor_tick(settings, instance)
        (raw / "proef" / "b.txt").write_text("Zorg voor meer opvang.\n")
        other = sensor_tick(settings, instance)
        assert [request.partition_key for request in other] == ["proef"]
        ended(instance, begun(settings, instance, other[0]), dg.DagsterEventType.RUN_FAILURE)
        (raw / "proef" / "b.txt").unlink()
        again = sensor_tick(settings, instance)
        assert [(request.partition_key, request.tags) for request in again] == [("proef", first[0].tags)]


def test_a_raw_folder_that_goes_is_no_traceback_in_the_daemon(settings, raw):
    failed = settings.outputs / "failed.json"
    with dg.DagsterInstance.ephemeral() as instance:
        raw.rename(raw.with_name("elsewhere"))
        assert sensor_tick(settings, instance).startswith(f"there is no folder {raw}")
        assert schedule_tick(settings).startswith(f"there is no folder {raw}")
        written = failed.read_bytes()
        assert json.loads(written)["step"] == "plan"
        sensor_tick(settings, instance)
        assert failed.read_bytes() == written


@pytest.mark.parametrize(
    ("said", "reason_given"),
    [
        ("Run execution process for 1 was terminated by signal 9 (SIGKILL). This usually", "signal 9 (SIGKILL)"),
        ("Its process is gone: it was killed", "process is gone"),
        ("Executing steps in process (pid: 1)", "failed without a reason"),
    ],
)
def test_a_run_whose_process_was_ended_says_so(said, reason_given):
    kind = dg.DagsterEventType.ENGINE_EVENT.value
    event = dg.DagsterEvent(kind, "publish", message=said, event_specific_data=EngineEventData())
    assert reason_given in reason([event])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on device; make room, or name another place"),
        (
            OSError(errno.EISDIR, "Is a directory", "/a/.b.staged", None, "/a/b.parquet"),
            "/a/b.parquet: is a directory; name a file, not a folder",
        ),
    ],
)
def test_a_step_that_the_system_refuses_says_what_to_do(error, said):
    @dg.op
    def writing():
        raise error

    ran = dg.GraphDefinition(name="full", node_defs=[writing]).execute_in_process(raise_on_error=False)
    assert reason(ran.all_events) == f"step writing: {said}"


def test_the_sensor_repeats_a_run_that_never_began(settings):
    with dg.DagsterInstance.ephemeral() as instance:
        for request in sensor_tick(settings, instance):
            ended(instance, created(settings, instance, request), dg.DagsterEventType.RUN_FAILURE)
        assert [request.partition_key for request in sensor_tick(settings, instance)] == ["proef", SEED.name]


def test_the_sensor_repeats_a_run_whose_process_was_gone_once(settings):
    with dg.DagsterInstance.ephemeral() as instance:
        for asked in (sensor_tick(settings, instance), sensor_tick(settings, instance)):
            assert [request.partition_key for request in asked] == ["proef", "samen-tegen-mensenhandel"]
            for request in asked:
                begun(settings, instance, dg.RunRequest(partition_key=request.partition_key, tags=request.tags | OURS))
            assert sensor_tick(settings, instance) == "runs are under way; 2 had lost their process"
        assert "tried again when anything changes" in sensor_tick(settings, instance)


@pytest.mark.slow
def test_sources_that_fail_under_the_daemon_are_written_down_until_they_do_not(settings, monkeypatch):
    failed = settings.outputs / "failed.json"
    with open_history(prepare_home(settings)) as instance:
        with monkeypatch.context() as patch:
            patch.setattr("pipeline.checks.tables.coverage_faults", lambda *_: ["bytes 1 to 2 are in no span"])
            with pytest.raises(RunFailedError):
                publish(settings)
        failed.unlink()  # as the daemon, whose runs do not write it
        logged = [entry.user_message for run in instance.get_runs() for entry in instance.all_logs(run.run_id)]
        assert "proef: bytes 1 to 2 are in no span" in logged
        assert "sources of proef: 1 rows" in logged
        assert "tried again" in sensor_tick(settings, instance)
        written = failed.read_bytes()
        record = json.loads(written)
        assert record["step"] == "proef, samen-tegen-mensenhandel"
        assert "proef: check coverage of spans: bytes 1 to 2 are in no span" in record["reason"]
        sensor_tick(settings, instance)
        assert failed.read_bytes() == written
        publish(settings)
        failed.write_bytes(written)
        assert sensor_tick(settings, instance) == "nothing changed"
        assert not failed.exists()


@pytest.mark.slow
def test_a_failed_check_publishes_nothing_and_leaves_what_stood(settings, raw, monkeypatch):
    publish(settings)
    before = (settings.outputs / "latest.json").read_bytes()
    (raw / "proef" / "b.txt").write_text("Zorg voor meer opvang.\n")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.checks.tables.coverage_faults", lambda *_: ["bytes 1 to 2 are in no span"])
        with pytest.raises(RunFailedError, match="proef: check coverage of spans: bytes 1 to 2"):
            publish(settings)
    assert (settings.outputs / "latest.json").read_bytes() == before
    record = json.loads((settings.outputs / "failed.json").read_bytes())
    assert (record["step"], record["standing"]) == ("proef", "1.0.0")
    assert "bytes 1 to 2 are in no span" in record["reason"]
    assert [name for name, _ in make_plan(settings).changed] == ["proef"]
    publish(settings)
    assert not (settings.outputs / "failed.json").exists()
    assert (settings.outputs / "latest.json").read_bytes() != before


@pytest.mark.slow
def test_a_source_that_fails_does_not_hold_up_the_others(settings, raw, monkeypatch):
    def faulty(_: object, documents: pd.DataFrame, __: object) -> list[str]:
        return ["bytes 1 to 2 are in no span"] if "proef" in set(documents["source_id"]) else []

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.checks.tables.coverage_faults", faulty)
        with pytest.raises(RunFailedError, match="proef: check coverage of spans"):
            publish(settings)
    assert latest_sources(settings) == ["samen-tegen-mensenhandel"]
    assert json.loads((settings.outputs / "failed.json").read_bytes())["standing"] == "1.0.0"
    publish(settings)
    assert latest_sources(settings) == ["proef", "samen-tegen-mensenhandel"]
    assert not (settings.outputs / "failed.json").exists()


@pytest.mark.slow
def test_nothing_is_published_while_no_source_was_ever_accepted(settings, monkeypatch):
    monkeypatch.setattr("pipeline.checks.tables.coverage_faults", lambda *_: ["bytes 1 to 2 are in no span"])
    with pytest.raises(RunFailedError, match=r"proef: .*; samen-tegen-mensenhandel: "):
        publish(settings)
    assert not (settings.outputs / "latest.json").exists()


@pytest.mark.slow
def test_tables_that_fail_a_check_are_not_accepted_by_a_run_of_their_own(settings):
    """Checks block within one run; who materialises the assets one by one must not get past them."""
    publish(settings)
    before = (settings.outputs / "latest.json").read_bytes(), accepted(settings.accepted, "proef")
    path = table_path(settings.work, "statements", "proef")
    statements = read_frame(path)
    statements.loc[0, "text"] = "Bel 06-12345678 voor opvang."
    write_frame(path, statements)
    assets = definitions(settings)
    with open_history(prepare_home(settings)) as instance:
        result = assets.resolve_implicit_global_asset_job_def().execute_in_process(
            instance=instance,
            asset_selection=[dg.AssetKey("accepted_tables")],
            partition_key="proef",
            raise_on_error=False,
        )
    assert not result.success
    failures = result.filter_events(lambda event: event.is_step_failure)
    assert any("personal details" in str(event.step_failure_data.error) for event in failures)
    assert not any(event.step_retry_data for event in result.filter_events(lambda event: event.is_step_up_for_retry))
    assert ((settings.outputs / "latest.json").read_bytes(), accepted(settings.accepted, "proef")) == before


@pytest.mark.slow
def test_who_stops_a_run_stops_all_of_it(settings, monkeypatch):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.assets.ingest.ingest", stopped)
    with pytest.raises(StoppedError, match=r"^proef: was stopped; what was published stands, run again$"):
        publish(settings)


@pytest.mark.slow
def test_a_signal_that_comes_between_two_steps_stops_it_too(settings):
    """Dagster takes it, and forgets it when the run ends."""
    steps: list[str] = []

    def ended(name: str, step: str) -> None:
        steps.append(name)
        if step == "accepted_tables":
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(StoppedError, match=r"^proef: was stopped"):
        run_plan(settings, replace(NOBODY, ended=ended))
    assert set(steps) == {"proef"}


def test_sigterm_is_heard_where_sigint_is_ignored_as_in_the_background_of_a_script():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with told_to_end() as told:
            assert not told()
            with capture_interrupts():
                os.kill(os.getpid(), signal.SIGTERM)
            assert (told(), told()) == (True, False)
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_who_stops_the_plan_before_a_run_is_told_so(settings, monkeypatch):
    monkeypatch.setattr("pipeline.automation.local.make_plan", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(StoppedError, match=r"^was stopped"):
        run_plan(settings)


def test_a_run_history_that_cannot_be_used_is_one_line(settings):
    history = prepare_home(settings) / "history"
    history.mkdir()
    (history / "runs.db").write_bytes(b"not what it was" * 100)
    with pytest.raises(PlainError, match=r"Dagster's run history cannot be used \(.*\); make room"):
        publish(settings)


@pytest.mark.parametrize("broken", ["a: [", "nonsense: 1\n"])
def test_a_configuration_of_dagster_that_cannot_be_read_is_one_line(settings, broken):
    config = prepare_home(settings) / "dagster.yaml"
    config.write_text(broken)
    with pytest.raises(PlainError, match=r"dagster\.yaml: is no configuration of Dagster \(.*\); mend it, or"):
        publish(settings)


@pytest.mark.slow
def test_a_stage_that_raises_is_one_line(settings, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ValueError("the disk is on fire")

    monkeypatch.setattr("pipeline.assets.publish.publish", broken)
    with pytest.raises(RunFailedError, match="the disk is on fire"):
        publish(settings)
    assert not (settings.outputs / "latest.json").exists()
