"""Every command with bad files, folders and values: one clear line and exit status 1 or 2, never a traceback."""

import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app

from .conftest import TEXT, add_source

SHAPES: dict[str, bytes] = {
    "empty": b"",
    "white": b" \n\t\n",
    "nul": b"a\x00b\n",
    "binary": bytes(range(256)) * 4,
    "latin": b'{"document": "caf\xe9", "statements": []}',
    "half.json": b'{"document": {',
    "list.json": b"[]",
    "null.json": b"null",
    "deep.json": b"[" * 100_000,
    "bare.json": b'{"document": {}, "statements": []}',
    "text.json": b'{"document": {"sha256": "0"}, "statements": [{"key": "S1"}]}',
    "odd.json": b'{"document": [1], "statements": {"a": 1}}',
    "pdf.pdf": b"%PDF-1.4\nno more",
    "zip.xlsx": b"PK\x03\x04rubbish",
    "zip.qdpx": b"PK\x03\x04rubbish",
    "text.qdpx": b"no archive",
    "empty.csv": b"",
    "other.csv": b"a,b\n1,2\n",
    "quotes.csv": b'statement_id,dimension,code,coder\n"x,theme,a,b\n',
    "strange.csv": b"statement_id,dimension,code,coder\nstm-0,nothing,a,b\n",
    "number.csv": b"statement_id,dimension,code,coder,confidence\n{statement},theme,protection,me,much\n",
    "unknown.csv": b"statement_id,dimension,code,coder\n{statement},theme,no such code,me\n",
    "broken.parquet": b"PAR1 no more",
}
KEYS: dict[str, object] = {
    "none": None,
    "list": [],
    "no_resources": {"version": "1.0.0"},
    "odd_resources": {"version": "1.0.0", "title": "T", "created": "2024", "resources": [{"name": 3}]},
    "null_resources": {"resources": None},
}

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a source, its release, and every kind of bad file and folder."""
    root = tmp_path_factory.mktemp("mistakes")
    add_source(root / "raw", "proef", {"a.txt": TEXT.encode()})
    done = CliRunner().invoke(app, ["publish", "--raw", f"{root}/raw", "--outputs", f"{root}/outputs"])
    assert done.exit_code == 0, done.output
    release = root / "outputs" / "releases" / "1.0.0"
    statement = pd.read_parquet(release / "data" / "statements.parquet")["statement_id"][0]
    (root / "statement").write_text(statement)
    bad = root / "bad"
    (bad / "folder").mkdir(parents=True)
    for name, content in SHAPES.items():
        (bad / name).write_bytes(content.replace(b"{statement}", statement.encode()))
    pd.DataFrame({"a": [1]}).to_parquet(bad / "other.parquet")
    row = {"statement_id": [statement], "dimension": ["theme"], "code": [None], "coder": ["me"]}
    pd.DataFrame(row).to_parquet(bad / "null.parquet")
    pd.DataFrame(row | {"code": ["x"], "confidence": ["much"]}).to_parquet(bad / "number.parquet")
    for name, descriptor in KEYS.items():
        (bad / name).mkdir()
        (bad / name / "datapackage.json").write_text(json.dumps(descriptor))
    for name in ("latin", "half.json", "deep.json"):
        (bad / f"descriptor_{name}").mkdir()
        shutil.copyfile(bad / name, bad / f"descriptor_{name}" / "datapackage.json")
    for name in ("data/statements.parquet", "SHA256SUMS", "tombstones.json", "data/spans.parquet", "README.md"):
        copy = bad / f"damaged_{Path(name).name}"
        shutil.copytree(release, copy)
        (copy / name).chmod(0o644)
        (copy / name).write_bytes(b"\xff\x00 rubbish")
        shutil.copytree(release, bad / f"lacking_{Path(name).name}")
        (bad / f"lacking_{Path(name).name}" / name).unlink()
    return root


@pytest.fixture
def run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command in this process, in an empty folder, and looks how it ends."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BLOEMLEZING_RAW", str(home / "raw"))
    monkeypatch.setenv("BLOEMLEZING_OUTPUTS", str(home / "outputs"))
    monkeypatch.setenv("COLUMNS", "400")

    def invoke(*arguments: str) -> Result:
        done = CliRunner().invoke(app, list(map(str, arguments)))
        if not isinstance(done.exception, SystemExit | None):
            pytest.fail(f"{arguments} ended in {done.exception!r}")
        return done

    return invoke


def _clear(done: Result) -> str:
    """Return the message of a command that was refused."""
    assert done.exit_code in {1, 2}, done.output
    assert len(done.stderr.strip()) > 10
    return done.stderr


FOLDER_COMMANDS = [("diff", "1.0.0", "{}"), ("diff", "{}", "1.0.0"), ("deposit", "{}"), ("verify", "{}")]
FILE_COMMANDS = [
    ("agreement", "{}"),
    ("review", "--import", "{}"),
    ("reliability", "rules-1", "{}"),
    ("reliability", "{}", "{}"),
    ("explain", "{}"),
]


def test_what_is_named_a_pdf_and_is_none_is_refused_as_publish_does(run, tmp_path):
    (tmp_path / "kapot.PDF").write_text("Zorg voor meer opvang.")
    assert "kapot.PDF" in _clear(run("explain", str(tmp_path / "kapot.PDF")))


@pytest.mark.parametrize("command", ["agreement {}", "review --import {}", "explain {}"])
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_before_it_is_read(run, command, device):
    assert "is a device" in _clear(run(*command.replace("{}", device).split()))


def test_a_pipe_is_as_good_as_a_file(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=["Zorg voor meer opvang.\n"])
    writer.start()
    done = run("explain", str(tmp_path / "pipe"))
    writer.join()
    assert "Zorg voor meer opvang." in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", FILE_COMMANDS, ids=" ".join)
def test_a_bad_file_is_one_clear_line(home, run, command):
    names = [*SHAPES, "other.parquet", "null.parquet", "number.parquet", "folder", "nowhere", "nowhere.csv"]
    for name in names:
        done = run(*(part.replace("{}", f"{home}/bad/{name}") for part in command))
        if command[0] != "explain":  # nearly everything is a text
            _clear(done)


@pytest.mark.slow
@pytest.mark.parametrize("command", FOLDER_COMMANDS, ids=" ".join)
def test_a_bad_release_is_one_clear_line(home, run, command):
    for path in sorted((home / "bad").iterdir()):
        done = run(*(part.replace("{}", str(path)) for part in command))
        if not path.name.startswith(("damaged_", "lacking_")) or command[0] == "verify":
            _clear(done)
        shutil.rmtree("deposit", ignore_errors=True)


@pytest.mark.slow
def test_a_bad_pointer_is_one_clear_line_until_it_is_put_right(home, run, tmp_path, monkeypatch):
    monkeypatch.setenv("BLOEMLEZING_OUTPUTS", str(tmp_path / "outputs"))
    shutil.copytree(home / "outputs", tmp_path / "outputs")
    pointer = tmp_path / "outputs" / "latest.json"
    good = pointer.read_bytes()
    for content in (b"", b"{}", b"[]", b"\xff", b'{"version": "9.9.9"}', b'{"version": 3}'):
        pointer.write_bytes(content)
        for command in ("verify",), ("trace", "stm-0"), ("deposit",), ("reliability", "a", "b"), ("review",):
            message = _clear(run(*command))
            assert "latest.json" in message or "9.9.9" in message
        done = run("publish")
        assert done.exit_code == 0, done.output
        assert "put right" in done.output
        assert pointer.read_bytes() == good


@pytest.mark.slow
def test_a_raw_file_that_changed_or_is_elsewhere(home, run, tmp_path, monkeypatch):
    statement = (home / "statement").read_text()
    assert run("trace", statement).exit_code == 0
    assert "is not there, or is not the file" in _clear(run("trace", statement, "--raw", str(tmp_path)))
    shutil.copytree(home / "raw", tmp_path / "raw")
    (tmp_path / "raw" / "proef" / "a.txt").write_text("anders")
    assert "publish what is there now" in _clear(run("trace", statement, "--raw", str(tmp_path / "raw")))


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("publish", "--raw", "{home}/bad"),
        ("publish", "--raw", "{home}/bad/empty"),
        ("publish", "--outputs", "/proc/x"),
        ("publish", "--outputs", "{home}/bad/empty"),
        ("publish", "--outputs", "{home}/bad/empty/x"),
        ("publish", "--outputs", "nothing://x/y"),
        ("publish", "--outputs", "x" * 300),
        ("retract", "stm-0", "--reason", "x"),
        ("retract", "stm-0"),
        ("retract", "stm-0", "--reason", "x", "--raw", "{home}/nowhere"),
        ("retract", "{statement}", "--reason", "two\nlines"),
        ("retract", "{statement}", "--reason", "x", "--raw", "{home}/bad"),
        ("dev", "--port", "0"),
        ("dev", "--port", "99999999"),
        ("dev", "--port", "http"),
        ("dev", "--outputs", "/proc/x"),
        ("dev", "--outputs", "{home}/bad/empty/x"),
        ("trace", "stm-0"),
        ("trace", "{statement}", "--raw", "{home}/bad/empty"),
        ("trace", "{statement}", "--outputs", "{home}/bad"),
        ("explain", "{home}/raw/proef/a.txt", "--language", "xx"),
        ("explain", "{home}/raw/proef/a.txt", "--language", "../nl"),
        ("verify", "9.9.9"),
        ("verify", "--rebuild", "--raw", "{home}/nowhere"),
        ("verify", "--rebuild", "--raw", "{home}/bad"),
        ("diff", "1.0.0", "1.0.0", "--html", "/nonexist/x.html"),
        ("diff", "1.0.0", "1.0.0", "--html", "{home}/bad/folder"),
        ("review", "--to", "/proc/x"),
        ("review", "--to", "{home}/bad/empty"),
        ("review", "--import", "{home}/bad/folder"),
        ("review", "--below", "2"),
        ("review", "--limit", "0"),
        ("reliability", "nobody", "rules-1"),
        ("deposit", "--to", "/proc/x"),
        ("deposit", "--to", "{home}/bad"),
        ("agreement", "{home}/bad/bare.json", "--outputs", "{home}/nowhere"),
        ("no-such-command",),
        ("publish", "--no-such-option"),
        ("publish", "too", "many"),
    ],
    ids=" ".join,
)
def test_a_bad_value_is_one_clear_line(home, run, command):
    statement = (home / "statement").read_text()
    message = _clear(run(*(part.format(home=home, statement=statement) for part in command)))
    assert "[Errno" not in message


@pytest.mark.slow
def test_a_dataset_without_sources_can_be_looked_at(home, run, tmp_path, monkeypatch):
    shutil.copytree(home / "outputs", tmp_path / "outputs")
    for path in (tmp_path / "outputs" / "releases" / "1.0.0" / "data").glob("*.parquet"):
        whole = pd.read_parquet(path)
        path.chmod(0o644)
        whole.head(0).to_parquet(path, index=False)
    outputs = ("--outputs", f"{tmp_path}/outputs")
    assert "holds no source" in _clear(run("reliability", "a", "b", *outputs))
    assert run("review", *outputs).exit_code in {0, 1}
