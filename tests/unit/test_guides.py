"""What README, CONTRIBUTING and the guides say of commands, sources and assets is as the code has it."""

import ast
import re
import shlex
import shutil
from itertools import chain
from pathlib import Path

import dagster as dg
import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from benchmarks.release.constructed import DAY, codebook, constructed, inputs
from pipeline.automation.jobs import publish_job
from pipeline.cli import app
from pipeline.coding.codebook import load_codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import load_lexicon
from pipeline.coding.model import CodingInput
from pipeline.definitions import definitions
from pipeline.errors import FileError
from pipeline.release.publish import publish
from pipeline.settings import Settings
from pipeline.source_metadata import LICENCES, DocumentMetadata, SourceMetadata
from pipeline.stages.codebooks import coder_of
from pipeline.text.language import load_language

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


def test_the_example_of_the_readme_is_coded_so():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"^\*(.+)\* \(an invented sentence\)", readme, re.MULTILINE)
    head, shown = re.search(r"^(\| type .+)\n\|[-|]+\n(.+)$", readme, re.MULTILINE).groups()
    codes = dict(zip(*(row.strip("| ").split(" | ") for row in (head, shown)), strict=True))
    (found,) = coder_of("mensenhandel", "nl").code([CodingInput("s", sentence[1])])
    given = {rank: {} for rank in ("primary", "secondary")}
    for one in found:
        given[one.rank].setdefault(one.dimension, []).append(one.code)
    names = {"type": "statement_type", "target group": "target_group", "SDG": "sdg"}
    second = codes.pop("second theme")
    assert given["secondary"] == {"theme": [second]}
    assert {names.get(name, name): code.split(", ") for name, code in codes.items()}.items() <= given["primary"].items()


def test_tables_are_put_together_as_the_guide_does_it(tmp_path, monkeypatch):
    """A second codebook with the same codes shows who joins by too little."""
    guide = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    code = re.search(r"## Putting tables together\n.+?```python\n(.+?)```", guide, re.DOTALL)[1]
    rows = constructed(60)
    others = [{**row, "codebook": "ander"} for row in rows["codes"]()]
    made = publish(inputs({**rows, "codes": lambda: chain(rows["codes"](), others)}), tmp_path / "outputs", DAY)
    monkeypatch.chdir(tmp_path)
    known = {}
    exec(code, known)
    codings = pd.read_parquet(made.path / "data" / "codings.parquet")
    key = ["statement_id", "dimension", "code", "coder"]
    assert sorted(known["coded"][key].itertuples(index=False)) == sorted(codings[key].itertuples(index=False))
    assert {"label_en", "path", "title", "section_id"} <= set(known["coded"].columns)
    assert set(known["coded"]["codebook"]) == {codebook().id}
    assert known["evidence"]
    assert all(known["evidence"])


def test_the_python_of_the_readme_counts_labels(tmp_path, monkeypatch):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    publish(inputs(constructed(60)), tmp_path / "outputs", DAY)
    monkeypatch.chdir(tmp_path)
    body = ast.parse(re.search(r"```python\n(.+?)```", readme, re.DOTALL)[1]).body
    assert isinstance(body[-1], ast.Expr)
    known = {}
    exec(ast.unparse(body[:-1]), known)
    counted = eval(ast.unparse(body[-1]), known)
    assert len(counted) == 3
    assert counted.is_monotonic_decreasing


def test_help_shows_defaults():
    for command, words in {"publish": "raw/", "verify": "the newest one", "review": "OUTPUTS/review"}.items():
        assert words in CliRunner().invoke(app, [command, "--help"]).output


@pytest.fixture
def second(tmp_path):
    """The codebook and the lexicon of the guide, each beside the one that it extends."""
    guide = (ROOT / "docs" / "coding.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.+?)```", guide, re.DOTALL)
    paths = [tmp_path / folder / "bibliotheken.yaml" for folder in ("codebooks", "lexicons")]
    for path, block in zip(paths, blocks, strict=True):
        path.parent.mkdir()
        path.write_text(block, encoding="utf-8")
        shutil.copy(ROOT / "schemas" / path.parent.name / "base.yaml", path.parent)
    return paths


def test_the_second_programme_of_the_guide_codes(second):
    book = load_codebook(second[0])
    lexicon = load_lexicon(second[1], book)
    assert lexicon.learned is None
    texts = ("Ruimere openingstijden op zondag.", "Meer boeken in makkelijke taal.", "De boekhouding moet op orde.")
    found = Coder(book, lexicon, load_language("nl")).code([CodingInput(text, text) for text in texts])
    topics = [[one.code for one in codings if one.dimension == "library_topic"] for codings in found]
    assert topics == [["access.hours"], ["collection"], []]
    assert {one.dimension for one in found[0]} > {"statement_type", "actor"}


def test_a_dimension_of_the_programme_with_one_code_gets_one_by_score_and_a_part_before_its_whole(second):
    book = load_codebook(second[0])
    coder = Coder(book, load_lexicon(second[1], book), load_language("nl"))
    texts = (
        "Een toegankelijk gebouw met ruimere openingstijden.",
        "Meer boeken en ruimere openingstijden.",
        "Een toegankelijk gebouw.",
    )
    found = coder.code([CodingInput(text, text) for text in texts])
    topics = [[(one.code, one.rank) for one in codings if one.dimension == "library_topic"] for codings in found]
    assert topics == [
        [("access.hours", "primary")],
        [("collection", "primary"), ("access.hours", "secondary")],
        [("access", "primary")],
    ]


def test_a_second_programme_borrows_what_was_learned_of_the_dimensions_of_any_field(second):
    book = load_codebook(second[0])
    shutil.copy(ROOT / "schemas" / "lexicons" / "mensenhandel.npz", second[1].parent)
    lexicon = load_lexicon(second[1], book)
    assert lexicon.learned is not None
    assert set(lexicon.learned.codes) == {"statement_type", "modality", "direction", "instrument", "horizon"}
    assert lexicon.sha256 != load_lexicon(second[1], book, cues_only=True).sha256
    texts = ("Lezers wachten maanden op een nieuw boek.", "De boekhouding moet op orde.")
    found = Coder(book, lexicon, load_language("nl")).code([CodingInput(text, text) for text in texts])
    codes = [{one.dimension: one.code for one in codings} for codings in found]
    assert (codes[0]["statement_type"], codes[0]["library_topic"]) == ("problem", "collection")
    assert "library_topic" not in codes[1]


@pytest.mark.parametrize("key", ["note", "label_en", "cardinality"])
def test_what_the_guide_says_is_required_of_a_dimension_is(second, key):
    path = second[0]
    own = path.read_text(encoding="utf-8").partition("dimensions:")
    path.write_text(own[0] + own[1] + re.sub(rf"^  {key}:.*\n", "", own[2], flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(FileError, match=key):
        load_codebook(path)


def test_a_section_number_is_read_as_the_guide_says(tmp_path):
    assert 'pandas.read_csv(path, dtype={"number": "string"})' in (ROOT / "docs" / "releases.md").read_text("utf-8")
    path = tmp_path / "sections.csv"
    path.write_text("section_id,number\na,1.10\nb,\n", encoding="utf-8")
    assert list(pd.read_csv(path, dtype={"number": "string"}).number.dropna()) == ["1.10"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("note: What", "default: hours\n  note: What"),
        ("codes:  ", "rules: [{rule: R, examples: [{text: T, code: x}]}]\n  codes:  "),
    ],
)
def test_a_name_that_is_no_code_is_reported_with_line_and_remedy(second, old, new):
    path = second[0]
    own = path.read_text(encoding="utf-8")
    assert old in own
    path.write_text(own.replace(old, new), encoding="utf-8")
    with pytest.raises(FileError, match=r"bibliotheken\.yaml:\d+: .+; mend the name"):
        load_codebook(path)
