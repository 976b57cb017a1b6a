"""The other commands, on one release that is made once."""

import json
import os
import shutil
import signal
import socket
from importlib import metadata
from pathlib import Path

import pandas as pd
import pytest
from dagster._core.errors import DagsterExecutionInterruptedError
from reportlab.pdfgen.canvas import Canvas

from .conftest import SEED, TEXT, add_source, run, run_apart


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("published")
    shutil.copytree(SEED, home / "raw" / SEED.name)
    add_source(home / "raw", "proef", {"a.txt": TEXT.replace("hulp", "co√∂rdinatie").encode()})
    (home / "raw" / "proef" / "b.txt").write_bytes(b"Zorg voor meer opvang.\n\x0eGeef jongeren een kamer.\n")
    (home / "raw" / "proef" / "c.txt").write_bytes(b"Bel mij op 06-12345678 voor meer opvang. Zorg voor een loket.\n")
    done = run(home, "publish")
    assert done.returncode == 0, done.stderr
    return home


def table(home: Path, name: str) -> pd.DataFrame:
    latest = json.loads((home / "outputs" / "latest.json").read_text())
    return pd.read_parquet(home / "outputs" / latest["path"] / "data" / f"{name}.parquet")


@pytest.mark.slow
def test_trace_shows_raw_lines_and_repairs(published):
    statements = table(published, "statements").dropna(subset="text")
    chosen = statements[statements["text"].str.contains("coördinatie is te lang")].iloc[0]
    done = run(published, "trace", chosen["statement_id"])
    assert done.returncode == 0, done.stderr
    assert chosen["text"] in done.stdout
    assert "De wachttijd voor co√∂rdinatie is te lang." in done.stdout
    assert "mojibake at byte" in done.stdout
    assert "'√∂' became 'ö'" in done.stdout
    assert "proef/a.txt, section 1" in done.stdout


@pytest.mark.slow
def test_trace_stays_in_the_column_that_the_file_marks(published):
    statements = table(published, "statements")
    chosen = statements[statements["text"] == "Geef jongeren een kamer."].iloc[0]
    assert chosen["column"] == 2
    shown = run(published, "trace", chosen["statement_id"]).stdout.splitlines()
    assert [line for line in shown if "kamer" in line][1:] == ["    2  Geef jongeren een kamer."]


@pytest.mark.slow
@pytest.mark.parametrize("words", ["Bel mij op", "Zorg voor een loket."])
def test_trace_shows_nothing_that_was_redacted(published, words):
    statements = table(published, "statements").dropna(subset="text")
    chosen = statements[statements["text"].str.startswith(words)].iloc[0]
    shown = run(published, "trace", chosen["statement_id"]).stdout
    assert chosen["text"] in shown
    assert "06-1234" not in shown
    assert "▒▒▒ is not published" in shown
    assert chosen["privacy"] == ("redacted" if words.startswith("Bel") else "clear")


@pytest.mark.slow
def test_every_statement_can_be_traced(published):
    for statement_id in table(published, "statements")["statement_id"].sample(5, random_state=1):
        assert run(published, "trace", statement_id).returncode == 0


@pytest.mark.slow
def test_an_unknown_statement_is_one_clear_line(published):
    done = run(published, "trace", "stm-0")
    assert done.returncode == 1
    assert "stm-0 is not in" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_explain_shows_columns_and_confidences(published):
    done = run(published, "explain", str(published / "raw" / "proef" / "a.txt"))
    assert done.returncode == 0, done.stderr
    assert "page 1" in done.stdout
    assert "column 1" in done.stdout
    assert "Gemeenten moeten beter samenwerken met scholen." in done.stdout


def test_a_terminal_without_a_character_shows_its_number(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    (tmp_path / "x.txt").write_text("Een café in de wijk.\n")
    done = run_apart(tmp_path, "explain", str(tmp_path / "x.txt"))
    assert done.returncode == 0, done.stderr
    assert "Een caf\\xe9 in de wijk." in done.stdout


def test_explain_shows_a_pdf_and_refuses_a_broken_one(tmp_path):
    canvas = Canvas(str(tmp_path / "x.pdf"))
    canvas.drawString(50, 700, "Zorg voor meer opvang.")
    canvas.save()
    done = run(tmp_path, "explain", str(tmp_path / "x.pdf"))
    assert done.returncode == 0, done.stderr
    assert "¶ Zorg voor meer opvang." in done.stdout
    (tmp_path / "y.pdf").write_bytes(b"%PDF-1.4\nnot one")
    done = run(tmp_path, "explain", str(tmp_path / "y.pdf"))
    assert done.returncode == 1
    assert "damaged" in done.stderr


def test_explain_of_what_is_no_text(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"a\x00b")
    done = run(tmp_path, "explain", str(tmp_path / "x.txt"))
    assert done.returncode == 1
    assert "NUL bytes" in done.stderr


@pytest.mark.slow
def test_status_tells_what_publish_would_do_and_changes_nothing(published, tmp_path):
    def files(home: Path) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in home.rglob("*")}

    before = files(published)
    done = run(published, "status")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "unchanged    proef",
        f"unchanged    {SEED.name}",
        "newest       1.0.0; publish would change nothing",
    ]
    assert files(published) == before
    shutil.copytree(published, tmp_path / "home")
    add_source(tmp_path / "home" / "raw", "nieuw", {"a.txt": TEXT.encode()})
    (tmp_path / "home" / "raw" / "proef" / "b.txt").write_bytes(b"Zorg voor minder opvang.\n")
    done = run(tmp_path / "home", "status")
    assert done.stdout.splitlines()[:2] == ["new          nieuw", "changed      proef"]
    assert done.stdout.splitlines()[-1] == "newest       1.0.0; publish would look at it anew"
    assert not (tmp_path / "elsewhere").exists()
    assert "no release yet" in run(tmp_path / "home", "status", "--outputs", str(tmp_path / "elsewhere")).stdout
    assert not (tmp_path / "elsewhere").exists()


@pytest.fixture
def raw_folder(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()


@pytest.mark.usefixtures("raw_folder")
def test_dev_in_the_background_of_a_script_can_be_ended(tmp_path, port, monkeypatch):
    """There SIGINT is ignored, and so it would be in the processes that Dagster starts and ends with it."""
    seen = []
    monkeypatch.setattr("dagster._cli.dev.dev_command.invoke", lambda *_, **__: seen.append(told(signal.SIGINT)))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = run(tmp_path, "dev", "--port", str(port))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.returncode, done.stdout.splitlines()[-1], seen) == (0, "stopped", [True])


def told(number: int) -> bool:
    """Return whether this process, told to end by a signal, is interrupted; Dagster takes that for the end."""
    try:
        os.kill(os.getpid(), number)
    except KeyboardInterrupt:
        return True
    return False


@pytest.mark.parametrize("step", ["automation.home.prepare_home", "automation.lost.end_lost_runs_of"])
@pytest.mark.usefixtures("raw_folder")
def test_dev_that_is_told_to_end_before_dagster_began_ends_well(tmp_path, port, monkeypatch, step):
    monkeypatch.setattr(f"pipeline.{step}", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    monkeypatch.setattr("dagster._cli.dev.dev_command.invoke", lambda *_, **__: pytest.fail("was started"))
    done = run(tmp_path, "dev", "--port", str(port))
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "stopped", "")


@pytest.mark.parametrize("error", [KeyboardInterrupt, DagsterExecutionInterruptedError])
@pytest.mark.usefixtures("raw_folder")
def test_dev_that_is_told_to_end_while_dagster_loads_ends_well(tmp_path, port, monkeypatch, error):
    def loads(*_: object, **__: object) -> None:
        assert os.environ["DAGSTER_HOME"] == str(tmp_path / "outputs" / ".dagster")
        raise error

    monkeypatch.setattr("dagster._cli.dev.dev_command.invoke", loads)
    done = run(tmp_path, "dev", "--port", str(port))
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "stopped", "")


@pytest.mark.usefixtures("raw_folder")
def test_dev_that_ends_by_itself_has_failed(tmp_path, port, monkeypatch):
    monkeypatch.setattr("dagster._cli.dev.dev_command.invoke", lambda *_, **__: None)
    done = run(tmp_path, "dev", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == "error: Dagster ended by itself; what it printed above says why\n"


@pytest.mark.usefixtures("raw_folder")
def test_dev_refuses_a_port_that_is_taken(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path, "dev", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == f"error: port {port} cannot be used (Address already in use); name another one with --port\n"


def test_dev_refuses_a_raw_folder_that_is_not_there(tmp_path, port):
    done = run(tmp_path, "dev", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: there is no folder {tmp_path / 'raw'}")
    assert not (tmp_path / "outputs").exists()


def test_a_wrong_setting_is_shown_as_it_was_given(tmp_path):
    done = run(tmp_path, "status", BLOEMLEZING_KEEP_RUNS="[red]7")
    assert done.returncode == 2
    assert done.stderr.startswith("error: BLOEMLEZING_KEEP_RUNS is '[red]7'; give a number")


def test_the_version_is_that_of_the_software(tmp_path):
    done = run(tmp_path, "--version")
    assert done.stdout == f"bloemlezing {metadata.version('bloemlezing')}\n"


@pytest.mark.slow
def test_verify_finds_a_changed_byte(published, tmp_path):
    assert run(published, "verify").returncode == 0
    latest = json.loads((published / "outputs" / "latest.json").read_text())
    copy = tmp_path / "copy"
    shutil.copytree(published / "outputs" / latest["path"], copy)
    path = copy / "data" / "spans.parquet"
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    done = run(published, "verify", str(copy))
    assert done.returncode == 1
    assert "data/spans.parquet: changed" in done.stderr


def test_without_a_release_the_remedy_is_named(tmp_path):
    done = run(tmp_path, "verify")
    assert done.returncode == 1
    assert "run bloemlezing publish" in done.stderr


@pytest.mark.slow
def test_retract_takes_a_statement_down_everywhere(tmp_path):
    add_source(tmp_path / "raw", "proef", {"a.txt": TEXT.encode()})
    assert run(tmp_path, "publish").returncode == 0
    statements = table(tmp_path, "statements")
    key, text = statements.loc[0, ["statement_id", "text"]]
    review = tmp_path / "outputs" / "review"
    assert run(tmp_path, "review").returncode == 0
    done = run(tmp_path, "retract", key, "--reason", "op verzoek", "--purge")
    assert done.returncode == 0, done.stderr
    assert "purged       1.0.0" in done.stdout
    for name in ("statements", "codings", "recommendations", "spans"):
        assert key not in set(table(tmp_path, name)["statement_id"])
    outputs = tmp_path / "outputs"
    assert [path.name for path in (outputs / "releases").glob("[0-9]*")] == ["2.0.0"]
    release = outputs / "releases" / "2.0.0"
    tomb = json.loads((release / "tombstones.json").read_bytes())["tombstones"][0]
    assert (tomb["statement_id"], tomb["kind"], tomb["reason"]) == (key, "retracted", "op verzoek")
    words = text.encode()
    holding = [path for path in outputs.rglob("*") if path.is_file() and words in path.read_bytes()]
    history = outputs / ".dagster" / "history"
    assert [path for path in holding if history not in path.parents and review not in path.parents] == []
    assert f"not changed  documents as they were before, in {review}; remove it" in done.stdout
    assert f"not changed  previews of rows in {history}" in done.stdout

    gone = run(tmp_path, "trace", key)
    assert (gone.returncode, "in no release since 2.0.0 (retracted: op verzoek)" in gone.stderr) == (1, True)

    again = run(tmp_path, "retract", key, "--reason", "op verzoek", "--purge")
    assert again.returncode == 0, again.stderr
    assert "unchanged" in again.stdout
    unknown = run(tmp_path, "retract", "stm-0000000000000000", "--reason", "op verzoek")
    assert (unknown.returncode, "no release holds" in unknown.stderr) == (1, True)
