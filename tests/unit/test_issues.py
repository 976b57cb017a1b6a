"""Issues as people see them: many of one kind in one file hide nothing else."""

import io
import json
from pathlib import Path

from pipeline.console import plain_console
from pipeline.issues import Issue, folded
from pipeline.release.outputs import open_store
from pipeline.summary import show_summary

DISPUTES = [
    Issue(
        "proef", "proef/decisions.csv", 2 * line, "warning", "disputed_decision", f"is contradicted by {2 * line + 1}"
    )
    for line in range(1, 61)
]
OTHER = Issue("proef", "proef/a.txt", None, "warning", "encoding", "is not UTF-8")


def lines(issues: list[Issue]) -> list[str]:
    return [line for _, line in folded(issues)]


def test_of_many_that_are_alike_the_first_are_shown_and_how_many_more() -> None:
    assert lines([*DISPUTES, OTHER]) == [
        *map(str, DISPUTES[:3]),
        "proef/decisions.csv:8: and 57 more like it [warning: disputed_decision]",
        str(OTHER),
    ]


def test_few_are_shown_one_by_one_as_are_those_of_other_files_and_kinds() -> None:
    assert lines(DISPUTES[:4]) == list(map(str, DISPUTES[:4]))
    apart = [Issue("proef", f"proef/{name}.txt", None, "warning", "encoding", "is not UTF-8") for name in "abcdefgh"]
    assert lines(apart) == list(map(str, apart))
    kinds = [Issue("proef", "proef/a.txt", 1, "warning", f"kind_{number}", "is odd") for number in range(8)]
    assert lines(kinds) == list(map(str, kinds))


def summary(folder: Path, issues: list[Issue]) -> str:
    """Return what the summary of a release with these issues prints."""
    rows = [{"name": name, "rowCount": 1} for name in ("documents", "sources", "statements", "recommendations")]
    release = folder / "releases" / "1.0.0"
    release.mkdir(parents=True)
    (release / "datapackage.json").write_text(json.dumps({"resources": rows}))
    (folder / "latest.json").write_text(json.dumps({"version": "1.0.0", "path": "releases/1.0.0"}))
    (folder / "issues.json").write_text(json.dumps({"issues": [dict(one.row()) for one in issues]}))
    printed = io.StringIO()
    show_summary(plain_console(file=printed, width=200), open_store(str(folder)), unchanged=False)
    return printed.getvalue()


def test_the_summary_counts_all_and_says_where_they_are(tmp_path: Path) -> None:
    said = summary(tmp_path, [*DISPUTES, OTHER])
    assert said.count("disputed_decision") == 4
    assert str(OTHER) in said
    assert f"all 61 are in {tmp_path}/issues.json" in said
    assert "warned of 61" in said


def test_a_summary_that_shows_all_names_no_other_place(tmp_path: Path) -> None:
    assert "issues.json" not in summary(tmp_path, [OTHER])
