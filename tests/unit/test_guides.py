"""What README, CONTRIBUTING and the guides say of commands, sources and assets is as the code has it."""

import re
import shlex
from pathlib import Path

import dagster as dg
import pytest
import yaml
from typer.testing import CliRunner

from pipeline.automation.jobs import publish_job
from pipeline.cli import app
from pipeline.definitions import definitions
from pipeline.settings import Settings
from pipeline.sources import LICENCES, DocumentMetadata, SourceMetadata

ROOT = Path(__file__).parents[2]
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore::dagster.BetaWarning")  # selections by group use a parameter that is marked so
def test_commands_for_dagster_name_assets_and_a_job_that_are_there():
    commands = [shlex.split(line) for line in RUNNING.splitlines() if line.startswith("dagster ")]
    graph = definitions(Settings(ROOT / "raw", ROOT / "outputs")).resolve_asset_graph()
    selections = [command[command.index("--select") + 1] for command in commands if "--select" in command]
    assert len(selections) > 3
    for selection in selections:
        assert dg.AssetSelection.from_string(selection).resolve(graph)
    jobs = [command[command.index("-j") + 1] for command in commands if "-j" in command]
    assert jobs == [publish_job.name]
    sources = re.findall(r'(?:--partition |partition": ")([\w-]+)', RUNNING)
    assert all((ROOT / "raw" / source).is_dir() for source in sources)


def test_the_table_of_groups_is_that_of_the_assets():
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", RUNNING, re.MULTILINE)
    listed = {(group, name) for group, cells in rows for name in re.findall(r"`(\w+)`", cells)}
    specs = definitions(Settings(ROOT / "raw", ROOT / "outputs")).resolve_all_asset_specs()
    assert listed == {(spec.group_name, spec.key.to_user_string()) for spec in specs}


def test_the_sample_of_a_source_has_every_key_and_licence():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sample = re.search(r"```yaml\n(.+?)```", guide, re.DOTALL)
    assert sample
    loaded = yaml.safe_load(sample[1])
    SourceMetadata.model_validate(loaded)
    assert set(loaded) == set(SourceMetadata.model_fields)
    assert all(f"`{name}`" in guide for name in (*LICENCES, *DocumentMetadata.model_fields))


def test_help_shows_defaults():
    for command, words in {"publish": "raw/", "verify": "the newest one", "review": "OUTPUTS/review"}.items():
        assert words in CliRunner().invoke(app, [command, "--help"]).output
