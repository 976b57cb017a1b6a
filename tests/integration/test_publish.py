"""The whole way, as a user goes it: a raw folder in, a release out."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from pipeline.automation.home import only_one
from pipeline.automation.local import run_plan
from pipeline.settings import Settings
from pipeline.text.coverage import faults

from .conftest import METADATA, ROOT, TEXT, add_source, run_apart

TABLES = {
    "sources",
    "documents",
    "sections",
    "statements",
    "codings",
    "recommendations",
    "relations",
    "codes",
    "spans",
    "repairs",
    "reliability",
}


def latest(outputs: Path) -> dict[str, str]:
    return json.loads((outputs / "latest.json").read_text())


def table(outputs: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(outputs / latest(outputs)["path"] / "data" / f"{name}.parquet")


@contextmanager
def after_another(settings: Settings, home: Path, waits: Callable[[], None]) -> Iterator[None]:
    """Hold the right to work in a folder, after another process that held it has published."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.automation.local.only_one", only_one)
        run_plan(settings)
    with only_one(home, waits):
        yield


def readme_sample() -> tuple[list[str], list[str]]:
    """Return the lines of Python in the README, and those that it says the last one prints."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.search(r"```python\n(.+?)```", text, re.DOTALL)[1].splitlines()
    code = [line for line in lines if line and not line.startswith("#")]
    return code, [line.removeprefix("# ") for line in lines[lines.index(code[-1]) + 1 :]]


def run_lines(lines: list[str]) -> dict[str, object]:
    """Run lines of Python; return the names that they defined."""
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    return names


@pytest.mark.slow
def test_a_release_a_repeat_a_change_and_a_removal(raw, tmp_path, bloemlezing, monkeypatch):
    outputs = tmp_path / "outputs"
    first = run_apart(tmp_path, "publish")
    assert first.returncode == 0, first.stderr
    assert "read         2 documents of 2 sources" in first.stdout
    folder = outputs / latest(outputs)["path"]
    assert {path.stem for path in (folder / "data").glob("*.parquet")} == TABLES
    assert {path.stem for path in (folder / "data").glob("*.csv")} == TABLES

    documents, spans = table(outputs, "documents"), table(outputs, "spans")
    for document in documents.itertuples():
        own = spans[spans["document_id"] == document.document_id]
        assert faults((raw / document.path).read_bytes(), list(zip(own["start"], own["end"], strict=True))) == []

    pointer = latest(outputs)
    assert bloemlezing("publish").returncode == 0
    assert latest(outputs) == pointer
    assert [path.name for path in (outputs / "releases").iterdir() if path.is_dir()] == [pointer["version"]]

    before = table(outputs, "statements").set_index("statement_id")["text"]
    (raw / "proef" / "a.txt").write_text(TEXT + "Geef jongeren een vaste begeleider.\n")
    changed = bloemlezing("publish")
    assert changed.returncode == 0, changed.stderr
    after = table(outputs, "statements").set_index("statement_id")["text"]
    assert before.index.isin(after.index).all()
    assert (after[before.index] == before).all()
    assert len(after) == len(before) + 1
    assert latest(outputs)["path"] != folder.relative_to(outputs).as_posix()
    assert folder.is_dir()

    newest = (outputs / "latest.json").read_bytes()
    (outputs / "latest.json").write_text(json.dumps(pointer))
    again = bloemlezing("publish")
    assert "put right    " in again.stdout
    assert "unchanged" in again.stdout
    assert (outputs / "latest.json").read_bytes() == newest
    assert "put right" not in bloemlezing("publish").stdout

    (raw / "proef" / "a.txt").unlink()
    (raw / "proef" / "source.yaml").unlink()
    (raw / "proef").rmdir()
    # It waits for another publisher, who takes that in meanwhile.
    monkeypatch.setattr("pipeline.automation.local.only_one", partial(after_another, Settings(raw, outputs)))
    waited = bloemlezing("publish")
    assert "unchanged    2.0.0" in waited.stdout, waited.stderr
    assert list(table(outputs, "sources")["source_id"]) == ["samen-tegen-mensenhandel"]

    # Of the seed alone, the lines of the README say what they print.
    sample, shown = readme_sample()
    monkeypatch.chdir(tmp_path)
    counts = eval(sample.pop(), run_lines(sample))
    assert [f"{code:39} {count}" for code, count in counts.items()] == shown


BROKEN = {
    "leeg.txt": b"",
    "binair.txt": bytes(range(256)) * 8,
    "codering.txt": "日本語のテキストです。".encode("shift-jis") * 9,
    "nul.txt": b"Meer opvang.\x00\x00\nMeer zorg.\n",
    "lange-regel.txt": b"meer opvang en zorg " * 250_000,
    "zonder-regeleinde.txt": b"Zorg voor meer opvang in elke regio.",
    "koppen.txt": b"4.1 Opvang\n4.2 Samenwerking\n4.3 Preventie\n",
    "voettekst.txt": b"Pagina 3 van 12\n",
}


@pytest.mark.slow
def test_ten_broken_inputs_are_each_reported_in_a_line_and_the_good_ones_published(raw, tmp_path, bloemlezing):
    add_source(raw, "kapot", BROKEN | {"goed.txt": TEXT.replace("opvangplekken", "woonplekken").encode()})
    add_source(raw, "zonder-metadata", {"a.txt": TEXT.encode()}, metadata=None)
    add_source(raw, "foute-licentie", {"a.txt": TEXT.encode()}, METADATA.replace("licence: unknown", "licence: gratis"))
    done = bloemlezing("publish")
    assert done.returncode == 0, done.stderr
    expected = [f"kapot/{name}" for name in BROKEN] + ["zonder-metadata/source.yaml", "foute-licentie/source.yaml:3"]
    for path in expected:
        lines = [line for line in done.stdout.splitlines() if line.startswith(path)]
        assert len(lines) == 1, (path, lines)
        assert "Traceback" not in lines[0]
    assert "Traceback" not in done.stderr

    outputs = tmp_path / "outputs"
    issues = json.loads((outputs / latest(outputs)["path"] / "issues.json").read_text())["issues"]
    assert {issue["path"] for issue in issues} == {path.partition(":")[0] for path in expected}
    quarantined = {issue["path"] for issue in issues if issue["severity"] == "quarantined"}
    assert quarantined == {
        *(f"kapot/{name}" for name in ("leeg.txt", "binair.txt", "codering.txt", "nul.txt", "lange-regel.txt")),
        "zonder-metadata/source.yaml",
        "foute-licentie/source.yaml",
    }
    published = set(table(outputs, "documents")["path"])
    assert {"kapot/goed.txt", "kapot/leeg.txt", "proef/a.txt"} <= published
    texts = table(outputs, "statements").merge(table(outputs, "documents"), on="document_id")
    assert {"kapot/goed.txt", "kapot/zonder-regeleinde.txt", "proef/a.txt"} <= set(texts["path"])
    spans = table(outputs, "spans").merge(table(outputs, "documents"), on="document_id")
    assert set(spans[spans["path"] == "kapot/nul.txt"]["role"]) == {"quarantine"}


def test_a_missing_raw_folder_is_one_clear_line(tmp_path, bloemlezing):
    done = bloemlezing("publish", "--raw", str(tmp_path / "nergens"))
    assert done.returncode == 1
    assert "there is no folder" in done.stderr
    assert not (tmp_path / "outputs").exists()
    assert "Traceback" not in done.stderr


def test_a_source_without_a_document_is_no_dataset(tmp_path, bloemlezing):
    add_source(tmp_path / "raw", "leeg", {})
    done = bloemlezing("publish")
    assert (done.returncode, done.stdout) == (1, "")
    assert "put .txt or .pdf files there" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "outputs" / "latest.json").exists()


@pytest.mark.slow
def test_where_no_document_can_be_read_nothing_is_published_and_what_stands_stays(tmp_path, bloemlezing):
    outputs = tmp_path / "outputs"
    add_source(tmp_path / "raw", "proef", {"a.txt": b"Meer opvang\x00 nodig.\n"})
    add_source(tmp_path / "raw", "vreemd", {"b.txt": TEXT.encode()}, metadata=None)
    done = bloemlezing("publish")
    assert (done.returncode, done.stdout) == (1, "")
    said = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert len(said) == 1
    assert said[0].startswith("error: release: step release: no document in ")
    assert "could be read, so nothing was published" in said[0]
    assert "proef/a.txt: holds NUL bytes" in said[0]
    assert "vreemd/source.yaml: is missing" in said[0]
    assert not (outputs / "latest.json").exists()
    assert not list(outputs.glob("releases/*.*"))
    assert json.loads((outputs / "failed.json").read_bytes())["standing"] is None

    (tmp_path / "raw" / "proef" / "a.txt").write_text(TEXT)
    assert bloemlezing("publish").returncode == 0
    before = (outputs / "latest.json").read_bytes()
    (tmp_path / "raw" / "proef" / "a.txt").write_bytes(b"Meer\x00")
    for _ in range(2):  # nothing changed since, and it is as wrong as it was
        assert bloemlezing("publish").returncode == 1
        assert (outputs / "latest.json").read_bytes() == before
    assert json.loads((outputs / "failed.json").read_bytes())["standing"] == "1.0.0"


@pytest.mark.slow
def test_a_source_whose_documents_all_went_bad_leaves_what_can_be_read(tmp_path, bloemlezing):
    """As quarantine says: its statements leave the newest release, by name and under a new major version."""
    outputs = tmp_path / "outputs"
    add_source(tmp_path / "raw", "proef", {"a.txt": TEXT.encode()})
    add_source(tmp_path / "raw", "ander", {"b.txt": TEXT.replace("opvangplekken", "bedden").encode()})
    assert bloemlezing("publish").returncode == 0
    (tmp_path / "raw" / "proef" / "a.txt").write_bytes(b"Meer\x00")
    done = bloemlezing("publish")
    assert done.returncode == 0, done.stderr
    assert "proef/a.txt:1: holds NUL bytes" in done.stdout
    assert latest(outputs)["version"] == "2.0.0"
    assert list(table(outputs, "documents")["path"]) == ["ander/b.txt", "proef/a.txt"]
    gone = json.loads((outputs / latest(outputs)["path"] / "tombstones.json").read_bytes())["tombstones"]
    assert {one["kind"] for one in gone} == {"document quarantined"}


@pytest.mark.slow
def test_beside_another_an_empty_source_and_the_same_file_twice_are_warnings(tmp_path, bloemlezing):
    add_source(tmp_path / "raw", "leeg", {})
    add_source(tmp_path / "raw", "proef", {"a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    done = bloemlezing("publish")
    assert done.returncode == 0, done.stderr
    assert "leeg/source.yaml: has no documents beside it" in done.stdout
    assert "proef/b.txt: holds the same bytes as proef/a.txt" in done.stdout
    outputs = tmp_path / "outputs"
    issues = json.loads((outputs / latest(outputs)["path"] / "issues.json").read_text())["issues"]
    assert [issue["kind"] for issue in issues] == ["no_documents", "duplicate_document"]
    assert list(table(outputs, "documents")["path"]) == ["proef/a.txt", "proef/b.txt"]


@pytest.mark.slow
def test_a_wrong_raw_folder_leaves_the_dataset_as_it_stands(tmp_path, bloemlezing):
    add_source(tmp_path / "raw", "proef", {"a.txt": TEXT.encode()})
    assert bloemlezing("publish").returncode == 0
    before = (tmp_path / "outputs" / "latest.json").read_bytes()
    (tmp_path / "elders" / "map").mkdir(parents=True)
    done = bloemlezing("publish", "--raw", str(tmp_path / "elders"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "holds no source that can be read, so nothing was done" in done.stderr
    assert (tmp_path / "outputs" / "latest.json").read_bytes() == before


@pytest.mark.parametrize("arguments", [("--raw", ""), ("--raw=",), ("--outputs", " ")])
def test_an_empty_option_is_refused(raw, tmp_path, bloemlezing, arguments):
    done = bloemlezing("publish", *arguments)
    assert done.returncode == 2
    assert f"{arguments[0].rstrip('=')} is empty" in " ".join(done.stderr.split())
    assert not (tmp_path / "outputs").exists()


def test_an_empty_variable_is_refused(bloemlezing):
    done = bloemlezing("publish", BLOEMLEZING_RAW="")
    assert done.returncode == 2
    assert "BLOEMLEZING_RAW is empty" in done.stderr


def test_a_bad_setting_is_one_clear_line(bloemlezing):
    done = bloemlezing("publish", BLOEMLEZING_MAX_BYTES="veel")
    assert done.returncode == 2
    assert "BLOEMLEZING_MAX_BYTES is 'veel'" in done.stderr
