"""Dagster's run history: one database for the events of all runs, and homes that were made before there was one."""

from pathlib import Path

import dagster as dg
import pytest

from pipeline.automation.local import INSTANCE, prepare_home
from pipeline.resources.history import EventLog
from pipeline.settings import Settings

OLD = "telemetry:\n  enabled: false\n"


@dg.asset
def one() -> None:
    pass


def run(home: Path) -> tuple[list[str], int]:
    """Run a job in a home; return the names of its databases of events, and how often the asset was made in all."""
    with dg.DagsterInstance.from_config(str(home)) as instance:
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


def test_a_home_that_was_made_before_keeps_its_databases(settings):
    settings.home.mkdir(parents=True)
    (settings.home / "dagster.yaml").write_text(OLD)
    assert run(prepare_home(settings))[1] == 1
    names, made = run(prepare_home(settings))
    assert (len(names), made) == (3, 2)  # an index, and one a run
    assert (settings.home / "dagster.yaml").read_text() == OLD
    (settings.home / "dagster.yaml").write_text(INSTANCE)  # as somebody who wants the new one
    assert run(prepare_home(settings))[1] == 1
