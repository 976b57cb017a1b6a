"""Decisions of people and the privacy gate, followed through whole runs. All persons and stories are constructed."""

import json
import sqlite3
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from .conftest import METADATA, add_source, run_apart
from .test_publish import latest, table

SECRETS = ("Fatoumata", "Diallo", "0612349876", "Wingerdstraat", "opgesloten", "Sjirkzwaag")
PRIVATE = """Notulen Fatoumata Diallo

1. Gesprek met Fatoumata Diallo
Mevrouw Fatoumata Diallo vraagt om meer opvang, bel 0612349876.
Geef haar een woning aan de Wingerdstraat 14.
Ik werd jarenlang opgesloten in een kamer in Sjirkzwaag.
Zorg voor meer opvangplekken in elke regio.
"""


def contents(path: Path) -> bytes:
    """Return what a file says, packed or not."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv().encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    if path.suffix in {".sqlite", ".db"}:
        with sqlite3.connect(path) as database:
            return "\n".join(database.iterdump()).encode()
    return path.read_bytes()


@pytest.mark.slow
def test_nothing_that_was_redacted_is_in_any_file_that_a_run_writes(tmp_path):
    add_source(tmp_path / "raw", "gesprek", {"a.txt": PRIVATE.encode(), "b.txt": PRIVATE.encode("mac-roman")})
    # A shifted decision: the text of a withheld statement where its code should be.
    header = "statement_id,dimension,code,coder,date,reason,text\n"
    shifted = "stm-0123456789abcdef,theme,Ik werd jarenlang opgesloten,anna,2026-11-01,Fatoumata Diallo,0612349876\n"
    (tmp_path / "raw" / "gesprek" / "decisions.csv").write_text(header + shifted)
    done = run_apart(tmp_path, "publish")  # whose own log is looked at, too
    assert done.returncode == 0, done.stderr
    statements = table(tmp_path / "outputs", "statements")
    assert {"clear", "redacted", "withheld"} == set(statements["privacy"])
    withheld = statements[statements["privacy"] == "withheld"]
    assert withheld["text"].isna().all()
    for name in ("codings", "recommendations"):
        assert not set(table(tmp_path / "outputs", name)["statement_id"]) & set(withheld["statement_id"])
    files = [path for path in (tmp_path / "outputs").rglob("*") if path.is_file()]
    assert len(files) > 40
    for secret in SECRETS:
        assert secret not in done.stdout + done.stderr
        assert [path for path in files if secret.encode() in contents(path)] == []


def decided(statements: Mapping[str, str], wish: str, wait: str) -> pd.DataFrame:
    """Return decisions of two people on two statements; the last one is on a text that is not there."""
    columns = ["statement_id", "dimension", "code", "coder", "date", "reason", "text"]
    rows = [
        [wish, "theme", "governance.priority", "anna", "2026-11-01", "", statements[wish]],
        [wish, "theme", "protection.care", "anna", "2026-11-01", "", statements[wish]],
        [wish, "instrument", "abstain", "anna", "2026-11-01", "", statements[wish]],
        [wait, "statement_type", "measure", "bert", "2026-11-01", "", statements[wait]],
        [wait, "theme", "protection.care", "bert", "2026-11-01", "", "De wachttijd was te kort."],
    ]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.slow
def test_decisions_win_are_kept_beside_the_program_and_are_loud_when_outdated(raw, tmp_path, bloemlezing):
    outputs, path = tmp_path / "outputs", raw / "proef" / "decisions.csv"
    assert bloemlezing("publish").returncode == 0
    statements = table(outputs, "statements").set_index("statement_id")["text"]
    wish = next(key for key, text in statements.items() if text.startswith("Zorg voor meer opvangplekken"))
    wait = next(key for key, text in statements.items() if text.startswith("De wachttijd"))
    decided(statements, wish, wait).to_csv(path, index=False)
    done = bloemlezing("publish")
    assert done.returncode == 0, done.stderr
    assert "proef/decisions.csv:6: decides on a statement whose text is now another" in done.stdout

    codings = table(outputs, "codings").set_index(["statement_id", "dimension"]).sort_index()
    assert set(codings.loc[(wish, "theme"), "coder"]) == {"anna", "rules-1"}
    assert list(codings.loc[(wish, "instrument"), "coder"]) == ["rules-1"]
    wide = table(outputs, "recommendations").set_index("statement_id")
    assert wide.loc[wish, "theme"] == "governance.priority;protection.care"
    assert wide.loc[wish, "theme_label_en"].startswith("Priority and leadership;")
    assert pd.isna(wide.loc[wish, "instrument"])
    assert wide.loc[wait, "statement_type"] == "measure"

    measured = table(outputs, "reliability").set_index(["dimension", "coder", "reference", "metric"])
    assert measured.loc[("theme", "rules-1", "anna", "accuracy"), "n"] == 1
    compared = bloemlezing("reliability", "anna", "rules-1")
    assert compared.returncode == 0, compared.stderr
    assert "theme" in compared.stdout
    assert "Traceback" not in bloemlezing("reliability", "anna", "niemand").stderr
    assert bloemlezing("review").returncode == 0
    for suffix in ("xlsx", "csv", "qdpx"):
        back = bloemlezing("review", "--import", str(outputs / "review" / f"review.{suffix}"))
        assert "proef: 0 new, 0 changed, 3 the same, 0 withdrawn" in back.stdout, back.stderr

    # A change of the decisions is a change of the dataset; the same decisions again are not.
    version = latest(outputs)["version"]
    assert bloemlezing("publish").returncode == 0
    assert latest(outputs)["version"] == version
    path.unlink()
    assert bloemlezing("publish").returncode == 0
    assert latest(outputs)["version"] != version
    assert set(table(outputs, "codings")["coder"]) == {"rules-1"}


def test_a_source_with_unreadable_decisions_is_published_without_them(tmp_path, bloemlezing):
    text = b"1. Opvang\nZorg voor meer opvangplekken in elke regio.\n"
    add_source(tmp_path / "raw", "proef", {"a.txt": text}, METADATA)
    (tmp_path / "raw" / "proef" / "decisions.csv").write_bytes(b"statement;code\n")
    done = bloemlezing("publish")
    assert done.returncode == 0, done.stderr
    assert "proef/decisions.csv:1: lacks the column" in done.stdout
    folder = tmp_path / "outputs" / latest(tmp_path / "outputs")["path"]
    issues = json.loads((folder / "issues.json").read_text())["issues"]
    assert [(issue["severity"], issue["kind"]) for issue in issues] == [("quarantined", "bad_decisions")]
    assert len(table(tmp_path / "outputs", "recommendations")) == 1
